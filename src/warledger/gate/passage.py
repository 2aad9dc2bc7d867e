"""Which place governs the passage of a claim.

Enters: a scene, a place. Leaves: whether the passage is set there. Does not belong here: that the name is one
(`places`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from warledger.gate.figures import window
from warledger.gate.mentions import (
    behind_preposition,
    is_common,
    launched_from,
    means_people,
    names_body,
    names_district,
    own_spots,
    quoted,
    told_in,
)
from warledger.gate.page import Page, begin_among, once_a_page
from warledger.gate.places import Atlas, Mention
from warledger.gate.scene import Scene, Spot
from warledger.gate.words import Hit
from warledger.model import Place

_REACH = 40  # sentences back in which the last place of a kind may stand
_BREAKDOWN = 12  # sentences behind a total in which its parts are told
_PARTED = 6  # tokens that a mark or a number between a place and the evidence counts for
_HOLD = 40  # tokens within which another place of the sentence holds the evidence
_EQUAL = 3  # how much farther a place may stand than another one
_BEHIND = 2  # tokens between "in" and a place's name
_AREAS = frozenset({"oblast", "country"})
_LEADING = 4  # words of the longest noun for towns: "settlements of"
_APPOSED = 5  # tokens from a town to the region behind a comma that holds it
_NOUN_BACK = 4  # sentences back in which a noun may stand for the place
_DISTANCE = 6  # tokens between a place, the distance to it and the place that it is measured from
_LONGEST = 12  # tokens of the longest name of a place
_LEAD = 2  # sentences that tell where the whole report is set
# What a noun for a kind of place can mean; any other noun means a town.
_KIND = {"oblast": "oblast", "raion": "raion", "hromada": "hromada", "sea": "water"}
_LEAVING = frozenset({"evacuated", "place_control"})  # kinds that happen where people come from


def placed_here(scene: Scene, atlas: Atlas, place: Place) -> bool:
    """Whether the passage of the evidence is set at a place: no other one has a better hold on it.

    The nearest place of the evidence's sentence has it, else one of its list's head, else the one named last before,
    else one of the headline or of the report's first sentences where no other is named in between. A region and
    a place in it hold a passage together.
    """
    page = scene.page
    at = own_spots(page, atlas, place)
    if len(scene.claim.places) > 1 and begin_among(at, *_breakdown(scene)):
        return True  # a total has the places of the breakdown behind it
    if _referred(scene, atlas, place) or _of_land(scene, atlas, place, at):
        return True
    for around in scene.told():
        nouns = {h.sense.term.get("kind") for h in _referring(page, atlas, around)}
        if "oblast" in nouns and atlas.region_of(page, around, place):
            return True
    if _set_elsewhere(scene, atlas, place, at):
        return False
    for index, (first, past) in enumerate(_passages(scene, atlas, at)):
        own = [Spot(a, b - 1) for a, b in begin_among(at, first, past)]
        rivals = _rivals(scene, atlas, first, past)
        if own:
            rivals = [row for row in rivals if not _holds_town(scene, atlas, own, row)]
            behind = index and rivals and _is_behind(page, first, scene.sentence)
            if behind and not _leads(scene, atlas, place, at):
                return False  # of a list told in another paragraph none leads
            if index and any(_sets_scene(page, spot) for spot in own):
                rivals = [row for row in rivals if _sets_scene(page, row[0])]
            return _holds(scene, own, _unlisted(page, own, [spot for spot, _ in rivals]))
        far = [_far(scene, spot) for spot, _ in rivals]
        if rivals and (index or min(far) <= _HOLD or any(_opens(page, s) for s, _ in rivals)):
            leads = index > 0 and not _moves_on(scene, rivals)
            return leads and _leads(scene, atlas, place, at)
    return _leads(scene, atlas, place, at)


def _breakdown(scene: Scene) -> tuple[int, int]:
    """The tokens behind the evidence's sentences in which the parts of a total are told."""
    page = scene.page
    last = page.sentence[scene.past - 1]
    return page.span(last)[1], page.span(min(last + _BREAKDOWN, len(page.first_of) - 1))[1]


def sums_up(scene: Scene, publisher: Page, atlas: Atlas, place: Place) -> bool:
    """Whether the evidence's sentence opens with a span of time, names no place, and whoever publishes is of the place."""
    page, (first, past) = scene.page, scene.around
    if not page.among("period_word", first, first + _BEHIND) or _rivals(scene, atlas, first, past):
        return False
    seats = [str(h.sense.term.get("seat") or "") for h in publisher.hits.get("voice", ())]
    return any(
        atlas.is_of(n, place) for text in (publisher.text, *seats) for n in atlas.meanings(text)
    )


def _of_land(scene: Scene, atlas: Atlas, place: Place, at: Sequence[tuple[int, int]]) -> bool:
    """Whether the evidence's sentence tells of "the country", which is one that was named before."""
    page = scene.page
    if not page.among("land_word", *scene.around):
        return False
    named = "country" in atlas.kinds(atlas.meanings(place.text))
    since = page.first_of[max(0, scene.sentence - _REACH)]
    return named and bool(begin_among(at, since, scene.first))


def _set_elsewhere(scene: Scene, atlas: Atlas, place: Place, at: Sequence[tuple[int, int]]) -> bool:
    """Whether the evidence's sentence or its list's head says where it is by other words than the place's name.

    A noun such as "the region" or "the capital" means no single town of the region, and a country or a sea behind
    "in" or "over" no town outside of it.
    """
    page, (first, past) = scene.page, scene.around
    head = page.head[scene.sentence]
    since = page.first_of[head] if head >= 0 else first
    meant = atlas.meant(place)
    if not meant or begin_among(at, since, past):
        return False
    here = _referring(page, atlas, scene.around)
    nouns = [*here, *_referring(page, atlas, scene.before(head))] if head >= 0 else here
    if any(h.sense.term.get("capital") for h in nouns):
        return not any(_governs(page, a, b) for a, b in at)
    told = {str(h.sense.term.get("kind")) for h in nouns if _stands_alone(page, h)}
    kinds = atlas.kinds(frozenset(meant))
    if "oblast" in told and "town" in kinds and not told & {"town", "city"}:
        return True
    if told & {"city", "village"} and "town" not in kinds:
        return True
    if "town" in kinds and (_in_land(scene) or _in_area(scene, atlas, place)):
        return True
    return any(
        told_in(page, page.tokens(start, end)[0])
        and not atlas.share_land(numbers, meant)
        and not names_body(page, *page.tokens(start, end))
        for start, end, numbers in atlas.within(page.starts[first], page.ends[past - 1])
        if not atlas.is_ground(numbers) and not atlas.kin(numbers, [place])
    )


def _in_land(scene: Scene) -> bool:
    """Whether the clause of the evidence tells of the whole country: "in the country 610 people died"."""
    page = scene.page
    for hit in page.among("land_word", scene.around[0], scene.first):
        inside = page.among("place_prep", hit.first - _BEHIND, hit.first)
        if inside and not any(page.breaks[hit.last + 1 : scene.first + 1]):
            return True
    return False


def _in_area(scene: Scene, atlas: Atlas, place: Place) -> bool:
    """Whether the evidence's sentence is set in the whole region or country that a town lies in: "in Kharkiv Oblast"."""
    page, (first, past) = scene.page, scene.around
    for start, end, numbers in atlas.within(page.starts[first], page.ends[past - 1]):
        a, b = page.tokens(start, end)
        if not atlas.kinds(numbers) <= _AREAS or not atlas.kin(numbers, [place]):
            continue
        of = any(h.last == a - 1 for h in page.among("settlement", a - _LEADING, a))
        if (of or told_in(page, a)) and not names_body(page, a, b) and not launched_from(page, a):
            return True
    return False


def _stands_alone(page: Page, noun: Hit) -> bool:
    """Whether a noun is no part of a name or an office, and nothing is of it: not "State television", "the area of a mill"."""
    opens = page.text[page.starts[noun.first]].islower()
    office = any(h.last == noun.first - 1 for h in page.among("role", noun.first - 3, noun.first))
    return opens and not office and not page.among("partitive", noun.last + 1, noun.last + 2)


def _is_behind(page: Page, first: int, sentence: int) -> bool:
    """Whether a passage stands in another paragraph than a sentence, and is no head of its list."""
    passage = page.sentence[first]
    return page.paragraph[passage] != page.paragraph[sentence] and passage != page.head[sentence]


def _moves_on(scene: Scene, rivals: list[tuple[Spot, frozenset[int]]]) -> bool:
    """Whether the evidence's own paragraph has gone to another place."""
    page = scene.page
    here = page.paragraph[scene.sentence]
    return any(page.paragraph[page.sentence[spot.first]] == here for spot, _ in rivals)


def _sets_scene(page: Page, spot: Spot) -> bool:
    """Whether a place opens its sentence or stands behind a word such as "in"."""
    preps = page.among("place_prep", spot.first - _BEHIND, spot.first)
    return _opens(page, spot) or any(h.sense.term.get("role") is None for h in preps)


def _opens(page: Page, spot: Spot) -> bool:
    return spot.first - page.first_of[page.sentence[spot.first]] < _BEHIND


def _holds(scene: Scene, own: list[Spot], rivals: list[Spot]) -> bool:
    """Whether one of a place's mentions in a passage stands as near to the evidence as those of other places."""
    if _of_each(scene) and any(
        spot.first > scene.first and not window(scene.all_figures, scene.past, spot.first)
        for spot in own
    ):
        return True  # one each over every place of the list
    rivals = _of_same_part(scene, own, rivals) if rivals else []
    if not rivals:
        return True
    best = min(own, key=lambda spot: _far(scene, spot))
    other = min(rivals, key=lambda spot: _far(scene, spot))
    told = scene.claim.kind == "place_control"  # the place itself is what is told of
    if told and _inside(scene, other) and not _inside(scene, best):
        return False
    if _has_own_figure(scene, best) and _follows(scene, other):
        return False
    if _heads_part(scene, best, other) or _of_next_clause(scene, best, other):
        return True
    return _far(scene, best) <= _far(scene, other) + _EQUAL


def _holds_town(
    scene: Scene, atlas: Atlas, own: list[Spot], row: tuple[Spot, frozenset[int]]
) -> bool:
    """Whether a region is named right behind a comma to tell where the place lies: "in Miano, in the province of Sindh"."""
    page, (spot, numbers) = scene.page, row
    return bool(atlas.kinds(numbers) & {"oblast", "raion"}) and any(
        0 < spot.first - o.last <= _APPOSED
        and page.gaps[o.last + 1] == ", "
        and not any(page.breaks[o.last + 2 : spot.first + 1])
        and not page.among("deed", o.last + 1, spot.first)
        and not window(scene.all_figures, o.last + 1, spot.first)
        for o in own
    )


def _inside(scene: Scene, spot: Spot) -> bool:
    return scene.first <= spot.first < scene.past


def _unlisted(page: Page, own: list[Spot], rivals: list[Spot]) -> list[Spot]:
    """The rivals without those of one list with a mention of the place: "near Vovchansk, Lyptsi and Starytsia"."""
    left: list[Spot] = []
    listed: list[Spot] = []
    for spot in [*sorted({*own, *rivals}), None]:
        if spot is not None and (not listed or _joins(page, listed[-1], spot)):
            listed.append(spot)
            continue
        left += [] if any(s in own for s in listed) else listed
        listed = [] if spot is None else [spot]
    return left


def _joins(page: Page, left: Spot, right: Spot) -> bool:
    """Whether a comma or a word such as "and" alone stands between two names."""
    between = range(left.last + 1, right.first)
    if not between:
        return page.gaps[right.first] == ", "
    return len(between) == 1 and bool(page.among("conj", left.last + 1, right.first))


def _of_same_part(scene: Scene, own: list[Spot], rivals: list[Spot]) -> list[Spot]:
    """The rivals without those that a semicolon parts from the evidence, where none parts a place of its own."""
    if not any(_near(scene, spot) for spot in own):
        return rivals
    return [spot for spot in rivals if _near(scene, spot)]


def _near(scene: Scene, spot: Spot) -> bool:
    """Whether no semicolon stands between a place and the evidence."""
    low, high = sorted((spot.first, scene.first))
    return not any(";" in gap for gap in scene.page.gaps[low + 1 : high + 1])


def _of_each(scene: Scene) -> bool:
    return bool(scene.page.among("each", scene.first, scene.past + 1))


def _far(scene: Scene, spot: Spot) -> int:
    """How far a place stands from the number that the claim tells, else from the last word of its evidence."""
    first, last = _anchor(scene)
    if (
        first <= spot.first <= last
    ):  # what is told of stands at the end: "a man in Chernihiv and a girl"
        joined = bool(scene.page.among("conj", spot.last + 1, last + 1))
        return last - spot.last + _PARTED * joined
    behind = spot.first > last
    low, high = (last + 1, spot.first) if behind else (spot.last + 1, first)
    breaks = sum(scene.page.breaks[low : high + 1])
    figures = len(window(scene.all_figures, low, high))
    return high - low + 1 + _PARTED * (breaks + figures)


def _anchor(scene: Scene) -> tuple[int, int]:
    quantity = scene.claim.quantity
    ends = () if quantity is None else (quantity.low, quantity.high)
    for figure in scene.figures:
        if figure.value * figure.factor in ends:
            return figure.first, figure.last
    return scene.first, scene.past - 1


def _has_own_figure(scene: Scene, spot: Spot) -> bool:
    """Whether a place before the evidence stands with a number of its own: "six over Crimea and two over Bryansk"."""
    first = _anchor(scene)[0]
    if spot.last >= first or window(scene.all_figures, spot.last + 1, first):
        return False
    before = window(scene.all_figures, scene.around[0], spot.first)
    return bool(before) and not any(scene.page.breaks[before[-1].last + 1 : spot.first + 1])


def _of_next_clause(scene: Scene, spot: Spot, other: Spot) -> bool:
    """Whether the evidence opens a clause behind the other place and goes on to its own: "… and that three were hurt in X"."""
    before = other.last < _anchor(scene)[0]
    return (
        before
        and _follows(scene, spot)
        and bool(scene.page.among("conj", other.last + 1, _anchor(scene)[0]))
    )


def _heads_part(scene: Scene, spot: Spot, other: Spot) -> bool:
    """Whether each place of a list stands before its number: "over Bryansk, it said, 37, over Ryazan 20"."""
    first, last = _anchor(scene)
    if spot.last >= first or other.first <= last or window(scene.all_figures, spot.last + 1, first):
        return False
    return bool(window(scene.all_figures, other.last + 1, other.last + _BEHIND + 1))


def _follows(scene: Scene, spot: Spot) -> bool:
    """Whether a place stands behind the evidence with no mark and no number in between."""
    last = _anchor(scene)[1]
    if spot.first <= last or window(scene.all_figures, last + 1, spot.first):
        return False
    return not any(scene.page.breaks[last + 1 : spot.first + 1])


def _leads(scene: Scene, atlas: Atlas, place: Place, at: Sequence[tuple[int, int]]) -> bool:
    """Whether the headline or the first sentences set the whole report at a place."""
    page = scene.page
    if _names(page.title, place.text) or any(
        atlas.is_of(n, place) for n in atlas.meanings(page.title)
    ):
        return True
    return bool(at) and page.sentence[at[0][0]] < _LEAD and _is_theme(scene, atlas, place)


def _names(title: str, words: str) -> bool:
    """Whether words stand in a headline or the publisher's name by themselves: not "Kyiv-based"."""
    at = title.find(words)
    behind = title[at + len(words) : at + len(words) + 1]
    return at >= 0 and not (behind.isalnum() or behind == "-" or title[at - 1 : at].isalnum())


def _is_theme(scene: Scene, atlas: Atlas, place: Place) -> bool:
    """Whether no place of the headline and the first sentences is named more often in the report than this one."""
    page = scene.page
    past = page.span(min(_LEAD, len(page.first_of)) - 1)[1]
    named = atlas.naming
    lead = [m[2] for m in atlas.within(0, page.ends[past - 1])]
    own = max((named[n] for n in atlas.meant(place)), default=0)
    rivals = [m for m in lead if atlas.is_ground(m) and not atlas.kin(m, [place])]
    return all(own >= max(named[n] for n in numbers) for numbers in rivals)


def last_of_kind(page: Page, atlas: Atlas, noun: Hit, before: int) -> frozenset[int]:
    """What the last place named before a token can mean that is of the kind that a noun tells: "the region"."""
    kind = _KIND.get(str(noun.sense.term.get("kind")), "town")
    earliest = page.span(max(0, page.sentence[before] - _REACH))[0]
    rows = atlas.within(page.starts[earliest], page.starts[before])
    return next((n for _, _, n in reversed(rows) if kind in atlas.kinds(n)), frozenset())


@once_a_page
def _referring(page: Page, atlas: Atlas, around: tuple[int, int]) -> list[Hit]:
    """The nouns among the tokens that refer back to a place: "the region"; not "the Tula region", "11 villages"."""
    hits = page.among("region_noun", *around)
    hits = [
        h for h in hits if len(page.keys[h.first]) > 1 or h.last > h.first
    ]  # «с.» names no village
    hits = [h for h in hits if h.first == 0 or page.forms[h.first - 1] != "figure"]
    return [h for h in hits if not _is_plural(h) and not _of_name(page, atlas, h)]


def _is_plural(hit: Hit) -> bool:
    tags = hit.sense.tags
    return bool(tags) and all(tag.endswith("pl") for tag in tags)


def _referred(scene: Scene, atlas: Atlas, place: Place) -> bool:
    """Whether a noun such as "the region" or "the capital" means the place: the last of its kind named before.

    It stands in the evidence's sentence or in the head of its list; one for a capital also in a sentence before,
    where none in between names a place.
    """
    page = scene.page
    if _means(scene, atlas, place, scene.around):
        return True
    head = page.head[scene.sentence]
    if head >= 0 and _means(scene, atlas, place, scene.before(head)):
        return True
    if not _speaks_of_capital(page):
        return False
    for index in range(scene.sentence, max(-1, scene.sentence - _NOUN_BACK), -1):
        first, past = page.span(index)
        if page.paragraph[index] != page.paragraph[scene.sentence]:
            return False
        if index < scene.sentence and _means(scene, atlas, place, (first, past), seats_only=True):
            return True
        if _rivals(scene, atlas, first, past):
            return False
    return False


@once_a_page
def _speaks_of_capital(page: Page) -> bool:
    """Whether a noun for a capital stands anywhere on the page."""
    return any(h.sense.term.get("capital") for h in page.hits.get("region_noun", ()))


def _means(
    scene: Scene,
    atlas: Atlas,
    place: Place,
    around: tuple[int, int],
    *,
    seats_only: bool = False,
) -> bool:
    """Whether a noun for a sort of place among the tokens means the place; with `seats_only` one for a capital."""
    page = scene.page
    hits = _referring(page, atlas, around)
    nouns = [h for h in hits if not h.sense.term.get("capital")]
    for noun in () if seats_only else nouns:
        if any(atlas.is_of(n, place) for n in last_of_kind(page, atlas, noun, noun.first)):
            return True
    if len(nouns) == len(hits):
        return False
    earliest = page.span(max(0, scene.sentence - _REACH))[0]
    rows = atlas.within(page.starts[earliest], page.starts[min(scene.first, around[1] - 1)])
    seats = [numbers for start, end, numbers in rows if _governs(page, *page.tokens(start, end))]
    return bool(seats) and any(atlas.is_of(n, place) for n in seats[-1])


def _governs(page: Page, first: int, past: int) -> bool:
    """Whether a name is that of a capital, which may stand for a government."""
    return any(h.sense.term.get("metonym") for h in page.among("nation", first, past))


def _of_name(page: Page, atlas: Atlas, noun: Hit) -> bool:
    """Whether a noun such as "region" is part of a place's name: "the Rostov region"."""
    low, high = max(0, noun.first - 2), min(len(page.keys) - 1, noun.last + 2)
    rows = atlas.within(page.starts[low], page.ends[high])
    if any(page.among("partitive", noun.last + 1, noun.last + 2)) and rows:
        return True  # "the village of Hroza"
    return any(
        start <= page.ends[noun.last] + 1 and page.starts[noun.first] <= end + 1
        for start, end, _ in rows
    )


def _passages(
    scene: Scene, atlas: Atlas, at: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Token spans whose places can hold the evidence: its sentence, its list's head, those before it that name any.

    `at` are the mentions of the claim's own place, which its words may name where no name stands.
    """
    page = scene.page
    yield scene.around
    head = page.head[scene.sentence]
    if head >= 0:
        yield scene.before(head)
    index, names = scene.sentence, _naming(page, atlas)
    while index > 0:
        named = bisect_left(names, index)
        own = bisect_left(at, (page.first_of[index],))
        index = max(names[named - 1] if named else -1, page.sentence[at[own - 1][0]] if own else -1)
        if index >= 0:
            yield page.span(index)


@once_a_page
def _naming(page: Page, atlas: Atlas) -> list[int]:
    """The sentences that name a place, in order."""
    return sorted({page.sentence[page.tokens(start, end)[0]] for start, end, _ in atlas.mentions})


def _rivals(scene: Scene, atlas: Atlas, first: int, past: int) -> list[tuple[Spot, frozenset[int]]]:
    """The places named among the tokens that neither are the claim's nor hold one of them, and what each can mean."""
    page, kind, places = scene.page, scene.claim.kind, scene.claim.places
    if past <= first:
        return []
    texts = {p.text for p in places}
    found = []
    for mention in atlas.within(page.starts[first], page.ends[past - 1]):
        spot = _ground(page, atlas, mention)
        if spot is None or (kind not in _LEAVING and launched_from(page, spot.first)):
            continue
        start, end, numbers = mention
        if kind == "meeting" and not told_in(page, spot.first):
            continue  # "representatives of Karabakh met"
        if page.text[start:end] in texts or atlas.kin(numbers, places):
            continue
        if atlas.stands_in(numbers, places) or _measures(scene, atlas, spot.first):
            continue
        if _heads(scene, atlas, first, past) and atlas.inside(numbers, places):
            continue
        found.append((spot, numbers))
    return found


@once_a_page
def _ground(page: Page, atlas: Atlas, mention: Mention) -> Spot | None:
    """Where a mention names ground, or a sea over which something is told; None where it names anything else."""
    start, end, numbers = mention
    a, b = page.tokens(start, end)
    if not (atlas.is_ground(numbers) or _is_sea(page, atlas, a, numbers)):
        return None
    if is_common(page, a, b) or quoted(page, a, b):
        return None
    if atlas.doubtful(start) and not behind_preposition(page, a):
        return None
    if names_district(page, atlas, b, numbers) or page.among("front_word", b, b + 1):
        return None  # nor is a front's direction a place
    return None if means_people(page, atlas, a, b) else Spot(a, b - 1)


def _measures(scene: Scene, atlas: Atlas, first: int) -> bool:
    """Whether a name only tells where one of the claim's places right before lies: "30 km north of Kharkiv", ", near Kyiv"."""
    page = scene.page
    for prep in page.among("place_prep", first - _DISTANCE, first):
        if prep.sense.term.get("near") and prep.last == first - 1:
            ends = [b for p in scene.claim.places for _, b in own_spots(page, atlas, p)]
            if any(0 <= prep.first - b <= 1 and "," in page.gaps[b] for b in ends):
                return True
    for unit in page.among("unit", first - _DISTANCE, first):
        if unit.sense.term.get("dimension") == "distance":
            low = unit.first - _DISTANCE - _LONGEST
            own = (
                past
                for place in scene.claim.places
                for _, past in begin_among(own_spots(page, atlas, place), low, unit.first)
            )
            return any(0 <= unit.first - past <= _DISTANCE for past in own)
    return False


def _is_sea(page: Page, atlas: Atlas, first: int, numbers: frozenset[int]) -> bool:
    """Whether a name is that of a sea over which something is told."""
    return atlas.kinds(numbers) == {"water"} and told_in(page, first)


def _heads(scene: Scene, atlas: Atlas, first: int, past: int) -> bool:
    """Whether the claim's place stands before an earlier passage in the evidence's own paragraph, as its heading."""
    page, here = scene.page, scene.page.paragraph[scene.sentence]
    if past > page.span(scene.sentence)[0] or page.paragraph[page.sentence[first]] != here:
        return False
    since = page.first_of[page.opening(scene.sentence)]
    return any(begin_among(own_spots(page, atlas, p), since, first) for p in scene.claim.places)
