"""Battles for places: attacks counted near a town, and attacks that came to nothing.

Enters: a sentence's counts of attacks and its events of the ground war. Leaves: the events, those of towns that only
a count names among them; an assault that failed is a place held. Does not belong here: what one predicate says of a
place (`ground`), how attacks are counted (`attacks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warledger.extraction.clauses import Clause
from warledger.extraction.drafts import Draft
from warledger.extraction.event import Event
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan
from warledger.extraction.siting import level

_TOWN = 4  # the level of a town among places
_BEFORE = 3  # tokens before a verb of attacking in which a word of failure stands
_ALONE = 4  # tokens of a sentence that only says that it failed
_REPELLED = 6  # tokens behind the place in which a verb says that its attacks were beaten back
# What may part attacks of no told sort from the verb that says that they were beaten back.
_BESIDE = 2.5
_JOINTS = ("all", "both", "aux", "pronoun", "attack_noun", "adverb", "conj", "of_them")


def settled(
    scan: Scan, clause: Clause, after: Clause | None, counted: Sequence[Draft], events: list[Event]
) -> list[Event]:
    """The events of a sentence; `after` is the sentence behind it, `counted` are its claims that rest on numbers."""
    told = {m.start for e in events if e.kind == "place_control" for m in e.places}
    events = [*events, *_counted(scan, clause, counted, told)]
    held = {m.start for e in events if _of(e, "held") for m in e.places}
    out: list[Event] = []
    for event in events:
        if _of(event, "assaulted"):
            if event.places[0].start in held:
                continue  # "they attacked near X, all attacks were beaten back"
            _fail(scan, clause, after, event)
        out.append(event)
    return out


def _of(event: Event, state: str) -> bool:
    return event.kind == "place_control" and event.detail["state"] == state


def _counted(
    scan: Scan, clause: Clause, counted: Sequence[Draft], told: set[int]
) -> Iterator[Event]:
    """The towns that only a count of attacks on the ground names: "28 assaults near X and Y"."""
    for draft in counted:
        item, reading = draft.claim.item, draft.reading
        clashes = draft.claim.kind == "attacks" and item is not None and item.class_ == "clash"
        if reading is None or not clashes or draft.claim.modality != "asserted":
            continue
        noun = reading.phrase.heads.get("attack_noun")
        held = reading.predicate.term.get("frame") == "hold"
        if not held and noun is not None and noun.term.get("mutual"):
            continue
        gap = clause.crossing(reading.phrase.end, reading.predicate.start)
        if held and gap > _BESIDE and noun is not None and noun.term.get("class") != "clash":
            continue  # "two strikes were reported there, the trains stopped"
        if all(m.role == "bare" and not _near(scan, m) for m in draft.mentions):
            continue  # "28 attacks on that axis; provisionally the village of X is contested"
        for m in draft.mentions:
            within = clause.sentence.start <= m.start < clause.sentence.end
            if level(m) < _TOWN or m.role == "office" or not within or m.start in told:
                continue
            if m.start < reading.phrase.start and not _near(scan, m):
                continue  # an adjective that stands for a sector of the front
            told.add(m.start)
            first = min(reading.phrase.start, reading.predicate.start, m.start)
            last = max(reading.phrase.end, reading.predicate.end, m.end)
            detail = {"state": "held" if held else "assaulted"}
            yield Event("place_control", reading.predicate, first, last, [m], detail)


def _near(scan: Scan, mention: Mention) -> bool:
    """Whether words for "near" or "in the area of" tie a place to its sentence."""
    return mention.near or any(f.end - f.start > 1 for f in scan.starting.get(mention.lead, ()))


def _fail(scan: Scan, clause: Clause, after: Clause | None, event: Event) -> None:
    """Makes an assault that came to nothing one of a place held."""
    word = _failure(scan, clause, after, event) or _repelled(scan, clause, event)
    if word is not None:
        event.detail["state"] = "held"
        event.start, event.end = min(event.start, word.start), max(event.end, word.end)


def _failure(scan: Scan, clause: Clause, after: Clause | None, event: Event) -> Found | None:
    """The word that says of an assault that it failed: before its verb, behind it, or alone in the next sentence."""
    first = max(clause.sentence.start, event.predicate.start - _BEFORE)
    for word in scan.within("failed", first, clause.sentence.end):
        low, high = sorted((word.start, event.predicate.start))
        if not any(low < p.start < high and p is not event.predicate for p in clause.predicates):
            return word
    if after is None or after.sentence.end - after.sentence.start > _ALONE:
        return None
    return next(iter(scan.within("failed", after.sentence.start, after.sentence.end)), None)


def _repelled(scan: Scan, clause: Clause, event: Event) -> Found | None:
    """The verb behind a place that says that all attacks there were beaten back: "7 assaults near X, all repelled"."""
    for p in clause.predicates:
        if p.term.get("frame") == "hold" and 0 < p.start - event.end <= _REPELLED:
            thin = all(
                scan.tokens[i].text in ",–-" or scan.at(i, *_JOINTS) is not None
                for i in range(event.end, p.start)
            )
            if thin and p.term.get("class") == "clash":
                return p
    return None
