"""The ledger: an append-only record of reports, the claims drawn from them, and the claims refused.

Enters: reports with their original bytes, claims, refusals, decisions. Leaves: stored claims, reports, passages
found, proofs. Does not belong here: drawing or judging claims. This package holds the only SQL.
"""

from __future__ import annotations

from warledger.ledger.agreement import Agreement
from warledger.ledger.changes import Change, Compared, Difference, Piece, differences
from warledger.ledger.decisions import Decided, Standing, corrected
from warledger.ledger.doubts import Doubtful
from warledger.ledger.migrating import Migrated, migrate
from warledger.ledger.records import Decision, Edition, Entry, Hit, Recorded, Seal, Shown, Version
from warledger.ledger.search import MARK_CLOSE, MARK_OPEN
from warledger.ledger.signing import Signed, SignOff
from warledger.ledger.store import Ledger
from warledger.ledger.verifying import Verdict

__all__ = [
    "MARK_CLOSE",
    "MARK_OPEN",
    "Agreement",
    "Change",
    "Compared",
    "Decided",
    "Decision",
    "Difference",
    "Doubtful",
    "Edition",
    "Entry",
    "Hit",
    "Ledger",
    "Migrated",
    "Piece",
    "Recorded",
    "Seal",
    "Shown",
    "SignOff",
    "Signed",
    "Standing",
    "Verdict",
    "Version",
    "corrected",
    "differences",
    "migrate",
]
