"""Which incident a claim belongs to, told by the claim alone.

Enters: a recorded claim. Leaves: a `Key`, or the reason for which the claim stands in no incident. Does not belong
here: what is borrowed from other claims (`grouping`), figures (`lines`).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from warledger.incidents.data import parties
from warledger.model import (
    DEFENCE_KINDS,
    GROUND_KINDS,
    NUCLEAR_KINDS,
    PEOPLE_KINDS,
    WEAPON_KINDS,
    Claim,
    Period,
    StoredClaim,
)

AIR = WEAPON_KINDS - {"attacks"}
UNSETTLED = "?"
"""Stands for a party that the claim by itself does not tell."""
_KIND_FAMILY = {
    **dict.fromkeys(AIR, "air"),
    **dict.fromkeys(PEOPLE_KINDS, "people"),
    **dict.fromkeys(GROUND_KINDS, "ground"),
    **dict.fromkeys(NUCLEAR_KINDS, "plant"),
}


class Key(NamedTuple):
    """What makes claims one incident. `told_by` says how the attacked party was found and is no part of identity."""

    kind: str
    subject: tuple[str, ...]
    places: tuple[str, ...]
    first: str
    last: str


class Placed(NamedTuple):
    """A claim's key, and what told the attacked party where there is one."""

    key: Key
    told_by: str = ""


def place_of(stored: StoredClaim) -> Placed | str:
    """The incident that a claim belongs to, or in words why it stands in none."""
    claim = stored.claim
    basis = claim.detail.get("basis", "event")
    if claim.kind in ("legal", "position", "comparison"):
        return f"a {claim.kind} is told by itself and belongs to no incident"
    span = _span(claim.time)
    if basis != "event" or (span is not None and _is_long(span)):
        return _tally(stored, str(basis), span)
    if claim.kind == "losses" or (claim.kind == "attacks" and not claim.places):
        return _tally(stored, "event", span)
    if claim.kind in ("area_captured", "area_share"):
        return _area(stored, span)
    if span is None:
        return "the words do not tell when it happened"
    return _dated(claim, span)


def _dated(claim: Claim, span: tuple[str, str]) -> Placed | str:
    kind, (first, last) = claim.kind, span
    if kind in AIR:
        side, told_by = attacked(claim)
        return Placed(Key("air_attack", (side,), (), first, last), told_by)
    if kind == "meeting":
        return _meeting(claim, span)
    if kind in NUCLEAR_KINDS:
        plant = claim.detail.get("plant")
        if not plant and not claim.places:
            return "neither a plant nor a place is named"
        subject = (str(plant),) if plant else ()
        return Placed(Key("plant_power", subject, () if plant else _places(claim), first, last))
    if kind in ("prisoners", "bodies") and (claim.detail.get("exchanged") or not claim.places):
        if kind == "prisoners" and not claim.detail.get("exchanged"):
            return "prisoners who are not said to be exchanged, and no place"
        return Placed(Key("exchange", (), (), first, last))
    if kind == "outage":
        subject = (claim.item.class_ or "",)
        return _placed_or_not("outage", subject, claim, span)
    if kind == "place_control":
        return _placed_or_not("control", (), claim, span)
    return _placed_or_not("strike", (), claim, span)


def _placed_or_not(
    kind: str, subject: tuple[str, ...], claim: Claim, span: tuple[str, str]
) -> Placed | str:
    if not claim.places:
        return "no place is named, so nothing tells which event is meant"
    return Placed(Key(kind, subject, _places(claim), *span))


def _meeting(claim: Claim, span: tuple[str, str]) -> Placed | str:
    names = participants(claim)
    if not names and not claim.places:
        return "neither participants nor a place of the meeting are named"
    return Placed(Key("meeting", names, () if len(names) > 1 else _places(claim), *span))


def participants(claim: Claim) -> tuple[str, ...]:
    """The participants of a meeting, sorted, each once."""
    return tuple(sorted({str(n) for n in claim.detail.get("participants", ())}))


def _area(stored: StoredClaim, span: tuple[str, str] | None) -> Placed | str:
    claim = stored.claim
    if span is None:
        return "the words do not tell when it happened"
    taker: tuple[str, ...] = (claim.actor.side or claim.actor.name,) if claim.actor else ()
    subject = (claim.kind, *taker)
    return Placed(Key("area", subject, _places(claim), *span))


def _tally(stored: StoredClaim, basis: str, span: tuple[str, str] | None) -> Placed | str:
    """Figures that a speaker gives for a span: counted over a period, or cumulative up to a day."""
    claim = stored.claim
    if span is None:
        day = (stored.source.report.published or "")[:10]
        if not day:
            return "neither the words nor the report tell a date"
        span = (day, day)
    told_by = ""
    subject: tuple[str, ...]
    if claim.kind == "losses":
        # Whose losses they are is settled by the claim or not at all: a party may tell its own or its enemy's.
        side = claim.actor.side if claim.actor else None
        kind, subject = "losses", (side or f"told by {claim.speaker.side or 'no side'}",)
    elif claim.kind in WEAPON_KINDS:
        side, told_by = attacked(claim)
        kind, subject = "tally", ("air", side)
    else:
        kind, subject = "tally", (_KIND_FAMILY.get(claim.kind, claim.kind),)
    places = () if claim.kind in WEAPON_KINDS or claim.kind == "losses" else _places(claim)
    return Placed(Key(kind, (*subject, basis), places, *span), told_by)


def attacked(claim: Claim) -> tuple[str, str]:
    """The party attacked and how it is told; `UNSETTLED` where the claim alone does not tell.

    The same steps for every party: who is said to have done it; for figures of a defence, the party that gives
    them; the land struck; else the party that speaks of the attack.
    """
    war = parties()
    if claim.actor and (victim := war.other(claim.actor.side)):
        return victim, "who is said to have attacked"
    if claim.kind in DEFENCE_KINDS and claim.speaker.side in war.sides:
        return str(claim.speaker.side), "who tells of its own defence"
    holders = {war.holder(p.code) for p in claim.places} - {None}
    if len(holders) == 1:
        return str(holders.pop()), "the places attacked"
    if claim.speaker.side in war.sides and not claim.places:
        return str(claim.speaker.side), "the party that tells of the attack on it"
    return UNSETTLED, ""


def _places(claim: Claim) -> tuple[str, ...]:
    return tuple(sorted({p.code or p.name.casefold() for p in claim.places}))


def _span(time: Period | None) -> tuple[str, str] | None:
    """First and last day. A night belongs to the day on which it ends, as do two days told as a night."""
    if time is None:
        return None
    if time.precision == "night":
        return time.end, time.end
    return time.start, time.end


def _is_long(span: tuple[str, str]) -> bool:
    """Whether figures of the span are those of a period and not of one event."""
    if span[0] == span[1]:
        return False
    return (date.fromisoformat(span[1]) - date.fromisoformat(span[0])).days > 2
