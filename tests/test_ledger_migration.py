"""A ledger of an earlier schema is brought to the present one whole, on both databases, or left as it was."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text
from tests.servers import Server

from warledger.errors import LedgerError
from warledger.ledger import Ledger, migrate, migrating, schema
from warledger.ledger.archive import InDatabase
from warledger.ledger.connecting import server_engine

FIRST = (Path(__file__).parent / "ledgers" / "schema-1.sql").read_text(encoding="utf-8")
TEXTS = re.compile(r"^INSERT INTO report_words .*?VALUES \('\w+', '.*?', '(.*)'\);$", re.MULTILINE)


def old_file(place: Path) -> None:
    """A ledger of schema 1 with its archive; its originals are the texts."""
    with sqlite3.connect(place) as raw:
        raw.executescript(FIRST)
        for (words,) in raw.execute("SELECT text FROM report").fetchall():
            keep_beside(place, words.encode())


def keep_beside(place: Path, data: bytes) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    kept = place.with_name(place.name + ".archive") / sha256[:2] / sha256[2:]
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)


def test_an_older_ledger_asks_to_be_migrated_and_is_not_touched(file: Path) -> None:
    old_file(file)
    before = file.read_bytes()
    with pytest.raises(LedgerError, match="warledger migrate"):
        Ledger.open(file)
    assert file.read_bytes() == before


def test_a_file_of_schema_1_keeps_everything(file: Path) -> None:
    old_file(file)
    with sqlite3.connect(file) as raw:
        bodies = raw.execute("SELECT sequence, kind, recorded_at_utc, body FROM entry").fetchall()
    done = migrate(file, clock=lambda: datetime(2025, 12, 7, tzinfo=UTC))
    assert (done.before, done.after, done.entries) == (1, schema.SCHEMA_VERSION, len(bodies) + 1)
    with Ledger.open(file) as ledger:
        kept = [(e.sequence, e.kind, e.recorded_at_utc, e.body) for e in ledger.entries()]
        assert kept[:-1] == bodies
        assert ledger.verify().fault is None
        assert ledger.counts() == {"reports": 4, "claims": 14, "refusals": 1}
        killed = [c.claim.quantity for c in ledger.claims(kinds=["killed"])]
        assert [q.low for q in killed if q] == [28]
        then = ledger.claims(kinds=["killed"], as_known_on="2025-12-06T08:30Z")
        assert [c.claim.quantity.low for c in then if c.claim.quantity] == [26]
        assert [h.superseded for h in ledger.search("тернополю")] == [True, False]
    with sqlite3.connect(str(done.copy)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
    assert migrate(file).before == schema.SCHEMA_VERSION


def test_an_entry_that_was_changed_stops_the_migration(file: Path) -> None:
    old_file(file)
    with sqlite3.connect(file) as raw:
        raw.execute("DROP TRIGGER entry_is_never_UPDATEd")
        raw.execute("UPDATE entry SET body = replace(body, '653', '654') WHERE sequence = 1")
    with pytest.raises(LedgerError, match="entry 1 is not what was recorded"):
        migrate(file)
    with sqlite3.connect(file) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
        assert raw.execute("SELECT count(*) FROM refusal").fetchone() == (1,)


def test_a_server_of_schema_1_keeps_everything(postgres: Server | None) -> None:
    if postgres is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    address = postgres.new()
    engine = server_engine(address)
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for line in FIRST.splitlines():
            if line.startswith("INSERT INTO") and "report_words" not in line:
                connection.exec_driver_sql(line.replace("%", "%%"))
        bodies = (
            connection.execute(text("SELECT body FROM entry ORDER BY sequence")).scalars().all()
        )
    with pytest.raises(LedgerError, match="warledger migrate"):
        Ledger.open(address)
    assert migrate(address).after == schema.SCHEMA_VERSION
    with engine.begin() as connection:
        for words in TEXTS.findall(FIRST):
            keep_in_database(connection, words.encode())
    with Ledger.open(address) as ledger:
        assert [e.body for e in ledger.entries()][:-1] == bodies
        assert ledger.verify().fault is None
        assert len(ledger.search("дронів")) == 0
        assert len(ledger.search("ТЕРНОП*")) == 2
    engine.dispose()


def keep_in_database(connection: Connection, data: bytes) -> None:
    InDatabase().keep(connection, data, hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_migrated_ledger_has_the_tables_of_a_new_one(
    dialect: str, file: Path, tmp_path: Path, postgres: Server | None
) -> None:
    if dialect == "sqlite":
        old_file(file)
        migrate(file)
        Ledger.open(tmp_path / "new.db").close()
        old, new = (columns(Ledger.open(p)) for p in (file, tmp_path / "new.db"))
    else:
        if postgres is None:
            pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
        first, second = postgres.new(), postgres.new()
        Ledger.open(first).close()
        with Ledger.open(second) as ledger, ledger._engine.begin() as connection:
            migrating.rebuild(connection)
        old, new = columns(Ledger.open(second)), columns(Ledger.open(first))
    assert old == new


def columns(ledger: Ledger) -> dict[str, object]:
    """Every table's columns, indexes and triggers."""
    with ledger, ledger._engine.connect() as connection:
        found = inspect(connection)
        return {
            "triggers": schema.guards(connection),
            **{
                name: (
                    [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
                    sorted(
                        (str(i["name"]), str(i["column_names"])) for i in found.get_indexes(name)
                    ),
                )
                for name in schema.metadata.tables
            },
        }
