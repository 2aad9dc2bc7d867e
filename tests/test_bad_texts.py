"""Texts as they come: odd marks in numbers and names, decoration, other scripts. Right or nothing, never a crash."""

from __future__ import annotations

import pytest

from warledger import pipeline
from warledger.model import Claim, Report

SHOT = {
    "en": "Air defence shot down {} Shahed drones overnight.",
    "uk": "ППО збила за ніч {} дронів Shahed.",
    "ru": "ПВО сбила за ночь {} дронов Shahed.",
}
FIRED = {
    "en": "Russia fired 12 {} missiles at Kyiv.",
    "uk": "Росія випустила 12 ракет {} по Києву.",
    "ru": "Россия выпустила 12 ракет {} по Киеву.",
}
MARKED = [
    ("en", "**Overnight** 🇺🇦 _Russia_ launched **120** drones 🚀", {("launched", 120)}),
    ("uk", "⚡️**Уночі** ворог запустив **120** дронів 🚀, ✅ збито **101**", {("launched", 120), ("intercepted", 101)}),
    ("ru", "⚡️ **Ночью** враг выпустил __120__ дронов 🚀, ✅ **сбит 101**", {("launched", 120), ("intercepted", 101)}),
    ("en", "Rus\u00adsia laun\u00adched 120 dro\u00adnes. Three peo\u200bple were wound\u200ded.", {("launched", 120), ("wounded", 3)}),
    ("uk", "Воро\u00adг запус\u00adтив 120 дро\u00adнів. Пора\u200bнено трьох людей.", {("launched", 120), ("wounded", 3)}),
    ("ru", "Про\u00adтивник выпус\u00adтил 120 дро\u00adнов. Ра\u200bнены трое.", {("launched", 120), ("wounded", 3)}),
    ("en", "\u202eRussia launched 120 drones\u202c and \u200f51 missiles\u200f.", {("launched", 120), ("launched", 51)}),
    ("uk", "\u200fВорог запустив \u202b120\u202c дронів.", {("launched", 120)}),
    ("ru", "שלום Противник выпустил 120 дронов. مرحبا", {("launched", 120)}),
    ("en", "Vorog zapustyv 90 droniv. Russia launched 120 drones.", {("launched", 120)}),
    ("uk", "Ворог запустив 120 дронів. Protyvnyk vypustil 50 raket.", {("launched", 120)}),
    ("ru", "Today 12 drones came. Сбито 14 БПЛА.", {("intercepted", 14)}),
]  # fmt: skip


def draw(lang: str, text: str) -> tuple[Claim, ...]:
    return pipeline.draw(Report(id="r", text=text, published="2025-12-06", lang=lang))[0]


def numbers(claims: tuple[Claim, ...]) -> set[tuple[str, float | None]]:
    return {(c.kind, c.quantity.low) for c in claims if c.quantity}


@pytest.mark.parametrize("lang", sorted(SHOT))
@pytest.mark.parametrize(
    "number", ["1180", "1 180", "1\u00a0180", "1\u202f180", "1'180", "1’180", "1,180", "1.180"]
)
def test_a_number_with_marks_is_read_right_or_not_at_all(lang: str, number: str) -> None:
    found = numbers(draw(lang, SHOT[lang].format(number)))
    assert found <= {("intercepted", 1180)}
    assert found or number in ("1,180", "1.180")  # where the language's decimal mark is that one


@pytest.mark.parametrize("lang", sorted(SHOT))
def test_a_fraction_is_no_count_of_drones(lang: str) -> None:
    assert not draw(lang, SHOT[lang].format("1,5"))


@pytest.mark.parametrize("lang", sorted(FIRED))
@pytest.mark.parametrize("name", ["Х-101", "Kh-101", "X-101", "Х\u00ad-101"])
def test_a_model_is_known_by_letters_that_look_alike(lang: str, name: str) -> None:
    (claim,) = draw(lang, FIRED[lang].format(name))
    assert (claim.item.model, claim.quantity and claim.quantity.low) == ("Kh-101", 12)


@pytest.mark.parametrize(("lang", "text", "told"), MARKED)
def test_decoration_and_other_scripts_do_no_harm(
    lang: str, text: str, told: set[tuple[str, float]]
) -> None:
    assert numbers(draw(lang, text)) == told


@pytest.mark.parametrize("lang", sorted(SHOT))
@pytest.mark.parametrize(
    "text",
    ["1" * 20_000, " ".join(str(n * 37 % 1000) for n in range(3000)), "1 " * 5000, "-1" * 5000],
    ids=["one number", "a page of numbers", "ones", "a chain"],
)
def test_numbers_alone_are_nothing(lang: str, text: str) -> None:
    assert not draw(lang, text)
