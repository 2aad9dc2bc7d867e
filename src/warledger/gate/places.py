"""The proof of where: a place's words in the report, and that those words can mean that place.

Enters: a scene, the gazetteer's names (data). Leaves: None, or the fault. Does not belong here: which of
two places of the same name is meant.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from warledger.gate.page import Page
from warledger.gate.scene import Fault, Scene
from warledger.gate.words import fold
from warledger.gazetteer import Gazetteer, PlaceRecord, load
from warledger.languages import INTERNATIONAL
from warledger.model import Place

_WORD = re.compile(r"[^\W\d_](?:[\w'’ʼ\u00ad\u200b]|-(?=\w))*")
_MARKS = str.maketrans({"’": "'", "ʼ": "'", "ё": "е", "\u00ad": None, "\u200b": None})
_LISTED = 2  # tokens between the names of a list
_LEADING = 4  # tokens of the longest preposition
_LIST = 80  # characters behind a name in which its list's shared noun may stand
_AREAS = frozenset({"country", "oblast", "raion", "hromada", "water", "river"})
_SITES = frozenset({"object", "plant"})
_SAME = {"region": "oblast", "district": "raion"}
_DEGREES = 1e-6
# Characters of a KATOTTH code that name what a place lies in; a Russian district has none beyond its oblast.
_SHARED = {"raion": 6, "hromada": 9, "district": 0}
_HOLDING = frozenset(
    {"country", "region", "oblast", *_SHARED}
)  # kinds of places that others lie in


class _Sorts(NamedTuple):
    """What the meanings of one name have in common: their countries, whether all are ground, of what kinds they are.

    And by which names the gazetteer has them, and those in which others lie.
    """

    lands: frozenset[str]
    ground: bool
    kinds: frozenset[str]
    names: frozenset[str]
    areas: tuple[PlaceRecord, ...]


@functools.lru_cache(maxsize=8192)
def _sorts(gazetteer: Gazetteer, numbers: frozenset[int]) -> _Sorts:
    records = [gazetteer.place(n) for n in numbers]
    told = {r.kind for r in records}
    lands = () if told & {"country", "object"} else (r.country for r in records)
    kinds = (_SAME.get(k, k if k in _AREAS else "town") for k in told)
    return _Sorts(
        frozenset(lands),
        not told & {"country", "water", "river"},
        frozenset(kinds),
        frozenset(r.name for r in records),
        tuple(r for r in records if r.kind in _HOLDING),
    )


Mention = tuple[int, int, frozenset[int]]
"""A place name on a page: its first character, the one past its last, the places that it can mean."""


def _named(names: Gazetteer, keys: list[str]) -> set[int]:
    """The places that a row of words holds a name of."""
    return {
        place
        for at, key in enumerate(keys)
        for entry in names.phrases.get(key)
        if tuple(keys[at + 1 : at + 1 + len(entry.rest)]) == tuple(entry.rest)
        for place in entry.places
    }


class Atlas:
    """The place names of one page: where each stands and which places it can mean."""

    def __init__(self, page: Page, gazetteer: Gazetteer) -> None:
        self.page = page
        self._gazetteer = gazetteer
        self._meanings: dict[str, frozenset[int]] = {}
        self._claimed: dict[Place, list[int]] = {}
        self._kin: dict[tuple[frozenset[int], Place], bool] = {}

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every capitalised place name: its first and last character, the places that it can mean."""
        text, clitics, phrases = self.page.text, self.page.words.clitics, self._gazetteer.phrases
        found: list[Mention] = []
        self._doubtful: set[int] = set()
        past = 0
        for start in self.page.starts:
            if start < past or not text[start].isupper():
                continue
            word = _WORD.match(text, start)
            if word is None:
                continue
            past = word.end()
            entries = phrases.get(_key(word[0], clitics))
            if not entries:
                continue
            following = self._next(past) if entries[0].rest else None  # the longest stand first
            for entry in entries:
                end = self._past(past, entry.rest, following)
                if end is not None:
                    found.append((start, end, frozenset(entry.places)))
                    if entry.risky:
                        self._doubtful.add(start)
                    past = end
                    break
        return found

    @cached_property
    def scenes(self) -> list[Mention]:
        """The mentions where something is told of, leaving out the lists of where weapons came from."""
        page, last = self.page, -_LISTED - 1
        found: list[Mention] = []
        for start, end, numbers in self.mentions:
            first, past = page.tokens(start, end)
            near = page.among("place_prep", first - _LEADING, first)
            leads = [h for h in near if h.last == first - 1]  # "from the directions of"
            led = any(h.sense.term.get("role") == "from" for h in leads)
            if led or (not leads and first - last <= _LISTED):
                last = past
            else:
                found.append((start, end, numbers))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self.mentions]

    @cached_property
    def naming(self) -> Counter[int]:
        """How often each place can be meant by a name on the page."""
        return Counter(n for _, _, numbers in self.mentions for n in numbers)

    def _next(self, at: int) -> tuple[str, int] | None:
        """The word that stands next behind a character, as the gazetteer spells it, and where it ends."""
        word = _WORD.search(self.page.text, at)
        return word and (_key(word[0], self.page.words.clitics), word.end())

    def _past(self, at: int, rest: Sequence[str], following: tuple[str, int] | None) -> int | None:
        """Where the words `rest` end that stand next behind a character; None where others do.

        `following` is the word right behind it.
        """
        for n, wanted in enumerate(rest):
            if n:
                following = self._next(at)
            if following is None or following[0] != wanted:
                return None
            at = following[1]
        return at

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin among the characters from `start` up to `end`."""
        low = bisect_left(self._starts, start)
        return self.mentions[low : bisect_left(self._starts, end, low)]

    def doubtful(self, start: int) -> bool:
        """Whether the name that begins at a character is a common word or a person's name as well."""
        return bool(self.mentions) and start in self._doubtful

    def meanings(self, text: str) -> frozenset[int]:
        """The places that a piece of text can mean, by any name inside it; found once."""
        known = self._meanings.get(text)
        if known is None:
            known = self._meanings[text] = self._meant(text)
        return known

    def meant(self, place: Place) -> list[int]:
        """The places of the gazetteer that a claimed place can be by its own words; found once."""
        known = self._claimed.get(place)
        if known is None:
            known = [n for n in self.meanings(place.text) if self.is_of(n, place)]
            self._claimed[place] = known
        return known

    def _meant(self, text: str) -> frozenset[int]:
        keys = [m[0].lower().translate(_MARKS) for m in _WORD.finditer(text)]
        found = _named(self._gazetteer, keys)
        if not found and text.isascii():  # a publisher named abroad: "Governor of Belgorod Oblast"
            found = _named(load(INTERNATIONAL), keys)
        return frozenset(found)

    def lands(self, numbers: frozenset[int]) -> frozenset[str]:
        """The countries of the towns and regions that a name can mean; none for a country or a building."""
        return _sorts(self._gazetteer, numbers).lands

    def states(self, numbers: Iterable[int]) -> set[str]:
        """The countries that a name itself can mean."""
        records = (self._gazetteer.place(n) for n in numbers)
        return {r.country for r in records if r.kind == "country"}

    def share_land(self, numbers: Iterable[int], others: Iterable[int]) -> bool:
        """Whether two names can mean places of one country."""
        lands = {self._gazetteer.place(n).country for n in numbers}
        return any(self._gazetteer.place(n).country in lands for n in others)

    def told(self) -> set[str]:
        """The countries that the report names, or towns of them by names that are of one country alone."""
        named = ({self._gazetteer.place(n).country for n in m[2]} for m in self.mentions)
        return {country for countries in named if len(countries) == 1 for country in countries}

    def countries_of(self, text: str) -> set[str]:
        """The countries of the places that a piece of text can name."""
        return {self._gazetteer.place(n).country for n in self.meanings(text)}

    def is_ground(self, numbers: frozenset[int]) -> bool:
        """Whether a name can only mean towns and regions: no country and no water."""
        return _sorts(self._gazetteer, numbers).ground

    def kin(self, numbers: frozenset[int], places: Iterable[Place]) -> bool:
        """Whether a name can mean one of the places, or what holds one of them: its oblast, its district."""
        return any(self._is_kin(numbers, place) for place in places)

    def _is_kin(self, numbers: frozenset[int], place: Place) -> bool:
        known = self._kin.get((numbers, place))
        if known is None:
            named = _sorts(self._gazetteer, numbers)
            claimed = [self._gazetteer.place(n) for n in self.meant(place)]
            known = (
                any(p.name in named.names for p in claimed)
                or (place.name in named.names and any(self.is_of(n, place) for n in numbers))
                or any(_holds(r, p) for r in named.areas for p in claimed)
            )
            self._kin[numbers, place] = known
        return known

    def inside(self, numbers: Iterable[int], places: Iterable[Place]) -> bool:
        """Whether a name can mean a place that lies in one of the regions claimed."""
        regions = [
            record
            for p in places
            for n in self.meant(p)
            if (record := self._gazetteer.place(n)).kind in _AREAS
        ]
        named = [self._gazetteer.place(n) for n in numbers]
        return any(_holds(r, n) for r in regions for n in named)

    def stands_in(self, numbers: Iterable[int], places: Iterable[Place]) -> bool:
        """Whether a name can only mean a plant or another site in the oblast of a place claimed."""
        named = [self._gazetteer.place(n) for n in numbers]
        if not all(r.kind in _SITES for r in named):
            return False
        oblasts = {self._gazetteer.place(n).oblast_code for p in places for n in self.meant(p)}
        return all(r.oblast_code in oblasts for r in named)

    def shares_noun(self, place: Place, spots: Iterable[int]) -> bool:
        """Whether a list's shared noun makes the words a region: "Kherson, Donetsk and Sumy oblasts"."""
        for at in spots:
            following = self.page.text[at + len(place.text) : at + len(place.text) + _LIST]
            for word in _WORD.finditer(following.split(".")[0]):
                noun = word[0].lower()
                for ending in (noun, noun.removesuffix("s")):
                    if any(self.is_of(n, place) for n in self.meanings(f"{place.text} {ending}")):
                        return True
        return False

    def quarter(self, place: Place) -> bool:
        """Whether the words are an adjective that names a quarter of the place, its noun left out: «у Дарницькому»."""
        entries = self._gazetteer.phrases.get(place.text.lower())
        return any(
            len(e.rest) == 1 and any(self.is_of(n, place) for n in e.places) for e in entries
        )

    def region_of(self, page: Page, around: tuple[int, int], place: Place) -> bool:
        """Whether a noun for a region beside the evidence means the oblast of the town that the words name."""
        nouns = [h.sense.term for h in page.among("region_noun", *around)]
        nouns = [t for t in nouns if t.get("kind") == "oblast"]
        if not nouns:
            return False
        if self.meant(place):
            return False  # the words name the region itself
        records = [self._gazetteer.place(n) for n in self.meanings(place.text)]
        codes = {r.oblast_code for r in records if r.oblast_code}
        codes |= {t.get("of")[0] for t in nouns if codes & set(t.get("of") or ())}
        named = {self._gazetteer.oblast(code) for code in codes} - {None}
        return any(n is not None and self.is_of(n, place) for n in named)

    def kinds(self, numbers: frozenset[int]) -> frozenset[str]:
        """What sorts of places a name can mean: country, oblast, raion, hromada, water, else town."""
        return _sorts(self._gazetteer, numbers).kinds

    def is_of(self, number: int, place: Place) -> bool:
        """Whether a place of the gazetteer is the one claimed, by name, code and coordinates."""
        record = self._gazetteer.place(number)
        if record.name != place.name or place.code not in (None, record.code):
            return False
        return _same(place.lat, record.lat) and _same(place.lon, record.lon)


def _key(word: str, clitics: tuple[str, ...]) -> str:
    """A word as the gazetteer spells it, without a clitic at its end ("Dnipro's")."""
    low = word.lower()
    if low.isascii() and low.isalpha():
        return low
    low = low.translate(_MARKS)
    for clitic in clitics:
        if low.endswith(clitic):
            return low.removesuffix(clitic)
    return low


def _holds(region: PlaceRecord, place: PlaceRecord) -> bool:
    """Whether a place lies in a region, by its oblast and the digits that all codes of a district share, or in a country."""
    if region.kind == "country":
        return region.country == place.country and place.kind != "country"
    if region.kind == "region" and not place.oblast_code and place.kind not in _AREAS:
        return region.country == place.country  # of a land whose towns bear no codes of regions
    if region.kind == "region" and not region.country:
        return place.kind not in _AREAS  # Kashmir
    if region.oblast_code != place.oblast_code or not region.oblast_code or place.kind == "oblast":
        return False
    if region.kind in ("oblast", "region"):
        return True
    size = _SHARED.get(region.kind)
    return size is not None and region.code[:size] == place.code[:size]


def _same(claimed: float | None, known: float | None) -> bool:
    return claimed is None or (known is not None and abs(claimed - known) < _DEGREES)


def _spoken_for(scene: Scene, publisher: Page, atlas: Atlas, place: Place) -> bool:
    """Whether the words of a place are an official's who speaks for it, or its townsfolk's."""
    for page in (scene.page, publisher):
        for hit in (*page.hits.get("voice", ()), *page.hits.get("dweller", ())):
            seat = hit.sense.term.get("seat")
            if seat and page.text[page.starts[hit.first] : page.ends[hit.last]] == place.text:
                if any(atlas.is_of(n, place) for n in atlas.meanings(str(seat))):
                    return True
    return False


def _as_land(page: Page, atlas: Atlas, place: Place) -> bool:
    """Whether the words of a place are a town's name that means its region behind a preposition: «на Запоріжжі»."""
    return any(
        hit.first
        and page.keys[hit.first - 1] == fold(str(hit.sense.term.get("behind")))
        and page.text[page.starts[hit.first] : page.ends[hit.last]] == place.text
        and any(atlas.is_of(n, place) for n in atlas.meanings(str(hit.sense.term.get("land"))))
        for hit in page.hits.get("as_land", ())
    )


def place_fault(scene: Scene, publisher: Page, atlas: Atlas) -> Fault | None:
    """What is wrong with the claim's places, or None where each one's words stand near by."""
    for place in scene.claim.places:
        if not place.text.strip():
            return Fault("places", f"{place.name} has no words of the report")
        spots = scene.page.spots(place.text)
        if not spots and place.text not in scene.page.title:
            return Fault("places", f"{place.text!r} does not stand in the report")
        meant = bool(atlas.meant(place)) or _spoken_for(scene, publisher, atlas, place)
        meant = meant or _as_land(scene.page, atlas, place) or atlas.quarter(place)
        if not meant and any(atlas.region_of(scene.page, span, place) for span in scene.told()):
            continue
        if not meant and not atlas.shares_noun(place, spots):
            return Fault("places", f"{place.text!r} is not {place.name} as the gazetteer knows it")
    return None
