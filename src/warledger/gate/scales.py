"""The proof of a scale that the numbers of a list share: "70, 40 and 25 thousand", «Львівщина – 43 тисячі, Волинь – 24».

Enters: a scene, a figure in digits alone. Leaves: what the figure may be at the scale of another one of its list.
Does not belong here: the two ends of a range (`quantity`).
"""

from __future__ import annotations

from itertools import pairwise

from warledger.gate.figures import Figure, window
from warledger.gate.scene import Scene

_DASHES = "–—"
_LIST = 2  # figures before the one with the word, at least


def shared(scene: Scene, figure: Figure) -> float | None:
    """The value of a bare figure by the word of its list; None where it shares none."""
    first, past = scene.around
    rows = list(window(scene.all_figures, first, past))
    at = next((n for n, f in enumerate(rows) if f.first == figure.first), None)
    if at is None or figure.first != figure.last or figure.unit is not None:
        return None
    behind = [f for f in rows[at + 1 :] if _scale(scene, f)][:1]
    if behind and (scale := _scale(scene, behind[0])):
        chain = rows[at : rows.index(behind[0]) + 1]
        before = rows[max(0, at - 1) : at]
        opens = before and _joined(scene, before[0], figure)
        dealt = _dashed(scene, behind[0], behind=True)  # «25 і 12 тисяч – на …»
        if len(chain) + bool(opens) + dealt > _LIST and all(
            _joined(scene, a, b) for a, b in pairwise(chain)
        ):
            return figure.value * scale
    ahead = [n for n in range(at) if _scale(scene, rows[n])][-1:]
    if ahead and (scale := _scale(scene, rows[ahead[0]])):
        item = rows[ahead[0] : at + 1]
        if any(all(_dashed(scene, f, behind=side) for f in item) for side in (False, True)):
            return figure.value * scale
    return None


def _scale(scene: Scene, figure: Figure) -> float | None:
    """What the last word of a figure multiplies by."""
    hits = (
        scene.page.among("number", figure.last, figure.last + 1)
        if figure.last > figure.first
        else []
    )
    terms = [h.sense.term for h in hits if h.sense.term.get("part") == "multiplier"]
    return float(terms[0].get("value")) if terms else None


def _joined(scene: Scene, a: Figure, b: Figure) -> bool:
    """Whether a comma or a word such as "and" alone stands between two figures."""
    between = range(a.last + 1, b.first)
    if not between:
        return scene.page.gaps[b.first] == ", "
    return len(between) == 1 and bool(scene.page.among("conj", a.last + 1, b.first))


def _dashed(scene: Scene, figure: Figure, *, behind: bool) -> bool:
    """Whether a dash stands right before a figure or right behind it."""
    at = figure.last + 1 if behind else figure.first
    return at < len(scene.page.gaps) and any(c in _DASHES for c in scene.page.gaps[at])
