"""Tables as rows of text, whatever file they come in: CSV, TSV, Excel, Parquet.

Enters: a path. Leaves: columns and rows with the line where each starts. Does not belong here: what a cell means.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from warledger.errors import TableError

SIZE_LIMIT = 256 * 2**20
"""Bytes; a table is held in memory, since it is checked whole before anything of it is recorded."""
_EMPTY = {"", "nan", "NaN", "None", "null"}


class Row(msgspec.Struct, frozen=True):
    """A row: the line (or row number) where it starts, its filled cells by column, and its exact bytes where known."""

    line: int
    cells: dict[str, str]
    original: bytes


class Sheet(msgspec.Struct, frozen=True):
    """A table: its columns in their order, and its rows. `broken` names lines that are no rows, with the reason."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[tuple[int, str], ...] = ()


def load(path: str) -> Sheet:
    """The table in a file, by its suffix: .csv, .tsv, .xlsx, .parquet. Raises TableError where it cannot be read."""
    file = Path(path)
    try:
        if file.is_dir():
            raise TableError(f"{path} is a folder; give one table")
        if file.stat().st_size > SIZE_LIMIT:
            raise TableError(f"{path} is larger than {SIZE_LIMIT // 2**20} MB; cut it into parts")
        data = file.read_bytes()
    except OSError as problem:
        raise TableError(f"{path}: {problem.strerror}") from None
    suffix = file.suffix.lower()
    if suffix == ".xlsx":
        return _sheet(path, _excel(path, data))
    if suffix == ".parquet":
        return _sheet(path, _parquet(path, data))
    if suffix in (".csv", ".tsv", ".txt"):
        return _text(path, data, "\t" if suffix == ".tsv" else ",")
    raise TableError(f"{path}: tables are read as .csv, .tsv, .xlsx or .parquet")


def _text(path: str, data: bytes, delimiter: str) -> Sheet:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise TableError(
            f"{path}: byte {problem.start} is not UTF-8; save the table as UTF-8"
        ) from None
    seen: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            seen.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    broken: list[tuple[int, str]] = []
    while True:
        at = len(seen)
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error as problem:
            broken.append((at + 1, f"no row: {problem}"))
            continue
        if not columns:
            columns = _columns(path, values)
        elif values and len(values) != len(columns):
            broken.append((at + 1, f"{len(values)} cells in a table of {len(columns)} columns"))
        elif values:
            raw = "".join(seen[at : len(seen)]).encode()
            rows.append(Row(at + 1, _cells(columns, values), raw))
    if not columns:
        raise TableError(f"{path}: the table is empty")
    return Sheet(columns, tuple(rows), tuple(broken))


def _columns(path: str, values: Sequence[Any]) -> tuple[str, ...]:
    columns = tuple(str(v if v is not None else "").strip() for v in values)
    if len(set(columns)) != len(columns):
        twice = next(c for c in columns if columns.count(c) > 1)
        raise TableError(f"{path}: two columns are called {twice!r}; name each otherwise")
    return columns


def _cells(columns: Sequence[str], values: Sequence[Any]) -> dict[str, str]:
    """The filled cells; a line break inside a cell becomes a space, so that a cell is one line of the report."""
    cells = {}
    for column, value in zip(columns, values, strict=True):
        words = " ".join(str("" if value is None else value).split())
        if words not in _EMPTY:
            cells[column] = words
    return cells


def _sheet(path: str, table: Iterator[Sequence[Any]]) -> Sheet:
    columns = _columns(path, next(table, ()))
    if not columns:
        raise TableError(f"{path}: the table is empty")
    rows = []
    for n, values in enumerate(table, start=2):
        cells = _cells(columns, values)
        if cells:
            rows.append(Row(n, cells, msgspec.json.encode(cells)))
    return Sheet(columns, tuple(rows))


def _excel(path: str, data: bytes) -> Iterator[Sequence[Any]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except (BadZipFile, KeyError, ValueError, IndexError) as problem:
        raise TableError(f"{path}: no Excel workbook that can be read ({problem})") from None


def _parquet(path: str, data: bytes) -> Iterator[Sequence[Any]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(pa.BufferReader(data))
    except (pa.ArrowInvalid, OSError) as problem:
        raise TableError(f"{path}: no Parquet table that can be read ({problem})") from None
    yield table.column_names
    for batch in table.to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
