"""The packs that changed since a revision of the repository that they lie in."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from greenbri.errors import UsageError, diagnostic
from greenbri.proving.shelf import Folder


def changed_since(folders: Sequence[Folder], revision: str) -> tuple[Folder, ...]:
    """The folders of which the pack, its cases or its reading differ from a revision, or are not yet in the repository.

    Raises UsageError where there is no repository or no such revision.
    """
    changed: dict[Path, frozenset[Path]] = {}
    found: list[Folder] = []
    for folder in folders:
        home = folder.pack.resolve().parent
        if home not in changed:
            changed[home] = _changed(home, revision)
        paths = [path.resolve() for path in (folder.pack, folder.cases, folder.reading) if path is not None]
        if any(path in changed[home] for path in paths) or _gone(folder, changed[home]):
            found.append(folder)
    return tuple(found)


def _gone(folder: Folder, changed: frozenset[Path]) -> bool:
    """Whether cases or a reading that the pack had were deleted."""
    pack = folder.pack.resolve()
    reading = pack.with_name(pack.name.removesuffix(".yaml") + ".reading.yaml")
    return pack.parent / "cases" / pack.name in changed or reading in changed


def _changed(home: Path, revision: str) -> frozenset[Path]:
    top = Path(_git(home, revision, "rev-parse", "--show-toplevel").strip())
    if revision.startswith("-"):
        raise _unusable(revision, "it begins with a hyphen")
    _git(home, revision, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    differing = _git(home, revision, "diff", "--name-only", "--no-renames", "-z", revision, "--", ".")
    unknown = _git(home, revision, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ".")
    return frozenset(top / name for name in (differing + unknown).split("\0") if name)


def _git(home: Path, revision: str, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(home), *arguments], capture_output=True, text=True, encoding="utf-8", check=False
        )
    except OSError as fault:
        raise _unusable(revision, str(fault)) from None
    if done.returncode != 0:
        raise _unusable(revision, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no such revision")
    return done.stdout


def _unusable(revision: str, reason: str) -> UsageError:
    return UsageError(diagnostic("GRB294", None, {"revision": revision, "reason": reason}))
