"""Which place governs the passage of a claim.

Enters: a scene, a place. Leaves: whether the passage is set there. Does not belong here: that the name is one
(`places`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from warledger.gate.page import Page
from warledger.gate.places import Atlas
from warledger.gate.scene import Scene, Spot
from warledger.model import Place

_REACH = 40  # sentences back in which the last place of a kind may stand
_BREAKDOWN = 12  # sentences behind a total in which its parts are told
_NAME = 2  # words of a person's or a body's name before a place's
_CLOSE = 6  # tokens within which a place holds the evidence whatever stands nearer
_HOLD = 18  # tokens within which another place of the sentence holds the evidence
_EQUAL = 3  # how much farther a place may stand than another one
_LEAD = 2  # sentences that tell where the whole report is set
# What a noun for a kind of place can mean; any other noun means a town.
_KIND = {"oblast": "oblast", "raion": "raion", "hromada": "hromada"}
_VOICES = ("voice", "role", "nation")


def placed_here(scene: Scene, atlas: Atlas, place: Place, spots: Iterable[int]) -> bool:
    """Whether the passage of the evidence is set at a place: no other one has a better hold on it.

    The nearest place of the evidence's sentence has it, else one of its list's head, else the one named last before,
    else one of the headline or of the report's first sentences where no other is named in between. A region and
    a place in it hold a passage together.
    """
    page = scene.page
    at = [page.tokens(s, s + len(place.text)) for s in spots]
    last = page.sentence[scene.past - 1]
    several = len(scene.claim.places) > 1  # a total has the places of the breakdown behind it
    if several and any(last < page.sentence[a] <= last + _BREAKDOWN for a, _ in at):
        return True
    if _referred(scene, atlas, place) or atlas.region_of(page, scene.around, place):
        return True
    leads = place.text in page.title or any(page.sentence[a] < _LEAD for a, _ in at)
    for index, (first, past) in enumerate(_passages(scene)):
        own = min(
            (scene.distance(Spot(a, b - 1)) for a, b in at if first <= a < past), default=None
        )
        others = [scene.distance(s) for s in _rivals(scene, atlas, first, past)]
        if own is not None and scene.among("each"):
            return True  # one each over every place of the list
        if own is not None and index and place.text in page.title:
            return True
        if own is not None:
            return own <= _CLOSE or not others or own <= min(others) + _EQUAL
        if others and (index or min(others) <= _HOLD):
            return index > 0 and leads
    return leads


def _referred(scene: Scene, atlas: Atlas, place: Place) -> bool:
    """Whether a noun such as "the region" beside the evidence means the place: the last of its kind named before."""
    page = scene.page
    nouns = {str(h.sense.term.get("kind")) for h in page.among("region_noun", *scene.around)}
    kinds = atlas.kinds(atlas.meanings(place.text)) & {_KIND.get(n, "town") for n in nouns}
    if not kinds:
        return False
    earliest = page.span(max(0, scene.sentence - _REACH))[0]
    rows = atlas.within(page.starts[earliest], page.starts[scene.first])
    same = [numbers for _, _, numbers in rows if atlas.kinds(numbers) & kinds]
    return bool(same) and any(atlas.is_of(n, place) for n in same[-1])


def _passages(scene: Scene) -> Iterator[tuple[int, int]]:
    """Token spans whose places can hold the evidence: its sentence, its list's head, those before it."""
    page = scene.page
    yield scene.around
    head = page.head[scene.sentence]
    if head >= 0:
        yield scene.before(head)
    for index in range(scene.sentence - 1, -1, -1):
        yield page.span(index)


def _rivals(scene: Scene, atlas: Atlas, first: int, past: int) -> list[Spot]:
    """The places named among the tokens that neither are the claim's, nor hold one of them, nor lie in one."""
    page = scene.page
    if past <= first:
        return []
    rows = atlas.within(page.starts[first], page.ends[past - 1])
    found = []
    for start, end, numbers in rows:
        a, b = page.tokens(start, end)
        if not atlas.is_ground(numbers) or atlas.kin(numbers, scene.claim.places):
            continue
        if not _means_people(page, a, b) and not _launched_from(page, a):
            found.append(Spot(a, b - 1))
    return found


def _launched_from(page: Page, first: int) -> bool:
    """Whether a place is only where weapons or people come from: "five Shaheds from Shatalovo"."""
    leads = page.among("place_prep", first - 1, first)
    return any(h.sense.term.get("role") == "from" for h in leads)


def _means_people(page: Page, first: int, past: int) -> bool:
    """Whether a place's name is part of a person's or a body's, or stands for a government."""
    for kind in _VOICES:
        if any(h.last >= first for h in page.among(kind, max(0, first - _NAME), past)):
            return True
    return _goes_on(page, first - 1, first) or _goes_on(page, past, past)


def _goes_on(page: Page, at: int, gap: int) -> bool:
    """Whether a capitalised word, not one that only opens its sentence, stands right beside a name."""
    if not 0 <= at < len(page.keys) or page.gaps[gap] != " ":
        return False
    return page.text[page.starts[at]].isupper() and page.first_of[page.sentence[at]] != at
