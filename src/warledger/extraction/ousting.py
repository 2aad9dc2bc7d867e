"""Places that an army leaves, loses or is driven out of: "pushed the Russians out of X", "withdrew its troops from Y".

Enters: a sentence's verbs of driving or pulling out and its places. Leaves: `Event`s of `place_control`.
Does not belong here: deeds whose verb alone tells what befell a place (`ground`).
"""

from __future__ import annotations

from collections.abc import Iterator

from warledger.extraction.clauses import Clause
from warledger.extraction.event import Event
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting
from warledger.extraction.siting import joined_places, level, specific

_REACH = 8  # tokens from the verb to "out of", between which whoever is driven out stands
_ARMY = (
    3  # tokens behind the verb in which whoever is driven out stands, where the place is told first
)
_TOWN = 4  # the level of a town among places
_SUBJECT = 3  # tokens before the verb in which whoever leaves stands
_BEFORE = 6  # tokens before the verb in which they stand: "the Russians were driven out of X"


def found(scan: Scan, clause: Clause, setting: Setting, places: list[Mention]) -> Iterator[Event]:
    """What verbs of driving and pulling out say of the `places` that can be held; an attempt and a negated verb say nothing."""
    first, last = clause.sentence.start, clause.sentence.end
    for verb in scan.within("expel", first, last):
        if _undone(scan, clause, verb):
            continue
        behind = [m for m in places if verb.end <= m.lead <= verb.end + _REACH]
        direct = bool(verb.term.get("direct"))
        if not direct and (m := _opening(scan, clause, verb, places)) is not None:
            detail = {"state": str(verb.term.get("state"))}
            yield Event("place_control", verb, m.lead, verb.end, [m], detail)
            continue
        if not behind or not (_left if direct else _driven)(scan, clause, verb, behind[0]):
            continue
        every = setting.places.by_sentence[clause.sentence.index]
        for m in specific(joined_places(scan, places, behind, every)):
            detail = {"state": str(verb.term.get("state"))}
            yield Event("place_control", verb, verb.start, m.end, [m], detail)


def _opening(scan: Scan, clause: Clause, verb: Found, places: list[Mention]) -> Mention | None:
    """The place right before a verb whose army stands behind it: «из Суджи выбиты боевики ВСУ»."""
    before = [m for m in places if 0 <= verb.start - m.end <= 1 and m.role == "from"]
    army = range(verb.end, min(verb.end + _ARMY, clause.sentence.end))
    told = bool(before) and any(_fights(scan, i, before[-1]) for i in army)
    return before[-1] if told else None


def _driven(scan: Scan, clause: Clause, verb: Found, place: Mention) -> bool:
    """Whether an army is named between the verb and "from" the place, or right before the verb; no deed between."""
    if place.role != "from":
        return False
    between = range(verb.end, place.lead)
    if any(
        scan.tokens[i].text in ",;:." or scan.at(i, "predicate", "says", "relative") is not None
        for i in between
    ):
        return False
    before = range(max(clause.sentence.start, verb.start - _BEFORE), verb.start)
    passive = not between
    return any(_fights(scan, i, place) for i in (before if passive else between))


def _left(scan: Scan, clause: Clause, verb: Found, place: Mention) -> bool:
    """Whether a town stands right behind the verb and an army right before it: "its troops have left X"."""
    if place.start != verb.end or place.role != "bare" or scan.possessive(place.end):
        return False
    before = range(max(clause.sentence.start, verb.start - _SUBJECT), verb.start)
    return any(_fights(scan, i, place) for i in before)


def _fights(scan: Scan, i: int, place: Mention) -> bool:
    """Whether an army, or a people who hold a town, stands at a token: "the Russians" left it, other people fled."""
    people = [f for f in scan.starting.get(i, ()) if f.term.type in ("forces", "person", "nation")]
    return any(
        f.term.type == "forces"
        or f.term.get("class") == "soldier"
        or (f.term.type == "nation" and level(place) >= _TOWN)
        for f in people
    )


def _undone(scan: Scan, clause: Clause, verb: Found) -> bool:
    """Whether the verb is only tried, wanted or denied."""
    first = max(clause.sentence.start, verb.start - _BEFORE)
    return any(
        clause.crossing(f.end, verb.start) < 2.0
        for kind in ("attempt", "negation", "planned", "possible")
        for f in scan.within(kind, first, verb.start)
    )
