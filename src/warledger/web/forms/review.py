"""Review: one claim after the other, the most doubtful first, decided on with one key each.

Enters: verdicts with reasons. Leaves: decisions in the ledger. Does not belong here: how doubt is weighed.
"""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warledger import doubting
from warledger.errors import LedgerError, UsageError
from warledger.ledger import Decision, corrected
from warledger.model import Claim
from warledger.web.answers import Answer, PageError, Visit
from warledger.web.forms import frame
from warledger.web.forms.frame import Fields
from warledger.web.forms.replies import correction_of
from warledger.web.pages.claim import facts, find
from warledger.web.serving import House
from warledger.web.templating import with_query

SLOTS = (
    ("quantity.low", "number"),
    ("quantity.high", "number"),
    ("quantity.bound", "text"),
    ("item.class", "text"),
    ("item.model", "text"),
    ("kind", "text"),
    ("speaker.name", "text"),
    ("speaker.side", "text"),
    ("modality", "text"),
)
"""What a form can correct; the words and where they stand are the report's own."""


def routes(house: House) -> list[Route]:
    """The queue, and the decision on one claim."""

    async def queue(request: Request) -> Response:
        viewer = house.doors.admitted(request, "editor")
        answer = await run_in_threadpool(_queue, house.visit(request, viewer))
        return await frame.show(house, request, viewer, answer, menu="review")

    async def decide(request: Request) -> Response:
        viewer = house.doors.admitted(request, "editor")
        fields = await frame.take(house, request)
        visit = house.visit(request, viewer)
        passed = await run_in_threadpool(_decide, visit, fields)
        return frame.onward(with_query("/review", passed=passed))

    return [
        Route("/review", queue, methods=["GET"]),
        Route("/review", decide, methods=["POST"]),
    ]


def _queue(visit: Visit) -> Answer:
    """The first claim that waits and was not passed over; or the claim asked for."""
    review, say = visit.ledger.review, visit.say
    passed = tuple((visit.text("passed") or "").split())
    asked = visit.text("claim")
    doubt: dict[str, float] = {}
    stored = None
    if asked is not None:
        stored = find(visit, asked)
    else:
        for waiting in doubting.queue(visit.ledger, by=visit.viewer.name, limit=len(passed) + 1):
            if waiting.stored.id not in passed:
                stored, doubt = waiting.stored, waiting.parts
                break
    shown: dict[str, Any] = {
        "stored": stored,
        "doubt": doubt,
        "passed": " ".join(passed),
        "asked": asked,
        "replies_held": visit.ledger.replies.count_held(),
        "signatures": review.signatures(),
        "reply": None,
    }
    if stored is not None:
        reply = visit.text("reply")
        shown |= {
            "reply": visit.ledger.replies.one(reply) if reply else None,
            "facts": facts(stored.claim, say, stored.source.report.publisher),
            "decisions": review.decisions([stored.id]),
            "standing": review.standings([stored.id]).get(stored.id, "open"),
            "slots": [(path, kind, _slot(stored.claim, path)) for path, kind in SLOTS],
        }
    return Answer(template="review.html", title=say("Review"), data=None, shown=shown)


def _slot(claim: Claim, path: str) -> str:
    place: Any = claim
    for name in path.split("."):
        place = getattr(place, "class_" if name == "class" else name, None)
    return "" if place is None else str(place)


def _decide(visit: Visit, fields: Fields) -> str:
    """Records the decision and gives the claims passed over so far."""
    passed = fields.text("passed", most=5_000)
    claim_id = fields.text("claim", most=16, needed="name a claim")
    verdict = fields.text("verdict", most=16)
    if verdict == "pass":
        return f"{passed} {claim_id}".strip()
    reason = fields.text("reason", most=1_000) or _usual(verdict)
    stored = find(visit, claim_id)
    reply = None
    if name := fields.text("reply", most=16):
        reply = visit.ledger.replies.one(name)
        if reply is None or reply.claim_id != claim_id:
            raise PageError(400, "the reply is not about this claim")
        reason = f"{correction_of(reply)}: {reason}"
    changed = _corrected(stored.claim, fields) if verdict == "correct" else None
    try:
        decision = Decision(
            claim=claim_id,
            verdict=verdict,  # type: ignore[arg-type]
            by=visit.viewer.name or "",
            reason=reason,
            corrected=changed,
        )
        visit.ledger.review.decide(decision)
    except LedgerError as error:
        raise PageError(400, str(error)) from None
    if reply is not None and verdict == "correct":
        by = visit.viewer.name or ""
        visit.ledger.replies.moderate(reply.reply_id, "corrected", by=by, reason=reason)
    return passed


def _usual(verdict: str) -> str:
    if verdict == "accept":
        return "the words say so"
    if verdict in ("correct", "reject"):
        raise PageError(400, "say why")
    raise PageError(400, "the form asks for nothing that can be done")


def _corrected(claim: Claim, fields: Fields) -> Claim:
    """The claim with the slots that the form changed. Raises PageError where nothing changed or a value does not fit."""
    changes: dict[str, Any] = {}
    for path, kind in SLOTS:
        value = fields.text(path, most=200)
        if value == _slot(claim, path):
            continue
        changes[path] = _number(path, value) if kind == "number" else value or None
    if not changes:
        raise PageError(400, "a correction changes something; nothing was changed")
    try:
        return corrected(claim, changes)
    except UsageError as error:
        raise PageError(400, str(error)) from None


def _number(path: str, value: str) -> int | float | None:
    if not value:
        return None
    try:
        made = float(value)
    except ValueError:
        raise PageError(400, f"{path}: no number") from None
    if not abs(made) <= 1e12:
        raise PageError(400, f"{path}: no number")
    return int(made) if made.is_integer() else made
