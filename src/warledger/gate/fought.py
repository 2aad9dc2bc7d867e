"""What befell a place by words that are no verb of taking it: an army driven or pulled out of it, attacks counted near it.

Enters: a scene. Leaves: the states that its evidence tells. Does not belong here: predicates (`deed`).
"""

from __future__ import annotations

from warledger.gate.scene import Scene

_ATTACKS = frozenset({"attack", "target"})
_FOUGHT = _ATTACKS | {"assault", "advance"}


def states(scene: Scene) -> set[str]:
    """The states of a place that the evidence tells."""
    told = {str(h.sense.term.get("state")) for h in scene.among("expel")}
    frames = {h.sense.term.get("frame") for h in scene.among("predicate")}
    if scene.among("attack_noun") or frames & _ATTACKS:
        told.add("assaulted")
    if scene.among("failed") and (scene.among("attack_noun") or frames & _FOUGHT):
        told.add("held")
    return told
