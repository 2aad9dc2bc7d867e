"""`review` and `correct`: people's decisions on claims, the queue, blind coding, agreement.

Enters: ids, names, verdicts, reasons. Leaves: entries; claims to look at. Does not belong here: how doubt is weighed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from warledger.cli.frame import FAILED, OK, commands, ledger_option, ledger_place
from warledger.errors import UsageError, WarledgerError
from warledger.terminal import complain, console

if TYPE_CHECKING:
    from warledger.ledger import Agreement, Ledger
    from warledger.model import Claim, StoredClaim

_KEYS = {"a": "accept", "c": "correct", "r": "reject"}


@commands.group(invoke_without_command=True)
@click.option("--by", metavar="NAME", help="Who reviews.")
@click.option("--blind", is_flag=True, help="Code without sight of what others decided.")
@ledger_option
@click.pass_context
def review(context: click.Context, by: str | None, blind: bool, ledger_path: str | None) -> int:
    """Decide on claims, the most doubtful first: accept, correct or reject, with a reason and a name.

    Without a subcommand, one claim after the other is asked for on the terminal.
    """
    if context.invoked_subcommand is not None:
        return OK
    if by is None:
        raise UsageError("say who reviews: warledger review --by NAME")
    with _opened(ledger_path) as ledger:
        return _ask(ledger, by, blind)


def _opened(ledger_path: str | None) -> Ledger:
    from warledger.ledger import Ledger

    return Ledger.open(ledger_place(ledger_path), create=False)


def _ask(ledger: Ledger, by: str, blind: bool) -> int:
    passed: set[str] = set()
    while True:
        stored, why = _next_for(ledger, by, blind, passed)
        if stored is None:
            click.echo("Nothing more waits for you.")
            return OK
        _show(stored)
        if why:
            click.echo(why)
        key = _answer("[a]ccept, [c]orrect, [r]eject, [n]ext, [q]uit: ")
        if key in ("q", ""):
            return OK
        if key not in _KEYS:
            passed.add(stored.id)
            continue
        changes = (
            _answer("Slots set anew, such as quantity.low=28 quantity.high=28: ")
            if key == "c"
            else ""
        )
        reason = _answer("Reason: ")
        try:
            said: dict[str, Any] = {
                "claim": stored.id,
                "verdict": _KEYS[key],
                "by": by,
                "reason": reason,
            }
            if key == "c":
                said["corrected"] = _corrected(stored.claim, tuple(changes.split()))
            _record(ledger, {**said, "blind": blind})
        except WarledgerError as problem:
            complain(str(problem), FAILED)


def _next_for(
    ledger: Ledger, by: str, blind: bool, passed: set[str]
) -> tuple[StoredClaim | None, str]:
    rows = _waiting(ledger, by, blind, kinds=(), limit=len(passed) + 1)
    return next(((stored, why) for stored, why in rows if stored.id not in passed), (None, ""))


def _waiting(
    ledger: Ledger, by: str | None, blind: bool, *, kinds: tuple[str, ...], limit: int
) -> list[tuple[StoredClaim, str]]:
    """The claims that wait, each with why it does; who codes blind is told nothing."""
    from warledger import doubting

    if blind and by is not None:
        return [(s, "") for s in ledger.review.blind_queue(by=by, kinds=kinds, limit=limit)]
    return [
        (w.stored, f"doubt {w.doubt:.2f}, {w.standing}: {'; '.join(w.why)}")
        for w in doubting.queue(ledger, by=by, kinds=kinds, limit=limit)
    ]


def _answer(prompt: str) -> str:
    """A line of standard input; nothing at its end."""
    click.echo(prompt, nl=False)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        click.echo()
    return line.strip()


def _show(stored: StoredClaim) -> None:
    from warledger.rendering import Sheet, table

    table.show(Sheet(report=stored.source.report, claims=(stored.claim,)), console(), explain=True)
    click.echo(f"claim {stored.id}")


@review.command("next")
@click.option("--by", metavar="NAME", help="Leave out what this person has decided on.")
@click.option("--blind", is_flag=True, help="What to code without sight of others; needs --by.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only claims of this kind.")
@click.option("--limit", default=1, show_default=True, type=click.IntRange(1, 1000))
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table")
@ledger_option
def next_(
    by: str | None,
    blind: bool,
    kinds: tuple[str, ...],
    limit: int,
    form: str,
    ledger_path: str | None,
) -> int:
    """Show the claims that wait, the most doubtful first."""
    if blind and by is None:
        raise UsageError("say who codes: --by NAME")
    with _opened(ledger_path) as ledger:
        rows = _waiting(ledger, by, blind, kinds=kinds, limit=limit)
    for stored, why in rows:
        if form == "jsonl":
            _print_json(stored, why)
        else:
            _show(stored)
            click.echo(why)
    if not rows:
        click.echo("Nothing waits.", err=form == "jsonl")
    return OK


def _print_json(stored: StoredClaim, why: str) -> None:
    import msgspec

    click.echo(msgspec.json.encode({"id": stored.id, "claim": stored.claim, "why": why}))


def _deciding(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every verdict."""
    for option in (
        ledger_option,
        click.option("--blind", is_flag=True, help="Coded without sight of what others decided."),
        click.option("--reason", required=True, metavar="TEXT", help="Why."),
        click.option("--by", required=True, metavar="NAME", help="Who decides."),
        click.argument("name", metavar="ID"),
    ):
        command = option(command)
    return command


@review.command("accept")
@_deciding
def accept(name: str, ledger_path: str | None, **said: Any) -> int:
    """The claim says what its words say."""
    return _decide(ledger_path, name, {**said, "verdict": "accept"})


@review.command("reject")
@_deciding
def reject(name: str, ledger_path: str | None, **said: Any) -> int:
    """The words do not say that; briefs leave the claim out."""
    return _decide(ledger_path, name, {**said, "verdict": "reject"})


_SET = click.option(
    "--set",
    "changes",
    multiple=True,
    required=True,
    metavar="SLOT=VALUE",
    help="A slot as it ought to read: quantity.low=28, item.class=drone, speaker.name=null.",
)


@review.command("correct")
@_SET
@_deciding
def correct_in_review(
    name: str, changes: tuple[str, ...], ledger_path: str | None, **said: Any
) -> int:
    """The claim ought to read otherwise; it stays, and the correction stands on it."""
    return _decide(ledger_path, name, {**said, "verdict": "correct"}, changes)


@commands.command()
@_SET
@_deciding
def correct(name: str, changes: tuple[str, ...], ledger_path: str | None, **said: Any) -> int:
    """Say how a claim ought to read; it stays, and the correction stands on it (as review correct)."""
    return _decide(ledger_path, name, {**said, "verdict": "correct"}, changes)


def _decide(
    ledger_path: str | None, name: str, said: dict[str, Any], changes: tuple[str, ...] = ()
) -> int:
    with _opened(ledger_path) as ledger:
        shown = ledger.show(name)
        if len(shown.claims) != 1 or not shown.claims[0].id.startswith(name):
            raise UsageError(f"{name} is no claim's id; warledger review next shows some")
        stored = shown.claims[0]
        if changes:
            said["corrected"] = _corrected(stored.claim, changes)
        _record(ledger, {**said, "claim": stored.id})
        if not said["blind"]:
            click.echo(f"{stored.id}: {ledger.review.standings([stored.id])[stored.id]}.")
    return OK


def _record(ledger: Ledger, said: dict[str, Any]) -> None:
    from warledger.ledger import Decision

    entry = ledger.review.decide(Decision(**said))
    click.echo(f"Recorded as entry {entry.sequence}.")


def _corrected(claim: Claim, changes: tuple[str, ...]) -> Claim:
    import msgspec

    from warledger.ledger import corrected

    slots: dict[str, Any] = {}
    for change in changes:
        slot, sign, value = change.partition("=")
        if not sign:
            raise UsageError(f"{change!r}: write a slot and its value, such as quantity.low=28")
        try:
            slots[slot] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            slots[slot] = value
    return corrected(claim, slots)


@review.command("settings")
@click.option("--signatures", type=click.IntRange(1, 9), help="How many people have to agree.")
@click.option("--by", metavar="NAME", help="Who sets it.")
@click.option("--reason", metavar="TEXT", help="Why.")
@ledger_option
def settings(
    signatures: int | None, by: str | None, reason: str | None, ledger_path: str | None
) -> int:
    """Show or set how many people have to come to the same verdict before it stands."""
    with _opened(ledger_path) as ledger:
        if signatures is not None:
            ledger.review.require(signatures, by=by or "", reason=reason or "")
        click.echo(f"Signatures needed: {ledger.review.signatures()}")
    return OK


@review.command("agreement")
@ledger_option
def agreement(ledger_path: str | None) -> int:
    """How well people who coded blind agree: Cohen's kappa of each two, Krippendorff's alpha, by kind."""
    with _opened(ledger_path) as ledger:
        rows = ledger.review.agreement()
    if not rows:
        return complain(
            "no claim was coded blind by two people yet: warledger review --blind", FAILED
        )
    for row in rows:
        _show_agreement(row)
    return OK


def _show_agreement(row: Agreement) -> None:
    click.echo(f"{row.kind}: {row.claims} claims coded by two or more, alpha {_figure(row.alpha)}")
    for pair in row.pairs:
        click.echo(
            f"  {pair.first}, {pair.second}: {pair.agreed} of {pair.claims} alike, kappa {_figure(pair.kappa)}"
        )


def _figure(value: float | None) -> str:
    return "not defined (one verdict only)" if value is None else f"{value:.3f}"
