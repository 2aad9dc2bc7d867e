"""The sections of a brief, each a pure function from claims to tables.

Enters: recorded claims. Leaves: a `Brief`. Does not belong here: how a brief is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from warledger.brief import words
from warledger.brief.citing import Citer
from warledger.brief.disagreements import disagreements
from warledger.brief.records import Brief, Cell, Section, Table
from warledger.model import Finding, Incident, StoredClaim

NIGHTLY = ("launched", "intercepted", "lost", "hit")
STRUCK = ("locations_struck", "locations_debris")
HARM = ("killed", "wounded", "casualties", "bodies", "missing", "rescued", "evacuated", "prisoners")
DAMAGE = ("damaged", "targeted", "outage", "losses", "attacks")
NUCLEAR = ("nuclear_power", "nuclear_status", "nuclear_warning")
FRONT = ("place_control", "area_captured", "area_share")
_CLASS_ORDER = ("any", "drone", "missile", "bomb", "rocket", "aircraft")


def brief(
    claims: Iterable[StoredClaim],
    *,
    start: str,
    end: str,
    incidents: Iterable[Incident],
    findings: Iterable[Finding] = (),
) -> Brief:
    """The brief of the days `start` to `end` (ISO dates, inclusive) from the claims that touch them.

    `incidents` say which figures speak of one thing, and so may disagree. Findings stand beside the figures that they concern, in a column of their own where there are any.
    """
    rows = told_in(claims, end)
    citer = Citer(findings)
    sections = (
        Section("air-attack", "Air attack", _air(rows, citer)),
        Section(
            "harm",
            "People harmed",
            _listed(rows, citer, HARM, "People, by place and speaker", _counted),
        ),
        Section(
            "damage",
            "Damage and outages",
            _listed(rows, citer, DAMAGE, "Things damaged, aimed at, cut off or lost", _counted),
        ),
        Section(
            "nuclear",
            "Nuclear safety",
            _listed(rows, citer, NUCLEAR, "Plants, reactors, warnings", _nuclear),
        ),
        Section("front", "The front", _listed(rows, citer, FRONT, "Places and areas", _ground)),
        Section(
            "diplomacy",
            "Diplomacy",
            _listed(rows, citer, ("meeting",), "Meetings and calls", _meeting),
        ),
        Section(
            "justice",
            "Justice",
            _listed(rows, citer, ("legal",), "Acts and words of courts and prosecutors", _legal),
        ),
        Section("positions", "Positions and denials", _positions(rows, citer)),
        Section(
            "comparisons",
            "Comparisons, as stated",
            _listed(rows, citer, ("comparison",), _checked_or_not(citer), _comparison),
        ),
        Section("disagreements", "Disagreements", disagreements(rows, incidents, citer)),
    )
    return Brief(start, end, _coverage(rows, start, end), sections, citer.all())


def told_in(claims: Iterable[StoredClaim], end: str) -> list[StoredClaim]:
    """The claims that a brief up to the day `end` tells: a night belongs to the day on which it ends."""
    return [stored for stored in claims if not _of_the_next_day(stored, end)]


def _of_the_next_day(stored: StoredClaim, end: str) -> bool:
    time = stored.claim.time
    return time is not None and time.precision == "night" and time.end > end


def _coverage(rows: Sequence[StoredClaim], start: str, end: str) -> tuple[str, ...]:
    span = words.day(start) if start == end else f"{words.day(start)} to {words.day(end)}"
    if not rows:
        return (f"The ledger holds no claim about {span}.",)
    reports = {r.source.version: r.source.report for r in rows}
    sides = {r.claim.speaker.side for r in rows}
    publishers = sorted({r.publisher or "publisher not given" for r in reports.values()})
    languages = sorted({r.lang or "?" for r in reports.values()})
    lines = [
        f"{_some(len(rows), 'claim')} from {_some(len(reports), 'report')} ({', '.join(languages)}): {'; '.join(publishers)}.",
    ]
    silent = [side for side in ("UA", "RU", "INT") if side not in sides]
    if silent:
        lines.append(f"No claim here is credited to a speaker of: {', '.join(silent)}.")
    return tuple(lines)


def _some(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _group(
    rows: Iterable[StoredClaim], key: Callable[[StoredClaim], Hashable]
) -> dict[Hashable, list[StoredClaim]]:
    found: dict[Hashable, list[StoredClaim]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _when(row: StoredClaim) -> str:
    return words.period(row.claim.time, row.source.report.published)


def _who(row: StoredClaim) -> str:
    return words.speaker(row.claim, row.source)


# ---- air attack ----


def _air(rows: Sequence[StoredClaim], citer: Citer) -> tuple[Table, ...]:
    kinds = (*NIGHTLY, *STRUCK)
    mine = [r for r in rows if r.claim.kind in kinds and r.claim.quantity is not None]
    nightly = [
        r
        for r in mine
        if not _local(r) and not r.claim.detail.get("basis") and r.claim.modality == "asserted"
    ]
    tables: list[Table] = []
    for _, found in sorted(_group(nightly, _attack_day).items(), key=lambda g: str(g[0])):
        tables.append(_night(found, citer, explained=not tables))
    rest = [r for r in mine if r not in nightly]
    if rest:
        tables.append(_plain(rest, citer, "By place, and over longer periods", _counted))
    return tuple(tables)


def _attack_day(row: StoredClaim) -> str:
    """The day on which an attack ended; a night and the day that it ends on are told of as one attack."""
    time = row.claim.time
    if time is None:
        return (row.source.report.published or "")[:10]
    return time.end if time.precision in ("night", "day") else f"{time.start}/{time.end}"


def _local(row: StoredClaim) -> bool:
    return len(row.claim.places) > 0


def _start(row: StoredClaim) -> str:
    return row.claim.time.start if row.claim.time else (row.source.report.published or "")


def _night(found: list[StoredClaim], citer: Citer, *, explained: bool) -> Table:
    nights = [r for r in found if r.claim.time and r.claim.time.precision == "night"]
    when = _when((nights or found)[0])

    def order(group: tuple[Hashable, list[StoredClaim]]) -> tuple[str, int, str]:
        claim = group[1][0].claim
        class_ = claim.item.class_ or "any"
        at = _CLASS_ORDER.index(class_) if class_ in _CLASS_ORDER else 9
        return (_who(group[1][0]), at, claim.item.model or "")

    weapons = _group(found, lambda r: (_who(r), r.claim.item.class_, r.claim.item.model))
    lines = [_weapon_row(group, citer) for _, group in sorted(weapons.items(), key=order)]
    return Table(
        caption=when[:1].upper() + when[1:],
        columns=(
            "Who says",
            "Weapon",
            "Launched",
            "Intercepted",
            "Lost",
            "Hit",
            "Unaccounted for",
            "Intercepted, %",
            "Places hit",
            "Places of debris",
            *_checks(citer),
        ),
        rows=tuple(lines),
        note=None
        if not explained
        else (
            "A row is what one speaker says of one kind of weapon. Unaccounted for = launched − intercepted − lost − hit, "
            "where the speaker gives exact figures for launched and intercepted; what became of those weapons is not told."
        ),
    )


def _weapon_row(group: list[StoredClaim], citer: Citer) -> tuple[Cell, ...]:
    first = group[0]
    by_kind = {kind: [r for r in group if r.claim.kind == kind] for kind in (*NIGHTLY, *STRUCK)}
    figures = {kind: _exact(found) for kind, found in by_kind.items()}
    launched, intercepted = figures["launched"], figures["intercepted"]
    left, rate = Cell("—"), Cell("—")
    others = [figures[k] for k in ("lost", "hit") if by_kind[k]]
    if launched is not None and intercepted is not None and None not in others:
        remainder = launched - intercepted - sum(v for v in others if v is not None)
        bearing = [r for k in NIGHTLY for r in by_kind[k]]
        if remainder >= 0 and launched > 0:
            left = citer.cell(words.number(remainder), bearing)
            rate = citer.cell(
                f"{100 * intercepted / launched:.1f}", by_kind["launched"] + by_kind["intercepted"]
            )
    cells = {kind: _figures(found, citer) for kind, found in by_kind.items()}
    return (
        Cell(_who(first)),
        Cell(words.item(first.claim)),
        *(cells[k] for k in NIGHTLY),
        left,
        rate,
        *(cells[k] for k in STRUCK),
        *((citer.checked(group),) if citer.checking else ()),
    )


def _exact(found: list[StoredClaim]) -> float | None:
    values = {
        r.claim.quantity.low
        for r in found
        if r.claim.quantity and r.claim.quantity.bound == "exact"
    }
    if len(values) != 1 or len(found) != sum(
        1 for r in found if r.claim.quantity and r.claim.quantity.bound == "exact"
    ):
        return None
    value = values.pop()
    return None if value is None else float(value)


def _figures(found: list[StoredClaim], citer: Citer) -> Cell:
    """One figure, or several side by side, each with its citations."""
    if not found:
        return Cell("—")
    by_figure = _group(found, lambda r: words.figure(r.claim.quantity, r.claim.evidence[0].quote))
    text = " / ".join(str(f) for f in by_figure)
    return citer.cell(text, found)


# ---- lists ----

Drawn = Callable[[StoredClaim], tuple[str, str]]


def _listed(
    rows: Sequence[StoredClaim], citer: Citer, kinds: Sequence[str], caption: str, drawn: Drawn
) -> tuple[Table, ...]:
    found = [r for r in rows if r.claim.kind in kinds]
    return (_plain(found, citer, caption, drawn),) if found else ()


def _plain(found: list[StoredClaim], citer: Citer, caption: str, drawn: Drawn) -> Table:
    """One row a fact and speaker; reports that carry the same words of the same speaker share a row."""
    groups = _group(found, lambda r: (_who(r), drawn(r), words.places(r.claim), _when(r)))
    ordered = sorted(groups.values(), key=lambda g: (words.places(g[0].claim), _start(g[0])))
    rows = []
    for group in ordered:
        what, number = drawn(group[0])
        rows.append(
            (
                Cell(what + words.modality(group[0].claim)),
                citer.cell(number or "told", group),
                Cell(words.places(group[0].claim)),
                Cell(_when(group[0])),
                Cell(_who(group[0])),
                *((citer.checked(group),) if citer.checking else ()),
            )
        )
    columns = ("What", "Figure or words", "Where", "When", "Who says", *_checks(citer))
    return Table(caption, columns, tuple(rows))


def _checks(citer: Citer) -> tuple[str, ...]:
    return ("Checks",) if citer.checking else ()


def _checked_or_not(citer: Citer) -> str:
    return "As stated" if citer.checking else "Not checked here against the record"


def _quoted(row: StoredClaim) -> str:
    return "“" + " ".join(row.claim.evidence[0].quote.split()) + "”"


def _counted(row: StoredClaim) -> tuple[str, str]:
    claim = row.claim
    parts = [claim.kind.replace("_", " "), words.item(claim)]
    if claim.kind == "outage":
        parts = [f"{claim.item.class_ or 'power'} {claim.detail.get('state', '')}".strip()]
        if counted := claim.detail.get("counted"):
            parts.append(str(counted))
    elif degree := claim.detail.get("degree"):
        parts[0] = str(degree)
    if basis := claim.detail.get("basis"):
        parts.append(f"[{basis}]")
    number = (
        words.figure(claim.quantity, claim.evidence[0].quote) if claim.quantity else _quoted(row)
    )
    return " · ".join(p for p in parts if p), number


def _nuclear(row: StoredClaim) -> tuple[str, str]:
    claim = row.claim
    plant = claim.detail.get("plant") or "plant not named"
    state = str(claim.detail.get("state") or "").replace("_", " ")
    what = {
        "nuclear_power": "off-site power",
        "nuclear_status": "reactors",
        "nuclear_warning": "warning",
    }[claim.kind]
    number = words.figure(claim.quantity, "") if claim.quantity else _quoted(row)
    return f"{plant}: {what} {state}".strip(), number


def _ground(row: StoredClaim) -> tuple[str, str]:
    claim = row.claim
    if claim.kind == "place_control":
        return str(claim.detail.get("state", "")), _quoted(row)
    number = words.figure(claim.quantity, claim.evidence[0].quote)
    if original := claim.detail.get("original"):
        number += f" (told as {' '.join(str(original).split())})"
    if also := claim.detail.get("also"):
        number += f" (also told as {' '.join(str(also).split())})"
    return claim.kind.replace("_", " "), number


def _meeting(row: StoredClaim) -> tuple[str, str]:
    detail = row.claim.detail
    form = {"call": "call", "video": "video call"}.get(str(detail.get("form")), "meeting")
    names = ", ".join(str(n) for n in detail.get("participants", ())) or "participants not named"
    return f"{form}, {detail.get('status', 'held')}: {names}", _quoted(row)


def _legal(row: StoredClaim) -> tuple[str, str]:
    return str(row.claim.detail.get("act", "")), _quoted(row)


def _comparison(row: StoredClaim) -> tuple[str, str]:
    return str(row.claim.detail.get("relation", "")).replace("_", " "), _quoted(row)


def _positions(rows: Sequence[StoredClaim], citer: Citer) -> tuple[Table, ...]:
    """What each side says of its own will and reasons, a table a side, and what is denied."""
    found = [r for r in rows if r.claim.kind == "position" or r.claim.modality == "denied"]
    tables: list[Table] = []
    for side, group in sorted(
        _group(found, lambda r: r.claim.speaker.side or "no side told").items(), key=str
    ):
        tables.append(_plain(group, citer, f"Speakers: {side}", _position))
    return tuple(tables)


def _position(row: StoredClaim) -> tuple[str, str]:
    stance = row.claim.detail.get("stance")
    return str(stance or row.claim.kind).replace("_", " "), _quoted(row)
