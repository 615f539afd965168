"""What is found wrong in a project file, each at its place: down to the part of a text that is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from greenbri import messages
from greenbri.errors import Diagnostic, InputError, Position, Related, diagnostic
from greenbri.sources.document import Document
from greenbri.sources.pointers import pointer
from greenbri.sources.positions import Prefer, Span

if TYPE_CHECKING:
    from greenbri.quantity import QuantityError
    from greenbri.vocabulary import UnknownName

Path = tuple["str | int", ...]

_CODES_OF_VOCABULARIES = {
    "parameters": "GRB101",
    "sectors": "GRB102",
    "fuels": "GRB103",
    "countries": "GRB104",
    "jurisdictions": "GRB104",
    "documents": "GRB105",
}
_MOST = 200


class Faults:
    """The diagnostics of one project; `base` is where in the document the project stands."""

    def __init__(self, document: Document, base: Path = ()) -> None:
        self.document = document
        self.base = base
        self._found: list[Diagnostic] = []

    @property
    def broken(self) -> bool:
        """Whether anything found makes the project unusable."""
        return any(fault.level == "error" for fault in self._found)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What was found and does no harm, in the order of the file."""
        return tuple(fault for fault in self.ordered() if fault.level != "error")

    def ordered(self) -> list[Diagnostic]:
        """Everything, in the order of the file and without repetition."""
        unique = {(one.code, one.position, one.pointer, repr(sorted(one.args.items()))): one for one in self._found}
        return sorted(
            unique.values(), key=lambda one: (one.position.line, one.position.column) if one.position else (0, 0)
        )

    def error(self) -> InputError:
        """All of it as one error."""
        return InputError(self.ordered(), self.document)

    def add(
        self,
        code: str,
        path: Path,
        args: Mapping[str, object] | None = None,
        *,
        variant: str | None = None,
        span: tuple[int, int] | None = None,
        prefer: Prefer = "value",
        related: Iterable[Related] = (),
    ) -> None:
        """Note something at a place; `span` is the part of its text that is meant."""
        place = self.place(path, span, prefer)
        self.note(diagnostic(code, place, args, pointer=pointer(path), variant=variant, related=related))

    def note(self, fault: Diagnostic) -> None:
        """Note a diagnostic; after very many, no more."""
        if len(self._found) < _MOST:
            self._found.append(fault)

    def place(self, path: Path, span: tuple[int, int] | None = None, prefer: Prefer = "value") -> Position:
        """The position of a value, or of a part of its text where that can be told from its quotes and escapes."""
        whole = (*self.base, *path)
        if span is not None and self.document.spans is not None and self.document.text is not None:
            depth, found = self.document.spans.find(whole)
            if depth == len(whole) and found is not None:
                text = self.document.text[found.start : found.stop]
                value = self._text_at(whole)
                offset = text.find(value) if value else -1
                if offset >= 0:
                    start = found.start + offset
                    return self.document.place(Span(start + span[0], start + max(span[1], span[0] + 1)))
        return self.document.position(whole, prefer)

    def quantity(self, error: QuantityError, path: Path, *, exact: bool = True) -> None:
        """Note what is wrong with a quantity; `exact` where the offsets of the error count in the text at `path`."""
        arguments = dict(error.arguments)
        hint = None
        if error.hint is not None:
            arguments["hint"] = error.hint
            hint = "project.write"
        elif messages.has(f"{error.code}.hint"):
            hint = f"{error.code}.hint"
        place = self.place(path, error.span if exact else None)
        self.note(Diagnostic(error.code, "error", error.message_key, arguments, place, pointer(path), hint))

    def unknown(self, error: UnknownName, path: Path, span: tuple[int, int] | None = None) -> None:
        """Note a name that its vocabulary does not have, or has several times."""
        from greenbri.vocabulary import AmbiguousName

        code = _CODES_OF_VOCABULARIES.get(error.vocabulary, "GRB106")
        args: dict[str, object] = {
            "name": error.name,
            "vocabulary": error.vocabulary,
            "known": ", ".join(error.suggestions),
            "close": error.suggestions[0] if error.suggestions else "",
        }
        if isinstance(error, AmbiguousName):
            self.add("GRB107", path, args, span=span)
        else:
            self.add(code, path, args, variant="close" if error.suggestions else None, span=span)

    def _text_at(self, path: Path) -> str | None:
        node: object = self.document.data
        for step in path:
            if isinstance(node, Mapping):
                node = node.get(step)
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return node if isinstance(node, str) else None
