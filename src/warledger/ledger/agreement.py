"""How well people who coded the same claims without sight of each other agree, by kind of claim.

Enters: blind decisions with the kinds of their claims. Leaves: Cohen's kappa and Krippendorff's alpha. Pure: no SQL.

Kappa after J. Cohen (1960), A coefficient of agreement for nominal scales; alpha for nominal data after
K. Krippendorff (2004), Content Analysis, by the package of that name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import msgspec

from warledger.ledger.decisions import Decided

ALL = "all"
VERDICTS = ("accept", "correct", "reject")


class Pair(msgspec.Struct, frozen=True):
    """Two coders: how many claims both coded, on how many they agree, and kappa (None where it is not defined)."""

    first: str
    second: str
    claims: int
    agreed: int
    kappa: float | None


class Agreement(msgspec.Struct, frozen=True):
    """Agreement on one kind of claim (`all` for all): claims coded twice or more, the pairs, and alpha over all coders.

    Alpha is None where it is not defined: nothing coded twice, or one verdict only.
    """

    kind: str
    claims: int
    pairs: tuple[Pair, ...]
    alpha: float | None


def agreement(decided: Sequence[Decided], kinds: Mapping[str, str]) -> list[Agreement]:
    """Agreement by kind, all kinds together first. `kinds` names the kind of each claim; a coder's last word counts."""
    codes: dict[str, dict[str, str]] = {}
    for one in decided:
        if one.decision.blind:
            codes.setdefault(one.decision.claim, {})[one.decision.by] = one.decision.verdict
    twice = {claim: by for claim, by in codes.items() if len(by) > 1}
    groups: dict[str, list[dict[str, str]]] = {ALL: list(twice.values())} if twice else {}
    for claim, by in sorted(twice.items(), key=lambda item: kinds.get(item[0], "")):
        groups.setdefault(kinds.get(claim, ""), []).append(by)
    return [
        Agreement(kind, len(rows), tuple(_pairs(rows)), alpha(rows))
        for kind, rows in groups.items()
    ]


def _pairs(rows: Sequence[Mapping[str, str]]) -> list[Pair]:
    coders = sorted({coder for row in rows for coder in row})
    found = []
    for first, second in combinations(coders, 2):
        both = [(row[first], row[second]) for row in rows if first in row and second in row]
        if both:
            agreed = sum(a == b for a, b in both)
            found.append(Pair(first, second, len(both), agreed, kappa(both)))
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two coders' verdicts; None where chance alone would make them agree always."""
    count = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(first[label] * second[label] for label in first) / count**2
    if by_chance == 1:
        return None
    return (sum(a == b for a, b in pairs) / count - by_chance) / (1 - by_chance)


def alpha(rows: Sequence[Mapping[str, str]]) -> float | None:
    """Krippendorff's alpha for nominal data; None where there is one verdict only."""
    import krippendorff  # noqa: PLC0415 (brings numpy, which nothing else here needs)

    if len({verdict for row in rows for verdict in row.values()}) < 2:
        return None
    coders = sorted({coder for row in rows for coder in row})
    table = [
        [VERDICTS.index(row[coder]) if coder in row else float("nan") for row in rows]
        for coder in coders
    ]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
