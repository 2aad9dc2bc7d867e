"""Sign-offs: a person stands for a finding, or takes that back; each an entry of the chain.

Enters: findings, names, reasons. Leaves: entries, and the findings that enough people stand for. Does not belong here:
what a check finds. An entry holds the whole finding, so that what was signed stays whatever later rules find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

import msgspec
from sqlalchemy import Connection

from warledger.errors import LedgerError
from warledger.ledger import decisions, entries, queries
from warledger.ledger.entries import Writer
from warledger.ledger.moments import Moment
from warledger.ledger.records import Entry
from warledger.model import Finding, Passage

KIND = "sign-off"
Asking = Callable[[Moment], AbstractContextManager[tuple[Connection, int]]]
Writing = Callable[[], AbstractContextManager[Writer]]


class SignOff(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `sign-off` entry: a person stands for a finding, or (`withdrawn`) no longer does."""

    finding: Finding
    by: str
    reason: str
    withdrawn: bool = False


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A finding and who stands for it now; `in_force` says whether they are as many as the house asks for.

    `reasons` go with `by`; `signed_at_utc` is the time of the last entry on the finding.
    """

    finding: Finding
    by: tuple[str, ...]
    reasons: tuple[str, ...]
    signed_at_utc: str
    in_force: bool


class SignOffs:
    """The sign-offs of a ledger's findings; `Ledger.signoffs` gives them."""

    def __init__(self, asking: Asking, writing: Writing) -> None:
        self._asking = asking
        self._writing = writing

    def sign(self, finding: Finding, *, by: str, reason: str) -> Entry:
        """Records that a person stands for a finding; the same person's second word is the first one's entry.

        Raises LedgerError where name or reason is missing, or the finding rests on words that no recorded report holds.
        """
        if not by.strip() or not reason.strip():
            raise LedgerError("a sign-off needs the name of who signs and a reason")
        with self._writing() as writer:
            last = entries.last_known(writer.connection, None)
            own = [e for e in _of(writer.connection, last, finding.id) if e[1].by == by]
            if own and not own[-1][1].withdrawn:
                return own[-1][0]
            _prove(writer.connection, finding.passages, last)
            return writer.append(KIND, SignOff(finding=finding, by=by, reason=reason))

    def withdraw(self, finding_id: str, *, by: str, reason: str) -> Entry:
        """Records that a person no longer stands for a finding, whose whole id it names.

        Raises LedgerError where name or reason is missing, or that person has not signed it.
        """
        if not by.strip() or not reason.strip():
            raise LedgerError("a withdrawal needs the name of who withdraws and a reason")
        with self._writing() as writer:
            last = entries.last_known(writer.connection, None)
            own = [s for _, s in _of(writer.connection, last, finding_id) if s.by == by]
            if not own or own[-1].withdrawn:
                raise LedgerError(f"{by} has not signed off finding {finding_id}")
            body = SignOff(finding=own[-1].finding, by=by, reason=reason, withdrawn=True)
            return writer.append(KIND, body)

    def all(self, *, as_known_on: Moment = None) -> list[Signed]:
        """Every finding that anybody has signed, also where all have withdrawn, in the order of the first entry."""
        with self._asking(as_known_on) as (connection, last):
            needed = decisions.signatures(connection, last)
            return _weighed(_of(connection, last), needed)

    def in_force(self, *, as_known_on: Moment = None) -> dict[str, Signed]:
        """The findings signed off by as many people as have to (`review settings --signatures`), by id."""
        return {s.finding.id: s for s in self.all(as_known_on=as_known_on) if s.in_force}


def _of(
    connection: Connection, last: int, finding_id: str | None = None
) -> list[tuple[Entry, SignOff]]:
    rows = [
        (entry, msgspec.json.decode(entry.body, type=SignOff))
        for entry in entries.walk(connection, kind=KIND, last=last)
    ]
    return [row for row in rows if finding_id is None or row[1].finding.id == finding_id]


def _weighed(rows: Iterable[tuple[Entry, SignOff]], needed: int) -> list[Signed]:
    told: dict[str, list[tuple[Entry, SignOff]]] = {}
    for row in rows:
        told.setdefault(row[1].finding.id, []).append(row)
    return [_signed(group, needed) for group in told.values()]


def _signed(group: list[tuple[Entry, SignOff]], needed: int) -> Signed:
    words = {signoff.by: signoff for _, signoff in group}
    standing = [s for s in words.values() if not s.withdrawn]
    return Signed(
        finding=group[0][1].finding,
        by=tuple(s.by for s in standing),
        reasons=tuple(s.reason for s in standing),
        signed_at_utc=group[-1][0].recorded_at_utc,
        in_force=len(standing) >= needed,
    )


def _prove(connection: Connection, passages: Iterable[Passage], last: int) -> None:
    for passage in passages:
        piece = passage.evidence
        source = queries.source_named(connection, passage.report, last)
        texts = [v.stored.report.text for v in queries.versions(connection, source, last)]
        if not any(text[piece.start : piece.end] == piece.quote for text in texts):
            raise LedgerError(
                f"no recorded version of {passage.report} holds the words “{piece.quote}” at {piece.start}"
            )
