"""A value that stands elsewhere in the report proves nothing: the evidence's own clause and passage must hold it."""

from __future__ import annotations

from typing import Any

import pytest

from warledger.gate import Prover
from warledger.model import Claim, Evidence, Item, Place, Quantity, Report

LIST = "Overnight 12 drones were shot down over Rostov region, seven over Bryansk region and two over Crimea."
TOWNS = "Rockets hit Nikopol in the morning.\n\nIn Kharkiv, a drone struck a bakery at noon. Three people were wounded."
DNIPRO = "Russia struck the Dnipropetrovsk region overnight. 14 drones were shot down."
REGION = (
    "A drone fell in Izium on Monday. Nine people have been killed in Kharkiv Oblast since May."
)
SEA = "Air defence downed 12 drones over Crimea and four over the Black Sea."
LISTED = "12 drones were launched at Kharkiv, Poltava and Sumy."
ROSTOV, BRYANSK = Place("Rostov Oblast", "Rostov region"), Place("Bryansk Oblast", "Bryansk region")
NIKOPOL, KHARKIV = Place("Nikopol", "Nikopol"), Place("Kharkiv", "Kharkiv")

PLACES = [
    ("its own place of a list", LIST, "seven", "intercepted", "drone", 7, BRYANSK, True),
    ("the place of the number before", LIST, "seven", "intercepted", "drone", 7, ROSTOV, False),
    ("the place that its paragraph names", TOWNS, "Three people", "wounded", "person", 3, KHARKIV, True),
    ("the place of another paragraph", TOWNS, "Three people", "wounded", "person", 3, NIKOPOL, False),
    ("a town within another name", DNIPRO, "14 drones", "intercepted", "drone", 14, Place("Dnipro", "Dnipro"), False),
    ("a town of the whole region told", REGION, "Nine people", "killed", "person", 9, Place("Izium", "Izium"), False),
    ("a sea behind another place's number", SEA, "four", "intercepted", "drone", 4, Place("Crimea", "Crimea"), False),
    ("a list of towns as one", LISTED, "12 drones", "launched", "drone", 12, Place("Sumy", "Sumy"), True),
]  # fmt: skip

OTHERS = [
    ("a class told of another number", "class", "en", "Soldiers attacked a post office; two people were killed.", "two people", "killed", {"class_": "soldier", "n": 2}),
    ("a part told behind", "class", "en", "A strike killed four, including three children.", "killed four", "killed", {"class_": "child", "n": 4}),
    ("a class of all targets", "class", "uk", "Ворог запустив дрони. Збито 30 повітряних цілей.", "30 повітряних цілей", "intercepted", {"class_": "drone", "n": 30}),
    ("a model of another phrase", "model", "en", "They fired 40 Kh-101 missiles. Air defence shot down 31 missiles.", "31 missiles", "intercepted", {"class_": "missile", "model": "Kh-101", "n": 31}),
    ("the whole that a part was stopped of", "kind", "en", "Air defence shot down 112 of 138 Russian drones.", "138 Russian drones", "intercepted", {"class_": "drone", "n": 138}),
    ("debris as weapons lost", "kind", "uk", "Зафіксовано падіння уламків на 13 локаціях.", "падіння уламків на 13", "lost", {"class_": "drone", "n": 13}),
    ("a number told in another's order", "kind", "en", "In Sumy 12 were killed and 30 wounded, in Odesa 5 and 9 respectively.", "9", "killed", {"class_": "person", "n": 9}),
    ("the victims of a split as both", "kind", "ru", "Жертвами стали шесть человек.", "шесть человек", "casualties", {"class_": "person", "n": 6}),
    ("weapons struck with, as a hit", "kind", "en", "Russia attacked Odesa with 18 drones.", "18 drones", "hit", {"class_": "drone", "n": 18}),
    ("none told, as a denial", "modality", "ru", "Никто не пострадал.", "Никто не пострадал", "wounded", {"class_": "person", "n": 0, "modality": "denied"}),
]  # fmt: skip


def _faults(lang: str, text: str, quote: str, kind: str, **slots: Any) -> dict[str, str]:
    start, number = text.index(quote), slots["n"]
    claim = Claim(
        report="r",
        kind=kind,
        item=Item(slots["class_"], slots.get("model")),
        quantity=Quantity(number, number, "exact", "count"),
        places=slots.get("places", ()),
        modality=slots.get("modality", "asserted"),
        evidence=(Evidence(start, start + len(quote), quote),),
        rule="test",
    )
    report = Report(id="r", text=text, published="2026-03-02", lang=lang)
    return {f.slot: f.reason for f in Prover(report, lang).faults(claim)}


@pytest.mark.parametrize(
    ("text", "quote", "kind", "class_", "number", "place", "right"),
    [p[1:] for p in PLACES],
    ids=[p[0] for p in PLACES],
)
def test_a_place_holds_what_its_clause_tells(
    text: str, quote: str, kind: str, class_: str, number: int, place: Place, right: bool
) -> None:
    faults = _faults("en", text, quote, kind, class_=class_, n=number, places=(place,))
    assert ("places" not in faults) == right


@pytest.mark.parametrize(
    ("slot", "lang", "text", "quote", "kind", "slots"),
    [o[1:] for o in OTHERS],
    ids=[o[0] for o in OTHERS],
)
def test_what_is_told_of_something_else_proves_nothing(
    slot: str, lang: str, text: str, quote: str, kind: str, slots: dict[str, Any]
) -> None:
    assert slot in _faults(lang, text, quote, kind, **slots)
