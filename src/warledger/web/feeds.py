"""Feeds for readers of news: incidents that are new, and what was corrected.

Enters: requests. Leaves: Atom. Does not belong here: the format (`exports/atom`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warledger.exports import atom
from warledger.exports.atom import Correction
from warledger.incidents import BUSY
from warledger.model import Incident
from warledger.web.answers import Visit, tilde
from warledger.web.pages.incident import grouped
from warledger.web.serving import House

DAYS = 7
MOST = 100
ENOUGH = 50
"""Incidents of busy days that a feed holds at least, where there are so many."""


def routes(house: House) -> list[Route]:
    """The feed of incidents of the last days told of, and that of corrections."""
    return [
        Route("/feeds/incidents.atom", _endpoint(house, incidents)),
        Route("/feeds/corrections.atom", _endpoint(house, corrections)),
    ]


def _endpoint(house: House, write: Callable[[Visit, str], bytes]) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        viewer = house.doors.admitted(request, house.doors.reads)
        base = str(request.base_url).rstrip("/")
        parts = (str(house.ledger.browse.head()), request.url.path, base, viewer.role)
        etag = f'"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        key = f"feed {etag}"
        body = house.kept.get(key)
        if body is None:
            body = await run_in_threadpool(write, house.visit(request, viewer), base)
            house.kept.put(key, body)
        return Response(body, media_type="application/atom+xml; charset=utf-8", headers=headers)

    return endpoint


def incidents(visit: Visit, base: str) -> bytes:
    """The incidents of the last days of which anything is told; of busy days as many as make `ENOUGH`."""
    browse = visit.ledger.browse
    last = browse.last_day((), signed=visit.signed)
    if last is None:
        return atom.incidents([], base)
    start = (date.fromisoformat(last) - timedelta(days=DAYS - 1)).isoformat()
    if browse.claims(visit.wanted(start=start, end=last), limit=0).total < DAYS * BUSY:
        return atom.incidents(grouped(visit, start, last)[0].incidents, base)
    found: dict[str, Incident] = {}
    day: str | None = last
    while day is not None and day >= start and len(found) < ENOUGH:
        found |= {one.id: one for one in grouped(visit, day, day, copied=False)[0].incidents}
        before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        day = browse.last_day((), before=before, signed=visit.signed)
    return atom.incidents(list(found.values()), base)


def corrections(visit: Visit, base: str) -> bytes:
    """The newest corrections; for readers who see only what was signed, those of such claims and reports alone."""
    found = sorted(_corrections(visit), key=lambda one: -one.sequence)
    return atom.corrections(found[:MOST], base)


def _corrections(visit: Visit) -> Iterator[Correction]:
    ledger, browse = visit.ledger, visit.ledger.browse
    for decided in ledger.review.decisions()[-MOST:]:
        said = decided.decision
        stored = browse.claim(said.claim, signed=visit.signed or -1)
        if said.blind or said.verdict == "accept" or stored is None:
            continue
        quote = " ".join(stored.claim.evidence[0].quote.split())
        yield Correction(
            sequence=decided.sequence,
            recorded_at_utc=decided.recorded_at_utc,
            title=f"{'corrected' if said.verdict == 'correct' else 'rejected'}: {quote}",
            by=said.by,
            reason=said.reason,
            path=f"/claim/{said.claim}",
        )
    if visit.signed:
        return
    for one in browse.edited(limit=MOST):
        yield Correction(
            sequence=one.sequence,
            recorded_at_utc=one.recorded_at_utc,
            title=f"edited: {one.title or one.report_id}",
            by=one.publisher or "not told",
            reason="another version of this report is recorded",
            path=f"/report/{tilde(one.report_id)}#versions",
        )
    for entry in ledger.entries("withdrawal")[-MOST:]:
        body = entry.content()
        yield Correction(
            sequence=entry.sequence,
            recorded_at_utc=entry.recorded_at_utc,
            title=f"taken back: {body['report_id']}",
            by=str(body["by"]),
            reason=str(body["reason"]),
            path=f"/report/{tilde(str(body['report_id']))}",
        )
