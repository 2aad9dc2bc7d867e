"""Whose story a page carries: the agencies that its fields and its credit lines name.

Enters: the fields, the text, the publisher. Leaves: the chain of voices, the nearest first, as written.
Does not belong here: speakers, who are named inside sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

_HEAD, _TAIL = 4, 3
"""Lines at a text's start and end in which a credit stands."""
_LINE = 160


class Agency(msgspec.Struct, frozen=True):
    """One agency: its name, the host that it publishes at, how it is written."""

    name: str
    domain: str
    forms: tuple[str, ...]


class _File(msgspec.Struct, frozen=True):
    openings: tuple[str, ...]
    endings: tuple[str, ...]
    lines: dict[str, tuple[str, ...]]
    agency: tuple[Agency, ...]


def credit(named: Iterable[str], text: str, publisher: str | None) -> tuple[str, ...]:
    """The chain of voices: first those that the page's fields name, then those of credit lines; never the publisher.

    A field may hold a name or an address; an address counts where it is an agency's.
    """
    own = of_name(publisher or "")
    found: dict[str, str] = {}
    for voice in (*_fields(named), *_lines(text)):
        agency = of_name(voice)
        key = agency.name if agency else voice.casefold()
        if agency != own or agency is None:
            found.setdefault(key, voice)
    found.pop((publisher or "").casefold(), None)
    return tuple(found.values())


def of_name(words: str) -> Agency | None:
    """The agency that is written so; case and outer blanks do not matter."""
    return _by_form().get(words.strip().casefold())


def _fields(named: Iterable[str]) -> Iterator[str]:
    for value in named:
        if value.startswith(("http://", "https://")):
            host = (urlsplit(value).hostname or "").removeprefix("www.")
            agency = next((a for a in _data().agency if host == a.domain), None)
            if agency:
                yield agency.name
        elif value.strip():
            yield value.strip()


def _lines(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    opening, ending, whole = _patterns()
    for line in lines[:_HEAD]:
        if match := whole.fullmatch(line[:_LINE]) or opening.match(line):
            yield _name(match)
    for line in lines[-_TAIL:]:
        if match := whole.fullmatch(line[:_LINE]) or ending.fullmatch(line[-_LINE:]):
            yield _name(match)


def _name(match: re.Match[str]) -> str:
    return next(name for name in match.groups() if name)


@cache
def _data() -> _File:
    data = files("warledger.reading").joinpath("agencies.toml").read_bytes()
    return msgspec.toml.decode(data, type=_File)


@cache
def _by_form() -> dict[str, Agency]:
    return {form.casefold(): agency for agency in _data().agency for form in agency.forms}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What opens a text, what ends one, and what is a line of its own."""
    forms = sorted((f for a in _data().agency for f in a.forms), key=len, reverse=True)
    name = f"({'|'.join(re.escape(form) for form in forms)})(?!\\w)"
    whole = [p for patterns in _data().lines.values() for p in patterns]

    def joined(patterns: Iterable[str]) -> re.Pattern[str]:
        return re.compile("|".join(p.replace("%", name) for p in patterns), re.IGNORECASE)

    return joined(_data().openings), joined(_data().endings), joined(whole)
