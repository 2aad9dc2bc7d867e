"""Unfolding: a language's TOML files turned into every written form of every phrase.

Enters: a folder of the documented form (`docs/languages.md`). Leaves: a `Language`. Does not belong here: the kept
form of what was unfolded (`kept`).
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from warledger.errors import LanguageDataError
from warledger.languages.records import GROUPS, Language, Lexicon, Phrase, Sense, Term, fold

_SHORTEST = 3  # letters of a word too short to have another spelling
_APART = ("language.toml", "declensions.toml", "statements.toml")


def unfolded(folder: Path) -> Language:
    """The language of a folder, unfolded from its files.

    Raises LanguageDataError where a file is missing, malformed or contradicts itself.
    """
    if not (folder / "language.toml").is_file():
        raise LanguageDataError(f"{folder}: no language.toml there; see docs/languages.md")
    settings = _toml(folder / "language.toml")
    paradigms = _toml(folder / "declensions.toml")
    terms: list[Term] = []
    files = [p for p in sorted(folder.glob("*.toml")) if p.name not in _APART]
    pairs = tuple(settings.get("alternations", ()))
    lexicon = _lexicon(files, paradigms, terms, pairs)
    stated = [p for p in (folder / "statements.toml",) if p.is_file()]
    wordings = _lexicon(stated, paradigms, terms, pairs)
    return Language(settings["code"], settings, lexicon, tuple(terms), wordings)


def _lexicon(
    paths: list[Path], paradigms: Mapping[str, Any], terms: list[Term], pairs: tuple[str, ...]
) -> Lexicon:
    """The phrases of the files by their first word; the terms read are added to `terms`."""
    phrases: dict[tuple[str, ...], dict[Term, set[str]]] = defaultdict(dict)
    for path in paths:
        for table in _toml(path).get("term", []):
            for term, forms in _terms_of(table, path):
                terms.append(term)
                for form in forms:
                    for words, tags in unfold(form, paradigms, f"{path.name} {term.id}"):
                        phrases[words].setdefault(term, set()).update(tags)
    _no_collisions(phrases, paths)
    _alternate(phrases, pairs)
    return Lexicon(_index(phrases), tuple)


def _alternate(
    phrases: dict[tuple[str, ...], dict[Term, set[str]]], pairs: tuple[str, ...]
) -> None:
    """Adds the spellings that differ in the first letter before a consonant («влучив», «улучив»), where they are free.

    A pair is the two letters and the consonants: "вуб…".
    """
    found: dict[tuple[str, ...], dict[Term, set[str]]] = {}
    for pair in pairs:
        swap = {pair[0]: pair[1], pair[1]: pair[0]}
        for words, senses in phrases.items():
            first = words[0] if words else ""
            if len(first) > _SHORTEST and first[0] in swap and first[1] in pair[2:]:
                other = (swap[first[0]] + first[1:], *words[1:])
                if other not in phrases:
                    found.setdefault(other, senses)
    phrases.update(found)


def _no_collisions(
    phrases: Mapping[tuple[str, ...], Mapping[Term, set[str]]], paths: list[Path]
) -> None:
    """Raises where one form stands under two predicates that do not both name each other as ambiguous."""
    for words, found in phrases.items():
        if len(found) < 2:
            continue
        rules = [t for t in found if t.type == "predicate"]
        for term in rules:
            for other in rules:
                if term.id != other.id and other.id not in (term.get("ambiguous") or ()):
                    raise LanguageDataError(
                        f"{paths[0].parent}: {' '.join(words)!r} stands under {term.id} and {other.id};"
                        f" take it out of one, or name {other.id} in `ambiguous` of {term.id}"
                    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LanguageDataError(f"{path}: the file is missing; see docs/languages.md") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise LanguageDataError(f"{path}: {problem}") from None


def _terms_of(table: dict[str, Any], path: Path) -> Iterator[tuple[Term, list[str]]]:
    """One term a grammatical group of the table, with that group's forms."""
    if "type" not in table or "id" not in table:
        raise LanguageDataError(f"{path}: a term without type or id: {table}")
    features = {k: v for k, v in table.items() if k not in GROUPS and k not in ("type", "id")}
    for group in GROUPS:
        if forms := table.get(group):
            yield Term(table["type"], table["id"], group, features), forms


def unfold(
    form: str, paradigms: Mapping[str, Any], where: str
) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """Every written form of `form` ("stem/paradigm …") as a tuple of words, with its tags.

    Words that carry a paradigm unfold together, tag by tag; plain words stay as they are.
    """
    parts = [(w, "", "") if w == "/" else w.partition("/") for w in fold(form).split(" ")]
    names = [name for _, slash, name in parts if slash and name]
    if not names:
        yield tuple(_words(form)), frozenset()
        return
    for name in names:
        if name not in paradigms:
            raise LanguageDataError(f"{where}: no declension {name!r} in declensions.toml")
    shared = [tag for tag in paradigms[names[0]] if all(tag in paradigms[n] for n in names)]
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for tag in shared:
        for words in _one_tag(parts, paradigms, tag):
            found[words].add(tag)
    for words in _paucal(parts, paradigms) if len(names) > 1 else ():
        found[words].add("gen.sg")
    for words, tags in found.items():
        yield words, frozenset(tags)


def _paucal(
    parts: list[tuple[str, str, str]], paradigms: Mapping[str, Any]
) -> list[tuple[str, ...]]:
    """The forms behind 2, 3 and 4 where adjectives stand in the plural and the noun in the singular."""
    last = max(n for n, (_, slash, name) in enumerate(parts) if slash and name)
    if "gen.sg" not in paradigms[parts[last][2]]:
        return []
    rows: list[tuple[str, ...]] = [()]
    for n, (stem, slash, name) in enumerate(parts):
        if not (slash and name):
            rows = [(*row, *_words(stem)) for row in rows]
            continue
        endings = paradigms[name].get("gen.sg" if n == last else "gen.pl", [])
        endings = [endings] if isinstance(endings, str) else endings
        rows = [(*row, *_words(stem + fold(ending))) for row in rows for ending in endings]
    return rows


def _one_tag(
    parts: list[tuple[str, str, str]], paradigms: Mapping[str, Any], tag: str
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [()]
    for stem, slash, name in parts:
        if not (slash and name):
            rows = [(*row, *_words(stem)) for row in rows]
            continue
        endings = paradigms[name][tag]
        endings = [endings] if isinstance(endings, str) else endings
        rows = [(*row, *_words(stem + fold(ending))) for row in rows for ending in endings]
    return rows


def _words(form: str) -> list[str]:
    """A form as the scanner sees it: words, with slashes and full stops as tokens of their own."""
    spaced = fold(form)
    for mark in '/.,()"«»':
        spaced = spaced.replace(mark, f" {mark} ")
    return [w for word in spaced.split() for w in _clitic(word)]


def _clitic(word: str) -> list[str]:
    return [word[:-2], "'s"] if word.endswith("'s") and len(word) > 2 else [word]


def _index(
    phrases: Mapping[tuple[str, ...], Mapping[Term, set[str]]],
) -> dict[str, tuple[Phrase, ...]]:
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for words, senses in phrases.items():
        if words:
            row = tuple(Sense(term, frozenset(tags)) for term, tags in senses.items())
            by_first[words[0]].append((words[1:], row))
    return {w: tuple(sorted(rows, key=lambda r: -len(r[0]))) for w, rows in by_first.items()}
