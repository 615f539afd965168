"""What is known where a rule is applied, and whether a condition holds there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from typing_extensions import assert_never

from greenbri.evaluate.truth import FALSE, TRUE, Truth, conjunction, disjunction, undecided
from greenbri.model.condition import FUEL_COUNT, AllOf, AnyOf, Condition, DateIn, Is, NumberIn, TermIn
from greenbri.model.project import Fact, FactValue, Observation, Project, Subject

# An observation that does not say otherwise speaks of normal operation.
_ASSUMED_OF_OBSERVATIONS: Mapping[str, Fact] = {
    "operating_state": Fact("normal", ""),
    "phase": Fact("operation", ""),
}
_PLANT = "plant."
# the sector says the family of the main fuel; which member it is, and what else is burnt, it does not say
_FUEL_OF = {"power.coal": "coal", "power.gas": "gas", "power.oil": "oil", "power.biomass": "biomass"}
_MILESTONES = ("dates.filing", "dates.permit", "dates.construction", "dates.operation", "dates.end")
_HEAT_OF = {"size.thermal": "size.electrical", "plant.size.thermal": "plant.size.electrical"}


@dataclass(frozen=True)
class View:
    """The facts in reach of a rule: of the observation first, then the subject, the project and the assumptions.

    `assumed` are facts of the home territory that a pack supposes where it is only a benchmark; `used` collects those
    that were needed.
    """

    project: Project
    subject: Subject | None = None
    observation: Observation | None = None
    assumed: Mapping[str, FactValue] = field(default_factory=dict)

    def of(self, observation: Observation) -> View:
        """The same view from one of the subject's observations."""
        return View(self.project, self.subject, observation, self.assumed)

    def fact(self, name: str) -> Fact | None:
        """The fact of that name, or None where nobody stated it."""
        if name == FUEL_COUNT:
            burnt = self.subject.fuels if self.subject is not None else ()
            return Fact(Fraction(max(len(burnt), 1)), "")
        if name.startswith(_PLANT):
            return self.project.facts.get(name[len(_PLANT) :])
        if self.observation is not None and name in self.observation.facts:
            return self.observation.facts[name]
        if self.subject is not None and name in self.subject.facts:
            return self.subject.facts[name]
        found = self.project.facts.get(name)
        if found is not None:
            return found
        if name.startswith("class."):
            return self.project.classes.get(name[6:])
        if name in self.assumed:
            return Fact(self.assumed[name], "")
        if name == "fuel" and self.project.sector in _FUEL_OF:
            return Fact(_FUEL_OF[self.project.sector], "")
        if self.observation is not None:
            return _ASSUMED_OF_OBSERVATIONS.get(name)
        return None

    def holds(self, condition: Condition) -> Truth:
        """Whether the condition holds here, in three-valued logic."""
        if isinstance(condition, AllOf):
            return conjunction(self.holds(part) for part in condition.parts)
        if isinstance(condition, AnyOf):
            return disjunction(self.holds(part) for part in condition.parts)
        fact = self.fact(condition.fact)
        if fact is None:
            return self._bounded(condition)
        value = fact.value
        if isinstance(condition, TermIn):
            return _term(condition, value)
        if isinstance(condition, NumberIn):
            return _number(condition, value)
        if isinstance(condition, DateIn):
            return _date(condition, value)
        if isinstance(condition, Is):
            if not isinstance(value, bool):
                return undecided(condition.fact)
            return TRUE if value is condition.value else FALSE
        assert_never(condition)

    def _bounded(self, condition: TermIn | NumberIn | DateIn | Is) -> Truth:
        """A fact that nobody stated may still be bounded by others: milestones follow in order, and a plant takes in
        more heat than it gives out as electricity."""
        if isinstance(condition, DateIn) and condition.fact in _MILESTONES:
            place = _MILESTONES.index(condition.fact)
            first = [day for name in _MILESTONES[:place] if (day := self._day(name)) is not None]
            last = [day for name in _MILESTONES[place + 1 :] if (day := self._day(name)) is not None]
            return _within(condition, max(first, default=None), min(last, default=None))
        if isinstance(condition, NumberIn) and condition.fact in _HEAT_OF:
            output = self.fact(_HEAT_OF[condition.fact])
            if output is not None and isinstance(output.value, Fraction):
                return _at_least(condition, output.value)
        return undecided(condition.fact)

    def _day(self, name: str) -> date | None:
        fact = self.fact(name)
        return fact.value if fact is not None and isinstance(fact.value, date) else None


def _within(condition: DateIn, first: date | None, last: date | None) -> Truth:
    """Whether a day known to lie between two others is inside the condition's range."""
    after_start = condition.start is None or (first is not None and first >= condition.start)
    before_end = condition.end is None or (last is not None and last < condition.end)
    if after_start and before_end:
        return TRUE
    if condition.start is not None and last is not None and last < condition.start:
        return FALSE
    if condition.end is not None and first is not None and first >= condition.end:
        return FALSE
    return undecided(condition.fact)


def _at_least(condition: NumberIn, least: Fraction) -> Truth:
    """Whether a number known to be at least `least` is inside the condition's range."""
    low, high = condition.low, condition.high
    if high is not None:
        beyond = least > high or (least == high and not condition.high_inclusive)
        return FALSE if beyond else undecided(condition.fact)
    inside = low is None or least > low or (least == low and condition.low_inclusive)
    return TRUE if inside else undecided(condition.fact)


def _term(condition: TermIn, value: FactValue) -> Truth:
    if isinstance(value, (bool, date, Fraction)):
        return undecided(condition.fact)
    values = (value,) if isinstance(value, str) else value
    found: Truth = FALSE
    for one in values:
        for term in condition.terms:
            if one == term or one.startswith(term + "."):
                found = TRUE
                break
            if term.startswith(one + ".") and found.value is False:
                # only the family is known ("coal"), the rule speaks of a member ("coal.lignite")
                found = undecided(condition.fact)
        if found.value is True:
            break
    return ~found if condition.negated else found


def _number(condition: NumberIn, value: FactValue) -> Truth:
    if not isinstance(value, Fraction):
        return undecided(condition.fact)
    if condition.low is not None and (
        value < condition.low or (value == condition.low and not condition.low_inclusive)
    ):
        return FALSE
    if condition.high is not None and (
        value > condition.high or (value == condition.high and not condition.high_inclusive)
    ):
        return FALSE
    return TRUE


def _date(condition: DateIn, value: FactValue) -> Truth:
    if not isinstance(value, date):
        return undecided(condition.fact)
    if condition.start is not None and value < condition.start:
        return FALSE
    if condition.end is not None and value >= condition.end:
        return FALSE
    return TRUE
