"""Figures that cannot both hold, side by side, with the reason for thinking that they speak of one thing.

Enters: recorded claims. Leaves: tables. Does not belong here: choosing between the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from warledger.brief import words
from warledger.brief.citing import Citer
from warledger.brief.records import Cell, Table
from warledger.model import PEOPLE_KINDS, WEAPON_KINDS, StoredClaim

_COMPARED = WEAPON_KINDS | PEOPLE_KINDS | {"area_captured", "outage"}


def disagreements(rows: Sequence[StoredClaim], citer: Citer) -> tuple[Table, ...]:
    """One table for all: a row a quantity on which figures are apart."""
    groups: dict[tuple[object, ...], list[StoredClaim]] = {}
    for row in rows:
        if (key := _thing(row)) is not None:
            groups.setdefault(key, []).append(row)
    lines = [_line(group, citer) for group in groups.values() if _apart(group)]
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


def _thing(row: StoredClaim) -> tuple[object, ...] | None:
    """What a figure is of; None where the words are not enough to hold it against another."""
    claim = row.claim
    if claim.kind not in _COMPARED or claim.quantity is None or claim.time is None:
        return None
    if claim.quantity.low is None and claim.quantity.high is None:
        return None
    if claim.kind in PEOPLE_KINDS and not claim.places:
        return None
    where = tuple(sorted(p.name for p in claim.places))
    state = claim.detail.get("state")
    basis = claim.detail.get("basis", "event")
    # A claim told of one day and one told of the night that ends on it are of the same night.
    return (claim.kind, claim.item.class_, claim.item.model, where, claim.time.end, state, basis)


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


def _line(group: Sequence[StoredClaim], citer: Citer) -> tuple[Cell, ...]:
    claim = group[0].claim
    figures: dict[tuple[str, str], list[StoredClaim]] = {}
    for row in group:
        figure = words.figure(row.claim.quantity) + words.modality(row.claim)
        figures.setdefault((figure, words.speaker(row.claim, row.source)), []).append(row)
    told = "; ".join(f"{figure} — {speaker}" for figure, speaker in figures)
    speakers = {speaker for _, speaker in figures}
    reason = "same kind, weapon or people, place and day" + (
        "; one speaker, so a revision" if len(speakers) == 1 else ""
    )
    what = f"{claim.kind.replace('_', ' ')} · {words.item(claim)}".rstrip(" ·")
    return (
        Cell(what),
        Cell(words.places(claim)),
        Cell(words.period(claim.time, group[0].source.report.published)),
        citer.cell(told, group),
        Cell(reason),
    )
