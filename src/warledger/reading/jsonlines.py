"""Reports as JSON in, the same reports out: one a line, one a file, or a list of them.

Enters: an open file or its bytes. Leaves: for each report its record and its own bytes, or why not.
Does not belong here: the text's cleaning. It is kept character for character, since offsets count in it.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from warledger.errors import ReadingError
from warledger.reading.files import SIZE_LIMIT, TOO_LARGE
from warledger.reading.records import LANGUAGES, is_clean, is_publication_date

MEDIA_TYPE = "application/json"

Item = tuple[str, bytes, "Given | ReadingError"]
"""Where it stands (`line 3`, `item 2`), its bytes, and the report or the reason that it is none."""


class Given(msgspec.Struct, frozen=True):
    """A report as JSON gives it; keys that are not named here are passed over."""

    id: str
    text: str
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    updated: str | None = None


_decoder = msgspec.json.Decoder(Given)
_items = msgspec.json.Decoder(list[msgspec.Raw])


def looks_like_report(line: bytes) -> bool:
    """Whether a line is a whole JSON object with a key `text`."""
    bare = line.removeprefix(codecs.BOM_UTF8).strip()
    if not (bare.startswith(b"{") and bare.endswith(b"}") and b'"text"' in bare):
        return False
    try:
        return isinstance(msgspec.json.decode(bare), dict)
    except (ValueError, RecursionError):
        return False


def each_line(first: bytes, stream: BinaryIO) -> Iterator[Item]:
    """Read line by line, `first` being the first one; blank lines are passed over.

    Only one line is in memory at a time. Raises `ReadingError` for UTF-16, whose lines end otherwise.
    """
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ReadingError("JSON lines in UTF-16: save the file as UTF-8")
    line, number = first.removeprefix(codecs.BOM_UTF8), 0
    while line:
        number += 1
        position = f"line {number}"
        if len(line) > SIZE_LIMIT:
            yield position, b"", ReadingError(TOO_LARGE)
            _skip_line(line, stream)
        elif line.strip():
            original = line.rstrip(b"\r\n")
            yield position, original, given(original)
        line = stream.readline(SIZE_LIMIT + 1)


def _skip_line(line: bytes, stream: BinaryIO) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(SIZE_LIMIT)


def whole(data: bytes) -> Iterator[Item]:
    """Read one JSON document: a report, or a list of reports, each with its own bytes of the file."""
    bare = data.removeprefix(codecs.BOM_UTF8)
    if not bare.lstrip().startswith(b"["):
        yield "", data, given(bare)
        return
    try:
        parts = _items.decode(bare)
    except (ValueError, RecursionError) as error:
        yield "", data, _refused(error)
        return
    for number, part in enumerate(parts, 1):
        original = bytes(part)
        yield f"item {number}", original, given(original)


def given(data: bytes) -> Given | ReadingError:
    """Decode one report; the reason comes back as a value, for the next line is to be read all the same."""
    try:
        report = _decoder.decode(data)
    except (ValueError, RecursionError) as error:
        return _refused(error)
    for name in Given.__struct_fields__:
        value = getattr(report, name)
        if value is not None and not is_clean(value):
            return ReadingError(f'"{name}" holds a NUL character: take it out')
    if not report.id.strip():
        return ReadingError('"id" is empty: give each report its own')
    if not report.text.strip():
        return ReadingError('"text" is empty: give the report\'s text or take the report out')
    if report.lang and report.lang not in LANGUAGES:
        return ReadingError(f'"lang" is {report.lang[:40]!r}: only en, uk and ru are read')
    return report


def _refused(error: Exception) -> ReadingError:
    if isinstance(error, RecursionError):
        return ReadingError("JSON nested too deep: give one flat object a report")
    if isinstance(error, UnicodeDecodeError):
        return ReadingError("not UTF-8, which JSON must be: save the file as UTF-8")
    if isinstance(error, msgspec.ValidationError):
        reason = str(error).replace("`", '"')
        return ReadingError(f'not a report: {reason}; it needs an "id" and a "text", both strings')
    return ReadingError(f"broken JSON ({error}): write one whole object a report")


def date_or_note(published: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The publication date if it is one; else nothing and a note, for the text can be read without it."""
    if not published or is_publication_date(published):
        return published or None, ()
    return None, (f"the publication date {published[:40]!r} is not an ISO date and was left out",)
