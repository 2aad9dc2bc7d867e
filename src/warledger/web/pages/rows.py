"""Claims as rows of a table: the same columns in every CSV that lists claims.

Enters: stored claims. Leaves: columns and rows. Does not belong here: choosing claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from warledger.model import StoredClaim

COLUMNS = (
    "claim",
    "report",
    "publisher",
    "published",
    "kind",
    "class",
    "model",
    "low",
    "high",
    "bound",
    "unit",
    "basis",
    "start",
    "end",
    "precision",
    "places",
    "place_codes",
    "actor",
    "speaker",
    "side",
    "via",
    "modality",
    "quote",
    "quote_start",
    "quote_end",
    "detail",
)


def row(stored: StoredClaim) -> tuple[Any, ...]:
    """A claim in the order of `COLUMNS`."""
    claim, report = stored.claim, stored.source.report
    quantity, time, piece = claim.quantity, claim.time, claim.evidence[0]
    return (
        stored.id,
        report.id,
        report.publisher,
        report.published,
        claim.kind,
        claim.item.class_,
        claim.item.model,
        quantity.low if quantity else None,
        quantity.high if quantity else None,
        quantity.bound if quantity else None,
        quantity.unit if quantity else None,
        claim.detail.get("basis"),
        time.start if time else None,
        time.end if time else None,
        time.precision if time else None,
        "; ".join(place.name for place in claim.places),
        "; ".join(place.code or "" for place in claim.places),
        claim.actor.name if claim.actor else None,
        claim.speaker.name,
        claim.speaker.side,
        claim.speaker.via,
        claim.modality,
        piece.quote,
        piece.start,
        piece.end,
        msgspec.json.encode(claim.detail, order="sorted").decode(),
    )


def rows(found: Iterable[StoredClaim]) -> list[tuple[Any, ...]]:
    """Claims in the order of `COLUMNS`."""
    return [row(stored) for stored in found]


def data(stored: StoredClaim) -> dict[str, Any]:
    """A claim as JSON: as `docs/claims.md` shows it, with its id and where it was published."""
    report = stored.source.report
    return {
        "id": stored.id,
        "claim": stored.claim,
        "publisher": report.publisher,
        "published": report.published,
        "title": report.title,
        "lang": report.lang,
        "version": stored.source.version,
        "recorded_at_utc": stored.source.recorded_at_utc,
    }
