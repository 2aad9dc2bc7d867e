"""Weapons as what somebody struck with or what attacks: sent, and not hit or aimed at.

Enters: a phrase that counts weapons and a predicate of striking, aiming or stopping. Leaves: the kind of claim, or None;
whether they were jammed. Does not belong here: verbs of launching themselves (`frames`).
"""

from __future__ import annotations

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_DOER = 4  # tokens of the longest name of what jams


def kind_of(scan: Scan, phrase: Phrase, predicate: Found, kind: str) -> str | None:
    """`launched` for weapons behind "with" and for those that attack; None for what is only aimed at."""
    frame = predicate.term.get("frame")
    if frame not in ("target", "hit") or phrase.amount.sort != "number":
        return None if frame == "target" else kind
    k = phrase.start - 1
    while k > predicate.end and _passed(scan, k):
        k -= 1  # 'with "at least four" drones', "with a record 728 drones"
    prep = scan.at(k, "prep") if phrase.start > predicate.end else None
    if prep is not None and prep.term.get("means"):
        return "launched"
    if frame == "target" and phrase.end > predicate.start:
        return None  # what attacks stands before its verb: "74 drones attacked Kyiv"
    return kind


def jams(scan: Scan, phrase: Phrase, predicate: Found, last: int) -> bool:
    """Whether electronic warfare did what a verb of stopping tells: "17 were stopped by jamming", "jammers downed 44".

    `last` is where the next number or the sentence ends what stands behind.
    """
    for f in scan.within("jammer", max(0, predicate.start - _DOER), predicate.start):
        opens = f.start == 0 or scan.at(f.start - 1, "conj") is None
        if f.end == predicate.start and opens and predicate.term.group in ("verb", "active"):
            return True
    return any(
        any(scan.at(k, "agent") for k in (f.start - 1, f.start - 2))
        and not any(scan.tokens[i].text in ",;:." for i in range(phrase.end, f.start))
        for f in scan.within("jammer", phrase.end, last)
    )


def _passed(scan: Scan, k: int) -> bool:
    """Whether a token may stand between "with" and its number: a quotation mark, an article, a word that compares."""
    told = scan.at(k, "predicate")
    if told is not None:
        return bool(told.term.get("frame") == "compare")
    free = scan.tokens[k].kind == "w" and k not in scan.starting
    return scan.tokens[k].text == '"' or free or scan.at(k, "article", "adverb") is not None
