"""Copies of one story: figures that a copy tells otherwise than the first report that carries it.

Enters: copies as `incidents` found them, the claims of their reports. Leaves: findings. Does not belong here: finding
copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from warledger.checks import intervals
from warledger.checks.facts import Fact, stored
from warledger.checks.telling import finding
from warledger.model import Alteration, Copies, Copy, Evidence, Finding, Passage, StoredClaim


def altered(stories: Iterable[Copies], claims: Iterable[StoredClaim]) -> Iterator[Finding]:
    """`wire-copy`: each figure that a copy tells otherwise; of two that can both hold, so.

    Changed numbers that are no figure of either report (a page's clock, a phone number) are left out.
    """
    figures: dict[str, list[Fact]] = {}
    for fact, row in stored(claims):
        figures.setdefault(row.source.version, []).append(fact)
    for story in stories:
        first = story.members[0]
        for copy in story.members[1:]:
            for change in copy.altered:
                yield from _changed(first, copy, change, figures)


def _changed(
    first: Copy, copy: Copy, change: Alteration, figures: Mapping[str, Sequence[Fact]]
) -> Iterator[Finding]:
    here = _figure(figures.get(copy.version, ()), change.start, change.end)
    there = _figure(figures.get(first.version, ()), change.was_start, change.was_end)
    if here is None and there is None:
        return
    same = (
        here is not None
        and there is not None
        and (here.claim.kind, here.claim.item.class_) == (there.claim.kind, there.claim.item.class_)
        and intervals.meet(here.interval, there.interval)
    )
    values = {
        "first": first.publisher or first.report_id,
        "copy": copy.publisher or copy.report_id,
        "likeness": round(100 * copy.similarity),
        "was": change.was,
        "became": change.became,
    }
    words = Evidence(change.start, change.end, change.became)
    passages = [Passage(copy.report_id, words, here.id if here else None)]
    if there is not None:
        passages.append(there.passage)
    if same:
        yield finding("wire-copy", "consistent", "copy-may-hold", values, passages)
    else:
        yield finding("wire-copy", "inconsistent", "copy-altered", values, passages)


def _figure(rows: Sequence[Fact], start: int, end: int) -> Fact | None:
    """The figure told in the words between two offsets."""
    for fact in rows:
        if any(piece.start < end and start < piece.end for piece in fact.claim.evidence):
            return fact
    return None
