"""A CSV with the column names of ACLED's event files, for tools that read those.

Enters: stored claims. Leaves: bytes. Does not belong here: events: a row is still what one report says, and tells its
speaker in `source`; several rows may speak of one event, and figures are never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warledger.exports.hxl import table
from warledger.model import StoredClaim

COLUMNS = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "country",
    "admin1",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "timestamp",
)
_TYPES = {
    "launched": ("Explosions/Remote violence", "Air/drone strike"),
    "intercepted": ("Explosions/Remote violence", "Disrupted weapons use"),
    "lost": ("Explosions/Remote violence", "Disrupted weapons use"),
    "hit": ("Explosions/Remote violence", "Air/drone strike"),
    "locations_struck": ("Explosions/Remote violence", "Air/drone strike"),
    "locations_debris": ("Explosions/Remote violence", "Disrupted weapons use"),
    "damaged": ("Explosions/Remote violence", "Air/drone strike"),
    "killed": ("Violence against civilians", "Attack"),
    "wounded": ("Violence against civilians", "Attack"),
    "casualties": ("Violence against civilians", "Attack"),
    "place_control": ("Strategic developments", "Non-violent transfer of territory"),
    "prisoners": ("Strategic developments", "Other"),
    "meeting": ("Strategic developments", "Agreement"),
}
_TIME = {"day": 1, "night": 1, "range": 2, "month": 3}


def write(claims: Sequence[StoredClaim]) -> bytes:
    """A line a claim that has a day and a kind that ACLED's types know; `fatalities` only where the claim counts dead."""
    rows = [_row(s) for s in claims if s.claim.kind in _TYPES and s.claim.time is not None]
    return table([COLUMNS], rows)


def _row(stored: StoredClaim) -> list[Any]:
    claim, report = stored.claim, stored.source.report
    assert claim.time is not None
    place = claim.places[0] if claim.places else None
    event, sub = _TYPES[claim.kind]
    code = (place.code or "") if place else ""
    dead = claim.kind == "killed" and claim.quantity is not None
    return [
        stored.id,
        claim.time.end[:10],
        claim.time.end[:4],
        _TIME.get(claim.time.precision, 3),
        "Political violence" if event != "Strategic developments" else event,
        event,
        sub,
        claim.actor.name if claim.actor else None,
        {"UA": "Ukraine", "RU": "Russia"}.get(code[:2]),
        place.name if place and 0 < len(code) <= 7 else None,
        place.name if place else None,
        place.lat if place else None,
        place.lon if place else None,
        None if place is None else 3 if 0 < len(code) <= 7 else 1,
        "; ".join(p for p in (claim.speaker.name, report.publisher) if p) or report.id,
        claim.speaker.side,
        claim.evidence[0].quote,
        claim.quantity.low if dead and claim.quantity else None,
        stored.source.recorded_at_utc,
    ]
