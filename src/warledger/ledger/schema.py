"""The ledger's tables: entries that are added and never changed.

Enters: an engine. Leaves: the tables, made or checked. Does not belong here: queries (`store`).

Every row hangs on an `entry`, which holds the canonical JSON of what was recorded, its SHA-256, and a place for
the SHA-256 of the entry before it. Triggers refuse UPDATE and DELETE on every table.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from warledger.errors import LedgerError

APPLICATION_ID = 0x57524C44
SCHEMA_VERSION = 1

metadata = MetaData()

entry = Table(
    "entry",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(32), nullable=False),
    Column("recorded_at_utc", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("previous_sha256", String(64), nullable=True),
    sqlite_autoincrement=True,
)
original = Table(
    "original",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String(128), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sequence", Integer, ForeignKey("entry.sequence"), nullable=False),
)
report = Table(
    "report",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("report_id", String(512), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("published", String(64)),
    Column("publisher", Text),
    Column("url", Text),
    Column("title", Text),
    Column("lang", String(16)),
    Column("original_sha256", String(64), ForeignKey("original.sha256"), nullable=False),
    Column("sequence", Integer, ForeignKey("entry.sequence"), nullable=False),
)
extraction = Table(
    "extraction",
    metadata,
    Column("extraction_id", String(64), primary_key=True),
    Column("version", String(64), ForeignKey("report.version"), nullable=False, index=True),
    Column("engine_version", String(64), nullable=False),
    Column("rules_version", String(64), nullable=False),
    Column("sequence", Integer, ForeignKey("entry.sequence"), nullable=False),
)
claim = Table(
    "claim",
    metadata,
    Column("extraction_id", String(64), ForeignKey("extraction.extraction_id"), primary_key=True),
    Column("claim_id", String(16), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("item_class", String(32)),
    Column("side", String(8)),
    Column("speaker", Text),
    Column("starts_on", String(10)),
    Column("ends_on", String(10)),
    Column("body", Text, nullable=False),
    Index("claim_by_time", "starts_on", "ends_on"),
    Index("claim_by_id", "claim_id"),
)
refusal = Table(
    "refusal",
    metadata,
    Column("extraction_id", String(64), ForeignKey("extraction.extraction_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)

_APPEND_ONLY = (
    "CREATE TRIGGER IF NOT EXISTS {table}_is_never_{verb}d BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
)


def make(connection: Connection) -> None:
    """Makes the tables and the triggers that keep them append-only."""
    metadata.create_all(connection)
    if connection.dialect.name != "sqlite":
        return
    for table in metadata.sorted_tables:
        for verb in ("UPDATE", "DELETE"):
            connection.execute(text(_APPEND_ONLY.format(table=table.name, verb=verb)))
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))


def check(connection: Connection, name: str) -> bool:
    """Whether the database already holds a ledger; False where it is empty.

    Raises LedgerError where it belongs to another program or to a newer warledger.
    """
    tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    application = connection.execute(text("PRAGMA application_id")).scalar_one()
    if not tables and not application:
        return False
    if application != APPLICATION_ID:
        raise LedgerError(
            f"{name} is a database of another program; name a ledger with --ledger FILE"
        )
    version = connection.execute(text("PRAGMA user_version")).scalar_one()
    if version > SCHEMA_VERSION:
        raise LedgerError(
            f"{name} was written by a newer warledger (schema {version}); update warledger"
        )
    return True
