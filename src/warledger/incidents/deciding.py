"""Decisions of people on what belongs together: made, and carried out on bundles of claims.

Enters: incidents that a person names, or bundles and a decision. Leaves: a decision, or the bundles as it leaves them.
Does not belong here: recording a decision (`ledger`), what claims have in common (`keys`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from warledger.errors import UsageError
from warledger.incidents.bundles import Bundle, identity
from warledger.incidents.lines import moment
from warledger.model import Grouping, Incident, Regrouping, canonical_json


def decided(bundles: list[Bundle], decision: Regrouping) -> list[Bundle]:
    """The bundles as a decision leaves them.

    A join holds for what its incidents take in later; a split holds for the claims that it names.
    """
    wanted, named = set(decision.claims), set(decision.incidents)
    joins = decision.action == "join"
    touched = [
        b
        for b in bundles
        if any(c.id in wanted for c in b.claims) or (joins and identity(b.key) in named)
    ]
    if not touched:
        return bundles
    if joins:
        return _join(bundles, touched, decision)
    return _split(bundles, touched, wanted, decision)


def _join(bundles: list[Bundle], touched: list[Bundle], decision: Regrouping) -> list[Bundle]:
    if len(touched) < 2:
        return bundles
    named = {name: n for n, name in enumerate(decision.incidents)}
    touched.sort(key=lambda b: (named.get(identity(b.key), len(named)), b.key))
    first = touched[0]
    for other in touched[1:]:
        first.claims += other.claims
        first.past += other.past
        first.rejected += other.rejected
        first.told_by += other.told_by
        first.regrouped += other.regrouped
    first.claims.sort(key=moment)
    first.regrouped.append(_told("joined", decision))
    return [b for b in bundles if b is first or b not in touched]


def _split(
    bundles: list[Bundle], touched: list[Bundle], wanted: set[str], decision: Regrouping
) -> list[Bundle]:
    mark = hashlib.sha256(canonical_json(decision)).hexdigest()[:12]
    made = []
    for bundle in touched:
        out = [c for c in bundle.claims if c.id in wanted]
        if len(out) == len(bundle.claims):
            continue
        new = Bundle(bundle.key._replace(subject=(*bundle.key.subject, f"split {mark}")))
        new.claims, new.regrouped = out, [*bundle.regrouped, _told("split", decision)]
        bundle.claims = [c for c in bundle.claims if c.id not in wanted]
        new.past = [c for c in bundle.past if c.id in wanted]
        bundle.past = [c for c in bundle.past if c.id not in wanted]
        bundle.regrouped.append(_told("split", decision))
        made.append(new)
    return [*bundles, *made]


def _told(deed: str, decision: Regrouping) -> str:
    return f"{deed} by {decision.by}: {decision.reason}"


def decision(
    grouping: Grouping,
    action: str,
    *,
    names: Sequence[str],
    claims: Sequence[str],
    by: str,
    reason: str,
) -> Regrouping:
    """A decision on incidents of `grouping`, named by ids or their beginnings, ready to be recorded.

    Raises UsageError where a name fits no incident or several, a claim stands in another incident, nothing would be
    split off or joined, or the name of who decides or the reason is missing.
    """
    if not by.strip() or not reason.strip():
        raise UsageError("a decision needs the name of who decides and a reason")
    chosen = [find(grouping, name) for name in dict.fromkeys(names)]
    if action == "join":
        if len({i.id for i in chosen}) < 2:
            raise UsageError("name two incidents or more to join")
        bound = tuple(sorted(c for i in chosen for c in i.claims))
        ids = tuple(i.id for i in chosen)
        return Regrouping(action="join", incidents=ids, claims=bound, by=by, reason=reason)
    (incident,) = chosen
    bound = tuple(sorted(_claim_of(incident, name) for name in claims))
    if not bound or set(bound) == set(incident.claims):
        raise UsageError("name some of the incident's claims to split off, and not all of them")
    return Regrouping(action="split", incidents=(incident.id,), claims=bound, by=by, reason=reason)


def find(grouping: Grouping, name: str) -> Incident:
    """The incident whose id is or starts with `name`. Raises UsageError for none or several."""
    found = [i for i in grouping.incidents if i.id.startswith(name)]
    exact = [i for i in found if i.id == name]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        ids = ", ".join(i.id for i in found[:4])
        raise UsageError(
            f"{name!r} is the start of several incidents' ids ({ids} …); give more of it"
        )
    raise UsageError(
        f"no incident has an id that starts with {name!r}; list them with: warledger incidents --on DATE"
    )


def _claim_of(incident: Incident, name: str) -> str:
    found = [c for c in incident.claims if c.startswith(name)]
    if len(found) != 1:
        raise UsageError(
            f"{name!r} is {'not' if not found else 'more than'} one claim of incident {incident.id}"
        )
    return found[0]
