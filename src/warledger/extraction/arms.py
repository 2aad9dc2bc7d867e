"""Which weapons a number counts that only a noun for hits, or a breakdown behind it, tells of.

Enters: a reading, a sentence and its phrase. Leaves: the class of the weapons. Does not belong here: weapons that a
sentence before names (`assemble`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Scan
from warledger.extraction.ties import Reading


def weapon_of_hits(scan: Scan, reading: Reading) -> tuple[str | None, str | None] | None:
    """The weapon that a noun for hits names itself, or that stands behind it: «шість прильотів "шахедів"»."""
    predicate = reading.predicate
    if predicate.term.get("frame") != "hit" or predicate.term.group != "noun":
        return None
    if (class_ := predicate.term.get("class")) is not None:
        return class_, None
    k = predicate.end + (scan.tokens[predicate.end].text == '"')
    behind = scan.at(k, "weapon")
    if predicate.start != reading.phrase.end or behind is None or "gen.pl" not in behind.tags:
        return None
    return behind.term.get("class"), behind.term.get("model")


def summed_behind(clause: Clause, phrase: Phrase) -> bool:
    """Whether weapons of several classes behind a total add up to it: "114 downed: 27 drones and 87 missiles"."""
    parts = [p for p in clause.phrases if p.start >= phrase.end and "weapon" in p.heads]
    total, part = phrase.amount.high, 0.0
    classes = set()
    for p in parts if total is not None else ():
        part += float(p.amount.high or 0)
        classes.add(p.heads["weapon"].term.get("class"))
        if part == total:
            return len(classes) > 1
    return False
