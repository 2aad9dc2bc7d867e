"""Parts of the number told before: of attacks, of an area, or of whatever its noun counts.

Enters: a phrase and the reading before it. Leaves: whether it is a part, and the reading of a part that has no noun.
Does not belong here: wholes and what became of them (`wholes`).
"""

from __future__ import annotations

from warledger.extraction import wholes
from warledger.extraction.clauses import Clause
from warledger.extraction.grammar import instrumental
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Scan
from warledger.extraction.ties import Reading

_LIST = 8  # tokens of a list of parts before the words that close it


def of_attacks(scan: Scan, row: Clause, phrase: Phrase, last: Reading | None) -> Reading | None:
    """A part of the attacks or losses counted before it: "3,814 shellings, of them 97 by rockets"."""
    weapon = phrase.heads.get("weapon")
    means = weapon is not None and instrumental(weapon)  # "of them 28 by drones"
    if last is None or last.kind not in ("attacks", "losses") or not (phrase.elided or means):
        return None
    whole = wholes.partitive_before(scan, phrase.start, row.sentence.start) == last.phrase.end
    if phrase.amount.sort != "number" or not (whole or is_part(scan, row, phrase, last)):
        return None
    phrase.heads = last.phrase.heads
    return Reading(phrase, last.predicate, last.kind, last.noun, last.cost + 0.5, True)


def of_area(scan: Scan, row: Clause, phrase: Phrase, last: Reading | None) -> Reading | None:
    """A part of the area told before it: "took back 26 sq km, twelve of them near Dobropillia"."""
    if last is None or last.noun != "area" or not phrase.elided or phrase.amount.sort != "number":
        return None
    if not is_part(scan, row, phrase, last):
        return None
    phrase.amount.unit, phrase.amount.factor = last.phrase.amount.unit, last.phrase.amount.factor
    return Reading(phrase, last.predicate, last.kind, last.noun, last.cost + 0.5, True)


def is_part(scan: Scan, row: Clause, phrase: Phrase, last: Reading) -> bool:
    """Whether a phrase is a part of the number before it: behind "of them", or one of the rest, or a place's share."""
    told = _behind_them(scan, phrase.start)
    if _apposed(scan, phrase, last) or _listed(phrase) or before_them(scan, row, phrase):
        return True
    told = told or _in_list(scan, row, phrase)
    if told or not phrase.elided or phrase.end >= row.sentence.end:
        return told
    return scan.tokens[phrase.end].text == "–" and scan.at(phrase.end + 1, "place_prep") is not None


def _behind_them(scan: Scan, start: int) -> bool:
    """Whether words for a part end right before a token."""
    return any(
        f.end == start
        for n in (1, 2, 3, 4, 5, 6)
        for f in scan.starting.get(start - n, ())
        if f.term.type in ("including", "of_them", "of_which", "rest")
    )


def _in_list(scan: Scan, row: Clause, phrase: Phrase) -> bool:
    """Whether a single noun goes on a list of parts: "among them a nurse, a driver and a girl"."""
    if phrase.amount.sort != "article" or "person" not in phrase.heads:
        return False
    at = phrase.start
    for before in reversed([p for p in row.phrases if p.end <= phrase.start]):
        if "person" not in before.heads:
            continue  # an age
        if not all(
            scan.tokens[i].text[0] in ",-" or scan.tokens[i].kind == "n" or _joins(scan, i)
            for i in range(before.end, at)
        ):
            return False
        if _listed(before) or _behind_them(scan, before.start):
            return True
        at = before.start
    return False


def _joins(scan: Scan, i: int) -> bool:
    return scan.at(i, "conj", "article", "number") is not None or scan.tokens[i].joined


def _listed(phrase: Phrase) -> bool:
    """Whether one noun without a number stands for one of those told before it: "among them an eight-year-old boy"."""
    return phrase.amount.more and phrase.amount.start == phrase.amount.end


def before_them(scan: Scan, row: Clause, phrase: Phrase) -> bool:
    """Whether the words for a part close its list: "14 people, a nurse and two boys among them, were killed"."""
    stop = min(row.sentence.end, phrase.end + _LIST)
    for them in scan.within("of_them", phrase.end, stop) if phrase.heads else ():
        between = range(phrase.end, them.start)
        if any(scan.tokens[i].kind == "p" or scan.at(i, "predicate", "aux") for i in between):
            return False
        return them.end >= row.sentence.end or scan.tokens[them.end].kind == "p"
    return False


def _apposed(scan: Scan, phrase: Phrase, last: Reading) -> bool:
    """Whether a comma alone parts "one of them, a doctor" from those whom it is one of."""
    told = phrase.heads and scan.at(phrase.amount.end, "of_them")
    beside = phrase.start - last.phrase.end == 1
    return bool(told) and beside and scan.tokens[phrase.start - 1].text in ",("
