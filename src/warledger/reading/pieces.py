"""What a kind of source gives: drafts of reports with their bytes, and what could not be read in between.

Enters and leaves: records. Does not belong here: reading anything.
"""

from __future__ import annotations

import msgspec

from warledger.model import Retrieval
from warledger.reading.plain import Draft


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a source that may hold several.

    `id` is the source's own name for it (a channel and message number); where it has none, an id is made of `name`
    (else the name of the file). `part` is what a page of several reports calls this one, and makes an id with the page's
    address. `position` says where it stands. A `teaser` is only the beginning of what its address holds.
    """

    draft: Draft
    original: bytes
    media_type: str
    id: str | None = None
    name: str | None = None
    part: str | None = None
    position: str | None = None
    retrieval: Retrieval | None = None
    notes: tuple[str, ...] = ()
    teaser: bool = False


class Problem(msgspec.Struct, frozen=True):
    """A part that gave no report, and why; `passed_over` where there was nothing to read, which is no failure."""

    position: str | None
    reason: str
    passed_over: bool = False
