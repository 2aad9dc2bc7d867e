"""Words of the ground war that tell nothing of a place: epithets, demands, what is kept from somebody, what people do.

Enters: a predicate, its sentence and the places there. Leaves: whether it is silent; what repels an attack.
Does not belong here: which place it is said of (`ground`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan

_NEAR = 4.5
_OF_CONTROL = 3  # tokens between a verb of taking and the noun for the control that it takes
_UNKNOWN = 5  # tokens between a verb of taking and the ring that is closed around the place
# Deeds that an attempt has not done yet.
_TAKEN = frozenset({"capture", "liberate", "enter", "advance", "encircle"})
# tokens before an infinitive in which the attack stands whose aim it is
_KEPT_FROM = 6  # tokens before a deed in which a word stands that keeps somebody from it
# tokens of an item's mark and of what stands before its place
_UNPROVED = 4.0  # how far what there is no evidence of stands from those words
_RELATIVE = 7  # tokens between people and what is said of them by a relative
_WANTED = 8  # tokens before a predicate in which a demand or an order governs it
_TRIED = 4  # tokens before a noun for defence in which an attempt to break it stands
_DECLARED = 5  # tokens before a participle in which the verb stands that declares a place so
_LEAVING = 5  # tokens between a verb of leaving and who left
_FIGHTERS = ("forces", "equipment", "pronoun", "relative", "voice")


def silent(
    scan: Scan, clause: Clause, places: list[Mention], predicate: Found, *, flexible: bool
) -> bool:
    """Whether a predicate tells nothing; `flexible` tells that the language's word order is free."""
    if epithet(scan, predicate) or _of_people(scan, predicate):
        return True
    if _prevented(scan, clause, predicate) or _ringed(clause, predicate):
        return True
    rival = predicate.term.get("unless")
    if predicate.term.get("only") == "area" or (
        rival and scan.within(str(rival), clause.sentence.start, clause.sentence.end)
    ):
        return True
    if (not flexible or _undone(predicate)) and _only_wanted(scan, clause, predicate):
        return True
    if (not flexible or predicate.term.group == "noun") and _unsaid(scan, clause, predicate):
        return True
    if predicate.term.get("frame") == "hold" and (
        scan.within("weapon", predicate.end, predicate.end + 3) or _broken(scan, predicate)
    ):
        return True  # "air defences beat back an attack of eight drones"
    if flexible:
        return _by_civilians(scan, predicate) or _left_by_civilians(scan, clause, predicate)
    return taken_control(scan, clause, predicate) or _unfought(scan, clause, places, predicate)


def _broken(scan: Scan, predicate: Found) -> bool:
    """Whether a noun for defence is only what somebody tries to break: "11 attempts to break through the defence"."""
    first = max(0, predicate.start - _TRIED)
    return predicate.term.group == "noun" and any(
        f.end <= predicate.start
        for kind in ("attack_noun", "attempt")
        for f in scan.within(kind, first, predicate.start)
    )


def _unfought(scan: Scan, clause: Clause, places: list[Mention], predicate: Found) -> bool:
    """Whether no army holds or enters: "hold Moscow to account", "fuel entering Gaza"."""
    frame, first = predicate.term.get("frame"), clause.sentence.start
    if frame == "hold" and predicate.term.group == "active":
        behind = (m for m in places if m.start == predicate.end)
        return any(government(scan, m) and scan.at(m.end, "prep") for m in behind)
    if frame != "enter" or predicate.start == first:
        return False
    before = range(max(first, predicate.start - _KEPT_FROM), predicate.start)
    return not any(_fighter(scan, i) for i in before)


def _fighter(scan: Scan, i: int) -> bool:
    """Whether an army, its people or its vehicles, or a name that the lexicon lacks, stand at a token."""
    if scan.tokens[i].capital and i not in scan.starting:
        return True
    person = scan.at(i, "person")
    if person is not None:
        return person.term.get("class") == "soldier" or scan.at(i, "forces") is not None
    return scan.at(i, *_FIGHTERS, "nation") is not None


def taken_control(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a noun for control is only what a verb before it says was taken, lost or won back."""
    if not control(predicate) or scan.at(predicate.end, "partitive") is None:
        return False
    return any(
        p.term.get("frame") in ("capture", "liberate")
        and 0 <= predicate.start - p.end <= _OF_CONTROL
        for p in clause.predicates
    )


def _of_people(scan: Scan, predicate: Found) -> bool:
    """Whether people are what is held, told by a relative behind their noun: "residents, whom they held in X"."""
    if predicate.term.get("frame") != "hold":
        return False
    near = range(predicate.start - 1, max(0, predicate.start - _RELATIVE), -1)
    k = next((i for i in near if scan.at(i, "relative")), None)
    if k is None:
        return False
    people = scan.within("person", max(0, k - _RELATIVE), k)
    return bool(people) and not any(
        scan.at(i, "says", "predicate", "aux") for i in range(people[-1].end, k)
    )


def _by_civilians(scan: Scan, predicate: Found) -> bool:
    """Whether people who are no soldiers are the subject right before an active verb: «жители покинули город»."""
    if predicate.term.group != "active":
        return False
    k = predicate.start - 1
    while k >= 0 and scan.at(k, "adverb", "number", "aux"):
        k -= 1
    return any(
        f.end == k + 1
        and f.term.type == "person"
        and f.term.get("class") in ("person", "civilian", "child")
        and not f.term.get("nation")
        and any(t.startswith("nom.") for t in f.tags)
        for n in (1, 2, 3)
        if k >= n - 1
        for f in scan.starting.get(k + 1 - n, ())
    )


def _left_by_civilians(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether those who left a place are counted or named behind the verb and are no army: «місто покинули жителі»."""
    if predicate.term.get("frame") != "withdraw" or predicate.term.group != "active":
        return False
    counted = [
        p.heads["person"]
        for p in clause.phrases
        if "person" in p.heads and p.start >= predicate.end
    ]
    words = scan.within("person", predicate.end, predicate.end + _LEAVING)
    named = [f for f in words if any(t.startswith("nom.") for t in f.tags)]
    return any(
        f.start - predicate.end <= _LEAVING
        and f.term.get("class") != "soldier"
        and not any(_parts(scan, i) for i in range(predicate.end, f.start))
        for f in (*counted, *named)
    )


def _parts(scan: Scan, i: int) -> bool:
    return scan.tokens[i].kind == "p" or scan.at(i, "place_prep", "conj", "relative") is not None


def _ringed(clause: Clause, predicate: Found) -> bool:
    """Whether a verb of taking is only of a ring closed around a place: «взяли Курахове в кільце»."""
    return predicate.term.get("frame") == "capture" and any(
        p.term.get("frame") == "encircle"
        and p.term.group == "noun"
        and 0 <= p.start - predicate.end <= _UNKNOWN
        for p in clause.predicates
    )


def _undone(predicate: Found) -> bool:
    """Whether a word names a deed without saying that it is done: a noun or an infinitive."""
    return predicate.term.group == "noun" or "inf" in predicate.tags


def _only_wanted(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether the deed is only demanded, offered, refused or ordered: "demanded that they withdraw from X"."""
    for p in clause.predicates:
        if p.term.get("frame") != "position" or p.end > predicate.start:
            continue
        if predicate.start - p.end > _WANTED or clause.crossing(p.end, predicate.start) > 3.5:
            continue
        if scan.within("aux", p.end, predicate.end):
            continue  # "insisted that the town was holding out"
        if p.term.get("stance") in ("demands", "refuses", "orders", "offers"):
            return True
    return False


def _unsaid(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether the deed is beaten back, told of by a verb before it, or something that there is no proof of."""
    first = clause.sentence.start
    if any(
        repels(scan, p, predicate) or beaten_back(scan, p, predicate) for p in clause.predicates
    ):
        return True
    return any(
        f.term.get("proof") and clause.crossing(f.end, predicate.start) < _UNPROVED
        for f in scan.within("negation", first, predicate.start)
    )


def _prevented(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether the words only tell that somebody is kept from it or tries: "so as not to let them gain a foothold"."""
    first = max(clause.sentence.start, predicate.start - _KEPT_FROM)
    to = scan.at(predicate.start - 1, "prep") if predicate.start > first + 1 else None
    if to is not None and to.term.get("infinitive") and scan.at(to.start - 1, "negation"):
        return True  # "warned them not to abandon the town"
    tried = predicate.term.get("frame") in _TAKEN and scan.within("attempt", first, predicate.start)
    kept = [f for f in scan.within("negation", first, predicate.start) if f.term.get("prevents")]
    return any(clause.crossing(f.end, predicate.start) < _NEAR / 2 for f in (*kept, *(tried or ())))


def epithet(scan: Scan, predicate: Found) -> bool:
    """Whether a participle only describes a place: "in occupied Crimea", «на окупованій території»."""
    if predicate.term.group == "passive" and predicate.tags:
        if "ins.sg" in predicate.tags and _declared(scan, predicate):
            return False
        return not any(t == "imp" or t.startswith(("short", "nom")) for t in predicate.tags)
    if predicate.term.group != "verb" or predicate.end - predicate.start > 1:
        return False
    k = predicate.start - 1
    if scan.at(predicate.start, "side_word") and (k < 0 or scan.tokens[k].text in ".!?:"):
        return True  # "Occupied Donetsk was shelled"
    while k > 0 and scan.at(k, "adverb", "side_word"):
        k -= 1
    return scan.at(k, "prep", "place_prep", "article") is not None or scan.definite(k)


def _declared(scan: Scan, predicate: Found) -> bool:
    """Whether a verb of saying close before tells that a place was declared so: «объявило Угледар освобождённым»."""
    low = max(0, predicate.start - _DECLARED)
    told = [f for f in scan.within("says", low, predicate.start) if f.end < predicate.start]
    return any(all(scan.tokens[i].kind == "w" for i in range(f.end, predicate.start)) for f in told)


def repels(scan: Scan, predicate: Found, other: Found) -> bool:
    """Whether the one predicate beats back the attack that the other one names: "repelled assaults near X"."""
    hold = predicate.term.get("frame") == "hold"
    return hold and predicate.end <= other.start <= predicate.end + 4 and names_attack(scan, other)


def beaten_back(scan: Scan, hold: Found, attack: Found) -> bool:
    """Whether a verb behind the places of an attack tells that it was beaten back: "nine assaults near X and Y, all repelled"."""
    if hold.term.get("frame") != "hold" or hold.term.group not in ("verb", "passive"):
        return False
    if attack.term.group != "noun" or not (attack.end < hold.start and names_attack(scan, attack)):
        return False
    between = range(attack.end, hold.start)
    passive = hold.term.group == "passive" or any(scan.at(i, "aux", "all", "both") for i in between)
    return passive and all(
        scan.tokens[i].text == ","
        or scan.tokens[i].capital
        or scan.at(
            i, "conj", "all", "both", "aux", "relative", "partitive", "place_prep", "article"
        )
        for i in between
    )


def names_attack(scan: Scan, found: Found) -> bool:
    """Whether a predicate is the noun of an attack or of an advance, which one may repel."""
    if scan.at(found.start, "attack_noun", "attack_word"):
        return True
    return found.term.get("frame") in ("assault", "advance") and found.term.group == "noun"


def control(found: Found) -> bool:
    """Whether a word is one for holding a place: "control"."""
    return bool(found.term.get("frame") == "control")


def government(scan: Scan, mention: Mention) -> bool:
    """Whether the name of a capital stands for a government here."""
    nation = scan.at(mention.start, "nation")
    return nation is not None and bool(nation.term.get("metonym"))
