"""The proof of when: a claim's period against the time words of its report.

Enters: a scene, the report's moments, its day of publication. Leaves: None, or the fault. Does not belong
here: the reading of a time expression (see `moments.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

from warledger.gate.moments import Moment, Span, day
from warledger.gate.page import Page, once_a_page
from warledger.gate.scene import Fault, Scene
from warledger.model import Period

_CLOCKS = timedelta(1)


class Timeline:
    """A page's moments, found by token; what is told without a time happened on the day of publication."""

    def __init__(self, moments: list[Moment], published: date | None) -> None:
        self.moments = moments
        self.published = published
        self._firsts = [m.first for m in moments]
        self._spans = {span for m in moments for span in m.spans}
        if published is not None:
            self._spans.add((published, published))

    def within(self, first: int, past: int) -> list[Moment]:
        """The moments that touch the tokens from `first` up to `past`."""
        rows = self.moments[bisect_left(self._firsts, first - 4) : bisect_left(self._firsts, past)]
        return [m for m in rows if m.last >= first]

    def allows(self, span: Span) -> bool:
        """Whether any time word of the report, or its publication, allows the period."""
        return span in self._spans


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
    ahead = claim_is_ahead(scene)
    if timeline.allows((start, end)) and (ahead or not _later((start, end), timeline)):
        return None
    return Fault("time", f"nothing in the report says {period.start} to {period.end}")


def _worded_fault(scene: Scene, timeline: Timeline, period: Period, span: Span) -> Fault | None:
    pieces = [p.strip() for p in (period.text or "").replace("...", "…").split("…") if p.strip()]
    ahead = claim_is_ahead(scene)
    for piece in pieces:
        if not scene.page.spots(piece):
            return Fault("time", f"{piece!r} does not stand in the report")
        if span in _told(scene.page, timeline, piece) and (ahead or not _later(span, timeline)):
            return None
    return Fault("time", f"{period.text!r} is not {period.start} to {period.end}")


@once_a_page
def _told(page: Page, timeline: Timeline, words: str) -> frozenset[Span]:
    """The periods that some words can mean, wherever they stand on the page."""
    spans = (page.tokens(at, at + len(words)) for at in page.spots(words))
    return frozenset(s for span in spans for moment in timeline.within(*span) for s in moment.spans)


def claim_is_ahead(scene: Scene) -> bool:
    """Whether the claim is of something still to come."""
    claim = scene.claim
    return claim.modality in ("planned", "possible") or claim.detail.get("status") == "cancelled"


def _later(span: Span, timeline: Timeline) -> bool:
    """Whether a period lies wholly after publication: that is no time of a thing that happened.

    Posts are dated by a clock elsewhere: the night of which one tells may have begun its next day already.
    """
    return timeline.published is not None and span[0] > timeline.published + _CLOCKS
