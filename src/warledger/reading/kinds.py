"""Which kind of source some bytes are, and the reader of that kind.

Enters: an open file and its name. Leaves: pieces (a report's draft with its bytes) and problems, in order.
Does not belong here: what the caller knows of the sources, paths, the network.
"""

from __future__ import annotations

import codecs
import io
import os
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from warledger.errors import ReadingError
from warledger.reading import (
    documents,
    encoding,
    feeds,
    jsonlines,
    mail,
    markdown,
    packed,
    plain,
    telegram,
    webarchive,
    webpages,
)
from warledger.reading.files import SIZE_LIMIT, check_size
from warledger.reading.magic import binary_kind
from warledger.reading.packed import Inside
from warledger.reading.pieces import Piece, Problem
from warledger.reading.plain import Draft

_HEAD = 1 << 16
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).){0,2000}-->\s*)*"
    rb"<(!doctype\s+html|html|head|body|title|meta|h1|div|p|article|main|section|table|center)\b",
    re.IGNORECASE | re.DOTALL,
)
_SUFFIXES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that Word puts a locked document into."""
_LINES = (".jsonl", ".ndjson")
_DOCUMENTS: tuple[tuple[bytes, Callable[[bytes], Draft], str], ...] = (
    (b"%PDF-", documents.pdf, "application/pdf"),
)


class _Rewound(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def pieces(stream: BinaryIO, name: str, inside: Inside | None = None) -> Iterator[Piece | Problem]:
    """Read what `stream` holds; `name` helps to tell its kind, `inside` counts what archives unfold to.

    Raises `ReadingError` where it cannot be read (further).
    """
    inside = inside or Inside()
    head = stream.read(_HEAD)
    whole = io.BufferedReader(_Rewound(head, stream), _HEAD)
    suffix = os.path.splitext(name)[1].lower()
    if webarchive.looks_like_archive(head, name):
        yield from webarchive.read(whole, inside, pieces)
    elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from packed.zipped(whole, inside, pieces)
    elif packed.looks_like_tar(head, name):
        yield from packed.tarred(whole, inside, pieces)
    elif suffix == ".mbox" or (not suffix and mail.looks_like_mbox(head)):
        yield from mail.mailbox(whole, inside, pieces)
    elif suffix not in _LINES and telegram.looks_like_export(head):
        yield from telegram.read(whole)
    else:
        yield from _text(whole, suffix, inside)


def _text(stream: BinaryIO, suffix: str, inside: Inside) -> Iterator[Piece | Problem]:
    """Sources that are held in memory whole, and JSON lines."""
    first = stream.readline(SIZE_LIMIT + 1)
    if not first.startswith((b"%PDF-", _OLE)):
        _refuse_binary(first)
    if suffix in _LINES or (suffix not in _SUFFIXES and jsonlines.looks_like_report(first)):
        yield from _reports(jsonlines.each_line(first, stream))
        return
    data = first + stream.read(SIZE_LIMIT + 1 - len(first))
    check_size(len(data))
    for signature, draft, media_type in _DOCUMENTS:
        if data.startswith(signature):
            yield Piece(draft=draft(data), original=data, media_type=media_type)
            return
    _refuse_binary(data)
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ReadingError("empty: there is nothing to read in it")
    if feeds.looks_like_feed(data):
        yield from feeds.read(data)
    elif suffix == ".eml":
        yield from mail.message(data, inside, pieces)
    elif suffix in (".mhtml", ".mht") or mail.looks_like_saved_page(data):
        yield from mail.saved_page(data)
    elif suffix == ".json" or (
        suffix not in _SUFFIXES and data.lstrip()[:1] == b"{" and b'"text"' in data
    ):
        yield from _reports(jsonlines.whole(data))
    else:
        yield from _one(data, _SUFFIXES.get(suffix))


def _refuse_binary(head: bytes) -> None:
    if head.startswith(_OLE) and _LOCKED in head:
        raise ReadingError("an office document with a password: save it without one")
    if kind := binary_kind(head):
        raise ReadingError(f"{kind}, not text: save its text and give that")


def _reports(items: Iterator[jsonlines.Item]) -> Iterator[Piece | Problem]:
    """Reports given as JSON: the text as it stands."""
    seen: set[str] = set()
    empty = True
    for position, original, found in items:
        empty = False
        if isinstance(found, ReadingError):
            yield Problem(position or None, str(found))
        elif found.id in seen:
            reason = f"the id {found.id[:80]!r} stands twice in this file: give each report its own"
            yield Problem(position or None, reason)
        else:
            seen.add(found.id)
            published, notes = jsonlines.date_or_note(found.published)
            draft = Draft(
                text=found.text,
                title=found.title,
                published=published,
                publisher=found.publisher,
                url=found.url,
                lang=found.lang,
                updated=found.updated,
            )
            yield Piece(
                draft=draft,
                original=original,
                media_type=jsonlines.MEDIA_TYPE,
                id=found.id,
                position=position or None,
                notes=notes,
            )
    if empty:
        raise ReadingError("empty: there are no reports in it")


def _one(data: bytes, media_type: str | None) -> Iterator[Piece | Problem]:
    """Text, Markdown or a page, told by its media type and else by how it begins."""
    if media_type != "text/markdown" and _HTML.match(_head(data)):
        media_type = "text/html"
    if media_type == "text/html":
        yield from webpages.read(data)
        return
    text = encoding.decode(data)
    draft = markdown.draft(text) if media_type == "text/markdown" else plain.draft(text)
    if not draft.text.strip():
        raise ReadingError(
            "there is no text in it once the site's furniture is left out: check the file"
        )
    yield Piece(draft=draft, original=data, media_type=media_type or "text/plain")


def _head(data: bytes) -> bytes:
    """The beginning of a text without its mark, in one byte a letter where that is all that its markup needs."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[:16384].decode("utf-16", "ignore").encode("utf-8", "replace")
    return data[:8192].lstrip(codecs.BOM_UTF8)
