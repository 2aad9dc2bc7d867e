"""Time: the time words of a report resolved against its date of publication.

Enters: a `Scan`, its sentences, the publication date. Leaves: `TimeMention`s with the period that each means.
Does not belong here: the clock; without a publication date and a year in the text nothing is resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta

from warledger.extraction.days import (
    date_of,
    dated,
    month_of,
    month_or_day,
    of_type,
    settle,
    written,
    year_at,
)
from warledger.extraction.scan import Found, Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.spans import TimeMention, merge

_DIGITS = 3  # digits of a number of days that anybody counts by
_SHORT = re.compile(r"(\d{1,2})\.(\d\d)")
_LONG_AGO = 200
_SATURDAY = 6
_APART = 60  # days or weeks that anybody counts back by
_DAY_LONG = 9  # tokens of two days in figures with their hours
_BOTH = 2  # the days of a span, and its hours
_HEADING = 5  # tokens of the line behind a day's that calls a report one of the morning
_NTH = 4  # tokens between "second" and the time in which it was the second
_DATELINE = 5  # tokens in which the place and the day of a dateline stand


def anchor_of(published: str | None, scan: Scan) -> date | None:
    """The date that relative words count from: the publication's, else the last full date of the text.

    A report tells of earlier days too, hardly of later ones.
    """
    if published:
        try:
            return date.fromisoformat(published[:10])
        except ValueError:
            return None
    days = []
    for i, token in enumerate(scan.tokens):
        if token.kind == "o" and (day := written(token.text)):
            days.append(day)
        if token.kind == "n" and (found := of_type(scan, i + 1, "month")):
            year = year_at(scan, found.end)
            if year and (day := date_of(year, found.term.get("value"), token.text)):
                days.append(day)
    return max(days, default=None)


def find(
    scan: Scan, sentences: list[Sentence], anchor: date | None
) -> dict[int, list[TimeMention]]:
    """The time expressions of each sentence."""
    out: dict[int, list[TimeMention]] = {}
    context = anchor
    openings = _openings(scan)
    for sentence in sentences:
        rows: list[TimeMention] = []
        here = context  # the day told last, in this sentence too
        low = bisect_left(openings, sentence.start)
        for i in openings[low : bisect_left(openings, sentence.end, low)]:
            if rows and i < rows[-1].end:
                continue  # inside the one before
            if rows and i == rows[-1].end and scan.at(i, "day_part") and scan.at(i, "day_word"):
                continue  # «у четвер зранку»: a part of that day, and not this morning
            mention = _one(scan, i, sentence.end, anchor, here)
            if mention is not None and not _nth_since(scan, mention):
                rows.append(mention)
                here = mention.last if _brief(mention) and not mention.ahead(anchor) else here
        rows = merge(scan, rows, anchor, sentence.start, sentence.end)
        _dateline(scan, sentence, rows, anchor)
        _morning(scan, sentence, rows)
        for row in rows:
            if not row.statement and _brief(row) and not row.ahead(anchor):
                context = row.last
        out[sentence.index] = rows
    return out


def _openings(scan: Scan) -> list[int]:
    """The tokens that an expression of time can open with, in order."""
    written = {i for i, token in enumerate(scan.tokens) if token.kind in "on"}
    named = (f.start for kind in ("number", *_READERS) for f in scan.by_type.get(kind, ()))
    return sorted(written.union(named))


def _brief(row: TimeMention) -> bool:
    """Whether a mention tells by itself of one day or night, from which others can count."""
    brief = row.precision in ("day", "night") or (row.last - row.first).days == 1
    return brief and not (row.relative or row.weak)


def _dateline(scan: Scan, sentence: Sentence, rows: list[TimeMention], anchor: date | None) -> None:
    """Marks the day of publication that opens a report behind the place that it was sent from."""
    if not rows or sentence.index > 1 or rows[0].start > _DATELINE or rows[0].first != anchor:
        return
    row, tokens = rows[0], scan.tokens
    closed = row.end < len(tokens) and tokens[row.end].text in ".,/(–"
    plain = row.precision == "day" and not (row.weak or row.relative or row.part)
    parted = row.start > 0 and tokens[row.start - 1].text in ",.(/–"
    if closed and plain and parted and any(t.kind == "n" for t in tokens[row.start : row.end]):
        row.statement = True


def _morning(scan: Scan, sentence: Sentence, rows: list[TimeMention]) -> None:
    """Takes in the day before where a heading without a verb calls a report one of the morning: "Morning report, 22 April"."""
    if sentence.index > 1 or len(rows) != 1 or rows[0].precision != "day" or rows[0].weak:
        return
    heads = scan.within("morning_report", sentence.start, sentence.end + _HEADING)
    told = scan.within("predicate", sentence.start, sentence.end)
    if not heads or any(f.term.group != "noun" for f in told):
        return
    row = rows[0]
    row.first, row.precision = row.first - timedelta(days=1), "range"


def _one(
    scan: Scan, i: int, last: int, anchor: date | None, context: date | None
) -> TimeMention | None:
    token = scan.tokens[i]
    if token.kind == "o":
        day = written(token.text)
        if day:
            return _to_written(scan, i, day, last) or TimeMention(i, i + 1, day, day, "day")
        return _clock(i, token.text, anchor)
    if (counted := _counted(scan, i, last, anchor, context)) is not None:
        return counted
    if token.kind == "n" and (short := _dotted(scan, i, anchor)) is not None:
        return short
    if token.kind == "n" and not token.suffix.isalpha():
        return dated(scan, i, last, anchor) or _hour(scan, i, anchor) or _whole_year(scan, i)
    told = {f.term.type for f in scan.starting.get(i, ())}
    for kind, reader in _READERS.items():
        if kind in told and (found := scan.at(i, kind)) is not None:
            return reader(scan, found, anchor, context)
    return None


def _counted(
    scan: Scan, i: int, last: int, anchor: date | None, context: date | None
) -> TimeMention | None:
    """Days or weeks counted from another day: "three days ago", "two weeks earlier", «через три дні після»."""
    found = scan.at(i, "number")
    digits = scan.tokens[i].text
    if found is not None:
        value, end = found.term.get("value"), found.end
    elif scan.tokens[i].kind == "n" and digits.isdigit() and not scan.tokens[i].suffix:
        if len(digits) > _DIGITS:
            return None
        value, end = int(digits), i + 1
    else:
        return None
    unit = scan.at(end, "days_apart") if end < last else None
    if unit is None or not 0 < value <= _APART:
        return None
    # "Two days after the strike, 14 remain", but "killed one, two days after a strike hurt four"
    told = unit.term.get("opening") and i > 0 and scan.tokens[i - 1].kind != "l"
    relative, behind = (told or bool(unit.term.get(k)) for k in ("relative", "behind"))
    origin = context if relative else anchor
    if origin is None:
        return None
    if (months := unit.term.get("months")) is not None:
        opens, closes = month_of(origin, int(value) * months)
        return TimeMention(i, unit.end, opens, closes, "month", relative=relative, background=True)
    day = origin + timedelta(days=int(value) * unit.term.get("days"))
    return TimeMention(i, unit.end, day, day, "day", relative=relative, behind=behind)


def _dotted(scan: Scan, i: int, anchor: date | None) -> TimeMention | None:
    """A day in figures without a year, where the word before says that it is one: «удень 21.04», «вчора, 21.04»."""
    match = _SHORT.fullmatch(scan.tokens[i].text)
    if match is None or anchor is None or scan.at(i + 1, "unit") is not None:
        return None
    if (span := _day_long(scan, i, anchor)) is not None:
        return span
    k = i - 1 if i and scan.tokens[i - 1].text == "," else i
    told = any(
        f.end == k and f.term.type in ("day_word", "day_part", "weekday", "night_of")
        for n in (1, 2, 3)
        if k >= n
        for f in scan.starting.get(k - n, ())
    )
    opens = i == 0 or scan.tokens[i - 1].kind == "l"
    day = settle(match[1], int(match[2]), None, anchor) if told or opens else None
    return None if day is None or day > anchor else TimeMention(i, i + 1, day, day, "day")


def _day_long(scan: Scan, i: int, anchor: date) -> TimeMention | None:
    """A span between two days in figures, each with its hour: "(19.11, 06:00 – 20.11, 06:00)"."""
    days: list[tuple[int, date]] = []
    hours = 0
    for k in range(i, min(i + _DAY_LONG, len(scan.tokens))):
        token = scan.tokens[k]
        match = _SHORT.fullmatch(token.text)
        day = settle(match[1], int(match[2]), None, anchor) if match else None
        if day is not None:
            days.append((k, day))
        elif re.fullmatch(r"\d{1,2}:\d\d", token.text):
            hours += 1
        elif token.kind == "w" and scan.at(k, "range_word", "prep", "place_prep") is None:
            break
    if len(days) < _BOTH or hours < _BOTH:
        return None
    (_, first), (end, last) = days[:2]
    if not 0 < (last - first).days <= _BOTH or last > anchor + timedelta(days=1):
        return None
    return TimeMention(i, end + 1, first, last, "range")


def _to_written(scan: Scan, i: int, first: date, end: int) -> TimeMention | None:
    """Days written in figures with a word for a range between: "from 24.02.2022 to 06.12.2025"."""
    if i + 2 >= end or scan.tokens[i + 2].kind != "o" or scan.tokens[i + 1].kind == "n":
        return None
    joint = scan.at(i + 1, "range_word", "place_prep", "prep") or scan.tokens[i + 1].text in "–-"
    second = written(scan.tokens[i + 2].text)
    if not joint or second is None or second <= first:
        return None
    basis = "cumulative" if (second - first).days > _LONG_AGO else None
    return TimeMention(i, i + 3, first, second, "range", basis=basis)


def _clock(i: int, text: str, anchor: date | None) -> TimeMention | None:
    """A time of day alone: of the day of publication, where nothing else tells the day."""
    if anchor is None or not re.fullmatch(r"\d{1,2}:\d\d", text):
        return None
    return TimeMention(i, i + 1, anchor, anchor, "day", weak=True)


def _hour(scan: Scan, i: int, anchor: date | None) -> TimeMention | None:
    unit = of_type(scan, i + 1, "unit")
    if unit is None or unit.term.get("dimension") != "clock" or anchor is None:
        return None
    return TimeMention(i, i + 1, anchor, anchor, "day", weak=True)


def _whole_year(scan: Scan, i: int) -> TimeMention | None:
    """A year with its word: "the year 2024", «за 2024 рік»."""
    unit = of_type(scan, i + 1, "unit")
    if unit is None and _in_year(scan, i):
        told = int(scan.tokens[i].text)
        first, last = date(told, 1, 1), date(told, 12, 31)
        return TimeMention(i, i + 1, first, last, "year", basis="period", background=True)
    if unit is None or unit.term.get("dimension") not in ("age", "year"):
        return None
    if unit.term.get("dimension") == "age" and unit.end - unit.start > 1:
        return None  # "born in 2010"
    year = year_at(scan, i)
    if year is None:
        return None
    return TimeMention(
        i, i + 2, date(year, 1, 1), date(year, 12, 31), "year", basis="period", background=True
    )


def _in_year(scan: Scan, i: int) -> bool:
    """Whether four digits behind "in" are a year that counts no noun: "In 2023, 1,974 civilians were killed"."""
    lead = scan.at(i - 1, "place_prep") if i else None
    if lead is None or lead.term.get("role") is not None or year_at(scan, i) is None:
        return False
    after = scan.tokens[i + 1] if i + 1 < len(scan.tokens) else None
    counts = after is not None and after.kind == "w" and scan.at(i + 1, *_WORDS_BEHIND) is None
    return scan.tokens[i].text.isdigit() and not counts


# What may stand right behind a year, besides a mark.
_WORDS_BEHIND = ("conj", "prep", "place_prep", "aux", "predicate", "says", "relative", "nation")


def _weekday(
    scan: Scan, found: Found, anchor: date | None, context: date | None
) -> TimeMention | None:
    if anchor is None:
        return None
    back = (anchor.isoweekday() - found.term.get("value")) % 7
    if back == 0 and found.start and scan.at(found.start - 1, "past_word"):
        back = 7  # "last Friday", told on a Friday
    past = anchor - timedelta(days=back)
    ahead = past + timedelta(days=7) if back else anchor
    return TimeMention(found.start, found.end, past, past, "day", (ahead, ahead))


def _day_word(
    scan: Scan, found: Found, anchor: date | None, context: date | None
) -> TimeMention | None:
    relative = bool(found.term.get("relative"))
    origin = context if relative else anchor
    if origin is None:
        return None
    day = origin + timedelta(days=found.term.get("offset"))
    if relative and anchor is not None and day > anchor:
        return None  # "what is known one day later"
    first, precision = day, "day"
    if found.term.get("part") == "night":
        first, precision = day - timedelta(days=1), "night"
    mention = TimeMention(found.start, found.end, first, day, precision, relative=relative)
    mention.part = found.term.get("part")
    mention.behind = bool(found.term.get("behind"))
    return mention


def _of_attack(scan: Scan, found: Found) -> bool:
    """Whether an adjective for a part of the day stands before the attack that came in it: «нічний удар»."""
    if not found.term.get("attack"):
        return False
    after = scan.at(found.end, "attack_noun", "predicate")
    return after is not None and (after.term.type == "attack_noun" or after.term.group == "noun")


def _day_part(
    scan: Scan, found: Found, anchor: date | None, context: date | None
) -> TimeMention | None:
    told = found.term.get("span") or found.term.get("alone")
    if anchor is None or not (told or _of_attack(scan, found)):
        return None
    night = found.term.get("part") == "night"
    first = anchor - timedelta(days=1) if night else anchor
    return TimeMention(
        found.start,
        found.end,
        first,
        anchor,
        "night" if night else "day",
        part=found.term.get("part"),
        span=True,
    )


def _period(
    scan: Scan, found: Found, anchor: date | None, context: date | None
) -> TimeMention | None:
    if anchor is None or _nth_in(scan, found):
        return None
    unit, offset = found.term.get("unit"), found.term.get("offset") or 0
    if found.term.get("rolling"):
        days = {"hour": 1, "day": 1, "week": 7, "month": 30, "year": 365}[unit]
        first, last, precision = anchor - timedelta(days=days), anchor, "range"
    elif unit == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=offset)
        first, last, precision = monday, monday + timedelta(days=6), "range"
    elif unit == "month":
        (first, last), precision = month_of(anchor, offset), "month"
    elif unit == "weekend":
        back = (anchor.isoweekday() - _SATURDAY) % 7
        first = anchor - timedelta(days=back + (7 if offset and back <= 1 else 0))
        last, precision = first + timedelta(days=1), "range"
    elif unit == "year":
        year = anchor.year + offset
        first, last, precision = date(year, 1, 1), date(year, 12, 31), "year"
    else:
        day = anchor + timedelta(days=offset)
        first, last, precision = day, day, "day"
    basis = found.term.get("basis") or ("period" if unit != "day" else None)
    return TimeMention(found.start, found.end, first, last, precision, basis=basis)


def _nth_since(scan: Scan, row: TimeMention) -> bool:
    """Whether a time only tells since when something is counted: "for the eleventh time since October"."""
    leads = (f for n in (1, 2, 3) for f in scan.starting.get(row.start - n, ()) if row.start >= n)
    goes_on = row.end < len(scan.tokens) and scan.tokens[row.end].text == ","
    ranked = not (goes_on and scan.at(row.end + 1, "relative", "conj"))  # "…, when 31 people died"
    return any(
        f.end == row.start
        and (f.term.type == "since" or f.term.get("role") == "from")
        and (_nth_before(scan, f.start, parted=True) or (ranked and _ranked_before(scan, f.start)))
        for f in leads
    )


def _nth_in(scan: Scan, period: Found) -> bool:
    """Whether a period only tells in what time something was the second: "for the second time in a week"."""
    return _nth_before(scan, period.start, parted=period.end - period.start > 1)


def _nth_before(scan: Scan, at: int, *, parted: bool) -> bool:
    """Whether an ordinal of times or attacks stands before a token; right before it only where words part the two."""
    before = at - 1
    for k in range(before, max(-1, before - _NTH), -1):
        if scan.tokens[k].kind != "w":
            return False
        if scan.at(k, "ordinal", "nth_time") is not None:  # «вторые сутки» is the second of them
            return k < before or parted
        plain = scan.at(k, "attack_noun", "unit", "prep", "place_prep", "article", "nation")
        if plain is None and not scan.tokens[k].text.endswith(scan.adjectives or ("\0",)):
            return False
    return False


def _largest_before(scan: Scan, at: int) -> bool:
    """Whether what is compared stands close before a token: "the largest attack since the start of the war"."""
    rows = scan.within("predicate", max(0, at - _NTH), at)
    return any(
        f.term.get("frame") == "compare"
        and all(scan.tokens[i].kind == "w" for i in range(f.start, at))
        for f in rows
    )


def _ranked_before(scan: Scan, at: int) -> bool:
    """Whether a word for the most stands right before a token: «це найбільше від 2022 року»."""
    ranked = scan.at(at - 1, "ranking") if at else None
    return (ranked is not None and ranked.end == at) or _largest_before(scan, at)


def _since_day(
    scan: Scan, found: Found, anchor: date | None, context: date | None
) -> TimeMention | None:
    """All the time from a day that words name: "since the full-scale invasion"."""
    told = found.term.get("first")
    if told is None or anchor is None or anchor < date.fromisoformat(told):
        return None
    if _nth_before(scan, found.start, parted=True) or _largest_before(scan, found.start):
        return None
    first, basis = date.fromisoformat(told), found.term.get("basis")
    return TimeMention(found.start, found.end, first, anchor, "range", basis=basis, background=True)


def _year_part(
    scan: Scan, found: Found, anchor: date | None, context: date | None
) -> TimeMention | None:
    """Some months of a year: "the first half of 2025", «за перше півріччя 2025 року»."""
    year, end = year_at(scan, found.end), found.end
    if year is None and anchor is None:
        return None
    if year is not None:
        while scan.tokens[end].text != str(year):
            end += 1
        end += 1
    told = year if year is not None or anchor is None else anchor.year
    assert told is not None
    first, last = date(told, found.term.get("first"), 1), date(told, found.term.get("last"), 1)
    return TimeMention(found.start, end, first, month_of(last, 0)[1], "range", basis="period")


_READERS = {
    "year_part": _year_part,
    "month": month_or_day,
    "weekday": _weekday,
    "day_word": _day_word,
    "day_part": _day_part,
    "period_word": _period,
    "since": _since_day,
}
