"""The outcome of the slips in each format: figures per pack, the survivors, and the lines that would notice them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from greenbri import messages
from greenbri.errors import Diagnostic
from greenbri.proving.coverage_listener import Share
from greenbri.proving.mutation import Score, Survivor, whole
from greenbri.proving.mutation_form import KINDS

SCHEMA_VERSION = "1.0"


def diagnostics(scores: Sequence[Score]) -> tuple[Diagnostic, ...]:
    """Everything to be told: faults of the files, then survivors."""
    told = [fault for one in scores for fault in one.faults]
    told.extend(survivor.told for one in scores for survivor in one.survivors)
    return tuple(told)


def as_text(scores: Sequence[Score], lang: str) -> str:
    """One line for each pack and survivor; below survivors the line to paste, each line once."""
    lines = [f"{one.pack}: {one.share}{_kinds(one)}" for one in scores if one.pack]
    for one in scores:
        for line, group in _by_line(one.survivors):
            lines.append("")
            lines.extend(_told(survivor.told, lang) for survivor in group)
            lines.append(messages.text("proving.paste" if line else "proving.no_line", lang))
            lines.extend([line] if line else [])
    return "\n".join(lines) + "\n" if lines else ""


def _told(fault: Diagnostic, lang: str) -> str:
    from greenbri.report.diagnostics.printable import one_line

    return f"{fault.position}: {fault.code} {one_line(fault.message(lang))}"


def _by_line(survivors: Sequence[Survivor]) -> Iterator[tuple[str, list[Survivor]]]:
    groups: dict[str, list[Survivor]] = {}
    for one in survivors:
        groups.setdefault(one.line, []).append(one)
    yield from sorted(groups.items(), key=lambda entry: entry[0] == "")


def _kinds(score: Score) -> str:
    lost = {kind: score.tried[kind] - score.noticed[kind] for kind in KINDS}
    shown = ", ".join(f"{kind} {count}" for kind, count in lost.items() if count)
    return f"; {shown}" if shown else ""


def as_markdown(scores: Sequence[Score], lang: str) -> str:
    """A table of packs, then the survivors with their lines in blocks of code."""
    heads = [messages.text(f"proving.table.{name}", lang) for name in ("pack", "score", "survivors")]
    rows = ["| " + " | ".join(heads) + " |", "| --- | --- | --- |"]
    rows.extend(f"| {one.pack} | {one.share} | {_kinds(one).removeprefix('; ')} |" for one in scores if one.pack)
    for one in scores:
        for line, group in _by_line(one.survivors):
            rows.append("")
            rows.extend(f"- `{_told(survivor.told, lang).replace('`', chr(39))}`" for survivor in group)
            if line:
                rows.extend(["", "```yaml", line, "```"])
    return "\n".join(rows) + "\n"


def as_records(scores: Sequence[Score], faults: Sequence[Diagnostic] = ()) -> dict[str, Any]:
    """Figures and survivors as plain data, with what else is told."""
    from greenbri.report.diagnostics.json import record

    return {
        "schema_version": SCHEMA_VERSION,
        "score": share_record(whole(scores)),
        "packs": [
            {
                "pack": one.pack,
                "file": one.file,
                "score": share_record(one.share),
                "kinds": {
                    kind: share_record(Share(one.noticed[kind], one.tried[kind])) for kind in KINDS if one.tried[kind]
                },
                "survivors": [
                    {
                        "kind": survivor.kind,
                        "rule": survivor.rule,
                        "was": survivor.was,
                        "now": survivor.now or None,
                        "line": survivor.line or None,
                        **record(survivor.told),
                    }
                    for survivor in one.survivors
                ],
            }
            for one in scores
            if one.pack
        ],
        "diagnostics": [record(fault) for fault in faults],
    }


def share_record(share: Share) -> dict[str, Any]:
    """A share with both its numbers; the percentage is rounded down."""
    return {"reached": share.reached, "total": share.total, "percent": share.percent}
