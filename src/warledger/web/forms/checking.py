"""Check: a pasted text, read and proved as any report, beside what the ledger holds of the same things. Nothing is recorded.

Enters: a text. Leaves: a page. Does not belong here: what a claim is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warledger import checking, checks, pipeline
from warledger.model import Claim, Finding, Report, StoredClaim, StoredReport
from warledger.pipeline import Reading
from warledger.reading import ReadOptions
from warledger.web.answers import Answer, PageError, Visit, checked_day
from warledger.web.findings import sort
from warledger.web.forms import frame
from warledger.web.pages.report import paragraphs
from warledger.web.pages.rows import COLUMNS
from warledger.web.serving import House

MOST_CHARACTERS = 200_000
BESIDE = 6


PASTED = "pasted"
MOST_NEAR = 20_000


class Statement(msgspec.Struct, frozen=True):
    """A claim of the text, the recorded claims of the same kind, class and days, and what the checks find of it."""

    stored: StoredClaim
    beside: tuple[StoredClaim, ...]
    findings: tuple[Finding, ...]


def read(text: str, *, published: str | None, lang: str | None = None) -> Reading:
    """The text as a reading. Raises PageError where it cannot be read."""
    options = ReadOptions(published=published, publisher=None, lang=lang)
    found = list(pipeline.read(["-"], stdin=io.BytesIO(text.encode()), options=options))
    if len(found) != 1 or not isinstance(found[0], Reading):
        reason = getattr(found[0], "reason", "") if found else ""
        raise PageError(400, f"the text could not be read. {reason}".strip())
    return found[0]


def checked(visit: Visit, reading: Reading) -> tuple[list[Statement], tuple[Finding, ...]]:
    """Each claim of the text beside what is recorded of the same, with what the checks find of it; and the findings
    on statements that no claim stands for."""
    report = msgspec.structs.replace(reading.report, id=PASTED)
    source = StoredReport(report, PASTED, "", "")
    mine = [StoredClaim(claim.id, claim, source) for claim in reading.claims]
    found = checking.check(_under(reading, report), visit.record)
    ids = {stored.id for stored in mine}
    near = [stored for stored in _near(visit, mine) if stored.id not in ids]
    across = [f for f in checks.across([*near, *mine]) if not ids.isdisjoint(f.claims)]
    held = sort([*found, *across])
    by_claim = checking.by_claim(held)
    made = [
        Statement(stored, tuple(_beside(visit, stored.claim, report)), by_claim.get(stored.id, ()))
        for stored in mine
    ]
    return made, tuple(finding for finding in held if not finding.claims)


def _under(reading: Reading, report: Report) -> Reading:
    source = msgspec.structs.replace(reading.source, report=report)
    return msgspec.structs.replace(reading, source=source)


def _near(visit: Visit, mine: Sequence[StoredClaim]) -> list[StoredClaim]:
    """What is recorded of the days that the text tells of."""
    days = sorted(_days(stored.claim, stored.source.report) for stored in mine)
    days = [pair for pair in days if pair[0]]
    if not days:
        return []
    wanted = visit.wanted(start=days[0][0], end=max(end for _, end in days))
    return visit.ledger.browse.all(wanted, most=MOST_NEAR)


def _days(claim: Claim, report: Report) -> tuple[str, str]:
    """The days of a claim: its own, else that of the report's publication; empty where neither is known."""
    published = (report.published or "")[:10]
    return (claim.time.start[:10], claim.time.end[:10]) if claim.time else (published, published)


def _beside(visit: Visit, claim: Claim, report: Report) -> list[StoredClaim]:
    start, end = _days(claim, report)
    if not start:
        return []
    place = claim.places[0].name if claim.places else None
    wanted = visit.wanted(kinds=(claim.kind,), start=start, end=end, place=place)
    return [
        stored
        for stored in visit.ledger.browse.claims(wanted, limit=40).rows
        if stored.claim.item.class_ == claim.item.class_
        and (place is not None or not stored.claim.places)
        and stored.claim.detail.get("basis") == claim.detail.get("basis")
    ][:BESIDE]


def routes(house: House) -> list[Route]:
    """The form, and what was found."""

    async def form(request: Request) -> Response:
        viewer = house.doors.admitted(request, house.doors.reads)
        return await frame.show(house, request, viewer, _blank(house, request), menu="check")

    async def sent(request: Request) -> Response:
        viewer = house.doors.admitted(request, house.doors.reads)
        fields = await frame.take(house, request)
        text = fields.text("text", most=MOST_CHARACTERS, needed="paste a text first")
        day = fields.text("published", most=10)
        published = checked_day(day) if day else None
        visit = house.visit(request, viewer)
        answer = await run_in_threadpool(_answer, visit, text, published)
        return await frame.show(house, request, viewer, answer, menu="check")

    return [
        Route("/check", form, methods=["GET"]),
        Route("/check", sent, methods=["POST"]),
    ]


def _blank(house: House, request: Request) -> Answer:
    say = house.visit(request, house.doors.viewer(request)).say
    today = house.settings.clock().date()
    return Answer(
        template="check.html",
        title=say("Check a text"),
        data=None,
        shown={"text": "", "published": date.isoformat(today), "found": None},
    )


def _answer(visit: Visit, text: str, published: str | None) -> Answer:
    say = visit.say
    reading = read(text, published=published)
    found, findings = checked(visit, reading)
    claims = [statement.stored for statement in found]
    return Answer(
        template="check.html",
        title=say("Check a text"),
        data=None,
        shown={
            "text": text,
            "published": published or "",
            "found": found,
            "claims": claims,
            "findings": findings,
            "report": reading.report,
            "refusals": reading.refusals,
            "notes": reading.notes,
            "paragraphs": paragraphs(reading.report.text, claims),
            "columns": COLUMNS,
        },
    )
