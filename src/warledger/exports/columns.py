"""A claim as one row: the columns that all tables of claims share, with their HXL tags.

Enters: stored claims. Leaves: rows. Does not belong here: a format.
"""

from __future__ import annotations

from typing import Any

import msgspec

from warledger.model import StoredClaim

HXL = {
    "claim": "#meta+id+claim",
    "report": "#meta+id+report",
    "publisher": "#meta+source+publisher",
    "published": "#date+published",
    "recorded": "#date+recorded",
    "kind": "#event+type",
    "class": "#item+class",
    "model": "#item+model",
    "low": "#indicator+low+num",
    "high": "#indicator+high+num",
    "bound": "#indicator+bound",
    "unit": "#indicator+unit",
    "basis": "#indicator+basis",
    "start": "#date+start",
    "end": "#date+end",
    "precision": "#meta+date+precision",
    "place": "#loc+name",
    "place_code": "#loc+code",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "actor": "#org+actor",
    "speaker": "#org+speaker",
    "side": "#org+speaker+side",
    "via": "#org+via",
    "modality": "#meta+modality",
    "quote": "#description+quote",
    "quote_start": "#meta+quote+start",
    "quote_end": "#meta+quote+end",
    "url": "#meta+url",
    "detail": "#meta+detail",
}
"""Column names and their tags (hxlstandard.org, 1.1)."""

COLUMNS = tuple(HXL)


def row(stored: StoredClaim) -> dict[str, Any]:
    """The claim in the order of `COLUMNS`; several places are separated by `; ` and have no degrees in a row."""
    claim, report = stored.claim, stored.source.report
    quantity, time, piece = claim.quantity, claim.time, claim.evidence[0]
    only = claim.places[0] if len(claim.places) == 1 else None
    return {
        "claim": stored.id,
        "report": report.id,
        "publisher": report.publisher,
        "published": report.published,
        "recorded": stored.source.recorded_at_utc,
        "kind": claim.kind,
        "class": claim.item.class_,
        "model": claim.item.model,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "bound": quantity.bound if quantity else None,
        "unit": quantity.unit if quantity else None,
        "basis": claim.detail.get("basis", "event") if quantity else None,
        "start": time.start if time else None,
        "end": time.end if time else None,
        "precision": time.precision if time else None,
        "place": "; ".join(place.name for place in claim.places) or None,
        "place_code": "; ".join(place.code or "" for place in claim.places).strip("; ") or None,
        "lat": only.lat if only else None,
        "lon": only.lon if only else None,
        "actor": claim.actor.name if claim.actor else None,
        "speaker": claim.speaker.name,
        "side": claim.speaker.side,
        "via": claim.speaker.via,
        "modality": claim.modality,
        "quote": piece.quote,
        "quote_start": piece.start,
        "quote_end": piece.end,
        "url": report.url,
        "detail": msgspec.json.encode(claim.detail, order="sorted").decode(),
    }
