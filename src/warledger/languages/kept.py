"""The kept form of an unfolded language, as Python keeps compiled modules: unfolding takes a second, this 20 ms.

Enters: a language, or the stamp of its files. Leaves: the language again, its lexicon decoded word by word as a
text asks for it. Does not belong here: unfolding. A kept form that is missing, stale or broken is made anew; where
the folder cannot be written, nothing is kept and nothing else changes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec

from warledger.languages.records import Language, Lexicon, Phrases, Sense, Term

_MAKERS = ("kept.py", "records.py", "unfolding.py")


class _Packed(msgspec.Struct, frozen=True):
    """A language with each term and sense once; phrases name senses by their number."""

    code: str
    settings: dict[str, Any]
    terms: list[tuple[str, str, str, dict[str, Any]]]
    senses: list[tuple[int, list[str]]]
    phrases: dict[str, msgspec.Raw]
    wordings: dict[str, msgspec.Raw]


class _Decoder:
    """Decodes the phrases of one word, their senses taken from the one list of all."""

    def __init__(self, senses: list[Sense]) -> None:
        self._senses = senses

    def __call__(self, raw: msgspec.Raw) -> Phrases:
        rows = msgspec.msgpack.decode(raw, type=list[tuple[tuple[str, ...], list[int]]])
        return tuple((rest, tuple(self._senses[n] for n in numbers)) for rest, numbers in rows)


def stamp(folder: Path) -> str:
    """The SHA-256 over a language's files and over the code that unfolds them."""
    digest = hashlib.sha256()
    made_by = [Path(__file__).with_name(name) for name in _MAKERS]
    for path in [*made_by, *sorted(folder.glob("*.toml"))]:
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)} ".encode() + data)
    return digest.hexdigest()


def find(keep: Path, name: str, stamp: str) -> Language | None:
    """The language kept under that name and stamp, or None."""
    try:
        packed = msgspec.msgpack.decode(_path(keep, name, stamp).read_bytes(), type=_Packed)
    except (OSError, msgspec.DecodeError):
        return None
    terms = tuple(Term(*parts) for parts in packed.terms)
    senses = [Sense(terms[number], frozenset(tags)) for number, tags in packed.senses]
    decode = _Decoder(senses)
    lexicon, wordings = Lexicon(packed.phrases, decode), Lexicon(packed.wordings, decode)
    return Language(packed.code, packed.settings, lexicon, terms, wordings)


def keep(keep: Path, name: str, stamp: str, language: Language) -> None:
    """Keeps a language in place of its older forms; does nothing where the folder cannot be written."""
    path = _path(keep, name, stamp)
    fresh = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        keep.mkdir(exist_ok=True)
        fresh.write_bytes(_packed(language))
        fresh.replace(path)
        for old in keep.glob(f"{name}-*.lexicon"):
            if old != path:
                old.unlink(missing_ok=True)


def _path(keep: Path, name: str, stamp: str) -> Path:
    return keep / f"{name}-{stamp[:16]}.lexicon"


def _packed(language: Language) -> bytes:
    numbers = {id(term): n for n, term in enumerate(language.terms)}
    senses: dict[tuple[int, tuple[str, ...]], int] = {}
    packed: list[dict[str, list[tuple[tuple[str, ...], list[int]]]]] = []
    for lexicon in (language.lexicon, language.wordings):
        phrases: dict[str, list[tuple[tuple[str, ...], list[int]]]] = {}
        for first, rows in lexicon.items():
            for rest, row in rows:
                keys = [(numbers[id(s.term)], tuple(sorted(s.tags))) for s in row]
                of_row = [senses.setdefault(key, len(senses)) for key in keys]
                phrases.setdefault(first, []).append((rest, of_row))
        packed.append(phrases)
    terms = [(t.type, t.id, t.group, t.features) for t in language.terms]
    return msgspec.msgpack.encode(
        {
            "code": language.code,
            "settings": language.settings,
            "terms": terms,
            "senses": list(senses),
            "phrases": packed[0],
            "wordings": packed[1],
        }
    )
