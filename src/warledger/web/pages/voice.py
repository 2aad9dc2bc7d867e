"""What one speaker or publisher revised, and who told another figure of the same thing.

Enters: the incidents of some days, and which claims are of the one asked about. Leaves: revisions and contradictions,
each with the claims on both sides. Does not belong here: which figure is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import msgspec

from warledger.incidents.lines import span
from warledger.model import Figure, Grouping, Incident, Line, Measure, Period

Mine = Callable[[str], bool]
"""Whether a claim, by its id, is of the one asked about."""


class Revision(msgspec.Struct, frozen=True):
    """A figure that came after another of the same line; `before` and `after` name the claims that tell them."""

    incident: Incident
    line: Line
    before: Figure
    after: Figure


class Contradiction(msgspec.Struct, frozen=True):
    """A figure of the one asked about, and another's of the same measure and time that cannot both hold."""

    incident: Incident
    measure: Measure
    own: Figure
    other: Figure
    voice: Line


def revisions(made: Grouping, mine: Mine) -> list[Revision]:
    """Each step from one figure to the next of a line, where both are the asked one's own, the latest day first."""
    found = []
    for incident, line in _lines(made):
        told = [figure for figure in (*line.earlier, line.latest) if _own(figure, mine)]
        found += [
            Revision(incident, line, before, after)
            for before, after in pairwise(told)
            if (before.quantity, before.modality) != (after.quantity, after.modality)
        ]
    return sorted(found, key=lambda r: r.incident.id, reverse=True)


def contradictions(made: Grouping, mine: Mine, of_row: Mine) -> list[Contradiction]:
    """Where the latest figures of another voice, or its own of the same moment, exclude the asked one's, or one denies what
    the other asserts. Two rows of a table (`of_row`) stand for two windows of a night, and are held against nobody.
    """
    found = [
        Contradiction(incident, line.measure, own, other, voice)
        for incident, line in _lines(made)
        for own in (line.latest, *line.beside)
        if _own(own, mine)
        for other, voice in _others(incident, line, own, mine)
        if _exclude(own, other) and not all(of_row(c) for c in (*own.claims, *other.claims))
    ]
    return sorted(found, key=lambda c: c.incident.id, reverse=True)


def _lines(made: Grouping) -> Iterator[tuple[Incident, Line]]:
    return ((incident, line) for incident in made.incidents for line in incident.lines)


def _own(figure: Figure, mine: Mine) -> bool:
    return any(mine(claim) for claim in figure.claims)


def _others(
    incident: Incident, line: Line, own: Figure, mine: Mine
) -> Iterator[tuple[Figure, Line]]:
    """The figures that may stand against one's own; of two that are both one's own, the later one is held once."""
    if own is line.latest:
        yield from ((figure, line) for figure in line.beside)
    at = incident.lines.index(line)
    for number, other in enumerate(incident.lines):
        if number == at or other.measure != line.measure or other.latest.edited_away:
            continue
        if _one_time(line.time, other.time):
            if number > at or not all(mine(claim) for claim in other.latest.claims):
                yield other.latest, other


def _one_time(first: Period | None, second: Period | None) -> bool:
    """Whether two times are one; a night and the day that it ends on are told of as one attack."""
    if first is None or second is None:
        return first is second
    short = {first.precision, second.precision} <= {"night", "day"}
    return first.end == second.end and (short or first.start == second.start)


def _exclude(own: Figure, other: Figure) -> bool:
    if {own.modality, other.modality} == {"asserted", "denied"}:
        return own.quantity == other.quantity
    if own.modality != "asserted" or other.modality != "asserted":
        return False
    if own.quantity is None or other.quantity is None:
        return False
    (low, high), (least, most) = span(own.quantity), span(other.quantity)
    return high < least or most < low
