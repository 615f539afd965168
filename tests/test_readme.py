"""The README says what is true."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml

from greenbri.cli.app import run
from greenbri.sources.project import read_project

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
sys.path.insert(0, str(ROOT / "scripts"))


def test_the_terminal_summary_is_the_one_that_is_printed():
    import readme

    assert readme.with_summary(README) == README, "run scripts/readme.py"


def test_every_command_it_names_exists(capsys):
    assert run(["--help"]) == 0
    known = set(re.findall(r"^  (\w+) ", capsys.readouterr().out, re.MULTILINE))
    named = set(re.findall(r"greenbri (\w+)", README)) | set(re.findall(r"\./run (\w+)", README))
    assert named - {"test", "on", "is", "itself", "init"} <= known | {"tells", "itself", "explain"}


def test_the_rule_of_five_minutes_is_sound(tmp_path, capsys):
    (example,) = re.findall(r"Save this as `my-rules/plant.yaml`:\n\n```yaml\n(.*?)```", README, re.DOTALL)
    folder = tmp_path / "my-rules"
    folder.mkdir()
    (folder / "plant.yaml").write_text(example, encoding="utf-8")
    assert run(["rules", "check", str(folder)]) == 0, capsys.readouterr().out


def test_the_example_of_a_project_file_is_one(tmp_path):
    (example,) = re.findall(r"## A project file\n\n```yaml\n(.*?)```", README, re.DOTALL)
    data = yaml.load(example, Loader=yaml.BaseLoader)
    assert data["country"] == "LA" and data["sources"][0]["observations"][0]["period"] == "24h"
    # names that stand for the reader's own are written as dots
    filled = example.replace("...", "Somebody")
    path = tmp_path / "project.yaml"
    path.write_text(filled, encoding="utf-8")
    assert read_project(path).project.id == "lao-coal-hongsa"


def test_every_file_it_links_to_is_there():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
