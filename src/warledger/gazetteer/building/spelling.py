"""Spellings of one name in another alphabet: romanisations, Russian of Ukrainian names and the reverse.

Enters: a name in Cyrillic. Leaves: Latin or Cyrillic spellings. Does not belong here: names that no rule gives.
Sources of the methods: Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010 (`ukrainian_standard`);
BGN/PCGN romanisations of Ukrainian (1965) and Russian (1947), simplified as newspapers write them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from warledger.gazetteer.building.tables import rewrites

_COMMON = {
    "а": "a", "б": "b", "в": "v", "д": "d", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ь": "", "ъ": "", "'": "",
}  # fmt: skip
_UKRAINIAN = _COMMON | {"г": "h", "ґ": "g", "е": "e", "и": "y", "і": "i"}
_STANDARD = _UKRAINIAN | {"є": "ie", "ї": "i", "й": "i", "ю": "iu", "я": "ia"}
_STANDARD_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_UK_BGN = _UKRAINIAN | {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN = _COMMON | {
    "г": "g",
    "е": "e",
    "ё": "yo",
    "и": "i",
    "й": "y",
    "ы": "y",
    "э": "e",
    "ю": "yu",
    "я": "ya",
}
_RU_SOFT = _RUSSIAN | {"ю": "iu", "я": "ia", "й": "i", "ё": "e"}
_VOWELS = "аеёиоуыэюяьъ"


def ukrainian_standard(name: str) -> str:
    """The name by the Ukrainian national standard of 2010, capitalised: Ізюм → Izium."""
    return _title(_join(_standard_word(w) for w in _tokens(name)))


def _standard_word(word: str) -> str:
    word = word.replace("зг", "з\x00")
    first = _STANDARD_FIRST.get(word[:1], _STANDARD.get(word[:1], word[:1]))
    return (first + "".join(_STANDARD.get(c, c) for c in word[1:])).replace("\x00", "gh")


def romanisations(ukrainian: str | None, russian: str | None) -> set[str]:
    """Further Latin spellings of a Ukrainian place, from its Ukrainian and its Russian name, capitalised."""
    found: set[str] = set()
    if ukrainian:
        plain = _spell(ukrainian, _UK_BGN)
        found |= {
            plain,
            plain.replace("yy", "y"),
            plain.replace("iyi", "ii"),
            plain.replace("yyi", "yi"),
        }
        found.add(_spell(ukrainian, _STANDARD).replace("yi", "y"))
    if russian:
        found |= russian_romanisations(russian)
    return {_title(name) for name in found if name}


def russian_romanisations(name: str) -> set[str]:
    """Latin spellings of a Russian name: Гуляйполе → Gulyaypole, Gulyaipole, Guliaipole."""
    plain = re.sub(f"(?<=[{_VOWELS}])е|(?<![\\w])е", "йе", name)
    found = {russian_standard(name)}
    for source in (name, plain):
        spelt = _spell(source, _RUSSIAN)
        soft = _spell(source, _RU_SOFT)
        found |= {
            spelt,
            re.sub(r"(iy|yy)\b", "y", spelt),
            re.sub(r"(?<=[aeou])y(?![aeou])", "i", spelt),
        }
        found |= {soft, re.sub(r"(ii|yi)\b", "y", soft)}
    return {_title(f) for f in found}


def russian_standard(name: str) -> str:
    """The usual English spelling of a Russian name: Шебекинский → Shebekinsky, Журавлёвка → Zhuravlyovka."""
    name = re.sub(f"(?<=[{_VOWELS}])е|(?<![\\w])е", "йе", name)
    return _title(re.sub(r"(iy|yy)\b", "y", _spell(name, _RUSSIAN)))


def usual_english(name: str) -> str:
    """A romanised Russian name as newspapers write it: Afipskiy → Afipsky, Staryy Oskol → Stary Oskol."""
    return re.sub(r"(iy|yy)\b", "y", name)


def to_russian(ukrainian: str) -> str:
    """A systematic Russian spelling of a Ukrainian name in lower case (`sources/russian.tsv`)."""
    return _join(_rewrite(word, "russian.tsv") for word in _tokens(ukrainian))


def russian_spellings(ukrainian: str) -> set[str]:
    """The Russian spellings in use of a Ukrainian name: the systematic one, and those with Russian roots and endings."""
    rooted = ukrainian
    for pattern, replacement in rewrites("russian_roots.tsv"):
        rooted = pattern.sub(replacement, rooted)
    found = {to_russian(ukrainian), to_russian(rooted)}
    for pattern, replacement in rewrites("russian_variants.tsv"):
        found |= {pattern.sub(replacement, name) for name in found}
    return found


def to_ukrainian(russian: str) -> str:
    """A systematic Ukrainian spelling of a Russian name in lower case (`sources/ukrainian.tsv`)."""
    return _join(_rewrite(word, "ukrainian.tsv") for word in _tokens(russian))


def ukrainian_spellings(russian: str) -> set[str]:
    """The Ukrainian spellings in use of a Russian name: the systematic one and `sources/ukrainian_variants.tsv`'s."""
    found = {to_ukrainian(russian)}
    for pattern, replacement in rewrites("ukrainian_variants.tsv"):
        found |= {pattern.sub(replacement, name) for name in found}
    return found


def _rewrite(word: str, table: str) -> str:
    for pattern, replacement in rewrites(table):
        word = pattern.sub(replacement, word)
    return word


def ascii_name(name: str) -> str:
    """A Latin name without diacritics and soft-sign marks: Naţanz → Natanz, Rostov’ → Rostov."""
    name = (
        name.replace("ë", "e")
        .replace("ł", "l")
        .replace("Ł", "L")
        .replace("ı", "i")
        .replace("ø", "o")
    )
    flat = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[’'ʼʹ`‘]", "", flat)


def folded(name: str) -> str:
    """The form in which phrases are kept: lower case, apostrophe U+0027, ё as е, no stress marks, one space."""
    name = unicodedata.normalize("NFC", name.replace("\u0301", ""))
    for mark in "’ʼʹ`‘":
        name = name.replace(mark, "'")
    return " ".join(name.lower().replace("ё", "е").replace("–", "-").split())


def _tokens(name: str) -> list[str]:
    return [t for t in re.split(r"([ \-])", name) if t]


def _join(words: Iterable[str]) -> str:
    return "".join(words)


def _spell(name: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(c, c) for c in name)


SMALL = frozenset({"na", "and", "of", "the", "del", "al"})


def _title(name: str) -> str:
    """Each word with a capital, hyphenated parts too, but for small words inside: Slavyansk-na-Kubani."""
    tokens = _tokens(name)
    return "".join(t if (t in SMALL and k) else t[:1].upper() + t[1:] for k, t in enumerate(tokens))
