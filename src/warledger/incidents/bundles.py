"""Claims on the way to one incident, and the id that it will have.

Enters: a key. Leaves: a bundle to put claims into. Does not belong here: which claims belong into it.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from warledger.incidents.keys import Key
from warledger.model import StoredClaim, canonical_json


class Bundle:
    """The claims of one key, those of edited versions (`past`), and what people decided on them."""

    __slots__ = ("claims", "key", "past", "regrouped", "rejected", "told_by")

    def __init__(self, key: Key) -> None:
        self.key = key
        self.claims: list[StoredClaim] = []
        self.past: list[StoredClaim] = []
        self.rejected: list[str] = []
        self.told_by: Counter[str] = Counter()
        self.regrouped: list[str] = []


def identity(key: Key) -> str:
    """An incident's id: the day on which it ends, and eight digits of the hash of its key."""
    day = key.last.replace("-", "")
    return f"{day}-{hashlib.sha256(canonical_json(key)).hexdigest()[:8]}"
