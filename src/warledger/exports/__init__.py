"""Exports: recorded claims in the formats of others, one file a format.

Enters: stored claims. Leaves: bytes. Pure: the time of making is passed in. Does not belong here: choosing claims.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from warledger.exports import acled, atom, geojson, hxl, jsonld, parquet
from warledger.model import StoredClaim


class Format(msgspec.Struct, frozen=True):
    """A format: its name, media type, file name's ending, and what writes it."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[Sequence[StoredClaim]], bytes]


FORMATS = {
    made.name: made
    for made in (
        Format("csv", "text/csv; charset=utf-8", "csv", hxl.plain),
        Format("hxl", "text/csv; charset=utf-8", "hxl.csv", hxl.tagged),
        Format("geojson", "application/geo+json", "geojson", geojson.write),
        Format("jsonld", "application/ld+json", "jsonld", jsonld.write),
        Format("acled", "text/csv; charset=utf-8", "acled.csv", acled.write),
        Format("parquet", "application/vnd.apache.parquet", "parquet", parquet.write),
        Format("atom", "application/atom+xml; charset=utf-8", "atom", atom.write),
    )
}
"""Every format by name."""

__all__ = ["FORMATS", "Format"]
