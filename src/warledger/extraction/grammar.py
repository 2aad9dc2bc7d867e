"""What a noun's case and a verb's ending allow between the two.

Enters: a phrase and a predicate. Leaves: whether the one can take the other. Does not belong here: how far apart
they stand (`costs`), what the two say together (`frames`).
"""

from __future__ import annotations

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

# Active verbs of these frames take what is counted as their object.
_THING = 4  # tokens behind a verb in which the thing stands that it was done to
_MASCULINE = "short.m.sg"  # the tag of a short participle that agrees with one masculine subject
_TRANSITIVE = frozenset({"intercept", "destroy", "kill", "wound", "rescue", "damage", "imprison"})


def takes_bare(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether grammar lets a predicate take a noun without a number, by the noun's case where it shows one.

    An accusative needs an active verb; the subject of a verb in the active singular did it, and was not its object.
    """
    head = next(iter(phrase.heads.values()))
    if head.tags and not any("." in tag for tag in head.tags):
        return True
    if not head.tags and "weapon" in phrase.heads and head.term.get("class") == "drone":
        return _of_abbreviation(scan, phrase, predicate) or _of_one_nation(scan, phrase)
    theirs = not head.tags and scan.at(phrase.start - 1, "person", "role", "forces")
    if theirs or ("person" in phrase.heads and _does(scan, phrase, head)):
        return False  # "the pilots of the F-16"
    frame, group = predicate.term.get("frame"), predicate.term.group
    nominative = "nom.sg" in head.tags or not head.tags
    endings = {t.rpartition(".")[2] for t in predicate.tags}
    oblique = head.tags and not nominative and group == "intransitive"
    if predicate.tags and (oblique or all(t.startswith("pres") for t in predicate.tags)):
        return False  # who died stands in the nominative; what is done usually
    if head.tags and group in ("passive", "intransitive") and endings == {"pl"}:
        return _one_of_several(scan, phrase)
    before = phrase.end <= predicate.start
    if instrumental(head):
        return group in ("active", "passive") and frame in ("launch", "hit")
    if not nominative and "weapon" in phrase.heads:
        hit = group == "noun" and frame == "hit" and predicate.end == phrase.start
        taken = frame in _TRANSITIVE and (group == "active" or "imp" in predicate.tags)
        return hit or taken  # "the direct hit of a bomb"
    if not (nominative and before and group == "active" and frame in _TRANSITIVE):
        return True
    return _breaks(scan, phrase, predicate) or not any(t.endswith(".sg") for t in predicate.tags)


def _breaks(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether one weapon right before a verb is the subject of what it did to a thing: «дрон зруйнував під'їзд»."""
    head = phrase.heads.get("weapon")
    if head is None or head.term.get("class") in ("any", "aircraft"):
        return False
    told = predicate.term.get("frame") in ("damage", "destroy") and phrase.end == predicate.start
    return told and bool(scan.within("object", predicate.end, predicate.end + _THING))


def _does(scan: Scan, phrase: Phrase, head: Found) -> bool:
    """Whether somebody is the subject of a verb right behind of what was done to others: «бригада госпитализировала …»."""
    deed = scan.at(phrase.end, "predicate") if "nom.sg" in head.tags else None
    if deed is None or "acc.sg" in head.tags or deed.term.group != "active":
        return False
    done = deed.term.get("frame") in _TRANSITIVE
    return done and any(t.endswith(".sg") for t in deed.tags)


def _of_one_nation(scan: Scan, phrase: Phrase) -> bool:
    """Whether the adjective of a nation in the singular stands before a name without cases: «американский MQ-9»."""
    nation = scan.at(phrase.start - 1, "nation") if phrase.start else None
    return nation is not None and bool(nation.tags) and all(t.endswith(".sg") for t in nation.tags)


def _of_abbreviation(scan: Scan, phrase: Phrase, predicate: Found) -> bool:
    """Whether a verb's singular tells that an abbreviation without cases is one, and its subject.

    What hit or was lost stands before its verb; what was undone is told by a masculine participle, in either order.
    """
    start = _past_adjectives(scan, phrase.start)
    if _owned(scan, start):
        return False
    before = phrase.end <= predicate.start
    if predicate.term.get("frame") in ("hit", "lose"):
        return before and any(t.endswith(".sg") for t in predicate.tags)
    undone = predicate.term.get("frame") in ("intercept", "destroy")
    return undone and _MASCULINE in predicate.tags and (before or start == predicate.end)


def _past_adjectives(scan: Scan, k: int) -> int:
    """Where the adjectives before a noun begin."""
    while k > 0 and scan.tokens[k - 1].kind == "w" and _is_adjective(scan, k - 1):
        k -= 1
    return k


def _is_adjective(scan: Scan, k: int) -> bool:
    ends = bool(scan.adjectives) and scan.tokens[k].text.endswith(scan.adjectives)
    return bool(scan.at(k, "nation") or ends) and scan.at(k, "predicate") is None


def _owned(scan: Scan, k: int) -> bool:
    """Whether a noun stands right before a token, which then tells whose or of what it is: "a depot of drones"."""
    if k < 1 or scan.tokens[k - 1].kind != "w":
        return False
    kinds = ("attack_noun", "attack_word", "object", "equipment", "person", "forces", "debris")
    if any(
        f.end == k
        for n in (1, 2, 3)
        if k >= n
        for f in scan.starting.get(k - n, ())
        if f.term.type in kinds
    ):
        return True
    return k - 1 not in scan.starting


def _one_of_several(scan: Scan, phrase: Phrase) -> bool:
    """Whether another singular noun or a number is joined to this one: they are a plural verb's subjects together."""
    kinds = tuple(phrase.heads)
    for step, at in ((1, phrase.end), (-1, phrase.start - 1)):
        joined = False
        for k in range(at, at + 6 * step, step):
            if not 0 <= k < len(scan.tokens) or scan.tokens[k].text in ".;:":
                break
            joined = joined or scan.tokens[k].text == "," or scan.at(k, "conj") is not None
            if joined and (scan.tokens[k].kind == "n" or scan.at(k, "number")):
                return True
            found = scan.at(k, *kinds) if joined else None
            if found is not None and (
                found.term.get("count") or any(t.startswith("nom.") for t in found.tags)
            ):
                return True
    return False


def aimed_at(phrase: Phrase, predicate: Found) -> bool:
    """Whether "targets" are what was struck, and no weapons that struck."""
    any_ = phrase.heads["weapon"].term.get("class") == "any"
    object_ = predicate.term.group == "verb" and predicate.end <= phrase.start
    return any_ and (object_ or predicate.term.group in ("active", "passive"))


def instrumental(head: Found) -> bool:
    """Whether the noun stands in the instrumental only: the means, not the thing."""
    return bool(head.tags) and all(tag.startswith("ins.") for tag in head.tags)
