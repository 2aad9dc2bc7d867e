"""The proof of where: a place's words in the report, and that those words can mean that place.

Enters: a scene, the gazetteer's entries (data). Leaves: None, or the fault. Does not belong here: which of
two places of the same name is meant.
"""

from __future__ import annotations

from warledger.gate.scene import Fault, Scene
from warledger.gate.words import fold

_BACK = 6


def place_fault(scene: Scene) -> Fault | None:
    """What is wrong with the claim's places, or None where each one's words stand near by."""
    for place in scene.claim.places:
        if not place.text:
            continue
        if not _stands(scene, fold(place.text)):
            return Fault("places", f"{place.text!r} does not stand in the report")
    return None


def _stands(scene: Scene, words: str) -> bool:
    return words in scene.page.folded
