"""Plain text in, a draft of a report out.

Enters: decoded text. Leaves: the text with line ends as `\\n`, its furniture cut, and its title.
Does not belong here: bytes, markup, language.
"""

from __future__ import annotations

import msgspec

from warledger.reading import furniture

_TITLE_WIDTH = 160


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says of itself; empty where it does not say."""

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None


def draft(text: str) -> Draft:
    """Cut the furniture; the title is a short first line with a blank line below it, and stays."""
    body = furniture.cut(unix_lines(text)).lstrip("\n")
    return Draft(text=body, title=_title(body))


def unix_lines(text: str) -> str:
    """`\\r\\n` and `\\r` as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _title(body: str) -> str | None:
    first, _, rest = body.partition("\n")
    follows, _, more = rest.partition("\n")
    title = first.strip()
    if title and len(title) <= _TITLE_WIDTH and not follows.strip() and more.strip():
        return title
    return None
