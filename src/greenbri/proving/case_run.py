"""A case against its pack: the project is judged on the case's days, and what comes out is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from greenbri.errors import Diagnostic, InputError, diagnostic
from greenbri.evaluate.assess import Selection, snapshot
from greenbri.model.assessment import Snapshot
from greenbri.model.finding import Finding, Measure
from greenbri.model.project import Project
from greenbri.model.rule import Pack
from greenbri.proving.case_file import Case, Expectation
from greenbri.proving.conditions import number

# The subjects of a rule are reduced by the worst.
_WORST_FIRST = ("fail", "unknown", "waived", "pass", "not_applicable")
_LOWER = frozenset({">=", ">"})


@dataclass(frozen=True)
class Prepared:
    """A case whose project was read; it can be run again and again, also against changed packs."""

    case: Case
    project: Project
    days: tuple[date, ...]


@dataclass(frozen=True)
class CaseResult:
    """What came of a case: the mismatches, and all findings of its days for those who count what was reached."""

    case: Case
    pack: str
    failures: tuple[Diagnostic, ...]
    snapshots: tuple[Snapshot, ...] = field(default=(), repr=False)

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.failures


def prepare(case: Case, pack: Pack) -> Prepared:
    """The case with its project read by the facts of the pack; raises InputError at the lines of the case file."""
    from greenbri.rulepack.facts import common_facts
    from greenbri.sources.project import read_fragment

    facts = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
    project, _ = read_fragment(case.document, case.base, facts=facts)
    return Prepared(case, replace(project, id=case.id), case.days or (day_of(pack),))


def day_of(pack: Pack) -> date:
    """The day on which the sources of a pack were last looked at: a day for what names none, without a clock."""
    read = [rule.citation.checked for rule in pack.rules] + [one.citation.checked for one in pack.classifications]
    days = []
    for text in read:
        try:
            days.append(date.fromisoformat(text))
        except ValueError:
            continue
    return max(days, default=pack.instrument.in_force or date(2000, 1, 1))


def selection_of(pack: Pack) -> Selection:
    """The pack alone, with the weights of the library."""
    from greenbri.rulepack.facts import common_facts
    from greenbri.selection import weights

    return Selection(packs=(pack,), definitions=common_facts(), weights=weights())


def run_case(case: Case, pack: Pack) -> CaseResult:
    """Prepare and run; a project that cannot be read, or a fault of the evaluator, is a failure of the case."""
    try:
        return run(prepare(case, pack), pack)
    except InputError as error:
        return CaseResult(case, pack.id, error.diagnostics)
    except Exception as fault:  # one case must not hide the others
        place = case.document.position(case.pointer)
        args = {"case": case.id, "reason": f"{type(fault).__name__}: {fault}"}
        return CaseResult(case, pack.id, (diagnostic("GRB281", place, args, pointer=case.pointer),))


def run(prepared: Prepared, pack: Pack) -> CaseResult:
    """The outcome of a prepared case under a pack."""
    selection = selection_of(pack)
    snapshots = tuple(snapshot(prepared.project, selection, day) for day in prepared.days)
    extra = {one.day for one in prepared.case.expectations if one.day is not None} - set(prepared.days)
    by_day = {one.as_of: one for one in snapshots}
    by_day.update({day: snapshot(prepared.project, selection, day) for day in sorted(extra)})
    failures: list[Diagnostic] = []
    for expectation in prepared.case.expectations:
        days = prepared.days if expectation.day is None else (expectation.day,)
        for day in days:
            failures.extend(_compared(expectation, prepared.case, pack, by_day[day]))
    return CaseResult(prepared.case, pack.id, tuple(failures), tuple(by_day.values()))


def _compared(expectation: Expectation, case: Case, pack: Pack, found: Snapshot) -> Iterator[Diagnostic]:
    if expectation.form.rule is None:
        if expectation.form.class_ is not None:
            yield from _class_compared(expectation, case, found)
        return
    rule = expectation.form.rule
    full = rule if rule.startswith(f"{pack.id}/") else f"{pack.id}/{rule}"
    findings = [one for finding in found.findings for one in (finding, *finding.members)]
    matching = [one for one in findings if one.rule == full]
    groups = [one for one in matching if one in found.findings]  # a group may share its id with its first member
    if expectation.form.subject is not None:
        groups = [one for one in groups or matching if one.subject == expectation.form.subject]
    chosen = groups or matching
    if not chosen:
        if _known(full, pack):
            if expectation.form.status in (None, "not_applicable") and not expectation.stated & _OF_FINDINGS:
                return  # not in force on the day, or of another territory: there is nothing to apply
            yield _mismatch(expectation, case, found.as_of, "status", "not_applicable", str(expectation.form.status))
            return
        near = ", ".join(_near(rule, pack)) or "-"
        yield _failure("GRB272", expectation, case, rule=rule, pack=pack.id, near=near)
        return
    finding = min(chosen, key=lambda one: _WORST_FIRST.index(one.status))
    for what, wanted, got in _differences(expectation, finding, found):
        yield _mismatch(expectation, case, found.as_of, what, got, wanted)


_OF_FINDINGS = frozenset({"cause", "indicative", "normalised", "value", "governing"})


def _differences(expectation: Expectation, finding: Finding, found: Snapshot) -> Iterator[tuple[str, str, str]]:
    form, stated = expectation.form, expectation.stated
    if form.status is not None and form.status != finding.status:
        because = f" ({finding.cause})" if finding.cause is not None and form.cause is None else ""
        yield "status", form.status, finding.status + because
    if "cause" in stated and form.cause != finding.cause:
        yield "cause", form.cause or "none", finding.cause or "none"
    if form.indicative is not None and form.indicative != finding.indicative:
        yield "indicative", _yes(form.indicative), _yes(finding.indicative)
    if "normalised" in stated and not _same_number(form.normalised, finding.normalised, finding):
        yield "normalised", form.normalised or "none", _shown(finding.normalised, finding)
    if "value" in stated and not _same_number(form.value, finding.limit, finding):
        yield "value", form.value or "none", _shown(finding.limit, finding)
    if form.governing is not None:
        sets = [one.set for one in found.governing if one.rule == finding.rule]
        wanted = form.governing
        if (wanted in sets) if isinstance(wanted, str) else (bool(sets) == wanted):
            return
        yield "governing", _yes(wanted) if isinstance(wanted, bool) else wanted, ", ".join(sets) or "no"


def _class_compared(expectation: Expectation, case: Case, found: Snapshot) -> Iterator[Diagnostic]:
    scheme = expectation.form.class_
    value = next((one.value for one in found.classifications if one.scheme == scheme), None)
    if "value" in expectation.stated and value != expectation.form.value:
        yield _mismatch(expectation, case, found.as_of, "value", value or "none", expectation.form.value or "none")


def _same_number(wanted: str | None, measure: Measure | None, finding: Finding) -> bool:
    """Equal as far as the case gives digits: 108 stands for 107.5 to 108.5, 22.50 for 22.495 to 22.505."""
    got = _magnitude(measure, finding)
    if wanted is None or got is None:
        return wanted is None and got is None
    try:
        digits = Decimal(wanted)
    except ArithmeticError:
        return False
    exponent = digits.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(Fraction(digits) - got) <= Fraction(10) ** exponent / 2


def _magnitude(measure: Measure | None, finding: Finding) -> Fraction | None:
    if measure is None:
        return None
    if measure.value is not None:
        return measure.value
    lower = finding.limit is not None and finding.limit.operator in _LOWER
    ends = (measure.low, measure.high) if lower else (measure.high, measure.low)
    return next((end for end in ends if end is not None), None)


def _shown(measure: Measure | None, finding: Finding) -> str:
    magnitude = _magnitude(measure, finding)
    return "none" if magnitude is None else number(magnitude)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _known(full: str, pack: Pack) -> bool:
    return full in rule_ids(pack)


def rule_ids(pack: Pack) -> tuple[str, ...]:
    """The ids of all rules, members of groups among them."""
    from greenbri.model.rule import AlternativeTest

    found: list[str] = []
    for rule in pack.rules:
        found.append(rule.id)
        if isinstance(rule.test, AlternativeTest):
            found.extend(member.id for member in rule.test.members)
    return tuple(dict.fromkeys(found))


def _near(rule: str, pack: Pack) -> Sequence[str]:
    from difflib import get_close_matches

    return get_close_matches(rule, [one.removeprefix(f"{pack.id}/") for one in rule_ids(pack)], 3)


def _mismatch(expectation: Expectation, case: Case, day: date, what: str, got: str, wanted: str) -> Diagnostic:
    from greenbri.messages import Word

    about = Word(f"lint.what.{what}")
    args: dict[str, object] = {"day": day, "what": about, "found": got, "expected": wanted}
    return _failure("GRB270", expectation, case, rule=expectation.target, **args)


def _failure(code: str, expectation: Expectation, case: Case, **args: object) -> Diagnostic:
    place = case.document.position(expectation.pointer)
    return diagnostic(code, place, {"case": case.id, **args}, pointer=expectation.pointer)
