"""`bundle`: an incident with all that it rests on, to be checked elsewhere.

Enters: an incident's id. Leaves: a folder or a ZIP archive. Does not belong here: what a bundle holds.
"""

from __future__ import annotations

import click

from warledger.cli.frame import OK, commands, ledger_option, ledger_place


@commands.command()
@click.argument("name", metavar="INCIDENT")
@click.option("--out", metavar="FOLDER|FILE.zip", help="Where; else incident-ID in this folder.")
@click.option(
    "--without-chain",
    is_flag=True,
    help="Only the entries that hold the incident, without those between them and the ledger's head.",
)
@ledger_option
def bundle(name: str, out: str | None, without_chain: bool, ledger_path: str | None) -> int:
    """Write an incident's originals, texts, claims, findings and chain proofs, with a checker that needs only Python.

    The id may be cut short. The chain holds whatever was recorded since the incident's first report, of other
    incidents too; leave it out with --without-chain before giving a bundle away.
    """
    from warledger import bundling, regrouping
    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        incident = regrouping.incident(ledger, name)
        place = out or f"incident-{incident.id}"
        done = bundling.bundle(ledger, incident, place, whole_chain=not without_chain)
    click.echo(
        f"{done.path}: {done.reports} reports, {done.claims} claims, {done.findings} findings, proved by "
        f"{done.entries} entries of the ledger whose head is {done.head_sha256}"
    )
    packed = place.lower().endswith(".zip")
    click.echo(
        f"Check it anywhere: python3 {'check.py, unpacked' if packed else f'{place}/check.py'}"
    )
    return OK
