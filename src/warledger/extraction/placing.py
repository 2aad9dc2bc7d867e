"""Places: the named places of a report, and which of them a claim happened at.

Enters: a `Scan`, its sentences and the gazetteer. Leaves: place mentions, and per phrase the places of its clause.
Does not belong here: coordinates finer than the words give; where the words leave two places open, none is chosen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from operator import attrgetter

import msgspec

from warledger.extraction import narrowing, referring
from warledger.extraction.scan import Found, Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.toponyms import Row, holder_behind, names_in, regions_in, voiced
from warledger.gazetteer import Gazetteer, PlaceRecord
from warledger.model import Place

SIDE_OF_COUNTRY = {
    "UA": "UA",
    "RU": "RU",
    "IL": "IL",
    "IR": "IR",
    "IN": "IN",
    "PK": "PK",
    "YE": "YE",
    "PS": "PS",
    "LB": "LB",
    "SY": "SY",
    "AM": "AM",
    "AZ": "AZ",
    "SD": "SD",
}
_START = attrgetter("start")
_CITY, _LARGER = 500_000, 4  # people of a large city, how many times those of a namesake
_OFFICE = 2  # words of an office with its town
_SEAT = 8  # tokens behind a name within which it is told to be a seat
_LEADS = range(1, 6)  # tokens of a preposition: "from the directions of"
_SHORT = 3  # tokens of a preposition that does not tell from where
_BRACKET = 5  # tokens of what stands in brackets behind a name
_DISTANCE = ("unit", "number", "adverb", "bound", "place_prep", "prep", "side_word")
_DAYS = ("weekday", "month", "day_part")
_SPOKEN = 6  # tokens behind a government's name in which its verb may stand


class Mention(msgspec.Struct, eq=False):
    """A place name at tokens `start` to `end`; `role` is `in`, `from`, `toward` or `bare`; `voice`
    where it stands for a government, `office` where it only tells whose governor speaks; `near` where its preposition
    says that something is not in it but beside it."""

    start: int
    end: int
    candidates: tuple[int, ...]
    record: PlaceRecord
    resolved: bool
    role: str
    lead: int
    text: str | None = None
    near: bool = False


class Places(msgspec.Struct, eq=False):
    """The place mentions of a report in order, and by sentence."""

    mentions: list[Mention]
    by_sentence: dict[int, list[Mention]]
    gazetteer: Gazetteer

    home_side: str | None = None

    def settle_side(self, home: list[Mention]) -> None:
        """Takes the side of the headline's place where the text names no place."""
        if self.home_side is None and home:
            self.home_side = SIDE_OF_COUNTRY.get(home[0].record.country, "INT")

    def leading_side(self) -> str | None:
        """The party whose towns and regions the report names most; None where none leads."""
        counts = Counter(
            m.record.country
            for m in self.mentions
            if m.record.kind not in ("country", "water", "river") and m.role != "from"
        )
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return SIDE_OF_COUNTRY.get(ranked[0][0], "INT")

    def parties(self, bodies: str | None) -> tuple[str, ...]:
        """The parties whose towns, regions or country the report names: first the one that it tells of most, or INT.

        `bodies` is the party whose bodies it names most, for a report that names no town.
        """
        named = {SIDE_OF_COUNTRY.get(m.record.country) for m in self.mentions} - {None}
        return (self.home_side or bodies or "INT", *sorted(str(side) for side in named))

    def tells_of(self, side: str) -> bool:
        """Whether the report names a town or region of a party."""
        return any(
            SIDE_OF_COUNTRY.get(m.record.country) == side
            for m in self.mentions
            if m.record.kind not in ("country", "water")
        )

    def between(self, first: int, past: int) -> list[Mention]:
        """The mentions that begin among the tokens from `first` up to `past`."""
        low = bisect_left(self.mentions, first, key=_START)
        return self.mentions[low : bisect_left(self.mentions, past, low, key=_START)]

    def country_of(self, word: str) -> str | None:
        """The country of the place that a single word names, by itself or as an adjective."""
        entries = [e for e in self.gazetteer.phrases.get(word) if not e.rest]
        return self.gazetteer.place(entries[0].places[0]).country if entries else None


def find(
    scan: Scan,
    sentences: list[Sentence],
    gazetteer: Gazetteer,
    *,
    articleless: bool = False,
    home: Sequence[Mention] = (),
) -> Places:
    """Finds and resolves the places that the report names; `articleless` as in `referring.back`.

    `home` is the headline's place, whose region "the region" is where the text names none before.
    """
    rows = regions_in(scan, gazetteer, names_in(scan, gazetteer, voiced(scan, gazetteer)))
    meant = [gazetteer.resolve(m.candidates) for m in home]
    seat = {number for number in meant if number is not None}
    rows = narrowing.narrow(scan, gazetteer, rows, seat)
    oblasts = {
        record.oblast_code or record.code
        for _, _, candidates, _ in rows
        for record in (gazetteer.place(c) for c in candidates)
        if record.kind == "oblast"
    }
    oblasts |= {m.record.oblast_code for m in seats_of(scan, gazetteer, ())} - {""}
    sure = {candidates[0] for _, _, candidates, _ in rows if len(candidates) == 1}
    sure |= seat
    mentions = [mention_of(scan, gazetteer, row, oblasts, sure) for row in rows]
    for before, mention in pairwise(mentions):
        if before.role in ("from", "toward") and (
            _listed(scan, before.end, mention.start) or _lies_in(before, mention)
        ):
            mention.role = before.role
        elif _measured(scan, before.end, mention.start) or _told_by(scan, before, mention):
            mention.role = "owner"  # "Vovchansk, some 60 km from Kharkiv", "Rivne, west of Kyiv"
    for mention in mentions:
        settle_role(scan, mention)
    referring.settle(scan, mentions)
    mentions = _with_references(scan, mentions, articleless)
    mentions = sorted([*mentions, *seats_of(scan, gazetteer, mentions)], key=lambda m: m.start)
    mentions = _with_regions(scan, mentions, gazetteer, home)
    by_sentence: dict[int, list[Mention]] = {}
    at = 0
    for sentence in sentences:
        row: list[Mention] = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            row.append(mentions[at])
            at += 1
        by_sentence[sentence.index] = row
    places = Places(mentions, by_sentence, gazetteer)
    places.home_side = places.leading_side()
    return places


def _with_references(scan: Scan, mentions: list[Mention], articleless: bool) -> list[Mention]:
    """The mentions and those that "the city" and "the region" make of them, in the order of the text."""
    found: list[Mention] = []
    known = {id(m): m for m in mentions}
    for noun, named in referring.back(scan, mentions, articleless=articleless):
        role, lead = _role(scan, noun.start)
        m = known[id(named)]
        text = m.text or scan.original(m.start, m.end)
        back = Mention(noun.start, noun.end, m.candidates, m.record, m.resolved, role, lead, text)
        back.near = _led_near(scan, lead, noun.start)
        found.append(back)
    if not found:
        return mentions
    rows = sorted([*mentions, *found], key=lambda m: m.start)
    for before, row in pairwise(rows):
        if row.text and _told_by(scan, before, row):
            row.role = "owner"  # "Yahotyn, southeast of the capital"
    return rows


def seats_of(scan: Scan, gazetteer: Gazetteer, mentions: Sequence[Mention]) -> list[Mention]:
    """The towns and regions that officials speak for or townsfolk are of, where such are named and their town is not."""
    named = {i for m in mentions for i in range(m.start, m.end)}
    found = []
    for f in (*scan.by_type.get("voice", ()), *scan.by_type.get("dweller", ())):
        if named & set(range(f.start, f.end)) or _namesake(scan, f):
            continue
        if candidates := _seat_of(scan, gazetteer, f):
            chosen = gazetteer.resolve(candidates)
            record = gazetteer.place(candidates[0] if chosen is None else chosen)
            found.append(Mention(f.start, f.end, candidates, record, True, "office", f.start))
    return found


def _seat_of(scan: Scan, gazetteer: Gazetteer, found: Found) -> tuple[int, ...]:
    """What the seat of a voice can mean, or the town that an office is named by: «мэр Харькова»."""
    words = str(found.term.get("seat") or "").split()
    if words:
        entries = gazetteer.phrases.get(words[0])
        return next((e.places for e in entries if e.rest == tuple(words[1:])), ())
    if found.term.get("sort") not in ("person", "office") or found.end - found.start < _OFFICE:
        return ()
    word = scan.tokens[found.end - 1]
    entries = gazetteer.phrases.get(word.text) if word.capital else ()
    return next((e.places for e in entries if not e.rest and e.oblique and not e.risky), ())


def _namesake(scan: Scan, found: Found) -> bool:
    """Whether a surname alone stands behind an unknown word with a capital: somebody else's first name."""
    k = found.start - 1
    if found.end - found.start > 1 or k < 0:
        return False
    before = scan.tokens[k]
    return before.kind == "w" and before.capital and k not in scan.starting


def _with_regions(
    scan: Scan, mentions: list[Mention], gazetteer: Gazetteer, home: Sequence[Mention]
) -> list[Mention]:
    """The mentions and those that "the region" makes of the town named last before, or of the headline's."""
    found: list[Mention] = []
    for noun in referring.regions(scan, mentions):
        towns = [m for m in mentions if m.start < noun.start and m.role in ("in", "bare", "office")]
        codes = noun.term.get("of") or ()
        known = [m for m in reversed([*home, *towns]) if m.resolved and m.record.oblast_code]
        known = [m for m in known if m.role != "office"] or known  # towns before officials' seats
        town = next((m for m in known if not codes or m.record.oblast_code in codes), None)
        number = None
        if town is not None:
            number = gazetteer.oblast(codes[0] if codes else town.record.oblast_code)
        if town is None or number is None:
            continue
        role, lead = _role(scan, noun.start)
        text = town.text or scan.original(town.start, town.end)
        record = gazetteer.place(number)
        role = "in" if role == "bare" else role
        found.append(Mention(noun.start, noun.end, (number,), record, True, role, lead, text))
    return sorted([*mentions, *found], key=lambda m: m.start) if found else mentions


def _listed(scan: Scan, a: int, b: int) -> bool:
    """Whether two names stand in one list: only commas, conjunctions, dashes, brackets and region nouns between."""
    i = a
    while i < b:
        token = scan.tokens[i]
        if token.text == "(":  # "Kursk (RF), Hvardiiske"
            i = next((k for k in range(i, min(i + _BRACKET, b)) if scan.tokens[k].text == ")"), i)
        elif token.text not in ",-–)" and not scan.at(i, "conj", "region_noun", "nation"):
            return False
        i += 1
    return True


def _led_near(scan: Scan, lead: int, start: int) -> bool:
    """Whether the preposition of a place tells only what it is near to."""
    return any(f.term.get("near") for f in scan.starting.get(lead, ()) if f.end <= start)


def _told_by(scan: Scan, place: Mention, mention: Mention) -> bool:
    """Whether a place between commas only tells where the one before it lies: "in Rivne, west of Kyiv, two died"."""
    k = place.end
    if not mention.near or place.record is mention.record or k >= mention.start:
        return False
    if scan.tokens[k].text != ",":
        return False
    k += 1
    while k < mention.lead and scan.at(k, "adverb"):
        k += 1
    closed = mention.end >= len(scan.tokens) or scan.tokens[mention.end].text in ",.;)"
    return k == mention.lead and closed


def _measured(scan: Scan, a: int, b: int) -> bool:
    """Whether only a distance stands between a place and the one that it is measured from."""
    far, i = False, a
    while i < b:
        token = scan.tokens[i]
        if token.kind == "n" or token.text in ",-–(":
            i += 1
            continue
        found = scan.at(i, *_DISTANCE)
        if found is None and not scan.definite(i):
            return False
        far = far or (found is not None and found.term.get("dimension") == "distance")
        i = max(i + 1, found.end) if found is not None else i + 1
    return far


def _lies_in(place: Mention, region: Mention) -> bool:
    """Whether a wider place right behind one only tells where that lies: "from Kursk in Russia and Hvardiiske"."""
    wide = region.record.kind in ("country", "oblast") and region.record.kind != place.record.kind
    return wide and region.role == "in" and 0 <= region.lead - place.end <= 1


def mention_of(
    scan: Scan,
    gazetteer: Gazetteer,
    row: Row,
    oblasts: Collection[str],
    sure: Collection[int],
) -> Mention:
    """The mention of a name that was found, as the one place meant where its namesakes leave one."""
    start, end, candidates, _ = row
    chosen = (
        candidates[0]
        if len(candidates) == 1
        else gazetteer.resolve(candidates, oblasts=oblasts, others=sure)
    )
    if chosen is None:
        chosen = _so_named(scan, gazetteer, start, end, candidates)
    if chosen is None:
        words = scan.original(start, end)
        alike = (n for n in candidates if gazetteer.place(n).name == words)
        named = next(alike, None)
        record = _likeliest(gazetteer, candidates) if named is None else gazetteer.place(named)
    else:
        record = gazetteer.place(chosen)
    role, lead = _role(scan, start)
    held = role == "bare" and record.kind in ("oblast", "raion", "district")
    if _of_office(scan, start, end) or (held and holder_behind(scan, end)):
        role = "office"
    if _seated(scan, end) or (record.kind == "country" and scan.possessive(end)):
        role = "owner"
    near = _led_near(scan, lead, start)
    near = near and scan.at(lead - 1, "conj") is None  # "in X and near Y": two places
    return Mention(start, end, candidates, record, chosen is not None, role, lead, near=near)


def _so_named(
    scan: Scan, gazetteer: Gazetteer, start: int, end: int, candidates: Sequence[int]
) -> int | None:
    """The one of several places whose name of today is the one written; the others only had it once."""
    text = scan.original(start, end).casefold()
    rows = [c for c in candidates if gazetteer.place(c).name.casefold() == text]
    return rows[0] if len(rows) == 1 else None


def _likeliest(gazetteer: Gazetteer, candidates: Sequence[int]) -> PlaceRecord:
    """Whose name a claim gets where the words leave its namesakes open: a large city's before that of a small town."""
    first = gazetteer.place(candidates[0])
    largest = max((gazetteer.place(c) for c in candidates), key=lambda r: r.population)
    far = largest.population >= max(_CITY, _LARGER * first.population)
    return largest if far and largest.kind == "city" else first


def _of_office(scan: Scan, start: int, end: int) -> bool:
    """Whether a region is only that of an official or a body: "the governor of Kharkiv", «Херсонської ОВА»."""
    if end < len(scan.tokens) and scan.at(end, "role"):
        return True
    if any(
        f.end >= end
        for n in (1, 2)
        for f in scan.starting.get(start - n, ())
        if f.term.type == "voice"
    ):
        return True
    k = start
    while k and scan.at(k - 1, "partitive", "article", "region_noun"):
        lead = scan.at(k - 1, "place_prep")
        if lead is not None and lead.term.get("role") == "from":
            return False
        k -= 1
    return any(
        f.end == k and f.term.type == "role"
        for n in (1, 2, 3)
        for f in scan.starting.get(k - n, ())
    )


def _seated(scan: Scan, end: int) -> bool:
    """Whether a name only tells where a body has its seat: "a Washington, D.C.-based institute"."""
    found = next(iter(scan.within("seat_word", end + 1, end + _SEAT)), None)
    return (
        found is not None
        and scan.tokens[found.start - 1].text == "-"
        and all(t.text in ",." or t.capital for t in scan.tokens[end : found.start - 1])
    )


def _role(scan: Scan, start: int) -> tuple[str, int]:
    """How the place is tied: by the preposition before it, past words such as "the town of"."""
    k, listed = start, False
    for _ in range(6):
        k -= 1
        while k > 0 and scan.tokens[k].kind == "l" and scan.tokens[k - 1].kind == "w":
            k -= 1  # channels break lines at words in bold
        if k < 0 or scan.tokens[k].kind in "l":
            break
        preps = [
            f
            for size in _LEADS
            for f in scan.starting.get(k + 1 - size, ())
            if f.end == k + 1
            and f.term.type == "place_prep"
            and (size <= _SHORT or f.term.get("role"))
        ]
        if preps:
            best = max(preps, key=lambda f: f.end - f.start)
            return str(best.term.get("role") or "in"), best.start
        token = scan.tokens[k]
        if scan.at(k, "region_noun", "side_word", "article", "nation", "conj", "adverb") or (
            token.text in '",:' or scan.possessive(k)
        ):
            listed = listed or token.text == ","
            continue
        if token.text == "." and (short := _shortened(scan, k)) is not None:
            k = short  # «в г. Грайворон», «в н. п. Ломаковка»
            continue
        if listed and ((token.kind == "w" and not token.capital) or scan.at(k, *_DAYS)):
            break  # "by comparison, Moscow", "on Monday, Moscow": no list of places
        if token.kind == "w" and not scan.at(k, "predicate", "says", "aux", "pronoun", "relative"):
            continue
        break
    return "bare", start


def _shortened(scan: Scan, k: int) -> int | None:
    """Where the short form of a noun for a place begins whose full stop stands at a token."""
    return next(
        (
            f.start
            for n in (4, 3, 2, 1)
            if k >= n
            for f in scan.starting.get(k - n, ())
            if f.end == k + 1 and f.term.type in ("region_noun", "settlement")
        ),
        None,
    )


def settle_role(scan: Scan, mention: Mention) -> None:
    """Marks names that stand for a government ("Kyiv denies it", "in Moscow they say")."""
    nation = scan.at(mention.start, "nation")
    if nation is not None and nation.tags == {"nom.sg"} and mention.role != "bare":
        mention.role, mention.lead = "bare", mention.start  # «за три дні Росія випустила»
    led = mention.role == "in"
    if nation is not None and nation.term.get("metonym") and nation.tags == {"ins.sg"} and not led:
        mention.role = "owner"  # "appointed by Moscow"
    elif nation is not None and nation.term.get("metonym"):
        if "gen.sg" in nation.tags and mention.start and scan.at(mention.start - 1, "role"):
            return  # «мер Києва»
        if _credited(scan, mention.start) or _credited(scan, mention.lead):
            mention.role = "voice"  # "according to Kyiv"
        elif _speaks(scan, mention) if mention.role == "bare" else _spoken_there(scan, mention):
            mention.role = "voice"


def _credited(scan: Scan, at: int) -> bool:
    """Whether words that credit a source stand right before a name."""
    return any(
        f.end == at and f.term.type == "according"
        for n in _LEADS
        for f in scan.starting.get(at - n, ())
    )


def _speaks(scan: Scan, mention: Mention) -> bool:
    """Whether a bare name can be the subject of a saying, a denial or a position near it."""
    first, last = mention.start - 2, mention.end + _SPOKEN
    if any(
        f.end == mention.start for f in scan.within("predicate", mention.start - 4, mention.start)
    ):
        return False
    stated = [f for f in scan.within("predicate", first, last) if f.term.get("frame") == "position"]
    return bool(stated or scan.within("says", first, last) or scan.within("denial", first, last))


def _spoken_there(scan: Scan, mention: Mention) -> bool:
    """Whether a verb of saying stands right beside "in Moscow", with no subject of its own between."""
    after = range(mention.end, min(mention.end + 3, len(scan.tokens)))
    for k in after:
        if any(
            f.term.type == "says" or f.term.get("frame") == "position"
            for f in scan.starting.get(k, ())
        ):
            return all(
                scan.at(i, "adverb", "pronoun") or scan.tokens[i].text == ","
                for i in range(mention.end, k)
            )
    k = mention.lead - 1
    return k >= 0 and any(
        f.end == k + 1
        for n in (0, 1)
        for f in scan.starting.get(k - n, ())
        if f.term.type == "says"
    )


def place_of(mention: Mention, scan: Scan) -> Place:
    """The claim's form of a mention; code and coordinates only where one place is meant."""
    record = mention.record
    text = mention.text or scan.original(mention.start, mention.end)
    if not mention.resolved:
        return Place(record.name, text)
    return Place(record.name, text, record.code, record.lat, record.lon)
