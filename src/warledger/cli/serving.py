"""`serve`: the web app over a ledger.

Enters: where to listen, which ledger. Leaves: nothing until interrupted. Does not belong here: pages.
"""

from __future__ import annotations

import logging

import click

from warledger.cli.frame import FAILED, OK, commands, ledger_option, ledger_place
from warledger.terminal import complain


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@ledger_option
def serve(host: str, port: int, ledger_path: str | None) -> int:
    """Show the ledger as pages in a browser, until interrupted.

    Without accounts it listens on this machine only, and whoever sits at it may do everything.
    """
    import uvicorn

    from warledger.ledger import Ledger
    from warledger.web import Settings, create_app, permit

    settings = Settings(host=host, port=port)
    with Ledger.open(ledger_place(ledger_path), create=False) as ledger:
        permit(settings, accounts=0)
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
