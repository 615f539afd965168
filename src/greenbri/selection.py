"""Which packs an assessment uses: the default set for a project, or what `--packs` names."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from greenbri.errors import UsageError, diagnostic
from greenbri.evaluate.assess import Selection
from greenbri.evaluate.score import Weights
from greenbri.model.project import Project
from greenbri.model.rule import Pack
from greenbri.resources import rules_dir
from greenbri.rulepack.facts import common_facts
from greenbri.rulepack.library import packs_where
from greenbri.rulepack.load import pack_files, read_packs
from greenbri.vocabulary import covers
from greenbri.vocabulary.files import read_rules

# the regimes every project abroad is laid against, beside its host's own
DEFAULT_JURISDICTIONS = ("cn", "eu", "us", "wbg", "who", "ep", "ifc", "aiib", "adb", "bri")


def select(project: Project, wanted: str | None = None) -> Selection:
    """The selection for a project. `wanted` is the value of `--packs`: ids, folders or files, `+` adds to the default."""
    items = [item.strip() for item in (wanted or "").split(",") if item.strip()]
    packs: list[Pack] = []
    if not items or items[0].startswith("+"):
        folders = (project.country.lower(), *DEFAULT_JURISDICTIONS)
        packs.extend(packs_where(lambda entry: entry.folder in folders and _meets(entry.sectors, project.sector)))
    for item in items:
        packs.extend(_named(item.removeprefix("+")))
    chosen = {pack.id: pack for pack in packs if _meets(pack.sectors, project.sector)}
    return Selection(packs=tuple(chosen.values()), definitions=common_facts(), weights=weights())


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
