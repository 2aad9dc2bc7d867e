"""The archive: the original bytes of every report, kept under their SHA-256 beside the ledger.

Enters: bytes. Leaves: a file that is whole or not there. Does not belong here: what the bytes mean.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from warledger.errors import LedgerError


class Archive:
    """A folder of originals, `ab/cdef…`, named by their SHA-256."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the original with that hash is kept."""
        return self.folder / sha256[:2] / sha256[2:]

    def keep(self, data: bytes) -> str:
        """Keeps the bytes and returns their SHA-256; the same bytes are kept once.

        The file is written beside its place, flushed to the disk, and then named, so that it is never half there.
        Raises LedgerError where the folder cannot be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        place = self.path(sha256)
        if place.exists():
            return sha256
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
        return sha256

    def read(self, sha256: str) -> bytes:
        """The original with that hash. Raises LedgerError where it is missing or no longer has that hash."""
        try:
            data = self.path(sha256).read_bytes()
        except OSError as problem:
            raise LedgerError(
                f"{self.path(sha256)}: {problem.strerror}; the original is gone"
            ) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise LedgerError(f"{self.path(sha256)}: the bytes are not those that were recorded")
        return data
