"""The summary for people at a terminal; off a terminal the same without colour, and nothing wrapped or cut."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

from greenbri.model.assessment import Assessment, Snapshot
from greenbri.model.finding import STATUSES, Finding
from greenbri.model.rule import Text as Words
from greenbri.report.diagnostics.printable import one_line
from greenbri.report.numerals import points
from greenbri.report.summary import change, failures, figures, frameworks, unknowns, why
from greenbri.report.wording import country_name, decided, languages, pick, say, sector_name, status_key

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

# The sign stands beside the word, so that no light is told by its colour alone.
SIGNS = {"red": "■", "undetermined": "?", "yellow": "▲", "green": "●"}
COLOURS = {"red": "bold red", "undetermined": "bold magenta", "yellow": "bold yellow", "green": "bold green"}
_MOST_DECIDING, _MOST_FAILURES, _MOST_OPEN, _MOST_QUESTIONS = 5, 8, 6, 5
# No line of a report is longer; without a width rich would take 80.
_UNLIMITED = 100_000


def render(
    assessments: Sequence[Assessment], lang: str = "en", *, width: int | None = None, colour: bool = False
) -> str:
    """A summary for each project. `width` in columns wraps; None, off a terminal, leaves every line whole."""
    return "\n".join(_Page(lang, width, colour).summary(one) for one in assessments)


def explain(
    assessment: Assessment, rule: str, lang: str = "en", *, width: int | None = None, colour: bool = False
) -> str:
    """How a rule was judged: whether it applies, the figure, every step, the limit, the source, the remarks.

    Raises `UsageError` where no finding is of that rule.
    """
    from greenbri.report.explanation import explanation

    page = _Page(lang, width, colour)
    for line in explanation(assessment, rule, lang):
        page.line(line.text, style=line.style, indent=line.indent)
    return page.text()


class _Page:
    """Lines and tables on a console that writes to memory."""

    def __init__(self, lang: str, width: int | None, colour: bool) -> None:
        from rich.console import Console

        self.lang = lang
        self.console: Console = Console(
            file=StringIO(),
            width=width or _UNLIMITED,
            force_terminal=colour,
            color_system="standard" if colour else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        file = self.console.file
        assert isinstance(file, StringIO)
        return "\n".join(line.rstrip() for line in file.getvalue().rstrip("\n").split("\n")) + "\n"

    def summary(self, assessment: Assessment) -> str:
        snapshot = assessment.deciding_snapshot
        self._head(assessment)
        self._verdict(assessment, snapshot)
        self._deciding(snapshot)
        self._frameworks(snapshot)
        told = {(one.rule, one.subject) for one in snapshot.verdict.deciding[:_MOST_DECIDING]}
        rest = [one for one in snapshot.findings if (one.rule, one.subject) not in told]
        self._findings("terminal.failures", failures(rest), _MOST_FAILURES)
        self._findings("terminal.open", unknowns(rest), _MOST_OPEN)
        self._questions(snapshot)
        self._classifications(snapshot)
        return self.text()

    def line(self, text: str = "", *, style: str = "", indent: int = 0) -> None:
        from rich.padding import Padding
        from rich.text import Text

        shown = Text(one_line(text), style=style, overflow="fold")
        self.console.print(Padding(shown, (0, 0, 0, indent), expand=False) if indent else shown)

    def _head(self, assessment: Assessment) -> None:
        project = assessment.project
        name = pick(project.name, self.lang)
        self.line(say("title", self.lang), style="bold")
        self.line(f"{name} ({project.id})" if name else project.id)
        place = [pick(country_name(project.country), self.lang), pick(sector_name(project.sector), self.lang)]
        if project.status is not None:
            place.append(say(f"project_status.{project.status}", self.lang))
        self.line(" · ".join(place))
        self.line()

    def _verdict(self, assessment: Assessment, snapshot: Snapshot) -> None:
        verdict, lang = snapshot.verdict, self.lang
        light = "prohibited" if verdict.prohibited else verdict.light
        self.line(f"{SIGNS[verdict.light]} {say(f'light.{light}', lang)}", style=COLOURS[verdict.light])
        self._sentence(why(snapshot))
        self._sentence(change(snapshot))
        self.line()
        numbers = figures(snapshot)
        rows = [
            (say("as_of", lang), self._dated(assessment.now)),
            (say("at_operation", lang), self._dated(assessment.at_operation)),
            (say("basis.label", lang), say(f"basis.{verdict.basis}", lang)),
            (say("binding_rules", lang), say("binding_counts", lang, met=numbers.met, failed=numbers.failed,
                                             open=numbers.open, waived=numbers.waived)),
            (say("score", lang), say("interval", lang, low=points(verdict.score.low), high=points(verdict.score.high))),
        ]  # fmt: skip
        if numbers.recalled:
            rows.append((say("recalled.label", lang), say("recalled.count", lang, count=numbers.recalled)))
        self._pairs(rows)

    def _dated(self, snapshot: Snapshot | None) -> str:
        if snapshot is None:
            return say("operating_already", self.lang)
        light = "prohibited" if snapshot.verdict.prohibited else snapshot.verdict.light
        return f"{snapshot.as_of.isoformat()}  {say(f'light.{light}', self.lang)}"

    def _deciding(self, snapshot: Snapshot) -> None:
        entries = snapshot.verdict.deciding
        if not entries:
            return
        self._heading("terminal.deciding")
        for entry in entries[:_MOST_DECIDING]:
            self.line(f"- {pick(entry.message, self.lang)}", indent=2)
            status = say(f"status.{decided(entry.status)}", self.lang)
            if entry.cause:
                status += f" ({say(f'cause.{entry.cause}', self.lang)})"
            source = ", ".join(part for part in (entry.instrument, entry.clause) if part)
            self.line(f"{source} | {status} | {entry.rule}", style="dim", indent=4)
        self._more(len(entries) - _MOST_DECIDING)

    def _frameworks(self, snapshot: Snapshot) -> None:
        table = self._table(say("framework.label", self.lang), say("light.label", self.lang))
        for status in STATUSES:
            table.add_column(say(f"status_short.{status}", self.lang), justify="right")
        for name in frameworks(snapshot):
            result = snapshot.verdict.frameworks[name]
            light = self._styled(f"{SIGNS[result.light]} {say(f'light_short.{result.light}', self.lang)}", result.light)
            counts = (str(result.counts.get(status, 0)) for status in STATUSES)
            table.add_row(say(f"framework.{name}", self.lang), light, *counts)
        self._heading("terminal.frameworks")
        self.console.print(table)

    def _findings(self, key: str, found: list[Finding], most: int) -> None:
        if not found:
            return
        self._heading(key, count=len(found))
        for one in found[:most]:
            key = f"cause.{one.cause}" if one.status == "unknown" else f"status_short.{status_key(one)}"
            status = say(key, self.lang)
            force = say(f"force.{one.force}", self.lang)
            self.line(f"- {pick(one.message, self.lang)}", indent=2)
            place = ", ".join(part for part in (one.citation.instrument, one.citation.clause) if part)
            self.line(" | ".join(part for part in (force, place, status, one.rule) if part), style="dim", indent=4)
        self._more(len(found) - most)

    def _questions(self, snapshot: Snapshot) -> None:
        if not snapshot.questions:
            return
        self._heading("terminal.questions", count=len(snapshot.questions))
        for number, one in enumerate(snapshot.questions[:_MOST_QUESTIONS], 1):
            self.line(f"{number}. {pick(one.message, self.lang)}", indent=2)
            told = say("settles", self.lang, count=one.settles, width=points(one.width))
            self.line(f"{one.path} | {told}", style="dim", indent=5)
        self._more(len(snapshot.questions) - _MOST_QUESTIONS)

    def _classifications(self, snapshot: Snapshot) -> None:
        if not snapshot.classifications:
            return
        self._heading("terminal.classifications")
        for one in snapshot.classifications:
            value = one.value or say("class.open", self.lang, possible=", ".join(one.possible))
            if one.value is not None and one.proposed:
                value = say("class.proposed", self.lang, value=one.value)
            if one.recorded is not None:
                key = "class.disagrees" if one.disagrees else "class.recorded"
                value += f"; {say(key, self.lang, value=one.recorded)}"
            self.line(f"{pick(one.title, self.lang)}: {value}", indent=2)

    def _sentence(self, words: Words) -> None:
        for one in languages(self.lang):
            self.line(words[one])

    def _heading(self, key: str, **args: object) -> None:
        self.line()
        self.line(say(key, self.lang, **args), style="bold")

    def _more(self, count: int) -> None:
        if count > 0:
            self.line(say("more", self.lang, count=count), style="dim", indent=2)

    def _pairs(self, rows: list[tuple[str, str]]) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for label, value in rows:
            table.add_row(Text(label, style="dim"), Text(one_line(value)))
        self.console.print(table)

    def _table(self, *columns: str) -> Table:
        from rich.table import Table

        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        for column in columns:
            table.add_column(column, overflow="fold")
        return table

    def _styled(self, text: str, light: str) -> Text:
        from rich.text import Text

        return Text(text, style=COLOURS[light])
