"""Bringing a ledger of an earlier schema to the present one, whole or not at all.

Enters: a path or an address. Leaves: the ledger migrated, a copy of the old file. Does not belong here: the steps
(`migrations`).

Alembic runs the steps, which change only the entries' table; every derived table is then made anew from the entries.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from warledger.errors import LedgerError
from warledger.ledger import entries, schema, search
from warledger.ledger.connecting import file_engine, told, writing
from warledger.ledger.deriving import meaning
from warledger.ledger.moments import stamp
from warledger.ledger.opening import find_place, none_yet

_WORDS = "report_words"


class Migrated(msgspec.Struct, frozen=True):
    """From and to which schema, how many entries there are, and where a copy of the old file is."""

    before: int
    after: int
    entries: int
    copy: str | None


def migrate(
    path: str | Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Migrated:
    """Brings the ledger at `path` to the present schema; one that is there already is left alone.

    A file is copied first, to `<file>.schema-<number>`. Raises LedgerError where there is no ledger, it is of a newer
    schema, an entry is not what was recorded, or the copy cannot be made; the ledger is then as it was.
    """
    place = find_place(path, create=False)
    try:
        with told(place.name):
            return _migrate(place.engine, place.name, stamp(clock()))
    finally:
        place.engine.dispose()


def _migrate(engine: Engine, name: str, moment: str) -> Migrated:
    with engine.connect() as connection:
        before = schema.found_version(connection, name)
        if before == schema.SCHEMA_VERSION:
            return Migrated(before, before, entries.last_known(connection, None), None)
        if before == 0:
            raise none_yet(name)
        if before > schema.SCHEMA_VERSION:
            raise schema.newer(name, before)
    copy = _copy(engine, name, before) if engine.dialect.name == "sqlite" else None
    with writing(engine) as connection:
        _steps(connection, before, moment)
        count = rebuild(connection)
        schema.stamp(connection, schema.SCHEMA_VERSION)
    return Migrated(before, schema.SCHEMA_VERSION, count, copy)


def _copy(engine: Engine, name: str, before: int) -> str:
    copy = f"{name}.schema-{before}"
    if Path(copy).exists():
        if not _is_copy(engine, copy):
            raise LedgerError(f"{copy} is there already; move it away, then run: warledger migrate")
        return copy  # of a migration that was broken off
    part = Path(f"{copy}.part")
    part.unlink(missing_ok=True)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(part),))
    finally:
        raw.close()
    os.replace(part, copy)
    return copy


def _is_copy(engine: Engine, copy: str) -> bool:
    """Whether a file beside the ledger holds the same entries as it does."""
    other = file_engine(Path(copy))
    try:
        with engine.connect() as one, other.connect() as two:
            query = text("SELECT sequence, sha256 FROM entry ORDER BY sequence")
            return one.execute(query).all() == two.execute(query).all()
    except DBAPIError:
        return False
    finally:
        other.dispose()


def _steps(connection: Connection, before: int, moment: str) -> None:
    from alembic import command  # noqa: PLC0415 (a third of a second that only a migration pays)
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes.update(connection=connection, moment=moment)
    if schema.REVISION_TABLE not in inspect(connection).get_table_names():
        schema.make_revision_table(connection)
        command.stamp(config, f"{before:04}")
    command.upgrade(config, f"{schema.SCHEMA_VERSION:04}")


def rebuild(connection: Connection) -> int:
    """Makes every derived table and the index of words anew from the entries; gives the number of entries."""
    for drop in (_WORDS, *(t.name for t in reversed(schema.DERIVED))):
        connection.execute(text(f"DROP TABLE IF EXISTS {drop}"))
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP VIEW IF EXISTS report_text"))
    schema.metadata.create_all(connection)
    schema.guard(connection)
    search.make(connection)
    # The bodies are fetched a stretch at a time: rows are written while the entries are walked.
    last, done = entries.last_known(connection, None), 0
    while done < last:
        for entry in entries.between(connection, done + 1, done + 500):
            if (body := meaning(entry)) is not None:
                entries.write_rows(connection, entry, body, {})
        done += 500
    return last
