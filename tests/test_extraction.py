"""Extraction: the grammar's families in three languages, and what holds of any text."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.errors import ExtractionError
from warledger.extraction import extract
from warledger.model import Claim, Report


def claims(text: str, lang: str = "en", **known: Any) -> list[Claim]:
    known.setdefault("published", "2025-12-06")
    return list(extract(Report(id="r", text=text, lang=lang, **known)).claims)


def told(text: str, lang: str = "en", **known: Any) -> set[tuple[Any, ...]]:
    """The counted claims of a text: kind, class, low, high, bound."""
    return {
        (c.kind, c.item.class_, c.quantity.low, c.quantity.high, c.quantity.bound)
        for c in claims(text, lang, **known)
        if c.quantity is not None and c.kind not in ("damaged", "targeted")
    }


def exactly(kind: str, class_: str | None, number: float) -> tuple[Any, ...]:
    return (kind, class_, number, number, "exact")


CASES: list[tuple[str, str, str, set[tuple[Any, ...]]]] = [
    # launches
    ("en active", "en", "Russia launched 40 drones overnight.", {exactly("launched", "drone", 40)}),
    ("en with", "en", "The enemy attacked with 12 missiles.", {exactly("launched", "missile", 12)}),
    ("en coordination", "en", "Russia fired 40 drones and 6 missiles.", {exactly("launched", "drone", 40), exactly("launched", "missile", 6)}),
    ("en number words", "en", "Russia launched twenty-seven missiles.", {exactly("launched", "missile", 27)}),
    ("en dozen", "en", "Russia launched two dozen drones.", {exactly("launched", "drone", 24)}),
    ("uk instrumental", "uk", "Ворог атакував 98 ударними БпЛА типу Shahed.", {exactly("launched", "drone", 98)}),
    ("uk collective words", "uk", "Ворог застосував дві балістичні ракети.", {exactly("launched", "missile", 2)}),
    ("ru active", "ru", "Россия запустила 40 дронов.", {exactly("launched", "drone", 40)}),
    # interceptions
    ("en passive", "en", "Nine missiles were shot down.", {exactly("intercepted", "missile", 9)}),
    ("en part of a whole", "en", "Ukraine shot down 36 of the 42 drones.", {exactly("intercepted", "drone", 36), exactly("launched", "drone", 42)}),
    ("uk impersonal", "uk", "Збито 87 ворожих БпЛА.", {exactly("intercepted", "drone", 87)}),
    ("uk dash", "uk", "Знешкоджено 30 дронів: 20 – збито, 10 – локаційно втрачені.", {exactly("intercepted", "drone", 30), exactly("intercepted", "drone", 20), exactly("lost", "drone", 10)}),
    ("ru paucal", "ru", "Уничтожены три украинских беспилотных летательных аппарата.", {exactly("intercepted", "drone", 3)}),
    ("ru one without a number", "ru", "Над Курской областью уничтожен украинский беспилотник.", {exactly("intercepted", "drone", 1)}),
    # bounds
    ("en at least", "en", "At least eight people were wounded.", {("wounded", "person", 8, None, "at_least")}),
    ("en bound governs its own number", "en", "At least 26 people were killed and 46 injured.", {("killed", "person", 26, None, "at_least"), exactly("wounded", "person", 46)}),
    ("en more than", "en", "More than 30 people were injured.", {("wounded", "person", 30, None, "over")}),
    ("en up to", "en", "Up to 20 missiles were launched.", {("launched", "missile", None, 20, "up_to")}),
    ("en range", "en", "Between 10 and 12 drones were launched.", {("launched", "drone", 10, 12, "range")}),
    ("en a total that rose", "en", "The number of dead rose to 14.", {exactly("killed", "person", 14)}),
    ("uk over", "uk", "Понад 60 дронів локаційно втрачено.", {("lost", "drone", 60, None, "over")}),
    ("uk at least in words", "uk", "Загинули щонайменше семеро людей.", {("killed", "person", 7, None, "at_least")}),
    ("uk thousands", "uk", "Без світла лишилися 1,5 тис. абонентів.", {exactly("outage", "power", 1500)}),
    ("ru about", "ru", "Эвакуированы около 1 180 человек.", {("evacuated", "person", 1180, 1180, "about")}),
    # zero and negation
    ("en nobody", "en", "Nobody was hurt.", {exactly("wounded", "person", 0)}),
    ("en no casualties", "en", "There were no casualties.", {exactly("casualties", "person", 0)}),
    ("en did not", "en", "The strike did not kill 12 people.", set()),
    ("uk unhurt", "uk", "Люди неушкоджені.", {exactly("wounded", "person", 0)}),
    ("ru nobody", "ru", "Никто не пострадал.", {exactly("wounded", "person", 0)}),
    # people
    ("en groups", "en", "The strike killed six civilians and injured 12.", {exactly("killed", "civilian", 6), exactly("wounded", "civilian", 12)}),
    ("en children", "en", "Two children were killed.", {exactly("killed", "child", 2)}),
    ("en soldiers captured", "en", "Twelve soldiers were taken prisoner.", {exactly("prisoners", "soldier", 12)}),
    ("uk children", "uk", "Поранено двох дітей.", {exactly("wounded", "child", 2)}),
    ("ru civilians", "ru", "Ранены четверо мирных жителей.", {exactly("wounded", "civilian", 4)}),
    # what is no quantity
    ("en age", "en", "A man of 50 was killed.", {exactly("killed", "person", 1)}),
    ("en ages", "en", "Three residents aged 44, 58 and 63 were wounded.", {exactly("wounded", "person", 3)}),
    ("en money", "en", "The drones cost $400.", set()),
    ("en date", "en", "On 6 December the minister spoke.", set()),
    ("en clock", "en", "At 3.15 a.m. drones were heard.", set()),
    ("en model number", "en", "The Shahed-136 is a drone.", set()),
    ("en production", "en", "The plant produced 300 drones a month.", set()),
    ("en distance", "en", "The drone flew 700 km.", set()),
    ("uk brigade", "uk", "155-та бригада пройшла 12 кілометрів.", set()),
    ("uk money", "uk", "На ремонт виділили 38,4 млн грн.", set()),
    ("ru temperature", "ru", "Ночью было 17 градусов.", set()),
    ("ru year", "ru", "В 2024 году начался ремонт.", set()),
    # outages, areas, reactors
    ("en households", "en", "Some 50,000 households were left without power.", {("outage", "power", 50000, 50000, "about")}),
    ("en area in two units", "en", "In November Russia captured 505 sq km (195 sq miles).", {exactly("area_captured", None, 505)}),
    ("en square miles", "en", "In May Russia captured 100 square miles.", {exactly("area_captured", None, 259.0)}),
    ("en reactors", "en", "All six reactors are in cold shutdown.", {exactly("nuclear_status", None, 6)}),
    ("uk area", "uk", "Російські війська захопили 318 квадратних кілометрів.", {exactly("area_captured", None, 318)}),
    ("uk reactors", "uk", "Працюють сім реакторів.", {exactly("nuclear_status", None, 7)}),
    ("ru heat", "ru", "Без тепла остались 900 жителей.", {exactly("outage", "heat", 900)}),
    # places struck
    ("en hits at places", "en", "Direct hits were recorded at 29 locations.", {exactly("locations_struck", "any", 29)}),
    ("en debris", "en", "Debris fell at six locations.", {exactly("locations_debris", "any", 6)}),
    ("uk hits and debris", "uk", "Зафіксовано влучання 18 дронів на 11 локаціях.", {exactly("hit", "drone", 18), exactly("locations_struck", "drone", 11)}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_families(lang: str, text: str, wanted: set[tuple[Any, ...]]) -> None:
    assert told(text, lang) == wanted


def test_a_list_belongs_to_the_line_that_introduces_it() -> None:
    text = "The air force shot down:\n– 30 missiles;\n– 44 drones."
    assert told(text) == {
        exactly("intercepted", "missile", 30),
        exactly("intercepted", "drone", 44),
    }


def test_a_distributive_gives_each_place_its_own() -> None:
    text = "Уничтожены по одному БпЛА над территориями Курской и Брянской областей."
    found = claims(text, "ru")
    assert [[p.name for p in c.places] for c in found] == [["Kursk Oblast"], ["Bryansk Oblast"]]


def test_a_total_takes_the_places_of_its_whole_breakdown() -> None:
    text = "Сбиты 5 беспилотников: 3 над территорией Белгородской области и 2 над Крымом."
    total = claims(text, "ru")[0]
    assert {p.name for p in total.places} == {"Belgorod Oblast", "Crimea"}


SPEAKERS = [
    ("according to", "en", "According to the Ukrainian air force, 12 drones were shot down.", "UA"),
    ("trailing", "en", "Twelve drones were shot down, Russia's defence ministry said.", "RU"),
    ("carried over", "en", "The Kremlin said 3 died. Another 5 people were injured.", "RU"),
    ("nobody", "en", "Twelve drones were shot down.", None),
    ("uk trailing", "uk", "Збито 12 дронів, повідомляє командування Повітряних сил.", "UA"),
    ("ru trailing", "ru", "Сбито 12 дронов, сообщило Минобороны РФ.", "RU"),
]


@pytest.mark.parametrize(
    ("lang", "text", "side"), [c[1:] for c in SPEAKERS], ids=[c[0] for c in SPEAKERS]
)
def test_who_says_it(lang: str, text: str, side: str | None) -> None:
    assert claims(text, lang)[-1].speaker.side == side


def test_a_body_speaks_on_its_own_page() -> None:
    (claim,) = claims("Збито 12 дронів.", "uk", publisher="Повітряні Сили ЗС України")
    assert claim.speaker.side == "UA"


TIMES = [
    ("overnight", "en", "Russia launched 40 drones overnight.", "2025-12-05", "2025-12-06"),
    ("weekday", "en", "On Tuesday Russia launched 40 drones.", "2025-12-02", "2025-12-02"),
    ("day and month", "en", "On 11 May Russia launched 40 drones.", "2025-05-11", "2025-05-11"),
    ("month", "en", "In November Russia captured 505 sq km.", "2025-11-01", "2025-11-30"),
    ("uk night", "uk", "У ніч на 5 грудня ворог атакував 40 дронами.", "2025-12-04", "2025-12-05"),
    ("uk start of a span", "uk", "У ніч на 5 грудня (із 20.00 4 грудня) ворог атакував 40 дронами.", "2025-12-04", "2025-12-05"),
    ("ru night", "ru", "В ночь на 5 декабря запущено 40 дронов.", "2025-12-04", "2025-12-05"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"), [c[1:] for c in TIMES], ids=[c[0] for c in TIMES]
)
def test_when(lang: str, text: str, start: str, end: str) -> None:
    period = claims(text, lang)[0].time
    assert period is not None
    assert (period.start, period.end) == (start, end)


def test_without_a_date_of_publication_a_weekday_stays_unresolved() -> None:
    (claim,) = claims("On Tuesday Russia launched 40 drones.", published=None)
    assert claim.time is None


def test_a_language_that_is_not_there_is_told() -> None:
    with pytest.raises(ExtractionError, match="not one of en, uk, ru"):
        claims("Nichts.", "de")


WORDS = st.sampled_from(
    ["653", "drones", "missiles", "were", "shot down", "launched", "killed", "people", "at least", "5", "Kyiv", "said", "Ukraine",
     ".", ",", ":", "\n", "–", "збито", "дронів", "уничтожено", "БпЛА", "12", "over", "of them", "two", "\u200b", "**", "1 180", "6", "December"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(["en", "uk", "ru"]))
def test_any_text_is_read_and_every_quotation_holds(text: str, lang: str) -> None:
    first, second = claims(text, lang), claims(text, lang)
    assert first == second
    for claim in first:
        for piece in claim.evidence:
            assert text[piece.start : piece.end] == piece.quote
            assert piece.quote.strip()


@pytest.mark.parametrize(
    "unit",
    [
        "Russia launched 40 drones. ",
        "1 180 ",
        "слово ",
        '"said" ',
        "Kyiv, ",
        "Kyiv said Moscow ",
        "- 5 drones\n",
        "Losses were twice as high, the ministry said. ",
    ],
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        claims(unit * times)
        return time.process_time() - started

    seconds(50)
    short, long = (
        min(seconds(times) for _ in range(3)) for times in (400, 4000)
    )  # the least: the work itself
    assert long < 40 * max(short, 0.005)
