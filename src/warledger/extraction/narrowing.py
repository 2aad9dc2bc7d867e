"""Which of several places of one name the words right beside the name leave: "the village of", "in the Kharkiv region".

Enters: names found (`toponyms`). Leaves: the same rows with fewer candidates, and without the quarters of unnamed cities.
Does not belong here: what the rest of the report says (`Gazetteer.resolve`).
"""

from __future__ import annotations

from warledger.extraction.scan import Scan
from warledger.extraction.toponyms import Row
from warledger.gazetteer import Gazetteer, PlaceRecord

_AREAS = frozenset({"country", "oblast", "region", "raion", "district", "hromada"})
_TOWNS = ("city", "village")
_ATTACHED = 6  # tokens between a name and the region that it is said to lie in
# Characters of a KATOTTH code that name what a place lies in.
_SHARED = {"raion": 6, "hromada": 9}


def narrow(scan: Scan, gazetteer: Gazetteer, rows: list[Row], home: set[int]) -> list[Row]:
    """The rows with the candidates that a noun before the name and a region behind it allow.

    `home` is the place of the headline or of whoever publishes, whose quarters need no name of the city beside them.
    """
    found: list[Row] = []
    cities: set[int] = set()  # those of which a quarter has been named
    for n, (start, end, candidates, adjective) in enumerate(rows):
        left = candidates
        if len(left) > 1 and _noun_before(scan, start) in _TOWNS:
            towns = tuple(c for c in left if gazetteer.place(c).kind not in _AREAS)
            left = towns or left
        if len(left) > 1 and (region := _region_behind(scan, gazetteer, rows, n)) is not None:
            inside = tuple(c for c in left if _within(gazetteer.place(c), region))
            left = inside or left
        if quarter := _elided_quarter(scan, gazetteer, (start, end), home | cities):
            left = quarter
        elif _district(scan, end) and (own := tuple(c for c in left if c in home)):
            left = own  # a quarter of the town that the whole report is of
        elif _quarter(scan, gazetteer, end, left):
            named = home | {
                c for m, row in enumerate(rows) if m != n for c in _meant(gazetteer, row)
            }
            told = {gazetteer.place(c).oblast_code for c in named} - {""}
            there = tuple(c for c in left if gazetteer.place(c).oblast_code in told)
            last = [r[2][0] for r in rows[:n] if len(r[2]) == 1 and r[2][0] in left]
            rural = tuple(c for c in left if gazetteer.place(c).kind in _AREAS)
            left = tuple(c for c in left if c in named) or (there if len(there) == 1 else ())
            left = tuple(last[-1:]) or left or rural
        if len(left) == 1 and _district(scan, end) and left[0] not in home | cities:
            left = _known_quarter(gazetteer, left, [r for m, r in enumerate(rows) if m != n])
        left = _land(scan, gazetteer, start) or left
        if len(left) == 1 and _district(scan, end) and gazetteer.place(left[0]).kind not in _AREAS:
            cities.add(left[0])
        if left:
            found.append((start, end, left, adjective))
    return found


def _known_quarter(
    gazetteer: Gazetteer, left: tuple[int, ...], others: list[Row]
) -> tuple[int, ...]:
    """The city of a quarter, or none where the report tells of other cities and neither of it nor of its region.

    Every city has a quarter of the commonest names: «в Ленинском районе» in Saratov is none of Sevastopol.
    """
    city = gazetteer.place(left[0])
    named = [gazetteer.place(c) for row in others for c in _meant(gazetteer, row)]
    told = any(r == city or (r.oblast_code and r.oblast_code == city.oblast_code) for r in named)
    elsewhere = any(r.kind == "city" for r in named)
    return () if city.kind == "city" and elsewhere and not told else left


def _meant(gazetteer: Gazetteer, row: Row) -> tuple[int, ...]:
    """What a name means by itself: its one place, else the city that villages share their name with."""
    if len(row[2]) == 1:
        return row[2]
    cities = tuple(c for c in row[2] if gazetteer.place(c).kind == "city")
    others = [c for c in row[2] if gazetteer.place(c).kind != "village"]
    return cities if len(cities) == len(others) == 1 else ()


def _elided_quarter(
    scan: Scan, gazetteer: Gazetteer, span: tuple[int, int], home: set[int]
) -> tuple[int, ...]:
    """The town of the whole report, where an adjective names its quarter without the noun: «у Дарницькому»."""
    start, end = span
    text = scan.tokens[start].text
    if not home or end - start > 1 or not text.endswith(scan.adjectives or ("\0",)):
        return ()
    nouns = {f for e in gazetteer.phrases.get(text) if len(e.rest) == 1 for f in e.places}
    return tuple(n for n in home if n in nouns)


def _land(scan: Scan, gazetteer: Gazetteer, start: int) -> tuple[int, ...]:
    """The region that a town's name means behind the preposition that leads lands: «на Запоріжжі»."""
    name = scan.at(start, "as_land")
    if name is None or not start or scan.tokens[start - 1].text != name.term.get("behind"):
        return ()
    first, *rest = str(name.term.get("land")).split()
    return next((e.places for e in gazetteer.phrases.get(first) if e.rest == tuple(rest)), ())


def _noun_before(scan: Scan, start: int) -> str | None:
    """The sort of place that the noun right before a name tells: "the village of", «м.»."""
    k = start - 1
    while k >= 0 and (scan.at(k, "partitive") or scan.tokens[k].text in '."'):
        k -= 1
    for size in (1, 2, 3):
        for f in scan.starting.get(k + 1 - size, ()) if k + 1 >= size else ():
            if f.end == k + 1 and f.term.type == "region_noun":
                return str(f.term.get("kind"))
    return None


def _region_behind(scan: Scan, gazetteer: Gazetteer, rows: list[Row], n: int) -> PlaceRecord | None:
    """The region or district that is named behind a place to tell where it lies, in the same breath."""
    end = rows[n][1]
    for start, past, candidates, _ in rows[n + 1 : n + 3]:
        record = gazetteer.place(candidates[0])
        between = range(end, start)
        if len(between) > _ATTACHED or any(_parts(scan, i) for i in between):
            return None
        if len(candidates) == 1 and record.kind in ("oblast", "raion", "hromada", "region"):
            return record
        end = past
    return None


def _parts(scan: Scan, i: int) -> bool:
    """Whether a token begins something else than where a place lies."""
    token = scan.tokens[i]
    if token.kind in "nol" or token.text in ";.:–":
        return True
    return scan.at(i, "predicate", "says", "conj", "person", "weapon", "object") is not None


def _within(place: PlaceRecord, region: PlaceRecord) -> bool:
    size = _SHARED.get(region.kind)
    if size is not None and region.code and place.code:
        return place.code[:size] == region.code[:size]
    return bool(place.oblast_code) and place.oblast_code == (region.oblast_code or region.code)


def _quarter(scan: Scan, gazetteer: Gazetteer, end: int, candidates: tuple[int, ...]) -> bool:
    """Whether the words name a quarter that several cities have, or one and a rural district: «Київський район»."""
    if len(candidates) < 2 or not _district(scan, end):
        return False
    return any(gazetteer.place(c).kind not in _AREAS for c in candidates)


def _district(scan: Scan, end: int) -> bool:
    """Whether a name ends with a noun for a district."""
    noun = scan.at(end - 1, "region_noun")
    return noun is not None and noun.term.get("kind") in ("raion", "district")
