"""The proof of who said it: the speaker's words in the report or its publisher, and the side.

Enters: a scene, the publisher's words. Leaves: None, or the fault. Does not belong here: which of two voices
of a passage spoke, beyond what stands nearest.
"""

from __future__ import annotations

from warledger.gate.page import Page
from warledger.gate.places import Atlas
from warledger.gate.scene import Fault, Scene
from warledger.gate.words import Hit
from warledger.model import Speaker

PARTIES = frozenset({"UA", "RU", "IL", "IR", "IN", "PK", "YE", "PS", "LB", "SY"})
_NAMED = ("voice", "nation")


def speaker_fault(scene: Scene, publisher: Page, atlas: Atlas) -> Fault | None:
    """What is wrong with the claim's speaker, or None where the report or its publisher names it."""
    reason = _unproved(scene.page, publisher, scene.claim.speaker, atlas)
    return None if reason is None else Fault("speaker", reason)


def _unproved(page: Page, publisher: Page, speaker: Speaker, atlas: Atlas) -> str | None:
    if speaker.via is not None and not _named(page, publisher, speaker.via):
        return f"{speaker.via!r} stands neither in the report nor as its publisher"
    if speaker.name is None:
        return None if speaker.side is None else f"a side, {speaker.side}, without a speaker"
    sides = {side_of(h) for p in (page, publisher) for h in registered(p, speaker.name)}
    sides = sides or _sides_of_words(page, publisher, speaker.name)
    if sides:
        wrong = speaker.side not in sides
        return f"{speaker.name} does not speak for {speaker.side}" if wrong else None
    if not _named(page, publisher, speaker.name):
        return f"{speaker.name!r} stands neither in the report nor as its publisher"
    if speaker.side is not None and not (
        side_stands(page, publisher, speaker) or speaker.side in _sides_of_places(atlas)
    ):
        return f"nothing in the report speaks for {speaker.side}"
    return None


def _sides_of_words(page: Page, publisher: Page, name: str) -> set[str | None]:
    """The sides of the registered voice or nation that a speaker's own words are or hold."""
    found: set[str | None] = set()
    for p in (page, publisher):
        for kind in _NAMED:
            for hit in p.hits.get(kind, ()):
                if " ".join(p.text[p.starts[hit.first] : p.ends[hit.last]].split()) in name:
                    found.add(side_of(hit))
    return found


def _sides_of_places(atlas: Atlas) -> set[str]:
    """The sides of the places named: a country's own code for a party to a war, INT for another."""
    return {c if c in PARTIES else "INT" for c in atlas.countries()}


def registered(page: Page, name: str) -> list[Hit]:
    """Where a page names a registered voice of that English name."""
    return [
        h for kind in _NAMED for h in page.hits.get(kind, ()) if h.sense.term.get("name") == name
    ]


def side_of(hit: Hit) -> str | None:
    """The side that a registered voice or nation speaks for."""
    side = hit.sense.term.get("side")
    return None if side in (None, "none") else str(side)


def _named(page: Page, publisher: Page, name: str) -> bool:
    """Whether the words of a name stand in the report, or its publisher bears it."""
    if page.names(name) or publisher.names(name):
        return True
    return bool(registered(page, name) or registered(publisher, name))


def side_stands(page: Page, publisher: Page, speaker: Speaker) -> bool:
    """Whether a voice, a nation word or a force of the speaker's side stands in the report."""
    return any(
        side_of(hit) == speaker.side
        for p in (page, publisher)
        for kind in ("voice", "nation", "forces", "role")
        for hit in p.hits.get(kind, ())
    )
