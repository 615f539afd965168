"""Puts rules/, templates/ and schemas/ into the wheel, and keeps them out of an editable install."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedData(BuildHookInterface[Any]):
    """Adds the data folders to a standard wheel.

    A static force-include would copy them into site-packages for an editable install too,
    where a stale copy of every pack would lie beside the ones people edit.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"].update(
                {name: f"greenbri/_data/{name}" for name in ("rules", "templates", "schemas")}
            )
