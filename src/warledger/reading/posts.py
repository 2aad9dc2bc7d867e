"""A channel's post, whatever form it was saved in, to a draft with the one identity of the post.

Enters: what an export or a saved page says of a chat and a post. Leaves: a piece; or nothing, and a count of why.
Does not belong here: JSON (`telegram`), HTML (`telegrampages`).

The same post gives the same report from each form, so that a later save which differs is a version and no other source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from warledger.errors import ReadingError
from warledger.reading import language
from warledger.reading.channels import Channel, by_handle, by_title
from warledger.reading.pieces import Piece, Problem
from warledger.reading.plain import Draft
from warledger.reading.records import is_clean

_HANDLE = re.compile(r"[A-Za-z]\w{3,31}")
_NAME = re.compile(r"[\W_]+")


class Chat(msgspec.Struct):
    """What a source says of the chat that its posts stand in; `type` as the JSON export gives it."""

    name: str = ""
    type: str = ""
    id: int | None = None
    username: str = ""

    def channel(self) -> Channel | None:
        """The registry's record; a title counts only for a public channel, for anybody may call a group so."""
        if self.username:
            return by_handle(self.username)
        return by_title(self.name) if self.type == "public_channel" else None


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """One post: `published` and `updated` as ISO 8601, `credit` the voices that it was forwarded from."""

    number: int
    text: str
    published: str | None = None
    updated: str | None = None
    sender: str | None = None
    author: str | None = None
    credit: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def piece(
    post: Post, chat: Chat, passed: Counter[str], *, original: bytes, media_type: str
) -> Piece | None:
    """The post as a piece; None where it has no words that are read, which `passed` then counts."""
    known = chat.channel()
    text = post.text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        passed["without text"] += 1
        return None
    lang = known.lang if known and not post.credit else None
    try:
        lang = lang or language.detect(text)
    except ReadingError:
        passed["without words of a language that is read"] += 1
        return None
    handle = chat.username or (known.handle if known else "")
    draft = Draft(
        text=text,
        published=post.published,
        updated=post.updated,
        publisher=known.publisher if known else chat.name or post.sender,
        url=f"https://t.me/{handle}/{post.number}" if _HANDLE.fullmatch(handle) else None,
        author=post.author or (post.sender if post.sender != chat.name else None),
        credit=post.credit,
        lang=lang,
    )
    return Piece(
        draft=draft,
        original=original,
        media_type=media_type,
        id=f"{handle or _unnamed(chat)}/{post.number}",
        position=f"message {post.number}",
        notes=post.notes,
    )


def _unnamed(chat: Chat) -> str:
    """How a chat without an address is told from others: by its number, else by its title."""
    if chat.id is not None or not chat.name:
        return f"chat{chat.id if chat.id is not None else ''}"
    return f"chat-{_NAME.sub('-', chat.name.casefold()).strip('-')}"


def told(chat: Chat, passed: Counter[str]) -> Iterator[Problem]:
    """A line that says what of the chat was passed over, where there is anything."""
    if passed:
        rows = ", ".join(f"{count} {reason}" for reason, count in sorted(passed.items()))
        yield Problem(chat.name or None, f"passed over: {rows}", passed_over=True)


def credit_of(forwarded: str | None, handle: str | None = None) -> tuple[str, ...]:
    """Whose words a forwarded post holds, by the registry's name where it knows the channel."""
    known = by_handle(handle) if handle else None
    if not known and (not forwarded or not is_clean(forwarded)):
        return ()
    known = known or by_title(forwarded or "")
    return (known.publisher if known else str(forwarded).strip(),)


def in_utc(moment: datetime) -> str:
    """A moment with a zone as reports carry it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
