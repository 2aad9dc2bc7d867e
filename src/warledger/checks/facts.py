"""Facts: the counted claims of a report, each with the interval that its words allow and the day it is of.

Enters: claims. Leaves: facts, grouped by what they are of. Does not belong here: any check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, timedelta

import msgspec

from warledger.checks import intervals
from warledger.checks.intervals import Interval
from warledger.model import Claim, Passage, Report, Statement, StoredClaim

_ENDED = re.compile(r"[.!?…]['\"»”)]*\s+[\W\d]*[^\W\d_a-zа-яіїєґё]|\n\s*\n")
_NEAR = 220
_STATES = ("state", "means", "degree", "plant", "counted", "exchanged")
_NO_STATE = (None,) * len(_STATES)
_NATION = frozenset({"Ukraine", "Russia"})


class Checked(msgspec.Struct, frozen=True):
    """A report with its claims and statements, as the checks take it.

    `titled` are the claims drawn from the report's title where that stands apart from the text: their offsets count
    in the title, so that no finding cites them as words of the text.
    """

    report: Report
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...] = ()
    titled: tuple[Claim, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """A counted claim: `day` is the day on which what it tells ended, or its period, or empty."""

    claim: Claim
    id: str
    interval: Interval
    day: str
    report: str

    @property
    def at(self) -> int:
        """Where its first words start."""
        return self.claim.evidence[0].start

    @property
    def ends(self) -> int:
        """Where its first words end."""
        return self.claim.evidence[0].end

    @property
    def passage(self) -> Passage:
        """Its first words, as a finding cites them."""
        return Passage(self.report, self.claim.evidence[0], self.id)

    @property
    def basis(self) -> str:
        """The counting basis, `event` unless told."""
        return str(self.claim.detail.get("basis") or "event")

    @property
    def places(self) -> tuple[str, ...]:
        """The places it is told of, in order of name; none for a whole country."""
        return tuple(sorted({p.name for p in self.claim.places} - _NATION))

    @property
    def state(self) -> tuple[str | None, ...]:
        """What tells apart figures of one kind: cut or restored, shot down or suppressed, customers or villages."""
        detail = self.claim.detail
        if not detail:
            return _NO_STATE
        return tuple(str(v) if (v := detail.get(n)) else None for n in _STATES)

    @property
    def label(self) -> str:
        """What it counts: "drone", "missile Kh-101", "person"."""
        item = self.claim.item
        return " ".join(p for p in (item.class_, item.model) if p) or self.claim.kind


def facts(report: Report, claims: Iterable[Claim]) -> list[Fact]:
    """The counted and asserted claims of a report, in the order of the text."""
    rows = [fact(c, c.id, report.id) for c in claims if countable(c)]
    return sorted(rows, key=lambda f: f.at)


def stored(claims: Iterable[StoredClaim]) -> list[tuple[Fact, StoredClaim]]:
    """The counted and asserted claims of a record, each with where it stands."""
    return [(fact(c.claim, c.id, c.source.report.id), c) for c in claims if countable(c.claim)]


def countable(claim: Claim) -> bool:
    """Whether a claim is a figure said to be so, with a number."""
    quantity = claim.quantity
    return (
        quantity is not None
        and claim.modality == "asserted"
        and (quantity.low is not None or quantity.high is not None)
        and claim.kind != "comparison"
    )


def fact(claim: Claim, claim_id: str, report: str) -> Fact:
    """The claim as a fact."""
    assert claim.quantity is not None
    return Fact(claim, claim_id, intervals.of(claim.quantity), day_of(claim), report)


def day_of(claim: Claim) -> str:
    """The day on which it ended, for a day or a night; else its whole period; empty where no time is told."""
    time = claim.time
    if time is None:
        return ""
    if time.precision in ("day", "night") or time.start == time.end:
        return time.end
    if days_between(time.start, time.end) == 1:
        return time.end
    return f"{time.start}/{time.end}"


def days_between(start: str, end: str) -> int:
    """How many days `end` is after `start` (ISO dates)."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def shifted(day: str, days: int) -> str:
    """The ISO date that many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def grouped(rows: Iterable[Fact], key: Callable[[Fact], Hashable]) -> dict[Hashable, list[Fact]]:
    """The facts by a key, in order."""
    out: dict[Hashable, list[Fact]] = {}
    for row in rows:
        out.setdefault(key(row), []).append(row)
    return out


def single(rows: Sequence[Fact]) -> Fact | None:
    """The one figure told, or None where there are none or several."""
    if not rows or len({f.interval for f in rows}) > 1:
        return None
    return rows[0]


def adjoin(text: str, a: int, b: int) -> bool:
    """Whether no sentence ends between two offsets of a text, and they stand near."""
    low, high = min(a, b), max(a, b)
    # The letter that opens the next sentence is what shows that one has ended.
    return high - low <= _NEAR and _ENDED.search(text, low, high + 1) is None


def marked(statements: Iterable[Statement], a: int, b: int) -> bool:
    """Whether the words between two offsets say that parts of a total follow ("including", "of them")."""
    low, high = min(a, b), max(a, b)
    return any(
        s.sort == "mark" and s.values["mark"] != "except" and low <= s.evidence.start <= high
        for s in statements
    )
