"""`migrate` killed at random moments: the old ledger or the new one is there, and the migration goes through again.

Enters: a folder. Leaves: how many kills, how many of them fell into the migration, and every fault.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.killing import Outcome
from tests.test_ledger_migration import keep_beside, old_file

from warledger.errors import LedgerError
from warledger.ledger import Ledger, migrate, schema
from warledger.ledger.deriving import version_of
from warledger.ledger.records import ExtractionBody, ReportBody
from warledger.model import Report, canonical_json

CHILD = """
import sys
from warledger.ledger import migrate
sys.stdin.readline()
migrate(sys.argv[1])
"""


def trial(
    folder: Path, *, kills: int, seconds: float, seed: int = 1, reports: int = 150
) -> Outcome:
    """Kills migrations of copies of one ledger of schema 1 until so many were killed or so much time has passed."""
    chance, outcome = random.Random(seed), Outcome()
    until = time.monotonic() + seconds
    old, place = folder / "old.db", folder / "w.db"
    build(old, reports)
    shutil.copytree(f"{old}.archive", f"{place}.archive")
    bodies = _bodies(old)
    longest = _longest(old, place)
    while outcome.kills < kills and time.monotonic() < until:
        _fresh(old, place)
        with _waiting(place) as process:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
            process.stdin.flush()
            time.sleep(chance.uniform(0.0, longest))
            process.kill()
        outcome.kills += 1
        outcome.faults += [f"kill {outcome.kills}: {f}" for f in _faults(place, bodies)]
        outcome.acknowledged += 1
    return outcome


def build(place: Path, reports: int) -> None:
    """A ledger of schema 1 with so many reports more than the sample has, each with an empty reading."""
    old_file(place)
    with closing(sqlite3.connect(place)) as raw:
        for n in range(reports):
            data = f"Report {n} tells of nothing that is counted. ".encode() * 20
            keep_beside(place, data)
            report = Report(id=f"m{n}", text=data.decode(), published="2025-12-06", lang="en")
            sha256 = hashlib.sha256(data).hexdigest()
            version = version_of(report)
            at = _entry(raw, "report", ReportBody(report=report, version=version, original=sha256))
            facts = (sha256, "text/plain", len(data), at)
            raw.execute("INSERT INTO original VALUES (?, ?, ?, ?)", facts)
            empty = ExtractionBody(version=version, engine="1", rules="1", claims=(), refusals=())
            _entry(raw, "extraction", empty)
        raw.commit()


def _entry(raw: sqlite3.Connection, kind: str, body: object) -> int | None:
    written = canonical_json(body).decode()
    values = (kind, "2025-12-06T20:00:00Z", written, hashlib.sha256(written.encode()).hexdigest())
    sql = "INSERT INTO entry (kind, recorded_at_utc, body, sha256) VALUES (?, ?, ?, ?)"
    return raw.execute(sql, values).lastrowid


def _longest(old: Path, place: Path) -> float:
    """Seconds that a migration takes when nobody kills it."""
    _fresh(old, place)
    with _waiting(place) as process:
        start = time.monotonic()
        assert process.communicate(b"go\n")[1] is None
    return time.monotonic() - start


def _waiting(place: Path) -> subprocess.Popen[bytes]:
    """A process that has loaded the program and migrates when it is given a line."""
    process = subprocess.Popen([sys.executable, "-c", CHILD, str(place)], stdin=subprocess.PIPE)
    time.sleep(0.3)
    return process


def _fresh(old: Path, place: Path) -> None:
    for left in place.parent.glob(f"{place.name}*"):
        if left.is_file():
            left.unlink()
    shutil.copyfile(old, place)


def _bodies(place: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(place)) as raw:
        return raw.execute("SELECT sequence, body FROM entry ORDER BY sequence").fetchall()


def _faults(place: Path, bodies: list[tuple[int, str]]) -> list[str]:
    """What is wrong after a kill, and after the same command once more."""
    with closing(sqlite3.connect(place)) as raw:
        (version,) = raw.execute("PRAGMA user_version").fetchone()
    there = _bodies(place)
    if version not in (1, schema.SCHEMA_VERSION) or there[: len(bodies)] != bodies:
        return [f"schema {version} with {len(there)} entries is neither the old ledger nor the new"]
    if version == 1 and len(there) != len(bodies):
        return ["the old ledger has entries of the new one"]
    try:
        migrate(place)
        with Ledger.open(place) as ledger:
            fault = ledger.verify().fault
            kept = [(e.sequence, e.body) for e in ledger.entries()]
    except LedgerError as problem:
        return [f"it does not go through again: {problem}"]
    lost = [] if kept[: len(bodies)] == bodies else ["an entry is not what it was"]
    return [*lost, *([fault] if fault else [])]
