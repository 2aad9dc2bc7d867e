"""A small resolver of dates, the gate's own: which days the time words of a page can mean.

Enters: a `Page`, the day of publication. Leaves: moments, each the tokens of a time expression and the
periods that it allows. Does not belong here: which claim happened when.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from warledger.gate.figures import Figure
from warledger.gate.page import Page
from warledger.gate.words import Hit

Span = tuple[date, date]
_DATE_PARTS = re.compile(r"\d+")
_FORWARD = 45  # days after publication that a date without a year may lie


class Moment(NamedTuple):
    """A time expression: its tokens and the periods it may mean, both ends inclusive."""

    first: int
    last: int
    spans: tuple[Span, ...]


def day(value: str | None) -> date | None:
    """The day of an ISO date or time, or None where it holds none; "2025-12" is its first day."""
    parts = [int(p) for p in _DATE_PARTS.findall(value or "")[:3]]
    if not parts or not 1000 <= parts[0] <= 9999:
        return None
    parts += [1] * (3 - len(parts))
    return _date(*parts)


def _date(year: int, month: int, number: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, number) if 1 <= number <= calendar.monthrange(year, month)[1] else None


def month_span(year: int, month: int) -> Span:
    """The first and the last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def moments_of(page: Page, figures: list[Figure], published: date | None) -> list[Moment]:
    """Every time expression of the page, in the order of the text."""
    days = {f.first: int(f.value) for f in figures if f.first == f.last and 1 <= f.value <= 31}
    years = {
        f.first: int(f.value)
        for f in figures
        if f.first == f.last
        and 1900 <= f.value <= 2100
        and page.ends[f.first] - page.starts[f.first] == 4
    }
    found = _months(page, days, years, published)
    taken = {at for m in found for at in range(m.first, m.last + 1)}
    found += [_year(at, year) for at, year in years.items() if at not in taken]
    found += _numeric(page)
    if published is not None:
        found += _relative(page, published)
    if published is not None:
        found = [_since(page, moment, published) for moment in found]
    return sorted(found, key=lambda m: (m.first, m.last))


def _since(page: Page, moment: Moment, published: date) -> Moment:
    """A moment behind "since" also opens a period that lasts until publication."""
    if not page.among("since", max(0, moment.first - 3), moment.first + 1):
        return moment
    open_spans = tuple((low, published) for low, _ in moment.spans if low <= published)
    return moment._replace(spans=moment.spans + open_spans)


def _year(at: int, year: int) -> Moment:
    return Moment(at, at, ((date(year, 1, 1), date(year, 12, 31)),))


def _numeric(page: Page) -> list[Moment]:
    found = []
    for at, form in enumerate(page.forms):
        if form != "date":
            continue
        parts = [int(p) for p in _DATE_PARTS.findall(page.keys[at])]
        if parts[0] > 31:
            options = [_date(*parts)]
        else:
            year = parts[2] + (2000 if parts[2] < 100 else 0)
            options = [_date(year, parts[1], parts[0]), _date(year, parts[0], parts[1])]
        spans = tuple((d, d) for d in options if d is not None)
        if spans:
            found.append(Moment(at, at, spans))
    return found


def _months(
    page: Page, days: dict[int, int], years: dict[int, int], published: date | None
) -> list[Moment]:
    found = []
    for hit in page.hits.get("month", ()):
        month = int(hit.sense.term.get("value"))
        first, last, numbers = _days_beside(page, hit, days)
        year_at = last + 1
        if year_at in years:
            last, options = year_at, [years[year_at]]
        elif (shared := _shared_year(page, last, years)) is not None:
            options = [shared]
        elif published is not None:
            options = _likely_years(published, month)
        else:
            continue
        spans: list[Span] = []
        for year in options:
            ends = [d for n in numbers if (d := _date(year, month, n)) is not None]
            if not numbers:
                spans.append(month_span(year, month))
            spans += [(d, d) for d in ends]
            if len(ends) > 1:
                spans.append((min(ends), max(ends)))
        if spans:
            found.append(Moment(first, last, tuple(spans)))
    return found


def _shared_year(page: Page, last: int, years: dict[int, int]) -> int | None:
    """The year behind the second of two months that share it ("January and February 2024")."""
    month = page.among("month", last + 2, last + 3)
    joined = page.among("conj", last + 1, last + 2) or page.among("range_word", last + 1, last + 2)
    return years.get(month[0].last + 1) if month and joined else None


def _likely_years(published: date, month: int) -> list[int]:
    """The year of a month named without one: the latest that is not well after publication."""
    start = date(published.year, month, 1)
    return [published.year if (start - published).days <= _FORWARD else published.year - 1]


def _days_beside(page: Page, hit: Hit, days: dict[int, int]) -> tuple[int, int, list[int]]:
    """The day numbers before a month ("5-6 December", "5 and 6 December") or after ("December 5")."""
    first, last, numbers = hit.first, hit.last, []
    at = hit.first - 1
    if at >= 0 and page.keys[at][0] == "-" and page.forms[at] == "word":
        at -= 1
    while at in days and hit.first - at <= 6:
        numbers.append(days[at])
        first = at
        at -= 1
        if at - 1 in days and at not in days and len(page.keys[at]) <= 3:
            at -= 1
    if not numbers:
        at = hit.last + 1
        while at in days and at <= hit.last + 4:
            numbers.append(days[at])
            last = at
            at += 1
            if at in _joints(page) and at + 1 in days:
                at += 1
    return first, last, numbers


def _joints(page: Page) -> set[int]:
    """The tokens that join two day numbers."""
    return {h.first for kind in ("conj", "range_word") for h in page.hits.get(kind, ())}


def _relative(page: Page, published: date) -> list[Moment]:
    found = []
    for hit in page.hits.get("weekday", ()):
        back = (published.isoweekday() - int(hit.sense.term.get("value"))) % 7
        options = [published - timedelta(back), published + timedelta(7 - back)]
        if back == 0:
            options.append(published - timedelta(7))
        found.append(Moment(hit.first, hit.last, tuple((d, d) for d in options)))
    for hit in page.hits.get("day_word", ()):
        offset = hit.sense.term.get("offset")
        spans = _offset_days(published, offset, relative=bool(hit.sense.term.get("relative")))
        found.append(Moment(hit.first, hit.last, spans))
    for hit in page.hits.get("day_part", ()):
        found.append(Moment(hit.first, hit.last, _night(published, hit)))
    for hit in page.hits.get("period_word", ()):
        found.append(Moment(hit.first, hit.last, tuple(_period(published, hit))))
    return found


def _offset_days(published: date, offset: object, *, relative: bool) -> tuple[Span, ...]:
    steps = [int(str(offset))] if offset is not None else [-1]
    if relative:
        steps += [-1, -2]
    return tuple((d, d) for s in steps for d in (published + timedelta(s),))


def _night(published: date, hit: Hit) -> tuple[Span, ...]:
    yesterday = published - timedelta(1)
    if hit.sense.term.get("span") or hit.sense.term.get("part") in ("night", "evening"):
        return (yesterday, published), (published, published), (yesterday, yesterday)
    return ((published, published),)


def _period(published: date, hit: Hit) -> list[Span]:
    unit, offset = hit.sense.term.get("unit"), int(hit.sense.term.get("offset") or 0)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + offset
        spans = [month_span(months // 12, months % 12 + 1)]
        return [*spans, (published - timedelta(31), published)]
    if unit == "year":
        year = published.year + offset
        return [(date(year, 1, 1), date(year, 12, 31)), (published - timedelta(366), published)]
    if unit == "week":
        monday = published - timedelta(published.isoweekday() - 1) + timedelta(7 * offset)
        return [
            (monday, monday + timedelta(6)),
            (published - timedelta(7), published),
            (published - timedelta(6), published),
        ]
    day_ = published + timedelta(offset)
    yesterday = published - timedelta(1)
    return [(day_, day_), (yesterday, published), (yesterday, yesterday), (published, published)]
