"""The gate proves each slot of a claim from the report's own words, and refuses what does not stand there."""

from __future__ import annotations

import time
from typing import Any

import pytest
from benchmarks.long_line import line

from warledger import extraction
from warledger.gate import prove, settle
from warledger.model import Claim, Evidence, Item, Period, Place, Quantity, Report, Speaker

EN = (
    "Russia launched 653 drones and 51 missiles overnight on Friday, the Ukrainian Air Force said. "
    "Air defence shot down 585 of the drones. At least 26 people were killed and 46 injured in Ternopil. "
    "No children were hurt. Between 10 and 12 bombs hit the port.\n\n"
    "In November Russian forces captured 195 square miles. Some 2.3 thousand residents were evacuated. "
    "Two dozen drones were lost from radar."
)
UK = (
    "У ніч на 6 грудня ворог атакував 653 ударними БпЛА та двома ракетами Х-101. "
    "Збито 585 дронів. У Тернополі загинули щонайменше двадцять шість людей, поранено семеро. "
    "Знеструмлено понад 1,5 тис. споживачів. Постраждалих серед дітей немає."
)
RU = (
    "В ночь на 6 декабря дежурными средствами ПВО уничтожены 116 украинских беспилотников: "
    "78 над территорией Саратовской области и один над Ростовской областью. "
    "Погибли двое мирных жителей, пострадавших нет. Эвакуированы около 1 180 человек."
)
TEXTS = {"en": EN, "uk": UK, "ru": RU}


def make(lang: str, quote: str, kind: str, **slots: Any) -> tuple[Report, Claim]:
    """A report of the sample text and a claim on it; numbers as (low, high, bound, unit)."""
    text = TEXTS[lang]
    start = text.index(quote)
    numbers = slots.get("n")
    report = Report(
        id="r", text=text, published="2025-12-06", publisher=slots.get("publisher"), lang=lang
    )
    return report, Claim(
        report="r",
        kind=kind,
        item=Item(slots.get("class_"), slots.get("model")),
        quantity=None if numbers is None else Quantity(*numbers),
        places=slots.get("places", ()),
        speaker=slots.get("speaker", Speaker()),
        time=slots.get("time"),
        modality=slots.get("modality", "asserted"),
        detail=slots.get("detail", {}),
        evidence=(Evidence(start, start + len(quote), quote),),
        rule="test",
    )


def exactly(number: float, unit: str = "count") -> tuple[float, float, str, str]:
    """An exact quantity."""
    return (number, number, "exact", unit)


RIGHT: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("digits", "en", "653 drones", "launched", {"class_": "drone", "n": exactly(653)}),
    ("coordination", "en", "51 missiles", "launched", {"class_": "missile", "n": exactly(51)}),
    ("partitive", "en", "585 of the drones", "intercepted", {"class_": "drone", "n": exactly(585)}),
    ("at least", "en", "26 people", "killed", {"class_": "person", "n": (26, None, "at_least")}),
    ("bound governs one number", "en", "46 injured", "wounded", {"class_": "person", "n": exactly(46)}),
    ("zero", "en", "No children were hurt", "wounded", {"class_": "child", "n": exactly(0)}),
    ("range", "en", "Between 10 and 12 bombs", "hit", {"class_": "bomb", "n": (10, 12, "range")}),
    ("square miles", "en", "195 square miles", "area_captured", {"n": exactly(505.05, "km2")}),
    ("mixed number", "en", "Some 2.3 thousand residents", "evacuated", {"class_": "person", "n": (2300, 2300, "about")}),
    ("dozen", "en", "Two dozen drones", "lost", {"class_": "drone", "n": exactly(24)}),
    ("uk digits", "uk", "653 ударними БпЛА", "launched", {"class_": "drone", "n": exactly(653)}),
    ("uk look-alike model", "uk", "двома ракетами Х-101", "launched", {"class_": "missile", "model": "Kh-101", "n": exactly(2)}),
    ("uk compound words", "uk", "двадцять шість людей", "killed", {"class_": "person", "n": (26, None, "at_least")}),
    ("uk collective", "uk", "поранено семеро", "wounded", {"class_": "person", "n": exactly(7)}),
    ("uk decimal comma", "uk", "1,5 тис. споживачів", "outage", {"class_": "power", "n": (1500, None, "over"), "detail": {"state": "cut"}}),
    ("ru total", "ru", "116 украинских беспилотников", "intercepted", {"class_": "drone", "n": exactly(116)}),
    ("ru elided", "ru", "78 над территорией", "intercepted", {"class_": "drone", "n": exactly(78)}),
    ("ru number word", "ru", "один над Ростовской", "intercepted", {"class_": "drone", "n": exactly(1)}),
    ("ru collective", "ru", "двое мирных жителей", "killed", {"class_": "civilian", "n": exactly(2)}),
    ("ru spaced thousands", "ru", "1 180 человек", "evacuated", {"class_": "person", "n": (1180, 1180, "about")}),
]  # fmt: skip

WRONG: list[tuple[str, str, str, str, str, dict[str, Any]]] = [
    ("digit", "quantity", "en", "653 drones", "launched", {"class_": "drone", "n": exactly(658)}),
    ("magnitude", "quantity", "en", "653 drones", "launched", {"class_": "drone", "n": exactly(6530)}),
    ("bound lost", "bound", "en", "26 people", "killed", {"class_": "person", "n": exactly(26)}),
    ("bound moved", "bound", "en", "46 injured", "wounded", {"class_": "person", "n": (46, None, "at_least")}),
    ("bound made up", "bound", "en", "653 drones", "launched", {"class_": "drone", "n": (653, None, "over")}),
    ("range cut", "quantity", "en", "Between 10 and 12 bombs", "hit", {"class_": "bomb", "n": (10, 20, "range")}),
    ("shape", "bound", "en", "653 drones", "launched", {"class_": "drone", "n": (653, 700, "exact")}),
    ("miles as km2", "quantity", "en", "195 square miles", "area_captured", {"n": exactly(195, "km2")}),
    ("count as km2", "unit", "en", "653 drones", "launched", {"class_": "drone", "n": exactly(653, "km2")}),
    ("area as count", "unit", "en", "195 square miles", "area_captured", {"n": exactly(195)}),
    ("zero made up", "quantity", "en", "653 drones", "launched", {"class_": "drone", "n": exactly(0)}),
    ("class elsewhere", "class", "en", "653 drones", "launched", {"class_": "missile", "n": exactly(653)}),
    ("class nowhere", "class", "en", "653 drones", "launched", {"class_": "rocket", "n": exactly(653)}),
    ("model nowhere", "model", "en", "51 missiles", "launched", {"class_": "missile", "model": "Kalibr", "n": exactly(51)}),
    ("kind nowhere", "kind", "en", "46 injured", "missing", {"class_": "person", "n": exactly(46)}),
    ("denied", "modality", "en", "653 drones", "launched", {"class_": "drone", "n": exactly(653), "modality": "denied"}),
    ("planned", "modality", "en", "653 drones", "launched", {"class_": "drone", "n": exactly(653), "modality": "planned"}),
    ("uk digit word", "quantity", "uk", "двадцять шість людей", "killed", {"class_": "person", "n": (27, None, "at_least")}),
    ("uk thousands lost", "quantity", "uk", "1,5 тис. споживачів", "outage", {"class_": "power", "n": (15, None, "over")}),
    ("uk model", "model", "uk", "двома ракетами Х-101", "launched", {"class_": "missile", "model": "Kalibr", "n": exactly(2)}),
    ("ru kind", "kind", "ru", "двое мирных жителей", "rescued", {"class_": "civilian", "n": exactly(2)}),
    ("ru bound", "bound", "ru", "1 180 человек", "evacuated", {"class_": "person", "n": (1180, None, "over")}),
    ("ru thousands", "quantity", "ru", "1 180 человек", "evacuated", {"class_": "person", "n": (180, 180, "about")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "quote", "kind", "slots"), [r[1:] for r in RIGHT], ids=[r[0] for r in RIGHT]
)
def test_a_right_claim_is_proved(lang: str, quote: str, kind: str, slots: dict[str, Any]) -> None:
    refusal = prove(*make(lang, quote, kind, **slots), lang)
    assert refusal is None


@pytest.mark.parametrize(
    ("slot", "lang", "quote", "kind", "slots"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_wrong_slot_is_refused(
    slot: str, lang: str, quote: str, kind: str, slots: dict[str, Any]
) -> None:
    refusal = prove(*make(lang, quote, kind, **slots), lang)
    assert refusal is not None
    assert refusal.slot == slot


def test_offsets_must_hold_the_quote() -> None:
    report, claim = make("en", "653 drones", "launched", class_="drone", n=exactly(653))
    (span,) = claim.evidence
    moved = Claim(
        report="r",
        kind="launched",
        evidence=(Evidence(span.start + 1, span.end + 1, span.quote),),
        rule="t",
    )
    refusal = prove(report, moved, "en")
    assert refusal is not None
    assert refusal.slot == "evidence"


TIMES = [
    ("the night's own dates", "en", "653 drones", ("2025-12-05", "2025-12-06"), True),
    ("another week", "en", "653 drones", ("2025-12-12", "2025-12-13"), False),
    ("another year", "en", "653 drones", ("2024-12-04", "2024-12-05"), False),
    ("the month named", "en", "195 square miles", ("2025-11-01", "2025-11-30"), True),
    ("a month not named", "en", "195 square miles", ("2025-09-01", "2025-09-30"), False),
    ("a night by its date", "uk", "653 ударними БпЛА", ("2025-12-05", "2025-12-06"), True),
    ("a date not given", "uk", "653 ударними БпЛА", ("2025-12-15", "2025-12-16"), False),
]


@pytest.mark.parametrize(
    ("lang", "quote", "span", "right"), [t[1:] for t in TIMES], ids=[t[0] for t in TIMES]
)
def test_time_follows_from_the_words(
    lang: str, quote: str, span: tuple[str, str], right: bool
) -> None:
    kind = "area_captured" if "miles" in quote else "launched"
    number = exactly(505.05, "km2") if "miles" in quote else exactly(653)
    item = {} if "miles" in quote else {"class_": "drone"}
    report, claim = make(lang, quote, kind, n=number, time=Period(*span, "range"), **item)
    refusal = prove(report, claim, lang)
    assert (refusal is None) == right
    assert right or (refusal is not None and refusal.slot == "time")


SPEAKERS = [
    ("a body of the text", Speaker("Ukrainian Air Force", "UA"), None, True),
    ("the wrong side", Speaker("Ukrainian Air Force", "RU"), None, False),
    ("a stranger", Speaker("Swiss Federal Council", "INT"), None, False),
    ("an outlet that carries it", Speaker("Ukrainian Air Force", "UA", "The Daily Example"), "The Daily Example", True),
    ("an outlet that does not", Speaker("Ukrainian Air Force", "UA", "The Other Example"), "The Daily Example", False),
    ("nobody", Speaker(), None, True),
    ("a side without a name", Speaker(None, "UA"), None, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("speaker", "publisher", "right"), [s[1:] for s in SPEAKERS], ids=[s[0] for s in SPEAKERS]
)
def test_the_speaker_stands_in_the_report(
    speaker: Speaker, publisher: str | None, right: bool
) -> None:
    report, claim = make(
        "en",
        "653 drones",
        "launched",
        class_="drone",
        n=exactly(653),
        speaker=speaker,
        publisher=publisher,
    )
    refusal = prove(report, claim, "en")
    assert (refusal is None) == right
    assert right or (refusal is not None and refusal.slot == "speaker")


PLACES = [
    ("a town of the text", Place("Ternopil", "Ternopil"), True),
    ("a town of no text", Place("Odesa", "Odesa"), False),
    ("words that mean another town", Place("Odesa", "Ternopil"), False),
    ("coordinates of another town", Place("Ternopil", "Ternopil", None, 46.48, 30.73), False),
    ("no words at all", Place("Ternopil", ""), False),
]


@pytest.mark.parametrize(("place", "right"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES])
def test_the_place_stands_in_the_report(place: Place, right: bool) -> None:
    report, claim = make(
        "en", "46 injured", "wounded", class_="person", n=exactly(46), places=(place,)
    )
    refusal = prove(report, claim, "en")
    assert (refusal is None) == right
    assert right or (refusal is not None and refusal.slot == "places")


def test_a_share_in_percent_is_no_count() -> None:
    text = "Left without power were 40% of the residents of Kyiv."
    report = Report(id="r", text=text, published="2025-12-06", lang="en")
    claim = Claim(
        report="r",
        kind="outage",
        item=Item("power"),
        quantity=Quantity(40, 40, "exact", "count"),
        detail={"state": "cut", "counted": "people"},
        evidence=(Evidence(text.index("40%"), text.index("40%") + 3, "40%"),),
        rule="test",
    )
    refusal = prove(report, claim, "en")
    assert refusal is not None
    assert refusal.slot == "quantity"


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_time_grows_no_faster_than_the_text(language: str) -> None:
    def seconds(size: int) -> float:
        report = Report(id="r", text=line(language, size), published="2025-05-20", lang=language)
        drawn = extraction.extract(report).claims
        started = time.process_time()
        settle(report, drawn)
        return time.process_time() - started

    seconds(1000)
    short, long = (min(seconds(size) for _ in range(2)) for size in (10_000, 100_000))
    assert long < 20 * short
