"""A tie: a quantified phrase under the predicate that governs it.

Enters: nothing. Leaves: the `Reading` that the rooms of extraction hand on. Does not belong here: choosing one (`frames`).
"""

from __future__ import annotations

import msgspec

from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found

CARRIED = 6.0
"""The cost of a tie to a predicate of another sentence or list."""


class Reading(msgspec.Struct, eq=False):
    """A phrase under a predicate: the kind of claim, the type of noun taken, the cost of the tie."""

    phrase: Phrase
    predicate: Found
    kind: str
    noun: str
    cost: float
    carried: bool = False
