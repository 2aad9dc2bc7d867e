"""A site for the tests of the web app: the sample reports in a ledger, and a client that keeps cookies."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

from warledger import pipeline
from warledger.ledger import Ledger
from warledger.reading import Failure
from warledger.web import Settings, create_app

SAMPLES = Path(__file__).parents[1] / "examples" / "december-2025.jsonl"
NOW = datetime(2025, 12, 8, 12, tzinfo=UTC)


def fill(ledger: Ledger, *paths: str) -> None:
    """Reads the paths into the ledger."""
    for reading in pipeline.read(paths):
        assert not isinstance(reading, Failure), reading
        pipeline.record(reading, ledger)


def samples(folder: Path) -> Ledger:
    """A ledger with the sample reports."""
    ledger = Ledger.open(folder / "w.db", clock=lambda: NOW)
    fill(ledger, str(SAMPLES))
    return ledger


def client(ledger: Ledger, settings: Settings | None = None, **options: object) -> TestClient:
    """A browser without script, on the same machine."""
    app = create_app(settings or Settings(clock=lambda: NOW), ledger)
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)


def field(page: str, name: str) -> str:
    """The value of a hidden field of a form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return found.group(1)
