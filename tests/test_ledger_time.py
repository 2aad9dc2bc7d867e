"""What was known when, versions of a source, and readings beside one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_ledger import TEXT, claim, record, report

from warledger.canonical import canonical_url
from warledger.errors import LedgerError, UsageError
from warledger.ledger import Edition, Ledger, Recorded, differences
from warledger.ledger.changes import words
from warledger.ledger.identity import source_of
from warledger.model import Report

EDITED = TEXT.replace("26", "28")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2025, 12, 6, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def killed(ledger: Ledger, when: str | datetime | None = None) -> list[float | None]:
    found = ledger.claims(kinds=["killed"], as_known_on=when)
    return [c.claim.quantity.low for c in found if c.claim.quantity]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told(place: str, clock: Clock) -> Callable[[], Ledger]:
    return lambda: Ledger.open(place, clock=clock)


def edition(text: str, updated: str | None = None) -> Edition:
    return Edition(report=report(text), source="channel/7", updated=updated)


def keep(ledger: Ledger, one: Edition, number: int = 26) -> Recorded:
    return ledger.record(
        one,
        original=one.report.text.encode(),
        media_type="text/plain",
        claims=[claim(one.report.text, f"{number} людей", number)],
        refusals=[],
        engine_version="1",
        rules_version="1",
    )


def test_every_question_is_answered_as_known_then(told: Callable[[], Ledger], clock: Clock) -> None:
    with told() as ledger:
        record(ledger, report(), claim())
        clock.now += timedelta(hours=1)
        record(ledger, report(EDITED), claim(EDITED, "28 людей", 28))
        clock.now += timedelta(days=1)
        ledger.withdraw("r1", by="Anna", reason="the outlet took it back")
        before, first, second = "2025-12-06T07:59Z", "2025-12-06T08:00Z", "2025-12-06T11:00+02:00"
        assert [killed(ledger, m) for m in (before, first, second, None)] == [[], [26], [28], []]
        assert killed(ledger, "2025-12-06") == [28]
        assert killed(ledger, datetime(2025, 12, 6, 10, tzinfo=timezone(timedelta(hours=2)))) == [
            26
        ]
        assert [h.passage for h in ledger.search("28", as_known_on=first)] == []
        assert [h.superseded for h in ledger.search("людей", as_known_on=second)] == [True, False]
        assert ledger.show("r1", as_known_on=first).source.report.text == TEXT
        assert ledger.show("r1", as_known_on=second).withdrawn is False
        assert ledger.show("r1").withdrawn is True
        assert ledger.counts(as_known_on=first)["reports"] == 1
        assert len(ledger.entries(as_known_on=first)) == 2
        assert ledger.days(as_known_on=second) == [("2025-11-19", "killed", 1)]
        with pytest.raises(LedgerError, match="no report or claim"):
            ledger.show("r1", as_known_on=before)


@pytest.mark.parametrize("moment", ["yesterday", "2025-13-01", "2025-12-06T25:00"])
def test_what_is_no_moment_is_a_wrong_call(place: str, moment: str) -> None:
    with Ledger.open(place) as ledger, pytest.raises(UsageError, match="no moment"):
        ledger.claims(as_known_on=moment)


def test_a_clock_set_back_leaves_what_was_known_a_beginning(
    told: Callable[[], Ledger], clock: Clock
) -> None:
    with told() as ledger:
        record(ledger, report(), claim())
        clock.now -= timedelta(days=2)
        record(ledger, report(name="r2"))
        assert {e.recorded_at_utc for e in ledger.entries()} == {"2025-12-06T08:00:00Z"}


def test_an_older_version_added_again_changes_nothing_and_says_so(
    told: Callable[[], Ledger], clock: Clock
) -> None:
    with told() as ledger:
        keep(ledger, edition(TEXT))
        clock.now += timedelta(minutes=1)
        assert keep(ledger, edition(EDITED), 28).status == "new_version"
        again = keep(ledger, edition(TEXT))
        assert (again.status, again.superseded) == ("unchanged", True)
        assert killed(ledger) == [28]


def test_a_version_changed_earlier_at_its_source_is_placed_before(
    told: Callable[[], Ledger], clock: Clock
) -> None:
    with told() as ledger:
        keep(ledger, edition(EDITED, "2025-12-06T07:00Z"), 28)
        clock.now += timedelta(minutes=1)
        late = keep(ledger, edition(TEXT, "2025-12-06T06:00Z"))
        assert (late.status, late.superseded) == ("new_version", True)
        assert killed(ledger) == [28]
        assert [v.stored.report.text for v in ledger.versions("r1")] == [TEXT, EDITED]
        assert ledger.verify().holds


def test_a_source_that_goes_back_to_its_earlier_text_is_a_new_version(
    told: Callable[[], Ledger], clock: Clock
) -> None:
    with told() as ledger:
        keep(ledger, edition(TEXT, "2025-12-06T06:00Z"))
        clock.now += timedelta(minutes=1)
        keep(ledger, edition(EDITED, "2025-12-06T07:00Z"), 28)
        clock.now += timedelta(minutes=1)
        back = edition(TEXT, "2025-12-06T07:30Z")
        assert keep(ledger, back).status == "new_version"
        assert keep(ledger, back).status == "unchanged"
        assert killed(ledger) == [26]
        assert len(ledger.versions("r1")) == 3
        assert ledger.verify().holds


def test_a_version_after_a_withdrawal_counts_again(
    told: Callable[[], Ledger], clock: Clock
) -> None:
    with told() as ledger:
        record(ledger, report(), claim())
        ledger.withdraw("r1", by="Anna", reason="wrong town")
        with pytest.raises(LedgerError, match="already"):
            ledger.withdraw("r1", by="Anna", reason="wrong town")
        assert ledger.claims() == []
        record(ledger, report(EDITED), claim(EDITED, "28 людей", 28))
        assert killed(ledger) == [28]


def test_two_versions_are_held_against_each_other(told: Callable[[], Ledger], clock: Clock) -> None:
    with told() as ledger:
        keep(ledger, edition(TEXT))
        with pytest.raises(LedgerError, match="nothing earlier"):
            ledger.compare("r1")
        clock.now += timedelta(minutes=1)
        keep(ledger, edition(EDITED), 28)
        compared = ledger.compare("r1")
        gone = [p.text for p in compared.text if p.kind == "gone"]
        came = [p.text for p in compared.text if p.kind == "new"]
        assert (gone, came) == (["26"], ["28"])
        (change,) = compared.claims.changed
        assert change.slots == ("quantity", "quote")
        assert ledger.compare(
            "r1", old=compared.new.stored.version[:9], new=compared.old.stored.version
        ).claims.changed
        with pytest.raises(LedgerError, match="0 versions"):
            ledger.compare("r1", old="zz")


def test_newer_rules_read_what_is_latest_again_and_only_once(
    told: Callable[[], Ledger], clock: Clock
) -> None:
    with told() as ledger:
        keep(ledger, edition(TEXT))
        keep(ledger, edition(EDITED), 28)
        ledger.record(
            report(name="row"),
            original=b"row",
            media_type="text/csv",
            claims=[],
            refusals=[],
            engine_version="import/table",
            rules_version="1",
        )
        (entry,) = ledger.unread("1", "2")
        shown = ledger.reading(entry)
        assert shown.source.report.text == EDITED
        by = {"engine_version": "1", "rules_version": "2"}
        assert ledger.read_again(shown.source.version, claims=[], refusals=[], **by)
        assert not ledger.read_again(shown.source.version, claims=[], refusals=[], **by)
        assert ledger.unread("1", "2") == []
        assert killed(ledger) == []
        assert killed(ledger, "2025-12-06T07:00Z") == []
        assert len(ledger.entries("extraction")) == 4
        with pytest.raises(LedgerError, match="no version"):
            ledger.read_again("0" * 64, claims=[], refusals=[], **by)


def test_a_batch_is_written_whole_or_not_at_all(told: Callable[[], Ledger]) -> None:
    with told() as ledger:
        with ledger.batch():
            for n in range(3):
                record(ledger, report(name=f"r{n}"))
        with pytest.raises(LedgerError, match="do not stand"):
            _half(ledger)
        assert ledger.counts()["reports"] == 3
        assert ledger.verify().holds


def _half(ledger: Ledger) -> None:
    with ledger.batch():
        record(ledger, report(name="r8"))
        record(ledger, report(name="r9"), claim("x" + TEXT))


def test_entries_of_ones_own_are_chained_and_come_back(told: Callable[[], Ledger]) -> None:
    with told() as ledger:
        ledger.append("note", {"about": ["a", "b"]})
        (entry,) = ledger.entries("note")
        assert entry.content()["about"] == ["a", "b"]
        for kind in ("report", "setting", "regrouping", "Big", ""):
            with pytest.raises(LedgerError, match="cannot name"):
                ledger.append(kind, {})
        assert ledger.verify().entries == 1


@given(
    st.lists(st.sampled_from(["a", "b ", "c\n", "д.", " "])),
    st.lists(st.sampled_from(["a", "b ", "c\n", "е"])),
)
def test_the_pieces_of_a_difference_make_up_both_texts(old: list[str], new: list[str]) -> None:
    before, after = "".join(old), "".join(new)
    pieces = words(before, after)
    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after


def test_claims_that_only_moved_are_the_same() -> None:
    moved = claim("Так. " + TEXT)
    assert differences([claim()], [moved]).is_none
    other = msgspec.structs.replace(claim(), kind="wounded")
    found = differences([claim()], [other])
    assert (found.appeared, found.vanished) == ((other,), (claim(),))


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        (
            "http://www.News.example:80/a/?utm_source=x&b=2&a=1#top",
            "https://news.example/a?a=1&b=2",
        ),
        ("https://news.example", "https://news.example/"),
        ("ftp://news.example/a", None),
    ],
)
def test_an_address_keeps_what_names_the_page(address: str, canonical: str | None) -> None:
    assert canonical_url(address) == canonical


def test_a_made_up_id_gives_way_to_the_address() -> None:
    made, given_ = (
        Report(id=i, text="x", url="https://n.example/a") for i in ("page-abcdef01", "n-1")
    )
    assert source_of(made, "abcdef01" + "0" * 56) == "https://n.example/a"
    assert source_of(given_, "abcdef01" + "0" * 56) == "n-1"
