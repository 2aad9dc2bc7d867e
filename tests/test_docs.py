"""The documentation is true: examples run as printed, links lead somewhere, lists are complete."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from warledger.cli import commands
from warledger.model import KINDS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = [sys.executable, "-c", "from warledger.cli import main; main()"]


def session(block: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that it prints."""
    steps: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
    return steps


def run(command: str, folder: Path) -> list[str]:
    program, *arguments = shlex.split(command)
    assert program == "warledger"
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "COLUMNS": "80",
            "PYTHONUTF8": "1",
            "WARLEDGER_DB": str(folder / "w.db"),
        },
    )
    assert done.returncode == 0, done.stderr
    return [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]


def test_the_worked_example_prints_what_the_readme_shows(tmp_path: Path) -> None:
    blocks = BLOCK.findall(README)
    for language, name, text in blocks:
        if language == "text" and name:
            (tmp_path / name).write_text(text, encoding="utf-8")
    steps = [
        step for language, _, text in blocks if language == "console" for step in session(text)
    ]
    assert len(steps) >= 3
    for command, expected in steps:
        printed = run(command, tmp_path)
        if "..." in expected:
            at = expected.index("...")
            assert printed[:at] == expected[:at], command
            tail = expected[at + 1 :]
            assert not tail or printed[-len(tail) :] == tail, command
        else:
            assert [p for p in printed if p] == [e for e in expected if e], command


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert {name for name in pages if f"]({name})" not in index} == set()


def test_every_kind_of_claim_is_documented() -> None:
    text = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert {kind for kind in KINDS if f"`{kind}`" not in text} == set()


def test_every_command_is_in_the_readme_and_none_that_is_not_there() -> None:
    named = set(
        re.findall(r"warledger (\w[\w-]*)", "".join(text for _, _, text in BLOCK.findall(README)))
    )
    assert named <= set(commands.commands)
    assert {
        name for name in commands.commands if f"warledger {name}" not in README and name != "demo"
    } == set()


def test_no_page_names_a_machine_or_a_registry() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--hash=sha256:" in lock
