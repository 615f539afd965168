from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from tests.report import factory

from greenbri.model.assessment import Assessment
from greenbri.report import json as report

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "assessment.schema.json").read_text(encoding="utf-8"))
KINDS = ("red", "prohibited", "undetermined", "yellow", "green", "worse_later")


def written(assessment: Assessment) -> Any:
    return json.loads(report.render([assessment]))


def test_the_schema_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("kind", KINDS)
def test_every_assessment_validates_against_the_committed_schema(kind: str) -> None:
    document = written(getattr(factory, kind)())
    assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(document)] == []
    assert document["verdict"]["light"] == getattr(factory, kind)().verdict.light


def test_several_projects_make_an_array_that_validates() -> None:
    document = json.loads(report.render([factory.red(), factory.green()]))
    assert [one["project"]["id"] for one in document] == ["lao-coal-demo", "lao-coal-green"]
    assert Draft7Validator(SCHEMA).is_valid(document)


def test_a_missing_field_does_not_validate() -> None:
    document = written(factory.red())
    del document["findings"][0]["ratio"]
    assert not Draft7Validator(SCHEMA).is_valid(document)


def test_numbers_are_printed_with_all_their_digits() -> None:
    text = report.render([factory.red()])
    assert '"value": 350.84725817839491645' in text
    assert '"result": 327.45744096650192202' in text
    assert '"low": 14.28571428571428571428571428571429' in text


def test_a_finding_has_the_fields_of_the_contract() -> None:
    first = written(factory.red())["findings"][0]
    assert first["rule"] == "la/nes-81-2017/table-9/SO2"
    assert first["limit"]["value"] == 320 and first["limit"]["operator"] == "<=" and first["limit"]["unit"] == "mg/Nm3"
    assert first["limit"]["reference"]["oxygen_pct"] == 6 and first["limit"]["reference"]["moisture"] == "dry"
    assert first["limit"]["reference"]["temperature_k"] == 273.15
    assert first["observed"]["text"] == "300 mg/Nm3 @ 7 % O2, dry, 25 C"
    assert [one["operation"] for one in first["steps"]] == ["temperature", "oxygen"]
    assert set(first["steps"][0]) >= {"operation", "formula", "inputs", "result", "source"}
    assert set(first["citation"]) >= {"instrument", "clause", "url", "status"}
    assert (first["file"], first["path"], first["line"]) == ("lao-coal-demo.yaml", "/sources/0/observations/0", 42)
    assert set(first["message"]) == {"en", "zh"}


def test_a_place_that_has_no_line_gets_the_line_of_what_is_around_it() -> None:
    positions = {"/sources/0": (30, 3)}
    assert written(factory.red(positions=positions))["findings"][0]["line"] == 30
    assert written(factory.red(positions={}))["findings"][0]["line"] is None


def test_units_are_ascii() -> None:
    for finding in written(factory.red())["findings"]:
        for measure in (finding["observed"], finding["normalised"], finding["limit"]):
            assert measure is None or measure["unit"].isascii()


def test_alternatives_keep_their_members() -> None:
    (one,) = [finding for finding in written(factory.red())["findings"] if finding["members"]]
    assert [member["status"] for member in one["members"]] == ["fail", "unknown"]


def test_the_top_level_is_of_the_day_that_decides() -> None:
    today = written(factory.red())
    assert today["findings_as_of"] == today["as_of"] == "2026-06-01"
    later = written(factory.worse_later())
    assert (later["as_of"], later["findings_as_of"], later["verdict"]["light"]) == ("2026-06-01", "2029-01-01", "red")
    assert later["now"]["verdict"]["light"] == "green"


def test_both_days_show_the_findings_that_differ() -> None:
    document = written(factory.red())
    assert [one["rule"] for one in document["at_operation"]["findings"]] == ["la/nes-81-2017/table-12/COD"]
    assert document["at_operation"]["findings"][0]["status"] == "unknown"
    assert document["now"]["findings"][0]["status"] == "fail"
    assert written(factory.green())["at_operation"] is None


def test_frameworks_keep_their_own_lights_and_counts() -> None:
    frameworks = written(factory.red())["verdict"]["frameworks"]
    assert list(frameworks) == ["host", "CN", "EU", "US", "lenders", "BRI", "commitments"]
    assert frameworks["EU"]["counts"] == {"pass": 0, "fail": 2, "unknown": 0, "not_applicable": 0, "waived": 0}


def test_what_is_embedded_stands_beside_the_assessment() -> None:
    assert "embedded" not in written(factory.red())
    embedded = {"lao-coal-demo": {"project": {"id": "x"}, "packs": [], "receipt": {"tool": "greenbri 0"}}}
    document = json.loads(report.render([factory.red()], embedded=embedded))
    assert document["embedded"]["receipt"] == {"tool": "greenbri 0"}
    assert Draft7Validator(SCHEMA).is_valid(document)


def test_equal_input_gives_equal_text() -> None:
    assert report.render([factory.red()]) == report.render([factory.red()])


def test_texts_that_json_must_escape_come_back_as_they_were() -> None:
    odd = {'a"b\\c\n\x00': ["\u2028", "很", True, None, 1.5, {}, []]}
    assert json.loads(report.dumps(odd)) == odd
    with pytest.raises(TypeError):
        report.dumps({"a": object()})
