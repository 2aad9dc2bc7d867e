"""`add`, `brief`, `search`, `show` and `demo` as a user calls them, on good and on bad input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

NIGHT = (
    "Russia launched 653 drones and 51 missiles at Ukraine overnight, the Ukrainian air force said on Saturday. "
    "Air defences intercepted 585 drones and 30 missiles. "
    "At least eight people were wounded, Interior Minister Ihor Klymenko said.\n"
)


def run(*arguments: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """One call of the command with its ledger in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "warledger", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "WARLEDGER_DB": str(folder / "w.db"),
            "COLUMNS": "80",
            "PYTHONUTF8": "1",
            **more,
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "night.txt").write_text(NIGHT, encoding="utf-8")
    return tmp_path


def add(folder: Path) -> subprocess.CompletedProcess[str]:
    return run("add", "night.txt", "--published", "2025-12-06", folder=folder)


def test_add_records_and_the_second_time_changes_nothing(folder: Path) -> None:
    first, second = add(folder), add(folder)
    assert first.returncode == second.returncode == 0
    assert "1 added" in first.stdout
    assert "already there, unchanged" in second.stdout
    assert "New claims: 0" in second.stdout


def test_brief_tells_the_day_back_with_citations(folder: Path) -> None:
    add(folder)
    made = json.loads(run("brief", "--on", "2025-12-06", "--format", "json", folder=folder).stdout)
    quotes = {c["number"]: c["quote"] for c in made["citations"]}
    (table,) = made["sections"][0]["tables"]
    drones = next(row for row in table["rows"] if row[1]["text"] == "drones")
    cells = dict(zip(table["columns"], drones, strict=True))
    assert cells["Launched"]["text"] == "653"
    assert [quotes[n] for n in cells["Launched"]["citations"]] == ["653 drones"]
    assert cells["Unaccounted for"]["text"] == "68"


@pytest.mark.parametrize(
    ("form", "start"), [("md", "# Brief of 6 December"), ("html", "<!doctype html>")]
)
def test_brief_comes_in_other_forms(folder: Path, form: str, start: str) -> None:
    add(folder)
    assert run("brief", "--on", "2025-12-06", "--format", form, folder=folder).stdout.startswith(
        start
    )


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--on", "yesterday"),
        ("--on", "2025-13-01"),
        ("--on", "2025-12-06", "--to", "2025-12-07"),
        ("--from", "2025-12-07", "--to", "2025-12-06"),
    ],
    ids=["no day", "a word", "no date", "two ways", "backwards"],
)
def test_a_wrong_day_is_a_wrong_call(folder: Path, arguments: tuple[str, ...]) -> None:
    add(folder)
    done = run("brief", *arguments, folder=folder)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "2025-12-0" in done.stderr or "DATE" in done.stderr


@pytest.mark.parametrize(
    "call", [("brief", "--on", "2025-12-06"), ("search", "drones"), ("show", "x")]
)
def test_without_a_ledger_the_reason_says_how_to_make_one(
    tmp_path: Path, call: tuple[str, ...]
) -> None:
    done = run(*call, folder=tmp_path)
    assert done.returncode == 1
    assert "warledger add" in done.stderr
    assert not (tmp_path / "w.db").exists()


def test_search_and_show_find_what_was_added(folder: Path) -> None:
    add(folder)
    found = run("search", "KLYMENKO", folder=folder)
    assert "night-" in found.stdout
    name = next(w for w in found.stdout.split() if w.startswith("night-"))
    shown = run("show", name, folder=folder).stdout
    assert "653" in shown
    assert "recorded 20" in shown
    assert run("search", "nowhere", folder=folder).returncode == 1


def test_show_gives_the_refused_with_their_reasons(folder: Path) -> None:
    add(folder)
    name = next(
        w for w in run("search", "drones", folder=folder).stdout.split() if w.startswith("night-")
    )
    explained = run("read", "night.txt", "--published", "2025-12-06", "--explain", folder=folder)
    assert ("Refused" in run("show", name, folder=folder).stdout) is ("Refused" in explained.stdout)


@pytest.mark.parametrize("content", [b"no database", b""], ids=["text", "a folder"])
def test_what_is_no_ledger_is_refused_whole(folder: Path, content: bytes) -> None:
    place = folder / "not.db"
    if content:
        place.write_bytes(content * 99)
    else:
        place.mkdir()
    done = run("add", "night.txt", "--ledger", str(place), folder=folder)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert not content or place.read_bytes() == content * 99


def test_a_folder_goes_on_past_what_fails(folder: Path) -> None:
    reports = folder / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(NIGHT)
    (reports / "b.txt").write_bytes(b"")
    (reports / "c.bin").write_bytes(b"\x00\x01\x02" * 99)
    (reports / "d.txt").write_text(NIGHT.replace("653", "654"))
    done = run("add", "reports", "--published", "2025-12-06", folder=folder)
    assert done.returncode == 1
    assert "2 added" in done.stdout
    assert "b.txt" in done.stderr
    assert "c.bin" in done.stderr


def test_an_interrupt_keeps_what_is_recorded_and_the_next_run_goes_on(folder: Path) -> None:
    lines = [
        json.dumps({"id": f"r{n}", "text": NIGHT, "published": "2025-12-06", "lang": "en"})
        for n in range(3000)
    ]
    (folder / "many.jsonl").write_text("\n".join(lines))
    process = subprocess.Popen(
        [sys.executable, "-m", "warledger", "add", "many.jsonl"],
        cwd=folder,
        env={**os.environ, "WARLEDGER_DB": str(folder / "w.db")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    archive = folder / "w.db.archive"
    while not archive.exists() or sum(1 for p in archive.rglob("*") if p.is_file()) < 20:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "run the same command to go on" in err
    kept = int(out.split("Reports: ")[1].split(" ")[0])
    (folder / "few.jsonl").write_text("\n".join(lines[: kept + 5]))
    again = run("add", "few.jsonl", folder=folder)
    there = int(again.stdout.split(" already there")[0].split()[-1])
    assert kept <= there <= kept + 1  # one more where the interrupt came after its commit
    assert f"{kept + 5 - there} added" in again.stdout


def test_the_demo_shows_a_brief_and_what_to_try_next(tmp_path: Path) -> None:
    done = run("demo", folder=tmp_path, HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    for words in ("15 sample reports", "Unaccounted for", "Disagreements", "Try next"):
        assert words in done.stdout
    apart = done.stdout.partition("## Disagreements")[2].partition("## Citations")[0]
    assert "701 km²" in apart, "two monitors' figures for November stand side by side"
    assert "116" not in apart, "drones that Russia and Ukraine shot down are different drones"
    assert not list(tmp_path.rglob("*.db"))
