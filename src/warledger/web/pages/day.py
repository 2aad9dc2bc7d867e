"""The brief of a night, a day or a period, and the first page, which is the last night's.

Enters: a visit. Leaves: an answer. Does not belong here: what a brief says (`brief/`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import msgspec

from warledger import brief as briefing
from warledger.brief import Brief, Cell, Table
from warledger.charts import attacks
from warledger.charts.placing import precision
from warledger.ledger.wanting import MONTH
from warledger.model import WEAPON_KINDS, StoredClaim
from warledger.web.answers import Answer, PageError, Visit, checked_day
from warledger.web.pages.incident import checked, grouped, title
from warledger.web.pages.places import drawn, named
from warledger.web.pages.timeline import chart_labels
from warledger.web.retelling import retold
from warledger.web.wording import Wording

COLUMNS = ("section", "table", "row", "column", "text", "claims")
NIGHTLY = ("launched", "intercepted")
LONGEST_DAYS = 62
MOST_TOLD = 2_500
"""Claims that one brief of several days tells; of days with more it is told which they are."""
LONG = 150
"""Above so many rows a brief's tables are shown cut, unless all are asked for; its CSV and JSON hold all."""
ROWS = 15
"""Rows of a table that is cut, the first."""
CITED = 2
"""Citations of a cell of a table that is cut, the first."""
NAMED = 40
"""Incidents and findings that are listed beside tables that are cut."""


def home(visit: Visit) -> Answer:
    """The last day that tells of an air attack; else the last one with any weapon; a greeting while empty."""
    browse = visit.ledger.browse
    last = browse.last_day(NIGHTLY, signed=visit.signed) or browse.last_day(
        tuple(sorted(WEAPON_KINDS)), signed=visit.signed
    )
    last = last or browse.last_day((), signed=visit.signed)
    if last is None:
        return Answer(template="empty.html", title="warledger", data=None)
    return _brief(visit, last, last)


def chosen(visit: Visit) -> Answer:
    """The days asked for by a form."""
    start = visit.day("start")
    if start is None:
        return home(visit)
    return _brief(visit, start, visit.day("end") or start)


def day(visit: Visit) -> Answer:
    """One day, and the night that ends on it."""
    only = checked_day(visit.path["day"])
    return _brief(visit, only, only)


def period(visit: Visit) -> Answer:
    """Several days."""
    return _brief(visit, checked_day(visit.path["start"]), checked_day(visit.path["end"]))


def _brief(visit: Visit, start: str, end: str) -> Answer:
    if start > end:
        raise PageError(400, f"{start} is after {end}")
    if (date.fromisoformat(end) - date.fromisoformat(start)).days > LONGEST_DAYS:
        raise PageError(
            400, f"a brief tells {LONGEST_DAYS} days at most; the timeline shows longer spans"
        )
    browse, say = visit.ledger.browse, visit.say
    if start < end:
        wanted = visit.wanted(start=start, end=end)
        if browse.claims(wanted, limit=0).total > MOST_TOLD:
            return _by_day(visit, start, end)
    grouping, claims = grouped(visit, start, end, copied=False)
    mine = [stored for stored in claims if _within(stored, start, end)]
    made = briefing.brief(mine, start=start, end=end, incidents=grouping.incidents)
    told, left = retold(made, say), 0
    if visit.choice("rows", ("all",)) is None:
        told, left = shortened(told)
    most = NAMED if left else len(claims)
    findings, unread = checked(visit, claims, [stored.id for stored in mine], start, end)
    found = named(stored.claim for stored in mine)
    heading = _heading(say, start, end)
    charts = {"map": drawn(found, {"start": start, "end": end}, say)}
    if start == end and (attack := _attack(briefing.told_in(mine, end), say)):
        charts["attack"] = attack
    shown = {
        "brief": told,
        "filled": filled,
        "start": start,
        "end": end,
        "before": browse.last_day((), before=_step(start, -1), signed=visit.signed),
        "after": browse.next_day((), end, signed=visit.signed),
        "incidents": [(one.id, title(one, say)) for one in grouping.incidents[:most]],
        "grouped": len(grouping.incidents),
        "left": left,
        "ungrouped": len(grouping.ungrouped),
        "findings": findings[:most] if left else findings,
        "unread": unread,
        "placed": [place for place in found if precision(place) in ("area", "point")],
        "silent": [section.title for section in told.sections if not section.tables],
    }
    return Answer(
        template="day.html",
        title=heading,
        data=made,
        columns=COLUMNS,
        rows=_rows(made),
        shown=shown,
        charts=charts,
    )


def _heading(say: Wording, start: str, end: str) -> str:
    if start == end:
        return say("Brief of {day}", day=say.day(start))
    return say("Brief of {start} to {end}", start=say.day(start), end=say.day(end))


def _by_day(visit: Visit, start: str, end: str) -> Answer:
    """The days of a period that holds too much for one brief, each with how many claims end on it."""
    counts: dict[str, int] = {}
    for one in visit.ledger.browse.days(visit.wanted(start=start, end=end)):
        if start <= one.day <= end:
            counts[one.day] = counts.get(one.day, 0) + one.count
    rows = sorted(counts.items())
    return Answer(
        template="period.html",
        title=_heading(visit.say, start, end),
        data={"start": start, "end": end, "days": dict(rows)},
        columns=("day", "claims"),
        rows=rows,
        shown={"days": rows, "total": sum(counts.values())},
    )


def _attack(claims: Sequence[StoredClaim], say: Wording) -> Callable[[], Any] | None:
    """The weapons of the night by who tells of them, where anybody does."""
    labels = chart_labels(say)
    rows = attacks.attacked(
        claims,
        who=lambda s: say.voice(s.claim.speaker, s.source.report.publisher),
        name=say.term,
        labels=labels,
    )
    return attacks.night(rows, name=say.term, labels=labels) if rows else None


def shortened(told: Brief) -> tuple[Brief, int]:
    """The brief with its long tables cut where it has very many rows, the citations of what is left, and how many rows
    were left out."""
    rows = sum(len(table.rows) for section in told.sections for table in section.tables)
    if rows <= LONG:
        return told, 0
    sections = tuple(
        msgspec.structs.replace(
            section,
            tables=tuple(
                msgspec.structs.replace(table, rows=tuple(map(_fewer, table.rows[:ROWS])))
                for table in section.tables
            ),
        )
        for section in told.sections
    )
    kept = [row for section in sections for table in section.tables for row in table.rows]
    cited = {number for row in kept for cell in row for number in cell.citations}
    citations = tuple(one for one in told.citations if one.number in cited)
    return msgspec.structs.replace(told, sections=sections, citations=citations), rows - len(kept)


def _fewer(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The row with the first citations of each cell."""
    return tuple(Cell(cell.text, cell.citations[:CITED]) for cell in row)


def _step(day: str, days: int) -> str:
    ordinal = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(max(1, ordinal)).isoformat()


def filled(table: Table) -> list[int]:
    """The columns that hold anything."""
    return [i for i in range(len(table.columns)) if any(row[i].text != "—" for row in table.rows)]


def _within(stored: StoredClaim, start: str, end: str) -> bool:
    """Whether a claim's time touches the days; its report's day of publication where it has none."""
    time, published = stored.claim.time, (stored.source.report.published or "")[:10]
    first, last = (time.start[:10], time.end[:10]) if time else (published, published)
    long = time is not None and (date.fromisoformat(last) - date.fromisoformat(first)).days > MONTH
    return start <= last and first <= end and (not long or last <= end)


def _rows(made: Brief) -> list[tuple[object, ...]]:
    """A row a cell, with the claims that bear it out."""
    claims = {cite.number: cite.claim_id for cite in made.citations}
    return [
        (section.id, table.caption, number, column, cell.text, _claims(cell, claims))
        for section in made.sections
        for table in section.tables
        for number, row in enumerate(table.rows, 1)
        for column, cell in zip(table.columns, row, strict=True)
        if cell.text != "—"
    ]


def _claims(cell: Cell, claims: dict[int, str]) -> str:
    return " ".join(claims[number] for number in cell.citations)
