"""The ledger at ten thousand, a hundred thousand and a million generated claims, on SQLite and PostgreSQL side by side.

Enters: sizes. Leaves: a table on standard output: claims recorded a second, milliseconds of each question (the median of
several), megabytes on disk. All columns come from one run, so that the ratios hold on any machine. PostgreSQL is
started in a folder for it where it is installed. A claim is one in ten of a report of ten sentences; the reports spread
evenly over the days from March 2022 to December 2025, one claim in fifty is told of a month or longer.

    python benchmarks/ledger_scale.py [--sizes 10000,100000,1000000] [--only sqlite|postgresql] [--verify]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.servers import Server, server

from warledger import pipeline, regrouping, tabling
from warledger.ledger import Ledger
from warledger.model import Claim, Evidence, Item, Period, Quantity, Report, Speaker

FIRST, DAYS = date(2022, 3, 1), 1400
CLAIMS = 10
BATCH = 200
SPEAKERS = (("Ukrainian Air Force", "UA"), ("Russian Ministry of Defence", "RU"), (None, None))
SORTS = (
    ("launched", "drone"),
    ("intercepted", "drone"),
    ("wounded", "person"),
    ("killed", "person"),
)


def day_of(number: int) -> date:
    """The day that a report tells of."""
    return FIRST + timedelta(days=number * 7919 % DAYS)


ASKED = day_of(500).isoformat()


def reports(count: int, first: int = 0) -> Iterator[tuple[Report, list[Claim]]]:
    """Generated reports of ten claims each; the same numbers give the same reports."""
    for n in range(first, first + count):
        day = day_of(n)
        sentences, claims, at = [], [], 0
        for k in range(CLAIMS):
            figure = 1 + (n * 31 + k * 17) % 300
            quote = f"{figure} drones"
            sentence = f"Town{n % 997} told of {quote} in note {n}-{k}. "
            start = at + sentence.index(quote)
            claims.append(
                _claim(
                    f"g{n}", n * CLAIMS + k, figure, day, Evidence(start, start + len(quote), quote)
                )
            )
            sentences.append(sentence)
            at += len(sentence)
        yield (
            Report(id=f"g{n}", text="".join(sentences), published=day.isoformat(), lang="en"),
            claims,
        )


def _claim(name: str, number: int, figure: int, day: date, evidence: Evidence) -> Claim:
    kind, sort = SORTS[number % len(SORTS)]
    speaker, side = SPEAKERS[number % len(SPEAKERS)]
    length = 0 if number % 50 else (30, 200, 900)[number // 50 % 3]
    return Claim(
        report=name,
        kind=kind,
        item=Item(sort),
        quantity=Quantity(figure, figure, "exact"),
        speaker=Speaker(speaker, side),
        time=Period(
            (day - timedelta(days=length)).isoformat(),
            day.isoformat(),
            "range" if length else "day",
        ),
        evidence=(evidence,),
        rule=f"en/{kind}/generated",
    )


def fill(ledger: Ledger, claims: int, first: int) -> float:
    """Records so many claims in batches; gives the seconds."""
    start = time.perf_counter()
    waiting = reports(claims // CLAIMS, first)
    for _ in range(0, claims // CLAIMS, BATCH):
        with ledger.batch():
            for _, (report, drawn) in zip(range(BATCH), waiting, strict=False):
                record(ledger, report, drawn)
    return time.perf_counter() - start


def one_by_one(ledger: Ledger, first: int, count: int = 100) -> float:
    """Milliseconds to record one report of ten claims, each on the disk before the next."""
    start = time.perf_counter()
    for report, drawn in reports(count, first):
        record(ledger, report, drawn)
    return (time.perf_counter() - start) * 1000 / count


def record(ledger: Ledger, report: Report, drawn: list[Claim]) -> None:
    """Records a generated report with its claims."""
    ledger.record(
        report,
        original=report.text.encode(),
        media_type="text/plain",
        claims=drawn,
        refusals=[],
        engine_version="1",
        rules_version="1",
    )


QUESTIONS: dict[str, Callable[[Ledger], object]] = {
    "claims of a day": lambda w: w.claims(start=ASKED, end=ASKED),
    "the same as known then": lambda w: w.claims(start=ASKED, end=ASKED, as_known_on="2100-01-01"),
    "brief of a day": lambda w: pipeline.brief(w, start=ASKED, end=ASKED),
    "table of a night": lambda w: tabling.nights(w, start=ASKED, end=ASKED),
    "incidents of a day": lambda w: regrouping.incidents(w, start=ASKED, end=ASKED),
    "one incident": lambda w: regrouping.incident(w, NAMED[w]),
    "claims a day, a month": lambda w: w.days(start="2024-05-01", end="2024-05-31"),
    "search, rare word": lambda w: w.search("Town123 11*"),
    "search, word of all": lambda w: w.search("drones"),
    "show a report": lambda w: w.show("g77"),
    "versions of a report": lambda w: w.versions("g77"),
}


NAMED: dict[Ledger, str] = {}
"""The incident that each ledger is asked for: the largest of the day."""


def ask(ledger: Ledger, repeat: int) -> dict[str, float]:
    """Milliseconds of each question, the median of so many."""
    found = {}
    day = regrouping.incidents(ledger, start=ASKED, end=ASKED).incidents
    NAMED[ledger] = max(day, key=lambda i: len(i.claims)).id
    for name, question in QUESTIONS.items():
        times = []
        for _ in range(repeat):
            start = time.perf_counter()
            question(ledger)
            times.append((time.perf_counter() - start) * 1000)
        found[name] = statistics.median(times)
    return found


def size(place: str, folder: Path) -> float:
    """Megabytes on disk: the database, and the archive's bytes where that is a folder."""
    if "://" in place:
        with Ledger.open(place) as ledger, ledger._engine.connect() as connection:
            held = connection.exec_driver_sql("SELECT pg_database_size(current_database())")
            return float(held.scalar_one()) / 1e6
    files = [p for p in folder.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files) / 1e6


def measure(
    place: str, folder: Path, sizes: list[int], *, verify: bool
) -> Iterator[dict[str, Any]]:
    """Grows one ledger from size to size and measures it at each."""
    there = 0
    with Ledger.open(place) as ledger:
        for wanted in sizes:
            seconds = fill(ledger, wanted - there, there // CLAIMS)
            row: dict[str, Any] = {
                "claims": wanted,
                "recorded a second": (wanted - there) / seconds,
            }
            row["ms to record one report"] = one_by_one(ledger, 10_000_000 + wanted)
            row.update(ask(ledger, 7))
            if verify:
                start = time.perf_counter()
                assert ledger.verify().holds
                row["verify, seconds"] = time.perf_counter() - start
            row["megabytes"] = size(place, folder)
            there = wanted
            yield row


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument(
        "--verify", action="store_true", help="time the proof of the whole ledger too"
    )
    parser.add_argument("--folder", help="where the ledgers are made; else a temporary folder")
    args = parser.parse_args()
    sizes = [int(part) for part in args.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="wl-", dir=args.folder) as made:
        folder = Path(made)
        folder.chmod(0o755)
        if args.only != "postgresql":
            (folder / "s").mkdir()
            _show("sqlite", measure(f"{folder}/s/w.db", folder / "s", sizes, verify=args.verify))
        if args.only != "sqlite":
            (folder / "p").mkdir()
            with server(folder / "p", shared_buffers="512MB", max_wal_size="4GB") as running:
                _with_server(running, folder, sizes, verify=args.verify)


def _with_server(running: Server | None, folder: Path, sizes: list[int], *, verify: bool) -> None:
    if running is None:
        print("PostgreSQL is not installed: apt-get install postgresql", file=sys.stderr)
        return
    _show("postgresql", measure(running.new(), folder, sizes, verify=verify))


def _show(name: str, rows: Iterator[dict[str, Any]]) -> None:
    for row in rows:
        print(f"{name}, {row.pop('claims'):,} claims")
        for what, value in row.items():
            print(f"  {value:12,.1f}  {what}", flush=True)


if __name__ == "__main__":
    main()
