"""Two writers and ten readers at once on one ledger, each a process of its own, for so many seconds.

Enters: a ledger's place. Leaves: what was written and asked, and every error; a reader has to see a ledger that only
grows, and nothing that was acknowledged may be missing at the end.
"""

from __future__ import annotations

import subprocess
import sys

import msgspec
from sqlalchemy import select

from warledger.ledger import Ledger, schema

WRITER = """
import sys, time
from tests.test_ledger import claim, report
from warledger.ledger import Ledger
place, name, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
with Ledger.open(place) as ledger:
    n, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        text = f"Звіт {name}-{n}. Загинули 26 людей."
        source = report(text, f"{name}-{n}")
        ledger.record(source, original=text.encode(), media_type="text/plain", claims=[claim(text)], refusals=[],
                      engine_version="1", rules_version="1")
        print(source.id, flush=True)
        n += 1
"""
READER = """
import sys, time
from warledger.ledger import Ledger
place, name, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
with Ledger.open(place, create=False) as ledger:
    until, seen = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        counts = ledger.counts()
        assert counts["reports"] >= seen and counts["claims"] == counts["reports"], counts
        seen = counts["reports"]
        for hit in ledger.search("загинули", 3):
            assert ledger.show(hit.report_id).claims
        assert len(ledger.claims(report="a-0")) <= 1
        print("asked", flush=True)
        time.sleep(0.01)
"""


class Outcome(msgspec.Struct):
    """How many reports were written and how often readers asked, and every error and loss."""

    written: int
    asked: int
    faults: list[str]


def trial(place: str, *, seconds: float, readers: int = 10) -> Outcome:
    """Lets two writers and the readers loose for so many seconds, then looks for what is missing."""
    Ledger.open(place).close()
    parts = [(WRITER, name) for name in "ab"] + [(READER, f"reader {n}") for n in range(readers)]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, place, name, str(seconds)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for code, name in parts
    ]
    told = [process.communicate() for process in running]
    faults = [
        f"{name}: {err.strip().splitlines()[-1] if err.strip() else process.returncode}"
        for process, (_, err), (_, name) in zip(running, told, parts, strict=True)
        if process.returncode
    ]
    written = {line for out, _ in told[:2] for line in out.split()}
    with Ledger.open(place) as ledger, ledger._engine.connect() as connection:
        there = set(connection.execute(select(schema.report.c.report_id)).scalars())
        faults += [f"{name} was acknowledged and is gone" for name in sorted(written - there)]
        if fault := ledger.verify().fault:
            faults.append(fault)
    return Outcome(len(written), sum(out.count("asked") for out, _ in told[2:]), faults)
