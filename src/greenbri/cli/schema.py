"""`greenbri schema`: the JSON Schemas of the files that go in and come out."""

from __future__ import annotations

from typing import Annotated

import typer

NAMES = ("project", "assessment", "pack")


def schema(
    name: Annotated[str, typer.Argument(help="project, assessment or pack.")] = "project",
) -> None:
    """Print a JSON Schema (draft 7), for editors and for programs that read greenbri's output."""
    from greenbri.errors import UsageError, diagnostic
    from greenbri.resources import schemas_dir

    if name not in NAMES:
        raise UsageError(diagnostic("GRB903", None, {"name": name, "known": ", ".join(NAMES)}))
    typer.echo((schemas_dir() / f"{name}.schema.json").read_text(encoding="utf-8"), nl=False)
