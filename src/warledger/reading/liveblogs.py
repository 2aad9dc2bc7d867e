"""A live-blog in, its entries out, each with its own time.

Enters: a page's tree, before it is cut up. Leaves: drafts of the entries, the page's order kept; nothing where the page
is no live-blog. Does not belong here: articles (`pages`), which hold one text with one time.

The page's own data (a `LiveBlogPosting` with its updates) come first. Without them a page counts as a live-blog where a
name of its layout says so and at least three neighbours have a time and words of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from warledger.reading import furniture, pages
from warledger.reading.metadata import Metadata, iso_of, linked, metadata, names_of
from warledger.reading.plain import Draft

_LIVE = re.compile(
    r"(?:^|[\s_-])live(?:$|[\s_-]?(?:blog|updates?|feed|text|entr|post|event|news))", re.IGNORECASE
)
_LEAST = 3
_WORDS = re.compile(r"\w")
_NOT_A_NAME = re.compile(r"[^\w.:-]+")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: its draft, and `part`, by which it is told from the page's others and stays the same when edited.

    `part` is None for what the page says above its entries.
    """

    part: str | None
    draft: Draft


def entries(tree: Any) -> list[Entry]:
    """The page's entries; empty where it is no live-blog."""
    known = metadata(tree)
    told = list(_told(tree, known))
    drawn = _drawn(tree, known) if len(told) < _LEAST or _is_cut(told) else []
    found = drawn if len(drawn) >= max(len(told), _LEAST) else told
    unique: dict[str | None, Entry] = {}
    for entry in found:
        unique.setdefault(entry.part, entry)
    kept = list(unique.values())
    return [*_above(tree, known, kept[0]), *kept] if kept else []


def _above(tree: Any, known: Metadata, first: Entry) -> list[Entry]:
    """What stands between the title and the first entry, if that is sentences; a report of the page's own date."""
    body = tree.find("body")
    lines = pages.lines_of(pages.without_furniture(body)) if body is not None else []
    opening = first.draft.text.split("\n", 1)[0]
    title = " ".join(pages.lines_of(next(tree.iter("h1"), None)))
    if title not in lines or opening not in lines[lines.index(title) :]:
        return []
    start = lines.index(title) + 1
    above = [line for line in lines[start : lines.index(opening, start)] if pages.is_sentence(line)]
    if not above:
        return []
    made = _entry(
        [title, *above], known, title=title, published=None, updated=None, authors=[], anchor=""
    )
    return [msgspec.structs.replace(made, part=None)] if made else []


def _told(tree: Any, known: Metadata) -> Iterator[Entry]:
    """The entries that the page's data hold."""
    for item in linked(tree):
        if "LiveBlogPosting" not in str(item.get("@type")):
            continue
        updates = item.get("liveBlogUpdate") or []
        for update in updates if isinstance(updates, list) else [updates]:
            if isinstance(update, dict) and (entry := _update(update, known)) is not None:
                yield entry


def _update(update: dict[str, Any], known: Metadata) -> Entry | None:
    body = update.get("articleBody") or update.get("text") or ""
    title = " ".join(names_of(update.get("headline"))[:1])
    lines = _plain(str(body)) if isinstance(body, str) else []
    if title and lines[:1] != [title]:
        lines = [title, *lines]
    url = next((v for v in (update.get("url"), update.get("@id")) if isinstance(v, str)), "")
    node = update.get("@node")
    anchor = url.partition("#")[2] or (node.get("id") if node is not None else "") or ""
    return _entry(
        lines,
        known,
        title=title or None,
        published=iso_of(update.get("datePublished")),
        updated=iso_of(update.get("dateModified")),
        authors=names_of(update.get("author")),
        anchor=anchor or _last_step(url, known.url),
    )


def _last_step(url: str, page: str | None) -> str:
    """The end of an entry's own address, where that is not the page's."""
    return "" if not url or url == page else url.rstrip("/").rpartition("/")[2]


def _plain(body: str) -> list[str]:
    if "<" in body:
        return pages.lines_of(pages.parse(f"<div>{body}</div>").find("body"))
    return [" ".join(line.split()) for line in body.split("\n") if line.strip()]


def _is_cut(told: list[Entry]) -> bool:
    """Whether the data give the entries' beginnings only."""
    return sum(entry.draft.text.endswith(("…", "...")) for entry in told) * 2 > len(told)


def _drawn(tree: Any, known: Metadata) -> list[Entry]:
    """The entries as the page lays them out: the largest group of neighbours with a time each."""
    groups: dict[Any, dict[Any, None]] = {}
    for time in tree.iter("time"):
        if iso_of(time.get("datetime")):
            for node in time.iterancestors():
                groups.setdefault(node.getparent(), {})[node] = None
    groups.pop(None, None)
    rows = [list(nodes) for nodes in groups.values() if len(nodes) >= _LEAST]
    nodes = max(filter(_is_live, rows), key=len, default=[])
    found = []
    for node in nodes:
        moments = [iso for t in node.iter("time") if (iso := iso_of(t.get("datetime")))]
        entry = _entry(
            _kept(node),
            known,
            title=None,
            published=min(moments),
            updated=max(moments),
            authors=[],
            anchor=node.get("id") or "",
        )
        if entry is not None:
            found.append(entry)
    return found


def _is_live(nodes: list[Any]) -> bool:
    """Whether the first of some neighbours, or one of the three elements around them, is named after a live-blog."""
    around = [nodes[0], *nodes[0].iterancestors()][:4]
    return any(_LIVE.search(f"{n.get('id', '')} {n.get('class', '')}") for n in around)


def _kept(node: Any) -> list[str]:
    """The entry's lines without its time, buttons and links."""
    times = {" ".join(t.text_content().split()) for t in node.iter("time")}
    return [line for line in pages.lines_of(pages.without_furniture(node)) if line not in times]


def _entry(
    lines: list[str],
    known: Metadata,
    *,
    title: str | None,
    published: str | None,
    updated: str | None,
    authors: list[str],
    anchor: str,
) -> Entry | None:
    text = furniture.cut("\n".join(lines)).strip("\n")
    if not _WORDS.search(text):
        return None
    part = _NOT_A_NAME.sub("-", anchor).strip("-") or published or ""
    return Entry(
        part=part,
        draft=Draft(
            text=text,
            title=title or known.title,
            published=published or known.published,
            updated=updated if updated and updated != published else None,
            publisher=known.publisher,
            url=f"{known.url.partition('#')[0]}#{anchor}" if known.url and anchor else known.url,
            author=", ".join(authors) or None,
        ),
    )
