"""What the commands share: the group that they join, exit statuses, and the options several of them take.

Enters: options as the user wrote them. Leaves: the same, ready for the pipeline. Does not belong here: a command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO

import click

if TYPE_CHECKING:
    from warledger.reading import ReadOptions

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="warledger")
def commands() -> None:
    """Keep a sourced, checkable record of what is published about a war.

    Start with: warledger demo
    """


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
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


def standard_input() -> BinaryIO | None:
    """Standard input as bytes, or None where the caller closed it."""
    return sys.stdin.buffer if sys.stdin is not None else None


def read_options(published: str | None, publisher: str | None, lang: str | None) -> ReadOptions:
    from warledger.reading import ReadOptions

    return ReadOptions(published=published, publisher=publisher, lang=lang)


def ledger_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--ledger",
        "ledger_path",
        metavar="FILE|URL",
        help="The ledger: a file, or postgresql+psycopg://…; else $WARLEDGER_DB, else warledger.db in your data folder.",
    )(command)


def ledger_place(given: str | None) -> str:
    """Where the ledger is: the option, the environment, or the user's data folder (XDG)."""
    if given:
        return given
    if from_environment := os.environ.get("WARLEDGER_DB"):
        return from_environment
    data = os.environ.get("XDG_DATA_HOME") or os.path.join(
        os.path.expanduser("~"), ".local", "share"
    )
    return os.path.join(data, "warledger", "warledger.db")


def days_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options `day`, `start` and `end` that say which days are asked for."""
    for option in (
        click.option("--to", "end", metavar="DATE", help="The last day of a period."),
        click.option("--from", "start", metavar="DATE", help="The first day of a period."),
        click.option("--on", "day", metavar="DATE", help="One day, such as 2025-12-06."),
    ):
        command = option(command)
    return command


def forms_option(**forms: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `form`: the forms of a result, each with its name in the help, the first by default."""
    *names, last = forms.values()
    return click.option(
        "--format",
        "form",
        type=click.Choice(list(forms)),
        default=next(iter(forms)),
        show_default=True,
        help=f"{', '.join(names)}, or {last}.",
    )


def echo_json(value: object) -> None:
    """Writes a result as JSON, indented by two spaces."""
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))


def as_known_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that asks what the ledger knew then."""
    return click.option(
        "--as-known-on",
        metavar="MOMENT",
        help="As the ledger knew it: 2025-12-07 (its end, UTC) or 2025-12-07T09:00+02:00.",
    )(command)
