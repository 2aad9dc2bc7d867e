"""What governs the passage of a claim: who was credited last before it, and which place was named last.

Enters: a scene, a speaker or a place. Leaves: whether the passage is theirs. Does not belong here: that the
name is one (`voices`, `places`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warledger.gate.page import Page
from warledger.gate.places import Atlas
from warledger.gate.scene import Scene
from warledger.gate.words import Hit
from warledger.model import Place

_REACH = 40  # sentences back in which a credit may stand
_BREAKDOWN = 12  # sentences behind a total in which its parts are told
_LEAD = 2  # sentences that tell where the whole report is set
_VOICES = ("voice", "role", "nation")


def speaks_here(scene: Scene, is_speaker: Callable[[int, int], bool]) -> bool:
    """Whether the speaker is named in the evidence's sentence, or is whom the last sentence before it credits.

    `is_speaker` tells whether a span of tokens holds the speaker's name.
    """
    page, first = scene.page, scene.sentence
    last = page.sentence[scene.past - 1]
    if is_speaker(*scene.around) or _quoted_on(scene, last, is_speaker):
        return True
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        span = scene.before(index)
        if is_speaker(*span):
            return True
        if _credits_another(page, span):
            return False
    return False


def _quoted_on(scene: Scene, last: int, is_speaker: Callable[[int, int], bool]) -> bool:
    """Whether the speaker is credited behind the evidence, in the next sentences of its paragraph."""
    page = scene.page
    for index in range(last + 1, min(last + 3, len(page.first_of))):
        if page.paragraph[index] != page.paragraph[last]:
            return False
        span = page.span(index)
        if is_speaker(*span):
            return bool(page.among("says", *span) or page.among("according", *span))
    return False


def _credits_another(page: Page, span: tuple[int, int]) -> bool:
    """Whether a sentence credits somebody by name: a voice in it, and a word of saying."""
    voices = [h for kind in _VOICES for h in page.among(kind, *span) if _can_speak(h)]
    named = [h for h in page.among("according", *span) if not h.sense.term.get("pronoun")]
    said = [h for h in page.among("says", *span) if not _denied(page, h)]
    return bool(voices) and bool(named or said)


def _denied(page: Page, hit: Hit) -> bool:
    """Whether a negation stands right before a word of saying: "has not commented" credits nobody."""
    return any(h.last == hit.first - 1 for h in page.among("negation", hit.first - 3, hit.first))


def _can_speak(hit: Hit) -> bool:
    term = hit.sense.term
    if term.type == "nation":
        return False
    return not term.get("back") and term.get("sort") != "outlet"


def placed_here(scene: Scene, atlas: Atlas, place: Place, spots: Iterable[int]) -> bool:
    """Whether a place stands in the evidence's sentence or list head, else is the one named last before it.

    A place of the headline or of the report's first sentences holds for all of it.
    """
    page = scene.page
    at = [page.sentence[page.tokens(s, s + len(place.text))[0]] for s in spots]
    last = page.sentence[scene.past - 1]
    near = set(range(scene.sentence, last + 1)) | {page.head[scene.sentence]}
    if place.text in page.title or any(n < _LEAD or n in near for n in at):
        return True
    several = len(scene.claim.places) > 1  # a total has the places of the breakdown behind it
    if several and any(last < n <= last + _BREAKDOWN for n in at):
        return True
    before = [n for n in at if n < scene.sentence]
    if not before:
        return False
    between = range(max(before) + 1, scene.sentence)
    return not any(_places(page, atlas, n) for n in between)


def _places(page: Page, atlas: Atlas, sentence: int) -> bool:
    """Whether a sentence names a place that something can have happened at."""
    first, past = page.span(sentence)
    if past <= first:
        return False
    rows = atlas.within(page.starts[first], page.ends[past - 1])
    return any(not atlas.is_country(numbers) for _, _, numbers in rows)
