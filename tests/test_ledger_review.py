"""Review: decisions stand on claims and never alter them; the queue leads with doubt; agreement is what the books say."""

from __future__ import annotations

import msgspec
import pytest
from tests.test_ledger import TEXT, claim, record, report

from warledger.errors import LedgerError, UsageError
from warledger.ledger import Decision, Ledger, corrected
from warledger.ledger.agreement import alpha, kappa
from warledger.model import Claim, Quantity


def wounded() -> Claim:
    return msgspec.structs.replace(claim(quote="поранено 92", number=92), kind="wounded")


def say(
    ledger: Ledger, verdict: str, by: str, *, blind: bool = False, of: Claim | None = None
) -> None:
    fields = {"claim": (of or claim()).id, "verdict": verdict, "by": by, "reason": "seen"}
    ledger.review.decide(msgspec.convert({**fields, "blind": blind}, type=Decision))


def test_a_decision_stands_on_a_claim_and_leaves_it_as_it_is(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        before = ledger.claims()
        say(ledger, "reject", "Anna")
        assert ledger.claims() == before
        assert ledger.review.standings() == {claim().id: "rejected"}
        assert ledger.claims(standing=["open", "accepted"]) == []
        assert ledger.claims(standing=["rejected"]) == before
        assert ledger.verify().holds


def test_the_same_decision_twice_is_one_entry(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        for _ in range(2):
            say(ledger, "accept", "Anna")
        assert len(ledger.review.decisions()) == 1


def test_two_have_to_sign_where_the_house_says_so(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        ledger.review.require(2, by="Anna", reason="house rule")
        standing = []
        for verdict, by in (
            ("accept", "Anna"),
            ("accept", "Anna "),
            ("reject", "Borys"),
            ("accept", "Borys"),
        ):
            say(ledger, verdict, by.strip())
            standing.append(ledger.review.standings()[claim().id])
        assert standing == ["pending", "pending", "disputed", "accepted"]
        assert ledger.review.signatures(as_known_on="2020-01-01") == 1


def test_a_correction_is_a_whole_claim_whose_words_stand(place: str) -> None:
    right = corrected(claim(), {"quantity.low": 25, "item.class": "soldier"})
    assert (right.quantity, right.item.class_) == (Quantity(25, 26, "exact"), "soldier")
    moved = corrected(claim(), {"evidence": [{"start": 0, "end": 3, "quote": "xyz"}]})
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        fields = {"claim": claim().id, "verdict": "correct", "by": "Anna", "reason": "counted"}
        ledger.review.decide(
            msgspec.structs.replace(msgspec.convert(fields, Decision), corrected=right)
        )
        assert ledger.review.standings() == {claim().id: "corrected"}
        assert ledger.claims()[0].claim == claim()
        with pytest.raises(LedgerError, match="do not stand"):
            ledger.review.decide(
                msgspec.structs.replace(msgspec.convert(fields, Decision), corrected=moved)
            )
        with pytest.raises(LedgerError, match="how the claim ought to read"):
            ledger.review.decide(msgspec.convert(fields, Decision))


@pytest.mark.parametrize(
    "changes",
    [
        {"quantity.least": 1},
        {"kind.x": 1},
        {"quantity.low": "many"},
        {"quantity": 3},
        {"nothing": 1},
    ],
    ids=str,
)
def test_a_correction_that_no_claim_can_be_is_a_wrong_call(changes: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        corrected(claim(), changes)


def test_a_decision_needs_a_name_a_reason_and_a_claim(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim())
        for fields in ({"by": " "}, {"reason": ""}, {"claim": "0" * 12}):
            given = {
                "claim": claim().id,
                "verdict": "accept",
                "by": "Anna",
                "reason": "seen",
                **fields,
            }
            with pytest.raises(LedgerError):
                ledger.review.decide(msgspec.convert(given, Decision))
        assert ledger.review.decisions() == []


def test_the_queue_leads_with_what_sources_disagree_on(place: str) -> None:
    other = TEXT.replace("26", "28")
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim(), wounded())
        record(ledger, report(other, "r2"), claim(other, "28 людей", 28))
        queue = ledger.review.queue()
        assert {d.stored.claim.kind for d in queue[:2]} == {"killed"}
        first = queue[0]
        assert first.parts["disagreement"] == 0.5
        assert first.doubt == pytest.approx(
            0.4 * 0.5 + 0.2 * first.parts["rarity"] + 0.2 * first.parts["gate"] + 0.2 * 0.3,
            abs=1e-3,
        )
        say(ledger, "accept", "Anna", of=first.stored.claim)
        assert first.stored.id not in {d.stored.id for d in ledger.review.queue(by="Borys")}


def test_blind_coding_offers_what_one_other_has_coded_and_does_not_decide(place: str) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, report(), claim(), wounded())
        first = ledger.review.blind_queue(by="Anna")[0]
        say(ledger, "accept", "Anna", blind=True, of=first.claim)
        assert ledger.review.standings() == {}
        assert ledger.review.blind_queue(by="Borys")[0].id == first.id
        assert first.id not in {c.id for c in ledger.review.blind_queue(by="Anna")}
        assert ledger.review.agreement() == []
        say(ledger, "reject", "Borys", blind=True, of=first.claim)
        (everything, kind) = ledger.review.agreement()
        assert (everything.kind, everything.claims, kind.kind) == ("all", 1, first.claim.kind)
        assert everything.pairs[0].agreed == 0


def test_kappa_is_that_of_the_textbook() -> None:
    # 50 applications, 20 both yes, 15 both no, 5 and 10 apart: kappa 0.4 (the usual worked example).
    pairs = [("accept", "accept")] * 20 + [("reject", "reject")] * 15
    pairs += [("accept", "reject")] * 5 + [("reject", "accept")] * 10
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("accept", "accept")] * 3) is None


def test_alpha_is_that_of_the_textbook() -> None:
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, A: two observers, binary data, alpha 0.095.
    one, two = "0100000000", "1110010010"
    names = {"0": "accept", "1": "reject"}
    rows = [{"a": names[x], "b": names[y]} for x, y in zip(one, two, strict=True)]
    assert alpha(rows) == pytest.approx(0.095, abs=0.001)
    assert alpha([{"a": "accept", "b": "accept"}]) is None


def test_the_queue_of_all_days_is_that_of_each_claim_weighed(place: str) -> None:
    with Ledger.open(place) as ledger:
        for n in range(12):
            text = TEXT.replace("26", str(26 + n % 3))
            drawn = [claim(text, f"{26 + n % 3} людей", 26 + n % 3)]
            if n % 2:
                other = claim(text, "поранено 92", 92 + n)
                drawn.append(msgspec.structs.replace(other, kind="wounded", rule=f"uk/w{n % 4}"))
            mine = [msgspec.structs.replace(one, report=f"r{n}") for one in drawn]
            record(ledger, report(text, f"r{n}"), *mine)
        whole = ledger.review.queue(start="0001-01-01", end="9999-12-31", limit=50)
        assert len(whole) > 3
        for limit in (1, 3, 50):
            assert ledger.review.queue(limit=limit) == whole[:limit]
        wounds = [one for one in whole if one.stored.claim.kind == "wounded"]
        found = ledger.review.queue(kinds=("wounded",), limit=50)
        assert {one.stored.id for one in found} == {one.stored.id for one in wounds}
        say(ledger, "accept", "Anna", of=whole[0].stored.claim)
        rest = ledger.review.queue(limit=1)
        assert [one.stored.id for one in rest] != [whole[0].stored.id]
