"""What makes the readable part of a report checkable: hashes in the receipt, written here and read by `verify`.

They tell a change from no change. They are no signature: who rewrites the receipt too is not found out.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from greenbri.model.assessment import Assessment
from greenbri.report import json as report_json

HTML_LARGEST = 200_000_000
_ID = "greenbri-embedded"
_BLOCK = re.compile(rf'<script type="application/json" id="{_ID}">(.*?)</script>\n', re.DOTALL)
_OPEN_PAGES = b'"pages": null'


def html_hash(page: str) -> str:
    """The hash of a page without its block; line ends count alike, because mail and version control change them."""
    return hashlib.sha256(page.replace("\r\n", "\n").encode("utf-8", "backslashreplace")).hexdigest()


def split_html(text: str) -> tuple[str, list[str]]:
    """The page without the blocks of what is embedded, and the blocks."""
    text = text.replace("\r\n", "\n")
    return _BLOCK.sub("", text), _BLOCK.findall(text)


def enclose_html(page: str, assessment: Assessment, embedded: Mapping[str, Any]) -> str:
    """The page with a block of data, packed, that holds the assessment, what it was made from and the page's hash."""
    receipt = {**embedded.get("receipt", {}), "page_sha256": html_hash(page)}
    document = report_json.to_json(assessment, {**embedded, "receipt": receipt})
    packed = base64.b64encode(zlib.compress(report_json.dumps(document).encode("utf-8", "backslashreplace"), 9))
    content = json.dumps({"encoding": "zlib+base64", "data": packed.decode()})
    before, end, after = page.rpartition("</body>")
    return f'{before}<script type="application/json" id="{_ID}">{content}</script>\n{end}{after}'


def open_pages(embedded: Mapping[str, Any]) -> dict[str, Any]:
    """What is embedded with a place in the receipt for the hashes of pages that are not yet made."""
    return {**embedded, "receipt": {**embedded.get("receipt", {}), "pages": None}}


def fill_pages(content: bytes) -> Callable[[object, Any], None]:
    """A finisher for WeasyPrint that puts the hashes of the pages into the receipt in the attachment `content`."""

    def finish(_: object, pdf: Any) -> None:
        import pydyf

        streams = [one for one in pdf.objects if isinstance(one, pydyf.Stream)]
        by_reference = {bytes(one.reference): one for one in streams}
        pages = [one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and one.get("Type") == "/Page"]
        contents = [by_reference[bytes(one["Contents"])] for one in pages]
        inside = {id(one) for one in contents}
        drawn = [one for one in streams if id(one) not in inside and str(one.extra.get("Type")) not in _NOT_DRAWN]
        hashes = page_hashes(map(_plain, contents), map(_plain, drawn))
        head, _, tail = content.rpartition(_OPEN_PAGES)
        filled = head + b'"pages": ' + json.dumps(hashes).encode() + tail
        for one in streams:
            if one.stream == [content]:
                one.stream = [filled]
                one.extra["Params"]["Size"] = len(filled)
                one.extra["Params"]["CheckSum"] = f"<{hashlib.md5(filled, usedforsecurity=False).hexdigest()}>"

    return finish


# Stands in the identifier of a PDF until the hash of the whole file, taken with it, is put in its place.
OPEN_ID = "0" * 64
_FILE_ID = re.compile(rb"/ID ?\[ ?\(([0-9a-f]{64})\)")
_NOT_DRAWN = ("/EmbeddedFile", "/Metadata")


def stamped(written: bytes) -> bytes:
    """The PDF with the hash of all its bytes as its identifier."""
    head, _, tail = written.rpartition(OPEN_ID.encode())
    return head + hashlib.sha256(written).hexdigest().encode() + tail


def is_as_stamped(content: bytes) -> bool | None:
    """Whether every byte of a PDF is as it was written; None for one that was never stamped."""
    found = list(_FILE_ID.finditer(content))
    if not found:
        return None
    start, stop = found[-1].span(1)
    return hashlib.sha256(content[:start] + OPEN_ID.encode() + content[stop:]).hexdigest().encode() == found[-1][1]


def page_hashes(contents: Iterable[bytes], drawn: Iterable[bytes]) -> dict[str, Any]:
    """The hash of the content of each page, and one over everything that pages draw with: fonts, pictures, profiles."""
    others = sorted({hashlib.sha256(one).hexdigest() for one in drawn})
    return {
        "contents": [hashlib.sha256(one).hexdigest() for one in contents],
        "drawn": hashlib.sha256("\n".join(others).encode()).hexdigest(),
    }


def _plain(stream: Any) -> bytes:
    """The content of a stream before it is compressed."""
    import pydyf

    written: bytes = pydyf.Stream(stream.stream).data
    return written.partition(b"stream\n")[2].removesuffix(b"\nendstream")
