"""By what a pack binds a project, and with which force: territory, person, market or instrument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from typing_extensions import assert_never

from greenbri.evaluate.truth import FALSE, TRUE, Truth, undecided
from greenbri.model.project import Project
from greenbri.model.rule import Force, Framework, Pack

_BINDING_FORCES = frozenset({"law", "supervisory", "lender", "commitment", "treaty"})


@dataclass(frozen=True, slots=True)
class Binding:
    """How a pack meets a project: `reach` in three-valued logic, the effective force, and the frameworks it counts in.

    `applies` is False for a law of persons who do not take part; elsewhere what does not bind is a benchmark.
    """

    reach: Truth
    force: Force
    binding: bool
    applies: bool
    frameworks: tuple[Framework, ...]
    by: str


def bind(pack: Pack, project: Project, day: date, *, made_binding: frozenset[str] = frozenset()) -> Binding:
    """The binding of a pack on a project. `made_binding` are packs that a profile makes binding."""
    reach, by = _reach(pack, project, day)
    if pack.id in made_binding and pack.binds.by != "person":
        reach, by = TRUE, "profile"
    home = by == "territory" and reach.value is True
    frameworks: list[Framework] = []
    if home:
        frameworks.append("host")
    if pack.framework is not None:
        frameworks.append(pack.framework)
    persons = pack.binds.by == "person"
    if reach.value is False and persons:
        return Binding(reach, "benchmark", False, False, tuple(frameworks), by)
    # a ban on persons stays open until none of them is known to take part; advice to them only counts once one is
    if reach.value is False or (reach.value is None and (not persons or pack.force == "guidance")):
        return Binding(reach, "benchmark", False, True, tuple(frameworks), by)
    force: Force = "lender" if by == "instrument" and pack.force == "law" else pack.force
    return Binding(reach, force, force in _BINDING_FORCES, True, tuple(frameworks), by)


def _reach(pack: Pack, project: Project, day: date) -> tuple[Truth, str]:
    binds = pack.binds
    if binds.by == "territory":
        reach = _territory(binds.of or pack.jurisdiction, project, day)
        if reach.value is not True and _contracted(pack, project):
            return TRUE, "instrument"
        return reach, "territory"
    if binds.by == "person":
        return persons(binds.of, binds.roles, project), "person"
    if binds.by == "market":
        if project.exports is None:
            return undecided("exports"), "market"
        return (TRUE if binds.of in project.exports else FALSE), "market"
    if binds.by == "instrument":
        return _instrument(pack, project), "instrument"
    assert_never(binds.by)


def _contracted(pack: Pack, project: Project) -> bool:
    """Whether a loan or contract names the law: by its jurisdiction, its pack, or the number of the instrument."""
    for party in project.parties:
        for standard in party.standards:
            word = standard.casefold()
            if word in (pack.jurisdiction.casefold(), pack.id.casefold()):
                return True
            if any(sign.isdigit() for sign in word) and word in pack.instrument.citation.casefold():
                return True
    return False


def _territory(of: str, project: Project, day: date) -> Truth:
    from greenbri.vocabulary import is_group, members

    if "-" in of:
        place = project.facts.get("subdivision")
        if project.country != of.split("-")[0]:
            return FALSE
        if place is None:
            return undecided("subdivision")
        return TRUE if place.value == of else FALSE
    if is_group(of):
        return TRUE if project.country in members(of, day) else FALSE
    return TRUE if project.country == of else FALSE


def persons(nationality: str, roles: tuple[str, ...], project: Project) -> Truth:
    """Whether somebody of that nationality takes part in one of the roles; a guess from a name leaves it open."""
    open_roles: list[str] = []
    for role in roles:
        parties = [party for party in project.parties if party.role == role]
        for party in parties:
            if party.nationality == nationality and not party.inferred:
                return TRUE
        if any(party.nationality is None or party.inferred for party in parties) or (
            not parties and role not in project.roles_complete
        ):
            open_roles.append(role)
    if open_roles:
        return undecided(*(f"parties.{role}" for role in open_roles))
    return FALSE


def _instrument(pack: Pack, project: Project) -> Truth:
    """Lenders that are named, or standards that a loan, permit or contract names; silence is a question, not a yes."""
    from greenbri.vocabulary import UnknownName, lender

    named = {standard for party in project.parties for standard in party.standards}
    if named & set(pack.binds.standards):
        return TRUE
    likely = False
    for party in project.parties:
        if party.role not in ("lender", "insurer"):
            continue
        try:
            known = lender(party.name)
        except UnknownName:
            continue
        if known.name in pack.binds.lenders or set(known.confirmed) & set(pack.binds.standards):
            return TRUE
        likely = likely or bool(set(known.standards) & set(pack.binds.standards))
    if likely:
        return undecided("financing.lenders")  # said to apply the standard, but no source was read for it
    if any(party.role == "lender" for party in project.parties) or "lender" in project.roles_complete:
        return FALSE
    return undecided("financing.lenders")
