"""How many slips of the keyboard the cases and readings of a pack would notice.

    mutate(folders, jobs=2)     every slip in every pack, tried; the packs are shared out to processes

A slip is one changed place of a pack file. It is noticed where a hand-written case that holds, or a reading that
agrees, no longer does; what is generated never counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context

from greenbri.errors import Diagnostic, diagnostic
from greenbri.messages import Word
from greenbri.proving.coverage_evidence import Evidence, evidence
from greenbri.proving.coverage_listener import Share
from greenbri.proving.mutation_form import Mutant
from greenbri.proving.mutation_remedy import Remedies
from greenbri.proving.mutation_sites import slips
from greenbri.proving.mutation_trial import Trial
from greenbri.proving.shelf import Folder

_PART = 30_000  # bytes of a pack file that are worth a task of their own
_SHOWN = 120


@dataclass(frozen=True)
class Survivor:
    """A slip that nobody noticed, and the line that would notice it; empty where none was found."""

    kind: str
    rule: str
    was: str
    now: str
    line: str
    told: Diagnostic


@dataclass(frozen=True)
class Score:
    """What came of the slips of one pack, or of a part of them; `tried` and `noticed` count by kind."""

    pack: str
    file: str
    tried: Counter[str]
    noticed: Counter[str]
    survivors: tuple[Survivor, ...]
    faults: tuple[Diagnostic, ...]
    unread: bool = False

    @property
    def share(self) -> Share:
        """Slips noticed of slips tried."""
        return Share(self.noticed.total() if self.noticed else 0, self.tried.total() if self.tried else 0)


@dataclass(frozen=True)
class Task:
    """A pack, or one of several parts of its rules; `lines` is for how many survivors lines are sought."""

    folder: Folder
    part: int = 0
    parts: int = 1
    lines: int | None = None


def mutate(
    folders: Sequence[Folder],
    *,
    jobs: int = 1,
    lines: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Score, ...]:
    """The score of each pack, in the order of the folders. `progress` hears how many tasks are done, of how many."""
    tasks = [task for folder in folders for task in _parts(folder, jobs, lines)]
    order = sorted(range(len(tasks)), key=lambda place: -_size(tasks[place]))
    results: dict[int, Score] = {}
    if jobs <= 1 or len(tasks) <= 1:
        for place, task in enumerate(tasks):
            results[place] = run_task(task)
            progress(place + 1, len(tasks))
    else:
        with get_context("spawn").Pool(min(jobs, len(tasks))) as pool:
            done = pool.imap(run_task, [tasks[place] for place in order])
            for count, (place, score) in enumerate(zip(order, done, strict=True), 1):
                results[place] = score
                progress(count, len(tasks))
    return tuple(_joined([results[place] for place in range(len(tasks))]))


def _parts(folder: Folder, jobs: int, lines: int | None) -> Iterator[Task]:
    parts = 1 if jobs <= 1 else min(4 * jobs, 1 + _bytes(folder) // _PART)
    share = None if lines is None else -(-lines // parts)
    yield from (Task(folder, part, parts, share) for part in range(parts))


def _bytes(folder: Folder) -> int:
    return sum(path.stat().st_size for path in (folder.pack, folder.reading) if path is not None and path.is_file())


def _size(task: Task) -> int:
    return _bytes(task.folder) // task.parts


def run_task(task: Task) -> Score:
    """The score of one task; it runs in any process."""
    proofs, unreadable = evidence(task.folder)
    if proofs is None:
        return Score("", str(task.folder.pack), Counter(), Counter(), (), unreadable, True)
    return scored(proofs, task)


def scored(proofs: Evidence, task: Task) -> Score:
    """Every slip of the task tried on the evidence."""
    trial = Trial(proofs)
    remedies = Remedies(trial)
    tried: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    survivors: list[Survivor] = []
    rules: dict[str, int] = {}
    for mutant in slips(proofs.pack, proofs.document):
        # all slips of a rule in one task, because one line often notices several
        if rules.setdefault(mutant.rule, len(rules)) % task.parts != task.part:
            continue
        tried[mutant.kind] += 1
        if trial.killed(mutant):
            noticed[mutant.kind] += 1
            continue
        line = remedies.line(mutant) if task.lines is None or len(survivors) < task.lines else ""
        survivors.append(_survivor(mutant, line, proofs))
    faults = proofs.faults if task.part == 0 else ()
    return Score(proofs.pack.id, proofs.pack.file, tried, noticed, tuple(survivors), faults, proofs.unread)


def _survivor(mutant: Mutant, line: str, proofs: Evidence) -> Survivor:
    was, now = _short(mutant.was), _short(mutant.now)
    args: dict[str, object] = {
        "rule": mutant.rule,
        "slip": Word(f"proving.slip.{mutant.kind}"),
        "was": was,
        "now": now or Word("proving.nothing"),
        "line": line,
    }
    place = proofs.document.position(mutant.pointer)
    told = diagnostic("GRB290", place, args, pointer=mutant.pointer, variant="line" if line else None)
    return Survivor(mutant.kind, mutant.rule, was, now, line, told)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _joined(scores: Sequence[Score]) -> Iterator[Score]:
    """The parts of each pack put together."""
    for _, group in groupby(scores, key=lambda one: (one.pack, one.file)):
        found = list(group)
        first = found[0]
        yield Score(
            first.pack,
            first.file,
            sum((one.tried for one in found), Counter()),
            sum((one.noticed for one in found), Counter()),
            tuple(survivor for one in found for survivor in one.survivors),
            tuple(dict.fromkeys(fault for one in found for fault in one.faults)),
            any(one.unread for one in found),
        )


def whole(scores: Sequence[Score]) -> Share:
    """The score of several packs together: every slip counts once, whatever its pack."""
    return Share(sum(one.share.reached for one in scores), sum(one.share.total for one in scores))
