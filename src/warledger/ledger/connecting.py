"""The way to a database: a file of SQLite, or PostgreSQL by its address; errors told in one line.

Enters: a path or an address. Leaves: an engine. Does not belong here: what the database holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from warledger.errors import LedgerError

BUSY_SECONDS = 60
CACHE_KIB = 64 * 1024
"""How much of a file each connection keeps in memory, at most."""
LOCK = 0x57524C44
"""The number of the lock that PostgreSQL's writers take in turn."""


def is_address(place: str) -> bool:
    """Whether a place is a database's address and not a file's path."""
    return re.match(r"[a-z][a-z0-9+]*://", place, re.IGNORECASE) is not None


def told_as(place: str) -> str:
    """The place as it may be shown: an address without its password."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:…@", place) if is_address(place) else place


def file_engine(path: Path) -> Engine:
    """An engine for a ledger in a file."""
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS}, pool_use_lifo=True
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def server_engine(address: str) -> Engine:
    """An engine for a ledger on a PostgreSQL server. Raises LedgerError for another kind of address."""
    try:
        url = make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", address))
        if url.get_backend_name() != "postgresql":
            raise ArgumentError
        return create_engine(url, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise LedgerError(
            f"{told_as(address)}: a ledger is a file or postgresql+psycopg://user@host/database"
        ) from None


def _set_up(connection: Any, record: object) -> None:
    # The driver's own transactions are off, so that BEGIN IMMEDIATE below is the only one.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: taking it late, after a read, could not wait for another writer.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the ledger's one lock, so that entries follow each other without a gap."""
    with engine.execution_options(immediate=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turns the database's errors into one line that says what to do."""
    try:
        yield
    except DBAPIError as problem:
        raise LedgerError(_reason(name, str(problem.orig))) from None
    except UnicodeDecodeError:  # what SQLite says of a spoilt page may quote its bytes
        raise LedgerError(_reason(name, "malformed")) from None


_REASONS = (
    ("not a database", "is no ledger; name another file with --ledger FILE"),
    ("malformed", "is damaged; restore it from a copy"),
    ("readonly", "cannot be written; check its permissions or choose another with --ledger FILE"),
    ("unable to open", "cannot be opened or made there; choose another place with --ledger FILE"),
    ("is full", "has no room left on its disk; nothing of this report was recorded"),
    (
        "database is locked",
        f"is being written by another process for over {BUSY_SECONDS} s; try again",
    ),
    ("disk I/O", "cannot be written to its disk; nothing of this report was recorded"),
    ("no such table", "is no ledger; name another file with --ledger FILE"),
    ("Connection refused", "takes no connection; is the server running there?"),
    ("authentication failed", "refuses this user or password"),
    ("does not exist", "is not there on that server; make the database or mend the address"),
    ("read-only", "cannot be written; name a server that takes entries"),
    (
        "permission denied",
        "may not be used by this user; ask for the right to make and fill tables",
    ),
    ("No space left", "has no room left on its disk; nothing of this report was recorded"),
)


def _reason(name: str, problem: str) -> str:
    for sign, reason in _REASONS:
        if sign in problem:
            return f"{name} {reason}"
    return f"{name}: {' '.join(problem.split())[:200]}"
