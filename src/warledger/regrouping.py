"""The way of incidents: claims out of the ledger into incidents, and people's decisions on them back into it.

Enters: a ledger, days, ids, reasons. Leaves: incidents, stories that several outlets carry, entries. A third path beside
`pipeline` and `tabling`. Does not belong here: what makes claims one incident (`incidents`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from warledger import incidents as grouping
from warledger.ledger import Entry, Ledger
from warledger.model import Copies, Grouping, Incident, StoredClaim
from warledger.pipeline import TOLD


def incidents(ledger: Ledger, *, start: str, end: str, as_known_on: str | None = None) -> Grouping:
    """The incidents of the days `start` to `end` (ISO dates, inclusive), and the claims that stand in none."""
    return _of_days(ledger, [(start, end)], as_known_on)


def incident(ledger: Ledger, name: str, *, as_known_on: str | None = None) -> Incident:
    """The incident whose id is or starts with `name`, which has to begin with a day, a month or a year.

    Raises UsageError where none or several have such an id.
    """
    return grouping.find(_of_days(ledger, [grouping.days_of(name)], as_known_on), name)


def split(ledger: Ledger, name: str, claims: Sequence[str], *, by: str, reason: str) -> Entry:
    """Takes claims (ids or their beginnings) out of an incident into one of their own, by an entry that says why.

    Raises UsageError where the incident or a claim of it is not found, or nothing or everything would be taken out.
    """
    found = _of_days(ledger, [grouping.days_of(name)], None)
    return ledger.regroup(
        grouping.decision(found, "split", names=[name], claims=claims, by=by, reason=reason)
    )


def join(ledger: Ledger, names: Sequence[str], *, by: str, reason: str) -> Entry:
    """Makes incidents one, under the id of the first, by an entry that says why.

    Raises UsageError where one is not found, or they are one already.
    """
    found = _of_days(ledger, [grouping.days_of(name) for name in names], None)
    return ledger.regroup(
        grouping.decision(found, "join", names=names, claims=(), by=by, reason=reason)
    )


def copies(
    ledger: Ledger, *, start: str, end: str, as_known_on: str | None = None
) -> tuple[Copies, ...]:
    """The stories of those days that several outlets carry in nearly the same words."""
    claims = ledger.told_of(start=start, end=end, as_known_on=as_known_on)
    return grouping.copies({c.source.version: c.source for c in claims}.values())


def _of_days(ledger: Ledger, days: Sequence[tuple[str, str]], as_known_on: str | None) -> Grouping:
    """The incidents that end on, or touch, any of the spans of days."""
    decisions = ledger.regroupings(as_known_on=as_known_on)
    read: dict[tuple[str, str, bool], list[StoredClaim]] = {}

    def told(start: str, end: str, former: bool) -> list[StoredClaim]:
        if (start, end, former) not in read:
            read[start, end, former] = ledger.told_of(
                start=start, end=end, former=former, as_known_on=as_known_on
            )
        return read[start, end, former]

    spans = {
        span
        for start, end in days
        for span in grouping.windows(start, end, decisions, claims=len(told(start, end, False)))
    }
    pools = {
        former: {c.id: c for start, end in sorted(spans) for c in told(start, end, former)}
        for former in (False, True)
    }
    return grouping.of_days(
        pools[False].values(),
        days=days,
        decisions=decisions,
        past=pools[True].values(),
        rejected=rejected(ledger, (*pools[False], *pools[True]), as_known_on=as_known_on),
    )


def rejected(
    ledger: Ledger, claims: Iterable[str], *, as_known_on: str | None = None
) -> dict[str, str]:
    """Why each of these claims that was rejected in review was, in words: by whom, and for which reason."""
    decided = ledger.review.decisions(claims, as_known_on=as_known_on)
    stands = ledger.review.standings({d.decision.claim for d in decided}, as_known_on=as_known_on)
    said: dict[str, dict[str, str]] = {}
    for one in decided:
        if not one.decision.blind and stands.get(one.decision.claim) not in TOLD:
            said.setdefault(one.decision.claim, {})[one.decision.by] = one.decision.reason
    return {
        claim: "was rejected in review by "
        + "; ".join(f"{by}: {reason}" for by, reason in reasons.items())
        for claim, reasons in said.items()
    }
