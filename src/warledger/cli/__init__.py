"""The skin on the terminal: options in, the pipeline's results out.

Results go to standard output, progress and reasons to standard error. Exit status: 0; 1 with a one-line
reason; 2 for usage; 130 when interrupted. Does not belong here: anything that decides what a claim is.
Each module holds one group of commands; importing it here is what adds them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from warledger.cli import (
    asking,
    bundling,
    checking,
    exporting,
    finding,
    grouping,
    keeping,
    proving,
    reading,
    reviewing,
    revising,
    sampling,
    serving,
    tabling,
    trying,
    watching,
)
from warledger.cli.frame import FAILED, INTERRUPTED, OK, USAGE, commands
from warledger.errors import UsageError, WarledgerError
from warledger.terminal import complain

__all__ = [
    "asking",
    "bundling",
    "checking",
    "commands",
    "exporting",
    "finding",
    "grouping",
    "keeping",
    "main",
    "proving",
    "reading",
    "reviewing",
    "revising",
    "run",
    "sampling",
    "serving",
    "tabling",
    "trying",
    "watching",
]


def run(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command line and give its exit status; reasons go to standard error."""
    try:
        status = commands.main(arguments, prog_name="warledger", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except WarledgerError as error:
        return complain(str(error), USAGE if isinstance(error, UsageError) else FAILED)
    except click.Abort:
        return complain("interrupted", INTERRUPTED)
    except OSError as error:
        return _unwritten(error)
    return status if isinstance(status, int) else OK


def _unwritten(error: OSError) -> int:
    """Standard output is gone or full: say so once, unless a reader such as `head` just left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return FAILED
    return complain(f"{error.strerror or error}: the output is not complete", FAILED)


def main() -> NoReturn:
    """The `warledger` command."""
    sys.exit(run())
