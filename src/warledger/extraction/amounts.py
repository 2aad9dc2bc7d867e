"""An amount: a number as a text states it, with its bound and the tokens that show it.

Enters: nothing. Leaves: the `Amount` that the rooms of extraction hand on. Does not belong here: finding one (`numbers`).
"""

from __future__ import annotations

import msgspec

from warledger.extraction.scan import Found
from warledger.model import Bound, Number


class Amount(msgspec.Struct, eq=False):
    """A number as stated. `start` to `end` are its tokens with the bound's words, `core` those of the number.

    `sort` is `number`, `article`, `zero`, `nobody`, `both`, `all`, `vague`, `rest` or `bare` (a noun without a number);
    `people` marks numerals that count nobody but people, `barred` says why a number is no quantity; `more` marks "another", `each` a distributive;
    `instrumental` that the numeral itself stands in the case of a means ("with a dozen").
    """

    start: int
    end: int
    core: tuple[int, int]
    low: Number | None
    high: Number | None
    bound: Bound = "exact"
    sort: str = "number"
    barred: str | None = None
    more: bool = False
    each: bool = False
    unit: Found | None = None
    factor: float = 1.0
    people: bool = False
    instrumental: bool = False


def whole(value: Number) -> Number:
    """An int where the value is whole."""
    return int(value) if float(value).is_integer() else round(float(value), 6)
