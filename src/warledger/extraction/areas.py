"""Areas and shares told without their unit: "267 sq km, down from 447 in September", "In January it was 251".

Enters: a sentence, its readings and the sentences before it, a number that nothing takes. Leaves: its reading.
Does not belong here: an area with its unit (`frames`), what a verb tells of one (`portions`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.fitting import KINDS
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import CARRIED, Reading

_NOUNS = ("area", "percent")
_PARTS = ("of_them", "of_which", "including")
_TIMES = ("month", "period_word", "days_apart", "day_word", "season", "year_part", "weekday")
_TIME = 5  # tokens around a number in which its own time stands
_SHORT = 16  # tokens of a sentence that only tells the figure of another time
_LEAST = 2  # a number below this counts no area by itself
_QUIET = frozenset({"noise", "compare"})


def more(
    scan: Scan, row: Clause, phrase: Phrase, readings: list[Reading], earlier: list[Clause]
) -> Reading | None:
    """The reading of a number as an area or a share like the one told before it; None where it is none."""
    if not phrase.elided or phrase.amount.sort != "number" or phrase.amount.people:
        return None
    told = [r for r in readings if r.noun in _NOUNS and r.phrase.end <= phrase.start]
    if told:
        last = told[-1]
        parted = any(last.phrase.end <= p.start < phrase.start for p in row.predicates)
        if parted or not _goes_on(scan, phrase):
            return None
        return _as(phrase, last.phrase, last.predicate, last.kind, last.noun)
    if not earlier or not _of_another_time(scan, row, phrase):
        return None
    for before in reversed(earlier[-1].phrases):
        if (found := _taken(earlier[-1], before)) is not None:
            predicate, kind, noun = found
            return _as(phrase, before, predicate, kind, noun)
    return None


def _as(phrase: Phrase, last: Phrase, predicate: Found, kind: str, noun: str) -> Reading:
    phrase.amount.unit, phrase.amount.factor = last.amount.unit, last.amount.factor
    phrase.inherited = last
    return Reading(phrase, predicate, kind, noun, CARRIED, True)


def _goes_on(scan: Scan, phrase: Phrase) -> bool:
    """Whether a number is a part of the area before it, or the figure of another time: "of which 57", "(259 in May)"."""
    start = phrase.start
    opening = [
        f.term.type for n in (1, 2, 3) for f in scan.starting.get(start - n, ()) if f.end == start
    ]
    if any(kind in _PARTS for kind in opening) or scan.tokens[start - 1].text == "–":
        return True
    if phrase.amount.low is None or phrase.amount.low < _LEAST:
        return False
    against = "compared" in opening or "comparing" in opening
    return (against or scan.tokens[start - 1].text == "(") and _timed(scan, phrase)


def _timed(scan: Scan, phrase: Phrase) -> bool:
    """Whether a time of its own stands beside a number."""
    first, last = max(0, phrase.start - _TIME), phrase.end + _TIME
    return any(scan.within(kind, first, last) for kind in _TIMES)


def _of_another_time(scan: Scan, row: Clause, phrase: Phrase) -> bool:
    """Whether a short sentence only tells the figure of another time: "In January it was 251"."""
    first, last = row.sentence.start, row.sentence.end
    if last - first > _SHORT or (phrase.amount.low or 0) < _LEAST:
        return False
    deeds = [p for p in row.predicates if scan.at(p.start, "aux") is None]
    if any(p.term.get("frame") not in _QUIET for p in deeds):
        return False
    if sum(p.amount.sort == "number" for p in row.phrases) > 1 or any(p.heads for p in row.phrases):
        return False
    nouns = ("weapon", "person", "attack_noun", "object", "equipment", "customer")
    if any(scan.within(kind, first, last) for kind in nouns):
        return False
    closes = phrase.end >= last or scan.tokens[phrase.end].kind != "w"
    return closes and any(scan.within(kind, first, last) for kind in _TIMES)


def _taken(before: Clause, phrase: Phrase) -> tuple[Found, str, str] | None:
    """What an area or a share of the sentence before is told under: predicate, kind and noun."""
    unit = phrase.amount.unit
    noun = str(unit.term.get("dimension")) if unit is not None else ""
    if noun not in _NOUNS:
        return None
    for predicate in before.predicates:
        kind = KINDS.get(str(predicate.term.get("frame")), {}).get(noun)
        if kind in ("area_captured", "area_share") and predicate in before.taken:
            return predicate, kind, noun
    return None
