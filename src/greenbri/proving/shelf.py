"""Which packs a list of paths names, and the cases and readings that lie beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenbri.errors import Diagnostic, InputError, UsageError, diagnostic
from greenbri.model.rule import Pack
from greenbri.resources import rules_dir
from greenbri.rulepack.compile import try_compile
from greenbri.rulepack.lint.files import shown
from greenbri.rulepack.load import pack_files

CASES = "cases"
READING = ".reading.yaml"


@dataclass(frozen=True)
class Folder:
    """A pack file with the files that prove it; either of these may be absent."""

    pack: Path
    cases: Path | None = None
    reading: Path | None = None


@dataclass(frozen=True)
class Shelf:
    """Packs as far as they could be read, in the order of their files, and the faults of all of them."""

    packs: tuple[Pack, ...]
    faults: tuple[Diagnostic, ...]


def read_shelf(paths: Sequence[str] = ()) -> Shelf:
    """The packs that `paths` name; the shipped library if there are none."""
    if not paths:
        from greenbri.rulepack.library import library

        try:
            return Shelf(tuple(entry.pack() for entry in library()), ())
        except InputError:
            pass  # one faulty file must not hide the others
    packs: list[Pack] = []
    faults: list[Diagnostic] = []
    for path in pack_paths(paths):
        pack, found = _inspected(path)
        faults.extend(found)
        if pack is not None:
            packs.append(pack)
    return Shelf(tuple(packs), tuple(faults))


def _inspected(path: Path) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    from greenbri.sources import load_yaml

    try:
        return try_compile(load_yaml(path, shown(path)))
    except InputError as error:
        return None, error.diagnostics


def pack_paths(paths: Sequence[str] = ()) -> tuple[Path, ...]:
    """The pack files that paths name: files, folders, pack ids or jurisdictions; a case or a reading names its pack.

    Raises UsageError for what names nothing.
    """
    return tuple(dict.fromkeys(folder.pack for folder in folders(paths)))


def folders(paths: Sequence[str] = ()) -> tuple[Folder, ...]:
    """The same with what proves each pack; a case or reading file that is named narrows its pack to that file."""
    found: dict[Path, Folder] = {}
    for folder in _named(paths) if paths else _beside(pack_files()):
        known = found.get(folder.pack)
        if known is not None:
            folder = Folder(folder.pack, known.cases or folder.cases, known.reading or folder.reading)
        found[folder.pack] = folder
    return tuple(found.values())


def _named(paths: Iterable[str]) -> Iterator[Folder]:
    root = rules_dir()
    for item in paths:
        given = Path(item)
        if given.is_dir():
            inside = list(_below(given))
            if not inside:
                raise UsageError(diagnostic("GRB221", None, {"name": item}))
            yield from _beside(inside)
        elif given.is_file():
            yield _of_file(given)
        elif (root / f"{item}.yaml").is_file():
            yield from _beside([root / f"{item}.yaml"])
        elif "/" not in item and (root / item.lower()).is_dir():
            yield from _beside(pack_files(root / item.lower()))
        else:
            raise UsageError(diagnostic("GRB221", None, {"name": item}))


def _below(folder: Path) -> Iterator[Path]:
    """The pack files of a folder; beside the jurisdictions of a library stand files that are no packs."""
    library = (folder / "vocabulary").is_dir()
    if folder.name == CASES:
        yield from (_of_file(path).pack for path in sorted(folder.glob("*.yaml")))
        return
    for path in pack_files(folder):
        if not library or path.parent != folder:
            yield path


def _of_file(path: Path) -> Folder:
    if path.parent.name == CASES:
        return Folder(path.parent.parent / path.name, cases=path)
    if path.name.endswith(READING):
        return Folder(path.with_name(path.name.removesuffix(READING) + ".yaml"), reading=path)
    return next(_beside([path]))


def _beside(packs: Iterable[Path]) -> Iterator[Folder]:
    for pack in packs:
        cases = pack.parent / CASES / pack.name
        reading = pack.with_name(pack.name.removesuffix(".yaml") + READING)
        yield Folder(pack, cases if cases.is_file() else None, reading if reading.is_file() else None)
