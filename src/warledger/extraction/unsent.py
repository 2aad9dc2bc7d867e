"""Weapons that did not get to strike: destroyed where they stood, not yet sent, stopped when they tried.

Enters: a `Scan` and the words beside the weapons. Leaves: whether it is so. Does not belong here: what kind of claim
they make (`fitting`).
"""

from __future__ import annotations

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_GROUND = 7  # tokens behind a verb of destroying in which an airfield stands
_PREPARED = 3  # tokens behind weapons in which a word for their preparation stands
_TRIED = 2  # tokens before a verb of attacking in which an attempt stands
_STOPPED = 12  # tokens behind an attack that was tried in which the weapons are told to be stopped
_LINKS = "-'\""


def on_the_ground(scan: Scan, predicate: Found) -> bool:
    """Whether what destroys planes says that they stood on an airfield: "destroyed on the apron", "at its base"."""
    if predicate.term.get("frame") != "destroy":
        return False
    for k in range(predicate.end, min(predicate.end + _GROUND, len(scan.tokens))):
        if scan.at(k, "unsent") is not None:
            return True
        there = scan.at(k, "object")
        if there is not None and there.term.get("class") in ("airfield", "military"):
            return bool(scan.within("place_prep", predicate.end, k))
        if scan.tokens[k].kind == "p" and scan.tokens[k].text not in _LINKS:
            return False
        if scan.at(k, "predicate", "agent", "conj"):
            return False
    return False


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
