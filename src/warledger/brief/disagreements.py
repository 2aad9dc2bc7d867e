"""Figures that cannot both hold, side by side, with the reason for thinking that they speak of one thing.

Enters: recorded claims and the incidents that hold them together. Leaves: tables. Does not belong here: choosing between the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from warledger.brief import words
from warledger.brief.citing import Citer
from warledger.brief.records import Cell, Table
from warledger.model import PEOPLE_KINDS, WEAPON_KINDS, Incident, Measure, StoredClaim

_COMPARED = WEAPON_KINDS | PEOPLE_KINDS | {"area_captured", "outage"}


def disagreements(
    rows: Sequence[StoredClaim], incidents: Iterable[Incident], citer: Citer
) -> tuple[Table, ...]:
    """One table for all: a row a measure of an incident on which figures are apart.

    Only what the incidents hold together is held against each other, each with the incident's own reason.
    """
    known = {row.id: row for row in rows if row.claim.kind in _COMPARED and row.claim.quantity}
    lines = []
    for incident in incidents:
        for measure in dict.fromkeys(line.measure for line in incident.lines):
            group = [known[name] for name in _told(incident, measure) if name in known]
            if _apart(group):
                lines.append(_line(group, incident.reason, citer))
    if not lines:
        return ()
    columns = (
        "What",
        "Where",
        "When",
        "Figures, each with who says it",
        "Why thought to be of one thing",
    )
    return (Table("Figures that differ; none is chosen", columns, tuple(lines)),)


def _told(incident: Incident, measure: Measure) -> list[str]:
    """The ids of the claims that tell a measure of an incident, whoever speaks."""
    figures = [
        figure
        for line in incident.lines
        if line.measure == measure
        for figure in (*line.earlier, line.latest, *line.beside)
    ]
    return list(dict.fromkeys(name for figure in figures for name in figure.claims))


def _span(row: StoredClaim) -> tuple[float, float]:
    quantity = row.claim.quantity
    assert quantity is not None
    low = -inf if quantity.low is None else float(quantity.low)
    high = inf if quantity.high is None else float(quantity.high)
    if quantity.bound == "about":
        low, high = low * 0.9, high * 1.1
    return low, high


def _apart(group: Sequence[StoredClaim]) -> bool:
    """Whether two figures exclude each other, told by different speakers or in different reports."""
    for n, a in enumerate(group):
        for b in group[n + 1 :]:
            if a.source.version == b.source.version and a.claim.speaker == b.claim.speaker:
                continue
            (low_a, high_a), (low_b, high_b) = _span(a), _span(b)
            if high_a < low_b or high_b < low_a:
                return True
    return False


def _line(group: Sequence[StoredClaim], held: str, citer: Citer) -> tuple[Cell, ...]:
    claim = group[0].claim
    figures: dict[tuple[str, str], list[StoredClaim]] = {}
    for row in group:
        figure = words.figure(row.claim.quantity) + words.modality(row.claim)
        figures.setdefault((figure, words.speaker(row.claim, row.source)), []).append(row)
    told = "; ".join(f"{figure} — {speaker}" for figure, speaker in figures)
    speakers = {speaker for _, speaker in figures}
    reason = held + ("; one speaker, so a revision" if len(speakers) == 1 else "")
    what = f"{claim.kind.replace('_', ' ')} · {words.item(claim)}".rstrip(" ·")
    return (
        Cell(what),
        Cell(words.places(claim)),
        Cell(words.period(claim.time, group[0].source.report.published)),
        citer.cell(told, group),
        Cell(reason),
    )
