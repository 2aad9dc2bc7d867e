"""The checks: every one documented with an example that runs, intervals, readings, and the command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.check_examples import checked, findings_of, reports_of, stored
from tests.check_suite import cases, confusion, outcome

from warledger import checks
from warledger.checks import intervals, messages, readings, record, reports, stated
from warledger.checks.intervals import Interval
from warledger.checks.telling import sentence
from warledger.cli import run
from warledger.model import Alteration, Copies, Copy, Evidence, Quantity, Report, Statement

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
    assert reports.slip(x, y) == reports.slip(y, x) == message


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


def test_a_copy_that_alters_a_figure_is_told() -> None:
    first = Copy(
        report_id="a", version="1", publisher="Daily", published=None, similarity=1.0, credit=None
    )
    change = Alteration("653 drones", "635 drones", 16, 26)
    second = Copy(
        report_id="b", version="1", publisher="Weekly", published=None, similarity=0.94, credit=None,
        altered=(change,),
    )  # fmt: skip
    found = checks.of_copies([Copies(id="c", members=(first, second), origin=())])
    assert [(f.check, f.result) for f in found] == [("wire-copy", "inconsistent")]
    assert found[0].sentence in DOC.replace("\n", " ")


def test_the_same_input_gives_the_same_findings_and_ids() -> None:
    text = "Russia launched 653 drones overnight. Air defences shot down 585 drones."
    report = Report(id="r", text=text, lang="en", published="2025-12-06")
    assert [f.id for f in checked(report)] == [f.id for f in checked(report)]
    assert checked(report)[0].id != checked(Report(id="q", text=text, lang="en"))[0].id


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


def test_claimreview_needs_a_signature(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", page, "--published", "2025-12-06", "--format", "claimreview"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "signed off" in told.err


def test_claimreview_of_signed_findings_only(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", page, "--published", "2025-12-06", "--format", "json"])
    first, _ = json.loads(capsys.readouterr().out)["findings"]
    signed = tmp_path / "signed.txt"
    signed.write_text(f"{first['id']} Olena Ivanenko\n", encoding="utf-8")
    arguments = ["check", page, "--published", "2025-12-06", "--format", "claimreview"]
    assert run([*arguments, "--signed", str(signed)]) == 0
    (review,) = json.loads(capsys.readouterr().out)
    assert review["@type"] == "ClaimReview"
    assert review["identifier"] == first["id"]
    assert review["author"]["name"] == "Olena Ivanenko"
    assert review["reviewRating"]["alternateName"] == "consistent"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [("abc\n", "line 1"), (None, "No such file")],
    ids=["no name", "no file"],
)
def test_bad_signatures_are_told(
    page: str, tmp_path: Path, lines: str | None, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = tmp_path / "signed.txt"
    if lines is not None:
        signed.write_text(lines, encoding="utf-8")
    assert run(["check", page, "--format", "claimreview", "--signed", str(signed)]) == 2
    assert reason in capsys.readouterr().err


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
    assert len(kinds) == 9


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
