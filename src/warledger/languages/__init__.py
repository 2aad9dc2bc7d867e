"""Language data: a language's folder of words and rules as one lexicon of phrases.

Enters: the TOML files of `languages/<code>/` (their form: `docs/languages.md`). Leaves: a `Language`
whose lexicon maps each phrase's first word to its terms. Does not belong here: anything that reads a text.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from warledger.languages import kept
from warledger.languages.records import Followed, Language, Lexicon, Phrase, Sense, Term, fold
from warledger.languages.unfolding import unfold, unfolded
from warledger.uncollected import uncollected

__all__ = [
    "CODES",
    "HERE",
    "INTERNATIONAL",
    "Followed",
    "Language",
    "Lexicon",
    "Phrase",
    "Sense",
    "Term",
    "fold",
    "load",
    "load_folder",
    "rules_version",
    "unfold",
]  # fmt: skip

CODES = ("en", "uk", "ru")
INTERNATIONAL = "en"
"""The language in which publishers are named across borders."""
HERE = Path(__file__).parent


@functools.cache
@uncollected()
def load(code: str) -> Language:
    """The language of that code (`en`, `uk`, `ru`); loaded once, from its kept form where that is fresh.

    Raises LanguageDataError where a file is missing, malformed or contradicts itself.
    """
    return load_folder(HERE / code, keep=HERE / "__pycache__")


def load_folder(folder: Path, *, keep: Path | None = None) -> Language:
    """Loads a language from any folder of the documented form; see `load`.

    `keep` is a folder for the kept form: ten times faster to load, made anew when any file has changed.
    """
    if keep is None:
        return unfolded(folder)
    stamp = kept.stamp(folder)
    language = kept.find(keep, folder.name, stamp)
    if language is None:
        language = unfolded(folder)
        kept.keep(keep, folder.name, stamp, language)
    return language


@functools.cache
def rules_version() -> str:
    """Sixteen hexadecimal digits over every data file of every language: the version of the rules."""
    digest = hashlib.sha256()
    for path in sorted(HERE.glob("*/*.toml")):
        digest.update(
            path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0"
        )
    return digest.hexdigest()[:16]
