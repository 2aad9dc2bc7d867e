"""A page's bytes in, its reports out: one article, each entry of a live-blog, or each post of a channel's page.

Enters: HTML, from a file, a saved page or an address. Leaves: pieces. Does not belong here: how an article is found
(`pages`), how a channel's page is laid out (`telegrampages`).
"""

from __future__ import annotations

from collections.abc import Iterator

from warledger.errors import ReadingError
from warledger.reading import encoding, liveblogs, pages, telegrampages
from warledger.reading.pieces import Piece, Problem


def read(
    data: bytes,
    *,
    declared: str | None = None,
    original: bytes | None = None,
    media_type: str = "text/html",
) -> Iterator[Piece | Problem]:
    """Read a page; `original` and `media_type` are what is kept, where the page came inside of something.

    Raises `ReadingError` for a page that holds no text of its own.
    """
    html = encoding.decode(data, declared=declared or pages.declared_encoding(data))
    tree = pages.parse(html)
    kept = data if original is None else original
    if telegrampages.looks_like_page(data):
        found = False
        for piece in telegrampages.read(tree, kept, media_type):
            found = True
            yield piece
        if not found:
            raise ReadingError("a page of a channel without posts: save it again")
        return
    entries = liveblogs.entries(tree)
    for entry in entries:
        yield Piece(draft=entry.draft, original=kept, media_type=media_type, part=entry.part)
    if entries:
        return
    draft = pages.article(tree)
    yield Piece(draft=draft, original=kept, media_type=media_type)
