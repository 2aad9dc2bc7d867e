"""Which publisher stands behind a channel.

Enters: a channel's name or address. Leaves: its record, where `channels.toml` or a file of the user's
(`$WARLEDGER_CHANNELS`, in the same form) knows it.
Does not belong here: sides and speakers, which the languages' data give to the publisher's name.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from warledger.errors import UsageError


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """One channel: the last part of its address, its titles, who publishes it, the language it is written in."""

    handle: str
    titles: tuple[str, ...]
    publisher: str
    lang: str


class _File(msgspec.Struct, frozen=True):
    channel: tuple[Channel, ...]


def channels() -> tuple[Channel, ...]:
    """All channels that are known, the user's own first. Raises `UsageError` where the user's file is no such file."""
    return _known(os.environ.get("WARLEDGER_CHANNELS", ""))


@cache
def _known(own: str) -> tuple[Channel, ...]:
    data = files("warledger.reading").joinpath("channels.toml").read_bytes()
    return (*(_user(own) if own else ()), *msgspec.toml.decode(data, type=_File).channel)


def _user(path: str) -> tuple[Channel, ...]:
    try:
        return msgspec.toml.decode(Path(path).read_bytes(), type=_File).channel
    except (OSError, msgspec.DecodeError) as problem:
        raise UsageError(
            f"{path}, which WARLEDGER_CHANNELS names, is no list of channels: {problem}"
        ) from None


def by_title(title: str) -> Channel | None:
    """The channel that an export calls so; case and outer blanks do not matter."""
    wanted = title.strip().casefold()
    return next((c for c in channels() if wanted in (t.casefold() for t in c.titles)), None)


def by_handle(handle: str) -> Channel | None:
    """The channel at `https://t.me/HANDLE`; case does not matter."""
    return next((c for c in channels() if c.handle.casefold() == handle.casefold()), None)
