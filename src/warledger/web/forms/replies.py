"""Replies of readers: the form on every report and claim, and what editors do with what came.

Enters: names, addresses, comments. Leaves: replies that wait. Does not belong here: where they are kept.
"""

from __future__ import annotations

import re
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warledger.errors import LedgerError
from warledger.ledger.replies import Reply, Sent
from warledger.model import StoredClaim
from warledger.web.answers import Answer, PageError, Visit, untilde
from warledger.web.forms import frame
from warledger.web.forms.frame import Fields
from warledger.web.forms.limits import Limit
from warledger.web.pages.claim import find
from warledger.web.serving import House

REPLIES_AN_HOUR = 5
SOONEST = timedelta(seconds=3)
"""Nobody writes a reply faster; a program does."""

_ADDRESS = re.compile(r"[^@\s,;<>\"']{1,64}@[^@\s,;<>\"']{1,190}\.[^@\s,;<>\"'.]{2,}")


def routes(house: House) -> list[Route]:
    """The form on a report and on a claim, its thanks, and moderation."""
    limit = Limit(REPLIES_AN_HOUR, 3600)

    async def form(request: Request) -> Response:
        viewer = house.doors.admitted(request, house.doors.reads)
        answer = await run_in_threadpool(_form, house.visit(request, viewer))
        return await frame.show(house, request, viewer, answer)

    async def sent(request: Request) -> Response:
        viewer = house.doors.admitted(request, house.doors.reads)
        fields = await frame.take(house, request)
        visit = house.visit(request, viewer)
        report, claim = await run_in_threadpool(_about, visit)
        reply = _sent(fields, report, claim)
        # The field that people do not see, and the time that they need: a program is told the same as they are.
        if not fields.text("website", most=1_000) and fields.age >= SOONEST:
            limit.check(request, house.settings.clock())
            await run_in_threadpool(house.ledger.replies.hold, reply)
        return frame.onward("/reply/thanks")

    async def thanks(request: Request) -> Response:
        viewer = house.doors.viewer(request)
        answer = Answer(
            template="thanks.html",
            title=house.visit(request, viewer).say("Thank you"),
            data=None,
        )
        return await frame.show(house, request, viewer, answer)

    async def waiting(request: Request) -> Response:
        viewer = house.doors.admitted(request, "editor")
        answer = await run_in_threadpool(_waiting, house.visit(request, viewer))
        return await frame.show(house, request, viewer, answer, menu="review")

    async def moderate(request: Request) -> Response:
        viewer = house.doors.admitted(request, "editor")
        fields = await frame.take(house, request)
        await run_in_threadpool(_moderate, house, fields, viewer.name or "")
        return frame.onward("/replies")

    return [
        Route("/reply/thanks", thanks, methods=["GET"]),
        Route("/reply/report/{report}", form, methods=["GET"]),
        Route("/reply/report/{report}", sent, methods=["POST"]),
        Route("/reply/claim/{claim}", form, methods=["GET"]),
        Route("/reply/claim/{claim}", sent, methods=["POST"]),
        Route("/replies", waiting, methods=["GET"]),
        Route("/replies", moderate, methods=["POST"]),
    ]


def _about(visit: Visit) -> tuple[str, StoredClaim | None]:
    """The report's id, and the claim where the reply is about one. Raises PageError for what is not there."""
    if "claim" in visit.path:
        stored = find(visit, visit.path["claim"])
        return stored.source.report.id, stored
    name = untilde(visit.path["report"])
    try:
        if visit.ledger.show(name).source.report.id == name:
            return name, None
    except LedgerError:
        pass
    raise PageError(404, "no report of that id is recorded")


def _form(visit: Visit) -> Answer:
    report, claim = _about(visit)
    return Answer(
        template="reply.html",
        title=visit.say("Reply to this claim") if claim else visit.say("Reply to this report"),
        data=None,
        shown={"report_id": report, "stored": claim},
    )


def _sent(fields: Fields, report: str, claim: StoredClaim | None) -> Sent:
    email = fields.text("email", most=254, needed="an e-mail address is needed; it is never shown")
    if not _ADDRESS.fullmatch(email):
        raise PageError(400, "that is no e-mail address")
    return Sent(
        report_id=report,
        claim_id=claim.id if claim else None,
        name=fields.text("name", most=120, needed="a name is needed"),
        email=email,
        comment=fields.text("comment", most=5_000, needed="a comment is needed"),
        proposed=fields.text("proposed", most=1_000) or None,
    )


def _waiting(visit: Visit) -> Answer:
    replies = visit.ledger.replies
    held = [(reply, replies.address(reply.reply_id)) for reply in replies.held()]
    return Answer(
        template="replies.html",
        title=visit.say("Replies that wait"),
        data=None,
        shown={"held": held},
    )


def _moderate(house: House, fields: Fields, by: str) -> None:
    replies = house.ledger.replies
    reply_id = fields.text("reply", most=16, needed="name a reply")
    found = replies.one(reply_id)
    if found is None:
        raise PageError(404, "there is no such reply")
    action = fields.text("action", most=16)
    if action == "erase":
        replies.erase(reply_id)
        return
    reason = fields.text("reason", most=1_000, needed="say why")
    if action == "publish":
        replies.moderate(reply_id, "published", by=by, reason=reason)
    elif action == "decline":
        replies.moderate(reply_id, "declined", by=by, reason=reason)
    else:
        raise PageError(400, "the form asks for nothing that can be done")


def correction_of(reply: Reply) -> str:
    """How the reason of a decision names the reply that led to it."""
    return f"reply {reply.reply_id}"
