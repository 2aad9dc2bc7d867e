"""Check: a pasted text, read and proved as any report, beside what the ledger holds of the same things. Nothing is recorded.

Enters: a text. Leaves: a page. Does not belong here: what a claim is.
"""

from __future__ import annotations

import io
from datetime import date

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warledger import pipeline
from warledger.ledger import Ledger
from warledger.ledger.browsing import Wanted
from warledger.model import Claim, Report, StoredClaim, StoredReport
from warledger.pipeline import Reading
from warledger.reading import ReadOptions
from warledger.web import people
from warledger.web.answers import Answer, PageError, checked_day
from warledger.web.forms import frame
from warledger.web.pages.report import paragraphs
from warledger.web.pages.rows import COLUMNS
from warledger.web.serving import House

MOST_CHARACTERS = 200_000
BESIDE = 6


class Statement(msgspec.Struct, frozen=True):
    """A claim of the text, and the recorded claims of the same kind, class and days."""

    stored: StoredClaim
    beside: tuple[StoredClaim, ...]


def read(text: str, *, published: str | None, lang: str | None = None) -> Reading:
    """The text as a reading. Raises PageError where it cannot be read."""
    options = ReadOptions(published=published, publisher=None, lang=lang)
    found = list(pipeline.read(["-"], stdin=io.BytesIO(text.encode()), options=options))
    if len(found) != 1 or not isinstance(found[0], Reading):
        reason = getattr(found[0], "reason", "") if found else ""
        raise PageError(400, f"the text could not be read. {reason}".strip())
    return found[0]


def statements(ledger: Ledger, reading: Reading) -> list[Statement]:
    """Each claim of the text beside what is recorded of the same kind, class and days."""
    report = msgspec.structs.replace(reading.report, id="pasted")
    source = StoredReport(report, "", "", "")
    made = []
    for claim in reading.claims:
        stored = StoredClaim(claim.id, claim, source)
        made.append(Statement(stored, tuple(_beside(ledger, claim, report))))
    return made


def _beside(ledger: Ledger, claim: Claim, report: Report) -> list[StoredClaim]:
    start = claim.time.start[:10] if claim.time else (report.published or "")[:10]
    end = claim.time.end[:10] if claim.time else start
    if not start:
        return []
    place = claim.places[0].name if claim.places else None
    wanted = Wanted(kinds=(claim.kind,), start=start, end=end, place=place)
    return [
        stored
        for stored in ledger.browse.claims(wanted, limit=40).rows
        if stored.claim.item.class_ == claim.item.class_
        and (place is not None or not stored.claim.places)
        and stored.claim.detail.get("basis") == claim.detail.get("basis")
    ][:BESIDE]


def routes(house: House) -> list[Route]:
    """The form, and what was found."""

    async def form(request: Request) -> Response:
        viewer = house.doors.viewer(request)
        people.admit(viewer, house.doors.reads)
        return await frame.show(house, request, viewer, _blank(house, request), menu="check")

    async def sent(request: Request) -> Response:
        viewer = house.doors.viewer(request)
        people.admit(viewer, house.doors.reads)
        fields = await frame.take(house, request)
        text = fields.text("text", most=MOST_CHARACTERS, needed="paste a text first")
        day = fields.text("published", most=10)
        published = checked_day(day) if day else None
        answer = await run_in_threadpool(_answer, house, request, text, published)
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


def _answer(house: House, request: Request, text: str, published: str | None) -> Answer:
    say = house.visit(request, house.doors.viewer(request)).say
    reading = read(text, published=published)
    found = statements(house.ledger, reading)
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
            "report": reading.report,
            "refusals": reading.refusals,
            "notes": reading.notes,
            "paragraphs": paragraphs(reading.report.text, claims),
            "columns": COLUMNS,
        },
    )
