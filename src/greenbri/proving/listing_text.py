"""Records of the packs for a terminal and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

Record = Mapping[str, Any]

_STATE = ("oxygen_pct", "moisture", "temperature_k", "pressure_kpa")
_STATE_UNITS = {"oxygen_pct": " % O2", "temperature_k": " K", "pressure_kpa": " kPa", "excess_air": " excess air"}
COLUMNS = (
    "rule", "pack", "jurisdiction", "instrument", "clause", "force", "domain", "kind", "medium", "sector", "applies",
    "parameter", "names", "operator", "value", "value_min", "computed", "unit", *_STATE, "period", "statistic",
    "valid_from", "valid_to", "alternative", "status", "url", "checked", "note",
)  # fmt: skip


def render_csv(records: Iterable[Record]) -> str:
    """A row for each record; lists are joined with `; `, the state of reference has a column for each part."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        state = record["reference"] or {}
        writer.writerow([_cell(state.get(name) if name in _STATE else record[name], name) for name in COLUMNS])
    return out.getvalue()


def _cell(value: Any, name: str) -> str:
    text = _plain(value, name)
    # A spreadsheet would take such a text for a formula.
    return f"'{text}" if text[:1] in ("=", "+", "@") or (text[:1] == "-" and not isinstance(value, Decimal)) else text


def _plain(value: Any, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _digits(value)
    if name == "computed":
        return computed(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(entry["text"] if isinstance(entry, Mapping) else str(entry) for entry in value)
    return str(value)


def render_terminal(records: Iterable[Record]) -> str:
    """One line for each record, in columns; nothing is cut."""
    rows = [("rule", "parameter", "limit", "reference", "period", "form", "from", "to", "source", "applies")]
    for record in records:
        dates = (record["valid_from"] or "", record["valid_to"] or "")
        names = record["names"]
        about = record["parameter"] or (names[0] if names else record["kind"])
        measured = (limit(record), state(record["reference"]), record["period"] or "", record["statistic"] or "")
        applies = ", ".join(entry["text"] for entry in record["applies"])
        rows.append((record["rule"], about, *measured, *dates, record["status"], applies))
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        padded = [text + " " * (room - width(text)) for text, room in zip(row, widths, strict=False)]
        lines.append("  ".join((*padded, row[-1])).rstrip())
    return "\n".join(lines) + "\n"


def limit(record: Record) -> str:
    """The operator, the number or how it is computed, and the unit."""
    operator, unit = record["operator"], record["unit"] or ""
    if operator == "none":
        return "none"
    if operator is None:
        return ""
    if record["computed"] is not None:
        return f"{operator} {computed(record['computed'])} {unit}".rstrip()
    value = _digits(record["value"])
    if record["value_min"] is not None:
        return f"{_digits(record['value_min'])}-{value} {unit}".rstrip()
    return f"{operator} {value} {unit}".rstrip()


def computed(how: Record) -> str:
    """A computed limit as a formula."""
    if how["by"] == "product":
        factors = [one.get("coefficient") or f"{one['fact']}/{_digits(one['over'])}" for one in how["times"]]
        return " * ".join([_digits(how["base"]), *factors])
    if how["by"] == "interpolation":
        points = ", ".join(f"{_digits(size)}: {_digits(value)}" for size, value in how["points"])
        return f"linear in {how['fact']} ({points}; outside: {how['outside']})"
    return f"mean over {how['fact']} by heat input"


def state(reference: Record | None) -> str:
    """The state of reference in short."""
    if reference is None:
        return ""
    said = []
    for name, value in reference.items():
        if value is None:
            continue
        digits = _digits(value) if isinstance(value, Decimal) else str(value)
        said.append(digits + _STATE_UNITS.get(name, ""))
    return ", ".join(said)


def width(text: str) -> int:
    """The columns that a text takes on a screen; a Chinese character takes two."""
    from unicodedata import east_asian_width

    return len(text) if text.isascii() else sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _digits(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return format(value.normalize(), "f")
