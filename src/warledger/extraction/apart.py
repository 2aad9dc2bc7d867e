"""Verbs with a number of their own, which leave the one before them alone: "41 missiles; seven got through", "4 (2 shot down)".

Enters: a sentence, a number and a verb. Leaves: whether the verb is of another number, or of something else.
Does not belong here: which predicate governs a number (`frames`).
"""

from __future__ import annotations

from warledger.extraction import untold, wholes
from warledger.extraction.amounts import Amount
from warledger.extraction.clauses import Clause
from warledger.extraction.fitting import whose
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_NOUN_REACH = 2.0  # how far people stand from a noun of destruction, things from a verb behind them
_STOPPED = ("intercept", "lose")
_APART = (",", ";", "–")  # marks behind which a verb and its own number stand apart


def _of_next(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a verb behind a comma has a number of its own beside it: "41 missiles, seven got through"."""
    whole = wholes.partitive_before(scan, phrase.start, row.sentence.start) is not None
    if (
        "weapon" in phrase.heads
        and not whole
        and any(
            p.elided and p.end == predicate.start and scan.tokens[p.start - 1].text in _APART
            for p in row.phrases
            if p.start > phrase.end and p.amount.sort == "number"
        )
    ):
        return True
    before = predicate.start - 1
    if (
        "weapon" in phrase.heads
        and scan.at(before, "all")
        and scan.tokens[before - 1].text in _APART
    ):
        return True  # "six missiles, all shot down"
    inserted = phrase.end == before and scan.tokens[phrase.start - 1].text == ","
    if scan.tokens[before].text not in _APART or (inserted and not phrase.heads):
        return False  # "the rest, 14, struck seven places"
    short = any(t.startswith(("short", "imp")) for t in predicate.tags)
    return any(
        a.start == predicate.end and (short or not phrase.heads or _bare(row, a))
        for a in row.amounts
        if a.sort == "number" and phrase.amount.unit is None
    )


def _verb_of(scan: Scan, phrase: Phrase) -> bool:
    """Whether a verb stands right behind a number that a dash or colon parts from its noun: "sent Shaheds: 11 were downed"."""
    if not phrase.named_before:
        return False
    parted = any(scan.tokens[i].text in "–:" for i in range(phrase.start, phrase.amount.start))
    verb = scan.at(phrase.end, "predicate") if parted else None
    return verb is not None and verb.term.group != "noun"


def _bare(row: Clause, amount: Amount) -> bool:
    """Whether a number has no noun of its own."""
    return any(p.elided and p.start == amount.start for p in row.phrases)


def of_own_number(scan: Scan, row: Clause, phrase: Phrase, predicate: Found) -> bool:
    """Whether a predicate behind a phrase has a number of its own, in brackets or apart: "4 missiles (2 shot down)"."""
    if predicate.start < phrase.end:
        return predicate.end <= phrase.start and _verb_of(scan, phrase)
    if _of_next(scan, row, phrase, predicate):
        return True
    marks = [i for i in range(phrase.end, predicate.start) if scan.tokens[i].text in "()"]
    if not marks or scan.tokens[marks[-1]].text != "(":
        return False
    return any(
        p.amount.sort == "number" and marks[-1] < p.start <= predicate.end + 2 for p in row.phrases
    )


def of_another(scan: Scan, phrase: Phrase, predicate: Found, noun: str, cost: float) -> bool:
    """Whether a word cannot be said of what stands so far from it, or is said of something else.

    People far from a noun of destruction ("after the dam's demolition … 163,000 people"), things before a verb of
    hitting that has a subject of its own, weapons in brackets before an army's losses or with a participle of their
    own, things that tell whose people a verb takes, all the land that is held.
    """
    frame, group = predicate.term.get("frame"), predicate.term.group
    if noun == "person" and frame == "destroy" and group == "noun":
        return cost > _NOUN_REACH or bool(scan.within("object", predicate.end, phrase.start))
    if noun == "area" and only_held(scan, phrase, predicate):
        return True
    before = phrase.end <= predicate.start
    stopped = predicate.start != phrase.end and _right_behind_stopped(scan, phrase.end)
    if stopped and (frame == "hit" if before else predicate.term.get("seen")):
        return True  # "counted 216 drones shot down", "a missile shot down by … came down on"
    if noun == "object" and not before and whose(scan, phrase, predicate.end):
        return True
    if noun == "object" and frame == "hit" and group == "active" and before:
        return cost > _NOUN_REACH
    marks = range(phrase.end, predicate.start)
    return frame == "lose_army" and before and any(scan.tokens[i].text == ")" for i in marks)


def only_held(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether an area is that of all that is held: "the occupied territories amount to 116,000 square kilometres"."""
    if predicate.term.get("frame") != "capture" or predicate.tags or predicate.end > phrase.start:
        return False
    grows = scan.within("grows", predicate.end, phrase.start)
    return untold.epithet(scan, predicate) and not grows


def _right_behind_stopped(scan: Scan, k: int) -> bool:
    """Whether a participle that tells what became of weapons stands at a token."""
    verb = scan.at(k, "predicate")
    return verb is not None and verb.term.group == "verb" and verb.term.get("frame") in _STOPPED
