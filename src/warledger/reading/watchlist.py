"""Which sources are watched and what is known of each from the last look: two files, and when to look again.

Enters: `sources.toml` of a person, and a state file of the program's own. Leaves: records; the moment of the next look.
Does not belong here: asking (`fetching`), recording.
"""

from __future__ import annotations

import os
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from warledger.errors import ReadingError, UsageError
from warledger.reading.records import ReadOptions, check_options

LEAST = timedelta(minutes=1)
"""Looking more often than that is not polite."""
LONGEST = timedelta(days=1)
"""How long a source that fails is left alone at most."""
REMEMBERED = 5000
"""Entries of one source that are known by their bytes; a feed holds the latest few dozen."""
TRIES = 3
"""Looks in which the whole text behind a teaser is asked for."""
_SPAN = re.compile(r"(\d{1,4})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Watched(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One source: its address (a feed, a page, a channel's preview), how often, and what the caller knows of it."""

    url: str
    every: str | None = None
    publisher: str | None = None
    lang: str | None = None
    full_text: bool = True

    @property
    def options(self) -> ReadOptions:
        """What the caller knows, as reading takes it."""
        return ReadOptions(publisher=self.publisher, lang=self.lang)


class Watchlist(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of `sources.toml`; `every` holds for the sources that name no span of their own."""

    every: str = "15m"
    source: tuple[Watched, ...]

    def span(self, watched: Watched) -> timedelta:
        """How often the source is looked at."""
        return span_of(watched.every or self.every)


class Known(msgspec.Struct, kw_only=True):
    """What is known of one source: when to look again, what to tell its server, its entries by their bytes' hash.

    `begun` counts, by entry, the looks in which only its beginning could be had.
    """

    due_utc: datetime | None = None
    failures: int = 0
    validators: dict[str, str] = {}
    entries: dict[str, str] = {}
    begun: dict[str, int] = {}

    def remember(self, entry: str, sha256: str) -> None:
        """Notes an entry as recorded; the oldest are forgotten."""
        self.entries.pop(entry, None)
        self.entries[entry] = sha256
        while len(self.entries) > REMEMBERED:
            self.entries.pop(next(iter(self.entries)))

    def look_again(
        self, now: datetime, span: timedelta, *, failed: bool, asked: float | None
    ) -> None:
        """Sets the next look: after the span, twice as long with each failure, never before the server allows it."""
        self.failures = self.failures + 1 if failed else 0
        pause = span if not failed else max(span, min(span * 2 ** min(self.failures, 12), LONGEST))
        if asked is not None:
            pause = max(pause, timedelta(seconds=min(asked, 7 * 86400)))
        self.due_utc = now + pause


def span_of(words: str) -> timedelta:
    """The span of time that words such as `15m`, `2h` mean. Raises `UsageError` for others, and below a minute."""
    match = _SPAN.fullmatch(words.strip())
    if match is None:
        raise UsageError(f"{words!r} is no span of time: write 15m, 2h or 1d")
    span = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if span < LEAST:
        raise UsageError(
            f"every {words} is more often than once a minute: give the servers more time"
        )
    return span


def load(path: str) -> Watchlist:
    """The list in a file. Raises `UsageError` where it is none, or names a source twice."""
    try:
        found = msgspec.toml.decode(Path(path).read_bytes(), type=Watchlist)
    except OSError as problem:
        raise UsageError(f"{path}: {problem.strerror or problem}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise UsageError(f"{path}: {problem}") from None
    if not found.source:
        raise UsageError(f"{path}: no [[source]] in it; name at least one")
    urls = [watched.url for watched in found.source]
    for watched in found.source:
        if urls.count(watched.url) > 1:
            raise UsageError(f"{path}: {watched.url} stands in it twice")
        if not watched.url.startswith(("http://", "https://")):
            raise UsageError(f"{path}: {watched.url} is no http(s) address")
        found.span(watched)
        check_options(watched.options)
    return found


def recall(path: Path) -> dict[str, Known]:
    """What the state file holds; nothing where there is none. Raises `ReadingError` where it is another file."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Known])
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise ReadingError(f"{path}: {problem.strerror or problem}") from None
    except msgspec.DecodeError as problem:
        raise ReadingError(
            f"{path} is no state of a watch ({problem}): remove it, and everything is looked at anew"
        ) from None


def note(path: Path, known: dict[str, Known]) -> None:
    """Writes the state file, whole or not at all. Raises `ReadingError` where it cannot be written."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".watch-")
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(known), indent=1))
        os.replace(name, path)
    except OSError as problem:
        raise ReadingError(
            f"{path}: {problem.strerror or problem}; what was seen is not noted"
        ) from None


def is_due(known: Known, now: datetime) -> bool:
    """Whether the source is to be looked at."""
    return known.due_utc is None or known.due_utc.astimezone(UTC) <= now
