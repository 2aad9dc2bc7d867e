"""The app: pages, forms, API, static files, errors, put together.

Enters: settings and an open ledger. Leaves: an ASGI application. Does not belong here: anything else.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from warledger.errors import LedgerError, UsageError, WarledgerError
from warledger.ledger import Ledger
from warledger.web import api, feeds, forms, pages
from warledger.web.answers import Answer, PageError, Viewer
from warledger.web.forms.frame import local
from warledger.web.guard import Guard
from warledger.web.serving import LANGUAGE_COOKIE, House, html, routes
from warledger.web.settings import Settings, is_loopback
from warledger.web.templating import STATIC, VERSION, packed_file, static_file, static_version
from warledger.web.wording import LANGUAGES

_log = logging.getLogger(__name__)


def create_app(settings: Settings, ledger: Ledger) -> FastAPI:
    """The app over a ledger that the caller opened and will close.

    On a loopback host without accounts it answers to this machine's own names only.
    """
    app = FastAPI(
        title="warledger",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        description="A sourced, checkable record of what is published about a war.",
        lifespan=_warming,
    )
    house = House(settings, ledger)
    app.state.house = house
    for page in pages.PAGES:
        app.router.routes.extend(routes(house, page))
    app.include_router(api.router)
    app.router.routes.extend(forms.routes(house))
    app.router.routes.extend(feeds.routes(house))
    app.router.routes.append(Route("/language/{lang}", _language))
    app.router.routes.append(Route("/static/{name}", _static))
    for kind in (HTTPException, RequestValidationError, WarledgerError):
        app.add_exception_handler(kind, _failed)
    alone = is_loopback(settings.host) and not house.doors.accounts()
    app.add_middleware(Guard, body_limit=settings.body_limit, loopback=alone, failed=_failed)
    return app


@asynccontextmanager
async def _warming(app: FastAPI) -> AsyncIterator[None]:
    """Makes what the first visitor would wait for while the server already listens."""
    threading.Thread(target=_warm, args=(app.state.house,), daemon=True).start()
    yield


def _warm(house: House) -> None:
    for name in STATIC:
        static_version(name)
        packed_file(name)
    pages.warm()
    try:
        house.ledger.browse.refresh()
        house.series.build()
        pages.first(house)
    except WarledgerError as error:
        _log.warning("%s", error)
    # What lives as long as the server is not looked through again and again for what can be thrown away.
    gc.collect()
    gc.freeze()


async def _static(request: Request) -> Response:
    """One of the package's files; where its address holds its hash, it may be kept for good."""
    name = request.path_params["name"]
    if name not in STATIC:
        raise PageError(404, "there is no such file")
    kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed_file(name), media_type=STATIC[name], headers=headers)
    return Response(static_file(name), media_type=STATIC[name], headers=headers)


async def _language(request: Request) -> Response:
    """Keeps a language in a cookie and goes back to the page."""
    lang = request.path_params["lang"]
    if lang not in LANGUAGES:
        raise PageError(404, "the interface has no such language")
    response = RedirectResponse(local(request.query_params.get("back")), status_code=303)
    response.set_cookie(LANGUAGE_COOKIE, lang, max_age=31_536_000, httponly=True, samesite="lax")
    return response


_STATUS = {UsageError: 400, LedgerError: 503}


def status_of(error: Exception) -> tuple[int, str]:
    """The HTTP status and the one line of an error; what was not foreseen tells nothing of itself."""
    if isinstance(error, PageError):
        return error.status, str(error)
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return 422, f"{first['loc'][-1]}: {first['msg']}"
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail)
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            return status, str(error)
    return 500, "something went wrong here; it has been written to the server's log"


async def _failed(request: Request, error: Exception) -> Response:
    status, reason = status_of(error)
    if status == 500:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
    headers = dict(getattr(error, "headers", None) or {})
    if wants_json(request):
        body = {"error": {"status": status, "reason": reason}}
        return Response(msgspec.json.encode(body), status, headers, media_type="application/json")
    house: House = request.app.state.house
    if status == 401:
        where = "/login?back=" + _quoted(request.url.path)
        return RedirectResponse(where, status_code=303)
    visit = house.visit(request, Viewer())
    answer = Answer(
        template="error.html", title=str(status), data=None, shown={"reason": visit.say(reason)}
    )
    return Response(html(house, request, visit, answer), status, headers, media_type="text/html")


def _quoted(path: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "/-_.") else "" for c in path)


def wants_json(request: Request) -> bool:
    """Whether an error should be told to a program."""
    path = request.url.path
    return path.startswith("/api") or path.endswith((".json", ".csv", ".svg"))
