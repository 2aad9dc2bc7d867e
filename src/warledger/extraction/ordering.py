"""Numbers told in the order of others: "drones: 42 dead and 283 hurt; bombs: 20 and 96 respectively".

Enters: the readings of a sentence. Leaves: the same, the numbers so told under the predicates of those told before.
Does not belong here: weapons in such an order under a verb of their own (`wholes`), the order of places (`siting`).
"""

from __future__ import annotations

from copy import copy

from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Scan
from warledger.extraction.ties import CARRIED, Reading


def in_order(scan: Scan, row: Clause, readings: list[Reading]) -> list[Reading]:
    """The readings and those of numbers without a noun or a verb, in the order of as many told before them."""
    told = respective(scan, row)
    if len(told) < 2 or not all(p.elided or p.named_before for p in told):
        return readings
    listed = {id(p) for p in told}
    here = [r for r in readings if r.phrase.end <= told[0].amount.start]
    past = max((r.phrase.end for r in here), default=row.sentence.start)
    if any(
        id(r.phrase) in listed and r.predicate.start >= past and not r.carried for r in readings
    ):
        return readings  # they have a verb of their own
    before = row.before.readings if row.before is not None else ()
    for rows in (here, before):
        named = [r for r in rows if r.phrase.amount.sort == "number" and not r.carried]
        if len(named) == len(told):
            kept = [r for r in readings if id(r.phrase) not in listed]
            ordered = [_under(p, r) for p, r in zip(told, named, strict=True)]
            return sorted([*kept, *ordered], key=lambda r: r.phrase.start)
    return readings


def _under(phrase: Phrase, reading: Reading) -> Reading:
    """A number under the predicate of the one in whose place it stands, with that one's noun."""
    full = copy(phrase)
    full.start, full.named_before = phrase.amount.start, False
    full.heads, full.inherited = reading.phrase.heads, reading.phrase
    return Reading(full, reading.predicate, reading.kind, reading.noun, CARRIED, True)


def respective(scan: Scan, row: Clause) -> list[Phrase]:
    """The numbers beside the word for the same order: right behind it, or right before it."""
    sentence = row.sentence
    for cue in scan.within("respectively", sentence.start, sentence.end):
        numbers = [p for p in row.phrases if p.amount.sort == "number"]
        behind = [p for p in numbers if p.amount.start >= cue.end]
        if behind and behind[0].amount.start == cue.end:
            return _run(scan, behind)
        ahead = [p for p in numbers if p.end <= cue.start]
        if ahead and all(scan.tokens[i].text == "," for i in range(ahead[-1].end, cue.start)):
            return _run(scan, ahead[::-1])[::-1]
    return []


def _run(scan: Scan, phrases: list[Phrase]) -> list[Phrase]:
    """The first numbers of a row that only commas and conjunctions join."""
    out = phrases[:1]
    for phrase in phrases[1:]:
        left, right = sorted((out[-1], phrase), key=_start)
        between = range(left.amount.end if left.named_before else left.end, right.amount.start)
        joined = all(scan.tokens[i].text == "," or scan.at(i, "conj") is not None for i in between)
        if not (between and joined):
            break
        out.append(phrase)
    return out


def _start(phrase: Phrase) -> int:
    return phrase.amount.start
