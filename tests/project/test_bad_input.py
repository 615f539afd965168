"""Every fault is one diagnostic with its place, in file order, and with what to type instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from greenbri import messages
from greenbri.errors import InputError
from greenbri.sources.project import read_project

STACK = "sources:\n- id: s\n  kind: stack\n  observations:\n"

# body, code, and the text that the position must cover
BAD = {
    "an unknown key": ("site: {protected_aera: true}\n", "GRB040", "protected_aera"),
    "a missing key": (f"{STACK}  - {{value: 3 mg/Nm3}}\n", "GRB041", "{value: 3 mg/Nm3}"),
    "a list for a text": ("status: [a]\n", "GRB043", "[a]"),
    "a text for a section": ("site: forest\n", "GRB043", "forest"),
    "an unknown pollutant": (f"{STACK}  - {{parameter: SOX3, value: 3 mg/Nm3}}\n", "GRB101", "SOX3"),
    "oxygen of air": (f'{STACK}  - {{parameter: SO2, value: "3 mg/Nm3 @ 21 % O2, dry"}}\n', "GRB404", None),
    "oxygen of air in its own key": (
        f"{STACK}  - {{parameter: SO2, value: 3 mg/Nm3, oxygen: 21 %}}\n", "GRB404", "21 %",
    ),
    "not a number": (f"{STACK}  - {{parameter: SO2, value: NaN mg/Nm3}}\n", "GRB401", "NaN"),
    "a negative concentration": (f"{STACK}  - {{parameter: SO2, value: -3 mg/Nm3}}\n", "GRB404", None),
    "an impossible date": ("dates: {filing: 2023-02-30}\n", "GRB120", "2023-02-30"),
    "a date in another order": ("dates: {filing: 03/04/2015}\n", "GRB121", "03/04/2015"),
    "a date without its day": ("dates: {operation: 2015}\n", "GRB122", "2015"),
    "a wrong dimension": ("size: {thermal: 20 kg}\n", "GRB405", "20 kg"),
    "a concentration in water under a stack": (
        f"{STACK}  - {{parameter: SO2, value: 30 mg/L}}\n", "GRB118", "mg/L",
    ),
    "a number without a unit": ("size: {thermal: 600}\n", "GRB110", "600"),
    "an unknown unit": (f"{STACK}  - {{parameter: SO2, value: 30 mg/Nm4}}\n", "GRB402", None),
    "a period in the quantity": (f"{STACK}  - {{parameter: SO2, value: 30 mg/Nm3 24h}}\n", "GRB117", "24h"),
    "a statistic in the quantity": (
        f"{STACK}  - {{parameter: SO2, value: 30 mg/Nm3 average}}\n", "GRB117", "average",
    ),
    "another substance in the quantity": (
        f"{STACK}  - {{parameter: SO2, value: 30 mg/Nm3 NOx}}\n", "GRB119", "30 mg/Nm3 NOx",
    ),
    "an unknown period": (f"{STACK}  - {{parameter: SO2, value: 3 mg/Nm3, period: dayly}}\n", "GRB114", "dayly"),
    "an unknown statistic": (f"{STACK}  - {{parameter: SO2, value: 3 mg/Nm3, statistic: maxi}}\n", "GRB115", "maxi"),
    "an unknown kind of evidence": (
        f"{STACK}  - {{parameter: SO2, value: 3 mg/Nm3, evidence: {{kind: messured}}}}\n", "GRB116", "messured",
    ),
    "a cover that ends before it begins": (
        f"{STACK}  - {{parameter: SO2, value: 3 mg/Nm3, covers: {{from: 2025-02-01, to: 2025-01-01}}}}\n",
        "GRB124", "2025-01-01",
    ),
    "an unknown fuel": ("fuel: cole\n", "GRB103", "cole"),
    "shares that do not add up": (
        "fuel: [{fuel: coal, share: 60 %}, {fuel: gas.natural, share: 30 %}]\n", "GRB140", None,
    ),
    "an unknown type of document": ("documents: [{type: eia-aproval}]\n", "GRB105", "eia-aproval"),
    "an unknown status": ("status: planed\n", "GRB042", "planed"),
    "two equal ids": ("sources:\n- {id: s, kind: stack}\n- {id: s, kind: stack}\n", "GRB130", "s"),
    "two equal receptors": ("receptors: [{id: r}, {id: r}]\n", "GRB130", "r"),
    "a receptor that is not there": (
        "receptors: [{id: village}]\nambient: [{parameter: SO2, value: 3 ug/m3, receptor: vilage}]\n",
        "GRB133", "vilage",
    ),
    "a figure superseded by nothing": (
        f"{STACK}  - {{parameter: SO2, value: 3 mg/Nm3, superseded_by: later}}\n", "GRB132", "later",
    ),
    "a commitment without its document and clause": (
        "commitments: [{kind: permit, parameter: SO2, value: 3 mg/Nm3}]\n", "GRB141", None,
    ),
    "a commitment of a source that is not there": (
        f"{STACK}    []\ncommitments: [{{kind: permit, parameter: SO2, value: 3 mg/Nm3, document: d, clause: c, "
        "subject: stak}]\n", "GRB133", "stak",
    ),
    "a subdivision of another country": ("subdivision: LA-01\n", "GRB109", "LA-01"),
    "a fact stated twice": ("site: {protected_area: true}\nfacts: {site.protected_area: false}\n", "GRB131", "false"),
    "neither yes nor no": ("site: {protected_area: perhaps}\n", "GRB123", "perhaps"),
    "no amount of money": ("financing: {total_cost: plenty}\n", "GRB111", "plenty"),
    "an unknown nationality": ("parties: {sponsors: [{name: A, nationality: Atlantis}]}\n", "GRB104", "Atlantis"),
    "two nationalities": ("parties: {sponsors: [{name: A, nationality: CN, country: SG}]}\n", "GRB135", "CN"),
    "a count of nothing": (
        f"{STACK}  - {{parameter: SO2, value: 3 mg/Nm3, covers: {{count: 0}}}}\n", "GRB126", "0",
    ),
    "an empty entry of a list": (f"{STACK}  -\n", "GRB043", None),
}  # fmt: skip


@pytest.mark.parametrize(("body", "code", "covered"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_refused_at_its_place(fault: Any, write: Any, body: str, code: str, covered: str | None) -> None:
    found = fault(body)
    assert found.code == code and found.level == "error"
    place = found.position
    line = write(body).read_text(encoding="utf-8").splitlines()[place.line - 1]
    if covered is not None:
        assert place.end_line == place.line
        assert line[place.column - 1 : place.end_column - 1] == covered
    assert place.line > 4
    for lang in messages.LANGUAGES:
        assert found.message(lang)
    assert found.hint is None or found.remedy("en")


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("country: Atlantis", "GRB104", 10),
        ("sector: power.cole", "GRB102", 9),
        ("schema: 2", "GRB108", 9),
        ("id: [a]", "GRB043", 5),
    ],
)
def test_a_fault_in_the_identity_is_refused_at_its_place(fault: Any, line: str, code: str, column: int) -> None:
    key = line.partition(":")[0]
    rows = {"schema": "schema: 1", "id": "id: plant", "country": "country: KH", "sector": "sector: power.coal"}
    rows[key] = line
    found = fault("", "\n".join(rows.values()) + "\n")
    number = list(rows).index(key) + 1
    assert (found.code, found.position.line, found.position.column) == (code, number, column)


@pytest.mark.parametrize("key", ["schema", "id", "country", "sector"])
def test_what_identifies_a_project_is_required(fault: Any, key: str) -> None:
    rows = {"schema": "schema: 1", "id": "id: plant", "country": "country: KH", "sector": "sector: power.coal"}
    del rows[key]
    found = fault("", "\n".join(rows.values()) + "\n")
    assert (found.code, found.args["key"]) == ("GRB041", key)


@pytest.mark.parametrize(
    ("text", "close"),
    [
        ("site: {protected_aera: true}\n", "protected_area"),
        (f"{STACK}  - {{parameter: SO2, value: 3 mg/Nm3, perod: 1h}}\n", "period"),
        ("dates: {operations: 2020-01-01}\n", "operation"),
        ("fuel: coal.lignit\n", "coal.lignite"),
        ("documents: [{type: discharge-permitt}]\n", "discharge-permit"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_what_was_meant(fault: Any, text: str, close: str) -> None:
    assert f"`{close}`" in fault(text).remedy("en")


def test_the_second_of_two_things_points_at_the_first(fault: Any) -> None:
    found = fault("sources:\n- {id: s, kind: stack}\n- {id: s, kind: stack}\n")
    assert [(one.position.line, one.position.column) for one in found.related] == [(6, 8)]


def test_everything_wrong_is_reported_at_once_and_in_the_order_of_the_file(faults: Any) -> None:
    found = faults("fuel: cole\nsize: {thermal: 600}\nsite: {x: 1}\ndates: {filing: never}\n")
    assert [one.code for one in found] == ["GRB103", "GRB110", "GRB040", "GRB121"]
    lines = [one.position.line for one in found]
    assert lines == sorted(lines)


def test_one_bad_section_does_not_hide_another(faults: Any) -> None:
    assert {one.code for one in faults("parties: 7\nsources: 8\nfuel: cole\n")} >= {"GRB043", "GRB103"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"schema: 1\n\tid: x\n", None),
        (b"schema: 1\nschema: 1\n", "GRB012"),
        (b"schema: &a 1\nid: *a\n", "GRB013"),
        ("schema: 1\nname: 洪沙电厂项目\n".encode("gb18030"), "GRB006"),
        (b"schema: " + b"[" * 2000, None),
        (b"- a\n", None),
    ],
    ids=["a tab", "a duplicate key", "an anchor", "GB18030", "deep nesting", "a list"],
)
def test_what_is_no_safe_yaml_is_refused_before_it_is_read(tmp_path: Path, content: bytes, code: str | None) -> None:
    path = tmp_path / "plant.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_project(path)
    first = error.value.diagnostics[0]
    assert first.position is not None and first.position.file == str(path)
    assert code is None or first.code == code


def test_a_file_of_50_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "plant.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError) as error:
        read_project(path)
    assert error.value.diagnostics[0].code == "GRB005"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_project(tmp_path / "none.yaml")
    assert error.value.diagnostics[0].code == "GRB001"


def test_every_code_of_project_files_is_explained_in_both_languages() -> None:
    codes = [key for key in messages.area("project") if key.startswith("GRB")]
    assert codes
    for code in codes:
        for lang in messages.LANGUAGES:
            assert set(messages.explanation(code, lang)) == set(messages.HEADINGS)


def test_both_languages_of_the_catalogue_have_the_same_parts() -> None:
    for key, entry in messages.area("project").items():
        halves = [entry[lang] for lang in messages.LANGUAGES]
        if key.startswith("GRB"):
            assert halves[0].keys() == halves[1].keys(), key
        else:
            assert all(isinstance(half, str) for half in halves), key
