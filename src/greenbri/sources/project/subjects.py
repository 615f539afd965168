"""What limits apply to: stacks and outfalls, receptors and stations, waters, and the project itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from greenbri.sources.pointers import pointer
from greenbri.sources.project import form, words
from greenbri.sources.project.facts import FactReader, Facts
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.figures_form import SOURCE_KINDS
from greenbri.sources.project.kinds import Kind
from greenbri.sources.project.observations import ObservationReader, duplicate
from greenbri.sources.project.structure import items, text_of
from greenbri.sources.project.values import name_in

if TYPE_CHECKING:
    from greenbri.model.project import Observation, Subject
    from greenbri.quantity import Quantity

_MEDIA = {words.slug(name): medium for medium, others in SOURCE_KINDS.items() for name in (medium, *others)}
# Keys of a place that are facts under another name, by the kind of the place.
_RECEPTOR = {"kind": "receptor.kind"}
_WATER = {
    "kind": "receiving_water.kind",
    "class": "receiving_water.class",
    "sensitive": "receiving_water.sensitive",
    "drinking_source": "receiving_water.drinking_source",
}
_SOURCE = {"stack_height": "stack.height", "receptor.area": "area"}


class SubjectReader:
    """Collects the subjects of a project in the order of its file."""

    def __init__(self, faults: Faults, facts: FactReader, observations: ObservationReader) -> None:
        self.faults = faults
        self.facts = facts
        self.observations = observations
        self.found: list[Subject] = []
        self.ids: dict[str, Path] = {}
        self._receptors: dict[str, tuple[Facts, Path, str]] = {}

    def places(self, node: Any, path: Path, kind: Kind, medium: str | None, project: Facts) -> None:
        """Sources, outfalls and waters: one subject each, whether there are figures or not."""
        from greenbri.model.project import Subject

        for item, here in items(node, path):
            if not isinstance(item, Mapping):
                continue
            of = medium or self.medium(item, here)
            facts: Facts = {}
            aliases = _WATER if of == "water-body" else _SOURCE
            self.facts.section(item, kind, here, facts, aliases=aliases, skip=_skipped(kind, aliases))
            fuels = self._fuels(item, here, facts)
            if "fuel" not in facts and "fuel" in project and of in ("stack", "boundary"):
                facts["fuel"] = project["fuel"]
            self.facts.free(item.get("facts"), (*here, "facts"), facts)
            self.found.append(
                Subject(
                    id=self.identity(item, here, of),
                    medium=of,
                    pointer=pointer(here),
                    name=name_in(item.get("name"), "en"),
                    facts=facts,
                    observations=self.figures(item.get("observations"), (*here, "observations"), of),
                    fuels=fuels,
                    specific_volume=self.ingredient(item, "specific_volume", here),
                    heat_rate=self.ingredient(item, "heat_rate", here),
                )
            )

    def receptors(self, node: Any, path: Path) -> None:
        """Receptors; their own figures are of noise or of ambient air, by their parameters."""
        for item, here in items(node, path):
            if not isinstance(item, Mapping):
                continue
            facts = self._receptor_facts(item, here)
            name = self.identity(item, here, "receptor")
            self._receptors[name] = (facts, here, name_in(item.get("name"), "en"))
            figures: dict[str, list[Observation]] = {}
            for figure, at in items(item.get("observations"), (*here, "observations")):
                medium = "noise" if _is_noise(figure) else "ambient"
                read = self.observations.read(figure, at, medium)
                if read is not None:
                    figures.setdefault(medium, []).append(read)
            for medium, observations in figures.items():
                self._gather(name, medium, facts, here, observations)

    def stations(self, node: Any, path: Path, medium: str) -> None:
        """`ambient` and `noise`: stations with figures, and figures that name their receptor or none."""
        for item, here in items(node, path):
            if not isinstance(item, Mapping):
                continue
            if "observations" not in item:
                one = self.observations.read(item, here, medium)
                self._at_receptor(item.get("receptor"), (*here, "receptor"), medium, here, [one] if one else [])
                continue
            facts = self._receptor_facts(item, here)
            spot = item.get("receptor")
            if isinstance(spot, Mapping):
                self.facts.section(spot, form.station().keys["receptor"], (*here, "receptor"), facts, aliases=_RECEPTOR)
            figures = list(self.figures(item["observations"], (*here, "observations"), medium))
            if text_of(spot) is not None:
                self._at_receptor(spot, (*here, "receptor"), medium, here, figures, facts)
            else:
                name = self.identity(item, here, medium)
                self._gather(name, medium, facts, here, figures, name_in(item.get("name"), "en"))

    def figures(self, node: Any, path: Path, medium: str) -> tuple[Observation, ...]:
        """The figures in a list."""
        read = (self.observations.read(item, here, medium) for item, here in items(node, path))
        return tuple(one for one in read if one is not None)

    def whole(self, node: Any, path: Path, medium: str) -> None:
        """Figures of the project as a whole."""
        figures: list[Observation] = []
        for item, here in items(node, path):
            one = self.observations.read(item, here, medium)
            if one is None:
                continue
            figures.append(one)
            if medium == "project" and _is_concentration(one.parameter):
                self.faults.add("GRB134", here, {"parameter": one.parameter})
        if figures:
            self._gather(medium, medium, {}, path, figures)

    def medium(self, item: Mapping[str, Any], path: Path) -> str:
        """The medium of a source by its kind."""
        text = text_of(item.get("kind")) or "stack"
        found = _MEDIA.get(words.slug(text))
        if found is None:
            meant = words.nearest(text, SOURCE_KINDS)
            args = {"value": text, "known": ", ".join(SOURCE_KINDS), "close": meant or ""}
            self.faults.add("GRB042", (*path, "kind"), args, variant="close" if meant else None)
        return found or "stack"

    def identity(self, item: Mapping[str, Any], path: Path, medium: str) -> str:
        """The id of a place, or one made of its medium and number; no two are equal."""
        name = text_of(item.get("id"))
        if name is None:
            number = 1 + sum(one.medium == medium for one in self.found)
            while f"{medium}-{number}" in self.ids:
                number += 1
            name = f"{medium}-{number}"
        elif name in self.ids:
            duplicate(self.faults, name, (*path, "id"), (*self.ids[name], "id"))
        self.ids.setdefault(name, path)
        return name

    def ingredient(self, item: Mapping[str, Any], key: str, path: Path) -> Quantity | None:
        """A specific volume or a heat rate."""
        from greenbri.quantity import QuantityError, parse

        text = text_of(item.get(key))
        if text is None:
            return None
        try:
            return parse(text)
        except QuantityError as error:
            self.faults.quantity(error, (*path, key))
            return None

    def _fuels(self, item: Mapping[str, Any], path: Path, facts: Facts) -> tuple[tuple[str, Fraction], ...]:
        found: tuple[tuple[str, Fraction], ...] = ()
        for key in ("fuel", "fuels"):
            if item.get(key) is not None:
                found = self.facts.fuel(item[key], (*path, key), facts) or found
        return found

    def _receptor_facts(self, item: Mapping[str, Any], path: Path) -> Facts:
        facts: Facts = {}
        kind = form.receptor()
        self.facts.section(item, kind, path, facts, aliases=_RECEPTOR, skip=_skipped(kind, _RECEPTOR))
        self.facts.free(item.get("facts"), (*path, "facts"), facts)
        return facts

    def _at_receptor(
        self, node: Any, at: Path, medium: str, path: Path, figures: list[Observation], facts: Facts | None = None
    ) -> None:
        name = text_of(node)
        if name is None:
            self._gather(medium, medium, facts or {}, path, figures)
            return
        known = self._receptors.get(name)
        if known is None and self._receptors:
            meant = words.nearest(name, self._receptors)
            args = {"name": name, "known": ", ".join(self._receptors), "close": meant or ""}
            self.faults.add("GRB133", at, args, variant="close" if meant else None)
        own, place, label = known if known is not None else ({}, path, "")
        self._gather(name, medium, {**own, **(facts or {})}, place, figures, label)

    def _gather(
        self, name: str, medium: str, facts: Facts, path: Path, figures: list[Observation], label: str = ""
    ) -> None:
        """Add figures to the subject of that id and medium, which is made on first need."""
        from dataclasses import replace

        from greenbri.model.project import Subject

        for index, one in enumerate(self.found):
            if (one.id, one.medium) == (name, medium):
                self.found[index] = replace(
                    one, observations=(*one.observations, *figures), facts={**one.facts, **facts}
                )
                return
        self.found.append(Subject(name, medium, pointer(path), label, facts, tuple(figures)))


def _skipped(kind: Kind, aliases: Mapping[str, str]) -> frozenset[str]:
    """Keys of a place that are no facts: they name it, and are read on their own."""
    plain = {"id", "name", "note", "evidence", "fuel", "fuels", "observations", "facts"}
    return frozenset(plain | {key for key in ("kind",) if key not in aliases})


def _is_noise(figure: Any) -> bool:
    from greenbri.vocabulary import UnknownName, parameter

    name = text_of(figure.get("parameter")) if isinstance(figure, Mapping) else None
    try:
        return name is not None and parameter(name).family == "noise"
    except UnknownName:
        return False


def _is_concentration(name: str) -> bool:
    from greenbri.vocabulary import parameter

    found = parameter(name)
    return found.kind == "concentration" and found.family in ("air", "water")
