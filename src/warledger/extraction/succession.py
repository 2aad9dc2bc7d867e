"""One more of those counted, told by a word alone: "one was jammed, the second fell", "a woman died and another was hurt".

Enters: a `Scan` and a token. Leaves: the `Amount` of one more, or None. Does not belong here: numbers (`numbers`).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from warledger.extraction.amounts import Amount
from warledger.extraction.scan import Found, Scan
from warledger.model import Number

_INSERTED = 12  # tokens of a clause between two commas


def weapon_at(scan: Scan, i: int) -> bool:
    """Whether a weapon stands there."""
    return i < len(scan.tokens) and scan.at(i, "weapon") is not None


def opens(scan: Scan, i: int, first: int, counted: AbstractSet[Number]) -> bool:
    """Whether an ordinal opens its sentence, or tells of the one behind those counted, or of the last of them."""
    if i == first or (i == first + 1 and scan.at(first, "article")):
        return True
    found = scan.at(i, "ordinal")
    value = found.term.get("value") if found is not None else None
    return value is not None and (value in counted or value - 1 in counted)


def next_one(scan: Scan, i: int, last: int) -> Amount | None:
    """One more of a few that were counted: "one was jammed, the second fell by itself"."""
    found = scan.at(i, "latter", "ordinal")
    if found is None or found.end >= last or (i and scan.at(i - 1, "place_prep", "prep")):
        return None  # "in the second – six": no one more
    deed = _verb_at(scan, found.end, last)
    if deed is None and scan.tokens[found.end].text != "–":
        return None
    if deed is not None and _harms(scan, deed):
        return None  # "the second killed five"
    return Amount(i, found.end, (i, found.end), 1, 1, "exact", "number", more=True)


def another(scan: Scan, i: int, last: int) -> Amount | None:
    """One more by a word that needs no number, right before what became of it: "and another injured"."""
    found = scan.at(i, "more", "rest")
    if found is None or not found.term.get("one") or found.end >= last:
        return None
    if i and scan.at(i - 1, "place_prep", "prep", "number"):
        return None  # "one after another"
    rows = scan.starting.get(found.end, ())
    deeds = [f for f in rows if f.term.type == "predicate" and f.term.group != "noun"]
    if _counted(scan, found.end) and found.term.type == "more":
        return Amount(i, found.end, (i, found.end), 1, 1, "exact", "number", more=True)
    if not (deeds or scan.at(found.end, "aux")) or any(_harms(scan, f) for f in deeds):
        return None
    return Amount(i, found.end, (i, found.end), 1, 1, "exact", "number", more=True)


def _counted(scan: Scan, k: int) -> bool:
    """Whether one person or weapon stands there, a nation's adjective before it or not: "another Ukrainian soldier"."""
    if (nation := scan.at(k, "nation")) is not None and scan.at(nation.end, "person", "weapon"):
        k = nation.end
    noun = scan.at(k, "person", "weapon")
    return noun is not None and "sg" in noun.tags and scan.at(k, "attack_noun") is None


def _harms(scan: Scan, deed: Found) -> bool:
    """Whether whoever stands before a verb kills or hurts others: "another killed two"."""
    behind = scan.at(
        deed.end, "number", "article", "person", "all", "both", "vague_number", "bound"
    )
    digit = deed.end < len(scan.tokens) and scan.tokens[deed.end].kind == "n"
    return deed.term.get("frame") in ("kill", "wound") and bool(digit or behind)


def _verb_at(scan: Scan, i: int, last: int) -> Found | None:
    """The predicate that stands there, or behind a clause between two commas, its auxiliary before it."""
    aux = scan.at(i, "aux")
    if (deed := scan.at(i if aux is None else aux.end, "predicate")) is not None:
        return deed
    if scan.tokens[i].text != ",":
        return None
    closing = next(
        (k for k in range(i + 1, min(i + _INSERTED, last)) if scan.tokens[k].text == ","), None
    )
    if closing is None or closing + 1 >= last:
        return None
    return scan.at(closing + 1, "predicate")
