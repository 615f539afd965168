"""Which rules of a pack that does not bind are worth laying a project against."""

from __future__ import annotations

from greenbri.evaluate.binding import Binding
from greenbri.evaluate.context import PROJECT_MEDIA
from greenbri.model.project import Project
from greenbri.model.rule import AlternativeTest, LimitTest, NoLimitTest, Pack, ProhibitionTest, RequirementTest, Rule


def idle(rule: Rule, pack: Pack, binding: Binding, project: Project) -> bool:
    """Whether a benchmark says nothing about this project.

    Procedure and bans of another territory do not reach outside it. Its limits are benchmarks for what the project
    has or what its sector normally has: nobody is asked for soil samples because another country has a soil standard.
    """
    if binding.force != "benchmark" or pack.binds.by not in ("territory", "market"):
        return False
    test = rule.test
    if isinstance(test, (RequirementTest, ProhibitionTest)):
        return True
    assert isinstance(test, (LimitTest, NoLimitTest, AlternativeTest))
    return test.medium not in PROJECT_MEDIA and test.medium not in _media(project)


def _media(project: Project) -> frozenset[str]:
    from greenbri.vocabulary import UnknownName, sector

    own = {subject.medium for subject in project.subjects}
    try:
        return frozenset(own | set(sector(project.sector).expects))
    except UnknownName:
        return frozenset(own)
