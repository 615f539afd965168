"""Which slips are noticed: only the cases and readings that a slip can reach run again, the likeliest first.

A reading can notice a slip where the rule applied before it or applies after it. A case can where it expects something
of the rule, of a rule that its table settles with it, or of the governing limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from greenbri.evaluate.values import segment_on
from greenbri.evaluate.view import View
from greenbri.model.condition import Condition, leaves
from greenbri.model.rule import AlternativeTest, LimitTest, NoLimitTest, Pack, Rule
from greenbri.proving.case_file import Expectation
from greenbri.proving.case_run import Prepared, run
from greenbri.proving.coverage_evidence import Evidence, HeldCase, HeldReading
from greenbri.proving.mutation_form import Mutant, mutated
from greenbri.proving.read_value import Read, read_value
from greenbri.proving.reading_run import limits_of, run_reading
from greenbri.proving.standpoint import applies, standpoint
from greenbri.rulepack.facts import common_facts

_IN_EVERY_CASE = "findings.fails_in_every_case"
_STATES = frozenset({"airshed", "water_state"})
_BASELINES = frozenset({"ambient", "water-body"})
_WIDE = 4  # tables; a slip in more of them concerns the whole pack


@dataclass(frozen=True)
class _Values:
    """A reading with its quantity and its place among the others."""

    held: HeldReading
    read: Read
    number: int


# reading, medium and the identity of a condition
_Known = dict[tuple[int, str, int], bool]


class Trial:
    """The evidence of a pack, indexed by what it can notice."""

    def __init__(self, proofs: Evidence) -> None:
        self.pack: Pack = proofs.pack
        self.facts = {**common_facts(), **{fact.name: fact for fact in self.pack.facts}}
        self.limits = {rule.id: rule for rule in limits_of(self.pack)}
        self._group = {
            member.id: rule.id
            for rule in self.pack.rules
            if isinstance(rule.test, AlternativeTest)
            for member in rule.test.members
        }
        self._readings = [_Values(one, read_value(one.reading.form), n) for n, one in enumerate(proofs.readings)]
        self._by_parameter: dict[str, list[_Values]] = {}
        for one in self._readings:
            for name in one.read.parameters:
                self._by_parameter.setdefault(name, []).append(one)
        self._subsets: dict[frozenset[str], tuple[Rule, ...]] = {}
        self._views: dict[tuple[int, str], View] = {}
        self._known: _Known = {}
        self._cases = [_Watch(one, self.pack) for one in proofs.cases]
        self._killers: dict[str, object] = {}
        asked = {leaf.fact for rule in self.pack.rules for leaf in leaves(rule.applies)}
        self._uses_classes = any(fact.startswith("class.") for fact in asked)
        self._uses_states = bool(asked & _STATES)

    def killed(self, mutant: Mutant) -> bool:
        """Whether a case or a reading that holds fails on the slip."""
        for one in self._readings_for(mutant):
            if self.fails_reading(one.held, mutant, one.read):
                self._killers[mutant.rule] = one
                return True
        return any(self._fails_case(watch, mutant) for watch in self._cases if self._notices(watch, mutant))

    def fails_reading(self, held: HeldReading, mutant: Mutant | None, read: Read | None = None) -> bool:
        """Whether a reading disagrees with the changed pack, or with the pack itself without a slip."""
        wanted = (read or read_value(held.reading.form)).parameters
        rules = self._subsets.get(wanted)
        if rules is None:
            rules = self._subsets[wanted] = tuple(about(wanted, self.pack))
        pack = replace(self.pack, rules=rules) if mutant is None else mutated(self.pack, mutant, rules)
        try:
            return not run_reading(held.reading, pack, held.day, beside=held.beside).passed
        except Exception:  # a pack that can no longer be asked is noticed
            return True

    def _readings_for(self, mutant: Mutant) -> Iterator[_Values]:
        """Those at whose points a changed rule applied, first the one that noticed the last slip; then where it applies
        now and did not before."""
        if mutant.schemes and self._uses_classes:
            yield from self._readings
            return
        changed = [(old, mutant.rules.get(name, old)) for name in mutant.ids if (old := self.limits.get(name))]
        seen: set[int] = set()
        reached: list[_Values] = []
        fresh: dict[tuple[int, str, int], bool] = {}
        for old, new in changed:
            for one in self._near(old):
                if one.number in seen or not self._applies(one, old, self._known, None):
                    continue
                altered = new.test != old.test or bool(mutant.coefficients)
                if altered or not self._applies(one, new, fresh, mutant.scope):
                    seen.add(one.number)
                    reached.append(one)
        last = self._killers.get(mutant.rule)
        yield from sorted(reached, key=lambda one: one is not last)
        for old, new in changed:
            if mutant.scope is None and mutant.kind != "day" and new.applies is old.applies:
                continue
            for one in self._near(old):
                if one.number in seen or self._applies(one, old, self._known, None):
                    continue
                if self._applies(one, new, fresh, mutant.scope):
                    seen.add(one.number)
                    yield one

    def _near(self, rule: Rule) -> Iterator[_Values]:
        """The readings of a limit's parameter, and of its medium where they say one."""
        assert isinstance(rule.test, (LimitTest, NoLimitTest))
        for one in self._by_parameter.get(rule.test.parameter, ()):
            if one.held.reading.form.medium in (None, rule.test.medium):
                yield one

    def _applies(self, one: _Values, rule: Rule, known: _Known, scope: Condition | None) -> bool:
        """Whether a rule applies at a reading; `known` has what was found out for conditions that are still there."""
        test, day = rule.test, one.held.day
        assert isinstance(test, (LimitTest, NoLimitTest))
        if not rule.valid.covers(day) or (isinstance(test, LimitTest) and segment_on(test, day) is None):
            return False
        key = (one.number, test.medium, id(rule.applies))
        if key not in known:
            view = self._views.get(key[:2])
            if view is None:
                when = one.held.reading.form.when
                view = self._views[key[:2]] = standpoint(when, self.pack, self.facts, test.medium, day)
            known[key] = applies(view, self.pack.scope if scope is None else scope, rule.applies).value is True
        return known[key]

    def _notices(self, watch: _Watch, mutant: Mutant) -> bool:
        if mutant.schemes or mutant.scope is not None:
            return True
        names = mutant.ids
        if any(name in watch.rules or self._group.get(name, "") in watch.rules for name in names):
            return True
        tables = {table_of(name) for name in names}
        if tables & watch.settled or (watch.governing and tables & watch.tables):
            return True
        return self._sets_state(mutant)

    def _sets_state(self, mutant: Mutant) -> bool:
        """Whether a baseline that is judged otherwise sets a fact that other rules of the pack ask for."""
        if not self._uses_states:
            return False
        tests = [self.limits[name].test for name in mutant.ids if name in self.limits]
        return any(isinstance(test, LimitTest) and test.medium in _BASELINES for test in tests)

    def _fails_case(self, watch: _Watch, mutant: Mutant) -> bool:
        tables = frozenset(table_of(name) for name in mutant.ids)
        whole = (
            bool(mutant.schemes) or mutant.scope is not None or watch.governing or len(tables) > _WIDE
            or self._sets_state(mutant)
        )  # fmt: skip
        if not whole:
            narrow = watch.narrowed(tables, self.pack)
            if narrow is not None:
                return _fails(narrow[0], mutated(self.pack, mutant, narrow[1]))
        return _fails(watch.held.prepared, mutated(self.pack, mutant))


class _Watch:
    """What a case looks at."""

    def __init__(self, held: HeldCase, pack: Pack) -> None:
        self.held = held
        expectations = held.prepared.case.expectations
        self.rules = frozenset(_full(one, pack) for one in expectations if one.form.rule is not None)
        self.tables = frozenset(table_of(name) for name in self.rules)
        self.governing = any(one.form.governing is not None for one in expectations)
        self.settled = frozenset(
            table_of(finding.rule)
            for one in held.result.snapshots
            for finding in one.findings
            if any(remark.key == _IN_EVERY_CASE for remark in finding.remarks)
        )
        self._narrow: dict[frozenset[str], tuple[Prepared, tuple[Rule, ...]] | None] = {}

    def narrowed(self, tables: frozenset[str], pack: Pack) -> tuple[Prepared, tuple[Rule, ...]] | None:
        """The case with its expectations of some tables, and their rules; None where these alone do not hold."""
        if tables not in self._narrow:
            case = self.held.prepared.case
            wanted = tuple(
                one for one in case.expectations if one.form.rule is not None and table_of(_full(one, pack)) in tables
            )
            prepared = replace(self.held.prepared, case=replace(case, expectations=wanted))
            rules = tuple(rule for rule in pack.rules if table_of(rule.id) in tables)
            holds = not _fails(prepared, replace(pack, rules=rules))
            self._narrow[tables] = (prepared, rules) if holds else None
        return self._narrow[tables]


def _fails(prepared: Prepared, pack: Pack) -> bool:
    try:
        return not run(prepared, pack).passed
    except Exception:  # a pack that the evaluator stumbles over is noticed
        return True


def _full(expectation: Expectation, pack: Pack) -> str:
    name = str(expectation.form.rule)
    return name if name.startswith(f"{pack.id}/") else f"{pack.id}/{name}"


def table_of(rule: str) -> str:
    """The table of a rule; of a duty, its own name."""
    return rule.rsplit("/", 1)[-1].split(".")[0]


def about(parameters: frozenset[str], pack: Pack) -> Iterator[Rule]:
    """The rules of a pack that limit one of the parameters."""
    for rule in pack.rules:
        members: Sequence[Rule] = rule.test.members if isinstance(rule.test, AlternativeTest) else (rule,)
        if any(isinstance(one.test, (LimitTest, NoLimitTest)) and one.test.parameter in parameters for one in members):
            yield rule
