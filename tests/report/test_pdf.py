from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.report import factory

from greenbri.errors import OutputError
from greenbri.model.rule import Text
from greenbri.report import pdf, render
from greenbri.report.fonts import fonts_dir

# The marker of a machine without Pango: `GREENBRI_NO_APT=1 ./run` allows that.
pytest.importorskip("weasyprint", exc_type=OSError)
pypdf = pytest.importorskip("pypdf")

ROOT = Path(__file__).parents[2]
EMBEDDED = {
    "lao-coal-demo": {
        "project": {"id": "lao-coal-demo"}, "packs": [{"id": "la/x"}], "profile": None, "waivers": [],
        "receipt": {"tool": "greenbri 0.1.0"},
    }
}  # fmt: skip


@pytest.fixture(scope="module")
def report() -> tuple[bytes, list[str]]:
    """The fullest report, in both languages, and what the layout complained of."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("greenbri.report.pdf").addHandler(handler)
    try:
        return render("pdf", [factory.red()], "both", embedded=EMBEDDED), said
    finally:
        logging.getLogger("greenbri.report.pdf").removeHandler(handler)


@pytest.fixture(scope="module")
def document(report: tuple[bytes, list[str]]) -> Any:
    return pypdf.PdfReader(io.BytesIO(report[0]))


def bookmarks(outline: list[Any], level: int = 1) -> Iterator[tuple[int, Any]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry, level + 1)
        else:
            yield level, entry


def test_the_layout_has_nothing_to_complain_of(report: tuple[bytes, list[str]]) -> None:
    assert report[1] == []


def test_the_first_page_holds_the_whole_cover(document: Any) -> None:
    first, second = (document.pages[number].extract_text() for number in (0, 1))
    for part in ("绿色合规评估报告", "Green Compliance Assessment", "RED: does not comply", "14.3–43.4", "下一步"):
        assert part in first
    assert second.strip().startswith(("执行摘要", "目录")) or "目录" in second[:200]


def test_bookmarks_are_the_headings_with_a_slash_between_languages(document: Any) -> None:
    top = [entry.title for level, entry in bookmarks(document.outline) if level == 1]
    assert "执行摘要 / Executive summary" in top and "方法与可复现性 / Method and reproducibility" in top


def test_the_contents_name_the_pages_that_the_bookmarks_lead_to(document: Any) -> None:
    pages = {entry.title: document.get_destination_page_number(entry) + 1 for _, entry in bookmarks(document.outline)}
    contents = document.pages[1].extract_text().splitlines()
    for title in ("Executive summary", "Limit comparison", "Action plan", "Method and reproducibility"):
        line = next(line for line in contents if title in line and "...." in line)
        (page,) = (page for name, page in pages.items() if name.endswith(f"/ {title}"))
        assert line.rstrip().endswith(str(page))


def test_every_page_but_the_cover_has_its_header_and_its_number(document: Any) -> None:
    count = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        text = page.extract_text()
        assert (f"{number} / {count}" in text) is (number > 1)


def test_it_is_archivable_tagged_and_declares_accessibility(document: Any) -> None:
    catalogue = document.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "zh-Hans"
    metadata = catalogue["/Metadata"].get_object().get_data().decode()
    assert 'pdfaid:part="3"' in metadata and 'pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert document.metadata["/CreationDate"].startswith("D:20260601")


def test_project_packs_and_assessment_are_attached(document: Any) -> None:
    files = {name: content[0] for name, content in document.attachments.items()}
    assert set(files) == {"project.json", "packs.json", "assessment.json"}
    assert json.loads(files["project.json"]) == {"id": "lao-coal-demo"}
    assessment = json.loads(files["assessment.json"])
    assert assessment["verdict"]["light"] == "red"
    assert set(assessment["embedded"]) == {"profile", "waivers", "receipt"}


def test_only_shipped_fonts_are_used(document: Any) -> None:
    used = {
        font.get_object()["/BaseFont"].split("+")[1]
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert used <= {path.stem.replace("Greenbri", "Greenbri-").replace("SansSC", "Sans-SC").replace("-Regular", "")
                    for path in fonts_dir().glob("*.ttf")}  # fmt: skip


def test_the_receipt_names_the_libraries_that_set_the_page(document: Any) -> None:
    text = "".join(page.extract_text() for page in document.pages[-3:])
    for name, version in pdf.libraries().items():
        assert version in text, name
        assert version.count(".") >= 1


def test_another_process_writes_the_same_bytes(report: tuple[bytes, list[str]], tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.report import factory, test_pdf\nfrom greenbri.report import render\n"
        "sys.stdout.buffer.write(render('pdf', [factory.red()], 'both', embedded=test_pdf.EMBEDDED))"
    )
    changed = {"TZ": "Asia/Vientiane", "PYTHONHASHSEED": "7", "HOME": str(tmp_path), "LANG": "C", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=tmp_path, env={**os.environ, **changed}, check=True
    )
    assert hashlib.sha256(done.stdout).hexdigest() == hashlib.sha256(report[0]).hexdigest()


def test_characters_that_no_font_has_are_told_and_printed_as_boxes(caplog: pytest.LogCaptureFixture) -> None:
    source = pdf._covered("<p>محطة ok 很</p>", "en")
    assert source == "<p>□□□□ ok 很</p>"
    (told,) = caplog.messages
    assert told.startswith("GRB324 no font of the report has these characters") and "U+0645" in told
    assert pdf._covered("<p>ok 很</p>", "en") == "<p>ok 很</p>"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://example.com/x.png",
        "data:text/plain,x",
        "file://host/x",
        (ROOT / "pyproject.toml").as_uri(),
        (ROOT / "templates" / "report" / ".." / ".." / "pyproject.toml").as_uri(),
    ],
)
def test_a_page_may_fetch_nothing_outside_the_templates(url: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        pdf._fetcher().fetch(url)


def test_a_page_may_fetch_a_template_file() -> None:
    pdf._fetcher().fetch((ROOT / "templates" / "report" / "style.css").as_uri())


def test_without_pango_the_error_names_the_packages_and_html_still_works() -> None:
    program = """if True:
        import builtins
        real = builtins.__import__
        def without(name, *rest, **more):
            if name.split('.')[0] == 'weasyprint':
                print('advice that belongs on no standard output')
                raise OSError('cannot load library pango-1.0-0')
            return real(name, *rest, **more)
        builtins.__import__ = without
        from tests.report import factory
        from greenbri.errors import OutputError
        from greenbri.report import render
        assert render('html', [factory.green()])
        try:
            render('pdf', [factory.green()])
        except OutputError as error:
            (told,) = error.diagnostics
            print(told.code, told.remedy('en'))
        """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.startswith("GRB320") and "apt-get install libpango-1.0-0" in done.stdout
    assert "-o report.html" in done.stdout


def test_an_output_error_ends_with_bad_input() -> None:
    assert int(OutputError.exit_code) == 2


def test_a_long_name_is_cut_only_in_the_running_header() -> None:
    from greenbri.report.html import render as page

    name = "Nordwestelbische-Braunkohlekraftwerksbetriebsgesellschaft"
    source = page(factory.red(project=factory.project(name=Text(name * 2, ""))), "en", paged=True)
    assert f">{name * 2}</p>" in source.replace("\n", "")
    assert f'data-label="{name * 2}"' not in source
