"""The errors of a pydantic validation as diagnostics at the lines of the file.

A validator has three ways to be exact: raise `PydanticCustomError("GRB1..", ..., {...})`, whose type is a code of the
catalogue and whose context holds its arguments (and perhaps a `variant`); raise a `ValueError` that is also a
`GreenbriError`, whose diagnostics are kept; or raise any `ValueError`, whose text is given as the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from greenbri.errors import Diagnostic, InputError, Position, diagnostic
from greenbri.messages import Word
from greenbri.sources.document import Document
from greenbri.sources.pointers import is_index, pointer
from greenbri.sources.positions import Prefer
from greenbri.sources.refusals import kind_of

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

Path = tuple["str | int", ...]

# Beginnings of pydantic's error types, and what they want.
_WANTED = (
    ("string", "text"),
    ("int", "integer"),
    ("float", "number"),
    ("decimal", "number"),
    ("finite", "number"),
    ("bool", "bool"),
    ("date", "date"),
    ("list", "list"),
    ("tuple", "list"),
    ("set", "list"),
    ("frozen_set", "list"),
    ("iterable", "list"),
    ("dict", "mapping"),
    ("mapping", "mapping"),
    ("model", "mapping"),
    ("dataclass", "mapping"),
    ("none", "null"),
)
_BOUNDS = (("gt", ">"), ("ge", ">="), ("lt", "<"), ("le", "<="), ("min_length", ">="), ("max_length", "<="))
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|([^\s,']+)(?=,| or |$)")


def located(
    error: ValidationError, document: Document, *, model: type[BaseModel] | None = None, base: Sequence[str | int] = ()
) -> list[Diagnostic]:
    """One diagnostic for each fault, in the order of the file.

    `base` is where in the document the validated data stands. `model` is what was validated; from it come the keys
    that are known at a place.
    """
    found: list[tuple[Path, Diagnostic]] = []
    for fault in error.errors(include_url=False):
        found.extend(_diagnosed(fault, document, model, tuple(base)))
    return _without_echoes(found)


def refused(
    error: ValidationError, document: Document, *, model: type[BaseModel] | None = None, base: Sequence[str | int] = ()
) -> InputError:
    """The same as an error that is to be raised."""
    return InputError(located(error, document, model=model, base=base), document)


def close(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    names = {name.casefold(): name for name in known}
    matches = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return names[matches[0]] if matches else None


def known_keys(model: Any, path: Sequence[str | int]) -> list[str]:
    """The keys that `model` knows at `path`, of all variants where it has several; empty where it takes any."""
    places = _models(model)
    for step in path:
        inner = []
        for place in places:
            fields = getattr(place, "model_fields", None)
            if fields is None:
                continue
            for name, field in fields.items():
                if step in (name, field.alias):
                    inner.extend(_models(field.annotation))
        # The index of a list, or a free key of a mapping, stays within the same annotation.
        places = inner or (places if is_index(step) else [])
    return sorted({field.alias or name for place in places for name, field in place.model_fields.items()})


def _models(annotation: Any) -> list[Any]:
    if hasattr(annotation, "model_fields"):
        return [annotation]
    annotation = getattr(annotation, "__value__", annotation)  # a named type alias
    return [model for part in get_args(annotation) for model in _models(part)]


def _diagnosed(fault: Any, document: Document, model: Any, base: Path) -> list[tuple[Path, Diagnostic]]:
    kind: str = fault["type"]
    context: dict[str, Any] = fault.get("ctx") or {}
    loc: Path = fault["loc"]
    prefer: Prefer = "value"
    if loc and loc[-1] == "[key]":
        loc, prefer = loc[:-1], "key"
    path = base + _existing(document, base, loc)

    def at(code: str, args: dict[str, object], variant: str | None = None) -> list[tuple[Path, Diagnostic]]:
        place = _place(document, path, prefer)
        return [(path, diagnostic(code, place, args, pointer=pointer(path), variant=variant))]

    if kind.startswith("GRB"):
        args = {name: value for name, value in context.items() if name != "variant"}
        return at(kind, args, context.get("variant"))
    raised = getattr(context.get("error"), "diagnostics", None)
    if raised is not None:
        place = _place(document, path, prefer)
        return [(path, replace(one, position=one.position or place, pointer=pointer(path))) for one in raised]
    if kind == "extra_forbidden":
        prefer = "key"
        key = str(loc[-1])
        known = known_keys(model, path[len(base) : -1]) if model is not None else []
        return at("GRB040", *_suggestion(key, known, {"key": key}))
    if kind in ("missing", "union_tag_not_found", "missing_argument", "missing_keyword_only_argument"):
        prefer = "key"
        key = str(loc[-1]) if kind != "union_tag_not_found" else str(context["discriminator"]).strip("'")
        return at("GRB041", {"key": key})
    if kind == "union_tag_invalid":
        path += _existing(document, path, (str(context["discriminator"]).strip("'"),))
        return at("GRB042", *_choice(context["tag"], context["expected_tags"]))
    if kind in ("literal_error", "enum"):
        if isinstance(fault["input"], (dict, list)):
            return at("GRB043", {"expected": Word("sources.kind.text"), "found": kind_of(fault["input"])})
        return at("GRB042", *_choice(fault["input"], context["expected"]))
    bound = " ".join(f"{sign} {context[name]}" for name, sign in _BOUNDS if name in context)
    if kind.startswith(("greater_than", "less_than")):
        return at("GRB045", {"value": fault["input"], "bound": bound})
    if bound:
        return at("GRB044", {"reason": Word("sources.reason.length", (("bound", bound),))})
    if "pattern" in context:
        return at("GRB044", {"reason": Word("sources.reason.pattern", (("pattern", context["pattern"]),))})
    wanted = next((word for start, word in _WANTED if kind.startswith(start)), None)
    if wanted is not None and kind != "dataclass_exact_type":
        return at("GRB043", {"expected": Word(f"sources.kind.{wanted}"), "found": kind_of(fault["input"])})
    return at("GRB044", {"reason": str(context.get("error") or fault["msg"])})


def _choice(value: object, expected: str) -> tuple[dict[str, object], str | None]:
    known = [quoted or bare for quoted, bare in _QUOTED.findall(expected)]
    args, variant = _suggestion(str(value), known, {"value": "null" if value is None else value})
    return args, None if variant == "none" else variant


def _suggestion(word: str, known: Sequence[str], args: dict[str, object]) -> tuple[dict[str, object], str | None]:
    """The arguments and the hint of a word that is not known: the near miss, or the whole list."""
    meant = close(word, known)
    args = {**args, "known": ", ".join(known), "close": meant or ""}
    return args, "close" if meant else None if known else "none"


def _existing(document: Document, base: Sequence[str | int], loc: Sequence[str | int]) -> Path:
    """The steps of `loc` that exist in the file, without the union tags and absent keys that pydantic adds."""
    node = document.data
    for step in base:
        node = _inner(node, step, node)
    return _longest(node, tuple(loc))


_ABSENT = object()


def _longest(node: Any, loc: Path) -> Path:
    if not loc:
        return ()
    skipped = _longest(node, loc[1:])
    inner = _inner(node, loc[0], _ABSENT)
    if inner is _ABSENT:
        return skipped
    taken = (loc[0], *_longest(inner, loc[1:]))
    return taken if len(taken) >= len(skipped) else skipped


def _inner(node: Any, step: str | int, otherwise: Any) -> Any:
    if isinstance(node, Mapping):
        return node.get(step, otherwise)
    if isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
        return node[step]
    return otherwise


def _place(document: Document, path: Path, prefer: Prefer) -> Position:
    return document.position(path, prefer)


def _without_echoes(found: list[tuple[Path, Diagnostic]]) -> list[Diagnostic]:
    """Leave out what a union says twice: each of its variants reports that the value is not of its own kind."""
    kept: dict[tuple[Path, str, str], Diagnostic] = {}
    for path, fault in found:
        if fault.code == "GRB043" and any(
            other.code != "GRB043" and where[: len(path)] == path
            for where, other in found
            if where != path or other is not fault
        ):
            continue
        arguments = "" if fault.code == "GRB043" else repr(sorted(fault.args.items(), key=lambda item: item[0]))
        kept.setdefault((path, fault.code, arguments), fault)
    return sorted(
        kept.values(), key=lambda fault: (fault.position.line, fault.position.column) if fault.position else (0, 0)
    )
