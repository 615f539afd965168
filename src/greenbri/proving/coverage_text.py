"""Coverage in each format: exact fractions per pack and table, and what is missing at its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from greenbri import messages
from greenbri.errors import Diagnostic
from greenbri.proving.coverage import Coverage
from greenbri.proving.coverage_listener import Share

SCHEMA_VERSION = "1.0"
_FIGURES = ("outcomes", "rules", "cells", "dates", "clauses")


def total(found: Sequence[Coverage]) -> dict[str, Share]:
    """The figures of several packs together."""
    return {name: _summed([_figures(one)[name] for one in found]) for name in _FIGURES}


def _summed(shares: Sequence[Share]) -> Share:
    return Share(sum(one.reached for one in shares), sum(one.total for one in shares))


def _figures(one: Coverage) -> dict[str, Share]:
    return {
        "outcomes": one.share,
        "rules": one.rules,
        "cells": one.cells,
        "dates": one.dates,
        "clauses": one.clauses,
    }


def diagnostics(found: Sequence[Coverage]) -> tuple[Diagnostic, ...]:
    """What is missing, and what does not hold and so proves nothing."""
    return tuple(fault for one in found for fault in (*one.faults, *one.missing))


def as_text(found: Sequence[Coverage], lang: str) -> str:
    """The figures: a line for each pack, below it a line for each table that is not whole, and the sum."""
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.pack}: {_row(_figures(one), lang)}")
        lines.extend(
            f"  {table}: {messages.text('proving.figure.cells', lang)} {share}"
            for table, share in one.tables.items()
            if share.reached < share.total
        )
    if len(found) != 1:
        lines.append(f"{messages.text('proving.sum', lang)}: {_row(total(found), lang)}")
    return "\n".join(lines) + "\n"


def _row(figures: dict[str, Share], lang: str) -> str:
    return "; ".join(
        f"{messages.text(f'proving.figure.{name}', lang)} {share}" for name, share in figures.items() if share.total
    )


def as_markdown(found: Sequence[Coverage], lang: str) -> str:
    """A table of packs."""
    heads = [messages.text("proving.table.pack", lang)]
    heads.extend(messages.text(f"proving.figure.{name}", lang) for name in _FIGURES)
    rows = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    listed = [(one.pack, _figures(one)) for one in found]
    listed.append((messages.text("proving.sum", lang), total(found)))
    for name, figures in listed:
        rows.append("| " + " | ".join([name, *(str(figures[figure]) for figure in _FIGURES)]) + " |")
    return "\n".join(rows) + "\n"


def as_records(found: Sequence[Coverage], unreadable: Sequence[Diagnostic] = ()) -> dict[str, Any]:
    """Figures, and for each rule what reached each of its outcomes, as plain data."""
    from greenbri.report.diagnostics.json import record

    return {
        "schema_version": SCHEMA_VERSION,
        "total": {name: _share(share) for name, share in total(found).items()},
        "packs": [
            {
                "pack": one.pack,
                "file": one.file,
                **{name: _share(share) for name, share in _figures(one).items()},
                "outcomes_by_cases": _share(one.share_by_cases),
                "tables": {table: _share(share) for table, share in one.tables.items()},
                "rule_outcomes": [
                    {
                        "rule": rule.rule,
                        "outcomes": {outcome: sorted(rule.reached.get(outcome, ())) for outcome in rule.wanted},
                        "missing": list(rule.missing),
                    }
                    for rule in one.outcomes
                ],
                "segments": [
                    {
                        "rule": segment.rule,
                        "from": segment.valid.start.isoformat() if segment.valid.start else None,
                        "to": segment.valid.end.isoformat() if segment.valid.end else None,
                        "reached": segment.reached,
                    }
                    for segment in one.segments
                ],
                "clauses_encoded": list(one.encoded),
                "clauses_gaps": list(one.gaps),
            }
            for one in found
        ],
        "diagnostics": [record(fault) for fault in (*unreadable, *diagnostics(found))],
    }


def _share(share: Share) -> dict[str, Any]:
    return {"reached": share.reached, "total": share.total, "percent": share.percent}
