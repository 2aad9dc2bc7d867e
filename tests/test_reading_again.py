"""Reading again: what a run that was broken off has recorded is passed over, inside archives too, and twice is once."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from tests.test_reading_telegram import POST, export
from tests.test_reading_webarchives import wacz, warc

from warledger import pipeline
from warledger.ledger import Ledger
from warledger.model import Report
from warledger.reading import Failure

COUNT = 30
WORDS = "The air force shot down 25 of the 30 drones over the city, it wrote at number"


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for n in range(COUNT):
            archive.writestr(f"{n:02}.txt", f"{WORDS} {n}.")
    return stream.getvalue()


def tarred() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for n in range(COUNT):
            data = f"{WORDS} {n}.".encode()
            entry = tarfile.TarInfo(f"{n:02}.txt")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return stream.getvalue()


def chat() -> bytes:
    return export(*({**POST, "id": n} for n in range(COUNT)))


ARCHIVES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip": ("a.zip", zipped),
    "tar": ("a.tar.gz", tarred),
    "warc": ("a.warc.gz", lambda: warc(COUNT)),
    "wacz": ("a.wacz", lambda: wacz(warc(COUNT))),
    "telegram": ("result.json", chat),
}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the reports that claims are drawn from."""
    ids: list[str] = []
    real = pipeline.draw

    def draw(report: Report) -> object:
        ids.append(report.id)
        return real(report)

    monkeypatch.setattr(pipeline, "draw", draw)
    return ids


@pytest.mark.parametrize(("name", "make"), ARCHIVES.values(), ids=ARCHIVES.keys())
def test_a_second_run_goes_on_where_the_first_was_broken_off(
    tmp_path: Path, file: Path, drawn: list[str], name: str, make: Callable[[], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with Ledger.open(file) as ledger:
        for found in islice(pipeline.read([str(path)], ledger=ledger), 12):
            assert isinstance(found, pipeline.Reading)
            pipeline.record(found, ledger)
        first = list(drawn)
        drawn.clear()
        statuses: Counter[str] = Counter()
        for found in pipeline.read([str(path)], ledger=ledger):
            assert isinstance(found, pipeline.Reading)
            statuses[pipeline.record(found, ledger).status] += 1
        assert len(first) == 12
        assert statuses == {"unchanged": 12, "added": COUNT - 12}
        assert not set(first) & set(drawn)
        assert ledger.counts()["reports"] == COUNT
        assert ledger.verify().holds


def test_an_export_given_twice_is_recorded_once(tmp_path: Path, file: Path) -> None:
    posts = [{**POST, "id": n} for n in range(5)]
    (tmp_path / "first.json").write_bytes(export(*posts))
    (tmp_path / "second.json").write_bytes(export(*posts, *posts[:2]))
    with Ledger.open(file) as ledger:
        statuses = Counter(
            pipeline.record(found, ledger).status
            for found in pipeline.read([str(tmp_path)], ledger=ledger)
            if isinstance(found, pipeline.Reading)
        )
        assert statuses == {"added": 5, "unchanged": 7}
        assert ledger.counts()["reports"] == 5


def test_what_was_read_by_other_rules_is_read_again(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{WORDS} 1.")
    statuses = []
    with Ledger.open(file) as ledger:
        for rules in ("1", "2", "2"):
            monkeypatch.setattr("warledger.languages.rules_version", lambda rules=rules: rules)
            (found,) = pipeline.read([str(path)], ledger=ledger)
            assert isinstance(found, pipeline.Reading)
            statuses.append(pipeline.record(found, ledger).status)
    assert statuses == ["added", "reread", "unchanged"]


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_cut_off_list_of_reports_gives_its_whole_lines(tmp_path: Path, share: float) -> None:
    rows = [json.dumps({"id": str(n), "text": f"{WORDS} {n}."}).encode() for n in range(20)]
    data = b"\n".join(rows)
    (tmp_path / "a.jsonl").write_bytes(data[: int(len(data) * share) - 3])
    *good, bad = pipeline.read([str(tmp_path / "a.jsonl")])
    assert len(good) >= int(20 * share) - 1
    assert all(isinstance(found, pipeline.Reading) for found in good)
    assert isinstance(bad, Failure)
    assert "broken JSON" in bad.reason
