"""The page of nuclear safety: outages as spans of each voice, with what was told and what was not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web_site import NOW, client, fill

from warledger.ledger import Ledger
from warledger.model import (
    Claim,
    Evidence,
    Period,
    Report,
    Speaker,
    StoredClaim,
    StoredReport,
)
from warledger.web.pages.outages import differing, spans

PLANT = "The Zaporizhzhia Nuclear Power Plant"
GROSSI = "IAEA Director General Rafael Grossi said"
REPORTS = [
    ("one", "2025-09-23", f"{PLANT} lost all off-site power on 23 September 2025, the tenth time during the war, {GROSSI}."),
    ("again", "2025-09-24", f"{PLANT} lost all off-site power on 23 September 2025, {GROSSI}."),
    ("back", "2025-10-23", f"Off-site power was restored to the Zaporizhzhia Nuclear Power Plant on 23 October 2025, {GROSSI}."),
    ("two", "2025-12-06", f"{PLANT} lost all off-site power for 5 hours on 6 December 2025, the eleventh time during the war, {GROSSI}."),
]  # fmt: skip


def site(folder: Path, *names: str) -> TestClient:
    path = folder / "reports.jsonl"
    kept = [report for report in REPORTS if report[0] in names]
    path.write_text(
        "\n".join(json.dumps({"id": i, "published": day, "text": text}) for i, day, text in kept)
    )
    ledger = Ledger.open(folder / "w.db", clock=lambda: NOW)
    fill(ledger, str(path))
    return client(ledger)


def power(told: TestClient) -> list[dict[str, Any]]:
    return [
        one for one in told.get("/nuclear.json").json()["spans"] if one["kind"] == "nuclear_power"
    ]


def test_an_outage_ends_where_its_voice_told_the_end(tmp_path: Path) -> None:
    (span,) = power(site(tmp_path, "one", "back"))
    assert (span["start"], span["end"], span["days"], span["open"]) == (
        "2025-09-23",
        "2025-10-23",
        [30, 30],
        False,
    )
    assert span["ordinals"] == [10]
    assert len(span["closed_by"]) == 1


def test_an_outage_without_a_told_end_is_open(tmp_path: Path) -> None:
    told = site(tmp_path, "one")
    (span,) = power(told)
    assert (span["end"], span["days"], span["open"]) == (None, None, True)
    assert "no end told" in told.get("/nuclear").text


def test_two_reports_of_one_outage_are_one_span(tmp_path: Path) -> None:
    (span,) = power(site(tmp_path, "one", "again"))
    assert len(span["claims"]) == 2


def test_counts_and_durations_stand_as_told_beside_what_is_recorded(tmp_path: Path) -> None:
    told = site(tmp_path, "one", "back", "two")
    first, second = power(told)
    assert second["hours"] == [5]
    assert second["open"], "hours that were told are no told end"
    page = told.get("/nuclear").text
    assert "recorded here: 2 times; the last count told: 11" in page
    assert first["end"] == "2025-10-23"


def test_every_claim_is_in_one_row_of_the_csv(tmp_path: Path) -> None:
    told = site(tmp_path, "one", "again", "back", "two")
    rows = list(csv.DictReader(io.StringIO(told.get("/nuclear.csv").text)))
    ids = [name for row in rows for name in (row["claims"] + " " + row["closed_by"]).split()]
    known = [one["id"] for one in told.get("/nuclear.json").json()["claims"]]
    assert sorted(ids) == sorted(known)


def claim(who: str, state: str, day: str, until: str = "", **slots: Any) -> StoredClaim:
    made = Claim(
        report=who,
        kind="nuclear_power",
        time=Period(day, until or day, "range" if until else "day", "then"),
        speaker=Speaker(who),
        evidence=(Evidence(0, 4, "that"),),
        detail={"plant": "ZNPP", "state": state},
        rule="test",
        **slots,
    )
    report = Report(id=who, text="that", published=day)
    return StoredClaim(made.id, made, StoredReport(report, f"v{who}", "0" * 64, "now"))


@pytest.mark.parametrize(
    ("told", "apart"),
    [
        ([("IAEA", "lost"), ("Energoatom", "reduced")], 1),
        ([("IAEA", "lost"), ("Energoatom", "lost")], 0),
        ([("IAEA", "lost"), ("IAEA", "reduced")], 0),
        ([("IAEA", "lost"), ("IAEA", "restored"), ("Energoatom", "restored")], 0),
    ],
    ids=["two states", "one state", "one voice", "one tells the end alone"],
)
def test_voices_differ_where_one_tells_a_state_that_the_other_does_not(
    told: list[tuple[str, str]], apart: int
) -> None:
    made = spans(claim(who, state, "2025-12-06") for who, state in told)
    assert len(differing(made)) == apart


def test_a_denial_stands_beside_what_it_denies() -> None:
    denial = claim("Rosatom", "lost", "2025-12-06", modality="denied")
    made = spans([claim("IAEA", "lost", "2025-12-06"), denial])
    (one,) = differing(made)
    assert {one.first.modality, one.second.modality} == {"asserted", "denied"}
    assert not next(span for span in made if span.who == "Rosatom").open


def test_other_days_are_no_difference() -> None:
    made = spans(
        [claim("IAEA", "lost", "2025-12-06"), claim("Energoatom", "reduced", "2025-12-08")]
    )
    assert differing(made) == []


def test_nobody_ends_another_voice_s_outage() -> None:
    made = spans(
        [claim("IAEA", "lost", "2025-12-06"), claim("Energoatom", "restored", "2025-12-07")]
    )
    assert [span.open for span in made] == [True, False]
    assert made[0].end is None


@pytest.mark.parametrize("chart", ["power", "told"])
def test_spans_are_drawn(tmp_path: Path, chart: str) -> None:
    drawn = site(tmp_path, "one", "back", "two").get(f"/nuclear.{chart}.svg")
    assert drawn.status_code == 200
    assert "Rafael Grossi" in drawn.text or chart == "told"


def test_a_night_s_outage_lasted_none_or_one_of_the_days_told() -> None:
    ended = claim("IAEA", "restored", "2025-12-06")
    (made,) = spans([claim("IAEA", "lost", "2025-12-05", "2025-12-06"), ended])
    assert made.days == (0, 1)


def test_every_claim_is_a_point_also_where_it_ends_a_span(tmp_path: Path) -> None:
    told = site(tmp_path, "one", "back")
    points = told.get("/nuclear.told.vl.json").json()["data"]["values"]
    ids = {one["id"] for one in told.get("/nuclear.json").json()["claims"]}
    assert {point["url"].removeprefix("/claim/") for point in points} == ids
