"""Rebuilds templates/fonts/ from the unpacked npm packages that carry the original fonts.

    python scripts/build_fonts.py --sc FOLDER --latin FOLDER [--unihan FOLDER] [--out FOLDER]

FOLDER of --sc is the unpacked `@expo-google-fonts/noto-sans-sc`, of --latin the unpacked
`@expo-google-fonts/source-sans-3` (`npm pack NAME`, then `tar xzf`). --unihan is the folder
of the Unihan tables, as Debian's package `unicode-data` installs it.

The fonts are static subsets because a sliced family prints wrong Chinese characters, and
a variable or woff2 font costs seconds at each run. They are renamed because the Open Font
License reserves the name "Source" for the original.
"""

from __future__ import annotations

import argparse
import bz2
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

LATIN = "Greenbri Sans"
CHINESE = "Greenbri Sans SC"

# Signs of both faces: Latin-1, general punctuation, super- and subscripts, currency,
# letterlike, numbers, arrows, mathematics, technical, boxes, blocks, shapes, dingbats.
SIGNS = [(0x20, 0x7E), (0xA0, 0xFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x27BF)]
# Latin Extended A, B and Additional (Vietnamese), phonetics, combining marks, Greek, Cyrillic.
LATIN_BLOCKS = [*SIGNS, (0x100, 0x24F), (0x250, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF)]
# CJK punctuation, kana, bopomofo, enclosed and squared units (kg, mm, m3), vertical and
# small forms, full-width and half-width forms, and the ideographic zero in the first block.
CHINESE_BLOCKS = [
    *SIGNS,
    (0x370, 0x3FF),
    (0x400, 0x45F),
    (0x3000, 0x312F),
    (0x3200, 0x33FF),
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFFEF),
]

LATIN_FEATURES = ["ccmp", "locl", "liga", "kern", "mark", "mkmk", "subs", "sups", "tnum", "lnum", "case"]
# `locl` stays out: it would keep the Japanese, Korean and Taiwanese shape of every character.
CHINESE_FEATURES = ["ccmp", "kern", "mark", "halt", "palt"]


@dataclass(frozen=True)
class Face:
    """One font file to make."""

    family: str
    style: str
    source: str
    target: str


FACES = (
    Face(LATIN, "Regular", "400Regular/SourceSans3_400Regular.ttf", "GreenbriSans-Regular.ttf"),
    Face(LATIN, "Italic", "400Regular_Italic/SourceSans3_400Regular_Italic.ttf", "GreenbriSans-Italic.ttf"),
    Face(LATIN, "Bold", "700Bold/SourceSans3_700Bold.ttf", "GreenbriSans-Bold.ttf"),
    Face(CHINESE, "Regular", "400Regular/NotoSansSC_400Regular.ttf", "GreenbriSansSC-Regular.ttf"),
    Face(CHINESE, "Bold", "700Bold/NotoSansSC_700Bold.ttf", "GreenbriSansSC-Bold.ttf"),
)


def unihan(folder: Path, table: str, field: str) -> dict[int, str]:
    """The values of one Unihan field by code point."""
    values = {}
    with bz2.open(folder / f"Unihan_{table}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, name, value = line.rstrip("\n").split("\t")
                if name == field:
                    values[int(code[2:], 16)] = value
    return values


def han(folder: Path) -> set[int]:
    """The Han characters to keep, about 12,000.

    All of GB 2312 and of the General Standard Characters (with the names of all elements),
    the frequent traditional ones (Big5 level 1), and the ideographs that ISO 10646 holds
    essential in East Asia (IICore): names of places, people and firms use them.
    """
    big5 = unihan(folder, "OtherMappings", "kBigFive")
    frequent = {code for code, value in big5.items() if int(value, 16) < 0xC940}
    return (
        set(unihan(folder, "OtherMappings", "kGB0"))
        | set(unihan(folder, "OtherMappings", "kTGH"))
        | frequent
        | set(unihan(folder, "IRGSources", "kIICore"))
    )


def expand(blocks: Iterable[tuple[int, int]]) -> set[int]:
    return {code for first, last in blocks for code in range(first, last + 1)}


def subset(font: TTFont, codes: set[int], features: list[str]) -> None:
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables = [*options.drop_tables, "STAT", "vhea", "vmtx", "gasp", "prep", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def rename(font: TTFont, face: Face) -> None:
    """Give the face its own name; keep copyright, trademark, authors and licence as they are."""
    table = font["name"]
    version = table.getDebugName(5).split(";")[0]
    postscript = face.target.removesuffix(".ttf")
    names = {
        1: face.family,
        2: face.style,
        3: f"{version};{postscript}",
        4: f"{face.family} {face.style}",
        5: f"{version}; subset for greenbri",
        6: postscript,
    }
    table.names = [record for record in table.names if record.nameID in (0, 7, 8, 9, 11, 12, 13, 14)]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


def ranges(codes: set[int]) -> str:
    """`20-7E A0-FF 3001`: hexadecimal, in order, a pair for a run of more than one."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return " ".join(f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in runs)


def build(sc: Path, latin: Path, unihan_folder: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    wanted = {LATIN: expand(LATIN_BLOCKS), CHINESE: expand(CHINESE_BLOCKS) | han(unihan_folder)}
    features = {LATIN: LATIN_FEATURES, CHINESE: CHINESE_FEATURES}
    covered: dict[str, set[int]] = {}
    for face in FACES:
        # The time stamp of the original is kept, so that a rebuild gives the same bytes.
        font = TTFont((latin if face.family == LATIN else sc) / face.source, recalcTimestamp=False)
        subset(font, wanted[face.family], features[face.family])
        rename(font, face)
        target = out / face.target
        font.save(target)
        codes = set(font.getBestCmap())
        covered[face.family] = covered.get(face.family, codes) & codes
        print(f"{target.name}: {len(codes)} characters, {target.stat().st_size / 1e6:.2f} MB")
    coverage = {family: ranges(codes) for family, codes in covered.items()}
    (out / "coverage.json").write_text(json.dumps(coverage, indent=1) + "\n", encoding="ascii")
    notices = [(folder / "LICENSE_FONT").read_text(encoding="utf-8").split("\n", 1) for folder in (latin, sc)]
    copyrights = "\n".join(first for first, _ in notices)
    (out / "OFL.txt").write_text(f"{copyrights}\n{notices[1][1]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild templates/fonts/.")
    parser.add_argument("--sc", type=Path, required=True, help="unpacked @expo-google-fonts/noto-sans-sc")
    parser.add_argument("--latin", type=Path, required=True, help="unpacked @expo-google-fonts/source-sans-3")
    parser.add_argument("--unihan", type=Path, default=Path("/usr/share/unicode"), help="folder of Unihan_*.txt.bz2")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "templates" / "fonts")
    arguments = parser.parse_args()
    build(arguments.sc, arguments.latin, arguments.unihan, arguments.out)


if __name__ == "__main__":
    main()
