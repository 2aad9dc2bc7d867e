"""Incidents: which claims speak of the same thing, and why; who says what of it, and since when.

Enters: recorded claims, the copies among their reports, people's decisions. Leaves: a `Grouping` in which every
claim stands in one incident or is named as ungrouped. Pure: the order of the claims does not matter. Does not
belong here: choosing between figures, drawing tables, the ledger.
"""

from __future__ import annotations

from warledger.incidents.copies import copies
from warledger.incidents.deciding import decision, find
from warledger.incidents.grouping import group
from warledger.incidents.nights import compare, nights, origin
from warledger.incidents.period import AROUND, BUSY, around, days_of, of_days, windows

__all__ = [
    "AROUND",
    "BUSY",
    "around",
    "compare",
    "copies",
    "days_of",
    "decision",
    "find",
    "group",
    "nights",
    "of_days",
    "origin",
    "windows",
]
