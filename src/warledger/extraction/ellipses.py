"""Numbers that leave out a noun for things: "84 houses were damaged, 11 of them burnt down", "12 tanks, a week ago 9".

Enters: a sentence and a number without a noun. Leaves: the same number with the noun of the things counted before it.
Does not belong here: weapons and people, which the predicate itself names (`fitting`); which predicate governs (`frames`).
"""

from __future__ import annotations

from copy import copy

from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import Reading

_STRUCK = frozenset({"damage", "destroy", "hit"})
_NEAR = 2  # tokens between what was struck and the word for it
_THINGS = ("object", "equipment", "attack_noun", "settlement")


def filled(scan: Scan, row: Clause, phrase: Phrase, noun: str | None = None) -> Phrase | None:
    """The phrase with the noun of the things that the last number before it counts; None where it leaves none out.

    `noun` is the type of noun that its verb must find named, where it needs one.
    """
    whole = bool(float(phrase.amount.low or phrase.amount.high or 0.5).is_integer())
    if not phrase.elided or phrase.amount.sort != "number" or phrase.amount.people or not whole:
        return None
    if _set_against(scan, phrase.start):
        return None
    before = [p for p in row.phrases if p.end <= phrase.start and p.amount.sort == "number"]
    if not before and phrase.amount.more and noun is None:
        return _beside_one(scan, row, phrase)
    heads = before[-1].heads if before else {}
    kinds = _THINGS if noun in (None, *_THINGS) else (noun,)
    told = {kind: heads[kind] for kind in kinds if kind in heads}
    if not told or (kinds is _THINGS and ("weapon" in heads or "person" in heads)):
        return None
    full = copy(phrase)
    full.heads, full.inherited = told, before[-1]
    return full


def _beside_one(scan: Scan, row: Clause, phrase: Phrase) -> Phrase | None:
    """The phrase with the noun of the one thing struck before it: "a house burnt down, another four were damaged"."""
    deeds = [p for p in row.predicates if p.end <= phrase.start and p.term.get("frame") in _STRUCK]
    things = scan.within("object", row.sentence.start, phrase.start)
    behind = scan.at(phrase.end, "predicate")
    struck = behind is not None and behind.term.get("frame") in _STRUCK
    if not (deeds and things and struck):
        return None
    if min(abs(things[-1].start - deeds[-1].end), abs(deeds[-1].start - things[-1].end)) > _NEAR:
        return None
    full = copy(phrase)
    full.heads = {"object": things[-1]}
    return full


def _set_against(scan: Scan, start: int) -> bool:
    """Whether a number is only what another one is set against: "300 clashes, up from 180", "12 instead of 9"."""
    lead = scan.at(start - 1, "place_prep") if start else None
    if lead is not None and lead.term.get("role") == "from":
        return True
    return any(
        f.end == start and f.term.type in ("compared", "comparing")
        for n in (1, 2, 3)
        for f in scan.starting.get(start - n, ())
    )


def sure(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a predicate has a number that leaves out its noun: no other verb stands between or behind.

    "One" is one of the things told right behind its verb only, or as one more or one of them.
    """
    if predicate.end <= phrase.start and not alone(scan, phrase, row.sentence.end):
        return False
    if any(predicate.end <= p.start < phrase.start for p in row.predicates):
        return False
    if phrase.amount.high != 1:
        return True
    return phrase.partitive or phrase.amount.more or predicate.end == phrase.start


def of_area(phrase: Phrase, last: Phrase) -> Phrase | None:
    """The phrase with the unit of the area told before it, which it leaves out: "267 sq km, in June 259"."""
    if not phrase.elided or phrase.amount.sort != "number" or phrase.amount.people:
        return None
    full = copy(phrase)
    full.amount = copy(phrase.amount)
    full.amount.unit, full.amount.factor = last.amount.unit, last.amount.factor
    return full


def alone(scan: Scan, phrase: Phrase, last: int) -> bool:
    """Whether no other verb can have a number: only a mark, a preposition or a conjunction stands behind it."""
    if phrase.end >= last or scan.tokens[phrase.end].kind != "w":
        return True
    return scan.at(phrase.end, "place_prep", "prep", "conj", "adverb", "aux") is not None


def take(phrase: Phrase, full: Phrase | None) -> None:
    """Gives a phrase the noun that it leaves out, where it leaves out one."""
    if full is not None:
        phrase.heads, phrase.inherited, phrase.amount = full.heads, full.inherited, full.amount


def described(scan: Scan, row: Clause, phrase: Phrase, last: Reading | None) -> None:
    """Takes adjectives alone behind a part of weapons for no noun: "48 drones, including two jet-powered"."""
    if (
        not phrase.unknown
        or last is None
        or last.noun != "weapon"
        or phrase.amount.sort != "number"
    ):
        return
    part = any(
        f.end == phrase.start and f.term.type == "including"
        for n in (1, 2, 3)
        for f in scan.starting.get(phrase.start - n, ())
    )
    k = phrase.amount.end
    while part and k < row.sentence.end and scan.tokens[k].kind == "w":
        if not scan.tokens[k].text.endswith(scan.adjectives):
            return
        k += 1
    phrase.unknown = not part
