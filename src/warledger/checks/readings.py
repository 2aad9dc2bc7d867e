"""Readings: which values a wording allows ("nearly double", "up 40 %"), as documented in `docs/checks.md`.

Enters: statements. Leaves: intervals. Does not belong here: what the values are compared with.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from warledger.checks import intervals
from warledger.checks.intervals import Interval
from warledger.model import Claim, Passage, Statement

NEAR = 0.85
"""What is "nearly" a value is at least 85 % of it and below it: "nearly double" is 1.7 to 2.0, exclusive."""
TIMES_ROOM = 0.1
"""A plain "double", "three times" or "by a third" is within 10 % of the number told."""
TOP_SHARE, TOP_NUMBER = 0.05, 10
"""One of the largest is in the top 5 % or the top ten, whichever is larger."""


class Reading(msgspec.Struct, frozen=True):
    """The values that a wording allows; an open end excludes its value."""

    low: float
    high: float | None
    low_open: bool = False
    high_open: bool = False

    def allows(self, ratio: Interval) -> bool:
        """Whether some value of the interval is allowed."""
        low, high = ratio.low or 0.0, ratio.high
        if high is not None and (high < self.low or (self.low_open and high <= self.low)):
            return False
        return self.high is None or not (low > self.high or (self.high_open and low >= self.high))


def of_ratio(statement: Statement) -> Reading:
    """The ratios that "double", "nearly three times", "more than halved" allow."""
    factor, bound = float(statement.values["factor"]), statement.values["bound"]
    less = factor < 1
    whole = round(1 / factor, 6) if less else factor
    if bound == "nearly":
        told = Reading(NEAR * whole, whole, high_open=True)
    elif bound in ("over", "at_least"):
        told = Reading(whole, math.floor(whole) + 1, low_open=bound == "over", high_open=True)
    elif bound == "under":
        told = Reading(max(whole - 1, 1), whole, high_open=True)
    elif bound == "about":
        told = Reading((1 - intervals.ABOUT) * whole, (1 + intervals.ABOUT) * whole)
    elif not float(whole).is_integer():
        told = _rounded(whole)
    else:
        told = Reading((1 - TIMES_ROOM) * whole, (1 + TIMES_ROOM) * whole)
    return _turned(told) if less else told


def _rounded(value: float) -> Reading:
    interval = intervals.rounded(value, zeros=False)
    return Reading(interval.low or 0.0, interval.high, high_open=True)


def _turned(told: Reading) -> Reading:
    assert told.high is not None
    return Reading(1 / told.high, 1 / told.low, told.high_open, told.low_open)


def of_change(statement: Statement) -> Reading:
    """The ratios that "up 40 per cent", "down by about a third" allow."""
    percent, bound = float(statement.values["percent"]), statement.values["bound"]
    room = {
        "nearly": (NEAR * percent, percent),
        "over": (percent, percent + max(0.25 * percent, 1)),
        "at_least": (percent, percent + max(0.25 * percent, 1)),
        "under": (0.75 * percent, percent),
        "fraction": ((1 - TIMES_ROOM) * percent, (1 + TIMES_ROOM) * percent),
        "about": (percent - max(0.15 * percent, 1), percent + max(0.15 * percent, 1)),
    }.get(bound)
    if room is None:
        half = intervals.rounded(percent, zeros=False)
        room = (half.low or 0.0, half.high or 0.0)
    if statement.values["direction"] == "more":
        return Reading(1 + room[0] / 100, 1 + room[1] / 100)
    return Reading(max(1 - room[1] / 100, 0), max(1 - room[0] / 100, 0))


def of_percent(statement: Statement) -> Interval:
    """The percentages that a stated share allows: those that rounding writes so, within its bound."""
    low, high, bound = (statement.values[k] for k in ("low", "high", "bound"))
    value = low if low is not None else high
    if value is None:
        return Interval(0, 100)
    if bound == "about":
        return Interval(value - max(0.05 * value, 1), min(value + max(0.05 * value, 1), 100))
    if bound in ("over", "at_least"):
        return Interval(value, 100)
    if bound in ("under", "up_to"):
        return Interval(0, value)
    ends = intervals.rounded(low, zeros=False), intervals.rounded(high, zeros=False)
    return Interval(ends[0].low, ends[1].high)


def top(nights: int) -> int:
    """How many of so many nights are "among the largest"."""
    return max(TOP_NUMBER, intervals.ceiling(TOP_SHARE * nights))


def cited(report: str, statement: Statement, claims: Iterable[Claim] = ()) -> Passage:
    """The statement's words, as a finding cites them, with the comparison claimed in them where one of `claims` is."""
    own = statement.evidence
    for claim in claims:
        there = claim.evidence[0]
        if claim.kind == "comparison" and there.start < own.end and own.start < there.end:
            return Passage(report, own, claim.id)
    return Passage(report, own)
