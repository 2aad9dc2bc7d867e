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
Result = Literal["consistent", "inconsistent", "cannot_tell"]
Number = int | float

WEAPON_KINDS = frozenset(
    {"launched", "intercepted", "lost", "hit", "locations_struck", "locations_debris", "attacks"}
)
DEFENCE_KINDS = frozenset({"intercepted", "lost", "locations_struck", "locations_debris"})
"""Figures that the defender counts: a party that gives one speaks of what was aimed at it."""
PEOPLE_KINDS = frozenset(
    {"killed", "wounded", "casualties", "bodies", "missing", "rescued", "evacuated", "prisoners"}
)
THING_KINDS = frozenset({"damaged", "targeted", "outage", "losses"})
NUCLEAR_KINDS = frozenset({"nuclear_power", "nuclear_status", "nuclear_warning"})
GROUND_KINDS = frozenset({"area_captured", "area_share", "place_control"})
WORD_KINDS = frozenset({"meeting", "legal", "position", "comparison"})
TABLE_ROW = "table/"
"""How the id of a report begins that is a row of an imported table: `table/<mapping>/<hash of the row>`."""
INCIDENT_KINDS = (
    "air_attack",
    "strike",
    "outage",
    "meeting",
    "plant_power",
    "exchange",
    "control",
    "area",
    "losses",
    "tally",
)
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
    """One published text. `text` is what offsets count in and never changes once the report is made.

    `credit` is the chain of voices that the publisher took the words from, the nearest first (an agency, the channel
    that a post was forwarded from). It and `author` are left out of the JSON where they are unset.
    """

    id: str
    text: str
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    author: str | msgspec.UnsetType = msgspec.UNSET
    credit: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET


class Retrieval(msgspec.Struct, frozen=True, kw_only=True):
    """How bytes came from the network: when (UTC), by which addresses in turn, the answer's status and headers.

    Of a page that somebody else saved only the moment and the address may be known; `status` is None then. Cookies are
    left out, since they tell of whoever asked.
    """

    retrieved_at_utc: str
    addresses: tuple[str, ...]
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()


class StoredReport(msgspec.Struct, frozen=True):
    """A recorded version of a report: `version` is its hash, `recorded_at_utc` when the ledger came to know it.

    `retrieval` says how its bytes came over the network, where they did.
    """

    report: Report
    version: str
    original_sha256: str
    recorded_at_utc: str
    retrieval: Retrieval | None = None


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


class Statement(msgspec.Struct, frozen=True):
    """A wording that can be checked and is no claim by itself: a comparison, a conversion, a weekday, a share.

    `sort` says what `values` hold (`docs/checks.md`, "Statements").
    """

    sort: str
    evidence: Evidence
    values: dict[str, Any] = {}


class Extraction(msgspec.Struct, frozen=True):
    """What one reading of one report gave, in the order of the text."""

    claims: tuple[Claim, ...]
    notes: tuple[Trace, ...] = ()
    statements: tuple[Statement, ...] = ()


class Passage(msgspec.Struct, frozen=True):
    """Words of a report that a finding rests on, and the claim that they state, where there is one."""

    report: str
    evidence: Evidence
    claim: str | None = None


class Step(msgspec.Struct, frozen=True):
    """One step of a working: the id of its sentence and what fills it; `text` is that sentence in English."""

    message: str
    values: dict[str, Any]
    text: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What one check found of some claims, with its working; never a word on who is right.

    `check` is permanent; `message` and `values` give `sentence` in any language.
    """

    check: str
    result: Result
    message: str
    values: dict[str, Any]
    sentence: str
    working: tuple[Step, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits derived from the check, its result and what it rests on."""
        return hashlib.sha256(canonical_json(self)).hexdigest()[:12]

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims concerned, each once."""
        return tuple(dict.fromkeys(p.claim for p in self.passages if p.claim))


class Measure(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """What a figure is of. Two figures are held against each other only where their measures are equal.

    `basis` keeps daily, period and cumulative figures apart; `state` tells apart what one kind counts in
    different conditions (cut and restored, damaged and destroyed); `where` names the places of a figure that is
    told of a part of the incident, and is empty for one told of the whole.
    """

    kind: str
    class_: str | None = None
    model: str | None = None
    unit: str = "count"
    basis: str = "event"
    state: str | None = None
    where: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure (or, where `quantity` is null, one statement in words) that a speaker gave, with who carried it.

    `published` is its first publication and `last_published` its last, `known_at_utc` when the ledger first came
    to know it. `carriers` counts the independent reports: copies of one story and reports of one publisher are one.
    `edited_away` says that no version that is the latest of its report tells it any more.
    """

    quantity: Quantity | None
    modality: Modality
    quote: str
    published: str | None
    last_published: str | None
    known_at_utc: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    carriers: int
    edited_away: bool = False


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker says of one measure: the latest figure and the earlier ones, oldest first.

    `beside` holds other figures of the same moment as the latest: they stand side by side and are no revision.
    A line of which every figure was edited away has no carriers.
    """

    measure: Measure
    speaker: Speaker
    time: Period | None
    latest: Figure
    earlier: tuple[Figure, ...] = ()
    beside: tuple[Figure, ...] = ()
    carriers: int


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """How far the speakers' latest figures of one measure lie apart; no figure is chosen.

    `low` and `high` are the lowest and the highest number told. `apart` says that two speakers' figures cannot
    both hold.
    """

    measure: Measure
    speakers: tuple[Speaker, ...]
    low: Number | None
    high: Number | None
    apart: bool


class MissingVoice(msgspec.Struct, frozen=True):
    """A side that says nothing here, though it spoke of `spoke_in` other incidents of the period, and who spoke."""

    side: str
    spoke_in: int
    speakers: tuple[str, ...]


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that speak of one thing, and `reason`: why they are thought to, in words.

    `kind` is one of INCIDENT_KINDS. `subject` is what makes it one: the attacked party's code, the plant, the
    participants. The id begins with the day on which it ends and derives from kind, subject, places and time, so that it
    stays while reports come in. `regrouped` gives the reasons of the decisions by which people split or joined it,
    `rejected` the claims that would stand here and were rejected in review, each with the reason.
    """

    id: str
    kind: str
    reason: str
    subject: tuple[str, ...]
    places: tuple[Place, ...]
    time: Period | None
    lines: tuple[Line, ...]
    spreads: tuple[Spread, ...]
    missing: tuple[MissingVoice, ...]
    claims: tuple[str, ...]
    regrouped: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()


class Ungrouped(msgspec.Struct, frozen=True):
    """A claim that stands in no incident, and why."""

    claim_id: str
    reason: str


class Grouping(msgspec.Struct, frozen=True):
    """Every claim given, in exactly one incident or named as ungrouped."""

    incidents: tuple[Incident, ...]
    ungrouped: tuple[Ungrouped, ...]


class Regrouping(msgspec.Struct, frozen=True, kw_only=True):
    """A person's decision on what belongs together.

    `split` takes `claims` out of the one incident of `incidents` into a new one; `join` makes the incidents of
    `incidents` one, under the id of the first.
    """

    action: Literal["split", "join"]
    incidents: tuple[str, ...]
    claims: tuple[str, ...] = ()
    by: str
    reason: str


class Alteration(msgspec.Struct, frozen=True):
    """Words with a number that a copy tells otherwise; `start` and `end` count in the copy's text.

    `was_start` and `was_end` count in the text of the first report that carries the story.
    """

    was: str
    became: str
    start: int
    end: int
    was_start: int
    was_end: int


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """One report that carries a story: how like the first it is (0 to 1), whom it credits, what it altered."""

    report_id: str
    version: str
    publisher: str | None
    published: str | None
    similarity: float
    credit: str | None
    altered: tuple[Alteration, ...] = ()


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """Reports with nearly the same words, earliest publication first.

    `origin` says in words what speaks for one of them, or for an agency, being where the story comes from.
    """

    id: str
    members: tuple[Copy, ...]
    origin: tuple[str, ...]


def canonical_json(value: Any) -> bytes:
    """The one byte form of a record that hashes are taken over: JSON, keys sorted, UTF-8, no spaces."""
    return msgspec.json.encode(value, order="sorted")
