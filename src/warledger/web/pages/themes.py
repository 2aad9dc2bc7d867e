"""Pages of one subject each: the front, diplomacy, justice, positions.

Enters: a visit. Leaves: an answer. Does not belong here: claims that are not of the subject.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from warledger.charts import series
from warledger.model import StoredClaim
from warledger.web.answers import Answer, Visit
from warledger.web.pages import columns as c
from warledger.web.pages.columns import Column, Group
from warledger.web.pages.rows import COLUMNS, data, rows
from warledger.web.pages.timeline import MOST_DRAWN, chart_labels, dots, span
from warledger.web.terms import SUBJECTS
from warledger.web.wording import Wording

LIMIT = 200


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """How a subject is shown: its key in `SUBJECTS`, its columns, what its tables are grouped by, what it may be asked by."""

    key: str
    columns: tuple[Column, ...]
    group: Callable[[StoredClaim, Wording], str] | None = None
    speaker: bool = False
    place: bool = False


def of_subject(
    visit: Visit,
    subject: Subject,
    *,
    intro: str,
    charts: Mapping[str, Callable[[], Any]] | None = None,
    captions: Mapping[str, str] | None = None,
    before: Sequence[Mapping[str, Any]] = (),
) -> Answer:
    """The page of a subject: its claims in tables, the latest first. `before` are tables that stand before them."""
    say = visit.say
    start, end = span(visit)
    kinds = SUBJECTS[subject.key][1]
    asked = {
        "start": start,
        "end": end,
        "speaker": visit.text("speaker") if subject.speaker else None,
        "place": visit.text("place") if subject.place else None,
    }
    offset = visit.number("offset", 0, least=0, most=999_999_999)
    found = visit.ledger.browse.claims(
        visit.wanted(kinds=kinds, **asked), limit=LIMIT, offset=offset
    )
    names = visit.ledger.browse.facet("speaker", visit.wanted(kinds=kinds), limit=40)
    tables = {
        "columns": c.headings(subject.columns, say),
        "groups": _groups(found.rows, subject, say),
    }
    return Answer(
        template="theme.html",
        title=say(SUBJECTS[subject.key][0]),
        data={"total": found.total, "claims": [data(stored) for stored in found.rows]},
        columns=COLUMNS,
        rows=rows(found.rows),
        shown={
            "intro": intro,
            "asked": asked,
            "offers": [count.value for count in names if count.value != "-"],
            "by_speaker": subject.speaker,
            "by_place": subject.place,
            "tables": [*before, tables],
            "total": found.total,
            "offset": offset,
            "limit": LIMIT,
            "captions": captions or {},
        },
        charts=charts or {},
    )


def _groups(found: Sequence[StoredClaim], subject: Subject, say: Wording) -> list[Group]:
    gathered: dict[str, list[tuple[c.Cell, ...]]] = {}
    for stored in found:
        heading = subject.group(stored, say) if subject.group else ""
        gathered.setdefault(heading, []).append(c.line(subject.columns, stored, say))
    return [Group(heading, tuple(lines)) for heading, lines in sorted(gathered.items())]


FRONT = Subject(
    key="front",
    columns=(c.WHEN, c.WHAT, c.WHERE, c.BY_WHOM, c.FIGURE, c.WORDS, c.WHO_SAYS),
    group=lambda stored, s: s("Said by: {side}", side=s.term(stored.claim.speaker.side or "-")),
    place=True,
)
DIPLOMACY = Subject(
    key="diplomacy",
    columns=(c.WHEN, c.WHO, c.HOW, c.HELD, c.WHERE, c.WORDS, c.WHO_SAYS),
    place=True,
    speaker=True,
)
JUSTICE = Subject(
    key="justice", columns=(c.WHEN, c.BODY, c.ACT, c.ABOUT, c.WORDS, c.WHO_SAYS), speaker=True
)
POSITIONS = Subject(
    key="positions",
    columns=(c.WHEN, c.STANCE, c.WORDS, c.WHO_SAYS),
    group=lambda stored, s: s.voice(stored.claim.speaker, stored.source.report.publisher),
    speaker=True,
)


def front(visit: Visit) -> Answer:
    """Who is said to hold, take or leave which place, and areas taken by source."""
    say = visit.say
    start, end = span(visit)
    wanted = visit.wanted(kinds=("area_captured",), start=start, end=end)
    charts: dict[str, Callable[[], Any]] = {}
    if visit.ledger.browse.figures(wanted, most=1).rows:
        charts["area"] = lambda: series.points(
            dots(visit.ledger.browse.figures(wanted, most=MOST_DRAWN).rows, say),
            chart_labels(say),
            unit=say("km²"),
        )
    intro = say(
        "Control of places as each side tells it, a table a side. “Captured” and “liberated” are the text's own "
        "words, whoever says them."
    )
    captions = {"area": say("Area taken, as each source tells it")}
    return of_subject(visit, FRONT, intro=intro, charts=charts, captions=captions)


def diplomacy(visit: Visit) -> Answer:
    """Who met or called whom, where, held or planned."""
    intro = visit.say(
        "Meetings and calls as told, with whether they were held, planned or cancelled."
    )
    return of_subject(visit, DIPLOMACY, intro=intro)


def justice(visit: Visit) -> Answer:
    """Acts and words of courts and prosecutors."""
    intro = visit.say(
        "Warrants, charges, verdicts, rulings and statements of courts and prosecutors."
    )
    return of_subject(visit, JUSTICE, intro=intro)


def positions(visit: Visit) -> Answer:
    """What persons and bodies demand, refuse, offer, order, justify or intend, over time."""
    intro = visit.say(
        "What each person or body demands, refuses, offers, orders or intends, in their own words."
    )
    return of_subject(visit, POSITIONS, intro=intro)
