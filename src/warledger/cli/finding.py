"""`findings`: every check over a whole ledger, and people's sign-offs of what was found.

Enters: filters, ids, names, reasons. Leaves: findings; entries. Does not belong here: the checks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from warledger.cli.asking import days_asked
from warledger.cli.checking import reviews, signatures
from warledger.cli.frame import FAILED, INTERRUPTED, OK, commands, ledger_option, ledger_place
from warledger.errors import UsageError
from warledger.terminal import complain, console

if TYPE_CHECKING:
    from warledger.checking import Found, Wanted
    from warledger.ledger import Ledger
    from warledger.model import Finding

RESULTS = ("consistent", "inconsistent", "cannot_tell")


@commands.group(invoke_without_command=True)
@click.option("--check", "checks", multiple=True, metavar="CHECK", help="Only this check's.")
@click.option("--result", "results", multiple=True, type=click.Choice(RESULTS), help="Only these.")
@click.option("--table", metavar="NAME", help="Only of the rows of the table imported as NAME.")
@click.option("--from", "start", metavar="DATE", help="Only of figures from this day on.")
@click.option("--to", "end", metavar="DATE", help="Only of figures up to this day.")
@click.option(
    "--skip", default=0, metavar="N", type=click.IntRange(0), help="Leave out the first N reports."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "md", "claimreview"]),
    default="text",
    show_default=True,
    help="For the terminal, a finding a line as JSON, CSV, Markdown, or schema.org ClaimReview.",
)
@ledger_option
@click.pass_context
def findings(
    context: click.Context, /, skip: int, form: str, ledger_path: str | None, **asked: Any
) -> int:
    """Run every check over all that the ledger holds, and list what is found.

    Findings are written while it goes on; one broken off is taken up with --skip.
    """
    if context.invoked_subcommand is not None:
        return OK
    from warledger.checking import Wanted

    _check_known(asked["checks"])
    if asked["start"] or asked["end"]:
        days_asked(None, asked["start"], asked["end"])
    wanted = Wanted(**asked)
    with _opened(ledger_path) as ledger:
        if form == "claimreview":
            found = _all(ledger, wanted)
            return reviews([(f.report, [f.finding]) for f in found], signatures(ledger))
        return _list(ledger, wanted, skip, form)


def _opened(ledger_path: str | None) -> Ledger:
    from warledger.ledger import Ledger

    return Ledger.open(ledger_place(ledger_path), create=False)


def _check_known(names: Sequence[str]) -> None:
    from warledger.checks import CHECKS

    for name in names:
        if name not in CHECKS:
            raise UsageError(f"{name!r} is no check; there are {', '.join(CHECKS)}")


def _list(ledger: Ledger, wanted: Wanted, skip: int, form: str) -> int:
    from warledger import checking

    done = told = 0
    try:
        for part in checking.survey(ledger, skip=skip):
            found = [f for f in part.found if wanted.allows(f)]
            _write(found, form, first=not told)
            done, told = part.done, told + len(found)
            click.echo(f"{part.done} of {part.total} reports, {told} findings", err=True)
    except KeyboardInterrupt:
        return complain(f"interrupted; go on with --skip {done or skip}", INTERRUPTED)
    return OK if told else complain("nothing of that kind is found", FAILED)


def _all(ledger: Ledger, wanted: Wanted) -> list[Found]:
    from warledger import checking

    return [f for part in checking.survey(ledger) for f in part.found if wanted.allows(f)]


def _write(found: Sequence[Found], form: str, *, first: bool) -> None:
    import msgspec

    from warledger.rendering import findings as drawn
    from warledger.rendering import nights

    if form == "csv" and found:
        rows = [drawn.row(f.finding, f.start, f.end) for f in found]
        click.echo(nights.to_csv(drawn.COLUMNS, rows, headed=first), nl=False)
        return
    screen = console()
    for f in found:
        if form == "json":
            body = {"id": f.finding.id, "start": f.start, "end": f.end}
            click.echo(msgspec.json.encode(body | msgspec.to_builtins(f.finding)))
        elif form == "md":
            click.echo("\n".join(drawn.markdown(f.finding)))
        else:
            drawn.show_one(f.finding, screen)


def _signing(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        ledger_option,
        click.option("--reason", required=True, metavar="TEXT", help="Why."),
        click.option("--by", required=True, metavar="NAME", help="Who decides."),
        click.argument("name", metavar="ID"),
    ):
        command = option(command)
    return command


@findings.command("sign")
@_signing
def sign(name: str, by: str, reason: str, ledger_path: str | None) -> int:
    """Sign a finding off; ClaimReview gives those that enough people have signed, and no others."""
    with _opened(ledger_path) as ledger:
        finding = _named(ledger, name)
        entry = ledger.signoffs.sign(finding, by=by, reason=reason)
        click.echo(f"Recorded as entry {entry.sequence}.")
        _tell(ledger, finding.id)
    return OK


@findings.command("withdraw")
@_signing
def withdraw(name: str, by: str, reason: str, ledger_path: str | None) -> int:
    """Take back one's sign-off of a finding, as another entry."""
    with _opened(ledger_path) as ledger:
        whole = _one([s.finding.id for s in ledger.signoffs.all()], name, "signed finding")
        entry = ledger.signoffs.withdraw(whole, by=by, reason=reason)
        click.echo(f"Recorded as entry {entry.sequence}.")
        _tell(ledger, whole)
    return OK


@findings.command("signed")
@ledger_option
def signed(ledger_path: str | None) -> int:
    """List the findings that people have signed, who stands for each, and whether they are enough."""
    with _opened(ledger_path) as ledger:
        rows = ledger.signoffs.all()
        for row in rows:
            click.echo(f"{row.finding.result}  {row.finding.check}  {row.finding.sentence}")
            _tell(ledger, row.finding.id)
    return OK if rows else complain("no finding is signed yet: warledger findings sign ID", FAILED)


def _tell(ledger: Ledger, finding_id: str) -> None:
    row = next(s for s in ledger.signoffs.all() if s.finding.id == finding_id)
    by = ", ".join(row.by) or "nobody"
    state = "signed off" if row.in_force else f"needs {ledger.review.signatures()} signatures"
    click.echo(f"{finding_id}: signed by {by}; {state}.")


def _named(ledger: Ledger, name: str) -> Finding:
    from warledger.checking import Wanted

    found = {f.finding.id: f.finding for f in _all(ledger, Wanted())}
    return found[_one(list(found), name, "finding")]


def _one(names: Sequence[str], start: str, what: str) -> str:
    """The one name that begins so. Raises UsageError for none or several."""
    fit = [n for n in dict.fromkeys(names) if n.startswith(start)]
    if len(fit) != 1:
        raise UsageError(
            f"{len(fit)} {what}s have an id that starts with {start!r}; give one whole id"
        )
    return fit[0]
