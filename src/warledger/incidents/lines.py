"""Lines: what each speaker says of each measure, latest and earlier, and how far the speakers lie apart.

Enters: the claims of one incident in the order of their publication. Leaves: lines and spreads. Does not belong
here: which claims belong together (`keys`, `grouping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

from warledger.incidents.data import sort_of
from warledger.incidents.keys import AIR
from warledger.model import (
    Claim,
    Figure,
    Line,
    Measure,
    Number,
    Period,
    Quantity,
    Speaker,
    Spread,
    StoredClaim,
)

Stories = Mapping[str, str]
"""A report's version to the id of the story that it copies; reports that copy nothing are left out."""
ABOUT = 0.1
"""How far "about" may lie from its number before two figures are said to be apart: a tenth."""


class _Row(NamedTuple):
    stored: StoredClaim
    measure: Measure
    speaker: Speaker
    past: bool


def lines(
    claims: Sequence[StoredClaim], stories: Stories, past: Sequence[StoredClaim] = ()
) -> tuple[Line, ...]:
    """One line a measure, speaker and time told, in a stable order; `claims` come sorted by publication.

    `past` are claims of versions that were edited since: a figure that only they tell stands among the earlier ones.

    Where one speaker gives the same figure for a night and for the day on which it ends, that is one line.
    """
    groups: dict[tuple[Measure, Speaker, tuple[str, str] | None], list[_Row]] = {}
    for stored, gone in [(c, False) for c in claims] + [(c, True) for c in past]:
        row = _Row(stored, measure(stored.claim), speaker(stored, stories), gone)
        time = stored.claim.time
        span = (time.start, time.end) if time else None
        groups.setdefault((row.measure, row.speaker, span), []).append(row)
    made = [_line(group, stories) for group in _joined(groups)]
    return tuple(sorted(made, key=_order))


def _order(line: Line) -> tuple[object, ...]:
    m, time = line.measure, line.time
    return (
        (m.kind, m.class_ or "", m.model or "", m.state or "", m.unit, m.basis, m.where),
        (line.speaker.side or "~", line.speaker.name or "~", line.speaker.via or ""),
        (time.start, time.end) if time else ("", ""),
    )


def measure(claim: Claim) -> Measure:
    """What the claim's figure is of."""
    return Measure(
        kind=claim.kind,
        class_=claim.item.class_,
        model=claim.item.model,
        unit=claim.quantity.unit if claim.quantity else "count",
        basis=str(claim.detail.get("basis", "event")),
        state=_state(claim),
        where=tuple(sorted(p.name for p in claim.places)) if claim.kind in AIR else (),
    )


def _state(claim: Claim) -> str | None:
    """The conditions under which a kind counts, and the sort of weapon, joined; None for none."""
    detail = claim.detail
    parts = [
        str(detail[k]) for k in ("state", "degree", "counted", "status", "line") if detail.get(k)
    ]
    if (
        detail.get("means") == "suppressed"
    ):  # shot down and "shot down or suppressed" are told as one
        parts.append("suppressed")
    if claim.item.model is None and (sort := sort_of(claim.item.class_, claim.item.text)):
        parts.append(sort)
    if detail.get("exchanged"):
        parts.append("exchanged")
    return ", ".join(parts) or None


def speaker(stored: StoredClaim, stories: Stories) -> Speaker:
    """Who says it. Words that nobody is credited with are their publisher's, or their story's where it is copied."""
    told = stored.claim.speaker
    if told.name is not None:
        return Speaker(told.name, told.side)
    story = stories.get(stored.source.version)
    publisher = stored.source.report.publisher
    return Speaker(None, told.side, f"story {story}" if story else publisher)


def _joined(
    groups: Mapping[tuple[Measure, Speaker, tuple[str, str] | None], list[_Row]],
) -> Iterable[list[_Row]]:
    """The groups, a day's put to its night's where the speaker gives exactly the same figures."""
    kept: dict[tuple[Measure, Speaker, str], list[_Row]] = {}
    days: list[tuple[tuple[Measure, Speaker, str], list[_Row]]] = []
    for (what, who, span), rows in groups.items():
        if span is not None and span[0] != span[1]:
            kept[(what, who, span[1])] = rows
            yield rows
        elif span is not None:
            days.append(((what, who, span[1]), rows))
        else:
            yield rows
    for key, rows in days:
        night = kept.get(key)
        if night is not None and _figures_of(rows) <= _figures_of(night):
            night.extend(rows)
        else:
            yield rows


def _figures_of(rows: Iterable[_Row]) -> set[tuple[Quantity | None, str]]:
    return {(r.stored.claim.quantity, r.stored.claim.modality) for r in rows}


def _line(rows: list[_Row], stories: Stories) -> Line:
    now = [row for row in rows if not row.past]
    by_figure = _by_figure(now or rows)
    gone = {k: v for k, v in _by_figure(rows).items() if k not in by_figure}
    told = [_figure(group, stories, edited_away=not now) for group in by_figure.values()]
    firsts = [group[0] for group in by_figure.values()]
    at = _latest(firsts)
    same = [n for n in range(len(told)) if n != at and _together(firsts[n], firsts[at])]
    earlier = [(moment(firsts[n]), told[n]) for n in range(len(told)) if n != at and n not in same]
    earlier += [(moment(g[0]), _figure(g, stories, edited_away=True)) for g in gone.values()]
    return Line(
        measure=rows[0].measure,
        speaker=rows[0].speaker,
        time=_time([row.stored for row in now or rows]),
        latest=told[at],
        earlier=tuple(figure for _, figure in sorted(earlier, key=lambda e: e[0])),
        beside=tuple(told[n] for n in same),
        carriers=carriers([row.stored for row in now], stories) if now else 0,
    )


def _by_figure(rows: list[_Row]) -> dict[object, list[StoredClaim]]:
    """The rows by the figure that they give, each figure's by publication, the figure first told first."""
    found: dict[object, list[StoredClaim]] = {}
    for row in sorted(rows, key=lambda r: moment(r.stored)) if len(rows) > 1 else rows:
        claim = row.stored.claim
        words = "" if claim.quantity else " ".join(claim.evidence[0].quote.split()).casefold()
        found.setdefault((claim.quantity, claim.modality, words), []).append(row.stored)
    return found


def moment(stored: StoredClaim) -> tuple[str, str, str, int, str]:
    """What claims are ordered by: published, known, report version, place in the text, id."""
    source = stored.source
    start = stored.claim.evidence[0].start
    return (source.report.published or "", source.recorded_at_utc, source.version, start, stored.id)


def _latest(firsts: Sequence[StoredClaim]) -> int:
    """The figure told last; of several in one report, the one that stands first in it."""
    last = len(firsts) - 1
    while last > 0 and _together(firsts[last - 1], firsts[last]):
        last -= 1
    return last


def _together(a: StoredClaim, b: StoredClaim) -> bool:
    """Whether two figures were given at one moment: in one report, or published by the same hand at the same time."""
    if a.source.version == b.source.version:
        return True
    one, other = a.source.report, b.source.report
    return one.published == other.published and one.publisher == other.publisher


def _figure(group: Sequence[StoredClaim], stories: Stories, *, edited_away: bool) -> Figure:
    first, last = group[0], group[-1]
    return Figure(
        quantity=first.claim.quantity,
        modality=first.claim.modality,
        quote=first.claim.evidence[0].quote,
        published=first.source.report.published,
        last_published=last.source.report.published,
        known_at_utc=min(s.source.recorded_at_utc for s in group),
        claims=tuple(s.id for s in group),
        reports=tuple(dict.fromkeys(s.source.report.id for s in group)),
        carriers=carriers(group, stories),
        edited_away=edited_away,
    )


def carriers(claims: Sequence[StoredClaim], stories: Stories) -> int:
    """How many independent reports carry the claims: those of one story or one publisher are one."""
    if len(claims) == 1:
        return 1
    roots: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := roots.setdefault(name, name)) != name:
            name = above
        return name

    versions = set()
    for stored in claims:
        version, publisher = stored.source.version, stored.source.report.publisher
        versions.add(version)
        for link in (stories.get(version), f"publisher {publisher}" if publisher else None):
            if link:
                roots[root(link)] = root(version)
    return len({root(version) for version in versions})


def _time(claims: Iterable[StoredClaim]) -> Period | None:
    """The time told: the night where one is named, and else the first in order, without its words."""
    times = {
        (t.precision != "night", t.start, t.end, t.precision) for s in claims if (t := s.claim.time)
    }
    if not times:
        return None
    _, start, end, precision = min(times)
    return Period(start, end, precision)


def time_of(claims: Iterable[StoredClaim]) -> Period | None:
    """The time of an incident from its claims, as `_time` has it."""
    return _time(claims)


# ---- spreads ----


def spreads(made: Sequence[Line]) -> tuple[Spread, ...]:
    """The spread of each measure that two speakers give a number for.

    Where a speaker has several lines of a measure, told of different times, only lines of one time are compared.
    """
    groups: dict[Measure, list[Line]] = {}
    for line in made:
        latest = line.latest
        if latest.modality == "asserted" and not latest.edited_away and _numbered(latest.quantity):
            groups.setdefault(line.measure, []).append(line)
    found = []
    for what, group in groups.items():
        if len(group) < 2:
            continue
        if len({line.speaker for line in group}) == len(group):
            found.append(_spread(what, group))
            continue
        times: dict[Period | None, list[Line]] = {}
        for line in group:
            times.setdefault(line.time, []).append(line)
        found += [_spread(what, lines) for lines in times.values() if len(lines) > 1]
    return tuple(found)


def _numbered(quantity: Quantity | None) -> bool:
    return quantity is not None and not (quantity.low is None and quantity.high is None)


def _spread(what: Measure, group: Sequence[Line]) -> Spread:
    numbers: list[Number] = []
    spans: list[tuple[float, float]] = []
    for line in group:
        quantity = line.latest.quantity
        assert quantity is not None
        numbers += [n for n in (quantity.low, quantity.high) if n is not None]
        spans.append(span(quantity))
    return Spread(
        measure=what,
        speakers=tuple(line.speaker for line in group),
        low=min(numbers),
        high=max(numbers),
        apart=max(low for low, _ in spans) > min(high for _, high in spans),
    )


def span(quantity: Quantity) -> tuple[float, float]:
    """The numbers that the words allow, open ends as infinities; "about" allows a tenth either way."""
    low = -inf if quantity.low is None else float(quantity.low)
    high = inf if quantity.high is None else float(quantity.high)
    if quantity.bound == "about":
        low, high = low * (1 - ABOUT), high * (1 + ABOUT)
    return low, high
