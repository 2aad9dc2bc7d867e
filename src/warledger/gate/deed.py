"""The proof of what was done: the kind by its predicate, its state, what denies it, its modality.

Enters: a scene. Leaves: None, or the slot at fault and the reason. Does not belong here: numbers, nouns,
names.
"""

from __future__ import annotations

from warledger.gate.scene import Fault, Scene
from warledger.gate.words import Hit
from warledger.model import PEOPLE_KINDS, WEAPON_KINDS

FRAMES: dict[str, frozenset[str]] = {
    kind: frozenset(frames.split())
    for kind, frames in {
        "launched": "launch",
        "intercepted": "intercept destroy",
        "lost": "lose fall",
        "hit": "hit damage fall",
        "locations_struck": "hit damage destroy",
        "locations_debris": "fall",
        "attacks": "launch hit",
        "killed": "kill destroy",
        "wounded": "wound unhurt",
        "casualties": "casualty",
        "bodies": "kill exchange",
        "missing": "miss",
        "rescued": "rescue",
        "evacuated": "evacuate",
        "prisoners": "imprison exchange",
        "damaged": "damage destroy hit",
        "targeted": "target launch hit",
        "outage": "cut restore",
        "losses": "lose_army destroy intercept kill damage capture hit",
        "nuclear_power": "nuclear_power cut restore",
        "nuclear_status": "nuclear_status",
        "nuclear_warning": "warn",
        "area_captured": "capture liberate advance control enter",
        "area_share": "control capture hold",
        "place_control": "capture liberate enter advance encircle assault hold withdraw control",
        "meeting": "meet",
        "legal": "legal",
        "position": "position",
        "comparison": "compare",
    }.items()
}
_WEAPON_FRAMES = frozenset(["launch", "intercept", "lose", "hit", "fall", "destroy"])
_PEOPLE_FRAMES = frozenset(
    ["kill", "wound", "casualty", "miss", "rescue", "evacuate", "imprison", "exchange", "unhurt"]
)
_STATE_FRAMES = {
    "place_control": {
        "captured": "capture", "liberated": "liberate", "entered": "enter", "advanced": "advance",
        "encircled": "encircle", "assaulted": "assault", "held": "hold", "withdrawn": "withdraw",
    },
    "outage": {"cut": "cut", "restored": "restore"},
}  # fmt: skip
_BREAK_COST, _FIGURE_COST = 6, 6
_BACK = 2


def frame_of(hit: Hit) -> str:
    """The frame of a predicate."""
    return str(hit.sense.term.get("frame"))


def deed_fault(scene: Scene) -> Fault | None:
    """What is wrong with the kind, its state or its modality by this span, or None."""
    claim = scene.claim
    wanted = FRAMES.get(claim.kind)
    if wanted is None:
        return Fault("kind", f"unknown kind {claim.kind}")
    return _kind_fault(scene, wanted)


def _family(kind: str) -> frozenset[str]:
    if kind in WEAPON_KINDS:
        return _WEAPON_FRAMES
    return _PEOPLE_FRAMES if kind in PEOPLE_KINDS else frozenset()


def cost(scene: Scene, hit: Hit) -> int:
    """How far a predicate stands from the evidence: tokens between, more for marks and figures."""
    page = scene.page
    if scene.first <= hit.first < scene.past:
        return 0
    low, high = (hit.last + 1, scene.first) if hit.last < scene.first else (scene.past, hit.first)
    breaks = sum(page.breaks[low : high + 1])
    figures = sum(1 for f in scene.all_figures if low <= f.first < high)
    return high - low + 1 + _BREAK_COST * breaks + _FIGURE_COST * figures


def _kind_fault(scene: Scene, wanted: frozenset[str]) -> Fault | None:
    rivals = _family(scene.claim.kind) - wanted
    for first, past in scene.layers(_BACK):
        hits = scene.page.among("predicate", first, past)
        own = [h for h in hits if frame_of(h) in wanted]
        others = [h for h in hits if frame_of(h) in rivals]
        if own:
            return None
        if others and first >= scene.first and past <= scene.past:
            return Fault("kind", f"the evidence says {frame_of(others[0])}, not {scene.claim.kind}")
    return Fault("kind", f"no word for {scene.claim.kind} stands in the sentence or before it")
