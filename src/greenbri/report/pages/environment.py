"""The templates: sandboxed, escaping, strict; text from a project is only ever data to them."""

from __future__ import annotations

from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from greenbri.resources import templates_dir


@cache
def environment() -> SandboxedEnvironment:
    """The environment of the shipped templates; compiled once for a process."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(templates_dir() / "report", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
