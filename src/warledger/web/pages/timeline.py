"""Nights over years: launched against intercepted, rates, harm, area taken, exchanges; gaps stay gaps.

Enters: a visit. Leaves: an answer. Does not belong here: adding up what different speakers say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Any

from warledger.charts import series
from warledger.charts.words import LABELS
from warledger.ledger.browsing import Figure, NightFigure
from warledger.web.answers import Answer, PageError, Visit
from warledger.web.wording import Wording

NIGHTLY = ("launched", "intercepted")
WEAPONS = ("drone", "missile", "bomb", "rocket", "aircraft", "any")
COLUMNS = (
    "day", "kind", "class", "state", "speaker", "side", "low", "high", "models", "claims", "claim",
)  # fmt: skip
MOST_DRAWN_DAYS = 2_000
MOST_LISTED = 62
"""Nights and figures in a page's tables, the latest; its CSV and JSON hold all."""


def timeline(visit: Visit) -> Answer:
    """Everything that has a number and a day, in one span."""
    start, end = span(visit)
    browse, say = visit.ledger.browse, visit.say
    # A night is shown on the day that it ends on: one that only begins within the span is not of it.
    nightly = [
        figure
        for figure in browse.nights(visit.wanted(kinds=NIGHTLY, start=start, end=end))
        if end is None or figure.day <= end
    ]
    voices = speakers(nightly)
    asked = visit.text("speaker") or (voices[0] if voices else None)
    chosen = [f for f in nightly if f.speaker == asked and f.item_class in WEAPONS]
    harm = browse.figures(visit.wanted(kinds=("killed", "wounded"), start=start, end=end))
    area = browse.figures(visit.wanted(kinds=("area_captured",), start=start, end=end))
    swaps = browse.figures(
        visit.wanted(kinds=("prisoners",), state="exchanged", start=start, end=end)
    )
    charts: dict[str, Callable[[], Any]] = {}
    labels = chart_labels(say)
    if chosen:
        rows = _nights(chosen, say)
        weapons = [say.term(w) for w in WEAPONS if any(f.item_class == w for f in chosen)]
        charts["nights"] = partial(series.nights, rows, labels, weapons)
        rate_rows = _rates(chosen, say)
        if any(row["rate"] is not None for row in rate_rows):
            charts["rate"] = partial(series.rates, rate_rows, labels)
    for name, found, unit in (
        ("harm", harm, say("people")),
        ("area", area, say("km²")),
        ("exchanges", swaps, say("people")),
    ):
        if found:
            charts[name] = partial(
                series.points, dots(found, say), labels, unit=unit, wide=name == "harm"
            )
    table: list[Figure | NightFigure] = [*chosen, *harm, *area, *swaps]
    return Answer(
        template="timeline.html",
        title=say("Timeline"),
        data={"start": start, "end": end, "speaker": asked, "speakers": voices, "figures": table},
        columns=COLUMNS,
        rows=[as_row(figure) for figure in table],
        shown={
            "start": start,
            "end": end,
            "speaker": asked,
            "speakers": voices,
            "by_night": dict(islice(_by_night(chosen).items(), MOST_LISTED)),
            "most": MOST_LISTED,
            "weapons": [w for w in WEAPONS if any(f.item_class == w for f in chosen)],
            "harm": harm,
            "area": area,
            "swaps": swaps,
            "told": told,
            "rate": rate,
        },
        charts=charts,
    )


def span(visit: Visit) -> tuple[str | None, str | None]:
    """The days asked for, open where none is. Raises PageError for an end before its start."""
    start, end = visit.day("start"), visit.day("end")
    if start and end and start > end:
        raise PageError(400, f"{start} is after {end}")
    return start, end


def speakers(found: Iterable[NightFigure]) -> list[str]:
    """Who gave figures, those of the most days first, then by name."""
    days: dict[str, set[str]] = {}
    for figure in found:
        if figure.speaker is not None:
            days.setdefault(figure.speaker, set()).add(figure.day)
    return sorted(days, key=lambda name: (-len(days[name]), name))


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


def _rates(found: Sequence[NightFigure], say: Wording) -> list[dict[str, Any]]:
    """A row a day and weapon, also for the days between, which have no rate and break the line."""
    nights = _by_night(found)
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
