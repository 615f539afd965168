"""Goal 5: how long the command line takes to answer.

    .venv/bin/python benchmarks/startup.py [--pairs 21]

Every figure is a ratio to what Python, or the libraries that the work needs, take by themselves in the same run.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from measure import GREENBRI, ROOT, Timed, compare, machine, process, python, table

EXAMPLE = str(ROOT / "examples" / "lao-coal-hongsa.yaml")
BARE = "python -c pass"
TYPER = "import typer"
STACK = "import typer, yaml, pydantic"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=21)
    pairs = parser.parse_args().pairs
    with tempfile.TemporaryDirectory() as folder:
        kept = {"XDG_CACHE_HOME": folder}
        bare, typer, stack = (process(*python(code)) for code in ("pass", TYPER, STACK))
        judged = ("assess", EXAMPLE, "--as-of", "2026-11-22", "--format", "json")
        results = [
            compare("`--version`", process(GREENBRI, "--version"), BARE, bare, goal=1.5, pairs=2 * pairs),
            compare("`--help`", process(GREENBRI, "--help"), TYPER, typer, goal=1.3, pairs=pairs),
            compare(
                "`check`", process(GREENBRI, "check", EXAMPLE, environment=kept), STACK, stack, goal=1.5, pairs=pairs
            ),
            compare(
                "`check --format json`",
                process(GREENBRI, "check", EXAMPLE, "--format", "json", environment=kept),
                STACK,
                stack,
                pairs=pairs,
            ),
            compare("`check`, empty cache", emptied("check", EXAMPLE), STACK, stack, pairs=pairs),
            compare("`assess --format json`", process(GREENBRI, *judged, environment=kept), STACK, stack, pairs=pairs),
            compare("`assess --format json`, empty cache", emptied(*judged), STACK, stack, pairs=max(3, pairs // 3)),
        ]
    print(f"{machine()}\n\n{table(results)}")


def emptied(*arguments: str) -> Timed:
    """The command with a cache folder that is new each time."""

    def run() -> float:
        with tempfile.TemporaryDirectory() as folder:
            return process(GREENBRI, *arguments, environment={"XDG_CACHE_HOME": str(Path(folder))})()

    return run


if __name__ == "__main__":
    main()
