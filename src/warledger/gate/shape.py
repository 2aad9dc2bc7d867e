"""The proof of a claim's form: a known kind, with the class, the model and the unit that it can have.

Enters: a claim. Leaves: None, or the fault. Does not belong here: anything that needs the report's text.
"""

from __future__ import annotations

from warledger.gate.scene import Fault
from warledger.model import GROUND_KINDS, KINDS, NUCLEAR_KINDS, WORD_KINDS, Claim, Quantity

_WEAPONS = frozenset({"drone", "missile", "bomb", "rocket", "aircraft", "any"})
_PEOPLE = frozenset({"civilian", "child", "soldier", "rescuer", "person"})
_STRIKES = frozenset({"air_strike", "drone_strike", "missile_strike", "shelling", "clash", "any"})
_OBJECTS = frozenset(
    [
        "energy",
        "rail",
        "port",
        "airfield",
        "oil",
        "gas",
        "industry",
        "military",
        "housing",
        "hospital",
        "school",
        "culture",
        "vehicle",
        "ship",
        "bridge",
        "water",
        "telecom",
        "nuclear",
        "other",
    ]
)
_ARMS = frozenset(
    [
        "personnel",
        "tank",
        "afv",
        "artillery",
        "mlrs",
        "air_defence",
        "aircraft",
        "helicopter",
        "drone",
        "missile",
        "ship",
        "vehicle",
        "other",
    ]
)
_SUPPLIES = frozenset({"power", "heat", "water", "gas"})
_CLASSLESS = NUCLEAR_KINDS | GROUND_KINDS | WORD_KINDS
_MODELLED = frozenset({"launched", "intercepted", "lost", "hit"})
_UNCOUNTED = frozenset({"place_control", "meeting", "legal", "position", "nuclear_warning"})
_MAY_COUNT = _UNCOUNTED | {"damaged", "targeted", "nuclear_power", "comparison"}
_UNITS = {
    "area_captured": frozenset({"km2"}),
    "area_share": frozenset({"percent"}),
    "nuclear_power": frozenset({"hour"}),
    "outage": frozenset({"count", "percent", "MW", "hour"}),
    "comparison": frozenset({"count", "percent", "MW", "hour", "km2"}),
}
_COUNT = frozenset({"count"})


def shape_fault(claim: Claim) -> Fault | None:
    """What no text could prove: a kind, class, model or unit that do not go together."""
    kind, item = claim.kind, claim.item
    if kind not in KINDS:
        return Fault("kind", f"unknown kind {kind}")
    allowed = _classes(kind)
    if (item.class_ is None) != (allowed is None) or (allowed and item.class_ not in allowed):
        return Fault("class", f"{kind} has no class {item.class_}")
    if item.model is not None and kind not in _MODELLED:
        return Fault("model", f"{kind} names no model")
    return _quantity_fault(kind, claim.quantity)


def _classes(kind: str) -> frozenset[str] | None:
    if kind in _CLASSLESS:
        return None
    special = {
        "attacks": _STRIKES,
        "outage": _SUPPLIES,
        "losses": _ARMS,
        "damaged": _OBJECTS,
        "targeted": _OBJECTS,
    }
    if kind in special:
        return special[kind]
    return _WEAPONS if kind in _MODELLED or kind.startswith("locations") else _PEOPLE


def _quantity_fault(kind: str, quantity: Quantity | None) -> Fault | None:
    if quantity is None:
        if kind in _MAY_COUNT:
            return None
        return Fault("quantity", f"{kind} without a quantity")
    if kind in _UNCOUNTED:
        return Fault("quantity", f"{kind} has no quantity")
    if quantity.unit not in _UNITS.get(kind, _COUNT):
        return Fault("unit", f"{kind} is not counted in {quantity.unit}")
    return None
