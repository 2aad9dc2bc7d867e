"""Which of the languages that are read a text is in.

Enters: the text of a report. Leaves: `en`, `uk` or `ru`. Does not belong here: decoding, markup.

Letters settle nearly every text: Ukrainian has і ї є ґ, Russian ы э ъ ё, English its commonest words.
py3langid is asked for the rest. Its import takes 0.07 s and its first answer another 0.5 s (the model is
unpacked), which would double the time of a plain start; so it is imported where it is needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

from warledger.errors import ReadingError
from warledger.reading.alphabets import alphabets

_SAMPLE = 20_000
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[a-z']+")
_ADDRESS = re.compile(r"https?://\S+|@\w+|#\w+")
_SHORT = 80
_SURE = 0.7
_ENGLISH_SHARE = 0.18


def detect(text: str) -> str:
    """Name the language of `text`.

    Raises `ReadingError` when it is none of those that are read, or when there are no words in it.
    """
    sample = _ADDRESS.sub(" ", text[:_SAMPLE]).lower()
    letters = _LETTER.findall(sample)
    if not letters:
        raise ReadingError("there are no words in it: check the file")
    scripts = Counter(_script(ch) for ch in letters)
    script = scripts.most_common(1)[0][0]
    if scripts["CYRILLIC"] >= 0.4 * len(letters):
        return _cyrillic(sample, scripts["CYRILLIC"])
    if script == "LATIN":
        return _latin(sample, len(letters))
    raise _refused(script.capitalize() + " script" if script != "CJK" else "Chinese or Japanese")


def _script(ch: str) -> str:
    if ch < "ɐ":
        return "LATIN"
    if "Ѐ" <= ch <= "ӿ":
        return "CYRILLIC"
    return unicodedata.name(ch, "UNKNOWN").split()[0]


def _refused(looks_like: str) -> ReadingError:
    return ReadingError(
        f"the text is in a language that warledger does not read (looks like {looks_like}); "
        "give English, Ukrainian or Russian, or name the language if this is wrong"
    )


def _cyrillic(sample: str, letters: int) -> str:
    counts = Counter(sample)
    for name, foreign in alphabets().foreign.items():
        if sum(counts[ch] for ch in foreign) > 0.004 * letters:
            raise _refused(name)
    ukrainian = sum(counts[ch] for ch in alphabets().uk.own)
    russian = sum(counts[ch] for ch in alphabets().ru.own)
    if _is_bulgarian(counts, ukrainian):
        raise _refused(alphabets().names["bg"])
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    return str(_arbiter(("uk", "ru")).classify(sample)[0])


def _is_bulgarian(counts: Counter[str], ukrainian: int) -> bool:
    """Bulgarian writes ъ as a vowel and has none of ы э ё; Russian has one ъ to forty ы."""
    return counts["ъ"] > 2 + 2 * (counts["ы"] + counts["э"] + counts["ё"]) and not ukrainian


def _latin(sample: str, letters: int) -> str:
    words = _WORD.findall(sample)
    common = sum(word in alphabets().en.words for word in words)
    if common >= max(2, _ENGLISH_SHARE * len(words)):
        return "en"
    names = alphabets().names
    guess, certainty = _arbiter(("en", *names)).classify(sample)
    foreign = any("\x7f" < ch < "ɐ" for ch in sample)
    unsure = letters < _SHORT and not foreign and certainty < _SURE
    if guess == "en" or unsure:
        return "en"
    raise _refused(names[guess])


@cache
def _arbiter(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (0.6 s, see above)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(languages))
    return identifier
