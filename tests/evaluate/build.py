"""Small projects, observations and packs for tests, with only what a test speaks of."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from greenbri.evaluate.assess import Selection
from greenbri.evaluate.score import Weights
from greenbri.model.project import Covers, Evidence, Fact, FactValue, Observation, Party, Project, Subject
from greenbri.model.rule import Pack, Text
from greenbri.quantity import parse
from greenbri.rulepack.compile import compile_pack
from greenbri.rulepack.facts import common_facts
from greenbri.sources import Document

DAY = date(2026, 11, 22)
YEAR = Covers(date(2025, 1, 1), date(2025, 12, 31))
WEIGHTS = Weights(
    force={name: Fraction(10) for name in ("law", "commitment", "supervisory", "lender", "treaty")}
    | {"guidance": Fraction(3)},
    domain={"management": Fraction(1), "technology": Fraction(1), "engineering": Fraction(1)},
    critical=Fraction(3),
)


def observation(parameter: str, value: str, **more: Any) -> Observation:
    """A figure; period 1h, statistic max over a year unless said otherwise."""
    fields: dict[str, Any] = {"period": "1h", "statistic": "max", "covers": YEAR, **more}
    facts = {name: Fact(given, "") for name, given in fields.pop("facts", {}).items()}
    kind = fields.pop("kind", None)
    evidence = Evidence(kind) if kind else Evidence()
    pointer = fields.pop("pointer", f"/sources/0/observations/{parameter}")
    return Observation(parameter, parse(value), value, pointer, evidence=evidence, facts=facts, **fields)


def subject(*observations: Observation, medium: str = "stack", **facts: FactValue) -> Subject:
    """A source, outfall or receptor with facts."""
    named = {name.replace("__", "."): Fact(value, "") for name, value in facts.items()}
    return Subject("s1", medium, "/sources/0", facts=named, observations=observations)


def project(*subjects: Subject, country: str = "LA", sector: str = "power.coal", **more: Any) -> Project:
    """An operating project; `facts` add to country, sector and status."""
    status = more.pop("status", "operating")
    facts: dict[str, Any] = {"country": country, "sector": sector, **more.pop("facts", {})}
    if status is not None:
        facts["status"] = status
    return Project(
        id="p",
        name=Text("P", "甲"),
        country=country,
        sector=sector,
        status=status,
        facts={name: Fact(value, "") for name, value in facts.items()},
        subjects=subjects,
        **more,
    )


def party(role: str, nationality: str | None, *, inferred: bool = False, standards: tuple[str, ...] = ()) -> Party:
    """A person of a role."""
    return Party(f"{role} of {nationality}", role, nationality, "", inferred, standards)


def pack(data: dict[str, Any], *, name: str = "la/test", jurisdiction: str = "LA", **head: Any) -> Pack:
    """A pack of the given tables and requirements; host law of Laos unless said otherwise."""
    whole: dict[str, Any] = {
        "schema": "1",
        "pack": name,
        "version": "1.0.0",
        "title": {"en": "Test", "zh": "测试"},
        "jurisdiction": jurisdiction,
        "force": "law",
        "domain": "technology",
        "instrument": {
            "citation": "T 1",
            "issuer": {"en": "A", "zh": "甲"},
            "url": "https://example.org",
            "in_force": "2000-01-01",
        },
        "binds": {"by": "territory", "of": jurisdiction},
        "review": {"state": "draft"},
        **head,
        **data,
    }
    return compile_pack(Document.of(whole, "test.yaml"))


def table(rows: list[list[Any]], columns: list[str], limits: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A pack body with one table."""
    body: dict[str, Any] = {
        "id": "t",
        "title": {"en": "Table", "zh": "表"},
        "medium": "stack",
        "period": "1h",
        "source": {"clause": "1", "url": "https://example.org", "checked": "2026-11-22", "status": "verified"},
        "columns": columns,
        "limits": limits,
        "rows": rows,
        **more,
    }
    return {"limits": [body]}


def limit(value: Any, *, parameter: str = "SO2", unit: str = "mg/m3", **more: Any) -> dict[str, Any]:
    """A pack body with one limit for everybody."""
    column = {"unit": unit, **more.pop("column", {})}
    return table([["r", value]], ["id", parameter], {parameter: column}, **more)


def requirement(**more: Any) -> dict[str, Any]:
    """A pack body with one requirement."""
    body: dict[str, Any] = {
        "id": "q",
        "kind": "document",
        "title": {"en": "A duty", "zh": "一项义务"},
        "source": {"clause": "2", "url": "https://example.org", "checked": "2026-11-22", "status": "verified"},
        **more,
    }
    return {"requirements": [body]}


def selection(*packs: Pack, **more: Any) -> Selection:
    """A selection of packs."""
    return Selection(packs=packs, definitions=common_facts(), weights=WEIGHTS, **more)
