"""Dead and hurt soldiers that an army adds up: its own losses or its enemy's, and no deaths of a told event.

Enters: a sentence and a reading of it. Leaves: whether it is a tally. Does not belong here: who tells it (`attribution`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Scan
from warledger.extraction.ties import Reading

_HARMED = ("killed", "wounded")


def counted(
    scan: Scan, clause: Clause, reading: Reading, *, class_: str | None, cumulative: bool
) -> bool:
    """Whether an army's tally counts those harmed: soldiers over the whole war, or what a noun for losses adds up."""
    soldiers = reading.kind in _HARMED and class_ == "soldier" and cumulative
    tally = soldiers and not _captives(scan, clause, reading.phrase)
    return tally or _among_losses(scan, clause, reading)


def _captives(scan: Scan, clause: Clause, phrase: Phrase) -> bool:
    """Whether those counted were in captivity, whose killing is a crime and no loss in battle."""
    head = phrase.heads.get("person")
    start = clause.sentence.start if phrase.elided or head is None else head.start
    return any(
        f.term.get("frame") == "imprison" and f.term.group == "noun"
        for f in scan.within("predicate", start, phrase.end)
    )


def _among_losses(scan: Scan, clause: Clause, reading: Reading) -> bool:
    """Whether dead or hurt soldiers are what a noun for an army's losses adds up: "losses: 45,100 dead and …"."""
    phrase, at = reading.phrase, reading.predicate.start
    named = phrase.start <= at <= phrase.end or reading.predicate.term.group == "noun"
    if reading.kind not in (*_HARMED, "casualties") or not named:
        return False
    first, start = clause.sentence.start, phrase.start
    losses = [
        p
        for p in clause.predicates
        if p.term.get("frame") == "lose_army" and p.term.group == "noun" and p.start < start
    ]
    return bool(losses) and not any(
        p.term.get("frame") not in ("lose_army", "kill", "wound")
        for p in clause.predicates
        if losses[-1].start < p.start < start and p.start >= first
    )
