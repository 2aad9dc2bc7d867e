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
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text

from warledger.ledger import queries, shelves, weighing
from warledger.ledger.decisions import Decided, Standing, standings
from warledger.ledger.queries import Asked
from warledger.model import StoredClaim

_DECIDED = ("accepted", "corrected", "rejected")


RULES = 100
"""Rules that are looked at with one statement."""


class Doubtful(msgspec.Struct, frozen=True):
    """A claim of the queue: how much there is to doubt (0 to 1), the parts of that, and how it stands."""

    stored: StoredClaim
    doubt: float
    parts: dict[str, float]
    standing: Standing


def _done(decided: list[Decided], standing: Mapping[str, Standing], by: str | None) -> set[str]:
    """The claims that enough people have decided on, or that `by` has."""
    own = {d.decision.claim for d in decided if d.decision.by == by and not d.decision.blind}
    return own | {claim for claim, stands in standing.items() if stands in _DECIDED}


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
    done = _done(decided, standing, by)
    rows = queries.rows(connection, asked)
    figures: dict[Any, set[Any]] = defaultdict(set)
    for row in rows:
        figures[_thing(row)].add((row.low, row.high))
    rules = Counter(row.rule for row in rows)
    weighed = []
    for row in rows:
        if row.claim_id not in done:
            parts = _parts(row, len(figures[_thing(row)]), rules[row.rule])
            weighed.append((-weighing.doubt(parts), row.claim_id, parts, row))
    return _first(connection, weighed, standing, limit)


def leading(
    connection: Connection,
    kinds: Sequence[str],
    decided: list[Decided],
    needed: int,
    by: str | None,
    limit: int,
) -> list[Doubtful]:
    """The same of all days, from the shelf: the claims of each rule that lead, and of these the most doubtful."""
    standing = standings(decided, needed)
    done = _done(decided, standing, by)
    counts = select(shelves.rule.c.rule, func.sum(shelves.rule.c.claims))
    if kinds:
        counts = counts.where(shelves.rule.c.kind.in_(kinds))
    drawn = {str(r): int(n) for r, n in connection.execute(counts.group_by(shelves.rule.c.rule))}
    waiting, most = sorted(drawn), limit
    weighed = []
    while waiting:
        rows = _leading_of(connection, waiting, kinds, most)
        found: dict[str, list[Any]] = {name: [] for name in waiting}
        for row in rows:
            found[row.rule].append(row)
        short = []
        for name, group in found.items():
            open_ = [row for row in group if row.claim_id not in done]
            if len(open_) < limit and len(group) == most:
                short.append(name)  # those that lead are decided on: look further
                continue
            for row in open_:
                parts = weighing.parts(row.figures, drawn[name], row.gate, row.wording)
                weighed.append((-weighing.doubt(parts), row.claim_id, parts, row))
        waiting, most = short, most * 8
    return _first(connection, weighed, standing, limit)


_OF_RULE = (
    "SELECT * FROM (SELECT claim_id, position, sequence, report, rule, figures, gate, wording FROM shelf_claim"
    " WHERE rule = :rule{n}{kinds} ORDER BY sure, claim_id LIMIT :most) AS r{n}"
)


def _leading_of(
    connection: Connection, rules: Sequence[str], kinds: Sequence[str], most: int
) -> list[Any]:
    """The first claims of each rule by how little is sure of them."""
    named = {f"kind{n}": kind for n, kind in enumerate(kinds)}
    asked = f" AND kind IN ({', '.join(f':{name}' for name in named)})" if named else ""
    rows: list[Any] = []
    for start in range(0, len(rules), RULES):
        some = rules[start : start + RULES]
        parts = (_OF_RULE.format(n=n, kinds=asked) for n in range(len(some)))
        values = {f"rule{n}": rule for n, rule in enumerate(some)} | named | {"most": most}
        rows += connection.execute(text(" UNION ALL ".join(parts)), values).all()
    return rows


def _first(
    connection: Connection,
    weighed: list[tuple[float, str, dict[str, float], Any]],
    standing: dict[str, Standing],
    limit: int,
) -> list[Doubtful]:
    weighed.sort(key=lambda w: w[:2])
    first = weighed[:limit]
    loaded = queries.load(connection, [w[3] for w in first])
    return [
        Doubtful(stored, -doubt, parts, standing.get(identity, "open"))
        for (doubt, identity, parts, _), stored in zip(first, loaded, strict=True)
    ]


def blind_queue(
    connection: Connection, kinds: Sequence[str], decided: list[Decided], by: str, limit: int
) -> list[StoredClaim]:
    """The claims to code without sight of others' verdicts: those that one other has coded first, then a sample.

    The order within is that of the ids, which are hashes: the sample leans to no kind, day or speaker.
    """
    coders: dict[str, set[str]] = defaultdict(set)
    for one in decided:
        if one.decision.blind:
            coders[one.decision.claim].add(one.decision.by)
    table = shelves.claim.c
    query = select(table.claim_id, table.position, table.sequence, table.report)
    query = query.order_by(table.claim_id)
    if kinds:
        query = query.where(table.kind.in_(kinds))
    once = sorted(c for c, names in coders.items() if len(names) == 1 and by not in names)
    rows: list[Any] = []
    for start in range(0, len(once), queries.AT_ONCE):
        some = once[start : start + queries.AT_ONCE]
        rows += connection.execute(query.where(table.claim_id.in_(some))).all()
    sample = connection.execute(query.limit(limit + len(coders))).all()
    led = {row.claim_id for row in rows}
    rows += [r for r in sample if r.claim_id not in led and by not in coders.get(r.claim_id, ())]
    return list(queries.load(connection, rows[:limit]))


def _thing(row: Any) -> tuple[Any, ...]:
    return (row.kind, row.item_class, row.model, row.place, row.first_day, row.last_day)


def _parts(row: Any, figures: int, drawn_by_rule: int) -> dict[str, float]:
    return weighing.parts(
        figures,
        drawn_by_rule,
        weighing.refused(row.claims, row.refusals),
        weighing.wording(row.bound, row.modality, row.speaker),
    )
