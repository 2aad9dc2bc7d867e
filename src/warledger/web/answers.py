"""What a page gives: one answer that is drawn as HTML, as JSON, as CSV, and whose charts are drawn on their own.

Enters: a visit (who asks, for what, in which language). Leaves: an answer, or a `PageError`.
Does not belong here: HTTP, templates.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from warledger.checks import Record
from warledger.errors import WarledgerError
from warledger.ledger import Ledger
from warledger.ledger.wanting import Wanted
from warledger.web.settings import Settings
from warledger.web.wording import Wording

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_ROWS = 10_000


class PageError(WarledgerError):
    """A page that cannot be given: an HTTP status and one line that says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Viewer(msgspec.Struct, frozen=True):
    """Who asks: `role` is reader, editor, admin, or public; `alone` on one's own machine without accounts."""

    name: str | None = None
    role: str = "public"
    alone: bool = False
    session: str | None = None

    @property
    def edits(self) -> bool:
        """Whether decisions on claims and replies may be taken."""
        return self.role in ("editor", "admin")


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One question to a page: the parts of its address, and everything an answer may depend on.

    `record` is what comparisons are checked against, where there is one.
    """

    path: Mapping[str, str]
    query: Mapping[str, str]
    ledger: Ledger
    settings: Settings
    say: Wording
    viewer: Viewer
    record: Record | None = None

    @property
    def signed(self) -> int:
        """How many people have to have let a claim stand before this reader sees it (the publication setting)."""
        if self.viewer.role != "public":
            return 0
        return {"all": 0, "reviewed": 1, "signed": 2}[self.settings.publication]

    def wanted(self, **asked: Any) -> Wanted:
        """What to look for, within what this reader may see."""
        return Wanted(**{"signed": self.signed, **asked})

    def text(self, name: str) -> str | None:
        """A parameter without its outer spaces, or None. Raises PageError for control characters."""
        value = self.query.get(name, "").strip()
        if CONTROL.search(value):
            raise PageError(400, f"{name}: it holds characters that no text has")
        if len(value) > 1_000:
            raise PageError(400, f"{name}: longer than 1000 characters")
        return value or None

    def day(self, name: str) -> str | None:
        """A parameter that is a day such as 2025-12-06, or None. Raises PageError for anything else."""
        value = self.text(name)
        return None if value is None else checked_day(value)

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number within bounds. Raises PageError for anything else."""
        value = self.text(name)
        if value is None:
            return default
        if not re.fullmatch(r"-?[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise PageError(400, f"{name}: a whole number from {least} to {most} is needed")
        return int(value)

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of the allowed values, or None. Raises PageError for another one."""
        value = self.text(name)
        if value is not None and value not in allowed:
            raise PageError(400, f"{name}: not one of {', '.join(allowed)}")
        return value


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a page found: `data` as JSON, `columns` and `rows` as CSV, `shown` for the template, `charts` by name.

    What only JSON or CSV needs may be a function that is called for it.
    """

    template: str
    title: str
    data: Any
    columns: tuple[str, ...] = ()
    rows: Sequence[Sequence[Any]] | Callable[[], Sequence[Sequence[Any]]] = ()
    shown: Mapping[str, Any] = {}
    charts: Mapping[str, Any] = {}


def checked_day(value: str) -> str:
    """The day as written. Raises PageError where it is none."""
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise PageError(400, f"{value[:40]!r} is no day; write it as 2025-12-06") from None
    return value


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula is led by an apostrophe."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return made.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return value


def tilde(text: str) -> str:
    """Any id as one part of an address: letters, digits, `-` and `_` stay, other bytes become `~XX` (as in Datasette)."""
    return "".join(
        chr(byte) if (chr(byte).isalnum() and byte < 128) or byte in b"-_" else f"~{byte:02X}"
        for byte in text.encode()
    )


def untilde(part: str) -> str:
    """The id that `tilde` wrote. Raises PageError where it wrote nothing such."""
    try:
        data = re.sub(
            rb"~([0-9A-F]{2})", lambda m: bytes([int(m.group(1), 16)]), part.encode("ascii")
        )
        return data.decode()
    except UnicodeError:
        raise PageError(404, "there is no such address") from None
