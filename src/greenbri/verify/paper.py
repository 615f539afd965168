"""The PDF report read back: its attachments, and the hashes of everything that makes its pages."""

from __future__ import annotations

import io
import logging
from itertools import zip_longest
from typing import Any

from greenbri.report.enclosing import is_as_stamped, page_hashes
from greenbri.verify.enclosed import parsed, refuse
from greenbri.verify.outcome import Pages

# What is in the file and not on its pages.
_NOT_DRAWN = ("/EmbeddedFile", "/Metadata", "/ObjStm", "/XRef")
_FILES = ("assessment.json", "project.json", "packs.json")


def read_pdf(content: bytes, name: str) -> tuple[Any, Pages]:
    """The document that is attached to a PDF, put together again, and whether its pages are as they were written."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        files: dict[str, list[bytes]] = {one: list(reader.attachments.get(one, ())) for one in _FILES}
        found, strange = _hashes(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as fault:
        refuse("GRB502", name, reason=str(fault).splitlines()[0] if str(fault) else type(fault).__name__)
    if any(len(contents) > 1 for contents in files.values()):
        refuse("GRB504", name)
    if not all(files.values()):
        refuse("GRB503", name)
    document, project, packs = (parsed(files[one][0], f"{name}:{one}") for one in _FILES)
    embedded = document.get("embedded") if isinstance(document, dict) else None
    if not isinstance(embedded, dict):
        refuse("GRB503", name)
    document["embedded"] = {**embedded, "project": project, "packs": packs}
    receipt = embedded.get("receipt")
    return document, _pages(receipt if isinstance(receipt, dict) else {}, found, strange, content)


def _hashes(reader: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The hashes of the pages as the receipt has them, and the pages that show more than their content."""
    from pypdf.generic import StreamObject

    contents: list[Any] = []
    strange: list[str] = []
    for number, page in enumerate(reader.pages, 1):
        contents.append(page.raw_get("/Contents").get_object())
        added = [one.get_object() for one in page.get("/Annots", ())]
        if "/Rotate" in page or any(one.get("/Subtype") != "/Link" or "/AP" in one for one in added):
            strange.append(str(number))
    inside = {one.indirect_reference.idnum for one in contents}
    numbers = sorted({number for generation in reader.xref.values() for number in generation} - inside)
    drawn = [one for one in map(reader.get_object, numbers) if isinstance(one, StreamObject)]
    drawn = [one for one in drawn if one.get("/Type") not in _NOT_DRAWN]
    return page_hashes((one.get_data() for one in contents), (one.get_data() for one in drawn)), tuple(strange)


def _pages(receipt: dict[str, Any], found: dict[str, Any], strange: tuple[str, ...], content: bytes) -> Pages:
    stated = receipt.get("pages")
    contents = stated.get("contents") if isinstance(stated, dict) else None
    if not isinstance(stated, dict) or not isinstance(contents, list):
        return Pages("unhashed")
    pairs = zip_longest(contents, found["contents"])
    changed = [str(number) for number, (one, other) in enumerate(pairs, 1) if one != other]
    changed += [one for one in strange if one not in changed]
    if stated.get("drawn") != found["drawn"]:
        changed.append("fonts")
    if not is_as_stamped(content):
        changed.append("file")
    return Pages("changed", tuple(changed)) if changed else Pages("same")
