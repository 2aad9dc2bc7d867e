"""A small resolver of dates, the gate's own: which days the time words of a page can mean.

Enters: a `Page`, the day of publication. Leaves: moments, each the tokens of a time expression and the
periods that it allows. Does not belong here: which claim happened when.
"""

from __future__ import annotations

import calendar
import functools
import re
from bisect import bisect_left
from datetime import date, timedelta
from itertools import pairwise, product
from typing import NamedTuple

from warledger.gate.figures import Figure
from warledger.gate.page import Page
from warledger.gate.words import Hit

Span = tuple[date, date]
_SHORT = re.compile(r"(\d{1,2})\.(\d\d)")
_BREATH = 8  # tokens between two days of one span
_DATE_PARTS = re.compile(r"\d+")
_DAY = timedelta(1)
_FORWARD = 135  # days after publication that a date without a year may lie
_NIGHT_REACH = 10  # tokens between a date and the word that makes it a night
_PARTING = (",", " – ", " — ", " - ")
_BETWEEN_DAYS = " ,.\n-–—"  # what may stand before a day's number behind its month: "December 3-4"
_BESIDE = 3  # tokens between a month and the words for its year
_HEADS = 1  # the last sentence of a report's heading
_OPENING = 4  # tokens that "since the end of" takes before a month
_COUNTABLE = 60  # days or weeks that anybody counts by
_CONTEXT = 8  # how many time expressions back "the day before" may count from
_ROLLING = {"hour": 1, "day": 1, "week": 7, "month": 30, "year": 365}


class Moment(NamedTuple):
    """A time expression: its tokens and the periods it may mean, both ends inclusive."""

    first: int
    last: int
    spans: tuple[Span, ...]


@functools.lru_cache(maxsize=1024)
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
    """Every time expression of the page, in the order of the text.

    `published` is the day that relative words count from; without one, those that need it are left out.
    """
    days = _day_numbers(page, figures)
    years = _years(page, figures)
    found = _months(page, days, years, published)
    taken = {at for m in found for at in range(m.first, m.last + 1)}
    found += [_year(at, year) for at, year in years.items() if at not in taken]
    found += _numeric(page)
    if published is not None:
        found += _relative(page, published) + _short(page, published)
        found += _since_days(page, published)
    found += _year_parts(page, years, published)
    if published is not None:
        found = [_since(page, moment, published) for moment in found]
    found += _joined(page, found) + _spans(found)
    found = [_over_midnight(page, moment, published) for moment in found]
    found = [_of_morning(page, moment) for moment in found]
    found += _counted_from(page, found, published) + _apart(page, figures, found, published)
    return sorted(found, key=lambda m: (m.first, m.last))


def first_date(page: Page, figures: list[Figure]) -> date | None:
    """The last day that the page gives with its year: what relative words count from, unpublished."""
    days = _day_numbers(page, figures)
    dated = _numeric(page) + _months(page, days, _years(page, figures), None)
    single = [m for m in dated if m.spans[0][0] == m.spans[0][1]]
    return max((m.spans[0][0] for m in single), default=None)


def _day_numbers(page: Page, figures: list[Figure]) -> dict[int, int]:
    """The tokens that can be the number of a day: figures, and ordinals beside a month ("the first of May")."""
    days = {f.first: int(f.value) for f in figures if f.first == f.last and 1 <= f.value <= 31}
    for hit in page.hits.get("ordinal", ()):
        day, behind = hit.sense.term.get("value"), hit.last + 1
        of = bool(page.among("partitive", behind, behind + 1))  # without it, it has a case
        behind += of
        if not day or not (of or hit.sense.tags) or not page.among("month", behind, behind + 1):
            continue
        if day < 10 and days.get(hit.first - 1) in (20, 30):  # «двадцать пятого мая»
            day += days.pop(hit.first - 1)
        if day <= 31:
            days.setdefault(hit.last, int(day))
    return days


def _years(page: Page, figures: list[Figure]) -> dict[int, int]:
    return {
        f.first: int(f.value)
        for f in figures
        if f.first == f.last
        and 1900 <= f.value <= 2100
        and page.ends[f.first] - page.starts[f.first] == 4
    }


def _over_midnight(page: Page, moment: Moment, published: date | None) -> Moment:
    """A day with a night word beside it is also the night that ends on it.

    A weekday before that of publication may be the one on which the night began ("overnight on Friday", on Saturday).
    """
    first, past = max(0, moment.first - _NIGHT_REACH), moment.last + _NIGHT_REACH + 1
    words = page.among("day_part", first, past)
    night = [h for h in words if h.sense.term.get("part") == "night"]
    if not night and not page.among("night_of", first, past):
        return moment
    begins = any(h.sense.term.get("span") for h in night)
    begins = begins and bool(page.among("weekday", moment.first, moment.first + 1))
    begins = begins and not page.among("night_of", first, moment.first + 1)
    found: list[Span] = []
    for low, high in moment.spans:
        if low == high and begins and low != published:
            found.append((low, low + _DAY))
        elif low == high:
            found.append((low - _DAY, low))
    return moment._replace(spans=moment.spans + tuple(found))


def _counted_from(page: Page, found: list[Moment], published: date | None) -> list[Moment]:
    """Words that count from the day told before them ("the day before")."""
    added = []
    known = sorted(found, key=lambda m: m.first)
    firsts = [m.first for m in known]
    for hit in page.hits.get("day_word", ()):
        if not hit.sense.term.get("relative"):
            continue
        earlier = known[max(0, (at := bisect_left(firsts, hit.first)) - _CONTEXT) : at]
        origins = {high for m in earlier for low, high in m.spans if (high - low).days <= 1}
        step = timedelta(int(hit.sense.term.get("offset") or 0))
        dawn = timedelta(hit.sense.term.get("part") == "night")
        origins |= {published} if published else set()
        spans = {(d + step - dawn, d + step) for d in origins}
        if spans:
            added.append(Moment(hit.first, hit.last, tuple(sorted(spans))))
    return added


def _apart(
    page: Page, figures: list[Figure], found: list[Moment], published: date | None
) -> list[Moment]:
    """A number of days or weeks before or after another day ("three days ago", "two days later")."""
    numbers = {f.last: f for f in figures if 0 < f.value <= _COUNTABLE}
    known = sorted(found, key=lambda m: m.first)
    firsts = [m.first for m in known]
    added = []
    for hit in page.hits.get("days_apart", ()):
        number = numbers.get(hit.first - 1)
        if number is None:
            continue
        origins = {published} if published else set()
        if hit.sense.term.get("relative") or hit.sense.term.get("opening"):
            earlier = known[max(0, (at := bisect_left(firsts, number.first)) - _CONTEXT) : at]
            origins |= {high for m in earlier for low, high in m.spans if (high - low).days <= 1}
        if (months := hit.sense.term.get("months")) is not None:
            spans = {_month_from(day, int(number.value) * int(months)) for day in origins}
            added.append(Moment(number.first, hit.last, tuple(sorted(spans))))
            continue
        step = timedelta(int(number.value) * int(hit.sense.term.get("days")))
        if origins:
            days = sorted(origin + step for origin in origins)
            added.append(Moment(number.first, hit.last, tuple((d, d) for d in days)))
    return added


def _month_from(day: date, step: int) -> Span:
    """The month so many months after a day's own."""
    months = day.year * 12 + day.month - 1 + step
    return month_span(months // 12, months % 12 + 1)


def _since_days(page: Page, published: date) -> list[Moment]:
    """The time until publication from a day that words such as "since the full-scale invasion" name."""
    told = ((h, day(h.sense.term.get("first"))) for h in page.hits.get("since", ()))
    return [Moment(h.first, h.last, ((d, published),)) for h, d in told if d and d <= published]


def _of_morning(page: Page, moment: Moment) -> Moment:
    """A day in the heading of a report of the morning, which tells of the day before as well."""
    heads = page.among("morning_report", 0, page.span(min(_HEADS, len(page.first_of) - 1))[1])
    if not heads or page.sentence[moment.first] > _HEADS:
        return moment
    days = tuple((first - _DAY, last) for first, last in moment.spans if first == last)
    return moment._replace(spans=moment.spans + days)


def _since(page: Page, moment: Moment, published: date) -> Moment:
    """A moment behind "since" also opens a period that lasts until publication."""
    before = page.among("place_prep", moment.first - 1, moment.first)
    onward = any(h.sense.term.get("role") == "from" for h in before)
    if not onward and not page.among("since", max(0, moment.first - _OPENING), moment.first + 1):
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
    return found + [
        Moment(a.first, b.last, ((a.spans[0][0], b.spans[0][1]),))
        for a, b in pairwise(found)
        if b.first - a.last <= 2 and a.spans[0][0] < b.spans[0][1]
    ]


def _year_parts(page: Page, years: dict[int, int], published: date | None) -> list[Moment]:
    """Some months of a year ("the first half of 2025"), of the year told behind or that of publication."""
    found = []
    for hit in page.hits.get("year_part", ()):
        year = years.get(hit.last + 1, published.year if published else None)
        if year is not None:
            first, last = int(hit.sense.term.get("first")), int(hit.sense.term.get("last"))
            span = (month_span(year, first)[0], month_span(year, last)[1])
            found.append(Moment(hit.first, hit.last + (hit.last + 1 in years), (span,)))
    return found


def _short(page: Page, published: date) -> list[Moment]:
    """Days in figures without a year ("21.04"), the latest before publication."""
    found = []
    for at, form in enumerate(page.forms):
        match = _SHORT.fullmatch(page.keys[at]) if form == "figure" else None
        if match is None:
            continue
        days = [_date(published.year - n, int(match[2]), int(match[1])) for n in (0, 1)]
        past = [d for d in days if d is not None and d <= published]
        if past:
            found.append(Moment(at, at, ((past[0], past[0]),)))
    return found


def _spans(found: list[Moment]) -> list[Moment]:
    """The days between two days that are told within one breath ("from 8 p.m. on 5 December to 7 a.m. on 6 December")."""
    days = sorted(m for m in found if any(low == high for low, high in m.spans))
    out = []
    for a, b in pairwise(days):
        ends = ([low for low, high in m.spans if low == high] for m in (a, b))
        pairs = [(x, y) for x, y in product(*ends) if x < y]
        if 0 < b.first - a.last <= _BREATH and pairs:
            out.append(Moment(a.first, b.last, tuple(pairs)))
    return out


def _months(
    page: Page, days: dict[int, int], years: dict[int, int], published: date | None
) -> list[Moment]:
    found = []
    for hit in page.hits.get("month", ()):
        if hit.sense.term.get("risky") and page.text[page.starts[hit.first]].islower():
            continue
        month = int(hit.sense.term.get("value"))
        first, last, numbers = _days_beside(page, hit, days)
        year_at = last + 1
        if year_at in years:
            last, options = year_at, [years[year_at]]
        elif (shared := _shared_year(page, last, years)) is not None:
            options = [shared]
        elif published is not None:
            options = _likely_years(published, month) + _year_told(page, hit, published)
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
    """The year behind the second of two months that share it ("January and February 2024"), or of a span's days."""
    spanned = bool(page.among("range_word", last + 1, last + 2))
    if not spanned and not page.among("conj", last + 1, last + 2):
        return None
    months = page.among("month", last + 2, last + (_BREATH if spanned else 3))
    return years.get(months[0].last + 1) if months else None


def _joined(page: Page, found: list[Moment]) -> list[Moment]:
    """The spans of two months with a dash or a word for a range between them."""
    rows = sorted(m for m in found if page.among("month", m.first, m.last + 1))
    out = []
    for a, b in pairwise(rows):
        close = b.first == a.last + 1 or (b.first == a.last + 2 and a.last + 1 in _joints(page))
        pairs = [(x[0], y[1]) for x in a.spans for y in b.spans if x[0] < y[0]] if close else []
        if pairs:
            out.append(Moment(a.first, b.last, tuple(pairs)))
    return out


def _year_told(page: Page, hit: Hit, published: date) -> list[int]:
    """The year that words such as "last year" beside a month tell."""
    beside = page.among("period_word", hit.first - _BESIDE, hit.last + _BESIDE + 1)
    years = [h.sense.term for h in beside if h.sense.term.get("unit") == "year"]
    return [published.year + int(t.get("offset") or 0) for t in years if not t.get("rolling")]


def _likely_years(published: date, month: int) -> list[int]:
    """The years of a month named without one: the latest that has begun, and one about to begin."""
    starts = [date(published.year + step, month, 1) for step in (-1, 0, 1)]
    begun = [start for start in starts if start <= published]
    coming = [s for s in starts if 0 < (s - published).days <= _FORWARD]
    return [start.year for start in (begun[-1], *coming)]


def _days_beside(page: Page, hit: Hit, days: dict[int, int]) -> tuple[int, int, list[int]]:
    """The day numbers before a month ("5-6 December", "5 and 6 December") or after ("December 5")."""
    first, last, numbers = hit.first, hit.last, []
    at = hit.first - 1
    at -= at - 1 in days and bool(page.among("partitive", at, at + 1))  # "the first of May"
    if at >= 0 and page.keys[at][0] == "-" and page.forms[at] == "word":
        at -= 1
    while at in days and hit.first - at <= 6:
        numbers.append(days[at])
        first = at
        at -= 1
        if at - 1 in days and at not in days and len(page.keys[at]) <= 3:
            at -= 1
    if not numbers and not _parted(page, hit.last + 1):
        at = hit.last + 1
        while at in days and at <= hit.last + 4 and not page.gaps[at].strip(_BETWEEN_DAYS):
            numbers.append(days[at])
            last = at
            at += 1
            if at in _joints(page) and at + 1 in days:
                at += 1
    return first, last, numbers


def _parted(page: Page, at: int) -> bool:
    """Whether a mark parts a month from a number behind it: "in January, 16 fewer than before", «у листопаді – 31»."""
    return at < len(page.gaps) and any(mark in page.gaps[at] for mark in _PARTING)


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
        if not hit.sense.term.get("relative"):
            here = published + timedelta(int(hit.sense.term.get("offset") or 0))
            night = hit.sense.term.get("part") == "night"
            found.append(Moment(hit.first, hit.last, ((here - _DAY if night else here, here),)))
    for hit in page.hits.get("day_part", ()):
        found.append(Moment(hit.first, hit.last, _night(published, hit)))
    for hit in page.hits.get("period_word", ()):
        found.append(Moment(hit.first, hit.last, tuple(_period(published, hit))))
    return found


def _night(published: date, hit: Hit) -> tuple[Span, ...]:
    """A part of the day of publication; a night is the one that ended on it."""
    if hit.sense.term.get("part") == "night":
        return ((published - _DAY, published),)
    return ((published, published),)


def _period(published: date, hit: Hit) -> list[Span]:
    term = hit.sense.term
    unit, offset = term.get("unit"), int(term.get("offset") or 0)
    if term.get("rolling"):
        return [(published - timedelta(_ROLLING.get(str(unit), 1)), published)]
    if unit == "month":
        months = published.year * 12 + published.month - 1 + offset
        return [month_span(months // 12, months % 12 + 1)]
    if unit == "year":
        year = published.year + offset
        return [(date(year, 1, 1), date(year, 12, 31))]
    if unit == "weekend":
        ends = [published - timedelta((published.isoweekday() - 6) % 7 + 7 * n) for n in (0, 1)]
        return [(saturday, saturday + _DAY) for saturday in ends]
    if unit == "week":
        monday = published - timedelta(published.isoweekday() - 1) + timedelta(7 * offset)
        return [(monday, monday + timedelta(6))]
    here = published + timedelta(offset)
    return [(here, here)]
