"""Drafts: claims before their repeats are joined, and what is settled among all of a report's.

Enters: the drafts that assembly made, in the order of the text. Leaves: claims, one for each fact, with all its passages.
Does not belong here: making a claim of a reading (`assemble`).
"""

from __future__ import annotations

from typing import Any

import msgspec

from warledger.extraction.placing import Mention, place_of
from warledger.extraction.scan import Scan
from warledger.extraction.ties import Reading
from warledger.model import Claim, Evidence, Place, Speaker

SENT = frozenset({"launched", "intercepted", "lost", "hit", "locations_struck", "locations_debris"})
# By sentence, the numbers in which each class of an army's losses is counted.
Tallies = dict[int, dict[str | None, set[float | int | None]]]
# Within so many characters, two different nouns with one number are two things of a list.
_ONE_LIST = 60


class Draft(msgspec.Struct, eq=False):
    """A claim before its repeats are joined, with the places still as mentions; `age` is that of one person."""

    claim: Claim
    order: int
    mentions: list[Mention]
    reading: Reading | None = None
    age: float | None = None


def spread(drafts: list[Draft], scan: Scan) -> list[Draft]:
    """Gives a distributive ("one each over X and Y") a claim a place."""
    out: list[Draft] = []
    for draft in drafts:
        reading = draft.reading
        if reading is None or not reading.phrase.amount.each or len(draft.mentions) < 2:
            out.append(draft)
            continue
        for mention in draft.mentions:
            claim = msgspec.structs.replace(draft.claim, places=(place_of(mention, scan),))
            out.append(Draft(claim, draft.order, [mention], reading))
    return out


def sum_up(drafts: list[Draft]) -> list[Draft]:
    """Gives a total that a whole breakdown follows the places of the breakdown."""
    for n, draft in enumerate(drafts):
        claim = draft.claim
        if claim.quantity is None or claim.kind not in SENT | {"outage", "killed", "wounded"}:
            continue
        total = claim.quantity.low
        if total is None or total != claim.quantity.high:
            continue
        part = 0.0
        places: list[Place] = []
        for other in (drafts[m] for m in range(n + 1, len(drafts))):  # no copy of a long text's
            same = other.claim.kind == claim.kind and other.claim.item.class_ == claim.item.class_
            if (
                not same
                or other.claim.quantity is None
                or not other.claim.places
                or other.claim.quantity.low is None
            ):
                break
            part += other.claim.quantity.low
            places.extend(p for p in other.claim.places if p not in places)
            if part >= total:
                break
        own = [p for p in claim.places if p not in places]  # the first part's may stand as its own
        own = [p for p in own if not _of_area(p, places)]
        if part == total and len(places) > 1 and not own:
            drafts[n] = Draft(
                msgspec.structs.replace(claim, places=tuple(places)), draft.order, [], draft.reading
            )
    return drafts


def _of_area(area: Place, parts: list[Place]) -> bool:
    """Whether the place of a total is an area in which the parts behind it lie, by the codes of both."""
    code = area.code or ""
    return bool(code) and all((p.code or "").startswith(code) and p.code != code for p in parts)


def without_echo(drafts: list[Draft]) -> list[Draft]:
    """The drafts without the position of who denies what another claim of the sentence tells as denied."""
    claims = [d.claim for d in drafts if d.claim.modality == "denied"]
    denied = [e.start for c in claims if c.kind != "position" for e in c.evidence]

    def echoes(claim: Claim) -> bool:
        own = claim.evidence[0]
        told = claim.modality == "denied" or claim.detail.get("stance") == "denies"
        return claim.kind == "position" and told and any(own.start <= at < own.end for at in denied)

    return [_as_held(d) for d in drafts if not echoes(d.claim)]


def _as_held(draft: Draft) -> Draft:
    """A draft whose position, where somebody takes it by denying, is taken: "the army rejected it"."""
    claim = draft.claim
    if claim.kind != "position" or claim.modality != "denied":
        return draft
    claim = msgspec.structs.replace(claim, modality="asserted")
    return Draft(claim, draft.order, draft.mentions, draft.reading, draft.age)


def join(drafts: list[Draft]) -> tuple[Claim, ...]:
    """One claim for each fact: repeats add their passages, a bounded and an exact telling of a number are one."""
    out: list[Claim] = []
    passages: list[dict[Evidence, None]] = []
    index: dict[tuple[Any, ...], int] = {}
    tallies = _tallies(drafts)
    sentences: list[int | None] = []
    ages: list[float | None] = []
    for draft in sorted(drafts, key=lambda d: d.order):
        claim, sentence = draft.claim, _sentence(draft)
        key = (*_fact(claim), _one_of_group(draft))
        at = _told_before(index, ages, key, draft.age)
        apart = at is not None and _other_tally(tallies, sentences[at], sentence)
        if at is None or apart or not _same_fact(out[at], claim):
            index[key] = index[(*key, draft.age)] = len(out)
            out.append(claim)
            ages.append(draft.age)
            sentences.append(sentence)
            passages.append(dict.fromkeys(claim.evidence))
            continue
        kept = out[at]
        passages[at].update(dict.fromkeys(claim.evidence))
        bounded = kept.quantity is not None and kept.quantity.bound != "exact"
        exact = claim if bounded and claim.quantity and claim.quantity.bound == "exact" else kept
        speaker: Speaker = kept.speaker if kept.speaker.name else claim.speaker
        if exact is not kept or speaker is not kept.speaker:
            out[at] = msgspec.structs.replace(exact, speaker=speaker)
    return tuple(
        claim if len(found) == 1 else msgspec.structs.replace(claim, evidence=tuple(found))
        for claim, found in zip(out, passages, strict=True)
    )


def _told_before(
    index: dict[tuple[Any, ...], int],
    ages: list[float | None],
    key: tuple[Any, ...],
    age: float | None,
) -> int | None:
    """Which claim told the fact before; of two people of different ages none is the other."""
    at = index.get((*key, age))
    if at is None and (last := index.get(key)) is not None:
        at = last if age is None or ages[last] in (None, age) else None
    return at


def _sentence(draft: Draft) -> int | None:
    """The sentence of an army's losses that a draft counts; None of any other."""
    counted = draft.reading is not None and draft.claim.kind == "losses"
    return draft.reading.phrase.sentence if draft.reading is not None and counted else None


def _tallies(drafts: list[Draft]) -> Tallies:
    """What each sentence counts of an army's losses."""
    out: Tallies = {}
    for draft in drafts:
        at, quantity = _sentence(draft), draft.claim.quantity
        if at is not None and quantity is not None:
            number = quantity.low if quantity.low is not None else quantity.high
            out.setdefault(at, {}).setdefault(draft.claim.item.class_, set()).add(number)
    return out


def _other_tally(tallies: Tallies, a: int | None, b: int | None) -> bool:
    """Whether two sentences count losses of two groups: a class of both has a number of its own in each."""
    if a is None or b is None or a == b:
        return False
    return any(
        not numbers & tallies[b].get(class_, numbers) for class_, numbers in tallies[a].items()
    )


def _fact(claim: Claim) -> tuple[Any, ...]:
    """What two tellings of one fact have in common; a claim without a number is a fact by its own passage."""
    quantity = claim.quantity
    number = None
    if quantity is not None:
        number = quantity.low if quantity.low is not None else quantity.high
    places = tuple(sorted(p.name for p in claim.places))
    detail = str(sorted(claim.detail.items(), key=str)) if claim.detail else ""
    own: tuple[Any, ...] | None = None
    if number is None:
        own = _of_day(claim) or (claim.evidence[0].start, claim.evidence[0].end)
    return (claim.kind, claim.item.class_, number, places, claim.modality, detail, own)


def _of_day(claim: Claim) -> tuple[Any, ...] | None:
    """The day of a plant's blackout: told again of the same day it is the same one."""
    if claim.kind != "nuclear_power" or claim.detail.get("state") not in ("lost", "backup"):
        return None
    return None if claim.time is None else (claim.time.start, claim.time.end)


def _one_of_group(draft: Draft) -> bool:
    """Whether one of several or one more is meant ("one of them died", "another one"), and none told before."""
    phrase = draft.reading.phrase if draft.reading else None
    if phrase is None or phrase.amount.high != 1:
        return False
    return phrase.partitive or phrase.amount.more


def _same_fact(a: Claim, b: Claim) -> bool:
    """Whether two claims alike in number tell one fact: times that touch, models and sides that do not differ."""
    if a.item.model and b.item.model and a.item.model != b.item.model:
        return False
    apart = abs(a.evidence[0].start - b.evidence[0].start)
    one = a.item.model is not None and a.item.model == b.item.model
    if a.item.text and b.item.text and a.item.text != b.item.text and apart < _ONE_LIST and not one:
        return False  # "one plane, one helicopter"
    if a.time and b.time and (a.time.end < b.time.start or b.time.end < a.time.start):
        return False
    if a.speaker.name and b.speaker.name and a.speaker.side != b.speaker.side:
        return False
    if (
        a.quantity
        and b.quantity
        and a.quantity.bound != b.quantity.bound
        and a.speaker != b.speaker
    ):
        return False
    return not (
        a.quantity
        and a.quantity.low is not None
        and a.quantity.low <= 3
        and a.speaker != b.speaker
        and a.places != b.places
    )
