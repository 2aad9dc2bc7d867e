"""Numbers that count nothing for what stands beside them in the text: list marks, names, members of a barred list.

Enters: a `Scan` and the amounts of a sentence. Leaves: the same amounts, those that count nothing marked with why.
Does not belong here: the unit that stands with a number itself (`numbers`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

from warledger.extraction import ages
from warledger.extraction.scan import Found, Scan, once_a_scan

# What one number of a list measures, all of them measure: "aged 44, 58 and 63", "5, 7 and 12 km".
_SHARED = frozenset(
    {
        "age",
        "an age",
        "year",
        "distance",
        "calibre",
        "mass",
        "speed",
        "temperature",
        "voltage",
        "volume",
    }
    | {"money", "ordinal_thing", "a date"}
)
_NAME = 5  # tokens of the longest name of a weapon with a number in it
_BRACKET = 40  # tokens of the longest insertion in brackets
_SHARE = 5  # tokens between the word for a share and its whole
_LINE = 9  # tokens between a line to call, or the eldest, and the number told of it
_OLDEST = 110
_SIGNS = frozenset("+±")
_COUNTED = (
    "weapon",
    "person",
    "object",
    "equipment",
    "settlement",
    "location",
    "customer",
    "attack_noun",
)

_HYPHENS = ("-", "–", "‑")
_WHOLE = 10  # the largest whole of which a share is told in two numbers
_TIMED = frozenset({"time", "clock", "year", "age", "duration"})
_BOTH = 2  # letters of the shortest abbreviation
_TITLE = 3  # words of a name between quotation marks that a number ends
_CHAIN = 2  # further numbers that make a telephone number or a code


class Barred(Protocol):
    """What this room needs of an amount."""

    start: int
    end: int
    low: float | int | None
    sort: str
    barred: str | None


def mark(
    scan: Scan, raw: Sequence[Barred], *, latin_names: bool, datives: tuple[str, ...] = ()
) -> None:
    """Marks the amounts that count nothing.

    `latin_names` where a number behind a Latin word is part of its name; `datives` are the endings of names in that case.
    """
    for amount in raw:
        if amount.sort == "number" and not amount.barred:
            amount.barred = _by_itself(scan, amount, latin_names=latin_names)
            if amount.barred is None and _alone(scan, amount) and ages.told(scan, amount, datives):
                amount.barred = None if _of_gap(scan, raw, amount) else "an age"
    numbers = [a for a in raw if a.sort == "number"]
    for before, amount in pairwise(numbers):
        if before.barred == "money" and before.end == amount.start:
            amount.barred = amount.barred or "money"
    for before, amount in pairwise(numbers):
        if _share(scan, before, amount):
            before.barred = amount.barred = "a share"
    for before, amount in reversed(list(pairwise(numbers))):
        adjective = _compound(scan, amount)  # "one more, a 55-year-old"
        if amount.barred in _SHARED and _listed(scan, before, amount) and not adjective:
            before.barred = before.barred or amount.barred
    for before, amount in pairwise(numbers):
        if before.barred == "money" and _alone(scan, amount) and amount.end - amount.start > 1:
            amount.barred = amount.barred or "money"  # "150 thousand roubles, 600 thousand – for …"
        if (
            before.barred in ("an age", "age", "ordinal_thing", "calibre")
            and _listed(scan, before, amount)
            and _alone(scan, amount)
        ):
            amount.barred = amount.barred or before.barred


def _share(scan: Scan, before: Barred, amount: Barred) -> bool:
    """Whether two small numbers only tell a share: "four in five consumers", "one in ten"."""
    lead = scan.at(before.end, "share_of")
    if lead is None or lead.end != amount.start or not before.low or not amount.low:
        return False
    if scan.at(amount.end, "attack_noun", "settlement", "location", "region_noun") is not None:
        return False  # "killed two in five attacks"
    timed = any(
        f.term.get("dimension") in _TIMED
        for f in scan.starting.get(amount.end, ())
        if f.term.type == "unit"
    )
    return before.low < amount.low <= _WHOLE and not timed


def _of_size(scan: Scan, amount: Barred) -> bool:
    """Whether a number only tells how large one thing is: «будинок на 12 квартир», «школа на 300 учнів»."""
    k = amount.start - 1
    if k < 1 or scan.at(k, "grown_by") is None:
        return False
    thing = (f for n in (1, 2, 3) if k >= n for f in scan.starting.get(k - n, ()))
    one = any(
        f.end == k and f.term.type == "object" and any(t.endswith(".sg") for t in f.tags)
        for f in thing
    )
    held = scan.at(amount.end, "object", "person", "customer") if one else None
    return held is not None and "gen.pl" in held.tags


def _compound(scan: Scan, amount: Barred) -> bool:
    """Whether a number is the first part of an adjective: "55-year-old"."""
    k = amount.start + 1
    joined = k < len(scan.tokens) and scan.tokens[k].text.startswith("-")
    return joined or scan.tokens[amount.start].suffix.startswith("-")


def in_capitals(scan: Scan, i: int) -> bool:
    """Whether capitals among other words make an abbreviation of a word for a number: «пожежа на СТО»."""
    if len(scan.tokens[i].text) < _BOTH or not scan.original(i, i + 1).isupper():
        return False
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(scan.tokens)]
    words = [k for k in beside if scan.tokens[k].kind == "w"]
    return bool(words) and not any(scan.original(k, k + 1).isupper() for k in words)


def _by_itself(scan: Scan, amount: Barred, *, latin_names: bool) -> str | None:
    """Why a number counts nothing by the words right beside it, or None."""
    if latin_names and _named(scan, amount):
        return "part of a name"
    alone = _alone(scan, amount)
    for holds, why in _possible(scan):
        if (alone or holds not in _OF_ONE_ALONE) and holds(scan, amount):
            return why
    return None


@once_a_scan
def _possible(scan: Scan) -> list[tuple[Callable[[Scan, Barred], bool], str]]:
    """The reasons that can hold in a text: those whose words stand in it."""
    told = scan.by_type.keys()
    return [
        (holds, why) for holds, why, words in _REASONS if not words or not told.isdisjoint(words)
    ]


def _opens_item(scan: Scan, amount: Barred) -> bool:
    """A number that opens a line and is closed by a full stop or bracket: "1. First, …", "2) …"."""
    tokens, i = scan.tokens, amount.start
    if amount.end - i != 1 or tokens[i].kind != "n" or amount.end >= len(tokens):
        return False
    mark = tokens[amount.end]
    if mark.text not in ".)" or mark.start > tokens[i].end:
        return False
    return i == 0 or tokens[i - 1].kind == "l" or (mark.text == ")" and not _bracketed(scan, i))


def _bracketed(scan: Scan, i: int) -> bool:
    """Whether a bracket opens shortly before a token and none closes in between."""
    for k in range(i - 1, max(-1, i - _BRACKET), -1):
        if scan.tokens[k].text in "()":
            return scan.tokens[k].text == "("
    return False


def _chained(scan: Scan, amount: Barred) -> bool:
    """A number that hyphens join to two more: "050-123-45-67"."""
    return _run(scan, amount.start, -1) + _run(scan, amount.end - 1, 1) >= _CHAIN


def _run(scan: Scan, at: int, step: int) -> int:
    """How many numbers follow one another from a token on, each behind a hyphen without a space."""
    tokens, found = scan.tokens, 0
    while 0 <= at + 2 * step < len(tokens):
        low, mark, high = sorted((at, at + step, at + 2 * step))
        parted = tokens[low].end < tokens[mark].start or tokens[mark].end < tokens[high].start
        if parted or tokens[at + step].text not in _HYPHENS or tokens[at + 2 * step].kind != "n":
            break
        found, at = found + 1, at + 2 * step
    return found


def _of_designation(scan: Scan, amount: Barred) -> bool:
    """A number that a dash joins to a weapon's name between the same quotation marks: "KAB - 250".

    So is one that ends a name of at most three words between them: «судно «Порт Оля 4»».
    """
    tokens, i = scan.tokens, amount.start
    if i < 3 or amount.end >= len(tokens) or tokens[amount.end].text != '"':
        return False
    for k in range(i - 1, max(0, i - 1 - _TITLE), -1):
        name = tokens[k].kind == "w" and tokens[k].capital and not scan.at(k, "predicate")
        if not (name and tokens[i].kind == "n"):
            break
        if tokens[k - 1].text == '"':
            return True
    if tokens[i - 1].text not in "–-" or tokens[i - 3].text != '"':
        return False
    return scan.at(i - 2, "weapon") is not None


def _of_address(scan: Scan, amount: Barred) -> bool:
    """A number behind a comma behind a street's name: «вул. Соборна, 14»."""
    tokens, i = scan.tokens, amount.start
    if i < 3 or tokens[i].kind != "n" or tokens[i - 1].text != ",":
        return False
    for k in range(i - 2, max(-1, i - 7), -1):
        if scan.at(k, "address"):
            return True
        if tokens[k].kind != "w" and tokens[k].text != ".":
            return False
    return False


def _of_telephone(scan: Scan, amount: Barred) -> bool:
    """A number that stands alone behind a word for a line to call: "Hotline: 101 or 112", «Телефон прежний – 122»."""
    if not _digit(scan, amount.start):
        return False
    lines = scan.within("telephone", max(0, amount.start - _LINE), amount.start)
    return bool(lines) and _led_by(scan, lines[-1].end, amount.start, ".;,")


def _led_by(scan: Scan, a: int, b: int, marks: str) -> bool:
    """Whether no mark of some and no verb stands between two tokens: only nouns and participles of whoever is told of."""
    return not any(scan.tokens[i].text in marks for i in range(a, b)) and all(
        p.term.group == "noun" or any(t.startswith("gen.") for t in p.tags)
        for p in scan.within("predicate", a, b)
    )


def _of_eldest(scan: Scan, amount: Barred) -> bool:
    """A number that tells how old the eldest or youngest is: "the youngest is 22", «Самой младшей из них, сказал он, 13»."""
    if float(amount.low or 0) > _OLDEST:
        return False
    words = scan.within("age_word", max(0, amount.start - _LINE), amount.start)
    extreme = [f for f in words if f.term.get("extreme")]
    if not extreme or not _led_by(scan, extreme[-1].end, amount.start, ".;"):
        return False
    return all(scan.tokens[i].kind != "n" for i in range(extreme[-1].end, amount.start))


def _of_the_young(scan: Scan, amount: Barred) -> bool:
    """A bounded number right behind people, with no noun behind it: "prisoners under 25", "children under five"."""
    i = amount.start - 1
    if i < 1 or scan.at(i, "bound") is None:
        return False
    return any(
        f.end == i and (f.term.type == "person" or _captives(f))
        for n in (1, 2, 3)
        if i >= n
        for f in scan.starting.get(i - n, ())
    )


def _captives(found: Found) -> bool:
    """Whether a word names captives, and tells no holding of a land: «удерживает около 88%»."""
    return found.term.get("frame") == "imprison" and found.term.group == "noun"


def _of_whoever(scan: Scan, amount: Barred) -> bool:
    """A number that closes a relative clause of one person: "her son, who was eight, did not live"."""
    i = amount.start - 1
    aux = scan.at(i, "aux") if i > 1 else None
    if aux is None or not aux.term.get("one") or scan.at(i - 1, "relative") is None:
        return False
    k = i - 2 if scan.tokens[i - 2].text == "," else i - 1
    return any(
        f.end == k and f.term.type == "person"
        for n in (1, 2, 3)
        if k >= n
        for f in scan.starting.get(k - n, ())
    )


def _in_weapon(scan: Scan, amount: Barred) -> bool:
    """A number inside the name of a weapon or a word for people: "all 24 Shahed 136s", "those under 18"."""
    first = max(0, amount.start - _NAME)
    for kind in ("weapon", "person"):
        for f in scan.within(kind, first, amount.start):
            if f.end >= amount.end:
                return True
    return False


def _of_share(scan: Scan, amount: Barred) -> bool:
    """The whole of which a share is told: "half of the city's 12,000 buildings"."""
    k = amount.start - 1
    first = max(0, k - _SHARE)
    of = scan.at(k, "partitive") is not None
    while k >= first:
        if of and k == amount.start - 1:
            k -= 1
        ending = [
            f
            for n in range(4)
            if k >= n
            for f in scan.starting.get(k - n, ())
            if f.end == k + 1
            and (f.term.type == "fraction" or (f.term.type == "vague_number" and of))
        ]
        share = scan.at(k, "partitive") is not None and scan.at(k - 1, "unit")
        if ending or (share and share.term.get("dimension") == "percent"):
            return True
        token = scan.tokens[k]
        named = token.kind == "w" and token.capital
        joined = scan.possessive(k) or scan.definite(k)
        if not (named or joined or scan.at(k, "pronoun", "region_noun")):
            return False
        k -= 1
    return False


def _difference(scan: Scan, amount: Barred) -> bool:
    """A number right before "more than" or "fewer than": by how much one thing exceeds another."""
    told = scan.at(amount.end, "difference") if amount.end < len(scan.tokens) else None
    return told is not None and scan.at(told.end, "number") is None and not _digit(scan, told.end)


def _ratio(scan: Scan, amount: Barred) -> bool:
    """A number that a wording of comparison takes in: "four times more", «в чотири рази більше»."""
    told = scan.at(amount.end, "predicate") if amount.end < len(scan.tokens) else None
    return told is not None and told.term.get("frame") == "compare" and told.end - told.start > 1


def _grown_by(scan: Scan, amount: Barred) -> bool:
    """What a number or share grew or fell by, and no number that it grew to: "rose by five", «зросла на 40%»."""
    i = amount.start
    if i < 2 or scan.at(i - 2, "grows") is None or scan.at(i - 1, "range_word") is not None:
        return False
    unit = scan.at(amount.end - 1, "unit") or scan.at(amount.end, "unit")
    dimension = unit.term.get("dimension") if unit is not None else None
    if scan.at(i - 1, "grown_by") is not None:
        return dimension != "area"  # land that was taken
    return dimension == "percent" and scan.at(i - 1, "prep") is not None


def _of_clock(scan: Scan, amount: Barred) -> bool:
    """The hours of a time that a word hangs on: "1:05am"."""
    at = amount.end
    if not _digit(scan, at + 1) or scan.tokens[at].text != ":":
        return False
    return scan.tokens[at + 1].start == scan.tokens[amount.start].end + 1


def _digit(scan: Scan, i: int) -> bool:
    return i < len(scan.tokens) and scan.tokens[i].kind == "n"


def _signed(scan: Scan, amount: Barred) -> bool:
    """A number right behind a plus sign or a word for a sign: a temperature, a time zone, a telephone."""
    told = amount.start and scan.at(amount.start - 1, "sign")
    if told and not any(scan.at(k, *_COUNTED) for k in range(amount.end, amount.end + 3)):
        return True
    before = scan.tokens[amount.start - 1] if amount.start else None
    return (
        before is not None
        and before.text in _SIGNS
        and before.end == scan.tokens[amount.start].start
    )


def _named(scan: Scan, amount: Barred) -> bool:
    """A number right behind a capitalised Latin word: the model of something ("Hermes 900")."""
    tokens, i = scan.tokens, amount.start
    if not i or tokens[i].kind != "n" or scan.at(amount.end, *_COUNTED):
        return False
    before = tokens[i - 1]
    return (
        before.kind == "w"
        and before.capital
        and before.text.isascii()
        and before.end + 1 >= tokens[i].start
    )


def _listed(scan: Scan, a: Barred, b: Barred) -> bool:
    """Whether only a comma, a conjunction or a dash stands between two numbers."""
    between = range(a.end, b.start)
    return 0 < len(between) <= 2 and all(
        scan.tokens[i].text in ",–-" or scan.at(i, "conj", "range_word") for i in between
    )


def _of_gap(scan: Scan, raw: Sequence[Barred], amount: Barred) -> bool:
    """Whether a number goes on one of weapons with its verb left out: «атаковали Харьков 35 ракетами, Одессу – 12»."""
    before = [a for a in raw if a.end <= amount.start and a.sort == "number" and not a.barred]
    weapon = scan.at(before[-1].end, "weapon") if before else None
    apart = scan.tokens[amount.start - 1].text == "–" and amount.start > 2
    return weapon is not None and apart and scan.tokens[weapon.end].text in ",;"


def _alone(scan: Scan, amount: Barred) -> bool:
    after = scan.tokens[amount.end] if amount.end < len(scan.tokens) else None
    return after is None or after.kind in "pl" or scan.at(amount.end, "conj", "aux") is not None


# Why a number counts nothing, and the types of words of which one must stand in the text.
_REASONS: tuple[tuple[Callable[[Scan, Barred], bool], str, tuple[str, ...]], ...] = (
    (_opens_item, "the mark of a list item", ()),
    (_chained, "part of a telephone number or a code", ()),
    (_signed, "a number with a sign", ()),
    (_of_designation, "part of a name", ()),
    (_of_address, "an address", ("address",)),
    (_of_telephone, "a telephone number", ("telephone",)),
    (_of_eldest, "an age", ("age_word",)),
    (_of_the_young, "an age", ("bound",)),
    (_of_whoever, "an age", ("relative",)),
    (_in_weapon, "part of a name", ("weapon", "person")),
    (_of_share, "the whole of a share", ("fraction", "vague_number", "unit")),
    (_difference, "a difference", ("difference",)),
    (_ratio, "a ratio", ("predicate",)),
    (_grown_by, "a difference", ("grows",)),
    (_of_clock, "a time of day", ()),
    (_of_size, "the size of something", ("grown_by",)),
)
_OF_ONE_ALONE = frozenset({_of_telephone, _of_eldest, _of_the_young, _of_whoever})
"""Those that can hold only for a number with no noun behind it."""

__all__ = ["mark"]
