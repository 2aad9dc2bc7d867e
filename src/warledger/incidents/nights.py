"""Nights: what each speaker says of each weapon of an air attack, as a table; and two such tables side by side.

Enters: recorded claims. Leaves: rows, each from reports or from one imported table, and differences. Never merges
speakers or origins. Does not belong here: drawing the tables.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from warledger.incidents.copies import copies
from warledger.incidents.grouping import group
from warledger.model import (
    TABLE_ROW,
    Copies,
    Figure,
    Line,
    Period,
    Quantity,
    Speaker,
    StoredClaim,
)

COLUMNS = ("launched", "intercepted", "lost", "hit", "locations_struck", "locations_debris")
REPORTS = "reports"
"""The origin of claims drawn from texts; a table's rows have the table's name."""
Verdict = Literal["equal", "differ", "only_here", "only_there"]
_LOCATIONS = ("locations_struck", "locations_debris")
_LOOSER = (((0, 1, 2, 3, 4), False), ((0, 1, 2, 3, 5), False), ((0, 1, 2, 3), True))
"""What a left-over pair shares (fields of a thing: night, speaker, kind, class, model, places), and whether the number."""


class NightRow(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """What one speaker says of one weapon in one night or day.

    `figures` has a figure, the latest, for each kind of COLUMNS that is told; `beside` other figures of the kinds.
    `rate_percent` is intercepted over launched, where both are told exactly.
    """

    night: str
    time: Period | None
    attacked: str | None
    speaker: Speaker
    origin: str
    class_: str | None
    model: str | None
    state: str | None
    where: tuple[str, ...]
    figures: dict[str, Figure]
    beside: dict[str, tuple[Figure, ...]]
    rate_percent: float | None


class Compared(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """One figure here and there: `here` of the ledger's reports, `there` of the imported table.

    `note` says what else may explain a verdict: another model's name, one of several figures.
    """

    night: str
    speaker: str
    kind: str
    class_: str | None
    model: str | None
    where: tuple[str, ...]
    here: Quantity | None
    there: Quantity | None
    here_reports: tuple[str, ...]
    there_reports: tuple[str, ...]
    verdict: Verdict
    note: str = ""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of nights that both tell of, and how many nights both or one tell of; a night counts per speaker."""

    table: str
    figures: tuple[Compared, ...]
    nights_both: int
    nights_only_here: int
    nights_only_there: int


def origin(stored: StoredClaim) -> str:
    """Where a claim was recorded from: REPORTS, or the name of an imported table."""
    name = stored.source.report.id
    return name.removeprefix(TABLE_ROW).split("/")[0] if name.startswith(TABLE_ROW) else REPORTS


def nights(claims: Iterable[StoredClaim]) -> tuple[NightRow, ...]:
    """The rows of all nights, by night, attacked party, speaker, weapon and origin.

    Only what is asserted of one night or day; figures over periods are left out.
    """
    pools: dict[str, list[StoredClaim]] = {}
    for stored in claims:
        if stored.claim.kind in COLUMNS and stored.claim.modality == "asserted":
            pools.setdefault(origin(stored), []).append(stored)
    rows = [row for name, pool in pools.items() for row in _rows(name, pool)]
    return tuple(sorted(rows, key=_order))


def _order(row: NightRow) -> tuple[object, ...]:
    return (
        row.night,
        row.attacked or "~",
        (row.speaker.side or "~", row.speaker.name or "~", row.speaker.via or ""),
        (row.class_ or "~", row.model or "", row.state or "", row.where),
        (row.time.start if row.time else "", row.origin),
    )


def _rows(name: str, pool: Sequence[StoredClaim]) -> Iterable[NightRow]:
    stories: tuple[Copies, ...] = ()
    if name == REPORTS:
        stories = copies({c.source.version: c.source for c in pool}.values())
    for incident in group(pool, copies=stories).incidents:
        if incident.kind != "air_attack":
            continue
        found: dict[object, list[Line]] = {}
        for line in incident.lines:
            m = line.measure
            time = (line.time.start, line.time.end) if line.time else None
            state = None if m.state == "suppressed" else m.state
            key = (line.speaker, m.class_, m.model, state, m.where, time)
            found.setdefault(key, []).append(line)
        for lines in found.values():
            yield _row(name, incident.subject, lines)


def _row(name: str, subject: tuple[str, ...], lines: Sequence[Line]) -> NightRow:
    first = lines[0]
    figures: dict[str, Figure] = {}
    beside: dict[str, tuple[Figure, ...]] = {}
    for line in lines:
        kind = line.measure.kind
        others = (*line.beside, *line.earlier)
        if kind in figures:  # suppressed beside shot down: two figures of one kind
            others = (line.latest, *others)
        else:
            figures[kind] = line.latest
        beside[kind] = (*beside.get(kind, ()), *others)
    return NightRow(
        night=first.time.end if first.time else "",
        time=first.time,
        attacked=subject[0] if subject else None,
        speaker=first.speaker,
        origin=name,
        class_=first.measure.class_,
        model=first.measure.model,
        state=first.measure.state,
        where=first.measure.where,
        figures=figures,
        beside={k: v for k, v in beside.items() if v},
        rate_percent=_rate(figures, beside),
    )


def _rate(figures: Mapping[str, Figure], beside: Mapping[str, Sequence[Figure]]) -> float | None:
    pair = [figures[k] for k in ("launched", "intercepted") if k in figures and not beside[k]]
    if len(pair) < 2:
        return None
    launched, intercepted = (_exact(f.quantity) for f in pair)
    if not launched or intercepted is None or intercepted > launched:
        return None
    return round(100 * intercepted / launched, 1)


def _exact(quantity: Quantity | None) -> float | None:
    if quantity is None or quantity.bound != "exact" or quantity.low is None:
        return None
    return float(quantity.low)


# ---- comparing ----

_Cell = tuple[NightRow, str]
_Thing = tuple[str, str, str, str | None, str | None, tuple[str, ...]]


def compare(rows: Sequence[NightRow], table: str) -> Comparison:
    """Night by night, the figures of the ledger's reports against those of the imported table.

    Only speakers that the table names, by name, and nights that both tell of; of the others the nights are counted.
    A figure is matched by night, speaker, kind, class, model and place. What is left over is held together where it is
    the only one of its model, or of its class and place, on either side; last, where the numbers of one class are
    equal. The note then says what is told otherwise. Nothing is summed.
    """
    there = [r for r in rows if r.origin == table and r.speaker.name]
    names = {r.speaker.name for r in there}
    here = [r for r in rows if r.origin == REPORTS and r.speaker.name in names]
    both = {(r.night, r.speaker.name) for r in here} & {(r.night, r.speaker.name) for r in there}
    ours, theirs = _cells(here, both), _cells(there, both)
    found = [
        _compared(key, ours.pop(key), theirs.pop(key), "")
        for key in sorted(set(ours) & set(theirs), key=str)
    ]
    for same, alike in _LOOSER:
        found += _left_over(ours, theirs, same, alike)
    found += [_compared(key, cells, [], "") for key, cells in ours.items()]
    found += [_compared(key, [], cells, "") for key, cells in theirs.items()]
    found.sort(
        key=lambda c: (
            c.night,
            c.speaker,
            COLUMNS.index(c.kind),
            c.class_ or "",
            c.model or "",
            c.where,
        )
    )
    return Comparison(
        table=table,
        figures=tuple(found),
        nights_both=len(both),
        nights_only_here=len({(r.night, r.speaker.name) for r in here} - both),
        nights_only_there=len({(r.night, r.speaker.name) for r in there} - both),
    )


def _cells(
    rows: Iterable[NightRow], both: Container[tuple[str, str | None]]
) -> dict[_Thing, list[_Cell]]:
    found: dict[_Thing, list[_Cell]] = {}
    for row in rows:
        if (row.night, row.speaker.name) not in both:
            continue
        for kind in row.figures:
            class_ = None if kind in _LOCATIONS else row.class_
            model = None if kind in _LOCATIONS else row.model
            key = (row.night, str(row.speaker.name), kind, class_, model, row.where)
            found.setdefault(key, []).append((row, kind))
    return found


def _left_over(
    ours: dict[_Thing, list[_Cell]],
    theirs: dict[_Thing, list[_Cell]],
    same: Sequence[int],
    alike: bool,
) -> list[Compared]:
    """Pairs of what is left where the fields `same` agree and either side has one; with `alike`, numbers agree too."""

    def told(cells: Mapping[_Thing, list[_Cell]]) -> dict[object, list[_Thing]]:
        found: dict[object, list[_Thing]] = {}
        for key, rows in cells.items():
            mark = _numbers(_figures(rows)[0].quantity) if alike else None
            found.setdefault((*(key[n] for n in same), mark), []).append(key)
        return found

    one, other = told(ours), told(theirs)
    pairs = [
        (one[k][0], other[k][0]) for k in one if len(one[k]) == 1 and len(other.get(k, ())) == 1
    ]
    return [_compared(a, ours.pop(a), theirs.pop(b), _otherwise(a, b)) for a, b in pairs]


def _otherwise(a: _Thing, b: _Thing) -> str:
    """What two things held together are told otherwise of."""
    notes = []
    if a[4] != b[4]:
        notes.append(f"model here {a[4] or 'not told'}, there {b[4] or 'not told'}")
    if a[5] != b[5]:
        one, other = ", ".join(a[5]), ", ".join(b[5])
        notes.append(f"place here {one or 'not told'}, there {other or 'not told'}")
    return "; ".join(notes)


def _compared(key: _Thing, ours: Sequence[_Cell], theirs: Sequence[_Cell], note: str) -> Compared:
    night, speaker, kind, class_, model, where = key
    here, there = _figures(ours), _figures(theirs)
    pair = next(((a, b) for a in here for b in there if _same(a.quantity, b.quantity)), None)
    if pair is None:
        verdict: Verdict = "differ" if here and there else "only_here" if here else "only_there"
    else:
        verdict = "equal"
    if len(here) > 1 or len(there) > 1:
        several = f"one of {len(here)} figures here, {len(there)} there"
        note = f"{note}; {several}" if note else several
    return Compared(
        night=night,
        speaker=speaker,
        kind=kind,
        class_=class_,
        model=model,
        where=where,
        here=(pair[0] if pair else here[0]).quantity if here else None,
        there=(pair[1] if pair else there[0]).quantity if there else None,
        here_reports=tuple(dict.fromkeys(r for f in here for r in f.reports)),
        there_reports=tuple(dict.fromkeys(r for f in there for r in f.reports)),
        verdict=verdict,
        note=note,
    )


def _figures(cells: Sequence[_Cell]) -> list[Figure]:
    return [f for row, kind in cells for f in (row.figures[kind], *row.beside.get(kind, ()))]


def _same(a: Quantity | None, b: Quantity | None) -> bool:
    """Whether the numbers told agree; a table has no words for a bound, so "about 60" is its 60."""
    if a is None or b is None:
        return False
    return bool(_numbers(a) & _numbers(b))


def _numbers(quantity: Quantity | None) -> frozenset[float]:
    if quantity is None:
        return frozenset()
    return frozenset(float(n) for n in (quantity.low, quantity.high) if n is not None)
