"""Findings and the reasons of incidents in the reader's language; figures, names and quotations stay as they are.

Enters: a message's id and values, or a reason. Leaves: sentences. Does not belong here: what was found.
"""

from __future__ import annotations

import re
from typing import Any

from warledger.charts.words import _
from warledger.checks.messages import MESSAGES
from warledger.checks.telling import told
from warledger.model import Finding, Step
from warledger.web import terms
from warledger.web.wording import Wording

REASONS = (
    _("same attacked party, same night or day"),
    _("same place, same day"),
    _("same supply, same place, same day"),
    _("same day, shared participants"),
    _("same plant, same day"),
    _("same day, one exchange between the parties"),
    _("same place, same day, no plant named"),
    _("same kind of area, same taker and place, same period"),
    _("same army's losses, same counting basis, same date"),
    _("same party and counting basis, same period"),
    _("same report, same night or day"),
    _("the words do not tell which party was attacked"),
    _("same day, same participant and place"),
    _("same day and place"),
    _("who is said to have attacked"),
    _("who tells of its own defence"),
    _("the places attacked"),
    _("the party that tells of the attack on it"),
)
"""What `incidents/` gives as reasons, part by part."""
_PARTY = "the party attacked is told by "
_NAMED = frozenset({"kind", "of", "kinds", "total_of", "part_of", "first_basis", "second_basis"})
"""Values of messages that name kinds and classes; all others are figures, names and quotations."""
_COUNTED = re.compile(r"([^,() ][^,()]*?) \((\d+)\)")
_WORD = re.compile(r"[a-z_]+")


def sentence(found: Finding | Step, say: Wording) -> str:
    """The sentence of a finding, or of a step of its working."""
    if say.lang == "en":
        return found.sentence if isinstance(found, Finding) else found.text
    values = {name: _value(name, value, say) for name, value in found.values.items()}
    return say.known(MESSAGES[found.message]).format(**values)


def reason(held: str, say: Wording) -> str:
    """Why claims are held together."""
    return "; ".join(_reason(part, say) for part in held.split("; "))


def _reason(part: str, say: Wording) -> str:
    if part.startswith(_PARTY):
        found = _COUNTED.findall(part.removeprefix(_PARTY))
        how = ", ".join(f"{say.known(why)} ({number})" for why, number in found)
        return say("the party attacked is told by {how}", how=how)
    return say.known(part)


def _value(name: str, value: Any, say: Wording) -> str:
    if isinstance(value, dict):
        return _interval(value["low"], value["high"], say)
    if isinstance(value, list | tuple):
        return ", ".join(_value(name, one, say) for one in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return say.number(round(value, 2))
    text = told(value)
    return _WORD.sub(lambda m: _term(m[0], say), text) if name in _NAMED else text


def _interval(low: float | None, high: float | None, say: Wording) -> str:
    if low == high and low is not None:
        return say.number(low)
    if high is None:
        return say("{low} or more", low=say.number(low or 0))
    if not low:
        return say("at most {high}", high=say.number(high))
    return say("{low} to {high}", low=say.number(low), high=say.number(high))


def _term(word: str, say: Wording) -> str:
    return say.kind(word) if word in terms.KINDS else say.known(terms.TERMS.get(word, word))
