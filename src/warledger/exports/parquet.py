"""Parquet, typed, for tables of any size.

Enters: stored claims. Leaves: bytes. Does not belong here: which columns there are (`columns`).
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from pyarrow import parquet

from warledger.exports.columns import COLUMNS, row
from warledger.model import StoredClaim

_NUMBERS = {
    "low": pa.float64(),
    "high": pa.float64(),
    "lat": pa.float64(),
    "lon": pa.float64(),
    "quote_start": pa.int64(),
    "quote_end": pa.int64(),
}
SCHEMA = pa.schema([(name, _NUMBERS.get(name, pa.string())) for name in COLUMNS])


def write(claims: Sequence[StoredClaim]) -> bytes:
    """One table with the columns of the CSV; unknown values are null."""
    table = pa.Table.from_pylist([_typed(row(stored)) for stored in claims], schema=SCHEMA)
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _typed(fields: dict[str, object]) -> dict[str, object]:
    for name in ("low", "high"):
        value = fields[name]
        if isinstance(value, int):
            fields[name] = float(value)
    return fields
