"""From a project file to the project that rules are applied to."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from greenbri.errors import Diagnostic
from greenbri.sources.document import Document
from greenbri.sources.project import form as forms
from greenbri.sources.project.facts import FactReader, Facts
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.kinds import Kind
from greenbri.sources.project.observations import ObservationReader
from greenbri.sources.project.papers import PaperReader
from greenbri.sources.project.parties import PartyReader
from greenbri.sources.project.sections_form import ALIASES
from greenbri.sources.project.structure import check, items, text_of
from greenbri.sources.project.subjects import SubjectReader
from greenbri.sources.project.values import is_unknown, name_in

if TYPE_CHECKING:
    from greenbri.model.project import Fact, Project
    from greenbri.model.rule import FactDefinition

_VERSION = "1"
# Keys of the file that are read by readers of their own, and hold no facts.
_NO_FACTS = frozenset({
    "schema", "id", "name", "country", "sector", "fuel", "fuels", "parties", "sources", "outfalls", "receptors",
    "ambient", "noise", "water_bodies", "observations", "commitments", "permits", "documents", "plans", "exports",
    "facts", "classes", "waivers", "actions", "action_plan", "documents_complete", "associated_facilities",
})  # fmt: skip
_ORDER = ("dates.filing", "dates.permit", "dates.construction", "dates.operation", "dates.end")


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A project, the document it was read from, and what was noticed on the way."""

    project: Project
    document: Document
    warnings: tuple[Diagnostic, ...] = ()


def read_project(
    source: str | os.PathLike[str] | Document,
    *,
    assume: Iterable[str] = (),
    facts: Mapping[str, FactDefinition] | None = None,
) -> ProjectFile:
    """The project in a file; raises `InputError` with everything that is wrong, each at its place.

    `assume` are texts `PATH=VALUE` that are put into the data first. `facts` are the facts that the packs define: with
    them the section `facts` is checked as strictly as the rest.
    """
    if isinstance(source, Document):
        document = source
    else:
        from greenbri.sources.loading import load

        document = load(source)
    assumed: tuple[str, ...] = ()
    if assume := tuple(assume):
        from greenbri.sources.project.assumptions import apply_assumptions

        data, assumed = apply_assumptions(document.data, assume)
        document = replace(document, data=data)
    project, warnings = read_fragment(document, facts=facts, complete=True)
    return ProjectFile(replace(project, assumed=assumed) if assumed else project, document, warnings)


def read_fragment(
    document: Document,
    base: Path = (),
    *,
    facts: Mapping[str, FactDefinition] | None = None,
    complete: bool = False,
) -> tuple[Project, tuple[Diagnostic, ...]]:
    """The project that stands at `base` in a document, such as a case of a pack, and the warnings.

    Unless it must be `complete`, it may lack its schema and id. Pointers of the project count from `base`.
    """
    node = document.data
    for step in base:
        node = node[step]
    faults = Faults(document, base)
    reader = _Reader(faults, facts)
    project = reader.read(node, complete)
    if project is None or faults.broken:
        raise faults.error()
    return project, faults.warnings


class _Reader:
    """One pass over the sections of a file."""

    def __init__(self, faults: Faults, packs: Mapping[str, FactDefinition] | None) -> None:
        self.faults = faults
        self.facts = FactReader(faults, packs)
        self.observations = ObservationReader(faults, self.facts)
        self.subjects = SubjectReader(faults, self.facts, self.observations)
        self.parties = PartyReader(faults)
        self.papers = PaperReader(faults, self.observations)

    def read(self, data: Any, complete: bool) -> Project | None:
        from greenbri.model.project import Project
        from greenbri.model.rule import Text

        kind = forms.form()
        if not complete:
            kind = Kind("mapping", keys=kind.keys, required=("country", "sector"))
        check(data, kind, (), self.faults)
        if not isinstance(data, Mapping):
            return None
        self._version(data)
        facts = self._project_facts(data, kind)
        fuels = self._fuels(data, facts)
        self._places(data, facts)
        if fuels:
            self.subjects.found = [
                replace(one, fuels=fuels) if not one.fuels and one.facts.get("fuel") is facts.get("fuel") else one
                for one in self.subjects.found
            ]
        self._money(data)
        self.observations.finish()
        self._dates_in_order(facts)
        name = data.get("name")
        own = text_of(data.get("id")) or "project"
        country, sector, status = (facts.get(key) for key in ("country", "sector", "status"))
        operation = facts.get("dates.operation")
        documents = [
            one for key in ("documents", "permits", "plans") for one in self.papers.documents(data.get(key), (key,))
        ]
        commitments = self.papers.commitments(data.get("commitments"), ("commitments",), self.subjects.found)
        waivers = self.papers.waivers(data.get("waivers"), ("waivers",))
        actions = [one for key in ("actions", "action_plan") for one in self.papers.actions(data.get(key), (key,))]
        exports = self._exports(data.get("exports"), ("exports",))
        classes = self._classes(data.get("classes"), ("classes",))
        if country is None or sector is None:
            if not self.faults.broken:
                missing = "country" if country is None else "sector"
                self.faults.add("GRB041", (), {"key": missing}, prefer="key")
            return None
        return Project(
            id=own,
            name=Text(name_in(name, "en") or own, name_in(name, "zh") or own),
            country=str(country.value),
            sector=str(sector.value),
            status=_as_status(status),
            facts=facts,
            subjects=tuple(self.subjects.found),
            parties=tuple(self.parties.found),
            roles_complete=frozenset(self.parties.complete),
            documents=tuple(documents),
            commitments=commitments,
            waivers=waivers,
            actions=tuple(actions),
            exports=exports,
            classes=classes,
            operation=operation.value if operation is not None and isinstance(operation.value, date) else None,
            digest=digest(data),
        )

    def _version(self, data: Mapping[str, Any]) -> None:
        text = text_of(data.get("schema"))
        if text is not None and text != _VERSION:
            self.faults.add("GRB108", ("schema",), {"value": text, "known": _VERSION})

    def _project_facts(self, data: Mapping[str, Any], kind: Kind) -> Facts:
        from greenbri.model.project import Fact

        facts: Facts = {}
        for key in ("country", "sector"):
            if data.get(key) is not None:
                self.facts.state(facts, key, data[key], kind.keys[key], (key,))
        self._subdivision(data, facts)
        self.facts.section(data, kind, (), facts, aliases=ALIASES, skip=_NO_FACTS)
        self.facts.free(data.get("facts"), ("facts",), facts)
        flag: Facts = {}
        if data.get("documents_complete") is not None:
            self.facts.state(
                flag, "documents_complete", data["documents_complete"], Kind("flag"), ("documents_complete",)
            )
        if flag and flag["documents_complete"].value is True:
            facts.update(flag)
        named = [
            name_in(item.get("name") if isinstance(item, Mapping) else item, "en")
            for item, _ in items(data.get("associated_facilities"), ())
        ]
        if any(named):
            facts["associated_facilities"] = Fact(tuple(filter(None, named)), "/associated_facilities")
        return facts

    def _subdivision(self, data: Mapping[str, Any], facts: Facts) -> None:
        from greenbri.model.project import Fact

        text = text_of(data.get("subdivision"))
        if text is None or is_unknown(text):
            return
        country = facts.get("country")
        head, _, tail = text.upper().partition("-")
        if not tail.isalnum() or len(tail) > 3 or (country is not None and head != country.value):
            shown = country.value if country is not None else "CN"
            self.faults.add("GRB109", ("subdivision",), {"value": text, "country": shown})
            return
        facts["subdivision"] = Fact(f"{head}-{tail}", "/subdivision")

    def _fuels(self, data: Mapping[str, Any], facts: Facts) -> Any:
        found: Any = ()
        for key in ("fuel", "fuels"):
            if data.get(key) is not None:
                found = self.facts.fuel(data[key], (key,), facts) or found
        return found

    def _places(self, data: Mapping[str, Any], facts: Facts) -> None:
        subjects = self.subjects
        subjects.places(data.get("sources"), ("sources",), forms.source(), None, facts)
        subjects.places(data.get("outfalls"), ("outfalls",), forms.outfall(), "effluent", facts)
        subjects.receptors(data.get("receptors"), ("receptors",))
        subjects.stations(data.get("ambient"), ("ambient",), "ambient")
        subjects.stations(data.get("noise"), ("noise",), "noise")
        subjects.places(data.get("water_bodies"), ("water_bodies",), forms.water_body(), "water-body", facts)
        subjects.whole(data.get("observations"), ("observations",), "project")
        waste = data.get("waste")
        if isinstance(waste, Mapping):
            subjects.whole(waste.get("observations"), ("waste", "observations"), "waste")

    def _money(self, data: Mapping[str, Any]) -> None:
        self.parties.parties(data.get("parties"), ("parties",))
        financing = data.get("financing")
        if isinstance(financing, Mapping):
            self.parties.role(financing.get("lenders"), "lender", ("financing", "lenders"))
            self.parties.role(financing.get("insurers"), "insurer", ("financing", "insurers"))

    def _exports(self, node: Any, path: Path) -> tuple[str, ...] | None:
        """The markets; None where nothing is said, and empty where it is said that there are none."""
        from greenbri.vocabulary import UnknownName, jurisdiction

        if node is None:
            return None
        if not isinstance(node, list):
            if (text_of(node) or "").casefold() in ("none", "无"):
                return ()
            if is_unknown(node):
                return None
        found: list[str] = []
        for item, here in items(node, path):
            text = text_of(item)
            if text is None:
                continue
            try:
                found.append(jurisdiction(text).code)
            except UnknownName as error:
                self.faults.unknown(error, here)
        return tuple(dict.fromkeys(found))

    def _classes(self, node: Any, path: Path) -> Facts:
        found: Facts = {}
        if isinstance(node, Mapping):
            for scheme, value in node.items():
                if value is not None:
                    self.facts.state(found, scheme, value, Kind("term"), (*path, scheme))
        return found

    def _dates_in_order(self, facts: Facts) -> None:
        """What is out of the usual order may be an error of the pen, or the finding itself: work before the permit."""
        known = [(name, facts[name]) for name in _ORDER if name in facts]
        for (earlier, one), (later, other) in pairwise(known):
            if isinstance(one.value, date) and isinstance(other.value, date) and other.value < one.value:
                args = {"earlier": earlier, "first": one.value, "later": later, "last": other.value}
                self.faults.add("GRB125", tuple(other.pointer.split("/")[1:]), args)


def _as_status(fact: Fact | None) -> Any:
    return fact.value if fact is not None else None


def digest(data: Any) -> str:
    """The SHA-256 of the data in canonical form: the same whatever the layout, the comments and the order of keys."""

    def plain(node: Any) -> Any:
        if isinstance(node, Mapping):
            return {str(key): plain(value) for key, value in node.items()}
        if isinstance(node, (list, tuple)):
            return [plain(value) for value in node]
        return node if isinstance(node, bool) or node is None else str(node)

    text = json.dumps(plain(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
