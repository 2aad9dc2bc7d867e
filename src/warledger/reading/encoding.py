"""Bytes in, text out: which encoding they are in, by evidence rather than by what is declared.

Enters: the bytes of one source, and a declared encoding as a hint. Leaves: the decoded text.
Does not belong here: line ends, markup, language.

Method: byte order marks first, then UTF-16 by its look, then strict UTF-8. What is left is one byte a
letter; the Cyrillic encodings permute the same letters, so each candidate decoding of a sample is
scored by the logarithm of its letters' frequency, with penalties for capitals inside words, for two
scripts in a word and for signs that prose does not use. (After Kikui 1996; letter frequencies of our own.)
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections import Counter
from functools import cache

from warledger.errors import ReadingError
from warledger.reading.alphabets import alphabets

CANDIDATES = ("cp1251", "koi8-u", "koi8-r", "cp866", "cp1125", "iso8859-5", "cp1252")
"""One byte a letter, in the order that settles a tie (koi8-u holds all the letters of koi8-r)."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PRIOR = {"cp866": -0.05}  # Ukrainian in DOS was cp1125; the two differ in four letters
_DECLARED = 0.1
_PIECE = 400
_PIECES = 40
_FLOOR = -4.6
"""Mean score of a byte beneath which nothing is believed: prose scores -3.0 to -3.9, noise below -5."""

_CAPITAL = -0.4
_CAPITAL_INSIDE = -5.0
_TWO_SCRIPTS = -4.0
_ALONE = -1.5
_TYPOGRAPHY = "«»“”„’‘–—…№•·°§©®™€£\xa0\xad"
_SIGN = -3.8
_OTHER_LETTER = -8.0
_LATIN_LETTER = -3.6
_STRANGE = -14.0

_INSIDE = re.compile(r"(?<=[^\W\d_])[^\W\d_]")
_LONE = re.compile(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Decode `data`; `declared` breaks ties only.

    Raises `ReadingError` for bytes that are no text in any encoding known here.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    if b"\0" in data:
        return _without_mark(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _one_byte(data, error, declared)
    return _refuse_controls(text)


def _strict(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"broken {name.upper()} at byte {error.start}: save it again as UTF-8"
        ) from error
    if "\0" in text:
        raise ReadingError("holds NUL characters, so it is not text: check the file")
    return _refuse_controls(text)


def _refuse_controls(text: str) -> str:
    strange = len(_CONTROL.findall(text, 0, 100_000))
    if strange > 2 + min(len(text), 100_000) // 100:
        raise ReadingError("holds control characters, so it is not text: check the file")
    return text


def _without_mark(data: bytes) -> str:
    """UTF-16 without its mark, told by how many of the characters are ones that prose uses."""
    for name in ("utf-16-le", "utf-16-be"):
        sample = data[: 2 * _PIECE * _PIECES]
        text = sample.decode(name, "ignore")
        usual = sum(ch in "\t\r\n" or " " <= ch <= "~" or "Ѐ" <= ch <= "ӿ" for ch in text)
        usual += sum(ch in _TYPOGRAPHY for ch in text)
        if len(data) % 2 == 0 and usual > 0.8 * len(text) > 0:
            return _strict(data, name)
    at = data.index(b"\0")
    raise ReadingError(f"a binary file (NUL at byte {at}): give text, Markdown, HTML or JSON lines")


def _one_byte(data: bytes, error: UnicodeDecodeError, declared: str | None) -> str:
    sample = _sample(data)
    if _nearly_utf8(sample):
        raise ReadingError(f"broken UTF-8 at byte {error.start}: save it again as UTF-8") from error
    for name in _ranked(sample, _known(declared)):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue  # a byte outside the sample that this encoding does not have
    raise ReadingError(
        "in no encoding that is known (UTF-8, UTF-16, Windows-1251, KOI8, CP866, ISO 8859-5): "
        "save it as UTF-8"
    ) from error


def _sample(data: bytes) -> bytes:
    """Up to forty pieces around bytes above 127: linear in time, however long the source."""
    pieces: list[bytes] = []
    position = 0
    while len(pieces) < _PIECES and (match := _HIGH.search(data, position)):
        start = max(position, match.start() - 20)
        pieces.append(data[start : start + _PIECE])
        position = start + _PIECE
    return b"\n".join(pieces)


def _nearly_utf8(sample: bytes) -> bool:
    """Whether most bytes above 127 form UTF-8 sequences, as chance never makes them."""
    text = sample.decode("utf-8", "ignore")
    good = sum(len(ch.encode()) for ch in text if ch > "\x7f")
    return good > 0.8 * len(_HIGH.findall(sample))


def _known(declared: str | None) -> str | None:
    try:
        return codecs.lookup(declared).name if declared else None
    except (LookupError, ValueError):
        return None


def _ranked(sample: bytes, declared: str | None) -> list[str]:
    """The candidates that make prose of the sample, best first."""
    high = len(_HIGH.findall(sample))
    ranked: list[tuple[float, str]] = []
    for name in CANDIDATES:
        mean = _score(sample.decode(name, "replace")) / high
        if codecs.lookup(name).name == declared:
            mean += _DECLARED
        if mean > _FLOOR:
            ranked.append((mean + _PRIOR.get(name, 0.0), name))
    ranked.sort(key=lambda pair: -pair[0])
    return [name for _, name in ranked]


def _score(text: str) -> float:
    total = sum(_letter(ch) * count for ch, count in Counter(text).items() if ch > "\x7f")
    for match in _INSIDE.finditer(text):
        before, ch = text[match.start() - 1], match[0]
        if before.islower() and ch.isupper():
            total += _CAPITAL_INSIDE
        if (before > "ʯ") != (ch > "ʯ"):
            total += _TWO_SCRIPTS
    return total + _ALONE * sum(1 for ch in _LONE.findall(text) if ch > "ʯ")


@cache
def _letter(ch: str) -> float:
    """The score of one character above ASCII."""
    usual = _logarithms().get(ch.lower())
    if usual is not None:
        return usual if ch.islower() else usual + _CAPITAL
    if ch in _TYPOGRAPHY:
        return _SIGN
    if "À" <= ch <= "ɏ" and ch not in "×÷":
        return _LATIN_LETTER if ch.islower() else _LATIN_LETTER + 3 * _CAPITAL
    return _OTHER_LETTER if unicodedata.category(ch)[0] == "L" else _STRANGE


@cache
def _logarithms() -> dict[str, float]:
    """For each Cyrillic letter the logarithm of its share in whichever language has it more often."""
    letters: dict[str, float] = {}
    for alphabet in (alphabets().uk, alphabets().ru):
        for letter, share in alphabet.frequency.items():
            letters[letter] = max(letters.get(letter, 0.0), share)
    return {letter: math.log(share / 1000) for letter, share in letters.items()}
