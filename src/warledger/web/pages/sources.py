"""Who publishes and who speaks: how much of the record rests on each, and what one of them said.

Enters: a visit. Leaves: an answer. Does not belong here: trust in any of them.
"""

from __future__ import annotations

from warledger.web.answers import Answer, PageError, Visit
from warledger.web.pages.rows import COLUMNS, data, rows

SOURCE_COLUMNS = ("role", "name", "side", "claims", "reports", "first", "last")
LIMIT = 50


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
    """One publisher or speaker: kinds, reports, and claims, the latest first."""
    say, browse = visit.say, visit.ledger.browse
    publisher, speaker = visit.text("publisher"), visit.text("speaker")
    if (publisher is None) == (speaker is None):
        raise PageError(400, "name one publisher or one speaker")
    offset = visit.number("offset", 0, least=0, most=999_999_999)
    wanted = visit.wanted(publisher=publisher, speaker=speaker)
    found = browse.claims(wanted, limit=LIMIT, offset=offset)
    if not found.total and publisher is None:
        raise PageError(404, "no recorded claim is credited to a speaker of that name")
    reports, total = browse.reports(publisher=publisher, limit=100) if publisher else ([], 0)
    if publisher and not total:
        raise PageError(404, "no recorded report is of a publisher of that name")
    return Answer(
        template="source.html",
        title=publisher or speaker or "",
        data={
            "total": found.total,
            "claims": [data(stored) for stored in found.rows],
            "reports": reports,
            "reports_total": total,
        },
        columns=COLUMNS,
        rows=rows(found.rows),
        shown={
            "role": say("Publisher") if publisher else say("Speaker"),
            "asked": {"publisher": publisher, "speaker": speaker},
            "found": found,
            "kinds": browse.facet("kind", wanted, limit=40),
            "others": browse.facet("speaker" if publisher else "publisher", wanted, limit=20),
            "reports": reports,
            "reports_total": total,
            "offset": offset,
            "limit": LIMIT,
        },
    )
