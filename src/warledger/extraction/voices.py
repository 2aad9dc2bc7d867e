"""Voices: whoever is named in a sentence and can be credited with words, and whose side each speaks for.

Enters: a `Scan`, a sentence, the report's places. Leaves: `Voice`s in the order of the text, and the publisher's own.
Does not belong here: what each is credited with (`attribution`), or names of people and bodies; those are language data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from warledger.extraction.placing import SIDE_OF_COUNTRY, Mention, Places
from warledger.extraction.scan import Found, Scan
from warledger.extraction.sentences import Sentence
from warledger.model import Speaker

_ABOVE = "INT"  # the side of bodies that speak of both parties
_LOCAL = 2  # sentences in which the place stands that a mayor or governor is of
_BACK = 6  # sentences back in which a place tells the side of a role
_GROUND = ("in", "bare", "office", "owner")  # how a place is named where people speak of it
_SEAT = 2  # tokens between a role and the place that it is of
_JOINS = ("partitive", "prep", "place_prep", "article", "region_noun")
NO_TOWNS = ("country", "river", "water")
_OPPONENT = {
    "UA": "RU",
    "RU": "UA",
    "IN": "PK",
    "PK": "IN",
    "AM": "AZ",
    "AZ": "AM",
    "IL": "IR",
    "IR": "IL",
}
_SCENE = 2  # tokens before the country that opens a sentence
_DESCRIBED = 3  # tokens from an article to the noun that it stands before


class Voice(msgspec.Struct, eq=False):
    """Somebody who can be credited, at tokens `start` to `end`; `weak` where only a role is named.

    `back` tells that a role means who spoke before, `owned` that it is one of theirs ("its air force"), `heard` that its
    case makes it somebody whom something was told or given, `oblique` that no subject has its case, `led` that a
    preposition leads it besides («після розмови з Трампом»), `person` that it is somebody by name or office, `counted` that it is people whom a number counts. `abroad` is a third state's own side, and the parties in
    whose wars it fights.
    """

    start: int
    end: int
    name: str
    side: str | None
    weak: bool = False
    outlet: bool = False
    nation: bool = False
    back: bool = False
    owned: bool = False
    heard: bool = False
    abroad: tuple[str, ...] = ()
    counted: bool = False
    oblique: bool = False
    led: bool = False
    person: bool = False


class Credit(msgspec.Struct, eq=False):
    """A voice credited in a sentence; `leading` where the credit stands before what is said.

    `joined` tells that it opens a clause joined to one that is not its own ("…, and the governor said"), `aside` that it
    only names a source ("according to …").
    """

    voice: Voice
    start: int
    end: int
    leading: bool
    denies: bool = False
    joined: bool = False
    aside: bool = False
    part: tuple[int, int] = (0, 0)


OWN = Voice(-1, -1, "", None)  # the publisher's "we"


def publisher_of(
    publisher: str | None,
    scan: Scan | None,
    country_of: Callable[[str], str | None],
    war: Sequence[str],
    headed: str | None = None,
) -> Speaker:
    """The speaker of words that nobody is credited with: a body on its own page, else the outlet without a side.

    `war` are the parties that the report names, first the one of which it tells most: whom an office speaks for that
    names no place, where no body is named at the head of its page, whose side is `headed`.
    """
    if publisher is None or scan is None:
        return Speaker(None, None, publisher)
    outlet = any(f.term.get("sort") == "outlet" for f in scan.by_type.get("voice", ()))
    for f in scan.by_type.get("voice", ()):
        if f.term.get("sort") != "outlet" and not outlet:
            return Speaker(_name(scan, f), side_at(_side(f), _abroad(f), war), None)
    outlet = outlet or bool(scan.by_type.get("press"))
    roles = scan.by_type.get("role", ())
    if any(f.term.get("research") for f in roles):
        return Speaker(publisher, _ABOVE, None)
    if roles and not outlet:
        sides = [_side(f) for f in (*roles, *scan.by_type.get("nation", ())) if _side(f)]
        countries = [c for c in (country_of(t.text) for t in scan.tokens if t.capital) if c]
        sides += [SIDE_OF_COUNTRY.get(c, "INT") for c in countries]
        office = any(f.term.get("kind") != "outlet" for f in roles)  # a channel is of no side
        guesses = [w for w in (headed, *war[:1]) if office and w not in (None, _ABOVE)]
        if side := next(iter([*sides, *guesses]), None):
            return Speaker(publisher, side, None)
    return Speaker(None, None, publisher)


def side_at(side: str | None, abroad: tuple[str, ...], war: Sequence[str]) -> str | None:
    """A voice's side, or a third state's own one where the report tells of a war that it fights.

    `war` are the parties that the report names, the one that it tells of most first; INT where none leads.
    """
    fights = abroad[1:]
    tells = war and (war[0] in (*fights, _ABOVE)) and set(war) & set(fights)
    return abroad[0] if tells else side


def paper_of(scan: Scan | None) -> str | None:
    """The party whose press a publisher is by its own name ("Israeli news site"); None where it names none."""
    if scan is None:
        return None
    sides = {s for f in scan.by_type.get("nation", ()) if (s := _side(f)) not in (None, _ABOVE)}
    return sides.pop() if len(sides) == 1 else None


def party_of_outlet(scan: Scan | None, parties: Sequence[str]) -> str | None:
    """The party whose outlet a publisher is known to be, where its war is told of; None where it is none's."""
    if scan is None:
        return None
    outlets = [f for f in scan.by_type.get("voice", ()) if f.term.get("sort") == "outlet"]
    sides = {_side(f) for f in outlets}
    side = sides.pop() if len(sides) == 1 else None
    return side if {side, _OPPONENT.get(str(side))} & set(parties) else None


def _abroad(found: Found) -> tuple[str, ...]:
    """A third state's own side, then the parties in whose wars it fights; empty for whoever fights none."""
    fights = found.term.get("fights")
    return (str(found.term.get("own")), *fights) if fights else ()


def _side(found: Found) -> str | None:
    side = found.term.get("side")
    return None if side in (None, "none") else str(side)


class Desk(msgspec.Struct, frozen=True):
    """Whose page it is: the side of the body, the party whose press it is, the names by which an outlet is known.

    `paper` is the press's party where its name and the places told of bear it out; `state` where the outlet is known.
    """

    own: str | None = None
    paper: str | None = None
    state: str | None = None
    outlets: frozenset[str] = frozenset()


def side_of_bodies(scan: Scan) -> str | None:
    """The party whose bodies a text names most; None where none leads."""
    named = Counter(_side(f) for f in scan.by_type.get("voice", ()) if f.term.get("sort") == "body")
    ranked = [side for side, _ in named.most_common() if side not in (None, _ABOVE)]
    return (
        ranked[0] if ranked and (len(ranked) < 2 or named[ranked[0]] > named[ranked[1]]) else None
    )


def side_of_head(scan: Scan, first: Sentence) -> str | None:
    """The party whose body, or its office, opens a report's first sentence, one without a verb: "IDF. Evening report"."""
    if any(scan.within(kind, first.start, first.end) for kind in ("predicate", "says")):
        return None
    office = scan.at(first.start, "role")
    body = scan.at(first.start, "voice") or (scan.at(office.end, "voice") if office else None)
    return _side(body) if body is not None and body.term.get("sort") == "body" else None


def outlets_in(scan: Scan | None) -> frozenset[str]:
    """The names of the outlets that a publisher's own name holds."""
    rows = scan.by_type.get("voice", ()) if scan is not None else ()
    return frozenset(_name(scan, f) for f in rows if scan and f.term.get("sort") == "outlet")


def _name(scan: Scan, found: Found) -> str:
    """The name of a voice: the registered one, or where it stands for many the text's own words."""
    name = scan.original(found.start, found.end) if found.term.get("generic") else None
    return " ".join(str(name or found.term.get("name")).split())


def voices_in(scan: Scan, sentence: Sentence, places: Places, desk: Desk) -> list[Voice]:
    """The voices of a sentence in order; an outlet has no side where the page is its own."""
    rows: list[Voice] = []
    for f in scan.within("voice", sentence.start, sentence.end):
        first = scan.tokens[f.start]
        if first.text.isascii() and not first.capital and f.end - f.start == 1:
            continue  # "who" is no health organisation; Latin names of bodies have a capital
        if f.term.get("sort") == "outlet" and _no_title(scan, f):
            continue
        if f.term.get("sort") == "person" and _another_first_name(scan, f, sentence.start):
            continue
        name, outlet = _name(scan, f), f.term.get("sort") == "outlet"
        side = None if outlet and name in desk.outlets else _side(f)
        owner = _of_another(scan, f)
        if owner is not None:
            name, side = " ".join(scan.original(owner.start, f.end).split()), _side(owner)
        opening = owner.start if owner else f.start
        row = Voice(opening, f.end, name, side, outlet=outlet, heard=heard(scan, f))
        row.abroad = _abroad(owner or f)
        row.oblique, row.led = _oblique(scan, f, opening)
        row.person = f.term.get("sort") in ("person", "office")
        rows.append(row)
    roles = scan.within("role", sentence.start, sentence.end)
    named = {i for v in rows for i in range(v.start, v.end)} if roles else set()
    for f in roles:
        owned = f.term.get("placeless") and any(0 <= v.start - f.end <= 1 for v in rows)
        owned = owned or (f.term.get("back") and _of_outlet(scan, f, rows))
        if f.start not in named and not owned:  # "the analysts of DeepState" are DeepState
            row = _role(scan, f, sentence, places, desk)
            row.oblique, row.led = _oblique(scan, f, row.start)
            row.person = row.end > f.end
            rows.append(row)
    nations = scan.within("nation", sentence.start, sentence.end)
    mentions = places.by_sentence[sentence.index] if nations else ()
    named = {i for v in rows for i in range(v.start, v.end)} if nations else set()
    located = {m.start for m in mentions if m.role == "in"}
    for f in nations:
        first = scan.tokens[f.start]
        if first.text.isascii() and not first.capital:
            continue  # "let us recall"
        if f.term.get("metonym") and f.start not in named and f.start not in located:
            name, told = f.term.get("name"), heard(scan, f)
            row = Voice(f.start, f.end, name, _side(f), weak=True, nation=True, heard=told)
            row.abroad = _abroad(f)
            row.oblique, row.led = _oblique(scan, f, f.start)
            rows.append(row)
    rows.sort(key=lambda v: v.start)
    return _without_posts(scan, rows) if len(rows) > 1 else rows


def _of_another(scan: Scan, found: Found) -> Found | None:
    """The nation's word right before a body's name that makes it another state's: «польські збройні сили»."""
    rows = scan.starting.get(found.start - 1, ()) if found.term.get("sort") == "body" else ()
    own = _side(found)
    return next(
        (
            f
            for f in rows
            if f.term.type == "nation" and f.end == found.start and _side(f) not in (None, own)
        ),
        None,
    )


def _of_outlet(scan: Scan, role: Found, voices: list[Voice]) -> bool:
    """Whether a noun only tells what an outlet named behind it is: «агентство «Фарс»», "news agency Tasnim"."""
    quoted = role.end < len(scan.tokens) and scan.tokens[role.end].text == '"'
    return any(v.outlet and v.start == role.end + quoted for v in voices)


def _without_posts(scan: Scan, rows: list[Voice]) -> list[Voice]:
    """Leaves out where an envoy of a state is posted: "Iran's ambassador to the UN", «представник Тегерана в ООН»."""
    kept: list[Voice] = []
    for voice in rows:
        before = kept[-1] if kept else None
        posted = before is not None and before.weak and before.side and not before.nation
        if before is not None and posted and 1 <= voice.start - before.end <= 2:
            kinds = ("range_word", "place_prep") if scan.adjectives else ("range_word",)
            state = any(scan.at(i, "nation") for i in range(before.start, before.end))
            if state and scan.at(before.end, *kinds) is not None:
                continue
        kept.append(voice)
    return kept


def _no_title(scan: Scan, found: Found) -> bool:
    """Whether words are no outlet's title, for want of a capital behind their article: "the independent portal"."""
    second = scan.tokens[found.start + 1 : found.end]
    led = scan.definite(found.start) or scan.at(found.start, "article") is not None
    return led and any(t.text.isascii() and not t.capital for t in second[:1])


def _another_first_name(scan: Scan, found: Found, first: int) -> bool:
    """Whether a surname alone stands behind a first name that is not the registered person's."""
    k = found.start - 1
    if found.end - found.start > 1 or k <= first:
        return False
    before, here = scan.tokens[k], scan.tokens[found.start]
    plain = before.kind == "w" and before.capital and k not in scan.starting
    return plain and len(before.text) > 1 and here.start - before.end == 1


def _role(
    scan: Scan,
    found: Found,
    sentence: Sentence,
    places: Places,
    desk: Desk,
) -> Voice:
    """A role ("the governor") takes its side from a nation word beside it, the body whose page it is, or a place."""
    if found.term.get("back") and (opening := _indefinite(scan, found, sentence.start)):
        name = " ".join(scan.original(opening, found.end).split())
        return Voice(opening, found.end, name, None, weak=True)
    start, end, side = found.start, found.end, None
    abroad: tuple[str, ...] = ()
    owned = found.start > sentence.start and scan.at(found.start - 1, "pronoun") is not None
    back = bool(found.term.get("back")) and not _qualified(scan, found, sentence.start)
    for k in range(found.start - 1, max(sentence.start, found.start - 5) - 1, -1):
        nation = scan.at(k, "nation")
        if nation is not None:
            side, start, back, owned = _side(nation), nation.start, False, False
            abroad = _abroad(nation) if _of_state(scan, found, nation) else ()
            break
        if scan.tokens[k].kind == "p" and scan.tokens[k].text in ",.;:":
            break
    if side is None:
        for k in range(found.end, min(sentence.end, found.end + 4)):
            if (nation := scan.at(k, "nation")) is not None:
                if _belongs(scan, found, nation):
                    side, end = _side(nation), nation.end
                    abroad = _abroad(nation) if _of_state(scan, found, nation) else ()
                break
            if scan.tokens[k].kind == "p" or scan.at(k, "says", "negation"):
                break
    side = side or _side_of_that_land(scan, found, places) or _side(found)
    if side is None and not found.term.get("placeless"):
        side = _side_of_seat(scan, found, places.by_sentence.get(sentence.index, ()))
        side = side or _side_by_adjective(scan, found, places)
        if side is None and found.term.get("of_place"):
            side = _side_of_places(scan, sentence, places, _LOCAL)
        side = side or (None if desk.own in (None, _ABOVE) else desk.own)
        side = side or ((desk.state or desk.paper) if found.term.get("central") else None)
        side = side or _side_of_scene(scan, sentence, places)
        side = side or _side_of_places(scan, sentence, places, 1)
        side = side or (_side_of_land(sentence, places) if found.term.get("central") else None)
        side = side or (None if found.term.get("local") else desk.paper)
        side = side or _side_of_places(scan, sentence, places, _BACK) or places.home_side
    end = _name_after(scan, end, sentence.end)
    return Voice(
        start,
        end,
        " ".join(scan.original(start, end).split()),
        side,
        weak=True,
        back=back,
        owned=owned,
        heard=heard(scan, found),
        abroad=abroad,
        counted=_counted(scan, found),
    )


def heard(scan: Scan, found: Found) -> bool:
    """Whether a word can only stand in the dative, the case of whoever is told something."""
    cases = {tag.split(".")[0] for tag in found.tags}
    if cases == {"dat", "loc"}:
        return scan.at(_opening(scan, found) - 1, "prep", "place_prep") is None
    return cases == {"dat"}


def _oblique(scan: Scan, found: Found, start: int) -> tuple[bool, bool]:
    """Whether the case of a word is none of a subject, and whether a preposition leads it too.

    Where something is said to be told "in" a body, that speaks: «у Кремлі відповіли».
    """
    cases = {tag.split(".")[0] for tag in found.tags if "." in tag}
    if not cases or "nom" in cases:
        placed = not cases and _set_in(scan, found, start)
        return placed, placed
    start = min(start, _opening(scan, found))
    inside = scan.at(start - 1, "place_prep") if start else None
    if inside is not None and inside.term.get("role") is None and cases & {"loc", "dat"}:
        return False, False
    if inside is not None and inside.term.get("role") == "from" and "gen" in cases:
        return True, False  # «з відомства відповідають»
    return True, start > 0 and scan.at(start - 1, "prep", "place_prep") is not None


def _set_in(scan: Scan, found: Found, start: int) -> bool:
    """Whether a body is only where something happened: "in the Donetsk People's Republic, the ministry reported"."""
    k = start - 1 - scan.definite(start - 1)
    lead = scan.at(k, "place_prep") if k >= 0 else None
    if lead is None or lead.end != k + 1 or lead.term.get("role") is not None:
        return False
    at = found.end + 1
    if at >= len(scan.tokens) or scan.tokens[found.end].text != ",":
        return False
    return scan.at(at + scan.definite(at), "role", "voice") is not None


def _counted(scan: Scan, found: Found) -> bool:
    """Whether a number counts a word in a case that is no subject's: "counted 11 dead *soldiers*"."""
    if not found.tags or any(tag.startswith("nom.") for tag in found.tags):
        return False
    before = range(found.start - 1, max(-1, found.start - 1 - _DESCRIBED), -1)
    return any(scan.tokens[k].kind == "n" or scan.at(k, "number", "vague_number") for k in before)


def _opening(scan: Scan, found: Found) -> int:
    """The first of the adjectives that stand before a word: «в харьковской областной прокуратуре»."""
    k = found.start
    while k > max(0, found.start - _DESCRIBED) and scan.tokens[k - 1].text.endswith(
        scan.adjectives or ("\0",)
    ):
        if scan.at(k - 1, "prep", "place_prep", "says") is not None:
            break
        k -= 1
    return k


def _of_state(scan: Scan, role: Found, nation: Found) -> bool:
    """Whether a role beside a nation's word speaks for the state: no group that is only based there."""
    placed = scan.at(nation.start - 1, "place_prep") is not None
    joined = any(scan.tokens[k].text[0] == "-" for k in range(nation.end, role.start)[:1])
    group = role.term.get("back") and role.term.get("kind") != "person"
    return not (placed or joined or group or role.term.get("placeless"))


def _belongs(scan: Scan, role: Found, nation: Found) -> bool:
    """Whether a nation behind a role tells whose it is: "the president of Ukraine"; not "the ministry blamed Kyiv"."""
    between = range(role.end, nation.start)
    if not between:
        return True
    if any(scan.at(k, "predicate", "aux", "number", "pronoun", "relative") for k in between):
        return False
    if not nation.term.get("metonym"):
        return True
    if nation.tags:
        return any(tag.startswith("gen.") for tag in nation.tags)
    return not scan.definites or scan.at(nation.start - 1, *_JOINS) is not None


def _indefinite(scan: Scan, found: Found, first: int) -> int | None:
    """Where the words behind an indefinite article begin that name somebody new: "a joint statement"."""
    for k in range(found.start - 1, max(first, found.start - _DESCRIBED) - 1, -1):
        if scan.at(k, "article"):
            return k + 1
        if scan.tokens[k].kind != "w" or scan.definite(k) or scan.at(k, "voice", "nation", "role"):
            break
    return None


def _qualified(scan: Scan, role: Found, first: int) -> bool:
    """Whether an adjective tells which body a role means, in a language whose adjectives show one: «служба скорой помощи»."""
    before, behind = role.start - 1, role.end
    if any(f.end == role.start for f in scan.within("according", before - 2, role.start)):
        before = first - 1  # "by data of the institute"
    return bool(scan.adjectives) and any(
        first <= k < len(scan.tokens)
        and scan.tokens[k].kind == "w"
        and scan.tokens[k].text.endswith(scan.adjectives)
        and not scan.at(k, "says", "pronoun", "prep", "place_prep", "conj", "adverb", "predicate")
        for k in (before, behind)
    )


def _side_of_seat(scan: Scan, role: Found, mentions: Sequence[Mention]) -> str | None:
    """The side of the place that a role's own words name: "prosecutors in Belgorod", "the Kharkiv mayor"."""
    for m in mentions:
        between = range(role.end, m.start)
        behind = m.start >= role.end and all(scan.at(k, *_JOINS) for k in between[:_SEAT])
        near = behind and len(between) <= _SEAT
        if (near or m.end == role.start) and m.record.kind != "country":
            return SIDE_OF_COUNTRY.get(m.record.country, "INT")
    return None


def _side_by_adjective(scan: Scan, role: Found, places: Places) -> str | None:
    """The side of the town whose adjective stands beside a role or before the next one: «харьковской полиции»."""
    beside = [*range(role.start - 1, min(_opening(scan, role), role.start - 1) - 1, -1)]
    if scan.at(role.end + 1, "role"):
        beside.append(role.end)
    for k in beside:
        if k < 0 or scan.tokens[k].capital or scan.tokens[k].kind != "w":
            continue
        if country := places.country_of(scan.tokens[k].text):
            return SIDE_OF_COUNTRY.get(country, "INT")
    return None


def _side_of_scene(scan: Scan, sentence: Sentence, places: Places) -> str | None:
    """The side of the country that opens a sentence as its scene: "In Iran, at least 224 died, the ministry said"."""
    mentions = places.by_sentence.get(sentence.index, ())
    for at in range(sentence.start, sentence.start + _SCENE):
        lead = scan.at(at, "place_prep")
        nation = scan.at(lead.end + scan.definite(lead.end), "nation") if lead else None
        near = nation and any(0 <= m.start - nation.end <= _SCENE for m in mentions)
        if nation and (near or scan.at(nation.end, "their_side")):
            return _side(nation)  # "In Indian-administered Kashmir, police said"
    for m in mentions:
        if m.start - sentence.start <= _SCENE and m.record.kind == "country" and m.role == "in":
            return SIDE_OF_COUNTRY.get(m.record.country, "INT")
    return None


def _side_of_that_land(scan: Scan, role: Found, places: Places) -> str | None:
    """The side of the country named last, where an office is told to be the country's: «МОЗ країни уточнило»."""
    if scan.at(role.end, "land_word") is None:
        return None
    before = [m for m in places.mentions if m.end <= role.start and m.record.kind == "country"]
    return SIDE_OF_COUNTRY.get(before[-1].record.country, "INT") if before else None


def _side_of_land(sentence: Sentence, places: Places) -> str | None:
    """The side of the country in which the sentence before is set, where its central bodies speak without a name."""
    for m in places.by_sentence.get(sentence.index - 1, ()):
        if m.record.kind == "country" and m.role == "in":
            return SIDE_OF_COUNTRY.get(m.record.country, "INT")
    return None


def _side_of_places(scan: Scan, sentence: Sentence, places: Places, back: int) -> str | None:
    for index in range(sentence.index, max(-1, sentence.index - back), -1):
        named = [m for m in places.by_sentence.get(index, ()) if m.record.kind not in NO_TOWNS]
        if rows := [m for m in named if _spoken_from(scan, m)]:
            return SIDE_OF_COUNTRY.get(rows[0].record.country, "INT")
    return None


def _spoken_from(scan: Scan, mention: Mention) -> bool:
    """Whether people may speak at a place: it heads a report ("From Moscow: …") or what is told happened there."""
    if mention.end < len(scan.tokens) and scan.tokens[mention.end].text == ":":
        return True
    return mention.role in _GROUND and not _stands_for_power(scan, mention)


def _stands_for_power(scan: Scan, mention: Mention) -> bool:
    """Whether a capital's name, with no preposition before it, stands for a government."""
    nation = scan.at(mention.start, "nation")
    return mention.role == "bare" and nation is not None and bool(nation.term.get("metonym"))


def _name_after(scan: Scan, end: int, last: int) -> int:
    """Takes in the capitalised words of a name that follow a role."""
    while end < last and end < len(scan.tokens):
        token = scan.tokens[end]
        if (
            token.kind == "w"
            and token.capital
            and not scan.at(end, "predicate", "says", "month", "weekday")
        ):
            end += 1
            continue
        break
    return end


def nation_behind(scan: Scan, at: int) -> Voice | None:
    """A state as the source right behind "according to", with nothing of its own behind it: "by US estimates"."""
    nation = scan.at(at, "nation")
    if nation is None or nation.end >= len(scan.tokens):
        return None
    closed = scan.tokens[nation.end].kind in "pl"
    if not closed or (nation.tags and not scan.tokens[at].capital):
        return None
    return state_of(nation)


def state_doing(scan: Scan, at: int) -> Voice | None:
    """A state that is the subject of a verb, adverbs or its object between: "Poland has refused", «Пакистан це заперечує»."""
    while at > 0 and scan.at(at - 1, "adverb", "aux", "negation"):
        at -= 1
    if (
        at > 1
        and scan.adjectives
        and (this := scan.at(at - 1, "pronoun"))
        and not this.term.get("own")
    ):
        at -= 1 if scan.at(at - 2, "nation") else 0
    return state_before(scan, at)


def state_before(scan: Scan, at: int) -> Voice | None:
    """A state right before a verb of saying that it is the subject of: "Pakistan said"."""
    nation = scan.at(at - 1, "nation") if at else None
    if nation is None or nation.end != at:
        return None
    people = "nom.pl" in nation.tags and scan.at(at - 1, "person") is not None  # «росіяни кажуть»
    if not (people or scan.tokens[at - 1].capital):
        return None
    if nation.tags and "nom.sg" not in nation.tags and not people:
        return None
    if _side(nation) == _ABOVE and scan.at(at - 2, "place_prep"):
        return None  # "a group with its seat in the US said"
    return state_of(nation)


def state_of(nation: Found) -> Voice:
    """The voice of the state that a nation's word names."""
    name, side, abroad = nation.term.get("name"), _side(nation), _abroad(nation)
    return Voice(nation.start, nation.end, name, side, weak=True, nation=True, abroad=abroad)
