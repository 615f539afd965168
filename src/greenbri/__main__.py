"""The entry of the command line: `greenbri` and `python -m greenbri`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code.

    `--version` alone and a plain `check FILE...` are answered before typer is imported: scripts and editors ask for
    them in a loop.
    """
    if sys.argv[1:] == ["--version"]:
        from greenbri import __version__

        print(f"greenbri {__version__}")
        return
    from greenbri.cli.checking import check_files, is_plain_check

    if is_plain_check(sys.argv[1:]):
        from greenbri.cli.ending import ended

        raise SystemExit(ended(lambda: check_files(sys.argv[2:])))
    from greenbri.cli.app import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
