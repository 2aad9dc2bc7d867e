"""Intervals: what a figure's words allow, and arithmetic over it.

Enters: quantities. Leaves: intervals, closed at both ends, an open end being None. The readings of bounds are
documented in `docs/checks.md`. Does not belong here: what a figure is of.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

import msgspec

from warledger.model import Number, Quantity

ABOUT = 0.15
"""How far from the number told "about", "some", "nearly" may be: 15 % either way, and at least one."""
HEADLINE = 0.05
"""How far rounding may take a round number: half of its last place, and never more than 5 %."""

SLIP = 10
"""From this number on, ten or a hundred times as much is a slip of magnitude."""


class Interval(msgspec.Struct, frozen=True):
    """Everything from `low` to `high`, both included; an open end is None."""

    low: float | None
    high: float | None

    @property
    def exact(self) -> float | None:
        """The one value allowed, or None where there are several."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def known(self) -> bool:
        """Whether the words allow fewer values than all."""
        return self.low not in (None, 0) or self.high is not None


@functools.lru_cache(maxsize=1 << 14)
def of(quantity: Quantity) -> Interval:
    """What a quantity's words allow: "over 8" weapons are 9 or more, "about 30" is 25.5 to 34.5."""
    low, high, counted = quantity.low, quantity.high, quantity.unit == "count"
    value = low if low is not None else high
    if value is None:
        return Interval(0, None)
    step = 1 if counted and float(value).is_integer() else 0
    readings = {
        "at_least": Interval(value, None),
        "over": Interval(value + step, None),
        "under": Interval(0, value - step),
        "up_to": Interval(0, value),
        "about": about(value),
    }
    return readings.get(quantity.bound) or Interval(low, high)


def about(value: Number) -> Interval:
    """The reading of "about": 15 % either way, and at least one."""
    room = max(ABOUT * value, 1.0 if value >= 1 else 0.0)
    return Interval(max(value - room, 0), value + room)


def add(rows: Iterable[Interval]) -> Interval:
    """The sum; open where one of them is open."""
    low: float = 0
    high: float | None = 0
    for row in rows:
        low += row.low or 0
        high = None if high is None or row.high is None else high + row.high
    return Interval(low, high)


def subtract(a: Interval, b: Interval) -> Interval:
    """What may be left of `a` without `b`."""
    low = None if a.low is None or b.high is None else a.low - b.high
    high = None if a.high is None else a.high - (b.low or 0)
    return Interval(low, high)


def divide(a: Interval, b: Interval) -> Interval:
    """What `a` may be in units of `b`; open above where `b` may be nothing."""
    low = 0.0 if b.high is None else (a.low or 0) / b.high if b.high else 0.0
    high = None if a.high is None or not b.low else a.high / b.low
    return Interval(low, high)


def scale(a: Interval, factor: float) -> Interval:
    """The interval in another unit."""
    return Interval(
        None if a.low is None else a.low * factor, None if a.high is None else a.high * factor
    )


def meet(a: Interval, b: Interval) -> bool:
    """Whether one value is allowed by both."""
    return not above(a, b) and not above(b, a)


def above(a: Interval, b: Interval) -> bool:
    """Whether every value of `a` is above every value of `b`."""
    return a.low is not None and b.high is not None and a.low > b.high + 1e-9


def rounded(value: Number, *, zeros: bool = True, most: float = HEADLINE) -> Interval:
    """The values that rounding writes as `value`: half of its last place either way.

    With `zeros`, the place is that of the last digit that is not 0 ("190" may be 185 to 195), kept within the share
    `most` of the value.
    """
    place = 10.0 ** -_decimals(value)
    half = place / 2
    if zeros and float(value).is_integer() and value:
        while int(value) % int(place * 10) == 0:
            place *= 10
        half = max(min(place / 2, most * value), 0.5)
    return Interval(value - half, value + half)


def _decimals(value: Number) -> int:
    text = f"{value:f}".rstrip("0")
    return len(text.partition(".")[2])


def ceiling(value: float) -> int:
    """The least whole number that is not below the value."""
    return math.ceil(value - 1e-9)


def slipped(value: float) -> set[float]:
    """The numbers that a slip may have made of `value`, and some more: `slip` has the last word on each."""
    made = {value * 10, value * 100}
    if value == int(value):
        digits = str(int(value))
        for n in range(len(digits) - 1):
            made.add(float(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]))
    return made - {value}


def slip(x: float, y: float) -> str | None:
    """The message of the slip that parts two numbers, or None where it is none."""
    low, high = sorted((x, y))
    if low >= SLIP and high in (low * 10, low * 100):
        return "slip-magnitude"
    a, b = str(int(low)), str(int(high))
    if len(a) != len(b) or len(a) < 2 or low != int(low) or high != int(high):
        return None
    differ = [i for i in range(len(a)) if a[i] != b[i]]
    swapped = (
        len(differ) == 2
        and differ[1] == differ[0] + 1
        and a[differ[0]] == b[differ[1]]
        and a[differ[1]] == b[differ[0]]
    )
    return "slip-digits" if swapped else None
