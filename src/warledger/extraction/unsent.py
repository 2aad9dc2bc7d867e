"""Weapons that did not get to strike: destroyed where they stood, not yet sent, stopped when they tried.

Enters: a `Scan` and the words beside the weapons. Leaves: whether it is so. Does not belong here: what kind of claim
they make (`fitting`).
"""

from __future__ import annotations

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_GROUND = 7  # tokens behind a verb of destroying in which an airfield stands
_LEADING = 5  # tokens before such a verb in which one stands
_SITES = ("airfield", "military", "industry")
_PREPARED = 3  # tokens behind weapons in which a word for their preparation stands
_TRIED = 2  # tokens before a verb of attacking in which an attempt stands
_STOPPED = 12  # tokens behind an attack that was tried in which the weapons are told to be stopped
_LINKS = "-'\""


def on_the_ground(scan: Scan, predicate: Found) -> bool:
    """Whether words say that what is destroyed stood somewhere: "destroyed on the apron", «на аэродроме уничтожены»."""
    if predicate.term.get("frame") != "destroy":
        return False
    for k in range(predicate.end, min(predicate.end + _GROUND, len(scan.tokens))):
        if scan.at(k, "unsent") is not None:
            return True
        if _site(scan, k):
            led = scan.within("place_prep", predicate.end, k)
            return bool(led) and _inside(led[-1])
        if scan.tokens[k].kind == "p" and scan.tokens[k].text not in _LINKS:
            break
        if scan.at(k, "predicate", "agent", "conj"):
            break
    k = predicate.start - 1
    while k >= 0 and predicate.start - k <= _LEADING and scan.tokens[k].kind == "w":
        if _site(scan, k):
            before = (f for n in (1, 2) for f in scan.starting.get(k - n, ()) if f.end == k)
            return any(_inside(f) for f in before)
        k -= 1
    return False


def _site(scan: Scan, k: int) -> bool:
    """Whether a word for where weapons stand or are kept begins at a token."""
    there = scan.at(k, "object")
    return there is not None and there.term.get("class") in _SITES


def _inside(found: Found) -> bool:
    """Whether a preposition puts a thing at a place: not "over", "near" or "from" it."""
    term = found.term
    beside = term.get("near") or term.get("above") or term.get("role")
    return term.type == "place_prep" and not beside


def not_yet_sent(scan: Scan, phrase: Phrase) -> bool:
    """Whether words right behind weapons say that they had not left the ground: "missiles prepared to launch"."""
    for k in range(phrase.end, min(phrase.end + _PREPARED, len(scan.tokens))):
        if scan.at(k, "unsent") is not None:
            return True
        if not (scan.at(k, "relative", "aux", "adverb") or scan.tokens[k].text == ","):
            return False
    return False


def only_tried(scan: Scan, predicate: Found) -> bool:
    """Whether an attack was tried and the weapons were stopped: "a drone tried to attack a plant but was shot down"."""
    aimed = predicate.term.get("frame") == "target"
    if not (aimed or scan.within("attempt", predicate.start - _TRIED, predicate.start)):
        return False
    for k in range(predicate.end, min(predicate.end + _STOPPED, len(scan.tokens))):
        token = scan.tokens[k]
        if token.kind == "n" or token.text in ".;" or scan.at(k, "number", "all"):
            return False  # "… tried to attack, ten were shot down"
        found = scan.at(k, "predicate")
        if found is not None and found.term.get("frame") in ("intercept", "destroy", "lose"):
            return found.term.group != "noun"
    return False
