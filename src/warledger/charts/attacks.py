"""What speakers gave for the weapons of a night, as rows of a chart.

Enters: claims. Leaves: rows. Does not belong here: adding up what different speakers or reports say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from warledger.charts import series
from warledger.model import StoredClaim

KINDS = ("launched", "intercepted", "lost", "hit")
CLASSES = ("any", "drone", "missile", "bomb", "rocket", "aircraft")


def attacked(
    claims: Iterable[StoredClaim],
    *,
    who: Callable[[StoredClaim], str],
    name: Callable[[str], str],
    labels: dict[str, str],
) -> list[dict[str, Any]]:
    """A row a day, speaker, class of weapon, kind and figure: `day`, `who`, `weapon`, `what`, `figure`, `url`, and
    with the highest figure the `numbers` of all that one speaker gave of one thing.

    Figures of the whole of a night alone: those of places, cumulative ones and those not asserted stay in the tables.
    A class's own figure counts, else the sum over its models, each counted once.
    """
    tellings: dict[tuple[str, str, str, str, str], dict[str, float]] = {}
    for stored in claims:
        claim, figure = stored.claim, _figure(stored)
        if figure is None or claim.time is None or not _of_a_night(stored):
            continue
        key = (claim.time.end[:10], who(stored), claim.item.class_ or "any", claim.kind)
        models = tellings.setdefault((*key, stored.source.version), {})
        model = claim.item.model or ""
        models[model] = max(figure, models.get(model, 0.0))
    told: dict[tuple[str, str, str, str], set[float]] = {}
    for (day, speaker, class_, kind, _), models in tellings.items():
        figures = told.setdefault((day, speaker, class_, kind), set())
        figures.add(models.get("", sum(models.values())))
    return [
        {
            "day": day,
            "who": speaker,
            "weapon": name(class_),
            "what": labels[kind],
            "figure": figure,
            "numbers": " / ".join(f"{n:,g}" for n in sorted(figures))
            if figure == max(figures)
            else "",
            "url": f"/day/{day}",
        }
        for (day, speaker, class_, kind), figures in sorted(told.items(), key=_order)
        for figure in sorted(figures, reverse=True)
    ]


def night(
    rows: list[dict[str, Any]], *, name: Callable[[str], str], labels: dict[str, str]
) -> Callable[[], Any]:
    """The chart of the rows of one day."""
    weapons, whats = [name(class_) for class_ in CLASSES], [labels[kind] for kind in KINDS]
    return partial(series.attack, rows, labels, weapons=weapons, whats=whats)


def _of_a_night(stored: StoredClaim) -> bool:
    claim = stored.claim
    return (
        claim.kind in KINDS
        and claim.modality == "asserted"
        and not claim.places
        and not claim.detail.get("basis")
        and (claim.item.class_ or "any") in CLASSES
        and claim.time is not None
        and claim.time.precision in ("night", "day")
    )


def _figure(stored: StoredClaim) -> float | None:
    quantity = stored.claim.quantity
    if quantity is None:
        return None
    value = quantity.high if quantity.high is not None else quantity.low
    return None if value is None else float(value)


def _order(told: tuple[tuple[str, str, str, str], set[float]]) -> tuple[str, str, int, int]:
    day, speaker, class_, kind = told[0]
    return (day, speaker, CLASSES.index(class_), KINDS.index(kind))
