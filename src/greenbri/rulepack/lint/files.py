"""How files are called in what is said about them."""

from __future__ import annotations

from pathlib import Path

from greenbri.resources import rules_dir


def shown(path: Path) -> str:
    """The name of a file in messages: from the working directory, or from the library, and else as it was given.

    So no output depends on where the library is installed.
    """
    whole = path.absolute()
    for root, prefix in ((Path.cwd(), Path()), (rules_dir().parent, Path())):
        if whole.is_relative_to(root):
            return (prefix / whole.relative_to(root)).as_posix()
    return str(path)
