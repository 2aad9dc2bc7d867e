"""A JSON document of any size, walked value by value in the memory of one value.

Enters: an open file. Leaves: keys, elements, and the exact bytes of the values that the caller asks for.
Does not belong here: what the values mean.

`msgspec` and `json` want the whole document in memory, which for an export of 4 GB is more than a desktop
has. Here one regular expression finds the brackets outside strings (possessive, so that it never backtracks)
and the bytes between two of them are handed on unparsed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from warledger.errors import ReadingError

_BLANK = re.compile(rb"[ \t\r\n]*")
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]}\[{:\"]++(?=[\s,\]}])")
_BRACKET = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+([{}\[\]])', re.DOTALL)
_CHUNK = 1 << 20
_KEY_LIMIT = 10_000


class Walk:
    """A place in a document; each method reads on from it.

    Methods raise `ReadingError` where the document ends too early or is no JSON there.
    """

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        """`limit` is the largest value, in bytes, that `value` keeps."""
        self._stream = stream
        self._limit = limit
        self._data = b""
        self._at = 0
        self._passed = 0
        self._chunk = _CHUNK
        if self._more():
            self._at = len(codecs.BOM_UTF8) if self._data.startswith(codecs.BOM_UTF8) else 0

    @property
    def offset(self) -> int:
        """How many bytes of the document lie behind."""
        return self._passed + self._at

    def members(self) -> Iterator[str]:
        """The keys of the object that begins here; after each, the caller reads its value."""
        self._expect(b"{")
        if self._next() == b"}":
            self._at += 1
            return
        while True:
            key = self._whole(_STRING, _KEY_LIMIT)
            self._expect(b":")
            yield key[1:-1].decode("utf-8", "replace")
            if not self._goes_on(b"}"):
                return

    def opens(self, bracket: bytes) -> bool:
        """Whether the value here begins with `{` or `[`, as given."""
        return self._next() == bracket

    def elements(self) -> Iterator[None]:
        """One step for each element of the array that begins here; the caller reads it."""
        self._expect(b"[")
        if self._next() == b"]":
            self._at += 1
            return
        while True:
            yield None
            if not self._goes_on(b"]"):
                return

    def value(self) -> bytes | None:
        """The exact bytes of the value here; None where it is larger than the limit (it is passed over)."""
        return self._bracketed(keep=True) if self._next() in b"{[" else self._plain()

    def skip(self) -> None:
        """Pass over the value here, whatever its size."""
        if self._next() in b"{[":
            self._bracketed(keep=False)
        else:
            self._plain()

    def _goes_on(self, end: bytes) -> bool:
        sign = self._next()
        if sign not in (b",", end):
            raise self._broken("a comma")
        self._at += 1
        if sign == b",":
            self._next()
        return sign == b","

    def _expect(self, sign: bytes) -> None:
        if self._next() != sign:
            raise self._broken(f"{sign.decode()!r}")
        self._at += 1

    def _plain(self) -> bytes:
        pattern = _STRING if self._next() == b'"' else _SCALAR
        return self._whole(pattern, self._limit)

    def _whole(self, pattern: re.Pattern[bytes], limit: int) -> bytes:
        self._next()
        while (found := pattern.match(self._data, self._at)) is None:
            if len(self._data) - self._at > limit:
                raise self._broken(f"a value shorter than {limit} bytes")
            if not self._more():
                raise self._cut_off()
        self._at = found.end()
        return found[0]

    def _bracketed(self, *, keep: bool) -> bytes | None:
        self._next()
        pieces: list[bytes] = []
        size = depth = 0
        while True:
            found = _BRACKET.match(self._data, self._at)
            if found is None:
                if len(self._data) - self._at > self._limit:
                    raise self._broken("a value within the limit")
                if not self._more():
                    raise self._cut_off()
                continue
            size += found.end() - self._at
            if keep and size <= self._limit:
                pieces.append(found[0])
            self._at = found.end()
            depth += 1 if found[1] in b"{[" else -1
            if depth == 0:
                return b"".join(pieces) if keep and size <= self._limit else None

    def _next(self) -> bytes:
        """The next byte that is no blank, without passing it."""
        while True:
            blank = _BLANK.match(self._data, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._data):
                return self._data[self._at : self._at + 1]
            if not self._more():
                raise self._cut_off()

    def _more(self) -> bool:
        """Read on, twice as much each time that one token does not fit, so that its cost stays linear."""
        self._chunk = _CHUNK if self._at else self._chunk * 2
        fresh = self._stream.read(self._chunk)
        self._passed += self._at
        self._data = self._data[self._at :] + fresh
        self._at = 0
        return bool(fresh)

    def _cut_off(self) -> ReadingError:
        return ReadingError(
            f"it ends at byte {self.offset} in the middle: the file was cut off; save it again"
        )

    def _broken(self, wanted: str) -> ReadingError:
        return ReadingError(f"broken JSON at byte {self.offset}: {wanted} was expected")
