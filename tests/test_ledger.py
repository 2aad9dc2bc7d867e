"""The ledger: what is recorded stays, twice is once, and every failure is one line with nothing half-written."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from warledger.errors import LedgerError
from warledger.ledger import Edition, Ledger, Recorded
from warledger.model import Claim, Evidence, Item, Period, Quantity, Refusal, Report

TEXT = "Удар по Тернополю. Загинули 26 людей, поранено 92."


def report(text: str = TEXT, name: str = "r1") -> Report:
    return Report(id=name, text=text, published="2025-11-19", publisher="Зразок", lang="uk")


def claim(text: str = TEXT, quote: str = "26 людей", number: int = 26) -> Claim:
    start = text.index(quote)
    return Claim(
        report="r1",
        kind="killed",
        item=Item("person"),
        quantity=Quantity(number, number, "exact"),
        time=Period("2025-11-19", "2025-11-19", "day", None),
        evidence=(Evidence(start, start + len(quote), quote),),
        rule="uk/killed/kill",
    )


def record(ledger: Ledger, source: Report | Edition, *claims: Claim, rules: str = "1") -> Recorded:
    text = (source if isinstance(source, Report) else source.report).text
    return ledger.record(
        source,
        original=text.encode(),
        media_type="text/plain",
        claims=claims,
        refusals=[Refusal(c, "quantity", "a reason") for c in claims[1:]],
        engine_version="1",
        rules_version=rules,
    )


def test_the_same_thing_twice_is_once(place: str) -> None:
    with Ledger.open(place) as ledger:
        assert record(ledger, report(), claim()).status == "added"
        before = ledger.counts()
        assert record(ledger, report(), claim()).status == "unchanged"
        assert ledger.counts() == before == {"reports": 1, "claims": 1, "refusals": 0}


def test_an_edited_report_is_a_new_version_and_the_old_one_stays(place: str) -> None:
    edited = TEXT.replace("26", "28")
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        assert record(ledger, report(edited), claim(edited, "28 людей", 28)).status == "new_version"
        assert ledger.counts()["reports"] == 2
        assert [c.claim.quantity for c in ledger.claims()] == [Quantity(28, 28, "exact")]


def test_newer_rules_add_a_reading_beside_the_old(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        assert record(ledger, report(), claim(), rules="2").status == "reread"
        assert ledger.counts()["claims"] == 2
        assert len(ledger.claims()) == 1


def test_a_report_comes_back_as_it_went_in(place: str) -> None:
    moment = datetime(2025, 11, 20, 7, 30, tzinfo=UTC)
    with Ledger.open(place, clock=lambda: moment) as ledger:
        record(ledger, report(), claim(), claim(quote="поранено 92", number=92))
        shown = ledger.show("r1")
        assert shown.source.report == report()
        assert shown.source.recorded_at_utc == "2025-11-20T07:30:00Z"
        assert shown.claims[0].claim == claim()
        assert [r.reason for r in shown.refusals] == ["a reason"]
        assert ledger.original(shown.source.original_sha256) == TEXT.encode()


def test_a_claim_is_found_by_the_start_of_its_id(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim(), claim(quote="поранено 92", number=92))
        shown = ledger.show(claim().id[:8])
        assert [c.id for c in shown.claims] == [claim().id]
        with pytest.raises(LedgerError, match="no report or claim"):
            ledger.show("nothing")


def test_an_ambiguous_id_asks_for_more(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(name="same-1"))
        record(ledger, report(name="same-2"))
        with pytest.raises(LedgerError, match="give more of it"):
            ledger.show("same")


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [("2025-11-19", "2025-11-19", 1), ("2025-11-20", None, 0), (None, "2025-11-18", 0)],
)
def test_claims_are_asked_for_by_day(place: str, start: str, end: str, found: int) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        assert len(ledger.claims(start=start, end=end)) == found


@pytest.mark.parametrize("words", ["загинули", "ЗАГИНУЛИ", "загин*", "людей Тернополю"])
def test_search_folds_cyrillic_case(place: str, words: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report())
        assert [h.report_id for h in ledger.search(words)] == ["r1"]


@pytest.mark.parametrize("words", ["львів", '"', "NEAR(", "*", "загинули львів", "-- '"])
def test_search_takes_any_words(place: str, words: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report())
        assert ledger.search(words) == []


def test_a_false_quotation_is_refused_and_nothing_is_kept(place: str) -> None:
    wrong = msgspec.structs.replace(claim(), evidence=(Evidence(0, 8, "26 людей"),))
    with Ledger.open(place) as ledger:
        with pytest.raises(LedgerError, match="do not stand"):
            record(ledger, report(), wrong)
        assert ledger.counts()["reports"] == 0


@pytest.mark.parametrize(
    "change", ["UPDATE report SET title = 'x'", "DELETE FROM claim", "DELETE FROM entry"]
)
def test_the_tables_refuse_to_change(place: str, change: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        with pytest.raises(DBAPIError, match="append-only"), ledger._engine.begin() as raw:
            raw.exec_driver_sql(change)
        assert ledger.verify().holds


def test_a_changed_original_is_noticed(file: Path) -> None:
    with Ledger.open(file) as ledger:
        record(ledger, report())
        sha256 = ledger.show("r1").source.original_sha256
        next(p for p in file.with_name("w.db.archive").rglob("*") if p.is_file()).write_text("x")
        with pytest.raises(LedgerError, match="not those that were recorded"):
            ledger.original(sha256)


def test_what_is_no_ledger_is_told(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database " * 100)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE t (x)")
    for path, reason in ((text, "no ledger"), (other, "another program"), (tmp_path, "folder")):
        with pytest.raises(LedgerError, match=reason):
            Ledger.open(path)
    assert text.read_text().startswith("no database")


def test_a_missing_ledger_is_not_made_by_asking(file: Path) -> None:
    with pytest.raises(LedgerError, match="warledger add"):
        Ledger.open(file, create=False)
    assert not file.exists()


def test_a_newer_schema_is_told(file: Path) -> None:
    Ledger.open(file).close()
    with sqlite3.connect(file) as raw:
        raw.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="newer warledger"):
        Ledger.open(file)


def test_a_full_disk_leaves_what_was_there(file: Path) -> None:
    with Ledger.open(file) as ledger:
        record(ledger, report())
        long = report("слово " * 200_000, "r2")
        limited = ledger._engine
        with limited.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

        @event.listens_for(limited, "connect")
        def small(connection: sqlite3.Connection, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages + 4}")

        limited.dispose()
        with pytest.raises(LedgerError, match="no room left"):
            record(ledger, long)
        assert ledger.counts()["reports"] == 1
        assert [h.report_id for h in ledger.search("слово")] == []


KILLED = """
import sys, os, signal
from warledger.ledger import Ledger
from warledger.model import Report
ledger = Ledger.open(sys.argv[1])
for n in range(100_000):
    r = Report(id=f"r{n}", text=f"звіт {n}")
    ledger.record(r, original=r.text.encode(), media_type="text/plain", claims=[], refusals=[],
                  engine_version="1", rules_version="1")
    print(n, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(place: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, place], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = [int(next(process.stdout)) for _ in range(20)]
        process.kill()
    with Ledger.open(place) as ledger:
        for n in told:
            assert ledger.show(f"r{n}").source.report.text == f"звіт {n}"
        assert record(ledger, report(name="another")).status == "added"


def test_two_writers_wait_for_each_other(place: str) -> None:
    script = KILLED.replace("range(100_000)", "range(int(sys.argv[2]), int(sys.argv[3]))")
    Ledger.open(place).close()
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", script, place, str(a), str(a + 40)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for a in (0, 1000)
    ]
    errors = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], errors
    with Ledger.open(place) as ledger:
        assert ledger.counts()["reports"] == 80
