"""Reading an input file as text, safely: what is there, how large, in which encoding."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TypeAlias

from greenbri.errors import InputError, Position, diagnostic
from greenbri.sources.document import Document
from greenbri.sources.positions import Span

Source: TypeAlias = "str | os.PathLike[str] | bytes"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an input file may be; each is checked before anything is built from it."""

    size: int = 10_000_000
    depth: int = 50
    nodes: int = 250_000


DEFAULT_LIMITS = Limits()

# Control characters; and what some programs take for the end of a line and others do not, so that a comment could
# end where no reader sees it end.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

_OTHER_FORMATS = (
    (b"PK\x03\x04", "XLSX, DOCX, ZIP"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "XLS, DOC"),
)

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def read_text(
    source: Source, name: str | None = None, *, limits: Limits = DEFAULT_LIMITS, json: bool = False
) -> Document:
    """The text of a file, or of bytes, as a document that has no data yet.

    Raises `InputError` for what cannot be read or is no UTF-8 text. `json` allows what only JSON allows.
    """
    if isinstance(source, bytes):
        name, content = name or "<input>", source
        if len(content) > limits.size:
            raise _refused("GRB005", name, size=_megabytes(len(content)), limit=_megabytes(limits.size))
    else:
        name = name or os.fspath(source)
        content = _read(os.fspath(source), name, limits)
    text = _decoded(content, name)
    document = Document(None, name, text)
    if not text.strip():
        raise InputError(diagnostic("GRB009", document.place(Span(0, 0))), document)
    found = (_CONTROL if json else _FORBIDDEN).search(text)
    if found is not None:
        place = document.place(Span(found.start(), found.end()))
        raise InputError(diagnostic("GRB008", place, {"character": f"U+{ord(found[0]):04X}"}), document)
    return document


def _read(path: str, name: str, limits: Limits) -> bytes:
    """The bytes of a file; its size is looked at first, and never more than the limit is read."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(limits.size + 1) if size <= limits.size else b""
    except FileNotFoundError:
        close = _neighbour(path)
        if close is not None:
            raise _refused("GRB001", name, variant="close", close=close) from None
        raise _refused("GRB001", name) from None
    except IsADirectoryError:
        raise _refused("GRB002", name) from None
    except NotADirectoryError:
        raise _refused("GRB001", name) from None
    except PermissionError:
        raise _refused("GRB003", name) from None
    except (OSError, ValueError) as fault:
        raise _refused("GRB004", name, reason=getattr(fault, "strerror", None) or str(fault)) from None
    size = max(size, len(content))
    if size > limits.size:
        raise _refused("GRB005", name, size=_megabytes(size), limit=_megabytes(limits.size))
    return content


def _neighbour(path: str) -> str | None:
    """A file beside `path` with nearly the same name."""
    from difflib import get_close_matches

    folder, wanted = os.path.split(path)
    try:
        names = os.listdir(folder or ".")
    except OSError:
        return None
    close = get_close_matches(wanted, names[:2000], n=1, cutoff=0.75)
    return os.path.join(folder, close[0]) if close else None


def _decoded(content: bytes, name: str) -> str:
    for magic, kind in _OTHER_FORMATS:
        if content.startswith(magic):
            raise _refused("GRB033", name, kind=kind)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            raise _refused("GRB006", name, encoding=encoding)
    if b"\0" in content[:4096] and (wide := _wide(content[:4096])):
        raise _refused("GRB006", name, encoding=wide)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode("utf-8-sig", "replace")
        document = Document(None, name, before)
        place = document.place(Span(len(before), len(before)))
        byte = f"0x{fault.object[fault.start]:02X}"
        legacy = _legacy(content)
        if legacy is None:
            raise InputError(diagnostic("GRB007", place, {"byte": byte, "name": name})) from None
        raise InputError(diagnostic("GRB006", place, {"encoding": legacy, "name": name})) from None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of plain text is zero."""
    zeros = (head[0::2].count(0), head[1::2].count(0))
    half = len(head) // 2
    if max(zeros) > 2 and max(zeros) > 0.4 * half and min(zeros) < 0.1 * half:
        return "UTF-16LE" if zeros[1] > zeros[0] else "UTF-16BE"
    return None


def _legacy(content: bytes) -> str | None:
    """The encoding of older Chinese or Western programs that these bytes look like."""
    for encoding in ("GB18030", "BIG5"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [character for character in text if character > "\x7f"]
        common = sum(
            "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" for c in foreign
        )
        if common >= 0.8 * len(foreign):
            return encoding
    try:
        content.decode("windows-1252")
    except UnicodeDecodeError:
        return None
    return "WINDOWS-1252" if b"\0" not in content else None


def _refused(code: str, name: str, *, variant: str | None = None, **args: str) -> InputError:
    return InputError(diagnostic(code, Position(name, 1, 1, 1, 1), {"name": name, **args}, variant=variant))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
