"""Incidents: the voices side by side, a column a side, a row a quantity; what was revised, who carried it, who is missing.

Enters: a visit. Leaves: an answer. Does not belong here: which claims belong together (`incidents/`), who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from warledger import incidents, regrouping
from warledger.errors import UsageError
from warledger.model import Figure, Finding, Grouping, Incident, Line, Measure, StoredClaim
from warledger.web.answers import Answer, PageError, Visit
from warledger.web.findings import FEW_TEXTS, of
from warledger.web.pages.rows import data
from warledger.web.wording import Wording

MOST_CLAIMS = 20_000
SIDES = ("UA", "RU", "INT", None)
COLUMNS = (
    "incident",
    "kind",
    "measure",
    "speaker",
    "side",
    "figure",
    "quote",
    "carriers",
    "published",
    "earlier",
    "claims",
)


class Cell(msgspec.Struct, frozen=True):
    """What the speakers of one side say of one measure."""

    side: str | None
    lines: tuple[Line, ...]


class Row(msgspec.Struct, frozen=True):
    """One measure: a cell a side, and how far the latest figures lie apart."""

    measure: Measure
    cells: tuple[Cell, ...]
    spread: Any = None


def grouped(
    visit: Visit, start: str, end: str, *, only: str | None = None, copied: bool = True
) -> tuple[Grouping, list[StoredClaim]]:
    """The incidents of some days as people have regrouped them, from the claims that this reader may see; and those claims.

    Readers who see every claim are told what was edited away and what was rejected, too. Of busy days `only` the incident
    of that id is made where one is named, and copies are not looked for without `copied`.
    """
    ledger, decisions = visit.ledger, visit.ledger.regroupings()
    of_days = _told_of(visit, start, end)
    spans = incidents.windows(start, end, decisions, claims=len(of_days))
    found = {
        stored.id: stored
        for first, last in sorted(spans)
        for stored in (of_days if (first, last) == (start, end) else _told_of(visit, first, last))
    }
    past: dict[str, StoredClaim] = {}
    rejected: dict[str, str] = {}
    if not visit.signed:
        for first, last in sorted(spans):
            former = ledger.told_of(start=first, end=last, former=True)
            past |= {stored.id: stored for stored in former}
        rejected = regrouping.rejected(ledger, (*found, *past))
    busy = len(of_days) >= incidents.BUSY
    made = incidents.of_days(
        found.values(),
        days=[(start, end)],
        decisions=decisions,
        past=past.values(),
        rejected=rejected,
        only=only if busy else None,
        copied=copied or not busy,
    )
    return made, [stored for stored in found.values() if stored.id not in rejected]


def _told_of(visit: Visit, start: str, end: str) -> list[StoredClaim]:
    """What is told of the days, rejected claims too for readers who see every claim."""
    wanted = visit.wanted(start=start, end=end, signed=visit.signed or -1)
    return visit.ledger.browse.all(wanted, most=MOST_CLAIMS)


def checked(
    visit: Visit, claims: Sequence[StoredClaim], wanted: Iterable[str], start: str, end: str
) -> tuple[tuple[Finding, ...], int]:
    """What the checks find of the `wanted` among the claims of the days, and how many texts were left to their pages."""
    if len(claims) < incidents.BUSY:
        return of(claims, wanted, visit.record)
    first, last = incidents.around(start, end)
    apart = [c for c in claims if c.claim.detail.get("basis") or c.claim.detail.get("source")]
    numbers = {float(q.low) for c in apart if (q := c.claim.quantity) and q.low}
    kinds = tuple(sorted({c.claim.kind for c in apart}))
    near = visit.wanted(start=first, end=last, kinds=kinds)
    beside = visit.ledger.browse.apart(near, numbers) if kinds else []
    pool = {stored.id: stored for stored in (*beside, *claims)}
    return of(list(pool.values()), wanted, visit.record, texts=FEW_TEXTS)


def table(incident: Incident) -> tuple[Row, ...]:
    """The incident's lines by measure, in the order in which they are first told."""
    by_measure: dict[Measure, list[Line]] = {}
    for line in incident.lines:
        by_measure.setdefault(line.measure, []).append(line)
    spreads = {spread.measure: spread for spread in incident.spreads}
    present = sides(incident)
    return tuple(
        Row(
            measure,
            tuple(Cell(s, tuple(x for x in lines if _side(x) == s)) for s in present),
            spreads.get(measure),
        )
        for measure, lines in by_measure.items()
    )


def _side(line: Line) -> str | None:
    return line.speaker.side if line.speaker.side in SIDES else None


def sides(incident: Incident) -> tuple[str | None, ...]:
    """The sides that speak, or that are missing, in one order for all incidents."""
    named = {_side(line) for line in incident.lines} | {m.side for m in incident.missing}
    return tuple(side for side in SIDES if side in named)


def incident(visit: Visit) -> Answer:
    """One incident, looked for on the days of its address's parameters, or else on the day that its id begins with."""
    name = visit.path["incident"]
    start, end = visit.day("start"), visit.day("end")
    try:
        start = start or incidents.days_of(name)[0]
    except UsageError:
        raise PageError(404, "no incident has that id, which begins with its day") from None
    if (end or start) < start:
        raise PageError(400, "an incident's last day is not before its first")
    grouping, claims = grouped(visit, start, end or start, only=name)
    found = next((one for one in grouping.incidents if one.id == name), None)
    if found is None:
        raise PageError(404, "no incident of these days has that id")
    by_id = {stored.id: stored for stored in claims}
    mine = [by_id[claim] for claim in found.claims if claim in by_id]
    findings, unread = checked(visit, claims, found.claims, start, end or start)
    return Answer(
        template="incident.html",
        title=title(found, visit.say),
        data={
            "incident": found,
            "findings": findings,
            "claims": [data(stored) for stored in mine],
        },
        columns=COLUMNS,
        rows=list(_rows(found)),
        shown={
            "incident": found,
            "sides": sides(found),
            "table": table(found),
            "findings": findings,
            "unread": unread,
            "start": start,
            "by_id": by_id,
        },
    )


def title(found: Incident, say: Wording) -> str:
    """The kind, the places or the subject, and the time."""
    where = ", ".join(dict.fromkeys(place.name for place in found.places)) or ", ".join(
        say.term(part) for part in found.subject
    )
    parts = (say.term(found.kind), where, say.period(found.time))
    return " · ".join(part for part in parts if part)


def _rows(found: Incident) -> Iterable[tuple[Any, ...]]:
    for line in found.lines:
        measure = msgspec.json.encode(line.measure).decode()
        yield (
            found.id,
            found.kind,
            measure,
            line.speaker.name,
            line.speaker.side,
            _number(line.latest),
            line.latest.quote,
            line.carriers,
            line.latest.published,
            " ".join(_number(figure) for figure in line.earlier),
            " ".join(line.latest.claims),
        )


def _number(figure: Figure) -> str:
    quantity = figure.quantity
    if quantity is None:
        return ""
    low = "" if quantity.low is None else f"{quantity.low:g}"
    high = "" if quantity.high is None else f"{quantity.high:g}"
    return low if low == high else f"{low}..{high}"
