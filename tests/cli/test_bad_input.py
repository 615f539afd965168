"""Whatever is wrong with the input: the place, what to do, exit code 2, and nothing written."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

import pytest

HEAD = "schema: 1\nid: plant\ncountry: LA\nsector: power.coal\n"
STACK = f"{HEAD}sources:\n- id: s\n  kind: stack\n  observations:\n"

# what is wrong: the bytes of the file, and the line, column and code that are told
BAD: dict[str, tuple[bytes, int, int, str]] = {
    "a tab": (f"{HEAD}site:\n\tcoastal: true\n".encode(), 6, 1, "GRB011"),
    "a duplicate key": (f"{HEAD}country: KH\n".encode(), 5, 1, "GRB012"),
    "an anchor bomb": (
        (
            HEAD
            + "a: &a [x, x, x, x, x, x, x, x, x]\n"
            + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9))
        ).encode(),
        5, 4, "GRB013",
    ),
    "nesting 2,000 deep": (f"{HEAD}site: {'[' * 2000}{']' * 2000}\n".encode(), 5, 56, "GRB017"),
    "the encoding GB18030": (f"{HEAD}name: 洪沙坑口电厂\n".encode("gb18030"), 5, 7, "GRB006"),
    "an unknown pollutant": (f"{STACK}  - {{parameter: SOX3, value: 3 mg/Nm3}}\n".encode(), 9, 17, "GRB101"),
    "oxygen of 21 %": (
        f'{STACK}  - {{parameter: SO2, value: "300 mg/Nm3 @ 21 % O2, dry"}}\n'.encode(), 9, 43, "GRB404",
    ),
    "NaN": (f"{STACK}  - {{parameter: SO2, value: NaN mg/Nm3}}\n".encode(), 9, 29, "GRB401"),
    "a number that is not finite": (f"{STACK}  - {{parameter: SO2, value: .nan}}\n".encode(), 9, 29, "GRB032"),
    "a negative concentration": (f"{STACK}  - {{parameter: SO2, value: -5 mg/Nm3}}\n".encode(), 9, 29, "GRB404"),
    "an impossible date": (f"{HEAD}dates: {{permit: 2023-02-30}}\n".encode(), 5, 17, "GRB120"),
    "a wrong dimension": (f"{HEAD}size: {{electrical: 600 kg}}\n".encode(), 5, 20, "GRB405"),
    "a concentration in water of a stack": (
        f"{STACK}  - {{parameter: SO2, value: 30 mg/L}}\n".encode(), 9, 32, "GRB118",
    ),
}  # fmt: skip

# A remedy stands in brackets behind the message; of a wrong dimension the message itself names the unit to write.
REMEDY = r" \(.+\)$|; a unit like \w+"


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content; of a very large one the size."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.stat().st_size < 10**7 else b"large"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("wrong", BAD)
def test_a_fault_is_told_with_its_place_and_remedy_and_nothing_is_written(wrong: str, cli: Any, place: Path) -> None:
    content, line, column, code = BAD[wrong]
    (place / "bad.yaml").write_bytes(content)
    before = listing(place)
    outcome = cli("assess", "bad.yaml", "-o", "out.json", "-o", "{id}.pdf")
    assert outcome.code == 2
    assert outcome.out == ""
    assert listing(place) == before
    first = outcome.err.splitlines()[0]
    assert first.startswith(f"bad.yaml:{line}:{column}: {code} ")
    assert re.search(REMEDY, first), "what to type instead"


@pytest.mark.parametrize("wrong", BAD)
def test_check_tells_the_same_on_standard_output(wrong: str, cli: Any, place: Path) -> None:
    content, line, column, code = BAD[wrong]
    (place / "bad.yaml").write_bytes(content)
    outcome = cli("check", "bad.yaml")
    assert outcome.code == 2
    assert outcome.out.startswith(f"bad.yaml:{line}:{column}: {code} ")
    assert outcome.err == ""


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_the_file(cli: Any, place: Path) -> None:
    (place / "bad.yaml").write_text(
        f"{STACK}  - {{parameter: SOX3, value: 3 mg/Nm3}}\n  - {{parameter: SO2, value: -5 mg/Nm3}}\n"
        "dates: {permit: 2023-02-30}\n",
        encoding="utf-8",
    )
    outcome = cli("assess", "bad.yaml", "--format", "json")
    assert [line.split(" ")[1] for line in outcome.err.splitlines()] == ["GRB101", "GRB404", "GRB120"]


def test_a_file_of_50_mb_is_refused_by_its_size(cli: Any, place: Path) -> None:
    with (place / "large.yaml").open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(50_000_000)
    outcome = cli("assess", "large.yaml", "-o", "out.json")
    assert outcome.code == 2
    assert outcome.out == ""
    assert re.fullmatch(r"large\.yaml:1:1: GRB005 .*50\.0 MB.* \(.+\)\n", outcome.err)
    assert set(listing(place)) == {"large.yaml"}


def test_norway_is_a_country_and_not_false(cli: Any, project: Callable[..., str]) -> None:
    name = project("country: NO\nsector: power.gas\n")
    assert cli("check", name).code == 0
    document = cli("assess", name, "--packs", "who", "--format", "json").document
    assert document["project"]["country"] == "NO"
    chinese = cli("assess", name, "--packs", "who", "-o", "out.txt", "--format", "terminal", "--lang", "both").out
    assert "Norway" in chinese and "挪威" in chinese


def test_a_file_that_is_not_there_is_told_with_the_one_that_was_meant(cli: Any, project: Callable[..., str]) -> None:
    project("country: LA\nsector: power.coal\n", "hongsa")
    outcome = cli("assess", "hongsaa.yaml", "-o", "out.json")
    assert outcome.code == 2
    assert outcome.err.startswith("hongsaa.yaml:1:1: GRB001 ") and "hongsa.yaml" in outcome.err


@pytest.mark.parametrize(
    ("target", "code", "named"),
    [
        ("nowhere/out.json", "GRB301", "nowhere"),
        ("file.txt/out.json", "GRB302", "file.txt"),
        ("folder", "GRB321", "folder"),
        ("folder.json", "GRB304", "folder.json"),
        ("plant.yaml", "GRB321", "plant.yaml"),
        ("link.json", "GRB306", "link.json"),
        ("out.docx", "GRB321", "out.docx"),
    ],
)
def test_an_output_that_cannot_be_written_is_refused_before_any_work(
    target: str,
    code: str,
    named: str,
    cli: Any,
    project: Callable[..., str],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (place / "file.txt").write_text("kept", encoding="utf-8")
    (place / "folder").mkdir()
    (place / "folder.json").mkdir()
    name = project("country: LA\nsector: power.coal\n")
    (place / "link.json").symlink_to(name)
    before = listing(place)

    def worked(*arguments: Any, **options: Any) -> None:
        raise AssertionError("nothing may be assessed")

    monkeypatch.setattr("greenbri.assessing.assess_file", worked)
    outcome = cli("assess", name, "-o", "good.json", "-o", target)
    assert outcome.code == 2
    assert outcome.out == ""
    assert re.match(rf"{code} .*{re.escape(named)}.* \(.+\)$", outcome.err.strip())
    assert listing(place) == before


def test_one_bad_file_among_good_ones_writes_nothing_at_all(cli: Any, project: Callable[..., str], place: Path) -> None:
    good = project("country: LA\nsector: power.coal\n", "good")
    bad = project("country: LA\nsector: power.cole\n", "bad")
    before = listing(place)
    for outputs in (("-o", "all.json"), ("-o", "{id}.json"), ("--format", "json"), ()):
        outcome = cli("assess", good, bad, "--packs", "who", *outputs)
        assert outcome.code == 2
        assert outcome.out == ""
        assert outcome.err.startswith("bad.yaml:4:9: GRB102 ")
    assert listing(place) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("--as-of", "2026-02-30"),
        ("--as-of", "tomorrow"),
        ("--as-of", "22.11.2026"),
        ("--fail-on", "orange"),
        ("--lang", "fr"),
        ("--format", "xml"),
        ("--packs", "cn/no-such-pack"),
        ("--packs", "nowhere/at/all.yaml"),
        ("--assume", "size.thermal"),
        ("--assume", "no.such.place=3"),
        ("--assume", "size.thermal=3 kg"),
        ("--explain", "cn/no-such-rule"),
        ("--no-such-option",),
    ],
    ids=" ".join,
)
def test_usage_that_makes_no_sense_ends_with_2_and_says_what_is_possible(
    arguments: tuple[str, ...], cli: Any, project: Callable[..., str], place: Path
) -> None:
    name = project("country: LA\nsector: power.coal\n")
    before = listing(place)
    outcome = cli("assess", name, "-o", "out.json", *arguments)
    assert outcome.code == 2, outcome.err
    assert outcome.out == ""
    assert outcome.err and "Traceback" not in outcome.err and "GRB900" not in outcome.err
    assert listing(place) == before


def test_warnings_of_the_file_are_errors_only_with_strict(cli: Any, project: Callable[..., str], place: Path) -> None:
    name = project("country: LA\nsector: power.coal\nparties: {sponsors: [{name: China Example Power}]}\n")
    mild = cli("assess", name, "--packs", "who", "-o", "out.json", "--format", "json")
    assert mild.code == 0
    assert mild.err.startswith("plant.yaml:5:22: GRB136 ")
    (place / "out.json").unlink()
    strict = cli("assess", name, "--packs", "who", "-o", "out.json", "--strict")
    assert strict.code == 2
    assert strict.out == ""
    assert strict.err.startswith("plant.yaml:5:22: GRB136 ")
    assert not (place / "out.json").exists()


def test_control_characters_of_a_file_do_not_reach_the_terminal(cli: Any, place: Path) -> None:
    (place / "bad.yaml").write_text(f'{HEAD}status: "\\e[31mred\\u202e"\n', encoding="utf-8")
    outcome = cli("assess", "bad.yaml")
    assert outcome.code == 2
    assert "\x1b" not in outcome.err and "\u202e" not in outcome.err


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation whose WeasyPrint finds no Pango, as its own import reports it."""

    class Missing(MetaPathFinder):
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0': cannot open shared object file")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])


def test_without_pango_html_works(without_pango: None, cli: Any, project: Callable[..., str], place: Path) -> None:
    name = project("country: LA\nsector: power.coal\n")
    outcome = cli("assess", name, "--packs", "who", "-o", "out.html", "-o", "out.json")
    assert outcome.code == 0
    assert set(listing(place)) == {"plant.yaml", "out.html", "out.json"}


@pytest.mark.parametrize("outputs", [(), ("-o", "out.pdf"), ("-o", "out.json", "-o", "out.pdf")], ids=" ".join)
def test_without_pango_a_pdf_is_refused_with_what_to_install_and_nothing_is_written(
    outputs: tuple[str, ...], without_pango: None, cli: Any, project: Callable[..., str], place: Path
) -> None:
    name = project("country: LA\nsector: power.coal\n")
    outcome = cli("assess", name, "--packs", "who", *outputs)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "GRB320" in outcome.err and "apt-get install" in outcome.err and "libpango-1.0-0" in outcome.err
    assert set(listing(place)) == {"plant.yaml"}
