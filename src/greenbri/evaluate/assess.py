"""A project and packs to an assessment. Pure: the day is a parameter, nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from greenbri.evaluate.binding import Binding, bind
from greenbri.evaluate.cases import settle_by_cases
from greenbri.evaluate.classify import classify
from greenbri.evaluate.commitments import commitments_pack
from greenbri.evaluate.context import Scene
from greenbri.evaluate.findings import findings_of
from greenbri.evaluate.governing import governing
from greenbri.evaluate.milestones import milestones
from greenbri.evaluate.norule import silent
from greenbri.evaluate.plausible import data_findings
from greenbri.evaluate.questions import key_figures, questions, who
from greenbri.evaluate.relevance import idle
from greenbri.evaluate.score import Weights
from greenbri.evaluate.surroundings import degraded
from greenbri.evaluate.verdict import verdict
from greenbri.evaluate.waivers import apply_waiver
from greenbri.model.assessment import Assessment, Classified, PackUse, Snapshot
from greenbri.model.finding import Finding, Remark
from greenbri.model.project import Fact, FactValue, Project
from greenbri.model.rule import FactDefinition, Pack, Rule


@dataclass(frozen=True)
class Selection:
    """The packs of an assessment and how a profile changes their force."""

    packs: tuple[Pack, ...]
    definitions: Mapping[str, FactDefinition]
    weights: Weights
    made_binding: frozenset[str] = frozenset()
    named_benchmarks: frozenset[str] = frozenset()
    max_age_days: int | None = None


def assess(project: Project, selection: Selection, as_of: date, *, file: str = "") -> Assessment:
    """Judge a project on a day and, where it does not run yet, on its planned start by what is published today."""
    now = snapshot(project, selection, as_of)
    later = None
    if project.operation is not None and project.operation > as_of and not project.operating(as_of):
        later = snapshot(project, selection, project.operation)
    uses = tuple(_use(pack, project, selection, as_of) for pack in selection.packs)
    return Assessment(
        project=project,
        as_of=as_of,
        now=now,
        at_operation=later,
        packs=uses,
        data_findings=data_findings(project),
        assumptions=tuple(Remark("findings.assumed", (("fact", text),)) for text in project.assumed),
        file=file,
    )


def snapshot(project: Project, selection: Selection, day: date) -> Snapshot:
    """Findings and verdict on one day."""
    packs = selection.packs
    own = commitments_pack(project)
    if own is not None:
        packs = (*packs, own)
    bindings = {pack.id: _bind(pack, project, selection, day) for pack in packs}
    project, classified, open_classes = _classified(project, packs, bindings, selection, day)
    project = degraded(project, packs, bindings, day)
    rules: dict[str, Rule] = {}
    found: list[Finding] = []
    subjects = {one.id: one for one in project.subjects}
    for pack in packs:
        binding = bindings[pack.id]
        if not binding.applies:
            continue
        scene = replace(_scene(project, pack, binding, selection, day), open_classes=open_classes)
        own_rules = {rule.id: rule for rule in pack.rules if not idle(rule, pack, binding, project)}
        rules.update(own_rules)
        judged = [finding for rule in own_rules.values() for finding in findings_of(rule, scene)]
        for finding in settle_by_cases(judged, own_rules, scene, subjects):
            rule = own_rules[finding.rule]
            found.append(apply_waiver(finding, rule, subjects.get(finding.subject), project.waivers, day))
    host = [pack for pack in packs if "host" in bindings[pack.id].frameworks]
    found.extend(silent(project, host, found))
    findings = tuple(found)
    good_practice = frozenset(
        pack.id for pack in packs if pack.framework == "lenders" or pack.id in selection.named_benchmarks
    )
    # of benchmarks only a figure that cannot be converted is worth a question: it is there, and lacks an ingredient
    relevant = [one for one in findings if one.binding or one.force == "guidance" or one.cause == "incomparable"]
    return Snapshot(
        as_of=day,
        verdict=verdict(findings, project, day, selection.weights, named_benchmarks=selection.named_benchmarks),
        findings=findings,
        governing=governing(findings, rules, subjects, good_practice),
        questions=questions(relevant, selection.weights, (*who(packs, bindings), *key_figures(project))),
        classifications=classified,
        milestones=milestones(findings, rules, project),
    )


def _bind(pack: Pack, project: Project, selection: Selection, day: date) -> Binding:
    from greenbri.evaluate.commitments import PACK_ID
    from greenbri.evaluate.truth import TRUE

    if pack.id == PACK_ID:
        return Binding(TRUE, "commitment", True, True, ("commitments",), "instrument")
    return bind(pack, project, day, made_binding=selection.made_binding)


def _scene(project: Project, pack: Pack, binding: Binding, selection: Selection, day: date) -> Scene:
    definitions = {**selection.definitions, **{fact.name: fact for fact in pack.facts}}
    assumed: dict[str, FactValue] = {}
    if binding.force == "benchmark" or binding.by in ("instrument", "profile"):
        # away from its own territory a law's territorial facts have no answer of their own
        for name, value in pack.as_benchmark.items():
            assumed[name] = _assumed_value(value, definitions.get(name))
    return Scene(project, pack, binding, day, definitions, assumed, selection.max_age_days)


def _assumed_value(value: object, definition: FactDefinition | None) -> FactValue:
    if isinstance(value, bool) or definition is None or definition.type == "term":
        return value if isinstance(value, bool) else str(value)
    if definition.type == "date":
        return date.fromisoformat(str(value))
    return Fraction(str(value)) if definition.type == "number" else str(value) == "true"


def _classified(
    project: Project, packs: Iterable[Pack], bindings: Mapping[str, Binding], selection: Selection, day: date
) -> tuple[Project, tuple[Classified, ...], dict[str, tuple[str, ...]]]:
    """Propose classes; what is proposed, or else recorded, becomes a fact that requirements may ask for."""
    made: list[Classified] = []
    open_classes: dict[str, tuple[str, ...]] = {}
    facts = dict(project.facts)
    for pack in packs:
        binding = bindings[pack.id]
        outside = binding.force == "benchmark" and pack.binds.by in ("territory", "market")
        if not binding.applies or outside:
            continue
        for scheme in pack.classifications:
            scene = _scene(replace(project, facts=facts), pack, binding, selection, day)
            found, missing = classify(scheme, scene.view(), day)
            if found is None:
                continue
            made.append(found)
            value = found.value if found.value is not None else found.recorded
            if value is not None:
                facts[f"class.{scheme.scheme}"] = Fact(value, "")
            if missing:
                open_classes[scheme.scheme] = missing
    return replace(project, facts=facts), tuple(made), open_classes


def _use(pack: Pack, project: Project, selection: Selection, day: date) -> PackUse:
    binding = _bind(pack, project, selection, day)
    return PackUse(
        id=pack.id,
        version=pack.version,
        sha256=pack.sha256,
        title=pack.title,
        jurisdiction=pack.jurisdiction,
        instrument=pack.instrument.citation,
        force=binding.force,
        binding=binding.binding,
        binds_by=binding.by,
        review_state=pack.review_state,
        gaps=pack.gaps,
        rules=len(pack.rules),
    )
