"""`--explain`: every claim says how its slots were found, every other number why it is none."""

from __future__ import annotations

import re

import pytest

from warledger import gate, pipeline
from warledger.model import Report

TEXTS = {
    "en": "Russia launched 120 drones overnight on Friday, the Ukrainian Air Force said. Three people were wounded in"
    " Odesa. A loaf costs 30 hryvnias there, and the bakery is 12 km away. The 92nd brigade got 14 pickups on"
    " 3 December; call 050-123-45-67 at 10:30 or see https://example.org/2025/77. Both sides met; the S-300 is old.",
    "uk": "Ворог запустив 120 дронів, повідомили Повітряні сили. В Одесі поранено трьох людей. Хліб коштує 30 гривень,"
    " пекарня за 12 км. Бригада отримала 14 пікапів 3 грудня; дзвоніть 050-123-45-67 о 10:30. Комплекс С-300 старий.",
    "ru": "Противник выпустил 120 дронов, сообщили Воздушные силы Украины. В Одессе ранены трое. Хлеб стоит 30 гривен,"
    " пекарня в 12 км. Бригада получила 14 пикапов 3 декабря; звоните 050-123-45-67 в 10:30. Комплекс С-300 старый.",
}  # fmt: skip
WHY = {
    "30": "money",
    "12": "distance",
    "3": "a date",
    "10:30": "a time of day",
    "300": "part of a name or a model",
    "050-123": "part of a telephone number or a code",
}


@pytest.mark.parametrize("lang", sorted(TEXTS))
def test_every_number_is_a_claim_or_says_why_not(lang: str) -> None:
    text = TEXTS[lang]
    proved, refused, drawn = pipeline.draw(
        Report(id="r", text=text, published="2025-12-06", lang=lang)
    )
    told = [e for c in (*proved, *(r.claim for r in refused)) for e in c.evidence]
    spans = [(e.start, e.end) for e in told] + [(n.start, n.end) for n in drawn.notes]
    for number in re.finditer(r"\d+", text):
        assert any(a <= number.start() < b for a, b in spans), number[0]
    notes = {n.quote: n.note for n in drawn.notes}
    for quote, why in WHY.items():
        assert why in notes[quote]
    assert {(c.kind, c.quantity.low) for c in proved if c.quantity} == {
        ("launched", 120),
        ("wounded", 3),
    }


def test_a_claim_says_how_its_slots_were_found() -> None:
    text = TEXTS["en"]
    report = Report(id="r", text=text, published="2025-12-06", lang="en")
    proved, _, _ = pipeline.draw(report)
    prover = gate.Prover(report, "en")
    found = {c.kind: {t.quote: t.note for t in gate.standing(prover, c)} for c in proved}
    launched, wounded = found["launched"], found["wounded"]
    assert launched["launched"] == "tells launched, in the same sentence"
    assert "is credited, in the same sentence" in launched["Ukrainian Air Force said"]
    assert wounded["Odesa"].startswith("place: Odesa")
    for kind in found.values():
        for quote in filter(None, kind):
            assert quote in text


def test_a_telephone_number_is_no_range() -> None:
    text = "Twelve people were wounded. Relatives may call 050-123-45-67 or 0-800-33-92-91."
    proved, refused, _ = pipeline.draw(Report(id="r", text=text, published="2025-12-06", lang="en"))
    assert [c.quantity.low for c in proved if c.quantity] == [12]
    assert not refused
