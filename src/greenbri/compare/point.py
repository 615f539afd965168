"""Where in the law a comparison stands: the facts that options give, and the view of a pack from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from greenbri.compare.common_form import Wanted
from greenbri.evaluate.view import View
from greenbri.model.condition import ALWAYS, AllOf, AnyOf, Condition, DateIn, all_of
from greenbri.model.finding import Remark
from greenbri.model.project import Fact, FactValue, Project, Subject
from greenbri.model.rule import FactDefinition, Pack, Text
from greenbri.quantity import Quantity, QuantityError, as_power, parse
from greenbri.rulepack.facts import common_facts
from greenbri.rulepack.problems import CellError

# Nobody says these, because they are the rule.
USUAL: Mapping[str, FactValue] = {"operating_state": "normal", "phase": "operation"}
MILESTONES = frozenset({"dates.filing", "dates.permit", "dates.construction", "dates.operation"})
_NEVER = AnyOf(())


@dataclass(frozen=True)
class Point:
    """A kind of installation, as far as the options say it.

    `size` is a quantity such as `600 MW`, taken for the unit and for the plant. A `new` one has all its milestones on
    the day of the comparison or behind it, an `existing` one before it. `facts` are further facts by name, as a cell
    of a pack would say them. `volume` is the specific volume of gas or of water.
    """

    sector: str
    parameters: tuple[str, ...] = ()
    as_of: date = date.max
    media: tuple[str, ...] = ()
    fuel: str = ""
    size: str = ""
    age: Literal["", "new", "existing"] = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    heat_rate: Quantity | None = None
    volume: Quantity | None = None
    wanted: Wanted = field(default_factory=Wanted)

    @cached_property
    def stated(self) -> dict[str, FactValue]:
        """The facts by name. Raises CellError for a name or a value that is none."""
        found: dict[str, FactValue] = {"sector": self.sector}
        if self.burnt:
            found["fuel"] = self.burnt
        if self.size:
            name, number = _size(self.size)
            found[name] = number
        found.update(
            {name: fact_value(name, cell, common_facts()) for name, cell in self.facts.items() if _common(name)}
        )
        return found

    @property
    def burnt(self) -> str:
        """The fuel: as stated, else the one that a sector of power is named for."""
        return self.fuel or _fuel_of(self.sector)

    @property
    def assumptions(self) -> tuple[Remark, ...]:
        """What the point takes for granted."""
        burnt = self.burnt
        if self.fuel or not burnt:
            return ()
        return (Remark("compare.remark.fuel_of_sector", (("fuel", burnt), ("sector", self.sector))),)

    def view(self, pack: Pack, medium: str, *, bare: bool = False) -> View:
        """The facts in reach of a pack's rules. What a pack supposes abroad, and that operation is normal, is supposed
        here unless it is stated; `bare` supposes nothing."""
        own = {fact.name: fact for fact in pack.facts}
        stated = {name: Fact(value, "") for name, value in self.stated.items()}
        stated.update({name: Fact(fact_value(name, cell, own), "") for name, cell in self.facts.items() if name in own})
        home = home_of(pack)
        if home and "country" not in stated:
            stated["country"] = Fact(home, "")
        project = Project("comparison", Text("", ""), home or "XX", self.sector, None, stated, ())
        subject = Subject("comparison", medium, "", facts=stated, specific_volume=self.volume, heat_rate=self.heat_rate)
        return View(project, subject, None, {} if bare else {**USUAL, **supposed(pack)})

    def narrowed(self, condition: Condition) -> Condition:
        """The condition with what is known of milestones: those of an existing installation lie behind."""
        if not self.age:
            return condition
        if isinstance(condition, AllOf):
            return all_of(*(self.narrowed(part) for part in condition.parts))
        if isinstance(condition, AnyOf):
            return AnyOf(tuple(self.narrowed(part) for part in condition.parts))
        if isinstance(condition, DateIn) and condition.fact in MILESTONES and condition.fact not in self.facts:
            return self._dated(condition)
        return condition

    def _dated(self, condition: DateIn) -> Condition:
        """A condition on a milestone: at most the day for an existing installation, at least the day for a new one."""
        start, end = condition.start, condition.end
        if self.age == "new":
            if end is not None and end <= self.as_of:
                return _NEVER
            return ALWAYS if end is None and (start is None or start <= self.as_of) else condition
        if start is not None and start > self.as_of:
            return _NEVER
        return ALWAYS if start is None and (end is None or end > self.as_of) else condition

    def listed(self) -> tuple[tuple[str, str], ...]:
        """The facts in words, for the head of a table."""
        age = (("age", self.age),) if self.age else ()
        return (*((name, _worded(value, name)) for name, value in self.stated.items()), *age)


def supposed(pack: Pack) -> dict[str, FactValue]:
    """The facts of its home territory that a pack supposes where it is laid beside others."""
    definitions = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
    found: dict[str, FactValue] = {}
    for name, cell in pack.as_benchmark.items():
        found[name] = cell if isinstance(cell, bool) else fact_value(name, cell, definitions)
    return found


def home_of(pack: Pack) -> str:
    """The one country whose territory the pack is for; empty where there is none."""
    from greenbri.vocabulary import is_group

    home = pack.binds.of or pack.jurisdiction
    return home.split("-")[0] if pack.binds.by == "territory" and not is_group(home) else ""


def open_parts(condition: Condition, view: View) -> Condition:
    """What of a condition the facts leave open; ALWAYS where they settle it."""
    if isinstance(condition, AllOf):
        return all_of(*(open_parts(part, view) for part in condition.parts))
    truth = view.holds(condition)
    if truth.value is True:
        return ALWAYS
    if isinstance(condition, AnyOf):
        return AnyOf(tuple(open_parts(part, view) for part in condition.parts if view.holds(part).value is not False))
    return condition


def fact_value(name: str, cell: Any, facts: Mapping[str, FactDefinition]) -> FactValue:
    """A fact as a cell of a table would say it. Raises CellError."""
    from greenbri.proving.standpoint import value

    return value(name, cell, facts)


def _common(name: str) -> bool:
    return name in common_facts() or name.startswith("class.")


def _fuel_of(sector: str) -> str:
    from greenbri.vocabulary import UnknownName
    from greenbri.vocabulary import fuel as known

    family, _, kind = sector.partition(".")
    if family != "power" or not kind:
        return ""
    try:
        return known(kind.split(".")[0]).name
    except UnknownName:
        return ""


def _size(text: str) -> tuple[str, Any]:
    """The fact that a size states, by its dimension, and its number in the unit of that fact."""
    from greenbri.rulepack.numbers import number_in

    try:
        quantity = parse(text)
    except QuantityError as error:
        raise CellError("GRB204", text=text, unit="MW", reason=str(error)) from None
    quantity = as_power(quantity, "electrical")
    for name, definition in common_facts().items():
        if not name.startswith("size.") or not definition.unit:
            continue
        try:
            return name, number_in(str(replace(quantity)), definition.unit)
        except CellError:
            continue
    raise CellError("GRB204", text=text, unit="MW, t/h, m3/d, p.e., t/d", reason="no size of an installation")


def _worded(value: FactValue, name: str) -> str:
    from fractions import Fraction

    from greenbri.proving.conditions import number

    if isinstance(value, Fraction):
        known = common_facts().get(name)
        return f"{number(value)} {known.unit if known is not None and known.unit != '1' else ''}".rstrip()
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
