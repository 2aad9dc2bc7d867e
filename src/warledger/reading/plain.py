"""Plain text in, a draft of a report out.

Enters: decoded text. Leaves: the text with line ends as `\\n`, its furniture cut, and its title.
Does not belong here: bytes, markup, language.
"""

from __future__ import annotations

import re

import msgspec

from warledger.reading import furniture

_TITLE_WIDTH = 160
_WRAP_WIDTHS = range(40, 101)
_LIST_MARK = re.compile(r"\s|[^\w\s]\s|\d+[.)]\s|[#>|*]")


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says of itself; empty where it does not say."""

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    lang: str | None = None
    updated: str | None = None
    author: str | None = None
    credit: tuple[str, ...] = ()


def draft(text: str) -> Draft:
    """Cut the furniture; the title is a short first line with a blank line below it, and stays."""
    body = unwrap(furniture.cut(unix_lines(text)).lstrip("\n"))
    return Draft(text=body, title=_title(body))


def unix_lines(text: str) -> str:
    """`\\r\\n` and `\\r` as `\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unwrap(text: str) -> str:
    """Join the lines of text that was wrapped at a width, a space for each line end: offsets stay.

    A line was wrapped if the next one's first word would not have fitted on it. That must hold for
    most lines that follow one another; then those are joined, but never with the item of a list.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    if width not in _WRAP_WIDTHS:
        return text
    pairs = [place for place in range(len(lines) - 1) if _may_go_on(lines[place], lines[place + 1])]
    full = {place for place in pairs if _would_not_fit(lines[place], lines[place + 1], width)}
    if len(full) < 2 or len(full) < 0.6 * len(pairs):
        return text
    ends = (" " if place in full else "\n" for place in range(len(lines)))
    return "".join(line + end for line, end in zip(lines, ends, strict=True))[:-1]


def _may_go_on(line: str, following: str) -> bool:
    return bool(line.strip() and following.strip()) and not _LIST_MARK.match(following)


def _would_not_fit(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _title(body: str) -> str | None:
    first, _, rest = body.partition("\n")
    follows, _, more = rest.partition("\n")
    title = first.strip()
    if title and len(title) <= _TITLE_WIDTH and not follows.strip() and more.strip():
        return title
    return None
