"""What changed between two sets of packs, by how much, and whose light changes."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from greenbri.cli.rules import rules_app
from greenbri.errors import UsageError
from greenbri.model.rule import Pack
from greenbri.proving.difference import difference
from greenbri.proving.difference_change import Change
from greenbri.proving.difference_sides import side
from greenbri.rulepack.compile import compile_pack
from greenbri.sources import load_yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = """\
schema: 1
id: plant
name: Plant
country: VN
sector: power.coal
size: {thermal: 400 MW}
status: operating
dates: {operation: 2021-01-01}
documents: [{type: eia-approval, date: 2020-02-01, authority: Ministry of Environment}]
sources:
- id: s
  kind: stack
  observations:
  - {parameter: SO2, value: "90 mg/Nm3 @ 6 % O2, dry, 0 C", period: 24h, statistic: max,
     covers: {from: 2025-01-01, to: 2025-12-31}}
"""

Library = Callable[..., Path]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(rules_app, list(arguments), standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert not result.return_value
    return result.stdout


def pack(text: str) -> Pack:
    return compile_pack(load_yaml(text.encode(), "stack-2020.yaml"))


@pytest.fixture
def changed(pack_text: str) -> Callable[..., list[Change]]:
    """The changes after texts of the pack were replaced by others."""

    def compared(*replaced: tuple[str, str]) -> list[Change]:
        new = pack_text
        for was, now in replaced:
            assert was in new, was
            new = new.replace(was, now)
        found = difference([pack(pack_text)], [pack(new)])
        return [change for one in found for change in one.changes]

    return compared


def kinds(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.kind, change.rule.removeprefix("xx/stack-2020/")) for change in changes]


Changed = Callable[..., list[Change]]


def test_nothing_changed_is_nothing(pack_text: str, changed: Changed) -> None:
    assert difference([pack(pack_text)], [pack(f"# a remark\n{pack_text}")]) == ()
    assert changed() == []


def test_a_lower_limit_is_tightened_and_a_higher_one_loosened_by_so_much(changed: Changed) -> None:
    found = changed(('MWth", 100,', 'MWth", 80,'), (', 50, "-"]', ', 60, "-"]'))
    assert kinds(found) == [("loosened", "t1.small.dust"), ("tightened", "t1.large.SO2")]
    assert [change.amount.ratio for change in found if change.amount] == [(Fraction(6, 5),) * 2, (Fraction(4, 5),) * 2]
    assert found[0].days is None and found[0].old.startswith("<= 50 mg/m3 @ 6 % O2, dry")


def test_units_and_states_are_brought_to_the_older_before_they_are_compared(changed: Changed) -> None:
    grams = ("SO2: {unit: mg/m3}\n    dust", "SO2: {unit: g/m3}\n    dust")
    same = changed(grams, ('MWth", 100,', 'MWth", 0.1,'), (": 400,", ": 0.4,"), (": 200}", ": 0.2}"))
    assert {change.kind for change in same} == {"changed"} and {change.field for change in same} == {"unit"}
    # at 10 % oxygen the same number is more dust of the stack: (21 - 6) / (21 - 10) = 15/11 as much at 6 %
    moved = changed(('"6 % O2, dry, 0 C', '"10 % O2, dry, 0 C'))
    ratios = {change.amount.ratio for change in moved if change.kind == "loosened" and change.amount}
    assert ratios == {(Fraction(15, 11), Fraction(15, 11))}


def test_what_lacks_an_ingredient_is_incomparable_and_names_it(changed: Changed) -> None:
    found = changed(('reference: "6 % O2, dry, 0 C', 'reference: "6 % O2, wet, 0 C'))
    numbers = [change for change in found if change.kind != "changed"]
    assert {change.kind for change in numbers} == {"incomparable"}
    assert {change.missing for change in numbers} == {("moisture",)}


def test_minima_and_ranges_mirror(changed: Changed) -> None:
    found = changed((", 100, 75,", ", 100, 80,"), ('"6-9"', '"5-9"'))
    assert kinds(found) == [("loosened", "t2.all.pH"), ("tightened", "t2.all.COD.removal")]
    assert found[0].amount is not None and found[0].amount.difference == (Fraction(-1), Fraction(0))
    assert kinds(changed(('"6-9"', '"5-8"'))) == [("incomparable", "t2.all.pH")]


def test_strictly_below_is_stricter_than_at_most(changed: Changed) -> None:
    assert kinds(changed(('"< 20"', "20"))) == [("loosened", "t1.large.dust"), ("changed", "t1.large.dust")]


def test_another_averaging_time_is_ranked_only_where_one_implies_the_other(changed: Changed) -> None:
    shorter = changed(("medium: stack\n  period: 24h", "medium: stack\n  period: 1h"))
    assert {change.kind for change in shorter} == {"tightened", "changed"}
    higher = changed(("medium: stack\n  period: 24h", "medium: stack\n  period: 1h"), ('MWth", 100,', 'MWth", 150,'))
    assert ("incomparable", "t1.large.SO2") in kinds(higher)


def test_a_product_changes_with_its_coefficients(changed: Changed) -> None:
    found = changed(('"< 500 m3/d", 1.2', '"< 500 m3/d", 1.1'))
    assert ("tightened", "t2.all.TSS") in kinds(found)
    amount = next(change.amount for change in found if change.kind == "tightened")
    assert amount is not None and amount.ratio == (Fraction(11, 12), Fraction(1))


def test_the_same_number_on_other_days_has_moved(changed: Changed) -> None:
    found = changed(("2025-01-01: 200", "2027-01-01: 200"))
    assert kinds(found) == [("moved", "t1.small.SO2")]
    assert "(2025-01-01..)" in found[0].old and "(2027-01-01..)" in found[0].new


def test_a_further_stage_is_tightened_from_its_day_on(changed: Changed) -> None:
    found = changed(("2025-01-01: 200}", "2025-01-01: 200, 2030-01-01: 100}"))
    assert kinds(found) == [("tightened", "t1.small.SO2")]
    assert found[0].days is not None and str(found[0].days.start) == "2030-01-01" and found[0].days.end is None


def test_no_limit_instead_of_a_limit_is_loosened(changed: Changed) -> None:
    assert kinds(changed(('MWth", 100, "< 20"', 'MWth", none, "< 20"')))[0] == ("loosened", "t1.large.SO2")


def test_rules_come_and_go(changed: Changed) -> None:
    assert kinds(changed(('50, "-"]', "50, 1]"))) == [("new", "t1.small.Hg")]
    assert kinds(changed(('50, "-"]', '"-", "-"]'))) == [("repealed", "t1.small.dust")]


def test_a_new_id_is_renumbered_by_its_alias_or_by_saying_the_same(changed: Changed) -> None:
    alias = changed(
        ("- id: approval", "- id: eia\n  aliases: [approval]"), ("before: construction", "before: operation")
    )
    assert kinds(alias) == [("renumbered", "eia"), ("changed", "eia")] and alias[0].was == "xx/stack-2020/approval"
    told = changed(("- [large, ", "- [big, "))
    assert {kind for kind, _ in kinds(told)} == {"renumbered"} and len(told) == 3


def test_status_and_citation_of_a_source(changed: Changed) -> None:
    found = changed(
        ("status: secondary}\n  alternatives", "status: verified}\n  alternatives"),
        ("clause: Table 1", "clause: Table 3"),
    )
    assert {kind for kind, _ in kinds(found)} == {"status_raised", "citation"}
    back = changed(("verified", "recalled"))
    assert {kind for kind, _ in kinds(back)} == {"status_lowered"}


def test_a_pack_that_replaces_another_is_laid_beside_it(pack_text: str) -> None:
    new = pack_text.replace("xx/stack-2020", "xx/stack-2026").replace("XX 1-2020", "XX 1-2026")
    new = new.replace("  in_force: 2020-01-01", "  in_force: 2026-03-01\n  replaces: [XX 1-2020]")
    new = new.replace(', 100, "<', ', 50, "<')
    old = pack_text.replace("  in_force: 2020-01-01", "  in_force: 2020-01-01\n  repealed: 2026-02-28")
    other = pack(pack_text.replace("xx/stack-2020", "xx/other-1"))
    (found,) = difference([pack(old), other], [other, pack(new)])
    tightened = [change for change in found.changes if change.kind == "tightened"]
    assert ("xx/stack-2026/t1.large.SO2", "xx/stack-2020/t1.large.SO2") in [(one.rule, one.was) for one in tightened]
    assert not any(change.kind in ("new", "repealed") for change in found.changes)


def test_every_way_of_computing_a_limit_can_be_laid_beside_itself() -> None:
    from greenbri.rulepack.library import library

    for entry in library():
        one = entry.pack()
        assert difference([one], [one]) == ()


def test_the_content_without_a_new_version_is_told(pack_text: str) -> None:
    (found,) = difference([pack(pack_text)], [pack(pack_text.replace('MWth", 100', 'MWth", 90'))])
    assert found.same_version


@pytest.fixture
def repository(tmp_path: Path, pack_text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two editions of the pack; the second is in the working tree too."""
    root = tmp_path / "repository"
    (root / "rules" / "xx" / "cases").mkdir(parents=True)
    (root / "rules" / "profiles").mkdir()
    (root / "rules" / "profiles" / "own.yaml").write_text("schema: 1\n", "utf-8")
    (root / "rules" / "xx" / "cases" / "stack-2020.yaml").write_text("schema: 1\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(("git", *identity, *arguments), cwd=root, check=True, capture_output=True)

    git("init", "-q")
    for text in (pack_text, pack_text.replace('MWth", 100', 'MWth", 80')):
        (root / "rules" / "xx" / "stack-2020.yaml").write_text(text, "utf-8")
        git("add", "-A")
        git("commit", "-q", "-m", "edition")
    monkeypatch.chdir(root)
    return root


def test_a_revision_of_the_repository_is_read_as_git_keeps_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = run("diff", "HEAD~1", "rules")
    assert "tightened  xx/stack-2020/t1.large.SO2" in text and "−20 %" in text
    monkeypatch.chdir(repository / "rules")
    assert run("diff", "HEAD~1:rules/xx", "HEAD") == text


@pytest.mark.parametrize("name", ["no-such-branch", "HEAD:rules/zz", "-x", "HEAD~99", "--output=x"])
def test_what_is_neither_path_nor_revision_is_bad_usage(name: str, repository: Path) -> None:
    with pytest.raises(UsageError) as error:
        side(name)
    assert error.value.diagnostics[0].code == "GRB227" and name in error.value.diagnostics[0].message("zh")


@pytest.fixture
def editions(tmp_path: Path, pack_text: str) -> tuple[str, str]:
    paths = []
    for name, text in (("old", pack_text), ("new", pack_text.replace('MWth", 100', 'MWth", 80'))):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "stack-2020.yaml"
        path.write_text(text, "utf-8")
        paths.append(str(path))
    return paths[0], paths[1]


def test_whose_light_changes_is_told_with_the_rules_that_change_it(editions: tuple[str, str], tmp_path: Path) -> None:
    files = []
    for name, value in (("plant", "90"), ("clean", "10")):
        path = tmp_path / f"{name}.yaml"
        path.write_text(PROJECT.replace("id: plant", f"id: {name}").replace("90 mg", f"{value} mg"), "utf-8")
        files.append(str(path))
    command = ("diff", *editions, "--as-of", "2026-11-22", "--projects", *files)
    lights = json.loads(run(*command, "--format", "json"))["lights"]
    assert [(one["project"], one["changed"]) for one in lights] == [("plant", True), ("clean", False)]
    assert lights[0]["new"]["light"] == "red" != lights[0]["old"]["light"]
    turned = {"rule": "xx/stack-2020/t1.large.SO2", "subject": "s", "old": "pass", "new": "fail"}
    assert turned in lights[0]["findings"]
    table = run(
        "diff", *editions, "--as-of", "2026-11-22", "--projects", files[0], "--format", "markdown", "--lang", "zh"
    )
    assert "| plant | " in table and "→ 红" in table


def test_markdown_is_a_table_that_a_pack_cannot_break(pack_text: str, tmp_path: Path) -> None:
    old, new = tmp_path / "a.yaml", tmp_path / "b.yaml"
    old.write_text(pack_text, "utf-8")
    new.write_text(pack_text.replace("clause: Table 1,", 'clause: "Table <b>1</b> | x",'), "utf-8")
    for lang in ("en", "zh", "both"):
        rows = [line for line in run("diff", str(old), str(new), "--format", "markdown", "--lang", lang).splitlines()]
        table = [line for line in rows if line.startswith("|")]
        assert len(table) > 2 and {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {6}
        assert not any("<" in line for line in table)


def test_files_without_the_option_for_projects_are_bad_usage(editions: tuple[str, str]) -> None:
    with pytest.raises(UsageError):
        run("diff", *editions, "further.yaml")


def test_hooks_and_action_call_commands_that_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    scripts = [step["run"] for step in action["runs"]["steps"]]
    entries = [hook["entry"].split() for hook in hooks]
    assert all(hook["language"] == "python" and {"id", "name", "files"} <= hook.keys() for hook in hooks)
    called = {tuple(entry[1:]) for entry in entries}
    called |= {("rules", word) for script in scripts for word in re.findall(r'greenbri" rules (\w+)', script)}
    assert called == {("rules", "check"), ("rules", "test"), ("check",)}
    names = {command.name for command in rules_app.registered_commands}
    assert {entry[-1] for entry in called if entry[0] == "rules"} <= names
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'greenbri = "greenbri.__main__:main"' in project


def test_no_input_of_the_action_is_pasted_into_a_script() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert action["runs"]["using"] == "composite"
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash" and "${{" not in step["run"]
        assert subprocess.run(("bash", "-n"), input=step["run"], text=True, check=False).returncode == 0


def test_the_hooks_are_asked_for_packs_and_what_proves_them_only() -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[:2]:
        meant = {
            path
            for path in (
                "rules/cn/a.yaml",
                "rules/cn/cases/a.yaml",
                "rules/scoring.yaml",
                "rules/vocabulary/fuels.yaml",
            )
            if re.search(hook["files"], path) and not re.search(hook["exclude"], path)
        }
        assert meant == {"rules/cn/a.yaml", "rules/cn/cases/a.yaml"}
