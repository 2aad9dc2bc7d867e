"""Standard output and error as a person sees them: the console, progress, one-line reasons, what failed.

Enters: counts and failures. Leaves: text on the terminal. Does not belong here: commands, claims.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

    from warledger.pipeline import Reading
    from warledger.reading import Failure

LISTED = 20
"""Failures named one by one at the end; a folder of thousands gets a count for the rest."""


def complain(reason: str, status: int) -> int:
    """Say why in one line on standard error; gives `status` back."""
    click.echo(f"warledger: {' '.join(reason.split())}", err=True)
    return status


def console() -> Console:
    """Standard output as rich sees it; signs that its encoding lacks become question marks."""
    from rich.console import Console

    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return Console(highlight=False, emoji=False, markup=False)


class Tally:
    """Counts what went well, shows it while it goes on, and says at the end what failed and why.

    Progress needs standard error to be a terminal, and is left out where results scroll on the same one.
    """

    def __init__(self, deed: str) -> None:
        self.deed = deed
        self.done = 0
        self.failures: list[Failure] = []
        self.passed_over: list[Failure] = []
        self._live: Status | None = None

    @property
    def status(self) -> int:
        """The exit status: 1 when anything failed."""
        return 1 if self.failures else 0

    def __enter__(self) -> Tally:
        if sys.stderr.isatty() and not sys.stdout.isatty():
            from rich.console import Console

            self._live = Console(stderr=True).status("starting")
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()
        self._summary()

    def passing(self, readings: Iterable[Reading | Failure]) -> Iterator[Reading]:
        """Let readings through and keep the failures for the end."""
        from warledger.reading import Failure

        for reading in readings:
            if isinstance(reading, Failure):
                (self.passed_over if reading.passed_over else self.failures).append(reading)
                continue
            yield reading
            self.done += 1
            if self._live is not None:
                self._live.update(f"{self.done} {self.deed}, now {reading.source.path}")

    def _summary(self) -> None:
        for failure in (self.failures + self.passed_over)[:LISTED]:
            at = f", {failure.position}" if failure.position else ""
            complain(f"{failure.path}{at}: {failure.reason}", 1)
        told = len(self.failures) + len(self.passed_over)
        if told > LISTED:
            click.echo(f"... and {told - LISTED} more", err=True)
        if self.failures and self.done + len(self.failures) > 1:
            click.echo(f"{self.done} {self.deed}, {len(self.failures)} failed", err=True)
