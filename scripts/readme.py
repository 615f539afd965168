"""Writes the real terminal summary and two pages of a real report into the README.

Needs pdftoppm (Debian: poppler-utils) for the pictures.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import date
from pathlib import Path

from greenbri.assessing import assess_file
from greenbri.report import render

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "examples/lao-coal-hongsa.yaml"
DAY = date(2026, 11, 22)
START, END = "<!-- terminal -->\n", "<!-- /terminal -->\n"
# the part of the summary that shows what it is: down to the table of frameworks
LAST_HEADING = "Not met"


def summary() -> str:
    """The beginning of the terminal summary of the example, as it is printed off a terminal at 100 columns."""
    from greenbri.report.terminal import render as terminal

    assessed = assess_file(ROOT / EXAMPLE, DAY)
    lines = terminal([assessed.assessment], "en", width=100).splitlines()
    end = next(number for number, line in enumerate(lines) if line.startswith(LAST_HEADING))
    shown = "\n".join(line.rstrip() for line in lines[:end]).rstrip()
    return f"{START}\n```text\n$ ./run assess {EXAMPLE} --as-of {DAY}\n{shown}\n...\n```\n\n{END}"


def with_summary(text: str) -> str:
    """The README with the summary put in."""
    before, rest = text.split(START, 1)
    after = rest.split(END, 1)[1] if END in rest else rest
    return before + summary() + after


def pictures() -> None:
    """The first two pages of the example's report, in both languages, as PNG."""
    assessed = assess_file(ROOT / EXAMPLE, DAY)
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "report.pdf"
        pdf.write_bytes(render("pdf", [assessed.assessment], "both"))
        target = ROOT / "docs" / "images"
        target.mkdir(parents=True, exist_ok=True)
        for page in (1, 2):
            command = ["pdftoppm", "-r", "72", "-png", "-singlefile", "-f", str(page), "-l", str(page), str(pdf)]
            subprocess.run([*command, str(target / f"report-{page}")], check=True)


def main() -> None:
    """Write both."""
    path = ROOT / "README.md"
    path.write_text(with_summary(path.read_text(encoding="utf-8")), encoding="utf-8")
    pictures()


if __name__ == "__main__":
    main()
