"""Judges whether a project abroad meets environmental law, and renders the risk report.

The public face is lazy: `import greenbri` costs nothing until a name is used, so that
`greenbri --version` starts as fast as Python itself.
"""

from __future__ import annotations

# Importing `typing` for this constant would take longer than all the rest of --version.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenbri.resources import rules_dir, templates_dir

__version__ = "0.1.0"

__all__ = ["__version__", "rules_dir", "templates_dir"]

# Public name -> the module that defines it.
_HOME = {
    "rules_dir": "greenbri.resources",
    "templates_dir": "greenbri.resources",
}


def __getattr__(name: str) -> object:
    """Import the module behind a public name on its first use, and keep the name."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
