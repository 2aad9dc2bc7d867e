"""Which places a map can show, and how: as a whole area, as a point, or not at all.

Enters: places as claims name them. Leaves: what `places.places` draws. Does not belong here: guessing where an unnamed place is.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Protocol

import msgspec

from warledger import gazetteer
from warledger.charts import places as drawing
from warledger.model import StoredClaim

MOST_PINS = 800
WIDE = frozenset({"country", "oblast", "region", "water", "river", "raion", "hromada"})


class Named(Protocol):
    """A place with its name, its code and degrees where known, and how many claims name it with which phrases."""

    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def count(self) -> int: ...
    @property
    def phrases(self) -> tuple[str, ...]: ...


class Counted(msgspec.Struct, frozen=True):
    """A place as some claims name it."""

    name: str
    code: str | None
    lat: float | None
    lon: float | None
    count: int
    phrases: tuple[str, ...]


def counted(claims: Iterable[StoredClaim]) -> list[Counted]:
    """The places that claims name, those named most often first."""
    phrases: dict[tuple[Any, ...], set[str]] = {}
    naming: dict[tuple[Any, ...], set[str]] = {}
    for stored in claims:
        for place in stored.claim.places:
            key = (place.name, place.code, place.lat, place.lon)
            phrases.setdefault(key, set()).add(place.text)
            naming.setdefault(key, set()).add(stored.id)
    made = [
        Counted(name, code, lat, lon, len(ids), tuple(sorted(phrases[name, code, lat, lon])))
        for (name, code, lat, lon), ids in naming.items()
    ]
    return sorted(made, key=lambda place: (-place.count, place.name, place.code or ""))


def precision(place: Named) -> str:
    """How precisely a place is known: `area` (all of it), `point` (a settlement's or object's own degrees),
    `outside` (a point beyond the map), `unplaced`."""
    if area_of(place) is not None:
        return "area"
    if (place.name, place.code or "") in _wide():
        return "unplaced"
    if place.lat is None or place.lon is None:
        return "unplaced"
    return "point" if drawing.visible(place.lat, place.lon) else "outside"


def area_of(place: Named) -> str | None:
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


def drawn(
    found: Sequence[Named], labels: dict[str, str], leads: Callable[[str], str]
) -> Callable[[], Any]:
    """The map of these places; each leads to the address that `leads` gives for its name."""
    areas: dict[str, dict[str, Any]] = {}
    points = []
    for place in found:
        url = leads(place.name)
        if code := area_of(place):
            area = areas.setdefault(code, {"name": place.name, "count": 0, "url": url})
            area["count"] += place.count
        elif precision(place) == "point":
            point = {"name": place.name, "lat": place.lat, "lon": place.lon, "count": place.count}
            points.append({**point, "phrases": "; ".join(place.phrases[:5]), "url": url})
    return partial(drawing.places, areas, points[:MOST_PINS], labels)


def blank() -> Any:
    """A map with one area on it."""
    area = {"name": "", "count": 1, "url": ""}
    labels = dict.fromkeys(("area", "claims", "of_area", "of_place", "phrase", "place"), "")
    return drawing.places({min(drawing.codes()): area}, [], labels)
