"""The timeline and the map beyond the nights: exchanges, harm and areas as each source told them, within a span."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web_site import NOW, client, fill

from warledger.ledger import Ledger

TOLD = {
    "swap": ("2025-10-02", "Russia and Ukraine exchanged 185 prisoners of war on 2 October 2025, the Coordination Headquarters said."),
    "back": ("2025-10-02", "190 soldiers returned from captivity in a prisoner exchange on 2 October 2025, Volodymyr Zelenskyy said."),
    "area": ("2025-12-01", "Russian forces captured 505 square kilometres in November 2025, DeepState said."),
    "other": ("2025-12-01", "Russian forces captured 701 square kilometres in November 2025, the Institute for the Study of War said."),
    "harm": ("2025-12-05", "Three people were killed in Odesa oblast on 5 December 2025, Oleh Kiper said."),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("timeline")
    lines = [{"id": i, "published": day, "text": text} for i, (day, text) in TOLD.items()]
    path = folder / "reports.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    with Ledger.open(folder / "w.db", clock=lambda: NOW) as ledger:
        fill(ledger, str(path))
        yield client(ledger)


@pytest.mark.parametrize(
    ("section", "figures"),
    [("exchanges", {"185", "190"}), ("area", {"505", "701"}), ("harm", {"3"})],
)
def test_each_source_s_figure_stands_by_itself_and_leads_to_its_words(
    site: TestClient, section: str, figures: set[str]
) -> None:
    page = site.get("/timeline").text
    table = page.partition(f'<section id="{section}"')[2].partition("</section>")[0]
    told = re.findall(r'<a href="(/claim/[0-9a-f]+)">([0-9]+)</a>', table)
    assert {figure for _, figure in told} == figures
    assert all(site.get(claim).status_code == 200 for claim, _ in told)
    assert site.get(f"/timeline.{section}.svg").status_code == 200


def test_a_span_holds_what_falls_in_it_alone(site: TestClient) -> None:
    told = site.get("/timeline.json?start=2025-10-01&end=2025-10-31").json()
    assert {figure["kind"] for figure in told["figures"]} == {"prisoners"}
    assert site.get("/timeline.area.svg?start=2025-10-01&end=2025-10-31").status_code == 404


def test_an_oblast_is_drawn_as_an_area_by_kind_and_span(site: TestClient) -> None:
    def areas(query: str) -> set[str]:
        spec = site.get(f"/map.places.vl.json{query}").json()
        data = next(
            layer["data"]["values"]
            for layer in spec["layer"]
            if layer["mark"]["type"] == "geoshape"
        )
        return {one["properties"]["name"] for one in data if one["properties"]["count"]}

    assert areas("?kind=killed") == {"Odesa Oblast"}
    assert areas("?kind=killed&start=2025-10-01&end=2025-10-31") == set()
    assert areas("?kind=wounded") == set()
    assert "“Odesa oblast”" in site.get("/map?kind=killed").text.replace("<q>", "“").replace(
        "</q>", "”"
    )
