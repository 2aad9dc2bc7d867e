"""The parts of a brief.

Enters: nothing. Leaves: frozen records that the renderers draw. Does not belong here: how they are filled or drawn.
"""

from __future__ import annotations

import msgspec


class Citation(msgspec.Struct, frozen=True):
    """Where a figure stands: number, quotation with the words around it, who says it, the report."""

    number: int
    claim_id: str
    quote: str
    before: str
    after: str
    start: int
    end: int
    speaker: str
    report_id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


class Cell(msgspec.Struct, frozen=True):
    """A table cell: words, and the numbers of the citations that bear them out."""

    text: str
    citations: tuple[int, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """A table with a caption; `note` says how its rows were put together."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str | None = None


class Section(msgspec.Struct, frozen=True):
    """A section: an id that never changes, a title, its tables; empty where nothing was reported."""

    id: str
    title: str
    tables: tuple[Table, ...]


class Brief(msgspec.Struct, frozen=True):
    """A brief of the days `start` to `end`; `coverage` says what it rests on."""

    start: str
    end: str
    coverage: tuple[str, ...]
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]


class Picture(msgspec.Struct, frozen=True):
    """A chart of a section, or of the whole brief for the section `map`: its caption, and SVG for a wide screen and a narrow one."""

    section: str
    caption: str
    wide: bytes
    narrow: bytes
