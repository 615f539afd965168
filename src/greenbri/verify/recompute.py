"""From what is embedded in a report to the assessment that it makes, with the packs of the report or of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from greenbri.assessing import assess_under
from greenbri.errors import InputError, diagnostic
from greenbri.evaluate.assess import Selection
from greenbri.model.assessment import Assessment
from greenbri.model.project import Project
from greenbri.model.rule import Pack
from greenbri.rulepack.compile import compile_pack
from greenbri.rulepack.facts import common_facts
from greenbri.selection import weights
from greenbri.sources import Document, load_yaml
from greenbri.sources.project.assumptions import apply_assumptions
from greenbri.sources.project.reading import digest

if TYPE_CHECKING:
    from greenbri.rulepack.profile import Profile


@dataclass(frozen=True, slots=True)
class Basis:
    """What a result rests on, read from a report: nothing here is yet compared with what the report says of it."""

    project: Document
    packs: tuple[Pack, ...]
    profile: Profile | None
    as_of: date
    selection: str
    assumptions: tuple[str, ...]
    file: str
    places: Mapping[str, tuple[int, int]]

    @property
    def digest(self) -> str:
        """The hash of the project's data, as a receipt has it."""
        return digest(self.project.data)

    def assumed(self) -> bool:
        """Whether what the receipt lists as assumed is what the project's data holds."""
        if not self.assumptions:
            return True
        return digest(apply_assumptions(self.project.data, self.assumptions)[0]) == self.digest


def basis(embedded: Mapping[str, Any], name: str) -> Basis:
    """What is embedded, read and compiled. Raises `InputError` for what cannot be."""
    receipt = _mapping(embedded.get("receipt"), "receipt", name)
    places = receipt.get("positions") or {}
    try:
        day = date.fromisoformat(str(receipt["as_of"]))
        positions = {
            str(pointer): (int(line), int(column)) for pointer, (line, column) in places.get("places", {}).items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise InputError(diagnostic("GRB505", None, {"part": f"receipt: {fault}", "name": name})) from None
    return Basis(
        project=Document.of(_plain(_mapping(embedded.get("project"), "project", name)), f"{name}:project"),
        packs=tuple(_compiled(embedded.get("packs"), name)),
        profile=_profile(embedded.get("profile"), name),
        as_of=day,
        selection=str(receipt.get("selection", "default")),
        assumptions=tuple(map(str, receipt.get("assumptions") or ())),
        file=str(places.get("file", "")),
        places=positions,
    )


def recomputed(basis: Basis, selection: Selection | None = None) -> Assessment:
    """The assessment of the embedded project; `selection` stands in for that of the embedded packs."""

    def choose(_: Project) -> Selection:
        return selection if selection is not None else selection_of(basis.packs, basis.profile)

    result, _, _ = assess_under(basis.project, basis.as_of, choose, assume=basis.assumptions)
    return replace(result, positions=dict(basis.places), file=basis.file)


def selection_of(packs: Sequence[Pack], profile: Profile | None) -> Selection:
    """The selection of packs as they are, with the weight that a profile gives them."""
    chosen = Selection(packs=tuple(packs), definitions=common_facts(), weights=weights())
    if profile is None:
        return chosen
    raised = tuple(profile.raised(pack) for pack in packs)
    return replace(
        chosen,
        packs=raised,
        made_binding=profile.made_binding(raised),
        named_benchmarks=profile.named_benchmarks(raised),
        max_age_days=profile.max_evidence_age,
    )


def _compiled(packs: Any, name: str) -> Iterable[Pack]:
    if not isinstance(packs, list):
        raise InputError(diagnostic("GRB505", None, {"part": "packs", "name": name}))
    for number, entry in enumerate(packs):
        given = _mapping(entry, f"packs/{number}", name)
        place = f"{name}:{given.get('id', number)}"
        document = load_yaml(str(given.get("text", "")).encode("utf-8", "replace"), place)
        try:
            yield compile_pack(document)
        except InputError as error:
            raise InputError(error.diagnostics, document) from None


def _profile(given: Any, name: str) -> Profile | None:
    if given is None:
        return None
    from greenbri.rulepack.profile import profile_of

    content = _mapping(given, "profile", name).get("content")
    return profile_of(Document.of(_plain(_mapping(content, "profile", name)), f"{name}:profile"))


def _mapping(value: Any, part: str, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(diagnostic("GRB505", None, {"part": part, "name": name}))
    return value


def _plain(node: Any) -> Any:
    """The data as a file gives it: numbers are text."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, Decimal) else node
