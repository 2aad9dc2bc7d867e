"""Points in time as the ledger compares them: UTC, to the second, as text that sorts.

Enters: what a person or a source wrote. Leaves: `2025-12-06T08:00:00Z`. Does not belong here: what happened when.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from warledger.errors import UsageError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Moment = str | datetime | None
"""A point in time asked for: None is now, a day is its end, a time without offset is UTC."""


def stamp(moment: datetime) -> str:
    """The moment as entries carry it; a time without zone is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def known(moment: Moment) -> str | None:
    """The last second that belongs to what is asked for; None for now.

    Raises UsageError for words that are no ISO date or date and time.
    """
    if moment is None:
        return None
    if isinstance(moment, datetime):
        return stamp(moment)
    try:
        if _DAY.fullmatch(moment):
            return f"{date.fromisoformat(moment).isoformat()}T23:59:59Z"
        return stamp(datetime.fromisoformat(moment))
    except ValueError:
        raise UsageError(
            f"{moment!r} is no moment; write 2025-12-06 (its end, UTC) or 2025-12-06T09:00+02:00"
        ) from None


def updated(moment: str | None) -> str | None:
    """When a source says that it was changed, in UTC; None where it does not say or says no moment."""
    if not moment:
        return None
    try:
        if _DAY.fullmatch(moment):
            return f"{date.fromisoformat(moment).isoformat()}T00:00:00Z"
        return stamp(datetime.fromisoformat(moment))
    except ValueError:
        return None


def day(written: str | None) -> str | None:
    """The ISO day that a written date or moment begins with; None where it begins with none."""
    found = _DAY.match(written or "")
    if found is None:
        return None
    try:
        return date.fromisoformat(found.group()).isoformat()
    except ValueError:
        return None
