"""Markdown in, a draft of a report out: what a reader would see, without the marks.

Enters: decoded text. Leaves: headings, paragraphs and bullets a line each, links as their words, the
front matter's settings. Does not belong here: bytes, HTML pages, language.

The marks are those of CommonMark 0.31 that occur in prose; bullets, numbers of lists and tables stay.
"""

from __future__ import annotations

import re
from html import unescape

from warledger.reading import plain
from warledger.reading.plain import Draft
from warledger.reading.records import is_publication_date

_SETTING = re.compile(r"([A-Za-z]+)\s*:\s*(.*)")
_FENCE = re.compile(r"\s{0,3}(```|~~~).*")
_RULE = re.compile(r"\s{0,3}([-*_=])(\s*\1){2,}\s*")
_TABLE_RULE = re.compile(r"\s*\|?(\s*:?-{2,}:?\s*\|)+\s*(:?-{2,}:?)?\s*")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]\n]+\]:\s+\S+.*")
_HEADING = re.compile(r"(\s{0,3}#{1,6}\s+)(.*?)(\s+#+)?\s*")
_QUOTE = re.compile(r"(\s{0,3}>\s?)+")
_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[[^\]\n]{0,500}\](\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])"), ""),
    (
        re.compile(
            r"\[([^\[\]\n]{1,1000})\]\([^()\n]{0,2000}(\([^()\n]{0,200}\)[^()\n]{0,200})?\)"
        ),
        r"\1",
    ),
    (re.compile(r"\[([^\[\]\n]{1,1000})\]\[[^\[\]\n]{0,200}\]"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>"), ""),
    (re.compile(r"(?<!\\)(\*\*|__|~~)(?=\S)([^\n]{1,1000}?\S|\S)\1"), r"\2"),
    (re.compile(r"(?<![\\\w*])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=\S)\*(?!\w)"), r"\1"),
    (re.compile(r"(?<![\\\w])_(?=[^\s_])([^_\n]{1,1000}?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`{1,3}([^`\n]{1,1000})`{1,3}"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def draft(text: str) -> Draft:
    """Strip the marks, then treat what is left as plain text.

    The title is the front matter's, else the first heading of the first level, else that of any level.
    A `date` of the front matter that is no ISO date is left out.
    """
    settings, body = _front_matter(plain.unix_lines(text))
    title, lines = None, []
    level = 9
    for line in plain.unwrap(_without_comments(body)).split("\n"):
        if heading := _HEADING.fullmatch(line):
            depth = heading[1].count("#")
            words = _inline(heading[2])
            if words and depth < level and (title is None or depth == 1):
                title, level = words, depth
            lines.append(words)
        elif not _is_mark_only(line):
            lines.append(_inline(_QUOTE.sub("", line, count=1)))
    rest = plain.draft("\n".join(lines))
    published = settings.get("published") or settings.get("date")
    return Draft(
        text=rest.text,
        title=settings.get("title") or title or rest.title,
        published=published if published and is_publication_date(published) else None,
        publisher=settings.get("publisher") or settings.get("source"),
        url=settings.get("url"),
        lang=settings.get("lang"),
    )


def _is_mark_only(line: str) -> bool:
    return bool(
        _FENCE.fullmatch(line)
        or _RULE.fullmatch(line)
        or ("|" in line and _TABLE_RULE.fullmatch(line))
        or _DEFINITION.fullmatch(line)
    )


def _inline(line: str) -> str:
    for pattern, replacement in _MARKS:
        line = pattern.sub(replacement, line)
    return unescape(line) if "&" in line else line


def _without_comments(text: str) -> str:
    """Without `<!-- … -->`; one that never ends is left as it is."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        parts.append(text[position:start])
        position = end + 3
    return "".join(parts) + text[position:]


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two `---` at the very start, and what follows them."""
    if not text.startswith("---\n"):
        return {}, text
    end = text.find("\n---\n", 3, 10_000)
    if end < 0:
        return {}, text
    settings: dict[str, str] = {}
    for line in text[4:end].split("\n"):
        if not line.strip():
            continue
        if not (match := _SETTING.fullmatch(line.strip())):
            continue
        settings[match[1].lower()] = match[2].strip().strip("\"'")
    return (settings, text[end + 5 :]) if settings else ({}, text)
