"""Comparisons: superlatives, ranks, ratios, changes and counts of events, read from their parts.

Enters: a sentence with its wordings, amounts, times and claims. Leaves: `Statement`s of sort `comparison`, each
with the tokens at which the numbers it used start. Does not belong here: whether a comparison holds (`checks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from warledger.extraction import nuclear
from warledger.extraction.amounts import Amount
from warledger.extraction.scan import Found
from warledger.extraction.spans import TimeMention
from warledger.model import Claim, Evidence, Period, Statement

if TYPE_CHECKING:
    from warledger.extraction.statements import Passage

Read = tuple[Statement, set[int]]
_COUNTED = frozenset(
    {
        "launched",
        "intercepted",
        "hit",
        "lost",
        "killed",
        "wounded",
        "area_captured",
        "attacks",
        "losses",
    }
)
_STRIKES = {"drone_strike": "drone", "missile_strike": "missile"}
_WAYS = {"upward": "more", "downward": "less"}
_REACH = 4
_SENTENCE = 200
"""How many characters apart an ordinal and the outage that it counts may stand."""


def read(passage: Passage) -> Iterator[Read]:
    """The comparisons of a sentence."""
    told = passage.words.types
    for reader, kinds in _READERS:
        if not kinds or not told.isdisjoint(kinds):
            yield from reader(passage)


def detailed(claims: Iterable[Claim], statements: Iterable[Statement]) -> tuple[Claim, ...]:
    """The claims, each comparison with what its wording says: `of`, `with`, `ratio`, `percent`, `rank`, `ordinal`."""
    stated = [s for s in statements if s.sort == "comparison"]
    kinds = ("comparison", "nuclear_power")
    return tuple(_detailed(c, stated) if c.kind in kinds else _own_time(c, stated) for c in claims)


def _own_time(claim: Claim, stated: list[Statement]) -> Claim:
    """A figure told before what it is compared with is of its own period: "in May 10 km2, twice April's"."""
    if claim.time is None:
        return claim
    for statement in stated:
        values = statement.values
        compared, time = values.get("with"), values.get("time")
        gap = statement.evidence.start - claim.evidence[0].start
        if compared and time and values["kind"] == claim.kind and 0 < gap < _SENTENCE:
            if [claim.time.start, claim.time.end] == compared[:2]:
                period = Period(time[0], time[1], time[2])
                return msgspec.structs.replace(claim, time=period)
    return claim


def _detailed(claim: Claim, stated: list[Statement]) -> Claim:
    own = claim.evidence[0]
    for statement in stated:
        values, there = statement.values, statement.evidence
        if claim.kind == "nuclear_power":
            near = values["relation"] == "ordinal" and abs(there.start - own.start) < _SENTENCE
            if near and claim.detail.get("state") == "lost":
                detail = {**claim.detail, "ordinal": values["ordinal"]}
                return msgspec.structs.replace(claim, detail=detail)
            continue
        if there.end <= own.start or own.end <= there.start:
            continue
        told = " ".join(str(v) for v in (values["kind"], values.get("class")) if v)
        compared = values.get("with") or values.get("prior")
        extra = {
            "of": told,
            "with": "/".join(compared[:2]) if isinstance(compared, list) else compared,
            "ratio": values.get("factor"),
            "percent": values.get("percent"),
            "rank": values.get("rank"),
        }
        detail = {**claim.detail, **{k: v for k, v in extra.items() if v is not None}}
        time = values.get("time")
        period = Period(time[0], time[1], time[2]) if time else claim.time
        if claim.time is not None and time is not None and claim.time.start == time[0]:
            period = claim.time
        return msgspec.structs.replace(claim, detail=detail, time=period)
    return claim


def _statement(
    passage: Passage, values: dict[str, Any], parts: Iterable[tuple[int, int]]
) -> Statement:
    spans = list(parts)
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    start, end = passage.scan.span(first, min(last, passage.sentence.end))
    kept = {k: v for k, v in values.items() if v is not None}
    return Statement("comparison", Evidence(start, end, passage.scan.text[start:end]), kept)


# ---- superlatives, ranks, records ----


def _superlatives(passage: Passage) -> Iterator[Read]:
    words = passage.words
    for found in [*words.of("superlative"), *words.of("rank_tail")]:
        tail = found.term.type == "rank_tail"
        start, end = found.start, found.end
        ordinal = words.before(start, _REACH if tail else 0, "order")
        one_of = None if tail else words.before(start, 4, "one_of")
        if tail and ordinal is None:
            continue
        rank = found.term.get("rank") or (ordinal.term.get("value") if ordinal else None)
        relation = "one_of_largest" if one_of else ("rank" if rank and rank > 1 else "largest")
        thing = _thing_of(passage, found)
        if thing is None:
            continue
        values = {
            "relation": relation,
            "end": found.term.get("end"),
            "rank": rank if relation == "rank" else None,
            **thing,
            **_scope(passage, found),
            "time": subject_time(passage, start, exclude=_scope_mention(passage)),
        }
        parts = [(start, end), *[(f.start, f.end) for f in (ordinal, one_of) if f]]
        yield _statement(passage, values, parts), set()


def _records(passage: Passage) -> Iterator[Read]:
    scan, words = passage.scan, passage.words
    for found in words.of("record"):
        near = (
            scan.within("weapon", found.start - 6, found.end + 6)
            or words.after(found.end, _REACH, "counted")
            or words.before(found.start, 8, "counted")
        )
        if not near:
            continue
        thing = _thing_of(passage, found, loose=True)
        if thing is None:
            continue
        values = {
            "relation": "record",
            "end": "max",
            **thing,
            **_scope(passage, found),
            "time": subject_time(passage, found.start, exclude=_scope_mention(passage)),
        }
        yield _statement(passage, values, [(found.start, found.end)]), set()


def _thing_of(passage: Passage, found: Found, *, loose: bool = False) -> dict[str, Any] | None:
    """What a superlative is said of: kind and class; None where nothing counted here stands by it."""
    scan, words, sentence = passage.scan, passage.words, passage.sentence
    if kind := found.term.get("kind"):
        return {"kind": kind, "class": None}
    after = words.after(found.end, 5, "counted")
    limit = min((after.end if after else found.end + 3), sentence.end)
    attack = next(iter(scan.within("attack_noun", found.end, found.end + 5)), None)
    named = {w.term.get("class") for w in scan.within("weapon", found.end, limit)}
    named |= {
        _STRIKES[c] for f in ([attack] if attack else []) if (c := f.term.get("class")) in _STRIKES
    }
    named |= {
        w.term.get("weapon") for w in words.of("by_weapon") if found.end <= w.start < limit + 1
    }
    if after is not None and after.term.get("kind") != "launched":
        return {"kind": after.term.get("kind"), "class": None}
    if after is not None or attack is not None or named:
        classes = named - {None, "any"}
        class_ = classes.pop() if len(classes) == 1 and "any" not in named else "any"
        return {"kind": "launched", "class": class_}
    before = words.before(found.start, 14, "counted")
    closed = _closes(passage, found)
    if before is not None and (closed or loose):
        if before.term.get("kind") != "launched":
            return {"kind": before.term.get("kind"), "class": None}
        named = {
            w.term.get("weapon")
            for w in words.of("by_weapon")
            if before.start - 3 <= w.start < before.start
        }
        strikes = {
            f.term.get("class") for f in scan.within("attack_noun", before.start - 2, before.end)
        }
        named |= {_STRIKES[c] for c in strikes if c in _STRIKES}
        classes = named - {None, "any"}
        return {"kind": "launched", "class": classes.pop() if len(classes) == 1 else "any"}
    if (closed or loose) and (claim := _nearest_claim(passage, found.start)):
        return _of_claim(claim)
    return None


def _closes(passage: Passage, found: Found) -> bool:
    """Whether no other noun follows the superlative: it ends the clause, or its scope follows."""
    at = found.end
    if at >= passage.sentence.end:
        return True
    token = passage.scan.tokens[at]
    if token.kind != "w":
        return True
    return (
        passage.words.at(at, "whole") is not None
        or passage.words.at(at, "onward") is not None
        or passage.scan.at(
            at, "since", "place_prep", "prep", "conj", "relative", "month", "period_word"
        )
        is not None
    )


def _scope(passage: Passage, found: Found) -> dict[str, Any]:
    """Of what the superlative is one: the war, or the time from some day on."""
    if passage.words.after(found.end, 12, "whole") or passage.words.before(
        found.start, 12, "whole"
    ):
        return {"scope": "war"}
    mention = _scope_mention(passage)
    if mention is None:
        return {}
    last = None if mention.since else mention.last.isoformat()
    return {"scope": [mention.first.isoformat(), last]}


def _scope_mention(passage: Passage) -> TimeMention | None:
    """A month or a year that bounds a superlative ("this year", "since May"), where one is told."""
    rows = passage.setting.times.get(passage.sentence.index, [])
    wide = [t for t in rows if t.since or t.precision in ("month", "year")]
    return wide[-1] if wide else None


# ---- ratios and changes ----


def _ratios(passage: Passage) -> Iterator[Read]:
    words = passage.words
    for found in words.of("factor"):
        value = float(found.term.get("value"))
        direction = _direction(passage, found.start, found.end, 2)
        yield from _ratio(passage, found.start, found.end, value, direction, set())
    for amount in passage.amounts:
        times = words.at(amount.end, "times")
        if times is None or amount.low is None or amount.sort != "number":
            continue
        direction = _direction(passage, amount.start, times.end, 4)
        if direction is None and words.after(times.end, 2, "than") is None:
            continue
        yield from _ratio(
            passage, amount.core[0], times.end, float(amount.low), direction, {amount.start}
        )


def _ratio(
    passage: Passage, start: int, end: int, value: float, direction: str | None, used: set[int]
) -> Iterator[Read]:
    compared = _compared(passage, start, end)
    thing = _thing_compared(passage, start, end)
    if thing is None or compared is None:
        return
    if direction == "less" and value >= 1:
        value = 1 / value
    hedge = passage.words.before(start, 1, "hedge")
    values = {
        "relation": "ratio",
        "factor": round(value, 6),
        "bound": hedge.term.get("bound") if hedge else "exact",
        "inverse": True if direction == "less" else None,
        **thing,
        **compared[0],
    }
    yield _statement(passage, values, _parts(start, end, hedge, compared[1])), used


def _changes(passage: Passage) -> Iterator[Read]:
    """ "Up 40 per cent", "40 % fewer than in May", "fell by a third"."""
    words = passage.words
    rows: list[tuple[int, int, float, str, set[int]]] = []
    for amount in passage.amounts:
        unit = amount.unit
        if unit is None or unit.term.get("dimension") != "percent" or _plain(amount) is None:
            continue
        sign = words.at(amount.end, "percent_word")
        end = sign.end if sign else unit.end
        rows.append(
            (amount.start, end, _plain(amount) or 0.0, _bound(amount, passage), {amount.start})
        )
    for found in words.of("change_by"):
        hedge = words.before(found.start, 1, "hedge")
        bound = str(hedge.term.get("bound")) if hedge else "fraction"
        rows.append((found.start, found.end, 100 * float(found.term.get("value")), bound, set()))
    for start, end, percent, bound, used in rows:
        direction = _direction(passage, start, end, 4)
        compared = _compared(passage, start, end)
        thing = _thing_compared(passage, start, end)
        if direction is None or compared is None or thing is None:
            continue
        values = {
            "relation": "change",
            "percent": round(percent, 2),
            "direction": direction,
            "bound": bound,
            **thing,
            **compared[0],
        }
        yield _statement(passage, values, _parts(start, end, None, compared[1])), used


def _plain(amount: Amount) -> float | None:
    value = amount.low if amount.low is not None else amount.high
    return None if value is None else float(value)


def _bound(amount: Amount, passage: Passage) -> str:
    """The bound of a percentage; what comes near from below is told apart from "about"."""
    for found in passage.words.of("hedge"):
        if amount.start <= found.start < amount.core[0] or found.end == amount.core[0]:
            return str(found.term.get("bound"))
    return str(amount.bound)


def _parts(
    start: int, end: int, hedge: Found | None, span: tuple[int, int]
) -> list[tuple[int, int]]:
    rows = [(start, end), span]
    return [*rows, (hedge.start, hedge.end)] if hedge else rows


def _direction(passage: Passage, start: int, end: int, reach: int) -> str | None:
    """Whether more or less is meant: the nearest word of it, behind first."""
    words = passage.words
    after = words.after(end, 1, *_WAYS)
    if after is not None:
        return _WAYS[after.term.type]
    told = words.after(end, 1, "hedge")
    if told is not None and told.term.get("bound") in ("over", "under"):
        return "more" if told.term.get("bound") == "over" else "less"
    before = words.before(start, reach, *_WAYS)
    if before is None or _of_verb(passage, before):
        return None
    return _WAYS[before.term.type]


def _of_verb(passage: Passage, found: Found) -> bool:
    """Whether a word of direction only belongs to a longer verb: "shot down"."""
    return any(
        p.start < found.start < p.end and p.term.get("frame") != "compare"
        for p in passage.clause.predicates
    )


def _compared(
    passage: Passage, start: int, end: int
) -> tuple[dict[str, Any], tuple[int, int]] | None:
    """What a ratio compares with (a period, or one before) and its own period; None where nothing is named."""
    words = passage.words
    prior = words.after(end, 12, "prior") or words.before(start, 12, "prior")
    rows = [t for t in passage.setting.times.get(passage.sentence.index, []) if not t.statement]
    if prior is not None:
        others = [t for t in rows if not prior.start <= t.start < prior.end]
        told = {
            "prior": prior.term.get("unit"),
            "time": _period(_before(others, start) or _last(others)),
        }
        return told, (prior.start, prior.end)
    marked = [t for t in rows if (m := words.before(t.start, 3, "than")) and m.start >= start - 12]
    behind = [t for t in rows if t.start >= end - 1]
    chosen = next(iter(marked), None) or next(iter(behind), None)
    if chosen is None:
        return None
    own = [t for t in rows if t is not chosen]
    told = {"with": _period(chosen), "time": _period(_before(own, start) or _last(own))}
    return told, (chosen.start, chosen.end)


def _before(rows: list[TimeMention], start: int) -> TimeMention | None:
    found = [t for t in rows if t.end <= start]
    return found[-1] if found else None


def _last(rows: list[TimeMention]) -> TimeMention | None:
    return rows[-1] if rows else None


def _period(mention: TimeMention | None) -> list[str] | None:
    if mention is None:
        return None
    return [mention.first.isoformat(), mention.last.isoformat(), mention.precision]


def subject_time(passage: Passage, at: int, exclude: TimeMention | None = None) -> list[str] | None:
    """The time of the thing spoken of: the nearest expression before the token, else one behind it."""
    rows = [
        t
        for t in passage.setting.times.get(passage.sentence.index, [])
        if not t.statement and t is not exclude and not t.since
    ]
    return _period(_before(rows, at) or _last(rows))


def _thing_compared(passage: Passage, start: int, end: int) -> dict[str, Any] | None:
    """Kind and class of the quantity compared: the claim nearest before, else the words."""
    claim = _nearest_claim(passage, start)
    if claim is not None:
        return _of_claim(claim)
    class_ = weapon_near(passage, start, end)
    counted = passage.words.nearest("counted", start, end, 14)
    if class_ is not None and (counted is None or counted.term.get("kind") == "launched"):
        return {"kind": _deed(passage, start), "class": class_}
    if counted is not None:
        return {"kind": counted.term.get("kind"), "class": counted.term.get("weapon")}
    return None


def _deed(passage: Passage, start: int) -> str:
    """What is said of weapons told without a number: stopped, or else sent."""
    frames = {p.term.get("frame") for p in passage.clause.predicates}
    return "intercepted" if "intercept" in frames and "launch" not in frames else "launched"


def _of_claim(claim: Claim) -> dict[str, Any]:
    return {"kind": claim.kind, "class": claim.item.class_, "model": claim.item.model}


def _nearest_claim(passage: Passage, at: int) -> Claim | None:
    """The counted claim of the sentence whose words stand nearest, one before preferred."""
    where = passage.scan.span(at, at + 1)[0]
    rows = []
    for claim in passage.claims:
        if claim.kind not in _COUNTED or claim.quantity is None:
            continue
        gap = where - claim.evidence[0].start
        rows.append((gap < 0, abs(gap), claim))
    return min(rows, key=lambda row: row[:2])[2] if rows else None


def weapon_near(passage: Passage, start: int, end: int) -> str | None:
    """The class of the weapon named nearest in the sentence; `any` where several classes are joined."""
    sentence = passage.sentence
    rows = [
        f
        for f in passage.scan.within("weapon", sentence.start, sentence.end)
        if f.term.get("kind") != "means"
    ]
    if not rows:
        strikes = passage.scan.within("attack_noun", sentence.start, sentence.end)
        named = {c for f in strikes if (c := _STRIKES.get(str(f.term.get("class"))))}
        return named.pop() if len(named) == 1 else None
    best = min(rows, key=lambda f: max(f.start - end, start - f.end, 0))
    beside = [
        f for f in rows if f is not best and 0 < max(f.start - best.end, best.start - f.end) <= 2
    ]
    joined = {f.term.get("class") for f in (best, *beside)}
    return str(best.term.get("class")) if len(joined) == 1 else "any"


# ---- counts of events ----


def _events(passage: Passage) -> Iterator[Read]:
    """ "The eleventh time the plant lost power", "the first missile strike since 3 May"."""
    words = passage.words
    for found in [*words.of("order"), *words.of("order_time")]:
        value = found.term.get("value")
        noun: Found | None = found
        if found.term.type == "order":
            attack = next(iter(passage.scan.within("attack_noun", found.end, found.end + 3)), None)
            noun = words.after(found.end, 1, "time_noun", "plant_dark")
            noun = noun or (attack if value == 1 else None)
        if noun is None:
            continue
        plant = next(
            iter(passage.scan.within("plant", passage.sentence.start, passage.sentence.end)), None
        )
        told = [p for p in passage.clause.predicates if p.term.get("frame") == "nuclear_power"]
        state = told[0].term.get("state") if told else nuclear.state_of(passage)
        values: dict[str, Any] = {**_since(passage, found)}
        if state is not None:
            values |= {
                "relation": "ordinal",
                "ordinal": value,
                "kind": "nuclear_power",
                "state": state,
            }
            values |= {"plant": plant.term.get("plant") if plant else None}
        elif value == 1 and values.get("scope") not in (None, "war"):
            class_ = weapon_near(passage, found.start, noun.end)
            if class_ is None:
                continue
            values |= {"relation": "first", "kind": "launched", "class": class_}
        else:
            continue
        values["time"] = subject_time(passage, found.start, exclude=_since_mention(passage))
        yield _statement(passage, values, [(found.start, noun.end)]), set()


def _since(passage: Passage, found: Found) -> dict[str, Any]:
    """From when on events are counted: "since the start of the war", "since 3 May", "this year"."""
    if passage.words.after(found.end, 14, "whole") or passage.words.before(
        found.start, 14, "whole"
    ):
        return {"scope": "war"}
    rows = passage.setting.times.get(passage.sentence.index, [])
    since = _since_mention(passage)
    if since is not None:
        return {"scope": [since.first.isoformat(), None]}
    wide = [t for t in rows if t.precision in ("month", "year")]
    return {"scope": [wide[-1].first.isoformat(), wide[-1].last.isoformat()]} if wide else {}


def _since_mention(passage: Passage) -> TimeMention | None:
    """The day from which on events are counted."""
    rows = passage.setting.times.get(passage.sentence.index, [])
    since = [t for t in rows if t.since or passage.words.before(t.start, 1, "onward")]
    return since[-1] if since else _scope_mention(passage)


# What reads comparisons, and the types of wordings of which it needs one.
_READERS: tuple[tuple[Callable[[Passage], Iterator[Read]], tuple[str, ...]], ...] = (
    (_superlatives, ("superlative", "rank_tail")),
    (_records, ("record",)),
    (_ratios, ("factor", "times")),
    (_changes, ()),
    (_events, ("order", "order_time")),
)
