"""The queue leads with what the gate nearly refused, and says why each claim is in it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_ledger import record

from warledger import doubting, gate, pipeline
from warledger.cli import run
from warledger.ledger import Ledger
from warledger.model import Claim, Evidence, Item, Place, Quantity, Report, Speaker

TEXT = "The city of Kharkiv was shelled. 3 people were killed. In Kharkiv 4 people were wounded, Mayor Ihor Terekhov said."


def claim(quote: str, kind: str, number: int) -> Claim:
    start = TEXT.index(quote)
    return Claim(
        report="r1",
        kind=kind,
        item=Item("person"),
        quantity=Quantity(number, number, "exact"),
        places=(Place("Kharkiv", "Kharkiv"),),
        speaker=Speaker(),
        evidence=(Evidence(start, start + len(quote), quote),),
        rule=f"en/{kind}/test",
    )


REPORT = Report(id="r1", text=TEXT, published="2025-12-06", publisher="Paper", lang="en")
FAR, NEAR = claim("3 people", "killed", 3), claim("4 people", "wounded", 4)


def test_a_slot_that_the_own_sentence_does_not_prove_is_borrowed() -> None:
    assert gate.borrowed(REPORT, FAR, "en") == ("places",)
    assert gate.borrowed(REPORT, NEAR, "en") == ()


def test_what_was_nearer_to_refusal_leads_and_the_queue_says_why(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, REPORT, NEAR, FAR)
        first, second = doubting.queue(ledger)
        assert (first.stored.id, second.stored.id) == (FAR.id, NEAR.id)
        assert 0 < second.doubt < first.doubt <= 1
        assert first.why[0] == "its own sentence alone does not prove places"
        assert "its rule drew 1 claim" in second.why
        assert [w.stored.id for w in doubting.queue(ledger, limit=1)] == [FAR.id]
        assert doubting.queue(ledger, kinds=["meeting"]) == []


def test_the_command_says_why(tmp_path: Path, capsys: object) -> None:
    (tmp_path / "r.jsonl").write_text(
        json.dumps({"id": "r1", "text": TEXT, "published": "2025-12-06", "lang": "en"})
    )
    with Ledger.open(tmp_path / "w.db") as ledger:
        for found in pipeline.read([str(tmp_path / "r.jsonl")]):
            assert isinstance(found, pipeline.Reading)
            pipeline.record(found, ledger)
    assert run(["review", "next", "--ledger", str(tmp_path / "w.db"), "--format", "jsonl"]) == 0
    assert "its rule drew" in capsys.readouterr().out  # type: ignore[attr-defined]
