"""A feed in, a draft for each entry out: RSS, Atom, JSON Feed.

Enters: a feed's bytes. Leaves: its entries in their order, each with its own bytes and, where the feed gives only a
beginning, marked as a teaser. Does not belong here: asking for the whole text (`sources`), when to look again
(`watchlist`).

An entry's id is its address in canonical spelling, so that the entry, a later edit of it and the page behind it are one
source. feedparser takes apart what is XML in name only, too; it is given bytes and never an address.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate
from typing import Any

import msgspec

from warledger.canonical import canonical_url
from warledger.errors import ReadingError
from warledger.reading import furniture, pages, posts
from warledger.reading.pieces import Piece, Problem
from warledger.reading.plain import Draft
from warledger.reading.records import is_clean, is_publication_date
from warledger.reading.syndication import of_name

ENTRIES = 2000
"""Entries of one feed that are read; a feed holds the latest few dozen."""
WHOLE = 600
"""Characters from which a summary counts as the whole text, where the feed gives no other."""

_XML = re.compile(
    rb"(?:<\?xml[^>]*>|<\?xml-stylesheet[^>]*>|<!--.*?-->|\s)*<(?:rss|rdf:RDF|feed)\b", re.DOTALL
)
_JSON = re.compile(rb'\s*\{.{0,2000}?"version"\s*:\s*"https?://jsonfeed\.org/version/', re.DOTALL)
_SLICES = tuple(
    re.compile(rb"<%s[\s>].*?</%s\s*>" % (tag, tag), re.DOTALL) for tag in (b"item", b"entry")
)
_ZONE = re.compile(r"(?:Z|UTC?|GMT|[ECMP][SD]T|[+-]\d\d:?\d\d)\s*(?:\([^)]*\))?$")
_NAME = re.compile(r"\(([^()]+)\)?$")
_MARKUP = re.compile(r"<[^<>]*>")
_OPEN = ("…", "...", "[…]", "[...]")


class _Item(msgspec.Struct, frozen=True):
    """An entry of a JSON Feed; keys that are not named here are passed over."""

    id: str | int = ""
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    authors: list[dict[str, Any]] = []
    author: dict[str, Any] = {}


class _Feed(msgspec.Struct, frozen=True):
    items: list[msgspec.Raw]
    title: str = ""


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry says, whatever its form; `body` is HTML or words, `whole` says that it is all of the text."""

    original: bytes
    name: str
    link: str | None
    title: str
    body: str
    whole: bool
    published: str | None
    updated: str | None
    authors: tuple[str, ...]
    origin: str | None
    notes: tuple[str, ...] = ()


def looks_like_feed(data: bytes) -> bool:
    """Whether some bytes are a feed, by their first element or the version that a JSON Feed names."""
    head = data[:8192].removeprefix(b"\xef\xbb\xbf")
    return _XML.match(head) is not None or _JSON.match(head) is not None


def read(data: bytes) -> Iterator[Piece | Problem]:
    """The entries of the feed. Raises `ReadingError` where it is broken or empty."""
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    title, told = _json(data) if is_json else _xml(data)
    media_type = "application/feed+json" if is_json else "application/xml"
    empty = True
    for number, entry in enumerate(told, 1):
        empty = False
        position = f"entry {number}"
        if number > ENTRIES:
            yield Problem(position, f"a feed of more than {ENTRIES} entries: the rest was not read")
            return
        if isinstance(entry, ReadingError):
            yield Problem(position, str(entry))
        elif (draft := _draft(entry, title)) is None:
            yield Problem(position, "passed over: an entry without words", passed_over=True)
        else:
            yield Piece(
                draft=draft,
                original=entry.original,
                media_type=media_type,
                id=_id(entry),
                name=title or None,
                position=position,
                notes=entry.notes,
                teaser=bool(entry.link) and not entry.whole,
            )
    if empty:
        raise ReadingError("a feed without entries: there is nothing to read in it yet")


def _id(entry: _Told) -> str | None:
    return (canonical_url(entry.link) if entry.link else None) or entry.name.strip() or None


def _draft(entry: _Told, publisher: str) -> Draft | None:
    title = " ".join(entry.title.split())
    lines = _lines(entry.body)
    if title and not (lines and lines[0].startswith(title.rstrip("….")[:60])):
        lines.insert(0, title)
    text = furniture.cut("\n".join(lines)).strip("\n")
    if not re.search(r"\w", text):
        return None
    agencies = [name for name in entry.authors if of_name(name)]
    people = [name for name in entry.authors if name not in agencies and name != publisher]
    voices = [entry.origin] if entry.origin and entry.origin != publisher else []
    return Draft(
        text=text,
        title=title or None,
        published=entry.published,
        updated=entry.updated if entry.updated != entry.published else None,
        publisher=publisher or None,
        url=entry.link,
        author=", ".join(people) or None,
        credit=tuple(dict.fromkeys((*voices, *agencies))),
    )


def _lines(body: str) -> list[str]:
    if "<" in body and re.search(r"\w", body):
        try:
            tree = pages.parse(f"<div>{body}</div>")
        except ReadingError:
            return []
        return pages.lines_of(pages.without_furniture(tree.find("body")))
    return [" ".join(line.split()) for line in body.split("\n") if line.strip()]


def _is_whole(content: str, summary: str) -> bool:
    """Whether what the feed gives is all of the text: a text beside the summary, or a long summary, that ends."""
    words = _MARKUP.sub(" ", content or summary).rstrip()
    return (bool(content) or len(words) >= WHOLE) and not words.endswith(_OPEN)


def _xml(data: bytes) -> tuple[str, Iterator[_Told | ReadingError]]:
    import feedparser  # noqa: PLC0415 (only where a feed comes)

    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if found.bozo and not found.entries:
        raise ReadingError(
            f"a feed that is broken ({found.get('bozo_exception')}): try again later"
        )
    slices = next((s for p in _SLICES if len(s := p.findall(data)) == len(found.entries)), ())
    title = _clean(found.feed.get("title", ""))
    kept = slices or [data] * len(found.entries)
    return title, (_entry(e, original) for e, original in zip(found.entries, kept, strict=True))


def _entry(entry: Any, original: bytes) -> _Told:
    content = max((c.get("value") or "" for c in entry.get("content", ())), key=len, default="")
    summary = entry.get("summary") or ""
    published, note = _moment(entry, "published")
    updated, _ = _moment(entry, "updated")
    link = entry.get("link") or ""
    return _Told(
        original=original,
        name=_clean(entry.get("id") or ""),
        link=link if canonical_url(link) else None,
        title=_unmarked(entry.get("title") or ""),
        body=_clean(content or summary),
        whole=_is_whole(content, summary),
        published=published or updated,
        updated=updated,
        authors=_names(a.get("name") for a in entry.get("authors", ())),
        origin=_clean(entry.get("source", {}).get("title") or "") or None,
        notes=(note,) if note else (),
    )


def _unmarked(title: str) -> str:
    return " ".join(_lines(title)) if "<" in title else _clean(title)


def _moment(entry: Any, field: str) -> tuple[str | None, str | None]:
    """A date of an entry in UTC; of one without a zone the day, with a note, for its reader would take it for UTC."""
    parsed, written = entry.get(f"{field}_parsed"), str(entry.get(field) or "").strip()
    parsed = parsed or parsedate(written)
    if parsed is None:
        return None, None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (TypeError, ValueError):
        return None, None
    if _ZONE.search(written):
        return posts.in_utc(moment), None
    note = "the feed gives a time without a zone: only the day was kept"
    return moment.date().isoformat(), note if ":" in written else None


def _json(data: bytes) -> tuple[str, Iterator[_Told | ReadingError]]:
    try:
        feed = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Feed)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"a JSON Feed that is broken ({error}): try again later") from error
    return _clean(feed.title), map(_item, map(bytes, feed.items))


def _item(data: bytes) -> _Told | ReadingError:
    try:
        item = msgspec.json.decode(data, type=_Item)
    except (ValueError, RecursionError) as error:
        return ReadingError(f"no entry of a JSON Feed ({error}): it was not read")
    content = item.content_html or item.content_text or ""
    link = item.url or item.external_url or ""
    people = (*item.authors, item.author)
    return _Told(
        original=data,
        name=_clean(str(item.id)),
        link=link if canonical_url(link) else None,
        title=_clean(item.title or ""),
        body=_clean(content or item.summary or ""),
        whole=_is_whole(content, item.summary or ""),
        published=_iso(item.date_published),
        updated=_iso(item.date_modified),
        authors=_names(p.get("name") for p in people),
        origin=None,
    )


def _iso(written: str | None) -> str | None:
    if not written or not is_publication_date(written):
        return None
    moment = datetime.fromisoformat(written)
    return posts.in_utc(moment) if moment.tzinfo else moment.date().isoformat()


def _names(values: Any) -> tuple[str, ...]:
    """Names of people; what RSS gives as `desk@news.example (Name)` is the name."""
    names = []
    for value in values:
        words = " ".join(_clean(str(value or "")).split())
        match = _NAME.search(words)  # feedparser takes off what it thinks an address
        words = match[1] if match else words
        if words and "@" not in words:
            names.append(words)
    return tuple(dict.fromkeys(names))


def _clean(words: str) -> str:
    return words if is_clean(words) else words.replace("\0", "").encode("utf-8", "replace").decode()
