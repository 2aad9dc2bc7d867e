"""Places whose fate stands behind them between commas: "X, a town that they captured in May", "X, taken last month".

Enters: the places of a sentence, in a language whose word order is fixed, and a predicate with none behind it.
Leaves: the place that the predicate is said of. Does not belong here: a clause of its own ("X was captured": `ground`).
"""

from __future__ import annotations

from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan

_NOUNS = ("settlement", "region_noun", "object")
_NAMED = 7  # tokens from a comma to the noun that says what the place is
_TOLD = 8  # tokens from that noun to the verb of what is told of it
_AGENT = 2  # tokens behind a participle in which its doer or its time stands


def told_of(scan: Scan, predicate: Found, rows: list[Mention]) -> Mention | None:
    """The place before a predicate that it is said of behind a comma; None where it is said of another thing."""
    place = next((m for m in reversed(rows) if m.end <= predicate.start), None)
    if place is None:
        return None
    at = place.end
    while at < predicate.start and scan.at(at, "region_noun"):
        at += 1
    if scan.tokens[at].text != ",":
        return None
    at += 1
    participle = predicate.term.group in ("verb", "passive")
    if participle and _adverbs(scan, at, predicate.start) and _closed(scan, predicate):
        return place
    noun = _described(scan, at, predicate.start)
    if noun is None:
        return None
    if noun == predicate.start:
        return place if participle and _closed(scan, predicate) else None
    return place if _by_subject(scan, noun, predicate.start) else None


def _adverbs(scan: Scan, a: int, b: int) -> bool:
    """Whether nothing but adverbs, one that the lexicon lacks among them, stand between two tokens."""
    unknown = [i for i in range(a, b) if scan.at(i, "adverb") is None]
    plain = all(i not in scan.starting and not scan.tokens[i].capital for i in unknown)
    return len(unknown) <= 1 and plain and all(scan.tokens[i].kind == "w" for i in unknown)


def _closed(scan: Scan, predicate: Found) -> bool:
    """Whether a participle is told with its doer or its time, or ends there: "taken by", "seized in May", "taken,"."""
    k = predicate.end
    if k >= len(scan.tokens) or scan.tokens[k].text in ",.;)":
        return True
    kinds = ("agent", "prep", "place_prep", "period_word", "day_word", "adverb", "weekday")
    return any(scan.at(i, *kinds) is not None for i in range(k, k + _AGENT)) and not (
        scan.at(k, "person", "forces", "equipment", "weapon", "object")
    )


def _described(scan: Scan, a: int, b: int) -> int | None:
    """Past an article and the noun that says what a place is: "a small mining town"; None where there is none."""
    if scan.at(a, "article") is None and not scan.definite(a):
        return None
    end = None
    for i in range(a + 1, min(a + _NAMED, b)):
        if scan.tokens[i].text in ",;:." or scan.at(i, "says", "aux", "relative", "pronoun"):
            break
        if (noun := scan.at(i, *_NOUNS)) is not None:
            end = noun.end
    return end


def _by_subject(scan: Scan, a: int, b: int) -> bool:
    """Whether only a relative and a subject stand between: "that Russian troops", "the Russians"."""
    return b - a <= _TOLD and not any(
        scan.tokens[i].text in ",;:."
        or scan.at(i, "says", "aux", "predicate", "conj", "place_prep") is not None
        for i in range(a, b)
    )
