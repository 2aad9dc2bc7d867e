"""What a nuclear plant is fed by, and warnings about one, by their wordings.

Enters: passages of a report that names a plant. Leaves: `Event`s of `nuclear_power` and `nuclear_warning`.
Does not belong here: reactors and their number (`frames`); whole phrases for a plant's power (`events`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from warledger.extraction.event import Event
from warledger.extraction.numbers import Amount
from warledger.extraction.scan import Found, Scan

if TYPE_CHECKING:
    from warledger.extraction.statements import Passage

_NEAR = 9  # tokens between a feed and what is said of it
_FROM = 6  # tokens between diesel generators and what is said of them
_TOLD = 150  # tokens back in which a plant is named
_OWN = 60  # tokens back in which it is named where only "power" is told of
_BEHIND = 2  # tokens behind a line in which it is told to be the last
_NOT = 3  # tokens before a word in which a negation denies it
_DUE = 10  # tokens between a word for what is only wanted and what is wanted
_PARTING = ",;:.–()"
_PEOPLE = ("customer", "settlement", "person")


def found(passage: Passage) -> Iterator[Event]:
    """The states of a plant's power that a sentence tells, and a warning."""
    scan, sentence = passage.scan, passage.sentence
    if scan.within("plant", max(0, sentence.start - _TOLD), sentence.end):
        for first, last in _segments(passage):
            yield from _power(passage, first, last)
    yield from _warnings(passage)


def state_of(passage: Passage) -> str | None:
    """The first state of a plant's power that a sentence tells by its wordings; None where it tells none."""
    return next((str(e.detail["state"]) for e in found(passage) if e.detail), None)


def _segments(passage: Passage) -> Iterator[tuple[int, int]]:
    """The parts of a sentence between semicolons."""
    sentence = passage.sentence
    marks = [i for i in range(sentence.start, sentence.end) if passage.scan.tokens[i].text in ";:"]
    yield from pairwise([sentence.start, *marks, sentence.end])


def _power(passage: Passage, first: int, last: int) -> Iterator[Event]:
    words = [
        w
        for kind in ("plant_state", "plant_dark")
        for w in passage.words.of(kind)
        if first <= w.start < last
    ]
    told: list[Event] = []
    for word in words:
        state = str(word.term.get("state"))
        ahead = state == "restored" and _planned(passage, word)
        if not ahead and _denied(passage, word):
            continue
        dark = word.term.type == "plant_dark"
        thing = _dark(passage, word) if dark else _fed(passage, word, state, first, last)
        if thing is None:
            continue
        if (
            state == "lost"
            and thing.term.type in ("plant_line", "unit")
            and not _last_of(passage, word, thing)
        ):
            state = "reduced"
        event = _event(passage, word, thing, state, first, last)
        event.modality = "planned" if ahead else event.modality
        told.append(event)
    whole = any(e.detail["state"] == "lost" for e in told)
    seen: set[str] = set()
    for event in told:
        state = event.detail["state"]
        if state in seen or (whole and state == "reduced"):
            continue
        seen.add(state)
        yield event


def _denied(passage: Passage, word: Found) -> bool:
    """Whether a negation stands right before a word, or what is only foreseen is told."""
    first = max(passage.sentence.start, word.start - _NOT)
    if passage.words.before(word.start, _DUE, "plant_due", "stance") is not None:
        return True
    return any(
        passage.scan.within(kind, first, word.start) for kind in ("negation", "planned", "possible")
    )


def _planned(passage: Passage, word: Found) -> bool:
    """Whether somebody plans to bring power back: a word of planning right before the verb, and nothing that denies it."""
    first = max(passage.sentence.start, word.start - _NOT)
    if any(passage.scan.within(kind, first, word.start) for kind in ("negation", "possible")):
        return False
    return bool(passage.scan.within("planned", first, word.start))


def _fed(passage: Passage, word: Found, state: str, first: int, last: int) -> Found | None:
    """What a word for losing, restoring or supplying is said of: the nearest feed, line or generator."""
    kinds = ("plant_diesel",) if state == "backup" else ("plant_feed", "plant_line", "plant_power")
    reach = _FROM if state == "backup" else _NEAR
    rows = [f for kind in kinds for f in passage.words.of(kind)]
    if not rows and state != "backup":
        rows = _lines_by_voltage(passage, first, last)
    near = [
        (gap, f)
        for f in rows
        if first <= f.start < last
        and (gap := max(f.start - word.end, word.start - f.end, 0)) <= reach
        and (f.term.type != "plant_power" or (state != "reduced" and _of_plant(passage)))
        and (f.end <= word.start or f.start >= word.end)
        and not (f.term.type == "plant_diesel" and _idle(passage, f))
        and (state == "backup" or not of_reactor(passage.scan, passage.sentence.start, word))
    ]
    return min(near, key=lambda row: row[0])[1] if near else None


def _named_case(word: Found) -> bool:
    """Whether a noun stands in a case in which it tells what happened, and is not only what else is told of."""
    cases = {tag[:3] for tag in word.tags}
    return "nom" in cases or ("acc" in cases and "gen" not in cases)


def _lines_by_voltage(passage: Passage, first: int, last: int) -> list[Found]:
    """The lines that only their voltage names: "the back-up 330 kV is down"."""
    units = passage.scan.within("unit", first, last)
    return [u for u in units if u.term.get("dimension") == "voltage"]


def _dark(passage: Passage, word: Found) -> Found | None:
    """The plant that is told to be without any power: named beside the word, or before a noun for its blackout."""
    scan = passage.scan
    if word.tags and word.term.get("itself") and not _named_case(word):
        return None  # "during the blackout": told before
    near = [
        f
        for f in scan.within("plant", max(0, word.start - _NEAR), word.end + _NEAR)
        if not any(
            scan.tokens[i].text in _PARTING
            for i in range(min(f.end, word.end), max(f.start, word.start))
        )
    ]
    if near and not any(scan.within(k, word.start - _NEAR, word.end + _NEAR) for k in _PEOPLE):
        return min(near, key=lambda f: abs(f.start - word.start))
    return word if word.term.get("itself") and _of_plant(passage) else None


def _of_plant(passage: Passage) -> bool:
    """Whether plain "power" is a plant's: one is named close by, and no people or towns in the sentence."""
    scan, sentence = passage.scan, passage.sentence
    named = scan.within("plant", max(0, sentence.start - _OWN), sentence.end)
    return bool(named) and not any(
        scan.within(kind, sentence.start, sentence.end) for kind in _PEOPLE
    )


def of_reactor(scan: Scan, first: int, word: Found) -> bool:
    """Whether a word for losing or getting back power is said of a reactor, named last before it."""
    named = [
        (f.start, f.term.type)
        for kind in ("reactor", "plant", "power_line", "feed")
        for f in scan.within(kind, first, word.start)
        if kind != "plant"
        or not any(scan.within(lead, f.start - 2, f.start) for lead in ("partitive", "place_prep"))
    ]
    return bool(named) and max(named)[1] == "reactor"


def _idle(passage: Passage, thing: Found) -> bool:
    """Whether generators only stand by."""
    return passage.words.after(thing.end, _FROM, "plant_idle") is not None


def _last_of(passage: Passage, word: Found, line: Found) -> bool:
    """Whether a line behind a word of losing is a plant's last one: "lost its last line"."""
    last = passage.words.of("plant_last")
    if any(0 <= f.start - line.end <= _BEHIND for f in last):
        return True  # "the Dniprovska, its last line, went down"
    if line.term.get("spare"):
        return False
    if any(0 <= line.start - f.end <= _BEHIND and not f.term.get("weak") for f in last):
        return True  # "its last 750 kV line went down"; "the only back-up line" is not the last one
    return line.start >= word.end and any(word.end <= f.start < line.start for f in last)


def _event(passage: Passage, word: Found, thing: Found, state: str, first: int, last: int) -> Event:
    start, end = min(word.start, thing.start), max(word.end, thing.end)
    amounts = [a for a in passage.amounts if first <= a.start < last]
    others = [w.start for w in passage.words.of("plant_state") if not start <= w.start < end]
    duration = lasting(passage.scan, amounts, start, end, others)
    if duration is not None and duration.unit is not None:
        start, end = min(start, duration.start), max(end, duration.unit.end)
    detail = {"state": state}
    return Event(
        "nuclear_power", word, start, end, [], detail, duration=duration, modality="asserted"
    )


def lasting(
    scan: Scan, amounts: Iterable[Amount], start: int, end: int, others: list[int]
) -> Amount | None:
    """How long a state lasted: the nearest duration with no mark between, no other state's word (`others`) nearer."""
    near: list[tuple[int, Amount]] = []
    for amount in amounts:
        unit = amount.unit
        if unit is None or unit.term.get("dimension") != "duration" or amount.low is None:
            continue
        low, high = (end, amount.start) if amount.start >= end else (unit.end, start)
        parted = any(scan.tokens[i].text in _PARTING for i in range(low, high))
        near_others = (abs(amount.start - at) for at in others)
        if parted or high - low > _NEAR or min(near_others, default=_TOLD) <= high - low:
            continue
        near.append((high - low, amount))
    return min(near, key=lambda row: row[0])[1] if near else None


def _warnings(passage: Passage) -> Iterator[Event]:
    """A sentence on a plant or on nuclear safety with a word that warns."""
    if (word := warning(passage)) is not None:
        sentence = passage.sentence
        yield Event(
            "nuclear_warning", word, sentence.start, sentence.end, [], {}, modality="asserted"
        )


def warning(passage: Passage) -> Found | None:
    """The word with which a sentence warns of what may befall a plant or nuclear safety."""
    scan, sentence = passage.scan, passage.sentence
    word = next(iter(passage.words.of("plant_warning")), None)
    if word is None:
        return None
    nuclear = [
        f
        for f in scan.within("object", sentence.start, sentence.end)
        if f.term.get("class") == "nuclear"
    ]
    named = nuclear or any(
        scan.within(kind, sentence.start, sentence.end) for kind in ("plant", "reactor")
    )
    return word if named or passage.words.of("plant_safety") or _goes_on(passage) else None


def _goes_on(passage: Passage) -> bool:
    """Whether a sentence without a plant's name is of the one named before.

    Quoted words are, and what the plant is fed by, and what those say who watch over plants.
    """
    scan, sentence = passage.scan, passage.sentence
    if not scan.within("plant", max(0, sentence.start - _TOLD), sentence.start):
        return False
    voices = scan.within("voice", sentence.start, sentence.end)
    if any(f.term.get("nuclear") for f in voices):
        return True
    if any(scan.within(kind, sentence.start, sentence.end) for kind in ("person", "weapon")):
        return False
    fed = any(passage.words.of(kind) for kind in ("plant_diesel", "plant_feed", "plant_line"))
    return fed or any(scan.tokens[i].text == '"' for i in range(sentence.start, sentence.end))
