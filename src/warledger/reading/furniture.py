"""Site furniture cut from a report's text: comment forms, share links, "read also" lines.

Enters: text, one paragraph a line. Leaves: the same text without the lines and parts of lines that
`furniture.toml` describes. Does not belong here: any word of a language, HTML.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

Scope = Literal["tail", "line", "end", "block", "inline"]

_BLOCK_LINES = 6
_BLOCK_WIDTH = 140
_FINISHED = (".", "!", "?", "…", ";", ":", "”", "»", '"')


class Pattern(msgspec.Struct, frozen=True):
    """One kind of furniture, with what it must and must not match."""

    id: str
    scope: Scope
    regex: str
    match: tuple[str, ...]
    nonmatch: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    pattern: tuple[Pattern, ...]


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns of the data file, in its order."""
    data = files("warledger.reading").joinpath("furniture.toml").read_bytes()
    return msgspec.toml.decode(data, type=_File).pattern


@cache
def _compiled(scope: Scope) -> re.Pattern[str]:
    parts = [f"(?:{pattern.regex})" for pattern in patterns() if pattern.scope == scope]
    return re.compile("|".join(parts), re.IGNORECASE)


def _is(scope: Scope, line: str) -> bool:
    return _compiled(scope).fullmatch(line) is not None


def cut(text: str) -> str:
    """The text without furniture; lines that stay keep their order and their characters.

    A comment form ends the text only when something stands before it.
    """
    lines = [_without_parts(line) for line in text.split("\n")]
    kept: list[str] = []
    below_furniture = False
    block = 0
    for line in lines:
        bare = line.strip()
        if not bare:
            kept.append(line)
            continue
        if len(bare) > 300:
            block, below_furniture = 0, False
        elif _is("tail", bare) and any(map(str.strip, kept)):
            break
        elif _is("block", bare):
            block, below_furniture = _BLOCK_LINES, True
            continue
        elif (
            _is("line", bare)
            or (below_furniture and _is("end", bare))
            or (block and _is_link_line(bare))
        ):
            block = max(0, block - 1)
            below_furniture = True
            continue
        block, below_furniture = 0, False
        kept.append(line)
    return "\n".join(_trimmed(kept)).rstrip()


def _without_parts(line: str) -> str:
    if len(line) < 12:
        return line
    cleaned = _compiled("inline").sub("", line)
    return line if cleaned == line else cleaned.rstrip()


def _is_link_line(line: str) -> bool:
    return len(line) <= _BLOCK_WIDTH and not line.endswith(_FINISHED)


def _trimmed(lines: list[str]) -> list[str]:
    """The lines without buttons and blank lines at their end."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is("end", lines[end - 1].strip())):
        end -= 1
    return lines[:end]
