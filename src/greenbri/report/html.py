"""HTML, one self-contained file that needs no script: it reads on a phone, prints, and works by keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenbri.model.assessment import Assessment


def render(
    assessment: Assessment,
    lang: str = "en",
    *,
    embedded: Mapping[str, Any] | None = None,
    receipt: Mapping[str, str] | None = None,
    paged: bool = False,
) -> str:
    """The report as a page for a browser, or with `paged` as the source of the PDF."""
    from greenbri.report.pages.context import context
    from greenbri.report.pages.environment import environment

    names = context(assessment, lang, embedded=embedded, receipt=receipt)
    page = environment().get_template("report.html").render(names, paged=paged)
    if paged or not embedded:
        return page
    from greenbri.report.enclosing import enclose_html

    return enclose_html(page, assessment, embedded)
