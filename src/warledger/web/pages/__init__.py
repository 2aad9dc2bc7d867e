"""Every page, with its address. A page is a function from a visit to an answer, and nothing else.

Enters: visits. Leaves: answers. Does not belong here: HTTP, SQL, forms that change something.
"""

from __future__ import annotations

from warledger import languages
from warledger.charts import drawing, placing
from warledger.web.answers import Viewer, Visit
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
from warledger.web.serving import House, Page
from warledger.web.templating import load_templates
from warledger.web.wording import wording

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
    """Loads what first pages need: the drawing library, the areas' boundaries, the languages, the templates."""
    drawing.draw(placing.blank, form="svg")
    for code in languages.CODES:
        languages.load(code)
    load_templates()


def first(house: House) -> None:
    """Makes the first page once, for what only a whole page loads."""
    viewer = Viewer(role="reader")
    visit = Visit(
        path={},
        query={},
        ledger=house.ledger,
        settings=house.settings,
        say=wording("en"),
        viewer=viewer,
        record=house.series.known().record,
    )
    day.home(visit)
