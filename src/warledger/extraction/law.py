"""Acts of the law: which words for one tell it, by the court, the law or the body that stands beside them.

Enters: a sentence and its predicates of the frame `legal`. Leaves: whether a predicate tells an act, and which of
several does. Does not belong here: the claim itself (`events`), who says it (`attribution`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.scan import Found, Scan

_MAY = 4  # tokens before a verdict in which it is told to be only possible
_COURT = 9  # tokens before a court's verb in which the court stands
_BEHIND = 3  # tokens behind a court's verb in which the court stands
_MATTER = 6  # tokens behind a court's verb in which the paper that it is of stands


def tells(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a word for a legal act tells one: by its words, by a word of the law or by a court beside it.

    A court's or a prosecutor's word tells one only where the law is its matter, and no act is told with it; people
    who are only described as sentenced or charged tell none.
    """
    act, needs = predicate.term.get("act"), predicate.term.get("needs")
    if act == "verdict" and scan.within("possible", predicate.start - _MAY, predicate.start):
        return False  # "she could be sentenced to five years"
    if _described(predicate) or _object_of_court(scan, clause, predicate):
        return False
    if _wished(scan, clause, predicate) or _asked_for(clause, predicate):
        return False
    if act == "ruling" and _sentences(scan, clause, predicate):
        return False
    if needs == "court":
        return by_court(scan, clause, predicate)
    several = predicate.end - predicate.start > 1 or bool(predicate.term.get("sure"))
    if needs != "law_word":
        return several or _lawful(scan, clause)
    if act != "statement":
        return several or _beside(scan, clause, predicate)
    if any(p.term.get("frame") == "legal" and p is not predicate for p in clause.predicates):
        return False
    return _beside(scan, clause, predicate)


def _wished(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether an act is only what somebody wants to come to pass: «домагатимемося, щоб кожен постав перед судом»."""
    return bool(scan.within("purpose", clause.sentence.start + 1, predicate.start))


def _asked_for(clause: Clause, predicate: Found) -> bool:
    """Whether a verdict is only what a prosecutor before it asks for: "prosecutors sought a life sentence"."""
    noun = predicate.term.get("act") == "verdict" and predicate.term.group == "noun"
    return noun and any(
        p.term.get("act") == "statement" and 0 <= predicate.start - p.end < _COURT
        for p in clause.predicates
        if p.end - p.start > 1
    )


def by_court(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a court is the subject of a verb: before it with no mark between, or right behind it."""
    first = max(clause.sentence.start, predicate.start - _COURT)
    for court in _courts(scan, first, predicate.end + _BEHIND):
        low, high = sorted(((court.start, court.end), (predicate.start, predicate.end)))
        between = range(low[1], high[0])
        if not any(scan.tokens[i].text in ",;:()–" for i in between):
            acts = {p.start for p in clause.predicates if p.term.get("frame") == "legal"}
            return not any(scan.at(i, "says", "conj", "relative") for i in between if i not in acts)
    return False


def judged(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a verb that may state a position is a court's here: "the court rejected the appeal"."""
    return any(
        p.term.get("needs") == "court" and p.start == predicate.start and by_court(scan, clause, p)
        for p in clause.predicates
        if p.term.get("frame") == "legal"
    )


def _courts(scan: Scan, first: int, last: int) -> list[Found]:
    """The courts named between two tokens, in a case that a subject has."""
    words = [f for f in scan.within("law_word", first, last) if f.term.get("court")]
    cased = ({t for t in f.tags if "." in t} for f in words)
    return [
        f
        for f, cases in zip(words, cased, strict=True)
        if not cases or any(t.startswith("nom.") for t in cases)
    ]


def _sentences(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether what a court rules is told behind its verb to be a verdict: "the court found him guilty"."""
    return any(
        p.term.get("act") == "verdict" and 0 <= p.start - predicate.end < _COURT
        for p in clause.predicates
        if p.term.get("frame") == "legal" and not _object_of_court(scan, clause, p)
    )


def _beside(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a word of the law stands in the sentence beside the predicate's own."""
    words = scan.within("law_word", clause.sentence.start, clause.sentence.end)
    return any(not predicate.start <= f.start < predicate.end for f in words)


def _lawful(scan: Scan, clause: Clause) -> bool:
    """Whether a word of the law or a body stands in the sentence."""
    sentence = clause.sentence
    return any(scan.within(kind, sentence.start, sentence.end) for kind in ("law_word", "voice"))


def _described(predicate: Found) -> bool:
    """Whether a participle in an oblique case only describes people: «в'язнів, засуджених до довічного»."""
    if predicate.term.group == "noun" or not predicate.tags:
        return False
    oblique = ("gen.", "dat.", "ins.", "loc.", "acc.")
    return all(t.startswith(oblique) for t in predicate.tags)


def _object_of_court(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a verdict or warrant is only what a court's own verb before it is of: "the court upheld the verdict"."""
    if predicate.term.group != "noun" or predicate.term.get("needs") == "court":
        return False
    return any(
        0 <= predicate.start - p.end < _MATTER and by_court(scan, clause, p)
        for p in clause.predicates
        if p.term.get("frame") == "legal" and p.term.get("needs") == "court"
    )
