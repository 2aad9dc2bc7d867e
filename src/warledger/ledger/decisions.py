"""Decisions of people on claims: written as entries, read back, and weighed into a standing.

Enters: a decision, claims' ids. Leaves: entries, decisions, standings. Does not belong here: which claim comes next
(`doubts`), how well people agree (`agreement`). A decision stands on a claim and never alters it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, select

from warledger.errors import LedgerError, UsageError
from warledger.ledger import entries, queries, schema
from warledger.ledger.entries import Writer
from warledger.ledger.recording import prove_quotes
from warledger.ledger.records import Decision, Entry
from warledger.model import Claim

Standing = Literal["open", "pending", "disputed", "accepted", "corrected", "rejected"]
SIGNATURES = "signatures"
"""The setting that says how many people have to come to the same verdict."""

_FINAL: dict[str, Standing] = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `setting` entry; the last one of a name holds."""

    name: str
    value: int
    by: str
    reason: str


class Decided(msgspec.Struct, frozen=True):
    """A decision as recorded: its entry's sequence number and time."""

    decision: Decision
    sequence: int
    recorded_at_utc: str


def corrected(claim: Claim, changes: Mapping[str, Any]) -> Claim:
    """The claim with slots set anew: `{"quantity.low": 28, "item.class": "drone"}`; None empties a slot.

    Raises UsageError for a slot that claims do not have, or a value that does not fit it.
    """
    built = msgspec.to_builtins(claim)
    for path, value in changes.items():
        *outer, last = path.split(".")
        place = built
        for name in outer:
            place = place.get(name) if isinstance(place, dict) else None
        if not isinstance(place, dict) or (last not in place and outer != ["detail"]):
            raise UsageError(f"claims have no slot {path!r}; write one such as quantity.low")
        place[last] = value
    try:
        return msgspec.convert(built, type=Claim)
    except msgspec.ValidationError as problem:
        raise UsageError(f"a claim cannot be so: {problem}") from None


def decide(writer: Writer, decision: Decision) -> Entry:
    """Writes a decision, unless the same person's last word on the claim is the same already.

    Raises LedgerError where name or reason is missing, the ledger has no such claim, or a correction has no claim,
    or quotes words that do not stand in the report.
    """
    if not decision.by.strip() or not decision.reason.strip():
        raise LedgerError("a decision needs the name of who decides and a reason")
    if (decision.verdict == "correct") is (decision.corrected is None):
        raise LedgerError(
            "a correction says how the claim ought to read, and no other verdict does"
        )
    connection = writer.connection
    last = entries.last_known(connection, None)
    if not _is_recorded(connection, decision.claim):
        raise LedgerError(f"no claim has the id {decision.claim!r}; give the whole id")
    if decision.corrected is not None:
        sequence, _ = queries.named(connection, decision.claim, last)
        prove_quotes(
            queries.shown(connection, sequence, decision.claim, last).source.report,
            [decision.corrected],
        )
    own = [d for d in of(connection, [decision.claim], last) if _same_hand(d.decision, decision)]
    if own and own[-1].decision == decision:
        return entries.between(connection, own[-1].sequence, own[-1].sequence)[0]
    return writer.append("decision", decision, decision)


def _same_hand(one: Decision, other: Decision) -> bool:
    return (one.by, one.blind) == (other.by, other.blind)


def _is_recorded(connection: Connection, claim_id: str) -> bool:
    query = select(schema.claim.c.sequence).where(schema.claim.c.claim_id == claim_id).limit(1)
    return connection.execute(query).first() is not None


def of(connection: Connection, claim_ids: Iterable[str] | None, last: int) -> list[Decided]:
    """The decisions on these claims (None: on all), in the order of recording."""
    table = schema.decision.c
    query = select(table.sequence).where(table.sequence <= last)
    if claim_ids is None:
        sequences = list(connection.execute(query).scalars())
    else:
        wanted, sequences = list(claim_ids), []
        for start in range(0, len(wanted), queries.AT_ONCE):
            part = wanted[start : start + queries.AT_ONCE]
            sequences += connection.execute(query.where(table.claim_id.in_(part))).scalars()
    found = queries.bodies(connection, sequences)
    return [
        Decided(msgspec.json.decode(body, type=Decision), n, moment)
        for n, (moment, body) in sorted(found.items())
    ]


def signatures(connection: Connection, last: int) -> int:
    """How many people have to come to the same verdict; 1 where nothing else was set."""
    value = 1
    for entry in entries.walk(connection, kind="setting", last=last):
        setting = msgspec.json.decode(entry.body, type=Setting)
        if setting.name == SIGNATURES:
            value = setting.value
    return value


def standings(decided: Sequence[Decided], needed: int) -> dict[str, Standing]:
    """How each claim decided on stands: by the last word of each person; blind decisions do not count."""
    words: dict[str, dict[str, Decision]] = {}
    for one in decided:
        if not one.decision.blind:
            words.setdefault(one.decision.claim, {})[one.decision.by] = one.decision
    return {claim: _standing(list(last.values()), needed) for claim, last in words.items()}


def _standing(words: Sequence[Decision], needed: int) -> Standing:
    first = words[0]
    if any((w.verdict, w.corrected) != (first.verdict, first.corrected) for w in words):
        return "disputed"
    return _FINAL[first.verdict] if len(words) >= needed else "pending"
