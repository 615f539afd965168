"""When a requirement falls due, from the project's dates and, where these are not given, its status."""

from __future__ import annotations

from datetime import date, timedelta

from greenbri.model.project import Project
from greenbri.model.rule import Due

_DATES = {
    "filing": "dates.filing", "permit": "dates.permit", "approval": "dates.permit",
    "construction": "dates.construction", "close": "dates.close", "disbursement": "dates.disbursement",
    "operation": "dates.operation",
}  # fmt: skip
_ORDER = ("proposed", "pre-permit", "permitted", "construction", "operating")
_REACHED_AT = {"filing": 1, "permit": 2, "approval": 2, "construction": 3, "operation": 4}


def milestone(project: Project, event: str) -> date | None:
    """The day of a milestone, where the project states it."""
    fact = project.facts.get(_DATES[event])
    return fact.value if fact is not None and isinstance(fact.value, date) else None


def due_on(due: Due, project: Project) -> date | None:
    """The last day to meet a requirement, or None where the milestone has no date. Working days skip weekends only:
    public holidays differ by host and year and are not known here."""
    day = milestone(project, due.event)
    if day is None:
        return None
    if due.before:
        return day
    if due.calendar == "calendar":
        return day + timedelta(days=due.days)
    left = due.days
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def is_due(due: Due | None, project: Project, on: date) -> bool | None:
    """Whether the requirement must be met by now; None where neither dates nor status tell."""
    if due is None:
        return True
    day = due_on(due, project)
    if day is not None:
        return on >= day
    status = "operating" if project.status in ("mothballed", "retired") else project.status
    if status in _ORDER and due.event in _REACHED_AT:
        reached = _ORDER.index(status) >= _REACHED_AT[due.event]
        if not reached:
            return False
        return True if due.before else None
    return None


def years_after(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
