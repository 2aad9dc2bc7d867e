"""Regrouping: an editor takes claims out of an incident, or joins it with another, for a reason that is recorded.

Enters: an incident, claims or another incident, a reason. Leaves: an entry of the ledger. Does not belong here: what
makes claims one incident (`incidents`).
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warledger import incidents, regrouping
from warledger.errors import LedgerError, UsageError
from warledger.model import Grouping, Incident, StoredClaim
from warledger.web.answers import Answer, PageError, Visit
from warledger.web.forms import frame
from warledger.web.forms.frame import Fields
from warledger.web.pages.incident import grouped, title
from warledger.web.serving import House


def routes(house: House) -> list[Route]:
    """The form of an incident, and what it sends."""

    async def form(request: Request) -> Response:
        viewer = house.doors.admitted(request, "editor")
        answer = await run_in_threadpool(_form, house.visit(request, viewer))
        return await frame.show(house, request, viewer, answer, menu="day")

    async def sent(request: Request) -> Response:
        viewer = house.doors.admitted(request, "editor")
        fields = await frame.take(house, request)
        await run_in_threadpool(_decide, house.visit(request, viewer), fields)
        return frame.onward(f"/incident/{request.path_params['incident']}")

    return [
        Route("/regroup/{incident}", form, methods=["GET"]),
        Route("/regroup/{incident}", sent, methods=["POST"]),
    ]


def _found(visit: Visit) -> tuple[Incident, Grouping, list[StoredClaim]]:
    """The incident of the address, those of its day, and their claims. Raises PageError where there is none."""
    name = visit.path["incident"]
    try:
        start, end = incidents.days_of(name)
    except UsageError:
        raise PageError(404, "no incident has that id, which begins with its day") from None
    grouping, claims = grouped(visit, start, end)
    for one in grouping.incidents:
        if one.id == name:
            return one, grouping, claims
    raise PageError(404, "no incident of these days has that id")


def _form(visit: Visit) -> Answer:
    found, grouping, claims = _found(visit)
    wanted, say = set(found.claims), visit.say
    return Answer(
        template="regroup.html",
        title=say("Regroup an incident"),
        data=None,
        shown={
            "incident": found,
            "name": title(found, say),
            "claims": [stored for stored in claims if stored.id in wanted],
            "others": [(one.id, title(one, say)) for one in grouping.incidents if one is not found],
        },
    )


def _decide(visit: Visit, fields: Fields) -> None:
    name, by = visit.path["incident"], visit.viewer.name or ""
    found, _, _ = _found(visit)
    reason = fields.text("reason", most=1_000, needed="say why")
    action = fields.text("action", most=16)
    try:
        if action == "split":
            chosen = [c for c in found.claims if fields.text(f"claim-{c}", most=8)]
            regrouping.split(visit.ledger, name, chosen, by=by, reason=reason)
        elif action == "join":
            other = fields.text("other", most=40, needed="name the other incident")
            regrouping.join(visit.ledger, [name, other], by=by, reason=reason)
        else:
            raise PageError(400, "the form asks for nothing that can be done")
    except (LedgerError, UsageError) as error:
        raise PageError(400, str(error)) from None
