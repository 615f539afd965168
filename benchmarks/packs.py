"""Goal 6: how long rule packs take to load, against PyYAML's CSafeLoader alone on the same bytes.

    .venv/bin/python benchmarks/packs.py [--pairs 9] [--rules 2000]

Every load happens in a process of its own, which measures its processor time after the imports: cold is YAML to
checked rules without a cache, warm the same rules out of the cache, index the cache alone before any pack is built
from it. A library is made up as well, so that its size does not move.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measure import ROOT, Result, Timed, compare, machine, reported, table

_ROWS, _COLUMNS = 8, ("SO2", "NOx", "dust", "CO")
_DUTIES = 8
_PER_PACK = _ROWS * len(_COLUMNS) + _DUTIES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--rules", type=int, default=2000)
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, default=ROOT / "rules", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.part:
        print(PARTS[arguments.part](arguments.root))
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "rules"
        generate(made, arguments.rules)
        cache = Path(folder) / "cache"
        results: list[Result] = []
        sizes: list[str] = []
        for name, root in (("shipped", ROOT / "rules"), ("made", made)):
            sizes.append(
                f"{name}: {measured('size', root, cache)() / 1e6:.2f} MB, {measured('count', root, cache)():.0f} rules"
            )
            yaml = measured("csafe", root, cache)
            for part, goal in (("cold", 0.3), ("warm", 0.03), ("index", None), ("parse", None)):
                results.append(
                    compare(
                        f"{name}, {part}",
                        measured(part, root, cache),
                        "CSafeLoader",
                        yaml,
                        goal=goal,
                        pairs=arguments.pairs,
                    )
                )
        per_lookup = measured("lookup", ROOT / "rules", cache)() * 1e6
        first = measured("first-lookup", ROOT / "rules", cache)() * 1e3
    print(f"{machine()}\n\n{'; '.join(sizes)}\n\n{table(results)}")
    print(f"\npositions: first look-up in every file {first:.1f} ms in all, then {per_lookup:.1f} us each")


def measured(part: str, root: Path, cache: Path) -> Timed:
    """One part of the work on one library, in a process of its own."""
    command = (sys.executable, __file__, "--part", part, "--root", str(root))
    return reported(*command, environment={"XDG_CACHE_HOME": str(cache)})


def packs_below(root: Path) -> list[Path]:
    from greenbri.rulepack.load import pack_files

    return [path for path in pack_files(root) if path.parent != root]


def csafe(root: Path) -> float:
    """PyYAML with libyaml and nothing else: no check, no position, no rule."""
    import yaml

    contents = [path.read_bytes() for path in packs_below(root)]
    yaml.load("a: 1", yaml.CSafeLoader)
    start = time.process_time()
    kept = [yaml.load(content, yaml.CSafeLoader) for content in contents]
    seconds = time.process_time() - start
    assert len(kept) == len(contents)
    return seconds


def cold(root: Path) -> float:
    """Packs from their files, as they are compiled when the cache has none."""
    from greenbri.rulepack import library

    redirect(root)
    import greenbri.rulepack.compile  # imported by the load itself otherwise
    import greenbri.sources.yaml_events  # noqa: F401

    paths = packs_below(root)
    start = time.process_time()
    library._compiled(paths)
    return time.process_time() - start


def warm(root: Path) -> float:
    """All packs out of the cache, the reading of the files and their hash included."""
    from greenbri.rulepack import library

    redirect(root)
    library.library()
    library.library.cache_clear()
    start = time.process_time()
    for entry in library.library():
        entry.pack()
    return time.process_time() - start


def index(root: Path) -> float:
    """The entries of the cache, of which a run builds only the packs that its project needs."""
    from greenbri.rulepack import library

    redirect(root)
    library.library()
    library.library.cache_clear()
    start = time.process_time()
    library.library()
    return time.process_time() - start


def parse(root: Path) -> float:
    """YAML to plain data with positions, the part of a cold load that CSafeLoader does."""
    from greenbri.sources import load_yaml

    contents = [path.read_bytes() for path in packs_below(root)]
    load_yaml(b"a: 1")
    start = time.process_time()
    kept = [load_yaml(content) for content in contents]
    seconds = time.process_time() - start
    assert len(kept) == len(contents)
    return seconds


def lookup(root: Path) -> float:
    """Seconds for one position, once the table of its file is there."""
    from greenbri.sources import load_yaml

    seconds, count = 0.0, 0
    for path in packs_below(root):
        document = load_yaml(path)
        pointers = list(addresses(document.data, ""))
        document.position(pointers[-1])
        start = time.process_time()
        for pointer in pointers:
            document.position(pointer)
        seconds += time.process_time() - start
        count += len(pointers)
    return seconds / count


def first_lookup(root: Path) -> float:
    """Seconds for the first position in each file, which builds the table."""
    from greenbri.sources import load_yaml

    documents = [load_yaml(path) for path in packs_below(root)]
    start = time.process_time()
    for document in documents:
        document.position("/pack")
    return time.process_time() - start


def size(root: Path) -> float:
    return float(sum(path.stat().st_size for path in packs_below(root)))


def count(root: Path) -> float:
    from greenbri.rulepack import library

    redirect(root)
    return float(sum(len(entry.pack().rules) for entry in library.library()))


PARTS: dict[str, Callable[[Path], float]] = {
    "cold": cold,
    "count": count,
    "csafe": csafe,
    "first-lookup": first_lookup,
    "index": index,
    "lookup": lookup,
    "parse": parse,
    "size": size,
    "warm": warm,
}


def redirect(root: Path) -> None:
    """Let the library find its packs below `root`; vocabularies stay the shipped ones."""
    from greenbri.rulepack import library, load

    if root == ROOT / "rules":
        return
    library.rules_dir = lambda: root  # type: ignore[attr-defined]
    load.rules_dir = lambda: root  # type: ignore[attr-defined]


def addresses(node: object, here: str) -> list[str]:
    """The pointers of a node and everything below it."""
    found = [here]
    if isinstance(node, dict):
        for key, value in node.items():
            escaped = str(key).replace("~", "~0").replace("/", "~1")
            found.extend(addresses(value, f"{here}/{escaped}"))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            found.extend(addresses(value, f"{here}/{number}"))
    return found


def generate(root: Path, rules: int) -> None:
    """A library of so many rules in the form of the shipped ones, always the same."""
    folder = root / "xx"
    folder.mkdir(parents=True)
    for number in range(-(-rules // _PER_PACK)):
        (folder / f"made-{number:03}.yaml").write_text(pack(number), encoding="utf-8")


def pack(number: int) -> str:
    """One pack: a table of limits as the law prints it, and duties."""
    lines = [
        "schema: 1",
        f"pack: xx/made-{number:03}",
        "version: 1.0.0",
        f"title: {{en: Emission standard number {number}, zh: 第{number}号排放标准}}",
        "jurisdiction: LA",
        "force: law",
        "domain: technology",
        "instrument:",
        f"  citation: GB {10000 + number}-2011",
        "  issuer: {en: Ministry of the Environment, zh: 环境部}",
        "  url: https://example.org/standard",
        "  in_force: 2012-01-01",
        "  repealed: null",
        "  replaces: []",
        "binds: {by: territory, of: LA}",
        "scope: {sector: [power.coal, power.gas, cement]}",
        "review: {state: draft, entries: [{role: author, date: 2026-11-23, result: made up}]}",
        "gaps:",
        "- {clause: '4.4', en: Fugitive emissions are not encoded., zh: 无组织排放规定未编码。}",
        "limits:",
        "- id: t1",
        "  title: {en: 'Table 1: boilers', zh: 表1：锅炉}",
        "  medium: stack",
        "  period: 1h",
        "  form: every",
        "  oxygen_correction: always",
        "  applies: {fuel: [coal, petcoke, oil-shale, biomass]}",
        "  source: {clause: Table 1, url: 'https://example.org', checked: 2026-11-23, status: verified, note: made up}",
        f"  columns: [id, fuel, size.thermal, dates.permit, from, reference, note, {', '.join(_COLUMNS)}]",
        "  limits:",
        *(f"    {name}: {{unit: mg/m3}}" for name in _COLUMNS),
        "  rows:",
    ]
    for row in range(_ROWS):
        low, high = 50 * (row + 1), 50 * (row + 2)
        reference = "6 % O2, dry, 0 C, 101.325 kPa"
        values = ", ".join(str(400 - 10 * row - number % 7 + place) for place in range(len(_COLUMNS)))
        lines.append(
            f'  - [row-{row}, coal, "[{low}, {high}) MWth", ">= {2004 + row}-01-01", {2012 + row}-01-01,'
            f' "{reference}", null, {values}]'
        )
    lines.append("requirements:")
    for duty in range(_DUTIES):
        lines += [
            f"- id: duty-{duty}",
            "  kind: document",
            f"  title: {{en: Approval {duty} before construction, zh: 开工前第{duty}项批复}}",
            "  domain: management",
            f'  applies: {{size.electrical: ">= {5 + duty} MW"}}',
            "  needs: {document: eia-approval}",
            "  due: {before: construction}",
            "  message: {en: The approval comes before construction., zh: 批复先于开工。}",
            "  action: {en: Obtain the approval and file it., zh: 取得批复并存档。}",
            "  source: {clause: Article 7, url: 'https://example.org/article', checked: 2026-11-23, status: verified}",
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
