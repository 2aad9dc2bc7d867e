"""Days and months as the calendar writes them, with the year that figures, words or the day of publication give.

Enters: a `Scan`, a token, the day that relative words count from. Leaves: dates, and `TimeMention`s of days and months.
Does not belong here: words that count from another day (`timing`).
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from warledger.extraction.scan import Found, Scan
from warledger.extraction.spans import TimeMention

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{2,4})$")
_BUILT = 3  # tokens of a word for when something was built
_LOOK_AHEAD_DAYS = 45
_LONGEST_MONTH = 31
_TENS = (20, 30)
# So many days after publication may still be the day of what is told as past: clocks and calendars differ.
_SOON = 1
_COUNTED = ("weapon", "person", "customer", "settlement", "object", "equipment", "location")


def month_of(day: date, step: int) -> tuple[date, date]:
    """The first and the last day of the month so many months from a day's."""
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    first = date(year, month + 1, 1)
    return first, date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def written(text: str) -> date | None:
    if match := _ISO.match(text):
        return date_of(int(match[1]), int(match[2]), match[3])
    if match := _DOTTED.match(text):
        year = int(match[3])
        return date_of(year + 2000 if year < 100 else year, int(match[2]), match[1])
    return None


def date_of(year: int, month: int, day: str) -> date | None:
    digits = re.match(r"\d+", day)
    try:
        return date(year, month, int(digits[0])) if digits else None
    except ValueError:
        return None


def of_type(scan: Scan, i: int, kind: str) -> Found | None:
    return scan.at(i, kind) if i < len(scan.tokens) else None


def year_at(scan: Scan, i: int) -> int | None:
    for k in (i, i + 1):
        if k < len(scan.tokens):
            token = scan.tokens[k]
            if (
                token.kind == "n"
                and len(token.text) == 4
                and token.text.isdigit()
                and 1990 <= int(token.text) <= 2100
            ):
                return int(token.text)
            if token.text != ",":
                break
    return None


def _year_behind(scan: Scan, end: int, anchor: date | None) -> tuple[int | None, int]:
    """The year told behind a month and where it ends: in figures, or counted from this one: "October last year"."""
    year = year_at(scan, end)
    if year is not None:
        while not (scan.tokens[end].kind == "n" and scan.tokens[end].text == str(year)):
            end += 1
        return year, end + 1
    led = end < len(scan.tokens) and scan.at(end, "partitive") is not None
    counted = of_type(scan, end + led, "period_word")
    if counted is None or anchor is None or counted.term.get("unit") != "year":
        return None, end
    if counted.term.get("rolling") or counted.term.get("offset") is None:
        return None, end
    return anchor.year + int(counted.term.get("offset")), counted.end


def dated(scan: Scan, i: int, last: int, anchor: date | None) -> TimeMention | None:
    """A day of the month: "6 December 2025", «5-6 грудня», "3 to 11 February"."""
    tokens = scan.tokens
    days = [tokens[i].text]
    if not days[0].isdigit() or len(days[0]) > 2:
        return None
    end = i + 1
    if (
        end + 1 < last
        and (tokens[end].text in "–-,/" or scan.at(end, "conj", "range_word", "place_prep", "prep"))
        and tokens[end + 1].kind == "n"
        and tokens[end + 1].text.isdigit()
        and len(tokens[end + 1].text) <= 2
    ):
        falls = int(tokens[end + 1].text) <= int(days[0]) and tokens[end].kind == "w"
        if of_type(scan, end + 2, "month") and not falls:  # "29 during 8 May": no day
            days.append(tokens[end + 1].text)
            end += 2
    found = of_type(scan, end, "month")
    if found is None:
        return None
    month, end = found.term.get("value"), found.end
    year, end = _year_behind(scan, end, anchor)
    first = settle(days[0], month, year, anchor)
    second = settle(days[-1], month, year, anchor)
    if first is None or second is None:
        return None
    return _span(i, end, first, second, None if year is not None else anchor)


def _span(i: int, end: int, first: date, second: date, anchor: date | None) -> TimeMention:
    """Days told without a year are past ones, and those ahead only of a thing still planned."""
    precision = "day" if first == second else "range"
    first, second = min(first, second), max(first, second)
    future = None
    if anchor is not None and first > anchor + timedelta(days=_SOON):
        future = (first, second)
        first, second = (date_of(d.year - 1, d.month, str(d.day)) or d for d in future)
    return TimeMention(i, end, first, second, precision, future)


def settle(day: str, month: int, year: int | None, anchor: date | None) -> date | None:
    """The date of a day and month: in the year given, else the year that puts it nearest before the anchor."""
    if year is None and anchor is None:
        return None
    if year is not None:
        return date_of(year, month, day)
    assert anchor is not None
    here = date_of(anchor.year, month, day)
    if here is None:
        return None
    if here > anchor + timedelta(days=_LOOK_AHEAD_DAYS * 3):
        return date_of(anchor.year - 1, month, day)
    if here < anchor - timedelta(days=300):
        return date_of(anchor.year + 1, month, day) or here
    return here


def day_at(
    scan: Scan, i: int, last: int, anchor: date | None
) -> tuple[date | None, int, bool] | None:
    """The single day written at token `i`: the date, where it ends, and whether the text gives its year.

    The date is None where the year stays open, or where no such day is in the calendar.
    """
    if not 0 <= i < last:
        return None
    token = scan.tokens[i]
    if token.kind == "o":
        return (
            (written(token.text), i + 1, True)
            if _DOTTED.match(token.text) or _ISO.match(token.text)
            else None
        )
    month = of_type(scan, i, "month")
    at, day = (month.end, month.end) if month else (i + 1, i)
    if day >= last or scan.tokens[day].kind != "n" or not scan.tokens[day].text.isdigit():
        return None
    if month is None:
        month = of_type(scan, at, "month")
        at = month.end if month else at
    else:
        at = day + 1
    if month is None or len(scan.tokens[day].text) > 2:
        return None
    year = year_at(scan, at)
    if year is not None:
        while scan.tokens[at].text != str(year):
            at += 1
        at += 1
    return (
        settle(scan.tokens[day].text, month.term.get("value"), year, anchor),
        at,
        year is not None,
    )


def _month(
    scan: Scan, found: Found, anchor: date | None, context: date | None
) -> TimeMention | None:
    """A month: "December 6", "in November", «у березні 2023 року»."""
    tokens, month, end = scan.tokens, found.term.get("value"), found.end
    if (
        end < len(tokens)
        and tokens[end].kind == "n"
        and tokens[end].text.isdigit()
        and len(tokens[end].text) <= 2
    ):
        if not scan.at(end + 1, "unit") and tokens[found.start].capital:
            year = year_at(scan, end + 1)
            day = settle(tokens[end].text, month, year, anchor)
            if day:
                stop = end + 1
                other = day
                if stop + 1 < len(tokens) and (
                    tokens[stop].text in "–-" or scan.at(stop, "conj", "range_word")
                ):
                    nxt = tokens[stop + 1]
                    if (
                        nxt.kind == "n"
                        and nxt.text.isdigit()
                        and len(nxt.text) <= 2
                        and not scan.at(stop + 2, "unit", *_COUNTED)
                    ):
                        other = settle(nxt.text, month, year, anchor) or day
                        stop += 2
                past_of = None if year is not None else anchor
                return _span(found.start, stop, day, other, past_of)
    if found.term.get("risky") and not tokens[found.start].capital:
        return None
    if found.term.get("lower") and tokens[found.start].capital and _within_sentence(scan, found):
        return None
    year, stop = _year_behind(scan, end, anchor)
    told = year is not None
    if year is None:
        if anchor is None:
            return None
        year = anchor.year if month <= anchor.month else anchor.year - 1
    elif stop == end + 1 or tokens[end].kind == "w":
        end = stop
    first = date(year, month, 1)
    last = date(year, month, calendar.monthrange(year, month)[1])
    ahead = None
    if anchor is not None and month > anchor.month and not told:
        ahead = (
            date(anchor.year, month, 1),
            date(anchor.year, month, calendar.monthrange(anchor.year, month)[1]),
        )
    return TimeMention(found.start, end, first, last, "month", ahead)


def month_or_day(
    scan: Scan, found: Found, anchor: date | None, context: date | None
) -> TimeMention | None:
    """A month, or the day of it that an ordinal before it names."""
    named, year = _named_day(scan, found), year_at(scan, found.end)
    day = settle(str(named[1]), found.term.get("value"), year, anchor) if named else None
    if named is None or day is None:
        return _month(scan, found, anchor, context)
    end = found.end + (year is not None and scan.tokens[found.end].text == str(year))
    return _span(named[0], end, day, day, None if year is not None else anchor)


def _named_day(scan: Scan, month: Found) -> tuple[int, int] | None:
    """The day that an ordinal before a month names, and where it begins: "the first of May", «тридцатого декабря»."""
    at = month.start - 1
    at -= at > 0 and scan.at(at, "partitive") is not None
    found = scan.at(at, "ordinal") if at >= 0 else None
    value = found.term.get("value") if found else None
    if found is None or found.end != at + 1 or not value or value > _LONGEST_MONTH:
        return None
    if found.end == month.start and not found.tags:
        return None  # "the first March attack"; a day's ordinal without "of" has a case
    tens = scan.at(at - 1, "number") if at > 0 and value < _TENS[0] / 2 else None
    if tens is not None and tens.term.get("value") in _TENS:  # «двадцать пятого»
        at, value = at - 1, value + tens.term.get("value")
    return (at, int(value)) if value <= _LONGEST_MONTH else None


def _within_sentence(scan: Scan, found: Found) -> bool:
    """Whether a word goes on with a sentence, so that its capital makes it a name."""
    before = scan.tokens[found.start - 1] if found.start else None
    short = scan.at(found.start - 2, "region_noun") if found.start > 1 else None
    if short is not None and short.end == found.start:
        return True  # «в пос. Октябрьский»
    return before is not None and (before.kind == "w" or before.text == ",")


def built(scan: Scan, start: int) -> bool:
    """Whether a word for when something was built stands before digits, which then may be an old year: "dating from 1761"."""
    return any(f.end == start for f in scan.within("built", start - _BUILT, start))
