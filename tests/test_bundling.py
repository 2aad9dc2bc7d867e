"""Bundling: an incident leaves the ledger with all that it rests on, and a tampered bundle is found out without it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from warledger import bundling, pipeline, regrouping
from warledger.cli import run
from warledger.errors import UsageError
from warledger.ledger import Decision, Ledger

REPORTS = [
    {
        "id": "own/1",
        "text": "Overnight Russia launched 40 drones, the Ukrainian air force said. "
        "It shot down 31 drones, the air force said.\nTwo people were wounded in Odesa.",
        "published": "2025-12-06T08:00:00Z",
        "publisher": "Example News",
        "lang": "en",
    },
    {
        "id": "own/2",
        "text": "Повітряні сили ЗСУ повідомили, що вночі Росія випустила 42 ударні дрони, з них збито 33.",
        "published": "2025-12-06T09:00:00Z",
        "publisher": "Приклад",
        "lang": "uk",
    },
    {
        "id": "own/3",
        "text": "On 9 December Russia launched 12 drones at Ukraine.",
        "published": "2025-12-09T08:00:00Z",
        "publisher": "Example News",
        "lang": "en",
    },
]


@pytest.fixture(scope="module")
def ledger_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    lines = folder / "reports.jsonl"
    lines.write_text(
        "\n".join(json.dumps(r, ensure_ascii=False) for r in REPORTS), encoding="utf-8"
    )
    with Ledger.open(folder / "w.db") as ledger:
        for found in pipeline.read([str(lines)]):
            assert isinstance(found, pipeline.Reading)
            pipeline.record(found, ledger)
        claim = incident_of(ledger).claims[0]
        decision = Decision(claim=claim, verdict="accept", by="Olha", reason="as written")
        ledger.review.decide(decision)
    return folder / "w.db"


def incident_of(ledger: Ledger) -> Any:
    """The night's attack."""
    made = regrouping.incidents(ledger, start="2025-12-05", end="2025-12-06").incidents
    return next(i for i in made if i.kind == "air_attack")


def make(ledger_file: Path, place: Path, *, whole_chain: bool = True) -> bundling.Bundled:
    with Ledger.open(ledger_file, create=False) as ledger:
        found = regrouping.incident(ledger, incident_of(ledger).id)
        return bundling.bundle(ledger, found, str(place), whole_chain=whole_chain)


@pytest.fixture
def made(ledger_file: Path, tmp_path: Path) -> Path:
    make(ledger_file, tmp_path / "b")
    return tmp_path / "b"


def check(place: Path, *options: str, checker: Path | None = None) -> tuple[int, str]:
    """Runs the bundle's checker with nothing but the standard library: -I takes the site's packages' path away."""
    script = checker or place / "check.py"
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), *([str(place)] if checker else []), *options],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout + done.stderr


def test_a_bundle_holds_what_the_incident_rests_on_and_proves_itself(made: Path) -> None:
    status, said = check(made)
    assert status == 0, said
    assert "2 reports with their originals" in said
    texts = {path.read_text(encoding="utf-8") for path in (made / "texts").iterdir()}
    assert texts == {str(r["text"]) for r in REPORTS[:2]}
    claims = json.loads((made / "claims.json").read_text(encoding="utf-8"))
    assert {c["claim"]["kind"] for c in claims} >= {"launched", "intercepted"}
    kinds = [json.loads(line)["kind"] for line in (made / "chain.jsonl").read_text().splitlines()]
    assert "decision" in kinds


def test_the_same_ledger_gives_the_same_bundle(ledger_file: Path, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        make(ledger_file, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_an_archive_is_checked_packed_and_unpacked(ledger_file: Path, tmp_path: Path) -> None:
    make(ledger_file, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert check(tmp_path / "unpacked")[0] == 0
    assert check(tmp_path / "b.zip", checker=tmp_path / "unpacked" / "check.py")[0] == 0


def test_without_the_chain_only_the_incidents_entries_leave(
    ledger_file: Path, tmp_path: Path
) -> None:
    make(ledger_file, tmp_path / "b", whole_chain=False)
    status, said = check(tmp_path / "b")
    assert status == 0, said
    assert "own/3" not in (tmp_path / "b" / "chain.jsonl").read_text()


def put(place: Path, name: str, data: bytes) -> None:
    """Writes a file and makes the manifest agree with it, as someone who tampers with care would."""
    (place / name).write_bytes(data)
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    (place / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def altered(place: Path, name: str, change: Callable[[Any], None]) -> None:
    value = json.loads((place / name).read_text(encoding="utf-8"))
    change(value)
    put(place, name, json.dumps(value, ensure_ascii=False).encode())


def named(place: Path, folder: str) -> str:
    return f"{folder}/{sorted(p.name for p in (place / folder).iterdir())[0]}"


def _text(place: Path) -> None:
    name = named(place, "texts")
    put(place, name, (place / name).read_bytes().replace(b"3", b"8"))


def _text_and_report(place: Path) -> None:
    def change(rows: Any) -> None:
        for row in rows:
            row["report"]["text"] = row["report"]["text"].replace("3", "8")
            put(place, row["text"], row["report"]["text"].encode())

    altered(place, "reports.json", change)


def _original(place: Path) -> None:
    put(place, named(place, "originals"), b"another original")


def _figure_of_a_claim(place: Path) -> None:
    def change(rows: Any) -> None:
        rows[0]["claim"]["quantity"]["low"] += 1

    altered(place, "claims.json", change)


def _claim_left_out(place: Path) -> None:
    altered(place, "claims.json", lambda rows: rows.pop())


def _figure_of_the_incident(place: Path) -> None:
    def change(incident: Any) -> None:
        line = next(n for n in incident["lines"] if n["latest"]["quantity"])
        line["latest"]["quantity"]["high"] += 1

    altered(place, "incident.json", change)


def _publisher(place: Path) -> None:
    altered(place, "reports.json", lambda rows: rows[0]["report"].update(publisher="Another"))


def _retrieval(place: Path) -> None:
    came = {
        "retrieved_at_utc": "2025-12-06T08:00:00Z",
        "addresses": [],
        "status": 200,
        "headers": [],
    }
    altered(place, "reports.json", lambda rows: rows[0].update(retrieval=came))


def _entry(place: Path) -> None:
    chain = (place / "chain.jsonl").read_text(encoding="utf-8")
    put(place, "chain.jsonl", chain.replace("Olha", "Ivan").encode())


def _entry_and_its_hash(place: Path) -> None:
    lines = (place / "chain.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(lines[0])
    entry["body"] = entry["body"].replace("40", "50")
    lines[0] = json.dumps(entry | {"sha256": _digest(entry)}, ensure_ascii=False)
    put(place, "chain.jsonl", "\n".join(lines).encode() + b"\n")


def _entry_left_out(place: Path) -> None:
    lines = (place / "chain.jsonl").read_bytes().splitlines(keepends=True)
    put(place, "chain.jsonl", b"".join(lines[:2] + lines[3:]))


def _end_cut_off(place: Path) -> None:
    put(place, "chain.jsonl", b"".join((place / "chain.jsonl").read_bytes().splitlines(True)[:-1]))


def _finding(place: Path) -> None:
    finding = {"id": "000000000000", "check": "x", "passages": [], "sentence": "All is well."}
    altered(place, "findings.json", lambda rows: rows.append(finding))


def _file_added(place: Path) -> None:
    (place / "originals" / "more").write_bytes(b"x")


def _file_gone(place: Path) -> None:
    (place / named(place, "originals")).unlink()


def _no_manifest(place: Path) -> None:
    (place / "manifest.json").write_text("[]")


TAMPERED = [
    _text, _text_and_report, _original, _figure_of_a_claim, _claim_left_out, _figure_of_the_incident, _publisher,
    _retrieval, _entry, _entry_and_its_hash, _entry_left_out, _end_cut_off, _finding, _file_added, _file_gone,
    _no_manifest,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERED, ids=[t.__name__.strip("_") for t in TAMPERED])
def test_what_was_tampered_with_is_found(made: Path, tamper: Callable[[Path], None]) -> None:
    tamper(made)
    status, said = check(made)
    assert status == 1, said
    assert said.startswith("The bundle does not hold: ")
    assert said.count("\n") == 1


def test_one_byte_of_any_file_is_found(made: Path) -> None:
    checker = made.parent / "check.py"
    checker.write_bytes((made / "check.py").read_bytes())
    for path in sorted(p for p in made.rglob("*") if p.is_file() and p.name != "manifest.json"):
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        assert check(made, checker=checker)[0] == 1, path
        path.write_bytes(whole)
    assert check(made, checker=checker)[0] == 0


def _digest(entry: Any) -> str:
    parts = (
        entry["previous_sha256"], str(entry["sequence"]), entry["kind"], entry["recorded_at_utc"], entry["body"],
    )  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def test_a_bundle_rewritten_as_a_whole_is_told_by_a_seal(
    made: Path, ledger_file: Path, tmp_path: Path
) -> None:
    seal = tmp_path / "seal.json"
    assert run(["seal", "--ledger", str(ledger_file), "--out", str(seal)]) == 0
    assert check(made, "--seal", str(seal))[0] == 0
    before, lines = None, []
    for line in (made / "chain.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        entry["body"] = entry["body"].replace("Olha", "Ivan")
        entry["previous_sha256"] = before or entry["previous_sha256"]
        entry["sha256"] = before = _digest(entry)
        lines.append(json.dumps(entry, ensure_ascii=False))
    put(made, "chain.jsonl", "\n".join(lines).encode() + b"\n")
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    manifest["head"]["sha256"] = before
    (made / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert check(made)[0] == 0
    status, said = check(made, "--seal", str(seal))
    assert status == 1
    assert "sealed" in said


def test_a_place_that_is_there_is_left_as_it_is(ledger_file: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        make(ledger_file, tmp_path / "b")
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_the_command_makes_a_bundle(ledger_file: Path, tmp_path: Path, capsys: Any) -> None:
    with Ledger.open(ledger_file, create=False) as ledger:
        name = incident_of(ledger).id[:12]
    place = str(tmp_path / "out" / "b")
    assert run(["bundle", name, "--out", place, "--ledger", str(ledger_file)]) == 0
    assert "2 reports" in capsys.readouterr().out
    assert check(Path(place))[0] == 0


def test_a_figure_that_was_edited_away_goes_with_its_version(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "e.db") as ledger:
        for count in ("40", "44"):
            report = {**REPORTS[0], "text": REPORTS[0]["text"].replace("40", count)}
            lines = tmp_path / "one.jsonl"
            lines.write_text(json.dumps(report), encoding="utf-8")
            (found,) = pipeline.read([str(lines)])
            assert isinstance(found, pipeline.Reading)
            pipeline.record(found, ledger)
    make(tmp_path / "e.db", tmp_path / "e")
    told = json.loads((tmp_path / "e" / "incident.json").read_text())["lines"]
    assert [f["edited_away"] for line in told for f in line["earlier"]] == [True]
    status, said = check(tmp_path / "e")
    assert status == 0, said
