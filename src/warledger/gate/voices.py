"""The proof of who said it: the speaker's words in the report or its publisher, and the side.

Enters: a scene, the publisher's words. Leaves: None, or the fault. Does not belong here: whose passage the
evidence stands in (`passage`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from warledger.gate.credits import others_hold, others_speak, speaks_here
from warledger.gate.mentions import joined_to_name, launched_from, names_body
from warledger.gate.page import Page, once_a_page
from warledger.gate.passage import last_of_kind
from warledger.gate.places import Atlas
from warledger.gate.scene import Fault, Scene
from warledger.gate.words import Hit

War = tuple[frozenset[str | None], frozenset[str | None]]
NO_WAR: War = (frozenset(), frozenset())
PARTIES = frozenset({"UA", "RU", "IL", "IR", "IN", "PK", "YE", "PS", "LB", "SY", "AM", "AZ", "SD"})
_NAMED = ("voice", "nation")


_BESIDE = (5, 4)  # tokens before and behind a role in which a nation's word tells its side
_ASSAULTS = frozenset({"launch", "attack", "hit", "target", "damage", "destroy"})
_DEED = 4  # tokens behind a state's name in which the verb of its deed stands
_ABOVE = "INT"  # the side of bodies that speak of both parties
_APPOSED = 9  # tokens between a name and the office that tells who bears it
_ADJECTIVES = 2  # adjectives before an office of which the first may be of a town
_SEAT = 2  # tokens between an office and the place that it is of
_JOINTS = ("partitive", "prep", "place_prep", "article", "region_noun")
_SCENE = 2  # tokens before the country that opens a sentence
_CLOSE = 3  # tokens between a place and the role right behind it: "in Moscow, the ministry"
_LOCAL = 2  # the same of the place that a mayor or governor is of
_BACK = 6  # sentences back in which a place tells the side of a role


def speaker_fault(scene: Scene, publisher: Page, atlas: Atlas) -> Fault | None:
    """What is wrong with the claim's speaker, or None where the report or its publisher names it."""
    reason = _unproved(scene, publisher, atlas)
    return None if reason is None else Fault("speaker", reason)


def _unproved(scene: Scene, publisher: Page, atlas: Atlas) -> str | None:
    page, speaker = scene.page, scene.claim.speaker
    if speaker.via is not None and not _named(page, publisher, speaker.via):
        return f"{speaker.via!r} stands neither in the report nor as its publisher"
    if speaker.name is None:
        return None if speaker.side is None else f"a side, {speaker.side}, without a speaker"
    sides = _sides_of_name(page, publisher, speaker.name, _war(page, atlas))
    if sides:
        if speaker.side not in sides:
            return f"{speaker.name} does not speak for {speaker.side}"
    elif not _named(page, publisher, speaker.name):
        return f"{speaker.name!r} stands neither in the report nor as its publisher"
    elif speaker.side is not None and speaker.side not in _sides_of_role(scene, publisher, atlas):
        return f"nothing beside {speaker.name!r} speaks for {speaker.side}"
    spans = name_spans(page, speaker.name)
    if others_hold(scene, spans):
        return f"the words of the position name who holds it, not {speaker.name}"
    if publisher.names(speaker.name) or publisher.registered(speaker.name):
        if not others_speak(scene, spans):
            return None
    elif speaks_here(scene, spans, on_own_page=_is_body(publisher)):
        return None
    return f"{speaker.name!r} is not who is credited where the evidence stands"


def _is_body(publisher: Page) -> bool:
    """Whether the page is a body's own and no outlet's."""
    voices = publisher.hits.get("voice", ())
    if publisher.hits.get("press") or any(h.sense.term.get("sort") == "outlet" for h in voices):
        return False
    return bool(voices or publisher.hits.get("role"))


def _is_own_outlet(publisher: Page, name: str) -> bool:
    """Whether a speaker is the outlet whose page it is, which has no side there."""
    hits = [h for h in publisher.hits.get("voice", ()) if h.sense.term.get("sort") == "outlet"]
    return any(h.sense.term.get("name") == name or _words(publisher, h) == name for h in hits)


def _words(page: Page, hit: Hit) -> str:
    return " ".join(page.text[page.starts[hit.first] : page.ends[hit.last]].split())


@once_a_page
def name_spans(page: Page, name: str) -> list[tuple[int, int]]:
    """The tokens at which a speaker's name stands: as it is registered, or word for word."""
    found = [(h.first, h.last) for h in page.registered(name) if not _describes(page, h)]
    spots = page.spots(name)
    exact = [at for at in spots if page.text.startswith(name, at)]
    for at in exact or spots:
        first, past = page.tokens(at, at + len(name))
        found.append((first, max(first, past - 1)))
    return sorted({*found, *_by_surname(page, name)})


def _by_surname(page: Page, name: str) -> list[tuple[int, int]]:
    """The tokens at which a person whom the page names in full, as registered, stands by the last word alone."""
    full = [
        h
        for h in page.registered(name)
        if h.last > h.first and h.sense.term.get("sort") == "person"
    ]
    words = {page.text[page.starts[h.last] : page.ends[h.last]] for h in full}
    found = ((at, word) for word in words for at in page.spots(word))
    spans = {page.tokens(at, at + len(word)) for at, word in found if page.text[at].isupper()}
    return [(first, first) for first, past in spans if past == first + 1]


def _describes(page: Page, hit: Hit) -> bool:
    """Whether a country's word only tells whose the body behind it is: "the Ukrainian General Staff"."""
    return hit.sense.term.type == "nation" and any(
        h.last > hit.last
        for kind in ("voice", "role")
        for h in page.among(kind, hit.first, hit.last + 2)
    )


class _Role(NamedTuple):
    """What the words for offices in a speaker's name tell together."""

    told: bool
    sides: set[str | None]
    placeless: bool  # "sources" are of no place
    group: bool
    of_place: bool
    central: bool
    local: bool


@once_a_page
def _role_of(page: Page, name: str) -> _Role:
    roles = [h for h in page.hits.get("role", ()) if _holds(page, h, name)]
    back = [h for h in roles if h.sense.term.get("back")]
    placeless, of_place, central, local = (
        any(h.sense.term.get(mark) for h in roles)
        for mark in ("placeless", "of_place", "central", "local")
    )
    return _Role(
        told=bool(roles),
        sides={side_of(h) for h in roles if side_of(h)},
        placeless=placeless,
        group=any(h.sense.term.get("kind") != "person" for h in back),
        of_place=of_place,
        central=central,
        local=local,
    )


def _sides_of_role(scene: Scene, publisher: Page, atlas: Atlas) -> set[str | None]:
    """The sides that a role can speak for: a nation's word beside it, else the place before it, else the report's."""
    page, name = scene.page, str(scene.claim.speaker.name)
    role = _role_of(page, name)
    if not (role.told or publisher.names(name) or _titled(page, name)):
        return set()  # a witness speaks for nobody
    host = {
        side_of(h) for h in publisher.hits.get("voice", ()) if h.sense.term.get("sort") != "outlet"
    }
    host -= {None, _ABOVE}
    anywhere = role.placeless
    war = NO_WAR if anywhere or role.group else _war(page, atlas)
    found: set[str | None] = set()
    for first, last in _nearest(scene, name_spans(page, name)):
        sides = _beside(page, first, last, war) or _of_that_land(page, first, last, war)
        sides = sides or role.sides
        if not anywhere:
            sides = sides or _seated(page, atlas, first, last)
            sides = sides or _told_of(page, name, scene.first) or _owner(page, atlas, first)
        if role.of_place:
            sides = sides or _placed(page, atlas, first, _LOCAL)
        sides = sides or host
        if not anywhere:
            paper = _paper(publisher, atlas)
            if role.central:
                sides = sides or _party_of_outlet(publisher) or paper
            sides = sides or _scened(page, atlas, first) or _placed(page, atlas, first, 1)
            sides = sides or (set() if role.local else paper)
            sides = sides or _passage_of(page, first) or _placed(page, atlas, first, _BACK)
        found |= sides
    if not found and publisher.names(name):
        words = [h for kind in ("nation", "role") for h in publisher.hits.get(kind, ())]
        words = [h for h in words if not publisher.among("place_prep", h.first - 1, h.first)]
        found |= {side_of(h) for h in words if side_of(h)}
        lands = _parties(atlas.countries_of(publisher.text))
        found = found or lands & _leading(page, atlas) or lands  # Donetsk lies in two countries
        found = found or _at_the_head(page)
    return found or (
        set() if anywhere else _alone(_leading(page, atlas)) or _alone(_of_bodies(page))
    )


def _of_that_land(page: Page, first: int, last: int, war: War) -> set[str | None]:
    """The side of the state named last, where an office is told to be the country's: «МОЗ країни уточнило»."""
    if not page.among("land_word", last + 1, last + 2):
        return set()
    before = [h for h in page.hits.get("nation", ()) if h.last < first]
    return {side_of(before[-1], war)} - {None} if before else set()


def _alone(sides: set[str | None]) -> set[str | None]:
    """The side that leads a report; none where several lead it alike, for nothing tells whose a bare office is."""
    return sides if len(sides) == 1 else set()


def _at_the_head(page: Page) -> set[str | None]:
    """The side of the body whose name, or office, opens the page, where nothing is told in that first sentence."""
    told = [h for kind in ("predicate", "says") for h in page.hits.get(kind, ())]
    if not page.sentence or any(page.sentence[h.first] == page.sentence[0] for h in told):
        return set()
    past = {h.last + 1 for h in page.hits.get("role", ()) if h.first == 0}
    heads = [h for h in page.hits.get("voice", ()) if h.first in {0, *past}]
    return {side_of(h) for h in heads if h.sense.term.get("sort") == "body"} - {None, _ABOVE}


def _of_bodies(page: Page) -> set[str | None]:
    """The side of the party whose bodies the page names most."""
    bodies = [h for h in page.hits.get("voice", ()) if h.sense.term.get("sort") == "body"]
    counts = Counter(side_of(h) for h in bodies if side_of(h) not in (None, _ABOVE))
    most = max(counts.values(), default=0)
    return {side for side, n in counts.items() if n == most}


@once_a_page
def _titled(page: Page, name: str) -> bool:
    """Whether an office stands beside a person's name or surname anywhere on the page; a noun in lower case is no name."""
    surname = name.rsplit(maxsplit=1)[-1]
    if surname.islower():
        return False
    for first, last in name_spans(page, name) + name_spans(page, surname):
        sentence = page.sentence[first]
        near = page.among("role", max(0, first - _APPOSED), last + 1 + _APPOSED)
        near = [h for h in near if not page.among("place_prep", h.first - 1, h.first)]
        if any(page.sentence[h.first] == sentence for h in near):
            return True  # no "in court", which is where somebody is
    return False


def _paper(publisher: Page, atlas: Atlas) -> set[str | None]:
    """The party whose press a publisher is, where it is one's and the report names a town of it."""
    told = {side_of(h) for h in publisher.hits.get("nation", ())} - {None, _ABOVE}
    told = told or (_parties(atlas.countries_of(publisher.text)) - {_ABOVE})
    return told if len(told) == 1 and told <= _told_places(atlas) else set()


def _party_of_outlet(publisher: Page) -> set[str | None]:
    """The party whose outlet a publisher is known to be: its press calls its own ministry just that."""
    outlets = [h for h in publisher.hits.get("voice", ()) if h.sense.term.get("sort") == "outlet"]
    sides = {side_of(h) for h in outlets}
    return sides - {None, _ABOVE} if len(sides) == 1 else set()


def _told_places(atlas: Atlas) -> set[str | None]:
    """The sides of the towns and regions that the report names by names of one country alone."""
    lands = (atlas.lands(m[2]) for m in atlas.mentions)
    return _parties(c for countries in lands if len(countries) == 1 for c in countries)


def _seated(page: Page, atlas: Atlas, first: int, last: int) -> set[str | None]:
    """The side of the town or region that an office's own words name: "prosecutors in Belgorod", "the Kharkiv mayor"."""
    past = last + 1
    while past <= last + _SEAT and any(page.among(kind, past, past + 1) for kind in _JOINTS):
        past += 1
    low, high = max(0, first - _SEAT), min(len(page.keys) - 1, past)
    for start, end, numbers in atlas.within(page.starts[low], page.ends[high]):
        a, b = page.tokens(start, end)
        if page.sentence[a] != page.sentence[first]:
            continue
        if a > first and joined_to_name(page, atlas, a, b):
            continue  # a first name: "the minister Artyom …"
        if (first < a <= past or b == first) and not any(
            page.breaks[min(b, past) : max(a, first) + 1]
        ):
            return _parties(atlas.lands(numbers))
    for noun in page.among("region_noun", last + 1, last + 2):  # "the governor of the city"
        return _parties(atlas.lands(last_of_kind(page, atlas, noun, first)))
    return _by_adjective(page, atlas, first - 1) or _by_adjective(page, atlas, last + 1)


def _owner(page: Page, atlas: Atlas, at: int) -> set[str | None]:
    """Whose an office is behind a word such as "its": the country that opens the sentence before, or who was named last."""
    index = page.sentence[at] - 1
    if index < 0 or not page.among("pronoun", at - 1, at):
        return set()
    first, war = page.first_of[index], _war(page, atlas)
    opening = {side_of(h, war) for h in page.among("nation", first, first + 1)} - {None}
    named = page.among("voice", page.first_of[max(0, index - 1)], at)
    named = [h for h in named if h.sense.term.get("sort") != "outlet"]
    named = [h for h in named if not _sets_scene(page, atlas, h.last + 1, at)]
    states = page.among("nation", page.first_of[index + 1], at)
    named = sorted([*named, *states], key=lambda h: h.first)
    return opening or {side_of(h, war) for h in named[-1:]} - {None}


def _sets_scene(page: Page, atlas: Atlas, first: int, past: int) -> bool:
    """Whether a paragraph that begins among the tokens opens with a place: what follows is of somebody else there."""
    opened = {page.sentence[at] for at in range(first, past)} - {page.sentence[first - 1]}
    heads = [s for s in opened if page.paragraph[s] != page.paragraph[s - 1]]
    return any(
        page.among("place_prep", at, at + 1)
        and atlas.within(page.starts[at], page.ends[min(at + _SCENE, len(page.ends) - 1)])
        for at in (page.first_of[s] for s in heads)
    )


def _by_adjective(page: Page, atlas: Atlas, at: int) -> set[str | None]:
    """The side of the town whose adjective stands before an office: «харьковской полиции»."""
    if not 0 <= at < len(page.keys) - 1 or not page.among("role", at + 1, at + 2):
        return set()
    for k in range(at, max(-1, at - _ADJECTIVES), -1):  # «курской областной полиции»
        word = page.text[page.starts[k] : page.ends[k]]
        countries = atlas.lands(atlas.meanings(word)) if word[0].islower() else frozenset()
        if len(countries) == 1:
            return _parties(countries)
        if page.breaks[k] or not page.keys[k].endswith(page.words.adjectives or ("\0",)):
            break
    return set()


def _told_of(page: Page, name: str, before: int) -> set[str | None]:
    """The side of a role where the same words stood before beside a nation's: "Russia's Ministry … the ministry"."""
    rows = _told_sides(page, name)
    low = bisect_left(rows, before, key=lambda row: row[0])
    return rows[low - 1][1] if low else set()


@once_a_page
def _told_sides(page: Page, name: str) -> list[tuple[int, set[str | None]]]:
    """Where the words of a role stand beside a nation's, and the sides that it tells."""
    found = []
    for at in page.spots(name):
        first, past = page.tokens(at, at + len(name))
        hits = page.among("nation", max(0, first - _BESIDE[1]), first)
        hits += [h for h in page.among("nation", past, past + _BESIDE[1]) if _owning(page, h)]
        sides = {side_of(h) for h in hits if side_of(h) and not _parted(page, h, first, past - 1)}
        if sides:
            found.append((first, sides))
    return found


def _owning(page: Page, hit: Hit) -> bool:
    """Whether a country's word behind an office tells whose it is: "the ministry of Lebanon"."""
    if hit.sense.tags:
        return any(tag.startswith("gen.") for tag in hit.sense.tags)
    return any(page.among(kind, hit.first - 1, hit.first) for kind in _JOINTS)


def _scened(page: Page, atlas: Atlas, at: int) -> set[str | None]:
    """The side of the country that opens a sentence as its scene: "In Iran, at least 224 died, the ministry said"."""
    first, past = page.span(page.sentence[at])
    for hit in page.among("place_prep", first, first + _SCENE):
        at = hit.last + 1
        at += page.keys[at : at + 1] in [[d] for d in page.words.settings.get("definites", ())]
        for nation in page.among("nation", at, at + 1):
            behind = min(nation.last + 1 + _SCENE, past - 1)
            theirs = page.among("their_side", nation.last + 1, nation.last + 2)
            if theirs or atlas.within(page.ends[nation.last], page.ends[behind]):
                return {side_of(nation)}  # "In Indian-administered Kashmir, police said"
    opening = min(first + _SCENE, past - 1)
    for start, end, numbers in atlas.within(page.starts[first], page.ends[opening]):
        head = page.tokens(start, end)[0]
        if page.among("place_prep", head - 1, head):
            return _parties(atlas.states(numbers))
    return set()


def _nearest(scene: Scene, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The mentions in the evidence's sentence, else the last before it, else the first behind it."""
    low, high = (bisect_left(spans, (at,)) for at in scene.around)
    return spans[low:high] or spans[max(0, low - 1) : low] or spans[:1]


def _beside(page: Page, first: int, last: int, war: War) -> set[str | None]:
    low, high = max(0, first - _BESIDE[0]), last + 1 + _BESIDE[1]
    hits = [
        h
        for h in page.among("nation", low, high)
        if side_of(h) and not _parted(page, h, first, last)
        if h.first <= last or not h.sense.term.get("metonym") or _owning(page, h)
    ]
    before = [h for h in hits if h.first <= last]
    rows = before or hits
    return {side_of(h, NO_WAR if _is_seat(page, h) else war) for h in rows}


def _is_seat(page: Page, hit: Hit) -> bool:
    """Whether a country's word tells where somebody is based: "US-based", "with its seat in the US"."""
    joined = hit.last + 1 < len(page.keys) and page.keys[hit.last + 1][0] == "-"
    return joined or bool(page.among("place_prep", hit.first - 1, hit.first))


def _parted(page: Page, hit: Hit, first: int, last: int) -> bool:
    """Whether a mark or a verb of saying stands between a word and a role."""
    low, high = (hit.last + 1, first + 1) if hit.last < first else (last + 1, hit.first + 1)
    if page.sentence[hit.first] != page.sentence[first]:
        return True
    kinds = ("says",) if hit.last < first else ("says", "predicate", "aux")
    return any(page.breaks[low:high]) or any(page.among(kind, low, high - 1) for kind in kinds)


def _passage_of(page: Page, at: int) -> set[str | None]:
    """The party whose government opened the sentences before an office's in its paragraph, where it is one alone."""
    found = _opened_before(page)[page.sentence[at]]
    return found if len(found) == 1 else set()


@once_a_page
def _opened_before(page: Page) -> list[set[str | None]]:
    """For each sentence the parties whose governments opened those before it in its paragraph."""
    found: list[set[str | None]] = []
    opened: set[str | None] = set()
    for index, first in enumerate(page.first_of):
        goes_on = index and page.paragraph[index] == page.paragraph[index - 1]
        found.append(found[-1] | opened if goes_on else set())
        hits = page.among("nation", first, first + 1)
        opened = {side_of(h) for h in hits if h.sense.term.get("metonym") and not _assails(page, h)}
    return found


def _assails(page: Page, hit: Hit) -> bool:
    """Whether a state is told to have attacked, whose own bodies need not be those that tell of it."""
    behind = page.among("predicate", hit.last + 1, hit.last + _DEED)
    return any(h.sense.term.get("frame") in _ASSAULTS for h in behind)


def _placed(page: Page, atlas: Atlas, at: int, back: int) -> set[str | None]:
    """The side of most towns and regions of the nearest sentence that names any, `back` sentences from a role's."""
    here, owned = page.sentence[at], page.among("pronoun", at - 1, at)  # "its air force"
    for index in range(here, max(-1, here - back), -1):
        first, past = page.span(index)
        rows = atlas.within(page.starts[first], page.ends[past - 1]) if past > first else []
        named = [(*page.tokens(a, b), numbers) for a, b, numbers in rows]
        if not owned:
            named = [r for r in named if not _power(page, r[0])]
        named = [r for r in named if r[0] - first <= _CLOSE or not launched_from(page, r[0])]
        named = [r for r in named if not joined_to_name(page, atlas, r[0], r[1])]
        named = [r for r in named if not page.among("weapon", r[0], r[1])]
        opens = [r for r in named if r[0] - first <= _CLOSE]
        close = [r for r in opens if 0 <= at - r[1] <= _CLOSE]
        if sides := _most(c for _, _, numbers in close or named for c in atlas.lands(numbers)):
            return sides if close else (sides & _leading(page, atlas)) or sides
    return set()


def _power(page: Page, at: int) -> bool:
    """Whether a capital's name with no preposition before it stands for a government: "Kyiv has not commented"."""
    named = [h for h in page.among("nation", at, at + 1) if h.sense.term.get("metonym")]
    return bool(named) and not page.among("place_prep", at - 1, at)


def _parties(countries: Iterable[str]) -> set[str | None]:
    """A country's own code for a party to a war, INT for another."""
    return {c if c in PARTIES else "INT" for c in countries if c}


@once_a_page
def _war(page: Page, atlas: Atlas) -> War:
    """Of which parties the report tells: those that it tells of most, and all whose country or towns it names."""
    return frozenset(_leading(page, atlas)), frozenset(_parties(atlas.told()))


@once_a_page
def _leading(page: Page, atlas: Atlas) -> set[str | None]:
    """The side of the country whose towns and regions the report names most, by names of one country where it can."""
    named = [(*page.tokens(start, end), numbers) for start, end, numbers in atlas.scenes]
    told = {country for _, _, numbers in named for country in atlas.lands(numbers)}
    if len(told) <= 1:
        return _parties(told)
    plain = [r for r in named if not (launched_from(page, r[0]) or names_body(page, r[0], r[1]))]
    plain = [r for r in plain if not joined_to_name(page, atlas, r[0], r[1])]
    most = _most_named(atlas, plain) or _most_named(atlas, named)
    if len(most) > 1:  # capitals that stand for governments count for less than towns
        most = _most_named(atlas, [r for r in plain if not _power(page, r[0])]) or most
    return most


def _most_named(atlas: Atlas, rows: list[tuple[int, int, frozenset[int]]]) -> set[str | None]:
    lands = [atlas.lands(numbers) for _, _, numbers in rows]
    alone = [countries for countries in lands if len(countries) == 1]
    return _most(c for countries in alone or lands for c in countries)


def _most(countries: Iterable[str]) -> set[str | None]:
    """The sides of the country counted most; of several where none leads."""
    counts = Counter(countries)
    most = max(counts.values(), default=0)
    return _parties(c for c, n in counts.items() if n == most)


def _holds(page: Page, hit: Hit, name: str) -> bool:
    return " ".join(page.text[page.starts[hit.first] : page.ends[hit.last]].split()) in name


@once_a_page
def _sides_of_name(page: Page, publisher: Page, name: str, war: War) -> set[str | None]:
    """The sides of the registered voice or nation that a speaker is, or that their own words are or hold."""
    if _is_own_outlet(publisher, name):
        return {None}
    pages = (page, publisher)
    found = {side_of(h, war) for p in pages for h in p.registered(name)}
    if found:
        return found
    # Those of words behind a preposition: "the agency's statement on Ukraine".
    led: set[str | None] = set()
    for p in (page, publisher):
        for first, last in name_spans(p, name):
            for kind in _NAMED:
                for h in p.among(kind, first, last + 1):
                    if h.last <= last and not _namesake(p, h, first):
                        behind = p.among("place_prep", h.first - 1, h.first)
                        side = side_of(h, NO_WAR if _is_seat(p, h) else war)
                        (led if behind and h.first > first else found).add(side)
    return found or led


def _namesake(page: Page, hit: Hit, first: int) -> bool:
    """Whether a surname alone stands behind the first name of somebody else, who only bears it too."""
    if hit.first != hit.last or hit.first <= first or hit.sense.term.get("sort") != "person":
        return False
    before = hit.first - 1
    known = any(
        h.first <= before <= h.last for k in page.hits for h in page.among(k, before, hit.first)
    )
    return not known and page.text[page.starts[before]].isupper() and page.gaps[hit.first] == " "


def side_of(hit: Hit, war: War = NO_WAR) -> str | None:
    """The side that a registered voice or nation speaks for; a third state's own in a war that it fights."""
    fights = set(hit.sense.term.get("fights") or ())
    leading, named = war
    if fights & named and leading <= fights | {_ABOVE}:
        return str(hit.sense.term.get("own"))
    side = hit.sense.term.get("side")
    return None if side in (None, "none") else str(side)


def _named(page: Page, publisher: Page, name: str) -> bool:
    """Whether the words of a name stand in the report, or its publisher bears it."""
    if page.names(name) or publisher.names(name):
        return True
    return bool(page.registered(name) or publisher.registered(name))
