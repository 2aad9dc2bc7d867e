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
    start = phrase.start
    told = any(
        f.end == start
        for n in (1, 2, 3, 4, 5, 6)
        for f in scan.starting.get(start - n, ())
        if f.term.type in ("including", "of_them", "of_which", "rest")
    )
    if _apposed(scan, phrase, last):
        return True
    if told or not phrase.elided or phrase.end >= row.sentence.end:
        return told
    return scan.tokens[phrase.end].text == "–" and scan.at(phrase.end + 1, "place_prep") is not None


def _apposed(scan: Scan, phrase: Phrase, last: Reading) -> bool:
    """Whether a comma alone parts "one of them, a doctor" from those whom it is one of."""
    told = phrase.heads and scan.at(phrase.amount.end, "of_them")
    beside = phrase.start - last.phrase.end == 1
    return bool(told) and beside and scan.tokens[phrase.start - 1].text in ",("
