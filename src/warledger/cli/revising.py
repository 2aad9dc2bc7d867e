"""`diff`, `reread` and `withdraw`: how reports and readings changed, and reports taken back.

Enters: ids. Leaves: words and claims that came, changed and went. Does not belong here: the rules of reading.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from warledger.cli.frame import (
    INTERRUPTED,
    OK,
    as_known_option,
    commands,
    ledger_option,
    ledger_place,
)
from warledger.terminal import complain, console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text

    from warledger.ledger import Compared, Difference, Piece
    from warledger.model import Claim

_AROUND = 60
"""How many characters of unchanged text stand around a change."""


@commands.command()
@click.argument("name", metavar="ID")
@click.option("--old", metavar="VERSION", help="The earlier version; else the one before --new.")
@click.option("--new", metavar="VERSION", help="The later version; else the latest.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@as_known_option
@ledger_option
def diff(name: str, form: str, ledger_path: str | None, **which: str | None) -> int:
    """Show what changed between two versions of a report: words, and claims."""
    import msgspec

    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        compared = ledger.compare(name, **which)
    if form == "json":
        click.echo(msgspec.json.encode(compared))
    else:
        _show(compared, console())
    return OK


def _show(compared: Compared, screen: Console) -> None:
    old, new = compared.old.stored, compared.new.stored
    screen.print(
        f"{new.report.id}: {old.version[:12]} ({old.recorded_at_utc}) to "
        f"{new.version[:12]} ({new.recorded_at_utc})"
    )
    for pieces in (compared.title, compared.text):
        if any(piece.kind != "same" for piece in pieces):
            screen.print(_marked(pieces, screen))
    _claims(compared.claims, screen)


def _marked(pieces: Sequence[Piece], screen: Console) -> Text:
    from rich.text import Text

    line, styled = Text(), screen.is_terminal and not screen.no_color
    for n, piece in enumerate(pieces):
        if piece.kind == "same":
            line.append(_cut(piece.text, first=n == 0, last=n == len(pieces) - 1))
        elif piece.kind == "gone":
            line.append(piece.text if styled else f"[-{piece.text}-]", style="red strike")
        else:
            line.append(piece.text if styled else f"{{+{piece.text}+}}", style="green bold")
    return line


def _cut(text: str, *, first: bool, last: bool) -> str:
    """Unchanged text between two changes, its middle left out where it is long."""
    if len(text) <= _AROUND * 2:
        return text
    head, tail = "" if first else text[:_AROUND], "" if last else text[-_AROUND:]
    return f"{head} … {tail}"


def _claims(difference: Difference, screen: Console) -> None:
    for claim in difference.appeared:
        screen.print(f"+ {_told(claim)}")
    for change in difference.changed:
        screen.print(f"~ {_told(change.old)} -> {_told(change.new)} ({', '.join(change.slots)})")
    for claim in difference.vanished:
        screen.print(f"- {_told(claim)}")
    if difference.is_none:
        screen.print("The claims are the same.")


def _told(claim: Claim) -> str:
    from warledger.rendering import words

    figure = words.figure(claim.quantity)
    return " ".join(part for part in (claim.kind, figure, words.what(claim)) if part) + (
        f" “{claim.evidence[0].quote}”"
    )


@commands.command()
@click.option("--apply", is_flag=True, help="Record the new readings; else they are only shown.")
@click.option("--quiet", is_flag=True, help="Only the counts, not each claim.")
@ledger_option
def reread(apply: bool, quiet: bool, ledger_path: str | None) -> int:
    """Read the recorded reports again by the present rules and show what changes; record it with --apply.

    Earlier readings stay. When interrupted, run it again; what is recorded is passed over.
    """
    from warledger import rereading
    from warledger.ledger import Ledger

    counts = {"reports": 0, "appeared": 0, "changed": 0, "vanished": 0}
    failed = 0
    screen = console()
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        try:
            for done in rereading.reread(ledger, apply=apply):
                if not isinstance(done, rereading.Reread):
                    failed += 1
                    complain(f"{done.path}: {done.reason}", 1)
                    continue
                counts["reports"] += 1
                for name in ("appeared", "changed", "vanished"):
                    counts[name] += len(getattr(done.difference, name))
                if not quiet and not done.difference.is_none:
                    screen.print(done.report_id)
                    _claims(done.difference, screen)
                if sys.stderr.isatty():
                    click.echo(f"\r{counts['reports']} reports read again", nl=False, err=True)
        except KeyboardInterrupt:
            click.echo(_counted(counts, apply=apply))
            return complain("interrupted; run the same command to go on", INTERRUPTED)
    click.echo(_counted(counts, apply=apply))
    return 1 if failed else OK


def _counted(counts: dict[str, int], *, apply: bool) -> str:
    if not counts["reports"]:
        return "Every report is read by the present rules already."
    end = "Recorded." if apply else "Nothing was recorded; add --apply to record it."
    return (
        f"{counts['reports']} reports read again: {counts['appeared']} claims appear, "
        f"{counts['changed']} change, {counts['vanished']} vanish. {end}"
    )


@commands.command()
@click.argument("name", metavar="ID")
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@ledger_option
def withdraw(name: str, by: str, reason: str, ledger_path: str | None) -> int:
    """Take a report back: it leaves briefs from now on and stays in the record, with name and reason."""
    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        entry = ledger.withdraw(name, by=by, reason=reason)
    click.echo(f"Taken back: {entry.content()['report_id']} (entry {entry.sequence}).")
    return OK
