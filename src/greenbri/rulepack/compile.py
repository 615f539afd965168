"""A pack file to a Pack: the form is checked, the tables become rules, every fault gets its place in the file."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from greenbri.errors import Diagnostic, InputError, diagnostic
from greenbri.model.condition import AnyOf, Condition, TermIn
from greenbri.model.rule import (
    Binds,
    Classification,
    CoefficientRow,
    Framework,
    Gap,
    Instrument,
    Pack,
    Rule,
    Text,
    Validity,
)
from greenbri.rulepack.cells import condition, conjunction, definition_of, parse_date
from greenbri.rulepack.duties import classification, requirement_rule
from greenbri.rulepack.facts import common_facts, pack_fact
from greenbri.rulepack.form import PackForm
from greenbri.rulepack.head import Head
from greenbri.rulepack.numbers import is_plain_number
from greenbri.rulepack.problems import CellError, Problems
from greenbri.rulepack.tables import table_rules
from greenbri.sources import Document

_FRAMEWORKS: dict[str, Framework] = {
    "CN": "CN", "EU": "EU", "US": "US", "WBG": "lenders", "WHO": "lenders", "EP": "lenders", "IFC": "lenders",
    "AIIB": "lenders", "ADB": "lenders", "OECD": "lenders", "BRI": "BRI",
}  # fmt: skip


def content_hash(data: Any) -> str:
    """SHA-256 over the content of a pack, independent of layout, comments and key order."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def compile_pack(document: Document) -> Pack:
    """The pack of a file. Raises InputError with every fault found, each at its place."""
    pack, faults = try_compile(document)
    if faults or pack is None:
        raise InputError(faults)
    return pack


def try_compile(document: Document) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """The pack as far as it can be read, and its faults; None where not even its form holds."""
    from pydantic import ValidationError

    from greenbri.sources import located

    try:
        form = PackForm.model_validate(document.data)
    except ValidationError as error:
        return None, tuple(located(error, document, model=PackForm))
    problems = Problems()
    pack = _compile(form, document, problems)
    faults = tuple(
        diagnostic(found.code, document.position(found.pointer), found.args, pointer=found.pointer)
        for found in problems.found
    )
    return pack, faults


def _compile(form: PackForm, document: Document, problems: Problems) -> Pack | None:
    facts = {**common_facts(), **{name: pack_fact(name, fact) for name, fact in form.facts.items()}}
    try:
        in_force = parse_date(form.instrument.in_force) if form.instrument.in_force else None
        repealed = parse_date(form.instrument.repealed) if form.instrument.repealed else None
    except CellError as error:
        problems.add_cell(error, "/instrument")
        return None
    try:
        scope = conjunction(facts, form.scope)
    except CellError as error:
        problems.add_cell(error, "/scope")
        return None
    head = Head(form, Validity(in_force, repealed), facts, frozenset(table.id for table in form.coefficients))
    coefficients: dict[str, tuple[CoefficientRow, ...]] = {}
    for number, table in enumerate(form.coefficients):
        coefficients[table.id] = _coefficients(table.columns, table.rows, facts, f"/coefficients/{number}", problems)
    rules: list[Rule] = []
    for number, limits in enumerate(form.limits):
        rules.extend(table_rules(limits, head, f"/limits/{number}", problems))
    for number, requirement in enumerate(form.requirements):
        rules.extend(requirement_rule(requirement, head, f"/requirements/{number}", problems))
    classes: list[Classification] = []
    for number, scheme in enumerate(form.classifications):
        classes.extend(classification(scheme, head, f"/classifications/{number}", problems))
    _check_ids(rules, problems)
    return Pack(
        id=form.pack,
        version=form.version,
        sha256=content_hash(document.data),
        title=Text(form.title.en, form.title.zh),
        jurisdiction=form.jurisdiction,
        framework=form.framework or _FRAMEWORKS.get(form.jurisdiction),
        force=form.force,
        domain=form.domain,
        instrument=Instrument(
            form.instrument.citation,
            Text(form.instrument.issuer.en, form.instrument.issuer.zh),
            form.instrument.url,
            in_force,
            repealed,
            tuple(form.instrument.replaces),
        ),
        binds=Binds(
            form.binds.by,
            form.binds.of,
            tuple(form.binds.roles),
            tuple(form.binds.lenders),
            tuple(form.binds.standards),
        ),
        scope=scope,
        sectors=sector_terms(scope),
        rules=tuple(rules),
        classifications=tuple(classes),
        coefficients=coefficients,
        facts=tuple(pack_fact(name, fact) for name, fact in form.facts.items()),
        as_benchmark=dict(form.as_benchmark),
        gaps=tuple(Gap(gap.clause, Text(gap.en, gap.zh)) for gap in form.gaps),
        review_state=form.review.state,
        file=document.name,
    )


def sector_terms(scope: Condition) -> tuple[str, ...]:
    """The sectors a scope admits, as prefixes; empty where it does not name any."""
    if isinstance(scope, TermIn):
        return scope.terms if scope.fact == "sector" and not scope.negated else ()
    if isinstance(scope, AnyOf) or not hasattr(scope, "parts"):
        return ()
    for part in scope.parts:
        if terms := sector_terms(part):
            return terms
    return ()


def _coefficients(
    columns: list[str], rows: list[list[Any]], facts: dict[str, Any], pointer: str, problems: Problems
) -> tuple[CoefficientRow, ...]:
    made: list[CoefficientRow] = []
    if columns[-1:] != ["value"]:
        problems.add("GRB213", f"{pointer}/columns", column="value")
        return ()
    for number, cells in enumerate(rows):
        place = f"{pointer}/rows/{number}"
        if len(cells) != len(columns):
            problems.add("GRB214", place, cells=len(cells), columns=len(columns))
            continue
        row = dict(zip(columns, cells, strict=True))
        try:
            from fractions import Fraction

            from greenbri.model.condition import all_of

            if not is_plain_number(str(row["value"])):
                raise CellError("GRB209", cell=str(row["value"]))
            parts = [
                condition(definition_of(facts, name), row[name]) for name in columns if name not in ("id", "value")
            ]
            made.append(CoefficientRow(all_of(*parts), Fraction(str(row["value"]))))
        except CellError as error:
            problems.add_cell(error, place)
    return tuple(made)


def _check_ids(rules: list[Rule], problems: Problems) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            problems.add("GRB215", rule.pointer, id=rule.id)
        seen.add(rule.id)
