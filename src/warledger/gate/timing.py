"""The proof of when: a claim's period against the time words of its report.

Enters: a scene, the report's moments, its day of publication. Leaves: None, or the fault. Does not belong
here: the reading of a time expression (see `moments.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

from warledger.gate.moments import Moment, Span, day
from warledger.gate.scene import Fault, Scene
from warledger.gate.words import fold
from warledger.model import Period

_DAY = timedelta(1)


class Timeline:
    """A page's moments, found by token."""

    def __init__(self, moments: list[Moment], published: date | None, *, night: bool) -> None:
        self.moments = moments
        self.published = published
        self.night = night
        self._firsts = [m.first for m in moments]

    def within(self, first: int, past: int) -> list[Moment]:
        """The moments that begin among the tokens from `first` up to `past`."""
        return self.moments[bisect_left(self._firsts, first) : bisect_left(self._firsts, past)]


def time_fault(scene: Scene, timeline: Timeline) -> Fault | None:
    """What is wrong with the claim's period, or None where the words or the publication allow it."""
    period = scene.claim.time
    if period is None:
        return None
    start, end = day(period.start), day(period.end)
    if start is None or end is None or end < start:
        return Fault("time", f"{period.start} to {period.end} is no period")
    if period.text:
        return _worded_fault(scene, timeline, period, (start, end))
    if _allowed(scene, timeline, (start, end)):
        return None
    return Fault("time", f"nothing in the report says {period.start}")


def _worded_fault(scene: Scene, timeline: Timeline, period: Period, span: Span) -> Fault | None:
    pieces = [p.strip() for p in (period.text or "").replace("...", "…").split("…") if p.strip()]
    places = []
    for piece in pieces:
        at = scene.page.folded.find(fold(piece))
        if at < 0:
            return Fault("time", f"{piece!r} does not stand in the report")
        places.append((at, at + len(piece)))
    for start, end in places:
        first, past = scene.page.tokens(start, end)
        if any(_fits(scene, span, m, timeline) for m in timeline.within(first - 1, past + 1)):
            return None
    if _near_published(timeline, span):
        return None
    return Fault("time", f"{period.text!r} is not {period.start} to {period.end}")


def _allowed(scene: Scene, timeline: Timeline, span: Span) -> bool:
    if any(_fits(scene, span, moment, timeline) for moment in timeline.moments):
        return True
    return _near_published(timeline, span)


def _near_published(timeline: Timeline, span: Span) -> bool:
    published = timeline.published
    if published is None:
        return False
    start, end = span
    return published - _DAY <= start <= end <= published


def _fits(scene: Scene, claimed: Span, moment: Moment, timeline: Timeline) -> bool:
    """Whether the period is one that the moment allows; a night may reach over midnight."""
    start, end = claimed
    for low, high in moment.spans:
        if (start, end) == (low, high):
            return True
        if (
            low == high
            and timeline.night
            and start in (low - _DAY, low)
            and end in (low, low + _DAY)
        ):
            return (end - start) <= _DAY
    return False
