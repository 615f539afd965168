"""`greenbri explain`: what a diagnostic code means and what to do."""

from __future__ import annotations

from typing import Annotated

import typer


def explain(
    code: Annotated[str, typer.Argument(help="A code such as GRB012.")],
    lang: Annotated[str, typer.Option(help="en, zh or both.")] = "en",
) -> None:
    """Explain a diagnostic code: what it means, why it is refused, what to do."""
    from greenbri import messages
    from greenbri.errors import UsageError, diagnostic

    known = messages.codes()
    if code.upper() not in known:
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(code.upper(), known, 3)) or known[0]
        raise UsageError(diagnostic("GRB902", None, {"code": code, "near": near}))
    typer.echo(messages.explain(code.upper(), lang))
