"""Opening a ledger: which database, which archive, made where it may be made.

Enters: a path or an address. Leaves: an engine and an archive, ready. Does not belong here: what they hold.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from sqlalchemy import Engine, create_engine

from warledger.errors import LedgerError
from warledger.ledger import accounts, replies, schema, search, shelf
from warledger.ledger.archive import Archive, Folder, InDatabase
from warledger.ledger.connecting import (
    file_engine,
    is_address,
    server_engine,
    told,
    told_as,
    writing,
)
from warledger.ledger.schema import Part


class Place(msgspec.Struct, frozen=True):
    """An opened ledger: its engine, its archive, and the name that messages give it."""

    engine: Engine
    archive: Archive
    name: str


def open_place(path: str | Path, *, create: bool) -> Place:
    """The ledger at `path`, made where `create` allows. Raises LedgerError where it is none and cannot be made."""
    place = find_place(path, create=create)
    try:
        with told(place.name):
            _prepare(place, create)
    except BaseException:
        place.engine.dispose()
        raise
    return place


def find_place(path: str | Path, *, create: bool) -> Place:
    """The engine and archive for `path`, with nothing read yet. Raises LedgerError where there can be no ledger."""
    if is_address(str(path)):
        folder = os.environ.get("WARLEDGER_ARCHIVE")
        archive = Folder(Path(folder)) if folder else InDatabase()
        return Place(server_engine(str(path)), archive, told_as(str(path)))
    place = Path(path)
    if place.is_dir():
        raise LedgerError(f"{place} is a folder; name a file with --ledger FILE")
    if not place.exists() and not create:
        raise none_yet(str(place))
    if create:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise LedgerError(
                f"{place.parent}: {problem.strerror}; choose another with --ledger FILE"
            ) from None
    return Place(file_engine(place), Folder(place.with_name(place.name + ".archive")), str(place))


def none_yet(name: str) -> LedgerError:
    """What is told where there is no ledger."""
    return LedgerError(
        f"{name}: no ledger there yet; record reports first with: warledger add PATH"
    )


def _prepare(place: Place, create: bool) -> None:
    with place.engine.connect() as connection:
        if schema.check(connection, place.name):
            return
    if not create:
        raise none_yet(place.name)
    if place.engine.dialect.name == "sqlite":
        with place.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
    with writing(place.engine) as connection:
        # Another process may have made it while this one waited for the lock.
        if not schema.check(connection, place.name):
            schema.make(connection)
            search.make(connection)


def plan() -> tuple[set[Part], list[set[Part]]]:
    """What an SQLite file of a ledger is laid out from, and each set of tables that may stand beside the record."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        schema.make(connection)
        search.make(connection)
        record = schema.parts(connection)
        beside = []
        for metadata in (shelf.metadata, accounts.metadata, replies.metadata):
            before = schema.parts(connection)
            metadata.create_all(connection)
            beside.append(schema.parts(connection) - before)
    engine.dispose()
    return record, beside
