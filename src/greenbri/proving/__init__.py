"""Proving packs: what they say, in records and as printed, and whether hand-written cases and readings agree with it.

    read_shelf(paths)                 the packs that paths name, with their cases and readings
    records(packs)                    one record per limit or requirement and dated segment
    prove(folders(paths))             every case and reading against its pack

Everything is imported on its first use, so that a command pays only for what it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenbri.proving.listing import Wanted, records
    from greenbri.proving.proof import Proof, prove
    from greenbri.proving.shelf import Folder, Shelf, folders, read_shelf

__all__ = ["Folder", "Proof", "Shelf", "Wanted", "folders", "prove", "read_shelf", "records"]

_HOMES = {
    "Proof": "proof",
    "Shelf": "shelf",
    "Wanted": "listing",
    "prove": "proof",
    "records": "listing",
    "read_shelf": "shelf",
    "folders": "shelf",
    "Folder": "shelf",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
