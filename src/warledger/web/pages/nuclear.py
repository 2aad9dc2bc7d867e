"""Nuclear safety: each plant's power from outside over time as each voice tells it, its reactors, and warnings.

Enters: a visit. Leaves: an answer. Does not belong here: how spans are put together (`outages`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from warledger.charts import series
from warledger.charts.words import _
from warledger.model import StoredClaim
from warledger.web.answers import Answer, Visit
from warledger.web.pages import columns as c
from warledger.web.pages import outages
from warledger.web.pages.columns import Cell, Column, Group
from warledger.web.pages.outages import Differing, Span
from warledger.web.pages.themes import Subject, of_subject
from warledger.web.pages.timeline import chart_labels, span
from warledger.web.terms import SUBJECTS
from warledger.web.wording import Wording

MOST = 1_500
"""Claims that spans are put together from, the earliest of the days asked for."""
COLUMNS = (
    "plant", "kind", "state", "modality", "speaker", "side", "start", "until", "end", "open",
    "days_least", "days_most", "hours_told", "ordinals_told", "dated", "claims", "closed_by", "words",
)  # fmt: skip


def _plant(stored: StoredClaim, say: Wording) -> str:
    return _named(stored.claim.detail.get("plant"), say)


def _named(plant: object, say: Wording) -> str:
    return str(plant or say("plant not named"))


def _state(stored: StoredClaim, say: Wording) -> Cell:
    claim = stored.claim
    state = say.term(str(claim.detail.get("state") or ""))
    return Cell(_worded(claim.kind, state, claim.detail.get("state"), claim.modality, say))


def _worded(kind: str, state: str, code: object, modality: str, say: Wording) -> str:
    if kind == "nuclear_warning":
        state = say("warning")
    elif kind == outages.POWER and code == "lost":
        state = say("all off-site power lost")
    state = state or say.kind(kind)
    return state if modality == "asserted" else f"{state} ({say.term(modality)})"


def _line(stored: StoredClaim, say: Wording) -> Cell:
    detail = stored.claim.detail
    more = [str(detail["line"])] if detail.get("line") else []
    if detail.get("ordinal"):
        more.append(say("time number {n} as told", n=detail["ordinal"]))
    return Cell(", ".join(more) or "—")


SUBJECT = Subject(
    key="nuclear",
    columns=(
        c.WHEN,
        Column(_("State"), _state),
        c.FIGURE,
        Column(_("Line, count"), _line),
        c.WORDS,
        c.WHO_SAYS,
    ),
    group=_plant,
)


def nuclear(visit: Visit) -> Answer:
    """Each plant's power as spans, a row a voice and outage; where voices differ; every claim."""
    say = visit.say
    start, end = span(visit)
    wanted = visit.wanted(kinds=SUBJECTS["nuclear"][1], start=start, end=end)
    found = visit.ledger.browse.all(wanted, most=MOST)
    made = outages.spans(found)
    differ = outages.differing(made)
    answer = of_subject(
        visit,
        SUBJECT,
        intro=say(
            "What was said of each plant: off-site power lost, reduced and restored, its lines, reactors and warnings. "
            "All power is lost only where the words say all of it; a line down is told as reduced."
        ),
        charts=_charts(made, found, say),
        captions={
            "power": say(
                "Power from outside as each voice tells it; an arrow where no end was told"
            ),
            "told": say("What was said of each plant, by day"),
        },
        before=[*_outages(made, say, cut=len(found) == MOST), *_differing(differ, say)],
    )
    return msgspec.structs.replace(
        answer,
        data={**answer.data, "spans": [_data(one) for one in made], "differing": differ},
        columns=COLUMNS,
        rows=[_row(one) for one in made],
    )


def _data(one: Span) -> dict[str, Any]:
    return {**msgspec.structs.asdict(one), "days": one.days}


def _row(one: Span) -> tuple[Any, ...]:
    return (
        one.plant, one.kind, one.state, one.modality, one.who, one.side, one.start, one.until, one.end,
        "yes" if one.open else "no", *(one.days or (None, None)), " ".join(f"{n:g}" for n in one.hours),
        " ".join(str(n) for n in one.ordinals), one.dated, " ".join(one.claims),
        " ".join(one.closed_by), one.told,
    )  # fmt: skip


def _charts(
    made: Sequence[Span], found: Sequence[StoredClaim], say: Wording
) -> dict[str, Callable[[], Any]]:
    """The spans of each voice, and every claim on its day."""
    labels = chart_labels(say)
    held = [_mark(one, say) for one in made if one.kind == outages.POWER]
    told = [_mark(one, say) for stored in found for one in outages.spans([stored])]
    charts: dict[str, Callable[[], Any]] = {}
    if held:
        charts["power"] = partial(series.spans, held, labels)
    if told:
        points = [{**mark, "day": mark["until"]} for mark in told]
        charts["told"] = partial(series.states, points, labels)
    return charts


def _mark(one: Span, say: Wording) -> dict[str, Any]:
    return {
        "day": one.start,
        "until": one.end or one.until,
        "open": one.open,
        "plant": _named(one.plant, say),
        "who": _who(one, say),
        "state": _spoken(one, say),
        "told": one.told[:160],
        "url": f"/claim/{one.claims[0]}",
    }


def _spoken(one: Span, say: Wording) -> str:
    return _worded(one.kind, say.term(one.state or ""), one.state, one.modality, say)


def _outages(made: Sequence[Span], say: Wording, *, cut: bool) -> list[Mapping[str, Any]]:
    """A table a plant: each span of lost, reduced or backup power."""
    by_plant: dict[str, list[Span]] = {}
    for one in made:
        if one.kind == outages.POWER and one.state in outages.BEGINS:
            by_plant.setdefault(_named(one.plant, say), []).append(one)
    if not by_plant:
        return []
    columns = (
        say("State"),
        say("From"),
        say("To"),
        say("Days between, counted here"),
        say("Duration as told"),
        say("Count as told"),
        say("Who says"),
    )
    groups = [
        Group(
            say("{plant}: power from outside", plant=plant),
            tuple(_span_cells(one, say) for one in reversed(told)),
            _tally(told, say, cut=cut),
        )
        for plant, told in sorted(by_plant.items())
    ]
    return [{"columns": columns, "groups": groups}]


def _span_cells(one: Span, say: Wording) -> tuple[Cell, ...]:
    began = say.day(one.start, "medium")
    if one.dated == "publication":
        began = say("published {day}", day=began)
    if one.end is not None:
        ended = Cell(say.day(one.end, "medium"), f"/claim/{one.closed_by[0]}")
    else:
        ended = Cell(say("no end told") if one.open else "—")
    return (
        Cell(_spoken(one, say), f"/claim/{one.claims[0]}"),
        Cell(began, f"/day/{one.until}"),
        ended,
        Cell("–".join(say.number(n) for n in sorted(set(one.days or ()))) or "—"),
        Cell("; ".join(f"{say.number(n)} {say('h')}" for n in one.hours) or "—"),
        Cell(", ".join(say.number(n) for n in one.ordinals) or "—"),
        Cell(f"{one.who} ({one.side})" if one.side else _who(one, say)),
    )


def _who(one: Span, say: Wording) -> str:
    return one.who or say("publisher not given")


def _tally(told: Sequence[Span], say: Wording, *, cut: bool) -> str:
    """What is recorded of each voice, beside the highest count that it told itself."""
    by_voice: dict[str, list[Span]] = {}
    for one in told:
        if one.state == "lost" and one.modality == "asserted":
            by_voice.setdefault(_who(one, say), []).append(one)
    parts = []
    for who, mine in sorted(by_voice.items()):
        counts = [n for one in mine for n in one.ordinals]
        recorded = say.count(
            "all power lost, recorded here: {n} time",
            "all power lost, recorded here: {n} times",
            len(mine),
        )
        own = say("; the last count told: {n}", n=say.number(max(counts))) if counts else ""
        parts.append(f"{who}: {recorded}{own}.")
    if cut:
        parts.append(
            say("Only the first {n} claims of these days are put together.", n=say.number(MOST))
        )
    return " ".join(parts)


def _differing(found: Sequence[Differing], say: Wording) -> list[Mapping[str, Any]]:
    if not found:
        return []
    lines = tuple(
        (
            Cell(_named(one.plant, say)),
            Cell(say.day(max(one.first.start, one.second.start), "medium")),
            *(
                Cell(f"{_who(told, say)}: {_spoken(told, say)}", f"/claim/{told.claims[0]}")
                for told in (one.first, one.second)
            ),
        )
        for one in found
    )
    columns = (say("Plant"), say("From"), say("One voice"), say("Another voice"))
    return [
        {
            "columns": columns,
            "groups": [Group(say("Voices that tell different states of the same days"), lines)],
        }
    ]
