"""Whose light changes when one set of packs takes the place of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from greenbri.evaluate.assess import Selection
from greenbri.model.assessment import Assessment, Light, Verdict
from greenbri.model.project import Project
from greenbri.model.rule import Pack
from greenbri.selection import reselect, select

Choose = Callable[[Project], Selection]
Judge = Callable[[Path, Choose], Assessment]


@dataclass(frozen=True)
class StatusChange:
    """A rule whose outcome for a subject is another one; empty where the rule was not there."""

    rule: str
    subject: str
    old: str
    new: str


@dataclass(frozen=True)
class LightChange:
    """A project under the older and under the newer packs."""

    project: str
    file: str
    old: Verdict
    new: Verdict
    statuses: tuple[StatusChange, ...]

    @property
    def lights(self) -> tuple[Light, Light]:
        """The lights of the two."""
        return self.old.light, self.new.light

    @property
    def changed(self) -> bool:
        """Whether the light, or that it is a prohibition, is another."""
        return (self.old.light, self.old.prohibited) != (self.new.light, self.new.prohibited)


def light_changes(
    projects: Iterable[Path], old: tuple[Pack, ...], new: tuple[Pack, ...], judge: Judge
) -> tuple[LightChange, ...]:
    """Every project judged under both sets; what neither of them has stays as it is by default."""
    displaced = frozenset(pack.id for pack in (*old, *new))

    def under(packs: tuple[Pack, ...]) -> Choose:
        return lambda project: reselect(project, select(project), packs, displaced)

    made = []
    for path in projects:
        before, after = judge(path, under(old)), judge(path, under(new))
        statuses = tuple(_statuses(before, after))
        made.append(LightChange(before.project.id, str(path), before.verdict, after.verdict, statuses))
    return tuple(made)


def _statuses(before: Assessment, after: Assessment) -> Iterator[StatusChange]:
    """Outcomes that differ; rules that were or are not applicable are of no interest."""
    old, new = _outcomes(before), _outcomes(after)
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key, ""), new.get(key, "")
        if was != now and {was, now} != {"", "not_applicable"}:
            yield StatusChange(*key, was, now)


def _outcomes(assessment: Assessment) -> dict[tuple[str, str], str]:
    return {(one.rule, one.subject): one.status for one in assessment.deciding_snapshot.findings}
