"""The incidents of some days, each whole.

Enters: the claims of the days and of those around them. Leaves: a `Grouping` of the incidents that belong to the
days. Does not belong here: asking a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from warledger.incidents.copies import copies
from warledger.incidents.grouping import group
from warledger.model import (
    Grouping,
    Incident,
    Period,
    Regrouping,
    StoredClaim,
)

AROUND = 2
"""Days around those asked for whose claims may belong to the same incidents: a night's, a report's next day."""


def around(start: str, end: str) -> tuple[str, str]:
    """The span from which claims are needed so that the incidents of `start` to `end` (ISO dates) are whole."""
    step = timedelta(days=AROUND)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    # The calendar has a first and a last day.
    first = first - step if first - date.min > step else date.min
    last = last + step if date.max - last > step else date.max
    return first.isoformat(), last.isoformat()


def of_days(
    claims: Iterable[StoredClaim], *, start: str, end: str, decisions: Sequence[Regrouping] = ()
) -> Grouping:
    """The incidents of the days `start` to `end`, and the ungrouped claims of those days.

    `claims` are those of `around(start, end)`. Sides count as missing from an incident where they speak of others
    among these claims.
    """
    pool = list(claims)
    stories = copies({c.source.version: c.source for c in pool}.values())
    found = group(pool, copies=stories, decisions=decisions)
    by_id = {c.id: c for c in pool}
    return Grouping(
        tuple(i for i in found.incidents if _of(i, start, end)),
        tuple(u for u in found.ungrouped if _touches(by_id[u.claim_id], start, end)),
    )


def _of(incident: Incident, start: str, end: str) -> bool:
    return incident.time is None or _within(incident.time, start, end)


def _touches(stored: StoredClaim, start: str, end: str) -> bool:
    if stored.claim.time is not None:
        return _within(stored.claim.time, start, end)
    return start <= (stored.source.report.published or "")[:10] <= end


def _within(time: Period, start: str, end: str) -> bool:
    """Whether a time is of these days; a night is of the day on which it ends."""
    first = time.end if time.precision == "night" else time.start
    return first <= end and time.end >= start
