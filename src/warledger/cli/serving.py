"""`serve` and `account`: the web app over a ledger, and who may use it.

Enters: where to listen, which ledger, names and roles. Leaves: nothing until interrupted; accounts. Does not belong here: pages.
"""

from __future__ import annotations

import logging
import sys
from typing import Literal

import click

from warledger.cli.frame import FAILED, OK, commands, ledger_option, ledger_place
from warledger.errors import UsageError
from warledger.terminal import complain


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--public", is_flag=True, help="Let anybody read; only accounts change anything.")
@click.option(
    "--publication",
    type=click.Choice(["all", "reviewed", "signed"]),
    default="all",
    show_default=True,
    help="What readers without an account see: all claims, those reviewed once, those signed by two.",
)
@ledger_option
def serve(
    host: str,
    port: int,
    public: bool,
    publication: Literal["all", "reviewed", "signed"],
    ledger_path: str | None,
) -> int:
    """Show the ledger as pages in a browser, until interrupted.

    Without accounts it listens on this machine only, and whoever sits at it may do everything.
    """
    import uvicorn

    from warledger.ledger import Ledger
    from warledger.web import Settings, create_app, permit

    settings = Settings(host=host, port=port, public=public, publication=publication)
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        permit(settings, accounts=ledger.accounts.count())
        logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
        config = uvicorn.Config(
            create_app(settings, ledger),
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            date_header=True,
        )
        click.echo(f"http://{_shown(host)}:{port}/  (stop with Ctrl+C)", err=True)
        server = uvicorn.Server(config)
        try:
            server.run()
        except (SystemExit, OSError) as error:
            return complain(f"cannot listen on {host}:{port}: {error}", FAILED)
    return OK


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@commands.group()
def account() -> None:
    """Who may read, edit and administer over the web."""


def _password() -> str:
    """The password: asked for twice on a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        made: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return made
    return sys.stdin.readline().rstrip("\r\n")


@account.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "editor", "admin"]), required=True)
@ledger_option
def add_account(name: str, role: str, ledger_path: str | None) -> int:
    """Make an account; the password is asked for, or read from standard input."""
    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        ledger.accounts.add(name, role, _password(), by="the command line")
    click.echo(f"Account {name} made, role {role}.")
    return OK


@account.command("list")
@ledger_option
def list_accounts(ledger_path: str | None) -> int:
    """List names and roles."""
    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        for one in ledger.accounts.all():
            click.echo(f"{one.name}\t{one.role}")
    return OK


@account.command("set")
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "editor", "admin"]))
@click.option("--password", is_flag=True, help="Ask for a new password.")
@ledger_option
def set_account(name: str, role: str | None, password: bool, ledger_path: str | None) -> int:
    """Give an account another role or password; its sessions end."""
    from warledger.ledger import Ledger

    if role is None and not password:
        raise UsageError("say what to set: --role ROLE or --password")
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        new = _password() if password else None
        ledger.accounts.change(name, role=role, password=new, by="the command line")
    click.echo(f"Account {name} changed.")
    return OK


@account.command("remove")
@click.argument("name")
@ledger_option
def remove_account(name: str, ledger_path: str | None) -> int:
    """Remove an account and end its sessions."""
    from warledger.ledger import Ledger

    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        ledger.accounts.remove(name, by="the command line")
    click.echo(f"Account {name} removed.")
    return OK
