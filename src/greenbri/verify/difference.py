"""Two assessments as documents, compared value by value; a finding is found again by its rule and its subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from greenbri.verify.outcome import Change, Difference

# What is said of a result: another version may say it better, and says the same.
_WORDS = frozenset(
    {"message", "title", "action", "remarks", "assumptions", "missing", "formula", "operation", "source"}
)
# What the result is: no version may leave it out, or have it otherwise.
_RESULT = frozenset({
    "rule", "subject", "status", "cause", "observed", "normalised", "limit", "value", "low", "high", "unit", "ratio",
    "margin", "binding", "indicative", "findings", "verdict", "light", "prohibited", "basis", "deciding", "score",
})  # fmt: skip
_ABSENT = object()
_MOST_TEXT = 120


def differences(stated: Mapping[str, Any], recomputed: Mapping[str, Any]) -> Iterator[Difference]:
    """Every place where the two differ, findings first."""
    order = ("findings", "verdict")
    for key in (*order, *(key for key in {**stated, **recomputed} if key not in order)):
        yield from _compare(stated.get(key, _ABSENT), recomputed.get(key, _ABSENT), f"/{key}", "", "")


def is_wording(difference: Difference) -> bool:
    """Whether a difference is one of words, or a part that only one of two versions of the tool writes."""
    path = difference.place.split("/")[1:]
    if path[0] == "embedded":
        return False
    if any(step in _WORDS for step in path):
        return True
    absent = difference.stated is None or difference.recomputed is None
    return absent and path[-1] not in _RESULT and not path[-1].isdigit()


def changes(stated: Mapping[str, Any], today: Mapping[str, Any]) -> Iterator[Change]:
    """The findings that come out otherwise today, by status, cause, limit or value; then those gone, then new ones."""
    before, after = _by_rule(stated.get("findings")), _by_rule(today.get("findings"))
    found = [Change(key[0], key[1], _outcome(before.get(key)), _outcome(after.get(key))) for key in {**before, **after}]
    found = [one for one in found if one.stated != one.today and {one.stated, one.today} != {None, "not_applicable"}]
    yield from sorted(found, key=lambda one: (one.stated is None, one.today is None))


def _compare(stated: Any, recomputed: Any, place: str, rule: str, subject: str) -> Iterator[Difference]:
    if isinstance(stated, Mapping) and isinstance(recomputed, Mapping):
        if "rule" in recomputed:
            rule, subject = str(recomputed["rule"]), str(recomputed.get("subject", ""))
        for key in {**recomputed, **stated}:
            one, other = stated.get(key, _ABSENT), recomputed.get(key, _ABSENT)
            yield from _compare(one, other, f"{place}/{key}", rule, subject)
    elif isinstance(stated, list) and isinstance(recomputed, list):
        yield from _lists(stated, recomputed, place, rule, subject)
    elif not _equal(stated, recomputed):
        yield Difference(place, _shown(stated), _shown(recomputed), rule, subject)


def _lists(
    stated: Sequence[Any], recomputed: Sequence[Any], place: str, rule: str, subject: str
) -> Iterator[Difference]:
    if len(stated) == len(recomputed) or not _keyed(recomputed):
        for number in range(max(len(stated), len(recomputed))):
            one = stated[number] if number < len(stated) else _ABSENT
            other = recomputed[number] if number < len(recomputed) else _ABSENT
            yield from _compare(one, other, f"{place}/{number}", rule, subject)
        return
    before, after = _by_rule(stated), _by_rule(recomputed)
    for number, key in enumerate({**after, **before}):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            yield Difference(f"{place}/{number}", _outcome(one), _outcome(other), *key)
        else:
            yield from _compare(one, other, f"{place}/{number}", *key)
    if len(before) == len(after):
        yield Difference(place, str(len(stated)), str(len(recomputed)))


def _keyed(entries: Sequence[Any]) -> bool:
    return all(isinstance(one, Mapping) and "rule" in one and "status" in one for one in entries)


def _by_rule(entries: Any) -> dict[tuple[str, str], Any]:
    found = entries if isinstance(entries, list) else []
    return {(str(one.get("rule", "")), str(one.get("subject", ""))): one for one in found if isinstance(one, Mapping)}


def _outcome(finding: Any) -> str | None:
    if finding is None:
        return None
    parts = [str(finding.get("status", ""))]
    if finding.get("cause"):
        parts.append(f"({finding['cause']})")
    for name in ("normalised", "limit"):
        measure = finding.get(name)
        if isinstance(measure, Mapping):
            ends = [measure.get(end) for end in ("value", "low", "high")]
            shown = "-".join(_shown(one) or "" for one in ends if one is not None)
            parts.append(f"{name} {measure.get('operator') or ''}{shown} {measure.get('unit', '')}".strip())
    return " ".join(parts)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return type(one) is type(other) and bool(one == other)


def _shown(value: Any) -> str | None:
    if value is _ABSENT:
        return None
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return format(value, "f") if -10 <= value.adjusted() <= 20 else str(value)
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…"
