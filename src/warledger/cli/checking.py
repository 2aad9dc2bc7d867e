"""`check`: the checkable statements of reports, each with its finding and working.

Enters: paths and options, and the ledger where there is one. Leaves: findings. Does not belong here: the checks.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warledger.cli.frame import (
    FAILED,
    commands,
    ledger_option,
    ledger_place,
    read_options,
    reading_options,
    standard_input,
)
from warledger.errors import UsageError
from warledger.terminal import Tally, complain, console

if TYPE_CHECKING:
    from warledger.checks import Record
    from warledger.model import Finding, Report

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
@click.option(
    "--signed",
    metavar="FILE",
    help="Findings that people have signed off, a line each: FINDING-ID NAME. Needed for claimreview.",
)
@reading_options
@ledger_option
def check(
    paths: tuple[str, ...],
    form: str,
    signed: str | None,
    ledger_path: str | None,
    **known: str | None,
) -> int:
    """Check what reports state: sums, units, shares, weekdays, comparisons with the record.

    Comparisons with other days need a ledger that holds them. A finding says whether figures can hold together,
    never who is right.
    """
    from warledger import checking, pipeline

    signatures = _signatures(signed, form)
    record = _record(ledger_path)
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
    if form == "claimreview" and not (given := _reviews(pairs, signatures)):
        return complain(
            "no finding here is signed off, so none is given as a ClaimReview: name findings in --signed FILE",
            FAILED,
        )
    if form == "claimreview":
        click.echo(given)
    elif form != "table":
        _write(pairs, form)
    return tally.status


def _record(ledger_path: str | None) -> Record | None:
    """The record of the ledger named, or of the usual one where that exists; none at all otherwise."""
    from warledger import checking
    from warledger.ledger import Ledger

    place = ledger_place(ledger_path)
    if ledger_path is None and "://" not in place and not os.path.exists(place):
        return None
    with Ledger.open(place, create=False) as ledger:
        return checking.series(ledger)


def _signatures(path: str | None, form: str) -> dict[str, str]:
    """Who signed which finding. Raises UsageError where the file cannot be read or a line has no name."""
    if path is None:
        return {}
    if form != "claimreview":
        raise UsageError("--signed goes with --format claimreview")
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(f"{path}: {problem}") from None
    signed = {}
    for number, line in enumerate(lines, 1):
        finding, _, name = line.strip().partition(" ")
        if finding and not name.strip():
            raise UsageError(
                f"{path}, line {number}: write the finding's id, a space, and who signs it"
            )
        if finding:
            signed[finding] = name.strip()
    return signed


def _reviews(pairs: Pairs, signatures: dict[str, str]) -> str:
    import json

    from warledger.rendering.findings import claim_reviews

    rows = [r for report, found in pairs for r in claim_reviews(report, found, signatures)]
    return json.dumps(rows, ensure_ascii=False, indent=2) if rows else ""


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
