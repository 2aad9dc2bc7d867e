"""Weapons told to be sent without a verb of sending: the whole of which a part was stopped, a count that heads a line.

Enters: a scene. Leaves: whether its number tells of weapons sent. Does not belong here: the proof of a kind by its own
predicate (`deed`).
"""

from __future__ import annotations

from math import inf

from warledger.gate.figures import window
from warledger.gate.rivals import frame_of
from warledger.gate.scene import Scene
from warledger.gate.words import Hit

_STRIKES = frozenset(["launch", "hit", "intercept", "damage", "wound", "kill"])
_SORTS = 2
_NOUN = 3  # tokens between a part and the word "of", the noun among them: "18 missiles out of 42"
_LONGEST = 12  # tokens of the longest number in words
_DONE = 3  # tokens before a number in which the verb stands whose object it is
_POST = 200  # tokens back in which a post told of an attack
OUTCOMES = frozenset(["intercept", "destroy", "lose", "hit"])
OUTCOME_KINDS = ("intercepted", "lost", "hit")
_BACK = 2
_BESIDE = 2


def told_sent(scene: Scene, *, elsewhere: bool) -> bool:
    """Whether weapons are sent without a verb of sending; `elsewhere` where a verb tells something else of them."""
    if is_whole(scene) or _part_behind(scene) or _headed(scene) or _verbless(scene):
        return True
    return not elsewhere and any(
        scene.page.among(kind, *span)
        for span in (*scene.layers(_BACK), *headings(scene))
        for kind in ("attack_word", "attack_noun")
    )


def headings(scene: Scene) -> list[tuple[int, int]]:
    """The sentence that opens the list of the evidence, and the one before it."""
    head = scene.page.head[scene.sentence]
    return [scene.page.span(n) for n in (head, head - 1) if n >= 0] if head >= 0 else []


def is_whole(scene: Scene) -> bool:
    """Whether the number is the whole that a part was stopped of: "36 of the 42 drones were shot down"."""
    if any(frame_of(h) in OUTCOMES for h in scene.among("deed")):
        return False
    page, at = scene.page, scene.first - 1
    totals = [h for h in page.among("total", max(0, at - 2), at + 1) if h.last == at]
    at = min((h.first - 1 for h in totals), default=at)  # "out of a total of 42"
    while at > 0 and scene.transparent(at):
        at -= 1
    hits = [h for h in page.among("partitive", max(0, at - 2), at + 1) if h.last == at]
    joints = {at, *(h.first for h in hits)} | {h.first - 1 for h in hits}
    none = any(h.last in joints for h in page.among("zero", max(0, at - 3), at + 1))
    part = none or any(_parts(scene, h.first) for h in hits or _joined_whole(scene))
    past = _past_list(scene)
    if not (part or page.among("of_which", past, past + 1)):
        return False
    return any(
        frame_of(h) in OUTCOMES for span in scene.layers(1) for h in page.among("deed", *span)
    )


def _joined_whole(scene: Scene) -> list[Hit]:
    """The word "of" before the first of two wholes: "of 22 missiles and 464 drones they downed 14 and 438"."""
    page, at = scene.page, scene.first - 1
    if not page.among("conj", at, at + 1):
        return []
    nouns = [h for h in page.among("weapon", max(0, at - _NOUN), at) if h.last == at - 1]
    before = (
        window(scene.all_figures, max(0, at - _NOUN - _LONGEST), nouns[0].first) if nouns else []
    )
    if not before or nouns[0].first - before[-1].last > _NOUN:
        return []
    first = before[-1].first
    return [h for h in page.among("partitive", max(0, first - 2), first) if h.last == first - 1]


def _past_list(scene: Scene) -> int:
    """The token behind the list of counted weapons that the evidence opens: "397 drones and 18 missiles"."""
    page, past = scene.page, scene.past
    while figures := window(scene.all_figures, past, past + 2):
        nouns = page.among("weapon", figures[0].last + 1, figures[0].last + _NOUN)
        if not (nouns and page.among("conj", past, past + 1)):
            break
        past = nouns[0].last + 1
    return past


def _part_behind(scene: Scene) -> bool:
    """Whether a mark alone parts the number from a smaller one that a verb of an outcome takes: "40 drones, 28 downed"."""
    page = scene.page
    if done_before(scene):
        return False  # "neutralised 354, of them 158 downed"
    own = max((f.value for f in scene.figures), default=0.0)
    past = min(scene.past, len(page.breaks) - 1)
    apart = page.breaks[past] or any(dash in page.gaps[past] for dash in "–—")
    return apart and past in _outcomes(scene, past, own).values()


def _outcomes(scene: Scene, first: int, most: float = inf) -> dict[int, int]:
    """The verbs of an outcome from a token on whose own number, `most` at most, stands beside them.

    Each by its first token, with the token where the two begin.
    """
    return {
        h.first: min(h.first, f.first)
        for h in scene.page.among("deed", first, scene.around[1])
        if frame_of(h) in OUTCOMES
        for f in window(scene.all_figures, h.first - _BESIDE, h.last + _BESIDE)
        if f.value <= most and (f.last + 1 == h.first or f.first == h.last + 1)
    }


def all_stopped(scene: Scene) -> bool:
    """Whether the evidence stands in a list of all that was stopped: "downed all targets sent at Kyiv: seven missiles and …"."""
    if scene.claim.kind != "intercepted":
        return False
    page, (first, past) = scene.page, scene.around
    colon = next((at for at in range(first + 1, scene.first + 1) if ":" in page.gaps[at]), past)
    deeds = list(page.among("deed", first, min(colon, scene.first)))
    stopped = [h for h in deeds if frame_of(h) in ("intercept", "destroy")]
    if colon > scene.first or not stopped:
        return False
    return bool(page.among("all", stopped[0].last + 1, colon)) and bool(
        page.among("weapon", stopped[0].last + 1, colon)
    )


def listed_as_stopped(scene: Scene) -> bool:
    """Whether a participle behind a list of what was stopped only tells who sent it: "downed 5 missiles and 20 drones fired by …"."""
    if scene.claim.kind != "intercepted":
        return False
    page, past = scene.page, _past_list(scene)
    sent = any(frame_of(h) == "launch" for h in page.among("deed", past, past + 1))
    before = page.among("deed", scene.around[0], scene.first)
    joined = page.among("conj", scene.first - 1, scene.first) or page.breaks[scene.first]
    listed = sent and bool(before and joined)
    return listed and frame_of(before[-1]) in ("intercept", "destroy")


def _headed(scene: Scene) -> bool:
    """Whether the number stands behind a dash or colon that closes what opens its line, and the page told of an attack."""
    page, first = scene.page, scene.around[0]
    marks = any(
        ":" in gap or "–" in gap or "—" in gap for gap in page.gaps[first + 1 : scene.first + 1]
    )
    if not marks or page.among("deed", first, scene.first):
        return False
    behind = next(iter(page.among("deed", scene.past, scene.around[1])), None)
    if (
        behind
        and frame_of(behind) in OUTCOMES
        and not any(page.breaks[scene.past : behind.first + 1])
    ):
        return False  # "…: overnight five Shaheds hit a block"
    since = max(0, first - _POST)
    return any(page.among(kind, since, first) for kind in ("attack_word", "attack_noun")) or any(
        frame_of(h) in ("launch", "hit", "intercept") for h in page.among("deed", since, first)
    )


def _verbless(scene: Scene) -> bool:
    """Whether a sentence counts weapons of two classes on a page that tells of a strike near it, and has no verb of theirs.

    What became of a number behind them is none: "452 drones, 41 missiles; seven got through".
    """
    page, (first, past) = scene.page, scene.around
    weapons = page.among("weapon", first, past)
    classes = {h.sense.term.get("class") for h in weapons}
    deeds = page.among("deed", first, past)
    behind = _outcomes(scene, weapons[-1].last) if weapons and deeds else {}
    if len(classes) < _SORTS or any(h.first not in behind for h in deeds):
        return False
    around = page.among("deed", max(0, first - _POST), past + _POST)
    return any(frame_of(h) in _STRIKES for h in around)


def _parts(scene: Scene, at: int) -> bool:
    """Whether a smaller number stands right before the word "of", or behind a whole that opens its clause."""
    own = max((f.value for f in scene.figures), default=0.0)
    near = window(scene.all_figures, at - _NOUN - _LONGEST, at)
    if any(0 < at - f.last <= _NOUN and f.value <= own for f in near):
        return True
    opens = at == scene.around[0] or scene.page.breaks[at]
    opens = opens or bool(scene.page.among("that", at - 1, at))
    open_part = scene.past, min(scene.past + 3, scene.around[1])
    if opens and any(scene.page.among(kind, *open_part) for kind in ("vague_number", "zero")):
        return True
    return opens and any(
        f.value <= own for f in window(scene.all_figures, scene.past, scene.around[1])
    )


def done_before(scene: Scene) -> bool:
    """Whether a verb of an outcome stands right before the number: "neutralised 354"."""
    before = scene.page.among("deed", scene.first - _DONE, scene.first)
    return any(frame_of(h) in OUTCOMES and not _parted(scene, h) for h in before)


def _parted(scene: Scene, hit: Hit) -> bool:
    """Whether a mark or another number stands between a verb and the evidence behind it."""
    marks = scene.page.breaks[hit.last + 1 : scene.first + 1]
    return any(marks) or bool(window(scene.all_figures, hit.last + 1, scene.first))
