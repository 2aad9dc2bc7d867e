"""The API: the pages' questions under `/api`, described by OpenAPI, page by page, with one shape of error.

Enters: requests. Leaves: JSON and exports. Does not belong here: anything that changes the ledger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from warledger.exports import FORMATS
from warledger.ledger.wanting import Wanted
from warledger.model import KINDS
from warledger.web.answers import PageError, Visit, untilde
from warledger.web.pages.claim import find
from warledger.web.pages.report import report as report_page
from warledger.web.pages.rows import data
from warledger.web.serving import House

Kind = Literal[tuple(sorted(KINDS))]  # type: ignore[valid-type]
Day = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$", description="ISO day")]
Words = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=500)]
Offset = Annotated[int, Query(ge=0, le=999_999_999)]
MOST_EXPORTED = 50_000
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "reason"],
            "properties": {"status": {"type": "integer"}, "reason": {"type": "string"}},
        }
    },
}
_FAILS: dict[int | str, dict[str, Any]] = {
    status: {"description": told, "content": {"application/json": {"schema": ERROR}}}
    for status, told in (
        (400, "Asked for what cannot be meant"),
        (401, "A login is needed"),
        (404, "Not there"),
        (422, "A parameter does not fit"),
    )
}
_LISTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One page of claims; `next` is the address of the following one, or null",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["total", "limit", "offset", "next", "claims"],
                    "properties": {
                        "total": {"type": "integer"},
                        "limit": {"type": "integer"},
                        "offset": {"type": "integer"},
                        "next": {"type": ["string", "null"]},
                        "claims": {"type": "array", "items": {"type": "object"}},
                    },
                }
            }
        },
    }
}


class Asked:
    """What is looked for; empty parameters ask nothing."""

    def __init__(
        self,
        request: Request,
        kind: Annotated[list[Kind] | None, Query()] = None,  # type: ignore[valid-type]
        side: Annotated[Literal["UA", "RU", "INT", "-"] | None, Query()] = None,
        speaker: Words = None,
        place: Words = None,
        start: Day = None,
        end: Day = None,
    ) -> None:
        self.visit = visit_of(request)
        checked = {"start": self.visit.day("start"), "end": self.visit.day("end")}
        for name, value in (("speaker", speaker), ("place", place)):
            checked[name] = self.visit.text(name) if value is not None else None
        words = self.visit.text("words")
        self.wanted: Wanted = self.visit.wanted(
            kinds=tuple(kind or ()), side=side, words=words, **checked
        )
        del start, end


def visit_of(request: Request) -> Visit:
    """The question of a request. Raises PageError where a login is needed."""
    house: House = request.app.state.house
    viewer = house.doors.admitted(request, house.doors.reads)
    return house.visit(request, viewer)


def answer(request: Request, made: Callable[[], Any]) -> Response:
    """What was found as JSON with an ETag; 304 where the asker has it."""
    house: House = request.app.state.house
    head = house.ledger.browse.head()
    viewer = house.doors.viewer(request)
    key = hash_of(str(head), str(request.url), viewer.role)
    headers = {"ETag": f'"{key}"', "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(msgspec.json.encode(made()), media_type="application/json", headers=headers)


def hash_of(*parts: str) -> str:
    """A short hash over texts."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


router = APIRouter(prefix="/api", responses=_FAILS, default_response_class=JSONResponse)


@router.get("/claims", responses=_LISTED, summary="Claims, the latest day first")
def claims(
    request: Request,
    asked: Annotated[Asked, Depends()],
    words: Words = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """The claims that match everything asked; `words` are looked up in the texts of their reports."""
    del words

    def made() -> dict[str, Any]:
        found = request.app.state.house.ledger.browse.claims(
            asked.wanted, limit=limit, offset=offset
        )
        after = offset + limit
        more = str(request.url.include_query_params(offset=after).replace(scheme="", netloc=""))
        return {
            "total": found.total,
            "limit": limit,
            "offset": offset,
            "next": more if after < found.total else None,
            "claims": [data(stored) for stored in found.rows],
        }

    return answer(request, made)


@router.get("/claims/{claim}", summary="One claim")
def claim(request: Request, claim: Annotated[str, Path(pattern="^[0-9a-f]{12}$")]) -> Response:
    """The claim with its report's facts and every decision on it."""
    visit = visit_of(request)

    def made() -> dict[str, Any]:
        decisions = visit.ledger.review.decisions([claim])
        seen = [one for one in decisions if not one.decision.blind]
        return {**data(find(visit, claim)), "decisions": seen}

    return answer(request, made)


@router.get("/reports/{report}", summary="One report")
def report(request: Request, report: Annotated[str, Path(max_length=4000)]) -> Response:
    """The report with its text, claims, refusals and versions; the id is written as in the address of its page."""
    visit = visit_of(request)
    untilde(report)
    return answer(request, lambda: report_page(visit).data)


@router.get("/facets/{name}", summary="Counts of one facet")
def facet(
    request: Request,
    name: Literal["kind", "side", "speaker", "place", "publisher", "lang"],
    asked: Annotated[Asked, Depends()],
    limit: Limit = 50,
) -> Response:
    """The commonest values among the claims asked for, each with its count; `-` stands for none told."""
    browse = asked.visit.ledger.browse
    return answer(request, lambda: {"values": browse.facet(name, asked.wanted, limit=limit)})


@router.get("/days", summary="Days with claims")
def days(request: Request, asked: Annotated[Asked, Depends()]) -> Response:
    """Every day and kind with the number of claims asked for; days without any are left out."""
    return answer(request, lambda: {"days": asked.visit.ledger.browse.days(asked.wanted)})


@router.get("/places", summary="Places that claims name")
def places(request: Request, asked: Annotated[Asked, Depends()]) -> Response:
    """Each place with its code, degrees where known, and the phrases that named it."""
    return answer(request, lambda: {"places": asked.visit.ledger.browse.places(asked.wanted)})


@router.get("/exports/{form}", summary="Claims in another format", response_class=Response)
def export(
    request: Request,
    form: Literal["csv", "hxl", "geojson", "jsonld", "acled", "parquet", "atom"],
    asked: Annotated[Asked, Depends()],
) -> Response:
    """At most 50,000 claims in the format; ask for fewer days where there are more."""
    made = FORMATS[form]
    found = asked.visit.ledger.browse.all(asked.wanted, most=MOST_EXPORTED + 1)
    if len(found) > MOST_EXPORTED:
        raise PageError(400, f"more than {MOST_EXPORTED} claims; ask for fewer days or kinds")
    headers = {"Content-Disposition": f'attachment; filename="warledger.{made.suffix}"'}
    return Response(made.write(found), media_type=made.media_type, headers=headers)
