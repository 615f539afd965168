"""`greenbri doctor`: what this installation has and lacks."""

from __future__ import annotations

import typer


def doctor() -> None:
    """Report the installation: versions, data, cache, and whether the PDF libraries are there."""
    import platform
    import sys

    from greenbri import __version__
    from greenbri.resources import rules_dir, templates_dir
    from greenbri.rulepack.library import library

    entries = library()
    typer.echo(f"greenbri    {__version__}")
    typer.echo(f"python      {platform.python_version()} ({sys.implementation.name})")
    typer.echo(f"rules       {len(entries)} packs in {rules_dir()}")
    typer.echo(f"templates   {templates_dir()}")
    typer.echo(f"cache       {_cache()}")
    lacking = _missing_libraries()
    state = (
        f"missing: {', '.join(lacking)}; HTML and every other format work" if lacking else "Pango and HarfBuzz found"
    )
    typer.echo(f"pdf         {state}")
    typer.echo("screening   single path; the columnar path is not part of this version")


def _cache() -> str:
    import os

    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(home, "greenbri")
    return f"{folder} ({'in use' if os.path.isdir(folder) else 'none yet'})"


def _missing_libraries() -> list[str]:
    """The shared libraries that WeasyPrint opens by name and that cannot be opened here."""
    import ctypes
    import sys

    if not sys.platform.startswith("linux"):
        return []
    wanted = {
        "libpango-1.0-0": "libpango-1.0.so.0",
        "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
        "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
    }
    missing = []
    for package, name in wanted.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(package)
    return missing
