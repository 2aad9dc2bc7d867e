"""The ledger's one class: recording and asking.

Enters: reports with their original bytes, claims, refusals, decisions. Leaves: what was recorded, and answers.
Does not belong here: how any of it is done; each has a room of its own beside this one.

Every question takes `as_known_on`: an ISO day (its end, UTC), an ISO moment (UTC unless it has an offset), a datetime,
or None for now. Moments that are none raise UsageError.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import msgspec
from sqlalchemy import Connection, Engine

from warledger.errors import LedgerError
from warledger.ledger import decisions, entries, moments, queries, recording, search
from warledger.ledger.accounts import Accounts
from warledger.ledger.archive import Archive
from warledger.ledger.browsing import Browser
from warledger.ledger.changes import Compared
from warledger.ledger.connecting import told, writing
from warledger.ledger.decisions import Standing
from warledger.ledger.deriving import BODIES
from warledger.ledger.entries import Writer
from warledger.ledger.moments import Moment
from warledger.ledger.opening import open_place
from warledger.ledger.queries import Asked
from warledger.ledger.records import (
    Edition,
    Entry,
    Hit,
    Recorded,
    Seal,
    Shown,
    Version,
    WithdrawalBody,
)
from warledger.ledger.replies import Replies
from warledger.ledger.reviewing import Review
from warledger.ledger.signing import KIND as SIGN_OFF
from warledger.ledger.signing import SignOffs
from warledger.ledger.verifying import Verdict, verify
from warledger.model import Claim, Refusal, Regrouping, Report, StoredClaim

_KIND = re.compile(r"[a-z][a-z-]{1,31}")


class Ledger:
    """A ledger in an SQLite file with its originals beside it, or in a PostgreSQL database."""

    def __init__(
        self, engine: Engine, archive: Archive, clock: Callable[[], datetime], name: str
    ) -> None:
        self._engine = engine
        self._archive = archive
        self._clock = clock
        self._name = name
        self._batch: Writer | None = None
        self.browse = Browser(engine, name)
        self.review = Review(self._asking, self._writing, self.browse.refresh)
        self.signoffs = SignOffs(self._asking, self._writing)
        self.accounts = Accounts(engine, name, clock)
        self.replies = Replies(engine, name, clock)

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = True, clock: Callable[[], datetime] | None = None
    ) -> Ledger:
        """Opens the ledger at `path`, a file or a PostgreSQL address, making it where `create` allows.

        `clock` gives the time that entries are recorded at (UTC). Raises LedgerError where it is no ledger, is not
        there, cannot be written, or is of another schema.
        """
        place = open_place(path, create=create)
        return cls(place.engine, place.archive, clock or _now, place.name)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database."""
        self._engine.dispose()

    @contextmanager
    def _asking(self, as_known_on: Moment = None) -> Iterator[tuple[Connection, int]]:
        """A connection, and the last entry known at that moment."""
        moment = moments.known(as_known_on)
        with told(self._name), self._engine.connect() as connection:
            yield connection, entries.last_known(connection, moment)

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        if self._batch is not None:
            yield self._batch
            return
        with told(self._name), writing(self._engine) as connection:
            yield Writer(connection, self._clock)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Everything recorded inside is written at once, all or nothing, with one time; for one thread.

        What is asked inside does not see it yet. An error inside records nothing of the batch.
        """
        if self._batch is not None:
            raise LedgerError("a batch is open already")
        with self._writing() as writer:
            self._batch = writer
            try:
                yield
            finally:
                self._batch = None

    def record(
        self,
        report: Report | Edition,
        *,
        original: bytes,
        media_type: str,
        claims: Sequence[Claim],
        refusals: Sequence[Refusal],
        engine_version: str,
        rules_version: str,
    ) -> Recorded:
        """Records a report and what was drawn from it, all or nothing.

        The same report read by the same engine and rules changes nothing (`unchanged`); another text of the same
        source is a `new_version`; the same text read by newer rules is a `reread`. An `Edition` names the source and
        when it changed its text; of a bare report the ledger tells the source by itself. Claims that no engine drew
        (a table's rows) have an `engine_version` that starts with `import/`: they are never read again. Raises
        LedgerError where a claim's quotation does not stand in the text at its offsets, or the ledger cannot be
        written.
        """
        edition = report if isinstance(report, Edition) else Edition(report=report)
        drawn = recording.Drawn(claims, refusals, engine_version, rules_version)
        with self._writing() as writer:
            return recording.record(
                writer, self._archive, edition, recording.Original(original, media_type), drawn
            )

    def already(
        self, edition: Edition, original_sha256: str, *, engine_version: str, rules_version: str
    ) -> Recorded | None:
        """What recording an edition would say, where this engine has read it with these rules already; else None."""
        with self._asking() as (connection, _):
            return recording.already(
                connection, edition, original_sha256, engine_version, rules_version
            )

    def append(self, kind: str, body: object) -> Entry:
        """Records an entry of a kind of the caller's own, such as a table imported.

        The ledger chains and keeps the body (any JSON) and gives it back with `entries`. Raises LedgerError for a
        kind that the ledger itself writes or that is no plain name.
        """
        if kind in (*BODIES, "setting", SIGN_OFF) or not _KIND.fullmatch(kind):
            raise LedgerError(f"{kind!r} cannot name a kind of entry of your own; choose another")
        with self._writing() as writer:
            return writer.append(kind, body)

    def regroup(self, decision: Regrouping) -> Entry:
        """Records a decision to split or join incidents. Raises LedgerError where a name or reason is missing."""
        if not decision.by.strip() or not decision.reason.strip():
            raise LedgerError("a regrouping needs the name of who decides and a reason")
        with self._writing() as writer:
            return writer.append("regrouping", decision)

    def regroupings(self, *, as_known_on: Moment = None) -> list[Regrouping]:
        """The decisions to split or join incidents, in the order of recording."""
        found = self.entries("regrouping", as_known_on=as_known_on)
        return [msgspec.json.decode(entry.body, type=Regrouping) for entry in found]

    def withdraw(self, name: str, *, by: str, reason: str) -> Entry:
        """Takes a report back: its source leaves the answers from now on, and stays in what was known before.

        A version recorded later counts again. `name` is the report's id or its start. Raises LedgerError for an id
        that names none or several, or where a name or reason is missing.
        """
        if not by.strip() or not reason.strip():
            raise LedgerError("a withdrawal needs the name of who decides and a reason")
        with self._writing() as writer:
            connection = writer.connection
            last = entries.last_known(connection, None)
            sequence, _ = queries.named(connection, name, last)
            told_of = queries.shown(connection, sequence, None, last)
            if told_of.withdrawn:
                raise LedgerError(f"{told_of.source.report.id} is taken back already")
            body = WithdrawalBody(
                source=queries.source_named(connection, told_of.source.report.id, last),
                report_id=told_of.source.report.id,
                by=by,
                reason=reason,
            )
            return writer.append("withdrawal", body, body)

    def entries(self, kind: str | None = None, *, as_known_on: Moment = None) -> list[Entry]:
        """The entries of a kind, or all, in the order of recording."""
        with self._asking(as_known_on) as (connection, last):
            return list(entries.walk(connection, kind=kind, last=last))

    def claims(
        self,
        *,
        start: str | None = None,
        end: str | None = None,
        report: str | None = None,
        kinds: Sequence[str] = (),
        standing: Sequence[Standing] = (),
        as_known_on: Moment = None,
    ) -> list[StoredClaim]:
        """The claims of the latest reading of the latest version of each source, in the order of recording.

        `start` and `end` (ISO dates, inclusive) keep claims whose time touches the span; a claim without a time is
        kept by its report's day of publication. `report` keeps those of one report, `kinds` those of these kinds.
        Claims of reports taken back are left out. `standing` keeps those that stand so in review (`open` are those
        that nobody has decided on), all where it is empty.
        """
        with self._asking(as_known_on) as (connection, last):
            asked = Asked(last=last, start=start, end=end, report=report, kinds=tuple(kinds))
            return _standing(connection, list(queries.claims(connection, asked)), standing, last)

    def told_of(
        self,
        *,
        start: str,
        end: str,
        kinds: Sequence[str] = (),
        former: bool = False,
        standing: Sequence[Standing] = (),
        as_known_on: Moment = None,
    ) -> list[StoredClaim]:
        """What is told of the days `start` to `end`: as `claims`, but what lasts over a month counts where it ends.

        So a sum since the start of a war is no news of each of its days. `former` gives instead the claims of versions
        that their sources have edited since.
        """
        with self._asking(as_known_on) as (connection, last):
            asked = Asked(
                last=last, start=start, end=end, kinds=tuple(kinds), ending=True, former=former
            )
            return _standing(connection, list(queries.claims(connection, asked)), standing, last)

    def days(
        self,
        *,
        start: str | None = None,
        end: str | None = None,
        kinds: Sequence[str] = (),
        as_known_on: Moment = None,
    ) -> list[tuple[str, str, int]]:
        """How many claims of each kind begin on each day of the span: (ISO day, kind, count), by day and kind."""
        with self._asking(as_known_on) as (connection, last):
            return queries.days(
                connection, Asked(last=last, start=start, end=end, kinds=tuple(kinds))
            )

    def show(self, name: str, *, as_known_on: Moment = None) -> Shown:
        """The report or claim of that id, or of the only id that starts so. Raises LedgerError for none or several."""
        with self._asking(as_known_on) as (connection, last):
            report, claim = queries.named(connection, name, last)
            return queries.shown(connection, report, claim, last)

    def versions(self, name: str, *, as_known_on: Moment = None) -> list[Version]:
        """Every version of the source of that report, the latest last. Raises LedgerError for no or several reports."""
        with self._asking(as_known_on) as (connection, last):
            return queries.versions(connection, queries.source_named(connection, name, last), last)

    def compare(
        self,
        name: str,
        *,
        old: str | None = None,
        new: str | None = None,
        as_known_on: Moment = None,
    ) -> Compared:
        """Two versions of that report's source held against each other: by default the last two.

        `old` and `new` are the versions' hashes or their beginnings. Raises LedgerError where there is no such
        version, or only one.
        """
        with self._asking(as_known_on) as (connection, last):
            source = queries.source_named(connection, name, last)
            return queries.compared(
                connection, queries.versions(connection, source, last), (old, new), last
            )

    def unread(self, engine_version: str, rules_version: str) -> list[int]:
        """The entries of reports whose latest version this engine has not read with these rules, in order."""
        with self._asking() as (connection, _):
            return queries.unread(connection, engine_version, rules_version)

    def reading(self, report_entry: int) -> Shown:
        """The version that a report entry holds, with its latest reading."""
        with self._asking() as (connection, last):
            return queries.shown(connection, report_entry, None, last)

    def read_again(
        self,
        version: str,
        *,
        claims: Sequence[Claim],
        refusals: Sequence[Refusal],
        engine_version: str,
        rules_version: str,
    ) -> bool:
        """Records another reading of a version beside the earlier ones; False where it is there already.

        Raises LedgerError where the ledger holds no such version, or a quotation does not stand in its text.
        """
        drawn = recording.Drawn(claims, refusals, engine_version, rules_version)
        with self._writing() as writer:
            return recording.read_again(writer, version, drawn)

    def search(self, words: str, limit: int = 20, *, as_known_on: Moment = None) -> list[Hit]:
        """The reports that hold all the words, the best first; case is folded, a word may end in `*`.

        Of more than a thousand reports that match, the newest thousand are ranked.
        """
        with self._asking(as_known_on) as (connection, last):
            return search.find(connection, words, limit, last)

    def counts(self, *, as_known_on: Moment = None) -> dict[str, int]:
        """How many reports (versions), claims and refusals the ledger holds."""
        with self._asking(as_known_on) as (connection, last):
            return queries.counts(connection, last)

    def concerned(self, versions: Sequence[str], claims: Sequence[str]) -> list[int]:
        """The entries, in order, that hold these versions of reports, their readings, decisions on these claims,
        and withdrawals of the reports' sources."""
        with self._asking() as (connection, _):
            return queries.concerned(connection, versions, claims)

    def chain(self, first: int, last: int) -> Iterator[Entry]:
        """The entries from one sequence number to another, both inclusive."""
        for start in range(first, last + 1, queries.AT_ONCE):
            with self._asking() as (connection, _):
                found = entries.between(connection, start, min(last, start + queries.AT_ONCE - 1))
            yield from found

    def original(self, sha256: str) -> bytes:
        """The original bytes kept under a hash. Raises LedgerError where they are gone or changed."""
        with self._asking() as (connection, _):
            return self._archive.read(connection, sha256)

    def seal(self) -> Seal | None:
        """The chain's head: publish it, and `verify` can later hold the ledger against it. None where it is empty."""
        with self._asking() as (connection, _):
            return entries.head(connection)

    def verify(
        self, seal: Seal | None = None, *, progress: Callable[[int], None] | None = None
    ) -> Verdict:
        """Proves the chain, the rows, the quotations and the originals, and holds them against `seal`.

        `progress` is told the last entry proved, now and then. A fault is in the verdict, not raised.
        """
        level = "REPEATABLE READ" if self._engine.dialect.name == "postgresql" else "SERIALIZABLE"
        with told(self._name), self._engine.connect() as connection:
            snapshot = connection.execution_options(isolation_level=level)
            found = verify(snapshot, self._archive, seal, progress or (lambda _: None))
        if found.holds and not self._index_agrees():
            return msgspec.structs.replace(
                found, fault="the index of words holds other words than the reports"
            )
        return found

    def _index_agrees(self) -> bool:
        if self._engine.dialect.name != "sqlite":
            return True
        with told(self._name), writing(self._engine) as connection:
            agrees = search.agrees(connection)
            connection.rollback()
        return agrees


def _standing(
    connection: Connection, found: list[StoredClaim], wanted: Sequence[Standing], last: int
) -> list[StoredClaim]:
    """Those of the claims that stand in review as wanted; all where nothing is."""
    if not wanted:
        return found
    decided = decisions.of(connection, {c.id for c in found}, last)
    stands = decisions.standings(decided, decisions.signatures(connection, last))
    return [c for c in found if stands.get(c.id, "open") in wanted]


def _now() -> datetime:
    return datetime.now(UTC)
