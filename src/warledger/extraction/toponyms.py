"""Names of places as they stand in a text: which words name a place, and lists of regions that share one noun.

Enters: a `Scan` and the gazetteer. Leaves: rows of tokens with the places that their words can mean.
Does not belong here: which of them is meant, and what it does in its sentence (`placing`, `referring`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

from warledger.extraction.scan import Scan
from warledger.gazetteer import Entry, Gazetteer

Row = tuple[int, int, tuple[int, ...], bool]


def names_in(
    scan: Scan, gazetteer: Gazetteer, voiced: Collection[int], *, titled: bool = False
) -> list[Row]:
    """Place names in the order of the text: tokens, candidates, whether only an adjective stands there.

    `titled` tells that all words of a headline have capitals, so that one behind a name makes nobody's surname.
    """
    rows: list[Row] = []
    past = 0  # behind the last name
    for i in _opening(scan, gazetteer):
        if i < past or i in voiced or _of_street(scan, i):
            continue
        token = scan.tokens[i]
        entry, end = _longest(scan, gazetteer, i)
        sector = entry is not None and (_direction(scan, end) or _elided_direction(scan, i, end))
        named = entry is not None and (_named_thing(scan, i, end) or _of_ship(scan, i))
        if sector or named:
            past = end
            continue
        if entry is not None and not token.capital and not _land_of(scan, gazetteer, i, entry):
            entry = (
                None  # an adjective or a noun: only "the Iranian capital", «сектор Газа» is a place
            )
        held = entry is not None and entry.oblique and (_has_office(scan, i) or _person(scan, end))
        risky = entry is not None and (
            (entry.risky and not _fought_for(scan, i, rows))
            or _another_word(scan, gazetteer, i, end, alone=titled or held)
        )
        shortened = entry is not None and entry.oblique and _all_capitals(scan, i, end)
        if (
            entry is None
            or token.joined
            or shortened
            or (risky and not _after_preposition(scan, i))
        ):
            continue
        rows.append((i, end, entry.places, entry.adjective))
        past = end
    return rows


def _all_capitals(scan: Scan, start: int, end: int) -> bool:
    """Whether capitals alone among other words make a name that of something else: «ТЕС» is no case of a village's."""
    if not scan.original(start, end).isupper():
        return False
    beside = [t for t in scan.tokens[max(0, start - 1) : end + 1] if t.kind == "w"]
    return any(not scan.norm[t.start : t.end].isupper() for t in beside)


def _land_of(scan: Scan, gazetteer: Gazetteer, i: int, entry: Entry) -> bool:
    """Whether words that open in lower case name a region or a capital; an airfield is called after its town."""
    built = gazetteer.place(entry.places[0]).kind in ("object", "plant")
    return bool(entry.rest) and (scan.at(i, "nation") is not None or not built)


def _opening(scan: Scan, gazetteer: Gazetteer) -> list[int]:
    """The words that can open a name, in order: with a capital, a nation's, or right before one with a capital.

    The last is the noun of «смуга Гази».
    """
    tokens, opens = scan.tokens, gazetteer.phrases.opens
    capitals = [i for i, token in enumerate(tokens) if token.capital]
    likely = {*capitals, *(i - 1 for i in capitals if i)}
    likely.update(f.start for f in scan.by_type.get("nation", ()))
    return sorted(i for i in likely if tokens[i].text in opens and tokens[i].kind == "w")


def _named_thing(scan: Scan, start: int, end: int) -> bool:
    """Whether quotation marks stand right around a name: it is that of a unit, a ship, a works or a weapon.

    An airfield or a port is called after its town: «аэродром "Бельбек"».
    """
    tokens = scan.tokens
    if not start or end >= len(tokens) or tokens[start - 1].text != '"' or tokens[end].text != '"':
        return False
    before = [
        f
        for n in (1, 2, 3)
        if start > n
        for f in scan.starting.get(start - 1 - n, ())
        if f.end == start - 1
    ]
    placed = any(f.term.get("class") in ("airfield", "port") for f in before)
    return not (placed or any(f.term.type == "region_noun" for f in before))


def _of_ship(scan: Scan, i: int) -> bool:
    """Whether the noun for one ship stands right before a name, which is its own: "the landing ship Minsk"."""
    return any(
        f.end == i
        and f.term.type == "object"
        and f.term.get("class") == "ship"
        and "pl" not in f.tags
        for n in (1, 2, 3)
        if i >= n
        for f in scan.starting.get(i - n, ())
    )


def _direction(scan: Scan, end: int) -> bool:
    """Whether the name is of a sector of the front: "the Pokrovsk direction", «Запорізькому та Херсонському напрямках»."""
    near = range(end, min(end + 5, len(scan.tokens)))
    for k in near if scan.within("front_word", near.start, near.stop) else ():
        if scan.at(k, "front_word"):
            return True
        token = scan.tokens[k]
        if not (token.text in ",-" or scan.at(k, "conj") or (token.kind == "w" and token.capital)):
            return False
    return False


def _elided_direction(scan: Scan, start: int, end: int) -> bool:
    """Whether an adjective alone goes on a list of sectors of the front: «на Куп'янському напрямку 10 боїв, на Лиманському – 22»."""
    adjective = end - start == 1 and scan.tokens[start].text.endswith(scan.adjectives or ("\0",))
    if not adjective or not start or scan.at(start - 1, "place_prep") is None:
        return False
    for f in reversed(scan.within("front_word", max(0, start - _SECTORS), start)):
        opened = next((k for k in range(f.start - 1, -1, -1) if scan.at(k, "place_prep")), 0)
        first, here = (scan.tokens[k].text for k in (opened + 1, start))
        return scan.tokens[opened].text == scan.tokens[start - 1].text and first[-3:] == here[-3:]
    return False


_SECTORS = 200  # tokens of a list of sectors of the front
_AGREES, _AHEAD = 3, 30  # letters by which adjectives agree; tokens of a list of districts
_LIST = 8  # tokens of a list of regions within which its noun stands
_GROUND = ("capture", "liberate", "enter", "assault")  # deeds done to a place named right behind
_VERB = 3  # tokens of such a verb
_LONGEST_NOUN = 4  # tokens of «н.п.», a noun for a settlement
_NOT_NAMES = frozenset(
    {
        "supply",
        "object",
        "weapon",
        "person",
        "number",
        "unit",
        "predicate",
        "month",
        "weekday",
        "role",
        "pronoun",
        "total",
        "prep",
    }
)


_BEARER = 3  # tokens behind a surname in which its bearer's office or verb of saying opens
_INSIDE = frozenset(",:–-(")
_OPENS = frozenset('.!?…";')
_STREETS_OF = frozenset({"loc.pl", "dat.pl"})


def _of_street(scan: Scan, i: int) -> bool:
    """Whether a word for a street stands right before a name: «жительница улицы Димитрова»; not «на улицах Купянска»."""
    return any(
        f.end == i and f.term.type == "address" and not (f.tags and f.tags <= _STREETS_OF)
        for n in (1, 2)
        if i >= n
        for f in scan.starting.get(i - n, ())
    )


def _person(scan: Scan, i: int) -> bool:
    """Whether a single word names a person who is known to speak: «Севастополя Развожаев» are a town and its governor."""
    return any(
        f.term.type == "voice" and f.term.get("sort") == "person" and f.end == i + 1
        for f in scan.starting.get(i, ())
    )


def _another_word(scan: Scan, gazetteer: Gazetteer, i: int, end: int, *, alone: bool) -> bool:
    """Whether the word may be no place: a common word, or a person's first name if it does not stand `alone`."""
    words = scan.starting.get(i, ())
    named = _as_name(scan, i, end)
    if any(f.term.type == "forces" and f.end > end for f in words):
        return True  # "the Black Sea Fleet"
    if _person(scan, i) or any(
        f.term.type in _NOT_NAMES and f.end >= end and not (named and f.term.type == "supply")
        for f in words
    ):
        return True
    if alone or end >= len(scan.tokens) or end - i > 1:
        return False
    if i and _is_first_name(scan, gazetteer, i - 1, end):
        return True
    after = scan.tokens[end]
    adjacent = after.start - scan.tokens[end - 1].end == 1
    named = adjacent and after.kind == "w" and after.capital
    named = named and (end not in scan.starting or _person(scan, end))
    return named and not _district(scan, gazetteer, end)


def _as_name(scan: Scan, i: int, end: int) -> bool:
    """Whether a capital inside a sentence, or a colon behind the first word, makes a common word a name: «Газа:»."""
    before = scan.tokens[i - 1] if i else None
    if before is not None and before.kind == "w":
        return not before.capital
    return i == 0 and end < len(scan.tokens) and scan.tokens[end].text == ":"


def holder_behind(scan: Scan, end: int) -> bool:
    """Whether the first and last name of whoever holds an office stand right behind a place's name."""
    names = 0
    for k in range(end, min(end + 3, len(scan.tokens))):
        token = scan.tokens[k]
        if token.kind != "w" or not token.capital or scan.tokens[k - 1].end + 1 != token.start:
            break
        names += 1
    return names > 1


def _has_office(scan: Scan, i: int) -> bool:
    """Whether a word for an office stands right before a name, and its holder behind: «мэр Мариуполя Вадим …»."""
    return any(
        f.end == i and f.term.type == "role"
        for n in (1, 2, 3)
        if i >= n
        for f in scan.starting.get(i - n, ())
    )


def _district(scan: Scan, gazetteer: Gazetteer, i: int) -> bool:
    """Whether a region or district of several words is named at a token: "Vovchansk Chuhuiv Raion"."""
    if scan.tokens[i].text not in gazetteer.phrases:
        return False
    entry, _ = _longest(scan, gazetteer, i)
    return entry is not None and bool(entry.rest)


def _is_first_name(scan: Scan, gazetteer: Gazetteer, i: int, end: int) -> bool:
    """Whether an unknown capitalised word stands there as a first name before a surname, which ends at `end`, does.

    Whose office it is may stand before it: «мэр Львова Андрей Садовый». What opens a sentence is one only where the
    surname's bearer speaks or is told to hold an office: "Olena Borova, the mayor".
    """
    token = scan.tokens[i]
    if token.kind != "w" or not token.capital or i in scan.starting:
        return False
    before = scan.tokens[i - 1] if i else None
    if before is None or before.text in _OPENS or before.kind == "l":
        after = end + (end < len(scan.tokens) and scan.tokens[end].text == ",")
        return any(scan.at(k, "says", "role") for k in range(after, after + _BEARER))
    if before.kind != "w":
        return before.text in _INSIDE
    return not before.capital or before.text in gazetteer.phrases or _known(scan, i - 1)


def _known(scan: Scan, i: int) -> bool:
    """Whether a word that the lexicon knows opens or ends at a token: "Energy Minister" before a name."""
    return i in scan.starting or any(
        f.end == i + 1 for n in (1, 2, 3) if i >= n for f in scan.starting.get(i - n, ())
    )


def regions_in(scan: Scan, gazetteer: Gazetteer, rows: list[Row]) -> list[Row]:
    """Lists of regions that share one noun: "Voronezh and Ryazan Regions", «Курской и Брянской областей».

    An adjective alone is kept where such a noun follows its list, or a region stands before it in the list.
    """
    kept: list[Row] = []
    for n, row in enumerate(rows):
        start, end, candidates, adjective = row
        noun = _shared_noun(scan, rows, n)
        if _district_of_next(scan, gazetteer, rows, n):
            continue
        if adjective:
            if noun or (kept and start - kept[-1][1] <= 8 and _is_region(gazetteer, kept[-1])):
                kept.append(row)
        elif noun and not _is_region(gazetteer, row):
            words = tuple(scan.tokens[i].text for i in range(start + 1, end))
            wider = [
                e.places
                for e in gazetteer.phrases[scan.tokens[start].text]
                if e.rest[: len(words)] == words
                and len(e.rest) == len(words) + 1
                and gazetteer.place(e.places[0]).kind in ("oblast", "raion")
                and noun.startswith(e.rest[-1])
            ]
            if wider or not _of_town(scan, rows, n):
                kept.append((start, end, wider[0] if wider else candidates, False))
        else:
            kept.append(row)
    return _with_elided(scan, gazetteer, kept)


def _with_elided(scan: Scan, gazetteer: Gazetteer, rows: list[Row]) -> list[Row]:
    """The rows and districts whose noun was told before: «у Марганецькій громаді – жінка, у Покровській – чоловік»."""
    more: dict[int, Row] = {}
    for f in scan.by_type.get("region_noun", ()):
        before = bisect_left(rows, (f.start,))
        head = rows[before - 1] if before and f.start <= rows[before - 1][1] else None
        if head is None or f.term.get("kind") not in ("hromada", "raion") or not scan.adjectives:
            continue
        ending = scan.tokens[head[0]].text[-_AGREES:]
        near = {gazetteer.place(c).oblast_code for c in head[2]}
        for k in range(f.end, min(f.end + _AHEAD, len(scan.tokens))):
            token = scan.tokens[k]
            if token.text in ".!?":
                break
            alone = token.capital and token.text.endswith(ending) and scan.at(k - 1, "place_prep")
            if not alone or (k + 1 < len(scan.tokens) and scan.at(k + 1, "region_noun")):
                continue
            noun = scan.tokens[f.end - 1].text
            places = [
                c for e in gazetteer.phrases.get(token.text) if e.rest == (noun,) for c in e.places
            ]
            same = tuple(c for c in places if gazetteer.place(c).oblast_code in near)
            if same:
                more[k] = (k, k + 1, same, False)
    kept = [r for r in rows if not any(r[0] <= k < r[1] for k in more)]
    return sorted([*kept, *more.values()]) if more else rows


def _of_town(scan: Scan, rows: list[Row], n: int) -> bool:
    """Whether the noun behind a name or its list makes it a district: one that no gazetteer knows is a town's."""
    at = _noun_behind(scan, rows, n)
    noun = scan.at(at, "region_noun") if at is not None else None
    if noun is None or noun.term.get("kind") not in ("raion", "district"):
        return False
    return at == rows[n][1] or all("pl" in tag for tag in noun.tags)


def _district_of_next(scan: Scan, gazetteer: Gazetteer, rows: list[Row], n: int) -> bool:
    """Whether a name only tells which district of the city behind it: «в Кировском и Киевском районах Донецка»."""
    at = _past_lines(scan, rows[n][1])
    own = scan.at(rows[n][1] - 1, "region_noun") if rows[n][1] - rows[n][0] > 1 else None
    if own is not None and own.term.get("kind") in ("raion", "district") and rows[n + 1 :]:
        town = gazetteer.place(rows[n + 1][2][0])
        here = gazetteer.place(rows[n][2][0])
        behind = rows[n + 1][0] == at and town.kind not in ("oblast", "raion", "country")
        if behind and here.kind not in ("oblast", "raion", "district"):
            return True
    for row in rows[n + 1 : n + 5]:
        noun = scan.at(at, "region_noun")
        if noun is not None and noun.term.get("kind") in ("raion", "district"):
            behind = row[0] == _past_lines(scan, noun.end)
            return behind and not _is_region(gazetteer, row)
        between = (i for i in range(at, row[0]) if scan.tokens[i].kind != "l")
        if not all(scan.tokens[i].text == "," or scan.at(i, "conj") for i in between):
            return False
        at = _past_lines(scan, row[1])
    return False


def _past_lines(scan: Scan, i: int) -> int:
    """The token behind the line ends at a token; channels break lines at words in bold."""
    while i < len(scan.tokens) and scan.tokens[i].kind == "l":
        i += 1
    return i


def _is_region(gazetteer: Gazetteer, row: Row) -> bool:
    return gazetteer.place(row[2][0]).kind in ("oblast", "raion", "district")


def _shared_noun(scan: Scan, rows: list[Row], n: int) -> str:
    """The noun that closes the list which the row stands in, or nothing."""
    at = _noun_behind(scan, rows, n)
    return scan.tokens[at].text if at is not None else ""


def _noun_behind(scan: Scan, rows: list[Row], n: int) -> int | None:
    """The token of the noun for a region that closes the list which the row stands in."""
    end = rows[n][1]
    for _ in range(12):
        if end >= len(scan.tokens):
            return None
        if scan.at(end, "region_noun") is not None:
            return end
        k = end
        while k < len(scan.tokens) and (
            scan.tokens[k].text == "," or scan.at(k, "conj", "place_prep")
        ):
            k += 1
        following = next((r for r in rows[n + 1 : n + 14] if r[0] == k), None)
        if k == end or following is None:
            return None
        end = following[1]
    return None


def voiced(scan: Scan, gazetteer: Gazetteer) -> set[int]:
    """Tokens inside the longer name of a body or weapon ("Kyiv School of Economics"): no place there.

    A nuclear plant that the gazetteer knows is a place itself.
    """
    taken: set[int] = set()
    for kind in ("voice", "weapon", "plant"):
        for f in scan.by_type.get(kind, ()):
            office = f.term.get("sort") == "person" and f.end - f.start > 2
            if (f.end - f.start > 1 or kind == "weapon") and not office:
                taken.update(range(f.start, f.end))
    for f in scan.by_type.get("plant", ()):
        if scan.tokens[f.start].text in gazetteer.phrases:
            entry, end = _longest(scan, gazetteer, f.start)
            if entry is not None and end >= f.end:
                taken.difference_update(range(f.start, f.end))
    return taken


def _longest(scan: Scan, gazetteer: Gazetteer, i: int) -> tuple[Entry | None, int]:
    tokens = scan.tokens
    following = tokens[i + 1].text if i + 1 < len(tokens) else ""
    found: Entry | None = None
    for entry in gazetteer.phrases[tokens[i].text]:
        rest = entry.rest
        if found is not None and rest != found.rest:
            break
        if rest and rest[0] != following:
            continue
        end = i + 1 + len(rest)
        if not rest or tuple([t.text for t in tokens[i + 1 : end]]) == rest:
            if found is not None:  # a town, and a region that is told by its adjective alone
                return _of_two(scan, gazetteer, end, found, entry), end
            found = entry
    return found, i + 1 + len(found.rest if found is not None else ())


def _of_two(scan: Scan, gazetteer: Gazetteer, end: int, a: Entry, b: Entry) -> Entry:
    """Which of two readings of one form is meant: of a region, where its noun closes the list, or of a city.

    A village bears the adjective's form itself.
    """
    area = next((e for e in (a, b) if _is_area(gazetteer, e)), None)
    city = next((e for e in (a, b) if _is_city(gazetteer, e)), None)
    if area is None or city is None:
        return area or a
    return area if _noun_closes(scan, end) else city


def _is_area(gazetteer: Gazetteer, entry: Entry) -> bool:
    return gazetteer.place(entry.places[0]).kind in ("oblast", "raion", "district")


def _is_city(gazetteer: Gazetteer, entry: Entry) -> bool:
    return any(gazetteer.place(n).kind == "city" for n in entry.places)


def _noun_closes(scan: Scan, end: int) -> bool:
    """Whether a noun for a region stands behind a name or behind the list that goes on with it."""
    for k in range(end, min(end + _LIST, len(scan.tokens))):
        if scan.at(k, "region_noun") is not None:
            return True
        token = scan.tokens[k]
        if not (token.text == "," or token.capital or scan.at(k, "conj", "place_prep")):
            return False
    return False


_OWN = 2  # tokens back from a name past a pronoun


def _after_preposition(scan: Scan, i: int) -> bool:
    """Whether the words before a token say that a place follows: "near", "the village of", «н.п.»."""
    if i and scan.at(i - 1, "region_noun"):
        return True
    if i > 1 and scan.at(i - 1, "pronoun") and scan.at(i - _OWN, "place_prep"):
        return True  # «в самом Грайвороне»
    return any(
        f.end == i and f.term.type in ("place_prep", "settlement", "region_noun")
        for size in range(1, _LONGEST_NOUN + 1)
        for f in scan.starting.get(i - size, ())
        if f.term.type == "place_prep" or size > 1
    )


def _fought_for(scan: Scan, i: int, rows: list[Row]) -> bool:
    """Whether a verb of the ground war stands right before a name, or before the list that it closes: "captured X and Y"."""
    k = i - 1
    for row in reversed(rows):
        if row[1] != k or not (scan.at(k, "conj") or scan.tokens[k].text == ","):
            break
        k = row[0] - 1
    return any(
        f.end == k + 1
        and f.term.type == "predicate"
        and f.term.get("frame") in _GROUND
        and f.term.group in ("verb", "active")
        for n in range(_VERB)
        if k >= n
        for f in scan.starting.get(k - n, ())
    )
