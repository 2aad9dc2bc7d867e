"""Statements: wordings that can be checked and are no claims: comparisons, shares, measures told twice, weekdays.

Enters: a scanned report with its sentences, clauses, times and claims. Leaves: `Statement`s in the order of the text.
Does not belong here: whether they hold (`checks`), or any word of a language (`languages/<code>/statements.toml`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec

from warledger.extraction import comparisons, days
from warledger.extraction.amounts import Amount
from warledger.extraction.clauses import Clause
from warledger.extraction.scan import Found, Scan, Token, find_terms
from warledger.extraction.sentences import Sentence
from warledger.extraction.settings import Setting
from warledger.extraction.wordings import Wordings
from warledger.languages import Language
from warledger.model import Claim, Evidence, Statement

_MARKS = ("including", "of_them", "of_which", "except")
_SHARED = {"intercept": "intercepted", "destroy": "intercepted", "hit": "hit", "lose": "lost"}
_ADDRESS = ("http://", "https://", "www.")
_LONGEST = 300
"""Tokens of the longest sentence read: more is no sentence, and time must not grow with its square."""


class Passage(msgspec.Struct, eq=False):
    """A sentence as the readers of statements see it."""

    scan: Scan
    sentence: Sentence
    words: Wordings
    amounts: list[Amount]
    clause: Clause
    setting: Setting
    claims: list[Claim]


def passages(
    scan: Scan,
    clauses: Sequence[Clause],
    setting: Setting,
    claims: Sequence[Claim],
    language: Language,
) -> dict[int, Passage]:
    """The sentences that may state something, by their number; `claims` are those already drawn from the report."""
    opens = language.wordings.opens  # few of a text's words, and names typed in another script
    opening = [
        i
        for i, token in enumerate(scan.tokens)
        if token.text in opens or (token.kind == "w" and not token.text.isalpha())
    ]
    words = find_terms(scan.tokens, language.wordings, opening)
    starts = [f.start for f in words]
    ordered = sorted(claims, key=lambda c: c.evidence[0].start)
    spots = sorted((e.start, n) for n, c in enumerate(ordered) for e in c.evidence)
    found: dict[int, Passage] = {}
    for clause in clauses:
        sentence = clause.sentence
        first, last = sentence.start, sentence.end
        if last - first > _LONGEST:
            continue
        here = words[bisect_left(starts, first) : bisect_left(starts, last)]
        held = any(p.term.get("frame") == "position" for p in clause.predicates)
        if here or held or scan.within("unit", first, last):
            start, end = scan.span(first, last)
            low, high = bisect_left(spots, (start,)), bisect_left(spots, (end,))
            told = [ordered[n] for n in sorted({n for _, n in spots[low:high]})]
            found[sentence.index] = Passage(
                scan, sentence, Wordings(here), clause.amounts, clause, setting, told
            )
    return found


def read(
    scan: Scan, clauses: Sequence[Clause], setting: Setting, told: Mapping[int, Passage]
) -> tuple[Statement, ...]:
    """The statements of a report; `told` are its passages."""
    out: list[Statement] = []
    marks = [kind for kind in _MARKS if kind in scan.by_type]
    addresses = [i for i, t in enumerate(scan.tokens) if t.kind == "o" and _is_address(t)]
    for clause in clauses:
        sentence = clause.sentence
        if sentence.end - sentence.start > _LONGEST:
            continue
        if (passage := told.get(sentence.index)) is not None:
            out.extend(_worded(passage))
        if "weekday" in scan.by_type:
            out.extend(_weekdays(scan, sentence, setting.anchor))
        for kind in marks:
            out.extend(_marks(scan, sentence, kind))
        if addresses:
            out.extend(_citations(scan, sentence, addresses))
    return tuple(out)


def _worded(passage: Passage) -> Iterator[Statement]:
    yield from _conversions(passage)
    compared = list(comparisons.read(passage))
    yield from (statement for statement, _ in compared)
    yield from _shares(passage, {n for _, used in compared for n in used})


def evidence(scan: Scan, first: int, last: int) -> Evidence:
    """The words of the tokens `first` to `last` (exclusive)."""
    start, end = scan.span(first, last)
    return Evidence(start, end, scan.text[start:end])


# ---- one measure told twice ----


def _conversions(passage: Passage) -> Iterator[Statement]:
    """Two numbers of one dimension side by side: "505 sq km (195 sq miles)"."""
    scan = passage.scan
    measured = [(a, m) for a in passage.amounts if (m := passage.words.at(a.end, "measure"))]
    for (a, first), (b, second) in pairwise(measured):
        same = first.term.get("dimension") == second.term.get("dimension")
        if not same or first.term.id == second.term.id:
            continue
        between = [scan.tokens[i] for i in range(first.end, b.start)]
        bracketed = any(t.text in "(/" for t in between) and len(between) <= 3
        alternative = 0 < len(between) <= 2 and all(
            t.text == "," or scan.at(first.end + n, "range_word", "conj")
            for n, t in enumerate(between)
        )
        if not (bracketed or alternative):
            continue
        values = {
            "dimension": first.term.get("dimension"),
            "first": _measure(scan, a, first),
            "second": _measure(scan, b, second),
        }
        yield Statement("conversion", evidence(scan, a.start, second.end), values)


def _measure(scan: Scan, amount: Amount, unit: Found) -> dict[str, Any]:
    low = amount.low if amount.low is not None else amount.high
    high = amount.high if amount.high is not None else amount.low
    return {
        "low": low,
        "high": high,
        "unit": unit.term.id,
        "factor": unit.term.get("factor"),
        "text": scan.original(amount.core[0], unit.end),
    }


# ---- shares ----


def _shares(passage: Passage, used: set[int]) -> Iterator[Statement]:
    """A percentage said of weapons stopped or let through: "89.6 per cent of the drones were shot down"."""
    scan, sentence = passage.scan, passage.sentence
    for amount in passage.amounts:
        percent = amount.unit is not None and amount.unit.term.get("dimension") == "percent"
        if (
            not percent
            or amount.start in used
            or amount.unit is None
            or amount.low == amount.high == 0
        ):
            continue
        rate = passage.words.nearest("rate", amount.start, amount.end, 9)
        kind = rate.term.get("kind") if rate else _said_of(passage, amount)
        if kind is None:
            continue
        values = {
            "kind": kind,
            "class": comparisons.weapon_near(passage, amount.start, amount.end),
            "low": amount.low,
            "high": amount.high,
            "bound": amount.bound,
            "text": scan.original(amount.core[0], amount.unit.end),
            "time": comparisons.subject_time(passage, amount.start),
        }
        first = min(amount.start, rate.start if rate else amount.start)
        last = max(amount.unit.end, rate.end if rate else 0)
        yield Statement("share", evidence(scan, first, min(last, sentence.end)), values)


def _said_of(passage: Passage, amount: Amount) -> str | None:
    rows = [p for p in passage.clause.predicates if p.term.get("frame") in _SHARED]
    if not rows or not passage.scan.within("weapon", passage.sentence.start, passage.sentence.end):
        return None
    best = min(rows, key=lambda p: max(p.start - amount.end, amount.start - p.end, 0))
    return _SHARED[str(best.term.get("frame"))]


# ---- dates and weekdays ----


def _weekdays(scan: Scan, sentence: Sentence, anchor: date | None) -> Iterator[Statement]:
    """A weekday beside a date: "Friday, 5 December", "5 December (Friday)"."""
    for found in scan.within("weekday", sentence.start, sentence.end):
        for at in _beside(scan, sentence, found):
            dated = days.day_at(scan, at, sentence.end, anchor)
            if dated is None:
                continue
            day, end, year = dated
            if at < found.start and found.start - end > 4:
                continue
            first, last = min(at, found.start), max(end, found.end)
            values = {
                "weekday": found.term.get("value"),
                "date": day.isoformat() if day else None,
                "year_told": year,
            }
            yield Statement("weekday", evidence(scan, first, last), values)
            break


def _beside(scan: Scan, sentence: Sentence, weekday: Found) -> Iterator[int]:
    """Where a date may begin that belongs to the weekday: right behind it, or a little before."""
    for at in range(weekday.end, min(weekday.end + 3, sentence.end)):
        if any(scan.tokens[i].text in ";.:" for i in range(weekday.end, at)):
            break
        if all(_thin(scan, i) for i in range(weekday.end, at)):
            yield at
    for at in range(weekday.start - 2, max(weekday.start - 9, sentence.start - 1), -1):
        yield at


def _thin(scan: Scan, i: int) -> bool:
    token = scan.tokens[i]
    return token.kind == "p" or scan.at(i, "article", "place_prep", "prep") is not None


# ---- what joins parts to a total ----


def _marks(scan: Scan, sentence: Sentence, kind: str) -> Iterator[Statement]:
    for found in scan.within(kind, sentence.start, sentence.end):
        yield Statement("mark", evidence(scan, found.start, found.end), {"mark": kind})


def _is_address(token: Token) -> bool:
    return token.text.startswith(_ADDRESS)


def _citations(scan: Scan, sentence: Sentence, addresses: Sequence[int]) -> Iterator[Statement]:
    """The addresses that a sentence gives, of those at the tokens told."""
    low = bisect_left(addresses, sentence.start)
    for i in addresses[low : bisect_left(addresses, sentence.end, low)]:
        yield Statement("citation", evidence(scan, i, i + 1), {"url": scan.original(i, i + 1)})
