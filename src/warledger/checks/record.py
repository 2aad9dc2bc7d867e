"""The record as a small typed series: what each side told of each day and month, built once from stored claims.

Enters: stored claims. Leaves: a `Record` that answers what was told of a day, a month, an event. Does not belong
here: comparing (`against`).
"""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from warledger.checks import intervals
from warledger.checks.facts import Fact, days_between, shifted, stored
from warledger.checks.intervals import Interval
from warledger.checks.stated import address
from warledger.model import Passage, Report, StoredClaim

DAILY = frozenset({"launched", "intercepted", "lost", "hit", "killed", "wounded", "attacks"})
_CLASSES = ("drone", "missile", "bomb", "rocket", "aircraft")
ENOUGH = 0.9
"""The share of a month's days that must be recorded for their sum to stand for the month."""

Key = tuple[str, str, str | None]
"""Kind, class and the side that tells: a series."""


class Told(msgspec.Struct, frozen=True):
    """What was told of a day or a month: the interval, the claims that give it, and who says so."""

    day: str
    interval: Interval
    passages: tuple[Passage, ...]
    speakers: tuple[str, ...]


class Event(msgspec.Struct, frozen=True):
    """A plant's loss of power as told: its day, and which one it was said to be."""

    plant: str
    state: str
    day: str
    ordinal: int | None
    passage: Passage


class Record(msgspec.Struct, frozen=True):
    """What a ledger holds, as series. `days` lists the days of which a side tells anything of weapons."""

    daily: dict[Key, tuple[Told, ...]] = {}
    monthly: dict[Key, tuple[Told, ...]] = {}
    days: dict[str | None, tuple[str, ...]] = {}
    events: tuple[Event, ...] = ()
    pages: dict[str, Report] = {}

    def series(self, kind: str, class_: str, side: str | None) -> tuple[Told, ...]:
        """The daily series of a side; without a side the longest that any side gives."""
        if (kind, class_, side) in self.daily:
            return self.daily[kind, class_, side]
        rows = [v for (k, c, _), v in self.daily.items() if (k, c) == (kind, class_)]
        return max(rows, key=len, default=())

    def covered(self, side: str | None) -> tuple[str, ...]:
        """The days of which the side, or where it tells of none the most telling one, tells anything."""
        return self.days.get(side) or max(self.days.values(), key=len, default=())

    def on(self, kind: str, class_: str, side: str | None, day: str) -> Told | None:
        """What was told of a day."""
        rows = self.series(kind, class_, side)
        at = bisect_left(rows, day, key=lambda t: t.day)
        return rows[at] if at < len(rows) and rows[at].day == day else None

    def over(self, kind: str, class_: str, side: str | None, start: str, end: str) -> Told | None:
        """What was told of a period: its own figure, else the sum of its days where nearly all are recorded."""
        whole = [
            t
            for (k, c, s), rows in self.monthly.items()
            if k == kind and c == class_ and (side is None or s in (side, None))
            for t in rows
            if t.day == f"{start}/{end}"
        ]
        if whole:
            return _joined(whole)
        length = days_between(start, end) + 1
        covered = [d for d in self.covered(side) if start <= d <= end]
        if kind not in DAILY or len(covered) < ENOUGH * length:
            return None
        rows = [t for t in self.series(kind, class_, side) if start <= t.day <= end]
        passages = tuple(p for t in rows for p in t.passages)
        speakers = tuple(dict.fromkeys(s for t in rows for s in t.speakers))
        return Told(f"{start}/{end}", intervals.add(t.interval for t in rows), passages, speakers)


def _joined(rows: Sequence[Told]) -> Told:
    """Several sources' figures of one period: the interval from the lowest to the highest."""
    lows = [t.interval.low for t in rows if t.interval.low is not None]
    highs = [t.interval.high for t in rows]
    high = None if None in highs else max(h for h in highs if h is not None)
    return Told(
        rows[0].day,
        Interval(min(lows, default=None), high),
        tuple(p for t in rows for p in t.passages),
        tuple(dict.fromkeys(s for t in rows for s in t.speakers)),
    )


def build(claims: Iterable[StoredClaim]) -> Record:
    """The record of stored claims; later versions of a report take the place of earlier ones."""
    kept = list(_latest(claims))
    rows = stored(kept)
    daily: dict[Key, dict[str, list[tuple[Fact, StoredClaim]]]] = {}
    monthly: dict[Key, dict[str, list[Told]]] = {}
    days: dict[str | None, set[str]] = {}
    for f, source in rows:
        side, class_ = f.claim.speaker.side, f.claim.item.class_ or ""
        if "/" in f.day:
            if f.basis != "cumulative" and f.claim.item.model is None and not f.places:
                key = (f.claim.kind, class_, side)
                monthly.setdefault(key, {}).setdefault(f.day, []).append(
                    _told(f.day, [(f, source)])
                )
        elif f.day and f.claim.kind in DAILY and f.basis == "event" and not f.places:
            daily.setdefault((f.claim.kind, class_, side), {}).setdefault(f.day, []).append(
                (f, source)
            )
            days.setdefault(side, set()).add(f.day)
    return Record(
        daily=_with_totals({k: _nights(v) for k, v in daily.items()}),
        monthly={k: tuple(t for told in v.values() for t in told) for k, v in monthly.items()},
        days={k: tuple(sorted(v)) for k, v in days.items()},
        events=tuple(_events(kept)),
        pages={address(c.source.report.url): c.source.report for c in kept if c.source.report.url},
    )


def _latest(claims: Iterable[StoredClaim]) -> Iterable[StoredClaim]:
    rows = list(claims)
    newest: dict[str, tuple[str, str]] = {}
    for c in rows:
        at = (c.source.recorded_at_utc, c.source.version)
        newest[c.source.report.id] = max(newest.get(c.source.report.id, at), at)
    return (c for c in rows if newest[c.source.report.id][1] == c.source.version)


def _nights(by_day: dict[str, list[tuple[Fact, StoredClaim]]]) -> tuple[Told, ...]:
    return tuple(_night(day, by_day[day]) for day in sorted(by_day))


def _night(day: str, rows: Sequence[tuple[Fact, StoredClaim]]) -> Told:
    """One day of one class: each report's own total, or the sum of its models; of several reports the fullest."""
    reports: dict[str, list[tuple[Fact, StoredClaim]]] = {}
    for f, source in rows:
        reports.setdefault(_told_in(source), []).append((f, source))
    sums = [_of_report(day, group) for group in reports.values()]
    return max(sums, key=lambda t: (t.interval.low or 0, t.interval.high or 0))


def _told_in(source: StoredClaim) -> str:
    """What makes claims parts of one telling: the source that they name, else their report."""
    return str(source.claim.detail.get("source") or source.source.report.id)


def _of_report(day: str, rows: Sequence[tuple[Fact, StoredClaim]]) -> Told:
    """What one telling says of a day; the rows of a table stand for one weapon each and are added."""
    parts: dict[object, list[tuple[Fact, StoredClaim]]] = {}
    for row in rows:
        parts.setdefault(row[0].claim.detail.get("row"), []).append(row)
    told = [_of_row(day, part) for part in parts.values()]
    return told[0] if len(told) == 1 else _summed(told)


def _of_row(day: str, rows: Sequence[tuple[Fact, StoredClaim]]) -> Told:
    totals = [row for row in rows if row[0].claim.item.model is None]
    if totals:
        best = max(totals, key=lambda row: row[0].interval.low or 0)
        return _told(day, [best])
    return _summed([_told(day, [row]) for row in rows])


def _summed(rows: Sequence[Told]) -> Told:
    return msgspec.structs.replace(_joined(rows), interval=intervals.add(t.interval for t in rows))


def _told(day: str, rows: Sequence[tuple[Fact, StoredClaim]]) -> Told:
    speakers = (f.claim.speaker.name or c.source.report.publisher or "" for f, c in rows)
    return Told(
        day,
        rows[0][0].interval,
        tuple(f.passage for f, _ in rows),
        tuple(dict.fromkeys(s for s in speakers if s)),
    )


def _with_totals(daily: dict[Key, tuple[Told, ...]]) -> dict[Key, tuple[Told, ...]]:
    """Adds to each side's series the total over classes of each day, where only the classes are told."""
    out = dict(daily)
    for kind, side in {(k, s) for k, _, s in daily}:
        if kind not in ("launched", "intercepted", "lost", "hit"):
            continue
        own = {t.day: t for t in daily.get((kind, "any", side), ())}
        classes: dict[str, list[Told]] = {}
        for class_ in _CLASSES:
            for told in daily.get((kind, class_, side), ()):
                classes.setdefault(told.day, []).append(told)
        for day, rows in classes.items():
            summed = _summed(rows)
            if day not in own or (own[day].interval.low or 0) < (summed.interval.low or 0):
                own[day] = summed
        out[kind, "any", side] = tuple(own[d] for d in sorted(own))
    return out


def _events(claims: Iterable[StoredClaim]) -> Iterable[Event]:
    for c in claims:
        claim = c.claim
        plant, state = claim.detail.get("plant"), claim.detail.get("state")
        if (
            claim.kind != "nuclear_power"
            or claim.modality != "asserted"
            or not plant
            or not claim.time
        ):
            continue
        ordinal = claim.detail.get("ordinal")
        passage = Passage(c.source.report.id, claim.evidence[0], c.id)
        yield Event(str(plant), str(state), claim.time.end, ordinal, passage)


def before(period: Sequence[str], unit: str) -> tuple[str, str]:
    """The period of the same length a day, week, month or year earlier (start and end, ISO dates)."""
    start, end = period[0], period[1]
    if unit in ("day", "week"):
        days = 1 if unit == "day" else 7
        return shifted(start, -days), shifted(end, -days)
    first = date.fromisoformat(start)
    index = first.year * 12 + first.month - 1 - (1 if unit == "month" else 12)
    year, month = divmod(index, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if len(period) > 2 and period[2] == "month":
        return date(year, month + 1, 1).isoformat(), date(year, month + 1, length).isoformat()
    last = date.fromisoformat(end)
    shift = [d.replace(year=year, month=month + 1, day=min(d.day, length)) for d in (first, last)]
    return shift[0].isoformat(), shift[1].isoformat()
