"""Nouns that several numbers share: "eliminated 97 and wounded 39 occupiers", "8, 13 and 2 drones".

Enters: a sentence and its phrases. Leaves: the same, a number without a noun given that of the next one.
Does not belong here: nouns told before (`phrases`), the predicate that governs (`frames`).
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from warledger.extraction import wholes
from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Scan
from warledger.extraction.ties import Reading

_NEAR = 3  # tokens between a number and the next one whose people it shares
_SORTS = 2  # adjectives of a number that leaves its noun to the next one
_ENDING = 2  # letters by which adjectives of one noun agree
_THINGS = frozenset({"weapon", "attack_noun", "equipment", "object", "settlement"})


def nouns(scan: Scan, row: Clause) -> None:
    """Gives a number without a noun the one that the next number counts, where both share it."""
    joined = False
    for phrase, behind in reversed(list(pairwise(row.phrases))):
        if _sorts_shared(scan, phrase, behind):
            phrase.heads, phrase.inherited, phrase.unknown = behind.heads, behind, False
            joined = False
            continue
        headed = (
            phrase.named_before and "settlement" in phrase.heads
        )  # "districts: 8, 13 and 2 drones"
        if not (phrase.elided or headed) or phrase.amount.sort != "number":
            joined = False
            continue
        if _deeds_shared(scan, phrase, behind):
            phrase.heads = {"person": behind.heads["person"]}
        elif _things_shared(scan, row, phrase, behind):
            phrase.heads = {"object": behind.heads["object"]}
        if wholes.partitive_before(scan, phrase.start, row.sentence.start) is not None:
            joined = False  # "18 missiles out of 42 and 39 drones"
            continue
        link = _link(scan, phrase, behind)
        joined = link == "and" or (link == "," and joined)
        if joined and behind.heads and behind.heads.keys() <= _THINGS:
            phrase.heads, phrase.models = behind.heads, behind.models
            phrase.inherited = behind.inherited or behind
            phrase.start, phrase.named_before = phrase.amount.start, False


def _sorts_shared(scan: Scan, phrase: Phrase, behind: Phrase) -> bool:
    """Whether a number has only an adjective before its noun, which the next one tells: «4 многоквартирных и 9 частных домов»."""
    things = {kind: f for kind, f in behind.heads.items() if kind in ("object", "equipment")}
    numbers = phrase.amount.sort == behind.amount.sort == "number"
    if not (numbers and things and phrase.unknown) or phrase.heads or not scan.adjectives:
        return False
    k, last = phrase.amount.end, behind.start - 1
    ends = scan.tokens[last].text == "," or (
        (conj := scan.at(last, "conj")) is not None and conj.term.get("joins") == "and"
    )
    noun = max(f.end for f in things.values())
    same = any(
        scan.tokens[i].text[-_ENDING:] == scan.tokens[k].text[-_ENDING:]
        for i in range(behind.amount.end, noun - 1)
    )
    same = same or behind.amount.high == 1
    return (
        ends
        and same
        and 0 < last - k <= _SORTS
        and all(_adjective(scan, i) for i in range(k, last))
    )


def as_next(scan: Scan, readings: list[Reading]) -> list[Reading]:
    """A number that has only an adjective and leaves its noun to the next one is told by the verb of that one."""
    own = {id(r.phrase): r for r in readings}
    out = []
    for reading in readings:
        noun = reading.phrase.inherited
        behind = own.get(id(noun)) if noun is not None else None
        after = noun is not None and noun.start >= reading.phrase.end
        if behind is not None and after and _adjective(scan, reading.phrase.amount.end):
            out.append(msgspec.structs.replace(behind, phrase=reading.phrase))
        else:
            out.append(reading)
    return out


def _adjective(scan: Scan, k: int) -> bool:
    return scan.tokens[k].kind == "w" and scan.tokens[k].text.endswith(scan.adjectives)


def _deeds_shared(scan: Scan, phrase: Phrase, behind: Phrase) -> bool:
    """Whether two deeds are done to the people whom the second number counts: "eliminated 97 and wounded 39 occupiers"."""
    person = behind.heads.get("person")
    if person is None or not person.term.get("enemy"):
        return False
    between = range(phrase.end, behind.start)
    deeds = scan.within("predicate", phrase.end, behind.start)
    harmed = any(p.term.get("frame") in ("kill", "wound") for p in deeds)
    joined = any((c := scan.at(i, "conj")) and c.term.get("joins") == "and" for i in between)
    return harmed and joined and len(between) <= _NEAR


def _things_shared(scan: Scan, row: Clause, phrase: Phrase, behind: Phrase) -> bool:
    """Whether two deeds are done to the things that the second number counts: "4 destroyed, 63 houses damaged"."""
    between = range(phrase.end, behind.start)
    whole = phrase.partitive or phrase.amount.more or behind.amount.sort != "number"
    if "object" not in behind.heads or whole or len(between) > _NEAR + 1:
        return False
    deeds = [p for p in row.predicates if p.term.get("frame") in ("damage", "destroy")]
    own = any(-1 <= phrase.start - p.end <= 1 or p.start == phrase.end for p in deeds)
    other = any(phrase.end <= p.start for p in deeds) and len({p.start for p in deeds}) > 1
    return own and other and any(scan.tokens[i].text == "," or scan.at(i, "conj") for i in between)


def _link(scan: Scan, phrase: Phrase, behind: Phrase) -> str | None:
    """What alone stands between two numbers in digits: a comma, the conjunction of a list, or None."""
    k = phrase.end
    digits = all(scan.tokens[p.amount.core[0]].kind == "n" for p in (phrase, behind))
    if behind.start != k + 1 or not digits or behind.named_before:
        return None
    if scan.tokens[k].text == ",":
        return ","
    conj = scan.at(k, "conj")
    return "and" if conj is not None and conj.term.get("joins") == "and" else None
