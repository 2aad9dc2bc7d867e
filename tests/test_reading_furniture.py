"""Reading: what a site puts around a report is cut, and the report's own lines stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.reading.furniture import Pattern, cut, patterns

BODY = "The air force shot down 25 drones.\n\nNobody was hurt, it said."
IDS = [pattern.id for pattern in patterns()]


def cuts(pattern: Pattern, line: str) -> bool:
    compiled = re.compile(pattern.regex, re.IGNORECASE)
    found = compiled.search(line) if pattern.scope == "inline" else compiled.fullmatch(line)
    return found is not None


@pytest.mark.parametrize("pattern", patterns(), ids=IDS)
def test_a_pattern_cuts_what_it_says_and_leaves_what_it_says(pattern: Pattern) -> None:
    assert pattern.match
    assert [line for line in pattern.match if not cuts(pattern, line)] == []
    assert pattern.nonmatch
    assert [line for line in pattern.nonmatch if cuts(pattern, line)] == []


@pytest.mark.parametrize("pattern", patterns(), ids=IDS)
def test_a_line_that_one_pattern_leaves_stays_in_a_text(pattern: Pattern) -> None:
    for line in pattern.nonmatch:
        text = f"{BODY}\n{line.strip()}\n{BODY}"
        assert cut(text) == text


@pytest.mark.parametrize("pattern", patterns(), ids=IDS)
def test_furniture_at_the_end_of_a_text_is_cut(pattern: Pattern) -> None:
    for line in pattern.match:
        if pattern.scope != "inline":
            assert cut(f"{BODY}\n\n{line}\n") == BODY


def test_every_language_has_the_same_kinds_of_patterns() -> None:
    kinds: dict[str, set[str]] = {}
    for name in IDS:
        language, _, kind = name.partition("/")
        kinds.setdefault(language, set()).add(kind)
    only_english = {"comments-heading", "networks"}  # elsewhere part of another, or written so too
    assert kinds["en"] - only_english == kinds["uk"] == kinds["ru"]
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize(
    "form",
    [
        "Leave a Reply\n\nYour email address will not be published. Required fields are marked *",
        "Leave a Reply\n\nComment *\nName *\n\nBob says 1000 drones were shot down.",
        "Залишити відповідь\nВаша e-mail адреса не оприлюднюватиметься. Обов’язкові поля позначені *",
        "Добавить комментарий\nВаш адрес email не будет опубликован. Обязательные поля помечены *",
        "Share this:\nFacebook\nX\nTelegram",
        "Читайте також:\nНіч над Одесою: що відомо\nУ Сумах відновили світло",
        "Читайте также: Ночь над Одессой\n\nПоделиться:\nTelegram",
    ],
    ids=["en-form", "en-form-with-comments", "uk-form", "ru-form", "share", "uk-also", "ru-also"],
)
def test_what_follows_the_report_is_cut(form: str) -> None:
    assert cut(f"{BODY}\n\n{form}") == BODY


def test_the_email_sentence_is_cut_out_of_its_line() -> None:
    note = "Your email address will not be published. Required fields are marked *"
    assert cut(f"Nobody was hurt. {note}") == "Nobody was hurt."


def test_a_read_also_line_inside_is_cut_and_the_report_goes_on() -> None:
    text = "Two fell.\nRead also: Night of 300 drones\nThree were shot down."
    assert cut(text) == "Two fell.\nThree were shot down."


def test_a_list_of_links_ends_at_the_first_whole_sentence() -> None:
    text = "Two fell.\nRelated articles\nNight of 300 drones\nPower is back in Sumy\nThree were shot down.\nBack"
    assert cut(text) == "Two fell.\nThree were shot down.\nBack"


def test_words_of_a_form_inside_a_report_stay() -> None:
    text = "The ministry asked not to leave a reply.\nFacebook and Telegram were blocked.\nShare of the region held: 90%"
    assert cut(text) == text


@given(st.text(alphabet="ab .*\n•шї:", max_size=80))
def test_what_is_kept_is_a_part_of_the_text_in_order(text: str) -> None:
    kept = iter([line.rstrip() for line in text.split("\n")])
    assert all(line.rstrip() in kept for line in cut(text).split("\n"))


@given(
    st.lists(st.sampled_from([*BODY.split("\n"), "Share this:", "X", "Read also: B", "Related"]))
)
def test_cutting_twice_changes_nothing_more(lines: list[str]) -> None:
    once = cut("\n".join(lines))
    assert cut(once) == once
