"""Time expressions as spans of days, and those that stand together made one: a night with its date, two months.

Enters: the expressions of a sentence (`timing`). Leaves: `TimeMention`s, joined and framed by the words before them.
Does not belong here: what day a single expression means.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

import msgspec

from warledger.extraction.scan import Found, Scan
from warledger.model import Period

_HARM = ("kill", "wound", "casualty")
_FROM_TO = 7  # tokens between two days of a span, with their hours
_BESIDE = 2  # tokens between two expressions that are one
_SAID_IN = 5  # tokens from a verb of saying to the statement that it was said in
_WEEK = 7
_FRAME = 6  # words before a time in which the word that frames it opens
_FRAMED = 12  # tokens of those words, with the letters of an hour among them
_FAR, _FAR_PREP = 3, 5  # words between a framing word, or a preposition of place, and the time
_PUT_BACK = 200  # days before the report of a day told without a year that rather is to come
_LATELY = 2  # days back from which nobody counts yet


class TimeMention(msgspec.Struct, eq=False):
    """A time expression at tokens `start` to `end`. `future` is what it means of a thing still planned.

    `background` tells that it holds for its own sentence only, `behind` only for what stands behind it there,
    `deadline` that it only tells until when something is to last.
    """

    start: int
    end: int
    first: date
    last: date
    precision: str
    future: tuple[date, date] | None = None
    relative: bool = False
    since: bool = False
    basis: str | None = None
    statement: bool = False
    part: str | None = None
    weak: bool = False
    span: bool = False
    background: bool = False
    behind: bool = False
    deadline: bool = False

    def period(self, text: str | None, planned: bool) -> Period:
        """The claim's period; a planned thing takes the coming weekday, not the past one."""
        first, last = (self.first, self.last)
        if planned and self.future:
            first, last = self.future
        return Period(first.isoformat(), last.isoformat(), self.precision, text)

    def ahead(self, anchor: date | None) -> bool:
        """Whether a day without a year lies ahead, and was only put back a year for what is told as past."""
        return anchor is not None and bool(self.future) and (anchor - self.last).days > _PUT_BACK


def _as_early(scan: Scan, at: int) -> bool:
    """Whether words right before a time put it well before what the report tells: "as early as May 11", «ще 11 травня»."""
    found = (f for n in (1, 2, 3) for f in scan.starting.get(at - n, ()) if at >= n)
    return any(f.term.type == "as_early" and f.end == at for f in found)


def merge(
    scan: Scan, rows: list[TimeMention], anchor: date | None, first: int, last: int
) -> list[TimeMention]:
    """Joins what stands together: a night with its date, a weekday with its date, "since" with what follows.

    `anchor` is the day of publication, None where it is not known; `first` to `last` are the sentence's tokens.
    """
    if not rows:
        return []
    out: list[TimeMention] = []
    for row in rows:
        before = out[-1] if out else None
        if before is not None and before.precision == "night" and row.precision == "day":
            bracketed = any(scan.tokens[i].text == "(" for i in range(before.end, row.start))
            if (
                row.start - before.end <= 6
                and bracketed
                and row.last in (before.first, before.last)
            ):
                continue
        joint = before and (_months_joined(scan, before, row) or _from_to(scan, before, row))
        if joint:
            out[-1] = joint
            continue
        if before is not None and row.weak != before.weak and row.start - before.end <= 4:
            if before.weak:
                out[-1] = row
            continue
        if before is not None and row.start - before.end <= 3 and _joinable(scan, before, row):
            out[-1] = _joined(before, row)
            continue
        out.append(row)
    deeds = scan.within("predicate", first, last)
    harmed = any(f.term.get("frame") in _HARM for f in deeds)
    for row in out:
        _frame(scan, row, anchor, harmed=harmed)
    for row in out:
        row.background = row.background or (row.basis == "period" and _bracketed(scan, row))
        row.background = row.background or _as_early(scan, row.start)
        row.statement = row.statement or (harmed and _of_toll(scan, row, first, last))
    several = sum(not r.statement for r in out) > 1
    for row in out:
        told = several or scan.at(row.end, "relative") is not None  # "said on Saturday that …"
        row.statement = row.statement or (told and _of_saying(scan, row))
    parts = [r for r in out if r.part and r.precision == "night" and not r.relative]
    dated = [
        r
        for r in out
        if r.part is None
        and r.precision == "day"
        and not (r.statement or r.weak or r.since or r.behind)
    ]
    if parts and len(dated) == 1 and len(out) == len(parts) + 1:
        whole = _joined(
            min(parts[0], dated[0], key=lambda r: r.start),
            max(parts[0], dated[0], key=lambda r: r.start),
        )
        return [whole]
    return out


def _bracketed(scan: Scan, row: TimeMention) -> bool:
    """Whether a period stands in brackets: "(for the second time in a month)" is no time of what is told around it."""
    k = row.start - 1
    while k >= 0 and row.start - k <= _FROM_TO and scan.tokens[k].text not in "()":
        k -= 1
    return k >= 0 and scan.tokens[k].text == "("


def _months_joined(scan: Scan, a: TimeMention, b: TimeMention) -> TimeMention | None:
    """Two months as one span ("January to April"), or a month of the year before ("last year in October")."""
    if b.start - a.end > _BESIDE or {a.precision, b.precision} - {"month", "year"}:
        return None
    between = range(a.end, b.start)
    if a.precision == b.precision == "month" and a.basis is None and b.basis is None:
        joined = [i for i in between if scan.at(i, "range_word") or scan.tokens[i].text in "–-"]
        first = a.first if a.first <= b.first else a.first.replace(year=a.first.year - 1)
        if len(joined) == len(between) == 1 or a.end == b.start:
            return TimeMention(a.start, b.end, first, b.last, "range", basis="period")
        return None
    month, year = (a, b) if a.precision == "month" else (b, a)
    if month.precision != "month" or year.precision != "year" or month.basis is not None:
        return None
    if any(scan.tokens[i].kind == "p" for i in between) or year.last >= month.first:
        return None
    first = date(year.first.year, month.first.month, 1)
    last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    return TimeMention(a.start, b.end, first, last, "month", background=True)


def _from_to(scan: Scan, a: TimeMention, b: TimeMention) -> TimeMention | None:
    """Two days with all that lies between: "from 29 November to 5 December", «с 20:00 5 декабря до 7:00 6 декабря»."""
    if not a.precision == b.precision == "day" or a.relative or b.relative:
        return None
    opens = _of_its_year(scan, a, b)
    if not opens < b.last:
        return None
    between = range(a.end, b.start)
    foreign = sum(not _of_clock(scan, i) for i in between)
    if not 0 < len(between) <= _FROM_TO or foreign > 1:  # "7 a.m. Moscow *time*"
        return None
    joints = [
        f
        for i in between
        for f in scan.starting.get(i, ())
        if f.term.type in ("range_word", "prep", "place_prep")
    ]
    opened = {word for f in joints for word in f.term.get("opens") or ()}
    lead = [
        f
        for n in range(1, _FROM_TO + 1)
        if a.start >= n and all(_of_clock(scan, i) for i in range(a.start - n, a.start))
        for f in scan.starting.get(a.start - n, ())
        if f.term.type == "since"
        or f.term.get("role") == "from"
        or f.term.type == "night_of"
        or scan.tokens[f.start].text in opened
    ]
    if not joints or not lead or a.weak or b.weak or a.future or b.future:
        return None
    over_night = (b.last - opens).days == 1
    return TimeMention(
        min(f.start for f in lead), b.end, opens, b.last, "night" if over_night else "range"
    )


def _of_its_year(scan: Scan, a: TimeMention, b: TimeMention) -> date:
    """The first day of a span, in the year told with its last one: "from 24 February to 8 April 2022"."""
    told = [scan.tokens[m.end - 1].text == str(m.last.year) for m in (a, b)]
    if told != [False, True] or a.first.year == b.last.year:
        return a.first
    same = a.first.replace(year=b.last.year)
    return same if same < b.last else a.first.replace(year=b.last.year - 1)


def _of_clock(scan: Scan, i: int) -> bool:
    """Whether a token is a time of day or a word that ties one to its day."""
    token = scan.tokens[i]
    if token.kind in "no" or re.fullmatch(r"\d{1,2}[.:]\d\d", token.text):
        return True
    found = scan.at(i, "range_word", "prep", "place_prep", "since", "article", "night_of", "unit")
    if found is None:
        return _inside_hour(scan, i)
    return found.term.type != "unit" or found.term.get("dimension") == "clock"


def _inside_hour(scan: Scan, i: int) -> bool:
    """Whether a token goes on with the words for an hour: the "m." of "4 a.m."."""
    for n in (1, 2, 3):
        for f in scan.starting.get(i - n, ()):
            if f.end > i and f.term.type == "unit" and f.term.get("dimension") == "clock":
                return True
    return False


def _joinable(scan: Scan, a: TimeMention, b: TimeMention) -> bool:
    if b.behind or any(scan.tokens[i].text in ";.:" for i in range(a.end, b.start)):
        return False  # "overnight, a day after 31 were killed"
    kinds = {a.precision, b.precision}
    return (
        bool(a.part or b.part or kinds == {"day"}) and (a.part is None) != (b.part is None)
    ) or (kinds == {"day"} and a.first == b.first)


def _joined(a: TimeMention, b: TimeMention) -> TimeMention:
    dated, part = (b, a) if a.part else (a, b)
    first, last = dated.first, dated.last
    precision = dated.precision
    if part.part == "night" and precision == "day":
        # "Overnight on Friday", published on Saturday, is the night that began on Friday.
        begins = dated.future is not None and dated.future[0] != dated.first and part.span
        first, last = (
            (last, last + timedelta(days=1)) if begins else (last - timedelta(days=1), last)
        )
        precision = "night"
    future = dated.future
    if future and precision == "night":
        future = (future[0] - timedelta(days=1), future[1])
    joined = TimeMention(
        a.start, b.end, first, last, precision, future, dated.relative, dated.since, dated.basis
    )
    joined.weak = a.weak and b.weak
    return joined


def _frame(scan: Scan, row: TimeMention, anchor: date | None, *, harmed: bool) -> None:
    """Reads the words before an expression: "on the night of", "since", "as of"; `harmed` where people are."""
    if row.precision == "day" and _deadline(scan, row):
        row.statement, row.deadline = True, row.future is not None
    for f in _before(scan, row.start):
        if f.term.type == "night_of" and row.precision in ("day", "range"):
            if row.precision == "range" and (row.last - row.first).days == 1:
                row.precision, row.start = "night", f.start
                continue
            row.first, row.precision, row.start = row.first - timedelta(days=1), "night", f.start
            if row.future:
                row.future = (row.future[0] - timedelta(days=1), row.future[1])
        elif f.term.type == "since" and row.precision != "range":
            row.since, row.start = True, f.start
            row.basis = f.term.get("basis") or row.basis
        elif _onward(scan, row, f, anchor):
            row.since, row.basis = True, row.basis or "period"
        elif (f.term.type == "clock_word" and _tells_until(scan, row, f, harmed=harmed)) or (
            not row.weak and f.term.get("role") == "from" and _clocked(scan, f.end, row.start)
        ):
            row.statement = True
            row.deadline = row.deadline or bool(f.term.get("deadline"))


def _tells_until(scan: Scan, row: TimeMention, found: Found, *, harmed: bool) -> bool:
    """Whether a word tells as of when something is told; "by" only of people and right before a day that owns nothing."""
    if not found.term.get("close"):
        return True
    near = row.start - found.end <= 1
    return harmed and near and not scan.possessive(row.end)


def _of_toll(scan: Scan, row: TimeMention, first: int, last: int) -> bool:
    """Whether a day tells when a toll changed and not when the harm was done: "rose to 24 on Sunday".

    So does a day before a clause of its own that tells of it: "on Friday pulled two bodies out, bringing the toll to 31".
    """
    if row.precision not in ("day", "night") or scan.possessive(row.end):
        return False
    struck = scan.within("attack_noun", row.start - _BESIDE - 1, row.start)
    deeds = scan.within("predicate", row.start - _BESIDE - 1, row.start)
    if row.relative or struck or any(f.term.group == "noun" for f in deeds):
        return False  # "killed in a strike a day earlier"
    changes = [f for f in scan.within("grows", first, last) if f.term.get("toll")]
    if not changes:
        return False
    change = changes[0]
    if change.start < row.start:
        return True
    return scan.tokens[change.start - 1].text == ","


def _deadline(scan: Scan, row: TimeMention) -> bool:
    """Whether a day only tells until when: "they have to wait until Tuesday"."""
    return any(
        f.end == row.start and f.term.get("bound") == "up_to"
        for n in (1, 2)
        if row.start >= n
        for f in scan.starting.get(row.start - n, ())
        if f.term.type == "bound"
    )


def _of_saying(scan: Scan, row: TimeMention) -> bool:
    """Whether a day right behind a verb of saying tells when that was said: "the mission said on Tuesday"."""
    if row.precision != "day" or row.weak or scan.possessive(row.end):
        return False  # "says Wednesday's raids hit nine sites"
    k = row.start - 1
    if k >= 0 and scan.at(k, "prep", "place_prep") is not None:
        k -= 1
    if scan.at(row.end, "says") is not None and not scan.definites:
        return True  # «таку цифру в понеділок оприлюднив проєкт»
    if k >= 0 and any(f.end == k + 1 for f in scan.within("statement", k - 2, k + 1)):
        return bool(scan.within("says", k - _SAID_IN, k))  # "said in an update on Tuesday"
    return k >= 0 and scan.at(k, "says") is not None


def _onward(scan: Scan, row: TimeMention, found: Found, anchor: date | None) -> bool:
    """Whether a number counts from that day on: "since 13 June 224 people were killed"."""
    month = row.precision == "month" and not scan.definites  # «з березня 2022 року звільнено …»
    if found.term.get("role") != "from" or found.end != row.start:
        return False
    if row.precision != "day" and not month:
        return False
    if scan.possessive(row.end):
        return False  # "the toll from Thursday's attack"
    if (
        anchor is None
        or row.weak
        or row.relative
        or (row.future and row.future[0] > anchor + timedelta(days=_WEEK))
        or row.last > anchor - timedelta(days=_LATELY)
    ):
        return False
    further = scan.at(row.end, "range_word", "night_of", "place_prep", "prep")
    return further is None or scan.tokens[min(further.end, len(scan.tokens) - 1)].kind not in "no"


def _clocked(scan: Scan, a: int, b: int) -> bool:
    """Whether one hour stands between: "from 20:00 on 22 June" tells when something began; two tell a span."""
    hours = [
        i
        for i in range(a, b)
        if scan.tokens[i].kind == "o"
        or scan.at(i, "day_part")
        or re.fullmatch(r"\d{1,2}[.:]\d\d", scan.tokens[i].text)
    ]
    return len(hours) == 1


def _before(scan: Scan, start: int) -> Iterator[Found]:
    """The words of a time's frame that stand before it, the words for an hour left out of count."""
    words = (i for i in range(start - 1, max(-1, start - _FRAMED), -1) if not _inside_hour(scan, i))
    passed: list[int] = []
    for i in islice(words, _FRAME):
        token = scan.tokens[i]
        if token.kind == "l" or token.text in ",;.:":
            return
        for f in scan.starting.get(i, ()):
            if f.term.type in ("night_of", "since", "clock_word", "place_prep") and f.end <= start:
                if f.term.type == "place_prep" and any(scan.at(w, "nation") for w in passed):
                    continue  # «со стороны Ирана вечером 1 октября»
                gap = sum(w >= f.end for w in passed)
                if gap <= (_FAR_PREP if f.term.type == "place_prep" else _FAR):
                    yield f
        passed.append(i)
