"""Siting: which of a sentence's places a number in it is told of, and which of them only tell where another lies.

Enters: a sentence's mentions of places, its phrases. Leaves: the mentions that are a number's own.
Does not belong here: where it is looked for beyond the sentence (`settings`).
"""

from __future__ import annotations

from itertools import pairwise

from warledger.extraction import ordering
from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Scan

WIDE = frozenset({"country", "oblast", "region", "raion", "district"})
_TWO = 2  # places that an order needs at least
_ATTACHED = 4  # tokens between a place and the region that it is said to lie in
_SEATED = 6  # tokens between a place and the name of what it lies in
_BESIDE = 6  # tokens behind a number and its verb in which a place is its own
_JOINTS = (
    "conj",
    "place_prep",
    "region_noun",
    "article",
    "each",
    "nation",
    "side_word",
    "settlement",
)
_ALL = 2  # tokens of "all" between "including" and a place
_PARTS = ("including", "of_them", "of_which")


def here(
    scan: Scan, usable: list[Mention], clause: Clause, phrase: Phrase, *, shared: bool
) -> list[Mention]:
    """The places of the number's own part of its sentence; with `shared` one list behind serves all numbers before."""
    if not usable:
        return []
    counted = [p for p in clause.phrases if p.amount.sort not in ("bare", "article")]
    counted = [p for p in counted if p is phrase or not _measures(p)]
    after = min((p.start for p in counted if p.start >= phrase.end), default=clause.sentence.end)
    before = max((p.end for p in counted if p.end <= phrase.start), default=clause.sentence.start)
    right = [
        m
        for m in usable
        if phrase.start <= m.start < after and not _parted(scan, phrase.end, m.start)
    ]
    left = [
        m
        for m in usable
        if before <= m.start < phrase.start and not _parted(scan, m.end, phrase.start)
    ]
    right = run(scan, right)
    seats = len(left) > 1 and _lies_in(scan, left[-2], left[-1])  # only where a town lies
    if left and right and not seats and _narrower(left[-1], right[0]):
        left = []
    beside = right and right[0].role == "in" and right[0].lead <= phrase.end + _BESIDE
    if beside and left and _comma(scan, phrase.end, right[0].lead):
        beside = _comma(scan, left[-1].end, phrase.start)  # "in X a woman died, in Y …"
    if beside and left and not _told_before(scan, usable, counted, phrase):
        if right[0].lead <= phrase.end + 1 or not _headed(scan, left[-1], phrase, relative=False):
            return right
    later = not right or _comma(scan, phrase.end, right[0].lead)
    if not left and later and _told_before(scan, usable, counted, phrase):
        return _run_back(scan, [m for m in usable if m.end <= phrase.start])
    if left and (_told_before(scan, usable, counted, phrase) or _headed(scan, left[-1], phrase)):
        return _run_back(scan, left)
    comma = left and not _comma(scan, left[-1].end, phrase.start)
    comma = comma and right and _comma(scan, phrase.end, right[0].lead)
    if right and right[0].lead <= phrase.end + 6 and not comma:
        return right
    if left:
        return _run_back(scan, left)
    if right:
        return right
    behind = run(scan, [m for m in usable if shared and m.start >= phrase.end])
    opening = [m for m in usable if m.start < phrase.start]
    ends = behind and (behind[-1] is usable[-1] or _described(scan, behind[-1].end))
    close = ends and not _parted(scan, phrase.end, behind[0].start)
    if close and not (opening and _comma(scan, phrase.end, behind[0].lead)):
        return behind
    near = [m for m in opening if not _parted(scan, m.end, phrase.start)]
    return _opening(scan, near if near or not shared else opening, phrase)


def coordinated(scan: Scan, clause: Clause, phrase: Phrase, usable: list[Mention]) -> bool:
    """Whether a list of numbers goes on to a place behind it: "destroyed six missiles and two rockets over the region"."""
    after = [p for p in clause.phrases if p.start >= phrase.end]
    place = next((m for m in usable if m.start >= phrase.end), None)
    inside = [p for p in after if place is not None and p.end <= place.lead]
    if place is None or place.role != "in" or not inside:
        return False
    return not any(
        scan.tokens[i].text in ";:.–("
        or scan.at(i, "predicate", "place_prep", "says", *_PARTS) is not None
        for i in range(phrase.end, place.lead)
    )


def _described(scan: Scan, end: int) -> bool:
    """Whether a relative clause behind a name tells more of it: "in Donetsk province, which together with …"."""
    noun = scan.at(end, "region_noun")
    k = noun.end if noun is not None else end
    comma = k < len(scan.tokens) and scan.tokens[k].text == ","
    return comma and scan.at(k + 1, "relative") is not None


def _narrower(wide: Mention, place: Mention) -> bool:
    """Whether a place behind a number lies in the area that heads it: "Shebekino district: a drone struck a bus in Murom"."""
    inside = level(wide) < level(place) and place.role == "in" and tells_where(wide, place)
    return inside and wide.role in ("in", "bare")


def _told_before(scan: Scan, usable: list[Mention], counted: list[Phrase], phrase: Phrase) -> bool:
    """Whether a list names each place before its number: "Sumy had 71, Poltava 15"."""
    whole = [counted[0]] if counted else []
    for before, p in pairwise(counted):
        if not any(scan.within(kind, before.end, p.start) for kind in _PARTS):
            whole.append(p)
    first = min((m.end for m in usable), default=10**9)
    total = [p for p in whole if p.start < first]  # may stand before its parts' places
    if total and not _breaks_off(scan, total[-1].end, first):
        return False
    if len(total) > 1 and _dashed(scan, total[-1].end, min(m.lead for m in usable)):
        return False  # "122 drones: 43 – over the Bryansk region, 28 – over Kursk, the rest – elsewhere"
    whole = whole[len(total) :]
    if len(whole) < 2 or phrase.start < first:
        return False
    last = whole[-1].end
    stop = min((p.start for p in counted if p.start >= last), default=10**9)
    return not any(last <= m.start < stop for m in usable)


def _dashed(scan: Scan, a: int, b: int) -> bool:
    """Whether nothing but a dash parts a number from the place behind it."""
    return b - a == 1 and scan.tokens[a].text == "–"


def _breaks_off(scan: Scan, a: int, b: int) -> bool:
    """Whether a mark that opens a breakdown stands between two tokens."""
    return any(scan.tokens[i].text in ";:–." for i in range(a, min(b, len(scan.tokens))))


def _dealt_out(scan: Scan, usable: list[Mention], clause: Clause, phrase: Phrase) -> list[Mention]:
    """The place of a number in a row that a dash deals out to as many places: «40, 25 і 12 тисяч – на Харківщині, Сумщині та …»."""
    counted = [p for p in clause.phrases if p.amount.sort == "number" and not _measures(p)]
    if phrase not in counted:
        return []
    first = last = counted.index(phrase)
    while first and _joined_rows(scan, counted[first - 1], counted[first]):
        first -= 1
    while last + 1 < len(counted) and _joined_rows(scan, counted[last], counted[last + 1]):
        last += 1
    row, dash = counted[first : last + 1], counted[last].end
    if len(row) < _TWO or dash >= len(scan.tokens) or scan.tokens[dash].text != "–":
        return []
    places = run(scan, [m for m in usable if m.start > dash])
    opens = bool(places) and places[0].lead == dash + 1
    return [places[row.index(phrase)]] if opens and len(places) == len(row) else []


def _joined_rows(scan: Scan, a: Phrase, b: Phrase) -> bool:
    """Whether only a comma or a conjunction stands between two numbers."""
    between = range(a.end, b.amount.start)
    return len(between) == 1 and all(
        scan.tokens[i].text == "," or scan.at(i, "conj") is not None for i in between
    )


def respective(scan: Scan, usable: list[Mention], clause: Clause, phrase: Phrase) -> list[Mention]:
    """The place of a number told in the order of the places: "in Kharkiv and Kherson 12 and 7 respectively"."""
    sentence = clause.sentence
    if dealt := _dealt_out(scan, usable, clause, phrase):
        return dealt
    if not scan.within("respectively", sentence.start, sentence.end):
        return []
    told = ordering.respective(scan, clause)
    if phrase in told and len(told) > 1:
        before = _run_back(scan, [m for m in usable if m.end <= told[0].amount.start])
        if len(before) == len(told):
            return [before[told.index(phrase)]]
    part = _part_number(scan, sentence.start, phrase.start)
    counted = [
        p
        for p in clause.phrases
        if p.amount.sort == "number"
        and not _measures(p)
        and _part_number(scan, sentence.start, p.start) == part
    ]
    places = run(scan, usable)
    if phrase not in counted or len(places) < _TWO or len(counted) % len(places):
        return []
    at, size = counted.index(phrase), len(places)
    group = counted[at - at % size : at - at % size + size]
    apart = any(b.start - a.end > 1 for a, b in pairwise(group))
    apart = apart or places[-1].end > counted[0].start
    return [] if apart and len(counted) > size else [places[at % size]]


def _part_number(scan: Scan, first: int, at: int) -> int:
    """Which part of a sentence parted by semicolons a token stands in."""
    return sum(scan.tokens[i].text == ";" for i in range(first, at))


def part_behind(scan: Scan, clause: Clause, phrase: Phrase) -> int | None:
    """The token where a part with a place of its own begins: "18 were killed, seven of them in Rafah"."""
    for p in clause.phrases:
        own = p.inherited is phrase
        bare = p.elided or (own and p.end <= p.amount.end + 2)
        if p.start < phrase.end or not bare:
            continue
        before = [f for kind in _PARTS for f in scan.within(kind, p.start - 3, p.start + 1)]
        part = any(p.start in (f.start, f.end) for f in before)
        if not (own or part or scan.at(p.amount.end, "of_them")):
            continue
        aux = scan.at(p.end, "aux")
        k = aux.end if aux else p.end
        k += k < clause.sentence.end and scan.tokens[k].text == "–"  # «46 тисяч – на Одещині»
        if scan.at(k, "place_prep"):
            return p.start
    if (colon := _breakdown(scan, clause, phrase)) is not None:
        return colon
    for f in scan.within("including", phrase.end, clause.sentence.end):
        for k in range(f.end, f.end + _ALL + 1):
            every = k == f.end or scan.at(k - 1, "all") is not None
            if every and scan.at(k, "place_prep", "dweller") is not None:
                return f.start  # "power was restored to 600,000, including all in Kherson"
    return None


def _breakdown(scan: Scan, clause: Clause, phrase: Phrase) -> int | None:
    """The colon behind a number that opens its breakdown: "97,000 in six regions: Donetsk – 43,000, Kyiv – 11,000"."""
    behind = range(phrase.end, clause.sentence.end)
    colon = next((i for i in behind if scan.tokens[i].text == ":"), None)
    if colon is None:
        return None
    items = [
        p
        for p in clause.phrases
        if p.start > colon
        and p.amount.sort == "number"
        and "–" in (scan.tokens[p.start - 1].text, scan.tokens[p.end - 1].text)
    ]
    return colon if len(items) > 1 else None


def _comma(scan: Scan, a: int, b: int) -> bool:
    return any(scan.tokens[i].text == "," for i in range(a, b))


def _headed(scan: Scan, place: Mention, phrase: Phrase, *, relative: bool = True) -> bool:
    """Whether a number stands right at its place: "Saratov region with 31", "Cherkasy, where one died"."""
    between = range(place.end, phrase.start)
    nouns = [i for i in between if scan.at(i, "region_noun")]
    k = nouns[-1] + 1 if nouns else place.end
    if phrase.start - k == 1 and (scan.at(k, "prep") or scan.tokens[k].text in "–:("):
        return scan.at(k, "place_prep") is None
    return relative and any(
        (f := scan.at(i, "relative", "conj")) is not None
        and (f.term.type == "relative" or f.term.get("joins") == "but")
        for i in range(k, min(k + 2, phrase.start))
    )


def _opening(scan: Scan, opening: list[Mention], phrase: Phrase) -> list[Mention]:
    """Where a sentence is set that names no place in the number's own part of it."""
    opening = [m for n, m in enumerate(opening) if not (n and _lies_in(scan, opening[n - 1], m))]
    told = [m for m in opening if m.role == "in"]
    if told and _closed(scan, told[-1].end, phrase.start):
        return told[-1:]
    return told[:1] or opening[-1:]


def bracketed(scan: Scan, phrase: Phrase, m: Mention) -> bool:
    """Whether a place in brackets right behind weapons is where they were launched: "32 missiles (Bryansk)"."""
    tokens = scan.tokens
    opens = [i for i in range(phrase.end, m.start) if tokens[i].text in "()"]
    return bool(opens) and tokens[opens[-1]].text == "("


def _closed(scan: Scan, a: int, b: int) -> bool:
    """Whether a semicolon alone parts the two: what follows it goes on about what stands before it."""
    return sum(scan.tokens[i].text == ";" for i in range(a, b)) == 1


def _parted(scan: Scan, a: int, b: int) -> bool:
    return any(scan.tokens[i].text in ";." for i in range(a, b))


def run(scan: Scan, rows: list[Mention]) -> list[Mention]:
    """Coordinated places from the first on."""
    out: list[Mention] = []
    for row in rows:
        if out and not listed(scan, out[-1].end, row.start):
            break
        out.append(row)
    return out


def last_run(scan: Scan, rows: list[Mention]) -> list[Mention]:
    """The last coordinated places of a sentence."""
    return _run_back(scan, rows)


def _run_back(scan: Scan, rows: list[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for row in reversed(rows):
        if len(out) == 1 and _lies_in(scan, row, out[0]):
            return [row]
        if out and not listed(scan, row.end, out[0].start):
            break
        out.insert(0, row)
    return out


def _lies_in(scan: Scan, place: Mention, region: Mention) -> bool:
    """Whether a region only tells where what stands before it lies: "the Bilenke colony in Zaporizhzhia region"."""
    aside = region.lead - place.end in (1, 2) and scan.tokens[place.end].text == ","
    if aside and region.lead - place.end > 1:  # «у Славутичі, що на Київщині»
        aside = scan.at(place.end + 1, "relative", "conj") is not None
        if aside and region.start - region.lead <= _ATTACHED:
            return level(region) < level(place) and tells_where(region, place)
    between = range(place.end + aside, region.start)
    near = 0 < len(between) <= _ATTACHED and region.role == "in"
    near = near or region.start == place.end  # «у селі Дорожнє Добропільської громади»
    if not near or level(region) >= level(place) or not tells_where(region, place):
        return False
    return not any(
        scan.tokens[i].kind in "nop" or scan.at(i, "predicate", "conj", "says") for i in between
    )


def listed(scan: Scan, a: int, b: int) -> bool:
    """Whether only what joins a list stands between two tokens."""
    i = a
    while i < b:
        token = scan.tokens[i]
        joint = scan.at(i, *_JOINTS)
        if joint is not None and joint.term.get("joins") in ("but", "that"):
            return False  # "in X, while in the neighbouring Y region"
        if joint is None and not (token.kind == "p" and token.text in ',(")'):
            described = token.text.endswith(scan.adjectives) and i + 1 < b
            side = described and scan.at(i + 1, "side_word")  # "and on the northern outskirts of"
            if not (scan.possessive(i) or scan.definite(i) or side):
                return False
        noun = joint is not None and joint.term.type in ("settlement", "region_noun")
        whole = noun or scan.at(i - 1, "conj") is not None  # "and west of X"
        i = max(i + 1, joint.end) if joint is not None and whole else i + 1
    return True


def _measures(phrase: Phrase) -> bool:
    """Whether a number only measures how long, how much or how often something was."""
    unit = phrase.amount.unit
    return unit is not None and unit.term.get("dimension") in ("duration", "percent", "power")


# How narrow a place is; what is not listed is a town or smaller.
_LEVELS = {"country": 0, "oblast": 1, "region": 1, "raion": 2, "district": 2, "hromada": 3}


def level(mention: Mention) -> int:
    return _LEVELS.get(mention.record.kind, 4)


def specific(rows: list[Mention]) -> list[Mention]:
    """Leaves out a region, district or neighbour that only tells where a more specific place beside it lies."""
    kept = []
    for n, row in enumerate(rows):
        before = rows[n - 1] if n else None
        after = rows[n + 1] if n + 1 < len(rows) else None
        if before is not None and row.near and _beside(before, row):
            continue  # "in Fastiv, near Kyiv"
        if before is not None and level(row) < level(before) and tells_where(row, before):
            continue
        if after is not None and level(row) < level(after) and tells_where(row, after):
            continue
        kept.append(row)
    return kept


def _beside(place: Mention, neighbour: Mention) -> bool:
    """Whether a neighbour right behind a town only tells where that lies."""
    town = place.record.kind not in WIDE and place.record.kind != "water"
    return town and 0 <= neighbour.lead - place.end <= 1


def tells_where(region: Mention, place: Mention) -> bool:
    """Whether a wider place beside a narrower one only tells where that lies."""
    codes = {place.record.oblast_code, ""} if place.resolved else {region.record.oblast_code}
    inside = region.record.oblast_code in codes or region.record.code in codes
    behind = region.start >= place.end
    own = region.lead >= place.end or region.start == place.end  # not "over Moscow and X region"
    return inside or (behind and region.role == "in" and own)


def joined_places(
    scan: Scan, rows: list[Mention], after: list[Mention], every: list[Mention]
) -> list[Mention]:
    """The first place behind the predicate and those joined to it, past what tells where one lies.

    `rows` are the places that may be joined, `every` all those of the sentence.
    """
    if not after:
        return []
    out = [after[0]]
    end = after[0].end
    for row in every[every.index(after[0]) + 1 :]:
        if row.start < end:
            continue
        tied = row.role == "in" or row.start == end  # «Егоровка Днепропетровской области»
        if level(row) < level(out[-1]) and tied and _seated(scan, end, row.start):
            end = row.end
            continue
        if row not in rows:
            continue
        end = _past_aside(scan, end, row.start)
        if not listed(scan, end, row.start) and not _past_names(scan, end, row.start):
            break
        if not _joined_by_comma(scan, end, row.start):
            break
        out.append(row)
        end = row.end
    return out


def _seated(scan: Scan, a: int, b: int) -> bool:
    """Whether the place behind only tells where the one before lies: "X farther north in the Kharkiv region"."""
    return b - a <= _SEATED and not any(
        scan.tokens[i].text in ",;:"
        or scan.at(i, "conj", "predicate", "says", "relative", "aux", "pronoun")
        for i in range(a, b)
    )


def _past_aside(scan: Scan, a: int, b: int) -> int:
    """Past what tells between commas where a place lies: "X, close to the border, and Y"."""
    if a + 1 >= b or scan.tokens[a].text != "," or scan.at(a + 1, "place_prep") is None:
        return a
    closing = next((i for i in range(a + 1, b) if scan.tokens[i].text == ","), a)
    told = any(scan.at(i, "says", "relative", "aux", "pronoun") for i in range(a, closing))
    return a if told or scan.at(closing + 1, "conj") is None else closing


def _past_names(scan: Scan, a: int, b: int) -> bool:
    """Whether only commas, conjunctions and names that the gazetteer lacks stand between two places of a list.

    What a place is may be told again: "the port of Kherson and the port of Berdyansk".
    """
    return all(
        scan.tokens[i].text == ","
        or scan.definite(i)
        or scan.at(i, "conj", "settlement", "region_noun", "object", "partitive")
        or (scan.tokens[i].capital and i not in scan.starting)
        for i in range(a, b)
    )


def _joined_by_comma(scan: Scan, a: int, b: int) -> bool:
    """Whether a comma or a conjunction joins two places; "Pokrovsk in Donetsk" tells only where Pokrovsk is."""
    return any(scan.tokens[i].text == "," or scan.at(i, "conj") for i in range(a, b))
