"""The ledger: an append-only record of reports, the claims drawn from them, and the claims refused.

Enters: reports with their original bytes, claims, refusals. Leaves: stored claims, reports, passages found.
Does not belong here: drawing or judging claims. This package holds the only SQL.
"""

from __future__ import annotations

from warledger.ledger.search import MARK_CLOSE, MARK_OPEN, Hit
from warledger.ledger.store import Ledger, Recorded, Shown

__all__ = ["MARK_CLOSE", "MARK_OPEN", "Hit", "Ledger", "Recorded", "Shown"]
