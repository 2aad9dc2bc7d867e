"""`warledger read` as a person calls it: forms of output, exit status, reasons, bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from warledger.model import Claim

COMMAND = [sys.executable, "-c", "from warledger.cli import main; main()"]
NIGHT = (
    "Russia launched 653 drones and 51 missiles at Ukraine overnight, the Ukrainian air force said. "
    "Air defences intercepted 585 drones and 30 missiles, it said."
)


def warledger(
    *arguments: str, given: bytes = b"", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own; its output as text."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", **settings},
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture
def night(tmp_path: Path) -> Path:
    path = tmp_path / "night.txt"
    path.write_text(NIGHT, encoding="utf-8")
    return path


def test_help_lists_the_commands_and_loads_nothing_heavy() -> None:
    helped = warledger("--help")
    assert helped.returncode == 0
    assert "read" in helped.stdout
    heavy = "{'lxml', 'msgspec', 'rich', 'sqlalchemy', 'trafilatura'}"
    check = f"import sys, warledger.cli; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_version() -> None:
    assert warledger("--version").stdout.startswith("warledger, version ")


def test_table_fits_the_terminal_and_shows_figure_speaker_and_words(night: Path) -> None:
    told = warledger("read", str(night), "--published", "2025-12-06")
    assert told.returncode == 0
    assert told.stderr == ""
    assert max(map(len, told.stdout.splitlines())) <= 80
    for words in ("Air attack", "653", "drones launched", "[653 drones]", "(UA)", "5–6 Dec 2025"):
        assert words in told.stdout


def test_jsonl_is_one_claim_a_line_with_the_documented_fields_and_true_offsets(night: Path) -> None:
    told = warledger("read", str(night), "--format", "jsonl", "--published", "2025-12-06")
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert {(c["kind"], c["item"]["class"], c["quantity"]["low"]) for c in lines} == {
        ("launched", "drone", 653),
        ("launched", "missile", 51),
        ("intercepted", "drone", 585),
        ("intercepted", "missile", 30),
    }
    for claim in lines:
        assert list(claim) == [field.encode_name for field in msgspec.structs.fields(Claim)]
        assert claim["report"].startswith("night")
        assert claim["evidence"]
        for span in claim["evidence"]:
            assert NIGHT[span["start"] : span["end"]] == span["quote"]


def test_html_is_one_page(night: Path) -> None:
    told = warledger("read", str(night), "--format", "html")
    assert told.stdout.startswith("<!DOCTYPE html>")
    assert told.stdout.count("</html>") == 1
    assert "<mark" in told.stdout


def test_standard_input_is_a_report() -> None:
    told = warledger("read", "-", "--format", "jsonl", given=NIGHT.encode())
    assert len(told.stdout.splitlines()) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "koi8-u"])
def test_ukrainian_in_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "post.txt"
    text = "Вночі противник атакував Україну. Протиповітряна оборона збила 80 дронів, повідомили Повітряні Сили."
    path.write_bytes(text.encode(encoding))
    claims = [
        json.loads(x) for x in warledger("read", str(path), "--format", "jsonl").stdout.splitlines()
    ]
    assert ("intercepted", 80) in {(c["kind"], c["quantity"]["low"]) for c in claims}


def test_json_lines_reports_keep_their_ids(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": NIGHT}) + "\n" for name in ("a", "b")))
    told = warledger("read", str(path), "--format", "jsonl")
    assert [json.loads(line)["report"] for line in told.stdout.splitlines()] == ["a"] * 4 + [
        "b"
    ] * 4


def test_explain_names_the_rule(night: Path) -> None:
    assert "rule en/" in warledger("read", str(night), "--explain").stdout


def test_a_text_without_claims_says_so(tmp_path: Path) -> None:
    path = tmp_path / "calm.txt"
    path.write_text(
        "The library will open at nine. The garden is green and the weather is fine this week."
    )
    told = warledger("read", str(path))
    assert told.returncode == 0
    assert "No claims found." in told.stdout


def bad_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(NIGHT)
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.bin").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (folder / "d.html").write_text("<html><body><nav><a href=x>Home</a></nav></body></html>")
    (folder / "e.txt").write_text(
        "Der Winter ist in diesem Jahr sehr kalt und die Straßen sind glatt, sagte er gestern."
    )
    (folder / "f.jsonl").write_text(
        '{"id": "x", "text": 5}\n' + json.dumps({"id": "y", "text": NIGHT}) + "\n"
    )
    (folder / "z.txt").write_text(NIGHT)
    return folder


@pytest.mark.parametrize("form", ["table", "jsonl", "html"])
def test_a_folder_goes_on_past_what_fails_and_tells_it_at_the_end(
    tmp_path: Path, form: str
) -> None:
    told = warledger("read", str(bad_folder(tmp_path)), "--format", form)
    assert told.returncode == 1
    reasons = told.stderr.splitlines()
    assert [reason.split("reports/")[1].split(":")[0] for reason in reasons[:-1]] == [
        "b.txt",
        "c.bin",
        "d.html",
        "e.txt",
        "f.jsonl, line 1",
    ]
    assert reasons[-1] == "3 read, 5 failed"
    assert told.stdout.count("653 drones") >= 3


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(("read", "no-such-file"), 1, id="missing path"),
        pytest.param(("read",), 2, id="no path"),
        pytest.param(("read", "-", "--format", "xml"), 2, id="unknown format"),
        pytest.param(("read", "-", "--published", "yesterday"), 2, id="no date"),
        pytest.param(("read", "-", "--lang", "de"), 2, id="unknown language"),
        pytest.param(("read", "-", "-"), 2, id="standard input twice"),
        pytest.param(("frobnicate",), 2, id="unknown command"),
    ],
)
def test_a_call_that_cannot_be_meant_has_a_reason_and_its_status(
    arguments: tuple[str, ...], status: int
) -> None:
    told = warledger(*arguments, given=NIGHT.encode())
    assert told.returncode == status
    assert told.stdout == ""
    assert told.stderr.strip()
    assert "Traceback" not in told.stderr


def test_a_reader_that_leaves_stops_it_quietly(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": NIGHT}) + "\n" for n in range(300)))
    process = subprocess.Popen(
        [*COMMAND, "read", str(path), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full"
)
def test_a_full_disk_is_told_in_one_line(night: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "read", str(night)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1
    assert b"No space left" in done.stderr
