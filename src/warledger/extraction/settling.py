"""Settling: readings that another reading of their sentence makes plain: bodies, tallies, who acts, what is told twice.

Enters: the readings of a sentence. Leaves: the same, some of another kind, some left out.
Does not belong here: which predicate governs a number (`frames`).
"""

from __future__ import annotations

from warledger.extraction import ages
from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Scan
from warledger.extraction.ties import Reading

_ENDS = (".", ";", ":", "!", "?")
_GEAR = 3.0  # how far gear that was struck stands from its verb
_PIECES = 4  # tokens from a word for debris to the weapon that it is of
_LIST = 15  # tokens of a list of people within which the dash stands that closes it


def as_bodies(readings: list[Reading]) -> list[Reading]:
    """Behind bodies handed over a bare number handed back is one of bodies too."""
    out: list[Reading] = []
    for r in readings:
        before = out[-1] if out else None
        told = (
            before is not None and before.kind == "bodies" and before.phrase.amount.sort == "number"
        )
        if before is not None and told and r.kind in ("prisoners", "killed"):
            own = r.kind == "killed" and r.predicate.term.group == "noun"
            own = own and r.predicate.start != before.phrase.end
            if r.phrase.elided and r.predicate.start < r.phrase.start and not own:
                r = Reading(r.phrase, before.predicate, "bodies", "person", r.cost, True)  # noqa: PLW2901
        out.append(r)
    return out


def counted_bodies(row: Clause, phrase: Phrase) -> Reading | None:
    """The reading of people whose bodies a number counts: "handed over were a thousand bodies of soldiers"."""
    for p in row.predicates:
        inside = phrase.amount.end <= p.start < phrase.end
        if inside and p.term.get("frame") == "bodies" and "person" in phrase.heads:
            return Reading(phrase, p, "bodies", "person", 0.0)
    return None


def acting(reading: Reading, readings: list[Reading]) -> bool:
    """Whether a plane without a number shot down what the same verb counts: "one drone was downed by an F-16"."""
    if reading.kind != "intercepted" or reading.phrase.amount.sort != "bare":
        return False
    others = [r for r in readings if r.predicate is reading.predicate and r is not reading]
    before = [r.phrase.start < reading.predicate.start for r in others]
    behind = reading.phrase.start > reading.predicate.start
    return any(b == behind for b in before) and reading.predicate.term.group == "active"


def told_again(scan: Scan, reading: Reading, readings: list[Reading]) -> bool:
    """Whether a single noun is one of those whom a number counts: "two were hurt: a man and a woman".

    Those of an age are told one by one («двоє загиблих: жінка 61 року і 8-річний хлопчик»), unless set between dashes.
    """
    if reading.phrase.amount.sort != "bare" or reading.noun != "person":
        return False
    at = reading.phrase.start
    parts = [r for r in readings if r.phrase.amount.sort == "number" and r.phrase.end <= at]
    if _class(reading) == "child" and len(parts) > 1 and _class(parts[-1]) != "child":
        return False  # "three were hurt: two workers and a boy"
    aged = ages.past(scan, at, reading.phrase.end) is not None and not _before_dash(scan, at)
    for other in readings:
        counted = other.kind == reading.kind and other.phrase.amount.sort in ("number", "both")
        if not counted or (other.phrase.amount.low or 0) < 2:
            continue
        if aged and other.phrase.amount.sort == "number":
            continue
        low, high = min(at, other.phrase.end), max(at, other.phrase.start)
        marks = ":–," if other.phrase.amount.sort == "both" else ":–"
        if any(scan.tokens[i].text in marks for i in range(low, high)) or scan.within(
            "that_is", low, high
        ):
            return True
    return False


def _class(reading: Reading) -> object:
    """The class of people of a reading, by its noun."""
    person = reading.phrase.heads.get("person")
    return person.term.get("class") if person is not None else None


def _before_dash(scan: Scan, k: int) -> bool:
    """Whether a dash ends the part of a sentence that a token stands in."""
    ends = (t.text for t in scan.tokens[k : k + _LIST] if t.text in (*_ENDS, "–"))
    return next(ends, "") == "–"


def no_echo(readings: list[Reading]) -> list[Reading]:
    """One word for none a predicate: «ни одного … нет» says it once."""
    kept: list[Reading] = []
    for reading in readings:
        zero = reading.phrase.amount.sort in ("zero", "nobody")
        if zero and any(
            r.predicate is reading.predicate and r.phrase.amount.sort in ("zero", "nobody")
            for r in kept
        ):
            continue
        kept.append(reading)
    return kept


def in_tally(reading: Reading, starts: set[int], lost: list[Reading]) -> Reading:
    """Drones and soldiers destroyed among tanks and guns are losses of an army, and no told event.

    `starts` are where the words stand under which the tanks and guns were lost, `lost` the readings of these.
    """
    person = reading.phrase.heads.get("person")
    soldiers = (
        reading.kind == "killed" and person is not None and person.term.get("class") == "soldier"
    )
    if not (reading.kind == "intercepted" or soldiers):
        return reading
    frame = reading.predicate.term.get("frame")
    if frame != "destroy" and not (frame == "intercept" and reading.predicate.start in starts):
        return reading
    noun = (
        "person" if soldiers else "equipment" if "equipment" in reading.phrase.heads else "weapon"
    )
    before = [r for r in lost if r.phrase.end <= reading.phrase.start]
    if reading.phrase.elided and before:  # "41 planes were hit, 20 destroyed"
        reading.phrase.heads, noun = before[-1].phrase.heads, before[-1].noun
    return Reading(reading.phrase, reading.predicate, "losses", noun, reading.cost, reading.carried)


def of_an_army(reading: Reading, readings: list[Reading]) -> Reading:
    """Vehicles and gear in one list with soldiers or tanks are losses of their army: "65 soldiers and two radars"."""
    p, phrase = reading.predicate, reading.phrase
    if reading.kind != "damaged" or "equipment" not in phrase.heads:
        return reading
    if p.term.get("frame") == "hit":
        return reading
    thing = phrase.heads.get("object")
    if thing is not None and thing.term.get("class") not in ("vehicle", "ship", "military"):
        return reading
    told = [r for r in readings if r.phrase.amount.sort == "number"]
    people = any(r.predicate is p and r.kind == "killed" for r in told)
    army = any(r.kind == "losses" and r.noun == "equipment" for r in told)
    if not army and (p.term.get("frame") != "destroy" or not people):
        return reading
    return Reading(phrase, p, "losses", "equipment", reading.cost, reading.carried)


def stray_gear(reading: Reading) -> bool:
    """Whether gear stands too far from what it would be that struck it: "a site is on fire, 17 vehicles are there"."""
    if reading.kind != "damaged" or reading.noun != "equipment":
        return False
    return reading.carried or reading.cost > _GEAR


def where_cut(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings without regions that only tell where customers are: "34,000 people in seven counties lost power"."""
    told = [r for r in readings if r.kind == "outage" and r.noun in ("customer", "person")]
    customers = scan.within("customer", row.sentence.start, row.sentence.end)
    kept = []
    for reading in readings:
        phrase, start = reading.phrase, reading.phrase.start
        counted = [r.phrase.end for r in told if r is not reading]
        named = reading.noun == "percent" or "customer" in phrase.heads
        named = named or ("person" in phrase.heads and not _others(phrase))
        town = phrase.heads.get("settlement")
        where = bool(town.term.get("wide")) if town is not None else not named
        led = scan.at(start - 1, "place_prep") is not None or _others(phrase)
        of_them = scan.at(start - 1, "partitive") is not None and phrase.elided
        if (
            reading.kind == "outage"
            and where
            and ((led and (counted or customers)) or start in counted or of_them)
        ):
            continue  # "homes of six counties", "455 houses out of 480"
        kept.append(reading)
    return kept


def _others(phrase: Phrase) -> bool:
    person = phrase.heads.get("person")
    return person is not None and bool(person.term.get("same"))


def of_debris(scan: Scan, row: Clause, reading: Reading) -> Reading:
    """Places hit by debris are places where debris fell, and so is a number without a noun under such a verb."""
    bare = reading.kind == "hit" and reading.phrase.elided and _fallen(scan, row, reading)
    if reading.kind != "locations_struck" and not bare:
        return reading
    debris = scan.within("debris", row.sentence.start, reading.phrase.start)
    if not debris or scan.within("weapon", debris[-1].end, reading.predicate.start)[1:]:
        return reading
    if reading.predicate.term.group == "noun" and reading.predicate.start >= debris[-1].end:
        return reading  # "debris fell in six places, direct hits are told of 14"
    return Reading(
        reading.phrase,
        reading.predicate,
        "locations_debris",
        "location",
        reading.cost,
        reading.carried,
    )


def only_fragments(scan: Scan, reading: Reading) -> bool:
    """Whether a single weapon is named only for the debris of it that hit something: "fragments of an Iskander"."""
    phrase = reading.phrase
    if reading.kind != "hit" or phrase.amount.sort not in ("bare", "article"):
        return False
    pieces = scan.within("debris", phrase.start - _PIECES, phrase.start)
    return bool(pieces) and all(
        scan.at(i, "partitive", "prep", "article", "adverb", "place_prep")
        for i in range(pieces[-1].end, phrase.start)
    )


def _fallen(scan: Scan, row: Clause, reading: Reading) -> bool:
    """Whether debris is the subject of a verb before a number: no mark stands between the two."""
    debris = scan.within("debris", row.sentence.start, reading.predicate.start)
    if not debris or reading.predicate.start >= reading.phrase.start:
        return False
    between = range(debris[-1].end, reading.predicate.start)
    return not any(scan.tokens[i].text in ",;:–(" for i in between)
