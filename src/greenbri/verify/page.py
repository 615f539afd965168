"""The HTML report read back: the block of what is embedded, and the hash of all the rest."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

from greenbri.report.enclosing import HTML_LARGEST, html_hash, split_html
from greenbri.verify.enclosed import parsed, refuse
from greenbri.verify.outcome import Pages


def read_html(content: bytes, name: str) -> tuple[Any, Pages]:
    """The document that is embedded in a page, and whether the page around it is as it was written."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        refuse("GRB502", name, reason=str(fault))
    page, blocks = split_html(text)
    if len(blocks) != 1:
        refuse("GRB503" if not blocks else "GRB504", name)
    try:
        packed = base64.b64decode(json.loads(blocks[0])["data"], validate=True)
        reader = zlib.decompressobj()
        plain = reader.decompress(packed, HTML_LARGEST)
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error, zlib.error) as fault:
        refuse("GRB502", name, reason=str(fault) or type(fault).__name__)
    if not reader.eof or reader.unused_data:
        refuse("GRB502", name, reason="zlib")
    document = parsed(plain, name)
    return document, _pages(document, page)


def _pages(document: Any, page: str) -> Pages:
    embedded = document.get("embedded") if isinstance(document, dict) else None
    receipt = embedded.get("receipt") if isinstance(embedded, dict) else None
    stated = receipt.get("page_sha256") if isinstance(receipt, dict) else None
    if not isinstance(stated, str):
        return Pages("unhashed")
    return Pages("same") if stated == html_hash(page) else Pages("changed", ("html",))
