"""Words of another kind than the claim's that say nothing against it: parts of names, brackets, what is repelled.

Enters: a scene and a predicate near it. Leaves: whether the predicate is apart from the claim. Does not belong here:
the proof of the claim's own kind (`deed`).
"""

from __future__ import annotations

from warledger.gate.figures import window
from warledger.gate.scene import Scene
from warledger.gate.words import Hit

_BESIDE = 2  # tokens from a figure to the verb that it stands with in brackets
_TRIED = 2  # tokens before a verb of attacking in which an attempt stands
_OF = 2  # tokens from "of" to the word that describes those it is of
_PART = 3  # tokens before a part in which "of them" stands


def frame_of(hit: Hit) -> str:
    """The frame of a predicate."""
    return str(hit.sense.term.get("frame"))


def of_noun(scene: Scene, hit: Hit) -> bool:
    """Whether a predicate's word is part of the name of a weapon: «засіб ураження», "strike drones"."""
    near = scene.page.among("weapon", max(0, hit.first - 3), hit.first + 1)
    return bool(near) and any(
        h.first <= hit.first and h.last >= hit.last and (h.first, h.last) != (hit.first, hit.last)
        for h in near
    )


def _of_trade(scene: Scene, hit: Hit) -> bool:
    """Whether a predicate's word only opens the noun for those who do it: "three rescue workers were killed"."""
    if hit.sense.term.group != "active":
        return False
    people = scene.page.among("person", hit.first, hit.first + 1)
    return any(h.first == hit.first and h.last > hit.last for h in people)


def sums_up(scene: Scene, hit: Hit) -> bool:
    """Whether a word only sums up what was told before it: "450 drones in what they called the largest strike"."""
    if hit.first < scene.past:
        return False
    opened = scene.page.among("relative", scene.past, hit.first)
    return any(h.sense.term.get("sums") for h in opened)


def _of_part(scene: Scene, hit: Hit) -> bool:
    """Whether a rival only goes on about a part: "of them 35 flew at Moscow"; bodies are handed back like captives."""
    if scene.claim.kind == "bodies":
        near = scene.page.among("deed", max(0, hit.first - _PART), hit.first)
        dead = frame_of(hit) == "kill" and any(frame_of(h) == "bodies" for h in near)
        return dead or frame_of(hit) == "exchange"  # "the bodies of 1,000 dead"
    describes = hit.sense.term.group in ("noun", "passive", "verb")
    if (
        scene.first < hit.first < scene.past
        and describes
        and any(
            hit.first - h.last <= _OF for h in scene.page.among("partitive", scene.first, hit.first)
        )
    ):
        return True  # "one of the wounded workers died"; not "of which it shot down"
    if scene.claim.kind == "prisoners" and frame_of(hit) == "wound":
        people = scene.page.among("person", hit.last + 1, hit.last + 2)
        return scene.first < hit.first < scene.past and bool(people)  # "17 wounded soldiers"
    if scene.claim.kind != "intercepted" or frame_of(hit) != "launch":
        return False
    part = scene.page.among("of_them", max(0, scene.first - _PART), scene.first)
    return bool(part) and hit.sense.term.group == "intransitive"


def _is_people(scene: Scene, hit: Hit) -> bool:
    """Whether a noun in the evidence only tells who the people are: "four prisoners of war were shot", "six victims were hurt"."""
    described = hit.sense.term.group in ("noun", "passive")
    if not described or not scene.first <= hit.first < scene.past:
        return False
    return frame_of(hit) in ("imprison", "casualty") and any(
        h.first == hit.first for h in scene.page.among("person", hit.first, hit.first + 1)
    )


def _bracketed(scene: Scene, hit: Hit) -> bool:
    """Whether a rival stands in brackets behind the evidence with a figure of its own: "4 missiles (2 shot down)"."""
    if hit.first < scene.past:
        return False
    starts, ends = scene.page.starts, scene.page.ends
    between = scene.page.text[ends[scene.past - 1] : starts[hit.first]]
    figures = window(scene.all_figures, scene.past, hit.first)
    own = any(hit.first - f.last <= _BESIDE for f in figures)
    return own and between.count("(") > between.count(")")


def _recorded(scene: Scene, hit: Hit) -> bool:
    """Whether a rival only says that the hits told before were recorded: "hits by 31 drones are recorded"."""
    if scene.claim.kind != "hit" or frame_of(hit) != "launch" or hit.first < scene.past:
        return False
    told = scene.page.among("deed", scene.around[0], scene.first)
    hits = any(frame_of(h) == "hit" and h.sense.term.group == "noun" for h in told)
    passive = hit.sense.term.group == "verb" and bool(
        scene.page.among("aux", hit.first - 1, hit.first)
    )
    right_behind = hit.sense.term.group == "active" and hit.first == scene.past
    alone = hit.sense.term.group in ("passive", "intransitive")
    return hits and (passive or right_behind or alone)


def _repelled(scene: Scene, hit: Hit) -> bool:
    """Whether the noun of a launch only names what a verb before it or behind the evidence stops."""
    if scene.claim.kind != "intercepted" or hit.sense.term.group != "noun":
        return False
    page = scene.page
    before = page.among("deed", max(0, hit.first - 2), hit.first)
    behind = page.among("deed", scene.past, scene.past + 3)
    return any(frame_of(h) == "intercept" for h in (*before, *behind))


def _describes(scene: Scene, hit: Hit) -> bool:
    """Whether a participle right behind the evidence only describes it: "12 drones launched from the sea were downed"."""
    page = scene.page
    if hit.first - scene.past not in (0, 1):
        return False
    if hit.sense.term.group != "verb":
        return _between_commas(scene, hit)
    for later in page.among("deed", hit.last + 1, scene.around[1]):
        between = range(hit.last + 1, later.first)
        if any(page.breaks[at] for at in range(hit.last + 1, later.first)):
            opened = page.breaks[scene.past] and page.among("aux", later.first - 1, later.first)
            return bool(opened) and page.breaks[later.first - 1]
        if any(page.among(kind, at, at + 1) for kind in ("conj", "relative") for at in between):
            return False
        finite = page.among("aux", later.first - 1, later.first)
        led = page.among("agent", hit.last + 1, hit.last + 2) or any(
            h.sense.term.get("role") == "from"
            for h in page.among("place_prep", hit.last + 1, hit.last + 2)
        )
        if finite or led or later.sense.term.group == "intransitive":
            return True
    return False


def _between_commas(scene: Scene, hit: Hit) -> bool:
    """Whether a passive participle opens a clause behind the evidence that a comma closes right before another verb."""
    page = scene.page
    if hit.sense.term.group != "passive" or not page.breaks[hit.first]:
        return False
    later = page.among("deed", hit.last + 1, scene.around[1])
    return bool(later) and page.breaks[later[0].first]


def _next_clause(scene: Scene, hit: Hit) -> bool:
    """Whether a word that opens a clause stands right before the evidence and behind a rival: "… and that three hit"."""
    opens = scene.page.among("relative", scene.first - 1, scene.first)
    return hit.last < scene.first - 1 and bool(opens)


def _only_there(scene: Scene, hit: Hit) -> bool:
    """Whether a noun behind the evidence is only told to be there: "112 drones, there are hits"."""
    if frame_of(hit) != "hit" or hit.sense.term.group != "noun" or hit.first <= scene.past:
        return False
    parted = scene.page.breaks[hit.first - 1]
    return parted and bool(scene.page.among("aux", hit.first - 1, hit.first))


def _only_tried(scene: Scene, hit: Hit) -> bool:
    """Whether an attack was only tried by weapons that the next verb stops: "a drone tried to hit a plant, but was downed"."""
    page = scene.page
    if scene.claim.kind not in ("intercepted", "lost") or hit.first < scene.past:
        return False
    if not page.among("attempt", hit.first - _TRIED, hit.last + 1):
        return False
    later = [h for h in page.among("deed", hit.last + 1, scene.around[1]) if not of_noun(scene, h)]
    stopped = bool(later) and frame_of(later[0]) in ("intercept", "destroy", "lose")
    return stopped and not window(scene.all_figures, hit.last + 1, later[0].first)


# When the word of another kind says nothing against the claim's own.
def _only_helps(scene: Scene, hit: Hit) -> bool:
    """Whether a verb of being only helps the participle right behind it: «ракет було збито»."""
    page, past = scene.page, hit.last + 1
    helps = page.among("aux", hit.first, past)
    if not helps or not any(h.last == hit.last for h in helps):
        return False
    return any(h.sense.term.group == "passive" for h in page.among("predicate", past, past + 1))


APART = (
    _only_helps,
    of_noun,
    _of_trade,
    _of_part,
    _is_people,
    _bracketed,
    _recorded,
    _repelled,
    _next_clause,
    _describes,
    _only_there,
    _only_tried,
)
