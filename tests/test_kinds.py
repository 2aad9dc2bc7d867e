"""Every kind of claim is drawn from English and proved; the article that started the project is read completely."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from warledger.extraction import extract
from warledger.gate import Prover
from warledger.model import KINDS, Claim, Report

SHARED = Path(os.environ.get("WARLEDGER_SHARED", Path(__file__).parents[2] / "shared"))

SENTENCES = {
    "launched": "Russia launched 40 drones.",
    "intercepted": "Air defences shot down 12 drones.",
    "lost": "Eight drones were lost from radar.",
    "hit": "Two missiles hit the port.",
    "locations_struck": "Direct hits were recorded at 29 locations.",
    "locations_debris": "Debris fell at six locations.",
    "attacks": "Russian forces carried out 45 air strikes.",
    "killed": "The strike killed six people.",
    "wounded": "Nine people were wounded.",
    "casualties": "There were no casualties.",
    "bodies": "Ukraine received 1,003 bodies of its soldiers.",
    "missing": "Seven people are missing.",
    "rescued": "Sixteen people were pulled out alive.",
    "evacuated": "Some 140 residents were evacuated.",
    "prisoners": "Twelve soldiers were taken prisoner.",
    "damaged": "Three houses were damaged.",
    "targeted": "Energy facilities were the main targets.",
    "outage": "Some 50,000 customers were left without power.",
    "losses": "Russia lost 1,180 soldiers over the past day.",
    "nuclear_power": "The Zaporizhzhia nuclear plant lost all off-site power.",
    "nuclear_status": "All six reactors are in cold shutdown.",
    "nuclear_warning": "The agency warned of the danger to the reactors.",
    "area_captured": "In November Russia captured 505 sq km.",
    "area_share": "Russia controls almost the entirety of Luhansk region.",
    "place_control": "Russian troops captured Vuhledar.",
    "meeting": "Macron met Zelenskyy in Paris on Monday.",
    "legal": "The court issued an arrest warrant for the general.",
    "position": "Moscow demanded that Kyiv withdraw.",
    "comparison": "It was one of the largest attacks of the war.",
}


def proved(report: Report) -> list[Claim]:
    prover = Prover(report, report.lang or "")
    return list(prover.settle(extract(report).claims)[0])


def test_there_is_a_sentence_for_every_kind() -> None:
    assert set(SENTENCES) == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_is_drawn_and_proved(kind: str) -> None:
    report = Report(id="r", text=SENTENCES[kind], lang="en", published="2025-12-06")
    assert kind in {c.kind for c in proved(report)}


@pytest.fixture(scope="module")
def article() -> list[Claim]:
    path = SHARED / "seed" / "article.txt"
    if not path.is_file():
        pytest.skip("no seed article: set WARLEDGER_SHARED to the folder that holds seed/")
    text = path.read_text(encoding="utf-8")
    return proved(Report(id="seed", text=text, lang="en", published="2025-12-06"))


NUMBERS = [
    ("launched", "drone", 653, "UA"),
    ("launched", "missile", 51, "UA"),
    ("intercepted", "drone", 585, "UA"),
    ("intercepted", "missile", 30, "UA"),
    ("locations_struck", "any", 29, "UA"),
    ("wounded", "person", 8, "UA"),
    ("nuclear_status", None, 6, "INT"),
    ("area_captured", None, 505, None),
]


@pytest.mark.parametrize(
    ("kind", "class_", "number", "side"), NUMBERS, ids=[f"{k}-{n}" for k, _, n, _ in NUMBERS]
)
def test_the_article_s_numbers(
    article: list[Claim], kind: str, class_: str | None, number: int, side: str | None
) -> None:
    found = [
        c
        for c in article
        if c.kind == kind and c.item.class_ == class_ and c.quantity and c.quantity.low == number
    ]
    assert [c.speaker.side for c in found] == [side]


WORDS: list[tuple[str, str, dict[str, Any]]] = [
    ("comparison", "one of the largest", {"relation": "one_of_largest"}),
    ("comparison", "nearly double", {"relation": "double"}),
    ("targeted", "energy infrastructure", {}),
    ("targeted", "railway facilities", {}),
    ("targeted", "Energy facilities were the main targets", {}),
    ("damaged", "destroyed a railway station", {"degree": "destroyed"}),
    ("nuclear_power", "power outage", {"state": "lost", "plant": "ZNPP"}),
    ("nuclear_warning", "IAEA) warned", {"plant": "ZNPP"}),
    ("position", "Moscow claimed the attacks", {"stance": "justifies"}),
    ("position", "all designated targets", {"stance": "justifies"}),
    ("place_control", "closing in on Pokrovsk", {"state": "advanced"}),
    ("place_control", "surrounding Myrnohrad", {"state": "encircled"}),
    ("area_captured", "505 sq km", {"also": "195 sq miles"}),
    ("area_share", "entirety of Luhansk", {}),
    (
        "meeting",
        "phone call with US envoys Steve Witkoff and Jared Kushner",
        {"form": "call", "status": "held"},
    ),
    ("meeting", "to meet Zelenskyy in London", {"status": "planned"}),
    ("meeting", "meetings in Miami and Moscow", {"status": "held"}),
    ("legal", "arrest warrant", {"act": "warrant"}),
    ("legal", "Nazhat Shameem Khan stressed", {"act": "statement"}),
    ("position", "will not soften his territorial demands", {}),
]


@pytest.mark.parametrize(
    ("kind", "words", "detail"), WORDS, ids=[f"{k}-{w[:24]}" for k, w, _ in WORDS]
)
def test_the_article_s_words(
    article: list[Claim], kind: str, words: str, detail: dict[str, Any]
) -> None:
    found = [
        c
        for c in article
        if c.kind == kind
        and any(words in e.quote for e in c.evidence)
        and detail.items() <= c.detail.items()
    ]
    assert found


def test_the_planned_meeting_names_its_four(article: list[Claim]) -> None:
    (planned,) = [c for c in article if c.detail.get("status") == "planned"]
    assert set(planned.detail["participants"]) == {
        "Emmanuel Macron",
        "Keir Starmer",
        "Friedrich Merz",
        "Volodymyr Zelenskyy",
    }
    assert [p.name for p in planned.places] == ["London"]


def test_the_comment_form_yields_nothing(article: list[Claim]) -> None:
    quotes = " ".join(e.quote for c in article for e in c.evidence)
    assert "Reply" not in quotes
    assert "email" not in quotes
