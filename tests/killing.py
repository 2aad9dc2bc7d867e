"""`add`, `import-table` and `migrate` killed at random moments, again and again.

Enters: a ledger's place. Leaves: how many kills, how much was acknowledged, and every fault. What was acknowledged has
to be there, with its reading; a batch of a table is there whole or not at all; a migration leaves the old ledger or the
new one, and goes through when it is run again; and at the end the whole ledger has to hold.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import func, select

from warledger.ledger import Ledger, schema
from warledger.model import TABLE_ROW


class Outcome(msgspec.Struct):
    """What a trial came to: kills, reports acknowledged, and every fault found."""

    kills: int = 0
    acknowledged: int = 0
    faults: list[str] = []


def trial(place: str, *, kills: int, seconds: float, seed: int = 1, deed: str = "add") -> Outcome:
    """Kills recorders until so many were killed or so much time has passed; then checks the whole ledger.

    The recorders are forked from a parent that has read the sample reports (`add`) or the rows of a table (`import`),
    so that kills fall into the writing and not into the loading; each records them under ids of its own.
    """
    chance, outcome = random.Random(seed), Outcome()
    until = time.monotonic() + seconds
    told: set[str] = set()
    with Forker(place, deed) as forker:
        while outcome.kills < kills and time.monotonic() < until:
            told.update(forker.run(outcome.kills, chance.uniform(0.0, LONGEST)))
            outcome.kills += 1
            if outcome.kills % 50 == 0:
                _check(place, told, outcome)
    outcome.acknowledged = len(told)
    _check(place, told, outcome)
    _verify(place, outcome)
    return outcome


def _check(place: str, told: set[str], outcome: Outcome) -> None:
    """Everything acknowledged is there, and every report has its reading."""
    with Ledger.open(place) as ledger, ledger._engine.connect() as connection:
        reports = set(connection.execute(select(schema.report.c.report_id)).scalars())
        versions = connection.execute(select(func.count()).select_from(schema.report)).scalar_one()
        readings = connection.execute(
            select(func.count()).select_from(schema.extraction)
        ).scalar_one()
    outcome.faults += [f"{name} was acknowledged and is gone" for name in sorted(told - reports)]
    rows = Counter(name.split("/")[2] for name in reports if name.startswith(TABLE_ROW))
    outcome.faults += [
        f"turn {t}: {n} rows, no whole batches" for t, n in rows.items() if n % BATCH
    ]
    if versions != readings:
        outcome.faults.append(
            f"{versions} reports and {readings} readings: something is half recorded"
        )


def _verify(place: str, outcome: Outcome) -> None:
    with Ledger.open(place) as ledger:
        if fault := ledger.verify().fault:
            outcome.faults.append(f"after {outcome.kills} kills: {fault}")


LONGEST = 0.12
"""The longest time in seconds that a recorder lives: it writes about ten reports in that."""
BATCH = 5
"""Rows of a table recorded at once, so that a recorder's life has several batches."""

FORKER = """
import os, sys
import msgspec
from warledger import pipeline, tabling
from warledger.ledger import Ledger
from warledger.tables import read_table
place, deed, source, tabling.BATCH = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
samples = list(pipeline.read([source])) if deed == "add" else read_table(source)
Ledger.open(place).close()  # loads the database's driver, and makes the ledger

def add(ledger, turn):
    for n, sample in enumerate(samples * 20):
        reading = named(sample, f"r{turn}-{n}")
        pipeline.record(reading, ledger)
        yield [reading.report.id]

def import_(ledger, turn):
    rows = tuple(of_turn(row, turn) for row in samples.rows)
    at = 0
    for done in tabling.import_table(msgspec.structs.replace(samples, rows=rows), ledger):
        yield [row.report.id for row in rows[at : at + done.total()]]
        at += done.total()

def of_turn(row, turn):
    table, mapping, cells = row.report.id.split("/")
    name = f"{table}/{mapping}/{turn}/{cells}"
    report = msgspec.structs.replace(row.report, id=name)
    claims = tuple(msgspec.structs.replace(c, report=name) for c in row.claims)
    return msgspec.structs.replace(row, report=report, claims=claims, original=row.original + name.encode())

def named(reading, name):
    report = msgspec.structs.replace(reading.report, id=name)
    claims = tuple(msgspec.structs.replace(c, report=name) for c in reading.claims)
    original = reading.source.original + name.encode()
    source = msgspec.structs.replace(reading.source, report=report, original=original)
    return msgspec.structs.replace(reading, source=source, claims=claims)

print("ready", flush=True)
for line in sys.stdin:
    turn = line.strip()
    child = os.fork()
    if child == 0:
        with Ledger.open(place) as ledger:
            print("child", os.getpid(), flush=True)
            for names in (add if deed == "add" else import_)(ledger, turn):
                print("\\n".join(f"kept {name} ." for name in names), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    print("\\nend", flush=True)  # on a line of its own, whatever a killed child left half said
"""


def _nights(rows: int = 40 * BATCH) -> str:
    """A table of nights as `import-table` reads it."""
    lines = ["time_start,time_end,model,launch_place,target,launched,destroyed,source"]
    for n in range(rows):
        day = date(2024, 1, 1) + timedelta(days=n)
        lines.append(f"{day},{day},X-59/X-69,,Ukraine,{n + 3},{n + 1},kpszsu/posts/{n}")
    return "\n".join(lines) + "\n"


class Forker:
    """A process that has loaded everything and forks a recorder when asked to."""

    def __init__(self, place: str, deed: str) -> None:
        self._place = place
        self._deed = deed

    def __enter__(self) -> Forker:
        self._folder = tempfile.TemporaryDirectory(prefix="wl-")
        source = Path(__file__).parents[1] / "examples" / "december-2025.jsonl"
        if self._deed == "import":
            source = Path(self._folder.name) / "nights.csv"
            source.write_text(_nights(), encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-c", FORKER, self._place, self._deed, str(source), str(BATCH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._folder.cleanup()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def _next(self) -> str:
        while not (line := self._line()):
            if self._process.poll() is not None:
                raise ChildProcessError("the recorder's parent is gone")
        return line

    def run(self, turn: int, seconds: float) -> list[str]:
        """Records reports until killed after `seconds`; gives the ids that were acknowledged."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{turn}\n")
        self._process.stdin.flush()
        word, _, child = self._next().partition(" ")
        assert word == "child", word
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGKILL)
        kept = []
        while (line := self._line()) != "end":
            if not line and self._process.poll() is not None:
                raise ChildProcessError("the recorder's parent is gone")
            if line.startswith("kept ") and line.endswith(" ."):
                kept.append(line[5:-2])
        return kept
