"""Telegram Desktop's JSON export in, a draft for each post out.

Enters: an open `result.json` of one chat or of a whole account, of any size. Leaves: posts in their order, and for
each chat a line that says what was passed over. Does not belong here: the HTML form of the export (`telegrampages`).

Albums stand in an export as several messages of which one has the words; the others are counted as without text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

import msgspec

from warledger.reading import posts
from warledger.reading.files import SIZE_LIMIT, TOO_LARGE
from warledger.reading.jsonwalk import Walk
from warledger.reading.pieces import Piece, Problem
from warledger.reading.posts import Chat, Post
from warledger.reading.records import is_publication_date

MEDIA_TYPE = "application/json"
_EXPORT = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*\{(?s:.*)"(?:messages|chats|left_chats|personal_information)"\s*:\s*[\[{]'
)


class _Part(msgspec.Struct, frozen=True):
    text: str = ""


class _Message(msgspec.Struct, frozen=True):
    """A message as the export gives it; keys that are not named here are passed over."""

    id: int
    type: str = "message"
    date: str | None = None
    date_unixtime: str | int | None = None
    edited: str | None = None
    edited_unixtime: str | int | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    author: str | None = None
    forwarded_from: str | None = None
    text: str | list[str | _Part] = ""


_decode = msgspec.json.Decoder(_Message).decode


def looks_like_export(head: bytes) -> bool:
    """Whether a file that begins with `head` is an export: a quoted key cannot stand inside a JSON string."""
    return _EXPORT.match(head) is not None


def read(stream: BinaryIO) -> Iterator[Piece | Problem]:
    """Read every chat of the export; a broken message is a `Problem` and the rest goes on.

    Raises `ReadingError` where the file is cut off or is no JSON: what was given before stands.
    """
    yield from _chat(Walk(stream, SIZE_LIMIT))


def _chat(walk: Walk) -> Iterator[Piece | Problem]:
    """A chat, or the object of the whole account, which holds chats in `chats.list` and `left_chats.list`."""
    chat = Chat()
    for key in walk.members():
        if key == "messages" and walk.opens(b"["):
            yield from _messages(walk, chat)
        elif key in ("chats", "left_chats") and walk.opens(b"{"):
            for inner in walk.members():
                if inner == "list" and walk.opens(b"["):
                    for _ in walk.elements():
                        yield from _chat(walk)
                else:
                    walk.skip()
        elif key in ("name", "type", "id", "username"):
            _learn(chat, key, walk.value())
        else:
            walk.skip()


def _learn(chat: Chat, key: str, data: bytes | None) -> None:
    try:
        value = msgspec.json.decode(data or b"null")
    except (ValueError, RecursionError):
        return
    if isinstance(value, int if key == "id" else str) and value is not True:
        setattr(chat, key, value)


def _messages(walk: Walk, chat: Chat) -> Iterator[Piece | Problem]:
    passed: Counter[str] = Counter()
    for number, _ in enumerate(walk.elements(), 1):
        data = walk.value()
        position = f"message {number}"
        if data is None:
            yield Problem(position, TOO_LARGE)
            continue
        try:
            message = _decode(data)
        except (ValueError, RecursionError) as error:
            yield Problem(position, f"not a message ({error}): export the chat again")
            continue
        if message.type != "message":
            passed["service messages"] += 1
            continue
        found = posts.piece(_post(message), chat, passed, original=data, media_type=MEDIA_TYPE)
        if found is not None:
            yield found
    yield from posts.told(chat, passed)


def _post(message: _Message) -> Post:
    published, note = _moment(message.date_unixtime, message.date)
    updated, _ = _moment(message.edited_unixtime, message.edited)
    return Post(
        number=message.id,
        text=_text(message.text),
        published=published,
        updated=updated,
        sender=message.from_,
        author=message.author,
        credit=posts.credit_of(message.forwarded_from),
        notes=(note,) if note else (),
    )


def _text(value: str | list[str | _Part]) -> str:
    if isinstance(value, str):
        return value
    return "".join(part if isinstance(part, str) else part.text for part in value)


def _moment(unix: str | int | None, local: str | None) -> tuple[str | None, str | None]:
    """The moment in UTC; of a local time without zone only the day stands, with a note."""
    try:
        if unix not in (None, "", "0", 0):
            return posts.in_utc(datetime.fromtimestamp(int(unix or 0), UTC)), None
    except (ValueError, OverflowError, OSError):
        pass  # a number that no clock shows: the written date remains
    day = (local or "")[:10]
    if is_publication_date(day):
        return day, "the export gives local time without a zone: only the day was kept"
    return None, None
