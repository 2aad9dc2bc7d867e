"""The incidents of some days, each whole.

Enters: the claims of the days and of those around them. Leaves: a `Grouping` of the incidents that belong to the
days. Does not belong here: asking a ledger.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from types import MappingProxyType

from warledger.errors import UsageError
from warledger.incidents.copies import copies
from warledger.incidents.grouping import group
from warledger.model import Copies, Grouping, Period, Regrouping, StoredClaim

AROUND = 2
"""Days around those asked for whose claims may belong to the same incidents: a night's, a report's next day."""
BUSY = 300
"""From so many claims on, days are looked at alone: what is silent there is silent among enough."""


def around(start: str, end: str) -> tuple[str, str]:
    """The span from which claims are needed so that the incidents of `start` to `end` (ISO dates) are whole."""
    step = timedelta(days=AROUND)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    # The calendar has a first and a last day.
    first = first - step if first - date.min > step else date.min
    last = last + step if date.max - last > step else date.max
    return first.isoformat(), last.isoformat()


def days_of(name: str) -> tuple[str, str]:
    """The days (ISO dates) on which the incidents can end whose id is or starts with `name`.

    Raises UsageError where it does not begin with a day, a month or a year.
    """
    digits = name.partition("-")[0]
    for length, (first, last) in {8: ("", ""), 6: ("01", ""), 4: ("0101", "1231")}.items():
        if len(digits) >= length:
            with suppress(ValueError):
                start = date.fromisoformat(digits[:length] + first)
                end = (
                    _last_of_month(start)
                    if length == 6
                    else date.fromisoformat(digits[:length] + last)
                )
                return start.isoformat(), end.isoformat()
    raise UsageError(
        f"{name!r} is no start of an incident's id, which begins with its day (20251206-…); "
        "list them with: warledger incidents --on DATE"
    )


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def windows(
    start: str, end: str, decisions: Iterable[Regrouping], *, claims: int = 0
) -> list[tuple[str, str]]:
    """The spans from which claims are needed so that the incidents of the days are whole, with what was joined to them.

    `claims` are told of the days themselves: from `BUSY` on, these say by themselves which sides speak.
    """
    spans = [(start, end) if claims >= BUSY else around(start, end)]
    joined = [{days_of(name) for name in d.incidents} for d in decisions if d.action == "join"]
    for _ in joined:  # a joined incident may be joined to a third
        for days in joined:
            wider = {around(*day) for day in days}
            if any(_meet(span, other) for span in spans for other in wider):
                spans += sorted(wider - set(spans))
    return [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]


def _meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def of_days(
    claims: Iterable[StoredClaim],
    *,
    days: Sequence[tuple[str, str]],
    decisions: Sequence[Regrouping] = (),
    past: Iterable[StoredClaim] = (),
    rejected: Mapping[str, str] = MappingProxyType({}),
    only: str | None = None,
    copied: bool = True,
) -> Grouping:
    """The incidents of the spans `days` (first and last ISO date), and the ungrouped claims of those days.

    `claims` are those of `around(start, end)`, or of `windows` where incidents were joined; `decisions`, `past` and
    `rejected` are as `group` takes them. Sides count as missing from an incident where they speak of others among
    these claims. `only` leaves out all incidents but the one of that id, and tells stories among its reports; without
    `copied` no report is taken for a copy.
    """
    pool = list(claims)

    def stories(told: Iterable[StoredClaim]) -> tuple[Copies, ...]:
        return copies({c.source.version: c.source for c in told}.values()) if copied else ()

    found = group(
        pool,
        copies=() if only else stories(pool),
        decisions=decisions,
        past=past,
        rejected=rejected,
        only=only,
        stories=stories,
    )
    by_id = {c.id: c for c in pool}
    return Grouping(
        tuple(i for i in found.incidents if any(_touches(by_id[c], days) for c in i.claims)),
        tuple(u for u in found.ungrouped if _touches(by_id[u.claim_id], days)),
    )


def _touches(stored: StoredClaim, days: Sequence[tuple[str, str]]) -> bool:
    time, published = stored.claim.time, (stored.source.report.published or "")[:10]
    if time is not None:
        return any(_within(time, start, end) for start, end in days)
    return any(start <= published <= end for start, end in days)


def _within(time: Period, start: str, end: str) -> bool:
    """Whether a time is of these days; a night is of the day on which it ends."""
    first = time.end if time.precision == "night" else time.start
    return first <= end and time.end >= start
