"""What a comparison holds: a row for each limit, a project's own values, and what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from greenbri.model.condition import Condition
from greenbri.model.finding import Measure, Remark
from greenbri.model.rule import LimitTest, Pack, Rule
from greenbri.quantity import Step

# `binding`: nothing else in the column implies it. `looser`: to meet another limit is to meet this one. `none`: the
# law sets no limit.
Standing = Literal["binding", "looser", "none"]


@dataclass(frozen=True, slots=True)
class Normal:
    """A limit or a value in the form of its column; `value` is the end that judges, the upper one of a band."""

    value: Fraction
    unit: str
    reference: str
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One limit as the law prints it, and the same in the form of its column.

    `conditions` are those that the facts leave open, in words; `missing` names what keeps the limit from being
    computed or converted; `implied_by` are the rules that make it redundant.
    """

    pack: Pack
    rule: Rule
    parameter: str
    medium: str
    subject: str
    limit: Measure
    form: str
    test: LimitTest | None
    remaining: Condition
    conditions: tuple[str, ...] = ()
    alternative: str = ""
    normal: Normal | None = None
    missing: tuple[str, ...] = ()
    ratio: Fraction | None = None
    margin: Fraction | None = None
    steps: tuple[Step, ...] = ()
    remarks: tuple[Remark, ...] = ()
    standing: Standing = "binding"
    implied_by: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the limit surely applies where the comparison stands."""
        return not self.conditions

    @property
    def column(self) -> tuple[str, str, str, str]:
        """What may stand in one column with this limit: subject, medium, parameter, and which side it bounds."""
        return self.subject, self.medium, self.parameter, side(self.test)


@dataclass(frozen=True, slots=True)
class Own:
    """A figure of the project in the form of its column, or what keeps it from being converted."""

    column: tuple[str, str, str, str]
    text: str
    period: str | None
    statistic: str | None
    normal: Normal | None
    missing: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows in the order of columns, and in each from strict to loose; what was asked and what was taken."""

    as_of: date
    rows: tuple[Row, ...]
    values: tuple[Own, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    assumptions: tuple[Remark, ...] = ()
    without_packs: tuple[str, ...] = ()

    def columns(self) -> tuple[tuple[tuple[str, str, str, str], tuple[Row, ...]], ...]:
        """The rows by column."""
        found: dict[tuple[str, str, str, str], list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.column, []).append(row)
        return tuple((key, tuple(rows)) for key, rows in found.items())


def side(test: LimitTest | None) -> str:
    """`most`, `least`, `range` or `removal`, and whether a contribution or an increment is meant."""
    if test is None:
        return "most"
    if test.kind == "removal":
        name = "removal"
    elif test.operator in ("<=", "<", "band"):
        name = "most"
    else:
        name = "least" if test.operator in (">=", ">") else "range"
    return name if test.measures == "total" else f"{name}/{test.measures}"
