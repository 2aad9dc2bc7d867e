"""Pages of one subject each: nuclear safety, the front, diplomacy, justice, positions.

Enters: a visit. Leaves: an answer. Does not belong here: claims that are not of the subject.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

import msgspec

from warledger.charts import series
from warledger.model import StoredClaim
from warledger.web.answers import Answer, Visit
from warledger.web.pages.rows import COLUMNS, data, rows
from warledger.web.pages.timeline import chart_labels, dots, span
from warledger.web.terms import SUBJECTS
from warledger.web.wording import Wording

LIMIT = 200
DRAWN = 3_000


class Cell(msgspec.Struct, frozen=True):
    """Words of a table, where they lead, and whether they are quoted from a report of that language."""

    text: str
    url: str | None = None
    lang: str | None = None
    quoted: bool = False


class Group(msgspec.Struct, frozen=True):
    """A table under a heading."""

    heading: str
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """How a subject is shown: its kinds, its columns, and what its tables are grouped by."""

    kinds: tuple[str, ...]
    columns: Callable[[Wording], tuple[str, ...]]
    cells: Callable[[StoredClaim, Wording], tuple[Cell, ...]]
    group: Callable[[StoredClaim, Wording], str] | None = None
    speaker: bool = False
    place: bool = False


def _page(
    visit: Visit,
    key: str,
    subject: Subject,
    *,
    intro: str,
    charts: dict[str, Callable[[], Any]] | None = None,
    captions: dict[str, str] | None = None,
    notes: dict[str, str] | None = None,
) -> Answer:
    say = visit.say
    start, end = span(visit)
    asked = {
        "start": start,
        "end": end,
        "speaker": visit.text("speaker") if subject.speaker else None,
        "place": visit.text("place") if subject.place else None,
    }
    offset = visit.number("offset", 0, least=0, most=999_999_999)
    wanted = visit.wanted(
        kinds=subject.kinds, start=start, end=end, speaker=asked["speaker"], place=asked["place"]
    )
    found = visit.ledger.browse.claims(wanted, limit=LIMIT, offset=offset)
    names = visit.ledger.browse.facet("speaker", visit.wanted(kinds=subject.kinds), limit=40)
    return Answer(
        template="theme.html",
        title=say(SUBJECTS[key][0]),
        data={"total": found.total, "claims": [data(stored) for stored in found.rows]},
        columns=COLUMNS,
        rows=rows(found.rows),
        shown={
            "intro": intro,
            "asked": asked,
            "offers": [count.value for count in names if count.value != "-"],
            "by_speaker": subject.speaker,
            "by_place": subject.place,
            "columns": subject.columns(say),
            "groups": _groups(found.rows, subject, say, notes or {}),
            "total": found.total,
            "offset": offset,
            "limit": LIMIT,
            "captions": captions or {},
        },
        charts=charts or {},
    )


def _groups(
    found: Sequence[StoredClaim], subject: Subject, say: Wording, notes: dict[str, str]
) -> list[Group]:
    gathered: dict[str, list[tuple[Cell, ...]]] = {}
    for stored in found:
        heading = subject.group(stored, say) if subject.group else ""
        gathered.setdefault(heading, []).append(subject.cells(stored, say))
    return [
        Group(heading, tuple(lines), notes.get(heading, ""))
        for heading, lines in sorted(gathered.items())
    ]


def _when(stored: StoredClaim, say: Wording) -> Cell:
    claim = stored.claim
    if claim.time is None:
        published = say.day(stored.source.report.published)
        return Cell(say("published {day}", day=published) if published else "—")
    return Cell(say.period(claim.time), f"/day/{claim.time.end[:10]}")


def _who(stored: StoredClaim, say: Wording) -> Cell:
    return Cell(say.who(stored.claim.speaker, stored.source.report.publisher))


def _words(stored: StoredClaim) -> Cell:
    report = stored.source.report
    quote = " ".join(stored.claim.evidence[0].quote.split())
    return Cell(quote, f"/claim/{stored.id}", report.lang, quoted=True)


def _where(stored: StoredClaim) -> Cell:
    return Cell(", ".join(place.name for place in stored.claim.places) or "—")


def _plant(stored: StoredClaim, say: Wording) -> str:
    return str(stored.claim.detail.get("plant") or say("plant not named"))


def _state(stored: StoredClaim, say: Wording) -> str:
    claim = stored.claim
    if claim.kind == "nuclear_warning":
        return say("warning")
    state = say.term(str(claim.detail.get("state") or "")) or say.kind(claim.kind)
    if claim.kind == "nuclear_power" and claim.detail.get("state") == "lost":
        state = say("all off-site power lost")
    modality = claim.modality
    return state if modality == "asserted" else f"{state} ({say.term(modality)})"


def _nuclear_cells(stored: StoredClaim, say: Wording) -> tuple[Cell, ...]:
    claim = stored.claim
    more = [str(claim.detail["line"])] if claim.detail.get("line") else []
    if claim.detail.get("ordinal"):
        more.append(say("time number {n} as told", n=claim.detail["ordinal"]))
    return (
        _when(stored, say),
        Cell(_state(stored, say)),
        Cell(say.figure(claim.quantity, claim.evidence[0].quote) or "—"),
        Cell(", ".join(more) or "—"),
        _words(stored),
        _who(stored, say),
    )


def nuclear(visit: Visit) -> Answer:
    """Each plant's power over time, its reactors, and warnings; outages are counted as reports of one, not as outages."""
    say, browse = visit.say, visit.ledger.browse
    start, end = span(visit)
    kinds = SUBJECTS["nuclear"][1]
    found = browse.all(visit.wanted(kinds=kinds, start=start, end=end), most=DRAWN)
    drawn = [stored for stored in found if _drawn_day(stored)]
    charts: dict[str, Callable[[], Any]] = {}
    if drawn:
        marks = [
            {
                "day": _drawn_day(stored),
                "plant": _plant(stored, say),
                "state": _state(stored, say),
                "told": " ".join(stored.claim.evidence[0].quote.split())[:160],
                "who": say.who(stored.claim.speaker, stored.source.report.publisher),
                "url": f"/claim/{stored.id}",
            }
            for stored in drawn
        ]
        charts["power"] = partial(series.states, marks, chart_labels(say))
    subject = Subject(
        kinds=kinds,
        columns=lambda s: (
            s("When"),
            s("State"),
            s("Figure"),
            s("Line, count"),
            s("Words"),
            s("Who says"),
        ),
        cells=_nuclear_cells,
        group=_plant,
    )
    return _page(
        visit,
        "nuclear",
        subject,
        intro=say(
            "What was said of each plant: off-site power lost, reduced and restored, its lines, reactors and warnings. "
            "All power is lost only where the words say all of it; a line down is told as reduced."
        ),
        charts=charts,
        captions={"power": say("What was said of each plant, by day")},
        notes=_tallies(found, say),
    )


def _drawn_day(stored: StoredClaim) -> str | None:
    time = stored.claim.time
    return time.end[:10] if time else (stored.source.report.published or "")[:10] or None


def _tallies(found: Sequence[StoredClaim], say: Wording) -> dict[str, str]:
    """For each plant: on how many days all power was told lost, and the durations told."""
    lost: dict[str, set[Hashable]] = {}
    hours: dict[str, list[str]] = {}
    for stored in found:
        claim = stored.claim
        if claim.kind != "nuclear_power" or claim.modality != "asserted":
            continue
        plant = _plant(stored, say)
        if claim.detail.get("state") == "lost":
            lost.setdefault(plant, set()).add(_drawn_day(stored))
        if claim.quantity and claim.quantity.unit == "hour":
            hours.setdefault(plant, []).append(say.figure(claim.quantity))
    notes = {
        plant: say.count(
            "All off-site power told lost on {n} day.",
            "All off-site power told lost on {n} days.",
            len(days),
        )
        for plant, days in lost.items()
    }
    for plant, told in hours.items():
        listed = say("Durations told: {list}.", list="; ".join(dict.fromkeys(told)))
        notes[plant] = f"{notes.get(plant, '')} {listed}".strip()
    return notes


def _front_cells(stored: StoredClaim, say: Wording) -> tuple[Cell, ...]:
    claim = stored.claim
    what = say.term(str(claim.detail.get("state") or "")) or say.kind(claim.kind)
    if claim.modality != "asserted":
        what += f" ({say.term(claim.modality)})"
    return (
        _when(stored, say),
        Cell(what),
        _where(stored),
        Cell(claim.actor.name if claim.actor else "—"),
        Cell(say.figure(claim.quantity, claim.evidence[0].quote) or "—"),
        _words(stored),
        _who(stored, say),
    )


def front(visit: Visit) -> Answer:
    """Who is said to hold, take or leave which place, and areas taken by source."""
    say = visit.say
    start, end = span(visit)
    area = visit.ledger.browse.figures(visit.wanted(kinds=("area_captured",), start=start, end=end))
    charts: dict[str, Callable[[], Any]] = {}
    if area:
        charts["area"] = partial(series.points, dots(area, say), chart_labels(say), unit=say("km²"))
    subject = Subject(
        kinds=SUBJECTS["front"][1],
        columns=lambda s: (
            s("When"),
            s("What"),
            s("Where"),
            s("By whom"),
            s("Figure"),
            s("Words"),
            s("Who says"),
        ),
        cells=_front_cells,
        group=lambda stored, s: s("Said by: {side}", side=s.term(stored.claim.speaker.side or "-")),
        place=True,
    )
    return _page(
        visit,
        "front",
        subject,
        intro=say(
            "Control of places as each side tells it, a table a side. “Captured” and “liberated” are the text's own "
            "words, whoever says them."
        ),
        charts=charts,
        captions={"area": say("Area taken, as each source tells it")},
    )


def _meeting_cells(stored: StoredClaim, say: Wording) -> tuple[Cell, ...]:
    detail = stored.claim.detail
    people = ", ".join(str(name) for name in detail.get("participants", ()))
    return (
        _when(stored, say),
        Cell(people or say("participants not named")),
        Cell(say.term(str(detail.get("form") or "")) or "—"),
        Cell(say.term(str(detail.get("status") or stored.claim.modality))),
        _where(stored),
        _words(stored),
        _who(stored, say),
    )


def diplomacy(visit: Visit) -> Answer:
    """Who met or called whom, where, held or planned."""
    subject = Subject(
        kinds=SUBJECTS["diplomacy"][1],
        columns=lambda s: (
            s("When"),
            s("Who"),
            s("How"),
            s("Held or planned"),
            s("Where"),
            s("Words"),
            s("Who says"),
        ),
        cells=_meeting_cells,
        place=True,
        speaker=True,
    )
    intro = visit.say(
        "Meetings and calls as told, with whether they were held, planned or cancelled."
    )
    return _page(visit, "diplomacy", subject, intro=intro)


def _legal_cells(stored: StoredClaim, say: Wording) -> tuple[Cell, ...]:
    detail = stored.claim.detail
    return (
        _when(stored, say),
        Cell(str(detail.get("body") or "—")),
        Cell(say.term(str(detail.get("act") or "")) or "—"),
        Cell(str(detail.get("subject") or "—")),
        _words(stored),
        _who(stored, say),
    )


def justice(visit: Visit) -> Answer:
    """Acts and words of courts and prosecutors."""
    subject = Subject(
        kinds=SUBJECTS["justice"][1],
        columns=lambda s: (
            s("When"),
            s("Body"),
            s("Act"),
            s("Subject"),
            s("Words"),
            s("Who says"),
        ),
        cells=_legal_cells,
        speaker=True,
    )
    intro = visit.say(
        "Warrants, charges, verdicts, rulings and statements of courts and prosecutors."
    )
    return _page(visit, "justice", subject, intro=intro)


def _position_cells(stored: StoredClaim, say: Wording) -> tuple[Cell, ...]:
    claim = stored.claim
    stance = say.term(str(claim.detail.get("stance") or "")) or "—"
    return (_when(stored, say), Cell(stance), _words(stored), _who(stored, say))


def positions(visit: Visit) -> Answer:
    """What persons and bodies demand, refuse, offer, order, justify or intend, over time."""
    subject = Subject(
        kinds=SUBJECTS["positions"][1],
        columns=lambda s: (s("When"), s("Stance"), s("Words"), s("Who says")),
        cells=_position_cells,
        group=lambda stored, s: s.who(
            msgspec.structs.replace(stored.claim.speaker, via=None),
            stored.source.report.publisher,
        ),
        speaker=True,
    )
    intro = visit.say(
        "What each person or body demands, refuses, offers, orders or intends, in their own words."
    )
    return _page(visit, "positions", subject, intro=intro)
