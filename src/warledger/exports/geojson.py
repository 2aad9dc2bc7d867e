"""GeoJSON (RFC 7946): a feature a place that a claim names.

Enters: stored claims. Leaves: bytes. Does not belong here: a point for what has none: such features have no geometry.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from warledger.exports.columns import row
from warledger.model import Place, StoredClaim


def write(claims: Sequence[StoredClaim]) -> bytes:
    """A FeatureCollection; claims without a place have one feature with a null geometry."""
    features = [
        _feature(stored, place) for stored in claims for place in (stored.claim.places or (None,))
    ]
    return msgspec.json.encode({"type": "FeatureCollection", "features": features})


def _feature(stored: StoredClaim, place: Place | None) -> dict[str, Any]:
    fields = row(stored)
    for name in ("place", "place_code", "lat", "lon"):
        del fields[name]
    if place is not None:
        fields |= {"place": place.name, "place_code": place.code, "place_words": place.text}
    geometry = None
    if place is not None and place.lat is not None and place.lon is not None and not _area(place):
        geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {"type": "Feature", "geometry": geometry, "properties": fields}


def _area(place: Place) -> bool:
    """Whether a code is that of a country or a first-level area, whose one pair of degrees is no place of an event."""
    code = place.code or ""
    return 0 < len(code) <= 7
