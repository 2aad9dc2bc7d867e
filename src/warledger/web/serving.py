"""Pages over HTTP: one answer as HTML, JSON or CSV, its charts as SVG or Vega-Lite, with an ETag each.

Enters: requests. Leaves: responses. Does not belong here: what a page finds (`pages`), forms that change something.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warledger.charts import drawing
from warledger.ledger import Ledger
from warledger.web import people
from warledger.web.answers import Answer, PageError, Viewer, Visit, as_csv
from warledger.web.findings import Series
from warledger.web.guard import Forms
from warledger.web.settings import Settings
from warledger.web.templating import VERSION, draw
from warledger.web.wording import LANGUAGES, NAMES, choose, wording

Build = Callable[[Visit], Answer]
KEPT_BYTES = 64_000_000
_KEPT_EACH = 2_000_000
LANGUAGE_COOKIE = "warledger_language"


class Page(msgspec.Struct, frozen=True):
    """A page: its address, what builds it, the subject of the menu that it stands under, who may see it."""

    path: str
    build: Build
    menu: str = ""
    least: str = "public"
    kept: bool = True
    charts: bool = False


class Kept:
    """Bodies already made, by what they depend on; the least lately used go first."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most = most
        self._bytes = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """The body kept under the key."""
        with self._lock:
            body = self._bodies.get(key)
            if body is not None:
                self._bodies.move_to_end(key)
            return body

    def put(self, key: str, body: bytes) -> None:
        """Keeps a body, unless it is very large."""
        if len(body) > _KEPT_EACH:
            return
        with self._lock:
            self._bytes += len(body) - len(self._bodies.pop(key, b""))
            self._bodies[key] = body
            while self._bytes > self._most:
                self._bytes -= len(self._bodies.popitem(last=False)[1])


class House:
    """What all requests of one server share."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self.settings = settings
        self.ledger = ledger
        self.forms = Forms(settings.secret)
        self.kept = Kept()
        self.doors = people.Doors(ledger, settings)
        self.series = Series(ledger)

    def shows_all(self, viewer: Viewer) -> bool:
        """Whether a viewer sees every claim, so that what the whole record holds may be told."""
        return viewer.role != "public" or self.settings.publication == "all"

    def visit(self, request: Request, viewer: Viewer) -> Visit:
        """The question that a request asks."""
        query = {name: value for name, value in request.query_params.items() if name != "lang"}
        return Visit(
            path=dict(request.path_params),
            query=query,
            ledger=self.ledger,
            settings=self.settings,
            say=wording(language(request)),
            viewer=viewer,
            record=self.series.known().record if self.shows_all(viewer) else None,
        )


def language(request: Request) -> str:
    """The language that a request is answered in."""
    return choose(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language", ""),
    )


def routes(house: House, page: Page) -> list[Route]:
    """The routes of a page: the page itself, its data, its charts."""
    base = "/index" if page.path == "/" else page.path
    made = [
        Route(f"{base}.json", _endpoint(house, page, "json")),
        Route(f"{base}.csv", _endpoint(house, page, "csv")),
    ]
    if page.charts:
        made += [
            Route(f"{base}.{{chart}}.svg", _endpoint(house, page, "svg")),
            Route(f"{base}.{{chart}}.vl.json", _endpoint(house, page, "vl")),
        ]
    # A chart's address ends like the data's: it is looked at first.
    return [*made[2:], *made[:2], Route(page.path, _endpoint(house, page, "html"))]


def _endpoint(house: House, page: Page, form: str) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        viewer = house.doors.viewer(request)
        least = page.least if page.least != "public" else house.doors.reads
        people.admit(viewer, least)
        key = _key(house, request, form, viewer)
        etag = f'"{key[:32]}"'
        headers = {
            "ETag": etag,
            "Cache-Control": "private, no-cache",
            "Vary": "Cookie, Accept-Language",
        }
        if page.kept and request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        body = house.kept.get(key) if page.kept else None
        if body is None:
            body = await run_in_threadpool(_body, house, page, form, request, viewer)
            if page.kept:
                house.kept.put(key, body)
        if not page.kept:
            headers = {"Cache-Control": "no-store"}
        response = Response(body, media_type=_MEDIA[form], headers=headers)
        if form == "csv":
            response.headers["Content-Disposition"] = 'attachment; filename="warledger.csv"'
        return response

    return endpoint


_MEDIA = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "vl": "application/json",
}


def _key(house: House, request: Request, form: str, viewer: Viewer) -> str:
    parts = (
        VERSION,
        str(house.ledger.browse.head()),
        str(house.series.known().head),
        form,
        str(request.url.path),
        str(request.url.query),
        language(request),
        viewer.role,
        viewer.name or "",
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _body(house: House, page: Page, form: str, request: Request, viewer: Viewer) -> bytes:
    visit = house.visit(request, viewer)
    answer = page.build(visit)
    if form == "json":
        return msgspec.json.encode(answer.data() if callable(answer.data) else answer.data)
    if form == "csv":
        rows = answer.rows() if callable(answer.rows) else answer.rows
        return as_csv(answer.columns, rows).encode()
    if form in ("svg", "vl"):
        return _chart(answer, visit, form)
    return html(house, request, visit, answer, menu=page.menu).encode()


def _chart(answer: Answer, visit: Visit, form: str) -> bytes:
    make = answer.charts.get(visit.path["chart"])
    if make is None:
        raise PageError(404, "there is no such chart")
    theme = visit.choice("theme", ("light", "dark")) or "light"
    width = visit.number("width", 0, least=0, most=4_000)
    return drawing.draw(make, form=form, theme=theme, lang=visit.say.lang, width=width)


def html(
    house: House,
    request: Request,
    visit: Visit,
    answer: Answer,
    *,
    menu: str = "",
    more: Mapping[str, Any] | None = None,
) -> str:
    """The answer as a page; `more` is for templates with forms."""
    path = request.url.path
    query = f"?{request.url.query}" if request.url.query else ""
    base = "/index" if path == "/" else path
    back = path + query
    context = {
        "say": visit.say,
        "viewer": visit.viewer,
        "settings": visit.settings,
        "title": answer.title,
        "answer": answer,
        "menu": menu,
        "here": path,
        "base": base,
        "query": query,
        "back": back,
        "languages": [(lang, NAMES[lang]) for lang in LANGUAGES],
        "accounts": house.doors.accounts(),
        "has_data": bool(answer.columns),
    }
    return draw(answer.template, {**context, **answer.shown, **(more or {})})
