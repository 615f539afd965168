"""PDF/A-3a with tags, the identifier of PDF/UA and attachments, from the same templates as HTML, by WeasyPrint.

The bytes depend on the input, the lock, Pango and HarfBuzz only: the day of assessment stands for every clock.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from greenbri.errors import OutputError, diagnostic
from greenbri.model.assessment import Assessment
from greenbri.report import html
from greenbri.report import json as report_json
from greenbri.report.enclosing import OPEN_ID, fill_pages, open_pages, stamped
from greenbri.report.fonts import only_shipped_fonts, uncovered
from greenbri.resources import templates_dir

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

_LOG = logging.getLogger(__name__)
_MOST_SHOWN = 12
_BOX = "\u25a1"

# ISO 14289-1 as WeasyPrint does not write it beside PDF/A. It declares, it certifies nothing.
_PDF_UA = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>"
)


def render(assessment: Assessment, lang: str = "en", *, embedded: Mapping[str, Any] | None = None) -> bytes:
    """The report as PDF. Raises `OutputError` where Pango is missing; what the layout complains of is logged."""
    weasyprint = _weasyprint()
    source = _covered(html.render(assessment, lang, embedded=embedded, receipt=libraries(), paged=True), lang)
    day = datetime(assessment.as_of.year, assessment.as_of.month, assessment.as_of.day, tzinfo=timezone.utc)
    files = list(attachments(assessment, open_pages(embedded) if embedded else embedded))
    enclosed = [
        weasyprint.Attachment(
            string=content, name=name, description=described, created=day, modified=day, relationship="Source"
        )
        for name, described, content in files
    ]
    base = (templates_dir() / "report").as_uri() + "/"
    with only_shipped_fonts(), _warnings() as said:
        page = weasyprint.HTML(string=source, base_url=base, url_fetcher=_fetcher())
        written: bytes = page.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            attachments=enclosed,
            xmp_metadata=[io.BytesIO(_PDF_UA)],
            finisher=fill_pages(files[-1][2]) if embedded else None,
            pdf_identifier=OPEN_ID.encode() if embedded else True,
        )
    for one in dict.fromkeys(said):
        _LOG.warning("%s", one)
    return stamped(written) if embedded else written


def _covered(source: str, lang: str) -> str:
    """The page with a box for each character that no shipped font has; the attachments keep the characters."""
    missing = sorted(uncovered(source))
    if not missing:
        return source
    shown = " ".join(f"{one} (U+{ord(one):04X})" for one in missing[:_MOST_SHOWN])
    told = diagnostic("GRB324", args={"characters": shown + (" …" if len(missing) > _MOST_SHOWN else "")})
    _LOG.warning("%s %s (%s)", told.code, told.message(lang), told.remedy(lang))
    return source.translate({ord(one): _BOX for one in missing})


def attachments(assessment: Assessment, embedded: Mapping[str, Any] | None) -> Iterator[tuple[str, str, bytes]]:
    """Name, description and content of the files in the PDF: project, packs, and the assessment with its receipt."""
    given = dict(embedded or {})
    for name in ("project", "packs"):
        if name in given:
            yield f"{name}.json", f"greenbri {name}", report_json.dumps(given.pop(name)).encode()
    document = report_json.to_json(assessment, given if embedded is not None else None)
    yield "assessment.json", "greenbri assessment", report_json.dumps(document).encode()


def libraries() -> dict[str, str]:
    """The versions that the bytes of a PDF depend on."""
    weasyprint = _weasyprint()
    from weasyprint.text.ffi import harfbuzz, pango

    packed = pango.pango_version()
    return {
        "weasyprint": str(weasyprint.__version__),
        "pango": f"{packed // 10000}.{packed // 100 % 100}.{packed % 100}",
        "harfbuzz": _version(harfbuzz.hb_version_atleast),
    }


def _version(at_least: Callable[[int, int, int], int]) -> str:
    """The version of a library that only says whether it is at least some version."""
    found: list[int] = []
    for place in range(3):
        number = 0
        while at_least(*(*found, number + 1, 0, 0)[:3]) if place < 2 else at_least(found[0], found[1], number + 1):
            number += 1
        found.append(number)
    return ".".join(map(str, found))


def require() -> None:
    """Raise `OutputError` where the libraries of PDF are missing, before anything else is written."""
    _weasyprint()


def _weasyprint() -> Any:
    """The library, whose own advice on a missing Pango goes to standard output, where results belong."""
    try:
        with redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as fault:
        reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise OutputError(diagnostic("GRB320", args={"reason": reason})) from None
    return weasyprint


def _fetcher() -> URLFetcher:
    """Lets the page read files of the templates folder and nothing else: no network, no other file."""
    from pathlib import Path
    from urllib.parse import unquote, urlsplit

    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    root = templates_dir().resolve()

    class TemplatesOnly(URLFetcher):  # type: ignore[misc]
        """Any other exception than the fatal one would leave a picture silently out."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or parts.netloc or not path.is_relative_to(root) or not path.is_file():
                raise FatalURLFetchingError(f"not one of the report's templates: {url}")
            return URLFetcherResponse(url, path.read_bytes())

    return TemplatesOnly()


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What the layout engine logs as a warning or worse, instead of printing it."""
    said: list[str] = []

    class Collecting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, collecting = logging.getLogger("weasyprint"), Collecting(logging.WARNING)
    before, level, propagate = logger.handlers[:], logger.level, logger.propagate
    logger.handlers, logger.propagate = [collecting], False
    logger.setLevel(logging.WARNING)
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = before, propagate
        logger.setLevel(level)
