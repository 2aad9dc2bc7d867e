"""`add`: reports into the ledger.

Enters: paths and options. Leaves: entries, and a line that says what was recorded. Does not belong here: asking.
"""

from __future__ import annotations

import click

from warledger.cli.frame import (
    INTERRUPTED,
    commands,
    ledger_option,
    ledger_place,
    read_options,
    reading_options,
    standard_input,
)
from warledger.terminal import Tally, complain


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading_options
@ledger_option
def add(paths: tuple[str, ...], ledger_path: str | None, **known: str | None) -> int:
    """Record reports and their claims in the ledger.

    What is recorded stays: adding the same thing again changes nothing, an edited report is kept as a new
    version. When interrupted, run the same command again; what is recorded is passed over.
    """
    from warledger import pipeline
    from warledger.ledger import Ledger

    place = ledger_place(ledger_path)
    options = read_options(**known)
    counts: dict[str, int] = {}
    claims = refused = 0
    with Ledger.open(place) as ledger, Tally("recorded") as tally:
        try:
            readings = pipeline.read(paths, stdin=standard_input(), options=options, ledger=ledger)
            for reading in tally.passing(readings):
                done = pipeline.record(reading, ledger)
                status = "older" if done.status == "unchanged" and done.superseded else done.status
                counts[status] = counts.get(status, 0) + 1
                if done.status != "unchanged":
                    claims, refused = claims + done.claims, refused + done.refused
        except KeyboardInterrupt:
            done_so_far = sum(counts.values())
            click.echo(_added(counts, claims, refused))
            return complain(
                f"interrupted after {done_so_far} reports, which stay recorded; run the same command to go on",
                INTERRUPTED,
            )
    click.echo(_added(counts, claims, refused))
    return tally.status


def _added(counts: dict[str, int], claims: int, refused: int) -> str:
    names = {
        "added": "added",
        "new_version": "added as a new version",
        "reread": "read again by newer rules",
        "unchanged": "already there, unchanged",
        "older": "already there as earlier versions, the latest stays",
    }
    told = [f"{counts[status]} {name}" for status, name in names.items() if status in counts]
    if not told:
        return "Nothing recorded."
    return f"Reports: {', '.join(told)}. New claims: {claims}; refused by the gate: {refused}."
