"""Documents, the project's own limits, waivers and the steps that close gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from greenbri.sources.pointers import pointer
from greenbri.sources.project import words
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.kinds import Kind
from greenbri.sources.project.observations import ObservationReader, duplicate
from greenbri.sources.project.papers_form import ACTION, COMMITMENT, WAIVER
from greenbri.sources.project.structure import items, text_of
from greenbri.sources.project.values import name_in, read_day, read_flag, read_term

if TYPE_CHECKING:
    from greenbri.model.project import ActionItem, Commitment, Document, Subject, Waiver

_SIGN = re.compile(r"^\s*(<=|>=|≤|≥|<|>)\s*")
_PLAIN_SIGN = {"≤": "<=", "≥": ">="}
_MEDIUM_OF_FAMILY = {"air": "stack", "water": "effluent", "noise": "noise", "ghg": "project", "process": "project"}
_PERCENTILE = re.compile(r"^p\d{1,2}(?:\.\d+)?$")


@dataclass
class PaperReader:
    """Reads what is on paper."""

    faults: Faults
    observations: ObservationReader
    _ids: dict[str, Path] = field(default_factory=dict)

    def documents(self, node: Any, path: Path) -> list[Document]:
        """Documents, permits or plans."""
        found = [self._document(item, here) for item, here in items(node, path) if isinstance(item, Mapping)]
        return [one for one in found if one is not None]

    def commitments(self, node: Any, path: Path, subjects: Iterable[Subject]) -> tuple[Commitment, ...]:
        """The project's own limits; each needs the document and the clause that set it."""
        known = {one.id: one for one in subjects}
        found = [
            self._commitment(item, here, number, known)
            for number, (item, here) in enumerate(items(node, path), 1)
            if isinstance(item, Mapping)
        ]
        return tuple(one for one in found if one is not None)

    def waivers(self, node: Any, path: Path) -> tuple[Waiver, ...]:
        """Exceptions; one that lacks something stays, and fails closed where it would be applied."""
        found = [self._waiver(item, here) for item, here in items(node, path) if isinstance(item, Mapping)]
        return tuple(one for one in found if one is not None)

    def actions(self, node: Any, path: Path) -> list[ActionItem]:
        """Steps of action plans."""
        found = [self._action(item, here) for item, here in items(node, path) if isinstance(item, Mapping)]
        return [one for one in found if one is not None]

    def _document(self, item: Mapping[str, Any], path: Path) -> Document | None:
        from greenbri.model.project import Document
        from greenbri.vocabulary import UnknownName, document_type

        name = text_of(item.get("type"))
        if name is None:
            return None
        try:
            kind = document_type(name).name
        except UnknownName as error:
            self.faults.unknown(error, (*path, "type"))
            return None
        day = read_day(item.get("date"), (*path, "date"), self.faults, "last")
        until = read_day(item.get("valid_until"), (*path, "valid_until"), self.faults, "first")
        if day is not None and until is not None and until < day:
            self.faults.add("GRB124", (*path, "valid_until"), {"first": day, "last": until})
        covers = read_flag(item.get("covers_project"), (*path, "covers_project"), self.faults)
        review = read_flag(item.get("independent_review"), (*path, "independent_review"), self.faults)
        return Document(
            type=kind,
            pointer=pointer(path),
            title=name_in(item.get("title"), "en"),
            status=self._status(item.get("status"), (*path, "status")),
            authority=name_in(item.get("authority"), "en"),
            number=text_of(item.get("number")) or "",
            date=day,
            valid_until=until,
            covers_project=covers is not False,
            independent_review=review is True,
        )

    def _status(self, node: Any, path: Path) -> str:
        text = text_of(node)
        if text is None:
            return "issued"
        found = words.canonical(text, words.DOCUMENT_STATUS)
        if found is None:
            known = words.names(words.DOCUMENT_STATUS)
            meant = words.nearest(text, known)
            args = {"value": text, "known": ", ".join(known), "close": meant or ""}
            self.faults.add("GRB042", path, args, variant="close" if meant else None)
        return found or "issued"

    def _commitment(
        self, item: Mapping[str, Any], path: Path, number: int, known: Mapping[str, Subject]
    ) -> Commitment | None:
        from greenbri.model.project import Commitment

        lacking = [key for key in ("document", "clause") if text_of(item.get(key)) is None]
        if lacking:
            self.faults.add("GRB141", path, {"keys": ", ".join(lacking)}, prefer="key")
        key = "value" if item.get("value") is not None else "limit"
        if item.get(key) is None:
            self.faults.add("GRB041", path, {"key": "value"}, prefer="key")
        subject = self._subject(item, path, known)
        medium = text_of(item.get("medium")) or (
            known[subject].medium if subject is not None and subject in known else ""
        )
        parameter = self.observations.parameter(item, path, medium)
        if parameter is not None and not medium:
            medium = _MEDIUM_OF_FAMILY.get(parameter.family, "stack")
        sign, text = _split(text_of(item.get(key)) or "")
        quantity, text = self.observations.quantity({**item, key: text}, path, parameter, medium, key)
        kind = self._term(item, "kind", COMMITMENT, path)
        operator = text_of(item.get("operator")) or sign or "<="
        name = text_of(item.get("id")) or f"{number}"
        if name in self._ids:
            duplicate(self.faults, name, (*path, "id"), self._ids[name])
        self._ids[name] = path
        start = read_day(item.get("from"), (*path, "from"), self.faults)
        end = read_day(item.get("to"), (*path, "to"), self.faults)
        if start is not None and end is not None and end < start:
            self.faults.add("GRB124", (*path, "to"), {"first": start, "last": end})
        if parameter is None or quantity is None or kind is None:
            return None
        return Commitment(
            id=name,
            kind=kind,
            parameter=parameter.name,
            operator=operator,
            quantity=quantity,
            text=text,
            pointer=pointer(path),
            document=text_of(item.get("document")) or "",
            clause=text_of(item.get("clause")) or "",
            medium=medium,
            subject=subject,
            period=self._period(item, path),
            form=self._form(item, path),
            start=start,
            end=end,
        )

    def _subject(self, item: Mapping[str, Any], path: Path, known: Mapping[str, Subject]) -> str | None:
        key = "subject" if item.get("subject") is not None else "source"
        name = text_of(item.get(key))
        if name is not None and name not in known:
            meant = words.nearest(name, known)
            args = {"name": name, "known": ", ".join(known) or "-", "close": meant or ""}
            self.faults.add("GRB133", (*path, key), args, variant="close" if meant else None)
        return name

    def _period(self, item: Mapping[str, Any], path: Path) -> str | None:
        text = text_of(item.get("period"))
        found = words.period(text) if text is not None else None
        if text is not None and found is None:
            meant = words.nearest(text, words.PERIODS)
            args = {"value": text, "known": ", ".join(words.PERIODS), "close": meant or ""}
            self.faults.add("GRB114", (*path, "period"), args, variant="close" if meant else None)
        return found

    def _form(self, item: Mapping[str, Any], path: Path) -> str:
        """How the values of a period are judged: every one of them, or a share such as p95."""
        text = text_of(item.get("form")) or text_of(item.get("statistic")) or "every"
        found = "every" if text in ("every", "max", "maximum") else words.statistic(text)
        if found != "every" and (found is None or not _PERCENTILE.match(found)):
            key = "form" if item.get("form") is not None else "statistic"
            self.faults.add("GRB042", (*path, key), {"value": text, "known": "every, p95", "close": ""})
            return "every"
        return found

    def _waiver(self, item: Mapping[str, Any], path: Path) -> Waiver | None:
        from greenbri.model.project import Waiver
        from greenbri.quantity import QuantityError, parse

        rule = text_of(item.get("rule"))
        if rule is None:
            return None
        cap, text = None, text_of(item.get("cap"))
        if text is not None:
            try:
                cap = parse(text)
            except QuantityError as error:
                self.faults.quantity(error, (*path, "cap"))
        return Waiver(
            rule=rule,
            granted_by=self._term(item, "granted_by", WAIVER, path) or "",
            document=text_of(item.get("document")) or "",
            pointer=pointer(path),
            scope=text_of(item.get("scope")) or "",
            cap=cap,
            date=read_day(item.get("date"), (*path, "date"), self.faults),
            expires=read_day(item.get("expires"), (*path, "expires"), self.faults),
        )

    def _action(self, item: Mapping[str, Any], path: Path) -> ActionItem | None:
        from greenbri.model.project import ActionItem

        rule = text_of(item.get("rule"))
        if rule is None:
            return None
        kind = self._term(item, "kind", ACTION, path) or "lender-action-plan"

        def flag(key: str) -> bool:
            return read_flag(item.get(key), (*path, key), self.faults) is True

        return ActionItem(
            rule=rule,
            pointer=pointer(path),
            kind=cast(Any, kind),
            accepted=flag("accepted"),
            funded=flag("funded"),
            contracted=flag("contracted"),
            deadline=read_day(item.get("deadline"), (*path, "deadline"), self.faults),
        )

    def _term(self, item: Mapping[str, Any], key: str, form: Kind, path: Path) -> str | None:
        return read_term(item.get(key), key, form.keys[key], (*path, key), self.faults)


def _split(text: str) -> tuple[str, str]:
    """The sign before a limit and the rest; the sign is the operator of the commitment, not a bound of its value."""
    match = _SIGN.match(text)
    if match is None:
        return "", text
    return _PLAIN_SIGN.get(match[1], match[1]), text[match.end() :]
