"""Scales: a word such as "thousand" that the numbers of a list share: "70, 40 and 25 thousand", «Львівщина – 43 тисячі, Волинь – 24».

Enters: a `Scan` and the amounts of a sentence. Leaves: the same amounts, those that leave the word out at its scale.
Does not belong here: reading a single number (`numbers`), the two ends of a range (`ranges`).
"""

from __future__ import annotations

from warledger.extraction.amounts import Amount, whole
from warledger.extraction.scan import Scan

_LIST = 2  # numbers before the one with the word, at least
_ITEM = 6  # tokens of an item of a breakdown by places


def share(scan: Scan, raw: list[Amount]) -> None:
    """Gives the numbers of a list the scale that one of them has a word for."""
    for n, amount in enumerate(raw):
        if (scale := _own(scan, amount)) is None:
            continue
        before = _listed_before(scan, raw[:n], amount, scale)
        for a in before if len(before) >= _LIST or _paired(scan, amount) else []:
            _multiply(a, scale)
        for a in _broken_down(scan, raw[n + 1 :], amount, scale):
            _multiply(a, scale)


def _paired(scan: Scan, last: Amount) -> bool:
    """Whether what stands behind a number deals it and the one before out to two: «25 і 12 тисяч – на …»."""
    end = last.core[1]
    dashed = end < len(scan.tokens) and scan.tokens[end].text == "–"
    return dashed and scan.at(end + 1, "place_prep") is not None


def _own(scan: Scan, amount: Amount) -> float | None:
    """What the last word of a number multiplies by; None where it has none."""
    if amount.sort != "number" or amount.barred or amount.core[1] - amount.core[0] < _LIST:
        return None
    for k in (amount.core[1] - 1, amount.core[1] - 2):
        word = scan.at(k, "number")
        if word is not None and word.term.get("part") == "multiplier":
            return float(word.term.get("value"))
    return None


def _bare(scan: Scan, amount: Amount, scale: float) -> bool:
    """Whether a number stands in digits alone, less than the scale."""
    first, last = amount.core
    plain = amount.sort == "number" and not amount.barred and amount.unit is None
    digits = last - first == 1 and scan.tokens[first].kind == "n"
    return plain and digits and amount.low == amount.high and 0 < float(amount.low or 0) < scale


def _multiply(amount: Amount, scale: float) -> None:
    amount.low = amount.high = whole(float(amount.low or 0) * scale)


def _listed_before(scan: Scan, rows: list[Amount], last: Amount, scale: float) -> list[Amount]:
    """The bare numbers of a list right before one, joined to it by a conjunction and to each other by commas."""
    found: list[Amount] = []
    behind = last
    for amount in reversed(rows):
        k = amount.core[1]
        joint = scan.at(k, "conj")
        joined = joint is not None and joint.term.get("joins") in ("and", "or")
        parted = bool(found) and scan.tokens[k].text == ","
        if behind.core[0] - k != 1 or not (joined or parted) or not _bare(scan, amount, scale):
            break
        found.append(amount)
        behind = amount
    return found


def _broken_down(scan: Scan, rows: list[Amount], first: Amount, scale: float) -> list[Amount]:
    """The bare numbers of a breakdown by places behind one, each at a dash beside its place."""
    found: list[Amount] = []
    before = first
    side = _dashed(scan, first)
    for amount in rows if side else []:
        between = range(before.core[1], amount.core[0])
        marks = [i for i in between if scan.tokens[i].text in ",;"]
        told = any(scan.at(i, "predicate", "says") for i in between)
        if len(marks) != 1 or told or len(between) > _ITEM or _dashed(scan, amount) != side:
            break
        if not _bare(scan, amount, scale):
            break
        found.append(amount)
        before = amount
    return found


def _dashed(scan: Scan, amount: Amount) -> int:
    """On which side of a number a dash parts it from a name: -1 before it, 1 behind it, 0 on none."""
    first, last = amount.core
    if first > 1 and scan.tokens[first - 1].text == "–" and scan.tokens[first - 2].capital:
        closed = last >= len(scan.tokens) or scan.tokens[last].kind in "pl"
        return -1 if closed else 0
    named = last + 1 < len(scan.tokens) and scan.tokens[last].text == "–"
    return 1 if named and scan.tokens[last + 1].capital else 0
