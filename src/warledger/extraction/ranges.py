"""Ranges: two numbers that are the ends of one ("10-12", "from 10 to 12", "between 40 and 50,000").

Enters: a `Scan` and the amounts of a sentence. Leaves: the same amounts, two that make a range joined.
Does not belong here: reading a single number (`numbers`).
"""

from __future__ import annotations

from warledger.extraction.amounts import Amount, whole
from warledger.extraction.scan import Scan
from warledger.model import Number

_PLAIN = 4  # digits that a number may have without its thousands marked


def join(scan: Scan, raw: list[Amount]) -> list[Amount]:
    """Joins "10-12", "from 10 to 12", "800 or 450" into one amount."""
    out: list[Amount] = []
    for amount in raw:
        before = out[-1] if out else None
        if before is not None and _grown_from(scan, before, amount):
            before.barred = "what a number grew from"
            out.append(amount)
        elif before is not None and _range_between(scan, before, amount):
            low, high = sorted((_in_scale(scan, before, amount), amount.low or 0))
            joined = Amount(
                before.start, amount.end, (before.core[0], amount.core[1]), low, high, "range"
            )
            joined.unit, joined.factor = amount.unit, amount.factor
            joined.barred = amount.barred or before.barred
            if low == high:
                joined.bound = "exact"
            out[-1] = joined
        else:
            out.append(amount)
    return out


def _grown_from(scan: Scan, a: Amount, b: Amount) -> bool:
    """Whether the first number is what the second one grew from: "rose from nine to eleven"."""
    opened = a.start > 1 and scan.at(a.start - 1, "prep", "place_prep")
    if not opened or a.sort != "number" or a.barred or b.sort != "number":
        return False
    to = scan.at(a.end, "range_word")
    grew = any(f.end == a.start - 1 for f in scan.within("grows", a.start - 3, a.start))
    return grew and to is not None and to.end == b.core[0]


def _range_between(scan: Scan, a: Amount, b: Amount) -> bool:
    if (
        a.sort != "number"
        or b.sort != "number"
        or a.barred not in (None, b.barred)
        or a.bound == "range"
    ):
        return False
    tokens = scan.tokens
    if b.core[0] == a.end and tokens[a.end].joined and tokens[a.end - 1].joined:
        hyphen = tokens[a.end].start == tokens[a.end - 1].end + 1
        return hyphen and (_scaled(a, b) or _in_scale(scan, a, b) != a.low)  # "two-three thousand"
    if b.core[0] - a.end == 1 and tokens[a.end].kind == "p" and tokens[a.end].text in "-–":
        tight = tokens[a.end].start == tokens[a.end - 1].end
        return tight or (
            scan.tokens[a.end].text == "–"
            and tokens[a.end].start - tokens[a.end - 1].end <= 1
            and _scaled(a, b)
            and tight
        )
    found = scan.at(a.end, "range_word") if a.end < len(tokens) else None
    if found is None or found.end != b.core[0]:
        return False
    opens = found.term.get("opens")
    if opens:
        k = a.start - 1
        while k > 0 and tokens[k].kind == "l":
            k -= 1
        return k >= 0 and tokens[k].text in opens
    if found.term.get("alternative"):
        return True
    return _scaled(a, b) or _in_scale(scan, a, b) != a.low


def _in_scale(scan: Scan, a: Amount, b: Amount) -> Number:
    """The first number of a range, counted in the multiplier of the second: "three to four thousand"."""
    low = a.low or 0
    if _thousands(scan, a, b):
        return whole(low * 1000)
    found = scan.at(b.core[1] - 1, "number")
    if found is None or found.term.get("part") != "multiplier":
        return low
    scaled = low * found.term.get("value")
    return whole(scaled) if scaled < (b.low or 0) and float(low) < found.term.get("value") else low


def _thousands(scan: Scan, a: Amount, b: Amount) -> bool:
    """Whether the thousands of the second number are meant of the first as well: "between 40 and 50,000"."""
    low, high = float(a.low or 0), float(b.low or 0)
    digits = b.core[1] - b.core[0] == 1 and len(scan.tokens[b.core[0]].text) > _PLAIN
    return digits and high % 1000 == 0 and low < 1000 and high / 10 <= low * 1000 < high


def _scaled(a: Amount, b: Amount) -> bool:
    """Whether two numbers can be the ends of one range: rising, and not an order of magnitude apart twice over."""
    low, high = float(a.low or 0), float(b.low or 0)
    return 0 < low < high <= 100 * low
