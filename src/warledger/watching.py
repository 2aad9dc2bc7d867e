"""Watching: sources looked at on a schedule, and what is new in them recorded.

Enters: a watchlist, what is known from the last look, a ledger. Leaves: entries, and a line for each look.
A third path beside `pipeline`, which it calls for each report. Does not belong here: how anything is read.

One source that fails is left alone for longer and longer, and never stops the others. A stop cuts what is being asked;
a report being recorded is recorded to its end.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from warledger import pipeline, reading
from warledger.errors import BusyError, LedgerError, ReadingError
from warledger.ledger import Ledger
from warledger.reading import Failure, Source, watchlist
from warledger.reading.fetching import Fetcher, Limits
from warledger.reading.watchlist import TRIES, Known, Watched, Watchlist

LIMITS = Limits(size=16 * 2**20)
"""What one look may take: a feed that never ends is cut at 16 MB or a minute."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One look at a source: what became of its reports (`added`, `new_version`, `unchanged`, …), or why it failed.

    `troubles` are reasons, in a line each, for entries that could not be read while the others were.
    """

    url: str
    at_utc: str
    counts: dict[str, int] = {}
    troubles: tuple[str, ...] = ()
    failure: str | None = None
    again_utc: str | None = None


class Watch:
    """A watch over the sources of a list, in one thread; `stop` may be called from a signal or another thread."""

    def __init__(
        self,
        listed: Watchlist,
        state: Path,
        ledger: Ledger,
        *,
        fetcher: Fetcher | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """`wait` sleeps for so many seconds or until `stop`. Raises `ReadingError` where `state` is another file."""
        self._stopped = threading.Event()
        self._wait = wait or self._stopped.wait
        self._listed, self._state, self._ledger, self._now = listed, state, ledger, now
        self._fetcher = fetcher or Fetcher(LIMITS, now=now, sleep=self._wait_politely)
        self._known = watchlist.recall(state)

    def stop(self) -> None:
        """Ends the watch: nothing more is asked, and what is being recorded is recorded to its end."""
        self._stopped.set()
        self._fetcher.stop()

    def run(self, tell: Callable[[Look], None], *, once: bool = False) -> None:
        """Looks at each source when it is due, until `stop`; with `once` at all of them, once.

        `tell` is given each look. Raises `LedgerError` where nothing can be recorded any more.
        """
        while not self._stopped.is_set():
            for watched in self._listed.source:
                if not self._stopped.is_set() and (once or self._is_due(watched)):
                    look = self.look(watched)
                    if not (self._stopped.is_set() and look.failure):
                        tell(look)
            if once or self._stopped.is_set():
                return
            self._wait(self._seconds_to_next())

    def look(self, watched: Watched) -> Look:
        """Looks at one source and records what is new; a failure is in the look, not raised."""
        known = self._known.setdefault(watched.url, Known())
        counts: Counter[str] = Counter()
        troubles: list[str] = []
        failure, asked = None, None
        try:
            self._look(watched, known, counts, troubles)
        except LedgerError:
            raise
        except BusyError as error:
            failure, asked = str(error), error.seconds
        except ReadingError as error:
            failure = str(error)
        except Exception as error:  # whatever one source brings about, the others are looked at
            failure = f"{type(error).__name__}: {error}"
        at = self._now()
        if not self._stopped.is_set():
            known.look_again(
                at, self._listed.span(watched), failed=failure is not None, asked=asked
            )
        watchlist.note(self._state, self._known)
        return Look(
            url=watched.url,
            at_utc=_shown(at),
            counts=dict(counts),
            troubles=tuple(troubles),
            failure=failure,
            again_utc=_shown(known.due_utc) if known.due_utc else None,
        )

    def _look(
        self, watched: Watched, known: Known, counts: Counter[str], troubles: list[str]
    ) -> None:
        got = self._fetcher.fetch(watched.url, known.validators)
        if got.unchanged:
            counts["not_changed"] += 1
            return
        for found in reading.fetched(got, watched.options):
            if self._stopped.is_set():
                raise ReadingError("stopped")
            if isinstance(found, Failure):
                if not found.passed_over:
                    troubles.append(f"{found.position or ''} {found.reason}".strip())
            elif known.entries.get(found.report.id) == found.sha256:
                counts["known"] += 1
            else:
                self._take(found, watched, known, counts, troubles)
        known.validators = {} if known.begun else got.validators

    def _take(
        self,
        found: Source,
        watched: Watched,
        known: Known,
        counts: Counter[str],
        troubles: list[str],
    ) -> None:
        name, sha256 = found.report.id, found.sha256
        if found.teaser and watched.full_text:
            found = reading.whole(found, watched.options, self._fetcher)
            if self._stopped.is_set():
                raise ReadingError("stopped")
        drawn = pipeline.reading_of(found, self._ledger)
        if isinstance(drawn, Failure):
            troubles.append(drawn.reason)
        else:
            counts[pipeline.record(drawn, self._ledger).status] += 1
        tries = known.begun.pop(name, 0) + 1
        if found.teaser and watched.full_text and tries < TRIES:
            known.begun[name] = tries
            troubles += found.notes
        else:
            known.remember(name, sha256)

    def _is_due(self, watched: Watched) -> bool:
        return watchlist.is_due(self._known.get(watched.url, Known()), self._now())

    def _seconds_to_next(self) -> float:
        now = self._now()
        due = [self._known.get(w.url, Known()).due_utc or now for w in self._listed.source]
        return max((min(due) - now) / timedelta(seconds=1), 0.0)

    def _wait_politely(self, seconds: float) -> None:
        self._wait(seconds)


def _shown(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
