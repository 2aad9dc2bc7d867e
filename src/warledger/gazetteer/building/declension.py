"""Case forms of place names by their endings (`sources/declension.*.tsv`).

Enters: a name in the nominative, in lower case. Leaves: the set of its oblique forms. The tables list every paradigm
that an ending allows, so that a name of unclear gender gets the forms of both; a form too many does no harm.
Does not belong here: which names exist.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable

from warledger.gazetteer.building.tables import rows

CASES = 5
Forms = tuple[frozenset[str], ...]
"""The forms of a word: nominative, genitive, dative, accusative, instrumental, locative."""


@functools.cache
def _rules(lang: str) -> dict[str, list[list[list[str]]]]:
    rules: dict[str, list[list[list[str]]]] = {}
    for ending, *cases in rows(f"declension.{lang}.tsv", CASES + 1):
        rules.setdefault(ending, []).append([case.split(",") for case in cases])
    return rules


@functools.cache
def decline_word(word: str, lang: str) -> Forms:
    """All six cases of one word; a hyphenated word declines its last part, and its first where that agrees."""
    if "-" in word:
        return _hyphenated(word, lang)
    rules = _rules(lang)
    for size in range(min(len(word), 6), 0, -1):
        ending = word[-size:]
        if ending in rules and len(word) > size - 1:
            return _apply(word, ending, rules[ending])
    if word[-1:].isalpha() and word[-1] not in "аеєиіїоуюяёыэ":
        return _apply(word, "", [[[v.removeprefix("0") for v in c] for c in r] for r in rules["0"]])
    return (frozenset({word}),) * (CASES + 1)


def _apply(word: str, ending: str, paradigms: list[list[list[str]]]) -> Forms:
    stem = word[: len(word) - len(ending)] if ending else word
    made: list[set[str]] = [{word}, *(set() for _ in range(CASES))]
    for cases in paradigms:
        for k, variants in enumerate(cases, 1):
            made[k].update(word if v == "=" else stem + v.removeprefix("0") for v in variants)
    return tuple(frozenset(m) for m in made)


def _hyphenated(word: str, lang: str) -> Forms:
    for joint in ("-на-", "-над-", "-под-"):
        if joint in word:
            town, _, river = word.partition(joint)
            return tuple(
                frozenset(f"{t}{joint}{river}" for t in forms) for forms in decline_word(town, lang)
            )
    head, _, last = word.rpartition("-")
    lasts = decline_word(last, lang)
    if head.endswith(("о", "е")) or "-" in head or last[:-2].endswith("-"):
        heads: Forms = (frozenset({head}),) * (CASES + 1)
    else:
        own = decline_word(head, lang)
        heads = tuple(f | {head} for f in own)
    return tuple(
        frozenset(f"{a}-{b}" for a, b in itertools.product(heads[k], lasts[k]))
        for k in range(CASES + 1)
    )


MAX_WORDS = 5


def oblique(name: str, lang: str) -> set[str]:
    """The case forms of a name of one or more words other than the name itself; English has none."""
    if lang == "en" or name.endswith("*"):
        return set()
    words = name.split(" ")
    if len(words) > MAX_WORDS:
        return set()
    found: set[str] = set()
    table = [_cases(words, k, lang) for k in range(len(words))]
    for case in range(1, CASES + 1):
        found.update(" ".join(p) for p in itertools.product(*(column[case] for column in table)))
    return {form for form in found if form != name and all(form.split(" "))}


def _cases(words: list[str], k: int, lang: str) -> Forms:
    """Words after the head noun ("сектор газа", "пролив") that are genitives already stay as they are."""
    word = words[k]
    if (len(word) < 3 and k + 1 < len(words)) or (k > 0 and _is_complement(words, k)):
        return (frozenset({word}),) * (CASES + 1)
    return decline_word(word, lang)


ADJECTIVE_ENDINGS = (
    "ий", "ій", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ська", "цька", "зька", "ське", "цьке",
    "зьке", "ські", "цькі", "велика", "висока", "глибока", "широка", "на", "ла", "ра", "ва", "та", "ня",
    "нє", "не", "ве", "те", "ле", "ре", "ні", "лі", "рі", "ві", "ів", "їв", "ов", "ев",
)  # fmt: skip
AGREEING_LAST = ("ий", "ый", "ский", "ський")
JOINERS = frozenset({"і", "й", "та", "и"})


def _is_complement(words: list[str], k: int) -> bool:
    """Whether word k stands after a noun rather than after the adjectives that agree with it."""
    if words[k].endswith(AGREEING_LAST) or words[k - 1] in JOINERS:
        return False
    return not all(w.endswith(ADJECTIVE_ENDINGS) for w in words[:k])


def adjective(name: str, lang: str) -> set[str]:
    """All case forms of an adjective, the nominative included."""
    return {form for case in decline_word(name, lang) for form in case}


def with_forms(names: Iterable[str], lang: str) -> tuple[set[str], set[str]]:
    """Nominatives and oblique forms of several names; a trailing `*` forbids declining."""
    plain: set[str] = set()
    cased: set[str] = set()
    for name in names:
        plain.add(name.rstrip("*"))
        cased |= oblique(name, lang)
    return plain, cased - plain
