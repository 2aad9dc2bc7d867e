"""Letters in, their text and attachments out; and pages that a browser saved as one MIME file.

Enters: an .eml, an .mbox of any size, an MHTML page. Leaves: a piece for the letter's own text, then those of its
attachments. Does not belong here: mail servers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import BinaryIO

import msgspec

from warledger.errors import ReadingError
from warledger.model import Retrieval
from warledger.reading import encoding, pages, plain, webpages
from warledger.reading.files import SIZE_LIMIT, TOO_LARGE
from warledger.reading.packed import Inside, Reader, member
from warledger.reading.pieces import Piece, Problem
from warledger.reading.plain import Draft
from warledger.reading.records import is_clean

_MBOX = re.compile(rb"From \S+ .*\d{4}\s*\n[\w-]+:")
_SAVED = re.compile(
    rb"(?:[\w-]+:.*\n(?:[ \t].*\n)*){0,20}?Content-Type:\s*multipart/related", re.IGNORECASE
)


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file begins with an mbox's separator and a header."""
    return _MBOX.match(head) is not None


def looks_like_saved_page(data: bytes) -> bool:
    """Whether a file begins with the header of a page saved as MHTML."""
    return _SAVED.match(data[:4096].replace(b"\r\n", b"\n")) is not None


def mailbox(stream: BinaryIO, inside: Inside, read: Reader) -> Iterator[Piece | Problem]:
    """The letters of an mbox, one in memory at a time."""
    for number, data in enumerate(_letters(stream), 1):
        position = f"letter {number}"
        if data is None:
            yield Problem(position, TOO_LARGE)
            continue
        try:
            yield from message(data, inside, read)
        except ReadingError as error:
            yield Problem(position, str(error))


def _letters(stream: BinaryIO) -> Iterator[bytes | None]:
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := stream.readline(SIZE_LIMIT):
        if blank and line.startswith(b"From "):
            if begun:
                yield b"".join(lines) if size <= SIZE_LIMIT else None
            lines, size, begun = [], 0, True
        else:
            size += len(line)
            if size <= SIZE_LIMIT:
                lines.append(line)
        blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= SIZE_LIMIT else None


def message(data: bytes, inside: Inside, read: Reader) -> Iterator[Piece | Problem]:
    """The letter's own text, then what its attachments hold. Raises `ReadingError` where there is neither."""
    letter = _parsed(data)
    body = letter.get_body(("plain", "html"))
    draft = _draft(body) if isinstance(body, EmailMessage) else None
    attachments = list(letter.iter_attachments()) if letter.is_multipart() else []
    if draft is None and not attachments:
        raise ReadingError("a letter without text: check the file")
    if draft is not None:
        yield Piece(
            draft=Draft(
                text=draft.text,
                title=_header(letter, "subject") or draft.title,
                published=_date(letter),
                author=_header(letter, "from"),
            ),
            original=data,
            media_type="message/rfc822",
            id=(_header(letter, "message-id") or "").strip("<> ") or None,
        )
    for number, part in enumerate(attachments, 1):
        name = part.get_filename() or f"attachment-{number}"
        content = part.get_payload(decode=True)
        if part.get_content_maintype() in ("image", "audio", "video"):
            yield Problem(name, "a picture, sound or film: passed over", passed_over=True)
        elif isinstance(content, bytes):
            yield from member(io.BytesIO(content), name.replace("/", "_"), inside, read)


def _parsed(data: bytes) -> EmailMessage:
    try:
        letter = message_from_bytes(data, policy=policy.default)
    except (ValueError, RecursionError, LookupError) as error:
        raise ReadingError(f"a letter that is broken ({error}): save it again") from error
    assert isinstance(letter, EmailMessage)
    return letter


def _draft(body: EmailMessage) -> Draft | None:
    content = body.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return None
    declared = body.get_content_charset()
    text = encoding.decode(content, declared=declared)
    found = pages.draft(text) if body.get_content_subtype() == "html" else plain.draft(text)
    return found if found.text.strip() else None


def _header(letter: EmailMessage, name: str) -> str | None:
    try:
        value = " ".join(str(letter[name] or "").split())
    except (ValueError, IndexError, AttributeError):
        return None  # headers of spam break the standard library's parser now and then
    return value if value and is_clean(value) else None


def _date(letter: EmailMessage) -> str | None:
    try:
        moment = parsedate_to_datetime(_header(letter, "date") or "")
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        return moment.date().isoformat()
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def saved_page(data: bytes) -> Iterator[Piece | Problem]:
    """What a page saved as MHTML holds, with the address that it was saved from."""
    letter = _parsed(data)
    for part in letter.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() not in ("text/html", "application/xhtml+xml") or not isinstance(
            content, bytes
        ):
            continue
        address = _header(letter, "snapshot-content-location") or str(part["content-location"])
        moment = _date(letter)
        for found in webpages.read(
            content,
            declared=part.get_content_charset(),
            original=data,
            media_type="multipart/related",
        ):
            if isinstance(found, Piece) and address.startswith("http"):
                draft = msgspec.structs.replace(found.draft, url=found.draft.url or address)
                came = Retrieval(retrieved_at_utc=moment, addresses=(address,)) if moment else None
                found = msgspec.structs.replace(found, draft=draft, retrieval=came)  # noqa: PLW2901
            yield found
        return
    raise ReadingError("a saved page without its HTML: save the page again")
