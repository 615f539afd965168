"""Figures: the parameter, the quantity, and what the quantity means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, cast

from greenbri.sources.pointers import pointer
from greenbri.sources.project import words
from greenbri.sources.project.dimensions import example, fits
from greenbri.sources.project.evidence import read_covers, read_evidence
from greenbri.sources.project.facts import FactReader, Facts
from greenbri.sources.project.faults import Faults, Path
from greenbri.sources.project.figures_form import OBSERVATION_KEYS
from greenbri.sources.project.form import observation as observation_form
from greenbri.sources.project.structure import text_of
from greenbri.sources.project.values import is_unknown

if TYPE_CHECKING:
    from greenbri.model.project import Observation
    from greenbri.quantity import Quantity
    from greenbri.vocabulary import Parameter

Family = Literal["air", "water", "noise"]
FAMILIES: Mapping[str, Family] = {
    "stack": "air", "boundary": "air", "ambient": "air", "effluent": "water", "water-body": "water",
    "groundwater": "water", "noise": "noise",
}  # fmt: skip
_OXYGEN_IN_AIR = 21
# An averaging time or a statistic that somebody put behind the unit. A count of time right at the start is the value.
_IN_TEXT = re.compile(
    r"(?<=[\s,(])(?:\d+\s?-?(?:min|minutes?|h|hr|hrs|hours?|days?|d|months?)(?![\w/])|hourly|daily|weekly|monthly|"
    r"annual(?:ly)?|yearly|mean|average|avg\.?|max(?:imum)?\.?|min(?:imum)?\.?|median|p\d\d|"
    r"\d+(?:st|nd|rd|th)?[ -]percentile|\S*(?:均值|日均|年均|小时|最大|最小|平均)\S*)(?=$|[\s,)])",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[^\W\d_]|%")
_REMOVAL = ("removal", "efficiency", "去除率")


class ObservationReader:
    """Reads figures; `ids` and `superseded` are checked against each other at the end of the file."""

    def __init__(self, faults: Faults, facts: FactReader) -> None:
        self.faults = faults
        self.facts = facts
        self.ids: dict[str, Path] = {}
        self._superseded: list[tuple[str, Path]] = []

    def read(self, node: Any, path: Path, medium: str) -> Observation | None:
        """One figure; None where it says that the value is not known, or where it cannot be understood."""
        from greenbri.model.project import Evidence, Observation

        if not isinstance(node, Mapping) or node.get("parameter") is None or node.get("value") is None:
            return None
        if is_unknown(node["value"]):
            return None
        parameter = self.parameter(node, path, medium)
        quantity, text = self.quantity(node, path, parameter, medium)
        facts = self._facts(node, path)
        covers = read_covers(node.get("covers"), (*path, "covers"), self.faults)
        self._same_state(covers.state, facts, path)
        period = self._word(node, "period", path, "GRB114")
        statistic = self._word(node, "statistic", path, "GRB115")
        evidence = read_evidence(node.get("evidence"), (*path, "evidence"), self.faults) or Evidence()
        of = self._of(node, path)
        oxygen = self.share(node.get("oxygen"), (*path, "oxygen"), limit="oxygen")
        moisture = self.share(node.get("moisture"), (*path, "moisture"), limit="moisture")
        own = self._identity(node, path)
        if parameter is None or quantity is None:
            return None
        return Observation(
            parameter=parameter.name,
            quantity=quantity,
            text=text,
            pointer=pointer(path),
            id=own,
            period=period,
            statistic=statistic,
            of=of,
            covers=covers,
            evidence=evidence,
            fraction=text_of(node.get("fraction")) or "",
            superseded_by=text_of(node.get("superseded_by")) or "",
            oxygen=oxygen,
            moisture=moisture,
            facts=facts,
        )

    def parameter(self, node: Mapping[str, Any], path: Path, medium: str) -> Parameter | None:
        """The parameter of a figure or a commitment; `kind: removal` is the removal of it."""
        from greenbri.vocabulary import UnknownName, parameter

        name = text_of(node.get("parameter"))
        if name is None:
            return None
        try:
            found = parameter(name, family=FAMILIES.get(medium))
            kind = text_of(node.get("kind"))
            if kind in _REMOVAL and not found.name.startswith("removal."):
                return parameter(f"removal.{found.name}")
            return found
        except UnknownName as error:
            self.faults.unknown(error, (*path, "parameter"))
            return None

    def quantity(
        self, node: Mapping[str, Any], path: Path, parameter: Parameter | None, medium: str, key: str = "value"
    ) -> tuple[Quantity | None, str]:
        """The quantity and its text; the unit may stand in a key of its own."""
        from greenbri.quantity import QuantityError, parse

        here = (*path, key)
        text = text_of(node.get(key)) or ""
        unit = text_of(node.get("unit"))
        exact = unit is None
        if unit is not None:
            head, at, condition = text.partition("@")
            text = f"{head.strip()} {unit}" + (f" {at}{condition}" if at else "")
        if not self._plain(text, here, exact):
            return None, text
        try:
            quantity = parse(text)
            if not quantity.unit.dimension and not quantity.unit.text and parameter is not None:
                quantity = _with_unit(text, parameter, quantity)
        except QuantityError as error:
            self.faults.quantity(error, here, exact=exact)
            return None, text
        if parameter is not None:
            self._plausible(quantity, parameter, medium, here, text)
        return quantity, text

    def share(self, node: Any, path: Path, *, limit: Literal["oxygen", "moisture"]) -> Fraction | None:
        """Oxygen or moisture of the gas in volume percent."""
        from greenbri.quantity import QuantityError
        from greenbri.sources.project.values import read_share

        found = read_share(node, path, self.faults)
        if found is None:
            return None
        if limit == "oxygen" and found >= _OXYGEN_IN_AIR:
            fault = QuantityError("oxygen_of_air", value=f"{float(found):g}", air=str(_OXYGEN_IN_AIR))
            self.faults.quantity(fault, path)
            return None
        if limit == "moisture" and found >= 100:
            self.faults.quantity(QuantityError("moisture_range", value=f"{float(found):g}"), path)
            return None
        return found

    def finish(self) -> None:
        """Note every `superseded_by` that leads to no figure."""
        for name, path in self._superseded:
            if name not in self.ids:
                meant = words.nearest(name, self.ids)
                args = {"name": name, "known": ", ".join(self.ids) or "-", "close": meant or ""}
                self.faults.add("GRB132", path, args, variant="close" if meant else None)

    def _identity(self, node: Mapping[str, Any], path: Path) -> str:
        own = text_of(node.get("id")) or ""
        if own:
            if own in self.ids:
                duplicate(self.faults, own, (*path, "id"), (*self.ids[own], "id"))
            self.ids.setdefault(own, path)
        later = text_of(node.get("superseded_by"))
        if later is not None:
            self._superseded.append((later, (*path, "superseded_by")))
        return own

    def _plain(self, text: str, path: Path, exact: bool) -> bool:
        """Whether the text leaves the period and the statistic to the keys that are made for them."""
        found = _IN_TEXT.search(text)
        if found is None or _UNIT.search(text[: found.start()]) is None:
            return True  # what stands before the unit is the value itself: `48 h`, `10 - 20 min`
        word = found[0]
        period = words.period(word)
        statistic = words.statistic(word)
        key = "statistic" if statistic is not None and period is None else "period"
        args = {"text": word, "key": key, "value": (statistic if key == "statistic" else period) or word}
        self.faults.add("GRB117", path, args, span=found.span() if exact else None)
        return False

    def _plausible(self, quantity: Quantity, parameter: Parameter, medium: str, path: Path, text: str) -> None:
        from greenbri.vocabulary import UnknownName
        from greenbri.vocabulary import parameter as lookup

        if quantity.species is not None:
            try:
                named = lookup(quantity.species, family=FAMILIES.get(medium)).name
            except UnknownName:
                named = None
            if named is not None and named != parameter.name:
                args = {"species": quantity.species, "parameter": parameter.name}
                self.faults.add("GRB119", path, args)
                return
        if not fits(quantity.unit, parameter, medium):
            args = {
                "parameter": parameter.name,
                "unit": quantity.unit.text or "1",
                "example": example(parameter, medium),
            }
            at = text.find(quantity.unit.text) if quantity.unit.text else -1
            span = (at, at + len(quantity.unit.text)) if at > 0 else None
            self.faults.add("GRB118", path, args, span=span)

    def _facts(self, node: Mapping[str, Any], path: Path) -> Facts:
        facts: Facts = {}
        self.facts.section(node, observation_form(), path, facts, aliases=_ALIASES, skip=_NO_FACTS)
        self.facts.free(node.get("facts"), (*path, "facts"), facts)
        return facts

    def _same_state(self, state: str | None, facts: Facts, path: Path) -> None:
        """`covers.state` and `operating_state` are one thing said in two places."""
        from greenbri.model.project import Fact

        if state is not None:
            self.facts.put(facts, "operating_state", Fact(state, pointer((*path, "covers", "state"))))

    def _word(self, node: Mapping[str, Any], key: Literal["period", "statistic"], path: Path, code: str) -> str | None:
        text = text_of(node.get(key))
        if text is None or is_unknown(text):
            return None
        found = words.period(text) if key == "period" else words.statistic(text)
        if found is None:
            known = words.PERIODS if key == "period" else words.STATISTICS
            meant = words.nearest(text, known)
            args = {"value": text, "known": ", ".join(known), "close": meant or ""}
            self.faults.add(code, (*path, key), args, variant="close" if meant else None)
        return found

    def _of(self, node: Mapping[str, Any], path: Path) -> Any:
        text = text_of(node.get("of"))
        if text is None:
            return "total"
        found = words.canonical(text, words.OF)
        if found is None:
            args = {"value": text, "known": ", ".join(words.names(words.OF)), "close": ""}
            self.faults.add("GRB042", (*path, "of"), args)
        return cast(Any, found or "total")


_ALIASES = {"water_temperature": "water.temperature"}
_NO_FACTS = frozenset(OBSERVATION_KEYS) - {"water"}


def duplicate(faults: Faults, name: str, path: Path, first: Path) -> None:
    """Note that two things go by one id."""
    from greenbri.errors import Related

    place = faults.document.position([*faults.base, *first])
    faults.add("GRB130", path, {"name": name}, related=[Related(place, "project.first")])


def _with_unit(text: str, parameter: Parameter, quantity: Quantity) -> Quantity:
    """A bare number where only one unit is possible."""
    from greenbri.quantity import parse

    bare = {"ph": "pH", "ringelmann": "Ringelmann"}.get(parameter.kind if parameter.kind == "ph" else parameter.name)
    return parse(f"{text} {bare}") if bare else quantity
