"""The interface in Ukrainian: nothing untranslated, no placeholder lost, compiled as written, forms of number right."""

from __future__ import annotations

import io
import re
import runpy
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from tests.web_site import client, samples

from warledger.web.wording import choose, wording

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src" / "warledger" / "web" / "locale" / "uk" / "LC_MESSAGES"
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
HOLES = re.compile(r"\{\w+\}")


def test_every_message_of_the_interface_is_translated() -> None:
    wanted = runpy.run_path(str(ROOT / "script" / "messages"))["messages"]()
    with (FOLDER / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="uk")
    told = {m.id[0] if m.pluralizable else m.id: m for m in catalogue if m.id}
    assert set(told) == set(wanted)
    for one, message in told.items():
        strings = list(message.string or ()) if message.pluralizable else [message.string]
        assert strings, one
        for string in strings:
            assert string, one
            assert set(HOLES.findall(str(string))) == set(HOLES.findall(str(one))), one


def test_the_compiled_messages_are_those_written() -> None:
    with (FOLDER / "messages.po").open("rb") as file:
        made = io.BytesIO()
        write_mo(made, read_po(file, locale="uk"))
    assert made.getvalue() == (FOLDER / "messages.mo").read_bytes()


@pytest.mark.parametrize(
    ("n", "told"),
    [(1, "1 відповідь чекає"), (3, "3 відповіді чекають"), (5, "5 відповідей чекають")],
)
def test_numbers_take_their_form(n: int, told: str) -> None:
    assert wording("uk").count("{n} reply waits", "{n} replies wait", n) == told


def test_days_and_numbers_are_in_the_readers_form() -> None:
    assert wording("uk").day("2025-12-06") == "6 грудня 2025\u202fр."
    assert wording("en").number(1234567) == "1,234,567"
    assert wording("uk").number(1234567) == "1\u00a0234\u00a0567"


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "lang"),
    [
        (None, None, "uk-UA,uk;q=0.9", "uk"),
        (None, None, "ru,uk;q=0.8", "uk"),
        (None, "en", "uk", "en"),
        ("uk", "en", "en", "uk"),
        ("xx", None, "", "en"),
    ],
)
def test_the_language_is_chosen(
    asked: str | None, kept: str | None, accepted: str, lang: str
) -> None:
    assert choose(asked, kept, accepted) == lang


def test_findings_and_reasons_are_told_in_the_reader_s_language(tmp_path: Path) -> None:
    with samples(tmp_path) as ledger:
        site = client(ledger)
        page = site.get("/day/2025-12-06?lang=uk").text
        found = re.search(r'href="(/incident/[^"]+)"', page)
        assert found
        incident = site.get(found[1].replace("&amp;", "&") + "&lang=uk").text
    assert re.search(r'href="/incident/[^"]+"[^>]*>повітряна атака · Україна', page)
    findings = page.partition('id="findings"')[2].partition("</section>")[0]
    sentences = re.findall(r"</strong> (.*?) <span", findings)
    assert len(sentences) > 3
    for sentence in sentences:
        assert CYRILLIC.search(sentence), sentence
    assert "653" in findings
    assert "launched" not in re.sub(r"<q>.*?</q>", "", findings)
    about = incident.partition('<p class="about">')[2].partition(" · ")[0]
    assert CYRILLIC.search(about)
    assert not re.search("[A-Za-z]", about), about


def test_the_intro_and_the_terms_of_a_subject_are_translated(tmp_path: Path) -> None:
    with samples(tmp_path) as ledger:
        page = client(ledger).get("/positions?lang=uk").text
    main = page.partition("<main")[2].partition("<form")[0]
    assert not re.search("[A-Za-z]", re.sub("<[^>]*>", "", main).partition(">")[2]), main
    stances = re.findall(r'<td data-label="Характер">(.*?)</td>', page)
    assert stances
    assert all(CYRILLIC.search(stance) for stance in stances), stances
