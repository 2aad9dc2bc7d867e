"""Who is without light, heat, gas or water: what a number of them counts, and whose share a percentage is.

Enters: a `Scan` and a phrase. Leaves: the answer. Does not belong here: what was cut off (`outages`).
"""

from __future__ import annotations

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan

_COUNTED = {"settlement": "settlements", "person": "people"}
_SEVERAL = frozenset({"gen.pl", "pl"})
_MAINS = ("gas", "water")
_WHOLE = 3  # tokens behind a percentage in which its whole stands


def counted(scan: Scan, phrase: Phrase, noun: str | None) -> str | None:
    """What a number of those without a supply counts: customers, people, settlements or buildings.

    None where a percentage is of a whole town.
    """
    if noun == "percent":
        return shared_among(scan, phrase) or None
    customer = phrase.heads.get("customer")
    told = customer.term.get("counted") if customer is not None else None
    return str(told or _COUNTED.get(str(noun), "customers"))


def shared_among(scan: Scan, phrase: Phrase) -> str | None:
    """Of whom a percentage is: those counted, an empty string for a town or region; None where it is of anything else."""
    for k in range(phrase.end, min(phrase.end + _WHOLE, len(scan.tokens))):
        if scan.tokens[k].kind != "w":
            return None
        if (customer := scan.at(k, "customer")) is not None:
            return str(customer.term.get("counted"))
        if (town := scan.at(k, "settlement")) is not None:
            return "settlements" if town.tags & _SEVERAL else ""
        if scan.at(k, "person") is not None:
            return "people"
        if scan.at(k, "region_noun") is not None or scan.tokens[k].capital:
            return ""
        if scan.at(k, "predicate", "aux", "supply"):
            return None
    return None


def mains(scan: Scan, first: int, last: int) -> list[Found]:
    """The gas and water mains struck before those whom nothing else says what is cut off from."""
    found = scan.within("object", first, last)
    classes = {f.term.get("class") for f in found}
    return [] if "energy" in classes else [f for f in found if f.term.get("class") in _MAINS]
