"""Nights over years: launched against intercepted, rates, harm, area taken, exchanges; gaps stay gaps.

Enters: a visit. Leaves: an answer. Does not belong here: adding up what different speakers say.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

import msgspec

from warledger.charts import series
from warledger.charts.words import LABELS
from warledger.ledger.browsing import Figure, Figures
from warledger.ledger.nightly import NightFigure
from warledger.web.answers import Answer, PageError, Visit
from warledger.web.wording import Wording

NIGHTLY = ("launched", "intercepted")
WEAPONS = ("drone", "missile", "bomb", "rocket", "aircraft", "any")
COLUMNS = (
    "day", "kind", "class", "state", "speaker", "side", "low", "high", "models", "claims", "claim",
)  # fmt: skip
MOST_DRAWN_DAYS = 2_000
MOST_DRAWN = 500
"""Single figures of each sort in a chart, in CSV and in JSON, about so many, the last ones by whole days."""
MOST_LISTED = 62
"""Nights and figures in a page's tables, the latest."""


ASKED: dict[str, dict[str, Any]] = {
    "harm": {"kinds": ("killed", "wounded")},
    "area": {"kinds": ("area_captured",)},
    "exchanges": {"kinds": ("prisoners",), "state": "exchanged"},
}
"""Single figures: what is asked of the claims of each sort."""


def timeline(visit: Visit) -> Answer:
    """Everything that has a number and a day, in one span."""
    start, end = span(visit)
    browse, say = visit.ledger.browse, visit.say
    # A night is shown on the day that it ends on: one that only begins within the span is not of it.
    wanted = visit.wanted(kinds=NIGHTLY, start=start, end=end)
    voices = browse.night_speakers(wanted)
    asked = visit.text("speaker") or (voices[0] if voices else None)
    told_by = msgspec.structs.replace(wanted, speaker=asked)

    def told_as(found: Sequence[NightFigure]) -> list[NightFigure]:
        return [f for f in found if asked and f.item_class in WEAPONS]

    last = told_as(browse.last_nights(told_by, MOST_LISTED))
    listed = _single(visit, MOST_LISTED)
    labels = chart_labels(say)

    @functools.cache
    def drawn() -> dict[str, Figures]:
        return _single(visit, MOST_DRAWN)

    @functools.cache
    def chosen() -> list[NightFigure]:
        return told_as(browse.nights(told_by))

    def table() -> list[Figure | NightFigure]:
        return [*chosen(), *(figure for found in drawn().values() for figure in found.rows)]

    by_night = _by_night(last)
    charts: dict[str, Callable[[], Any]] = {}
    if last:
        charts["nights"] = lambda: series.nights(
            _nights(chosen(), say), labels, [say.term(w) for w in _weapons(chosen())]
        )
        if any(rate(night[w]) is not None for night in by_night.values() for w in night):
            charts["rate"] = lambda: series.rates(_rates(_by_night(chosen()), say), labels)
    for name, unit in (("harm", say("people")), ("area", say("km²")), ("exchanges", say("people"))):
        if listed[name].rows:
            charts[name] = partial(_points, drawn, name, say, unit)
    return Answer(
        template="timeline.html",
        title=say("Timeline"),
        data=lambda: {
            "start": start,
            "end": end,
            "speaker": asked,
            "speakers": voices,
            "since": {name: found.since for name, found in drawn().items()},
            "figures": table(),
        },
        columns=COLUMNS,
        rows=lambda: [as_row(figure) for figure in table()],
        shown={
            "start": start,
            "end": end,
            "speaker": asked,
            "speakers": voices,
            "by_night": by_night,
            "most": MOST_LISTED,
            "weapons": _weapons(last),
            "harm": listed["harm"].rows,
            "area": listed["area"].rows,
            "swaps": listed["exchanges"].rows,
            "cut": any(found.since for found in listed.values()),
            "most_drawn": MOST_DRAWN,
            "told": told,
            "rate": rate,
        },
        charts=charts,
    )


def _weapons(found: Sequence[NightFigure]) -> list[str]:
    return [w for w in WEAPONS if any(f.item_class == w for f in found)]


def _single(visit: Visit, most: int) -> dict[str, Figures]:
    """The single figures of the span by sort, the last where there are more."""
    start, end = span(visit)
    return {
        name: visit.ledger.browse.figures(visit.wanted(start=start, end=end, **asked), most=most)
        for name, asked in ASKED.items()
    }


def _points(drawn: Callable[[], dict[str, Figures]], name: str, say: Wording, unit: str) -> Any:
    rows = dots(drawn()[name].rows, say)
    return series.points(rows, chart_labels(say), unit=unit, wide=name == "harm")


def span(visit: Visit) -> tuple[str | None, str | None]:
    """The days asked for, open where none is. Raises PageError for an end before its start."""
    start, end = visit.day("start"), visit.day("end")
    if start and end and start > end:
        raise PageError(400, f"{start} is after {end}")
    return start, end


def as_row(figure: Figure | NightFigure) -> tuple[Any, ...]:
    """A figure in the order of `COLUMNS`."""
    state = figure.state if isinstance(figure, Figure) else None
    models = figure.models if isinstance(figure, NightFigure) else None
    return (
        figure.day, figure.kind, figure.item_class, state, figure.speaker, figure.side,
        figure.low, figure.high, models, figure.claims, figure.claim_id,
    )  # fmt: skip


def chart_labels(say: Wording) -> dict[str, str]:
    """The words that charts hold, in the reader's language."""
    return {key: say(label) for key, label in LABELS.items()}


def _nights(found: Sequence[NightFigure], say: Wording) -> list[dict[str, Any]]:
    return [
        {
            "day": figure.day,
            "weapon": say.term(figure.item_class),
            "what": say.kind(figure.kind),
            "figure": figure.high,
            "url": f"/day/{figure.day}",
        }
        for figure in found
    ]


Weapon = dict[str, list[NightFigure]]
Nights = dict[str, dict[str, Weapon]]


def _by_night(found: Sequence[NightFigure]) -> Nights:
    """Day, then weapon, then kind, the latest day first."""
    nights: Nights = {}
    for figure in found:
        weapon = nights.setdefault(figure.day, {}).setdefault(figure.item_class or "any", {})
        weapon.setdefault(figure.kind, []).append(figure)
    return dict(sorted(nights.items(), reverse=True))


def rate(weapon: Weapon) -> float | None:
    """The share intercepted in percent, where both figures are one number each and the one is within the other."""
    launched, intercepted = (_only(weapon.get(kind, [])) for kind in NIGHTLY)
    if not launched or intercepted is None or intercepted > launched:
        return None
    return 100 * intercepted / launched


def _only(found: Sequence[NightFigure]) -> float | None:
    """The number, where there is one and it is exact."""
    if len(found) != 1 or found[0].low != found[0].high:
        return None
    return found[0].low


def _rates(nights: Nights, say: Wording) -> list[dict[str, Any]]:
    """A row a day and weapon, also for the days between, which have no rate and break the line."""
    first, last = date.fromisoformat(min(nights)), date.fromisoformat(max(nights))
    days = [
        (first + timedelta(days=n)).isoformat()
        for n in range(min((last - first).days + 1, MOST_DRAWN_DAYS))
    ]
    return [
        {
            "day": day,
            "weapon": say.term(weapon),
            "rate": rate(nights.get(day, {}).get(weapon, {})),
            "url": f"/day/{day}",
        }
        for weapon in ("drone", "missile", "any")
        if any(weapon in night for night in nights.values())
        for day in days
    ]


def dots(found: Sequence[Figure], say: Wording) -> list[dict[str, Any]]:
    """Figures as rows of a chart of points."""
    return [
        {
            "day": figure.day,
            "series": say.kind(figure.kind),
            "side": say.term(figure.side or "-"),
            "low": figure.low if figure.low is not None else figure.high,
            "high": figure.high if figure.high is not None else figure.low,
            "told": told(figure, say),
            "who": figure.speaker or figure.publisher or "",
            "url": f"/claim/{figure.claim_id}",
        }
        for figure in found
    ]


def told(figure: Figure | NightFigure, say: Wording) -> str:
    """The number, or the lowest and the highest where they differ."""
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return say.number(figure.high if figure.high is not None else figure.low or 0)
    return f"{say.number(figure.low)}–{say.number(figure.high)}"
