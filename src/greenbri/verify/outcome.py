"""What verifying a report found: facts only, the words are in `telling`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from greenbri.errors import Diagnostic

# `broken`: what is embedded cannot be read or recomputed; `altered`: something does not agree; `unknown_packs`:
# everything agrees, and rests on packs that are not installed here; `identical`: everything agrees.
Outcome = Literal["broken", "altered", "unknown_packs", "identical"]
# installed: the same content is here; other: another edition of the pack is; unknown: no pack of that id is
Standing = Literal["installed", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class PackState:
    """A pack of the report: what the receipt says of it, what its text makes, and whether it is known here."""

    id: str
    version: str
    stated: str
    recomputed: str
    standing: Standing
    installed_version: str = ""
    listed: str = ""

    @property
    def agrees(self) -> bool:
        """Whether receipt, list of packs and text name one content."""
        return self.recomputed == self.stated == self.listed


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the report says something else than what is recomputed; None where one side says nothing."""

    place: str
    stated: str | None
    recomputed: str | None
    rule: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that today's packs would make another one; None where one side has no such finding."""

    rule: str
    subject: str
    stated: str | None
    today: str | None


@dataclass(frozen=True, slots=True)
class Pages:
    """Whether the readable part is as it was written: `unhashed` where the receipt has nothing to say about it."""

    state: Literal["none", "same", "changed", "unhashed"] = "none"
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """One project of a report, verified."""

    project: str
    tool: str
    same_tool: bool
    packs: tuple[PackState, ...] = ()
    differences: tuple[Difference, ...] = ()
    wording: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()
    today: tuple[str, str] | None = None
    pages: Pages = Pages()
    faults: tuple[Diagnostic, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst that was found."""
        if self.faults:
            return "broken"
        if self.differences or self.pages.state in ("changed", "unhashed") or not all(p.agrees for p in self.packs):
            return "altered"
        return "identical" if all(one.standing == "installed" for one in self.packs) else "unknown_packs"

    @property
    def sound(self) -> bool:
        """Whether the report may be relied on as far as verifying goes."""
        return self.outcome == "identical"
