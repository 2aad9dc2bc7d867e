"""What a report states twice: a measure in two units, a date with its weekday, a headline and its body, a page cited.

Enters: a checked report and its facts. Leaves: findings. Does not belong here: sums (`sums`, `balance`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from warledger.checks import intervals, readings
from warledger.checks.facts import Checked, Fact, facts
from warledger.checks.intervals import Interval, slip
from warledger.checks.telling import bounds, finding, span
from warledger.model import Finding, Passage, Report, Result

_LONGEST_HEADLINE = 240
_DIGITS = re.compile(r"\d+(?:[ ,.\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_SOURCE = 0.025
"""How far a measure told first may have been rounded from the one told behind it."""


def conversions(checked: Checked, rows: Sequence[Fact]) -> Iterator[Finding]:
    """`unit-conversion`: 505 km2 are 194.98 square miles, which rounds to the 195 told beside it."""
    for statement in checked.statements:
        if statement.sort != "conversion":
            continue
        first, second = statement.values["first"], statement.values["second"]
        factor = first["factor"] / second["factor"]
        a, b = _stated(first), _stated(second)
        there, back = intervals.scale(a, factor), intervals.scale(b, 1 / factor)
        holds = intervals.meet(there, _rounded(second)) or intervals.meet(
            back, _rounded(first, most=_SOURCE)
        )
        values = {
            "first": first["text"],
            "second": second["text"],
            "unit": second["unit"],
            "exactly": bounds(intervals.scale(Interval(first["low"], first["high"]), factor)),
            "factor": _factor(factor),
            "from_low": there.low,
            "from_high": there.high,
            "low": _rounded(second).low,
            "high": _rounded(second).high,
        }
        yield finding(
            "unit-conversion",
            "consistent" if holds else "inconsistent",
            "conversion-holds" if holds else "conversion-fails",
            values,
            [readings.cited(checked.report.id, statement)],
            [("conversion-working", values), ("conversion-rounding", values)],
        )


def _factor(value: float) -> str:
    return f"{value:.6g}"


def _stated(measure: Mapping[str, float]) -> Interval:
    """The measure as told, with half of its last place for what was rounded off."""
    low = intervals.rounded(measure["low"], zeros=False)
    return Interval(low.low, intervals.rounded(measure["high"], zeros=False).high)


def _rounded(measure: Mapping[str, float], *, most: float = intervals.HEADLINE) -> Interval:
    low, high = (intervals.rounded(measure[end], most=most) for end in ("low", "high"))
    return Interval(low.low, high.high)


def weekdays(checked: Checked, rows: Sequence[Fact]) -> Iterator[Finding]:
    """`weekday`: whether a date falls on the weekday told with it."""
    for statement in checked.statements:
        if statement.sort != "weekday":
            continue
        values = {"told": statement.evidence.quote, "weekday": statement.values["weekday"]}
        passages = [readings.cited(checked.report.id, statement)]
        if statement.values["date"] is None:
            yield finding("weekday", "cannot_tell", "weekday-without-year", values, passages)
            continue
        day = date.fromisoformat(statement.values["date"])
        values |= {"date": day.isoformat(), "falls": f"{day:%A}"}
        holds = day.isoweekday() == statement.values["weekday"]
        yield finding(
            "weekday",
            "consistent" if holds else "inconsistent",
            "weekday-holds" if holds else "weekday-fails",
            values,
            passages,
            [] if statement.values["year_told"] else [("weekday-year", values)],
        )


def headline(checked: Checked, rows: Sequence[Fact]) -> Iterator[Finding]:
    """`headline`: the figures of the title, and of the first line, against those of the text below."""
    for told in facts(checked.report, checked.titled):
        body = [f for f in rows if _same(f, told)]
        sums = _parts(told, rows)
        if body or sums:
            title = " ".join((checked.report.title or "").split())
            yield _headed("title", told, body, sums, [f.passage for f in (*body, *sums)], title)
    first, newline, rest = checked.report.text.partition("\n")
    if not newline or not rest.strip() or len(first) > _LONGEST_HEADLINE:
        return
    end = len(first)
    below = [f for f in rows if f.at > end]
    for told in [f for f in rows if f.at < end]:
        again = [told] if any(e.start > end for e in told.claim.evidence) else []
        body = [*again, *(f for f in below if _same(f, told))]
        sums = _parts(told, below)
        if body or sums:
            passages = [told.passage, *(f.passage for f in (*body, *sums))]
            yield _headed("headline", told, body, sums, passages)


def _headed(
    where: str,
    told: Fact,
    body: Sequence[Fact],
    sums: Sequence[Fact],
    passages: Sequence[Passage],
    title: str = "",
) -> Finding:
    reading = _loose(told)
    candidates = list(dict.fromkeys(f.interval for f in body))
    for parts in (sums, [f for f in body if f.places] if not told.places else []):
        if len(parts) > 1:
            candidates.append(intervals.add(f.interval for f in parts))
    values = {
        "kind": told.claim.kind,
        "of": told.label,
        "title": title,
        "headline": bounds(told.interval),
        "body": [span(c) for c in candidates if intervals.meet(reading, c)]
        or list(dict.fromkeys(span(c) for c in candidates)),
        "low": reading.low,
        "high": reading.high,
    }
    result = _borne_out(reading, candidates)
    ends = {"consistent": "holds", "inconsistent": "fails", "cannot_tell": "open"}
    return finding("headline", result, f"{where}-{ends[result]}", values, passages)


def _borne_out(reading: Interval, candidates: Sequence[Interval]) -> Result:
    """Whether one of the text's figures is the headline's.

    Where the text tells several other figures, or one more than twice as far from the headline's, it may tell parts
    or another thing: that stays open, unless the two differ by a slip of digits.
    """
    if any(intervals.meet(reading, c) for c in candidates):
        return "consistent"
    if len(candidates) > 1:
        return "cannot_tell"
    one, other = reading, candidates[0]
    mistaken = one.exact and other.exact and slip(one.exact, other.exact)
    far = intervals.above(one, intervals.scale(other, 2)) or intervals.above(
        other, intervals.scale(one, 2)
    )
    return "cannot_tell" if far and not mistaken else "inconsistent"


def _same(f: Fact, told: Fact) -> bool:
    item, other = f.claim.item, told.claim.item
    same = (f.claim.kind, item.class_, item.model) == (told.claim.kind, other.class_, other.model)
    placed = not f.places or not told.places or bool(set(f.places) & set(told.places))
    return (
        same
        and placed
        and (not f.day or not told.day or f.day == told.day)
        and f.basis == told.basis
    )


def _parts(told: Fact, rows: Sequence[Fact]) -> list[Fact]:
    """The figures by class that a total of all weapons may be the sum of."""
    if told.claim.item.class_ != "any":
        return []
    rows = [
        f
        for f in rows
        if f.claim.kind == told.claim.kind
        and f.claim.item.class_ != "any"
        and f.claim.item.model is None
        and f.places == told.places
        and (f.day == told.day or not told.day)
    ]
    return list(rows) if len({f.claim.item.class_ for f in rows}) == len(rows) > 1 else []


def _loose(told: Fact) -> Interval:
    """A headline's round number may be rounded; others stand as told."""
    exact = told.interval.exact
    return told.interval if exact is None or exact % 10 else intervals.rounded(exact)


# ---- what the cited page holds ----


def cited(checked: Checked, rows: Sequence[Fact], pages: Mapping[str, Report]) -> Iterator[Finding]:
    """`cited-page`: figures told with a link, against the page behind it where the record holds that page."""
    for statement in checked.statements:
        if statement.sort != "citation":
            continue
        page = pages.get(address(statement.values["url"]))
        start = checked.report.text.rfind("\n", 0, statement.evidence.start) + 1
        told = [f for f in rows if start <= f.at < statement.evidence.start]
        for f in told:
            values = {
                "kind": f.claim.kind,
                "of": f.label,
                "figure": bounds(f.interval),
                "url": statement.values["url"],
            }
            passages = [f.passage, readings.cited(checked.report.id, statement)]
            if page is None:
                yield finding("cited-page", "cannot_tell", "page-not-held", values, passages)
                continue
            values["page"] = page.id
            holds = _number(f) in numbers(page.text)
            result: Result = "consistent" if holds else "inconsistent"
            message = "page-holds" if holds else "page-lacks"
            yield finding("cited-page", result, message, values, passages)


def _number(f: Fact) -> float:
    quantity = f.claim.quantity
    assert quantity is not None
    value = quantity.low if quantity.low is not None else quantity.high
    return float(value or 0)


def numbers(text: str) -> set[float]:
    """The numbers written in digits in a text."""
    found = set()
    for match in _DIGITS.findall(text):
        plain = re.sub(r"[ ,.\u00a0\u202f](?=\d{3}(?:\D|$))", "", match).replace(",", ".")
        if plain.count(".") < 2:
            found.add(float(plain))
    return found


def address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, "www.", a closing slash or full stop."""
    return re.sub(r"^https?://(www\.)?", "", url.lower()).rstrip("/.,;)")
