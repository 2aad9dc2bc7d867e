"""Numbers of a page, read by the gate alone: digits, number words, mixed, ranges, bounds, units.

Enters: a `Page`. Leaves: its figures in the order of the text, each with its value, the wordings of a
bound that stand with it and the unit after it. Does not belong here: which claim a figure proves.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import Any, NamedTuple

from warledger.gate.page import Page
from warledger.gate.words import Hit

_DASHES = frozenset("-–—−")
_SUFFIX = 4  # "17-ти" is a number with its ending; "7-year" is not
_OLDEST = 110
_SEPARATORS = " \u00a0\u202f\u2009\u2007'’,."


class Figure(NamedTuple):
    """A number as it stands: tokens `first` to `last`, its value, the factor of its unit, the unit.

    `glued` says that a word hangs on it by a hyphen ("7-year-old"): it counts nothing by itself.
    """

    first: int
    last: int
    value: float
    factor: float = 1.0
    unit: Hit | None = None
    glued: bool = False


def figures_of(page: Page) -> list[Figure]:
    """Every number of the page; those glued to a name ("S-300") and clock times are none."""
    numbers: dict[int, Hit] = {}
    for hit in page.hits.get("number", ()):
        known = numbers.get(hit.first)
        if known is None or hit.last > known.last:
            numbers[hit.first] = hit
    for hit in page.hits.get("both", ()):
        numbers.setdefault(hit.first, hit)
    joins = {
        h.first
        for h in page.hits.get("conj", ())
        if h.first == h.last and h.sense.term.get("joins") == "and"
    }
    after = {
        h.first: h.last
        for h in page.hits.get("bound", ())
        if h.sense.term.get("position") == "after"
    }
    units = _by_first(page.hits.get("unit", ()))
    found: list[Figure] = []
    at = 0
    while at < len(page.keys):
        figure = None
        if page.forms[at] == "figure":
            figure = _digits(page, at, numbers, after)
        elif at in numbers:
            figure = _worded(page, at, numbers, joins)
        if figure is None:
            at += 1
            continue
        found.append(_with_unit(page, figure, units))
        at = figure.last + 1
    return found


def _by_first(hits: Any) -> dict[int, list[Hit]]:
    found: dict[int, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.first, []).append(hit)
    return found


def age_beside(page: Page, first: int, last: int) -> int | None:
    """The age joined to the word right before a noun, or right behind it: «19-річна дівчина», «дівчина 19 років»."""
    if first > 1 and page.keys[first - 1][0] == "-" and page.keys[first - 2].isdecimal():
        return int(page.keys[first - 2])
    at = last + 1
    if at >= len(page.keys) or not page.keys[at].isdecimal():
        return None
    ends = at + 1 >= len(page.gaps) or not page.gaps[at + 1].isspace()
    units = page.among("unit", at + 1, at + 2)
    aged = any(h.sense.term.get("dimension") in ("age", "year") for h in units)
    age = int(page.keys[at])
    return age if (ends or aged) and age <= _OLDEST else None


def literal(raw: str, decimal: str) -> float:
    """The value of a number in digits, whatever separates its thousands.

    One separator before exactly three digits parts thousands, unless what stands before it is 0.
    """
    for mark in _SEPARATORS[:-2]:
        raw = raw.replace(mark, "")
    parts = raw.replace(",", ".").split(".")
    if len(parts) == 1:
        return float(raw)
    if all(len(p) == 3 for p in parts[1:]) and parts[0] != "0":
        return float("".join(parts))
    return float("".join(parts[:-1]) + "." + parts[-1])


def _digits(page: Page, at: int, numbers: dict[int, Hit], after: dict[int, int]) -> Figure | None:
    key = page.keys[at]
    if key[0] == "-" and page.forms[at - 1] == "word":
        return None
    value = literal(key.lstrip("-"), page.words.decimal)
    last, nxt = at, at + 1
    if nxt < len(page.keys) and not page.gaps[nxt] and page.keys[nxt] in page.words.scales:
        return Figure(at, nxt, value * page.words.scales[page.keys[nxt]])  # "2.5k"
    if nxt in after:
        nxt = after[nxt] + 1
    hit = numbers.get(nxt)
    if hit is not None and not page.breaks[nxt] and _counts(hit):
        return Figure(at, hit.last, value * _value(hit))
    return Figure(at, last, value)


def _value(hit: Hit) -> float:
    value = hit.sense.term.get("value")
    return 2.0 if value is None else float(value)


def _counts(hit: Hit) -> bool:
    """Whether the word multiplies the number before it: thousand, million, dozen, hundred."""
    part = hit.sense.term.get("part")
    return part in ("multiplier", "dozen") or (part == "hundred" and _value(hit) == 100)


def _worded(page: Page, at: int, numbers: dict[int, Hit], joins: set[int]) -> Figure | None:
    """Number words from token `at` on, as far as they make one number."""
    if page.keys[at][0] == "-" and (at - 1) not in numbers and page.forms[at - 1] == "word":
        return None
    total = current = 0.0
    room = math.inf
    last, here = at, at
    while (hit := numbers.get(here)) is not None and (here == at or not page.breaks[here]):
        value = _value(hit)
        if (
            hit.sense.term.type == "number"
            and _counts(hit)
            and (part := hit.sense.term.get("part"))
        ):
            if part == "multiplier":
                if total and value >= total:
                    break
                total, current, room = total + (current or 1.0) * value, 0.0, value
            else:
                if current > 99:
                    break
                current, room = (current or 1.0) * value, min(room, value)
        else:
            if value >= room or (current and value >= max(_floor(current), value < 1)):
                break
            current += value
        last = hit.last
        here = last + 1
        if here in joins and current >= 100 and (nxt := numbers.get(here + 1)) is not None:
            here += _value(nxt) < 100
    return Figure(at, last, total + current)


def _floor(current: float) -> float:
    """Below which a further word may be added: after 200 anything under 100, after 20 under 10."""
    if current % 100 == 0:
        return 100.0
    return 10.0 if current % 10 == 0 and current % 100 >= 20 else 0.0


def _with_unit(page: Page, figure: Figure, units: dict[int, list[Hit]]) -> Figure:
    """The figure with the unit right behind it, or an area behind a word or two ("900 taken sq km")."""
    at = figure.last + 1
    if at < len(page.keys) and page.keys[at][0] == "-" and len(page.keys[at]) > _SUFFIX:
        figure = figure._replace(glued=True)
    apart = page.breaks[figure.first] or "\n" in page.gaps[figure.first]  # "three buses, two cars"
    for hit in units.get(figure.first - 1, ()) if figure.first and not apart else ():
        names = hit.sense.term.get("dimension") == "ordinal_thing"
        taken = names and (page.among("person", at, at + 1) or page.among("weapon", at, at + 1))
        people = hit.sense.term.get("counts") and _people_before(page, hit.first)
        if people or page.gaps[figure.first].strip() not in ("", "."):
            continue  # "the wounded number 40"; «Калибр» – 14
        if hit.last == hit.first and hit.sense.term.get("position") == "before" and not taken:
            return figure._replace(unit=hit)
    weapons = page.among("weapon", at, at + 1)
    if weapons and any(h.sense.term.get("model") for h in weapons):
        return figure  # 14 «Калибров» have no calibre
    if at < len(page.keys) and page.keys[at] in page.words.endings:
        at += 1  # «31-м» is thirty-one in the instrumental, and no metres
    for here in range(at, min(at + 3, len(page.keys))):
        if page.breaks[here] or (here > at and page.forms[here] == "figure"):
            break  # "4 Kh-47M2 missiles" are no square metres
        for hit in units.get(here, ()):
            term = hit.sense.term
            named = any(
                h.last > hit.last
                for kind in ("attack_noun", "person")
                for h in page.among(kind, here, here + 1)
            )  # "two army officers" are no second army
            if named or _attributive(hit, figure) or term.get("position") == "before":
                continue
            if here == at or term.get("dimension") == "area":
                return figure._replace(factor=float(term.get("factor") or 1.0), unit=hit)
    return figure


def _people_before(page: Page, at: int) -> bool:
    """Whether people, or a word for what befell them, stand right before a token."""
    return bool(at and page.among("predicate", at - 1, at) + page.among("person", at - 1, at))


def _attributive(hit: Hit, figure: Figure) -> bool:
    """A unit word in the singular behind a larger number describes the next noun: "two night cleaners"."""
    return hit.sense.tags == {"sg"} and figure.value != 1


def window(figures: list[Figure], first: int, past: int) -> list[Figure]:
    """The figures that lie among the tokens from `first` up to `past`."""
    low = bisect_left(figures, (first,))
    high = low
    while high < len(figures) and figures[high].first < past:
        high += 1
    return figures[low:high]


def _glued(page: Page, at: int) -> bool:
    """Whether a number is joined to the one before it by a hyphen without a space."""
    if not 0 < at < len(page.keys) or page.forms[at] != "figure" or page.forms[at - 1] != "figure":
        return False
    return page.gaps[at] in _DASHES


def is_range(page: Page, left: Figure, right: Figure) -> bool:
    """Whether two neighbouring figures are joined by a dash or by a word for a range."""
    gap = page.gaps[right.first]
    if _glued(page, left.first) or _glued(page, right.last + 1):
        return False  # "050-123-45-67"
    if right.first == left.last + 1:
        return bool(_DASHES & set(gap)) and "\n" not in gap
    if right.first == left.last + 2:
        between = left.last + 1
        return any(
            h.first == between == h.last for h in page.among("range_word", between, between + 1)
        )
    return False
