"""The shipped library, compiled once and kept in the cache; only the packs that are needed are built from it."""

from __future__ import annotations

import gc
import hashlib
import marshal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from greenbri.errors import Diagnostic, InputError
from greenbri.model.rule import Pack
from greenbri.resources import rules_dir
from greenbri.rulepack.load import inspect_pack, pack_files
from greenbri.rulepack.store import SCHEMA, freeze, thaw


@dataclass(frozen=True)
class Entry:
    """A pack of the library that is not built yet; `folder` is its jurisdiction's, `sectors` what its scope names.

    `nodes` is marshal data that the cache has checked.
    """

    path: Path
    folder: str
    sectors: tuple[str, ...]
    nodes: bytes

    def pack(self) -> Pack:
        """The pack itself."""
        return thaw(marshal.loads(self.nodes))


@cache
def library() -> tuple[Entry, ...]:
    """Every pack of the shipped library, in the order of their files; InputError where one cannot be read."""
    from greenbri.sources.cache import Cache

    root = rules_dir()
    paths = list(pack_files())
    parts = [_vocabulary_digest(root), *(part for path in paths for part in (str(path), path.read_bytes()))]
    store = Cache(SCHEMA)
    kept = store.get(parts)
    if not isinstance(kept, list) or len(kept) != len(paths):
        kept = _compiled(paths)
        store.put(parts, kept)
    return tuple(
        Entry(path, path.relative_to(root).parts[0], tuple(sectors), nodes)
        for path, (sectors, nodes) in zip(paths, kept, strict=True)
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Thousands of small objects that all stay alive: to look for dead ones takes longer than to make them."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _compiled(paths: list[Path]) -> list[tuple[tuple[str, ...], Any]]:
    kept: list[tuple[tuple[str, ...], Any]] = []
    faults: list[Diagnostic] = []
    with _collector_paused():
        for path in paths:
            pack, found = inspect_pack(path)
            faults.extend(found)
            if pack is not None:
                kept.append((pack.sectors, marshal.dumps(freeze(pack))))
    if faults:
        raise InputError(faults)
    return kept


def _vocabulary_digest(root: Path) -> bytes:
    """A pack's words are canonical names of the vocabulary, so a new vocabulary makes new packs."""
    digest = hashlib.sha256()
    for path in sorted((root / "vocabulary").glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.digest()


def packs_where(wanted: Callable[[Entry], bool]) -> tuple[Pack, ...]:
    """The packs of the library whose entries are wanted."""
    with _collector_paused():
        return tuple(entry.pack() for entry in library() if wanted(entry))


def source_text(pack: Pack) -> str:
    """The file of a pack as it stands, to be embedded in a report."""
    return Path(pack.file).read_text(encoding="utf-8") if pack.file else ""
