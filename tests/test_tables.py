"""Tables in and out: rows checked whole, recorded once, told beside reports and held against them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from openpyxl import Workbook
from pyarrow import parquet

from warledger import tabling
from warledger.errors import TableError, UsageError
from warledger.ledger import Ledger
from warledger.model import Claim
from warledger.tables import known, read_table

HEADER = (
    "time_start,time_end,model,launch_place,target,launched,destroyed,not_reach_goal,border_crossing,"
    "is_shahed,num_hit_location,num_fall_fragment_location,source\n"
)
MIXED = "2025-12-05 18:00,2025-12-06 08:00,Shahed-136/131,Kursk oblast and Oryol,Ukraine,653.0,585.0,20.0,\"{'belarus': 2.0, 'north': NaN}\",300.0,29.0,3.0,kpszsu/posts/1\n"
LOCAL = "2025-12-06,2025-12-06,X-59/X-69,,Odesa oblast,2,1,,{},,,,PvKPivden/posts/2\n"
SHARED = Path(__file__).parents[2] / "shared"
TABLE = SHARED / "data" / "missile_attacks_daily.csv"


def table(folder: Path, *rows: str, name: str = "t.csv") -> str:
    path = folder / name
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return str(path)


def claims(path: str) -> list[Claim]:
    return [c for row in read_table(path).rows for c in row.claims]


def one(found: list[Claim], kind: str, model: str | None = None) -> Claim:
    (claim,) = [c for c in found if c.kind == kind and c.item.model == model and not c.places]
    return claim


def test_a_rows_cells_become_claims_and_the_row_is_their_evidence(tmp_path: Path) -> None:
    (row,) = read_table(table(tmp_path, MIXED)).rows
    found = list(row.claims)
    assert [
        (c.kind, c.item.class_, c.item.model, c.quantity and c.quantity.low) for c in found
    ] == [
        ("launched", "drone", None, 653),
        ("intercepted", "drone", None, 585),
        ("lost", "drone", None, 20),
        ("lost", "drone", None, 2),
        ("launched", "drone", "Shahed", 300),
        ("locations_struck", "any", None, 29),
        ("locations_debris", "any", None, 3),
    ]
    for claim in found:
        assert all(row.report.text[e.start : e.end] == e.quote for e in claim.evidence)
        assert claim.evidence[-1].quote == "source: kpszsu/posts/1"
        assert (claim.speaker.name, claim.speaker.side) == ("Ukrainian Air Force", "UA")
        assert claim.actor is not None
        assert claim.actor.side == "RU"
    assert found[0].evidence[0].quote == "launched: 653.0"
    assert found[0].detail == {
        "row": row.report.id.rsplit("/", 1)[-1],
        "source": "kpszsu/posts/1",
        "from": ["Kursk oblast", "Oryol"],
    }
    assert [p.name for p in found[3].places] == ["Belarus"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-12-05 18:00", "2025-12-06 08:00", ("2025-12-05", "2025-12-06", "night")),
        ("2025-12-05", "2025-12-06 8:30", ("2025-12-05", "2025-12-06", "night")),
        ("2025-12-06 9:05", "2025-12-06 14:00", ("2025-12-06", "2025-12-06", "day")),
        ("2025-12-06 ", " 2025-12-06", ("2025-12-06", "2025-12-06", "day")),
        ("2025-12-05 07:00", "2025-12-06 08:00", ("2025-12-05", "2025-12-06", "range")),
        ("2025-12-05", "2025-12-06", ("2025-12-05", "2025-12-06", "range")),
    ],
)
def test_times_in_every_form_become_night_day_or_range(
    tmp_path: Path, start: str, end: str, expected: tuple[str, str, str]
) -> None:
    time = claims(table(tmp_path, f"{start},{end},Kalibr,,,3,2,,,,,,kpszsu/1\n"))[0].time
    assert time is not None
    assert (time.start, time.end, time.precision) == expected


@pytest.mark.parametrize(
    ("model", "class_", "name"),
    [
        ("X-101/X-555 and Kalibr", "missile", "Kh-101/Kh-555/Kalibr"),
        ("Shahed-136/131 and Lancet", "drone", "Shahed/Lancet"),
        ("Unknown UAV", "drone", None),
        ("GBU", "bomb", "KAB"),
        ("Shahed-136/131 and Kalibr", "any", "Shahed/Kalibr"),
    ],
)
def test_weapons_have_their_usual_names(
    tmp_path: Path, model: str, class_: str, name: str | None
) -> None:
    item = claims(table(tmp_path, f"2025-12-06,2025-12-06,{model},,,3,2,,,,,,kpszsu/1\n"))[0].item
    assert (item.class_, item.model, item.text) == (class_, name, model)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("2025-12-06,2025-12-06,Kalibr,,,three,2,,,,,,k/1\n", "launched is no number"),
        ("2025-12-06,2025-12-06,Kalibr,,,-3,2,,,,,,k/1\n", "launched cannot be"),
        ("2025-12-06,2025-12-06,Kalibr,,,inf,2,,,,,,k/1\n", "launched cannot be"),
        ("2025-12-06,2025-12-05,Kalibr,,,3,2,,,,,,k/1\n", "before it starts"),
        ("6 Dec,2025-12-06,Kalibr,,,3,2,,,,,,k/1\n", "is no time"),
        ("2025-12-06 25:00,2025-12-06,Kalibr,,,3,2,,,,,,k/1\n", "is no time"),
        ("2025-12-06,2025-12-06,Trebuchet,,,3,2,,,,,,k/1\n", "does not name"),
        ("2025-12-06,2025-12-06,,,,3,2,,,,,,k/1\n", "model is empty"),
        ("2025-12-06,2025-12-06,Kalibr,,,,,,,,,,k/1\n", "no figure"),
        ("2025-12-06,2025-12-06,Kalibr,,,3,2,,[1],,,,k/1\n", "no list of places"),
        ("2025-12-06,2025-12-06\n", "2 cells in a table of 13"),
        ('2025-12-06,"2025-12-06,Kalibr,,\n', "no row"),
    ],
    ids=lambda x: x[:24],
)
def test_a_bad_row_is_named_with_its_line_and_nothing_of_the_table_is_recorded(
    tmp_path: Path, row: str, word: str
) -> None:
    path = table(tmp_path, LOCAL, row)
    (bad,) = read_table(path).bad
    assert bad.line == 3
    assert word in bad.reason
    done = run("import-table", path, folder=tmp_path)
    assert done.returncode == 1
    assert "line 3: " in done.stderr
    assert "nothing was recorded" in done.stderr
    assert not (tmp_path / "w.db").exists()
    assert run("import-table", path, "--good-rows", folder=tmp_path).returncode == 1
    with Ledger.open(tmp_path / "w.db", create=False) as ledger:
        assert ledger.counts()["reports"] == 1


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("t.csv", b"", "empty"),
        ("t.csv", b"a,a\n1,2\n", "two columns"),
        ("t.csv", b"a,b\n1,2\n", "no mapping fits"),
        ("t.csv", "а,б\n".encode("cp1251"), "UTF-8"),
        ("t.ods", b"x", ".parquet"),
        ("t.xlsx", b"x", "Excel"),
        ("t.parquet", b"x", "Parquet"),
        ("t.csv", b"date,occupied_km2\n2024-07-08,109064.4\n", "no kind of claim"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes, word: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TableError, match=word):
        read_table(str(tmp_path / name))


def test_a_missing_file_and_a_wrong_mapping_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="No such file"):
        read_table(str(tmp_path / "none.csv"))
    for text in (
        "name = 3",
        "not toml [",
        'name="x"\npublisher="x"\nrequired=[]\nstart="a"\nend="b"\n[[figure]]\ncolumn="c"\nkind="nonsense"\n',
    ):
        (tmp_path / "m.toml").write_text(text, encoding="utf-8")
        with pytest.raises(TableError, match=r"m\.toml"):
            read_table(table(tmp_path, LOCAL), mapping=str(tmp_path / "m.toml"))


def test_a_mapping_of_ones_own_reads_another_table(tmp_path: Path) -> None:
    (tmp_path / "harm.tsv").write_text("day\twhere\tdead\n2025-12-06\tKyiv\t4\n", encoding="utf-8")
    (tmp_path / "m.toml").write_text(
        'name = "harm"\npublisher = "Somebody"\nrequired = ["day", "dead"]\nstart = "day"\nend = "day"\ntarget = "where"\n'
        '[[figure]]\ncolumn = "dead"\nkind = "killed"\nclass = "person"\n',
        encoding="utf-8",
    )
    (row,) = read_table(str(tmp_path / "harm.tsv"), mapping=str(tmp_path / "m.toml")).rows
    (claim,) = row.claims
    assert (
        claim.kind,
        claim.item.class_,
        claim.places[0].name,
        claim.quantity and claim.quantity.low,
    ) == ("killed", "person", "Kyiv", 4)
    assert claim.speaker.name is None


def test_the_same_rows_give_the_same_claims_from_every_format(tmp_path: Path) -> None:
    path = table(tmp_path, LOCAL)
    cells = read_table(path).rows[0].report.text
    names = HEADER.strip().split(",")
    values = LOCAL.strip().split(",")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(names)
    sheet.append(values)
    book.save(tmp_path / "t.xlsx")
    parquet.write_table(
        pa.table({n: [v] for n, v in zip(names, values, strict=True)}), tmp_path / "t.parquet"
    )
    (tmp_path / "t.tsv").write_text(
        "\t".join(names) + "\n" + "\t".join(values) + "\n", encoding="utf-8"
    )
    for name in ("t.xlsx", "t.parquet", "t.tsv"):
        (row,) = read_table(str(tmp_path / name)).rows
        assert row.report.text == cells
        assert row.claims == read_table(path).rows[0].claims


def test_importing_twice_changes_nothing_and_a_repeated_row_counts_once(tmp_path: Path) -> None:
    path = table(tmp_path, MIXED, LOCAL, LOCAL)
    read = read_table(path)
    assert read.repeated == 1
    with Ledger.open(tmp_path / "w.db") as ledger:
        first = list(tabling.import_table(read, ledger))
        again = list(tabling.import_table(read, ledger))
        assert [dict(c) for c in first + again] == [{"added": 2}, {"unchanged": 2}]
        assert ledger.original(ledger.claims()[0].source.original_sha256).decode() == MIXED


NIGHT = "Уночі 6 грудня 2025 року ворог атакував Україну 653 ударними дронами. Протиповітряна оборона збила 580 дронів."


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "warledger", *arguments],
        cwd=folder, env={**os.environ, "WARLEDGER_DB": str(folder / "w.db"), "COLUMNS": "200", "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def told(tmp_path: Path) -> Path:
    (tmp_path / "r.jsonl").write_text(
        json.dumps(
            {
                "id": "post",
                "text": NIGHT,
                "published": "2025-12-06T09:00",
                "publisher": "Повітряні Сили ЗС України",
                "lang": "uk",
            }
        ),
        encoding="utf-8",
    )
    assert run("add", "r.jsonl", folder=tmp_path).returncode == 0
    return tmp_path


def test_drawn_and_imported_rows_stand_side_by_side_and_are_compared(told: Path) -> None:
    path = table(told, MIXED)
    before = json.loads(run("compare-table", path, "--format", "json", folder=told).stdout)
    assert run("import-table", path, folder=told).returncode == 0
    after = json.loads(
        run(
            "compare-table", "--imported", "missile-attacks-daily", "--format", "json", folder=told
        ).stdout
    )
    assert before["figures"] == after["figures"]
    verdicts = {
        (f["kind"], f["class"], f["model"]): f["verdict"]
        for f in after["figures"]
        if f["class"] == "drone"
    }
    assert verdicts["launched", "drone", None] == "equal"
    assert verdicts["intercepted", "drone", None] == "differ"
    assert verdicts["launched", "drone", "Shahed"] == "only_there"
    rows = json.loads(run("table", "--on", "2025-12-06", "--format", "json", folder=told).stdout)
    drones = [r for r in rows if r["class"] == "drone" and r["model"] is None and not r["where"]]
    assert {r["origin"]: r["figures"]["intercepted"]["quantity"]["low"] for r in drones} == {
        "reports": 580,
        "missile-attacks-daily": 585,
    }
    assert {r["origin"]: r["rate_percent"] for r in drones} == {
        "reports": 88.8,
        "missile-attacks-daily": 89.6,
    }
    for form, word in (("csv", "Night,Attacked"), ("md", "| Night | Attacked"), ("table", "Night")):
        assert word in run("table", "--on", "2025-12-06", "--format", form, folder=told).stdout


def test_nothing_to_show_is_said_so(told: Path) -> None:
    assert run("table", "--on", "2020-01-01", folder=told).returncode == 1
    assert run("compare-table", folder=told).returncode == 2
    assert "no table" in run("compare-table", "--imported", "none", folder=told).stderr
    with Ledger.open(told / "w.db") as ledger, pytest.raises(UsageError):
        tabling.compare(ledger, "none")


def test_a_preview_records_nothing(tmp_path: Path) -> None:
    shown = run(
        "import-table",
        table(tmp_path, *[LOCAL.replace("posts/2", f"posts/{n}") for n in range(12)]),
        "--preview",
        folder=tmp_path,
    )
    assert shown.returncode == 0
    assert shown.stdout.count("line ") == 10
    assert not (tmp_path / "w.db").exists()


def test_the_known_mappings_load() -> None:
    assert [m.name for m in known()] == [
        "acled",
        "missile-attacks-daily",
        "occupied-area",
        "ucdp-ged",
    ]


@pytest.mark.skipif(not TABLE.exists(), reason="the shared table is not at hand")
def test_every_row_of_the_real_table_is_read() -> None:
    read = read_table(str(TABLE))
    assert (len(read.rows) + read.repeated, read.bad) == (3585, ())
    assert all(
        r.report.text[e.start : e.end] == e.quote
        for r in read.rows
        for c in r.claims
        for e in c.evidence
    )
