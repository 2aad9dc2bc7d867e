"""`export`: recorded claims in the formats of others.

Enters: a format, days, kinds. Leaves: bytes on standard output or in a file. Does not belong here: the formats.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from warledger.cli.frame import OK, commands, ledger_option, ledger_place
from warledger.errors import UsageError

FORMATS = ("csv", "hxl", "geojson", "jsonld", "acled", "parquet", "atom")


@commands.command()
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("--from", "start", metavar="DATE", help="The first day.")
@click.option("--to", "end", metavar="DATE", help="The last day.")
@click.option("--kind", "kinds", multiple=True, help="A kind of claim; may be given several times.")
@click.option("--out", type=click.Path(dir_okay=False), help="A file instead of standard output.")
@ledger_option
def export(
    form: str,
    start: str | None,
    end: str | None,
    kinds: tuple[str, ...],
    out: str | None,
    ledger_path: str | None,
) -> int:
    """Write the recorded claims that were not rejected in a format that others read."""
    from warledger import pipeline
    from warledger.exports import FORMATS as WRITERS
    from warledger.ledger import Ledger
    from warledger.model import KINDS

    if unknown := sorted(set(kinds) - KINDS):
        raise UsageError(f"no kind of claim is called {', '.join(unknown)}")
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        claims = ledger.claims(start=start, end=end, kinds=kinds, standing=pipeline.TOLD)
        data = WRITERS[form].write(claims)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        Path(out).write_bytes(data)
    return OK
