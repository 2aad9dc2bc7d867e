"""The ledger's tables: entries that are added and never changed, and rows derived from them for asking.

Enters: a connection. Leaves: the tables, made or checked. Does not belong here: queries (`queries`), entries.

`entry` is the record: each row holds the canonical JSON of one thing recorded, chained to the row before. Every other
table can be made anew from it (`deriving`). Triggers refuse UPDATE and DELETE on every table.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    text,
)
from sqlalchemy.types import TypeEngine

from warledger.errors import LedgerError

APPLICATION_ID = 0x57524C44
SCHEMA_VERSION = 2
REVISION_TABLE = "ledger_revision"

metadata = MetaData()


def _words(length: int | None = None) -> TypeEngine[str]:
    """Text that both databases sort by its code points, whatever the server's locale."""
    plain = Text() if length is None else String(length)
    sorted_ = Text(collation="C") if length is None else String(length, collation="C")
    return plain.with_variant(sorted_, "postgresql")


def _sequence(name: str = "sequence") -> Column[int]:
    return Column(
        name, Integer, ForeignKey("entry.sequence"), primary_key=True, autoincrement=False
    )


entry = Table(
    "entry",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("kind", _words(32), nullable=False),
    Column("recorded_at_utc", _words(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", _words(64), nullable=False),
    Column("previous_sha256", _words(64), nullable=False),
    Index("entry_by_kind", "kind", "sequence"),
    Index("entry_by_time", "recorded_at_utc"),
)
original = Table(
    "original",
    metadata,
    Column("sha256", _words(64), primary_key=True),
    Column("media_type", _words(128), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sequence", Integer, ForeignKey("entry.sequence"), nullable=False, index=True),
)
report = Table(
    "report",
    metadata,
    _sequence(),
    Column("version", _words(64), nullable=False, unique=True),
    Column("report_id", _words(), nullable=False, index=True),
    Column("source", _words(), nullable=False),
    Column("effective_at_utc", _words(32), nullable=False),
    Column("updated_at_utc", _words(32)),
    Column("published", _words(64)),
    Column("publisher", _words()),
    Column("url", _words()),
    Column("title", _words()),
    Column("lang", _words(16)),
    Column("original_sha256", _words(64), nullable=False),
    Index("report_by_source", "source", "effective_at_utc", "sequence"),
)
extraction = Table(
    "extraction",
    metadata,
    _sequence(),
    Column("extraction_id", _words(64), nullable=False, unique=True),
    Column("version", _words(64), ForeignKey("report.version"), nullable=False),
    Column("engine_version", _words(64), nullable=False),
    Column("rules_version", _words(64), nullable=False),
    Column("claims", Integer, nullable=False),
    Column("refusals", Integer, nullable=False),
    Index("extraction_by_version", "version", "sequence"),
)
claim = Table(
    "claim",
    metadata,
    _sequence(),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", _words(16), nullable=False, index=True),
    Column("kind", _words(32), nullable=False),
    Column("item_class", _words(32)),
    Column("model", _words()),
    Column("place", _words()),
    Column("side", _words(8)),
    Column("speaker", _words()),
    Column("low", Float),
    Column("high", Float),
    Column("bound", _words(16)),
    Column("modality", _words(16), nullable=False),
    Column("rule", _words(), nullable=False),
    Column("first_day", _words(10)),
    Column("last_day", _words(10)),
    Column("span", Integer),
    Index("claim_by_day", "span", "first_day", "last_day"),
    Index("claim_by_kind", "kind", "first_day"),
    sqlite_with_rowid=False,
)
withdrawal = Table(
    "withdrawal",
    metadata,
    _sequence(),
    Column("source", _words(), nullable=False, index=True),
)
decision = Table(
    "decision",
    metadata,
    _sequence(),
    Column("claim_id", _words(16), nullable=False, index=True),
    Column("by", _words(), nullable=False),
    Column("verdict", _words(16), nullable=False),
    Column("blind", Boolean, nullable=False),
)
original_bytes = Table(
    "original_bytes",
    metadata,
    Column("sha256", _words(64), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)
DERIVED = (original, report, extraction, claim, withdrawal, decision)
"""The tables that can be made anew from the entries, in the order in which they can be filled."""

APPEND_ONLY = "the ledger is append-only"
_SQLITE_TRIGGER = (
    "CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
)
_POSTGRES_TRIGGER = (
    "CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()"
)
_VERBS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def make(connection: Connection) -> None:
    """Makes the tables and the triggers that keep them append-only, and notes the schema's version."""
    metadata.create_all(connection)
    guard(connection)
    make_revision_table(connection)
    connection.execute(
        text(f"INSERT INTO {REVISION_TABLE} VALUES (:revision)"),
        {"revision": f"{SCHEMA_VERSION:04}"},
    )
    stamp(connection, SCHEMA_VERSION)


def make_revision_table(connection: Connection) -> None:
    """Makes the table in which Alembic notes the schema's version, as it is laid out here and not by Alembic."""
    connection.execute(
        text(f"CREATE TABLE IF NOT EXISTS {REVISION_TABLE} (version_num VARCHAR(32) NOT NULL)")
    )


def stamp(connection: Connection, version: int) -> None:
    """Notes in an SQLite file that it is a ledger, and of which schema."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
        connection.execute(text(f"PRAGMA user_version = {version}"))


def triggers(dialect: str) -> dict[str, tuple[str, str]]:
    """The names of the triggers that there have to be, each with its table and verb."""
    return {
        f"{table.name}_takes_no_{verb.lower()}": (table.name, verb)
        for table in metadata.sorted_tables
        for verb in _VERBS[dialect]
    }


def guard(connection: Connection) -> None:
    """Makes the triggers that refuse every change."""
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.execute(text(_POSTGRES_FUNCTION))
    form = _SQLITE_TRIGGER if dialect == "sqlite" else _POSTGRES_TRIGGER
    for name, (table, verb) in triggers(dialect).items():
        connection.execute(text(form.format(name=name, table=table, verb=verb)))


def guards(connection: Connection) -> set[str]:
    """The names of the triggers that are there and in force."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE :says"
        found = connection.execute(text(query), {"says": f"%RAISE(ABORT, '{APPEND_ONLY}')%"})
    else:
        query = (
            "SELECT tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE tgenabled IN ('O', 'A') AND proname = 'ledger_is_append_only' AND prosrc LIKE :says"
        )
        found = connection.execute(text(query), {"says": f"%RAISE EXCEPTION '{APPEND_ONLY}'%"})
    return set(found.scalars())


class Part(NamedTuple):
    """A part of an SQLite file's layout: its type, its name, the table that it belongs to, and its statement."""

    type: str
    name: str
    table: str
    statement: str


def parts(connection: Connection) -> set[Part]:
    """Every part of an SQLite file's layout, but for what SQLite keeps for itself."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    rows = connection.execute(text(query)).all()
    return {Part(*row) for row in rows if not row[1].startswith("sqlite_")}


def found_version(connection: Connection, name: str) -> int:
    """The schema's version of the ledger in the database; 0 where the database is empty.

    Raises LedgerError where the database belongs to another program.
    """
    if connection.dialect.name == "sqlite":
        tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
        application = connection.execute(text("PRAGMA application_id")).scalar_one()
        if not tables and not application:
            return 0
        if application == APPLICATION_ID:
            return int(connection.execute(text("PRAGMA user_version")).scalar_one())
    else:
        tables = set(inspect(connection).get_table_names())
        if REVISION_TABLE in tables:
            query = text(f"SELECT version_num FROM {REVISION_TABLE}")
            return int(connection.execute(query).scalar_one())
        if not tables & set(metadata.tables):
            return 0
    raise LedgerError(f"{name} is a database of another program; name a ledger with --ledger")


def newer(name: str, version: int) -> LedgerError:
    """What is told of a ledger of a schema that is not known yet."""
    return LedgerError(
        f"{name} was written by a newer warledger (schema {version}); update warledger"
    )


def check(connection: Connection, name: str) -> bool:
    """Whether the database already holds a ledger of this schema; False where it is empty.

    Raises LedgerError where it belongs to another program, to a newer warledger, or to an older one.
    """
    version = found_version(connection, name)
    if version > SCHEMA_VERSION:
        raise newer(name, version)
    if 0 < version < SCHEMA_VERSION:
        raise LedgerError(
            f"{name} has the older schema {version}; bring it to schema {SCHEMA_VERSION} with: "
            "warledger migrate"
        )
    return version > 0
