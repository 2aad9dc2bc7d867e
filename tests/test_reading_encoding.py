"""Reading: bytes in any of the right encodings give the text that was written."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.reading import Failure, Source, read

UKRAINIAN = {
    "one-short": "Збито 25 ворожих безпілотників.",
    "one": "Уночі над Київщиною сили оборони збили 25 із 30 ударних дронів, які запустив ворог.",
    "three": (
        "Є загиблі та поранені. Її будинок пошкоджено, п’ятеро людей дістали опіки.\n"
        "У ґанок школи влучив уламок — її їдальня згоріла."
    ),
    "capitals": "ПОВІТРЯНІ СИЛИ: ЗБИТО 25 ІЗ 30 УДАРНИХ ДРОНІВ",
}
RUSSIAN = {
    "one-short": "Сбито 25 беспилотников.",
    "one": "Минувшей ночью силы ПВО сбили над Брянской областью 25 украинских беспилотников.",
    "three": (
        "Погибших нет. Пострадали двое мирных жителей, объявлена эвакуация подъезда.\n"
        "Ещё один дрон упал на съезде с моста, сообщил губернатор в своём канале."
    ),
    "capitals": "МИНИСТЕРСТВО ОБОРОНЫ: СБИТЫ 25 БЕСПИЛОТНИКОВ",
}
ANY = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
CASES = [
    pytest.param(text, encoding, id=f"{language}-{name}-{encoding}")
    for language, texts, encodings in (
        ("uk", UKRAINIAN, [*ANY, "cp1251", "koi8-u", "iso8859-5", "cp1125"]),
        ("ru", RUSSIAN, [*ANY, "cp1251", "koi8-r", "iso8859-5", "cp866"]),
    )
    for name, text in texts.items()
    for encoding in encodings
]


def read_bytes(data: bytes) -> Source:
    (result,) = read(["-"], stdin=io.BytesIO(data))
    assert isinstance(result, Source), result
    return result


def encoded(text: str, encoding: str) -> bytes:
    """The text in an encoding that may lack the typographic signs and ґ."""
    if encoding not in ANY and encoding != "cp1251":
        text = text.replace("’", "'").replace("—", "-")
    if encoding == "iso8859-5":
        text = text.replace("ґ", "г")
    return text.encode(encoding)


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_the_encoding_is_found_by_evidence(text: str, encoding: str) -> None:
    data = encoded(text, encoding)
    source = read_bytes(data)
    assert source.report.text == data.decode(encoding)
    assert source.original == data


@pytest.mark.parametrize("lie", ["utf-8", "koi8-r", "iso-8859-1", "windows-1252", "nonsense"])
def test_a_page_that_lies_about_its_encoding_is_read_right(lie: str) -> None:
    page = f'<html><head><meta charset="{lie}"></head><body><p>{UKRAINIAN["one"]}</p></body></html>'
    assert read_bytes(page.encode("cp1251")).report.text == UKRAINIAN["one"]


def test_a_page_in_utf8_that_declares_another_encoding_is_read_right() -> None:
    page = f'<?xml version="1.0" encoding="windows-1251"?><html><p>{RUSSIAN["one"]}</p></html>'
    assert read_bytes(page.encode()).report.text == RUSSIAN["one"]


@pytest.mark.parametrize(
    "text",
    [
        "The minister’s word: “25 drones” – nobody was hurt… and the power is back.",
        "An appeal for the families of the dead had passed £43,000 by the evening, it said.",
        "The café at the station was hit, said André, who is a resident of the city.",
    ],
    ids=["quotes", "pound", "accents"],
)
def test_english_with_western_signs_is_read_right(text: str) -> None:
    assert read_bytes(text.encode("cp1252")).report.text == text


def test_a_few_letters_late_in_a_long_english_text_are_read_right() -> None:
    text = "The air force shot down 25 of the drones. " * 5000 + "Зеленський сказав про це."
    assert read_bytes(text.encode("cp1251")).report.text == text


@settings(deadline=None)  # the first odd text loads the language model
@given(
    st.lists(st.sampled_from(UKRAINIAN["three"].split() + UKRAINIAN["one"].split()), min_size=8),
    st.sampled_from(["utf-8", "utf-16-le", "cp1251"]),
)
def test_words_of_a_language_come_back_whatever_their_order(
    words: list[str], encoding: str
) -> None:
    text = " ".join(words)
    assert read_bytes(text.encode(encoding)).report.text == text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_utf8_always_comes_back(middle: str) -> None:
    text = f"The drones were shot down over the city and {middle} by the air force"
    (result,) = read(["-"], stdin=io.BytesIO(text.encode()))
    if isinstance(result, Failure):
        assert "language" in result.reason
        assert any(unicodedata.category(ch).startswith("L") for ch in middle)
    else:
        assert result.report.text == text
