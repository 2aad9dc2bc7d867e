"""The page of a source: what it covered, what it revised, and who told otherwise, each leading to its words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web_site import NOW, client, fill, samples

from warledger.ledger import Ledger

AIR_FORCE = "/source?speaker=Ukrainian+Air+Force"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with samples(tmp_path_factory.mktemp("sources")) as made:
        yield client(made)


def told(site: TestClient, address: str) -> dict[str, Any]:
    found: dict[str, Any] = site.get(address.replace("?", ".json?")).json()
    return found


def reports(folder: Path, *texts: tuple[str, str]) -> TestClient:
    path = folder / "reports.jsonl"
    lines = [
        {"id": f"r{n}", "published": f"2025-12-0{n}", "publisher": publisher, "text": text}
        for n, (publisher, text) in enumerate(texts, 5)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    ledger = Ledger.open(folder / "w.db", clock=lambda: NOW)
    fill(ledger, str(path))
    return client(ledger)


def test_coverage_counts_every_claim_of_the_source_by_day(site: TestClient) -> None:
    made = told(site, AIR_FORCE)
    assert sum(day["claims"] for day in made["coverage"]) == made["total"]
    assert site.get("/source.coverage.svg?speaker=Ukrainian+Air+Force").status_code == 200


def test_a_revision_stands_with_both_times_and_both_passages(tmp_path: Path) -> None:
    site = reports(
        tmp_path,
        ("Wire", "Three people were wounded in Fastiv on 5 December 2025, Mykola Kalashnyk said."),
        ("Wire", "Five people were wounded in Fastiv on 5 December 2025, Mykola Kalashnyk said."),
    )
    address = "/source?speaker=Mykola+Kalashnyk"
    (one,) = told(site, address)["revised"]
    assert (one["before"]["quantity"]["low"], one["after"]["quantity"]["low"]) == (3, 5)
    section = site.get(address).text.partition('id="revised"')[2].partition("</section>")[0]
    assert ">5 December 2025<" in section
    assert ">6 December 2025<" in section
    for claim in (*one["before"]["claims"], *one["after"]["claims"]):
        assert f'href="/claim/{claim}"' in section
        assert site.get(f"/claim/{claim}").status_code == 200


def test_another_voice_s_figure_is_shown_with_who_tells_it(tmp_path: Path) -> None:
    site = reports(
        tmp_path,
        ("Wire", "Three people were killed in Fastiv on 5 December 2025, Mykola Kalashnyk said."),
        ("Post", "Nine people were killed in Fastiv on 5 December 2025, Ihor Klymenko said."),
    )
    for address, other in (
        ("/source?speaker=Mykola+Kalashnyk", "Ihor Klymenko"),
        ("/source?speaker=Ihor+Klymenko", "Mykola Kalashnyk"),
        ("/source?publisher=Wire", "Ihor Klymenko"),
    ):
        (one,) = told(site, address)["contradicted"]
        assert one["by"]["name"] == other, address
        page = site.get(address).text
        assert f'href="/claim/{one["other"]["claims"][0]}"' in page
        assert re.search(r'href="/incident/[^"]+"', page)


def test_figures_that_can_both_hold_are_no_contradiction(tmp_path: Path) -> None:
    site = reports(
        tmp_path,
        ("Wire", "At least three people were killed in Fastiv on 5 December 2025, Mykola Kalashnyk said."),
        ("Post", "Nine people were killed in Fastiv on 5 December 2025, Ihor Klymenko said."),
    )  # fmt: skip
    assert told(site, "/source?speaker=Ihor+Klymenko")["contradicted"] == []


def test_days_can_be_chosen(site: TestClient) -> None:
    made = told(site, f"{AIR_FORCE}&start=2025-12-06&end=2025-12-06")
    assert made["compared"] == {"start": "2025-12-06", "end": "2025-12-06"}
    assert site.get(f"{AIR_FORCE}&start=2025-12-06&end=2025-12-01").status_code == 400
    assert site.get(f"{AIR_FORCE}&start=2001-01-01&end=2001-01-01").status_code == 200


def test_its_own_figures_of_one_moment_are_told_too(tmp_path: Path) -> None:
    said = "people were wounded in Fastiv on 5 December 2025, Mykola Kalashnyk said."
    site = reports(tmp_path, ("Wire", f"Three {said} Five {said}"))
    made = told(site, "/source?speaker=Mykola+Kalashnyk")
    (one,) = made["contradicted"]
    assert {one[name]["quantity"]["low"] for name in ("own", "other")} == {3, 5}
    assert made["revised"] == [], "of one moment nothing comes after the other"
