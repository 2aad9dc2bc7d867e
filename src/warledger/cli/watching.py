"""`watch`: feeds, pages and channels looked at on a schedule, what is new recorded.

Enters: a list of sources. Leaves: entries, and a line for each look. Does not belong here: when to look, how to read.
"""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warledger.cli.frame import FAILED, OK, commands, ledger_option, ledger_place

if TYPE_CHECKING:
    from warledger.watching import Look, Watch

_NAMES = {
    "added": "added",
    "new_version": "new versions",
    "reread": "read again",
    "unchanged": "unchanged",
    "known": "known",
}


@commands.command()
@click.argument("path", metavar="SOURCES.TOML")
@click.option("--once", is_flag=True, help="Look at every source once and stop.")
@click.option(
    "--state",
    metavar="FILE",
    help="Where to note what was seen; else SOURCES.state.json beside the list.",
)
@ledger_option
def watch(path: str, once: bool, state: str | None, ledger_path: str | None) -> int:
    """Look at sources on a schedule and record what is new: feeds, pages, channels' previews.

    A source that fails is left alone for longer and longer; the others go on. Ctrl-C or SIGTERM stops the watch.
    """
    from warledger.ledger import Ledger
    from warledger.reading import watchlist
    from warledger.watching import Watch

    listed = watchlist.load(path)
    noted = Path(state) if state else Path(path).with_suffix(".state.json")
    total: Counter[str] = Counter()
    failing: dict[str, str] = {}
    with Ledger.open(ledger_place(ledger_path)) as ledger:
        watching = Watch(listed, noted, ledger)
        _stop_by_signal(watching)

        def tell(look: Look) -> None:
            total.update(look.counts)
            failing.pop(look.url, None)
            if look.failure:
                failing[look.url] = look.failure
            _tell(look)

        watching.run(tell, once=once)
    done = ", ".join(f"{total[name]} {words}" for name, words in _NAMES.items() if total[name])
    click.echo(f"Stopped. Reports: {done or 'none'}. Sources failing: {len(failing)}.")
    return FAILED if once and failing else OK


def _stop_by_signal(watching: Watch) -> None:
    """The first signal stops the watch cleanly; a second one does what it does to every program."""

    def stop(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        watching.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _tell(look: Look) -> None:
    if look.failure:
        said = f"failed: {look.failure}; again at {look.again_utc}"
    elif "not_changed" in look.counts:
        said = "nothing new, says its server"
    else:
        parts = [f"{look.counts[n]} {words}" for n, words in _NAMES.items() if n in look.counts]
        said = ", ".join(parts) or "nothing in it"
    click.echo(f"{look.at_utc} {look.url}: {' '.join(said.split())}", err=bool(look.failure))
    for trouble in look.troubles:
        click.echo(f"{look.at_utc} {look.url}: {trouble}", err=True)
