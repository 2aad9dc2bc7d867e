"""What tests share: a ledger's place in each of the databases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server | None]:
    """A PostgreSQL server for the session; None where it is not installed."""
    with (
        tempfile.TemporaryDirectory(prefix="wl-") as folder,
        server(Path(folder), fsync="off") as running,
    ):
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger can be made: in a file, and in a database of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "w.db")
    running: Server | None = request.getfixturevalue("postgres")
    if running is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return running.new()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a new ledger can be made in a file."""
    return tmp_path / "w.db"
