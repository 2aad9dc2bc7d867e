"""How much there is to doubt of a claim: the parts, and what each weighs.

Enters: what is known of a claim. Leaves: numbers between 0 and 1. Does not belong here: which claims are asked for
(`doubts`), where the numbers are kept (`shelf`).
"""

from __future__ import annotations

from math import sqrt

WEIGHTS = {"disagreement": 0.4, "rarity": 0.2, "gate": 0.2, "wording": 0.2}


def parts(figures: int, drawn_by_rule: int, gate: float, wording: float) -> dict[str, float]:
    """The parts of doubt: `figures` are told of the same thing, the same rule drew so many claims."""
    return {
        "disagreement": round(1 - 1 / figures, 4),
        "rarity": round(1 / sqrt(drawn_by_rule), 4),
        "gate": gate,
        "wording": wording,
    }


def doubt(found: dict[str, float]) -> float:
    """The sum of the parts by their weights."""
    return round(sum(WEIGHTS[name] * part for name, part in found.items()), 4)


def sureness(figures: int, gate: float, wording: float) -> float:
    """How little there is to doubt of a claim whatever its rule: 1 less all parts but rarity."""
    found = parts(figures, 1, gate, wording) | {"rarity": 0.0}
    return round(1 - doubt(found), 4)


def refused(claims: int, refusals: int) -> float:
    """The share of what was drawn from a report that the gate refused."""
    return round(refusals / max(1, claims + refusals), 4)


def wording(bound: str | None, modality: str, speaker: str | None) -> float:
    """1 for a vague number, 0.5 for a bound or what is not plainly asserted, 0.3 for words of no named speaker."""
    if bound == "vague":
        return 1.0
    if modality != "asserted" or bound not in (None, "exact"):
        return 0.5
    return 0.0 if speaker else 0.3
