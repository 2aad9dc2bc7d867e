"""Carrying: whose words a sentence without a credit of its own goes on under.

Enters: a `Scan`, its sentences, the credits of each. Leaves: for each sentence the voice carried into it, or None.
Does not belong here: who is credited in a sentence (`attribution`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from warledger.extraction.placing import Mention, Places
from warledger.extraction.scan import Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.spans import TimeMention
from warledger.extraction.voices import Credit, Voice

_REACH = 9
_RECALLED = 9
_LEAD = 1  # the last paragraph of a report's lead, a headline being one
_LONG_AGO = 3  # days before a report's own of which it tells as of something else
_SCENE = 4  # tokens of a sentence in which it tells whose side it is set on
_SENT = ("drone", "missile", "bomb", "rocket")
_ACTING = frozenset({"nom.sg", "nom.pl"})
_ACTOR = 2  # tokens of a sentence in which it tells who did what it tells
_SEAT = 3  # tokens between an official's words and the town or region that they are of
_ITEM = 12  # sentences of the longest item of a list


class Scenes(NamedTuple):
    """What is asked of a sentence: whether it opens with a scene, or a time, of its own; whether a voice is of another land."""

    opens: Callable[[Sentence], bool]
    dated: Callable[[Sentence], bool]
    foreign: Callable[[Sentence, Voice], bool]


def carry(
    scan: Scan,
    sentences: list[Sentence],
    credits: dict[int, list[Credit]],
    scenes: Scenes,
    places: Places,
    body: bool,
) -> dict[int, Voice | None]:
    """The voice that a sentence without a credit of its own goes on under.

    What is told "according to" somebody is theirs as far as its paragraph goes; whoever is credited in the lead of a
    report may go on in the next ones. With `body` the page is a body's own, which tells whatever nobody else is
    credited with. An official of `places` tells of his own region.
    """
    carried: dict[int, Voice | None] = {}
    current: Voice | None = None
    above: Voice | None = None  # who speaks over a whole list
    bound = False
    for sentence in sentences:
        rows = credits[sentence.index]
        if new_passage(sentences, sentence) and (body or bound or scenes.opens(sentence)):
            current = None
        if body and _past_list(sentences, sentence):
            current = None
        if sentence.bullet:
            # Whoever is credited in one item says nothing of the next.
            above = current = above if _in_list(sentences, sentence) else current
        if scan.within("recall", sentence.start, sentence.start + _RECALLED):
            current = None  # what happened before is told by whoever publishes
        elif not rows and (
            scan.at(sentence.start, "scene_word")
            or scenes.dated(sentence)
            or (current is not None and _beyond(places, current, sentence))
            or (current is not None and _of_their_own(scan, current, sentence))
            or (
                current is not None
                and new_passage(sentences, sentence)
                and _of_the_others(scan, current, sentence)
            )
        ):
            current = None
        carried[sentence.index] = None if _impersonal(scan, sentence) else current
        if rows:
            current = rows[-1].voice
            bound = rows[-1].aside or sentence.paragraph > _LEAD
        elif sentence.heading:
            current = None
    for sentence in sentences:
        if credits[sentence.index] and scan.at(sentence.start, "closing"):
            _close(sentences, sentence, credits, carried)
    if not body:
        _told_behind(scan, sentences, credits, carried, scenes)
    _quoted(sentences, credits, quotations(scan), carried)
    return carried


def _of_their_own(scan: Scan, voice: Voice, sentence: Sentence) -> bool:
    """Whether a sentence opens with what a party's people or weapons did, by a name that none of theirs calls them.

    Their own officials tell of their army: «росіяни вдарили» is told by somebody else.
    """
    people = scan.within("nation", sentence.start, sentence.start + _SCENE)
    own = [f for f in people if voice.side is not None and f.term.get("side") == voice.side]
    if any("nom.pl" in f.tags and scan.at(f.start, "person") for f in own):
        return True
    sent = (scan.at(f.end, "weapon") for f in own if f.start == sentence.start)
    return any(w is not None and w.term.get("class") in _SENT for w in sent)


def _of_the_others(scan: Scan, voice: Voice, sentence: Sentence) -> bool:
    """Whether a paragraph opens with what another party's forces did, who tell of it themselves if anybody does."""
    opening = sentence.start, sentence.start + _ACTOR
    actors = [*scan.within("forces", *opening), *scan.within("voice", *opening)]
    acting = (f for f in actors if not scan.at(f.start - 1, "prep", "place_prep"))
    sides = {f.term.get("side") for f in acting if not f.tags or f.tags & _ACTING}
    sides -= {None, "none", "INT"}
    return voice.side not in (None, "INT") and bool(sides) and voice.side not in sides


def _beyond(places: Places, voice: Voice, sentence: Sentence) -> bool:
    """Whether a sentence is of other regions only than the one whose official speaks: he tells of his own."""
    near = places.between(voice.start - _SEAT, voice.end + _SEAT)
    seats = [m for m in near if m.role == "office" and _is_seat(m, voice)]
    own = {_region(m) for m in seats} - {""}
    rows = [m for m in places.by_sentence[sentence.index] if m.role == "in" and m.resolved]
    told = {_region(m) for m in rows} - {""}
    return bool(own and told) and not own & told


def _is_seat(mention: Mention, voice: Voice) -> bool:
    """Whether a place tells whose official a voice is: it stands in the voice's words or right beside them."""
    return voice.start - _SEAT <= mention.start and mention.end <= voice.end + _SEAT


def _region(mention: Mention) -> str:
    return mention.record.oblast_code or mention.record.code


def _told_behind(
    scan: Scan,
    sentences: list[Sentence],
    credits: dict[int, list[Credit]],
    carried: dict[int, Voice | None],
    scenes: Scenes,
) -> None:
    """Credits a sentence of nobody's to whom the next one of its paragraph names behind what it says.

    One of a day of its own is nobody's still, and one that tells of a town of another land than an office there is.
    """
    for sentence, after in pairwise(sentences):
        told = credits[after.index]
        here = not (sentence.heading or carried[sentence.index] or credits[sentence.index])
        if not here or not told or sentence.paragraph != after.paragraph or after.bullet:
            continue
        if (
            _impersonal(scan, sentence)
            or told[0].aside
            or (scenes.dated(after) and not scenes.dated(sentence))
        ):
            continue
        if scenes.foreign(sentence, told[0].voice):
            continue
        if scan.within("their_side", after.start, after.start + _SCENE):
            continue  # "on the Russian side, the governor said"
        if not (told[0].leading or _of_quotation(scan, after, told[0])):
            carried[sentence.index] = told[0].voice


def new_passage(sentences: list[Sentence], sentence: Sentence) -> bool:
    """Whether a paragraph of prose begins: what was said before it is not said of it."""
    if sentence.index == 0 or sentence.intro is not None or sentence.bullet:
        return False
    return sentence.line_start and not sentences[sentence.index - 1].colon


def _past_list(sentences: list[Sentence], sentence: Sentence) -> bool:
    """Whether a paragraph of prose begins behind a list of bullets, under the line that introduces the list."""
    if sentence.intro is None or sentence.bullet or not sentence.line_start:
        return False
    items = reversed(sentences[max(sentence.intro + 1, sentence.index - _ITEM) : sentence.index])
    last = next((s for s in items if s.bullet), None)
    return last is not None and last.paragraph < sentence.paragraph


def _in_list(sentences: list[Sentence], sentence: Sentence) -> bool:
    """Whether an item stands before a list item, and no paragraph of prose between them."""
    for before in reversed(sentences[max(0, sentence.index - _ITEM) : sentence.index]):
        if before.bullet:
            return True
        if before.line_start:
            return False
    return False


def of_earlier(times: Sequence[TimeMention], anchor: date | None) -> bool:
    """Whether the first day that a sentence names lies well before the report's own: it recalls something else."""
    days = (t for t in times if not (t.statement or t.since or t.weak))
    first = next(days, None)
    return first is not None and anchor is not None and (anchor - first.last).days > _LONG_AGO


def quotations(scan: Scan) -> list[tuple[int, int]]:
    """Spans of tokens between double quotation marks, five words or more; they may run over sentences."""
    spans, open_at = [], None
    for i, token in enumerate(scan.tokens):
        if (
            token.kind == "l"
            and open_at is not None
            and i + 1 < len(scan.tokens)
            and scan.tokens[i + 1].kind == "l"
        ):
            open_at = None
        if token.text != '"':
            continue
        if open_at is None:
            open_at = i
        elif i - open_at > 5:
            spans.append((open_at, i + 1))
            open_at = None
        else:
            open_at = None
    return spans


def _of_quotation(scan: Scan, sentence: Sentence, credit: Credit) -> bool:
    """Whether a sentence is a quotation with its speaker behind it, who said nothing of what stands before."""
    at = credit.start - 1
    while at > sentence.start and scan.tokens[at].text == ",":
        at -= 1
    return scan.tokens[sentence.start].text == '"' == scan.tokens[at].text


def _impersonal(scan: Scan, sentence: Sentence) -> bool:
    """Whether a sentence says of something that it was said, and not by whom: "No deaths were reported"."""
    for says in scan.within("says", sentence.start, sentence.end):
        aux = scan.at(says.start - 1, "aux")
        passive = aux is not None and not aux.term.get("perfect")
        if passive and aux is not None and says.end < sentence.end:
            return scan.tokens[says.end].kind == "p" or bool(scan.at(says.end, "place_prep"))
    return False


def _told_above(sentences: list[Sentence], closing: Sentence) -> list[int]:
    """The sentences before "this was reported by …", nearest first: its paragraph's, or the one above it."""
    at = closing.index
    first = at == 0 or sentences[at - 1].paragraph != closing.paragraph
    paragraph = sentences[at - 1].paragraph if first and at else closing.paragraph
    reach = range(at - 1, max(-1, at - 1 - _REACH), -1)
    return [n for n in reach if sentences[n].paragraph == paragraph]


def _close(
    sentences: list[Sentence],
    closing: Sentence,
    credits: dict[int, list[Credit]],
    carried: dict[int, Voice | None],
) -> None:
    """Credits what stands before "this was reported by …" to whom it names."""
    for index in _told_above(sentences, closing):
        if credits[index] or carried[index] or sentences[index].heading:
            return
        carried[index] = credits[closing.index][0].voice


def _quoted(
    sentences: list[Sentence],
    credits: dict[int, list[Credit]],
    quotes: list[tuple[int, int]],
    carried: dict[int, Voice | None],
) -> None:
    """Carries the voice of a quotation over all its sentences."""
    ends = [s.end for s in sentences]
    for start, end in quotes:
        first = bisect_right(ends, start)
        inside = [s for s in sentences[first : first + _REACH] if s.start < end]
        voices = [credits[s.index][0].voice for s in inside if credits[s.index]]
        if not voices and inside and inside[0].index > 0:
            previous = sentences[inside[0].index - 1]
            if previous.colon and credits[previous.index]:
                voices = [credits[previous.index][-1].voice]
        for s in inside:
            if voices and not credits[s.index]:
                carried[s.index] = voices[-1]
