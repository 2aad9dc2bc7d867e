"""`check`: the checkable statements of reports, each with its finding and working.

Enters: paths and options, and the ledger where there is one. Leaves: findings. Does not belong here: the checks.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from warledger.cli.frame import (
    FAILED,
    OK,
    commands,
    ledger_option,
    ledger_place,
    read_options,
    reading_options,
    standard_input,
)
from warledger.terminal import Tally, complain, console

if TYPE_CHECKING:
    from warledger.checks import Record
    from warledger.ledger import Ledger
    from warledger.model import Finding, Report
    from warledger.rendering.findings import Signature

Pairs = Sequence[tuple["Report", Sequence["Finding"]]]


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "md", "html", "claimreview"]),
    default="table",
    show_default=True,
    help="For the terminal, one report a line as JSON, Markdown, one HTML page, or schema.org ClaimReview.",
)
@reading_options
@ledger_option
def check(
    paths: tuple[str, ...],
    form: str,
    ledger_path: str | None,
    **known: str | None,
) -> int:
    """Check what reports state: sums, units, shares, weekdays, comparisons with the record.

    Comparisons with other days need a ledger that holds them. A finding says whether figures can hold together,
    never who is right.
    """
    from warledger import checking, pipeline

    record, signed = _known(ledger_path)
    readings = pipeline.read(paths, stdin=standard_input(), options=read_options(**known))
    pairs: list[tuple[Report, Sequence[Finding]]] = []
    with Tally("checked") as tally:
        for reading in tally.passing(readings):
            findings = checking.check(reading, record)
            if form == "table":
                from warledger.rendering import findings as drawn

                drawn.show(reading.report, findings, console())
            else:
                pairs.append((reading.report, findings))
    if form == "claimreview":
        return reviews(pairs, signed) or tally.status
    if form != "table":
        _write(pairs, form)
    return tally.status


def _known(ledger_path: str | None) -> tuple[Record | None, dict[str, Signature]]:
    """The record and the sign-offs of the ledger named, or of the usual one where that exists; else nothing."""
    from warledger import checking
    from warledger.ledger import Ledger

    place = ledger_place(ledger_path)
    if ledger_path is None and "://" not in place and not os.path.exists(place):
        return None, {}
    with Ledger.open(place, create=False) as ledger:
        return checking.series(ledger), signatures(ledger)


def signatures(ledger: Ledger) -> dict[str, Signature]:
    """Who has signed which finding off, where they are as many as the house asks for."""
    from warledger.rendering.findings import Signature

    signed = ledger.signoffs.in_force()
    return {name: Signature(s.by, s.signed_at_utc[:10]) for name, s in signed.items()}


def reviews(pairs: Pairs, signed: dict[str, Signature]) -> int:
    """Print the findings that are signed off as schema.org ClaimReview; says so where none is."""
    import json

    from warledger.rendering.findings import claim_reviews

    rows = [r for report, found in pairs for r in claim_reviews(report, found, signed)]
    if not rows:
        return complain(
            "no finding here is signed off, so none is given as a ClaimReview: warledger findings sign ID",
            FAILED,
        )
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    return OK


def _write(pairs: Pairs, form: str) -> None:
    import msgspec

    from warledger.rendering import findings as drawn

    if form == "json":
        for report, found in pairs:
            rows = [{"id": f.id, **msgspec.to_builtins(f)} for f in found]
            click.echo(msgspec.json.encode({"report": report.id, "findings": rows}))
        return
    made = drawn.to_markdown(pairs) if form == "md" else drawn.to_html(pairs)
    click.echo(made.encode(), nl=form == "md")
