"""Lines for the files of readings and cases, in one line of YAML each, and read back as the files are."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from greenbri.evaluate.values import LimitOnDay
from greenbri.model.rule import Form, LimitTest, Pack, Rule
from greenbri.proving.case_file import CaseFileForm, CaseForm, _cases
from greenbri.proving.case_run import Prepared, prepare
from greenbri.proving.conditions import number
from greenbri.proving.reading_file import Reading, ReadValueForm
from greenbri.quantity import parse_unit
from greenbri.sources import load_yaml

_PLAIN = re.compile(r"^[A-Za-z][A-Za-z0-9_.+-]*$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "none"})
_NAME = "<line>"


def flow(value: Any) -> str:
    """A value in YAML's flow style."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(name)}: {flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    text = str(value)
    plain = bool(_PLAIN.match(text) and text.lower() not in _WORDS) or bool(_DAY.match(text)) or text == "none"
    return text if plain else json.dumps(text, ensure_ascii=False)


def case_id(about: str, project: Mapping[str, Any], day: date) -> str:
    """A name for a case that two lines share only where they are the same."""
    digest = hashlib.sha256(f"{day} {flow(project)}".encode()).hexdigest()
    return f"{about.replace('.', '-').replace('_', '-')}-{digest[:6]}"


def reading_line(rule: Rule, limit: LimitOnDay, when: Mapping[str, Any], day: date) -> str:
    """What the pack says of a limit, as a second reader would write it down."""
    test = rule.test
    assert isinstance(test, LimitTest)
    entry: dict[str, Any] = {
        "clause": rule.citation.clause,
        "parameter": test.parameter,
        "medium": test.medium,
        "kind": test.kind if test.kind != "limit" else None,
        "on": day.isoformat(),
        "when": dict(when),
        "value": _value(test, limit),
        "reference": test.reference or ("none" if parse_unit(test.unit).gaseous else None),
        "period": test.period,
        "form": _form(test.form),
        "basis": test.basis or None,
        "fraction": test.fraction or None,
        "measures": test.measures if test.measures != "total" else None,
    }
    return "- " + flow({name: value for name, value in entry.items() if value is not None})


def _value(test: LimitTest, limit: LimitOnDay) -> str:
    unit = f" {test.unit}" if test.unit else ""
    if limit.low is not None and limit.high is not None:
        return f"{number(limit.low)}-{number(limit.high)}{unit}"
    single = limit.high if limit.high is not None else limit.low
    assert single is not None
    natural = ">=" if test.kind in ("minimum", "removal") else "<="
    sign = "" if test.operator in (natural, "range", "band") else f"{test.operator} "
    return f"{sign}{number(single)}{unit}"


def _form(form: Form) -> Any:
    if form.every:
        return None
    if form.exceedances is not None:
        per = f"{form.samples} samples" if form.samples else "year"
        own: dict[str, Any] = {"exceedances": form.exceedances, "per": per}
        return {**own, "years": form.years} if form.years > 1 else own
    if form.years > 1:
        return {"percentile": number(form.share * 100), "years": form.years}
    return f"p{number(form.share * 100)}"


def reading_of(line: str) -> Reading:
    """The reading of a line; raises what its file would be refused for."""
    document = load_yaml(f"values:\n{line}\n".encode(), _NAME)
    form = ReadValueForm.model_validate(document.data["values"][0])
    return Reading(form, document, 0, date.fromisoformat(form.on) if form.on else None)


def case_of(line: str, pack: Pack) -> Prepared:
    """The case of a line, its project read; raises what its file would be refused for."""
    document = load_yaml(f"schema: 1\npack: {pack.id}\ncases:\n{line}\n".encode(), _NAME)
    form = CaseFileForm.model_validate(document.data)
    assert all(isinstance(one, CaseForm) for one in form.cases)
    prepared = prepare(next(_cases(form, document, [])), pack)
    return replace(prepared, days=prepared.case.days)
