"""What binds as the text of a pack: one table for each rule, with everything of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from greenbri.compare.cells import Unwritable, applies, branches, form_cell, limit_cell
from greenbri.compare.point import MILESTONES, Point
from greenbri.model.condition import FUEL_COUNT, Condition, all_of, leaves
from greenbri.model.rule import (
    AlternativeTest,
    FactDefinition,
    Interpolated,
    LimitTest,
    NoLimitTest,
    Pack,
    Product,
    Rule,
    Segment,
)
from greenbri.quantity import parse_unit
from greenbri.rulepack.facts import common_facts

AIR = Fraction(21)


@dataclass
class Kept:
    """A rule on its way into the derived pack; `members` are the limits of a group of alternatives, or the one."""

    pack: Pack
    rule: Rule
    condition: Condition
    members: list[tuple[Rule, list[Segment]]]
    losing: list[str] = field(default_factory=list)

    @property
    def medium(self) -> str:
        """Where the limit is measured."""
        test = self.rule.test
        assert isinstance(test, (LimitTest, NoLimitTest, AlternativeTest))
        return test.medium

    @property
    def test(self) -> LimitTest | None:
        """The test of a single limit; None for alternatives and where the law sets no limit."""
        test = self.rule.test
        return test if isinstance(test, LimitTest) else None

    @property
    def air(self) -> Fraction:
        """The oxygen in air that its instrument reckons with: a pack has one."""
        tests = [rule.test for rule, _ in self.members]
        return next((test.oxygen_in_air for test in tests if isinstance(test, LimitTest)), AIR)


def document(
    name: str, point: Point, air: Fraction, kept: list[Kept], packs: tuple[Pack, ...], used: set[str]
) -> dict[str, Any]:
    facts = {**common_facts(), **{fact.name: fact for pack in packs for fact in pack.facts}}
    named = {name for one in kept for name in _facts_of(one)}
    own = {fact.name: fact for pack in packs for fact in pack.facts if fact.name in named}
    supposed = {key: value for pack in packs for key, value in pack.as_benchmark.items() if key in named}
    day = point.as_of.isoformat()
    sources = ", ".join(dict.fromkeys(one.pack.id for one in kept))
    document: dict[str, Any] = {
        "schema": "1",
        "pack": f"harmonised/{name}",
        "version": "1.0.0",
        "title": {"en": f"Strictest limits: {sources}", "zh": f"最严限值：{sources}"},
        "jurisdiction": "BRI",
        "framework": "BRI",
        "force": "benchmark",
        "domain": "technology",
        "instrument": {
            "citation": f"harmonised of {sources}",
            "issuer": {"en": "derived by greenbri compare --strictest", "zh": "由 greenbri compare --strictest 推导"},
            "url": kept[0].pack.instrument.url,
            "in_force": day,
        },
        "constants": {"oxygen_in_air": f"{float(air):g}"},
        "binds": {"by": "instrument"},
        "scope": _scope(point, used),
        "review": {"state": "draft", "entries": [{"role": "author", "date": day, "result": "derived"}]},
        "changes": [{"version": "1.0.0", "date": day, "en": "Derived.", "zh": "推导生成。"}],
    }
    if own:
        document["facts"] = {key: _fact(fact) for key, fact in own.items()}
    if supposed:
        document["as_benchmark"] = supposed
    gaps = dict.fromkeys((one.pack.instrument.citation, gap) for one in kept for gap in one.pack.gaps)
    if gaps:
        document["gaps"] = [
            {"clause": f"{citation}, {gap.clause}", "en": gap.text.en, "zh": gap.text.zh} for citation, gap in gaps
        ]
    coefficients, renamed = _coefficients(kept, facts)
    if coefficients:
        document["coefficients"] = coefficients
    document["limits"] = [
        _table(f"t{number}", one, facts, renamed.get(one.pack.id, {}), point) for number, one in enumerate(kept, 1)
    ]
    return document


def _facts_of(one: Kept) -> Iterable[str]:
    """The facts that a limit's condition and its computed values name."""
    yield from (leaf.fact for leaf in leaves(one.condition))
    for end in (end for _, segments in one.members for part in segments for end in (part.low, part.high)):
        if isinstance(end, Interpolated):
            yield end.fact
        elif isinstance(end, Product):
            for factor in end.factors:
                rows = one.pack.coefficients.get(factor.coefficient, ())
                yield from (
                    [factor.fact] if factor.fact else [leaf.fact for row in rows for leaf in leaves(row.applies)]
                )


def _scope(point: Point, used: set[str]) -> dict[str, Any]:
    """The facts of the point that decided something; the sector always does."""
    from greenbri.proving.conditions import number

    found: dict[str, Any] = {}
    for key, value in point.stated.items():
        if key != "sector" and key not in used and key.removeprefix("plant.") not in used:
            continue
        if isinstance(value, Fraction):
            unit = common_facts()[key].unit
            found[key] = f"{number(value)} {unit}" if unit != "1" else number(value)
        else:
            found[key] = list(value) if isinstance(value, tuple) else value if isinstance(value, bool) else str(value)
    if point.age:
        sign = ">=" if point.age == "new" else "<="
        found.update({key: f"{sign} {point.as_of}" for key in MILESTONES if key in used and key not in found})
    return found


def _fact(fact: FactDefinition) -> dict[str, Any]:
    form: dict[str, Any] = {"type": fact.type, "question": {"en": fact.question.en, "zh": fact.question.zh}}
    if fact.of != "project":
        form["of"] = fact.of
    form.update({key: value for key in ("vocabulary", "unit") if (value := getattr(fact, key))})
    return {**form, "values": list(fact.values)} if fact.values else form


def _coefficients(
    kept: list[Kept], facts: Mapping[str, FactDefinition]
) -> tuple[list[dict[str, Any]], dict[str, dict[str, str]]]:
    """The coefficient tables that values need, under names of their own."""
    tables: list[dict[str, Any]] = []
    renamed: dict[str, dict[str, str]] = {}
    for one in kept:
        ends = [end for _, segments in one.members for part in segments for end in (part.low, part.high)]
        for factor in (factor for end in ends if isinstance(end, Product) for factor in end.factors):
            names = renamed.setdefault(one.pack.id, {})
            if not factor.coefficient or factor.coefficient in names:
                continue
            names[factor.coefficient] = f"k{len(tables) + 1}"
            rows = one.pack.coefficients[factor.coefficient]
            maps = [applies(row.applies, facts) for row in rows]
            if any("applies_any" in cells for cells in maps):
                raise Unwritable(one.rule.id)
            columns = list(dict.fromkeys(key for cells in maps for key in cells.get("applies", {})))
            tables.append(
                {
                    "id": names[factor.coefficient],
                    "source": _source(one, one.rule),
                    "columns": ["id", *columns, "value"],
                    "rows": [
                        [f"r{place}", *(cells.get("applies", {}).get(key, "any") for key in columns), _plain(row.value)]
                        for place, (cells, row) in enumerate(zip(maps, rows, strict=True), 1)
                    ],
                }
            )
    return tables, renamed


def _plain(value: Fraction) -> str:
    from greenbri.proving.conditions import number

    return number(value)


def _table(
    name: str, one: Kept, facts: Mapping[str, FactDefinition], coefficient: Mapping[str, str], point: Point
) -> dict[str, Any]:
    """One table for each rule, so that each keeps everything of its own."""
    first = next((rule.test for rule, _ in one.members if isinstance(rule.test, LimitTest)), None)
    parts = all_of(*(part for part in [one.condition] if not _single_fuel(part)))
    title = one.rule.title
    english, chinese = (title.en, title.zh) if title is not None else (one.rule.id, one.rule.id)
    table: dict[str, Any] = {
        "id": name,
        "title": {"en": f"{english} ({one.rule.id})", "zh": f"{chinese}（{one.rule.id}）"},
        "medium": one.medium,
        "source": _source(one, one.rule),
    }
    try:
        table.update(applies(parts, facts))
        columns = {f"c{place}": _column(rule.test) for place, (rule, _) in enumerate(one.members, 1)}
        cells = [_cell(rule, segments, facts, coefficient) for rule, segments in one.members]
    except Unwritable as reason:
        raise Unwritable(f"{one.rule.id}: {reason}") from None
    if first is not None:
        table["oxygen_correction"] = first.oxygen_correction
        if first.max_age_days is not None:
            table["max_evidence_days"] = first.max_age_days
    starts = [part.valid.start for _, segments in one.members for part in segments]
    ends = [part.valid.end for _, segments in one.members for part in segments]
    start = min(day for day in starts if day is not None) if None not in starts else None
    valid = {"from": max(start or point.as_of, point.as_of).isoformat()}
    if None not in ends:
        valid["to"] = max(day for day in ends if day is not None).isoformat()
    table.update(valid=valid, columns=["id", *columns], limits=columns, rows=[["r", *cells]])
    if isinstance(one.rule.test, AlternativeTest) and len(columns) > 1:
        table["alternatives"] = [{"id": "any", "any": list(columns)}]
    return table


def _single_fuel(condition: Condition) -> bool:
    return {leaf.fact for leaf in leaves(condition)} == {FUEL_COUNT} and len(branches(condition)) == 1


def _cell(rule: Rule, segments: list[Segment], facts: Mapping[str, FactDefinition], coefficient: Any) -> Any:
    return limit_cell(rule.test, segments, facts, coefficient) if isinstance(rule.test, LimitTest) else "none"


def _column(test: object) -> dict[str, Any]:
    if isinstance(test, NoLimitTest):
        return {"parameter": test.parameter, "unit": "mg/m3"}
    assert isinstance(test, LimitTest)
    column: dict[str, Any] = {
        "parameter": test.parameter,
        "unit": str(parse_unit(test.unit)) or "1",
        "kind": test.kind,
        "form": form_cell(test.form, test.period),
        "reference": test.reference or "actual",
    }
    if test.unit == "pH":
        column["unit"] = "1"
    optional = {
        "period": test.period, "proof": "test" if test.proof else None, "basis": test.basis, "fraction": test.fraction,
        "over": test.over, "benchmark_volume": test.benchmark_volume, "members": list(test.members),
    }  # fmt: skip
    column.update({key: value for key, value in optional.items() if value})
    if test.measures != "total":
        column["measures"] = test.measures
    if test.members:
        column["weights"] = {key: _plain(value) for key, value in zip(test.members, test.weights, strict=True)}
        column["non_detect"] = test.non_detect
    if test.uncertainty != "face":
        column["uncertainty"] = test.uncertainty
    if test.rounding is not None:
        column["rounding"] = {"to": _plain(test.rounding.step), "mode": test.rounding.mode}
    return column


def _source(one: Kept, rule: Rule) -> dict[str, Any]:
    cited = rule.citation
    note = "; ".join(
        part for part in (f"from {rule.id}", *(f"also meets {text}" for text in one.losing), cited.note) if part
    )
    return {
        "clause": f"{cited.instrument}, {cited.clause}",
        "url": cited.url or one.pack.instrument.url,
        "checked": cited.checked,
        "status": cited.status,
        "note": note,
    }


def dumped(document: Mapping[str, Any]) -> str:
    import yaml

    class Plain(yaml.SafeDumper):
        """Without anchors, which a pack may not have."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    text: str = yaml.dump(document, Dumper=Plain, allow_unicode=True, sort_keys=False, width=120)
    return text
