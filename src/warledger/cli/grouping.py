"""`incidents` and `incident`: what belongs together, who says what of it, and decisions on grouping.

Enters: days, ids, reasons. Leaves: incidents, copies, entries of decisions. Does not belong here: grouping itself.
"""

from __future__ import annotations

import click

from warledger.cli.asking import days_asked
from warledger.cli.frame import FAILED, OK, commands, ledger_option, ledger_place
from warledger.terminal import complain, console

FORMS = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "md"]),
    default="table",
    show_default=True,
    help="Lines for the terminal, JSON, or Markdown.",
)


def _known(
    context: click.Context, option: click.Parameter, kinds: tuple[str, ...]
) -> tuple[str, ...]:
    """The kinds asked for, where they are kinds; a callback, so that `--help` need not load the records."""
    from warledger.model import INCIDENT_KINDS

    for kind in kinds:
        if kind not in INCIDENT_KINDS:
            raise click.BadParameter(f"{kind!r} is none of {', '.join(INCIDENT_KINDS)}")
    return kinds


@commands.command()
@click.option("--on", "day", metavar="DATE", help="One day, such as 2025-12-06.")
@click.option("--from", "start", metavar="DATE", help="The first day of a period.")
@click.option("--to", "end", metavar="DATE", help="The last day of a period.")
@click.option(
    "--kind", "kinds", multiple=True, callback=_known, help="Only this kind, such as air_attack."
)
@click.option(
    "--ungrouped", is_flag=True, help="Name the claims that stand in no incident, and why."
)
@FORMS
@ledger_option
def incidents(
    day: str | None,
    start: str | None,
    end: str | None,
    kinds: tuple[str, ...],
    ungrouped: bool,
    form: str,
    ledger_path: str | None,
) -> int:
    """List the incidents of a day or a period, each with the reason for being one."""
    import msgspec

    from warledger import pipeline
    from warledger.ledger import Ledger
    from warledger.rendering import incidents as drawn

    first, last = days_asked(day, start, end)
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        grouping = pipeline.incidents(ledger, start=first, end=last)
    chosen = [i for i in grouping.incidents if not kinds or i.kind in kinds]
    if form == "json":
        body = {"incidents": chosen, "ungrouped": grouping.ungrouped}
        click.echo(msgspec.json.format(msgspec.json.encode(body), indent=2))
    elif form == "md":
        click.echo(drawn.to_markdown(chosen), nl=False)
    else:
        drawn.brief_list(chosen, console())
        if ungrouped:
            for left in grouping.ungrouped:
                click.echo(f"{left.claim_id}  in no incident: {left.reason}")
        elif grouping.ungrouped:
            click.echo(
                f"{len(grouping.ungrouped)} claims stand in no incident; name them with --ungrouped",
                err=True,
            )
    if not chosen:
        return complain(
            f"no incident of that kind between {first} and {last}"
            if kinds
            else f"no incident between {first} and {last}",
            FAILED,
        )
    return OK


@commands.command()
@click.option("--on", "day", metavar="DATE", help="One day, such as 2025-12-06.")
@click.option("--from", "start", metavar="DATE", help="The first day of a period.")
@click.option("--to", "end", metavar="DATE", help="The last day of a period.")
@FORMS
@ledger_option
def copies(
    day: str | None, start: str | None, end: str | None, form: str, ledger_path: str | None
) -> int:
    """List the stories that several outlets carry in nearly the same words, and what a copy altered."""
    import msgspec

    from warledger import pipeline
    from warledger.ledger import Ledger
    from warledger.rendering import stories

    first, last = days_asked(day, start, end)
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        found = pipeline.copies(ledger, start=first, end=last)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
    elif form == "md":
        click.echo(stories.to_markdown(found), nl=False)
    else:
        stories.show(found, console())
    if not found:
        return complain(f"no story is carried twice between {first} and {last}", FAILED)
    return OK


@commands.command()
@click.argument("name", metavar="ID")
@FORMS
@ledger_option
def incident(name: str, form: str, ledger_path: str | None) -> int:
    """Show one incident: each speaker's figures with what the checks find of them, the spread, who is silent."""
    import msgspec

    from warledger import checking, pipeline
    from warledger.ledger import Ledger
    from warledger.rendering import incidents as drawn

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        found = pipeline.incident(ledger, name)
        checked = checking.of_incident(ledger, found)
    beside = checking.by_claim(checked)
    if form == "json":
        body = {**msgspec.to_builtins(found), "findings": checked}
        click.echo(msgspec.json.format(msgspec.json.encode(body), indent=2))
    elif form == "md":
        click.echo(drawn.to_markdown([found], beside), nl=False)
    else:
        drawn.show([found], console(), beside)
    return OK
