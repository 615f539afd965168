"""The two sides of a comparison: files, folders, packs of the library, or revisions of a repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from greenbri.errors import Diagnostic, InputError, UsageError, diagnostic
from greenbri.model.rule import Pack
from greenbri.proving.shelf import Shelf, read_shelf
from greenbri.resources import rules_dir
from greenbri.rulepack.compile import try_compile
from greenbri.rulepack.load import NOT_JURISDICTIONS

_RULES = "rules"


def side(name: str) -> Shelf:
    """The packs that a word names: a path, a pack or jurisdiction of the library, or `REVISION[:FOLDER]`.

    Packs of a revision are read with the vocabularies of today. Raises UsageError for what names nothing.
    """
    root = rules_dir()
    known = (root / f"{name}.yaml").is_file() or ("/" not in name and (root / name.lower()).is_dir())
    if Path(name).exists() or known:
        return read_shelf([name])
    return _revision(name)


def _revision(name: str) -> Shelf:
    """The packs of a revision as git keeps them; nothing is checked out."""
    revision, _, folder = name.partition(":")
    folder = folder.strip("/") or _RULES
    if not revision or revision.startswith("-"):
        raise _unreadable(name, "-")
    top = _git(name, "rev-parse", "--show-toplevel").decode().strip()
    commit = _git(name, "rev-parse", "--verify", f"{revision}^{{commit}}").decode().strip()
    archive = _git(name, "-C", top, "archive", "--format=tar", commit, "--", folder)
    packs: list[Pack] = []
    faults: list[Diagnostic] = []
    for path, content in _pack_texts(archive, folder):
        pack, found = _compiled(content, f"{revision}:{path}")
        faults.extend(found)
        if pack is not None:
            packs.append(pack)
    if not packs and not faults:
        raise _unreadable(name, folder)
    return Shelf(tuple(packs), tuple(faults))


def _pack_texts(archive: bytes, folder: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in sorted(tar.getmembers(), key=lambda one: one.name):
            file = tar.extractfile(member) if member.isfile() and _is_pack(member.name, folder) else None
            if file is not None:
                yield member.name, file.read()


def _is_pack(name: str, folder: str) -> bool:
    """Whether a file of a repository is a pack: no case, no reading, nothing that stands beside the jurisdictions."""
    path = PurePosixPath(name)
    inner = path.parts[1:] if path.parts[:1] == (_RULES,) else path.parts
    beside = path.parts[:1] == (_RULES,) and (len(inner) == 1 or inner[0] in NOT_JURISDICTIONS)
    if path.suffix != ".yaml" or beside or "cases" in path.parts:
        return False
    return not path.name.endswith(".reading.yaml") and (name == folder or name.startswith(f"{folder}/"))


def _compiled(content: bytes, name: str) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    from greenbri.sources import load_yaml

    try:
        return try_compile(load_yaml(content, name))
    except InputError as error:
        return None, error.diagnostics


def _git(name: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(("git", *arguments), capture_output=True, check=False)
    except OSError as error:
        raise _unreadable(name, f"git: {error.strerror}") from None
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise _unreadable(name, told[0] if told else "git")
    return done.stdout


def _unreadable(name: str, reason: str) -> UsageError:
    return UsageError(diagnostic("GRB227", None, {"name": name, "reason": reason}))
