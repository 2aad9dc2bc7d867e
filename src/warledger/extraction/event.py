"""The record of a claim without a count.

Enters: what `events`, `ground` and `meetings` find. Leaves: `Event`. Does not belong here: how it is found.
"""

from __future__ import annotations

from typing import Any

import msgspec

from warledger.extraction.amounts import Amount
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found


class Event(msgspec.Struct, eq=False):
    """A claim without a count: its kind, the predicate, the tokens that show it, places, details.

    `open_number` tells that it is of a number that the words leave open, `holder` the token at which the subject of a
    position is asked, where that is not its own word.
    """

    kind: str
    predicate: Found
    start: int
    end: int
    places: list[Mention]
    detail: dict[str, Any]
    class_: str | None = None
    duration: Amount | None = None
    modality: str | None = None
    share: bool = False
    open_number: bool = False
    holder: int | None = None
