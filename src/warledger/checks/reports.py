"""Across reports: revisions, speakers apart, tallies that fall, slips of digits, references used twice, bases mixed.

Enters: stored claims. Leaves: findings. Does not belong here: copies of one story (`copies`), the record (`against`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

import msgspec

from warledger.checks import intervals
from warledger.checks.facts import Fact, days_between, stored
from warledger.checks.telling import bounds, finding
from warledger.model import DEFENCE_KINDS, Finding, StoredClaim

_TOLL = frozenset({"killed", "wounded", "casualties", "bodies", "missing", "rescued", "evacuated"})
FAR_DAYS = 3
"""One source reference may tell of a night and of the day before; further apart it is one reference too few."""
_SAME_NUMBER = 100
_WINDOW = 3


class Told(msgspec.Struct, frozen=True):
    """A fact with the record's view of it: when published, by whom, where it was taken from."""

    fact: Fact
    source: StoredClaim
    thing: tuple[object, ...]

    @property
    def published(self) -> str:
        """When its report was published, else when the ledger came to know it."""
        return self.source.source.report.published or self.source.source.recorded_at_utc

    @property
    def who(self) -> str:
        """The speaker's name; empty for the publisher's own words."""
        return self.fact.claim.speaker.name or ""

    @property
    def values(self) -> dict[str, object]:
        """What a message tells of it."""
        return {
            "who": self.who or self.source.source.report.publisher or "",
            "when": self.published[:16],
        }


def told(claims: Iterable[StoredClaim]) -> list[Told]:
    """The facts of a record in the order of publication."""
    rows = [Told(f, c, _thing(f)) for f, c in stored(claims)]
    return sorted(rows, key=lambda t: (t.published, t.fact.report, t.fact.at))


def _thing(fact: Fact) -> tuple[object, ...]:
    """What two figures must share to be of one thing; land is told of whoever took it."""
    claim = fact.claim
    taker = claim.actor.side if claim.kind == "area_captured" and claim.actor else None
    item = (claim.kind, claim.item.class_, claim.item.model)
    return (
        *item,
        fact.day,
        fact.places,
        fact.basis,
        claim.quantity.unit if claim.quantity else "",
        fact.state,
        taker,
    )


def _events(rows: Sequence[Told]) -> list[list[Told]]:
    groups: dict[tuple[object, ...], list[Told]] = {}
    for t in rows:
        if t.fact.day and t.fact.basis != "cumulative" and not _partial(t):
            groups.setdefault(t.thing, []).append(t)
    return [g for g in groups.values() if len({t.fact.report for t in g}) > 1]


def _partial(t: Told) -> bool:
    """Rows of a table stand for one weapon and one window each; they are no telling of the whole day."""
    return t.fact.claim.detail.get("source") is not None


def revisions(rows: Sequence[Told]) -> Iterator[Finding]:
    """`revision`: one speaker gives another figure for the same thing later."""
    for group in _events(rows):
        speakers: dict[str, list[Told]] = {}
        for t in group:
            if t.who:
                speakers.setdefault(t.who, []).append(t)
        for line in speakers.values():
            for early, late in pairwise(line):
                if early.fact.report != late.fact.report and early.published < late.published:
                    if early.fact.interval != late.fact.interval:
                        yield _revised(early, late)


def _revised(early: Told, late: Told) -> Finding:
    kind = early.fact.claim.kind
    values = _pair(early, late)
    passages = [early.fact.passage, late.fact.passage]
    rises = intervals.above(late.fact.interval, early.fact.interval)
    if intervals.meet(early.fact.interval, late.fact.interval):
        return finding("revision", "consistent", "made-precise", values, passages)
    if rises and kind in _TOLL:
        return finding("revision", "consistent", "toll-rose", values, passages)
    return finding(
        "revision", "inconsistent", "revised-up" if rises else "revised-down", values, passages
    )


def _pair(a: Told, b: Told) -> dict[str, object]:
    return {
        "kind": a.fact.claim.kind,
        "of": a.fact.label,
        "day": a.fact.day,
        "first": bounds(a.fact.interval),
        "second": bounds(b.fact.interval),
        "first_who": a.values["who"],
        "second_who": b.values["who"],
        "first_when": a.values["when"],
        "second_when": b.values["when"],
        "apart": abs((a.fact.interval.low or 0) - (b.fact.interval.low or 0)),
    }


def speakers_apart(rows: Sequence[Told]) -> Iterator[Finding]:
    """`speakers-apart`: two speakers' latest figures of one thing, whether both can hold."""
    for group in _events(rows):
        latest: dict[str, Told] = {t.who: t for t in group if t.who}
        for a, b in combinations(latest.values(), 2):
            if _defending_apart(a, b):
                continue
            holds = intervals.meet(a.fact.interval, b.fact.interval)
            yield finding(
                "speakers-apart",
                "consistent" if holds else "inconsistent",
                "both-hold" if holds else "both-cannot-hold",
                _pair(a, b),
                [a.fact.passage, b.fact.passage],
            )


def _defending_apart(a: Told, b: Told) -> bool:
    """Whether two parties each tell of what they stopped themselves: weapons of two attacks, and not of one."""
    sides = {t.fact.claim.speaker.side for t in (a, b)} - {None, "INT"}
    return a.fact.claim.kind in DEFENCE_KINDS and len(sides) == 2


def slips(rows: Sequence[Told]) -> Iterator[Finding]:
    """`slip`: two figures of one thing that differ by two digits exchanged, or ten or a hundred times."""
    for group in _events(rows):
        at: dict[float, list[int]] = {}
        for n, t in enumerate(group):
            if (exact := t.fact.interval.exact) is not None:
                at.setdefault(float(exact), []).append(n)
        found = [
            (*pair, message)
            for x in at
            for y in intervals.slipped(x)
            if y in at and x < y
            if (message := intervals.slip(x, y)) is not None
            if (pair := _first_apart(group, at[x], at[y])) is not None
        ]
        for n, m, message in sorted(found):
            a, b = group[n], group[m]
            yield finding(
                "slip", "inconsistent", message, _pair(a, b), [a.fact.passage, b.fact.passage]
            )


def _first_apart(
    group: Sequence[Told], one: Sequence[int], other: Sequence[int]
) -> tuple[int, int] | None:
    """The first of one kind and of the other, in the order of the group, that stand in different reports."""
    pairs = (
        (n, m)
        for n in sorted((*one, *other))
        for m in (other if n in one else one)
        if m > n
        and group[n].fact.report != group[m].fact.report
        and not _defending_apart(group[n], group[m])
    )
    return next(pairs, None)


def falls(rows: Sequence[Told]) -> Iterator[Finding]:
    """`cumulative-fall`: a speaker's running total that is lower later."""
    lines: dict[tuple[object, ...], list[Told]] = {}
    for t in rows:
        if t.fact.basis == "cumulative" and t.who:
            item = t.fact.claim.item
            start = t.fact.claim.time.start if t.fact.claim.time else ""
            key = (t.who, t.fact.claim.kind, item.class_, item.model, t.fact.places, start)
            lines.setdefault(key, []).append(t)
    for line in lines.values():
        for early, late in pairwise(sorted(line, key=_as_of)):
            if _as_of(early) == _as_of(late):
                continue
            fell = intervals.above(early.fact.interval, late.fact.interval)
            yield finding(
                "cumulative-fall",
                "inconsistent" if fell else "consistent",
                "total-fell" if fell else "total-grew",
                _pair(early, late),
                [early.fact.passage, late.fact.passage],
            )


def _as_of(t: Told) -> str:
    return max(t.fact.claim.time.end if t.fact.claim.time else "", t.published[:10])


def bases(rows: Sequence[Told]) -> Iterator[Finding]:
    """`counting-basis`: one number told for a day by one report and for a longer time by another."""
    groups: dict[tuple[object, ...], list[Told]] = {}
    for t in rows:
        exact = t.fact.interval.exact
        if exact is not None and exact >= _SAME_NUMBER and t.who:
            claim = t.fact.claim
            groups.setdefault(
                (t.who, claim.kind, claim.item.class_, claim.item.model, exact), []
            ).append(t)
    for group in groups.values():
        if (pair := _mixed(group)) is not None:
            a, b = pair
            values = _pair(a, b) | {"first_basis": a.fact.basis, "second_basis": b.fact.basis}
            yield finding(
                "counting-basis",
                "inconsistent",
                "basis-mixed",
                values,
                [a.fact.passage, b.fact.passage],
            )


def _mixed(group: Sequence[Told]) -> tuple[Told, Told] | None:
    """The first two of a group, published near each other, of which one counts an event and the other does not."""
    by: dict[bool, list[tuple[int, Told]]] = {True: [], False: []}
    for n, t in enumerate(group):
        by[t.fact.basis == "event"].append((n, t))
    for n, a in enumerate(group):
        for m, b in by[a.fact.basis != "event"]:
            if m > n and abs(days_between(a.published[:10], b.published[:10])) <= _WINDOW:
                return a, b
    return None


def references(rows: Sequence[Told]) -> Iterator[Finding]:
    """`source-reference`: one source reference given for days that lie far apart."""
    groups: dict[str, list[Told]] = {}
    for t in rows:
        source = t.fact.claim.detail.get("source")
        if source and t.fact.day and t.fact.basis == "event":
            groups.setdefault(str(source), []).append(t)
    for source, group in groups.items():
        days: dict[str, Told] = {}
        for t in sorted(group, key=lambda t: t.fact.day):
            days.setdefault(t.fact.day[-10:], t)
        first, last = min(days), max(days)
        gap = days_between(first, last)
        if gap > FAR_DAYS:
            values = {
                "source": source,
                "first": first,
                "last": last,
                "gap": gap,
                "days": sorted(days),
            }
            passages = [days[d].fact.passage for d in sorted(days)]
            yield finding("source-reference", "inconsistent", "reference-reused", values, passages)
