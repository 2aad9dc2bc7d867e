"""Against the record: superlatives and ranks, ratios and changes, counts of events, the first since a day.

Enters: a checked report, its facts, and a record. Leaves: findings that name the rank, the nights compared, the
coverage, the sources and the reading of the wording. Does not belong here: how the record is built (`record`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from warledger.checks import intervals, readings
from warledger.checks.facts import Checked, Fact, adjoin, days_between
from warledger.checks.intervals import Interval
from warledger.checks.record import Record, Told, before
from warledger.checks.telling import Row, bounds, finding
from warledger.model import Finding, Passage, Result, Statement

ENOUGH = 0.5
"""The share of nights that must be recorded for a rank to be told at all."""
_SHOWN = 3


class Value(msgspec.Struct, frozen=True):
    """What is compared: its interval, its period, the side that tells it, and the words."""

    interval: Interval
    period: tuple[str, str]
    side: str | None
    passages: tuple[Passage, ...]


def comparisons(checked: Checked, facts: Sequence[Fact], record: Record) -> Iterator[Finding]:
    """`superlative`, `ratio`, `event-count` and `first-since`: every comparison of the report."""
    for statement in checked.statements:
        if statement.sort != "comparison":
            continue
        relation = statement.values["relation"]
        if relation == "ordinal":
            yield _ordinal(checked, statement, record)
        elif relation == "first":
            yield _first(checked, statement, record)
        else:
            yield _of_figure(checked, statement, facts, record)


def _of_figure(
    checked: Checked, statement: Statement, facts: Sequence[Fact], record: Record
) -> Finding:
    """`superlative` or `ratio`: the figure that the comparison is of, held against others."""
    passage = readings.cited(checked.report.id, statement, checked.claims)
    values = _named(statement)
    own = value_of(checked, statement, facts, record)
    is_ratio = statement.values["relation"] in ("ratio", "change")
    if own is None:
        check = "ratio" if is_ratio else "superlative"
        return finding(check, "cannot_tell", "no-own-figure", values, [passage])
    values["figure"] = bounds(own.interval)
    if not is_ratio:
        return _superlative(statement, own, record, values, passage)
    period = _with(statement, own)
    other = value_of(checked, _without_time(statement), facts, record, period)
    values |= {"day": _shown(own.period), "with": _shown(period)}
    return _ratio(statement, own, other, values, passage)


# ---- superlatives, ranks, records ----


def _superlative(
    statement: Statement, own: Value, record: Record, values: dict[str, Any], passage: Passage
) -> Finding:
    kind, class_ = statement.values["kind"], statement.values.get("class") or ""
    monthly = days_between(*own.period) > 2
    scope = _scope(statement, own)
    rows = _earlier(record, kind, class_, own, monthly, scope)
    values["day"] = own.period[1]
    if not rows:
        return finding("superlative", "cannot_tell", "no-record", values, [passage, *own.passages])
    return _ranked(
        statement, own, rows, _missing(record, own, rows, scope, monthly), values, passage
    )


def _ranked(
    statement: Statement,
    own: Value,
    rows: Sequence[Told],
    missing: int,
    values: dict[str, Any],
    passage: Passage,
) -> Finding:
    least = statement.values["end"] == "min"
    beats = [t for t in rows if _beyond(t.interval, own.interval, least)]
    may = [t for t in rows if _may_exceed(t.interval, own.interval, least)]
    best, worst = 1 + len(beats), 1 + len(may)
    wanted = _wanted(statement, len(rows) + 1)
    values |= {
        "rank": best if best == worst else [best, worst],
        "nights": len(rows),
        "missing": missing,
        "first": rows[0].day,
        "last": rows[-1].day,
        "wanted": wanted[1],
        "sources": sorted({s for t in rows for s in t.speakers}),
    }
    top = sorted(rows, key=lambda t: t.interval.low or 0, reverse=not least)[:_SHOWN]
    working: list[Row] = [
        ("rank-own", values),
        *(
            ("rank-other", {"day": t.day, "figure": bounds(t.interval), "speakers": t.speakers})
            for t in top
        ),
        ("rank-reading-" + statement.values["relation"], values),
    ]
    passages = [passage, *own.passages, *(p for t in top for p in t.passages)]
    holds, fails = wanted[0] <= best and worst <= wanted[1], best > wanted[1] or worst < wanted[0]
    sparse = missing > (1 - ENOUGH) * (len(rows) + missing)
    result: Result = "consistent" if holds else "inconsistent" if fails else "cannot_tell"
    if sparse and result == "consistent":
        result = "cannot_tell"
    message = {"consistent": "rank-holds", "inconsistent": "rank-fails", "cannot_tell": "rank-open"}
    return finding("superlative", result, message[result], values, passages, working)


def _wanted(statement: Statement, nights: int) -> tuple[int, int]:
    """The ranks that the wording allows, first and last."""
    relation = statement.values["relation"]
    if relation == "one_of_largest":
        return 1, readings.top(nights)
    if relation == "rank":
        return int(statement.values["rank"]), int(statement.values["rank"])
    return 1, 1


def _beyond(a: Interval, b: Interval, least: bool) -> bool:
    return intervals.above(b, a) if least else intervals.above(a, b)


def _may_exceed(a: Interval, b: Interval, least: bool) -> bool:
    """Whether `a` may lie beyond `b`; equal exact figures share a rank."""
    if a.exact is not None and a.exact == b.exact:
        return False
    return not (_beyond(b, a, least))


def _scope(statement: Statement, own: Value) -> tuple[str, str]:
    scope = statement.values.get("scope")
    if isinstance(scope, list):
        return scope[0], own.period[1]
    return "", own.period[1]


def _earlier(
    record: Record, kind: str, class_: str, own: Value, monthly: bool, scope: tuple[str, str]
) -> list[Told]:
    """What the record tells of the nights, or the months, before the value's own."""
    if not monthly:
        rows = record.series(kind, class_, own.side)
        return [t for t in rows if scope[0] <= t.day < own.period[1]]
    out: list[Told] = []
    period = (*own.period, "month")
    first = next(iter(record.covered(own.side)), None)
    told = [t.day for rows in record.monthly.values() for t in rows]
    first = min([d for d in (first, min(told, default=None)) if d], default=own.period[0])
    while (earlier := before(period, "month"))[1] >= max(first, scope[0])[:10]:
        if row := record.over(kind, class_, own.side, *earlier):
            out.insert(0, row)
        period = (*earlier, "month")
    return out


def _missing(
    record: Record, own: Value, rows: Sequence[Told], scope: tuple[str, str], monthly: bool
) -> int:
    """Nights between the first recorded one and the value's own of which the record holds nothing."""
    if monthly:
        months = days_between(rows[0].day[:10], own.period[0]) / 30.44
        return max(round(months) - len(rows), 0)
    first = max(rows[0].day, scope[0]) if scope[0] else rows[0].day
    covered = [d for d in record.covered(own.side) if first <= d < own.period[1]]
    return max(days_between(first, own.period[1]) - len(covered), 0)


# ---- the values compared ----


def value_of(
    checked: Checked,
    statement: Statement,
    facts: Sequence[Fact],
    record: Record,
    period: tuple[str, str] | None = None,
) -> Value | None:
    """The figure that a statement speaks of, from its own report, else from the record."""
    kind, class_ = statement.values["kind"], statement.values.get("class")
    time = statement.values.get("time")
    wanted = period or ((time[0], time[1]) if time else None)
    rows = [f for f in facts if f.claim.kind == kind and f.day and f.basis != "cumulative"]
    rows = [f for f in rows if wanted is None or _covers(f, wanted)]
    found = _told_here(checked, statement, rows, class_)
    if found is not None:
        return found
    side = _side(facts, kind)
    when = wanted or _day_near(checked, statement, facts)
    if when is None:
        return None
    told = look_up(record, kind, class_ or "", side, when)
    return Value(told.interval, when, side, told.passages) if told else None


def look_up(
    record: Record, kind: str, class_: str, side: str | None, period: tuple[str, str]
) -> Told | None:
    """What the record tells of a day or night, or of a longer period."""
    if days_between(*period) <= 1:
        return record.on(kind, class_, side, period[1])
    return record.over(kind, class_, side, *period)


def _covers(f: Fact, wanted: tuple[str, str]) -> bool:
    start, _, end = f.day.partition("/")
    if end:
        return (start, end) == wanted
    return start == wanted[1] or (days_between(*wanted) == 1 and start in wanted)


def _told_here(
    checked: Checked, statement: Statement, rows: Sequence[Fact], class_: str | None
) -> Value | None:
    """The report's own figure: one of the class, else for a total the sum of what it tells by class."""
    mine = [f for f in rows if f.claim.item.model is None and not f.places] or [
        f for f in rows if not f.places
    ]
    exact = [f for f in mine if f.claim.item.class_ == class_ and f.interval.known]
    if exact:
        near = min(exact, key=lambda f: _distance(checked, statement, f))
        period = _period(near)
        return Value(near.interval, period, near.claim.speaker.side, (near.passage,))
    parts = [
        f for f in mine if f.claim.item.class_ not in (None, "any") and f.claim.item.model is None
    ]
    days = {f.day for f in parts}
    classes = {f.claim.item.class_ for f in parts}
    if class_ != "any" or len(days) != 1 or len(classes) != len(parts) or not parts:
        return None
    summed = intervals.add(f.interval for f in parts)
    passages = tuple(f.passage for f in parts)
    return Value(summed, _period(parts[0]), parts[0].claim.speaker.side, passages)


def _period(f: Fact) -> tuple[str, str]:
    start, _, end = f.day.partition("/")
    return (start, end) if end else (start, start)


def _distance(checked: Checked, statement: Statement, f: Fact) -> tuple[bool, bool, int]:
    at = statement.evidence.start
    apart = not adjoin(checked.report.text, f.at, at)
    return (apart, f.at > at, abs(f.at - at))


def _side(facts: Sequence[Fact], kind: str) -> str | None:
    sides = [f.claim.speaker.side for f in facts if f.claim.kind == kind and f.claim.speaker.side]
    return max(sorted(set(sides)), key=sides.count) if sides else None


def _day_near(
    checked: Checked, statement: Statement, facts: Sequence[Fact]
) -> tuple[str, str] | None:
    """The day that the report tells of, where the statement names none."""
    rows = [f for f in facts if f.day and "/" not in f.day]
    if not rows:
        return None
    near = min(rows, key=lambda f: abs(f.at - statement.evidence.start))
    return near.day, near.day


# ---- ratios and changes ----


def _ratio(
    statement: Statement,
    own: Value,
    other: Value | None,
    values: dict[str, Any],
    passage: Passage,
) -> Finding:
    if other is None or other.interval.high == 0:
        return finding("ratio", "cannot_tell", "no-other-figure", values, [passage, *own.passages])
    ratio = intervals.divide(own.interval, other.interval)
    reading = (
        readings.of_change if statement.values["relation"] == "change" else readings.of_ratio
    )(statement)
    values |= {
        "other": bounds(other.interval),
        "ratio": bounds(ratio),
        "low": reading.low,
        "high": reading.high if reading.high is not None else "any",
        "change": bounds(Interval(_change(ratio.low), _change(ratio.high))),
    }
    holds = reading.allows(ratio)
    working: list[Row] = [("ratio-working", values), ("ratio-reading", values)]
    passages = [passage, *own.passages, *other.passages[:_SHOWN]]
    result: Result = "consistent" if holds else "inconsistent"
    if holds and (ratio.exact is None and ratio.high is None):
        result = "cannot_tell"
    message = {
        "consistent": "ratio-holds",
        "inconsistent": "ratio-fails",
        "cannot_tell": "ratio-open",
    }
    return finding("ratio", result, message[result], values, passages, working)


def _change(ratio: float | None) -> float | None:
    return None if ratio is None else 100 * (ratio - 1)


def _with(statement: Statement, own: Value) -> tuple[str, str]:
    """The period compared with: the one named, or the one before the value's own."""
    if told := statement.values.get("with"):
        return told[0], told[1]
    time = statement.values.get("time")
    precision = time[2] if time else ("month" if days_between(*own.period) > 8 else "day")
    return before((*own.period, precision), statement.values["prior"])


def _without_time(statement: Statement) -> Statement:
    values = {k: v for k, v in statement.values.items() if k != "time"}
    return msgspec.structs.replace(statement, values=values)


def _shown(period: tuple[str, str]) -> str:
    return period[0] if period[0] == period[1] else f"{period[0]} to {period[1]}"


def _named(statement: Statement) -> dict[str, Any]:
    what = " ".join(str(v) for v in (statement.values["kind"], statement.values.get("class")) if v)
    return {"told": " ".join(statement.evidence.quote.split()), "of": what}


# ---- events ----


def _ordinal(checked: Checked, statement: Statement, record: Record) -> Finding:
    """How many times a plant lost its power, against the days recorded and the ordinals told before."""
    passage = readings.cited(checked.report.id, statement, checked.claims)
    plant, number = statement.values.get("plant"), int(statement.values["ordinal"])
    day = _day_of(checked, statement)
    values = {
        "told": statement.evidence.quote,
        "plant": plant or "",
        "ordinal": number,
        "day": day or "",
    }
    rows = [
        e
        for e in record.events
        if e.plant == plant
        and e.state == statement.values.get("state")
        and e.passage.report != checked.report.id
        and (day is None or e.day <= day)
    ]
    if not rows or day is None:
        return finding("event-count", "cannot_tell", "no-events", values, [passage])
    earlier = [e for e in rows if e.day < day and e.ordinal]
    base = max(earlier, key=lambda e: (e.day, e.ordinal or 0), default=None)
    since = {e.day for e in rows if (base is None or e.day > base.day)} | {day}
    counted = (base.ordinal or 0 if base else 0) + len(since)
    values |= {
        "counted": counted,
        "days": sorted(since),
        "base": base.ordinal if base else 0,
        "base_day": base.day if base else "",
    }
    working: list[Row] = [("event-base" if base else "event-days", values)]
    passages = [passage, *(e.passage for e in rows)]
    if number == counted:
        return finding("event-count", "consistent", "events-match", values, passages, working)
    if number < counted:
        return finding("event-count", "inconsistent", "events-more", values, passages, working)
    return finding("event-count", "cannot_tell", "events-fewer", values, passages, working)


def _day_of(checked: Checked, statement: Statement, after: str = "") -> str | None:
    """The day of the event that a statement is of, later than `after`: told, a claim's, or that of publication."""
    time = statement.values.get("time")
    kind = statement.values["kind"]
    days = [str(time[1])] if time else []
    days += [c.time.end for c in checked.claims if c.time and c.kind == kind]
    days.append((checked.report.published or "")[:10])
    return next((day for day in days if day > after), None)


def _first(checked: Checked, statement: Statement, record: Record) -> Finding:
    """The first of its kind since a day: whether the record holds one in between."""
    passage = readings.cited(checked.report.id, statement, checked.claims)
    values = _named(statement)
    kind, class_, start = (
        statement.values["kind"],
        statement.values["class"],
        statement.values["scope"][0],
    )
    day = _day_of(checked, statement, start)
    side = next((c.speaker.side for c in checked.claims if c.kind == kind and c.speaker.side), None)
    values |= {"since": start, "day": day or ""}
    covered = [d for d in record.covered(side) if day and start < d < day]
    if day is None or not covered:
        return finding("first-since", "cannot_tell", "no-record-between", values, [passage])
    rows = [
        t
        for t in record.series(kind, class_, side)
        if start < t.day < day and (t.interval.low or 0) > 0
    ]
    missing = days_between(start, day) - 1 - len(covered)
    values |= {
        "nights": len(covered),
        "missing": missing,
        "days": [t.day for t in rows[:_SHOWN]],
        "found": len(rows),
    }
    passages = [passage, *(p for t in rows[:_SHOWN] for p in t.passages)]
    if rows:
        return finding("first-since", "inconsistent", "others-between", values, passages)
    if missing > len(covered):
        return finding("first-since", "cannot_tell", "between-unknown", values, passages)
    return finding("first-since", "consistent", "none-between", values, passages)
