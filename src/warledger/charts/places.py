"""The map: first-level areas by how many claims name them, and places as points at their own coordinates.

Enters: counts by area code, and places with degrees. Leaves: an Altair chart. Does not belong here: claims.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import altair as alt

from warledger.charts.series import inline

WIDTH, HEIGHT = 860, 620
CENTRE = (33.5, 49.6)
NAMED = 12
"""Points that bear their name on the map, those named most often; the others tell it under the pointer."""
SCALE = 1900
VIEW = (20.6, 42.5, 46.4, 56.0)
"""What the map shows, in degrees: west, south, east, north."""


@functools.cache
def boundaries() -> list[dict[str, Any]]:
    """The areas as GeoJSON features with `code` and `country`; where from, and their licence: `data/LICENCES.md`."""
    raw = resources.files("warledger.charts").joinpath("data", "boundaries.json").read_text("utf-8")
    features: list[dict[str, Any]] = json.loads(raw)["features"]
    return features


@functools.cache
def codes() -> frozenset[str]:
    """The codes of the areas that can be drawn."""
    return frozenset(feature["properties"]["code"] for feature in boundaries())


def _middle(code: str) -> dict[str, float]:
    """Where an area's name stands: the middle of its largest part; no point where anything happened."""
    geometry = next(f for f in boundaries() if f["properties"]["code"] == code)["geometry"]
    rings = geometry["coordinates"] if geometry["type"] == "Polygon" else [
        part[0] for part in geometry["coordinates"]
    ]  # fmt: skip
    ring = max(rings, key=len)
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    return {"lon": (min(lons) + max(lons)) / 2, "lat": (min(lats) + max(lats)) / 2}


def _ticks(most: int) -> list[int]:
    """Whole counts for a legend, from one to the most."""
    return sorted({1, max(1, round(most**0.5)), most})


def visible(lat: float, lon: float) -> bool:
    """Whether a point lies on the map."""
    west, south, east, north = VIEW
    return west <= lon <= east and south <= lat <= north


Label = Mapping[str, Any]
LETTER, LINE, LIFTED = 5.6, 13, -11
"""Of a name on the map, in pixels: how wide a letter is, how high a line, how far above its point it stands."""


def _apart(points: Sequence[Label], middles: Sequence[Label]) -> list[tuple[list[Label], int]]:
    """The names of points and of areas that no name before covers; the others are told under the pointer."""
    taken: list[tuple[float, float, float]] = []
    kept: list[tuple[list[Label], int]] = []
    for rows, shift in ((points, LIFTED), (middles, 0)):
        free = []
        for row in rows:
            half = len(row["name"]) * LETTER / 2
            x = math.radians(row["lon"]) * SCALE
            y = -math.asinh(math.tan(math.radians(row["lat"]))) * SCALE + shift
            if all(abs(x - a) > half + b or abs(y - c) > LINE for a, b, c in taken):
                taken.append((x, half, y))
                free.append(row)
        kept.append((free, shift))
    return kept


def places(
    areas: Mapping[str, Mapping[str, Any]],
    points: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
) -> Any:
    """The map. `areas`: code to `name`, `count`, `url`; `points`: `name`, `lat`, `lon`, `count`, `phrases`, `url`.

    An area is filled whole, since its words say no more; no point is moved or scattered.
    """
    features = [
        {
            **feature,
            "properties": {
                **feature["properties"],
                **areas.get(code, {"name": "", "count": 0, "url": ""}),
            },
        }
        for feature in boundaries()
        for code in (feature["properties"]["code"],)
    ]
    base = alt.Chart(inline(features))
    land = base.mark_geoshape(stroke="#8a8a8a", strokeWidth=0.6, fill="#808080", fillOpacity=0.12)
    most = max((area["count"] for area in areas.values()), default=1)
    filled = base.mark_geoshape(stroke="#6a6a6a", strokeWidth=0.6).transform_filter(
        "datum.properties.count > 0"
    )
    filled = filled.encode(
        color=alt.Color(
            "properties.count:Q",
            title=labels["of_area"],
            scale=alt.Scale(range=["#fbe3b0", "#d9822b", "#8f3b0a"], type="symlog", domainMin=0),
            legend=alt.Legend(format="d", values=_ticks(most), gradientLength=160),
        ),
        href="properties.url:N",
        tooltip=[
            alt.Tooltip("properties.name:N", title=labels["area"]),
            alt.Tooltip("properties.count:Q", title=labels["claims"]),
        ],
    )
    pins = (
        alt.Chart(inline(points))
        .mark_circle(color="#0072b2", stroke="#ffffff", strokeWidth=0.8, opacity=0.9)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size(
                "count:Q",
                title=labels["of_place"],
                scale=alt.Scale(range=[40, 420], domainMin=1),
                legend=alt.Legend(
                    format="d", values=_ticks(max([1, *(p["count"] for p in points)]))
                ),
            ),
            href="url:N",
            tooltip=[
                alt.Tooltip("name:N", title=labels["place"]),
                alt.Tooltip("count:Q", title=labels["claims"]),
                alt.Tooltip("phrases:N", title=labels["phrase"]),
            ],
        )
    )
    middles = [{"name": area["name"], **_middle(code)} for code, area in areas.items()]
    named = [
        alt.Chart(inline(rows))
        .mark_text(align="center", dy=shift, fontSize=10)
        .encode(longitude="lon:Q", latitude="lat:Q", text="name:N")
        for rows, shift in _apart(points[:NAMED], middles)
    ]
    return (
        alt.layer(land, filled, pins, *named)
        .properties(width=WIDTH, height=HEIGHT)
        .project(type="mercator", center=list(CENTRE), scale=SCALE)
    )
