"""Everything outside Ukraine: Russia's subjects, districts and towns, countries, the other wars' places, waters.

Enters: GeoNames, CLDR and the tables `ru_subjects.tsv`, `ru_local.tsv`, `countries.tsv`, `places.tsv`.
Leaves: drafts. Does not belong here: Ukraine's own settlements (`ukraine`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from warledger.gazetteer.building.atlas import City, cities, countries, every_country
from warledger.gazetteer.building.draft import Draft, Gathering
from warledger.gazetteer.building.spelling import (
    russian_romanisations,
    russian_standard,
    to_ukrainian,
    ukrainian_spellings,
    usual_english,
)
from warledger.gazetteer.building.tables import parts, rows

RUSSIAN_TOWN = 15_000
# Russia's subjects near the front or often struck: their smaller places count behind a preposition.
NEAR = frozenset(
    f"RU-{code}"
    for code in ("BEL", "BRY", "KRS", "VOR", "ROS", "KDA", "SMO", "LIP", "ORL", "TUL", "KLU", "VGG")
)
LARGE = 600_000
EUROPEAN = 150_000
EUROPE = frozenset(
    {"AL", "AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU"}
    | {"IE", "IT", "LT", "LV", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR"}
)
# Other wars' countries, and the least population of a town that the gazetteer keeps there.
ELSEWHERE = {"IL": 20_000, "PS": 15_000, "LB": 20_000, "SY": 40_000, "YE": 50_000, "IR": 60_000}
ELSEWHERE |= {"IQ": 100_000, "IN": 200_000, "PK": 80_000, "BY": 30_000, "MD": 30_000}
ELSEWHERE |= {"SD": 200_000, "SS": 100_000, "ET": 200_000, "LY": 100_000, "SO": 150_000}
ELSEWHERE |= {"AZ": 100_000, "AM": 40_000, "GE": 40_000, "AF": 150_000, "MM": 200_000}
# Smaller ones count behind a preposition: their names may be common words as well.
SMALLER = {"IL": 2_000, "PS": 1_000, "LB": 2_000, "SY": 8_000, "YE": 4_000, "IR": 20_000}
SMALLER |= {"IQ": 40_000, "PK": 15_000, "SD": 20_000, "SS": 20_000, "ET": 50_000, "LY": 30_000}
SMALLER |= {"SO": 40_000, "AZ": 10_000, "AM": 25_000, "GE": 10_000, "AF": 40_000, "MM": 60_000}
# States of India at the border with Pakistan, by GeoNames' number.
BORDER = {"IN": frozenset({"12", "13", "23", "24", "09", "11", "41"})}
BORDER_TOWN = 8_000
SHORTEST_STEM = 4
_SMALL = frozenset({"village", "town"})
ENGLISH_SUBJECT = ("oblast", "region")


def gather(into: Gathering) -> None:
    """Adds the world outside Ukraine."""
    _subjects(into)
    _local(into)
    subjects = _subject_of()
    _towns(into, cities("RU"), RUSSIAN_TOWN, subjects)
    for country, least in ELSEWHERE.items():
        _towns(into, cities(country), least)
        _small_towns(into, country, least)
    _countries(into)
    _capitals(into)
    _listed(into)
    _hamlets(into, subjects)


def _subjects(into: Gathering) -> None:
    """Russia's federal subjects; their coordinates are the capital's."""
    towns = {c.name: c for c in cities("RU")}
    for code, kind, name, capital, english, ru, ru_short, uk, uk_short in rows(
        "ru_subjects.tsv", 9
    ):
        centre = towns.get(capital)
        at = (centre.lat, centre.lon) if centre else (None, None)
        if kind == "city":
            continue
        draft = into.add(Draft(name, code, "oblast", "RU", code, *at))
        short = name.removesuffix(" Oblast").removesuffix(" Krai")
        heads = ENGLISH_SUBJECT if kind == "oblast" else ("krai", "region", "territory", "republic")
        for variant in {short, *parts(english)}:
            draft.call("en", *(f"{variant} {head}" for head in heads))
        if kind not in ("oblast", "krai"):
            draft.call("en", *parts(english))
        for lang, full, shorts in (("ru", ru, ru_short), ("uk", uk, uk_short)):
            for phrase in parts(full):
                adjective, _, head = phrase.partition(" ")
                if head in ("область", "край"):
                    draft.call_by_adjective(lang, adjective, (head,))
                    region = {"ru": "регион", "uk": "регіон"}[lang]
                    draft.call(lang, f"{_masculine(adjective)} {region}")
                else:
                    draft.call(lang, phrase)
            draft.call(lang, *parts(shorts))


def _subject_of() -> dict[str, str]:
    """GeoNames' number of a division of Russia → the code of the federal subject, by the subject's capital."""
    towns: dict[str, City] = {}
    for city in cities("RU"):
        towns.setdefault(city.name, city)
    return {towns[row[3]].admin1: row[0] for row in rows("ru_subjects.tsv", 9) if row[3] in towns}


def _hamlets(into: Gathering, subjects: dict[str, str]) -> None:
    """The small places near the front: each of their names may be a common word as well."""
    listed = {(d.oblast, d.name) for d in into.drafts if d.kind == "village"}
    larger = {n for d in into.drafts if d.kind not in _SMALL for n in d.names["ru"]}
    for city in cities("RU"):
        subject = subjects.get(city.admin1, "")
        name = usual_english(city.name)
        if city.population >= RUSSIAN_TOWN or subject not in NEAR or (subject, name) in listed:
            continue
        russian = sorted({*city.ru, *city.neutral} - larger)
        if not russian:
            continue
        draft = into.add(
            Draft(name, "", "village", "RU", subject, city.lat, city.lon, city.population)
        )
        draft.slight = True
        draft.call("ru", *russian)
        draft.call("uk", *(s for n in russian for s in sorted(ukrainian_spellings(n))))


def _masculine(adjective: str) -> str:
    """The masculine of a feminine adjective: московская → московский, сумська → сумський."""
    for feminine, masculine in (("кая", "кий"), ("ая", "ый"), ("ька", "ький")):
        if adjective.endswith(feminine):
            return adjective.removesuffix(feminine) + masculine
    return adjective


def _local(into: Gathering) -> None:
    """Districts and smaller places near the border or often named."""
    known = {(c.admin1, n): c for c in cities("RU") for n in (*c.ru, *c.neutral)}
    by_name: dict[str, list[City]] = {}
    for (_, name), city in known.items():
        by_name.setdefault(name, []).append(city)
    for oblast, kind, names in rows("ru_local.tsv", 3):
        if kind == "kind":
            continue
        for russian in parts(names):
            if kind == "district":
                draft = Draft(f"{russian_standard(russian)} District", oblast, kind, "RU", oblast)
                draft.code = ""
                into.add(draft)
                draft.call_by_adjective(
                    "ru", russian, ("район", "округ", "муниципальный округ", "городской округ")
                )
                ukrainian = to_ukrainian(russian)
                draft.call_by_adjective("uk", ukrainian, ("район", "округ"))
                named = [russian, *_seats(russian, by_name)]
                draft.call(
                    "en",
                    *(
                        f"{r} {h}"
                        for name in named
                        for r in russian_romanisations(name)
                        for h in ("district", "municipal district", "urban district")
                    ),
                )
                continue
            found = by_name.get(russian, [])
            town = found[0] if len(found) == 1 else None
            if town is not None and town.population >= RUSSIAN_TOWN:
                continue
            draft = Draft(russian_standard(russian), "", "village", "RU", oblast)
            if town is not None:
                draft.name, draft.lat, draft.lon = town.name, town.lat, town.lon
                draft.population = town.population
            into.add(draft)
            draft.slight = kind == "hamlet"
            draft.call("ru", russian)
            draft.call("uk", *ukrainian_spellings(russian))
            draft.call("en", *russian_romanisations(russian))


def _small_towns(into: Gathering, country: str, least: int) -> None:
    """The towns of another war's country below its least population."""
    near = BORDER.get(country, frozenset())
    small = [c for c in cities(country) if c.population < least]
    kept = [c for c in small if c.population >= SMALLER.get(country, least)]
    kept += [c for c in small if c.admin1 in near and c.population >= BORDER_TOWN]
    taken = frozenset(n for d in into.drafts if d.country == "UA" for n in d.names["ru"])
    _towns(into, tuple(kept), 0, slight=True, taken=taken)


@functools.cache
def _listed_names() -> dict[tuple[str, str], bool]:
    """The towns of the hand-made table: country and each English name, and whether it is the first."""
    found: dict[tuple[str, str], bool] = {}
    for name, _, kind, country, *_, english, _, _ in rows("places.tsv", 10):
        if kind in ("city", "town", "village"):
            found |= {(country, n): found.get((country, n), False) for n in _english(name, english)}
            found[country, name] = True
    return found


def _english(name: str, others: str) -> set[str]:
    """The English names of a row of the hand-made table."""
    return {name, *(other.rstrip("!") for other in parts(others))}


def _seats(adjective: str, towns: Iterable[str]) -> list[str]:
    """The towns that a district can be called after: «шебекинский» after «шебекино»."""
    stem = adjective.removesuffix("ский").removesuffix("ской")
    return [
        t
        for t in towns
        if len(stem) >= SHORTEST_STEM and t[: len(stem)] == stem and len(t) <= len(stem) + 1
    ]


def _is_listed(city: City) -> bool:
    """Whether the hand-made table has a town under a name of its own that GeoNames calls otherwise."""
    names = {city.name, *(city.latin if city.country in ELSEWHERE else ())}
    listed = _listed_names()
    return any((city.country, n) in listed for n in names) and not listed.get(
        (city.country, city.name), False
    )


def _towns(
    into: Gathering,
    found: tuple[City, ...],
    least: int,
    subjects: dict[str, str] | None = None,
    *,
    slight: bool = False,
    taken: frozenset[str] = frozenset(),
) -> None:
    """Adds towns of `least` people or more; Russian names that are `taken` by places nearer to these reports are left."""
    for city in found:
        if city.population < least or _is_listed(city):
            continue
        oblast = (subjects or {}).get(city.admin1, "")
        name = usual_english(city.name) if city.country == "RU" else city.name
        draft = into.add(
            Draft(name, "", "city", city.country, oblast, city.lat, city.lon, city.population)
        )
        draft.slight = slight
        draft.call("en", city.name)
        russian = {*city.ru, *city.neutral} - taken
        draft.call("ru", *russian)
        draft.call("uk", *(city.uk or ()), *({*city.neutral} - taken))
        if city.country in ("RU", "BY") or not city.uk:
            draft.call("uk", *(s for n in russian for s in sorted(ukrainian_spellings(n))))
        if city.country in ("RU", "BY"):
            draft.call("en", *(n for r in city.ru for n in russian_romanisations(r)))
        start = city.name[:3].lower()
        draft.call("en", *(n for n in city.latin if n[:3].lower() == start and " " not in n))
        if city.country in ELSEWHERE:
            draft.call("en", *_compound(city))


def _compound(city: City) -> list[str]:
    """The names of a town that are several words: no foreign spelling hides a common word there."""
    return [n for n in city.latin if n[:1] == city.name[:1] and " " in n]


def _capitals(into: Gathering) -> None:
    """Capitals, and the large cities of the countries that no war here touches."""
    capitals = {(c.code, c.capital) for c in countries()}
    for city in cities(every_country()):
        if city.country in ELSEWHERE or city.country in ("UA", "RU"):
            if (city.country, city.name) not in capitals or city.country in ("UA", "RU"):
                continue
        elif (city.country, city.name) not in capitals and city.population < LARGE:
            if city.country in EUROPE and city.population >= EUROPEAN:
                _towns(into, (city,), 0, slight=True)
            continue
        _towns(into, (city,), 0)


def _countries(into: Gathering) -> None:
    overrides = {row[0]: row for row in rows("countries.tsv", 5)}
    for country in countries():
        _, name, english, ukrainian, russian = overrides.get(
            country.code, [country.code, "", "", "", ""]
        )
        draft = into.add(Draft(name or country.name, country.code, "country", country.code, ""))
        draft.call("en", country.name, country.cldr.get("en", ""), *parts(english))
        draft.call("uk", country.cldr.get("uk", ""), *parts(ukrainian))
        draft.call("ru", country.cldr.get("ru", ""), *parts(russian))


def _listed(into: Gathering) -> None:
    """The hand-made table; a place without coordinates takes those of GeoNames by its name and country."""
    for name, code, kind, country, oblast, lat, lon, english, ukrainian, russian in rows(
        "places.tsv", 10
    ):
        draft = Draft(name, code, kind, country, oblast)
        if lat:
            draft.lat, draft.lon = float(lat), float(lon)
        elif country:
            names = _english(name, english)
            same = [c for c in cities(country) if c.name == name]
            same = same or [c for c in cities(country) if c.name in names]
            same = same or [c for c in cities(country) if names & {*c.latin} and _is_listed(c)]
            if same:
                draft.lat, draft.lon, draft.population = (
                    same[0].lat,
                    same[0].lon,
                    same[0].population,
                )
                draft.call("ru", *same[0].ru, *same[0].neutral)
                draft.call("uk", *same[0].uk, *same[0].neutral)
                draft.call("en", *_compound(same[0]))
        into.add(draft)
        draft.call("en", *parts(english))
        draft.call("uk", *parts(ukrainian))
        draft.call("ru", *parts(russian))
