"""Which claims a person ought to look at first: those that there is most reason to doubt.

Enters: what is asked for. Leaves: claims with a doubt between 0 and 1 and its reasons. Does not belong here: decisions.

doubt = 0.4 disagreement + 0.2 rarity + 0.2 the gate + 0.2 wording, each between 0 and 1:
- disagreement: 1 - 1/n, n being how many different figures are told of the same thing (kind, class, model, place, days);
- rarity: 1/sqrt(n), n being how many of the claims asked for the same rule drew;
- the gate: the share of what was drawn from the report that the gate refused;
- wording: 1 for a vague number, 0.5 for a bound or what is not plainly asserted, 0.3 for words of no named speaker.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import sqrt
from typing import Any

import msgspec
from sqlalchemy import Connection

from warledger.ledger import queries
from warledger.ledger.decisions import Decided, Standing, standings
from warledger.ledger.queries import Asked
from warledger.model import StoredClaim

WEIGHTS = {"disagreement": 0.4, "rarity": 0.2, "gate": 0.2, "wording": 0.2}
_DECIDED = ("accepted", "corrected", "rejected")


class Doubtful(msgspec.Struct, frozen=True):
    """A claim of the queue: how much there is to doubt (0 to 1), the parts of that, and how it stands."""

    stored: StoredClaim
    doubt: float
    parts: dict[str, float]
    standing: Standing


def queue(
    connection: Connection,
    asked: Asked,
    decided: list[Decided],
    needed: int,
    by: str | None,
    limit: int,
) -> list[Doubtful]:
    """The claims not decided yet by enough people, nor by `by`, the most doubtful first."""
    standing = standings(decided, needed)
    done = {d.decision.claim for d in decided if d.decision.by == by and not d.decision.blind}
    done |= {claim for claim, stands in standing.items() if stands in _DECIDED}
    rows = queries.rows(connection, asked)
    figures: dict[Any, set[Any]] = defaultdict(set)
    for row in rows:
        figures[_thing(row)].add((row.low, row.high))
    rules = Counter(row.rule for row in rows)
    weighed = []
    for row in rows:
        if row.claim_id not in done:
            parts = _parts(row, len(figures[_thing(row)]), rules[row.rule])
            doubt = round(sum(WEIGHTS[name] * part for name, part in parts.items()), 4)
            weighed.append((-doubt, row.claim_id, parts, row))
    weighed.sort(key=lambda w: w[:2])
    first = weighed[:limit]
    loaded = queries.load(connection, [w[3] for w in first])
    return [
        Doubtful(stored, -doubt, parts, standing.get(identity, "open"))
        for (doubt, identity, parts, _), stored in zip(first, loaded, strict=True)
    ]


def blind_queue(
    connection: Connection, asked: Asked, decided: list[Decided], by: str, limit: int
) -> list[StoredClaim]:
    """The claims to code without sight of others' verdicts: those that one other has coded first, then a sample.

    The order within is that of the ids, which are hashes: the sample leans to no kind, day or speaker.
    """
    coders: dict[str, set[str]] = defaultdict(set)
    for one in decided:
        if one.decision.blind:
            coders[one.decision.claim].add(one.decision.by)
    rows = [row for row in queries.rows(connection, asked) if by not in coders[row.claim_id]]
    rows.sort(key=lambda row: (len(coders[row.claim_id]) != 1, row.claim_id))
    return list(queries.load(connection, rows[:limit]))


def _thing(row: Any) -> tuple[Any, ...]:
    return (row.kind, row.item_class, row.model, row.place, row.first_day, row.last_day)


def _parts(row: Any, figures: int, drawn_by_rule: int) -> dict[str, float]:
    parts = {
        "disagreement": 1 - 1 / figures,
        "rarity": 1 / sqrt(drawn_by_rule),
        "gate": row.refusals / max(1, row.claims + row.refusals),
        "wording": _wording(row),
    }
    return {name: round(part, 4) for name, part in parts.items()}


def _wording(row: Any) -> float:
    if row.bound == "vague":
        return 1.0
    if row.modality != "asserted" or row.bound not in (None, "exact"):
        return 0.5
    return 0.0 if row.speaker else 0.3
