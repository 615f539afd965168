"""Which packs an assessment uses: the default set for a project, or what `--packs` names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from greenbri.errors import UsageError, diagnostic
from greenbri.evaluate.assess import Selection
from greenbri.evaluate.score import Weights
from greenbri.model.project import Project
from greenbri.model.rule import Pack
from greenbri.resources import rules_dir
from greenbri.rulepack.facts import common_facts
from greenbri.rulepack.library import library, packs_where
from greenbri.rulepack.load import pack_files, read_packs
from greenbri.vocabulary import covers
from greenbri.vocabulary.files import read_rules

if TYPE_CHECKING:
    from greenbri.rulepack.profile import Profile

# the regimes every project abroad is laid against, beside its host's own
DEFAULT_JURISDICTIONS = ("cn", "eu", "us", "wbg", "who", "ep", "ifc", "aiib", "adb", "bri")


def select(project: Project, wanted: str | None = None, profile: Profile | None = None) -> Selection:
    """The selection for a project. `wanted` is the value of `--packs`: ids, folders or files, `+` adds to the default.

    What a profile names joins it, whatever `wanted` says, and gets the weight that the profile gives it.
    """
    items = _items(wanted)
    packs: list[Pack] = []
    if not items or items[0].startswith("+"):
        folders = default_folders(project)
        packs.extend(packs_where(lambda entry: entry.folder in folders and _meets(entry.sectors, project.sector)))
    asked: set[str] = set()
    for item in items:
        named = _named(item.removeprefix("+"))
        packs.extend(named)
        if len(named) == 1:
            asked.add(named[0].id)  # one pack asked for by name is used, and says itself that it does not apply
    chosen = _by_id(packs, profile)
    return _under(profile, [pack for pack in chosen if pack.id in asked or _meets(pack.sectors, project.sector)])


def reselect(project: Project, selection: Selection, packs: Iterable[Pack], displaced: frozenset[str]) -> Selection:
    """The selection without the packs of `displaced` ids, and with those of `packs` that the project would meet."""
    folders = default_folders(project)
    kept = {pack.id: pack for pack in selection.packs if pack.id not in displaced}
    for pack in packs:
        near = pack.id.partition("/")[0] in folders or pack.jurisdiction == project.country
        if near and _meets(pack.sectors, project.sector):
            kept[pack.id] = pack
    return replace(selection, packs=tuple(kept.values()))


def resolve(wanted: str | None = None, profile: Profile | None = None) -> tuple[Pack, ...]:
    """Every pack that a selection could use for some project, each id once."""
    items = _items(wanted)
    packs: list[Pack] = []
    if not items or items[0].startswith("+"):
        packs.extend(entry.pack() for entry in library())
    for item in items:
        packs.extend(_named(item.removeprefix("+")))
    return tuple(_by_id(packs, profile))


def library_ids() -> frozenset[str]:
    """The ids of the packs of the library, which are those of their files."""
    return frozenset(f"{entry.folder}/{entry.path.stem}" for entry in library())


def default_folders(project: Project) -> tuple[str, ...]:
    """The folders of the library that a project is laid against where `--packs` does not say otherwise."""
    return (project.country.lower(), *DEFAULT_JURISDICTIONS)


def _items(wanted: str | None) -> list[str]:
    return [item.strip() for item in (wanted or "").split(",") if item.strip()]


def _by_id(packs: Iterable[Pack], profile: Profile | None) -> list[Pack]:
    """The last pack of each id; those that only a profile names stand behind those that were chosen."""
    chosen = {pack.id: pack for pack in packs}
    if profile is None:
        return list(chosen.values())
    words = frozenset(name.casefold() for name in profile.named)
    for pack in packs_where(lambda entry: not words.isdisjoint((entry.folder, f"{entry.folder}/{entry.path.stem}"))):
        chosen.setdefault(pack.id, pack)
    profile.refuse_unknown(chosen.values())
    return [profile.raised(pack) for pack in chosen.values()]


def _under(profile: Profile | None, packs: list[Pack]) -> Selection:
    selection = Selection(packs=tuple(packs), definitions=common_facts(), weights=weights())
    if profile is None:
        return selection
    return replace(
        selection,
        made_binding=profile.made_binding(packs),
        named_benchmarks=profile.named_benchmarks(packs),
        max_age_days=profile.max_evidence_age,
    )


def _named(item: str) -> tuple[Pack, ...]:
    """The packs that an id, a folder or a file names; UsageError where there is none."""
    root = rules_dir()
    if (root / f"{item}.yaml").is_file():
        return packs_where(lambda entry: entry.path == root / f"{item}.yaml")
    if (root / item.lower()).is_dir() and "/" not in item:
        return packs_where(lambda entry: entry.folder == item.lower())
    given = Path(item)
    if given.is_file():
        return read_packs((given,))
    if given.is_dir():
        return read_packs(pack_files(given))
    raise UsageError(diagnostic("GRB221", None, {"name": item}))


def _meets(sectors: tuple[str, ...], sector: str) -> bool:
    """Whether a pack of those sectors can say anything about a project of that sector."""
    return not sectors or any(covers(term, sector) or covers(sector, term) for term in sectors)


def weights() -> Weights:
    """The weights of `rules/scoring.yaml`."""
    data = read_rules("scoring.yaml")
    return Weights(
        force={name: Fraction(entry["weight"]) for name, entry in data["force"].items()},
        domain={name: Fraction(entry["weight"]) for name, entry in data["domain"].items()},
        critical=Fraction(data["critical"]["weight"]),
    )
