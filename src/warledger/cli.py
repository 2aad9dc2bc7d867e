"""The skin on the terminal: options in, the pipeline's results out.

Results go to standard output, progress and reasons to standard error. Exit status: 0; 1 with a one-line
reason; 2 for usage; 130 when interrupted. Does not belong here: anything that decides what a claim is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import click

from warledger.errors import UsageError, WarledgerError
from warledger.terminal import Tally, complain, console

if TYPE_CHECKING:
    from warledger.pipeline import Reading
    from warledger.reading import ReadOptions
    from warledger.rendering import Sheet

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="warledger")
def commands() -> None:
    """Keep a sourced, checkable record of what is published about a war.

    Start with: warledger demo
    """


def _reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what the caller knows of the sources."""
    for option in (
        click.option(
            "--lang", metavar="en|uk|ru", help="Language, where it should not be detected."
        ),
        click.option("--publisher", metavar="NAME", help="Who published the reports."),
        click.option("--published", metavar="DATE", help="When: 2025-12-06 or 2025-12-06T08:00Z."),
    ):
        command = option(command)
    return command


def _stdin() -> BinaryIO | None:
    """Standard input as bytes, or None where the caller closed it."""
    return sys.stdin.buffer if sys.stdin is not None else None


def _known(published: str | None, publisher: str | None, lang: str | None) -> ReadOptions:
    from warledger.reading import ReadOptions

    return ReadOptions(published=published, publisher=publisher, lang=lang)


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "jsonl", "html"]),
    default="table",
    show_default=True,
    help="A table for the terminal, one claim a line as JSON, or one HTML page.",
)
@_reading_options
@click.option("--explain", is_flag=True, help="Show rules, refused claims and numbers left aside.")
def read(paths: tuple[str, ...], form: str, explain: bool, **known: str | None) -> int:
    """Show the claims of reports without recording them.

    PATH is a file, a folder, - for standard input, or a JSON-lines file of reports.
    """
    from warledger import pipeline

    readings = pipeline.read(paths, stdin=_stdin(), options=_known(**known))
    with Tally("read") as tally:
        _FORMS[form](tally.passing(readings), explain)
    return tally.status


def _as_table(readings: Iterable[Reading], explain: bool) -> None:
    from warledger.rendering import table

    screen = console()
    for reading in readings:
        table.show(_sheet(reading), screen, explain=explain)


def _as_jsonl(readings: Iterable[Reading], explain: bool) -> None:
    import msgspec

    for reading in readings:
        for claim in reading.claims:
            click.echo(msgspec.json.encode(claim))
        if explain:
            for refusal in reading.refusals:
                click.echo(b"refused " + msgspec.json.encode(refusal), err=True)
            for note in reading.notes:
                click.echo(b"note " + msgspec.json.encode(note), err=True)


def _as_html(readings: Iterable[Reading], explain: bool) -> None:
    from warledger.rendering.page import page

    sheets = [_sheet(reading) for reading in readings]
    if sheets:
        click.echo(page(sheets, explain=explain).encode(), nl=False)


def _sheet(reading: Reading) -> Sheet:
    from warledger.rendering import Sheet

    return Sheet(
        report=reading.report,
        claims=reading.claims,
        refusals=reading.refusals,
        notes=reading.notes,
    )


_FORMS: dict[str, Callable[[Iterable[Reading], bool], None]] = {
    "table": _as_table,
    "jsonl": _as_jsonl,
    "html": _as_html,
}
