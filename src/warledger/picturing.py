"""The charts of a brief: the declarations that the web app shows, drawn for a page that is kept or printed.

Enters: a brief and the claims that it was made of. Leaves: pictures by section. Does not belong here: how a chart is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from warledger.brief import Brief, Picture, told_in, words
from warledger.charts import attacks, drawing, placing, series
from warledger.charts.words import LABELS
from warledger.model import StoredClaim

WIDE, NARROW = 900, 350
"""In pixels, for a wide screen or paper, and for a phone."""
MOST_SPEAKERS = 3
"""Whose nights a long brief draws, those who told of the most."""


def pictures(made: Brief, claims: Iterable[StoredClaim]) -> list[Picture]:
    """The attack by speaker and weapon, or night by night where a brief is of several, and a map of the places named.

    Only what the brief tells is drawn. The same brief gives the same bytes.
    """
    mine = told_in(claims, made.end)
    return [*_attacks(mine), *_map(mine)]


def _attacks(claims: list[StoredClaim]) -> list[Picture]:
    rows = attacks.attacked(
        claims, who=lambda s: words.speaker(s.claim, s.source), name=words.weapon, labels=LABELS
    )
    rows = [{key: value for key, value in row.items() if key != "url"} for row in rows]
    days = {row["day"] for row in rows}
    if not rows:
        return []
    if len(days) == 1:
        told = attacks.night(rows, name=words.weapon, labels=LABELS)
        return [_drawn("air-attack", "The weapons of the night, by who tells of them", told)]
    told_on: dict[str, set[str]] = {}
    for row in rows:
        told_on.setdefault(row["who"], set()).add(row["day"])
    most = sorted(told_on, key=lambda name: (-len(told_on[name]), name))[:MOST_SPEAKERS]
    return [
        _drawn("air-attack", f"Night by night, as told by {who}", _nights(rows, who))
        for who in most
    ]


def _nights(rows: list[dict[str, Any]], who: str) -> Callable[[], Any]:
    mine = [row for row in rows if row["who"] == who]
    weapons = list(dict.fromkeys(row["weapon"] for row in mine))
    return partial(series.nights, mine, LABELS, weapons)


def _map(claims: list[StoredClaim]) -> list[Picture]:
    found = placing.counted(claims)
    if not any(placing.precision(place) in ("area", "point") for place in found):
        return []
    return [_drawn("map", "Areas and places named", placing.drawn(found, LABELS, lambda _: ""))]


def _drawn(section: str, caption: str, make: Callable[[], Any]) -> Picture:
    wide, narrow = (
        drawing.draw(make, form="svg", theme="both", width=width) for width in (WIDE, NARROW)
    )
    return Picture(section, caption, wide, narrow)
