"""Who takes part, and of which nationality: stated, or only guessed, which is never the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from greenbri.sources.pointers import pointer
from greenbri.sources.project.evidence import read_evidence
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.papers_form import PARTY_WITH_ROLE, ROLES
from greenbri.sources.project.structure import items, text_of
from greenbri.sources.project.values import is_unknown, name_in, read_term

if TYPE_CHECKING:
    from greenbri.model.project import Party

# What makes a name look Chinese. It is a reason to ask and never more: there are Sino-foreign ventures, subsidiaries
# under other law, and namesakes.
_LOOKS_CHINESE = re.compile(
    r"\b(?:china|chinese|sino\w*|power ?china|huaneng|datang|zijin)\b|[\u4e00-\u9fff]{2}", re.IGNORECASE
)
_GUESSED = frozenset({"inferred", "assumed"})
_INSTITUTIONS = frozenset({"lender", "insurer"})


@dataclass
class PartyReader:
    """Collects the parties, and the roles whose lists are complete because they stand in the file."""

    faults: Faults
    found: list[Party] = field(default_factory=list)
    complete: set[str] = field(default_factory=set)

    def parties(self, node: Any, path: Path) -> None:
        """The section `parties`."""
        if isinstance(node, Mapping):
            for key, role in ROLES.items():
                self.role(node.get(key), role, (*path, key))
            return
        for item, here in items(node, path):
            if isinstance(item, Mapping):
                named = read_term(item.get("role"), "role", PARTY_WITH_ROLE.keys["role"], (*here, "role"), self.faults)
                if named is not None:
                    self.role(item, named, here)

    def role(self, node: Any, role: str, path: Path) -> None:
        """Everybody in one role. A list that is present names all of them; an empty one says that there is nobody."""
        if node is None:
            return
        if isinstance(node, str) and node.strip().casefold() in ("none", "无"):
            self.complete.add(role)
            return
        if not isinstance(node, list) and is_unknown(node) and not isinstance(node, Mapping):
            return
        self.complete.add(role)
        for item, here in items(node, path):
            self.found.append(self._party(item, role, here))

    def _party(self, item: Any, role: str, path: Path) -> Party:
        from greenbri.model.project import Party

        fields: Mapping[str, Any] = item if isinstance(item, Mapping) else {"name": item}
        names = fields.get("name")
        name = name_in(names, "en")
        evidence = read_evidence(fields.get("evidence"), (*path, "evidence"), self.faults)
        inferred = evidence is not None and evidence.kind in _GUESSED
        nationality = self._nationality(fields, path)
        if nationality is None:
            nationality = self._guess(name, name_in(names, "zh"), role, path)
            inferred = nationality is not None
        return Party(
            name=name,
            role=role,
            nationality=nationality,
            pointer=pointer(path),
            inferred=inferred,
            standards=self._standards(fields.get("standards"), (*path, "standards")),
            amount=text_of(fields.get("amount")) or "",
        )

    def _nationality(self, fields: Mapping[str, Any], path: Path) -> str | None:
        from greenbri.vocabulary import UnknownName, country

        found: list[str] = []
        for key in ("nationality", "country"):
            text = text_of(fields.get(key))
            if text is None or is_unknown(text):
                continue
            try:
                found.append(country(text).code)
            except UnknownName as error:
                self.faults.unknown(error, (*path, key))
        if len(set(found)) > 1:
            self.faults.add("GRB135", (*path, "nationality"), {"one": found[0], "other": found[1]})
        return found[0] if found else None

    def _guess(self, name: str, chinese_name: str, role: str, path: Path) -> str | None:
        """A nationality from the name alone, said aloud, so that it can be confirmed."""
        from greenbri.vocabulary import UnknownName, lender

        guess = None
        if role in _INSTITUTIONS:
            try:
                guess = lender(name).country or None
            except UnknownName:
                guess = None
        if guess is None and (_LOOKS_CHINESE.search(name) or _LOOKS_CHINESE.search(chinese_name)):
            guess = "CN"
        if guess is not None:
            key = "country" if role in _INSTITUTIONS else "nationality"
            self.faults.add("GRB136", path, {"name": name, "country": guess, "key": key})
        return guess

    def _standards(self, node: Any, path: Path) -> tuple[str, ...]:
        found: list[str] = []
        for item, here in items(node, path):
            text = text_of(item)
            if text is not None:
                found.append(self._standard(text, here))
        return tuple(dict.fromkeys(found))

    def _standard(self, text: str, path: Path) -> str:
        """The standard, jurisdiction or pack of that name; an unknown one is kept, because a contract may name any."""
        from greenbri.vocabulary import UnknownName, jurisdiction, standard

        if "/" in text:
            return text
        try:
            return standard(text).name
        except UnknownName as error:
            try:
                return jurisdiction(text).code
            except UnknownName:
                close = error.suggestions[0] if error.suggestions else ""
                self.faults.add("GRB137", path, {"name": text, "close": close}, variant="close" if close else None)
                return text
