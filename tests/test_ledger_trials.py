"""The ledger under those who tamper, kill and crowd; `script/tamper`, `script/kill` and `script/crowd` do it longer."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import crowding, killing, killing_migrations, tampering
from tests.servers import Server
from tests.test_ledger import claim, record, report

from warledger.ledger import Decision, Edition, Ledger, Seal, shelf
from warledger.ledger.replies import Sent
from warledger.ledger.wanting import Wanted


def test_every_tampering_with_a_file_is_found(tmp_path: Path) -> None:
    counts, missed = tampering.trial(tmp_path, 112)
    assert missed == []
    assert set(counts) == {*tampering.ROWS, *tampering.FILES}


def test_every_tampering_with_a_server_is_found(tmp_path: Path, postgres: Server | None) -> None:
    if postgres is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    counts, missed = tampering.trial(tmp_path, 36, postgres)
    assert missed == []
    assert set(counts) == set(tampering.ROWS)


def test_the_first_thing_that_does_not_hold_is_named(file: Path) -> None:
    tampering.build(str(file), 4)
    with tampering.unguarded(str(file)) as connection:
        connection.exec_driver_sql("UPDATE claim SET low = 3 WHERE sequence = 2 AND position = 0")
    with Ledger.open(file) as ledger:
        assert ledger.verify().fault == "entry 2: table claim has another low than was recorded"


def test_the_pages_tables_are_filled_bit_by_bit_as_at_once_and_proved(place: str) -> None:
    tampering.build(place, 6)
    with Ledger.open(place) as ledger:
        first = ledger.browse.all(Wanted(signed=-1), most=999)
        other = claim(tampering.TEXT.format(n=1, k=31), "31 людей", 31)
        source = report(tampering.TEXT.format(n=1, k=31), "r1")
        edition = Edition(report=source, source="channel/1")
        record(ledger, edition, other)
        ledger.review.decide(Decision(claim=other.id, verdict="reject", by="B", reason="no"))
        then = ledger.browse.all(Wanted(signed=-1), most=999)
        assert len(then) == len(first) - 1
        assert ledger.verify().fault is None
        with ledger._engine.begin() as connection:
            shelf.metadata.drop_all(connection)
    with Ledger.open(place) as ledger:
        assert ledger.browse.all(Wanted(signed=-1), most=999) == then


def test_accounts_and_replies_beside_the_record_are_no_fault(place: str) -> None:
    tampering.build(place, 4)
    with Ledger.open(place) as ledger:
        ledger.accounts.add("anna", "admin", "a long password", by="the server")
        ledger.replies.hold(Sent(report_id="r1", name="B", email="b@example.org", comment="no"))
        assert ledger.verify().fault is None


def test_a_seal_of_a_longer_ledger_tells_of_what_was_cut_off(file: Path) -> None:
    head = tampering.build(str(file), 4)
    with Ledger.open(file) as ledger:
        assert ledger.verify(head).holds
        later = Seal(head.sequence + 3, head.sha256, head.recorded_at_utc)
        assert "ends at" in str(ledger.verify(later).fault)
        wrong = Seal(head.sequence, "0" * 64, head.recorded_at_utc)
        assert "written anew" in str(ledger.verify(wrong).fault)


def test_three_hundred_kills_lose_and_halve_nothing(file: Path) -> None:
    outcome = killing.trial(str(file), kills=300, seconds=240)
    assert outcome.faults == []
    assert outcome.kills == 300
    assert outcome.acknowledged > 100


def test_kills_of_an_import_leave_whole_batches(file: Path) -> None:
    outcome = killing.trial(str(file), kills=40, seconds=60, deed="import")
    assert outcome.faults == []
    assert outcome.acknowledged >= killing.BATCH


def test_kills_of_a_migration_leave_the_old_ledger_or_the_new(tmp_path: Path) -> None:
    outcome = killing_migrations.trial(tmp_path, kills=8, seconds=30, reports=60)
    assert outcome.faults == []
    assert outcome.kills > 1


def test_kills_lose_nothing_on_a_server(postgres: Server | None) -> None:
    if postgres is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    outcome = killing.trial(postgres.new(), kills=40, seconds=60)
    assert outcome.faults == []
    assert outcome.acknowledged > 0


def test_two_writers_and_ten_readers_do_not_get_in_each_others_way(place: str) -> None:
    outcome = crowding.trial(place, seconds=4)
    assert outcome.faults == []
    assert outcome.written > 10
    assert outcome.asked > 10
