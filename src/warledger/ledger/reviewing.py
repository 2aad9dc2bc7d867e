"""Review: the queue, decisions, sign-off and agreement, as one thing to talk to.

Enters: names, verdicts, reasons. Leaves: claims to look at, entries, standings, figures of agreement.
Does not belong here: how doubt is weighed (`doubts`), what a standing is (`decisions`), the formulas (`agreement`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from warledger.errors import LedgerError
from warledger.ledger import decisions, doubts, schema
from warledger.ledger.agreement import Agreement, agreement
from warledger.ledger.decisions import SIGNATURES, Decided, Setting, Standing
from warledger.ledger.doubts import Doubtful
from warledger.ledger.entries import Writer
from warledger.ledger.moments import Moment
from warledger.ledger.queries import AT_ONCE, Asked
from warledger.ledger.records import Decision, Entry
from warledger.model import StoredClaim

Asking = Callable[[Moment], AbstractContextManager[tuple[Connection, int]]]
Writing = Callable[[], AbstractContextManager[Writer]]


class Review:
    """The review of a ledger's claims; `Ledger.review` gives it."""

    def __init__(self, asking: Asking, writing: Writing, refresh: Callable[[], None]) -> None:
        self._asking = asking
        self._writing = writing
        self._refresh = refresh

    def queue(
        self,
        *,
        by: str | None = None,
        start: str | None = None,
        end: str | None = None,
        kinds: Sequence[str] = (),
        limit: int = 20,
    ) -> list[Doubtful]:
        """The claims that wait for a decision, the most doubtful first (`doubts` says how it is weighed).

        Those that `by` has decided on are left out, and those that enough people have.
        """
        whole = start is None and end is None
        if whole:
            self._refresh()
        with self._asking(None) as (connection, last):
            decided = decisions.of(connection, None, last)
            needed = decisions.signatures(connection, last)
            if whole:
                return doubts.leading(connection, kinds, decided, needed, by, limit)
            asked = Asked(last=last, start=start, end=end, kinds=tuple(kinds))
            return doubts.queue(connection, asked, decided, needed, by, limit)

    def blind_queue(
        self, *, by: str, kinds: Sequence[str] = (), limit: int = 20
    ) -> list[StoredClaim]:
        """The claims that `by` ought to code blind: those that one other has coded first, then a sample of all."""
        self._refresh()
        with self._asking(None) as (connection, last):
            decided = decisions.of(connection, None, last)
            return doubts.blind_queue(connection, kinds, decided, by, limit)

    def decide(self, decision: Decision) -> Entry:
        """Records a decision on a claim, whose whole id it names; the same one twice is one entry.

        Raises LedgerError where name, reason or claim is missing, or a correction does not fit.
        """
        with self._writing() as writer:
            return decisions.decide(writer, decision)

    def decisions(
        self, claims: Iterable[str] | None = None, *, as_known_on: Moment = None
    ) -> list[Decided]:
        """The decisions on these claims (None: on all), in the order of recording."""
        with self._asking(as_known_on) as (connection, last):
            return decisions.of(connection, claims, last)

    def standings(
        self, claims: Iterable[str] | None = None, *, as_known_on: Moment = None
    ) -> dict[str, Standing]:
        """How each of these claims (None: of all) stands that anyone has decided on; the others are open."""
        with self._asking(as_known_on) as (connection, last):
            needed = decisions.signatures(connection, last)
            return decisions.standings(decisions.of(connection, claims, last), needed)

    def signatures(self, *, as_known_on: Moment = None) -> int:
        """How many people have to come to the same verdict before it stands."""
        with self._asking(as_known_on) as (connection, last):
            return decisions.signatures(connection, last)

    def require(self, signatures: int, *, by: str, reason: str) -> Entry:
        """Sets how many people have to come to the same verdict. Raises LedgerError for less than one, or no reason."""
        if signatures < 1 or not by.strip() or not reason.strip():
            raise LedgerError(
                "the setting needs a number from 1, the name of who sets it and a reason"
            )
        body = Setting(name=SIGNATURES, value=signatures, by=by, reason=reason)
        with self._writing() as writer:
            return writer.append("setting", body)

    def agreement(self, *, as_known_on: Moment = None) -> list[Agreement]:
        """How well blind coders agree: all kinds together first, then by kind; empty where nothing was coded twice."""
        with self._asking(as_known_on) as (connection, last):
            decided = decisions.of(connection, None, last)
            kinds = _kinds(
                connection, sorted({d.decision.claim for d in decided if d.decision.blind})
            )
            return agreement(decided, kinds)


def _kinds(connection: Connection, claims: Sequence[str]) -> dict[str, str]:
    table, found = schema.claim.c, {}
    for start in range(0, len(claims), AT_ONCE):
        query = select(table.claim_id, table.kind).where(
            table.claim_id.in_(claims[start : start + AT_ONCE])
        )
        found.update({row.claim_id: row.kind for row in connection.execute(query)})
    return found
