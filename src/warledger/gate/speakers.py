"""Who can speak among some tokens of a page: names, offices and countries, each with the office that stands beside it.

Enters: a page, tokens, the mentions of a name. Leaves: `Spans` in the order of the text. Does not belong here: who of
them has the floor (`credits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from warledger.gate.page import Page, begin_among, once_a_page
from warledger.gate.words import Hit

_KINDS = ("voice", "role", "nation")
_DASHES = "–—"
_SAID_OF = ("that", "prep", "place_prep")  # what opens the words of who says them
_JOINED = 3  # tokens from a voice to the next one that tells the same: "analysts of DeepState"
_PLANT = 3  # tokens of a plant's name before a country's word in it
_APPOSED = 9  # tokens from a voice to the end of words between commas that tell who it is
_LONGEST = 40  # tokens of the longest name of who speaks
_ADJECTIVES = 4  # tokens from a preposition to the noun in its case, adjectives between


class Spans(NamedTuple):
    """The first and the last token of a voice; of what sort it is.

    `mute`: an outlet, "the service" or a pronoun, which takes a verb of saying from other voices and credits nobody
    new; `state`: a country's name; `bare`: an office without a name; `told`: in the case of who is told something.
    """

    first: int
    last: int
    mute: bool = False
    state: bool = False
    bare: bool = False
    told: bool = False


def within(span: tuple[int, int], own: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """A name's mentions that stand among the tokens: most questions are of sentences without one, and the same for all names."""
    return tuple(begin_among(own, *span))


def touches(voice: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
    """Whether the first and the last token of a voice share a token with one of a name's mentions."""
    first, last = voice
    return any(first <= b for _, b in begin_among(own, first - _LONGEST, last + 1))


def speakers(page: Page, span: tuple[int, int], own: Sequence[tuple[int, int]]) -> list[Spans]:
    """Who could speak among the tokens; a name and the office beside it are one voice."""
    return _voices_in(page, span, within(span, own))


@once_a_page
def _voices_in(page: Page, span: tuple[int, int], own: tuple[tuple[int, int], ...]) -> list[Spans]:
    rows = [
        Spans(h.first, h.last, _is_mute(h), kind == "nation", kind == "role", _is_told(page, h))
        for kind in _KINDS
        for h in page.among(kind, *span)
        if _can_speak(page, h)
    ]
    rows += [Spans(a, b) for a, b in own]
    found: list[Spans] = []
    for voice in sorted(rows):
        before = found[-1] if found else None
        parted = before and not _one(page, before, voice)
        apart = before and voice.mute and voice.first > before.last
        if before is None or parted or apart:
            found.append(voice)
        else:
            found[-1] = Spans(
                before.first,
                max(voice.last, before.last),
                _mute_together(before, voice),
                before.state and voice.state,
                before.bare and voice.bare,
                before.told and voice.told,
            )
    return [v._replace(mute=True) if v.bare and _owned(page, v) else v for v in found]


def leads_gap(page: Page, last: int) -> bool:
    """Whether a dash behind a token stands for a verb of saying told before: «Делі каже про 5, Ісламабад – про 9»."""
    past = last + 1
    dashed = past < len(page.gaps) and any(c in _DASHES for c in page.gaps[past])
    return dashed and any(page.among(kind, past, past + 1) for kind in _SAID_OF)


def _mute_together(before: Spans, voice: Spans) -> bool:
    """Whether two voices made one credit nobody new: both, or one where they are two readings of the same words."""
    if before[:2] == voice[:2] and before.bare and voice.bare:
        return before.mute or voice.mute
    return before.mute and voice.mute


def _owned(page: Page, voice: Spans) -> bool:
    """Whether an office is of whom was named before: "its defence ministry"."""
    return bool(page.among("pronoun", voice.first - 1, voice.first))


def _one(page: Page, before: Spans, voice: Spans) -> bool:
    """Whether two voices are one: nothing parts them, or a comma before the office.

    "Lysak, the governor", "Lysak, who heads the administration,".
    """
    between = range(before.last + 1, voice.first + 1)
    if any(page.among(kind, before.last + 1, voice.first) for kind in ("says", "predicate")):
        return False
    breaks = [at for at in between if page.breaks[at]]
    if not breaks:
        return len(between) <= _JOINED
    relative = bool(page.among("relative", before.last + 1, before.last + 2))
    near = len(between) <= _JOINED + 2 * relative
    closed = page.gaps[voice.last + 1 : voice.last + 2] == [", "] and breaks[0] == between[0]
    apposed = closed and not before.state and len(between) <= _APPOSED
    return (near or apposed) and voice.bare and len(breaks) == 1 and page.gaps[breaks[0]] == ", "


def _can_speak(page: Page, hit: Hit) -> bool:
    """Whether a word can stand for somebody who speaks: a name has its capital, a country stands for itself."""
    term = hit.sense.term
    if _is_led(page, hit):
        return False
    if term.type == "nation" and (not term.get("metonym") or _of_plant(page, hit)):
        return False
    if term.type == "role" or hit.first != hit.last:
        return True
    word = page.text[page.starts[hit.first] : page.ends[hit.first]]
    named = term.type == "nation" or not term.get("generic") or word.isascii()
    return not named or word[0].isupper()


def _is_led(page: Page, hit: Hit) -> bool:
    """Whether a word stands in a case of no subject behind a preposition: «після розмови з Трампом».

    What is told "in" a body is told by it, and a source is named by words that end in a preposition.
    """
    cases = {tag.split(".")[0] for tag in hit.sense.tags if "." in tag}
    if not cases or "nom" in cases:
        return False
    at = hit.first - 1
    while at > max(0, hit.first - _ADJECTIVES) and page.keys[at].endswith(page.words.adjectives):
        at -= 1
    inside = page.among("place_prep", at, at + 1)
    if any(h.sense.term.get("role") is None for h in inside) and cases & {"loc", "dat"}:
        return False
    if any(h.sense.term.get("role") == "from" for h in inside) and "gen" in cases:
        return False
    if any(h.last == at for h in page.among("according", at - _JOINED, at + 1)):
        return False
    return bool(inside or page.among("prep", at, at + 1))


def _of_plant(page: Page, hit: Hit) -> bool:
    """Whether a country's word is part of a plant's name: "the South Ukraine NPP"."""
    return any(h.last >= hit.last for h in page.among("plant", hit.first - _PLANT, hit.first + 1))


def _is_mute(hit: Hit) -> bool:
    return bool(hit.sense.term.get("back")) or hit.sense.term.get("sort") == "outlet"


def _is_told(page: Page, hit: Hit) -> bool:
    """Whether a word can only stand in the dative; its form may be that of another case behind a preposition."""
    cases = {tag.split(".")[0] for tag in hit.sense.tags}
    if cases != {"dat", "loc"}:
        return cases == {"dat"}
    at = hit.first - 1
    while at > max(0, hit.first - _ADJECTIVES) and page.keys[at].endswith(page.words.adjectives):
        at -= 1
    return not any(page.among(kind, at, at + 1) for kind in ("prep", "place_prep"))
