"""The gazetteer: place names in three languages, their codes and coordinates.

Enters: `data/*.msgpack`, made by `building`. Leaves: a `Gazetteer` a language. Does not belong here: reading texts.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from warledger.errors import LanguageDataError
from warledger.uncollected import uncollected

HERE = Path(__file__).parent / "data"
LANGS = ("en", "uk", "ru")
_OVERWHELMING = 20
_HERE = frozenset({"UA", "RU"})
"""The countries whose towns are known to the last village."""
_RANK = {
    "country": 9,
    "oblast": 8,
    "region": 7,
    "water": 6,
    "river": 6,
    "plant": 6,
    "object": 5,
    "city": 4,
    "raion": 4,
    "town": 2,
}
_SMALLEST_CITY = 20_000


class PlaceRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place: English name, code (KATOTTH, ISO 3166) or "", degrees where known, kind, country, oblast, people."""

    name: str
    code: str
    lat: float | None
    lon: float | None
    kind: str
    country: str
    oblast_code: str
    population: int


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A phrase that may name a place: the words behind the first, the places, and how sure the words are.

    `oblique` tells a case form other than the nominative; `risky` that the words mean something else as well;
    `adjective` that they are an adjective which names the place only with a noun told elsewhere.
    """

    rest: tuple[str, ...]
    places: tuple[int, ...]
    oblique: bool
    risky: bool
    adjective: bool = False


class Phrases:
    """First word → entries, the longest first; a word's entries are parsed when it is first asked for."""

    def __init__(self, raw: dict[str, str]) -> None:
        self._raw = raw
        self.opens = raw.keys()
        """The words that open a name: whoever asks of each word of a text asks these."""
        self._parsed: dict[str, tuple[Entry, ...]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._raw

    def __len__(self) -> int:
        return len(self._raw)

    def __getitem__(self, word: str) -> tuple[Entry, ...]:
        found = self._parsed.get(word)
        if found is None:
            found = tuple(_entry(line) for line in self._raw[word].split("\n"))
            self._parsed[word] = found
        return found

    def get(self, word: str) -> tuple[Entry, ...]:
        """The word's entries, or none."""
        return self[word] if word in self._raw else ()


def _entry(line: str) -> Entry:
    rest, ids, flags = line.split("\t")
    return Entry(
        tuple(rest.split()), tuple(int(i) for i in ids.split(",")), "o" in flags, "r" in flags
    )


class Gazetteer:
    """The places of the world of these reports, as one language names them."""

    def __init__(self, phrases: Phrases, records: Sequence[PlaceRecord]) -> None:
        self.phrases = phrases
        self._records = records

    def place(self, number: int) -> PlaceRecord:
        """The record of a place number."""
        return self._records[number]

    @functools.cached_property
    def _oblasts(self) -> dict[str, int]:
        return {r.oblast_code: n for n, r in enumerate(self._records) if r.kind == "oblast"}

    def oblast(self, code: str) -> int | None:
        """The number of the oblast of that code, or None."""
        return self._oblasts.get(code)

    def places(self) -> Sequence[PlaceRecord]:
        """Every place that there is, in the order of its number."""
        return self._records

    def resolve(
        self,
        candidates: Sequence[int],
        *,
        oblasts: Collection[str] = (),
        others: Collection[int] = (),
    ) -> int | None:
        """The one place meant among namesakes, or None where the words leave it open.

        Decided by, in this order: a rank that no other has (a country or oblast against towns), an overwhelming
        number of people, an oblast that the text names, the oblasts of the report's other places.
        """
        if len(candidates) == 1:
            return candidates[0]
        rows = sorted(candidates, key=lambda n: (-self._rank(n), n))
        if self._rank(rows[0]) > max(4, self._rank(rows[1])):
            return rows[0]
        near = {self.place(n).oblast_code for n in others} - {""}
        if district := self._district(candidates, {*oblasts} or near):
            return district
        people = sorted(candidates, key=lambda n: (-self.place(n).population, n))
        first, second = self.place(people[0]), self.place(people[1])
        if first.population >= _SMALLEST_CITY and first.population > _OVERWHELMING * max(
            second.population, 1
        ):
            return people[0]
        named = [n for n in candidates if self.place(n).oblast_code in oblasts]
        if len(named) == 1:
            return named[0]
        beside = [n for n in candidates if self.place(n).oblast_code in near]
        if len(beside) == 1 and not named:
            return beside[0]
        if (abroad := self._abroad(candidates, others)) is not None:
            return abroad
        if self._rank(rows[0]) > self._rank(rows[1]) and self._rank(rows[0]) >= 4:
            return rows[0]
        return None

    def _abroad(self, candidates: Sequence[int], others: Collection[int]) -> int | None:
        """The one namesake in a country of which the report tells, where it names no place of this war's own."""
        told = {self.place(n).country for n in others}
        rows = [n for n in candidates if self.place(n).country in told]
        return rows[0] if len(rows) == 1 and not told & _HERE else None

    def _district(self, candidates: Sequence[int], told: Collection[str]) -> int | None:
        """The district among namesakes that are districts of cities, where none of those lies in a region told of."""
        districts = [n for n in candidates if self.place(n).kind == "raion"]
        within = [n for n in candidates if self.place(n).oblast_code in told]
        return districts[0] if len(districts) == 1 and within in ([], districts) else None

    def _rank(self, number: int) -> int:
        return _RANK.get(self.place(number).kind, 1)


@functools.cache
def _records() -> list[PlaceRecord]:
    return msgspec.msgpack.decode((HERE / "places.msgpack").read_bytes(), type=list[PlaceRecord])


def of(lang: str) -> Gazetteer:
    """The gazetteer in that language; one without names where there is none in it."""
    return load(lang) if lang in LANGS else Gazetteer(Phrases({}), _records())


@functools.cache
@uncollected()
def load(lang: str) -> Gazetteer:
    """The gazetteer in one of the languages `en`, `uk`, `ru`. Raises LanguageDataError for another one."""
    if lang not in LANGS:
        raise LanguageDataError(f"no place names in {lang!r}; there are {', '.join(LANGS)}")
    raw = msgspec.msgpack.decode((HERE / f"{lang}.msgpack").read_bytes(), type=dict[str, str])
    return Gazetteer(Phrases(raw), _records())
