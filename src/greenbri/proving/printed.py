"""A pack or a rule for reading: its tables as the law prints them, and where every number was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from greenbri import messages
from greenbri.errors import InputError, UsageError, diagnostic
from greenbri.model.condition import TermIn, leaves
from greenbri.model.rule import Pack, Text
from greenbri.proving.conditions import unit_of, worded
from greenbri.proving.listing import records
from greenbri.proving.listing_text import limit, state
from greenbri.proving.printed_tables import cell, column_heads, grid
from greenbri.proving.shelf import pack_paths
from greenbri.rulepack.compile import try_compile
from greenbri.rulepack.facts import common_facts
from greenbri.rulepack.form import ClassificationForm, PackForm, RequirementForm, SourceForm, TableForm, TextForm
from greenbri.rulepack.lint.files import shown
from greenbri.sources import Document

_OPEN = ("technology", "firing", "abatement")


def printed(name: str, *, lang: str = "en", facts: bool = False) -> str:
    """The text for the id of a pack or a rule, or for a pack file.

    Raises UsageError where nothing goes by that name, InputError where the pack cannot be read.
    """
    pack, form = _found(name)
    page = _Page(lang)
    if facts:
        return "\n".join(_facts(pack, page)) + "\n"
    if name.startswith(f"{pack.id}/"):
        return "\n".join(_rule(name, pack, page)) + "\n"
    return "\n".join(_pack(pack, form, page)) + "\n"


class _Page:
    """The language of a page."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def say(self, key: str, **args: object) -> str:
        """A text of the catalogue."""
        return messages.text(f"lint.show.{key}", self.lang, **args)

    def text(self, text: Text | TextForm) -> str:
        """A text of the pack."""
        return " / ".join(text[one] if isinstance(text, Text) else getattr(text, one) for one in self.languages)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are printed."""
        return ("en", "zh") if self.lang == "both" else (self.lang,)


def _found(name: str) -> tuple[Pack, PackForm]:
    path = _path(name)
    from greenbri.sources import load_yaml

    document: Document = load_yaml(path, shown(path))
    pack, faults = try_compile(document)
    if pack is None or faults:
        raise InputError(faults, document)
    if name.startswith(f"{pack.id}/"):
        rule = name[len(pack.id) + 1 :]
        if not any(_is_about(record, name) for record in records((pack,))):
            args = {"pack": pack.id, "rule": rule, "near": _near(name, pack)}
            raise UsageError(diagnostic("GRB269", None, args))
    return pack, PackForm.model_validate(document.data)


def _path(name: str) -> Path:
    parts = name.split("/")
    for candidate in (name, "/".join(parts[:2])):
        try:
            found = pack_paths((candidate,))
        except UsageError:
            continue
        if len(found) == 1:
            return found[0]
    raise UsageError(diagnostic("GRB221", None, {"name": name}))


def _near(name: str, pack: Pack) -> str:
    from difflib import get_close_matches

    return ", ".join(get_close_matches(name, [record["rule"] for record in records((pack,))], 3)) or "-"


def _is_about(record: Mapping[str, Any], name: str) -> bool:
    return name in (record["rule"], record["alternative"]) or record["rule"].startswith((f"{name}.", f"{name}/"))


def _facts(pack: Pack, page: _Page) -> Iterator[str]:
    """The facts that conditions use with the words they take; no bound and no number of the law."""
    known = {**common_facts(), **{fact.name: fact for fact in pack.facts}}
    words: dict[str, dict[str, None]] = {}
    for condition in _conditions(pack):
        for leaf in leaves(condition):
            used = words.setdefault(leaf.fact, {})
            if isinstance(leaf, TermIn):
                used.update(dict.fromkeys(leaf.terms))
    yield f"{pack.id}  {page.text(pack.title)}"
    for name in sorted(words):
        definition = known.get(name)
        kind = definition.type if definition is not None else "term"
        values = definition.values if definition is not None and definition.values else tuple(words[name])
        takes = {"bool": "true, false", "date": "YYYY-MM-DD", "number": unit_of(name, known) or "1"}
        question = page.text(definition.question) if definition is not None else page.say("class")
        yield f"{name}: {takes.get(kind) or ', '.join(values)}"
        yield f"    {question}"


def _conditions(pack: Pack) -> Iterator[Any]:
    from greenbri.model.rule import AlternativeTest

    yield pack.scope
    for rule in pack.rules:
        yield rule.applies
        if isinstance(rule.test, AlternativeTest):
            yield from (member.applies for member in rule.test.members)
    for scheme in pack.classifications:
        yield scheme.applies
        yield from (one.when for one in scheme.rules)
    for rows in pack.coefficients.values():
        yield from (row.applies for row in rows)


def _rule(name: str, pack: Pack, page: _Page) -> Iterator[str]:
    for record in records((pack,)):
        if not _is_about(record, name):
            continue
        title = record["title"]
        yield record["rule"] + ("  " + " / ".join(title[one] for one in page.languages) if title else "")
        dates = f"{record['valid_from'] or ''} .. {record['valid_to'] or ''}"
        lines = (
            ("limit", limit(record)),
            (
                "parameter",
                " ".join(part for part in (record["parameter"], f"({record['medium']})") if record["medium"]),
            ),
            ("reference", state(record["reference"])),
            ("period", ", ".join(part for part in (record["period"], record["statistic"]) if part)),
            ("applies", ", ".join(part["text"] for part in record["applies"])),
            ("valid", dates),
            ("alternative", record["alternative"] or ""),
            ("instrument", f"{record['instrument']}, {record['clause']}"),
            ("source", f"{record['status']}  {record['url']}  {record['checked']}".rstrip()),
            ("note", record["note"] or ""),
        )
        yield from (f"    {page.say(key)}: {text}" for key, text in lines if text)


def _pack(pack: Pack, form: PackForm, page: _Page) -> Iterator[str]:
    instrument = form.instrument
    yield f"{instrument.citation}  {page.text(pack.title)}"
    yield f"{pack.id} {pack.version}  {pack.jurisdiction}, {pack.force}, {pack.domain}, {pack.review_state}"
    yield f"{page.text(instrument.issuer)}  {instrument.url}"
    yield page.say("in_force", start=instrument.in_force or "?", end=instrument.repealed or "")
    if instrument.replaces:
        yield page.say("replaces", replaced=", ".join(instrument.replaces))
    binds = form.binds
    whom = ", ".join(part for part in (binds.of, *binds.roles, *binds.lenders, *binds.standards) if part)
    yield page.say("binds", by=binds.by, whom=whom)
    if scope := worded(pack.scope, common_facts()):
        yield page.say("scope", scope=scope)
    for coefficients in form.coefficients:
        yield ""
        yield f"{coefficients.id}  {page.text(coefficients.title) if coefficients.title else page.say('coefficients')}"
        yield from grid([coefficients.columns, *([cell(one) for one in row] for row in coefficients.rows)])
        yield from _source(coefficients.source, page)
    for table in form.limits:
        yield ""
        yield from _table(table, page)
    for requirement in form.requirements:
        yield ""
        yield from _requirement(requirement, page)
    for scheme in form.classifications:
        yield ""
        yield from _classes(scheme, page)
    if form.gaps:
        yield ""
        yield page.say("gaps")
        yield from (f"- {gap.clause}: {' / '.join(getattr(gap, one) for one in page.languages)}" for gap in form.gaps)


def _table(table: TableForm, page: _Page) -> Iterator[str]:
    yield f"{table.id}  {page.text(table.title)}"
    said = [table.medium, table.period or "", cell(table.form), table.reference]
    yield f"    {', '.join(part for part in said if part)}"
    if table.applies:
        yield f"    {page.say('applies')}: {cell(table.applies)}"
    for number, branch in enumerate(table.applies_any):
        yield f"    {page.say('or') if number else page.say('applies')}: {cell(branch)}"
    for scaled in table.forms:
        yield f"    {page.say('form')} {scaled.id}: {scaled.period}, {cell(scaled.form)}, x {scaled.factor}"
    for group in table.alternatives:
        yield f"    {page.say('one_of')} {group.id}: {', '.join(group.any)}"
    yield from grid([column_heads(table), *([cell(one) for one in row] for row in table.rows)])
    yield from _source(table.source, page)


def _requirement(form: RequirementForm, page: _Page) -> Iterator[str]:
    yield f"{form.id}  [{form.kind}] {page.text(form.title)}"
    due = form.due
    when = (
        ""
        if due is None
        else f"before {due.before}"
        if due.before
        else f"{due.days} {due.calendar} days after {due.after}"
    )
    lines = (
        ("applies", cell(form.applies) if form.applies else ""),
        ("needs", cell(form.needs) if form.needs else ""),
        ("prohibited", cell(form.prohibited_when) if form.prohibited_when else ""),
        ("judgement", cell(form.judgement_when) if form.judgement_when else ""),
        ("unless", cell(form.unless) if form.unless else ""),
        ("due", when),
        ("authority", page.text(form.authority) if form.authority else ""),
    )
    yield from (f"    {page.say(key)}: {text}" for key, text in lines if text)
    yield from (f"    {page.say('or')}: {cell(branch)}" for branch in form.applies_any)
    yield from _source(form.source, page)


def _classes(form: ClassificationForm, page: _Page) -> Iterator[str]:
    yield f"{form.id}  [{form.scheme}] {page.text(form.title)}: {', '.join(form.values)}"
    for rule in form.rules:
        when = [cell(rule.when)] if rule.when else []
        if rule.any:
            when.append("(" + f" {page.say('or')} ".join(cell(part) for part in rule.any) + ")")
        yield f"    {rule.value}: {', '.join(when)}" + (f"  [{rule.clause}]" if rule.clause else "")
    yield f"    {page.say('otherwise')}: {form.otherwise or '?'}"
    yield from _source(form.source, page)


def _source(source: SourceForm, page: _Page) -> Iterator[str]:
    parts = (source.clause, source.status or "", source.checked, source.url)
    if any(parts):
        yield f"    {page.say('source')}: {'  '.join(part for part in parts if part)}"
    note = source.note if isinstance(source.note, str) else page.text(source.note)
    if note:
        yield f"    {page.say('note')}: {note}"
