"""The map: areas and places that claims name, each with the words that placed it and how precisely.

Enters: a visit. Leaves: an answer. Does not belong here: guessing where an unnamed place is.
"""

from __future__ import annotations

import functools
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

COLUMNS = ("place", "code", "precision", "lat", "lon", "claims", "phrases", "kinds")
MOST_PINS = 800
WIDE = frozenset({"country", "oblast", "region", "water", "raion", "hromada"})


def precision(place: PlaceCount) -> str:
    """How precisely a place is known: `area` (all of it), `point` (a settlement's or object's own degrees),
    `outside` (a point beyond the map), `unplaced`."""
    if place.code in drawing.codes():
        return "area"
    if (place.name, place.code or "") in _wide():
        return "unplaced"
    if place.lat is None or place.lon is None:
        return "unplaced"
    return "point" if drawing.visible(place.lat, place.lon) else "outside"


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
    areas: dict[str, dict[str, Any]] = {}
    for _, place in (pair for pair in sorted_ if pair[0] == "area"):
        assert place.code is not None
        area = areas.setdefault(place.code, {"name": place.name, "count": 0, "url": ""})
        area["count"] += place.count
        area["url"] = area["url"] or with_query("/search", place=place.name, **asked)
    points = [
        {
            "name": place.name,
            "lat": place.lat,
            "lon": place.lon,
            "count": place.count,
            "phrases": "; ".join(place.phrases[:5]),
            "url": with_query("/search", place=place.name, **asked),
        }
        for how, place in sorted_
        if how == "point"
    ][:MOST_PINS]
    table = [_row(how, place) for how, place in sorted_]
    return Answer(
        template="map.html",
        title=say("Map"),
        data={"places": [dict(zip(COLUMNS, row, strict=True)) for row in table]},
        columns=COLUMNS,
        rows=table,
        shown={
            "asked": {**asked, "subject": subject},
            "found": sorted_,
            "how": {
                "area": say("a whole area"),
                "point": say("its own point"),
                "outside": say("its own point, beyond this map"),
                "unplaced": say("not on the map: no one point"),
            },
            "cut": len([1 for how, _ in sorted_ if how == "point"]) > MOST_PINS,
        },
        charts={"places": partial(drawing.places, areas, points, chart_labels(say))},
    )


def _row(how: str, place: PlaceCount) -> tuple[Any, ...]:
    """A place in the order of `COLUMNS`; an area has no point."""
    lat, lon = (place.lat, place.lon) if how in ("point", "outside") else (None, None)
    phrases, kinds = "; ".join(place.phrases), " ".join(place.kinds)
    return (place.name, place.code, how, lat, lon, place.count, phrases, kinds)
