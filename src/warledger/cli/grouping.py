"""`incidents`, `copies` and `incident`: what belongs together, who says what of it, and decisions on grouping.

Enters: days, ids, reasons. Leaves: incidents, copies, entries of decisions. Does not belong here: grouping itself.
"""

from __future__ import annotations

import click

from warledger.cli.asking import days_asked
from warledger.cli.frame import (
    FAILED,
    OK,
    as_known_option,
    commands,
    days_options,
    echo_json,
    forms_option,
    ledger_option,
    ledger_place,
)
from warledger.terminal import complain, console

FORMS = forms_option(table="Lines for the terminal", json="JSON", md="Markdown")


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
@days_options
@click.option(
    "--kind", "kinds", multiple=True, callback=_known, help="Only this kind, such as air_attack."
)
@click.option(
    "--ungrouped", is_flag=True, help="Name the claims that stand in no incident, and why."
)
@FORMS
@as_known_option
@ledger_option
def incidents(
    kinds: tuple[str, ...],
    ungrouped: bool,
    form: str,
    as_known_on: str | None,
    ledger_path: str | None,
    **days: str | None,
) -> int:
    """List the incidents of a day or a period, each with the reason for being one."""
    from warledger import regrouping
    from warledger.ledger import Ledger
    from warledger.rendering import incidents as drawn

    first, last = days_asked(**days)
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        grouping = regrouping.incidents(ledger, start=first, end=last, as_known_on=as_known_on)
    chosen = [i for i in grouping.incidents if not kinds or i.kind in kinds]
    if form == "json":
        echo_json({"incidents": chosen, "ungrouped": grouping.ungrouped})
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
@days_options
@FORMS
@as_known_option
@ledger_option
def copies(form: str, as_known_on: str | None, ledger_path: str | None, **days: str | None) -> int:
    """List the stories that several outlets carry in nearly the same words, and what a copy altered."""
    from warledger import regrouping
    from warledger.ledger import Ledger
    from warledger.rendering import stories

    first, last = days_asked(**days)
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        found = regrouping.copies(ledger, start=first, end=last, as_known_on=as_known_on)
    if form == "json":
        echo_json(found)
    elif form == "md":
        click.echo(stories.to_markdown(found), nl=False)
    else:
        stories.show(found, console())
    if not found:
        return complain(f"no story is carried twice between {first} and {last}", FAILED)
    return OK


class _ById(click.Group):
    """A group whose first word, where it is no command of it, is an incident's id."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {*self.commands, *ctx.help_option_names}
        return super().parse_args(ctx, args if not args or args[0] in own else ["show", *args])


@commands.group(cls=_ById)
def incident() -> None:
    """Show one incident (`warledger incident ID`), split claims off it, or join incidents."""


@incident.command("show")
@click.argument("name", metavar="ID")
@click.option(
    "--checks",
    is_flag=True,
    help="Show what the checks find beside the figures; they are held against the whole ledger.",
)
@FORMS
@as_known_option
@ledger_option
def show(
    name: str, checks: bool, form: str, as_known_on: str | None, ledger_path: str | None
) -> int:
    """Show each speaker's figures, earlier ones, carriers, the spread, who is silent, what was decided."""
    import msgspec

    from warledger import checking, regrouping
    from warledger.ledger import Ledger
    from warledger.rendering import incidents as drawn

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        found = regrouping.incident(ledger, name, as_known_on=as_known_on)
        checked = checking.of_incident(ledger, found, as_known_on=as_known_on) if checks else ()
    beside = checking.by_claim(checked)
    if form == "json":
        echo_json({**msgspec.to_builtins(found), "findings": checked})
    elif form == "md":
        click.echo(drawn.to_markdown([found], beside), nl=False)
    else:
        drawn.show([found], console(), beside)
        click.echo(f"claims: {' '.join(found.claims)}")
    return OK


_BY = click.option("--by", required=True, metavar="NAME", help="Who decides.")
_REASON = click.option("--reason", required=True, metavar="TEXT", help="Why.")


@incident.command("split")
@click.argument("name", metavar="ID")
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@_BY
@_REASON
@ledger_option
def split(name: str, claims: tuple[str, ...], by: str, reason: str, ledger_path: str | None) -> int:
    """Take claims out of an incident into one of their own, by an entry with name and reason."""
    from warledger import regrouping
    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        entry = regrouping.split(ledger, name, claims, by=by, reason=reason)
    click.echo(f"Split: {len(entry.content()['claims'])} claims (entry {entry.sequence}).")
    return OK


@incident.command("join")
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@_BY
@_REASON
@ledger_option
def join(names: tuple[str, ...], by: str, reason: str, ledger_path: str | None) -> int:
    """Make incidents one, under the id of the first, by an entry with name and reason."""
    from warledger import regrouping
    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        entry = regrouping.join(ledger, names, by=by, reason=reason)
    click.echo(f"Joined under {entry.content()['incidents'][0]} (entry {entry.sequence}).")
    return OK
