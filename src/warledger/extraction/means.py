"""Weapons as what somebody struck with or what attacks: sent, and not hit or aimed at.

Enters: a phrase that counts weapons and a predicate of striking or aiming. Leaves: the kind of claim, or None.
Does not belong here: verbs of launching themselves (`frames`).
"""

from __future__ import annotations

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan


def kind_of(scan: Scan, phrase: Phrase, predicate: Found, kind: str) -> str | None:
    """`launched` for weapons behind "with" and for those that attack; None for what is only aimed at."""
    frame = predicate.term.get("frame")
    if frame not in ("target", "hit") or phrase.amount.sort != "number":
        return None if frame == "target" else kind
    k = phrase.start - 1
    while k > predicate.end and scan.tokens[k].text == '"':
        k -= 1  # 'with "at least four" drones'
    prep = scan.at(k, "prep") if phrase.start > predicate.end else None
    if prep is not None and prep.term.get("means"):
        return "launched"
    if frame == "target" and phrase.end > predicate.start:
        return None  # what attacks stands before its verb: "74 drones attacked Kyiv"
    return kind
