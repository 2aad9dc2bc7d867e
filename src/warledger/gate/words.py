"""The gate's own index of a language's words: its own folding, its own keys, its own matching.

Enters: a loaded language (data) and tokens of a text. Leaves: hits, the places where a phrase of the
language stands. Does not belong here: what a hit proves.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from warledger.languages import Language, Phrase, Sense, load
from warledger.uncollected import uncollected

# Letters that look alike in the Latin and the Cyrillic script count as one letter, on both sides of
# a comparison, so that "Х-101", "X-101" and a Latin "c" inside a Russian word all meet.
_LOOK_ALIKE = dict(zip("аеорсухкмтнвіїјѕё", "aeopcyxkmthbiijse", strict=True))
_APOSTROPHES = dict.fromkeys("’ʼ‘`´′＇", "'")
_DASHES = dict.fromkeys("‑‐", "-")
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"

# A number with letters written to it, behind a hyphen ("Х-31П"): two tokens of a page.
_GLUED = re.compile(r"(\d+)([^\W\d_]\w*)")

Rest = tuple[str, ...]


class _Folding(dict[int, str]):
    """A translation table that fills itself: one character in, one character out."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        low = char.lower()
        low = low if len(low) == 1 else char
        low = _LOOK_ALIKE.get(low) or _APOSTROPHES.get(low) or _DASHES.get(low) or low
        self[code] = low
        return low


_FOLDING = _Folding()
_SHORT = 40  # signs up to which one by one is quicker
_ONE = (*_LOOK_ALIKE.items(), *_APOSTROPHES.items(), *_DASHES.items())


def fold(text: str) -> str:
    """The text in lower case with look-alike letters, apostrophes and hyphens as one; length kept."""
    low = text.lower()
    if len(low) != len(text) or "Σ" in text:  # a small letter that is longer, or one of two
        return text.translate(_FOLDING)
    if low.isascii():
        return low.replace("`", "'")
    for known, one in _ONE:
        low = low.replace(known, one)
    return low


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A phrase of the language in a text: its first and last token, and what the phrase may mean."""

    first: int
    last: int
    sense: Sense


Rows = tuple[tuple[Rest, tuple[Sense, ...]], ...]
Followed = tuple[Mapping[str, Rows], Rows]
"""The phrases of one first key: by their second, those of the first alone behind them; and these alone."""


class _Phrases:
    """The phrases by the key of their first token, the longest first; indexed key by key as a text asks."""

    def __init__(self, lexicon: Mapping[str, tuple[Phrase, ...]]) -> None:
        self._lexicon = lexicon
        self.known: dict[str, str | Followed] = {}
        """By first key its phrases; until a text asks, its first words alone, a line each."""
        known: dict[str, str] = {}
        plain = "\n".join(filter(str.isalnum, lexicon))  # nearly all: folded at once, for speed
        folded = iter(fold(plain).split("\n"))
        for first in lexicon:
            keys = (
                (next(folded),) if first.isalnum() else dict.fromkeys(_first_keys(first, lexicon))
            )
            for key in keys:
                known[key] = f"{known[key]}\n{first}" if key in known else first
        self.known.update(known)

    def get(self, key: str) -> Followed | None:
        """The phrases whose first token has that key, each with the keys of its other tokens; or None."""
        rows = self.known.get(key)
        if isinstance(rows, str):
            rows = self.known[key] = self._indexed(key, rows.split("\n"))
        return rows

    def _indexed(self, key: str, firsts: list[str]) -> Followed:
        found: dict[Rest, list[Sense]] = defaultdict(list)
        for first in firsts:
            for rest, senses in self._lexicon[first]:
                keys = phrase_keys((first, *rest))
                if keys and keys[0] == key:
                    found[tuple(keys[1:])].extend(senses)
        rows = [(r, tuple(s)) for r, s in sorted(found.items(), key=lambda row: -len(row[0]))]
        alone = tuple(row for row in rows if not row[0])
        by_second: dict[str, Rows] = {}
        for row in rows:
            if row[0]:
                by_second[row[0][0]] = (*by_second.get(row[0][0], ()), row)
        return {second: rows + alone for second, rows in by_second.items()}, alone


def _first_keys(first: str, lexicon: Mapping[str, tuple[Phrase, ...]]) -> Iterator[str]:
    """The key of a first word; where it is a mark without one, the first keys of its phrases."""
    if keys := phrase_keys((first,)):
        yield keys[0]
        return
    for rest, _ in lexicon[first]:
        yield from phrase_keys(rest)[:1]


class Words(msgspec.Struct, frozen=True, eq=False):
    """A language's phrases by the key of their first token, the longest first."""

    code: str
    settings: Mapping[str, Any]
    phrases: _Phrases
    wordings: _Phrases
    abbreviations: frozenset[str]
    clitics: tuple[str, ...]
    signs: tuple[tuple[str, Sense], ...]
    endings: frozenset[str]
    adjectives: tuple[str, ...]
    decimal: str
    scales: Mapping[str, float]


@functools.cache
@uncollected()
def words_of(code: str) -> Words:
    """The gate's index of the language of that code; built once."""
    return index(load(code))


def index(language: Language) -> Words:
    """The gate's index of any loaded language."""
    settings = language.settings
    return Words(
        code=language.code,
        settings=settings,
        phrases=_Phrases(language.lexicon),
        wordings=_Phrases(language.wordings),
        abbreviations=frozenset(
            fold(str(a)).rstrip(".").split(" ")[-1] for a in settings.get("abbreviations", ())
        ),
        clitics=tuple(c for c in map(fold, settings.get("clitics", ())) if c[0] == "'" and c[1:]),
        signs=tuple(_signs(language)),
        endings=frozenset(fold(str(e)) for e in settings.get("numeral_endings", ())),
        adjectives=tuple(fold(str(e)) for e in settings.get("adjective_endings", ())),
        decimal=str(settings.get("decimal", ".")),
        scales={fold(str(k)): v for k, v in settings.get("suffix_multipliers", {}).items()},
    )


def _signs(language: Language) -> Iterator[tuple[str, Sense]]:
    """The bounds that are a mark and no word ("~", "+"), which no token of a page holds."""
    for mark in language.lexicon:  # a word's phrases are made when they are asked for
        if len(mark) == 1 and not mark.isalnum():
            for rest, senses in language.lexicon[mark]:
                yield from ((mark, s) for s in senses if not rest and s.term.type == "bound")


def phrase_keys(words: Iterable[str]) -> list[str]:
    """A phrase's words as token keys: hyphenated words in parts, the later parts led by "-"."""
    keys: list[str] = []
    for word in words:
        parts = fold(word).strip("'").split("-")
        if not any(c.isalnum() for c in word) or parts == ["s"]:
            continue
        keys.append(parts[0] or "-")
        for part in parts[1:]:
            led = _GLUED.fullmatch(part)
            keys.extend(("-" + led[1], led[2]) if led else ("-" + part,) if part else ())
    return keys


def find(phrases: _Phrases, keys: Sequence[str], breaks: Sequence[bool]) -> dict[str, list[Hit]]:
    """Every one of the phrases among the token keys, by type, in the order of the text.

    `breaks[i]` says that something stands before token i that no phrase spans. All readings are
    kept, except that a negation or a zero inside a longer phrase is that phrase's own.
    """
    found: dict[str, list[Hit]] = defaultdict(list)
    swallowed = -1
    known = phrases.known
    for at, (key, following) in enumerate(zip(keys, [*keys[1:], ""], strict=False)):
        followed = known.get(key)
        if followed is None:  # nearly all
            if key[0] != "-" or (followed := known.get(key[1:])) is None:
                continue
        if isinstance(followed, str):
            followed = phrases.get(key) or phrases.get(key[1:])
            assert followed is not None
        by_second, alone = followed
        for rest, senses in by_second.get(following, alone):
            last = at + len(rest)
            if rest and (tuple(keys[at + 1 : last + 1]) != rest or any(breaks[at + 1 : last + 1])):
                continue
            inside = last < swallowed or (key[0] == "-" and last == swallowed)  # «р-ні»
            for sense in senses:
                kind = sense.term.type
                if not (inside and kind in _SWALLOWED):
                    found[kind].append(Hit(at, last, sense))
            if rest:
                swallowed = max(swallowed, last)
    return found


_SWALLOWED = frozenset({"negation", "zero", "nobody", "number"})
