"""Diagnostics in each format that a terminal, an editor or a build server reads; one file per format.

Every format is a module with one function, `render(diagnostics, documents, lang) -> str`, in which `documents` gives
the source text of a file by its name and may lack any of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greenbri.errors import Diagnostic, SourceText

FORMATS = ("github", "json", "junit", "markdown", "sarif", "terminal", "text")


def render(
    name: str, diagnostics: Sequence[Diagnostic], documents: Mapping[str, SourceText] | None = None, lang: str = "en"
) -> str:
    """The diagnostics in the format `name`, one of `FORMATS`; ends with a line break unless it is empty."""
    from importlib import import_module

    if name not in FORMATS:
        raise ValueError(f"no such format: {name}")
    rendered: str = import_module(f"{__name__}.{name}").render(diagnostics, documents or {}, lang)
    return rendered
