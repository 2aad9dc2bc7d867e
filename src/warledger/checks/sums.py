"""Sums within a report: a total against its parts by class, by model, by place, and "of them".

Enters: a checked report and its facts. Leaves: findings. Does not belong here: what was launched against what was
stopped (`balance`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from warledger.checks import intervals
from warledger.checks.facts import Checked, Fact, adjoin, grouped, marked, single
from warledger.checks.intervals import Interval
from warledger.checks.telling import bounds, finding
from warledger.model import Finding, Statement

SUMMED = frozenset(
    {"launched", "intercepted", "lost", "hit", "killed", "wounded", "casualties", "damaged"}
    | {"attacks", "losses", "outage", "evacuated", "rescued", "missing", "locations_struck"}
)
_WEAPONS = frozenset({"launched", "intercepted", "lost", "hit"})
FEWEST = 3
"""Figures that a sum takes: a total and two parts."""


def of_classes(checked: Checked, facts: Sequence[Fact]) -> Iterator[Finding]:
    """`total-of-classes`: "704 weapons: 653 drones and 51 missiles"."""
    for rows in _alike(facts, places=True):
        plain = [f for f in rows if f.claim.kind in _WEAPONS and f.claim.item.model is None]
        totals = [f for f in plain if f.claim.item.class_ == "any"]
        parts = _one_each([f for f in plain if f.claim.item.class_ != "any"], _class)
        named = _one_each(
            [f for f in rows if f.claim.kind in _WEAPONS and f.claim.item.model], _model
        )
        yield from _against(checked, "total-of-classes", totals, parts, named)


def of_models(checked: Checked, facts: Sequence[Fact]) -> Iterator[Finding]:
    """`total-of-models`: "51 missiles: 17 Iskander-M and 34 Kh-101"."""
    for rows in _alike(facts, places=True):
        for group in grouped(rows, _class).values():
            if len(group) < FEWEST:
                continue
            totals = [f for f in group if f.claim.item.model is None]
            parts = _one_each([f for f in group if f.claim.item.model], _model)
            yield from _against(checked, "total-of-models", totals, _disjoint(parts))


def of_places(checked: Checked, facts: Sequence[Fact]) -> Iterator[Finding]:
    """`total-of-places`: "12 wounded: 7 in Kharkiv and 5 in Sumy"."""
    for rows in _alike(facts, places=False):
        for group in grouped(rows, lambda f: (_class(f), _model(f))).values():
            if len(group) < FEWEST:
                continue
            headed = _headed(checked.report.text, group)
            placed = [f for f in group if len(f.places) == 1 and f not in headed]
            if headed:
                placed = [f for f in placed if _together(checked.report.text, headed[0], f)]
            parts = _one_each(placed, lambda f: f.places)
            union = tuple(sorted({p for f in parts for p in f.places}))
            totals = headed or [
                f for f in group if not f.places or (f.places == union and len(union) > 1)
            ]
            yield from _against(checked, "total-of-places", totals, parts)


def _headed(text: str, group: Sequence[Fact]) -> list[Fact]:
    """The figure that a colon parts from those of single places behind it: "35 in Gaza: 21 in Rafah and 14 in …"."""
    for f, following in pairwise(sorted(group, key=lambda f: f.at)):
        if ":" in text[f.ends : following.at] and _together(text, f, following):
            return [f]
    return []


def _together(text: str, total: Fact, part: Fact) -> bool:
    return total.at < part.at and adjoin(text, total.at, part.at)


def of_which(checked: Checked, facts: Sequence[Fact]) -> Iterator[Finding]:
    """`part-of-total`: "eight wounded, three of them children": a part is no more than its total."""
    text = checked.report.text
    for mark in checked.statements:
        if mark.sort != "mark" or mark.values["mark"] == "except":
            continue
        before = [
            f
            for f in facts
            if f.ends <= mark.evidence.start
            and f.interval.exact != 1  # "of them" speaks of several
            and not _led(f, mark)
            and adjoin(text, f.at, mark.evidence.start)
        ]
        if not before:
            continue
        total = before[-1]
        near = [
            f
            for f in facts
            if f.at > total.at
            and (f.ends > mark.evidence.start or _led(f, mark))
            and adjoin(text, mark.evidence.start, f.at)
            and not _closed(text[mark.evidence.start : f.at])
        ]
        for part in near:
            if _of_one_count(part, total) and _narrower(part, total):
                yield _part(part, total)


def _closed(words: str) -> bool:
    """Whether what a mark reaches ends within the words: at a semicolon, or where the brackets around it close."""
    return ";" in words or words.count(")") > words.count("(")


def _led(f: Fact, mark: Statement) -> bool:
    """Whether the mark belongs to the figure right before it: "ten of them"."""
    bare = " " not in f.claim.evidence[0].quote
    return bare and mark.values["mark"] == "of_them" and mark.evidence.start - f.ends <= 1


def _of_one_count(part: Fact, total: Fact) -> bool:
    """Whether a figure may be part of another: one kind, basis and time, and a class that the other may hold."""
    one, whole = part.claim, total.claim
    mixed = whole.item.class_ in ("any", "person", None)
    fits = one.kind not in _WEAPONS or mixed or one.item.class_ in (whole.item.class_, None)
    modelled = whole.item.model in (None, one.item.model)
    timely = not part.day or not total.day or part.day == total.day
    return one.kind == whole.kind and part.basis == total.basis and fits and modelled and timely


def _part(part: Fact, total: Fact) -> Finding:
    values = {
        "kind": part.claim.kind,
        "part": bounds(part.interval),
        "total": bounds(total.interval),
        "part_of": part.label,
        "total_of": total.label,
        "rest": bounds(intervals.subtract(total.interval, part.interval)),
    }
    passages = [total.passage, part.passage]
    if intervals.above(part.interval, total.interval):
        return finding("part-of-total", "inconsistent", "part-above-total", values, passages)
    return finding("part-of-total", "consistent", "part-within-total", values, passages)


def _narrower(part: Fact, total: Fact) -> bool:
    same = part.claim.item == total.claim.item and part.places == total.places
    return not same or part.interval != total.interval


def _alike(facts: Sequence[Fact], *, places: bool) -> Iterator[list[Fact]]:
    """Facts that may be parts and total of one another: one kind, side, day and basis (and place).

    Rows of a table that name their sources are held together only where they name the same one.
    """
    mine = [f for f in facts if f.claim.kind in SUMMED]

    def key(f: Fact) -> tuple[object, ...]:
        claim = f.claim
        who = claim.detail.get("source") or claim.speaker.side
        return (claim.kind, who, f.day, f.basis, f.state, f.places if places else ())

    yield from (rows for rows in grouped(mine, key).values() if len(rows) >= FEWEST)


def _class(f: Fact) -> str:
    return f.claim.item.class_ or ""


def _model(f: Fact) -> str:
    return f.claim.item.model or ""


def _one_each(rows: Sequence[Fact], key: Callable[[Fact], object]) -> list[Fact]:
    """One fact a key; none at all where one key has several figures, for then the parts are not known."""
    groups = grouped(rows, lambda f: str(key(f)))
    found = [single(group) for group in groups.values()]
    return [f for f in found if f is not None] if all(found) else []


def _disjoint(parts: Sequence[Fact]) -> list[Fact]:
    """The parts without those that another holds: "176 Shahed and Gerbera, over a hundred of them Shahed"."""
    names = {f.id: set(_model(f).split("/")) for f in parts}
    return [f for f in parts if not any(names[f.id] < names[other.id] for other in parts)]


def _against(
    checked: Checked,
    check: str,
    totals: Sequence[Fact],
    parts: Sequence[Fact],
    beside: Sequence[Fact] = (),
) -> Iterator[Finding]:
    """A total against its parts; `beside` are figures that may be parts too, or parts of the parts."""
    total = single(totals)
    if total is None or len(parts) < 2 or (_class(total) != "any" and _sibling(total, parts)):
        return
    if beside and intervals.meet(
        intervals.add(f.interval for f in (*parts, *beside)), total.interval
    ):
        parts, beside = (*parts, *beside), ()
    summed = intervals.add(f.interval for f in parts)
    values = {
        "kind": total.claim.kind,
        "total": bounds(total.interval),
        "total_of": total.label,
        "sum": bounds(summed),
        "parts": " + ".join(_told(f.interval) for f in parts),
        "of": ", ".join(_named(f, check) for f in parts),
        "rest": bounds(intervals.subtract(total.interval, summed)),
        "excess": bounds(intervals.subtract(summed, total.interval)),
    }
    passages = [f.passage for f in (total, *parts)]
    working = [("sum-working", values)]
    if intervals.above(summed, total.interval):
        yield finding(check, "inconsistent", "parts-above-total", values, passages, working)
    elif intervals.meet(summed, total.interval):
        yield finding(check, "consistent", "parts-make-total", values, passages, working)
    elif not beside and _whole(checked, total, parts):
        yield finding(check, "inconsistent", "parts-below-total", values, passages, working)
    else:
        yield finding(check, "cannot_tell", "parts-leave-rest", values, passages, working)


def _sibling(total: Fact, parts: Sequence[Fact]) -> bool:
    """Whether a figure told behind the parts, and less than one of them, is another part rather than their total."""
    most, least = total.interval.high, max(f.interval.low or 0 for f in parts)
    return most is not None and most < least and total.at > min(f.at for f in parts)


def _told(interval: Interval) -> str:
    return str(interval.exact if interval.exact is not None else interval.low or 0).removesuffix(
        ".0"
    )


def _named(f: Fact, check: str) -> str:
    return " ".join(f.places) if check == "total-of-places" else f.label


def _whole(checked: Checked, total: Fact, parts: Sequence[Fact]) -> bool:
    """Whether the parts are told as the whole: in the total's own sentence, with no word such as "including"."""
    text = checked.report.text
    ends = [f.at for f in (total, *parts)]
    joined = adjoin(text, min(ends), max(ends))
    return joined and not marked(checked.statements, min(ends), max(ends))
