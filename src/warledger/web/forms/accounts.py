"""Logging in and out, one's own password, and for admins everybody's roles.

Enters: names, passwords. Leaves: sessions. Does not belong here: hashing (`ledger/accounts`).
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warledger.errors import UsageError
from warledger.ledger.accounts import ROLES, SESSION
from warledger.web.answers import Answer, PageError
from warledger.web.forms import frame
from warledger.web.forms.frame import Fields
from warledger.web.forms.limits import Limit
from warledger.web.people import SESSION_COOKIE
from warledger.web.serving import House

LOGINS_A_QUARTER = 30


def routes(house: House) -> list[Route]:
    """Login, logout, one's account, everybody's accounts."""
    limit = Limit(LOGINS_A_QUARTER, 15 * 60)

    async def login(request: Request) -> Response:
        viewer = house.doors.viewer(request)
        if not house.doors.accounts():
            raise PageError(404, "nobody has an account here")
        return await frame.show(house, request, viewer, _login(house, request, ""))

    async def enter(request: Request) -> Response:
        fields = await frame.take(house, request)
        limit.check(request, house.settings.clock())
        name = fields.text("name", most=64)
        # A password is taken as it was typed; only its length is limited.
        password = fields.raw("password")
        token = await run_in_threadpool(house.ledger.accounts.log_in, name, password)
        if token is None:
            viewer = house.doors.viewer(request)
            answer = _login(
                house, request, "wrong name or password, or too many tries; wait a while"
            )
            return await frame.show(house, request, viewer, answer, status=403)
        response = frame.onward(frame.local(request.query_params.get("back")))
        age = int(SESSION.total_seconds())
        frame.keep(response, request, SESSION_COOKIE, token, age=age)
        return response

    async def leave(request: Request) -> Response:
        await frame.take(house, request)
        if token := request.cookies.get(SESSION_COOKIE):
            await run_in_threadpool(house.ledger.accounts.log_out, token)
        response = frame.onward("/")
        response.delete_cookie(SESSION_COOKIE)
        return response

    async def own(request: Request) -> Response:
        viewer = house.doors.admitted(request, "reader")
        if viewer.alone:
            raise PageError(404, "nobody has an account here; make one with: warledger account add")
        return await frame.show(house, request, viewer, _accounts(house, request, ""))

    async def change(request: Request) -> Response:
        viewer = house.doors.admitted(request, "reader")
        if viewer.alone or viewer.name is None:
            raise PageError(404, "nobody has an account here")
        fields = await frame.take(house, request)
        try:
            await run_in_threadpool(_change, house, fields, viewer.name, viewer.role)
        except UsageError as error:
            answer = _accounts(house, request, str(error))
            return await frame.show(house, request, viewer, answer, status=400)
        return frame.onward("/account")

    return [
        Route("/login", login, methods=["GET"]),
        Route("/login", enter, methods=["POST"]),
        Route("/logout", leave, methods=["POST"]),
        Route("/account", own, methods=["GET"]),
        Route("/account", change, methods=["POST"]),
    ]


def _login(house: House, request: Request, problem: str) -> Answer:
    say = house.visit(request, house.doors.viewer(request)).say
    back = frame.local(request.query_params.get("back"))
    return Answer(
        template="login.html",
        title=say("Log in"),
        data=None,
        shown={"problem": say(problem), "goes": back},
    )


def _accounts(house: House, request: Request, problem: str) -> Answer:
    viewer = house.doors.viewer(request)
    say = house.visit(request, viewer).say
    everybody = house.ledger.accounts.all() if viewer.role == "admin" else []
    return Answer(
        template="account.html",
        title=say("Account"),
        data=None,
        shown={"everybody": everybody, "roles": ROLES, "problem": say(problem)},
    )


def _change(house: House, fields: Fields, who: str, role: str) -> None:
    action = fields.text("action", most=16)
    accounts = house.ledger.accounts
    if action == "password":
        if accounts.log_in(who, fields.raw("old")) is None:
            raise UsageError("the old password is not right")
        accounts.change(who, password=fields.raw("new"), by=who)
        return
    if role != "admin":
        raise PageError(403, "only an admin changes accounts")
    name = fields.text("name", most=64, needed="name an account")
    if action == "add":
        accounts.add(name, fields.text("role", most=16), fields.raw("new"), by=who)
    elif action == "role":
        accounts.change(name, role=fields.text("role", most=16), by=who)
    elif action == "remove":
        accounts.remove(name, by=who)
    else:
        raise PageError(400, "the form asks for nothing that can be done")
