"""`add` (or another recording command) killed at random moments, again and again, on one ledger.

Enters: a ledger's place. Leaves: how many kills, how much was acknowledged, and every fault. What was acknowledged has
to be there, with its reading; and at the end the whole ledger has to hold.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import msgspec
from sqlalchemy import func, select

from warledger.ledger import Ledger, schema


class Outcome(msgspec.Struct):
    """What a trial came to: kills, reports acknowledged, and every fault found."""

    kills: int = 0
    acknowledged: int = 0
    faults: list[str] = []


def trial(place: str, *, kills: int, seconds: float, seed: int = 1) -> Outcome:
    """Kills recorders until so many were killed or so much time has passed; then checks the whole ledger.

    The recorders are forked from a parent that has read the sample reports, so that kills fall into the writing and
    not into the loading; each records the samples under ids of its own, as `add` does.
    """
    chance, outcome = random.Random(seed), Outcome()
    until = time.monotonic() + seconds
    told: set[str] = set()
    with Forker(place) as forker:
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

FORKER = """
import os, sys
import msgspec
from warledger import pipeline
from warledger.ledger import Ledger
place = sys.argv[1]
samples = list(pipeline.read([sys.argv[2]]))
Ledger.open(place).close()  # loads the database's driver, and makes the ledger

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
            for n, sample in enumerate(samples * 20):
                reading = named(sample, f"r{turn}-{n}")
                pipeline.record(reading, ledger)
                print("kept", reading.report.id, ".", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    print("\\nend", flush=True)  # on a line of its own, whatever a killed child left half said
"""


class Forker:
    """A process that has loaded everything and forks a recorder when asked to."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> Forker:
        warm = Path(__file__).parents[1] / "examples" / "december-2025.jsonl"
        self._process = subprocess.Popen(
            [sys.executable, "-c", FORKER, self._place, str(warm)],
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
