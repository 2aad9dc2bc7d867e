"""Telegram as pages: a Desktop export in HTML, and the public preview of a channel (t.me/s/…) saved or fetched.

Enters: a decoded page and its bytes. Leaves: its posts in their order, and a line that says what was passed over.
Does not belong here: what makes two saves of a post the same (`posts`).

The bytes kept for a post are those of the page. Neither form says of an album more than which picture has the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from warledger.reading import posts
from warledger.reading.pieces import Piece, Problem
from warledger.reading.posts import Chat, Post
from warledger.reading.records import is_clean

_PAGE = re.compile(
    rb"class=[\"']?[^\"'>]*\b(?:chat_page|tgme_widget_message_wrap|js-widget_message)\b"
)
_EXPORTED = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_NUMBER = re.compile(r"message(\d+)")
_NAMED = re.compile(r"(\w+)/(\d+)")
_LINKED = re.compile(r"https?://(?:t|telegram)\.me/(?:s/)?(\w+)")


def looks_like_page(data: bytes) -> bool:
    """Whether a page is one of the two forms, by the classes of its elements."""
    return _PAGE.search(data) is not None


def read(tree: Any, original: bytes, media_type: str) -> Iterator[Piece | Problem]:
    """The posts of a parsed page; `original` is what is kept of them, and at the end a line on what was passed over."""
    exported = _first(tree, "chat_page") is not None
    passed: Counter[str] = Counter()
    chat = Chat()
    for chat, post in (_exported if exported else _previewed)(tree, passed):
        found = posts.piece(post, chat, passed, original=original, media_type=media_type)
        if found is not None:
            yield found
    yield from posts.told(chat, passed)


def _exported(tree: Any, passed: Counter[str]) -> Iterator[tuple[Chat, Post]]:
    """A page of an export. It holds no address and no kind of chat: one where only the chat itself speaks is a channel."""
    header = _first(tree, "page_header")
    title = _words(_first(header, "text")) if header is not None else ""
    nodes = [node for node in tree.iter("div") if _has(node, "message")]
    senders = {_words(n) for node in nodes if (n := _own_name(node)) is not None}
    chat = Chat(name=title, type="public_channel" if senders == {title} else "")
    sender: str | None = None
    for node in nodes:
        number = _NUMBER.fullmatch(node.get("id") or "")
        if _has(node, "service") or number is None:
            passed["service messages"] += 1
            continue
        own = _own_name(node)
        if own is not None or not _has(node, "joined"):
            sender = _words(own) or title or None
        published, notes = _export_moment(_first(node, "date"))
        yield (
            chat,
            Post(
                number=int(number[1]),
                text=_text(_first(node, "text")),
                published=published,
                sender=sender,
                author=_words(_first(node, "signature")) or None,
                credit=posts.credit_of(_forwarded(_first(node, "forwarded"))),
                notes=notes,
            ),
        )


def _own_name(node: Any) -> Any:
    """The sender's name of a message; not the name inside a forwarded one."""
    body = next((child for child in node if _has(child, "body")), None)
    if body is None:
        return None
    return next((child for child in body if _has(child, "from_name")), None)


def _forwarded(node: Any) -> str | None:
    """The name that a forwarded message was sent under; its date stands inside the same element."""
    name = _first(node, "from_name") if node is not None else None
    return (name.text or "").strip() or None if name is not None else None


def _export_moment(node: Any) -> tuple[str | None, tuple[str, ...]]:
    match = _EXPORTED.match(node.get("title") or "") if node is not None else None
    if match is None:
        return None, ()
    day, month, year, clock, zone = match.groups()
    try:
        moment = datetime.fromisoformat(f"{year}-{month}-{day}T{clock}{zone or ''}")
    except ValueError:
        return None, ()
    if zone is None:
        note = "the export gives local time without a zone: only the day was kept"
        return moment.date().isoformat(), (note,)
    return posts.in_utc(moment), ()


def _previewed(tree: Any, passed: Counter[str]) -> Iterator[tuple[Chat, Post]]:
    owner = ""
    for node in [n for n in tree.iter("div") if _has(n, "tgme_widget_message")]:
        name = _NAMED.fullmatch(node.get("data-post") or "")
        if name is None or _has(node, "service_message"):
            passed["service messages"] += 1
            continue
        owner = _words(_first(node, "tgme_widget_message_owner_name")) or owner
        published, edited = _preview_moment(node)
        yield (
            Chat(name=owner, type="public_channel", username=name[1]),
            Post(
                number=int(name[2]),
                text=_text(_own_text(node)),
                published=published,
                author=_words(_first(node, "tgme_widget_message_from_author")) or None,
                credit=_previewed_credit(_first(node, "tgme_widget_message_forwarded_from_name")),
                notes=("the page marks the post as edited and does not say when",)
                if edited
                else (),
            ),
        )


def _own_text(node: Any) -> Any:
    """The post's words: not those of the post that it answers, which stand inside a link."""
    for part in node.iter("div"):
        if _has(part, "js-message_text") and not any(
            _has(above, "tgme_widget_message_reply") for above in part.iterancestors()
        ):
            return part
    return None


def _preview_moment(node: Any) -> tuple[str | None, bool]:
    """When it was published, and whether it bears a mark of editing: words of the page before the time."""
    meta = _first(node, "tgme_widget_message_meta")
    edited = bool(meta is not None and (meta.text or "").strip())
    date = _first(node, "tgme_widget_message_date")
    time = next(date.iter("time"), None) if date is not None else None
    try:
        moment = datetime.fromisoformat(time.get("datetime") or "") if time is not None else None
    except ValueError:
        moment = None
    return (posts.in_utc(moment) if moment and moment.tzinfo else None), edited


def _previewed_credit(node: Any) -> tuple[str, ...]:
    if node is None:
        return ()
    linked = _LINKED.match(node.get("href") or "")
    return posts.credit_of(_words(node), linked[1] if linked else None)


def _text(node: Any) -> str:
    """The words as they were written: nothing but a `br` ends a line."""
    from lxml import etree  # noqa: PLC0415 (only where a page comes)

    if node is None:
        return ""
    parts: list[str] = []
    for event, part in etree.iterwalk(node, events=("start", "end")):
        if event == "end":
            parts.append((part.tail or "") if part is not node else "")
        elif isinstance(part.tag, str):
            parts.append("\n" if part.tag == "br" else part.text or "")
    return "".join(parts).strip()


def _words(node: Any) -> str:
    words = " ".join(node.text_content().split()) if node is not None else ""
    return words if is_clean(words) else ""


def _first(node: Any, name: str) -> Any:
    return next((part for part in node.iter("div", "span", "a") if _has(part, name)), None)


def _has(node: Any, name: str) -> bool:
    return isinstance(node.tag, str) and name in (node.get("class") or "").split()
