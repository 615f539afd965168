"""Where values were read: clause, address, day and status of every source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenbri.messages import Word
from greenbri.model.rule import LimitTest, NoLimitTest
from greenbri.rulepack.cells import parse_date
from greenbri.rulepack.form import CoefficientForm, SourceForm
from greenbri.rulepack.lint.examined import Check, Examined, Issue
from greenbri.rulepack.problems import CellError

_ADDRESS = re.compile(r"^https?://[^\s/]+\.[^\s/]+(?:/\S*)?$")


def sources(pack: Examined) -> Iterator[tuple[str, SourceForm, bool]]:
    """Every source with its address, and whether rows of its table give clauses of their own."""
    form = pack.form
    for number, table in enumerate(form.limits):
        yield f"/limits/{number}/source", table.source, bool(table.clause) or "clause" in table.columns
    for number, requirement in enumerate(form.requirements):
        yield f"/requirements/{number}/source", requirement.source, False
    for number, scheme in enumerate(form.classifications):
        own = bool(scheme.rules) and all(rule.clause for rule in scheme.rules)
        yield f"/classifications/{number}/source", scheme.source, own
    for number, coefficients in enumerate(form.coefficients):
        if coefficients.source != SourceForm():
            yield f"/coefficients/{number}/source", coefficients.source, False


class IncompleteSource(Check):
    """A value that is said to have been read, without the clause, address or day that would let one repeat it."""

    code = "GRB230"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for pointer, source, clauses in sources(pack):
            status = source.status or ("secondary" if self._row_statuses(pack, pointer) else None)
            if status is None or status == "recalled":
                continue
            clause = bool(source.clause) or clauses
            stated = {"clause": clause, "url": bool(source.url), "checked": bool(source.checked)}
            for part, given in stated.items():
                if not given and not (part == "url" and self._row_urls(pack, pointer)):
                    missing = Word(f"lint.source.{part}")
                    yield self.at_key(pointer, status=status, missing=missing)

    @staticmethod
    def _row_statuses(pack: Examined, pointer: str) -> bool:
        return pointer.startswith("/limits/") and "status" in pack.form.limits[int(pointer.split("/")[2])].columns

    @staticmethod
    def _row_urls(pack: Examined, pointer: str) -> bool:
        return pointer.startswith("/limits/") and "url" in pack.form.limits[int(pointer.split("/")[2])].columns


class UnsourcedCoefficients(Check):
    """A table of coefficients without a source: its numbers enter limits like any other number of the law."""

    code = "GRB231"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        for number, table in enumerate(pack.form.coefficients):
            if _unsourced(table):
                yield self.issue(f"/coefficients/{number}/id", id=table.id)


def _unsourced(table: CoefficientForm) -> bool:
    return table.source.status is None


class NoDay(Check):
    """A date of a source, a review or a change that is no day."""

    code = "GRB232"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        form = pack.form
        dates = [(f"{pointer}/checked", source.checked) for pointer, source, _ in sources(pack) if source.checked]
        dates += [(f"/review/entries/{number}/date", one.date) for number, one in enumerate(form.review.entries)]
        dates += [(f"/changes/{number}/date", one.date) for number, one in enumerate(form.changes)]
        for pointer, text in dates:
            try:
                parse_date(text)
            except CellError:
                yield self.issue(pointer, text=text)


class NoAddress(Check):
    """An address that no browser can open, such as one that was left to be filled in."""

    code = "GRB233"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        form = pack.form
        found = [("/instrument/url", form.instrument.url)]
        found += [(f"{pointer}/url", source.url) for pointer, source, _ in sources(pack)]
        for pointer, table in pack.tables():
            if "url" in table.columns:
                column = table.columns.index("url")
                cells = [(f"{pointer}/rows/{number}/{column}", row) for number, row in enumerate(table.rows)]
                found += [(place, str(row[column])) for place, row in cells if len(row) > column and row[column]]
        for pointer, text in found:
            if text and text != "-" and not _ADDRESS.match(text):
                yield self.issue(pointer, text=text)


class Recalled(Check):
    """How many values of a pack nobody has seen in a source: a note, because they are honest about it."""

    code = "GRB234"

    def examine(self, pack: Examined) -> Iterator[Issue]:
        duties = [rule for rule in pack.pack.rules if not isinstance(rule.test, (LimitTest, NoLimitTest))]
        statuses = [one.rule.citation.status for one in pack.limits] + [rule.citation.status for rule in duties]
        statuses += [scheme.citation.status for scheme in pack.pack.classifications]
        count = statuses.count("recalled")
        if count:
            yield self.at_key("/review", count=count, total=len(statuses))


CHECKS: tuple[type[Check], ...] = (IncompleteSource, UnsourcedCoefficients, NoDay, NoAddress, Recalled)
