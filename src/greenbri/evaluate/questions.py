"""Missing facts, ranked by how many findings and how much of the score interval each would settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from greenbri import messages
from greenbri.evaluate.binding import Binding
from greenbri.evaluate.score import Weights, counted
from greenbri.model.assessment import Question
from greenbri.model.finding import Finding, Missing
from greenbri.model.project import Project
from greenbri.model.rule import Pack, Text


def questions(findings: Iterable[Finding], weights: Weights, extra: Iterable[Missing] = ()) -> tuple[Question, ...]:
    """One question for each missing path, the most decisive first. `width` is in points of the score, at most."""
    messages: dict[str, Text] = {}
    settles: dict[str, list[Finding]] = {}
    total = Fraction(0)
    for finding in findings:
        if counted(finding):
            total += weights.of(finding)
        for missing in finding.missing:
            messages.setdefault(missing.path, missing.question)
            settles.setdefault(missing.path, []).append(finding)
    for missing in extra:
        messages.setdefault(missing.path, missing.question)
        settles.setdefault(missing.path, [])
    made = []
    for path, message in messages.items():
        touched = settles[path]
        weight = sum((weights.of(one) for one in touched if counted(one)), Fraction(0))
        width = 100 * weight / total if total else Fraction(0)
        made.append(Question(path, message, len(touched), width, tuple(sorted({one.rule for one in touched}))))
    return tuple(sorted(made, key=lambda one: (-one.width, -one.settles, one.path)))


def who(packs: Iterable[Pack], bindings: Mapping[str, Binding]) -> tuple[Missing, ...]:
    """Who finances, who takes part? Asked once each where rules are only a what-if for want of the answer."""
    paths = {"instrument": ("financing.lenders", "financier"), "person": ("parties", "participants")}
    asked: dict[str, Missing] = {}
    for pack in packs:
        if pack.binds.by in paths and bindings[pack.id].reach.value is None:
            path, key = paths[pack.binds.by]
            question = Text(*(messages.text(f"findings.want.{key}", lang) for lang in ("en", "zh")))
            asked.setdefault(path, Missing(path, question))
    return tuple(asked.values())


def key_figures(project: Project) -> tuple[Missing, ...]:
    """The sector's key figures that nobody gave: whatever law is found later, it will ask for them."""
    from greenbri.vocabulary import UnknownName, sector

    try:
        keys = sector(project.sector).key
    except UnknownName:
        return ()
    given = {(subject.medium, one.parameter) for subject in project.subjects for one in subject.observations}
    made: list[Missing] = []
    for medium, names in keys.items():
        if medium == "requirements":
            continue
        for name in names:
            if (medium, name) not in given:
                words = {"parameter": name, "subject": project.id}
                question = Text(*(messages.text("findings.want.observation", lang, **words) for lang in ("en", "zh")))
                made.append(Missing(f"/{medium}:{name}", question))
    return tuple(made)
