"""The balance of an attack: what was launched against what was stopped, lost and got through, and stated rates.

Enters: a checked report and its facts. Leaves: findings. Does not belong here: totals and their parts (`sums`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from warledger.checks import intervals, readings
from warledger.checks.facts import Checked, Fact, grouped, single
from warledger.checks.intervals import Interval
from warledger.checks.telling import Row, bounds, finding
from warledger.model import Finding, Statement

_OUT = ("intercepted", "lost", "hit")


Figure = tuple[Interval, tuple[Fact, ...]]
"""An interval and the facts that give it."""
Item = tuple[str | None, str | None]


class Account(msgspec.Struct, frozen=True):
    """One class of weapons on one day: each kind's figure with the facts that give it."""

    label: str
    day: str
    figures: dict[str, Figure]


def balance(checked: Checked, facts: Sequence[Fact]) -> Iterator[Finding]:
    """`balance`: launched is no less than intercepted, lost and hit together."""
    for account in accounts(facts):
        out = [account.figures[k] for k in _OUT if k in account.figures]
        if "launched" in account.figures and out:
            yield _balanced(account)


def _balanced(account: Account) -> Finding:
    launched, of_launched = account.figures["launched"]
    told = [(k, *account.figures[k]) for k in _OUT if k in account.figures]
    used = intervals.add(interval for _, interval, _ in told)
    left = intervals.subtract(launched, used)
    values = {
        "of": account.label,
        "launched": bounds(launched),
        "used": bounds(used),
        "kinds": ", ".join(k for k, _, _ in told),
        "left": bounds(left),
        "excess": bounds(intervals.subtract(used, launched)),
    }
    passages = [f.passage for f in (*of_launched, *(f for _, _, rows in told for f in rows))]
    working: list[Row] = [("balance-working", values)]
    rate = None
    if "intercepted" in account.figures:
        rate = percent(account.figures["intercepted"][0], launched)
        working.append(("rate-working", {"rate": bounds(rate), **values}))
    if intervals.above(used, launched):
        return finding("balance", "inconsistent", "more-out-than-in", values, passages, working)
    if left.exact == 0:
        return finding("balance", "consistent", "all-accounted", values, passages, working)
    message = "some-unaccounted" if left.exact is not None else "may-balance"
    return finding("balance", "consistent", message, values, passages, working)


def percent(part: Interval, whole: Interval) -> Interval:
    """The part in per cent of the whole."""
    share = intervals.scale(intervals.divide(part, whole), 100)
    exact = part.exact is not None and whole.exact is not None
    return Interval(share.low, share.high if share.high is None or exact else min(share.high, 100))


def accounts(facts: Sequence[Fact]) -> list[Account]:
    """One account a class or model, day, side and place; kinds told with two figures are left out. Where nothing is told
    of launches, there is none.

    A row of a table (`detail.row`) is an account by itself, wherever its figures are told of: those that crossed into
    another country are told of that country.
    """
    mine = [f for f in facts if f.claim.kind in ("launched", *_OUT)]
    out: list[Account] = []
    if not any(f.claim.kind == "launched" for f in mine):
        return out

    def key_of(f: Fact) -> tuple[object, ...]:
        row = f.claim.detail.get("row")
        return (f.claim.speaker.side, f.day, f.basis, () if row else f.places, row)

    for key, rows in grouped(mine, key_of).items():
        items: dict[Item, list[Fact]] = {}
        for f in rows:
            items.setdefault((f.claim.item.class_, f.claim.item.model), []).append(f)
        assert isinstance(key, tuple)
        for group in items.values():
            figures = {k: v for k in ("launched", *_OUT) if (v := _of_all(group, items, k))}
            out.append(Account(group[0].label, str(key[1]), figures))
        if (total := _total(rows, items.values(), str(key[1]))) is not None:
            out.append(total)
    return out


def _of_all(
    group: Sequence[Fact], items: Mapping[Item, Sequence[Fact]], kind: str
) -> Figure | None:
    """The kind's figure of a class or model.

    A class's figure that is less than those of its models together is no total of them but stands beside them
    ("four Kh-59, two Kh-31P and one more missile"), and is added.
    """
    own, item = _figure(group, kind), group[0].claim.item
    if own is None or item.model is not None:
        return own
    models = [
        v
        for (class_, model), rows in items.items()
        if class_ == item.class_ and model is not None and (v := _figure(rows, kind))
    ]
    summed = intervals.add(v[0] for v in models)
    if not models or not intervals.above(summed, own[0]):
        return own
    told = (*own[1], *(f for v in models for f in v[1]))
    return intervals.add((own[0], summed)), told


def _figure(rows: Sequence[Fact], kind: str) -> Figure | None:
    """The kind's figure: shot down and suppressed, or a row's several places, are added where they are told apart."""
    mine = [f for f in rows if f.claim.kind == kind]
    by_means = grouped(mine, lambda f: (f.claim.detail.get("means"), f.claim.places))
    found = [single(group) for group in by_means.values()]
    told = [f for f in found if f is not None]
    if not told or len(told) != len(found):
        return None
    if any(f.claim.detail.get("means") == "combined" for f in told) and len(told) > 1:
        told = [f for f in told if f.claim.detail.get("means") == "combined"]
    return intervals.add(f.interval for f in told), tuple(told)


def _total(rows: Sequence[Fact], items: Sequence[list[Fact]] | object, day: str) -> Account | None:
    """An account of all classes together, where one kind is told in all and another by class only."""
    figures: dict[str, Figure] = {}
    summed = False
    for kind in ("launched", *_OUT):
        whole = _figure([f for f in rows if f.claim.item.class_ == "any"], kind)
        plain = [f for f in rows if f.claim.item.class_ != "any" and f.claim.item.model is None]
        parts = [
            p
            for g in grouped(plain, lambda f: f.claim.item.class_).values()
            if (p := _figure(g, kind))
        ]
        if whole is None and len(parts) > 1:
            figures[kind] = (
                intervals.add(p[0] for p in parts),
                tuple(f for p in parts for f in p[1]),
            )
            summed = True
        elif whole is not None:
            figures[kind] = whole
    told = any(f.claim.item.class_ == "any" for _, fs in figures.values() for f in fs)
    return Account("any", day, figures) if summed and told else None


# ---- stated rates ----


def shares(checked: Checked, facts: Sequence[Fact]) -> Iterator[Finding]:
    """`stated-share`: a percentage of weapons stopped against the figures beside it."""
    for statement in checked.statements:
        if statement.sort == "share":
            yield _share(checked, statement, facts)


def _share(checked: Checked, statement: Statement, facts: Sequence[Fact]) -> Finding:
    values = dict(statement.values)
    account = _account_of(statement, facts)
    passage = readings.cited(checked.report.id, statement)
    stated = readings.of_percent(statement)
    told = {"kind": values["kind"], "stated": values["text"], "of": values.get("class") or "any"}
    if account is None:
        return finding("stated-share", "cannot_tell", "share-without-figures", told, [passage])
    part, whole = account.figures[values["kind"]], account.figures["launched"]
    share = percent(part[0], whole[0])
    told |= {
        "of": account.label,
        "part": bounds(part[0]),
        "whole": bounds(whole[0]),
        "share": bounds(share),
        "low": stated.low or 0,
        "high": stated.high if stated.high is not None else 100,
    }
    passages = [passage, *(f.passage for f in (*part[1], *whole[1]))]
    working: list[Row] = [("share-working", told), ("share-reading", told)]
    holds = intervals.meet(share, stated)
    result, message = ("consistent", "share-holds") if holds else ("inconsistent", "share-fails")
    return finding("stated-share", result, message, told, passages, working)  # type: ignore[arg-type]


def _account_of(statement: Statement, facts: Sequence[Fact]) -> Account | None:
    """The account that a share speaks of: of its class and day, the nearest told before it."""
    kind, class_ = statement.values["kind"], statement.values.get("class")
    rows = [a for a in accounts(facts) if kind in a.figures and "launched" in a.figures]
    if class_:
        rows = [a for a in rows if a.label == class_]
    time = statement.values.get("time")
    dated = [a for a in rows if time and a.day == time[1]]
    rows = dated or rows
    at = statement.evidence.start
    return min(rows, key=lambda a: min(abs(f.at - at) for f in a.figures[kind][1]), default=None)
