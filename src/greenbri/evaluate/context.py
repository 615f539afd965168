"""What a rule is evaluated with: the project on a day, the binding of its pack, the definitions of facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from greenbri.evaluate.binding import Binding
from greenbri.evaluate.view import View
from greenbri.model.project import FactValue, Project, Subject
from greenbri.model.rule import FactDefinition, Pack

PROJECT_MEDIA = frozenset({"process", "project"})


@dataclass(frozen=True, slots=True)
class Scene:
    """One pack meeting one project on one day; `open_classes` names the facts that schemes still lack for a class."""

    project: Project
    pack: Pack
    binding: Binding
    day: date
    definitions: Mapping[str, FactDefinition]
    assumed: Mapping[str, FactValue]
    max_age_days: int | None = None
    open_classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def observed_facts(self) -> frozenset[str]:
        """The facts that come with an observation."""
        return frozenset(name for name, fact in self.definitions.items() if fact.of == "observation")

    def view(self, subject: Subject | None = None) -> View:
        """The facts in reach from a subject."""
        return View(self.project, subject, None, self.assumed)

    def subjects(self, medium: str) -> tuple[Subject, ...]:
        """What a limit of that medium applies to; a stand-in without observations where the project names nothing."""
        if medium in PROJECT_MEDIA:
            own = tuple(one for one in self.project.subjects if one.medium in PROJECT_MEDIA)
        else:
            own = tuple(one for one in self.project.subjects if one.medium == medium)
        return own or (Subject("project", medium, ""),)
