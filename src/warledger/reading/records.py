"""What reading is asked and what it gives: options, a source with its report, or a failure.

Enters: nothing. Leaves: frozen records and the check of a publication date.
Does not belong here: opening, decoding or cutting anything.
"""

from __future__ import annotations

import re
from datetime import date, datetime

import msgspec

from warledger.errors import UsageError
from warledger.model import Report, Retrieval

LANGUAGES = ("en", "uk", "ru")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?")
_UNCLEAN = re.compile("[\0\ud800-\udfff]")


class ReadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller knows of the sources; each setting wins over what the source says itself.

    `published` is an ISO date or date and time, `lang` one of `en`, `uk`, `ru`.
    """

    published: str | None = None
    publisher: str | None = None
    lang: str | None = None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One report with the exact bytes that it came from.

    `original` is the file's bytes, or the bytes of its one line in a JSON-lines file (without the
    line's end); `sha256` is their hash in hexadecimal; `path` is the path as given or found;
    `notes` says in a line each what the source said that could not be used; `updated` is when the source says
    that it changed the text; `retrieval` is there for what came over the network; a `teaser` holds only the beginning
    of what its address does.
    """

    report: Report
    original: bytes
    sha256: str
    media_type: str
    path: str
    notes: tuple[str, ...] = ()
    updated: str | None = None
    retrieval: Retrieval | None = None
    teaser: bool = False


class Failure(msgspec.Struct, frozen=True):
    """One source that could not be read: where (`position` such as `line 3`) and, in one line, why.

    `passed_over` marks what held nothing to read (a service message): it is told, and is no failure.
    """

    path: str
    position: str | None
    reason: str
    passed_over: bool = False


def is_publication_date(value: str) -> bool:
    """Whether `value` is an ISO 8601 day or moment: `2025-12-06`, `2025-12-06 08:00`, `…T08:00Z`."""
    try:
        if _DAY.fullmatch(value):
            date.fromisoformat(value)
        elif _MOMENT.fullmatch(value):
            datetime.fromisoformat(value)
        else:
            return False
    except ValueError:
        return False
    return True


def check_options(options: ReadOptions) -> None:
    """Raise `UsageError` when an option cannot be meant."""
    if options.published is not None and not is_publication_date(options.published):
        raise UsageError(
            f"{options.published!r} is not a publication date: "
            "write 2025-12-06, 2025-12-06 08:00 or 2025-12-06T08:00Z"
        )
    if options.lang is not None and options.lang not in LANGUAGES:
        raise UsageError(f"{options.lang!r} is not a language that is read: use en, uk or ru")
    if options.publisher is not None and not is_clean(options.publisher):
        raise UsageError("the publisher's name holds characters that are not text: write it again")


def is_clean(value: str) -> bool:
    """Whether `value` can be stored: no NUL and no half of a surrogate pair."""
    return _UNCLEAN.search(value) is None
