"""Values put into the data of a project file from outside it: `--assume size.thermal=600 MWth`.

A path is dotted; an item of a list is named by its id, its parameter or its index. What is assumed is listed, and an
assumed figure says so in its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from greenbri.errors import Diagnostic, InputError, UsageError, diagnostic
from greenbri.sources.pointers import is_index, steps

# Mappings whose keys are dotted names themselves.
_FREE = frozenset({"facts", "classes"})
_ASSUMED = {"kind": "assumed"}


def apply_assumptions(data: Any, assumptions: Iterable[str]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A copy of the data with the values in their places, and each assumption as it was understood.

    Raises `UsageError` for what has no `=`, no path, or a path that leads through something that is no mapping or list.
    """
    result = _copied(data) if isinstance(data, Mapping) else {}
    listed: list[str] = []
    faults: list[Diagnostic] = []
    for text in assumptions:
        name, separator, value = text.partition("=")
        name, value = name.strip(), value.strip()
        if not separator or not name or not value:
            faults.append(diagnostic("GRB160", args={"text": text}))
            continue
        try:
            _put(result, _path(name, result), _scalar(value))
        except LookupError as error:
            faults.append(diagnostic("GRB161", args={"path": name, "step": str(error.args[0])}))
            continue
        listed.append(f"{name} = {value}")
    if faults:
        raise UsageError(faults)
    return result, tuple(listed)


def _path(name: str, data: Mapping[str, Any]) -> list[str]:
    """The steps; of a dotted name the longest key that exists is one step, because ids may have dots of their own."""
    if name.startswith("/"):
        return steps(name)
    found: list[str] = []
    node: Any = data
    rest = name.split(".")
    while rest:
        count = 1
        if found and found[-1] in _FREE:
            count = len(rest)
        else:
            for length in range(len(rest), 1, -1):
                if _child(node, ".".join(rest[:length])) is not None:
                    count = length
                    break
        if found and found[-1] == "observations" and count == 1:
            count = len(rest)  # parameters have dots too; nothing stands below a figure but its value
            if count > 1 and rest[-1] in ("value", "period", "statistic", "oxygen", "moisture"):
                count -= 1
        step = ".".join(rest[:count])
        found.append(step)
        node = _child(node, step)
        rest = rest[count:]
    return found


def _child(node: Any, step: str) -> Any:
    if isinstance(node, Mapping):
        return node.get(step)
    index = _index(node, step) if isinstance(node, list) else None
    return node[index] if index is not None else None


def _index(items: list[Any], step: str) -> int | None:
    for key in ("id", "parameter", "type", "name"):
        for index, item in enumerate(items):
            if isinstance(item, Mapping) and item.get(key) == step:
                return index
    return int(step) if is_index(step) and int(step) < len(items) else None


def _put(data: dict[str, Any], path: list[str], value: Any) -> None:
    node: Any = data
    for depth, step in enumerate(path[:-1]):
        following = _child(node, step)
        if following is None:
            following = _made(path, depth)
            _attach(node, step, following)
        node = following
    if not isinstance(node, (dict, list)):
        raise LookupError(path[-2] if len(path) > 1 else path[-1])
    last = path[-1]
    known = _child(node, last)
    if isinstance(known, dict) and "value" in known:
        known["value"] = value  # a figure, or a fact with its evidence
        known["evidence"] = dict(_ASSUMED)
    elif isinstance(node, list):
        _attach(node, last, {"parameter": last, "value": value, "evidence": dict(_ASSUMED)} if known is None else value)
    else:
        node[last] = value
        if "parameter" in node and last != "evidence":
            node["evidence"] = dict(_ASSUMED)


def _made(path: list[str], depth: int) -> dict[str, Any] | list[Any]:
    """What an absent step is: the lists of the form are lists, everything else is a mapping."""
    lists = ("sources", "outfalls", "observations", "receptors", "ambient", "noise", "water_bodies")
    return [] if path[depth] in lists else {}


def _attach(node: Any, step: str, item: Any) -> None:
    if isinstance(node, dict):
        node[step] = item
    elif isinstance(node, list):
        index = _index(node, step)
        if index is not None:
            node[index] = item
            return
        if isinstance(item, dict) and "parameter" not in item:
            item["id"] = step
        node.append(item)
    else:
        raise LookupError(step)


def _scalar(text: str) -> Any:
    """A value as YAML would read it; text that is no YAML is text."""
    from greenbri.sources.yaml_events import load_yaml

    try:
        return load_yaml(f"value: {text}\n".encode(), "--assume").data["value"]
    except InputError:
        return text


def _copied(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _copied(value) for key, value in node.items()}
    return [_copied(item) for item in node] if isinstance(node, list) else node
