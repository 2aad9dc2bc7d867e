"""Who publishes and who speaks: how much of the record rests on each, and what one of them said.

Enters: a visit. Leaves: an answer. Does not belong here: trust in any of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from warledger.charts import series
from warledger.model import Figure, Incident
from warledger.web.answers import Answer, PageError, Visit
from warledger.web.pages import voice
from warledger.web.pages.columns import Cell
from warledger.web.pages.incident import grouped, title
from warledger.web.pages.rows import COLUMNS, data, rows
from warledger.web.pages.timeline import chart_labels, span
from warledger.web.pages.voice import Contradiction, Revision
from warledger.web.templating import claim_url, report_url
from warledger.web.wording import Wording

SOURCE_COLUMNS = ("role", "name", "side", "claims", "reports", "first", "last")
LIMIT = 25
MOST_DAYS = 100_000
DAILY = 93
"""Coverage over so many days is shown by day, over more by month."""
MOST_HELD_DAYS, MOST_HELD = 31, 1_000
"""Days and claims whose incidents a page puts together, to tell revisions and other figures."""


def sources(visit: Visit) -> Answer:
    """Every publisher and every speaker, those with the most claims first."""
    browse = visit.ledger.browse
    publishers, speakers = (
        browse.sources("publisher", signed=visit.signed),
        browse.sources("speaker", signed=visit.signed),
    )
    table = [
        (role, row.name, row.side, row.claims, row.reports, row.first, row.last)
        for role, found in (("publisher", publishers), ("speaker", speakers))
        for row in found
    ]
    return Answer(
        template="sources.html",
        title=visit.say("Sources"),
        data={"publishers": publishers, "speakers": speakers},
        columns=SOURCE_COLUMNS,
        rows=table,
        shown={"publishers": publishers, "speakers": speakers},
    )


def source(visit: Visit) -> Answer:
    """One publisher or speaker: coverage, what it revised, who told otherwise, kinds, reports, and claims, the latest first."""
    say, browse = visit.say, visit.ledger.browse
    publisher, speaker = visit.text("publisher"), visit.text("speaker")
    if (publisher is None) == (speaker is None):
        raise PageError(400, "name one publisher or one speaker")
    start, end = span(visit)
    offset = visit.number("offset", 0, least=0, most=999_999_999)
    wanted = visit.wanted(publisher=publisher, speaker=speaker, start=start, end=end)
    found = browse.claims(wanted, limit=LIMIT, offset=offset)
    days = browse.facet("day", visit.wanted(publisher=publisher, speaker=speaker), limit=MOST_DAYS)
    if not days and publisher is None:
        raise PageError(404, "no recorded claim is credited to a speaker of that name")
    reports, total = browse.reports(publisher=publisher, limit=LIMIT) if publisher else ([], 0)
    if publisher and not total:
        raise PageError(404, "no recorded report is of a publisher of that name")
    covered = sorted((day.value, day.count) for day in days if day.value != "-")
    held = _held(visit, [day for day, _ in covered], start, end)
    revised, apart = _changes(visit, held, publisher=publisher, speaker=speaker)
    asked = {"publisher": publisher, "speaker": speaker, "start": start, "end": end}
    return Answer(
        template="source.html",
        title=publisher or speaker or "",
        data={
            "total": found.total,
            "claims": [data(stored) for stored in found.rows],
            "reports": reports,
            "reports_total": total,
            "coverage": [{"day": day, "claims": count} for day, count in covered],
            "compared": held,
            "revised": [_revision_data(one) for one in revised],
            "contradicted": [_contradiction_data(one) for one in apart],
        },
        columns=COLUMNS,
        rows=rows(found.rows),
        shown={
            "role": say("Publisher") if publisher else say("Speaker"),
            "asked": asked,
            "found": found,
            "kinds": browse.facet("kind", wanted, limit=40),
            "others": browse.facet("speaker" if publisher else "publisher", wanted, limit=20),
            "reports": reports,
            "reports_total": total,
            "offset": offset,
            "limit": LIMIT,
            "compared": held,
            "revised": [_revision_cells(one, say) for one in revised],
            "apart": [_contradiction_cells(one, say) for one in apart],
        },
        charts={
            "coverage": partial(series.coverage, _coverage(covered, start, end), chart_labels(say))
        }
        if covered
        else {},
    )


def _coverage(
    covered: list[tuple[str, int]], start: str | None, end: str | None
) -> list[dict[str, object]]:
    """A row a day, or a month where the days asked for are many; those without a claim have no row."""
    inside = [(d, n) for d, n in covered if (start or d) <= d <= (end or d)] or covered
    first, last = (date.fromisoformat(day) for day in (inside[0][0], inside[-1][0]))
    if (last - first).days <= DAILY:
        return [{"day": day, "count": count, "months": False} for day, count in inside]
    months: dict[str, int] = {}
    for day, count in inside:
        months[f"{day[:7]}-01"] = months.get(f"{day[:7]}-01", 0) + count
    return [{"day": month, "count": count, "months": True} for month, count in months.items()]


def _held(
    visit: Visit, days: list[str], start: str | None, end: str | None
) -> dict[str, str] | None:
    """The days whose incidents are put together: the last of those asked for, as many as hold few enough claims."""
    inside = [day for day in days if (start or day) <= day <= (end or day)]
    if not inside:
        return None
    last = date.fromisoformat(inside[-1])
    least = max(date.fromisoformat(inside[0]), last - timedelta(days=MOST_HELD_DAYS - 1))
    counts = visit.ledger.browse.facet(
        "day", visit.wanted(start=least.isoformat(), end=last.isoformat()), limit=MOST_DAYS
    )
    on = {count.value: count.count for count in counts}
    first, total = last, on.get(last.isoformat(), 0)
    while first > least:
        before = first - timedelta(days=1)
        total += on.get(before.isoformat(), 0)
        if total > MOST_HELD:
            break
        first = before
    return {"start": first.isoformat(), "end": last.isoformat()}


def _changes(
    visit: Visit, held: dict[str, str] | None, *, publisher: str | None, speaker: str | None
) -> tuple[list[Revision], list[Contradiction]]:
    if held is None:
        return [], []
    made, claims = grouped(visit, held["start"], held["end"], copied=False)
    own = {
        stored.id
        for stored in claims
        if (stored.claim.speaker.name if speaker else stored.source.report.publisher)
        == (speaker or publisher)
    }
    rows = {stored.id for stored in claims if stored.claim.detail.get("source")}
    mine = own.__contains__
    return voice.revisions(made, mine), voice.contradictions(made, mine, rows.__contains__)


def _figure(figure: Figure, say: Wording) -> Cell:
    """A figure that leads to its words."""
    told = say.figure(figure.quantity, figure.quote) or say("said so")
    if figure.modality != "asserted":
        told += f" ({say.term(figure.modality)})"
    if figure.edited_away:
        return Cell(f"{told} ({say('edited away')})", report_url(figure.reports[0]))
    return Cell(told, claim_url(figure.claims[0]))


def _event(one: Incident, say: Wording) -> Cell:
    return Cell(title(one, say), f"/incident/{one.id}")


def _known(figure: Figure, say: Wording) -> Cell:
    return Cell(
        say.moment(figure.published)
        or say("known here since {moment}", moment=say.moment(figure.known_at_utc))
    )


def _revision_cells(one: Revision, say: Wording) -> tuple[Cell, ...]:
    return (
        _event(one.incident, say),
        Cell(say.measure(one.line.measure)),
        _figure(one.before, say),
        _known(one.before, say),
        _figure(one.after, say),
        _known(one.after, say),
        Cell(say.who(one.line.speaker)),
    )


def _contradiction_cells(one: Contradiction, say: Wording) -> tuple[Cell, ...]:
    return (
        _event(one.incident, say),
        Cell(say.measure(one.measure)),
        _figure(one.own, say),
        _figure(one.other, say),
        Cell(say.who(one.voice.speaker)),
    )


def _revision_data(one: Revision) -> dict[str, Any]:
    return {
        "incident": one.incident.id,
        "measure": one.line.measure,
        "speaker": one.line.speaker,
        "before": one.before,
        "after": one.after,
    }


def _contradiction_data(one: Contradiction) -> dict[str, Any]:
    return {
        "incident": one.incident.id,
        "measure": one.measure,
        "own": one.own,
        "other": one.other,
        "by": one.voice.speaker,
    }
