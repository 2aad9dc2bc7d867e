"""Nights: what each speaker gave of each class of weapon for each night, read from the shelf's claims.

Enters: a connection, conditions on claims. Leaves: figures. Does not belong here: which conditions (`wanting`), how the
nights of all speakers are kept (`sums`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, select


class NightFigure(msgspec.Struct, frozen=True):
    """What one speaker gave of one class of weapon for one night or day: the class's own figure, or where a telling has
    none, the sum of the `models` that it tells (0 for an own figure); `claim_id` is one of the claims."""

    day: str
    kind: str
    item_class: str | None
    speaker: str | None
    side: str | None
    low: float
    high: float
    models: int
    claims: int
    claim_id: str


def nights(connection: Connection, claim: Table, matching: Sequence[Any]) -> list[NightFigure]:
    """The figures that the claims matching give, in order of time; every different figure stands once.

    What one source tells belongs together: its own figure of a class is taken, else the sum over its models, each
    counted once. Figures of places, of more than one night, cumulative ones and those without a number are left
    out. The day is that on which the night ends.
    """
    table = claim.c
    told = (table.day, table.kind, table.item_class, table.speaker, table.side)
    low, high = (
        func.max(func.coalesce(one, other))
        for one, other in ((table.low, table.high), (table.high, table.low))
    )
    models = (
        select(*told, table.telling, table.model, low.label("low"), high.label("high"))
        .add_columns(func.count().label("claims"), func.min(table.claim_id).label("one"))
        .where(
            *matching,
            table.days <= 1,
            table.placed == 0,
            table.modality == "asserted",
            func.coalesce(table.basis, "event") == "event",
            (table.low.is_not(None)) | (table.high.is_not(None)),
        )
        .group_by(*told, table.telling, table.model)
        .subquery()
        .c
    )
    key = (models.day, models.kind, models.item_class, models.speaker, models.side)
    own = models.model.is_(None)
    query = (
        select(*key, func.sum(models.low), func.sum(models.high))
        .add_columns(func.count(models.model), func.sum(models.claims))
        .add_columns(func.min(models.one), models.telling)
        .group_by(*key, models.telling, own)
        .order_by(*key, models.telling)
    )
    return _once(connection.execute(query).all())


def _once(rows: Sequence[Any]) -> list[NightFigure]:
    """Rows of own figures and of sums over models: of one telling the own figure, of equal figures one."""
    tellings: dict[tuple[Any, ...], NightFigure] = {}
    for *fields, telling in rows:
        figure = NightFigure(*fields)
        key = (*fields[:5], telling)
        if key not in tellings or figure.models == 0:
            tellings[key] = figure
    once: dict[tuple[Any, ...], NightFigure] = {}
    for key, figure in tellings.items():
        same = (*key[:5], figure.low, figure.high)
        known = once.get(same, figure)
        claims = figure.claims + (known.claims if same in once else 0)
        shown = figure if figure.models < known.models else known
        once[same] = msgspec.structs.replace(shown, claims=claims)
    return sorted(once.values(), key=order)


def order(figure: NightFigure) -> tuple[Any, ...]:
    """By time, kind, class, speaker, number."""
    return (
        figure.day, figure.kind, figure.item_class or "", figure.speaker or "", figure.low, figure.high,
    )  # fmt: skip
