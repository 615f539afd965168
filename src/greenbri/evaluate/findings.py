"""Rules to findings: the test decides, force and words are added here, in one place for every kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from typing_extensions import assert_never

from greenbri import messages
from greenbri.evaluate.context import Scene
from greenbri.evaluate.duties import judge_prohibition, judge_requirement
from greenbri.evaluate.judged import Judged, Want
from greenbri.evaluate.limits import Setting, judge_limit
from greenbri.evaluate.numbers import decimal_text
from greenbri.evaluate.truth import TRUE
from greenbri.model.condition import Condition, all_of
from greenbri.model.finding import Finding, Measure, Missing, Remark
from greenbri.model.project import Subject
from greenbri.model.rule import (
    AlternativeTest,
    DocumentNeed,
    Form,
    LimitTest,
    Need,
    NeedGroup,
    NoLimitTest,
    ProhibitionTest,
    RequirementTest,
    Rule,
    Text,
)
from greenbri.quantity import Step

_LANGUAGES = ("en", "zh")
_APPROVAL = "eia-approval"


def findings_of(rule: Rule, scene: Scene) -> Iterator[Finding]:
    """The findings of a rule: one for each subject of its medium, one in all for duties."""
    if not rule.valid.covers(scene.day):
        return
    applies = all_of(scene.pack.scope, rule.applies)
    test = rule.test
    if isinstance(test, (LimitTest, NoLimitTest, AlternativeTest)):
        for subject in scene.subjects(test.medium):
            yield _for_subject(rule, applies, scene, subject)
        return
    if isinstance(test, RequirementTest):
        judged = judge_requirement(test, applies, scene.view(), scene.day)
    elif isinstance(test, ProhibitionTest):
        reach = scene.binding.reach if scene.pack.binds.by == "person" else TRUE
        judged = judge_prohibition(test, applies, reach, scene.view())
    else:
        assert_never(test)
    yield _finding(rule, judged, scene, None)


def _for_subject(rule: Rule, applies: Condition, scene: Scene, subject: Subject) -> Finding:
    test = rule.test
    if isinstance(test, NoLimitTest):
        truth = scene.view(subject).holds(applies)
        judged = Judged("not_applicable")
        if truth.value is not False:
            judged = Judged("not_applicable", remarks=(Remark("findings.law_sets_none"),))
        return _finding(rule, judged, scene, subject)
    if isinstance(test, AlternativeTest):
        members = tuple(_for_subject(member, applies, scene, subject) for member in test.members)
        return _finding(rule, _alternative(members), scene, subject)
    assert isinstance(test, LimitTest)
    setting = Setting(scene.day, scene.view(subject), scene.pack.coefficients, scene.max_age_days, scene.observed_facts)
    return _finding(rule, judge_limit(test, applies, setting), scene, subject)


def _alternative(members: tuple[Finding, ...]) -> Judged:
    """One that is met suffices; all must fail to fail."""
    reached = [one for one in members if one.status != "not_applicable"]
    if not reached:
        return Judged("not_applicable", members=members)
    order = {"pass": 0, "waived": 1, "unknown": 2, "fail": 3}
    best = min(reached, key=lambda one: (order[one.status], one.indicative))
    wants = (
        tuple(Want(one.path, "", ()) for member in reached for one in member.missing)
        if best.status == "unknown"
        else ()
    )
    return Judged(
        best.status,
        best.cause,
        best.indicative,
        best.observed,
        best.normalised,
        best.limit,
        best.ratio,
        best.margin,
        best.steps,
        best.assumptions,
        best.remarks,
        wants,
        best.evidence,
        best.pointer,
        members=members,
    )


def critical(rule: Rule, scene: Scene) -> bool:
    """The pack's own word; else prohibitions, main approvals and permits, and the sector's key parameters."""
    if rule.critical is not None:
        return rule.critical
    test = rule.test
    if isinstance(test, ProhibitionTest):
        return True
    from greenbri.vocabulary import UnknownName, sector

    try:
        keys = sector(scene.project.sector).key
    except UnknownName:
        return False
    if isinstance(test, RequirementTest):
        return bool(_documents(test.need) & {_APPROVAL, *keys.get("requirements", ())})
    return test.parameter in keys.get(test.medium, ())


def _documents(need: Need) -> frozenset[str]:
    """The types of documents that a need names."""
    if isinstance(need, DocumentNeed):
        return frozenset({need.document})
    if isinstance(need, NeedGroup):
        return frozenset().union(*(_documents(part) for part in need.parts))
    return frozenset()


def _finding(rule: Rule, judged: Judged, scene: Scene, subject: Subject | None) -> Finding:
    binding, pack, test = scene.binding, scene.pack, rule.test
    parameter = test.parameter if isinstance(test, (LimitTest, NoLimitTest, AlternativeTest)) else ""
    medium = test.medium if isinstance(test, (LimitTest, NoLimitTest, AlternativeTest)) else ""
    limit = test if isinstance(test, LimitTest) else None
    if isinstance(test, AlternativeTest):
        limit = next((one.test for one in test.members if isinstance(one.test, LimitTest)), None)
    return Finding(
        rule=rule.id,
        pack=pack.id,
        jurisdiction=pack.jurisdiction,
        frameworks=binding.frameworks,
        force="benchmark" if _kind(rule) == "benchmark" else binding.force,
        binding=_binds(rule, scene),
        binds_by=binding.by,
        critical=critical(rule, scene),
        kind=_kind(rule),
        domain=rule.domain,
        parameter=parameter,
        medium=medium,
        subject=subject.id if subject is not None else "project",
        status=judged.status,
        citation=rule.citation,
        message=_message(rule, judged, subject),
        cause=judged.cause,
        indicative=judged.indicative,
        due=judged.due,
        period=limit.period if limit is not None else None,
        form=form_text(limit.form) if limit is not None else "",
        observed=judged.observed,
        normalised=judged.normalised,
        limit=judged.limit,
        ratio=judged.ratio,
        margin=judged.margin,
        steps=_own_formula(judged.steps, rule, limit),
        assumptions=judged.assumptions,
        remarks=judged.remarks,
        missing=_missing(judged, scene),
        evidence=judged.evidence,
        pointer=judged.pointer or (subject.pointer if subject is not None else ""),
        title=rule.title,
        action=rule.action,
        members=judged.members,
        if_applied=judged.if_applied,
    )


def _own_formula(steps: tuple[Step, ...], rule: Rule, limit: LimitTest | None) -> tuple[Step, ...]:
    """The oxygen correction is the formula of the limit's own instrument, with its own oxygen in air."""
    if limit is None:
        return steps
    source = f"{rule.citation.instrument}, {decimal_text(limit.oxygen_in_air)} % oxygen in air"
    return tuple(replace(step, source=source) if step.operation == "oxygen" else step for step in steps)


def _binds(rule: Rule, scene: Scene) -> bool:
    """A duty of persons binds once such a person is known to take part; a ban is open until none is known to."""
    if _kind(rule) == "benchmark":  # a target or a level for information, inside a law that binds
        return False
    if scene.binding.reach.value is None and not isinstance(rule.test, ProhibitionTest):
        return False
    return scene.binding.binding


def _kind(rule: Rule) -> str:
    test = rule.test
    if isinstance(test, LimitTest):
        return test.kind
    if isinstance(test, AlternativeTest):
        first = test.members[0].test
        return first.kind if isinstance(first, LimitTest) else "limit"
    if isinstance(test, RequirementTest):
        return "requirement"
    return "prohibition" if isinstance(test, ProhibitionTest) else "limit"


def form_text(form: Form) -> str:
    """The form of a limit in words that need no translation: `every`, `p95`, `35 exceedances/year`, `p98, 3 years`."""
    if form.every:
        return "every"
    if form.exceedances is not None:
        text = f"{form.exceedances} exceedances in {form.samples} samples" if form.samples else ""
        text = text or f"{form.exceedances} exceedances/year"
    else:
        text = f"p{decimal_text(form.share * 100)}"
    return f"{text}, mean of {form.years} years" if form.years > 1 else text


def _missing(judged: Judged, scene: Scene) -> tuple[Missing, ...]:
    if judged.members:
        known = {one.path: one for member in judged.members for one in member.missing}
        return tuple(known[want.path] for want in judged.wants if want.path in known)
    found: dict[str, Missing] = {}
    for want in judged.wants:
        for one in _expanded(want, scene):
            found.setdefault(one.path, Missing(one.path, _question(one, scene)))
    return tuple(found.values())


def _expanded(want: Want, scene: Scene) -> tuple[Want, ...]:
    """A class that is still open is asked for by the facts that would decide it."""
    scheme = want.path.removeprefix("class.")
    facts = scene.open_classes.get(scheme, ()) if want.path.startswith("class.") else ()
    return tuple(Want(fact, f"fact:{fact}", want.args) for fact in facts) or (want,)


def _question(want: Want, scene: Scene) -> Text:
    if not want.key.startswith("fact:"):
        return Text(*(messages.text(want.key, lang, **dict(want.args)) for lang in _LANGUAGES))
    name = want.key[5:]
    definition = scene.definitions.get(name)
    if definition is not None:
        key = "findings.want.answer" if definition.question.en.endswith("?") else "findings.want.fact"
        return Text(*(messages.text(key, lang, fact=definition.question[lang]) for lang in _LANGUAGES))
    key = "findings.want.parties" if name.startswith("parties.") else "findings.want.fact"
    return Text(*(messages.text(key, lang, fact=name, role=name.split(".")[-1]) for lang in _LANGUAGES))


def _message(rule: Rule, judged: Judged, subject: Subject | None) -> Text:
    """One sentence that names the thing, the numbers and the outcome."""
    args = {
        "title": "",
        "parameter": "",
        "subject": subject.name or subject.id if subject is not None else "",
        "limit": judged.limit.text if judged.limit is not None else "",
        "observed": number_text(judged.normalised, judged.observed),
        "stated": judged.observed.text if judged.observed is not None else "",
    }
    test = rule.test
    if isinstance(test, (LimitTest, NoLimitTest, AlternativeTest)):
        args["parameter"] = test.parameter
        key = f"findings.limit.{judged.cause or judged.status}"
        if judged.status == "pass" and judged.indicative:
            key = "findings.limit.indicative"
    elif isinstance(test, ProhibitionTest):
        key = f"findings.prohibition.{judged.cause or judged.status}"
    else:
        key = f"findings.requirement.{judged.cause or judged.status}"
    texts = []
    for lang in _LANGUAGES:
        title = rule.title[lang] if rule.title is not None else rule.id
        words = rule.message[lang] if rule.message is not None and judged.status == "fail" else ""
        text = messages.text(key, lang, **{**args, "title": title})
        texts.append(f"{text} {words}".strip())
    return Text(texts[0], texts[1])


def number_text(normal: Measure | None, observed: Measure | None) -> str:
    """The normalised figure in a sentence, to four digits; as stated where it could not be normalised."""
    if normal is None:
        return observed.text if observed is not None else ""
    if normal.value is not None:
        return f"{_rounded(normal.value)} {normal.unit}"
    if normal.high is not None and normal.low is not None:
        return f"{_rounded(normal.low)}-{_rounded(normal.high)} {normal.unit}"
    if normal.high is not None:
        return f"< {_rounded(normal.high)} {normal.unit}"
    return f"> {_rounded(normal.low)} {normal.unit}" if normal.low is not None else ""


def _rounded(value: Fraction) -> str:
    return f"{float(value):.4g}" if abs(value) < 10000 else f"{float(value):,.0f}".replace(",", " ")
