from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from greenbri.errors import UsageError
from greenbri.sources.project import apply_assumptions

BODY = (
    "size: {electrical: 100 MW}\nsources:\n- id: stack-1.a\n  kind: stack\n  observations:\n"
    "  - {parameter: SO2, value: 230 mg/Nm3, evidence: measured}\n"
)


def assumed(read: Any, *texts: str, body: str = BODY) -> Any:
    return read(body, assume=texts).project


def test_a_fact_can_be_assumed_and_is_listed(read: Any) -> None:
    project = assumed(read, "size.thermal=600 MWth", "site.protected_area = false")
    assert project.facts["size.thermal"].value == Fraction(600)
    assert project.facts["site.protected_area"].value is False
    assert project.assumed == ("size.thermal = 600 MWth", "site.protected_area = false")


def test_an_assumed_figure_says_so_in_its_evidence(read: Any) -> None:
    project = assumed(read, "sources.stack-1.a.observations.SO2=99 mg/Nm3 @ 6 % O2, dry")
    (one,) = project.subjects[0].observations
    assert (one.quantity.value, one.evidence.kind) == (99, "assumed")


def test_a_figure_that_is_not_there_can_be_assumed(read: Any) -> None:
    project = assumed(read, "sources.0.observations.PM2.5=9 mg/Nm3", "sources.0.observations.SO2.period=1h")
    first, second = project.subjects[0].observations
    assert (first.period, first.evidence.kind) == ("1h", "assumed")
    assert (second.parameter, second.quantity.value, second.evidence.kind) == ("PM2.5", 9, "assumed")


def test_a_source_that_is_not_there_can_be_assumed(read: Any) -> None:
    project = assumed(read, "sources.s.kind=stack", "sources.s.observations.NOx=9 mg/Nm3", body="")
    assert [(one.id, len(one.observations)) for one in project.subjects] == [("s", 1)]


def test_a_name_with_dots_is_one_key_of_the_facts(read: Any) -> None:
    assert assumed(read, "facts.cn.key_region=true").facts["cn.key_region"].value is True


def test_a_pointer_is_a_path_too(read: Any) -> None:
    assert assumed(read, "/sources/0/size/thermal=5 MWth").subjects[0].facts["size.thermal"].value == 5


def test_an_empty_list_can_be_assumed(read: Any) -> None:
    assert assumed(read, "exports=[]", "parties.sponsors=[]").exports == ()


@pytest.mark.parametrize(("text", "code"), [("size.thermal", "GRB160"), ("=5", "GRB160"), ("country.x.y=5", "GRB161")])
def test_what_is_no_assumption_is_refused(read: Any, text: str, code: str) -> None:
    with pytest.raises(UsageError) as error:
        assumed(read, text)
    assert [one.code for one in error.value.diagnostics] == [code]


def test_the_data_that_was_read_is_left_as_it_was() -> None:
    data = {"size": {"thermal": "5 MWth"}, "sources": [{"id": "s"}]}
    changed, _ = apply_assumptions(data, ["size.thermal=6 MWth", "sources.s.hours=8000 h"])
    assert data == {"size": {"thermal": "5 MWth"}, "sources": [{"id": "s"}]}
    assert changed == {"size": {"thermal": "6 MWth"}, "sources": [{"id": "s", "hours": "8000 h"}]}


def test_a_bad_assumed_value_is_refused_like_any_other(faults: Any) -> None:
    assert [one.code for one in faults(BODY, assume=["size.thermal=6 kg"])] == ["GRB405"]
