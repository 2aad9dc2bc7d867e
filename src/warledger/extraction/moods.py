"""How a deed is told: asserted, denied, possible or planned, and whether a negation governs it.

Enters: a `Scan`, a clause, its predicate. Leaves: the modality. Does not belong here: what the deed is (`frames`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.scan import Found, Scan

_STATED = ("negation", "possible", "planned", "denial")
_UNDONE = 3  # tokens behind an infinitive in which a negated verb stands


def modality(
    scan: Scan, clause: Clause, predicate: Found | None, start: int, end: int
) -> tuple[str, bool]:
    """The modality that the words near the predicate give, and whether a negation governs it."""
    at = predicate.start if predicate is not None else start
    low = max(clause.sentence.start, min(at, start) - 8)
    negated, modality = (
        _left_undone(scan, predicate) or _never_so(scan, clause, predicate),
        "asserted",
    )
    for kind in _STATED:
        for f in scan.within(
            kind, low, at + 1 if predicate is None else max(at + 1, low + 1, start)
        ):
            gap = clause.crossing(f.end, at) if f.end <= at else 0.0
            if f.term.get("infinitive") and not _before_infinitive(scan, f):
                continue
            if kind == "negation":
                near = f.start <= at and at - f.end <= int(f.term.get("reach") or 1)
                negated = negated or (near and gap < 0.5)
            elif gap < 2.6 and not (_beyond(scan, clause, f, at, start) or _dated(scan, f)):
                modality = {"possible": "possible", "planned": "planned", "denial": "denied"}[kind]
    return modality, negated


def _left_undone(scan: Scan, predicate: Found | None) -> bool:
    """Whether a negated verb behind an infinitive says that the deed was not done: «збивати їх не стали»."""
    if predicate is None or "inf" not in predicate.tags:
        return False
    words = range(predicate.end, min(predicate.end + _UNDONE, len(scan.tokens)))
    for k in words:
        if scan.tokens[k].kind != "w" or scan.at(k, "conj", "predicate"):
            return False
        if scan.at(k, "negation") is not None:
            return True
    return False


def _never_so(scan: Scan, clause: Clause, predicate: Found | None) -> bool:
    """Whether a verb tells a deed that was never done: «якби ракета впала далі», «загинули б десятки»."""
    if predicate is None:
        return False
    first = clause.sentence.start
    words = scan.within("counterfactual", min(first, predicate.end), predicate.end + 1)
    if not words:
        return False
    if any(f.start == predicate.end and not f.term.get("opens") for f in words):
        return True
    opened = [f for f in words if first <= f.start < predicate.start]
    return any(
        f.term.get("opens")
        and all(scan.tokens[i].text not in ",;" for i in range(f.end, predicate.start))
        for f in opened
    )


def _before_infinitive(scan: Scan, word: Found) -> bool:
    """Whether an infinitive stands behind a word of duty, or what is due as a noun: «мають передати», «договорились об обмене»."""
    prep = scan.at(word.end, "prep", "place_prep")
    return any(
        "inf" in f.tags or (prep is not None and k == prep.end and f.term.group == "noun")
        for k in (word.end, word.end + 1)
        for f in scan.starting.get(k, ())
        if f.term.type == "predicate"
    )


def _dated(scan: Scan, word: Found) -> bool:
    """Whether a word is a month with its year or its preposition: "in May 2024" tells nothing that may be."""
    month = scan.at(word.start, "month")
    if month is not None and word.start and scan.tokens[word.start].capital:
        return scan.at(word.start - 1, "prep", "place_prep") is not None or _year(scan, word)
    return month is not None and _year(scan, word)


def _year(scan: Scan, word: Found) -> bool:
    """Whether a number stands right behind a word."""
    after = scan.tokens[word.end] if word.end < len(scan.tokens) else None
    return after is not None and after.kind == "n"


def _beyond(scan: Scan, clause: Clause, word: Found, at: int, start: int) -> bool:
    """Whether a word stands between predicate and number, but parted from one of them by a mark."""
    if word.start <= at:
        return False
    marks = range(at, start)
    return any(scan.tokens[i].text in ",;:()–" for i in marks) or any(
        at < p.start < start for p in clause.phrases if p.amount.sort == "number"
    )
