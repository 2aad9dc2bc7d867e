"""Floors under the scores on the hand-annotated reports: the shared gold set, and the fresh reports beside this file.

`floors.toml` holds one floor a file: the least F1 over the core kinds. Lowering one is its own commit. The scorer and
the gold set lie outside the project.
"""

from __future__ import annotations

import importlib.util
import json
import os
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("WARLEDGER_SHARED", ROOT.parent / "shared"))
FRESH = Path(__file__).parent / "fresh"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="no shared gold set: set WARLEDGER_SHARED to its folder"
)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(gold: Path) -> list[dict[str, Any]]:
    """The claims that `read` gives for a file, as its JSON lines hold them."""
    from warledger import pipeline  # noqa: PLC0415 (loads three languages; not needed to skip)

    claims: list[dict[str, Any]] = []
    for reading in pipeline.read([str(gold)]):
        assert isinstance(reading, pipeline.Reading), reading
        claims.extend(msgspec.to_builtins(claim) for claim in reading.claims)
    return claims


def reports(path: Path) -> list[dict[str, Any]]:
    """The annotated reports of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def check_floor(scorer: ModuleType, gold: Path, floor: float) -> None:
    """Score a file's claims; its evidence must hold and its core F1 must not be under the floor."""
    tally, _, broken, _ = scorer.score(reports(gold), predicted(gold))
    core = [counts for (_, kind), counts in tally.items() if kind in scorer.CORE]
    precision, recall, f1 = scorer.prf(*(sum(column) for column in zip(*core, strict=True)))
    assert broken == 0
    assert f1 >= floor, f"precision {precision:.3f}, recall {recall:.3f}"


@pytest.mark.parametrize("name", sorted(FLOORS["core_f1"]))
def test_core_f1_stays_above_its_floor(name: str, scorer: ModuleType) -> None:
    check_floor(scorer, SHARED / "gold" / f"{name}.jsonl", FLOORS["core_f1"][name])


@pytest.mark.parametrize("name", sorted(FLOORS["fresh_core_f1"]))
def test_core_f1_on_fresh_reports_stays_above_its_floor(name: str, scorer: ModuleType) -> None:
    check_floor(scorer, FRESH / f"{name}.jsonl", FLOORS["fresh_core_f1"][name])


def test_every_annotated_file_has_a_floor() -> None:
    assert {path.stem for path in (SHARED / "gold").glob("*.jsonl")} == set(FLOORS["core_f1"])
    assert {path.stem for path in FRESH.glob("*.jsonl")} == set(FLOORS["fresh_core_f1"])


def test_every_quote_of_a_fresh_annotation_stands_in_its_report() -> None:
    astray = [
        (report["id"], claim["quote"])
        for path in FRESH.glob("*.jsonl")
        for report in reports(path)
        for claim in report["claims"]
        if not claim["quote"] or claim["quote"] not in report["text"]
    ]
    assert astray == []
