"""The checks: every one documented with an example that runs, intervals, readings, and the command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.check_examples import checked, findings_of, reports_of, stored
from tests.check_suite import RESULTS, cases, confusion, outcome

from warledger import checking, checks
from warledger.checks import intervals, messages, readings, record, stated
from warledger.checks.intervals import Interval
from warledger.checks.telling import sentence
from warledger.cli import run
from warledger.errors import LedgerError
from warledger.ledger import Ledger
from warledger.model import Evidence, Finding, Quantity, Report, Statement
from warledger.tables import read_table

DOC = (Path(__file__).parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `([\w-]+)`\n(.*?)(?=^## |\Z)", DOC, re.MULTILINE | re.DOTALL))
BLOCKS = [
    (name, block)
    for name, text in SECTIONS.items()
    for block in re.findall(r"```checks\n(.*?)```", text, re.DOTALL)
]


def test_every_check_has_its_section_and_none_is_made_up() -> None:
    assert set(SECTIONS) == set(checks.CHECKS)


@pytest.mark.parametrize(("name", "block"), BLOCKS, ids=[name for name, _ in BLOCKS])
def test_examples_come_out_as_documented(name: str, block: str) -> None:
    told = re.findall(r"^→ (\w+): (.*)$", block, re.MULTILINE)
    assert told
    assert [(f.result, f.sentence) for f in findings_of(block, name)] == told


def test_checks_without_a_runnable_example_are_those_of_tables_and_copies() -> None:
    assert set(checks.CHECKS) - {name for name, _ in BLOCKS} == {"source-reference", "wire-copy"}


def test_every_finding_of_the_examples_rests_on_words_that_stand_there() -> None:
    for name, block in BLOCKS:
        texts = {r.id: r.text for r in reports_of(block)}
        for finding in findings_of(block, name):
            assert finding.passages
            for passage in finding.passages:
                piece = passage.evidence
                assert texts[passage.report][piece.start : piece.end] == piece.quote


def test_sentences_are_made_of_message_and_values_alone() -> None:

    for name, block in BLOCKS:
        for finding in findings_of(block, name):
            assert sentence(finding.message, finding.values) == finding.sentence
            for step in finding.working:
                assert sentence(step.message, step.values) == step.text


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [
        ("exact", 30, 30), ("at_least", 30, None), ("over", 31, None), ("about", 25.5, 34.5),
        ("under", 0, 29), ("up_to", 0, 30),
    ],
)  # fmt: skip
def test_bounds_are_read_as_documented(bound: str, low: float, high: float | None) -> None:
    least = 30 if bound in ("exact", "at_least", "over", "about") else None
    most = 30 if bound in ("exact", "about", "under", "up_to") else None
    quantity = Quantity(least, most, bound)  # type: ignore[arg-type]
    assert intervals.of(quantity) == Interval(low, high)


def test_vague_figures_allow_anything() -> None:
    assert intervals.of(Quantity(None, None, "vague")) == Interval(0, None)


ENDS = st.integers(0, 10_000)


@given(ENDS, ENDS, ENDS, ENDS)
def test_sums_and_differences_hold_every_value_of_their_parts(
    a: int, b: int, c: int, d: int
) -> None:
    first, second = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    total = intervals.add([first, second])
    assert total == Interval(min(a, b) + min(c, d), max(a, b) + max(c, d))
    left = intervals.subtract(total, second)
    assert left.low is not None
    assert left.high is not None
    assert left.low <= min(a, b) <= max(a, b) <= left.high


@given(st.integers(1, 9999))
def test_rounding_allows_the_number_itself_and_never_more_than_a_twentieth(value: int) -> None:
    allowed = intervals.rounded(value)
    assert allowed.low is not None
    assert allowed.high is not None
    assert allowed.low < value < allowed.high
    assert allowed.high - value <= max(0.5, 0.05 * value) + 1e-9


def ratio(factor: float, bound: str) -> readings.Reading:
    values = {"factor": factor, "bound": bound}
    return readings.of_ratio(Statement("comparison", Evidence(0, 1, "x"), values))


@pytest.mark.parametrize(
    ("factor", "bound", "inside", "outside"),
    [
        (2, "nearly", (1.7, 1.99), (1.69, 2.0, 2.1)),
        (2, "exact", (1.8, 2.0, 2.2), (1.79, 2.21)),
        (2, "over", (2.01, 2.9), (2.0, 3.0)),
        (2, "at_least", (2.0, 2.9), (1.99, 3.0)),
        (2, "about", (1.7, 2.3), (1.6, 2.4)),
        (2.5, "exact", (2.45, 2.54), (2.44, 2.55)),
        (0.5, "exact", (0.5, 0.46, 0.55), (0.45, 0.56)),
        (3, "nearly", (2.55, 2.99), (2.5, 3.0)),
    ],
)
def test_ratios_are_read_as_documented(
    factor: float, bound: str, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    reading = ratio(factor, bound)
    assert [reading.allows(Interval(v, v)) for v in inside] == [True] * len(inside)
    assert [reading.allows(Interval(v, v)) for v in outside] == [False] * len(outside)


@pytest.mark.parametrize(("nights", "wanted"), [(20, 10), (200, 10), (201, 11), (728, 37)])
def test_one_of_the_largest_is_the_top_twentieth_or_the_top_ten(nights: int, wanted: int) -> None:
    assert readings.top(nights) == wanted


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (653, 635, "slip-digits"), (653, 536, None), (653, 654, None), (51, 15, "slip-digits"),
        (120, 1200, "slip-magnitude"), (12, 1200, "slip-magnitude"), (3, 30, None), (7, 8, None),
    ],
)  # fmt: skip
def test_slips_of_digits(x: int, y: int, message: str | None) -> None:
    assert intervals.slip(x, y) == intervals.slip(y, x) == message
    assert message is None or max(x, y) in intervals.slipped(min(x, y))


def test_no_slip_is_missed_where_many_figures_are_told() -> None:
    numbers = [*range(1, 300), 1200.0, 29900, 653.5, 6535]
    found = {(x, y) for x in numbers for y in intervals.slipped(x) if y in numbers}
    for x in numbers:
        for y in numbers:
            assert x >= y or intervals.slip(x, y) is None or (x, y) in found, (x, y)


@pytest.mark.parametrize(
    ("period", "unit", "wanted"),
    [
        (("2025-12-06", "2025-12-06", "day"), "day", ("2025-12-05", "2025-12-05")),
        (("2025-03-01", "2025-03-01", "day"), "week", ("2025-02-22", "2025-02-22")),
        (("2025-03-01", "2025-03-31", "month"), "month", ("2025-02-01", "2025-02-28")),
        (("2025-01-01", "2025-01-31", "month"), "month", ("2024-12-01", "2024-12-31")),
        (("2024-02-01", "2024-02-29", "month"), "year", ("2023-02-01", "2023-02-28")),
        (("2024-02-29", "2024-02-29", "day"), "year", ("2023-02-28", "2023-02-28")),
    ],
)
def test_earlier_periods(period: tuple[str, str, str], unit: str, wanted: tuple[str, str]) -> None:
    assert record.before(period, unit) == wanted


def test_numbers_of_a_page_are_read_with_their_separators() -> None:
    found = stated.numbers("653 drones, 1,200 men, 11 400 tanks, 89,6 % and 2.5 times")
    assert found == {653, 1200, 11400, 89.6, 2.5}


STORY = (
    "{credit}Russia launched {drones} drones and 51 missiles overnight, the Ukrainian air force said on Saturday. "
    "Rescuers worked in three regions, trains ran late, and the power company asked its customers to save current until "
    "the lines are mended. Printed at {clock}."
)


def story_of(drones: str) -> tuple[Finding, ...]:
    """The findings on one agency's story carried by two outlets, the later one with `drones`."""
    texts = [
        ("Daily", "07:00", STORY.format(credit="", drones="653", clock="07:15")),
        ("Weekly", "09:00", STORY.format(credit="", drones=drones, clock="09:40")),
    ]
    reports = [
        Report(id=who, text=text, lang="en", published=f"2025-12-06T{at}Z", publisher=who)
        for who, at, text in texts
    ]
    return tuple(f for f in checking.of_claims(stored(reports)) if f.check == "wire-copy")


def test_a_copy_that_alters_a_figure_is_told_with_both_claims() -> None:
    (found,) = story_of("635")
    assert found.result == "inconsistent"
    assert [(p.report, p.evidence.quote) for p in found.passages] == [
        ("Weekly", "635"), ("Daily", "653 drones"),
    ]  # fmt: skip
    assert len(found.claims) == 2
    assert "Weekly carries the story of Daily" in found.sentence


def test_a_copy_that_rounds_a_figure_so_that_both_can_hold_is_consistent() -> None:
    assert [f.result for f in story_of("over 650")] == ["consistent"]


def test_a_copy_that_only_prints_another_hour_alters_no_figure() -> None:
    assert story_of("653") == ()


def test_a_title_apart_from_the_text_is_held_against_it() -> None:
    text = "Air defences shot down 585 drones overnight, the Ukrainian air force said."
    for title, expected in (
        ("Ukraine shoots down 558 drones", ["inconsistent"]),
        ("Ukraine shoots down 585 drones", ["consistent"]),
        ("Ukraine shoots down drones", []),
    ):
        report = Report(id="r", text=text, title=title, lang="en", published="2025-12-06")
        found = [f for f in checking.of_claims(stored([report])) if f.check == "headline"]
        assert [f.result for f in found] == expected
        for finding in found:
            assert title in finding.sentence
            for p in finding.passages:
                assert text[p.evidence.start : p.evidence.end] == p.evidence.quote


def test_the_same_input_gives_the_same_findings_and_ids() -> None:
    text = "Russia launched 653 drones overnight. Air defences shot down 585 drones."
    report = Report(id="r", text=text, lang="en", published="2025-12-06")
    assert [f.id for f in checked(report)] == [f.id for f in checked(report)]
    assert checked(report)[0].id != checked(Report(id="q", text=text, lang="en"))[0].id


def test_what_two_parties_each_stopped_is_not_held_against_one_another() -> None:
    told = (
        "[2025-12-06T07:00 en Daily]\nThe Ukrainian air force said 585 drones were shot down overnight.\n"
        "[2025-12-06T08:00 en Weekly]\nThe Russian defence ministry said 116 drones were shot down overnight."
    )
    assert not findings_of(told, "speakers-apart")
    same = told.replace("Russian defence ministry", "general staff")
    assert findings_of(same, "speakers-apart")


def test_both_sides_are_checked_alike() -> None:
    told = "{} said {} drones had been launched overnight and 120 drones had been shot down."
    found = [
        [
            (f.check, f.result)
            for f in checked(
                Report(id="r", text=told.format(who, 100), lang="en", published="2025-12-06")
            )
        ]
        for who in ("The Ukrainian air force", "The Russian defence ministry")
    ]
    assert found[0] == found[1] == [("balance", "inconsistent")]


def test_no_sentence_calls_anybody_right_or_wrong() -> None:
    judging = re.compile(
        r"\b(lie[sd]?|lying|false|wrong|true|truth|right|propaganda)\b", re.IGNORECASE
    )
    assert {k: v for k, v in messages.MESSAGES.items() if judging.search(v)} == {}


# ---- the command ----

TEXT = "Russia launched 653 drones overnight. Air defences shot down 585 drones, or 89.6 percent of them.\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WARLEDGER_DB", str(tmp_path / "none.db"))
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_check_as_json(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", page, "--published", "2025-12-06", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["check"], f["result"]) for f in found] == [
        ("balance", "consistent"), ("stated-share", "consistent"),
    ]  # fmt: skip
    assert found[0]["working"][0]["text"] == "653 launched − 585 (intercepted) = 68"


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_check_in_every_form(page: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", page, "--published", "2025-12-06", "--format", form]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "653 launched − 585" in out
    assert "68 unaccounted for" in out


def test_check_escapes_what_a_report_says(
    tmp_path: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "<b>.txt"
    path.write_text(
        "<script>x</script> Russia launched 653 drones. It shot down <i>700 drones</i>.",
        encoding="utf-8",
    )
    assert run(["check", str(path), "--format", "html", "--lang", "en"]) == 0
    assert "<script>" not in capsys.readouterr().out


def test_claimreview_needs_a_sign_off(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", page, "--published", "2025-12-06", "--format", "claimreview"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "signed off" in told.err


@pytest.fixture
def recorded(page: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The findings on a ledger that holds the page."""
    assert run(["add", page, "--published", "2025-12-06", "--lang", "en"]) == 0
    capsys.readouterr()
    assert run(["findings", "--format", "json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def signing(verb: str, name: str, by: str) -> int:
    return run(["findings", verb, name, "--by", by, "--reason", "read it in the report"])


def test_claimreview_gives_findings_signed_off_in_the_ledger_and_no_others(
    page: str, recorded: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    name = recorded[0]["id"]
    assert len(recorded) == 2
    assert signing("sign", name[:8], "Olena Ivanenko") == 0
    for command in (["findings"], ["check", page, "--published", "2025-12-06", "--lang", "en"]):
        capsys.readouterr()
        assert run([*command, "--format", "claimreview"]) == 0
        (review,) = json.loads(capsys.readouterr().out)
        assert review["@type"] == "ClaimReview"
        assert review["identifier"] == name
        assert review["author"] == [{"@type": "Person", "name": "Olena Ivanenko"}]
        assert review["reviewRating"]["alternateName"] == "consistent"
    assert signing("withdraw", name, "Olena Ivanenko") == 0
    assert run(["findings", "--format", "claimreview"]) == 1
    assert run(["verify"]) == 0


def test_two_people_sign_where_the_house_asks_for_two(
    recorded: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    name = recorded[0]["id"]
    settings = ["review", "settings", "--signatures", "2", "--by", "Head", "--reason", "house rule"]
    assert run(settings) == 0
    assert signing("sign", name, "Olena") == 0
    assert signing("sign", name, "Olena") == 0
    assert run(["findings", "--format", "claimreview"]) == 1
    assert signing("sign", name, "Petro") == 0
    capsys.readouterr()
    assert run(["findings", "--format", "claimreview"]) == 0
    (review,) = json.loads(capsys.readouterr().out)
    assert [a["name"] for a in review["author"]] == ["Olena", "Petro"]
    assert run(["findings", "signed"]) == 0
    assert "signed by Olena, Petro; signed off" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        (("sign", "zzzz", "Olena", "read"), 2, "0 findings have an id"),
        (("sign", "", " ", "read"), 1, "name of who signs"),
        (("sign", "", "Olena", " "), 1, "reason"),
        (("withdraw", "zzzz", "Olena", "read"), 2, "0 signed findings"),
    ],
)
def test_sign_offs_that_cannot_be_are_refused_with_a_reason(
    recorded: list[dict[str, Any]],
    said: tuple[str, str, str, str],
    status: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    verb, name, by, reason = said
    named = name or recorded[0]["id"]
    assert run(["findings", verb, named, "--by", by, "--reason", reason]) == status
    assert told in capsys.readouterr().err


def test_sign_offs_are_entries_that_stay_and_rest_on_recorded_words(
    recorded: list[dict[str, Any]], tmp_path: Path
) -> None:
    with Ledger.open(tmp_path / "none.db", create=False) as ledger:
        (finding,) = [
            f.finding
            for part in checking.survey(ledger)
            for f in part.found
            if f.finding.id == recorded[0]["id"]
        ]
        first = ledger.signoffs.sign(finding, by="Olena", reason="read")
        assert ledger.signoffs.sign(finding, by="Olena", reason="again") == first
        with pytest.raises(LedgerError, match="has not signed"):
            ledger.signoffs.withdraw(finding.id, by="Petro", reason="no")
        ledger.signoffs.withdraw(finding.id, by="Olena", reason="a part was left out")
        assert [e.content()["withdrawn"] for e in ledger.entries("sign-off")] == [False, True]
        (told,) = ledger.signoffs.all()
        assert (told.by, told.in_force, told.finding) == ((), False, finding)
        passage = finding.passages[0]
        made_up = msgspec.structs.replace(passage.evidence, quote="700 drones")
        other = msgspec.structs.replace(
            finding, passages=(msgspec.structs.replace(passage, evidence=made_up),)
        )
        with pytest.raises(LedgerError, match="700 drones"):
            ledger.signoffs.sign(other, by="Olena", reason="read")
        with pytest.raises(LedgerError, match="cannot name a kind"):
            ledger.append("sign-off", {})


# ---- all of a ledger ----


@pytest.mark.parametrize("form", ["text", "json", "csv", "md"])
def test_findings_of_a_ledger_in_every_form(
    recorded: list[dict[str, Any]], form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["findings", "--format", form]) == 0
    told = capsys.readouterr()
    out = " ".join(told.out.split())
    assert recorded[0]["id"] in out
    assert "68 unaccounted for" in out
    assert "1 of 1 reports, 2 findings" in told.err


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), 2),
        (("--check", "balance"), 1),
        (("--check", "balance", "--check", "stated-share"), 2),
        (("--result", "inconsistent"), 0),
        (("--from", "2025-12-06", "--to", "2025-12-06"), 2),
        (("--from", "2025-12-07"), 0),
        (("--to", "2025-12-04"), 0),
        (("--table", "missile-attacks-daily"), 0),
        (("--skip", "1"), 0),
    ],
)
def test_findings_are_filtered(
    recorded: list[dict[str, Any]], asked: tuple[str, ...], expected: int,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run(["findings", "--format", "json", *asked]) == (0 if expected else 1)
    assert len(capsys.readouterr().out.splitlines()) == expected


def test_an_unknown_check_is_named(
    recorded: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["findings", "--check", "guess"]) == 2
    assert "'guess' is no check" in capsys.readouterr().err


def test_a_survey_taken_up_later_finds_what_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    rows = [
        {
            "id": f"n{n}", "lang": "en", "published": f"2025-11-{n + 1:02}", "publisher": "Daily",
            "text": f"The Ukrainian air force said Russia launched {90 + n} drones overnight and {n} drones were shot down.",
        }
        for n in range(2, 7)
    ]  # fmt: skip
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    place = str(tmp_path / "w.db")
    assert run(["add", str(path), "--ledger", place]) == 0
    with Ledger.open(place, create=False) as ledger:
        parts = list(checking.survey(ledger))
        later = list(checking.survey(ledger, skip=2))
    assert [(p.done, p.total) for p in parts] == [(2, 5), (4, 5), (5, 5), (5, 5)]
    assert [p.found for p in later] == [p.found for p in parts[1:]]


TABLE = (
    "time_start,time_end,model,launch_place,target,launched,destroyed,not_reach_goal,source\n"
    "2024-12-27 19:00,2024-12-28 08:00,Shahed-136/131,Kursk oblast,Ukraine,16,15,11,kpszsu/posts/1\n"
    "2024-12-27 19:00,2024-12-28 08:00,Kalibr,Black Sea,Ukraine,4,4,,kpszsu/posts/1\n"
    "2025-01-14 19:00,2025-01-15 08:00,Shahed-136/131,Kursk oblast,Ukraine,74,47,27,kpszsu/posts/1\n"
)


def test_an_imported_table_shows_broken_balances_and_references_used_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WARLEDGER_DB", str(tmp_path / "w.db"))
    path = tmp_path / "attacks.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert run(["import-table", str(path), "--mapping", "missile-attacks-daily"]) == 0
    capsys.readouterr()
    asked = ["findings", "--table", "missile-attacks-daily", "--result", "inconsistent"]
    assert run([*asked, "--format", "json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(f["check"], f["message"]) for f in found] == [
        ("balance", "more-out-than-in"), ("source-reference", "reference-reused"),
    ]  # fmt: skip
    assert found[0]["values"]["excess"] == {"low": 10, "high": 10}
    assert found[1]["values"]["gap"] == 18
    assert {p["evidence"]["quote"][:8] for p in found[1]["passages"]} == {"launched"}


def test_a_row_is_balanced_with_those_that_crossed_into_any_country(tmp_path: Path) -> None:
    path = tmp_path / "attacks.csv"
    path.write_text(
        "time_start,time_end,model,target,launched,destroyed,not_reach_goal,border_crossing,source\n"
        "2024-12-12 19:00,2024-12-13 08:00,Shahed-136/131,Ukraine,193,80,100,\"{'belarus': 1, 'russia': 5}\",kpszsu/1\n",
        encoding="utf-8",
    )
    (row,) = read_table(str(path)).rows
    (found,) = checks.check(checks.Checked(row.report, row.claims))
    assert found.sentence.startswith("drone Shahed: 193 launched − 186 (intercepted, lost) = 7")


def test_findings_stand_beside_the_figures_of_an_incident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WARLEDGER_DB", str(tmp_path / "w.db"))
    text = tmp_path / "night.txt"
    text.write_text(
        "The Ukrainian air force said Russia launched 653 drones overnight. Air defences shot down 700 drones.\n",
        encoding="utf-8",
    )
    assert run(["add", str(text), "--published", "2025-12-06", "--lang", "en"]) == 0
    capsys.readouterr()
    assert run(["incidents", "--on", "2025-12-06", "--format", "json"]) == 0
    name = json.loads(capsys.readouterr().out)["incidents"][0]["id"]
    for form in ("table", "md", "json"):
        assert run(["incident", name, "--checks", "--format", form]) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert "700 (intercepted) is 47 more than the 653 launched" in out


def test_check_with_a_ledger_that_is_not_there(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", page, "--ledger", str(tmp_path / "absent.db")]) == 1
    assert "no ledger there yet" in capsys.readouterr().err


def test_check_against_a_ledger(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = str(tmp_path / "w.db")
    reports = tmp_path / "reports.jsonl"
    rows = [
        {
            "id": f"n{day}",
            "text": f"The Ukrainian air force said Russia launched {count} drones overnight.",
            "published": f"2025-12-0{day}",
            "lang": "en",
            "publisher": "Daily",
        }
        for day, count in ((3, 120), (4, 90), (5, 310))
    ]
    reports.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    assert run(["add", str(reports), "--ledger", ledger]) == 0
    text = tmp_path / "new.txt"
    text.write_text(
        "It was the largest drone attack of the war: the air force said Russia launched 400 drones overnight.",
        encoding="utf-8",
    )
    capsys.readouterr()
    assert (
        run(
            [
                "check",
                str(text),
                "--published",
                "2025-12-06",
                "--ledger",
                ledger,
                "--format",
                "json",
            ]
        )
        == 0
    )
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [
        (f["check"], f["result"], f["values"]["rank"], f["values"]["nights"]) for f in found
    ] == [("superlative", "consistent", 1, 3)]


def test_findings_stand_beside_the_figures_of_a_brief(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = str(tmp_path / "w.db")
    text = tmp_path / "night.txt"
    text.write_text(
        "It was the largest drone attack of the war, the Ukrainian air force said: Russia launched 653 drones "
        "overnight. Air defences shot down 700 drones.\n",
        encoding="utf-8",
    )
    assert (
        run(["add", str(text), "--published", "2025-12-06", "--lang", "en", "--ledger", ledger])
        == 0
    )
    capsys.readouterr()
    for extra, told in (((), False), (("--checks",), True)):
        assert (
            run(["brief", "--on", "2025-12-06", "--ledger", ledger, "--format", "md", *extra]) == 0
        )
        out = capsys.readouterr().out
        assert ("| Checks |" in out) is told
        assert (
            "inconsistent: drone: 700 (intercepted) is 47 more than the 653 launched." in out
        ) is told


def test_one_reference_for_far_days() -> None:

    rows = stored(
        reports_of(
            "[2024-12-28 en Table]\nRussia launched 24 drones overnight.\n[2025-01-16 en Table]\nRussia launched 30 drones overnight."
        )
    )
    told = [
        msgspec.structs.replace(
            c, claim=msgspec.structs.replace(c.claim, detail={"source": "channel/post/1"})
        )
        for c in rows
    ]
    found = [f for f in checks.across(told) if f.check == "source-reference"]
    assert [(f.values["first"], f.values["last"], f.values["gap"]) for f in found] == [
        ("2024-12-28", "2025-01-16", 19)
    ]


# ---- the suite of cases ----

TOLD = [(case, outcome(case)) for case in cases()]


def test_the_suite_is_large_and_holds_every_result_in_every_language() -> None:
    assert len(TOLD) >= 400
    kinds = {(case.lang, case.expected) for case, _ in TOLD}
    assert kinds >= {(lang, result) for lang in ("en", "uk", "ru") for result in RESULTS[:3]}


def test_every_check_has_statements_that_were_mutated() -> None:
    assert {case.check for case, _ in TOLD if case.mutated} == set(checks.CHECKS)


def test_true_false_and_open_statements_come_out_so() -> None:
    right = sum(case.expected == given for case, given in TOLD)
    assert right / len(TOLD) >= 0.98, confusion(TOLD)


def test_mutated_statements_are_no_longer_consistent() -> None:
    mutants = [given for case, given in TOLD if case.mutated]
    assert {case.mutated for case, _ in TOLD} >= {"number", "unit", "direction", "period"}
    assert sum(given != "consistent" for given in mutants) / len(mutants) >= 0.99


def test_what_the_record_settles_is_never_left_open() -> None:
    settled = [
        case.text
        for case, given in TOLD
        if case.expected != "cannot_tell" and given == "cannot_tell"
    ]
    assert settled == []
