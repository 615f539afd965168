"""Says aloud how many tests were deselected: pytest-xdist keeps that number to its workers."""

from __future__ import annotations

from typing import Any

import pytest

_DESELECTED = pytest.StashKey[int]()


def pytest_deselected(items: list[pytest.Item]) -> None:
    if items:
        stash = items[0].config.stash
        stash[_DESELECTED] = stash.get(_DESELECTED, 0) + len(items)


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["deselected"] = session.config.stash.get(_DESELECTED, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    # Every worker collects, and so deselects, the whole suite: the counts are equal, not parts.
    count = getattr(node, "workeroutput", {}).get("deselected", 0)
    stash = node.config.stash
    stash[_DESELECTED] = max(stash.get(_DESELECTED, 0), count)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = config.stash.get(_DESELECTED, 0)
    if count:
        hint = " (./run test --all runs them too)" if "not heavy" in config.option.markexpr else ""
        terminalreporter.write_line(f"{count} {'test was' if count == 1 else 'tests were'} deselected{hint}")
