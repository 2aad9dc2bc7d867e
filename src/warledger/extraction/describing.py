"""Predicates that only describe: participles and nouns inside a phrase, beside the verb that tells what became of it.

Enters: a clause, a phrase and a predicate of it. Leaves: what the tie of the two costs more for that.
Does not belong here: how far the two stand apart (`costs`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.costs import same_segment
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_OF_ANOTHER = 3.0
_DESCRIBED = 2.0  # what a participle costs that describes whom the verb right before tells of
# What is done to people who are told to be captives already.
_TO_CAPTIVES = frozenset({"kill", "wound", "exchange", "bodies", "rescue", "legal"})
_VICTIMS = 0.3  # what a noun for victims costs beside a verb that says what became of them


def cost(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> float:
    """What a predicate costs that stands inside a phrase and only describes its noun, or that of another phrase."""
    if _inside_another(row, phrase, predicate):
        return _OF_ANOTHER
    if not phrase.start <= predicate.start < phrase.end:
        return 0.0
    if _of_captives(row, phrase, predicate) or _only_captives(scan, row, phrase, predicate):
        return _OF_ANOTHER
    if phrase.amount.sort == "bare" and any(p.end == phrase.start for p in row.predicates):
        return _DESCRIBED  # "in hospital died a man hurt the day before"
    return _VICTIMS if predicate.term.get("frame") == "casualty" else 0.0


def _of_captives(row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether captives are only described as hurt: "home came 22 badly wounded soldiers"."""
    if predicate.term.get("frame") != "wound":
        return False
    return any(p.term.get("frame") in ("exchange", "imprison") for p in row.predicates)


def _only_captives(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether the noun for captives only tells who the people are to whom a verb beside it did something."""
    if predicate.term.get("frame") != "imprison" or scan.at(predicate.start, "person") is None:
        return False
    return any(
        p.term.get("frame") in _TO_CAPTIVES
        and (p.term.group != "noun" or (p.term.get("frame") == "kill" and p.end <= phrase.start))
        and same_segment(scan, phrase, p)
        and not phrase.start <= p.start < phrase.end
        for p in row.predicates
    )


def _inside_another(row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a participle stands inside another phrase and describes that: "of 8 drones sent six hit houses"."""
    return any(
        p is not phrase and p.heads and p.start <= predicate.start and predicate.end < p.end
        for p in row.phrases
    )


def only_named(scan: Scan, phrase: Phrase) -> bool:
    """Whether a number only says of all those told before what they are: «усі три – "Калібри"», «обидві – "Іскандери"»."""
    k, heads = phrase.amount.end, phrase.heads
    if k >= len(scan.tokens) or scan.tokens[k].text != "–":
        return False
    all_ = phrase.amount.sort == "both" or any(
        f.end in (phrase.amount.start, phrase.amount.core[0]) or f.start == phrase.amount.start
        for n in (0, 1, 2)
        if phrase.amount.start >= n
        for f in scan.starting.get(phrase.amount.start - n, ())
        if f.term.type == "all"
    )
    quoted = scan.tokens[min(k + 1, len(scan.tokens) - 1)].text == '"'
    model = heads.get("weapon") or scan.at(k + 1 + quoted, "weapon")
    return all_ and model is not None and bool(model.term.get("model"))
