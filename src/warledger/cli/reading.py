"""`read`: the claims of reports, shown and not recorded.

Enters: paths and options. Leaves: a table, JSON lines or a page. Does not belong here: the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from warledger.cli.frame import commands, read_options, reading_options, standard_input
from warledger.terminal import Tally, console

if TYPE_CHECKING:
    from warledger.pipeline import Reading
    from warledger.rendering import Sheet


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
@reading_options
@click.option("--explain", is_flag=True, help="Show rules, refused claims and numbers left aside.")
def read(paths: tuple[str, ...], form: str, explain: bool, **known: str | None) -> int:
    """Show the claims of reports without recording them.

    PATH is a file, a folder, - for standard input, or a JSON-lines file of reports.
    """
    from warledger import pipeline

    readings = pipeline.read(paths, stdin=standard_input(), options=read_options(**known))
    with Tally("read") as tally:
        _FORMS[form](tally.passing(readings), explain)
    return tally.status


def _as_table(readings: Iterable[Reading], explain: bool) -> None:
    from warledger.rendering import table

    screen = console()
    for reading in readings:
        table.show(_sheet(reading, explain), screen, explain=explain)


def _as_jsonl(readings: Iterable[Reading], explain: bool) -> None:
    import msgspec

    for reading in readings:
        for claim in reading.claims:
            click.echo(msgspec.json.encode(claim))
        if explain:
            for claim, found in zip(reading.claims, reading.explained(), strict=True):
                told = {"rule": claim.rule, "evidence": claim.evidence, "found": found}
                click.echo(b"claim " + msgspec.json.encode(told), err=True)
            for refusal in reading.refusals:
                click.echo(b"refused " + msgspec.json.encode(refusal), err=True)
            for note in reading.notes:
                click.echo(b"note " + msgspec.json.encode(note), err=True)


def _as_html(readings: Iterable[Reading], explain: bool) -> None:
    from warledger.rendering.page import page

    sheets = [_sheet(reading, explain) for reading in readings]
    if sheets:
        click.echo(page(sheets, explain=explain).encode(), nl=False)


def _sheet(reading: Reading, explain: bool) -> Sheet:
    from warledger.rendering import Sheet

    return Sheet(
        found=reading.explained() if explain else (),
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
