"""Wholes and parts: numbers that another number of the sentence is a part of, or is left out of.

Enters: the readings of a sentence. Leaves: the same, a whole told from what became of its part.
Does not belong here: which predicate governs a number (`frames`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Scan
from warledger.extraction.ties import Reading

OUTCOMES = frozenset({"intercepted", "lost", "hit"})
_STOP = ("intercept", "destroy")
_PART_NEAR = 6  # tokens between a whole and its part

_TWO = 2  # numbers told in the order of as many weapons without a word for it


def whole(scan: Scan, row: Clause, reading: Reading, readings: list[Reading]) -> Reading:
    """In "36 of the 42 drones were shot down" the second number is what was sent; so in "of 42 drones 36 were …"."""
    phrase = reading.phrase
    outcome = reading.kind in OUTCOMES
    if _not_all(scan, phrase) if outcome else _of_part(scan, row, reading, readings):
        p, cost = reading.predicate, reading.cost
        return Reading(phrase, p, "", reading.noun, cost, reading.carried)
    if reading.kind not in OUTCOMES or phrase.amount.sort not in ("number", "both"):
        return reading
    if reading.kind == "intercepted" and phrase.start <= reading.predicate.start < phrase.end:
        return reading  # "of the 64 downed drones 30 were over …"
    sent = "launched" if reading.noun == "weapon" else ""
    if any(r.phrase.amount.sort == "zero" and r.phrase.inherited is phrase for r in readings):
        p, cost = reading.predicate, reading.cost  # "none of the five missiles was stopped"
        return Reading(phrase, p, sent, reading.noun, cost, reading.carried)
    k = partitive_before(scan, phrase.start, row.sentence.start)
    k = _joined_whole(scan, row, phrase) if k is None else k
    if k is None:
        return reading
    others = [r for r in readings if r.phrase is not phrase and r.kind in OUTCOMES]
    part = next((r for r in others if k in (r.phrase.amount.end, _closed(scan, r.phrase))), None)
    if part is None and _begins(scan, row, k):
        part = next((r for r in others if _taken_from(r.phrase, phrase)), None)
        part = part or next((r for r in others if _sort_of(r.phrase, phrase)), None)
    if part is None and _opens_whole(scan, row, phrase, k):
        return Reading(phrase, reading.predicate, sent, reading.noun, reading.cost, reading.carried)
    if part is None:
        return reading
    part.phrase.inherited = phrase
    told = scan.at(k, "partitive")
    if told is not None and told.term.get("definite"):
        return Reading(phrase, reading.predicate, "", reading.noun, reading.cost, reading.carried)
    return Reading(
        phrase, reading.predicate, "launched", reading.noun, reading.cost, reading.carried
    )


def _begins(scan: Scan, row: Clause, k: int) -> bool:
    """Whether a clause begins at a token."""
    if k == row.sentence.start or scan.tokens[k - 1].kind == "p":
        return True
    return k > 1 and scan.at(k - 1, "that", "relative") is not None


def _joined_whole(scan: Scan, row: Clause, phrase: Phrase) -> int | None:
    """Where "of" stands before the first of two wholes: "of 22 missiles and 464 drones they downed 14 and 438"."""
    conj = scan.at(phrase.start - 1, "conj")
    if conj is None or conj.term.get("joins") != "and":
        return None
    before = next((p for p in row.phrases if p.end == conj.start), None)
    if before is None or before.amount.sort != "number" or "weapon" not in before.heads:
        return None
    k = partitive_before(scan, before.start, row.sentence.start)
    return k if k is not None and _begins(scan, row, k) else None


def _sort_of(part: Phrase, whole: Phrase) -> bool:
    """Whether a number behind a whole counts no more of the same sort of weapons."""
    heads = [p.heads["weapon"].term.get("class") for p in (part, whole) if "weapon" in p.heads]
    return (
        part.start >= whole.end
        and len(set(heads)) == 1
        and len(heads) == _TWO
        and may_hold(whole, part)
    )


def _not_all(scan: Scan, phrase: Phrase) -> bool:
    """Whether only not all of a number are said to be so: "not all 40 drones were shot down"."""
    k = phrase.start
    return k > 0 and scan.at(k, "all") is not None and scan.at(k - 1, "negation") is not None


def _closed(scan: Scan, phrase: Phrase) -> int:
    """Where a phrase ends, the quotation mark behind its model included."""
    end = phrase.end
    return end + 1 if phrase.models and scan.tokens[end].text == '"' else end


def _of_part(scan: Scan, row: Clause, reading: Reading, readings: list[Reading]) -> bool:
    """Whether only a part of a number shares its verb: "two of the nine crew were hurt", "of 14 houses six burned".

    A word that stands right behind the whole is the whole's ("two of the five wounded are children") unless the part
    stands right behind that ("of the 30 passengers died seven").
    """
    phrase, p = reading.phrase, reading.predicate
    others = [r for r in readings if r.phrase is not phrase and r.predicate is p]
    own = p.start == phrase.end and not any(r.phrase.start == p.end for r in others)
    if p.term.group == "noun" or own:
        return False
    parts = [r.phrase for r in others if r.phrase.inherited is phrase and r.phrase.partitive]
    if any(p.amount.low and p.start < phrase.start for p in parts):
        return True
    k = partitive_before(scan, phrase.start, row.sentence.start)
    if k is None or not (k == row.sentence.start or scan.tokens[k - 1].kind == "p"):
        return False
    return any(
        (r.phrase.inherited is phrase or _taken_from(r.phrase, phrase)) and r.phrase.amount.low
        for r in others
    )


def _opens_whole(scan: Scan, row: Clause, phrase: Phrase, k: int) -> bool:
    """Whether a whole opens its clause, a comma behind it, and only a vague or zero part follows: "of 90, a few …"."""
    opens = k == row.sentence.start or scan.tokens[k - 1].kind == "p"
    end = phrase.end
    return opens and end < row.sentence.end and scan.tokens[end].text == ","


def parted(readings: list[Reading]) -> list[Reading]:
    """Leaves out a whole of which only the part is said to be so: "two of its three units are operating"."""
    wholes = {
        id(r.phrase.inherited): r for r in readings if r.phrase.inherited and r.phrase.amount.low
    }
    return [
        r
        for r in readings
        if r.kind != "nuclear_status"
        or id(r.phrase) not in wholes
        or wholes[id(r.phrase)].predicate is not r.predicate
    ]


def partitive_before(scan: Scan, start: int, first: int) -> int | None:
    """Where the word for "out of" before a whole begins, articles between."""
    at = _before_total(scan, start)
    while at > first and (scan.at(at - 1, "article", "all", "pronoun") or scan.definite(at - 1)):
        at -= 1
    for found in scan.within("partitive", max(first, at - 3), at):
        if at <= found.end <= start + 1:
            return found.start
    return None


def _before_total(scan: Scan, start: int) -> int:
    """Where the words "a total of" before a whole begin; the whole's own start where there are none."""
    rows = (f for n in (1, 2, 3) if start >= n for f in scan.starting.get(start - n, ()))
    return min((f.start for f in rows if f.end == start and f.term.type == "total"), default=start)


def spared(scan: Scan, readings: list[Reading]) -> list[Reading]:
    """In "downed all but 26 drones and five missiles" the numbers are of those that got through."""
    out: list[Reading] = []
    for reading in readings:
        start, before = reading.phrase.start, out[-1] if out else None
        spared = any(f.end == start for f in scan.within("except", max(0, start - 3), start))
        if before is not None and before.kind == "hit" and before.predicate is reading.predicate:
            spared = spared or start - before.phrase.end <= 1
        if reading.kind == "intercepted" and spared:
            p, cost = reading.predicate, reading.cost
            reading = Reading(reading.phrase, p, "hit", reading.noun, cost, reading.carried)  # noqa: PLW2901
        out.append(reading)
    return out


def _taken_from(part: Phrase, whole: Phrase) -> bool:
    """Whether an elided number behind a whole is no more than it."""
    if part.start < whole.end or not (part.elided or part.named_before):
        return False
    low, high = part.amount.high or part.amount.low, whole.amount.high or whole.amount.low
    return low is not None and high is not None and low <= high


def repelled(scan: Scan, row: Clause, reading: Reading) -> Reading:
    """An attack that is only repelled stops its weapons: "air defences repelled an attack by 14 drones"."""
    noun = reading.predicate
    if reading.kind != "launched" or noun.term.group != "noun" or reading.carried:
        return reading
    for p in row.predicates:
        if p.term.get("frame") != "intercept" or "hold" not in (p.term.get("ambiguous") or ()):
            continue
        before = range(p.end, noun.start)
        behind = range(reading.phrase.end, p.start)
        ahead = p.end <= noun.start and all(scan.at(i, "article", "adverb") for i in before)
        after = (
            p.start >= reading.phrase.end
            and bool(behind)
            and all(scan.at(i, "aux", "adverb") for i in behind)
        )
        if ahead or after:
            return Reading(reading.phrase, p, "intercepted", reading.noun, reading.cost)
    return reading


def all_stopped(scan: Scan, row: Clause, reading: Reading) -> list[Reading]:
    """The reading, and that of weapons listed as all that were stopped: "downed all targets sent at Kyiv: seven missiles …"."""
    sent = reading.predicate
    if reading.kind != "launched" or sent.term.get("frame") != "launch":
        return [reading]
    if not any(scan.tokens[i].text == ":" for i in range(sent.end, reading.phrase.start)):
        return [reading]
    stopped = [p for p in row.predicates if p.end <= sent.start and p.term.get("frame") in _STOP]
    weapons = scan.within("weapon", stopped[-1].end, sent.start) if stopped else []
    every = stopped and any(scan.at(i, "all") for i in range(stopped[-1].end, sent.start))
    if not weapons or not every:
        return [reading]
    phrase, cost = reading.phrase, reading.cost
    again = Reading(phrase, stopped[-1], "intercepted", reading.noun, cost, reading.carried)
    return [reading, again]


def parts_flown(readings: list[Reading]) -> list[Reading]:
    """Where a part of those stopped was flying to is no launch of theirs: "105 downed, of them 35 flew at Moscow"."""
    out: list[Reading] = []
    for r in readings:
        before = out[-1] if out else None
        if before is not None and r.kind == "launched" and before.kind == "intercepted":
            part = r.phrase.elided and r.predicate.term.group == "intransitive"
            behind = r.phrase.start - before.phrase.end <= _PART_NEAR
            if part and behind and r.predicate.start >= r.phrase.end:
                p = before.predicate
                r = Reading(r.phrase, p, "intercepted", r.noun, r.cost, before.carried)  # noqa: PLW2901
        out.append(r)
    return out


def first_elided(clause: Clause, phrase: Phrase) -> Phrase | None:
    """The first of several numbers without a noun that a dash parts each from its verb: "213 – shot down, 172 – lost"."""
    if phrase.partitive or phrase.amount.more:
        return None
    rows = [p for p in clause.phrases if p.start <= phrase.start and p.amount.sort == "number"]
    first = rows[0] if rows else None
    apart = first is not None and first is not phrase and all(p.elided for p in rows)
    return first if apart and first is not None and first.start == clause.sentence.start else None


def may_hold(whole: Phrase, part: Phrase) -> bool:
    """Whether a number can be some of those that another one counts."""
    high, low = whole.amount.high, part.amount.low
    return high is None or low is None or low <= high


def respective(scan: Scan, row: Clause, before: Clause | None, phrase: Phrase) -> Phrase | None:
    """The weapons told before in whose order numbers are told: "11 missiles and 62 drones, it downed 4 and 58 respectively"."""
    sentence = row.sentence
    said = bool(scan.within("respectively", sentence.start, sentence.end))
    told = [p for p in row.phrases if p.elided and p.amount.sort == "number"]
    if phrase not in told or not (said or _pair(scan, told)):
        return None
    here = [p for p in row.phrases if p.end <= told[0].start]
    for phrases in (here, before.phrases if before is not None else []):
        named = [p for p in phrases if "weapon" in p.heads and p.amount.sort == "number"]
        if len(told) == len(named) and (said or _apart(named, told)):
            return named[told.index(phrase)]
    return None


def _pair(scan: Scan, told: list[Phrase]) -> bool:
    """Whether two numbers without nouns stand joined by a conjunction right behind a verb: "it downed 4 and 58"."""
    if len(told) != _TWO or told[1].start - told[0].end != 1:
        return False
    first, behind = told[0].start, told[1].end
    verb = any(
        f.end == first for n in (1, 2, 3) for f in scan.within("predicate", first - n, first)
    )
    owned = behind < len(scan.tokens) and scan.tokens[behind].kind == "w"
    return verb and scan.at(told[0].end, "conj") is not None and not owned


def _apart(named: list[Phrase], told: list[Phrase]) -> bool:
    """Whether weapons told before are of as many classes, each of which can hold the number in its place."""
    classes = {p.heads["weapon"].term.get("class") for p in named}
    held = all(may_hold(whole, part) for whole, part in zip(named, told, strict=True))
    return len(classes) == len(named) and held
