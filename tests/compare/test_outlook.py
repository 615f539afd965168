"""What changes between two days: law that begins and ends, papers that expire, duties that fall due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from greenbri.compare import horizon
from greenbri.compare.outlook_text import terminal, to_json
from greenbri.evaluate.assess import snapshot
from greenbri.model.project import Covers, Document, Fact, Observation, Project, Subject, Waiver
from greenbri.model.rule import Text
from greenbri.quantity import parse
from greenbri.report.json import dumps

from .build import DAY, limit, pack, selection

UNTIL = date(2030, 12, 31)
YEAR = Covers(date(2025, 1, 1), date(2025, 12, 31))


def plant(value="70 mg/Nm3 @ 6 % O2, dry, 0 C", **more):
    seen = Observation(
        "SO2", parse(value), value, "/sources/0/observations/0", period="1h", statistic="max", covers=YEAR
    )
    facts = {"country": Fact("VN", ""), "sector": Fact("power.coal", ""), "status": Fact("operating", "")}
    return Project(
        "p", Text("Plant", "电厂"), "VN", "power.coal", "operating", facts,
        (Subject("s1", "stack", "/sources/0", facts={}, observations=(seen,)),), **more,
    )  # fmt: skip


def duty(**more):
    return {
        "id": "q",
        "kind": "document",
        "title": {"en": "A permit", "zh": "许可"},
        "needs": {"document": "operating-permit"},
        "source": {"clause": "2", "url": "https://example.org", "checked": "2026-11-22", "status": "verified"},
        **more,
    }


STEPS = pack(limit({"dated": {"2020-01-01": "100", "2028-01-01": "50", "2030-01-01": None}}))


def test_a_stricter_step_of_the_law_flips_a_pass_on_its_day_with_its_clause_and_the_gap():
    found = horizon(plant(), selection(STEPS), DAY, UNTIL)
    step, end = (one for one in found.changes if one.rule == "vn/t/t.r.v")
    assert (step.day, step.before.status, step.after.status) == (date(2028, 1, 1), "pass", "fail")
    assert step.gap == parse("1.4").value
    assert step.shown.citation.clause == "1" and [one.key for one in step.reasons] == ["ends", "begins"]
    assert (end.day, end.after.status) == (date(2030, 1, 1), "not_applicable") and end.gap is None
    assert [(day, verdict.light) for day, verdict in found.lights][:2] == [
        (DAY, found.lights[0][1].light), (date(2028, 1, 1), "red"),
    ]  # fmt: skip


def test_nothing_is_judged_on_days_on_which_nothing_can_change():
    found = horizon(plant(), selection(STEPS), DAY, UNTIL)
    assert found.days == (DAY, date(2028, 1, 1), date(2030, 1, 1))
    assert horizon(plant(), selection(STEPS), DAY, date(2027, 12, 31)).changes == ()


def test_a_document_that_expires_and_a_waiver_that_ends_change_their_rules():
    permit = Document(
        "operating-permit", "/documents/0", "Permit 7", date=date(2024, 1, 1), valid_until=date(2027, 5, 31)
    )
    waiver = Waiver(
        "vn/t/t.r.v", "authority", "Decision 5", "/waivers/0", date=date(2026, 1, 1), expires=date(2027, 6, 30)
    )
    law = pack(limit("50"), requirements=[duty()])
    found = horizon(plant(documents=(permit,), waivers=(waiver,)), selection(law), DAY, UNTIL)
    changes = {one.rule: one for one in found.changes}
    lapsed, ended = changes["vn/t/q"], changes["vn/t/t.r.v"]
    assert (lapsed.day, lapsed.before.status, lapsed.after.status) == (date(2027, 6, 1), "pass", "fail")
    assert lapsed.reasons[0].key == "expires" and lapsed.reasons[0].name == "Permit 7"
    assert (ended.day, ended.before.status, ended.after.status) == (date(2027, 7, 1), "waived", "fail")


def test_a_duty_falls_due_and_a_figure_grows_too_old():
    law = pack(limit("100", max_evidence_days="400"), requirements=[duty(due={"before": "operation"})])
    project = plant(documents=(Document("operating-permit", "", status="absent"),), operation=date(2028, 3, 1))
    project = replace(project, facts={**project.facts, "dates.operation": Fact(date(2028, 3, 1), "")})
    found = horizon(project, selection(law), DAY, UNTIL)
    stale, due = found.changes
    assert (stale.day, stale.after.cause) == (date(2025, 12, 31) + timedelta(days=401), "stale")
    assert (due.day, due.before.cause, due.after.status) == (date(2028, 3, 1), "not_due", "fail")


@pytest.mark.parametrize("seed", range(6))
def test_judging_every_single_day_finds_the_same_changes(seed):
    first = date(2027, 1, 1) + timedelta(days=37 * seed)
    until = first + timedelta(days=120)
    law = pack(
        limit({"dated": {"2020-01-01": "100", str(first + timedelta(days=11 + seed)): "60"}}, id="a"),
        limit(
            "40", id="b", valid={"from": str(first + timedelta(days=20)), "to": str(first + timedelta(days=60 + seed))}
        ),
        requirements=[duty(valid_for={"years": "3"})],
    )
    granted = first + timedelta(days=80 + seed)
    permit = Document("operating-permit", "", "Permit", date=granted.replace(year=granted.year - 3))
    project, chosen = plant(documents=(permit,)), selection(law)

    def outcomes(day):
        found = snapshot(project, chosen, day).findings
        return {one.rule: (one.status, one.limit) for one in found if one.status != "not_applicable"}

    changed, known = set(), outcomes(first)
    for count in range(1, 121):
        day = first + timedelta(days=count)
        now = outcomes(day)
        changed.update((day, rule) for rule in known.keys() | now.keys() if known.get(rule) != now.get(rule))
        known = now
    found = horizon(project, chosen, first, until)
    assert {(one.day, one.rule) for one in found.changes} == changed
    assert len(changed) == 4


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_a_horizon_can_be_read_by_people_and_by_programs(lang):
    found = horizon(plant(), selection(STEPS), DAY, UNTIL)
    text = terminal(found, lang)
    assert "2028-01-01" in text and "vn/t/t.r.v" in text and "1.4" in text
    assert '"ratio": 1.4' in dumps(to_json(found))
