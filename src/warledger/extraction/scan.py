"""The scan: a report's text normalised once, cut into tokens, and every phrase of the lexicon found.

Enters: a text and a language's lexicon. Leaves: a `Scan` with tokens, found terms, and the way back to the
original offsets. Does not belong here: what the words mean together.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast

import msgspec

from warledger.languages import Followed, Language, Lexicon, Sense, Term, fold

_Answer = TypeVar("_Answer")

# Marks that are one thing in many spellings; each maps to one character so that offsets stay put.
_SAME = {
    **dict.fromkeys("\u2019\u02bc\u2018\u0060\u00b4\u02b9\uff07", "'"),
    **dict.fromkeys("\u2013\u2014\u2015\u2212", "–"),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys(
        "\u00a0\u2009\u202f\u2007\u2002\u2003\u2005\u2006\u2008\u200a\t\r\u000b\u000c\u3000", " "
    ),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
    "\u2028": "\n",
    "\u2029": "\n",
}
_TABLE = {ord(k): v for k, v in _SAME.items()}
_DROPPED = re.compile(
    "[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\u00ad\ufe0e\ufe0f\u0301]"
)
_MARKDOWN = re.compile(r"\*{2,}|_{2,}|`+|\[(?=[^\]\n]{1,200}\]\()|\]\([^)\s]{0,500}\)")

_TOKEN = re.compile(
    r"(?P<opaque>https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|[@#]\w+"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\b\d{1,2}:\d\d(?::\d\d)?\b"
    r"|\+\d[\d ()-]{7,}\d|\b0[ -]\d{3}[\d -]{5,}\d|\b8[ -]\d{3}-?[ -]?\d{3}[ -]\d\d[ -]?\d\d)"
    r"|(?P<number>(?:\d{1,3}(?:[ ]\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:'\d{3})+|\d+)"
    r"(?!\d)(?:[.,]\d+(?![\d]))?)(?P<suffix>-?[^\W\d_]+(?:-[^\W\d_]+)*)?"
    r"|(?P<word>[^\W\d_]\w*(?:[-'][^\W_]\w*)*)"
    r"|(?P<newline>\n)"
    r"|(?P<mark>[^\s\w]|_)"
)

# Letters that look alike in the two scripts, for model names typed in the other one.
_DIGIT = re.compile(r"\d")
_LATIN, _CYRILLIC = "abcehikmoptxy", "авсенікмортху"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


class Token(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One token: offsets in the normalised text, folded text, kind (w, n, o, p, l), suffix of a number.

    `joined` marks a part of a hyphenated compound.
    """

    start: int
    end: int
    text: str
    kind: str
    capital: bool = False
    suffix: str = ""
    joined: bool = False


class Found(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A term found at tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    term: Term
    tags: frozenset[str]


class Scan(msgspec.Struct, eq=False):
    """A scanned text; `by_type` lists the terms found of each type in the order of the text."""

    text: str
    norm: str
    back: Sequence[int] | None
    tokens: list[Token]
    by_type: dict[str, list[Found]]
    starting: dict[int, list[Found]]
    definites: frozenset[str] = frozenset()
    clitics: frozenset[str] = frozenset()
    adjectives: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    infinitives: tuple[str, ...] = ()
    firsts: dict[str, list[int]] = {}
    kept: dict[Any, Any] = {}  # the answers of `once_a_scan`

    def definite(self, token: int) -> bool:
        """Whether an article stands there that marks what is known already."""
        return token < len(self.tokens) and self.tokens[token].text in self.definites

    def possessive(self, token: int) -> bool:
        """Whether the mark of an owner stands there, parted from the owner's name."""
        return token < len(self.tokens) and self.tokens[token].text in self.clitics

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The original offsets of the tokens `first` to `last` (exclusive)."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        if self.back is None:
            return start, end
        return self.back[start], self.back[end - 1] + 1

    def original(self, first: int, last: int) -> str:
        """The original words of the tokens `first` to `last` (exclusive)."""
        start, end = self.span(first, last)
        return self.text[start:end]

    def at(self, token: int, *types: str) -> Found | None:
        """The longest term of one of the types that starts at the token."""
        rows = self.starting.get(token)
        if rows is None:
            return None
        longest = None
        for found in rows:
            if found.term.type in types and (longest is None or found.end > longest.end):
                longest = found
        return longest

    def within(self, kind: str, first: int, last: int) -> list[Found]:
        """The terms of one type that start within the tokens `first` to `last` (exclusive)."""
        firsts = self.firsts.get(kind)
        if firsts is None:
            firsts = self.firsts[kind] = [f.start for f in self.by_type.get(kind, ())]
        if not firsts or firsts[-1] < first or firsts[0] >= last:
            return []
        low = bisect_left(firsts, first)
        return self.by_type[kind][low : bisect_left(firsts, last, low)]


def once_a_scan(question: Callable[[Scan], _Answer]) -> Callable[[Scan], _Answer]:
    """Keeps the answer to a question about a whole text on its scan: every sentence asks it."""

    @functools.wraps(question)
    def answered(scan: Scan) -> _Answer:
        if question not in scan.kept:
            scan.kept[question] = question(scan)
        return cast(_Answer, scan.kept[question])

    return answered


def normalise(text: str) -> tuple[str, Sequence[int] | None]:
    """The text with one spelling for each mark, and the original offset of every character kept.

    The map is None where no character was dropped.
    """
    norm = text.translate(_TABLE)
    if "](" in norm or "**" in norm or "__" in norm or "`" in norm:
        norm = _MARKDOWN.sub(lambda m: " " * len(m.group()), norm)
    if not _DROPPED.search(norm):
        return norm, None
    back = [i for i, c in enumerate(norm) if not _DROPPED.match(c)]
    return "".join(norm[i] for i in back), back


def tokenise(norm: str, language: Language) -> list[Token]:
    """The tokens of a normalised text; a compound is parted at its hyphens where only its parts are known."""
    low = fold(norm)
    tokens: list[Token] = []
    clitics, numbered = (
        tuple(language.settings.get(name, ())) for name in ("clitics", "numbered_nouns")
    )
    known = language.lexicon
    for match in _TOKEN.finditer(norm):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "word":
            _word(tokens, low, norm, start, end, clitics, known)
        elif kind == "mark":
            dashed = low[start - 1 : end + 1] == " - "
            tokens.append(Token(start, end, "–" if dashed else low[start:end], "p"))
        elif kind == "newline":
            tokens.append(Token(start, end, "\n", "l"))
        elif kind == "opaque":
            tokens.append(Token(start, end, low[start:end], "o"))
        else:
            suffix = low[match.start("suffix") : end] if match.group("suffix") else ""
            stop = end - len(suffix)
            if suffix in known:
                tokens.append(Token(start, stop, low[start:stop], "n"))
                tokens.append(Token(stop, end, suffix, "w"))
                continue
            if suffix[1:].startswith(numbered):  # one word, whose number counts no things
                tokens.append(Token(start, end, suffix[1:], "w"))
                continue
            tokens.append(Token(start, end, low[start:stop], "n", False, suffix))
    return tokens


def _word(
    tokens: list[Token],
    low: str,
    norm: str,
    start: int,
    end: int,
    clitics: tuple[str, ...],
    known: Mapping[str, object],
) -> None:
    word = low[start:end]
    for clitic in clitics:
        if word.endswith(clitic) and len(word) > len(clitic):
            cut = end - len(clitic)
            _word(tokens, low, norm, start, cut, (), known)
            tokens.append(Token(cut, end, clitic, "w"))
            return
    if "-" in word and word not in known:
        parts = word.split("-")
        if all(p in known for p in parts):
            at = start
            for part in parts:
                capital = norm[at].isupper()
                tokens.append(Token(at, at + len(part), part, "w", capital, "", True))
                at += len(part) + 1
            return
    tokens.append(Token(start, end, word, "w", norm[start].isupper()))


def scan(text: str, language: Language) -> Scan:
    """Scans a text with a language's lexicon."""
    norm, back = normalise(text)
    tokens = tokenise(norm, language)
    found = find_terms(tokens, language.lexicon)
    by_type: dict[str, list[Found]] = defaultdict(list)
    starting: dict[int, list[Found]] = defaultdict(list)
    for row in found:
        by_type[row.term.type].append(row)
        starting[row.start].append(row)
    definites, clitics = (
        frozenset(language.settings.get(name, ())) for name in ("definites", "clitics")
    )
    adjectives, verbs, infinitives = (
        tuple(language.settings.get(f"{name}_endings", ()))
        for name in ("adjective", "verb", "infinitive")
    )
    marks = (definites, clitics, adjectives, verbs, infinitives)
    return Scan(text, norm, back, tokens, dict(by_type), dict(starting), *marks)


# Frames of longer phrases inside which words keep their own meaning: "prosecutors said", "14 attacks near X".
_OPEN = frozenset({"position", "legal", "assault", "attack", "target", "hit", "launch"})
_KEPT = frozenset({"says", "role", "voice", "attack_noun"})
_BOUNDS, _PEOPLE, _REACTORS, _SUPPLIES = (
    frozenset({kind}) for kind in ("bound", "person", "reactor", "supply")
)
_DEEDS = frozenset({"predicate", "object", "place_prep"})
_NOTHING = frozenset[str]()
_WITHIN = {
    "forces": _PEOPLE,
    "vague_number": frozenset({"sum_of"}),
    "place_prep": frozenset({"unit"}),  # "12 km from"
}


def find_terms(
    tokens: list[Token], lexicon: Lexicon, opening: Sequence[int] | None = None
) -> list[Found]:
    """Every longest phrase; a shorter one inside it is left out.

    `opening` are the tokens that one can begin at, where they are known; else each is tried.
    """
    found: list[Found] = []
    texts = [t.text for t in tokens]
    texts.append("")
    covered = speaking = 0
    keeping: frozenset[str] = frozenset()
    for i, token in enumerate(tokens) if opening is None else ((k, tokens[k]) for k in opening):
        if token.kind in "ol":
            continue
        followed = lexicon.followed(token.text)
        if followed is None and (
            token.text.isalpha() or (followed := _other_script(token, lexicon)) is None
        ):
            continue
        by_second, alone = followed
        longest, kept_here = 0, _NOTHING
        for rest, senses in by_second.get(texts[i + 1], alone):
            size = 1 + len(rest)
            if (size < longest and not kept_here) or (
                size > 2 and tuple(texts[i + 1 : i + size]) != rest
            ):
                continue
            if size < longest or i + size <= covered:
                # Who says something stays so inside a longer phrase that states a position; what is counted too.
                inner = kept_here or (keeping if i < speaking else _NOTHING)
                found.extend(_kept_inside(i, size, senses, inner))
                continue
            kept: Sequence[Sense] = senses
            if token.joined or i < covered:
                kept = [s for s in senses if s.term.type != "predicate"]
                if not kept:
                    continue
            longest = size
            kept_here = frozenset().union(*map(_keeps, kept)) if size > 1 else _NOTHING
            found.extend([Found(i, i + size, sense.term, sense.tags) for sense in kept])
        if longest > 1:
            covered = max(covered, i + longest)
            if kept_here:
                speaking, keeping = max(speaking, i + longest), kept_here
    return found


def _keeps(sense: Sense) -> frozenset[str]:
    """The types of words that keep their own meaning inside a phrase.

    "And more" may open "more than 50", «американские военные» are people, whoever they fight for, and "unit No." is a
    reactor.
    """
    term = sense.term
    if term.get("frame") in _OPEN:
        return _KEPT
    if term.get("open"):
        return _DEEDS  # «ракета попала в больницу», «двое попали в больницу»
    if term.get("frame") == "exchange":
        return _PEOPLE  # «обмен пленными»
    if term.get("frame") in ("cut", "restore"):
        return _SUPPLIES  # "brought the light back" tells what came back
    if term.type == "bound" and term.get("position") == "after":
        return _BOUNDS
    if term.type == "unit" and term.get("dimension") == "ordinal_thing":
        return _REACTORS
    return _WITHIN.get(term.type, _NOTHING)


def _kept_inside(
    i: int, size: int, senses: tuple[Sense, ...], types: frozenset[str]
) -> list[Found]:
    return [
        Found(i, i + size, s.term, s.tags)
        for s in senses
        if s.term.type in types and not (s.term.type == "person" and _one(s))
    ]


def _one(sense: Sense) -> bool:
    return any(tag.endswith("sg") for tag in sense.tags)


def _other_script(token: Token, lexicon: Lexicon) -> Followed | None:
    text = token.text
    if token.kind != "w" or text.isalpha() or len(text) > 16 or not _DIGIT.search(text):
        return None
    for table in (_TO_CYRILLIC, _TO_LATIN):
        if followed := lexicon.followed(text.translate(table)):
            return followed
    return None


__all__ = ["Found", "Scan", "Sense", "Token", "find_terms", "normalise", "scan", "tokenise"]
