"""Generated reports of every subject, for the pages: attacks, harm, damage, the front, diplomacy, justice, nuclear safety.

Enters: numbers. Leaves: reports of ten claims each; the same numbers give the same reports. Half of them tell of attacks,
the others of one more subject each. They are spread evenly over the days from March 2022 to December 2025, over forty
publishers and a dozen speakers, and name six hundred places; what several tell of one night is mostly the same figure.
One claim in fifty is told of a month or longer.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.ledger_scale import DAYS, day_of

from warledger import gazetteer
from warledger.model import Actor, Claim, Evidence, Item, Period, Place, Quantity, Report, Speaker

CLAIMS = 10
PLACES = 600
PUBLISHERS = 40
SPEAKERS = (
    ("Ukrainian Air Force", "UA"), ("General Staff", "UA"), ("Regional administration", "UA"),
    ("State Emergency Service", "UA"), ("Russian Ministry of Defence", "RU"), ("Regional governor", "RU"),
    ("Investigative Committee", "RU"), ("IAEA", "INT"), ("United Nations monitors", "INT"), ("Analysts abroad", "INT"),
    (None, None), (None, None),
)  # fmt: skip
ATTACK = (
    ("launched", "drone"), ("intercepted", "drone"), ("launched", "missile"), ("intercepted", "missile"),
    ("killed", "person"), ("wounded", "person"), ("damaged", "housing"), ("damaged", "energy"),
    ("outage", "power"), ("wounded", "child"),
)  # fmt: skip
SUBJECTS = (
    (("place_control", None), ("area_captured", None), ("losses", "personnel")),
    (("meeting", None), ("position", None)),
    (("legal", None), ("prisoners", "person")),
    (("nuclear_power", None), ("nuclear_warning", None), ("nuclear_status", None)),
)
WHOLE = frozenset({"launched", "intercepted", "losses", "prisoners", "area_captured", "legal"})
"""Kinds that are told here of no place."""
DETAILS: dict[str, tuple[dict[str, Any], ...]] = {
    "place_control": ({"state": "captured"}, {"state": "liberated"}, {"state": "advanced"}),
    "meeting": ({"participants": ["A", "B"], "status": "held"}, {"participants": ["A", "C"]}),
    "position": ({"stance": "demand"}, {"stance": "offer"}, {"stance": "refusal"}),
    "legal": ({"body": "court", "act": "verdict"}, {"body": "court", "act": "warrant"}),
    "prisoners": ({"exchanged": True},),
    "losses": ({"basis": "cumulative"},),
    "nuclear_power": tuple(
        {"plant": plant, "state": state}
        for plant in ("Zaporizhzhia", "Rivne", "Khmelnytskyi")
        for state in ("lost", "restored", "reduced")
    ),
    "nuclear_warning": ({"plant": "Zaporizhzhia"},),
    "nuclear_status": ({"plant": "Zaporizhzhia", "state": "cold_shutdown"},),
    "outage": ({"state": "cut"}, {"state": "restored"}),
}


@functools.cache
def places() -> tuple[Place, ...]:
    """Places of the gazetteer with their own degrees, and the areas that maps fill."""
    known = [p for p in gazetteer.of("en").places() if p.lat is not None and p.lon is not None]
    areas = [p for p in known if p.kind == "oblast"]
    points = [p for p in known if p.kind in ("city", "town")]
    step = max(1, len(points) // PLACES)
    chosen = [*areas, *points[::step]][:PLACES]
    return tuple(Place(p.name, p.name, p.code or None, p.lat, p.lon) for p in chosen)


def reports(count: int, first: int = 0) -> Iterator[tuple[Report, list[Claim]]]:
    """So many reports from the number `first` on, each with its claims."""
    for n in range(first, first + count):
        day = day_of(n)
        sentences, claims, at = [], [], 0
        for k in range(CLAIMS):
            made, quote = _claim(n, k)
            sentence = f"Note {n}-{k} from Town{n % 997} speaks of {quote} in plain words. "
            start = at + sentence.index(quote)
            evidence = (Evidence(start, start + len(quote), quote),)
            claims.append(Claim(report=f"v{n}", evidence=evidence, **made))
            sentences.append(sentence)
            at += len(sentence)
        published = (day + timedelta(days=n % 2)).isoformat()
        yield (
            Report(
                id=f"v{n}",
                text="".join(sentences),
                published=published,
                publisher=f"Outlet {n % PUBLISHERS}",
                title=f"Report {n} of Town{n % 997}",
                lang=("en", "uk", "ru")[n % PUBLISHERS % 3],
            ),
            claims,
        )


def _claim(n: int, k: int) -> tuple[dict[str, Any], str]:
    """What the claim number `k` of a report says, and its words."""
    number, day = n * CLAIMS + k, day_of(n)
    turn = n + n // DAYS  # a day's reports lie so many numbers apart
    sorts = ATTACK if turn % 2 else SUBJECTS[turn // 2 % len(SUBJECTS)]
    kind, class_ = sorts[k % len(sorts)]
    place = places()[(day.toordinal() * 7 + turn % 9 + k) % len(places())]
    low = _figure(day.toordinal(), kind, turn)
    length = 0 if number % 50 else (30, 200, 900)[number // 50 % 3]
    speaker, side = SPEAKERS[(turn // 3 + k // 5) % len(SPEAKERS)]
    details = DETAILS.get(kind, ({},))
    night = kind in ("launched", "intercepted") and not length
    return {
        "kind": kind,
        "item": Item(class_),
        "quantity": _quantity(kind, low),
        "places": () if kind in WHOLE else (place,),
        "actor": Actor("Russia", "RU") if kind == "area_captured" else None,
        "speaker": Speaker(speaker, side),
        "time": Period(
            (day - timedelta(days=1 if night else length)).isoformat(),
            day.isoformat(),
            "night" if night else "range" if length else "day",
        ),
        "detail": dict(details[(turn + k // 3) % len(details)]),
        "rule": f"en/{kind}/generated-{k}",
    }, f"{low} of {kind.replace('_', ' ')}"


def _figure(day: int, kind: str, turn: int) -> int:
    """What is told of a day: one figure, which one report in five tells a little higher."""
    return 2 + (day * 31 + len(kind) * 17) % 180 + (turn % 5 == 0) * (1 + turn % 3)


def _quantity(kind: str, figure: int) -> Quantity | None:
    if kind in ("meeting", "position", "legal", "place_control", "nuclear_warning"):
        return None
    if kind == "losses":
        return Quantity(figure * 1000, figure * 1000, "exact")
    return Quantity(figure, figure, "exact", *(("km2",) if kind == "area_captured" else ()))
