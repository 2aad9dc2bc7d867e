"""Exports of ACLED and UCDP GED, with the columns of their codebooks: checked whole, previewed, recorded as versions."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from warledger import tabling
from warledger.cli import run
from warledger.ledger import Ledger
from warledger.model import Claim
from warledger.tables import Imported, read_table

ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
EVENT = {
    "event_id_cnty": "UKR100001", "event_date": "06 December 2025", "year": "2025", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike", "actor1": "Military Forces of Russia (2000-)", "inter1": "External/Other forces",
    "actor2": "Civilians (Ukraine)", "inter2": "Civilians", "civilian_targeting": "Civilian targeting", "iso": "804",
    "region": "Europe", "country": "Ukraine", "admin1": "Sumy", "admin2": "Sumskyi", "location": "Sumy",
    "latitude": "50.9077", "longitude": "34.7981", "geo_precision": "1", "source": "Example News", "source_scale": "National",
    "notes": "On 6 December 2025, a drone hit a house. Three people died.", "fatalities": "3", "timestamp": "1765276800",
}  # fmt: skip
UCDP = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
GED = {
    "id": "500001", "relid": "UKR-2025-1-1-1", "year": "2025", "type_of_violence": "1", "side_a": "Government of Russia",
    "side_b": "Government of Ukraine", "number_of_sources": "2", "source_article": "Example News, 2025-12-07",
    "source_original": "regional administration", "where_prec": "1", "where_coordinates": "Sumy town", "adm_1": "Sumy oblast",
    "latitude": "50.9077", "longitude": "34.7981", "country": "Ukraine", "date_prec": "2",
    "date_start": "2025-12-05 00:00:00.000", "date_end": "2025-12-06 00:00:00.000", "deaths_a": "0", "deaths_b": "4",
    "deaths_civilians": "3", "deaths_unknown": "0", "best": "7", "high": "9", "low": "6",
}  # fmt: skip


def table(folder: Path, columns: list[str], *rows: dict[str, str], name: str = "t.csv") -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    (folder / name).write_text(stream.getvalue(), encoding="utf-8")
    return str(folder / name)


def read(folder: Path, columns: list[str], *rows: dict[str, str]) -> Imported:
    return read_table(table(folder, columns, *rows))


def told(claim: Claim) -> tuple[Any, ...]:
    quantity = claim.quantity
    assert quantity
    return (
        claim.kind,
        claim.item.class_,
        claim.item.text,
        quantity.low,
        quantity.high,
        quantity.bound,
    )


def test_an_acled_event_is_a_report_with_its_dead(tmp_path: Path) -> None:
    found = read(tmp_path, ACLED, EVENT)
    (row,) = found.rows
    assert found.mapping.name == "acled"
    assert row.report.id == "table/acled/UKR100001"
    assert row.updated == "2025-12-09T10:40:00+00:00"
    (claim,) = row.claims
    assert told(claim) == ("killed", "person", None, 3, 3, "exact")
    assert claim.time
    assert (claim.time.start, claim.time.end, claim.time.precision) == (
        "2025-12-06",
        "2025-12-06",
        "day",
    )
    assert [(p.name, p.lat, p.lon) for p in claim.places] == [("Sumy", 50.9077, 34.7981)]
    assert [e.quote for e in claim.evidence] == ["fatalities: 3", "source: Example News"]
    assert claim.speaker.name is None
    assert claim.speaker.via == "ACLED (table)"


def test_no_dead_in_acled_are_none_known_and_the_row_is_kept(tmp_path: Path) -> None:
    (row,) = read(tmp_path, ACLED, EVENT | {"fatalities": "0"}).rows
    assert row.claims == ()
    assert "sub_event_type: Air/drone strike" in row.report.text


PRECISIONS = {
    "day": ("1", "06 December 2025", ("2025-12-06", "2025-12-06", "day")),
    "written-by-the-api": ("1", "2025-12-06", ("2025-12-06", "2025-12-06", "day")),
    "week": ("2", "06 December 2025", ("2025-12-03", "2025-12-09", "range")),
    "month": ("3", "15 February 2024", ("2024-02-01", "2024-02-29", "month")),
}


@pytest.mark.parametrize(("code", "date", "time"), PRECISIONS.values(), ids=PRECISIONS.keys())
def test_a_date_is_as_wide_as_its_precision(
    tmp_path: Path, code: str, date: str, time: tuple[str, str, str]
) -> None:
    event = EVENT | {"time_precision": code, "event_date": date}
    ((claim,),) = (row.claims for row in read(tmp_path, ACLED, event).rows)
    assert claim.time
    assert (claim.time.start, claim.time.end, claim.time.precision) == time


@pytest.mark.parametrize("code", ["2", "3"])
def test_the_middle_of_a_district_is_not_where_it_happened(tmp_path: Path, code: str) -> None:
    ((claim,),) = (r.claims for r in read(tmp_path, ACLED, EVENT | {"geo_precision": code}).rows)
    assert [(p.name, p.lat) for p in claim.places] == [("Sumy", None)]


def test_a_ged_event_gives_the_dead_by_side_with_bounds(tmp_path: Path) -> None:
    found = read(tmp_path, UCDP, GED)
    (row,) = found.rows
    assert found.mapping.name == "ucdp-ged"
    assert [told(c) for c in row.claims] == [
        ("killed", "person", None, 6, 9, "range"),
        ("killed", "soldier", "Government of Ukraine", 4, 4, "exact"),
        ("killed", "civilian", None, 3, 3, "exact"),
    ]
    assert row.claims[0].detail["best"] == 7
    time = row.claims[0].time
    assert time
    assert (time.start, time.end, time.precision) == ("2025-12-05", "2025-12-06", "range")
    assert [e.quote for e in row.claims[0].evidence][:3] == ["best: 7", "low: 6", "high: 9"]


def test_a_ged_table_in_excel_is_the_same(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(UCDP)
    sheet.append([GED.get(column) for column in UCDP])
    book.save(tmp_path / "t.xlsx")
    assert (
        read_table(str(tmp_path / "t.xlsx")).rows[0].claims
        == read(tmp_path, UCDP, GED).rows[0].claims
    )


BAD = {
    "best-outside-its-bounds": (UCDP, GED | {"best": "12"}, "does not lie between"),
    "no-bounds": (UCDP, GED | {"high": ""}, "high is no number"),
    "ends-before-it-starts": (UCDP, GED | {"date_end": "2025-12-01"}, "before it starts"),
    "off-the-globe": (UCDP, GED | {"latitude": "509.077"}, "latitude cannot be"),
    "date": (ACLED, EVENT | {"event_date": "31 November 2025"}, "is no time"),
    "precision": (ACLED, EVENT | {"time_precision": "9"}, "time_precision cannot be"),
    "id": (ACLED, EVENT | {"event_id_cnty": ""}, "event_id_cnty is no id"),
    "fatalities": (ACLED, EVENT | {"fatalities": "several"}, "fatalities is no number"),
    "changed": (ACLED, EVENT | {"timestamp": "now"}, "timestamp is no moment"),
}


@pytest.mark.parametrize(("columns", "row", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_named_and_nothing_is_recorded(
    tmp_path: Path, columns: list[str], row: dict[str, str], reason: str, capsys: Any
) -> None:
    good = EVENT if columns is ACLED else GED
    path = table(tmp_path, columns, good | {columns[0]: "1"}, row)
    assert run(["import-table", path, "--ledger", str(tmp_path / "w.db")]) == 1
    said = capsys.readouterr().err
    assert f"line 3: {reason}" in said or reason in said
    assert "nothing was recorded" in said
    assert not (tmp_path / "w.db").exists()


def test_a_preview_shows_ten_rows_and_records_nothing(tmp_path: Path, capsys: Any) -> None:
    rows = [EVENT | {"event_id_cnty": f"UKR{n}"} for n in range(25)]
    path = table(tmp_path, ACLED, *rows)
    assert run(["import-table", path, "--preview", "--ledger", str(tmp_path / "w.db")]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line.startswith("line ")] == [
        f"line {n + 2} · table/acled/UKR{n}" for n in range(10)
    ]
    assert json.loads(shown[1])["kind"] == "killed"
    assert not (tmp_path / "w.db").exists()


def test_an_event_that_acled_changes_later_is_a_version(tmp_path: Path, file: Path) -> None:
    later = EVENT | {"fatalities": "4", "timestamp": "1765363200"}
    with Ledger.open(file) as ledger:
        done: Counter[str] = Counter()
        for event in (EVENT, later, EVENT):
            for counts in tabling.import_table(read(tmp_path, ACLED, event), ledger):
                done += counts
        assert done == {"added": 1, "new_version": 1, "unchanged": 1}
        (claim,) = ledger.claims()
        assert claim.claim.quantity
        assert claim.claim.quantity.low == 4
        assert ledger.verify().holds
