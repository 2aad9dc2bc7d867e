"""The map: areas and places that claims name, each with the words that placed it and how precisely.

Enters: a visit. Leaves: an answer. Does not belong here: guessing where an unnamed place is.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from warledger import gazetteer
from warledger.ledger.browsing import PlaceCount
from warledger.model import KINDS
from warledger.web.answers import Answer, Visit
from warledger.web.charts import places as drawing
from warledger.web.pages.timeline import chart_labels, span
from warledger.web.templating import with_query
from warledger.web.terms import SUBJECTS
from warledger.web.wording import Wording

COLUMNS = ("place", "code", "precision", "lat", "lon", "claims", "phrases", "kinds")
MOST_PINS = 800
MOST_ROWS = 150
"""Places in the page's table, those named most often; its CSV and JSON hold all."""
WIDE = frozenset({"country", "oblast", "region", "water", "river", "raion", "hromada"})


def precision(place: PlaceCount) -> str:
    """How precisely a place is known: `area` (all of it), `point` (a settlement's or object's own degrees),
    `outside` (a point beyond the map), `unplaced`."""
    if area_of(place) is not None:
        return "area"
    if (place.name, place.code or "") in _wide():
        return "unplaced"
    if place.lat is None or place.lon is None:
        return "unplaced"
    return "point" if drawing.visible(place.lat, place.lon) else "outside"


def area_of(place: PlaceCount) -> str | None:
    """The code of the area that a place is, told by its code, or where it has none by the gazetteer's own name of it."""
    code = place.code or _areas().get(place.name)
    return code if code in drawing.codes() else None


@functools.cache
def _areas() -> dict[str, str]:
    records = gazetteer.of("en").places()
    return {found.name: found.code for found in records if found.kind == "oblast" and found.code}


@functools.cache
def _wide() -> frozenset[tuple[str, str]]:
    """Names and codes of whole regions, waters and countries: their one pair of degrees is no point where a thing was."""
    records = gazetteer.of("en").places()
    return frozenset((found.name, found.code) for found in records if found.kind in WIDE)


def places(visit: Visit) -> Answer:
    """Everything that claims of a span and a subject name."""
    start, end = span(visit)
    say = visit.say
    subject = visit.choice("subject", tuple(SUBJECTS))
    kind = visit.choice("kind", sorted(KINDS))
    kinds = (kind,) if kind else SUBJECTS[subject][1] if subject else ()
    found = visit.ledger.browse.places(visit.wanted(kinds=kinds, start=start, end=end))
    sorted_ = [(precision(place), place) for place in found]
    asked = {"kind": kind, "start": start, "end": end}
    table = [_row(how, place) for how, place in sorted_]
    return Answer(
        template="map.html",
        title=say("Map"),
        data={"places": [dict(zip(COLUMNS, row, strict=True)) for row in table]},
        columns=COLUMNS,
        rows=table,
        shown={
            "asked": {**asked, "subject": subject},
            "found": sorted_[:MOST_ROWS],
            "code_of": lambda place: place.code or area_of(place),
            "how": {
                "area": say("a whole area"),
                "point": say("its own point"),
                "outside": say("its own point, beyond this map"),
                "unplaced": say("not on the map: no one point"),
            },
            "cut": len(sorted_) > MOST_ROWS,
        },
        charts={"places": drawn(found, asked, say)},
    )


def drawn(
    found: Sequence[PlaceCount], asked: Mapping[str, str | None], say: Wording
) -> Callable[[], Any]:
    """The map of these places; each leads to a search for it within what was `asked`."""
    areas: dict[str, dict[str, Any]] = {}
    points = []
    for place in found:
        url = with_query("/search", place=place.name, **asked)
        if code := area_of(place):
            area = areas.setdefault(code, {"name": place.name, "count": 0, "url": url})
            area["count"] += place.count
        elif precision(place) == "point":
            point = {"name": place.name, "lat": place.lat, "lon": place.lon, "count": place.count}
            points.append({**point, "phrases": "; ".join(place.phrases[:5]), "url": url})
    return partial(drawing.places, areas, points[:MOST_PINS], chart_labels(say))


def blank() -> Any:
    """A map with one area on it."""
    area = {"name": "", "count": 1, "url": ""}
    labels = dict.fromkeys(("area", "claims", "of_area", "of_place", "phrase", "place"), "")
    return drawing.places({min(drawing.codes()): area}, [], labels)


def _row(how: str, place: PlaceCount) -> tuple[Any, ...]:
    """A place in the order of `COLUMNS`; an area has no point."""
    lat, lon = (place.lat, place.lon) if how in ("point", "outside") else (None, None)
    phrases, kinds = "; ".join(place.phrases), " ".join(place.kinds)
    return (place.name, place.code or area_of(place), how, lat, lon, place.count, phrases, kinds)
