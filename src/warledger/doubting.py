"""The review's queue with the gate's margin, and in words why each claim is in it.

Enters: a ledger, who reviews. Leaves: claims to look at, the most doubtful first. Does not belong here: the other parts
of doubt (`ledger`), the margin itself (`gate`).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from warledger import gate, languages
from warledger.ledger import Ledger
from warledger.model import TABLE_ROW, StoredClaim

POOL = 5
"""Of how many times as many claims as are asked for the margin is weighed: it is proved anew for each."""
MARGIN = 0.25
"""What the margin adds to the other parts, which come to 1 at most; the sum is brought back to 1."""
SLOTS = 6
"""Slots that the gate proves one by one: quantity, subject, kind, speaker, places, time."""


class Waiting(msgspec.Struct, frozen=True):
    """A claim of the queue: how much there is to doubt (0 to 1), the parts of that, why in words, and how it stands."""

    stored: StoredClaim
    doubt: float
    parts: dict[str, float]
    why: tuple[str, ...]
    standing: str


def queue(
    ledger: Ledger, *, by: str | None = None, kinds: Sequence[str] = (), limit: int = 20
) -> list[Waiting]:
    """The claims that wait for a decision of `by`, the most doubtful first."""
    waiting = []
    for one in ledger.review.queue(by=by, kinds=kinds, limit=limit * POOL):
        slots = _borrowed(one.stored)
        margin = min(1.0, len(slots) / SLOTS * 2)
        doubt = (one.doubt + MARGIN * margin) / (1 + MARGIN)
        why = (*_margin(slots), *_reasons(one.parts))
        parts = one.parts | {"margin": round(margin, 4)}
        waiting.append(Waiting(one.stored, round(doubt, 4), parts, why, one.standing))
    waiting.sort(key=lambda w: (-w.doubt, w.stored.id))
    return waiting[:limit]


def _borrowed(stored: StoredClaim) -> tuple[str, ...]:
    report = stored.source.report
    if report.id.startswith(TABLE_ROW) or report.lang not in languages.CODES:
        return ()
    return gate.borrowed(report, stored.claim, report.lang)


def _margin(slots: Sequence[str]) -> tuple[str, ...]:
    if not slots:
        return ()
    return (f"its own sentence alone does not prove {', '.join(slots)}",)


def _reasons(parts: dict[str, float]) -> tuple[str, ...]:
    told = []
    if parts["disagreement"]:
        told.append(f"{round(1 / (1 - parts['disagreement']))} different figures are told of it")
    if parts["gate"]:
        told.append(f"{parts['gate']:.0%} of what was drawn from its report was refused")
    if parts["wording"]:
        told.append(_WORDING[parts["wording"]])
    drawn = round(1 / parts["rarity"] ** 2)
    told.append(f"its rule drew {drawn} claim{'' if drawn == 1 else 's'}")
    return tuple(told)


_WORDING = {
    1.0: "its number is vague",
    0.5: "its number is a bound, or it is not plainly asserted",
    0.3: "no speaker is named",
}
