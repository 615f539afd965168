"""Dependencies point down the list of design section 3 only, and the core is pure."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "greenbri"
# lowest first; a module may import from its own layer and those before it
LAYERS = (
    ("errors", "messages", "resources"),
    ("quantity",),
    ("model",),
    ("vocabulary", "sources"),
    ("rulepack",),
    ("evaluate",),
    ("selection",),
    ("proving", "report", "compare"),
    ("assessing",),
    ("verify",),
    ("cli", "__main__"),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# the project reader needs the definitions of facts and the lengths of periods
ALLOWED = {("sources", "rulepack"), ("sources", "evaluate")}
PURE = ("quantity", "model", "evaluate")


def modules():
    return sorted(SOURCE.rglob("*.py"))


def part(path):
    relative = path.relative_to(SOURCE)
    return relative.parts[0].removesuffix(".py")


def imports(path, *, typing_too):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = set()
    if not typing_too:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                skipped.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_from_its_own_layer_and_below(path):
    own = part(path)
    if own == "__init__":
        return
    for name in imports(path, typing_too=False):
        pieces = name.split(".")
        if pieces[0] != "greenbri" or len(pieces) < 2 or pieces[1] not in LEVEL:
            continue
        assert LEVEL[pieces[1]] <= LEVEL[own] or (own, pieces[1]) in ALLOWED, f"{own} imports {name}"


@pytest.mark.parametrize(
    "path", [p for p in modules() if part(p) in PURE], ids=lambda path: str(path.relative_to(SOURCE))
)
def test_the_core_has_no_clock_environment_or_network(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(date\.today|datetime\.now|time\.time|os\.environ|open\(|socket|urllib|requests)\b", text)


def test_no_module_is_named_for_nothing():
    assert not [p for p in modules() if re.search(r"utils|helpers|manager", p.name)]


def imported_by(*arguments):
    """The modules in memory after a command has run in a process of its own."""
    code = (
        "import sys\nfrom greenbri.cli.app import run\n"
        f"code = run({list(arguments)!r})\n"
        "sys.stderr.write('\\nMODULES ' + ' '.join(sorted(sys.modules)))\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    return done.returncode, set(done.stderr.rsplit("MODULES ", 1)[-1].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "examples/lao-coal-hongsa.yaml"],
        ["convert", "85 mg/Nm3 SO2 @ 6 % O2, dry, 0 C", "--to", "mg/Nm3 @ 7 % O2, dry, 20 C"],
        ["questions", "examples/lao-coal-hongsa.yaml", "--as-of", "2026-11-22"],
        ["assess", "examples/lao-coal-hongsa.yaml", "--as-of", "2026-11-22", "--format", "json"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_but_the_pdf_one_loads_the_pdf_stack(arguments):
    code, loaded = imported_by(*arguments)
    assert code == 0
    assert "weasyprint" not in loaded and "jinja2" not in loaded


def test_help_loads_nothing_heavy():
    code, loaded = imported_by("--help")
    assert code == 0
    assert not loaded & {"pydantic", "yaml", "jinja2", "weasyprint", "greenbri.evaluate.assess"}
