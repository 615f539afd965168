"""Ratios of two things measured side by side, because absolute times move with the machine and its neighbours.

A ratio is the median, over pairs, of one time over the other of the same pair. The two of a pair run one after the
other, and every second pair in the other order, so that a drift of the machine meets both alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GREENBRI = str(Path(sys.executable).with_name("greenbri"))

Timed = Callable[[], float]

# These would have every run compile its modules anew, which an installed program does once.
_UNUSUAL = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPROFILEIMPORTTIME", "COLUMNS")


@dataclass(frozen=True)
class Result:
    """Medians in seconds, and the ratio against a goal where there is one."""

    name: str
    against: str
    subject: float
    baseline: float
    ratio: float
    goal: float | None

    @property
    def met(self) -> bool | None:
        return None if self.goal is None else self.ratio <= self.goal


def compare(
    name: str, subject: Timed, against: str, baseline: Timed, *, goal: float | None = None, pairs: int = 21
) -> Result:
    """Measure `subject` against `baseline`; each returns the seconds that it took. One run of both is not counted."""
    subject(), baseline()
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(pairs):
        if number % 2:
            theirs.append(baseline())
            ours.append(subject())
        else:
            ours.append(subject())
            theirs.append(baseline())
    ratio = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    return Result(name, against, statistics.median(ours), statistics.median(theirs), ratio, goal)


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of every measured process."""
    return {**{name: value for name, value in os.environ.items() if name not in _UNUSUAL}, **(more or {})}


def process(*command: str, environment: Mapping[str, str] | None = None) -> Timed:
    """Wall time of a process from its start to its end; a process that fails is an error."""

    def run() -> float:
        start = time.perf_counter()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=surroundings(environment),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        seconds = time.perf_counter() - start
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stderr.decode(errors='replace')}")
        return seconds

    return run


def reported(*command: str, environment: Mapping[str, str] | None = None) -> Timed:
    """Seconds that a fresh process measures of itself and prints as its last word."""

    def run() -> float:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=surroundings(environment),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stderr}")
        return float(done.stdout.split()[-1])

    return run


def python(code: str) -> tuple[str, ...]:
    """The command that runs a line of Python with the interpreter of this run."""
    return (sys.executable, "-c", code)


def table(results: Sequence[Result]) -> str:
    """The results as a table of Markdown."""
    lines = ["| what | against | ms | ms | ratio | goal | |", "|---|---|---:|---:|---:|---:|---|"]
    for one in results:
        goal = "" if one.goal is None else f"{one.goal:g}"
        verdict = {None: "", True: "met", False: "missed"}[one.met]
        times = f"{one.subject * 1000:.1f} | {one.baseline * 1000:.1f}"
        lines.append(f"| {one.name} | {one.against} | {times} | {one.ratio:.3f} | {goal} | {verdict} |")
    return "\n".join(lines)


def machine() -> str:
    """Where the numbers come from."""
    import platform

    cores = len(os.sched_getaffinity(0))
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    return f"{cores} cores, {model}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
