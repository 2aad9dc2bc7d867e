"""Replies of readers to reports and claims: held until an editor has seen them.

Enters: names, addresses, comments, proposed corrections. Leaves: replies; an entry of the chain for each moderation.
Does not belong here: forms. Names, addresses and comments are personal: they stay outside the chain, so that they
can be erased; an entry names a reply by its id alone.
"""

from __future__ import annotations

import secrets
from datetime import UTC
from typing import Any, Literal

import msgspec
from sqlalchemy import (
    Column,
    MetaData,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from warledger.errors import LedgerError, UsageError
from warledger.ledger.beside import Beside

State = Literal["held", "published", "declined", "corrected"]
KIND = "reply"

metadata = MetaData()
reply = Table(
    "reply",
    metadata,
    Column("reply_id", String(16), primary_key=True),
    Column("report_id", Text, nullable=False, index=True),
    Column("claim_id", String(16), index=True),
    Column("name", Text),
    Column("email", Text),
    Column("comment", Text),
    Column("proposed", Text),
    Column("received_at_utc", String(32), nullable=False),
    Column("state", String(16), nullable=False, index=True),
)


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader sends: about a report, or one claim in it; `proposed` says in words how it ought to read."""

    report_id: str
    claim_id: str | None = None
    name: str
    email: str
    comment: str
    proposed: str | None = None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A reply as it may be shown: without the address. What was erased is None."""

    reply_id: str
    report_id: str
    claim_id: str | None
    name: str | None
    comment: str | None
    proposed: str | None
    received_at_utc: str
    state: State


class Moderation(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `reply` entry: what became of a reply, by whose word. It holds nothing that the reader wrote."""

    reply: str
    report: str
    claim: str | None
    action: str
    by: str
    reason: str


_SHOWN = tuple(reply.c[name] for name in Reply.__struct_fields__)


class Replies(Beside):
    """The replies to a ledger; `Ledger.replies` gives them."""

    metadata = metadata
    kind = KIND

    def hold(self, sent: Sent) -> str:
        """Keeps a reply until it is moderated, and gives its id."""
        reply_id = secrets.token_hex(8)
        moment = self._clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        row = {**msgspec.structs.asdict(sent), "reply_id": reply_id, "state": "held"}
        with self._writing() as connection:
            connection.execute(insert(reply).values(received_at_utc=moment, **row))
        return reply_id

    def held(self, limit: int = 100) -> list[Reply]:
        """The replies that wait, the oldest first."""
        return self._where(reply.c.state == "held", limit=limit)

    def count_held(self) -> int:
        """How many replies wait."""
        if not self._is_made():
            return 0
        query = select(func.count()).where(reply.c.state == "held")
        with self._asking() as connection:
            return int(connection.execute(query).scalar() or 0)

    def shown(self, report_id: str) -> list[Reply]:
        """The replies to a report and its claims that an editor let through, the oldest first."""
        seen = reply.c.state.in_(("published", "corrected"))
        return self._where((reply.c.report_id == report_id) & seen, limit=500)

    def one(self, reply_id: str) -> Reply | None:
        """The reply of that id."""
        found = self._where(reply.c.reply_id == reply_id, limit=1)
        return found[0] if found else None

    def address(self, reply_id: str) -> str | None:
        """The address to answer to, for an editor's eyes alone; None where it was erased."""
        if not self._is_made():
            return None
        query = select(reply.c.email).where(reply.c.reply_id == reply_id)
        with self._asking() as connection:
            return connection.execute(query).scalar()

    def _where(self, condition: Any, *, limit: int) -> list[Reply]:
        if not self._is_made():
            return []
        query = select(*_SHOWN).where(condition).order_by(reply.c.received_at_utc, reply.c.reply_id)
        with self._asking() as connection:
            return [Reply(**row) for row in connection.execute(query.limit(limit)).mappings()]

    def moderate(self, reply_id: str, state: State, *, by: str, reason: str) -> None:
        """Publishes or declines a reply, or notes that it led to a correction, with an entry that says so.

        Raises UsageError for no such reply or no reason.
        """
        if not by.strip() or not reason.strip():
            raise UsageError("moderation needs the name of who decides and a reason")
        found = self.one(reply_id)
        if found is None:
            raise UsageError("there is no such reply")
        if found.state == state:
            return
        with self._writing() as connection:
            connection.execute(
                update(reply).where(reply.c.reply_id == reply_id).values(state=state)
            )
            body = Moderation(
                reply=reply_id,
                report=found.report_id,
                claim=found.claim_id,
                action=state,
                by=by,
                reason=reason,
            )
            self._note(connection, body)

    def erase(self, reply_id: str) -> None:
        """Takes name, address and words out of a reply, for good. Raises LedgerError for no such reply."""
        gone = {"name": None, "email": None, "comment": None, "proposed": None}
        with self._writing() as connection:
            done = connection.execute(
                update(reply).where(reply.c.reply_id == reply_id).values(**gone)
            )
            if not done.rowcount:
                raise LedgerError("there is no such reply")
