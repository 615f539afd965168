from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.report import factory

from greenbri.model.rule import Text
from greenbri.report.html import render
from greenbri.resources import templates_dir

HEADINGS = {
    "en": [
        "Executive summary", "Scope and limitations", "Limit comparison", "Standards crosswalk", "Requirements",
        "Missing data", "Permits", "Action plan", "Method and reproducibility",
    ],
    "zh": [
        "执行摘要", "范围与局限", "限值对照", "标准对照", "合规要求",
        "缺失数据", "许可清单", "行动计划", "方法与可复现性",
    ],
}  # fmt: skip
VOID = {"meta", "br", "col", "wbr", "link", "img", "path", "rect", "circle"}


class Page(HTMLParser):
    """Elements with their attributes and text, and whether every one is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.inside: list[tuple[str, tuple[str, ...]]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.elements.append((tag, dict(attrs), ""))
        else:
            self.inside.append((tag, tuple(name for name, _, _ in self.open)))
            self.open.append((tag, dict(attrs), []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        name, attributes, text = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        self.elements.append((tag, attributes, " ".join("".join(text).split())))

    def handle_data(self, data: str) -> None:
        for _, _, text in self.open:
            text.append(data)

    def all(self, tag: str) -> Iterator[tuple[dict[str, str | None], str]]:
        return ((attributes, text) for name, attributes, text in self.elements if name == tag)


@pytest.fixture(scope="module")
def red() -> Page:
    return Page(render(factory.red(), "en"))


@pytest.mark.parametrize("kind", ["red", "prohibited", "undetermined", "yellow", "green", "worse_later"])
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_every_report_has_every_section_in_order_and_every_element_closed(kind: str, lang: str) -> None:
    page = Page(render(getattr(factory, kind)(), lang))
    assert not page.open
    headings = [text for _, text in page.all("h2")]
    wanted = HEADINGS[lang] if lang != "both" else [
        f"{zh} {en}" for zh, en in zip(HEADINGS["zh"], HEADINGS["en"], strict=True)
    ]  # fmt: skip
    assert headings == wanted
    titles = {"en": "Green Compliance Assessment", "zh": "绿色合规评估报告"}
    assert [text for _, text in page.all("h1")] == [titles.get(lang, f"{titles['zh']} {titles['en']}")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_section_is_empty(lang: str) -> None:
    sections = list(Page(render(factory.undetermined(), lang)).all("section"))
    for (_, text), heading in zip(sections, HEADINGS[lang], strict=True):
        assert len(text) > len(heading) + 5, heading


def test_the_file_is_self_contained_and_needs_no_script(red: Page) -> None:
    for tag, attributes, _ in red.elements:
        assert tag not in ("script", "link", "iframe", "img")
        assert "src" not in attributes
        assert str(attributes.get("href") or "#").startswith("#")
    style = next(text for _, text in red.all("style"))
    assert "url(" not in style and "@import" not in style


def test_the_contents_lead_to_every_section(red: Page) -> None:
    targets = {str(attributes["href"])[1:] for attributes, _ in red.all("a")}
    assert targets == {str(attributes["id"]) for attributes, _ in red.all("section")}


def test_every_heading_cell_has_a_scope_and_every_picture_a_title(red: Page) -> None:
    assert all(attributes.get("scope") for attributes, _ in red.all("th"))
    pictures = [parents for tag, parents in red.inside if tag == "svg"]
    titles = [text for _, text in red.all("title")]
    assert len(titles) == len(pictures) + 1 and all(titles)


def test_the_first_page_says_what_where_verdict_why_and_what_next(red: Page) -> None:
    (cover,) = (text for _, text in red.all("header"))
    for part in (
        "Demonstration lignite plant (illustrative)",
        "Lao PDR · coal-fired power · permitted",
        "600 MWe",
        "RED: does not comply",
        "Binding rules that are not met and decide: 3. First: SO2 at stack-1: fail",
        "on design values, to be proven at commissioning",
        "2026-06-01",
        "2029-01-01",
        "14.3–43.4",
        "Table 12 · not met",
        "What next",
        "the largest reduction is COD at outfall-1 by 20.1 %",
        "1 findings rest on values that were recalled",
    ):
        assert part in cover, part


def test_a_prohibition_is_announced_on_the_first_page() -> None:
    (cover,) = (text for _, text in Page(render(factory.prohibited(), "en")).all("header"))
    assert "RED: prohibited" in cover and "It cannot be waived" in cover and "0–0" in cover


def test_a_limit_shows_figure_state_limit_ratio_and_clause(red: Page) -> None:
    (limits,) = (text for attributes, text in red.all("section") if attributes.get("id") == "limits")
    for part in ("300 mg/Nm³ @ 7 % O2, dry, 25 °C", "350.8 mg/Nm³", "≤ 320 mg/Nm³", "1.1 times the limit", "p. 112"):
        assert part in limits, part
    assert "Letter 77/MONRE of 2026-01-10" in limits
    assert "46-52 dB(A)" in limits and "49 ± 3 dB(A)" in limits


def test_the_method_prints_every_step_the_packs_and_the_receipt() -> None:
    embedded = {"receipt": {"tool": "greenbri 9", "selection": "default", "assumptions": ["a=b"]}}
    page = Page(render(factory.red(), "en", embedded=embedded, receipt={"pango": "1.2.3"}))
    (method,) = (text for attributes, text in page.all("section") if attributes.get("id") == "method")
    for part in (
        "c = 327.45744, O_air = 21, O_reference = 6, O_measured = 7 → 350.84726 mg/Nm³",
        "[GB 13223-2011, 5.2]",
        "Decree No. 81/PM on the National Environmental Standards (2017), Table 9; GB 13223-2011, Table 1",
        "0" * 64,
        "Odour is not written down.",
        "Tool greenbri 9",
        "Selection default",
        "Assumed facts a=b",
        "Pango 1.2.3",
    ):
        assert part in method, part


def test_languages_are_marked_and_the_second_one_is_grey() -> None:
    source = render(factory.red(), "both")
    assert '<html lang="zh-Hans">' in source
    assert '<span lang="zh-Hans">执行摘要</span> <span lang="en" class="second">Executive summary</span>' in source
    assert '<html lang="en">' in render(factory.red(), "en")
    chinese = render(factory.red(), "zh")
    assert '<span lang="en">GB 13223-2011</span>' in chinese
    assert "Executive summary" not in chinese


def test_formulas_and_states_are_set_in_the_language_of_the_report() -> None:
    chinese = render(factory.red(), "zh")
    assert "SO<sub>2</sub>" in chinese and "6 % O<sub>2</sub>, 干基, 0 °C, 101.325 kPa" in chinese
    assert "BOD<sub>5</sub>" in chinese and "L<sub>Aeq</sub>" in chinese


def test_text_of_a_project_is_data_and_never_markup_or_template() -> None:
    nasty = Text("<script>alert(1)</script>{{ 7*7 }}{% raw %}\"'", "<b>粗</b>")
    source = render(factory.red(project=replace(factory.project(), name=nasty)), "both")
    assert "<script" not in source and "<b>" not in source
    assert "{{ 7*7 }}{% raw %}" in source and "49" not in re.findall(r"class=\"name\">(.*?)</p>", source, re.S)[0]


def test_no_template_switches_escaping_off() -> None:
    for path in sorted((templates_dir() / "report").iterdir()):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup", text), path.name


def test_html_needs_neither_weasyprint_nor_a_clock() -> None:
    program = (
        "import sys, datetime; from tests.report import factory; from greenbri.report import render;"
        "first = render('html', [factory.red()], 'both'); assert 'weasyprint' not in sys.modules;"
        "print(hash(first) and len(first))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True)
    assert int(done.stdout) == len(render(factory.red(), "both").encode())


def test_equal_input_gives_equal_pages() -> None:
    assert render(factory.red(), "both") == render(factory.red(), "both")
