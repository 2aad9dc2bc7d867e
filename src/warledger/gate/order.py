"""Numbers told in the order of what was told before: "29 and 162 respectively", "compared with 232 and 1,343".

Enters: a scene. Leaves: the frame of the predicate that its number belongs to. Does not belong here: what that frame
proves (`deed`).
"""

from __future__ import annotations

from warledger.gate.figures import Figure, window
from warledger.gate.rivals import frame_of
from warledger.gate.scene import Scene

_CUES = ("respectively", "compared")


def frame_in_order(scene: Scene, family: frozenset[str]) -> str | None:
    """The frame that the order gives to the number of the evidence, one of a family; None where none is told."""
    listed = _list_of(scene)
    if len(listed) < 2 or not _cued(scene, listed):
        return None
    own = next(n for n, figure in enumerate(listed) if figure.first >= scene.first)
    first = listed[0].first
    frames = _frames(scene, (scene.part[0], first), family)
    if not frames:  # told before the semicolon, or in the sentence or item before
        earlier = ((scene.around[0], first), scene.before(scene.sentence - 1))
        told = [_frames(scene, span, family) for span in earlier]
        frames = next((rows for rows in told if len(rows) == len(listed)), [])
    return frames[own - len(listed)] if len(frames) >= len(listed) else None


def _frames(scene: Scene, span: tuple[int, int], family: frozenset[str]) -> list[str]:
    """The frames of a family that the predicates of a span have, in their order."""
    hits = scene.page.among("deed", *span)
    return list({h.first: frame_of(h) for h in hits if frame_of(h) in family}.values())


def _list_of(scene: Scene) -> list[Figure]:
    """The numbers without nouns around that of the evidence, joined by commas and words such as "and"."""
    if len(scene.figures) != 1 or scene.figures[0].last + 1 != scene.past:
        return []
    rows = window(scene.all_figures, *scene.around)
    first = past = rows.index(scene.figures[0])
    while first > 0 and _joined(scene, rows[first - 1], rows[first]):
        first -= 1
    while past + 1 < len(rows) and _joined(scene, rows[past], rows[past + 1]):
        past += 1
    return rows[first : past + 1]


def _joined(scene: Scene, left: Figure, right: Figure) -> bool:
    between = range(left.last + 1, right.first)
    return len(between) <= 1 and all(scene.page.among("conj", at, at + 1) for at in between)


def _cued(scene: Scene, listed: list[Figure]) -> bool:
    """Whether a word for the same order, or for a comparison, stands right before the numbers, or the first behind them."""
    page, first, past = scene.page, listed[0].first, listed[-1].last + 1
    before = any(h.last == first - 1 for kind in _CUES for h in page.among(kind, first - 4, first))
    return before or bool(page.among(_CUES[0], past, past + 1))
