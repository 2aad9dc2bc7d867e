"""Sentences, paragraphs, list items and headings of a scanned text.

Enters: a `Scan`. Leaves: its sentences in order, each knowing its paragraph and the words that introduce it.
Does not belong here: what a sentence claims.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from warledger.extraction.scan import Scan

_ENDS = frozenset(".!?…")
_BULLETS = frozenset("–-•▪◾▫‣·*—●○■□➖✔✅❗❌🔻🔹🔸▶►➡→⚡🚌⚔")
_OPENERS = (
    "prep",
    "place_prep",
    "conj",
    "relative",
    "according",
    "adverb",
    "comparing",
    "scene_word",
    "recall",
    "closing",
)
_INLINE = frozenset("•▪◾▫‣●○■□➖🔻🔹🔸▶►➡⚡")
"""Bullets that open an item inside a line too: channels lose the line ends of their posts when they are copied."""
_LABEL = 5  # tokens of the longest label and the mark before its number
_LONGEST = 400
"""Tokens of the longest sentence: no press writes longer ones, and pages of mere names or numbers stay quick."""
_LISTS = frozenset(":;")
_MARK = 2  # tokens of the mark of a numbered item, digits of its number
_QUOTES = frozenset("\"')”»")
# Words that no sentence ends with: a line that ends with one goes on in the next.
_GOES_ON = ("prep", "place_prep", "conj", "including", "of_them", "partitive", "article")


class Sentence(msgspec.Struct, eq=False):
    """Tokens `start` to `end` (exclusive); `intro` is the index of the sentence that introduces a list item.

    `numbered` tells that a number or letter is the item's mark.
    """

    index: int
    start: int
    end: int
    paragraph: int
    line_start: bool
    bullet: bool
    heading: bool
    colon: bool
    intro: int | None = None
    numbered: bool = False


def split(scan: Scan, abbreviations: Collection[str]) -> list[Sentence]:
    """The sentences of the text; line ends inside a sentence are kept inside it."""
    cuts = _shortened(scan, _cuts(scan, abbreviations))
    sentences: list[Sentence] = []
    paragraph, start = 0, 0
    for end, why in cuts:
        first = start
        while first < end and scan.tokens[first].kind == "l":
            first += 1
        last = end
        while last > first and scan.tokens[last - 1].kind == "l":
            last -= 1
        if first < last:
            sentences.append(_sentence(scan, len(sentences), first, last, paragraph, why))
        if why == "paragraph":
            paragraph += 1
        start = end
    _introduce(sentences)
    return sentences


def _sentence(scan: Scan, index: int, first: int, last: int, paragraph: int, why: str) -> Sentence:
    tokens = scan.tokens
    mark = tokens[first]
    line_start = first == 0 or tokens[first - 1].kind == "l" or _inline_item(scan, first)
    bullet = line_start and mark.kind == "p" and (mark.text in _BULLETS or not mark.text.isascii())
    bullet = bullet and mark.text != '"' and last - first > 1
    numbered = line_start and last - first > _MARK and _numbered(scan, first)
    bullet = bullet or numbered
    ended = tokens[last - 1].text
    colon = ended == ":"
    heading = why != "end" and line_start and not bullet and ended not in _ENDS and not colon
    heading = heading and last - first < 25
    return Sentence(
        index, first, last, paragraph, line_start, bullet, heading, colon, numbered=numbered
    )


def _numbered(scan: Scan, i: int) -> bool:
    """Whether a number or letter with a full stop or bracket opens a line, as the mark of an item: "1. …", "b) …"."""
    tokens = scan.tokens
    if i + _MARK >= len(tokens) or (i and tokens[i - 1].kind != "l"):
        return False
    mark, closing, after = tokens[i : i + _MARK + 1]
    if closing.start != mark.end or after.start == closing.end or after.kind == "l":
        return False
    number = mark.kind == "n" and len(mark.text) <= _MARK and not mark.suffix
    letter = mark.kind == "w" and len(mark.text) == 1
    return (number and closing.text in ".)") or (letter and closing.text == ")")


def _cuts(scan: Scan, abbreviations: Collection[str]) -> list[tuple[int, str]]:
    """Where sentences end (token index, exclusive) and why: `end`, `line` or `paragraph`."""
    tokens, size = scan.tokens, len(scan.tokens)
    cuts: list[tuple[int, str]] = []
    past = 0  # behind the last cut's marks
    for i in [i for i, token in enumerate(tokens) if token.kind in "pl"]:
        token = tokens[i]
        if i < past:
            continue
        if token.kind == "l":
            j = i
            while j < size and tokens[j].kind == "l":
                j += 1
            if _only_marks(scan, cuts[-1][0] if cuts else 0, i):
                pass  # a bullet on a line of its own opens the next line
            elif j - i > 1:
                cuts.append((j, "paragraph"))
            elif j < size and _breaks_line(scan, i, j):
                cuts.append((j, "line"))
            past = j
            continue
        if token.text in _INLINE and _inline_item(scan, i):
            cuts.append((i, "line"))
        if (
            token.text in _ENDS
            and not (i and _numbered(scan, i - 1))
            and _ends(scan, i, abbreviations)
        ):
            j = i + 1
            while (
                j < size and tokens[j].kind == "p" and tokens[j].text in (_QUOTES | _ENDS | {")"})
            ):
                if tokens[j].start > tokens[j - 1].end:
                    break
                j += 1
            if j >= size or tokens[j].kind != "l":
                cuts.append((j, "end"))
            past = j
    cuts.append((size, "paragraph"))
    return cuts


def _shortened(scan: Scan, cuts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The same cuts with more of them where a sentence has no end in sight, behind its last comma there."""
    rows: list[tuple[int, str]] = []
    start = 0
    for end, why in cuts:
        while end - start > _LONGEST:
            commas = (
                i for i in range(start + _LONGEST, start, -1) if scan.tokens[i - 1].text == ","
            )
            start = next(commas, start + _LONGEST)
            rows.append((start, "line"))
        rows.append((end, why))
        start = end
    return rows


def _inline_item(scan: Scan, i: int) -> bool:
    """Whether a bullet opens an item inside a line: "… in brief: • one drone, • two missiles"."""
    tokens = scan.tokens
    if tokens[i].text not in _INLINE or not 0 < i < len(tokens) - 1:
        return False
    spaced = tokens[i - 1].end < tokens[i].start < tokens[i].end < tokens[i + 1].start
    return spaced and tokens[i - 1].kind != "l" and tokens[i + 1].kind in "wn"


def _only_marks(scan: Scan, start: int, end: int) -> bool:
    """Whether a line holds nothing but bullets and pictures."""
    rows = [t for t in scan.tokens[start:end] if t.kind != "l"]
    return bool(rows) and all(
        t.kind == "p" and (t.text in _BULLETS or not t.text.isascii()) and t.text != "…"
        for t in rows
    )


def _goes_on(scan: Scan, i: int, j: int) -> bool:
    """Whether the words before a line end need what follows: "killed in⏎Kyiv", "hurt ⏎12 people"."""
    for size in (1, 2, 3):
        for f in scan.starting.get(i - size, ()):
            bound = f.term.type == "bound" and f.term.get("position") == "before"
            if f.end == i and (bound or f.term.type in _GOES_ON):
                return True
    spaced = scan.norm[scan.tokens[i].start - 1 : scan.tokens[i].start] == " "
    tells = any(
        f.end == i and f.term.type in ("predicate", "aux") for f in scan.starting.get(i - 1, ())
    )
    return spaced and tells and scan.tokens[j].kind == "n"


def _breaks_line(scan: Scan, i: int, j: int) -> bool:
    """Whether a single line end parts two sentences: not where the line runs on in lower case."""
    after = scan.tokens[j]
    if after.kind == "w" and not after.capital:
        listed = i > 0 and scan.tokens[i - 1].text in _LISTS  # an item of a list without bullets
        return listed or (_ends_labelled(scan, i) and _labelled(scan, j))
    if i > 0:
        before = scan.tokens[i - 1]
        if before.text in {",", "("}:
            return after.kind == "p" and after.text in _BULLETS
        if after.kind == "p" and after.text in ",.;:)!?":
            return False
        if after.kind in "wn" and _goes_on(scan, i, j):
            return False
    return True


def _labelled(scan: Scan, j: int) -> bool:
    """Whether a line opens with a label and its number: "tanks: 4", «танків – 4»."""
    marks = [
        k for k in range(j, min(j + _LABEL, len(scan.tokens) - 1)) if scan.tokens[k].text in ":–"
    ]
    words = marks and all(scan.tokens[k].kind == "w" for k in range(j, marks[0]))
    return bool(words) and scan.tokens[marks[0] + 1].kind == "n"


def _ends_labelled(scan: Scan, i: int) -> bool:
    """Whether a line ends in a number behind a mark ("tanks: 4"), so that the next line is another item."""
    return i > 1 and scan.tokens[i - 1].kind == "n" and scan.tokens[i - 2].text in ":–"


def _closes_hour(scan: Scan, i: int) -> bool:
    """Whether the full stop is the last of an hour's abbreviation ("at 4 a.m.")."""
    return any(
        f.end == i + 1 and f.term.type == "unit" and f.term.get("dimension") == "clock"
        for n in (2, 3, 4, 5)
        if i >= n
        for f in scan.starting.get(i - n, ())
    )


def _opens_anew(scan: Scan, i: int) -> bool:
    """Whether a capital behind an abbreviation is that of a word that only opens sentences: "61 sq. km. For comparison"."""
    token = scan.tokens[i]
    return token.capital and len(token.text) > 1 and scan.at(i, *_OPENERS) is not None


def _closes_number(scan: Scan, i: int) -> bool:
    """Whether a capital behind a shortened thousand is that of the next sentence: what is counted has none, but names."""
    after = scan.tokens[i + 1]
    titled = after.capital and not scan.original(i + 1, i + 2).isupper()
    named = scan.at(i + 1, "weapon", *(("nation",) if after.text.isascii() else ()))
    scale = scan.at(i - 1, "number")
    return titled and named is None and scale is not None and scale.term.get("part") == "multiplier"


def _ends(scan: Scan, i: int, abbreviations: Collection[str]) -> bool:
    tokens = scan.tokens
    if tokens[i].text != ".":
        return i + 1 >= len(tokens) or tokens[i + 1].text not in ",;"
    if i + 1 >= len(tokens) or tokens[i + 1].kind == "l":
        return True
    after = tokens[i + 1]
    before = tokens[i - 1] if i else None
    if after.kind == "w" and after.capital and _closes_hour(scan, i):
        return scan.at(i + 1, "unit", "month", "weekday", "nation") is None
    if before is not None and before.kind == "w" and before.end == tokens[i].start:
        if len(before.text) == 1 or before.text in abbreviations:
            return _opens_anew(scan, i + 1) or _closes_number(scan, i)
        if after.start == tokens[i].end and not (after.capital and after.kind == "w"):
            return after.text in _QUOTES
    elif after.start == tokens[i].end and after.kind in "nw":
        return after.capital
    if after.kind == "w":
        return after.capital
    if after.kind == "p":
        return after.text not in ",;"
    return True


def _introduce(sentences: list[Sentence]) -> None:
    """Ties each list item to the line that introduces it: the last one that ended in a colon."""
    intro: int | None = None
    since = 0
    for sentence in sentences:
        if intro is not None and sentence.numbered and sentences[intro].numbered:
            intro = None  # an item's own list ends where the next item opens
        if sentence.bullet or (intro is not None and sentence.line_start and since == 0):
            sentence.intro = intro
            since = 0
        elif (
            intro is not None
            and not sentence.line_start
            and sentences[sentence.index - 1].intro is not None
        ):
            sentence.intro = None
        elif intro is not None and sentence.line_start:
            since += 1
            if since > 0 and not sentence.colon:
                intro = None
        if sentence.colon:
            intro, since = sentence.index, 0
        elif (
            intro is not None
            and sentence.intro is None
            and sentence.line_start
            and sentence.index > intro + 1
        ):
            intro = None
