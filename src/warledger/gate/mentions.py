"""Whether a place's name on a page stands for the place: no part of a person's name, a body's or a street's.

Enters: a page, the tokens of a name. Leaves: what the name is there. Does not belong here: which place governs a
passage (`passage`), which places a name can mean (`places`).
"""

from __future__ import annotations

from warledger.gate.page import Page, once_a_page
from warledger.gate.places import Atlas
from warledger.gate.words import Hit
from warledger.model import Place

_NAME = 2  # words of a person's or a body's name before a place's
_SPEAKS = 3  # tokens behind a capital's name in which the verb of its government stands
_LEADING = 5  # tokens of the longest preposition
_WAY = 8  # tokens from a verb of bringing to where somebody is brought
_LISTED = 14  # tokens of a list of launch areas
# What a name may be besides: «Усі» is a city in China, «Сили» a village.
_PLAIN = (
    "predicate", "object", "equipment", "debris", "all", "both", "forces", "number", "ordinal", "pronoun", "adverb",
    "aux", "negation", "conj", "weapon", "person",
)  # fmt: skip
_VOICES = ("voice", "role", "nation")
_OPENS, _CLOSES = "\"«“„'", "\"»”“'"
_BEHIND = 2  # tokens between "in" and a place's name
_NOT_HERE = ("from", "clock")  # prepositions behind which nothing happened
_STREETS_OF = frozenset({"loc.pl", "dat.pl"})


@once_a_page
def own_spots(page: Page, atlas: Atlas, place: Place) -> list[tuple[int, int]]:
    """The tokens at which the words of a place stand for it, from the first to the one past the last, in order.

    Not within another word or a longer name that means another place: "Dnipro" in "Dnipropetrovsk", "Gaza" in "Gaza
    City"; nor before the word for a part of the front.
    """
    found = []
    for at in page.spots(place.text):
        end = at + len(place.text)
        first, past = page.tokens(at, end)
        if first >= past or page.starts[first] != at or page.text[end : end + 1].isalnum():
            continue
        longer = [n for a, b, n in atlas.within(at, at + 1) if b > end]
        if any(not any(atlas.is_of(n, place) for n in numbers) for numbers in longer):
            continue
        if not page.among("front_word", past, past + 1):
            found.append((first, past))
    return found


def told_in(page: Page, first: int) -> bool:
    """Whether a word such as "in" or "over" stands right before a name, and nobody who only sits there."""
    preps = page.among("place_prep", first - _BEHIND, first)
    return any(h.sense.term.get("role") is None for h in preps) and not seats(page, first)


def behind_preposition(page: Page, first: int) -> bool:
    """Whether a word such as "in" or "the village of" stands right before a name."""
    return bool(
        page.among("place_prep", first - 1, first) or page.among("region_noun", first - 1, first)
    )


def means_people(page: Page, atlas: Atlas, first: int, past: int) -> bool:
    """Whether a place's name is part of a person's, a body's or a street's, or stands for a government."""
    if any(
        h.last == first - 1 and not (h.sense.tags and h.sense.tags <= _STREETS_OF)
        for h in page.among("address", max(0, first - _NAME), first)
    ):
        return True  # "on Shchors Street"; not «на улицах Купянска»
    for kind in _VOICES[:2] if _is_ground(page, first, past) else _VOICES:
        if any(h.last >= first for h in page.among(kind, max(0, first - _NAME), past)):
            return True
    if page.among("role", past, past + _NAME) and not parted(page, past - 1, past + 1):
        return True  # "the Donetsk military administration"
    return seats(page, first) or joined_to_name(page, atlas, first, past)


def names_body(page: Page, first: int, past: int) -> bool:
    """Whether a name is part of a body's or a person's: "in Ukraine's Security Service"."""
    return any(
        h.last >= past or h.first < first
        for kind in ("voice", "role")
        for h in page.among(kind, max(0, first - _NAME), past)
        if h.last >= first
    ) or bool(page.among("role", past, past + 1))


def _is_ground(page: Page, first: int, past: int) -> bool:
    """Whether a capital behind a word such as "in" is a place; not where it speaks: «в Москве настаивают»."""
    preps = page.among("place_prep", first - 1, first)
    inside = any(not (h.sense.term.get("role") or h.sense.term.get("near")) for h in preps)
    inside = inside or not any(_may_act(h) for h in page.among("nation", first, past))
    said = page.among("says", past, past + _SPEAKS)
    return inside and not any(not parted(page, past - 1, h.first) for h in said)


def _may_act(hit: Hit) -> bool:
    """Whether a word can be the subject of a verb by its form."""
    return not hit.sense.tags or any(tag.startswith("nom") for tag in hit.sense.tags)


def seats(page: Page, first: int) -> bool:
    """Whether a place only tells where those sit who speak: "the health ministry in Sanaa"."""
    preps = page.among("place_prep", first - 1, first)
    at = preps[0].first if preps else first
    return bool(preps) and any(
        h.last == at - 1 and not parted(page, h.last, at)
        for kind in ("voice", "role", "seat_word")
        for h in page.among(kind, at - 3, at)
    )


def joined_to_name(page: Page, atlas: Atlas, first: int, past: int) -> bool:
    """Whether a capitalised word stands right beside a name, which is then part of a longer one."""
    return _goes_on(page, atlas, first - 1, first) or _goes_on(page, atlas, past, past)


def _goes_on(page: Page, atlas: Atlas, at: int, gap: int) -> bool:
    """Whether a capitalised word, not one that only opens its sentence, stands right beside a name.

    A region's name is none, nor that of a weapon, nor an abbreviation: "in Rylsk Kursk Region", "in Chuhuiv FPV drones";
    two towns with no mark between are a person's names.
    """
    if not 0 <= at < len(page.keys) or page.gaps[gap] != " ":
        return False
    if not page.text[page.starts[at]].isupper() or page.first_of[page.sentence[at]] == at:
        return False
    if page.text[page.starts[at] : page.ends[at]].isupper() or page.among("weapon", at, at + 1):
        return False
    other = atlas.within(page.starts[at], page.starts[at] + 1)
    return all(atlas.kinds(numbers) == {"town"} for _, _, numbers in other)


def is_common(page: Page, first: int, past: int) -> bool:
    """Whether a name that opens a sentence is a plain word of what happened: «Пожежі загасили»."""
    opens = page.first_of[page.sentence[first]] == first
    return opens and any(
        h.last >= past - 1 for k in _PLAIN for h in page.among(k, first, first + 1)
    )


def quoted(page: Page, first: int, past: int) -> bool:
    """Whether quotation marks stand right around a name: that of a ship, a unit or a works."""
    before = page.gaps[first].rstrip()[-1:] if first < len(page.gaps) else ""
    after = page.gaps[past].lstrip()[:1] if past < len(page.gaps) else ""
    return before in _OPENS and after in _CLOSES and bool(before) and bool(after)


def names_district(page: Page, atlas: Atlas, past: int, numbers: frozenset[int]) -> bool:
    """Whether a noun makes a town's name a district of some other town: "in the Kirov district".

    Behind the name; within it where the page names that town nowhere else, for quarters of several towns bear one name.
    """
    if atlas.kinds(numbers) != {"town"}:
        return False
    if _district_at(page, past, past + _BEHIND + 1):
        return True
    spans = (page.tokens(start, end) for start, end, found in atlas.mentions if found & numbers)
    return _district_at(page, past - 1, past) and all(
        _district_at(page, last - 1, last) for _, last in spans
    )


def _district_at(page: Page, first: int, past: int) -> bool:
    """Whether a noun for a district stands among the tokens."""
    nouns = page.among("region_noun", first, past)
    return any(str(h.sense.term.get("kind")) in ("raion", "district") for h in nouns)


@once_a_page
def launched_from(page: Page, first: int) -> bool:
    """Whether a place is only where weapons or people come from, or whose clock is meant: "five Shaheds from Shatalovo".

    The preposition may stand before the list that the place goes on: "from the Voronezh and Kursk regions".
    """
    if page.among("seat_word", max(0, first - _BEHIND), first):
        return True  # "a group based in Washington"
    if _brought(page, first):
        return True
    for at in range(first, max(0, first - _LISTED), -1):
        leads = [h for h in page.among("place_prep", max(0, at - _LEADING), at) if h.last == at - 1]
        if leads:
            return any(h.sense.term.get("role") in _NOT_HERE for h in leads)
        name = page.text[page.starts[at - 1]].isupper()
        if not (name or page.among("conj", at - 1, at) or page.among("region_noun", at - 1, at)):
            return False
    return False


def _brought(page: Page, first: int) -> bool:
    """Whether a place is only where somebody was brought: «доставили в больницу Белгорода»; not where weapons were."""
    hits = page.among("brings", max(0, first - _WAY), first)
    if not hits or parted(page, hits[-1].last, first):
        return False
    low = hits[-1].last + 1
    apart = any(page.among(kind, low, first) for kind in ("conj", "says", "relative"))
    return not apart and not page.among("weapon", max(0, hits[-1].first - _WAY), first)


def parted(page: Page, low: int, high: int) -> bool:
    """Whether a mark or the end of a sentence stands between two tokens."""
    return any(page.breaks[low + 1 : high + 1]) or _ends_between(page, low, high)


def _ends_between(page: Page, low: int, high: int) -> bool:
    return high < len(page.sentence) and page.sentence[low] != page.sentence[high]
