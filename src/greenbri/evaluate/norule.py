"""What law normally sets for a sector and the packs in force do not: unknown, never passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greenbri.model.finding import Finding
from greenbri.model.project import Project
from greenbri.model.rule import Citation, Pack, Text

_MEDIA = {
    "stack": Text("stack gas", "烟气"),
    "effluent": Text("effluent", "出水"),
    "ambient": Text("ambient air", "环境空气"),
    "noise": Text("noise", "噪声"),
    "boundary": Text("air at the site boundary", "厂界空气"),
    "water-body": Text("the receiving water", "受纳水体"),
    "groundwater": Text("groundwater", "地下水"),
    "soil": Text("soil", "土壤"),
    "sludge": Text("sludge", "污泥"),
    "waste": Text("waste", "固体废物"),
    "process": Text("the process", "生产过程"),
    "project": Text("the project", "项目"),
}


@dataclass(frozen=True, slots=True)
class _Expected:
    medium: str
    parameter: str
    key: bool


def silent(project: Project, host: Iterable[Pack], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """A finding `unknown: no_rule` for each expected parameter that no host rule covers."""
    from greenbri.vocabulary import UnknownName, sector

    try:
        entry = sector(project.sector)
    except UnknownName:
        return ()
    packs = tuple(host)
    found_by_host = [one for one in findings if "host" in one.frameworks]
    covered = {(one.medium, one.parameter.split(".")[0]) for one in found_by_host if one.status != "not_applicable"}
    # some hosts limit the tonnes or the grams per unit of output where others limit the concentration
    loads = {
        one.parameter for one in found_by_host if one.kind in ("load", "intensity") and one.status != "not_applicable"
    }
    made: list[Finding] = []
    for medium, names in entry.expects.items():
        if medium == "requirements":
            continue
        keys = entry.key.get(medium, ())
        for name in names:
            if (medium, name.split(".")[0]) not in covered and not (medium == "stack" and name in loads):
                made.append(_finding(project, _Expected(medium, name, name in keys), bool(packs)))
    return tuple(made)


def _finding(project: Project, expected: _Expected, has_pack: bool) -> Finding:
    medium = _MEDIA.get(expected.medium, Text(expected.medium, expected.medium))
    if has_pack:
        message = Text(
            f"The packs of the host hold no limit for {expected.parameter} in {medium.en}.",
            f"东道国规则包中没有{medium.zh}中 {expected.parameter} 的限值。",
        )
    else:
        message = Text(
            f"No pack of the host country is in use: {expected.parameter} in {medium.en} "
            "cannot be judged under host law.",
            f"未使用该东道国的规则包：无法按东道国法律判定{medium.zh}中的 {expected.parameter}。",
        )
    return Finding(
        rule=f"no-rule/{project.country.lower()}/{expected.medium}.{expected.parameter}",
        pack="",
        jurisdiction=project.country,
        frameworks=("host",),
        force="law",
        binding=True,
        binds_by="territory",
        critical=expected.key,
        kind="limit",
        domain="technology",
        parameter=expected.parameter,
        medium=expected.medium,
        subject="project",
        status="unknown",
        cause="no_rule",
        citation=Citation("", "", "", "verified", ""),
        message=message,
    )
