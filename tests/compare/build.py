"""Packs and points for comparisons, with only what a test speaks of."""

from __future__ import annotations

from datetime import date
from typing import Any

from greenbri.compare import Point
from greenbri.evaluate.assess import Selection
from greenbri.evaluate.score import Weights
from greenbri.model.rule import Pack
from greenbri.rulepack.compile import compile_pack
from greenbri.rulepack.facts import common_facts
from greenbri.selection import weights
from greenbri.sources import Document

DAY = date(2026, 11, 22)
STATE = "6 % O2, dry, 0 C"


def limit(value: Any, unit: str = "mg/Nm3", reference: str = STATE, **more: Any) -> dict[str, Any]:
    """A table with one limit of SO2 from a stack; `column` adds to its column."""
    column = {"unit": unit, "parameter": more.pop("parameter", "SO2"), **more.pop("column", {})}
    name = more.pop("id", "t")
    columns = {"v": column, **more.pop("columns", {})}
    cells = [value, *more.pop("values", ())]
    return {
        "id": name,
        "title": {"en": "Table", "zh": "表"},
        "medium": "stack",
        "period": "1h",
        "reference": reference,
        "source": {"clause": "1", "url": "https://example.org", "checked": "2026-11-22", "status": "verified"},
        "columns": ["id", *columns],
        "limits": columns,
        "rows": [["r", *cells]],
        **more,
    }


def pack(*tables: dict[str, Any], land: str = "VN", air: str = "21", name: str = "t", **more: Any) -> Pack:
    """A pack of a land with these tables."""
    return compile_pack(Document.of(body(*tables, land=land, air=air, name=name, **more), "test.yaml"))


def body(*tables: dict[str, Any], land: str = "VN", air: str = "21", name: str = "t", **more: Any) -> dict[str, Any]:
    """The text of such a pack as data."""
    return {
        "schema": "1",
        "pack": f"{land.lower()}/{name}",
        "version": "1.0.0",
        "title": {"en": "Test", "zh": "测试"},
        "jurisdiction": land,
        "force": "law",
        "domain": "technology",
        "constants": {"oxygen_in_air": air},
        "instrument": {
            "citation": f"{land} {name}",
            "issuer": {"en": "A", "zh": "甲"},
            "url": "https://example.org",
            "in_force": "2000-01-01",
        },
        "binds": {"by": "territory", "of": land},
        "review": {"state": "draft"},
        "changes": [{"version": "1.0.0", "date": "2026-11-22", "en": "First.", "zh": "首版。"}],
        "limits": list(tables),
        **more,
    }


def point(**more: Any) -> Point:
    """A coal-fired plant on the day, asked about SO2 unless said otherwise."""
    given: dict[str, Any] = {"sector": "power.coal", "parameters": ("SO2",), "as_of": DAY, **more}
    return Point(**given)


def selection(*packs: Pack) -> Selection:
    """A selection of packs."""
    known: Weights = weights()
    return Selection(packs=packs, definitions=common_facts(), weights=known)
