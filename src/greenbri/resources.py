"""Where the rule packs and the report templates are: in the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """The shipped folder of that name.

    A wheel carries it under `greenbri/_data`; in a checkout, so also in an editable
    install, it lies two levels above the package, where people edit it.
    """
    candidates = (_HERE / "_data" / name, _HERE.parent.parent / name)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    looked = " or ".join(str(candidate) for candidate in candidates)
    raise FileNotFoundError(f"the installation has no {name} folder; looked for {looked}")


def rules_dir() -> Path:
    """The folder of rule packs and vocabularies."""
    return _folder("rules")


def templates_dir() -> Path:
    """The folder of report templates, with the shipped fonts under `fonts/`."""
    return _folder("templates")


def schemas_dir() -> Path:
    """The folder of JSON Schemas: of project files, of packs, of the assessment that comes out."""
    return _folder("schemas")
