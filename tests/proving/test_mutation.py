"""`rules mutate`: slips of the keyboard in a pack, those that cases and readings notice, and lines for the others."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from greenbri.cli.rules import rules_app
from greenbri.errors import UsageError
from greenbri.proving.coverage_evidence import evidence
from greenbri.proving.mutation import Score, mutate
from greenbri.proving.mutation_form import Mutant
from greenbri.proving.mutation_lines import flow
from greenbri.proving.mutation_since import changed_since
from greenbri.proving.mutation_sites import slips
from greenbri.proving.mutation_trial import Trial
from greenbri.proving.proof import prove
from greenbri.proving.shelf import folders
from greenbri.sources import load_yaml

Library = Callable[..., Path]
Case = Callable[..., str]
AT = "when: {size.thermal: 100 MW}"
STATE = 'reference: "6 % O2, dry, 0 C, 101.325 kPa"'
FULL = f"- {{source: a, parameter: SO2, medium: stack, {AT}, value: 200 mg/m3, {STATE}, period: 24h}}\n"
BARE = f"- {{source: a, parameter: SO2, medium: stack, {AT}, value: 200 mg/m3}}\n"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(rules_app, ["mutate", "--jobs", "1", *arguments], standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return int(result.return_value or 0), result.stdout


def tried(folder: Path) -> tuple[list[Mutant], Trial]:
    proofs, faults = evidence(folders([str(folder)])[0])
    assert proofs is not None and faults == ()
    return list(slips(proofs.pack, proofs.document)), Trial(proofs)


def score(folder: Path, **options: int) -> Score:
    (found,) = mutate(folders([str(folder)]), **options)
    return found


def noticed(folder: Path, rule: str = "t1.small.SO2") -> set[tuple[str, str, str]]:
    found, trial = tried(folder)
    return {(one.kind, one.was, one.now) for one in found if one.rule.endswith(rule) and trial.killed(one)}


def test_every_sort_of_slip_is_tried(library: Library) -> None:
    found, _ = tried(library())
    kinds = Counter(one.kind for one in found)
    assert {"operator", "digit", "x10", "x1000", "unit", "oxygen", "moisture", "period", "form", "day", "condition",
            "swap"} == set(kinds)  # fmt: skip
    said = {(one.kind, one.was, one.now) for one in found}
    assert {
        ("operator", "<=", "<"),
        ("operator", "<", "<="),
        ("digit", "400", "401"),
        ("x1000", "200", "200000"),
        ("unit", "mg/m3", "ug/m3"),
        ("period", "24h", "1h"),
        ("form", "p95", "every"),
        ("day", "2025-01-01", "2024-12-31"),
        ("day", "2020-01-01", "2020-01-02"),
        ("condition", "size.thermal >= 300 MWth", ""),
        ("operator", "size.thermal >= 300 MWth", "size.thermal > 300 MWth"),
        ("digit", "1.2", "1.3"),
        ("condition", "sector power.coal", ""),
    } <= said


def test_a_slip_in_the_table_changes_every_limit_that_takes_it_from_there(library: Library) -> None:
    found, _ = tried(library())
    period = next(one for one in found if one.kind == "period" and one.pointer == "/limits/0/period")
    assert len(period.rules) == 4
    unit = next(one for one in found if one.kind == "unit" and one.pointer == "/limits/0/limits/dust/unit")
    assert [name.split("/")[-1] for name in unit.rules] == ["t1.small.dust", "t1.large.dust"]


def test_exceptions_or_and_bans_are_tried(library: Library, pack_text: str) -> None:
    ban = """\
- id: no-coal
  kind: prohibition
  title: {en: No new coal, zh: 禁止新建煤电}
  applies_any: [{xx.zone: a}, {size.thermal: ">= 50 MWth"}]
  prohibited_when: {status: [proposed, permitted]}
  unless: {xx.zone: b}
  source: {clause: Article 6, url: "https://law.example/6", checked: 2026-11-01, status: verified}
"""
    found, _ = tried(library(pack=pack_text.replace("classifications:", ban + "classifications:")))
    assert {one.kind for one in found if one.rule.endswith("no-coal")} >= {"or", "exception", "condition"}


def test_a_reading_notices_what_it_states_and_nothing_else(library: Library) -> None:
    full, bare = noticed(library(reading=FULL)), noticed(library(reading=BARE))
    kinds = {("digit", "200", "201"), ("x10", "200", "2000"), ("x1000", "200", "200000"), ("operator", "<=", "<")}
    state = {("period", "24h", "1h")}
    assert kinds | state <= full
    assert kinds <= bare and not state & bare
    assert ("digit", "400", "401") not in full


def test_a_case_notices_what_changes_its_outcome(library: Library, case: Case) -> None:
    loose = noticed(library(cases=case("{rule: t1.small.SO2, status: pass}")))
    assert ("digit", "200", "201") not in loose and ("unit", "mg/m3", "ug/m3") in loose
    at = case("{rule: t1.small.SO2, status: pass, value: 200}", value="200 mg/Nm3 @ 6 % O2, dry, 0 C, 101.325 kPa")
    assert {("operator", "<=", "<"), ("digit", "200", "201")} <= noticed(library(cases=at))


def test_rows_exchanged_are_noticed_by_a_reading_of_either(library: Library, pack_text: str) -> None:
    pack = pack_text.replace("{dated: {2020-01-01: 400, 2025-01-01: 200}}", "200")
    assert ("swap", "200", "100") in noticed(library(pack=pack, reading=BARE))


def test_failing_cases_known_gaps_and_generated_boundaries_notice_nothing(library: Library, case: Case) -> None:
    failing = case("{rule: t1.small.SO2, status: fail}")
    gap = case("{rule: t1.small.SO2, value: 200}", name="two").replace("  as_of", "  todo: not yet\n  as_of")
    found = score(library(cases=failing + gap), lines=0)
    assert found.share.reached == 0 and found.share.total > 50
    assert [fault.code for fault in found.faults] == ["GRB295"]


def test_a_condition_that_the_scope_holds_anyway_is_no_slip(library: Library, pack_text: str) -> None:
    pack = pack_text.replace("  columns: [id, size.thermal", "  applies: {sector: power.coal, country: VN}\n"
                             "  columns: [id, size.thermal")  # fmt: skip
    found, _ = tried(library(pack=pack))
    assert not [one for one in found if one.pointer.startswith("/limits/0/applies")]


def test_a_survivor_comes_with_a_line_that_holds_and_would_notice_it(library: Library) -> None:
    folder = library(reading=BARE)
    before = score(folder)
    lines = dict.fromkeys(one.line for one in before.survivors if one.line)
    assert len([one for one in before.survivors if not one.line]) <= 4
    cases = "".join(f"{line}\n" for line in lines if line.startswith("- {id:"))
    readings = "".join(f"{line}\n" for line in lines if not line.startswith("- {id:"))
    folder = library(cases=cases, reading=BARE + readings)
    proof = prove(folders([str(folder)]))
    assert [one.message("en") for one in proof.diagnostics] == []
    after = score(folder, lines=0)
    assert after.share.total == before.share.total
    assert after.share.total - after.share.reached <= 4


def test_two_processes_come_to_the_same_as_one(library: Library, pack_text: str) -> None:
    folder = library(reading=FULL)
    (folder / "second-2020.yaml").write_text(pack_text.replace("xx/stack-2020", "xx/second-2020"), "utf-8")
    chosen = folders([str(folder)])
    done: list[tuple[int, int]] = []
    one = mutate(chosen, lines=2)
    two = mutate(chosen, jobs=2, lines=2, progress=lambda *state: done.append(state))
    assert [(x.pack, x.tried, x.noticed, x.survivors) for x in one] == [
        (x.pack, x.tried, x.noticed, x.survivors) for x in two
    ]
    assert done == [(1, 2), (2, 2)]


def test_the_gate_is_an_exact_share(library: Library) -> None:
    folder = str(library(reading=FULL))
    code, text = run(folder, "--lines", "1")
    assert code == 1 and "GRB296" in text and "under 95 %" in text
    assert "stack-2020.yaml:39:" in text and "\n- {" in text
    code, text = run(folder, "--lines", "0", "--min-score", "1")
    assert code == 0 and "GRB296" not in text
    with pytest.raises(UsageError):
        run(folder, "--min-score", "much")


@pytest.mark.parametrize("manner", ["json", "junit", "markdown", "sarif", "github"])
def test_each_format_tells_the_survivors(manner: str, library: Library) -> None:
    code, text = run(str(library()), "--lines", "0", "--format", manner, "--lang", "zh")
    assert code == 1 and "GRB290" in text
    if manner == "json":
        data = json.loads(text)
        assert data["score"] == {"reached": 0, "total": len(data["packs"][0]["survivors"]), "percent": "0.0"}


def test_since_takes_only_what_changed(library: Library, pack_text: str) -> None:
    folder = library(reading=FULL)
    (folder / "second-2020.yaml").write_text(pack_text.replace("xx/stack-2020", "xx/second-2020"), "utf-8")
    git = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@x.example"]
    for step in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *step], check=True)
    chosen = folders([str(folder)])
    assert changed_since(chosen, "HEAD") == ()
    library(reading=BARE)
    assert [one.pack.name for one in changed_since(chosen, "HEAD")] == ["stack-2020.yaml"]
    for revision in ("no-such-revision", "--output=x"):
        with pytest.raises(UsageError, match="GRB294"):
            changed_since(chosen, revision)


def test_flow_writes_what_yaml_reads_back() -> None:
    value = {"on": "2020-01-01", "a": ["no", "x: y", True, "6 % O2"], "b": {"c.d": '"quoted"', "e": "100"}}
    read = load_yaml(f"value: {flow(value)}\n".encode(), "<line>").data["value"]
    assert read["on"] == "2020-01-01" and read["a"] == value["a"] and read["b"] == value["b"]
