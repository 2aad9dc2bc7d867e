"""Right claims made wrong in one slot, to measure what the gate lets through.

Each mutant says which slot was changed and whether the new value stands elsewhere in the same report (another
speaker, another town): those are counted apart.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import msgspec

from warledger import gazetteer
from warledger.gate import Prover
from warledger.gate.deed import FRAMES
from warledger.gate.moments import day
from warledger.gate.rivals import frame_of
from warledger.gate.subject import sources
from warledger.gate.voices import name_spans
from warledger.gazetteer import PlaceRecord
from warledger.model import (
    PEOPLE_KINDS,
    WEAPON_KINDS,
    Claim,
    Period,
    Place,
    Quantity,
    Speaker,
)

_FAMILIES = (
    ("launched", "intercepted", "lost", "hit", "locations_debris"),
    ("killed", "wounded", "missing", "rescued", "evacuated", "prisoners", "casualties"),
    ("place_control", "area_captured"),
    ("meeting", "legal", "nuclear_power", "nuclear_status", "outage"),
)
_CLASSES = {
    "weapons": ("drone", "missile", "bomb", "rocket", "aircraft"),
    "people": ("civilian", "child", "soldier", "rescuer"),
    "outage": ("power", "heat", "water", "gas"),
}
_MODELS = ("Shahed", "Kh-101", "Kalibr", "Kinzhal", "Iskander-M", "Zircon", "KAB", "Neptune")
_ONE_BREATH = 4  # tokens between an office and its holder
_UNITS = {"area": "km2", "duration": "hour", "power": "MW", "percent": "percent"}
_STRANGERS = (
    Speaker("Ministry of Defence of Peru", "PE"),
    Speaker("Juan Pérez", None),
    Speaker("Reykjavik Grapevine", "IS"),
)
_TOWNS = (
    Place("Reykjavik", "Reykjavik", None, 64.13, -21.94),
    Place("Timbuktu", "Timbuktu", None, 16.77, -3.0),
)


class Mutant(NamedTuple):
    """A claim with one slot changed: which slot, whether its new value stands elsewhere in the report.

    `right` says why the claim is right in truth, by what the contract asks; such a one is no wrong claim.
    """

    slot: str
    elsewhere: bool
    claim: Claim
    right: str | None = None


def mutants(prover: Prover, claim: Claim, others: list[Claim], random: Random) -> Iterator[Mutant]:
    """Every wrong claim made from a right one; `others` are the right claims of the same report."""
    yield from _numbers(prover, claim, random)
    yield from _bounds(prover, claim)
    yield from _units(prover, claim)
    yield from _negations(prover, claim)
    yield from _kinds(prover, claim, others)
    yield from _weapons(prover, claim)
    yield from _speakers(prover, claim, others, random)
    yield from _places(claim, others, random)
    yield from _dates(prover, claim, random)


def _replace(claim: Claim, **changes: object) -> Claim:
    return msgspec.structs.replace(claim, **changes)


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same but for their evidence."""
    return (one.kind, one.item.class_, one.quantity) == (
        other.kind,
        other.item.class_,
        other.quantity,
    )


def _numbers(prover: Prover, claim: Claim, random: Random) -> Iterator[Mutant]:
    quantity = claim.quantity
    if quantity is None or (quantity.low is None and quantity.high is None):
        return
    standing = {f.value * f.factor for f in prover.figures} | {f.value for f in prover.figures}
    for slot, change in (("digit", _other_digit), ("magnitude", _other_magnitude)):
        low, high = change(quantity.low, random), change(quantity.high, random)
        if quantity.bound == "range":
            low, high = quantity.low, change(quantity.high, random)
            if high is None or low is None or high <= low:
                continue
        elif quantity.low == quantity.high:
            high = low
        fresh = high if low is None else low
        yield Mutant(
            slot,
            float(fresh or 0) in standing or fresh in (0, 1),
            _replace(claim, quantity=Quantity(low, high, quantity.bound, quantity.unit)),
        )


def _other_digit(value: float | None, random: Random) -> float | None:
    if value is None:
        return None
    digits = str(int(value))
    at = random.randrange(len(digits))
    choices = [c for c in "0123456789" if c != digits[at] and not (at == 0 and c == "0")]
    return int(digits[:at] + random.choice(choices) + digits[at + 1 :])


def _other_magnitude(value: float | None, random: Random) -> float | None:
    if value is None:
        return None
    return value * random.choice((10, 100, 1000)) if value else 10


def _bounds(prover: Prover, claim: Claim) -> Iterator[Mutant]:
    quantity = claim.quantity
    if quantity is None or quantity.bound in ("vague", "range"):
        return
    value = quantity.high if quantity.low is None else quantity.low
    if value is None:
        return
    standing = {h.sense.term.get("bound") for h in prover.page.hits.get("bound", ())}
    shapes = {
        "exact": (value, value), "about": (value, value), "at_least": (value, None),
        "over": (value, None), "under": (None, value), "up_to": (None, value),
    }  # fmt: skip
    for bound, (low, high) in shapes.items():
        if bound != quantity.bound:
            fresh = msgspec.convert([low, high, bound, quantity.unit], tuple)
            mutant = Quantity(fresh[0], fresh[1], bound, quantity.unit)  # type: ignore[arg-type]
            yield Mutant("bound", bound in standing, _replace(claim, quantity=mutant))


def _units(prover: Prover, claim: Claim) -> Iterator[Mutant]:
    quantity = claim.quantity
    if quantity is None or (quantity.low is None and quantity.high is None):
        return
    standing = {
        _UNITS.get(str(h.sense.term.get("dimension"))) for h in prover.page.hits.get("unit", ())
    }
    for unit in ("count", "km2", "MW", "hour", "percent"):
        if unit != quantity.unit:
            mutant = Quantity(quantity.low, quantity.high, quantity.bound, unit)
            yield Mutant("unit", unit in standing, _replace(claim, quantity=mutant))


def _negations(prover: Prover, claim: Claim) -> Iterator[Mutant]:
    hits = prover.page.hits
    denial = any(hits.get(kind) for kind in ("negation", "denial", "zero", "nobody")) or any(
        h.sense.term.get("stance") == "denies" for h in hits.get("says", ())
    )
    if claim.modality == "denied":
        yield Mutant("negation dropped", False, _replace(claim, modality="asserted"))
    else:
        yield Mutant("negation added", denial, _replace(claim, modality="denied"))
    quantity = claim.quantity
    if quantity is None or quantity.unit != "count" or quantity.bound != "exact":
        return
    if quantity.low == 0:
        one = Quantity(1, 1, "exact", "count")
        yield Mutant("negation dropped", False, _replace(claim, quantity=one))
    else:
        none = Quantity(0, 0, "exact", "count")
        yield Mutant("negation added", denial, _replace(claim, quantity=none))


def _kinds(prover: Prover, claim: Claim, others: list[Claim]) -> Iterator[Mutant]:
    spoken = {frame_of(h) for h in prover.page.hits.get("predicate", ())}
    family = next((f for f in _FAMILIES if claim.kind in f), ())
    for kind in family:
        mutant = _replace(claim, kind=kind)
        if kind != claim.kind and not any(_alike(mutant, other) for other in others):
            yield Mutant("kind", bool(FRAMES[kind] & spoken), mutant)


def _weapons(prover: Prover, claim: Claim) -> Iterator[Mutant]:
    family = "people" if claim.kind in PEOPLE_KINDS else "weapons"
    family = "outage" if claim.kind == "outage" else family
    if claim.item.class_ is not None and claim.kind != "losses":
        standing = {
            name(hit.sense)
            for kind, name in sources(claim.kind)
            for hit in prover.page.hits.get(kind, ())
        }
        for fresh in _CLASSES[family]:
            if fresh != claim.item.class_:
                item = msgspec.structs.replace(claim.item, class_=fresh)
                yield Mutant("class", fresh in standing, _replace(claim, item=item))
    if claim.kind in WEAPON_KINDS:
        named = {str(h.sense.term.get("model")) for h in prover.page.hits.get("weapon", ())}
        for model in _MODELS:
            if model not in (claim.item.model or "").split("/"):
                item = msgspec.structs.replace(claim.item, model=model)
                yield Mutant("model", model in named, _replace(claim, item=item))


def _speakers(
    prover: Prover, claim: Claim, others: list[Claim], random: Random
) -> Iterator[Mutant]:
    if claim.speaker.name is None:
        return
    speakers = {c.speaker for c in others if c.speaker.name not in (None, claim.speaker.name)}
    for speaker in sorted(speakers, key=str):
        same = _same_speaker(prover, claim.speaker, speaker)
        yield Mutant("speaker", True, _replace(claim, speaker=speaker), same)
    yield Mutant("speaker", False, _replace(claim, speaker=random.choice(_STRANGERS)))
    for side in ("UA", "RU", "INT"):
        if side != claim.speaker.side:
            speaker = msgspec.structs.replace(claim.speaker, side=side)
            yield Mutant("side", False, _replace(claim, speaker=speaker))


def _same_speaker(prover: Prover, one: Speaker, other: Speaker) -> str | None:
    """Why two speakers of a report are one and the same, or None; the annotations give the side alone."""
    if one.side != other.side:
        return None
    a, b = str(one.name), str(other.name)
    if _within(a, b) or _within(b, a):
        return "the same speaker by a longer name"
    if {a, b} & {one.via, other.via} and prover.report.publisher in (a, b):
        return "the body whose own page it is"
    spans = [(x, y) for x in name_spans(prover.page, a) for y in name_spans(prover.page, b)]
    if any(abs(x[0] - y[0]) <= _ONE_BREATH for x, y in spans):
        return "an office and who holds it, named in one breath"
    return None


def _within(short: str, long: str) -> bool:
    return {*short.lower().split()} <= {*long.lower().split()}


def _places(claim: Claim, others: list[Claim], random: Random) -> Iterator[Mutant]:
    if not claim.places or not claim.places[0].text:
        return
    names = {p.name for p in claim.places}
    places = {p for c in others for p in c.places if p.name not in names and p.text}
    for place in sorted(places, key=str):
        mutant = _replace(claim, places=(place,))
        twin = any(_alike(mutant, c) and place in c.places and _near(claim, c) for c in others)
        right = "told of that place too, in the same words" if twin else None
        if right is None and _nonzero(claim) and _holds_all(place, claim.places):
            right = "the region or country that holds the place"
        yield Mutant("place", True, mutant, right)
    yield Mutant("place", False, _replace(claim, places=(random.choice(_TOWNS),)))
    renamed = msgspec.structs.replace(claim.places[0], name="Reykjavik")
    yield Mutant("place", False, _replace(claim, places=(renamed, *claim.places[1:])))


def _nonzero(claim: Claim) -> bool:
    """Whether a claim tells that something is: what is true of a town is then true of its region."""
    return claim.modality == "asserted" and (claim.quantity is None or claim.quantity.high != 0)


def _holds_all(region: Place, places: tuple[Place, ...]) -> bool:
    """Whether every place lies in a region or country, by the gazetteer's codes."""
    regions = [r for r in _records(region) if r.kind in ("oblast", "country")]
    return any(
        all(any(_lies_in(record, region) for record in _records(place)) for place in places)
        for region in regions
    )


def _lies_in(record: PlaceRecord, region: PlaceRecord) -> bool:
    if region.kind == "country":
        return record.country == region.country and record.kind != "country"
    return record.oblast_code == region.oblast_code != "" and record.kind not in (
        "oblast",
        "country",
    )


@functools.cache
def _known() -> dict[tuple[str, str, float | None], list[PlaceRecord]]:
    """The gazetteer's records by name, code and latitude."""
    found: dict[tuple[str, str, float | None], list[PlaceRecord]] = defaultdict(list)
    for record in gazetteer.of("en").places():
        found[record.name, record.code, record.lat].append(record)
    return found


def _records(place: Place) -> list[PlaceRecord]:
    return _known().get((place.name, place.code or "", place.lat), [])


def _near(one: Claim, other: Claim) -> bool:
    """Whether the evidence of two claims touches."""
    return any(
        e.start < f.end and f.start < e.end for e in one.evidence for f in other.evidence
    ) and (one.detail == other.detail)


def _dates(prover: Prover, claim: Claim, random: Random) -> Iterator[Mutant]:
    period = claim.time
    if period is None or (start := day(period.start)) is None or (end := day(period.end)) is None:
        return
    for step in (random.choice((-1, 1)), random.choice((-9, -5, -3, 3, 5, 9)), 365, -31):
        shifted = Period(_moved(start, step), _moved(end, step), period.precision, period.text)
        elsewhere = any(
            low <= day_ <= high
            for m in prover.timeline.moments
            for low, high in m.spans
            for day_ in (start + timedelta(step), end + timedelta(step))
        )
        yield Mutant("date", elsewhere, _replace(claim, time=shifted))


def _moved(when: date, step: int) -> str:
    return (when + timedelta(step)).isoformat()
