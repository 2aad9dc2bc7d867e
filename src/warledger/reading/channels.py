"""Which publisher stands behind a channel.

Enters: a channel's name or address. Leaves: its record, where `channels.toml` knows it.
Does not belong here: sides and speakers, which the languages' data give to the publisher's name.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """One channel: the last part of its address, its titles, who publishes it, the language it is written in."""

    handle: str
    titles: tuple[str, ...]
    publisher: str
    lang: str


class _File(msgspec.Struct, frozen=True):
    channel: tuple[Channel, ...]


@cache
def channels() -> tuple[Channel, ...]:
    """All channels of the data file, in its order."""
    data = files("warledger.reading").joinpath("channels.toml").read_bytes()
    return msgspec.toml.decode(data, type=_File).channel


def by_title(title: str) -> Channel | None:
    """The channel that an export calls so; case and outer blanks do not matter."""
    wanted = title.strip().casefold()
    return next((c for c in channels() if wanted in (t.casefold() for t in c.titles)), None)


def by_handle(handle: str) -> Channel | None:
    """The channel at `https://t.me/HANDLE`; case does not matter."""
    return next((c for c in channels() if c.handle.casefold() == handle.casefold()), None)
