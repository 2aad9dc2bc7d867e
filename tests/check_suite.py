"""The suite of checkable statements in three languages: true, false and open ones, with a confusion table.

`python -m tests.check_suite` prints the table, the mutations that still pass, and each case that came out otherwise.
Cases are lines of `check_cases.jsonl`: text, language, the check meant, what it has to give, whether a small record
stands behind it, and for a mutated true statement what was changed (number, unit, direction, period). A text that
starts with a bracket is a block of reports as in `docs/checks.md`, one that starts with `time_start` a table to import.
"""

from __future__ import annotations

import functools
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import msgspec
from tests.check_examples import checked, findings_of

from warledger import checking, checks
from warledger.model import (
    Claim,
    Evidence,
    Finding,
    Item,
    Period,
    Quantity,
    Report,
    Speaker,
    StoredClaim,
    StoredReport,
)  # fmt: skip
from warledger.tables import read_table

RESULTS = ("consistent", "inconsistent", "cannot_tell", "nothing")
_FIRST, _NIGHTS = date(2025, 10, 1), 66
_PEAKS = {"2025-10-30": 510, "2025-11-19": 476, "2025-12-05": 200}
_MISSING = frozenset({"2025-10-09", "2025-11-02", "2025-11-27"})


class Case(msgspec.Struct, frozen=True):
    """One statement and what its check has to give."""

    lang: str
    check: str
    expected: str
    text: str
    published: str = "2025-12-06"
    mutated: str | None = None
    record: bool = False


def cases() -> list[Case]:
    """The cases of the file."""
    lines = (Path(__file__).parent / "check_cases.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Case) for line in lines]


@functools.cache
def small_record() -> checks.Record:
    """66 nights of drones from 1 October 2025 (60 to 270, two peaks, three nights missing), two months, two outages."""
    rows: list[Claim] = []
    for n in range(_NIGHTS):
        day = (_FIRST + timedelta(days=n)).isoformat()
        if day not in _MISSING:
            count = _PEAKS.get(day, 60 + 37 * n % 211)
            rows.append(
                _claim("launched", Quantity(count, count, "exact"), Period(day, day, "night"))
            )
    for start, end, km2 in (
        ("2025-09-01", "2025-09-30", 259 / 2),
        ("2025-10-01", "2025-10-31", 267),
    ):
        quantity = Quantity(km2, km2, "exact", "km2")
        rows.append(_claim("area_captured", quantity, Period(start, end, "month")))
    for day, ordinal in (("2025-07-04", 9), ("2025-09-23", 10)):
        detail = {"plant": "ZNPP", "state": "lost", "ordinal": ordinal}
        rows.append(_told("nuclear_power", None, Period(day, day, "day"), detail, Item()))
    return checks.build(_stored(c) for c in rows)


def _claim(kind: str, quantity: Quantity, time: Period) -> Claim:
    if kind == "launched":
        return _told(kind, quantity, time, {}, Item("drone"))
    return _told(kind, quantity, time, {"basis": "period"}, Item())


def _told(
    kind: str, quantity: Quantity | None, time: Period, detail: Mapping[str, object], item: Item
) -> Claim:
    speaker = Speaker("Ukrainian Air Force", "UA") if kind == "launched" else Speaker()
    return Claim(
        report=f"{kind}-{time.end}", kind=kind, item=item, quantity=quantity, speaker=speaker,
        time=time, detail=dict(detail), evidence=(Evidence(0, 1, "x"),), rule="test",
    )  # fmt: skip


def _stored(claim: Claim) -> StoredClaim:
    report = Report(id=claim.report, text="x", published="2025-12-05", publisher="Record")
    return StoredClaim(claim.id, claim, StoredReport(report, "v", "0", "2025-12-05T12:00:00Z"))


def outcome(case: Case) -> str:
    """What the case's check gives: a result, the worst of several, or `nothing`."""
    given = {f.result for f in _found(case) if f.check == case.check}
    for result in ("inconsistent", "cannot_tell", "consistent"):
        if result in given:
            return result
    return "nothing"


def _found(case: Case) -> Iterable[Finding]:
    if case.text.startswith("["):
        return findings_of(case.text, case.check)
    if case.text.startswith("time_start"):
        return checking.across(_imported(case.text))
    report = Report(id="case", text=case.text, lang=case.lang, published=case.published)
    return checked(report, small_record() if case.record else None)


def _imported(text: str) -> list[StoredClaim]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(text, encoding="utf-8")
        rows = read_table(str(path)).rows
    return [
        StoredClaim(c.id, c, StoredReport(row.report, row.report.id, "0", "2025-12-05T12:00:00Z"))
        for row in rows
        for c in row.claims
    ]


def survivors(rows: list[tuple[Case, str]]) -> str:
    """By check: how many mutants there are of each sort, and how many still come out consistent."""
    lines = []
    for check in checks.CHECKS:
        mine = [(case, given) for case, given in rows if case.check == check and case.mutated]
        sorts = Counter(str(case.mutated) for case, _ in mine)
        alive = sum(given == "consistent" for _, given in mine)
        told = ", ".join(f"{sort} {n}" for sort, n in sorted(sorts.items()))
        lines.append(f"{check:18}{len(mine):5} mutants, {alive} still consistent ({told})")
    return "\n".join(lines)


def confusion(rows: list[tuple[Case, str]]) -> str:
    """The table of what was expected against what came out."""
    counts = Counter((case.expected, given) for case, given in rows)
    lines = ["expected      " + "".join(f"{name:>14}" for name in RESULTS)]
    for wanted in RESULTS:
        lines.append(f"{wanted:14}" + "".join(f"{counts[wanted, given]:14}" for given in RESULTS))
    return "\n".join(lines)


if __name__ == "__main__":
    told = [(case, outcome(case)) for case in cases()]
    print(confusion(told))
    for language in ("en", "uk", "ru"):
        own = [(case, given) for case, given in told if case.lang == language]
        print(language, f"{sum(c.expected == g for c, g in own)} of {len(own)}")
    mutants = [(case, given) for case, given in told if case.mutated]
    print(
        f"mutants no longer consistent: {sum(g != 'consistent' for _, g in mutants)} of {len(mutants)}"
    )
    print(survivors(told))
    for case, given in told:
        if given != case.expected:
            print(case.lang, case.check, f"{case.expected} → {given}", case.text)
