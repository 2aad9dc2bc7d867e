"""The class and the model that a word for a weapon names, and the proof of a claim's model.

Enters: a scene. Leaves: None, or the fault. Does not belong here: the noun of the claim's class (`subject`).
"""

from __future__ import annotations

from warledger.gate.figures import window
from warledger.gate.scene import Fault, Scene
from warledger.languages import Sense

_BESIDE = 3  # tokens between the evidence and a model's name that belongs to it


def feature(sense: Sense) -> str | None:
    """The class that a word's entry gives."""
    value = sense.term.get("class")
    return None if value is None else str(value)


def sent(sense: Sense) -> str | None:
    """The class of a weapon that is no mere carrier of others."""
    return None if sense.term.get("kind") == "means" else feature(sense)


def models(scene: Scene, first: int, past: int) -> set[str]:
    """The weapon models named in a token span."""
    return {
        part
        for hit in scene.page.among("weapon", first, past)
        if hit.sense.term.get("model")
        for part in str(hit.sense.term.get("model")).split("/")
    }


def model_fault(scene: Scene, wanted: str) -> Fault | None:
    """Whether the words of the phrase name the model, or where it leaves its noun out, the last noun before it."""
    parts = set(wanted.split("/"))
    own = models(scene, *scene.layers(0)[0])
    sentence = models(scene, *scene.layers(0)[1])
    if own:
        if parts & own and parts <= own | sentence:
            return None
        return Fault("model", f"the evidence names {', '.join(sorted(own))}, not {wanted}")
    if parts <= _beside(scene):
        return None
    if any(sent(h.sense) not in (None, "any") for h in scene.among("weapon")):
        return Fault("model", f"the evidence tells of weapons without naming {wanted}")
    for first, past in scene.layers(1)[1:]:
        hits = [h for h in scene.page.among("weapon", first, past) if sent(h.sense)]
        if hits:
            nearest = min(hits, key=scene.distance)
            if parts <= models(scene, nearest.first, nearest.first + 1):
                return None
            break
    return Fault("model", f"{wanted} is not what the phrase or its list's head names")


def _beside(scene: Scene) -> set[str]:
    """The models right beside the evidence, with no mark and no number in between."""
    page, found = scene.page, set()
    for hit in page.among("weapon", scene.first - _BESIDE, scene.past + _BESIDE):
        low, high = (
            (hit.last + 1, scene.first) if hit.last < scene.first else (scene.past, hit.first)
        )
        if not any(page.breaks[low : high + 1]) and not window(scene.all_figures, low, high):
            found |= models(scene, hit.first, hit.first + 1)
    return found
