"""The map: areas and places that claims name, each with the words that placed it and how precisely.

Enters: a visit. Leaves: an answer. Does not belong here: guessing where an unnamed place is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from warledger.charts import placing
from warledger.charts.placing import area_of, precision
from warledger.ledger.browsing import PlaceCount
from warledger.model import KINDS, Claim
from warledger.web.answers import Answer, Visit
from warledger.web.pages.timeline import chart_labels, span
from warledger.web.templating import with_query
from warledger.web.terms import SUBJECTS
from warledger.web.wording import Wording

COLUMNS = ("place", "code", "precision", "lat", "lon", "claims", "phrases", "kinds")
MOST_ROWS = 150
"""Places in the page's table, those named most often; its CSV and JSON hold all."""


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


def named(claims: Iterable[Claim]) -> list[PlaceCount]:
    """The places that these claims name, the most often named first."""
    told: dict[tuple[Any, ...], list[tuple[str, str]]] = {}
    for claim in claims:
        here: dict[tuple[Any, ...], str] = {}
        for place in claim.places:
            here.setdefault((place.name, place.code, place.lat, place.lon), place.text)
        for key, words in here.items():
            told.setdefault(key, []).append((words, claim.kind))
    made = [
        PlaceCount(
            name,
            code,
            lat,
            lon,
            len(said),
            tuple(sorted({words for words, _ in said})),
            tuple(sorted({kind for _, kind in said})),
        )
        for (name, code, lat, lon), said in told.items()
    ]
    return sorted(made, key=lambda found: (-found.count, found.name, found.code or ""))


def drawn(
    found: Sequence[PlaceCount], asked: Mapping[str, str | None], say: Wording
) -> Callable[[], Any]:
    """The map of these places; each leads to a search for it within what was `asked`."""
    return placing.drawn(
        found, chart_labels(say), lambda name: with_query("/search", place=name, **asked)
    )


def _row(how: str, place: PlaceCount) -> tuple[Any, ...]:
    """A place in the order of `COLUMNS`; an area has no point."""
    lat, lon = (place.lat, place.lon) if how in ("point", "outside") else (None, None)
    phrases, kinds = "; ".join(place.phrases), " ".join(place.kinds)
    return (place.name, place.code or area_of(place), how, lat, lon, place.count, phrases, kinds)
