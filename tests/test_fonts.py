"""The shipped fonts cover what reports say, and a report uses no others."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenbri.report import fonts

SAMPLE = """<html lang="zh"><head><title>t</title><style>
  body { font-family: "Greenbri Sans SC", "Greenbri Sans" }
  :lang(en) { font-family: "Greenbri Sans", "Greenbri Sans SC" }
  code { font-family: monospace } h2 { font-family: serif } h3 { font-family: "DejaVu Sans", Arial }
</style></head><body><h1>绿色合规评估报告 “引号”…</h1>
<p lang="en">SO<sub>2</sub> ≤ 230 mg/Nm³, <b>bold</b>, <i>italic</i></p><p>二氧化硫 <b>粗体</b> <i>斜体</i></p>
<code>等宽 mono</code><h2>衬线 serif</h2><h3>别的 other</h3></body></html>"""


def _gb2312() -> Iterator[str]:
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes((row, cell)).decode("gb2312", errors="ignore")
            if len(text) == 1:
                yield text


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("GB 2312", "".join(_gb2312())),
        (
            "names of pollutants",
            "铊碲钍铍镉铬铅汞砷镍锑硒锡钒钴锰铜锌银钡铀镭氡氟氯溴碘氰胺苯酚醛酮烃烷烯炔酯醚腈肼吡啶噻萘蒽菲芘"
            "苊芴茚荧蒽呋喃噁嘧",
        ),
        ("CJK punctuation", "、。，；：？！“”‘’（）〔〕【】《》〈〉「」『』…—～·・﹏￥　"),
        ("full-width signs", "".join(map(chr, range(0xFF01, 0xFF5F)))),
        ("signs of quantities", "≤≥<>=≠≈±×÷−·°℃µμΩ‰%²³₂₃₄₅⁺⁻√∑∞→←↑↓①②③⑩●○■□▲▼◆✓§¶†‡•–—№㎡㎎㎏㎥"),
        (
            "European and Vietnamese letters",
            "ÄÖÜßéèêçñøåłšžčřőűğışțăâîĐđƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẴẵẶặẸẹẾếỀềỂểỄễỆệỈỉỊịỌọỐốỒồỔổỖỗỘộỚớỜờỢợỤụỦủỨứỪừỰựỲỳỴỵỶỷỸỹ",
        ),
        (
            "Greek and Cyrillic",
            "ΑΒΓΔΕΛΣΦΨΩαβγδεζηθλμπρστφχψωАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяІіЇї"
            "ЄєҚқҒғҰұҺһӨөҮүҢңӘә",
        ),
        ("traditional characters", "臺灣國際開發銀行環境評價標準電廠廢水處理濃度"),
        ("what needs no glyph", "\t\n\r\u200b\u200d\u200e\u2060\ufeff\ufe0f\u00ad"),
    ],
)
def test_the_fonts_cover(what: str, text: str) -> None:
    assert fonts.uncovered(text) == set(), what


def test_uncovered_names_the_characters_that_would_print_as_boxes() -> None:
    assert fonts.uncovered("Project 😀 in საქართველო, ລາວ: ok 好\x07") == set("😀საქართველო" + "ລາວ" + "\x07")
    assert fonts.uncovered("") == set()


@pytest.mark.parametrize(
    ("code", "inside"), [(0x1F, False), (0x20, True), (0x7E, True), (0x7F, False), (0xA0, True), (0xA1, False)]
)
def test_runs_of_code_points_hold_both_their_ends(code: int, inside: bool) -> None:
    assert (code in fonts.CodePoints("20-7E A0 3001-3003")) is inside


def test_the_coverage_file_says_what_the_fonts_hold() -> None:
    ttlib = pytest.importorskip("fontTools.ttLib")
    covered: dict[str, set[int]] = {}
    for path in sorted(fonts.fonts_dir().glob("*.ttf")):
        font = ttlib.TTFont(path, lazy=True)
        codes = set(font.getBestCmap())
        family = font["name"].getDebugName(1)
        covered[family] = covered.get(family, codes) & codes
    assert set(covered) == {fonts.LATIN, fonts.CHINESE}
    for family, codes in covered.items():
        assert {code for code in range(0x30000) if code in fonts.coverage()[family]} == codes, family


def test_no_two_files_are_of_one_family_and_style() -> None:
    """Two of them would print wrong Chinese characters: a PDF keys its fonts by description."""
    ttlib = pytest.importorskip("fontTools.ttLib")
    paths = sorted(fonts.fonts_dir().glob("*.ttf"))
    names = [ttlib.TTFont(path, lazy=True)["name"] for path in paths]
    assert len({(name.getDebugName(1), name.getDebugName(2)) for name in names}) == len(paths) == 5


def test_the_reserved_name_is_not_used_and_the_copyright_is_kept() -> None:
    ttlib = pytest.importorskip("fontTools.ttLib")
    for path in fonts.fonts_dir().glob("*.ttf"):
        name = ttlib.TTFont(path, lazy=True)["name"]
        assert not any("source" in name.getDebugName(number).lower() for number in (1, 3, 4, 6))
        assert "Adobe" in name.getDebugName(0)
        assert "SIL Open Font License" in name.getDebugName(13)
    licence = (fonts.fonts_dir() / "OFL.txt").read_text(encoding="utf-8")
    assert licence.count("Reserved Font Name 'Source'") == 2
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_coverage_file_is_small_and_ascii() -> None:
    data = (fonts.fonts_dir() / "coverage.json").read_bytes()
    assert data.isascii()
    assert len(data) < 60_000
    assert list(json.loads(data)) == [fonts.LATIN, fonts.CHINESE]


def test_the_environment_is_put_back_even_after_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/somewhere/else")
    monkeypatch.setenv("FONTCONFIG_PATH", "/etc/fonts")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "no parent" / "cache"))
    before = dict(os.environ)
    with pytest.raises(ZeroDivisionError), fonts.only_shipped_fonts():
        assert os.environ["FONTCONFIG_FILE"] == str(fonts.fonts_dir() / "fonts.conf")
        assert "FONTCONFIG_PATH" not in os.environ
        temporary = Path(os.environ["XDG_CACHE_HOME"])
        assert temporary.is_dir()
        _ = 1 / 0
    assert dict(os.environ) == before
    assert not temporary.exists()


def test_a_writable_cache_is_used_and_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    with fonts.only_shipped_fonts():
        assert os.environ["XDG_CACHE_HOME"] == str(cache)
    assert (cache / "fontconfig").stat().st_mode & 0o777 == 0o700


@pytest.fixture(scope="module")
def sample_pdf() -> bytes:
    # The marker of a machine without Pango: `GREENBRI_NO_APT=1 ./run` allows that.
    weasyprint = pytest.importorskip("weasyprint", exc_type=OSError)
    with fonts.only_shipped_fonts():
        data: bytes = weasyprint.HTML(string=SAMPLE).write_pdf()
    return data


def test_a_pdf_embeds_only_the_shipped_fonts_whatever_its_style_asks_for(sample_pdf: bytes) -> None:
    pypdf = pytest.importorskip("pypdf")
    (page,) = pypdf.PdfReader(io.BytesIO(sample_pdf)).pages
    used = {font.get_object()["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert used == {
        "Greenbri-Sans",
        "Greenbri-Sans-Bold",
        "Greenbri-Sans-Italic",
        "Greenbri-Sans-SC",
        "Greenbri-Sans-SC-Bold",
    }


def test_the_text_of_a_pdf_is_what_was_written(sample_pdf: bytes) -> None:
    pypdf = pytest.importorskip("pypdf")
    text = pypdf.PdfReader(io.BytesIO(sample_pdf)).pages[0].extract_text()
    for words in ("绿色合规评估报告", "二氧化硫", "≤ 230 mg/Nm³", "衬线 serif", "别的 other"):
        assert words in text


def test_knowing_the_coverage_imports_no_renderer() -> None:
    program = (
        "import sys; from greenbri.report.fonts import uncovered; assert uncovered('ok') == set();"
        "print({'weasyprint', 'jinja2', 'fontTools'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.heavy
def test_poppler_finds_every_font_embedded_and_subset(sample_pdf: bytes, tmp_path: Path) -> None:
    assert shutil.which("pdffonts"), "./run test --all installs poppler-utils"
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample_pdf)
    done = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True)
    rows = done.stdout.splitlines()[2:]
    assert len(rows) == 5
    for row in rows:
        assert "+Greenbri-Sans" in row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
