"""A report's text as the gate sees it: tokens, sentences, paragraphs, list heads, phrases.

Enters: a report's text and the gate's index of its language. Leaves: a `Page`, made once a report.
Does not belong here: any judgement of a claim.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, TypeVar, cast

from warledger.gate.words import INVISIBLE, Hit, Words, find, fold

_Question = TypeVar("_Question", bound=Callable[..., Any])

_GAP = " \u00a0\u202f\u2009\u2007"
_TOKEN = re.compile(
    rf"(?P<word>[^\W\d_][^\W_]*(?:(?:[{INVISIBLE}]|'(?=[^\W\d_]))[^\W_]*)*)"
    # Words are the most; what opens with a digit is tried at digits only.
    rf"|(?=\d)(?:(?P<date>(?<![\d.])\d{{4}}-\d\d-\d\d(?!\d)|(?<![\d.])\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d)(?!\d))"
    r"|(?P<clock>(?<!\d)\d{1,2}:\d\d(?!\d))"
    rf"|(?P<figure>(?<![\d])\d{{1,3}}(?:[{_GAP}'’,.]\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d+)?))"
)
_CUT = re.compile("(" + re.sub(r"\(\?P<\w+>", "(?:", _TOKEN.pattern) + ")")
"""The same tokens in one group, so that one call parts a text into gaps and tokens by turns."""
_ENDS = re.compile(r"[.!?…]+[\"'”»)\]*_]*(?:\s|,(?! )|$)")
_CLOSERS = frozenset(".!?…")
_BULLET = re.compile(r"[•·▪▫●○◦‣⁃🔹🔸✅❗➡▶*–—-]|\d+[.)]\s*$")
_JOINTS = (" ", "-")  # gaps at which no sentence ends
_HOUR = 3  # tokens of an abbreviation behind an hour
_OPENERS = ("prep", "place_prep", "conj", "relative", "according", "adverb", "comparing", "recall")
_FIRE = frozenset({"attack", "damage", "target"})  # what "came under fire" tells besides
_NESTED = 8  # predicates back among which a longer one may hold the next
_HANGING = ("place_prep", "conj")  # no sentence ends in "in" or "and", whatever its lines
_REGISTERED = ("voice", "nation")
_SPANLESS = re.compile(r"[,;:!?()]|\n\s*\n")


def _outermost(hits: list[Hit]) -> list[Hit]:
    """The predicates that are no part of a longer one that tells something else: not the "down" of "fell down on"."""
    found: list[Hit] = []
    for hit in hits:
        around = [h for h in found[-_NESTED:] if h.first <= hit.first and h.last >= hit.last]
        longer = [h for h in around if h.last - h.first > hit.last - hit.first]
        longer = [h for h in longer if not h.sense.term.get("open")]
        frames = {h.sense.term.get("frame") for h in longer}
        own = hit.sense.term.get("frame")
        parts = any(h.sense.term.get("parted") for h in longer)  # "dead and hurt" are both
        under_fire = own == "launch" and frames <= _FIRE
        if not longer or own in frames or parts or under_fire:
            found.append(hit)
    return found


_NOTHING = dict.fromkeys(map(ord, INVISIBLE))


class Page:
    """One report's text, cut once: parallel lists, one entry a token.

    `starts`, `ends`: character offsets; `keys`: the folded word ("-" leads a part glued on by a
    hyphen); `forms`: "word", "figure", "date" or "clock"; `sentence`: the number of its sentence.
    """

    def __init__(self, text: str, words: Words, *, title: str = "") -> None:
        self.text = text
        self.title = title
        self.words = words
        self.folded = fold(text)
        self._cut()
        self.breaks = [gap != " " and bool(_SPANLESS.search(gap)) for gap in self.gaps]
        self.hits: dict[str, list[Hit]] = find(words.phrases, self.keys, self.breaks)
        if told := self.hits.get("predicate"):
            self.hits["deed"] = _outermost(told)
        self._firsts = {kind: [hit.first for hit in rows] for kind, rows in self.hits.items()}
        self._spots: dict[str, list[int]] = {}
        self._names: dict[str, bool] = {}
        self.kept: dict[Any, Any] = {}  # the answers of `once_a_page`
        self.sentence: list[int] = []
        self.first_of: list[int] = []
        self.paragraph: list[int] = []
        self.head: list[int] = []
        self._divide()

    def _cut(self) -> None:
        clitics = self.words.clitics
        pieces: list[str] = _CUT.split(self.folded)
        bounds = list(accumulate(map(len, pieces)))
        self.gaps, self.keys = pieces[:-1:2], pieces[1::2]
        self.starts, self.ends = bounds[:-1:2], bounds[1::2]
        self.forms = ["word"] * len(self.keys)
        for at, key in enumerate(self.keys):
            if not key.isalpha():
                if key[0].isdecimal():
                    match = _TOKEN.match(self.folded, self.starts[at])
                    self.forms[at] = (match and match.lastgroup) or "figure"
                else:
                    self.keys[at] = _bare(key, clitics)
            if self.gaps[at] == "-" and at:
                self.keys[at] = "-" + self.keys[at]

    def _divide(self) -> None:
        """Numbers the sentences; finds each one's paragraph and the list head that it hangs under."""
        paragraph = 0
        for at in [at for at, gap in enumerate(self.gaps) if gap not in _JOINTS or not at]:
            gap = self.gaps[at]
            if at == 0:
                self._open(at, paragraph, gap)
            elif self._ends_sentence(at, gap):
                paragraph += gap.count("\n") > 1
                self._open(at, paragraph, gap)
        for number, (first, past) in enumerate(pairwise([*self.first_of, len(self.keys)])):
            self.sentence.extend([number] * (past - first))

    def _open(self, at: int, paragraph: int, gap: str) -> None:
        self.first_of.append(at)
        self.paragraph.append(paragraph)
        here = len(self.first_of) - 1
        listed = bool(_BULLET.search(gap.rpartition("\n")[2])) or ";" in gap
        head = -1
        if here and ":" in gap:
            head = here - 1
        elif here and self.head[here - 1] >= 0 and (listed or gap.count("\n") == 1):
            head = self.head[here - 1]
        self.head.append(head)

    def _ends_sentence(self, at: int, gap: str) -> bool:
        if "\n" in gap:
            tail = gap.rstrip()
            after = self.text[self.starts[at]]
            goes_on = after.islower() or (gap[0] == " " and after.isdigit())
            goes_on = goes_on or any(self.among(k, at - 1, at) for k in _HANGING)
            return not (gap.count("\n") == 1 and not tail and goes_on)
        if _CLOSERS.isdisjoint(gap) or not _ENDS.match(gap.lstrip(" \"'”»)*_")):
            return False
        previous = self.keys[at - 1]
        if gap.lstrip()[0] == "." and (previous in self.words.abbreviations or len(previous) == 1):
            return self._closes_hour(at) or self._opens_anew(at) or self._closes_number(at)
        return not self.text[self.starts[at]].islower()

    def _opens_anew(self, at: int) -> bool:
        """Whether a capital behind an abbreviation is that of a word that only opens sentences: "61 sq. km. For …"."""
        capital = self.text[self.starts[at]].isupper() and len(self.keys[at]) > 1
        return capital and any(self.among(kind, at, at + 1) for kind in _OPENERS)

    def _closes_number(self, at: int) -> bool:
        """Whether a capital behind a shortened thousand opens a sentence: what is counted has none, but names."""
        word = self.text[self.starts[at] : self.ends[at]]
        if not word[0].isupper() or word.isupper():
            return False
        kinds = ("weapon", "nation") if word.isascii() else ("weapon",)
        if any(self.among(kind, at, at + 1) for kind in kinds):
            return False
        scales = self.among("number", at - 1, at)
        return any(s.sense.term.get("part") == "multiplier" for s in scales)

    def _closes_hour(self, at: int) -> bool:
        """Whether the full stop before a capital ends an hour: "at 4 a.m. Two people …"; not "4 a.m. Friday"."""
        if not self.text[self.starts[at]].isupper() or any(
            self.among(kind, at, at + 1) for kind in ("unit", "month", "weekday", "nation")
        ):
            return False
        hours = self.among("unit", max(0, at - _HOUR), at)
        return any(
            h.last == at - 1 and h.last > h.first and h.sense.term.get("dimension") == "clock"
            for h in hours
        )

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The first token and the one past the last that touch the characters from start to end."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def span(self, sentence: int) -> tuple[int, int]:
        """The first token of a sentence and the one past its last."""
        past = sentence + 1
        return (
            self.first_of[sentence],
            self.first_of[past] if past < len(self.first_of) else len(self.keys),
        )

    def opening(self, sentence: int) -> int:
        """The first sentence of a sentence's paragraph."""
        return bisect_left(self.paragraph, self.paragraph[sentence])

    def among(self, kind: str, first: int, past: int) -> list[Hit]:
        """The hits of a type that begin among the tokens from `first` up to `past`."""
        firsts = self._firsts.get(kind)
        if firsts is None or firsts[-1] < first or firsts[0] >= past:
            return []
        low = bisect_left(firsts, first)
        return self.hits[kind][low : bisect_left(firsts, past, low)]

    def spots(self, words: str) -> list[int]:
        """The character offsets at which the words stand, whatever their case; found once."""
        found = self._spots.get(words)
        if found is None:
            found, folded = [], fold(words)
            at = self.folded.find(folded)
            while at >= 0:
                found.append(at)
                at = self.folded.find(folded, at + len(folded))
            self._spots[words] = found
        return found

    def names(self, name: str) -> bool:
        """Whether the words of a name stand on the page, whatever their case and spacing; found once."""
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = " ".join(fold(name).split()) in self.squeezed
        return known

    def registered(self, name: str) -> list[Hit]:
        """Where the page names a registered voice, or a nation, of that English name."""
        return self._registered.get(name, [])

    @cached_property
    def _registered(self) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = {}
        for kind in _REGISTERED:
            for hit in self.hits.get(kind, ()):
                found.setdefault(hit.sense.term.get("name"), []).append(hit)
        return found

    def forget(self) -> None:
        """Drops the answers kept: they name what names the page, a circle that only Python's collector would find."""
        self.kept.clear()

    @cached_property
    def worded(self) -> dict[str, list[Hit]]:
        """The wordings of comparisons on the page, by type."""
        return find(self.words.wordings, self.keys, self.breaks)

    @cached_property
    def squeezed(self) -> str:
        """The folded text with every run of spaces and line ends as one space."""
        return " ".join(self.folded.split())


def begin_among(
    spans: Sequence[tuple[int, int]], first: int, past: int
) -> Sequence[tuple[int, int]]:
    """Those of some spans of tokens, given in order, that begin among the tokens from `first` up to `past`."""
    low = bisect_left(spans, (first,))
    return spans[low : bisect_left(spans, (past,), low)]


def once_a_page(question: _Question) -> _Question:
    """Keeps the answers to a question about a page on that page: its claims ask the same again and again.

    Whatever else is asked with must be hashable, and no answer may be changed.
    """

    @functools.wraps(question)
    def answered(page: Page, *asked: Any) -> Any:
        kept, key = page.kept, (question, *asked)
        answer = kept.get(key, kept)  # which is no answer itself
        if answer is kept:
            answer = kept[key] = question(page, *asked)
        return answer

    return cast(_Question, answered)


def _bare(word: str, clitics: tuple[str, ...]) -> str:
    """A folded word without what is invisible in it and without the mark of an owner."""
    if not word.isalnum():
        word = word.translate(_NOTHING)
    if clitics and "'" in word and word.endswith(clitics):
        word = word.rpartition("'")[0] or word
    return word
