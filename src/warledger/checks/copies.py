"""Copies of one story: figures that a copy tells otherwise than the first report that carries it.

Enters: copies as `incidents` found them. Leaves: findings. Does not belong here: finding copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from warledger.checks.telling import finding
from warledger.model import Copies, Evidence, Finding, Passage


def altered(copies: Iterable[Copies]) -> Iterator[Finding]:
    """`wire-copy`: each figure that a copy altered, and each copy that altered none."""
    for story in copies:
        first = story.members[0]
        for copy in story.members[1:]:
            values = {
                "first": first.publisher or first.report_id,
                "copy": copy.publisher or copy.report_id,
                "likeness": round(100 * copy.similarity),
            }
            for change in copy.altered:
                words = Passage(copy.report_id, Evidence(change.start, change.end, change.became))
                told = values | {"was": change.was, "became": change.became}
                yield finding("wire-copy", "inconsistent", "copy-altered", told, [words])
