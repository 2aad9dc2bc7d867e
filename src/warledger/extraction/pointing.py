"""Single weapons that words point back to: "the missile slammed into a hotel", "killed six when it hit a market".

Enters: a `Scan` and the quantified phrases of a sentence. Leaves: those phrases and one for each such weapon; of the
drafts made from them, those that tell a hit told nowhere else. Does not belong here: weapons told as new (`singles`).
"""

from __future__ import annotations

from warledger.extraction.amounts import Amount
from warledger.extraction.drafts import Draft
from warledger.extraction.nouns import common_noun, models_of
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_ADJECTIVES = 3  # words between an article and its noun
_BETWEEN = 3  # tokens between a weapon and the verb that it is the subject of
_INSERTED = 10  # tokens of words between two commas behind a weapon
_THIN = ("adverb", "relative")
_GROUPS = ("active", "verb", "intransitive")


def add(scan: Scan, phrases: list[Phrase], first: int, last: int) -> list[Phrase]:
    """The phrases of a sentence with the weapons that it points back to as the subject of a hit."""
    taken = {i for p in phrases for i in range(p.start, p.end)}
    found = []
    for f in scan.within("weapon", first, last):
        if f.start not in taken and _one(scan, f) and _pointed(scan, f, first):
            if _hits(scan, f.end, last):
                found.append(_phrase(f.start, f.end, f))
    for pronoun in scan.within("pronoun", first, last):
        k = pronoun.start
        if pronoun.term.get("thing") and _hits(scan, k + 1, last):
            meant = _meant(scan, first, k)
            if meant is not None:
                found.append(_phrase(k, k + 1, meant))
    return sorted([*phrases, *found], key=lambda p: p.start)


def _phrase(start: int, end: int, head: Found) -> Phrase:
    amount = Amount(start, start, (start, end), 1, 1, "exact", "article")
    return Phrase(
        amount, start, end, {"weapon": head}, tuple(models_of({"weapon": head})), back=True
    )


def _one(scan: Scan, f: Found) -> bool:
    """Whether a noun names one weapon that can hit."""
    term = f.term
    if term.get("class") in ("any", "aircraft") or term.get("kind") == "means":
        return False
    plural = bool(f.tags) and f.tags != frozenset({"sg"})
    return not plural and not common_noun(scan, f)


def _pointed(scan: Scan, f: Found, first: int) -> bool:
    """Whether the article of what is known stands before a noun, adjectives between."""
    for k in range(f.start - 1, max(first - 1, f.start - 2 - _ADJECTIVES), -1):
        if scan.definite(k):
            return True
        if scan.tokens[k].kind != "w" or (
            k in scan.starting and not scan.at(k, "nation", "ordinal")
        ):
            return False
    return False


def _hits(scan: Scan, k: int, last: int) -> bool:
    """Whether a verb of hitting, in the active voice, has its subject right before token `k`."""
    if k < last and scan.tokens[k].text == ",":
        marks = [i for i in range(k + 1, min(k + _INSERTED, last)) if scan.tokens[i].text == ","]
        k = marks[0] + 1 if marks else k  # "the drone, packed with explosives, hit a bridge"
    for i in range(k, min(k + _BETWEEN, last)):
        told = scan.at(i, "predicate")
        if told is not None:
            return any(
                f.term.get("frame") == "hit" and f.term.group in _GROUPS
                for f in scan.starting.get(i, ())
                if f.term.type == "predicate"
            )
        aux = scan.at(i, "aux")
        if not (scan.at(i, *_THIN) or (aux is not None and aux.term.get("perfect"))):
            return False
    return False


def _meant(scan: Scan, first: int, k: int) -> Found | None:
    """The one weapon of a sentence that a pronoun behind it means; None where there are several or it hit already."""
    named = [f for f in scan.within("weapon", first, k) if f.term.get("kind") != "means"]
    if len(named) != 1 or not _one(scan, named[0]):
        return None
    deeds = scan.within("predicate", named[0].end, k)
    return None if any(p.term.get("frame") == "hit" for p in deeds) else named[0]


def settled(drafts: list[Draft]) -> list[Draft]:
    """The drafts without hits by a weapon pointed back to whose hit is told in other words."""
    told = {
        d.claim.item.class_
        for d in drafts
        if _single_hit(d) and not (d.reading and d.reading.phrase.back)
    }
    kept: list[Draft] = []
    for draft in drafts:
        if draft.reading is not None and draft.reading.phrase.back:
            if draft.claim.kind != "hit" or draft.claim.item.class_ in told:
                continue
            told.add(draft.claim.item.class_)
        kept.append(draft)
    return kept


def _single_hit(draft: Draft) -> bool:
    quantity = draft.claim.quantity
    return draft.claim.kind == "hit" and quantity is not None and quantity.low == quantity.high == 1


def one_thing(scan: Scan, phrase: Phrase) -> bool:
    """Whether "one" stands alone as a word: "but for one thing"."""
    alone = phrase.elided and not (phrase.partitive or phrase.amount.more)
    return alone and phrase.amount.low == 1 and scan.tokens[phrase.amount.core[0]].kind == "w"


def one_before(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether "one" stands for a thing told before, and no verb of its own follows it: "one on Sunday in which four died"."""
    if predicate.start < phrase.end or not one_thing(scan, phrase):
        return False
    lead = scan.at(phrase.end, "place_prep", "prep") if phrase.end < predicate.start else None
    return lead is not None and bool(scan.within("relative", phrase.end, predicate.start))
