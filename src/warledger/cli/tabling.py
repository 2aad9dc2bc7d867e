"""`import-table`, `table` and `compare-table`: tables in, and nights out.

Enters: files, days. Leaves: entries, tables, differences. Does not belong here: what a cell means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from warledger.cli.asking import days_asked
from warledger.cli.frame import (
    FAILED,
    INTERRUPTED,
    OK,
    as_known_option,
    commands,
    days_options,
    echo_json,
    forms_option,
    ledger_option,
    ledger_place,
)
from warledger.terminal import LISTED, complain, console

if TYPE_CHECKING:
    from warledger.incidents.nights import Compared, NightRow
    from warledger.tables import Imported

PREVIEWED = 10
FORMS = forms_option(table="A table for the terminal", csv="CSV", md="Markdown", json="JSON")
MAPPING = click.option(
    "--mapping", metavar="NAME|FILE", help="How to read the columns, where no known mapping fits."
)


@commands.command("import-table")
@click.argument("path", metavar="FILE")
@MAPPING
@click.option(
    "--preview",
    is_flag=True,
    help=f"Show what the first {PREVIEWED} rows give, and record nothing.",
)
@click.option(
    "--good-rows", is_flag=True, help="Record the good rows of a table that has bad ones too."
)
@ledger_option
def import_table(
    path: str, mapping: str | None, preview: bool, good_rows: bool, ledger_path: str | None
) -> int:
    """Record a table's rows as reports with claims; the row and its source reference are the evidence.

    The whole table is checked first. Rows recorded stay: the same row again changes nothing, and an interrupted
    import is taken up by the same command.
    """
    from warledger import tabling
    from warledger.ledger import Ledger
    from warledger.tables import read_table

    read = read_table(path, mapping=mapping)
    _name_bad(read)
    if preview:
        _preview(read)
        return FAILED if read.bad else OK
    if read.bad and not good_rows:
        return complain(
            f"{path}: {len(read.bad)} bad rows, so nothing was recorded; mend them, or record the others with --good-rows",
            FAILED,
        )
    counts: Counter[str] = Counter()
    with Ledger.open(ledger_place(ledger_path)) as ledger:
        try:
            for done in tabling.import_table(read, ledger):
                counts.update(done)
                click.echo(f"{sum(counts.values())} of {len(read.rows)} rows", err=True)
        except KeyboardInterrupt:
            return complain(
                f"interrupted after {sum(counts.values())} rows, which stay recorded; run the same command to go on",
                INTERRUPTED,
            )
    click.echo(
        f"Rows of {read.mapping.name}: {counts['added']} added, {counts['unchanged']} already there"
        + (f", {read.repeated} repeated in the table" if read.repeated else "")
        + (
            f", {counts['reread'] + counts['new_version']} read anew"
            if counts["reread"] + counts["new_version"]
            else ""
        )
        + f". Claims: {sum(len(r.claims) for r in read.rows)}."
    )
    return FAILED if read.bad else OK


def _name_bad(read: Imported) -> None:
    for row in read.bad[:LISTED]:
        click.echo(f"line {row.line}: {row.reason}", err=True)
    if len(read.bad) > LISTED:
        click.echo(f"... and {len(read.bad) - LISTED} more", err=True)


def _preview(read: Imported) -> None:
    import msgspec

    for row in read.rows[:PREVIEWED]:
        click.echo(f"line {row.line} · {row.report.id}")
        for claim in row.claims:
            click.echo("  " + msgspec.json.encode(claim).decode())


@commands.command()
@days_options
@FORMS
@as_known_option
@ledger_option
def table(form: str, as_known_on: str | None, ledger_path: str | None, **days: str | None) -> int:
    """Tell the nights' air attacks as a table: a row a speaker and weapon, imported rows beside drawn ones."""
    from warledger import tabling
    from warledger.ledger import Ledger

    first, last = days_asked(**days)
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        rows = tabling.nights(ledger, start=first, end=last, as_known_on=as_known_on)
    if form == "json":
        echo_json(rows)
    else:
        _draw(_NIGHT_COLUMNS, [_night(r) for r in rows], form)
    return OK if rows else complain(f"no figures of air attacks between {first} and {last}", FAILED)


_NIGHT_COLUMNS = (
    "Night", "Attacked", "Who says", "From", "Weapon", "Where", "Launched", "Intercepted", "Lost", "Hit",
    "Places hit", "Places of debris", "Intercepted, %", "Reports",
)  # fmt: skip


def _night(row: NightRow) -> list[str]:
    from warledger.incidents.nights import COLUMNS
    from warledger.rendering import nights as drawn

    named = [p for p in (row.model, row.state) if p]
    inner = f" ({', '.join(named)})" if named else ""
    weapon = f"{row.class_ or 'not told'}{inner}"
    reports = dict.fromkeys(
        r for k in row.figures for f in (row.figures[k], *row.beside.get(k, ())) for r in f.reports
    )
    when = f"{row.night} ({row.time.precision})" if row.time else row.night
    return [
        when, row.attacked or "", drawn.speaker(row.speaker), row.origin, weapon, ", ".join(row.where),
        *(drawn.figures(row.figures.get(k), row.beside.get(k, ())) for k in COLUMNS),
        "" if row.rate_percent is None else f"{row.rate_percent}", ", ".join(reports),
    ]  # fmt: skip


@commands.command("compare-table")
@click.argument("path", metavar="[FILE]", required=False)
@click.option("--imported", metavar="NAME", help="Compare with the table imported under this name.")
@MAPPING
@click.option("--all", "everything", is_flag=True, help="Name equal figures too.")
@FORMS
@as_known_option
@ledger_option
def compare_table(
    path: str | None,
    imported: str | None,
    mapping: str | None,
    everything: bool,
    form: str,
    as_known_on: str | None,
    ledger_path: str | None,
) -> int:
    """Show, night by night, where the ledger's own claims and a table differ, and a summary."""
    from warledger import tabling
    from warledger.errors import UsageError
    from warledger.ledger import Ledger
    from warledger.tables import read_table

    if bool(path) == bool(imported):
        raise UsageError("give a FILE or --imported NAME, and one of them only")
    read = read_table(path, mapping=mapping) if path else None
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        made = tabling.compare(ledger, read or str(imported), as_known_on=as_known_on)
    if form == "json":
        echo_json(made)
        return OK
    shown = [f for f in made.figures if everything or f.verdict != "equal"]
    _draw(_COMPARED_COLUMNS, [_compared(f) for f in shown], form)
    counts = Counter(f.verdict for f in made.figures)
    click.echo(
        f"{made.nights_both} nights told by both: {counts['equal']} figures equal, {counts['differ']} differ, "
        f"{counts['only_here']} only here, {counts['only_there']} only in {made.table}. "
        f"Nights only here: {made.nights_only_here}; only there: {made.nights_only_there}.",
        err=form != "table",
    )
    return OK


_COMPARED_COLUMNS = (
    "Night",
    "Who says",
    "What",
    "Weapon",
    "Where",
    "Here",
    "There",
    "Verdict",
    "Note",
    "Reports here",
    "Rows there",
)


def _compared(row: Compared) -> list[str]:
    from warledger.rendering import nights as drawn

    weapon = f"{row.class_ or ''}{f' ({row.model})' if row.model else ''}"
    return [
        row.night, row.speaker, row.kind.replace("_", " "), weapon, ", ".join(row.where),
        drawn.quantity(row.here), drawn.quantity(row.there), row.verdict.replace("_", " "), row.note,
        ", ".join(row.here_reports), ", ".join(row.there_reports),
    ]  # fmt: skip


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> None:
    from warledger.rendering import nights as drawn

    if form == "csv":
        click.echo(drawn.to_csv(columns, rows), nl=False)
    elif form == "md":
        click.echo(drawn.to_markdown(columns, rows), nl=False)
    else:
        drawn.show(columns, rows, console())
