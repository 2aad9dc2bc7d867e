"""Numbers that became no claim, and why: what `--explain` says of each.

Enters: a `Scan`, the amounts and phrases that were read and left aside, the claims. Leaves: `Trace`s in the order
of the text, one for every number that no claim shows. Does not belong here: which number is a claim.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

import msgspec

from warledger.extraction.amounts import Amount
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Scan
from warledger.model import Claim, Trace

_DIGITS = re.compile(r"\d+(?:[.,:/]\d+|[’'\u00a0\u202f ]\d{3}(?!\d))*")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_LINKS = ("://", "www.", "t.me/", "@", "](", "=")
_LONG, _AROUND = 7, 14  # digits of a telephone number or a code, signs in which they stand
_NEAR = 8  # spans that begin before a number ends
_WORDS = ("number", "both", "vague_number")
# What a phrase counts, in the order in which its sorts are told.
_COUNTED = {
    "weapon": "weapons", "person": "people", "object": "things", "equipment": "equipment",
    "location": "places", "settlement": "settlements", "customer": "customers",
    "attack_noun": "attacks", "forces": "troops", "reactor": "reactors",
}  # fmt: skip


class Aside(msgspec.Struct, frozen=True, eq=False):
    """An amount that was left aside, and why."""

    amount: Amount
    why: str


def barred(amounts: Iterable[Amount]) -> list[Aside]:
    """The amounts that are no quantities by their own words."""
    return [Aside(a, f"not a quantity here: {a.barred}") for a in amounts if a.barred]


def untaken(phrase: Phrase) -> Aside:
    """A phrase that no predicate takes."""
    return Aside(phrase.amount, _untaken(phrase))


def unsettled(phrase: Phrase) -> Aside:
    """A phrase that a predicate takes and that tells no claim."""
    return Aside(phrase.amount, "what it counts stays open, or the words negate it")


def _untaken(phrase: Phrase) -> str:
    unit = phrase.amount.unit
    if unit is not None:
        return f"a measure ({unit.term.get('dimension')}) that nothing told here takes"
    if phrase.named:
        return "it stands with a name"
    counted = [noun for sort, noun in _COUNTED.items() if sort in phrase.heads]
    if counted:
        return f"no word in reach tells what happened to the {counted[0]} that it counts"
    if phrase.unknown:
        return "no noun known stands with it"
    return "no noun stands with it, and nothing told in reach leaves out what it counts"


def traces(scan: Scan, asides: Sequence[Aside], claims: Sequence[Claim]) -> tuple[Trace, ...]:
    """Why each number of the text became no claim; a number that a claim tells has none."""
    found = []
    telling = _by_value(claims)
    for aside in asides:
        start, end = scan.span(*aside.amount.core)
        if not _told(aside.amount, start, end, telling):
            found.append(Trace(start, end, scan.text[start:end], aside.why))
    shown = [(e.start, e.end) for c in claims for e in c.evidence]
    shown += [(t.start, t.end) for t in found]
    found += _unread(scan, sorted(shown))
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


def _by_value(claims: Sequence[Claim]) -> dict[float | None, list[tuple[int, int]]]:
    """The passages of the claims that tell each number, in order, each with the farthest end of it and those before."""
    found: dict[float | None, list[tuple[int, int]]] = {}
    for claim in claims:
        if claim.quantity is not None:
            for value in {claim.quantity.low, claim.quantity.high}:
                found.setdefault(value, []).extend((e.start, e.end) for e in claim.evidence)
    for value, rows in found.items():
        rows.sort()
        ends = accumulate((end for _, end in rows), max)
        found[value] = [(start, end) for (start, _), end in zip(rows, ends, strict=True)]
    return found


def _told(
    amount: Amount, start: int, end: int, telling: dict[float | None, list[tuple[int, int]]]
) -> bool:
    """Whether a claim tells the number itself, by another way than the one that left it aside."""
    if amount.low is None:
        return False
    rows = telling.get(amount.low * amount.factor, [])
    at = bisect_right(rows, start, key=lambda row: row[0])
    return at > 0 and end <= rows[at - 1][1]


def _unread(scan: Scan, shown: list[tuple[int, int]]) -> list[Trace]:
    """The numbers that no amount was read from: in links and names, clock times, words that count nothing."""
    found = []
    spots = [(m.start(), m.end()) for m in _DIGITS.finditer(scan.text)]
    spots += [scan.span(f.start, f.end) for kind in _WORDS for f in scan.by_type.get(kind, ())]
    at, past = 0, -1
    for start, end in sorted(spots):
        while at < len(shown) and shown[at][1] <= start:
            at += 1
        near = shown[max(0, at - 1) : at + _NEAR]
        if start < past or [1 for a, b in near if a < end and start < b]:
            continue  # inside the one before, or shown
        past = end
        found.append(Trace(start, end, scan.text[start:end], _form(scan.text, start, end)))
    return found


def _form(text: str, start: int, end: int) -> str:
    """What a number is by its looks alone."""
    number = text[start:end]
    low, high = _chunk(text, start, end)
    chunk = text[low:high]
    if any(mark in chunk for mark in _LINKS):
        return "part of a link or an account"
    if _DATE.fullmatch(number):
        return "not a quantity here: a date"
    if _CLOCK.fullmatch(number) and ":" in number:
        return "not a quantity here: a time of day"
    digits = sum(c.isdigit() for c in text[max(0, start - _AROUND) : end + _AROUND])
    if digits >= _LONG and ("-" in chunk or number.count(" ") > 1):
        return "part of a telephone number or a code"
    if any(c.isalpha() for c in chunk) and any(c.isdigit() for c in number):
        return "part of a name or a model"
    if not any(c.isdigit() for c in number):
        return "a word that counts nothing by itself here"
    return "no noun known stands with it"


def _chunk(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of signs without white space that a number stands in."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
