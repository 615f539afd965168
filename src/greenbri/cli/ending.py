"""How every command ends: one exit code for each way, and nothing on standard output for a fault."""

from __future__ import annotations

import sys
from collections.abc import Callable


def ended(command: Callable[[], object]) -> int:
    """Run a command and return its exit code: 0 done, 1 gate failed, 2 bad input or usage, 70 internal fault."""
    from greenbri.errors import ExitCode, GreenbriError

    try:
        result = command()
    except KeyboardInterrupt:
        return 130
    except GreenbriError as error:
        from greenbri.cli.console import report

        report(error)
        return int(error.exit_code)
    except BrokenPipeError:
        # the reader of our output went away: nothing is left to say, and nobody to say it to
        sys.stderr.close()
        return int(ExitCode.DONE)
    except Exception as fault:
        from greenbri.cli.console import internal

        internal(fault)
        return int(ExitCode.INTERNAL)
    return int(result) if isinstance(result, int) else int(ExitCode.DONE)
