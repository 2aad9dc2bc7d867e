"""The proof of who said it: the speaker's words in the report or its publisher, and the side.

Enters: a scene, the publisher's words. Leaves: None, or the fault. Does not belong here: who spoke first.
"""

from __future__ import annotations

from warledger.gate.page import Page
from warledger.gate.scene import Fault, Scene
from warledger.model import Speaker


def speaker_fault(scene: Scene, publisher: Page) -> Fault | None:
    """What is wrong with the claim's speaker, or None where the report or its publisher names it."""
    speaker = scene.claim.speaker
    if speaker.side is not None and not side_stands(scene.page, publisher, speaker):
        return Fault("speaker", f"nothing in the report speaks for {speaker.side}")
    return None


def sides(page: Page) -> set[str]:
    """Every side that a voice or a nation word of the page speaks for."""
    return {
        str(hit.sense.term.get("side"))
        for kind in ("voice", "nation", "forces")
        for hit in page.hits.get(kind, ())
        if hit.sense.term.get("side")
    }


def side_stands(page: Page, publisher: Page, speaker: Speaker) -> bool:
    """Whether a voice of the speaker's side stands in the report or its publisher."""
    return speaker.side in sides(page) | sides(publisher) or bool(page.hits.get("role"))
