"""The records that every stage shares: a report, the claims drawn from it, and their parts.

Enters: nothing. Leaves: frozen, typed records whose JSON is the form documented in `docs/claims.md`.
Does not belong here: reading, extraction, storage, or any rule about what counts as a claim.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

Bound = Literal["exact", "at_least", "over", "about", "under", "up_to", "range", "vague"]
Modality = Literal["asserted", "denied", "planned", "possible"]
Number = int | float

WEAPON_KINDS = frozenset(
    {"launched", "intercepted", "lost", "hit", "locations_struck", "locations_debris", "attacks"}
)
PEOPLE_KINDS = frozenset(
    {"killed", "wounded", "casualties", "bodies", "missing", "rescued", "evacuated", "prisoners"}
)
THING_KINDS = frozenset({"damaged", "targeted", "outage", "losses"})
NUCLEAR_KINDS = frozenset({"nuclear_power", "nuclear_status", "nuclear_warning"})
GROUND_KINDS = frozenset({"area_captured", "area_share", "place_control"})
WORD_KINDS = frozenset({"meeting", "legal", "position", "comparison"})
KINDS = WEAPON_KINDS | PEOPLE_KINDS | THING_KINDS | NUCLEAR_KINDS | GROUND_KINDS | WORD_KINDS


class Evidence(msgspec.Struct, frozen=True):
    """A passage of the report's text: `text[start:end] == quote`, offsets in characters."""

    start: int
    end: int
    quote: str


class Item(msgspec.Struct, frozen=True, rename={"class_": "class"}):
    """What was counted or struck: its class, the weapon model where named, the words used."""

    class_: str | None = None
    model: str | None = None
    text: str | None = None


class Quantity(msgspec.Struct, frozen=True):
    """What the words allow: `low` and `high` (null where open), the bound's wording, the unit."""

    low: Number | None
    high: Number | None
    bound: Bound
    unit: str = "count"


class Place(msgspec.Struct, frozen=True):
    """A named place as the text gives it; `code` (KATOTTH or ISO 3166-2), `lat` and `lon` in degrees where known."""

    name: str
    text: str
    code: str | None = None
    lat: float | None = None
    lon: float | None = None


class Actor(msgspec.Struct, frozen=True):
    """Who did it, as the text says."""

    name: str
    side: str | None = None


class Speaker(msgspec.Struct, frozen=True):
    """Who is credited with the words; `via` is the outlet or channel that carries them."""

    name: str | None = None
    side: str | None = None
    via: str | None = None


class Period(msgspec.Struct, frozen=True):
    """When it happened: ISO dates, both inclusive; precision `day`, `night`, `range`, `month`, `year`."""

    start: str
    end: str
    precision: str
    text: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a report says happened, is, or will be, tied to the words that say it."""

    report: str
    kind: str
    item: Item = Item()
    quantity: Quantity | None = None
    places: tuple[Place, ...] = ()
    actor: Actor | None = None
    speaker: Speaker = Speaker()
    time: Period | None = None
    modality: Modality = "asserted"
    detail: dict[str, Any] = {}
    evidence: tuple[Evidence, ...]
    rule: str

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits derived from everything the claim says; the same claim has the same id."""
        return hashlib.sha256(canonical_json(self)).hexdigest()[:12]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One published text. `text` is what offsets count in and never changes once the report is made."""

    id: str
    text: str
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    lang: str | None = None


class StoredReport(msgspec.Struct, frozen=True):
    """A recorded version of a report: `version` is its hash, `recorded_at_utc` when the ledger came to know it."""

    report: Report
    version: str
    original_sha256: str
    recorded_at_utc: str


class StoredClaim(msgspec.Struct, frozen=True):
    """A recorded claim with its id and the report that it stands in."""

    id: str
    claim: Claim
    source: StoredReport


class Refusal(msgspec.Struct, frozen=True):
    """A claim that its evidence does not prove, with the slot at fault and the reason in one sentence."""

    claim: Claim
    slot: str
    reason: str


class Trace(msgspec.Struct, frozen=True):
    """Why a number of the text became no claim, or how a claim's slots were found (for `--explain`)."""

    start: int
    end: int
    quote: str
    note: str


class Extraction(msgspec.Struct, frozen=True):
    """What one reading of one report gave, in the order of the text."""

    claims: tuple[Claim, ...]
    notes: tuple[Trace, ...] = ()


def canonical_json(value: Any) -> bytes:
    """The one byte form of a record that hashes are taken over: JSON, keys sorted, UTF-8, no spaces."""
    return msgspec.json.encode(value, order="sorted")
