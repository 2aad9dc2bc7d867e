"""The archive: the original bytes of every report, kept under their SHA-256.

Enters: bytes. Leaves: the bytes, whole or not there. Does not belong here: what the bytes mean.

A ledger in a file has a folder beside it. A ledger on a server keeps them in the database, so that one backup holds
all, or in the folder that `$WARLEDGER_ARCHIVE` names.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, insert, select

from warledger.errors import LedgerError
from warledger.ledger import schema


class Archive(Protocol):
    """Where originals are kept."""

    def keep(self, connection: Connection, data: bytes, sha256: str) -> None:
        """Keeps the bytes under their hash, before the transaction of `connection` ends; the same bytes once."""

    def read(self, connection: Connection, sha256: str) -> bytes:
        """The original with that hash. Raises LedgerError where it is missing or no longer has that hash."""


class Folder:
    """A folder of originals, `ab/cdef…`, named by their SHA-256."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the original with that hash is kept."""
        return self.folder / sha256[:2] / sha256[2:]

    def keep(self, connection: Connection, data: bytes, sha256: str) -> None:
        """Keeps the bytes; the same bytes are kept once.

        The file is written beside its place, flushed to the disk, and then named, so that it is never half there.
        Raises LedgerError where the folder cannot be written.
        """
        place = self.path(sha256)
        if place.exists():
            return
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(name, place)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as problem:
            reason = problem.strerror or problem
            raise LedgerError(
                f"{self.folder}: {reason}; nothing of this report was recorded"
            ) from None

    def read(self, connection: Connection, sha256: str) -> bytes:
        """The original with that hash. Raises LedgerError where it is missing or no longer has that hash."""
        try:
            data = self.path(sha256).read_bytes()
        except OSError as problem:
            raise LedgerError(
                f"{self.path(sha256)}: {problem.strerror}; the original is gone"
            ) from None
        return _proved(data, sha256, str(self.path(sha256)))


class InDatabase:
    """Originals as rows of the database."""

    def keep(self, connection: Connection, data: bytes, sha256: str) -> None:
        """Keeps the bytes in the same transaction as the report."""
        table = schema.original_bytes
        if (
            connection.execute(select(table.c.sha256).where(table.c.sha256 == sha256)).first()
            is None
        ):
            connection.execute(insert(table).values(sha256=sha256, bytes=data))

    def read(self, connection: Connection, sha256: str) -> bytes:
        """The original with that hash. Raises LedgerError where it is missing or no longer has that hash."""
        table = schema.original_bytes
        data = connection.execute(select(table.c.bytes).where(table.c.sha256 == sha256)).scalar()
        if data is None:
            raise LedgerError(f"original {sha256[:12]}…: it is gone from the database")
        return _proved(bytes(data), sha256, f"original {sha256[:12]}…")


def _proved(data: bytes, sha256: str, name: str) -> bytes:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise LedgerError(f"{name}: the bytes are not those that were recorded")
    return data
