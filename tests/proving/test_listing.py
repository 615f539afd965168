"""`rules list`: one record for each limit or requirement and dated segment, with exact numbers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from greenbri.proving.listing import Wanted, records
from greenbri.proving.listing_text import COLUMNS, render_csv, render_terminal
from greenbri.proving.shelf import read_shelf
from greenbri.report.json import dumps

Library = Callable[..., Path]
FIELDS = {
    "rule", "pack", "jurisdiction", "instrument", "clause", "force", "domain", "kind", "medium", "sector", "applies",
    "parameter", "names", "operator", "value", "value_min", "unit", "reference", "period", "statistic", "valid_from",
    "valid_to", "status", "url",
}  # fmt: skip


@pytest.fixture
def listed(library: Library) -> list[dict[str, Any]]:
    return list(records(read_shelf([str(library())]).packs))


def rows(listed: list[dict[str, Any]], rule: str) -> list[dict[str, Any]]:
    return [one for one in listed if one["rule"] == f"xx/stack-2020/{rule}"]


def test_each_dated_segment_is_a_record_with_its_last_day(listed: list[dict[str, Any]]) -> None:
    found = [(one["value"], one["valid_from"], one["valid_to"]) for one in rows(listed, "t1.small.SO2")]
    assert found == [(Decimal(400), "2020-01-01", "2024-12-31"), (Decimal(200), "2025-01-01", None)]


def test_a_record_has_the_fields_that_other_programs_use(listed: list[dict[str, Any]]) -> None:
    assert all(one.keys() >= FIELDS for one in listed)
    one = rows(listed, "t1.large.dust")[0]
    assert (one["operator"], one["value"], one["unit"], one["period"], one["statistic"]) == (
        "<",
        20,
        "mg/m3",
        "24h",
        "every",
    )
    assert one["sector"] == ["power.coal"] and one["instrument"] == "XX 1-2020" and one["kind"] == "limit"
    assert one["reference"] == {
        "oxygen_pct": 6, "moisture": "dry", "temperature_k": Decimal("273.15"), "pressure_kpa": Decimal("101.325"),
    }  # fmt: skip
    assert {"SO2", "sulphur dioxide", "二氧化硫"} <= set(rows(listed, "t1.large.SO2")[0]["names"])
    bounds = one["applies"][-1]
    assert (bounds["fact"], bounds["min"], bounds["max"], bounds["unit"]) == ("size.thermal", 300, None, "MWth")


def test_ranges_removals_forms_and_members_of_a_group_keep_their_shape(listed: list[dict[str, Any]]) -> None:
    acid = rows(listed, "t2.all.pH")[0]
    assert (acid["operator"], acid["value_min"], acid["value"], acid["statistic"]) == ("range", 6, 9, "p95")
    members = [one for one in listed if one["alternative"] == "xx/stack-2020/t2.all.COD"]
    assert [(one["kind"], one["operator"], one["value"]) for one in members] == [
        ("limit", "<=", 100),
        ("removal", ">=", 75),
    ]


def test_a_computed_limit_has_no_value_and_says_how_it_is_computed(listed: list[dict[str, Any]]) -> None:
    solids = rows(listed, "t2.all.TSS")[0]
    assert solids["value"] is None
    assert solids["computed"] == {"by": "product", "base": 50, "times": [{"coefficient": "K"}]}


def test_silence_of_the_law_and_duties_are_records_too(listed: list[dict[str, Any]]) -> None:
    assert rows(listed, "t1.large.Hg")[0]["operator"] == "none"
    duty = rows(listed, "approval")[0]
    assert (duty["kind"], duty["parameter"], duty["value"]) == ("requirement", None, None)


@pytest.mark.parametrize(
    ("wanted", "rules"),
    [
        (Wanted(as_of=date(2024, 12, 31), parameters=frozenset({"SO2"})), ["t1.small.SO2", "t1.large.SO2"]),
        (Wanted(as_of=date(2019, 12, 31)), []),
        (Wanted(jurisdictions=frozenset({"CN"})), []),
        (Wanted(sectors=("cement",)), []),
        (Wanted(sectors=("power",), parameters=frozenset({"pH"})), ["t2.all.pH"]),
    ],
)
def test_what_is_wanted_chooses(wanted: Wanted, rules: list[str], library: Library) -> None:
    found = records(read_shelf([str(library())]).packs, wanted)
    assert [one["rule"].removeprefix("xx/stack-2020/") for one in found] == rules


def test_numbers_are_printed_with_all_their_digits_and_none_more(library: Library, pack_text: str) -> None:
    exact = pack_text.replace('[large, ">= 300 MWth", 100', '[large, ">= 300 MWth", 0.10000000000000000001')
    text = dumps(list(records(read_shelf([str(library(pack=exact))]).packs)))
    assert '"value": 0.10000000000000000001,' in text
    assert '"value": 200,' in text
    json.loads(text)


def test_a_spreadsheet_gets_one_row_each_and_no_formula(listed: list[dict[str, Any]]) -> None:
    listed[0]["note"] = "=1+1"
    table = list(csv.DictReader(io.StringIO(render_csv(listed))))
    assert len(table) == len(listed) and tuple(table[0]) == COLUMNS
    assert table[0]["note"] == "'=1+1" and table[0]["oxygen_pct"] == "6"


def test_a_terminal_gets_one_line_each_uncut(listed: list[dict[str, Any]]) -> None:
    lines = render_terminal(listed).splitlines()
    assert len(lines) == len(listed) + 1
    assert "<= 400 mg/m3" in lines[1] and "6 % O2, dry, 273.15 K" in lines[1]


def test_a_faulty_pack_does_not_hide_the_others(library: Library, pack_text: str) -> None:
    folder = library()
    (folder / "broken.yaml").write_text(pack_text.replace("medium: stack", "medium: nowhere"), "utf-8")
    found = read_shelf([str(folder)])
    assert [pack.id for pack in found.packs] == ["xx/stack-2020"]
    assert [one.code for one in found.faults] == ["GRB042"]


def test_every_record_of_the_shipped_library_is_complete() -> None:
    packs = read_shelf().packs
    listed = list(records(packs))
    assert len(listed) >= sum(len(pack.rules) for pack in packs) > 0
    for one in listed:
        assert one.keys() >= FIELDS
        assert (one["unit"] or "").isascii()
        if one["operator"] not in (None, "none"):
            assert (one["value"] is None) != (one["computed"] is None), one["rule"]
