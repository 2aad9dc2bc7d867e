"""`verify`, `seal` and `migrate`: the ledger held against itself and against what was noted elsewhere.

Enters: a ledger, a seal. Leaves: what was proved, or the first thing that does not hold. Does not belong here: mending.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warledger.cli.frame import FAILED, OK, commands, ledger_option, ledger_place
from warledger.errors import UsageError
from warledger.terminal import complain

if TYPE_CHECKING:
    from warledger.ledger import Seal


@commands.command()
@click.option("--seal", "seal_path", metavar="FILE", help="Hold it against a seal set earlier.")
@ledger_option
def verify(seal_path: str | None, ledger_path: str | None) -> int:
    """Prove the ledger: chain, rows, quotations, originals; name the first thing that does not hold."""
    from warledger.ledger import Ledger

    seal = _read_seal(seal_path) if seal_path else None
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        found = ledger.verify(seal, progress=_progress)
    if sys.stderr.isatty():
        click.echo(err=True)
    if found.fault is not None:
        return complain(f"the ledger does not hold: {found.fault}", FAILED)
    head = found.head
    against = f", and the seal of entry {seal.sequence} is in it" if seal else ""
    click.echo(
        f"The ledger holds: {found.entries} entries in one chain{against}; {found.claims} claims with "
        f"{found.quotations} quotations in their reports; {found.originals} originals unchanged."
    )
    if head is not None:
        click.echo(f"Head: {head.sha256} (entry {head.sequence}, {head.recorded_at_utc})")
    return OK


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} entries proved", nl=False, err=True)


def _read_seal(path: str) -> Seal:
    import msgspec

    from warledger.ledger import Seal

    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=Seal)
    except OSError as error:
        raise UsageError(
            f"{path}: {error.strerror}; give the file that warledger seal made"
        ) from None
    except msgspec.DecodeError:
        raise UsageError(f"{path} is no seal; give the file that warledger seal made") from None


@commands.command()
@click.option("--out", metavar="FILE", help="Write it there; else it is printed.")
@ledger_option
def seal(out: str | None, ledger_path: str | None) -> int:
    """Give the chain's head as JSON, to be kept or published elsewhere: verify --seal holds the ledger to it."""
    import msgspec

    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        head = ledger.seal()
    if head is None:
        return complain("the ledger is empty; there is nothing to seal yet", FAILED)
    line = msgspec.json.encode(head).decode()
    if out is None:
        click.echo(line)
        return OK
    try:
        Path(out).write_text(line + "\n", encoding="utf-8")
    except OSError as error:
        return complain(f"{out}: {error.strerror}; the seal was not written", FAILED)
    click.echo(f"Sealed at entry {head.sequence}: {out}")
    return OK


@commands.command()
@ledger_option
def migrate(ledger_path: str | None) -> int:
    """Bring a ledger of an older version to the present form; a copy of a file is kept beside it."""
    from warledger.ledger import migrate as bring_up

    done = bring_up(ledger_place(ledger_path))
    if done.before == done.after:
        click.echo(f"Nothing to do: the ledger has schema {done.after}.")
        return OK
    kept = f"; the old one is kept as {done.copy}" if done.copy else ""
    click.echo(f"Brought from schema {done.before} to {done.after}, {done.entries} entries{kept}.")
    return OK
