"""Words that the compiler does not resolve: jurisdictions, memberships, lenders, standards, classes, periods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from greenbri.model.condition import Condition, TermIn, leaves
from greenbri.model.rule import Pack
from greenbri.quantity.dimension import TEQ_SCHEMES
from greenbri.rulepack.lint.conditions import conditions_of, conditions_with_places
from greenbri.rulepack.lint.examined import Check, Examined, Issue, escaped

_PERIOD = re.compile(r"^(?:instant|run|season|quarter|week|month|year|[1-9]\d*(?:\.\d+)?(?:min|h|d|month|year))$")
_PERIODS = ("instant", "run", "10min", "15min", "30min", "1h", "8h", "24h", "week", "30d", "month", "season", "year")


class UnknownWord(Check):
    """A jurisdiction, membership list, lender, standard, sum member or basis that no vocabulary has."""

    code = "GRB235"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        from greenbri import vocabulary as known

        form = pack.form
        binds = form.binds
        yield from self._word(form.jurisdiction, "/jurisdiction", "jurisdictions", known.jurisdiction)
        if binds.of and binds.by in ("territory", "person", "market") and not known.is_group(binds.of):
            yield from self._word(binds.of.split("-")[0], "/binds/of", "countries", known.country)
        for number, name in enumerate(binds.lenders):
            yield from self._word(name, f"/binds/lenders/{number}", "lenders", known.lender)
        for number, name in enumerate(binds.standards):
            yield from self._word(name, f"/binds/standards/{number}", "standards", known.standard)
        for pointer, table in pack.tables():
            for column, limit in table.limits.items():
                place = f"{pointer}/limits/{escaped(column)}"
                for number, name in enumerate(limit.members):
                    yield from self._word(name, f"{place}/members/{number}", "parameters", _known_parameter)
                if limit.basis:
                    yield from self._word(limit.basis, f"{place}/basis", "parameters", _known_basis)

    def _word(self, name: str, pointer: str, vocabulary: str, find: Callable[[str], object]) -> Iterator[Issue]:
        from greenbri.vocabulary import AmbiguousName, UnknownName

        try:
            find(name)
        except AmbiguousName:
            return
        except UnknownName as error:
            near = ", ".join(error.suggestions) or "-"
            yield self.issue(pointer, name=name, vocabulary=vocabulary, near=near)


def _known_parameter(name: str) -> object:
    from greenbri.vocabulary import parameter

    return parameter(name)


def _known_basis(name: str) -> object:
    from greenbri.vocabulary import UnknownName, molar_mass, parameter

    if name in TEQ_SCHEMES:
        return name
    try:
        return molar_mass(name)
    except UnknownName:
        return parameter(name)


class UnknownPeriod(Check):
    """An averaging time that no observation can have, so that the limit can never be met nor missed."""

    code = "GRB236"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for pointer, text in self._periods(pack):
            if not _PERIOD.match(text):
                near = ", ".join(get_close_matches(text, _PERIODS, 3)) or ", ".join(_PERIODS)
                yield self.issue(pointer, text=text, near=near)

    @staticmethod
    def _periods(pack: Examined) -> Iterator[tuple[str, str]]:
        for pointer, table in pack.tables():
            if table.period:
                yield f"{pointer}/period", table.period
            for name, limit in table.limits.items():
                if limit.period:
                    yield f"{pointer}/limits/{escaped(name)}/period", limit.period
            for number, scaled in enumerate(table.forms):
                yield f"{pointer}/forms/{number}/period", scaled.period
            if "period" in table.columns:
                column = table.columns.index("period")
                for number, row in enumerate(table.rows):
                    if len(row) > column and row[column] not in (None, "", "-"):
                        yield f"{pointer}/rows/{number}/{column}", str(row[column])


class UnknownClass(Check):
    """A condition on a class that no scheme of any pack can give."""

    code = "GRB237"

    def compare(self, packs: Sequence[Examined], library: Sequence[Pack]) -> Iterator[tuple[Examined, Issue]]:
        schemes: dict[str, set[str]] = {}
        for pack in (*(one.pack for one in packs), *library):
            for scheme in pack.classifications:
                schemes.setdefault(scheme.scheme, set()).update(scheme.values)
        for one in packs:
            for condition, pointer in conditions_with_places(one):
                yield from ((one, issue) for issue in self._unknown(condition, pointer, schemes))

    def _unknown(self, condition: Condition, pointer: str, schemes: dict[str, set[str]]) -> Iterator[Issue]:
        for leaf in leaves(condition):
            if not isinstance(leaf, TermIn) or not leaf.fact.startswith("class."):
                continue
            values = schemes.get(leaf.fact[6:])
            if values is None:
                near = ", ".join(get_close_matches(leaf.fact[6:], list(schemes), 3)) or "-"
                yield self.issue(pointer, name=leaf.fact, near=near)
                continue
            for term in leaf.terms:
                if not any(value == term or value.startswith(f"{term}.") for value in values):
                    yield self.issue(pointer, name=f"{leaf.fact} {term}", near=", ".join(sorted(values)))


class UnusedFact(Check):
    """A fact that the pack declares, or assumes abroad, and that no condition names: a question asked for nothing."""

    code = "GRB238"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        used = {leaf.fact for condition in conditions_of(pack) for leaf in leaves(condition)} | _numbers_used(pack)
        for name in pack.form.facts:
            if name not in used:
                yield self.at_key(f"/facts/{escaped(name)}", fact=name)
        for name in pack.form.as_benchmark:
            if name not in used and name not in pack.form.facts:
                yield self.at_key(f"/as_benchmark/{escaped(name)}", fact=name)


def _numbers_used(pack: Examined) -> set[str]:
    """The facts that limits are computed from."""
    from greenbri.model.rule import Interpolated, Mixed, Product

    used: set[str] = set()
    for one in pack.limits:
        for segment in one.test.segments:
            for end in (segment.low, segment.high):
                if isinstance(end, (Interpolated, Mixed)):
                    used.add(end.fact)
                elif isinstance(end, Product):
                    used.update(factor.fact for factor in end.factors if factor.fact)
    return used


class UnknownAssumption(Check):
    """An assumption for projects abroad with a word that its fact cannot have."""

    code = "GRB239"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for name, value in pack.form.as_benchmark.items():
            definition = pack.facts.get(name)
            if definition is None:
                continue
            words = definition.values
            wrong = bool(words) and str(value) not in words
            wrong = wrong or (definition.type == "bool" and not isinstance(value, bool))
            if wrong:
                known = ", ".join(words) or "true, false"
                yield self.issue(f"/as_benchmark/{escaped(name)}", fact=name, value=str(value), known=known)


CHECKS: tuple[type[Check], ...] = (UnknownWord, UnknownPeriod, UnknownClass, UnusedFact, UnknownAssumption)
