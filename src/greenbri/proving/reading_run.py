"""A read value against the pack: the limits that definitely apply at its point must say the same, in everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenbri.errors import Diagnostic, Related, diagnostic
from greenbri.evaluate.findings import form_text
from greenbri.evaluate.values import LimitOnDay, limit_on, segment_on
from greenbri.evaluate.view import View
from greenbri.messages import Word
from greenbri.model.rule import AlternativeTest, FactDefinition, Form, LimitTest, NoLimitTest, Pack, Rule
from greenbri.proving.conditions import number
from greenbri.proving.read_value import Read, ReadFault, averaging, read_value, same_reference
from greenbri.proving.reading_file import Reading
from greenbri.proving.standpoint import applies, standpoint
from greenbri.quantity import Reference, parse_unit
from greenbri.rulepack.problems import CellError
from greenbri.sources import Document

_NATURAL = {">=": ("minimum", "removal")}


@dataclass(frozen=True)
class Candidate:
    """A limit that definitely applies at the point, and its numbers there; None where the law says it sets none."""

    rule: Rule
    test: LimitTest | None
    limit: LimitOnDay | None


@dataclass(frozen=True)
class ReadingResult:
    """What came of a value, and the rules that it was compared with."""

    reading: Reading
    pack: str
    failures: tuple[Diagnostic, ...]
    rules: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the pack says what was read."""
        return not self.failures


def run_reading(
    reading: Reading,
    pack: Pack,
    day: date,
    document: Document | None = None,
    *,
    beside: Sequence[Reading] = (),
) -> ReadingResult:
    """Compare a value with the pack on a day; `document` is the pack's file, for its lines.

    Where the law sets several values at one point (a limit and a target, two thresholds), each value read must be one
    of them, and each of them must have been read: `beside` are the other values read at the same point.
    """
    from greenbri.rulepack.facts import common_facts

    facts = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
    try:
        read = read_value(reading.form)
        found, open_facts = candidates(reading, read, pack, facts, day)
    except CellError as error:
        return _failed(reading, pack, error.code, error.args_of_message, "when")
    except ReadFault as error:
        return _failed(reading, pack, "GRB278", {"reason": str(error), "label": reading.label}, error.field)
    chosen = narrowed(found, read)
    if not chosen:
        missing = ", ".join(open_facts) or "-"
        code = "GRB277" if open_facts else "GRB276"
        args: dict[str, object] = {"label": reading.label, "pack": pack.id, "day": day, "missing": missing}
        return _failed(reading, pack, code, args, "")
    failures: list[Diagnostic] = []
    for candidate in _at_odds(read, chosen, list(_readable(beside))):
        for what, wanted, got in differences(read, candidate):
            said = {"label": reading.label, "rule": candidate.rule.id, "what": Word(f"lint.what.{what}")}
            related: tuple[Related, ...] = ()
            if document is not None:
                related = (Related(document.position(candidate.rule.pointer), "lint.related.pack_says"),)
            place = reading.document.position(reading.pointer)
            failures.append(
                diagnostic(
                    "GRB275", place, {**said, "read": wanted, "found": got}, pointer=reading.pointer, related=related
                )
            )
    return ReadingResult(reading, pack.id, tuple(failures), tuple(one.rule.id for one in chosen))


def _readable(readings: Sequence[Reading]) -> Iterator[Read]:
    """The values that can be understood; the others are told of on their own."""
    for one in readings:
        try:
            yield read_value(one.form)
        except ReadFault:
            continue


def _at_odds(read: Read, chosen: Sequence[Candidate], others: Sequence[Read]) -> list[Candidate]:
    """The limits that nobody read at this point; where the value itself is none of them, the one that is nearest."""

    def told(one: Candidate, by: Read) -> int:
        return len(list(differences(by, one)))

    unread = [one for one in chosen if all(told(one, by) for by in (read, *others))]
    if any(not told(one, read) for one in chosen):
        return unread
    return [min(unread or chosen, key=lambda one: told(one, read))]


def _failed(reading: Reading, pack: Pack, code: str, args: Mapping[str, object], field: str) -> ReadingResult:
    pointer = f"{reading.pointer}/{field}" if field else reading.pointer
    fault = diagnostic(code, reading.document.position(pointer), args, pointer=pointer)
    return ReadingResult(reading, pack.id, (fault,))


def candidates(
    reading: Reading, read: Read, pack: Pack, facts: Mapping[str, FactDefinition], day: date
) -> tuple[list[Candidate], tuple[str, ...]]:
    """The limits for the parameter that definitely apply, and the facts for want of which others are open."""
    found: list[Candidate] = []
    missing: dict[str, None] = {}
    views: dict[str, View] = {}
    for rule in limits_of(pack):
        test = rule.test
        assert isinstance(test, (LimitTest, NoLimitTest))
        if test.parameter not in read.parameters or not rule.valid.covers(day):
            continue
        if reading.form.medium is not None and test.medium != reading.form.medium:
            continue
        segment = segment_on(test, day) if isinstance(test, LimitTest) else None
        if isinstance(test, LimitTest) and segment is None:
            continue
        view = views.get(test.medium)
        if view is None:
            view = views[test.medium] = standpoint(reading.form.when, pack, facts, test.medium, day)
        truth = applies(view, pack.scope, rule.applies)
        if truth.value is None:
            missing.update(dict.fromkeys(truth.missing))
        if truth.value is not True:
            continue
        if isinstance(test, NoLimitTest) or segment is None:
            found.append(Candidate(rule, None, None))
            continue
        limit = limit_on(segment, view, pack.coefficients)
        missing.update(dict.fromkeys(limit.missing))
        if not limit.missing and (limit.low, limit.high) != (None, None):
            found.append(Candidate(rule, test, limit))
    return found, tuple(missing)


def limits_of(pack: Pack) -> Iterator[Rule]:
    """The limits of a pack, members of groups one by one."""
    for rule in pack.rules:
        members = rule.test.members if isinstance(rule.test, AlternativeTest) else (rule,)
        yield from (one for one in members if isinstance(one.test, (LimitTest, NoLimitTest)))


def narrowed(found: Sequence[Candidate], read: Read) -> list[Candidate]:
    """Of several limits those that the value can be about: same dimension, then kind, period, form and so on.

    A quality that no limit shares narrows nothing, so that the comparison will name it.
    """
    tests: list[Callable[[Candidate], bool]] = [
        lambda one: one.test is not None and parse_unit(one.test.unit).dimension == read.dimension,
        lambda one: (one.test is None) == read.none,
        lambda one: one.test is not None and one.test.kind == read.kind,
        lambda one: one.test is not None and one.test.measures == read.measures,
        lambda one: one.test is not None and one.test.basis == read.basis,
        lambda one: one.test is not None and one.test.fraction == read.fraction,
        lambda one: one.test is not None and _same_averaging(read, one.test),
        lambda one: one.test is not None and read.form is not None and _forms_agree(read, one.test),
    ]
    said = (not read.none, True, read.kind, read.measures, read.basis, read.fraction, read.period_stated, True)
    chosen = list(found)
    for test, stated in zip(tests, said, strict=True):
        if stated:
            chosen = [one for one in chosen if test(one)] or chosen
    return chosen


def differences(read: Read, candidate: Candidate) -> Iterator[tuple[str, str, str]]:
    """Each quality in which a limit says another thing than was read: its name, what was read, what the pack says."""
    test, limit = candidate.test, candidate.limit
    if test is None or limit is None:
        if not read.none:
            yield "value", read.text, "none"
        return
    if read.none:
        yield "value", "none", shown(test, limit)
        return
    unit = parse_unit(test.unit)
    if unit.dimension != read.dimension:
        yield "unit", read.unit_text, test.unit
        return
    low, high = (None if end is None else end * unit.factor + unit.offset for end in (limit.low, limit.high))
    if not read.equals((low, high), test.operator, unit):
        yield "value", read.text, shown(test, limit)
    elif not _operators_agree(read.operator, test):
        yield "operator", read.operator or "<=", test.operator
    if read.kind and read.kind != test.kind:
        yield "kind", read.kind, test.kind
    if read.basis and read.basis != test.basis:
        yield "basis", read.basis, test.basis or "none"
    if read.measures and read.measures != test.measures:
        yield "measures", read.measures, test.measures
    if read.reference is not None and not same_reference(read.reference, Reference.parse(test.reference)):
        yield "reference", str(read.reference) or "none", test.reference or "none"
    if read.period_stated and not _same_averaging(read, test):
        yield "period", read.period or "none", test.period or "none"
    if not _forms_agree(read, test) and not (read.period_stated and _same_averaging(read, test, whole=True)):
        yield "form", read.form_text, form_text(test.form)


def _same_averaging(read: Read, test: LimitTest, *, whole: bool = False) -> bool:
    """The same time of averaging: a yearly mean as the mean of three years is a mean of three years.

    `whole` compares the form along with it.
    """
    form = read.form_in(test.period) or Form()
    one, other = averaging(read.period, form), averaging(test.period, test.form)
    return one == other if whole else one[0] == other[0] or averaging(read.period, Form())[0] == test.period


def _forms_agree(read: Read, test: LimitTest) -> bool:
    form = read.form_in(test.period)
    return form is not None and (form.share, form.years) == (test.form.share, test.form.years)


def _operators_agree(operator: str, test: LimitTest) -> bool:
    """A bare number is a maximum, or a minimum where the kind of limit is one."""
    if operator:
        return operator == test.operator
    natural = ">=" if test.kind in _NATURAL[">="] else "<="
    return test.operator in (natural, "range", "band")


def shown(test: LimitTest, limit: LimitOnDay) -> str:
    """The numbers of a limit as the pack has them."""
    unit = f" {test.unit}" if test.unit else ""
    if limit.low is not None and limit.high is not None:
        return f"{number(limit.low)}-{number(limit.high)}{unit}"
    single: Fraction | None = limit.high if limit.high is not None else limit.low
    assert single is not None
    sign = "" if test.operator in ("<=", "range", "band") else f"{test.operator} "
    return f"{sign}{number(single)}{unit}"
