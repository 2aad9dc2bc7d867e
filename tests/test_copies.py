"""Near-copies of one wire story: found, counted once, with what speaks for an origin shown and none chosen."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from warledger import pipeline
from warledger.incidents import copies
from warledger.incidents.copies import ALL_PAIRS
from warledger.ledger import Ledger
from warledger.model import Report, StoredReport

STORY = (
    "Overnight the air force counted 120 attack drones over the region, of which 97 were brought down by gunners and "
    "by electronic means. Falling wreckage set two warehouses alight on the edge of the town, and firemen needed five "
    "hours to put them out. The mayor said that nobody was hurt and that schools would open later than usual today."
)
WORDS = STORY.split()


def stored(name: str, text: str, published: str | None = "2025-12-06T07:00") -> StoredReport:
    report = Report(id=name, text=text, published=published, publisher=f"Paper {name}", lang="en")
    return StoredReport(report, f"v{name}", "0" * 64, "2025-12-06T09:00:00Z")


def other(seed: int) -> str:
    """A text of its own, of the same length."""
    chance = random.Random(seed)
    return " ".join(f"w{chance.randrange(5000)}" for _ in WORDS)


def test_a_story_is_found_whatever_the_order_with_its_first_publication_and_its_credit() -> None:
    reports = [
        stored("late", f"{STORY} (Reuters)", "2025-12-06T11:00"),
        stored("first", STORY, "2025-12-06T07:00"),
        stored("own", other(1)),
    ]
    (story,) = copies(reports)
    assert copies(reversed(reports)) == (story,)
    assert [m.report_id for m in story.members] == ["first", "late"]
    assert story.members[1].credit == "Reuters"
    assert story.origin == (
        "Paper first published first, 2025-12-06T07:00",
        "Paper late credits Reuters",
    )


def test_a_number_that_a_copy_tells_otherwise_is_named_with_its_place() -> None:
    altered = STORY.replace("97", "79")
    (story,) = copies([stored("a", STORY), stored("b", altered, "2025-12-06T09:00")])
    (change,) = story.members[1].altered
    assert (change.was, change.became) == ("97", "79")
    assert altered[change.start : change.end] == "79"


@pytest.mark.parametrize(
    "second",
    [
        stored("b", STORY, "2025-12-16T07:00"),
        stored("b", " ".join(WORDS[:12])),
        stored("b", other(2)),
        StoredReport(
            Report(id="b", text=STORY, published="2025-12-06", publisher="Paper a"),
            "vb",
            "0" * 64,
            "",
        ),
    ],
    ids=["ten days later", "too short to tell", "other words", "the same publisher"],
)
def test_what_is_no_copy_is_not_taken_for_one(second: StoredReport) -> None:
    assert copies([stored("a", STORY), second]) == ()


def test_a_shortened_copy_is_one_and_among_many_reports_the_same_stories_are_found() -> None:
    short = " ".join(WORDS[:40])
    few = [stored("a", STORY), stored("b", short, "2025-12-06T09:00")]
    many = [stored(f"n{n}", other(n)) for n in range(ALL_PAIRS + 30)]
    edited = stored("c", STORY.replace("Overnight", "During the night"), "2025-12-06T10:00")
    assert [m.report_id for m in copies([*few, edited])[0].members] == ["a", "b", "c"]
    (story,) = copies([*many, few[0], edited])
    assert [m.report_id for m in story.members] == ["a", "c"]


def test_when_a_source_changed_its_text_goes_with_the_version(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    post = {"id": "channel/7", "published": "2025-12-06T07:00Z", "lang": "en"}
    with Ledger.open(tmp_path / "w.db") as ledger:
        for text, updated in (
            ("Two people were hurt.", "2025-12-06T10:00Z"),
            ("Nobody was hurt.", "2025-12-06T08:00Z"),
        ):
            path.write_text(json.dumps({**post, "text": text, "updated": updated}))
            for found in pipeline.read([str(path)]):
                assert isinstance(found, pipeline.Reading)
                pipeline.record(found, ledger)
        known = ledger.versions("channel/7")
    assert [v.updated_at_utc for v in known] == ["2025-12-06T08:00:00Z", "2025-12-06T10:00:00Z"]
    assert known[-1].stored.report.text == "Two people were hurt."
