"""Every page, with its address. A page is a function from a visit to an answer, and nothing else.

Enters: visits. Leaves: answers. Does not belong here: HTTP, SQL, forms that change something.
"""

from __future__ import annotations

from warledger.charts import drawing, placing
from warledger.web.pages import (
    about,
    claim,
    day,
    incident,
    nuclear,
    places,
    report,
    search,
    sources,
    themes,
    timeline,
)
from warledger.web.serving import Page

PAGES = (
    Page("/", day.home, "day", charts=True),
    Page("/day", day.chosen, "day", charts=True),
    Page("/day/{day}", day.day, "day", charts=True),
    Page("/period/{start}/{end}", day.period, "day", charts=True),
    Page("/incident/{incident}", incident.incident, "day"),
    Page("/report/{report}", report.report),
    Page("/claim/{claim}", claim.claim),
    Page("/search", search.search, "search"),
    Page("/timeline", timeline.timeline, "timeline", charts=True),
    Page("/map", places.places, "map", charts=True),
    Page("/nuclear", nuclear.nuclear, "nuclear", charts=True),
    Page("/front", themes.front, "front", charts=True),
    Page("/diplomacy", themes.diplomacy, "diplomacy"),
    Page("/justice", themes.justice, "justice"),
    Page("/positions", themes.positions, "positions"),
    Page("/about", about.about),
    Page("/sources", sources.sources, "sources"),
    Page("/source", sources.source, "sources", charts=True),
)


def warm() -> None:
    """Loads what the first chart and the first map need: the drawing library and the areas' boundaries."""
    drawing.draw(placing.blank, form="svg")
