"""The entry of the command line: `greenbri` and `python -m greenbri`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code.

    `--version` alone is answered before typer is imported: scripts ask for it in a loop.
    """
    if sys.argv[1:] == ["--version"]:
        from greenbri import __version__

        print(f"greenbri {__version__}")
        return
    from greenbri.cli.app import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
