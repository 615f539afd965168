"""The derived pack: clean, usable, and in every case as strict as all the packs it was derived from."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from greenbri.compare import harmonise
from greenbri.evaluate.assess import snapshot
from greenbri.model.project import Covers, Evidence, Fact, Observation, Project, Subject
from greenbri.model.rule import Text
from greenbri.quantity import parse
from greenbri.rulepack.lint import lint
from greenbri.rulepack.load import read_pack

from .build import DAY, limit, pack, point, selection

ORDER = {"fail": 0, "unknown": 1, "pass": 2}


def derived(place: Path, laws, **more):
    made = []
    for name, text in harmonise(point(**more), laws, "joint").items():
        path = place / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made


def test_a_looser_limit_becomes_a_note_with_its_margin_and_what_cannot_be_ranked_is_kept(tmp_path):
    laws = [
        pack(limit("50"), land="CN"),
        pack(limit("100", "mg/Nm3", "10 % O2, dry, 0 C"), limit("40", id="d", period="24h"), land="LA"),
        pack(limit("70", applies={"firing": "stoker"}), limit("10", "%", "", id="r", column={"kind": "removal"})),
    ]
    (path,) = derived(tmp_path, laws)
    text = path.read_text(encoding="utf-8").replace("\n    ", " ")
    assert "also meets la/t/t.r.v" in " ".join(text.split()) and "(x 2.727)" in text
    rules = {rule.citation.note.split(";")[0] for rule in read_pack(path).rules}
    assert rules == {"from cn/t/t.r.v", "from la/t/d.r.v", "from vn/t/t.r.v", "from vn/t/r.r.v"}


def test_a_derived_pack_passes_the_checks_of_packs(tmp_path):
    rate = {"unit": "%", "kind": "removal", "parameter": "SO2", "reference": "actual"}
    either = [{"id": "so2", "any": ["v", "w"]}]
    group = limit("20", id="g", columns={"w": rate}, values=["95"], alternatives=either)
    steps = {"interpolate": "size.thermal", "points": [["50 MWth", "2000"], ["500 MWth", "400"]], "outside": "clamp"}
    laws = [
        pack(limit("50"), limit("none", id="n", applies={"fuel": "coal.waste"}), land="CN"),
        pack(group, limit(steps, id="i"), limit("80", id="p", form="p95"), land="LA"),
        pack(limit({"dated": {"2020-01-01": "90", "2030-01-01": "30"}}), limit("< 60", "ppmvd", "15 % O2", id="x"),
             land="US", air="20.9"),
    ]  # fmt: skip
    paths = derived(tmp_path, laws)
    assert [path.name for path in paths] == ["joint.yaml", "joint-o2-20-9.yaml"]
    found = lint(paths)
    assert [one.code for one in found.diagnostics if one.level != "note"] == []
    assert len(found.packs) == 2


def plant(rng: random.Random) -> Project:
    forms = ["6 % O2, dry, 0 C", "10 % O2, dry, 0 C", "9 % O2, dry, 20 C", "dry, 0 C", "6 % O2, wet, 0 C"]
    seen = []
    for _ in range(rng.randint(0, 2)):
        text = f"{rng.choice(['', '', '< '])}{rng.choice([5, 20, 49, 50, 51, 74, 100, 130, 300])} "
        text += rng.choice([f"mg/Nm3 @ {rng.choice(forms)}", "mg/m3 @ 6 % O2, dry", "0.1 lb/MMBtu", "ppmvd @ 6 % O2"])
        if "0.1 lb" in text:
            text = "0.1 lb/MMBtu @ HHV"
        seen.append(
            Observation(
                "SO2",
                parse(text),
                text,
                f"/sources/0/observations/{len(seen)}",
                period=rng.choice([None, "1h", "1h", "24h", "month", "year", "run"]),
                statistic=rng.choice([None, "max", "mean", "single", "p95", "p98", "design"]),
                covers=rng.choice([Covers(), Covers(date(2025, 1, 1), date(2025, 12, 31)), Covers(count=1)]),
                evidence=Evidence(rng.choice([None, "measured", "eia"]), date=date(2026, 1, 1)),
            )
        )
    facts = {"sector": "power.coal", "country": "KH", "status": "operating"}
    if rng.random() < 0.8:
        facts["fuel"] = rng.choice(["coal.bituminous", "coal.lignite"])
    if rng.random() < 0.7:
        facts["firing"] = rng.choice(["stoker", "pulverised"])
    known = {name: Fact(value, "") for name, value in facts.items()}
    return Project("p", Text("P", "甲"), "KH", "power.coal", "operating", known,
                   (Subject("s1", "stack", "/sources/0", facts=known, observations=tuple(seen)),))  # fmt: skip


def laws(rng: random.Random):
    made = []
    for land in ("CN", "LA", "VN", "US"):
        tables = []
        for number in range(rng.randint(1, 3)):
            more = {
                "period": rng.choice(["1h", "1h", "1h", "1h", "24h", "month"]),
                "form": rng.choice(["every", "every", "every", "p95"]),
                "proof": rng.choice([None, None, None, "test"]),
                "oxygen_correction": rng.choice(["always"] * 4 + ["when_above"]),
                "applies": rng.choice([{}, {}, {"firing": "stoker"}, {"fuel": "coal"}, {"fuel": "oil"}]),
            }
            unit, state = rng.choice(
                [
                    ("mg/Nm3", "6 % O2, dry, 0 C"),
                    ("mg/Nm3", "10 % O2, dry, 0 C"),
                    ("mg/m3", "6 % O2, dry, 0 C, 101.325 kPa"),
                    ("mg/Nm3", "6 % O2, dry, 20 C"),
                    ("ppmvd", "6 % O2"),
                ]
            )
            value = f"{rng.choice(['', '', '< '])}{rng.choice([30, 50, 50, 75, 100, 200])}"
            tables.append(limit(value, unit, state, id=f"t{number}", **more))
        made.append(pack(*tables, land=land, air="20.9" if land == "US" else "21"))
    return made


def conjunction(project, packs):
    found = snapshot(project, selection(*packs), DAY).findings
    judged = [ORDER[one.status] for one in found if one.status in ORDER and one.parameter == "SO2"]
    return min(judged, default=None)


@pytest.mark.parametrize("seed", range(15))
def test_its_statuses_equal_the_conjunction_of_the_packs_it_was_derived_from(tmp_path, seed):
    rng = random.Random(seed)
    given = laws(rng)
    joint = [read_pack(path) for path in derived(tmp_path, given)]
    assert sum(len(one.rules) for one in joint) <= sum(len(one.rules) for one in given)
    for _ in range(20):
        project = plant(rng)
        assert conjunction(project, joint) == conjunction(project, given), project.subjects[0].observations


def test_the_random_laws_do_lose_limits():
    rng = random.Random(1)
    lost = 0
    for _ in range(20):
        given = laws(rng)
        made = "".join(harmonise(point(), given, "joint").values())
        lost += " ".join(made.split()).count("also meets")
    assert lost > 10
