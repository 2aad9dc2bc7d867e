"""Counts of attacks: which class of attack a number counts, and attacks counted by their noun alone.

Enters: a phrase that counts attacks, occasions ("shelled 12 times") or settlements shelled. Leaves: the class; a
reading where no verb takes the number. Does not belong here: weapons counted one by one (`frames`).
"""

from __future__ import annotations

from collections.abc import Iterator

from warledger.extraction.amounts import Amount
from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import CARRIED, Reading
from warledger.extraction.wholes import may_hold, partitive_before

_ANY, _AIR = "any", "air_strike"
_STRIKES = {
    "drone": "drone_strike",
    "missile": "missile_strike",
    "bomb": "air_strike",
    "aircraft": "air_strike",
    "rocket": "shelling",
    "artillery": "shelling",
    "mlrs": "shelling",
    **{c: c for c in ("air_strike", "drone_strike", "missile_strike", "shelling")},
}
_WITH = 8  # tokens from a verb to the weapon with which it was done
_SUBJECT = frozenset({"nom.sg", "acc.sg"})
_WITH_ONE = frozenset({"ins.sg"})
_DESCRIBED = 3  # words between a strike and its weapon
_BEFORE = 2  # words before a strike in which its verb stands
_MAKES = frozenset({"launch", "target", "noise", "damage"})
_NO_DEEDS = frozenset({"noise", "compare", "meet", "position", "warn", "legal"})


def struck_once(scan: Scan, row: Clause, readings: list[Reading]) -> Iterator[Reading]:
    """One weapon with which a strike told by its noun alone was made on a place or thing: «удар російською ракетою по …»."""
    sentence = row.sentence
    taken = {i for r in readings for i in range(r.phrase.start, r.phrase.end)}
    for strike in scan.within("attack_noun", sentence.start, sentence.end):
        cases = {t for t in strike.tags if t.endswith(".sg")}
        if not cases & _SUBJECT or strike.start in taken or _governed(scan, strike):
            continue
        k = strike.end
        last = min(strike.end + _DESCRIBED, sentence.end)
        while k < last and scan.at(k, "weapon") is None:
            if scan.tokens[k].kind != "w" or scan.at(k, "prep", "place_prep", "conj", "predicate"):
                break
            k += 1
        weapon = scan.at(k, "weapon")
        if weapon is None or weapon.tags != _WITH_ONE or weapon.start in taken:
            continue
        if scan.at(weapon.end, "place_prep") is None:
            continue
        amount = Amount(
            strike.start, strike.start, (strike.start, weapon.end), 1, 1, "exact", "article"
        )
        phrase = Phrase(amount, strike.start, weapon.end, {"weapon": weapon}, _models(weapon))
        phrase.sentence = sentence.index
        yield Reading(phrase, strike, "hit", "weapon", CARRIED)


def _governed(scan: Scan, strike: Found) -> bool:
    """Whether a verb makes a strike, or only speaks of one: "delivered a strike", "a strike is possible"."""
    near = range(max(0, strike.start - _BEFORE), strike.start)
    deeds = [f for k in near for f in scan.starting.get(k, ()) if f.term.type == "predicate"]
    return any(f.term.get("frame") in _MAKES for f in deeds) or any(
        scan.at(k, "possible", "planned", "negation", "unreal", "says") is not None for k in near
    )


def _models(weapon: Found) -> tuple[str, ...]:
    return (str(weapon.term.get("model")),) if weapon.term.get("model") else ()


def class_of_attacks(scan: Scan, clause: Clause, reading: Reading) -> str:
    """The class of the attacks that a reading counts: its noun's, its verb's, or that of the weapon beside the verb."""
    head = reading.phrase.heads.get("attack_noun") if reading.noun == "attack_noun" else None
    predicate = reading.predicate
    named = str(head.term.get("class")) if head is not None else _ANY
    means = _means_behind(scan, reading.phrase) if named in (_ANY, _AIR) else None
    if means is not None or named != _ANY:
        return means or named
    if head is not None and _flown(scan, clause, predicate):
        return _AIR
    if predicate.term.type == "predicate" and predicate.term.get("class"):
        return str(predicate.term.get("class"))
    if head is None and scan.within("front_word", clause.sentence.start, predicate.start):
        return "clash"  # "on the Kupiansk axis they attacked 14 times"
    return _ANY if head is not None else _by_weapon(scan, clause, predicate)


def _flown(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether an air arm is the subject of a verb: "the air force carried out 81 strikes"."""
    arms = scan.within("air_arm", clause.sentence.start, predicate.start)
    return bool(arms) and not any(
        scan.tokens[i].text in ",;:" for i in range(arms[-1].end, predicate.start)
    )


def _means_behind(scan: Scan, phrase: Phrase) -> str | None:
    """The class that the means right behind attacks gives, behind a dash where it is a part: «з них 300 – дронами»."""
    k = phrase.amount.end
    dashed = k + 1 < len(scan.tokens) and scan.tokens[k].text == "–"
    weapon = scan.at(k + 1 if dashed else phrase.end, "weapon")
    means = (
        weapon is not None and bool(weapon.tags) and all(t.startswith("ins.") for t in weapon.tags)
    )
    if weapon is not None and not dashed and scan.at(weapon.end, "conj"):
        return None  # "six strikes with drones and missiles"
    return _STRIKES.get(str(weapon.term.get("class"))) if weapon is not None and means else None


def _by_weapon(scan: Scan, clause: Clause, predicate: Found) -> str:
    """The class that the weapon nearest a verb of attacking names, in its own clause: "attacked by drones"."""
    first = max(clause.sentence.start, predicate.start - _WITH)
    last = min(clause.sentence.end, predicate.end + _WITH)
    named = [
        (abs(f.start - predicate.start), class_)
        for kind in ("weapon", "equipment", "attack_noun")
        for f in scan.within(kind, first, last)
        if (class_ := _STRIKES.get(str(f.term.get("class")))) is not None
        and clause.crossing(*_between(f, predicate)) < 3.0
    ]
    classes = {class_ for _, class_ in named}
    return min(named)[1] if len(classes) == 1 else _ANY


def _between(a: Found, b: Found) -> tuple[int, int]:
    return (a.end, b.start) if a.end <= b.start else (b.end, a.start)


def counted_alone(
    scan: Scan, clause: Clause, readings: list[Reading], intro: Clause | None = None
) -> list[Reading]:
    """Attacks that a number counts and no verb takes: "the staff told of 152 combat engagements"; parts of them behind.

    `intro` is the sentence that opens the list of this one.
    """
    taken = {id(r.phrase) for r in readings}
    if any(p.term.get("frame") in _NO_DEEDS for p in clause.predicates):
        return []
    out = []
    for phrase in clause.phrases:
        noun = phrase.heads.get("attack_noun")
        if noun is None or id(phrase) in taken or phrase.amount.sort != "number":
            continue
        front = scan.within("front_word", clause.sentence.start, phrase.start)
        if (phrase.amount.low or 2) < 2 or not (
            noun.term.get("class") != _ANY
            or _said(scan, phrase.start)
            or front
            or _only(scan, clause, phrase)
        ):
            continue
        out.append(Reading(phrase, noun, "attacks", "attack_noun", CARRIED, True))
        if partitive_before(scan, phrase.start, clause.sentence.start) is not None:
            out.extend(_parts(clause, phrase, noun, taken))
    return out or _listed(scan, clause, intro, taken)


def _parts(clause: Clause, whole: Phrase, noun: Found, taken: set[int]) -> Iterator[Reading]:
    """The numbers that are parts of the attacks before them: "of 200 shellings 64 fell on the town"."""
    for phrase in clause.phrases:
        behind = phrase.start >= whole.end and id(phrase) not in taken
        if behind and _plain(phrase) and may_hold(whole, phrase):
            phrase.heads, phrase.inherited = {"attack_noun": noun}, whole
            yield Reading(phrase, noun, "attacks", "attack_noun", CARRIED, True)


def _listed(scan: Scan, clause: Clause, intro: Clause | None, taken: set[int]) -> list[Reading]:
    """The attacks of an item whose list is headed by their noun alone: "Clashes: – Lyman axis – 19"."""
    if intro is None or clause.predicates or intro.phrases:
        return []
    nouns = scan.within("attack_noun", intro.sentence.start, intro.sentence.end)
    nouns = [f for f in nouns if f.term.get("class") != _ANY]
    rows = [p for p in clause.phrases if _plain(p) and id(p) not in taken]
    if len(nouns) != 1 or len(rows) != 1:
        return []
    rows[0].heads = {"attack_noun": nouns[0]}
    return [Reading(rows[0], nouns[0], "attacks", "attack_noun", CARRIED, True)]


def _plain(phrase: Phrase) -> bool:
    return phrase.elided and phrase.amount.sort == "number" and not phrase.amount.people


def _only(scan: Scan, clause: Clause, phrase: Phrase) -> bool:
    """Whether nothing is told but the number itself: "38 strikes on the town in a day"."""
    dashed = phrase.start > clause.sentence.start and scan.tokens[phrase.start - 1].text in "–:"
    opens = dashed or phrase.start == clause.sentence.start
    beside = phrase.heads["attack_noun"].start - phrase.amount.end <= 1
    return (opens and beside) and all(
        phrase.start <= p.start < phrase.end for p in clause.predicates
    )


def _said(scan: Scan, start: int) -> bool:
    """Whether a verb of saying stands right before a number, or a noun that gathers: "documented 21 attacks", "a series of 14"."""
    of = scan.at(start - 1, "partitive") if start > 1 else None
    gathered = scan.at(start - 2, "predicate") if of is not None else None
    if gathered is not None and gathered.term.get("gathers"):
        return True
    told = start - 1 if start and scan.at(start - 1, "prep", "place_prep") else start
    return any(f.end == told for n in (1, 2) for f in scan.within("says", told - n, told))
