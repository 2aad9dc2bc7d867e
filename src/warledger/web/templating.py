"""Templates: one environment, everything escaped, addresses made in one place.

Enters: answers and wordings. Leaves: HTML. Does not belong here: what a page says.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
from collections.abc import Mapping
from importlib import resources
from importlib.metadata import version
from typing import Any

import jinja2
from starlette.datastructures import URL

from warledger.charts import drawing
from warledger.rendering import passage
from warledger.web import telling, terms
from warledger.web.answers import Viewer, tilde
from warledger.web.wording import Wording

VERSION = version("warledger")


@functools.lru_cache(maxsize=1 << 14)
def report_url(report_id: str, claim: str | None = None) -> str:
    """The address of a report, and of a claim's words in it."""
    return f"/report/{tilde(report_id)}" + (f"#words-{claim}" if claim else "")


def claim_url(claim_id: str) -> str:
    """The address of a claim."""
    return f"/claim/{claim_id}"


def with_query(path: str, **values: object) -> str:
    """An address with parameters; those that are None or empty are left out."""
    kept = {name: str(value) for name, value in values.items() if value not in (None, "")}
    return str(URL(path).include_query_params(**kept)) if kept else path


def web_address(url: str | None) -> str | None:
    """A report's own address where a browser may follow it; None for any other scheme."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


@functools.cache
def static_version(name: str) -> str:
    """A static file's address with its content's hash, so that it may be kept for good."""
    return f"/static/{name}?v={hashlib.sha256(static_file(name)).hexdigest()[:12]}"


STATIC = {
    "page.css": "text/css",
    "app.css": "text/css",
    "app.js": "text/javascript",
    "charts.js": "text/javascript",
    "review.js": "text/javascript",
    "vega.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
"""The files served under /static, with their media types."""


@functools.cache
def static_file(name: str) -> bytes:
    """The bytes of one of `STATIC`; the style sheet of single reports is shared with their own pages."""
    if name == "vega.js":
        return drawing.script()
    room = "warledger.rendering" if name == "page.css" else "warledger.web"
    folder = () if name == "page.css" else ("static",)
    return resources.files(room).joinpath(*folder, name).read_bytes()


@functools.cache
def packed_file(name: str) -> bytes:
    """The same, compressed with gzip; static files hold nothing secret that its length could tell."""
    return gzip.compress(static_file(name), mtime=0)


def menu_items(say: Wording, viewer: Viewer) -> list[tuple[str, str, str]]:
    """The menu: key, address, label."""
    items = [
        ("day", "/", say("Day")),
        ("timeline", "/timeline", say("Timeline")),
        ("map", "/map", say("Map")),
        ("nuclear", "/nuclear", say("Nuclear safety")),
        ("front", "/front", say("Front")),
        ("diplomacy", "/diplomacy", say("Diplomacy")),
        ("justice", "/justice", say("Justice")),
        ("positions", "/positions", say("Positions")),
        ("sources", "/sources", say("Sources")),
        ("check", "/check", say("Check a text")),
        ("search", "/search", say("Search")),
    ]
    return [*items, ("review", "/review", say("Review"))] if viewer.edits else items


@functools.cache
def environment() -> jinja2.Environment:
    """The environment; a name that a template misses is an error, not an empty place."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("warledger.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        report_url=report_url,
        claim_url=claim_url,
        with_query=with_query,
        web_address=web_address,
        static=static_version,
        cut=passage.cut,
        sentence=passage.sentence,
        sentence_of=telling.sentence,
        reason_of=telling.reason,
        subjects=terms.SUBJECTS,
        version=VERSION,
        menu_items=menu_items,
    )
    return made


def load_templates() -> None:
    """Reads every template, so that no page waits for its own."""
    for name in environment().list_templates():
        environment().get_template(name)


def draw(template: str, context: Mapping[str, Any]) -> str:
    """The template filled in."""
    return environment().get_template(template).render(context)
