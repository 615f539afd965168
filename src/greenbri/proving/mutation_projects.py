"""Projects at a point: as little as a project file must say for a rule to speak, with papers or a figure or without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from greenbri.evaluate.values import limit_on, segment_on
from greenbri.evaluate.view import View
from greenbri.model.rule import (
    AlternativeTest,
    Classification,
    DocumentNeed,
    FactDefinition,
    LimitTest,
    Need,
    NeedGroup,
    NoLimitTest,
    Pack,
    RequirementTest,
    Rule,
)
from greenbri.proving.conditions import number
from greenbri.proving.mutation_points import Point, points, written
from greenbri.proving.standpoint import standpoint

_PLANT = "plant."
_YEAR = timedelta(days=365)
_OF_PROJECT = ("country", "sector", "status")


class Projects:
    """Writes projects for the rules of one pack; `facts` has the classes of the pack among its facts."""

    def __init__(self, pack: Pack, facts: Mapping[str, FactDefinition], day: date) -> None:
        classes = {f"class.{one.scheme}": one for one in pack.classifications}
        self.facts = dict(facts)
        for name, one in classes.items():
            self.facts.setdefault(name, FactDefinition(name, "term", "project", one.title, values=one.values))
        self._schemes: Mapping[str, Classification] = classes
        self.pack = pack
        self.day = day

    def view(self, point: Point, medium: str, day: date) -> View | None:
        """The view from a point; None where it cannot be stated."""
        try:
            return standpoint(written(point, self.facts), self.pack, self.facts, medium, day)
        except ValueError:
            return None

    def of(self, rule: Rule, point: Point, day: date) -> Iterator[dict[str, Any]]:
        """Projects for which the rule speaks on a day."""
        facts = written(self._without_classes(point), self.facts)
        test = rule.test.members[0].test if isinstance(rule.test, AlternativeTest) else rule.test
        if not isinstance(test, (LimitTest, NoLimitTest)):
            project = self.at(facts)
            for papers in _papers(test.need, day) if isinstance(test, RequirementTest) else ([],):
                yield {**project, "documents": papers} if papers else project
            return
        own = {name: one for name, one in facts.items() if self._of(name) != "project" and not name.startswith(_PLANT)}
        project = self.at({name: one for name, one in facts.items() if name not in own})
        source: dict[str, Any] = {"id": "s", "kind": test.medium, "facts": own}
        for observations in ([*self._figures(test, rule, point, day)], []):
            yield {**project, "sources": [{**source, "observations": observations}]}

    def at(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """A project of which no more is known than these facts."""
        project: dict[str, Any] = {
            "country": str(facts.get("country", self._home())),
            "sector": str(facts.get("sector", next(iter(self.pack.sectors), "power.coal"))),
        }
        if "status" in facts:
            project["status"] = facts["status"]
        plain = {name.removeprefix(_PLANT): one for name, one in facts.items() if name not in _OF_PROJECT}
        return {**project, "facts": plain} if plain else project

    def _without_classes(self, point: Point) -> Point:
        """A class that the pack itself proposes is stated by facts that lead to it."""
        plain: Point = {}
        for name, value in point.items():
            scheme = self._schemes.get(name)
            leading = [one for one in scheme.rules if one.value == value] if scheme is not None else []
            for rule in leading[:1]:
                plain.update(next(points(rule.when, self.facts), {}))
            if not leading:
                plain[name] = value
        return {**plain, **{name: value for name, value in point.items() if name in plain}}

    def _of(self, name: str) -> str:
        definition = self.facts.get(name)
        return definition.of if definition is not None else "project"

    def _home(self) -> str:
        from greenbri.vocabulary import is_group, members

        home = (self.pack.binds.of or self.pack.jurisdiction).split("-")[0]
        if is_group(home):
            return sorted(members(home, self.day))[0]
        return home if self.pack.binds.by == "territory" else "KH"

    def _figures(self, test: LimitTest | NoLimitTest, rule: Rule, point: Point, day: date) -> Iterator[dict[str, Any]]:
        """A figure that stands right at the limit."""
        segment = segment_on(test, day) if isinstance(test, LimitTest) else None
        view = self.view(point, test.medium, day)
        if segment is None or view is None or not isinstance(test, LimitTest):
            return
        limit = limit_on(segment, view, self.pack.coefficients)
        single = limit.high if limit.high is not None else limit.low
        if single is None or limit.missing:
            return
        state = f" @ {test.reference}" if test.reference else ""
        figure: dict[str, Any] = {
            "parameter": f"removal.{test.parameter}" if test.kind == "removal" else test.parameter,
            "value": f"{number(single)} {test.unit}{state}",
            "statistic": "min" if test.operator in (">=", ">") else "max",
            "covers": {"from": (day - _YEAR).isoformat(), "to": (day - timedelta(days=1)).isoformat()},
        }
        yield {**figure, "period": test.period} if test.period else figure


def _papers(need: Need, day: date) -> Iterator[list[dict[str, Any]]]:
    """None of the documents, each alone, all of them."""
    types = list(dict.fromkeys(_types(need)))
    listed = [{"type": name, "date": (day - timedelta(days=30)).isoformat()} for name in types]
    yield []
    yield from ([one] for one in listed)
    if len(listed) > 1:
        yield listed


def _types(need: Need) -> Iterator[str]:
    if isinstance(need, DocumentNeed):
        yield need.document
    elif isinstance(need, NeedGroup):
        for part in need.parts:
            yield from _types(part)
