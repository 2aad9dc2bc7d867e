"""What every form needs: its token, its fields with their limits, its page.

Enters: requests. Leaves: fields or a `PageError`; responses that keep the form's cookie. Does not belong here: a form.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from warledger.web.answers import CONTROL, Answer, PageError, Viewer
from warledger.web.guard import FORM_COOKIE
from warledger.web.serving import House, html


class Fields:
    """The fields of a form that came with a valid token; `age` is how long the form was open."""

    def __init__(self, values: Mapping[str, str], age: timedelta) -> None:
        self._values = values
        self.age = age

    def text(self, name: str, *, most: int, needed: str = "") -> str:
        """A field without its outer spaces. Raises PageError where it is too long, or empty and `needed` says why not."""
        value = self._values.get(name, "").replace("\r\n", "\n").strip()
        if CONTROL.search(value):
            raise PageError(400, f"{name}: it holds characters that no text has")
        if len(value) > most:
            raise PageError(400, f"{name}: longer than {most} characters")
        if needed and not value:
            raise PageError(400, needed)
        return value

    def raw(self, name: str) -> str:
        """A field as it was typed, such as a password, 1000 characters at most."""
        return self._values.get(name, "")[:1_000]


async def take(house: House, request: Request) -> Fields:
    """The fields of a posted form. Raises PageError for a forged, foreign or old one, and for files."""
    form = await request.form(max_files=0, max_fields=400, max_part_size=house.settings.body_limit)
    values = {name: value for name, value in form.items() if not isinstance(value, UploadFile)}
    token = str(values.get("token", ""))
    age = house.forms.check(request, token, house.settings.clock())
    return Fields({name: str(value) for name, value in values.items()}, age)


async def show(
    house: House,
    request: Request,
    viewer: Viewer,
    answer: Answer,
    *,
    menu: str = "",
    status: int = 200,
) -> Response:
    """A page with a form: with a token in it, and the cookie that the token is bound to."""
    cookie = house.forms.cookie(request)
    more: dict[str, Any] = {"token": house.forms.token(cookie, house.settings.clock())}
    visit = house.visit(request, viewer)
    body = await run_in_threadpool(html, house, request, visit, answer, menu=menu, more=more)
    response = Response(body, status, media_type="text/html", headers={"Cache-Control": "no-store"})
    keep(response, request, FORM_COOKIE, cookie)
    return response


def keep(
    response: Response, request: Request, name: str, value: str, *, age: int | None = None
) -> None:
    """Sets a cookie that scripts cannot read and other sites' forms do not send."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        name, value, max_age=age, httponly=True, samesite="strict", secure=secure, path="/"
    )


def local(back: str | None) -> str:
    """An address on this server, or its first page: no form leads away from it."""
    if not back or not back.startswith("/") or back.startswith(("//", "/\\")) or "\\" in back:
        return "/"
    return back if back.isprintable() else "/"


def onward(path: str) -> Response:
    """To a page after a form: the browser asks for it anew."""
    return RedirectResponse(path, status_code=303)
