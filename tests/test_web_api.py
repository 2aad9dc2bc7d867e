"""The API against its own description, and under inputs made to break it."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient
from tests.web_site import client, samples

from warledger.ledger import Ledger

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with samples(tmp_path_factory.mktemp("api")) as made:
        yield made


@pytest.fixture(scope="module")
def site(ledger: Ledger) -> TestClient:
    return client(ledger)


@pytest.fixture(scope="module")
def described(site: TestClient) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_dict(site.get("/api/openapi.json").json())


def test_nothing_breaks_and_errors_have_one_shape(
    site: TestClient, described: schemathesis.BaseSchema
) -> None:
    tried = set()
    operations: Any = described.get_all_operations()
    for found in operations:
        operation = found.ok()

        @settings(
            max_examples=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def holds(case: Any) -> None:
            made = case.as_transport_kwargs(base_url="http://127.0.0.1:8000")
            answer = site.request(case.method, made["url"], params=made.get("params"))
            assert answer.status_code < 500, answer.text
            if answer.status_code >= 400:
                assert set(answer.json()["error"]) == {"status", "reason"}

        holds()
        tried.add(operation.label)
    assert len(tried) == len(described.raw_schema["paths"])


def test_pages_lead_to_one_another(site: TestClient) -> None:
    seen: list[str] = []
    address: str | None = "/api/claims?limit=20"
    while address:
        found = site.get(address).json()
        seen += [one["id"] for one in found["claims"]]
        address = found["next"]
    assert len(seen) == len(set(seen)) == found["total"]


def test_what_has_not_changed_is_not_sent_again(site: TestClient) -> None:
    tag = site.get("/api/claims").headers["etag"]
    assert site.get("/api/claims", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("form", ["csv", "hxl", "geojson", "jsonld", "acled", "parquet", "atom"])
def test_exports_come_over_the_wire(site: TestClient, form: str) -> None:
    answer = site.get(f"/api/exports/{form}?kind=launched")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/claims?limit=0", 422),
        ("/api/claims?kind=nonsense", 422),
        ("/api/claims?start=2025-99-99", 400),
        ("/api/claims?place=%00", 400),
        ("/api/claims/000000000000", 404),
        ("/api/claims/..%2F..%2Fetc", 404),
        ("/api/reports/none", 404),
        ("/api/nothing", 404),
    ],
)
def test_errors(site: TestClient, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]["status"] == status


def test_the_reference_is_what_the_server_describes(site: TestClient) -> None:
    made = runpy.run_path(str(ROOT / "script" / "api-reference"))["reference"]
    assert made(site.get("/api/openapi.json").json()) == (ROOT / "docs" / "api.md").read_text(
        "utf-8"
    )
