"""Incidents out of a ledger and decisions on them back into it: reasons stay, what was known stays, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.test_cli_ledger import run
from tests.test_ledger import record
from tests.test_ledger_time import Clock

from warledger import pipeline, regrouping
from warledger.errors import LedgerError, UsageError
from warledger.incidents import days_of
from warledger.ledger import Decision, Edition, Ledger
from warledger.model import (
    Claim,
    Evidence,
    Incident,
    Item,
    Period,
    Place,
    Quantity,
    Regrouping,
    Report,
    Speaker,
)

DAY = "2025-12-06"
KYIV = Place("Kyiv", "Kyiv", "UA80")
ODESA = Place("Odesa", "Odesa", "UA51")
WHO = {"by": "A. Reader", "reason": "another street"}


def told(name: str, number: int, **slots: object) -> tuple[Report, Claim]:
    """A report that says in one sentence how many people were hurt at a place on a day."""
    text = f"{number} people were hurt there."
    day = str(slots.pop("day", DAY))
    quote = f"{number} people"
    fields = {
        "kind": "wounded",
        "item": Item("person"),
        "quantity": Quantity(number, number, "exact"),
        "places": (KYIV,),
        "speaker": Speaker("Mayor", "UA"),
        "time": Period(day, day, "day"),
        **slots,
    }
    made = Claim(report=name, evidence=(Evidence(0, len(quote), quote),), rule="test", **fields)  # type: ignore[arg-type]
    return Report(id=name, text=text, published=day, publisher=f"Paper {name}", lang="en"), made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(place: str, clock: Clock) -> Callable[[], Ledger]:
    return lambda: Ledger.open(place, clock=clock)


def incidents(ledger: Ledger, on: str = DAY, when: str | None = None) -> list[Incident]:
    found = regrouping.incidents(ledger, start=on, end=on, as_known_on=when)
    return list(found.incidents)


def only(found: list[Incident]) -> Incident:
    (one,) = found
    return one


def lows(one: Incident) -> list[float | None]:
    return [line.latest.quantity.low for line in one.lines if line.latest.quantity]


def test_a_split_and_a_join_are_entries_and_what_was_known_before_stays(
    opened: Callable[[], Ledger], clock: Clock
) -> None:
    with opened() as ledger:
        record(ledger, *told("r1", 3))
        record(ledger, *told("r2", 9, speaker=Speaker("Police", "UA")))
        before = only(incidents(ledger))
        assert before.id.startswith("20251206-")
        first, second = before.claims
        clock.now += timedelta(hours=1)
        regrouping.split(ledger, before.id[:12], [second[:6]], **WHO)
        parts = incidents(ledger)
        assert sorted(len(i.claims) for i in parts) == [1, 1]
        assert all(i.regrouped == ("split by A. Reader: another street",) for i in parts)
        assert only(incidents(ledger, when="2025-12-06T08:30Z")) == before
        clock.now += timedelta(hours=1)
        other = next(i for i in parts if i.id != before.id)
        regrouping.join(ledger, [before.id, other.id], by="B. Reader", reason="one street")
        again = only(incidents(ledger))
        assert (again.id, set(again.claims)) == (before.id, {first, second})
        assert again.regrouped[-1] == "joined by B. Reader: one street"
        kinds = [entry.content()["action"] for entry in ledger.entries("regrouping")]
        assert kinds == ["split", "join"]
        assert ledger.verify().fault is None


def test_a_join_of_two_days_is_whole_on_both_and_takes_in_what_comes_later(
    opened: Callable[[], Ledger],
) -> None:
    with opened() as ledger:
        record(ledger, *told("r1", 3))
        record(ledger, *told("r2", 9, day="2025-11-20"))
        names = [only(incidents(ledger, on)).id for on in (DAY, "2025-11-20")]
        regrouping.join(ledger, names, by="A", reason="one shelling, told later")
        record(ledger, *told("r3", 11, day="2025-11-20", speaker=Speaker("Police", "UA")))
        on_both = [only(incidents(ledger, on)) for on in (DAY, "2025-11-20")]
        assert on_both[0] == on_both[1]
        assert on_both[0].id == names[0]
        assert len(on_both[0].claims) == 3
        assert regrouping.incident(ledger, names[0]) == on_both[0]


def test_a_decision_needs_a_name_a_reason_and_an_incident(opened: Callable[[], Ledger]) -> None:
    with opened() as ledger:
        record(ledger, *told("r1", 3))
        name = only(incidents(ledger)).id
        for names, said in (
            ([name, name], {"by": "A", "reason": "b"}),
            ([name, "20251207-0"], {"by": "A", "reason": "b"}),
            ([name, "f79e47"], {"by": "A", "reason": "b"}),
            ([name], {"by": " ", "reason": "b"}),
        ):
            with pytest.raises(UsageError):
                regrouping.join(ledger, names, **said)
        with pytest.raises(LedgerError, match="name of who decides"):
            ledger.regroup(Regrouping(action="join", incidents=(name,), by="A", reason=" "))
        assert ledger.entries("regrouping") == []


def test_a_figure_that_was_edited_away_stays_among_the_earlier_ones(
    opened: Callable[[], Ledger], clock: Clock
) -> None:
    with opened() as ledger:
        for number in (3, 9):
            report, claim = told("r1", number)
            record(ledger, Edition(report=report, source="channel/7"), claim)
            clock.now += timedelta(hours=1)
        line = only(incidents(ledger)).lines[0]
        (earlier,) = line.earlier
        assert line.latest.quantity == Quantity(9, 9, "exact")
        assert (earlier.quantity, earlier.edited_away) == (Quantity(3, 3, "exact"), True)
        assert earlier.known_at_utc == "2025-12-06T08:00:00Z"
        assert (line.carriers, line.beside) == (1, ())
        assert not only(incidents(ledger, when="2025-12-06T08:30Z")).lines[0].earlier
        brief = pipeline.brief(ledger, start=DAY, end=DAY)
        assert "3 people" not in {c.quote for c in brief.citations}


def test_a_voice_that_was_edited_away_is_a_line_without_carriers_and_in_no_spread(
    opened: Callable[[], Ledger], clock: Clock
) -> None:
    with opened() as ledger:
        record(ledger, *told("r2", 5, speaker=Speaker("Police", "UA")))
        for number, speaker in ((3, "Mayor"), (9, "Governor")):
            report, claim = told("r1", number, speaker=Speaker(speaker, "UA"))
            record(ledger, Edition(report=report, source="channel/7"), claim)
            clock.now += timedelta(hours=1)
        found = only(incidents(ledger))
        gone = next(line for line in found.lines if line.speaker.name == "Mayor")
        assert (gone.carriers, gone.latest.edited_away) == (0, True)
        (spread,) = found.spreads
        assert (spread.low, spread.high) == (5, 9)


def test_what_was_rejected_in_review_is_left_out_and_marked(
    opened: Callable[[], Ledger], clock: Clock
) -> None:
    with opened() as ledger:
        record(ledger, *told("r1", 3))
        wrong = told("r2", 900)
        record(ledger, *wrong)
        record(ledger, *told("r3", 7, places=(ODESA,)))
        lonely = ledger.claims(report="r3")[0].id
        clock.now += timedelta(hours=1)
        for claim in (wrong[1].id, lonely):
            said = {"claim": claim, "verdict": "reject", "by": "Anna", "reason": "a year"}
            ledger.review.decide(msgspec.convert(said, Decision))
        found = regrouping.incidents(ledger, start=DAY, end=DAY)
        one = only(list(found.incidents))
        assert lows(one) == [3]
        told_why = "was rejected in review by Anna: a year"
        assert one.rejected == (f"claim {wrong[1].id} {told_why}",)
        assert {(u.claim_id, u.reason) for u in found.ungrouped} == {
            (wrong[1].id, told_why),
            (lonely, told_why),
        }
        then = incidents(ledger, when="2025-12-06T08:30Z")
        assert sorted(n or 0 for i in then for n in lows(i)) == [7, 900]


def test_a_sum_over_years_is_told_on_the_day_on_which_it_ends(
    opened: Callable[[], Ledger],
) -> None:
    long, month = Period("2022-02-24", DAY, "range"), Period("2025-12-01", "2025-12-31", "month")
    with opened() as ledger:
        record(ledger, *told("r1", 15_000, time=long))
        record(ledger, *told("r2", 90, time=month))
        assert [i.kind for i in incidents(ledger)] == ["tally", "tally"]
        assert [lows(i) for i in incidents(ledger, "2025-12-10")] == [[90]]
        assert incidents(ledger, "2024-05-05") == []
        assert regrouping.incident(ledger, "20251206").lines[0].latest.quantity


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("20251206-f7", ("2025-12-06", "2025-12-06")),
        ("202512", ("2025-12-01", "2025-12-31")),
        ("2024", ("2024-01-01", "2024-12-31")),
    ],
)
def test_an_incidents_id_says_where_to_look(name: str, days: tuple[str, str]) -> None:
    assert days_of(name) == days


def test_incident_split_and_join_on_the_command_line(tmp_path: Path) -> None:
    with Ledger.open(
        tmp_path / "w.db", clock=lambda: datetime(2025, 12, 6, 8, tzinfo=UTC)
    ) as ledger:
        record(ledger, *told("r1", 3))
        record(ledger, *told("r2", 9, speaker=Speaker("Police", "UA")))
        one = only(incidents(ledger))
    who = ("--by", "Anna", "--reason", "two streets")
    done = run("incident", "split", one.id, one.claims[1][:8], *who, folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Split: 1 claims (entry 5).\n")
    shown = run("incident", one.id, folder=tmp_path).stdout
    assert "split by Anna: two streets" in shown
    listed = run("incidents", "--on", DAY, folder=tmp_path).stdout.split()
    ids = [word for word in listed if word.startswith("20251206-")]
    assert len(ids) == 2
    done = run("incident", "join", *sorted(ids, key=one.id.__ne__), *who, folder=tmp_path)
    assert done.stdout == f"Joined under {one.id} (entry 6).\n"
    known = ("--as-known-on", "2025-12-05")
    assert run("incidents", "--on", DAY, *known, folder=tmp_path).returncode == 1
    assert run("incident", "split", one.id, "zzz", *who, folder=tmp_path).returncode == 2
    assert run("incident", "join", one.id, folder=tmp_path).returncode == 2
