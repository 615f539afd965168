"""Packs from files and folders, each found by its id, compiled once and chosen for a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from greenbri.errors import Diagnostic, InputError
from greenbri.model.rule import Pack
from greenbri.resources import rules_dir

NOT_JURISDICTIONS = frozenset({"vocabulary", "countries", "profiles", "technologies"})


def pack_files(root: Path | None = None) -> Iterator[Path]:
    """The pack files below a folder, in order; readings, cases and vocabularies are not packs."""
    base = root or rules_dir()
    for path in sorted(base.rglob("*.yaml")):
        parts = path.relative_to(base).parts
        if parts[0] in NOT_JURISDICTIONS or "cases" in parts or path.name.endswith(".reading.yaml"):
            continue
        if len(parts) == 1 and root is None:
            continue  # scoring.yaml and its like stand beside the jurisdictions
        yield path


def read_pack(path: Path) -> Pack:
    """The pack of a file; raises InputError with every fault of it."""
    pack, faults = inspect_pack(path)
    if faults or pack is None:
        raise InputError(faults)
    return pack


def inspect_pack(path: Path) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """The pack of a file as far as it can be read, and its faults."""
    from greenbri.rulepack.compile import try_compile  # pydantic and the compiler, for packs that are not cached
    from greenbri.sources import load_yaml

    try:
        document = load_yaml(path)
    except InputError as error:
        return None, error.diagnostics
    return try_compile(document)


def read_packs(paths: Iterable[Path]) -> tuple[Pack, ...]:
    """The packs of files; raises InputError with the faults of all of them together."""
    packs: list[Pack] = []
    faults: list[Diagnostic] = []
    for path in paths:
        pack, found = inspect_pack(path)
        faults.extend(found)
        if pack is not None:
            packs.append(pack)
    if faults:
        raise InputError(faults)
    return tuple(packs)
