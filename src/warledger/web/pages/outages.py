"""A plant's power from outside over time, voice by voice: when it was told lost or reduced, and when restored.

Enters: claims about plants. Leaves: spans, and where voices differ. Does not belong here: an end that nobody told, or
choosing between voices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from warledger.model import StoredClaim

POWER = "nuclear_power"
BEGINS = ("lost", "reduced", "backup")
ENDS = "restored"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """What one voice told of one plant: a state from the day `start`; `end` is the day that it was told restored on.

    `until` is the last day of the words that told the state. `open`: no end was told. `hours` and `ordinals` stand as
    told. `claims` began it, `closed_by` ended it; every claim is in one span. `dated` says whether the words told a
    day, or only the publication did.
    """

    plant: str | None
    kind: str
    state: str | None
    modality: str
    who: str
    side: str | None
    start: str
    until: str
    end: str | None = None
    open: bool = False
    dated: str = "words"
    hours: tuple[float, ...] = ()
    ordinals: tuple[int, ...] = ()
    claims: tuple[str, ...] = ()
    closed_by: tuple[str, ...] = ()
    told: str = ""

    @property
    def days(self) -> tuple[int, int] | None:
        """The fewest and the most days between beginning and end that the days told allow, where an end was told."""
        if self.end is None:
            return None
        first, last, end = (date.fromisoformat(d) for d in (self.start, self.until, self.end))
        return max(0, (end - last).days), (end - first).days


class Differing(msgspec.Struct, frozen=True):
    """Two voices that told different states of one plant for days that overlap."""

    plant: str | None
    first: Span
    second: Span


def spans(found: Iterable[StoredClaim]) -> list[Span]:
    """The spans of all plants and voices, by plant, then day. Claims without any day are left out."""
    by_voice: dict[tuple[str, str, str], list[Span]] = {}
    for one in sorted(filter(None, map(_single, found)), key=_order):
        known = by_voice.setdefault((one.plant or "", one.who, one.kind), [])
        _add(known, one)
    every = [span for known in by_voice.values() for span in known]
    return sorted(every, key=lambda s: (s.plant or "", s.start, s.until, s.who, s.kind, s.claims))


def _order(span: Span) -> tuple[str, str, bool, tuple[str, ...]]:
    return (span.until, span.start, span.state == ENDS, span.claims)


def _single(stored: StoredClaim) -> Span | None:
    claim, report = stored.claim, stored.source.report
    published = (report.published or "")[:10]
    start, until = (claim.time.start[:10], claim.time.end[:10]) if claim.time else (published,) * 2
    if not start:
        return None
    quantity, detail = claim.quantity, claim.detail
    hours = quantity.high if quantity and quantity.unit == "hour" else None
    ordinal = detail.get("ordinal")
    return Span(
        plant=str(detail["plant"]) if detail.get("plant") else None,
        kind=claim.kind,
        state=str(detail["state"]) if detail.get("state") else None,
        modality=claim.modality,
        who=claim.speaker.name or report.publisher or "",
        side=claim.speaker.side,
        start=start,
        until=until,
        dated="words" if claim.time else "publication",
        hours=() if hours is None else (float(hours),),
        ordinals=(ordinal,) if isinstance(ordinal, int) else (),
        claims=(stored.id,),
        told=" ".join(claim.evidence[0].quote.split()),
        open=_begins(claim.kind, claim.detail.get("state"), claim.modality),
    )


def _begins(kind: str, state: object, modality: str) -> bool:
    return kind == POWER and modality == "asserted" and state in BEGINS


def _add(known: list[Span], one: Span) -> None:
    """Joins what one voice tells to what it told before: a repeat, an end, or something new."""
    for at, span in enumerate(known):
        if _repeats(span, one):
            known[at] = _with(span, one)
            return
    if one.kind == POWER and one.state == ENDS and one.modality == "asserted":
        waiting = [at for at, span in enumerate(known) if span.open]
        again = [at for at, span in enumerate(known) if span.end == one.until]
        for at in waiting or again:
            span = known[at]
            closed_by = (*span.closed_by, *one.claims)
            known[at] = msgspec.structs.replace(
                span, end=one.until, open=False, closed_by=closed_by
            )
        if waiting or again:
            return
    known.append(one)


def _repeats(span: Span, one: Span) -> bool:
    same = (span.state, span.modality, span.start, span.until)
    apart = span.ordinals and one.ordinals and span.ordinals != one.ordinals
    return same == (one.state, one.modality, one.start, one.until) and not apart


def _with(span: Span, one: Span) -> Span:
    return msgspec.structs.replace(
        span,
        hours=tuple(dict.fromkeys((*span.hours, *one.hours))),
        ordinals=tuple(dict.fromkeys((*span.ordinals, *one.ordinals))),
        claims=(*span.claims, *one.claims),
    )


def differing(made: Sequence[Span]) -> list[Differing]:
    """Where two voices tell of one plant's power on days that overlap, and one tells a state that the other does not."""
    by_plant: dict[str | None, list[Span]] = {}
    for span in made:
        if span.kind == POWER and span.modality in ("asserted", "denied"):
            by_plant.setdefault(span.plant, []).append(span)
    found = []
    for plant, power in by_plant.items():
        ordered = sorted(power, key=lambda span: span.start)
        for at, first in enumerate(ordered):
            around = [span for span in ordered if _meet(span, first)]
            for second in ordered[at + 1 :]:
                if second.start > _last(first):
                    break
                if first.who != second.who and _differ(first, second, around):
                    found.append(Differing(plant, first, second))
    return found


def _differ(first: Span, second: Span, around: Sequence[Span]) -> bool:
    return _said(first) != _said(second) and not (
        _also(around, first, second) or _also(around, second, first)
    )


def _said(span: Span) -> tuple[str | None, str]:
    return (span.state, span.modality)


def _also(around: Sequence[Span], first: Span, second: Span) -> bool:
    """Whether the voice of `second` tells of those days what `first` tells too."""
    return any(
        span.who == second.who
        and _meet(span, second)
        and (_said(span) == _said(first) or (first.state == ENDS and span.end is not None))
        for span in around
    )


def _meet(first: Span, second: Span) -> bool:
    return first.start <= _last(second) and second.start <= _last(first)


def _last(span: Span) -> str:
    return max(span.until, span.end or "")
