"""`brief`, `search` and `show`: what the ledger holds.

Enters: days, words, ids. Leaves: briefs, passages, reports. Does not belong here: recording.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from warledger.cli.frame import (
    FAILED,
    OK,
    as_known_option,
    commands,
    days_options,
    ledger_option,
    ledger_place,
)
from warledger.errors import UsageError
from warledger.terminal import complain, console

if TYPE_CHECKING:
    from warledger.brief import Brief
    from warledger.ledger import Shown, Version


@commands.command()
@days_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "json"]),
    default="md",
    show_default=True,
    help="Markdown (drawn on a terminal), one HTML page, or JSON.",
)
@click.option("--checks", is_flag=True, help="Show what the checks find beside the figures.")
@as_known_option
@ledger_option
def brief(
    form: str, checks: bool, as_known_on: str | None, ledger_path: str | None, **days: str | None
) -> int:
    """Tell a day or a period back, every figure with a numbered citation."""
    from warledger import checking, pipeline
    from warledger.ledger import Ledger

    first, last = days_asked(**days)
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        found = (
            checking.of_days(ledger, start=first, end=last, as_known_on=as_known_on)
            if checks
            else ()
        )
        chosen = pipeline.told(ledger, start=first, end=last, as_known_on=as_known_on)
        made = pipeline.brief(
            ledger, start=first, end=last, as_known_on=as_known_on, findings=found, chosen=chosen
        )
    if form == "html":
        from warledger.brief import to_html
        from warledger.picturing import pictures

        click.echo(to_html(made, pictures(made, chosen)).encode(), nl=False)
    else:
        show_brief(made, form)
    return OK


def show_brief(made: Brief, form: str) -> None:
    from warledger.brief import to_json, to_markdown

    if form == "md" and sys.stdout.isatty():
        from warledger.brief import terminal

        terminal.show(made, console())
        return
    drawn = {"md": to_markdown, "json": to_json}[form](made)
    click.echo(drawn.encode(), nl=False)


def days_asked(day: str | None, start: str | None, end: str | None) -> tuple[str, str]:
    """The first and last day asked for. Raises UsageError for none, both forms, or no date."""
    if day and (start or end):
        raise UsageError("give --on DATE or --from DATE --to DATE, not both")
    first, last = (day, day) if day else (start or end, end or start)
    if first is None or last is None:
        raise UsageError("say which day: --on 2025-12-06, or --from 2025-12-01 --to 2025-12-07")
    for text in (first, last):
        try:
            if date.fromisoformat(text).isoformat() != text:
                raise ValueError
        except ValueError:
            raise UsageError(f"{text!r} is no date; write it as 2025-12-06") from None
    if first > last:
        raise UsageError(f"--from {first} is after --to {last}")
    return first, last


@commands.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@as_known_option
@ledger_option
def search(
    words: tuple[str, ...], limit: int, as_known_on: str | None, ledger_path: str | None
) -> int:
    """Find recorded reports that hold all the words; a word may end in *."""
    from warledger.ledger import Ledger
    from warledger.rendering import found

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        hits = ledger.search(" ".join(words), limit, as_known_on=as_known_on)
    if not hits:
        return complain(f"no recorded report holds: {' '.join(words)}", FAILED)
    found.show(
        [(h.report_id, h.title, h.publisher, h.published, h.passage) for h in hits], console()
    )
    return OK


@commands.command()
@click.argument("name", metavar="ID")
@click.option("--versions", "all_versions", is_flag=True, help="List the versions of its source.")
@as_known_option
@ledger_option
def show(name: str, all_versions: bool, as_known_on: str | None, ledger_path: str | None) -> int:
    """Show a recorded report, its claims and those refused, or one claim; ID may be cut short."""
    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        if all_versions:
            _show_versions(ledger.versions(name, as_known_on=as_known_on))
        else:
            _show(ledger.show(name, as_known_on=as_known_on))
    return OK


def _show(shown: Shown) -> None:
    from warledger.rendering import Sheet, table

    sheet = Sheet(
        report=shown.source.report,
        claims=tuple(c.claim for c in shown.claims),
        refusals=shown.refusals,
    )
    screen = console()
    table.show(sheet, screen, explain=True)
    screen.print(
        f"recorded {shown.source.recorded_at_utc}, version {shown.source.version[:12]}, "
        f"original sha256 {shown.source.original_sha256[:12]}, engine {shown.engine_version}, "
        f"rules {shown.rules_version}"
    )
    if came := shown.source.retrieval:
        answered = f", answered {came.status}" if came.status else ""
        screen.print(f"retrieved {came.retrieved_at_utc} by {' → '.join(came.addresses)}{answered}")
    if shown.superseded:
        screen.print("A later version of it is known: warledger show --versions, warledger diff.")
    if shown.withdrawn:
        screen.print("It was taken back and is left out of briefs.")


def _show_versions(versions: Sequence[Version]) -> None:
    for n, version in enumerate(versions, 1):
        stored = version.stored
        marks = [
            m for m, on in (("latest", version.latest), ("taken back", version.withdrawn)) if on
        ]
        changed = (
            f", changed by its source {version.updated_at_utc}" if version.updated_at_utc else ""
        )
        click.echo(
            f"{n}  {stored.version[:12]}  recorded {stored.recorded_at_utc}{changed}  "
            f"{version.claims} claims, {version.refusals} refused  {stored.report.id}"
            + "".join(f"  ({mark})" for mark in marks)
        )
