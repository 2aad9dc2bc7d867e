"""Naming: persons whom no registry knows, by the roles that a report tells of them.

Enters: a `Scan`, the voices of each sentence. Leaves: a `Voice` for a name that stands alone later.
Does not belong here: persons whom the language data know (`voices`).
"""

from __future__ import annotations

import msgspec

from warledger.extraction.placing import Mention, Places
from warledger.extraction.scan import Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.voices import OWN, Voice

_APPOSED = 9  # tokens between a role and the comma behind which its holder is named
_FULL_NAME = 2
_STEM, _ENDING = 4, 3  # letters that two forms of a word have in common, and that they may end in


class Names:
    """The persons whom a report has named with a role, by their surnames."""

    def __init__(self) -> None:
        self._known: dict[str, Voice] = {}
        self._registered: dict[str, Voice] = {}
        self._heard: dict[str, str | None] = {}  # in the order in which each was heard last
        self._named: list[tuple[list[str], Voice]] = []
        self._placed: list[Mention] = []

    def learn(self, scan: Scan, sentence: Sentence, voices: list[Voice], places: Places) -> None:
        """Notes the full names beside the roles of a sentence: "Ivan Petrenko, head of the administration"."""
        self._placed = places.by_sentence[sentence.index]
        for voice in voices:
            if voice.nation or voice.outlet:
                continue
            if not voice.back:
                self._named.append(([t.text for t in scan.tokens[voice.start : voice.end]], voice))
            if not voice.weak or scan.within("nation", voice.start, voice.end):
                words = scan.original(voice.start, voice.end).casefold()
                self._heard.pop(words, None)
                self._heard[words] = voice.side
            if not voice.weak and voice.end - voice.start >= _FULL_NAME:
                self._registered[scan.tokens[voice.end - 1].text] = voice
            for start, end in _names_beside(scan, sentence, voice):
                if end - start >= _FULL_NAME:
                    self._known[scan.tokens[end - 1].text] = voice

    def knows(self, scan: Scan, start: int, end: int) -> bool:
        """Whether the report told before what office the bearer of a name holds."""
        surname = scan.tokens[end - 1].text
        return surname in self._registered or surname in self._known

    def of(self, scan: Scan, start: int, end: int) -> Voice | None:
        """The voice of a name in the sentence learnt last, at tokens `start` to `end`; None for a place's name.

        It has no side where no role was told of it.
        """
        surname = scan.tokens[end - 1].text
        if end - start == 1 and (voice := self._registered.get(surname)):
            return msgspec.structs.replace(voice, start=start, end=end)
        known = self._known.get(surname)
        if known is None and any(m.start < end and start < m.end for m in self._placed):
            return None
        name = " ".join(scan.original(start, end).split())
        return Voice(start, end, name, known.side if known else None, weak=True)

    def meant(self, scan: Scan, voice: Voice, last: Voice | None) -> Voice | None:
        """Whom a role means that refers back: the last one named by its own word, else who spoke last."""
        word = scan.tokens[voice.end - 1].text
        for words, named in () if last is OWN else reversed(self._named):
            if named.start < voice.start and any(_same_word(word, w) for w in words):
                return named
        return last

    def shortened(self, scan: Scan, voice: Voice) -> Voice:
        """The voice with the side of the body that its words shorten: "the Ukrainian Air Force … the air force"."""
        if not voice.weak or voice.nation or scan.within("nation", voice.start, voice.end):
            return voice
        words = scan.original(voice.start, voice.end).casefold()
        heard = reversed(self._heard.items())
        side = next((s for full, s in heard if _shortens(words, full)), None)
        return msgspec.structs.replace(voice, side=side) if side else voice


def _shortens(words: str, full: str) -> bool:
    """Whether words end or open a longer name: "the air force", «міністерство» of «Міністерство охорони здоров'я Лівану»."""
    return full.endswith(" " + words) or full.startswith(words + " ")


def _same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one, by the letters that they begin with."""
    size = max(_STEM, max(len(one), len(other)) - _ENDING)
    return len(one) >= _STEM and one[:size] == other[:size]


def _names_beside(scan: Scan, sentence: Sentence, voice: Voice) -> list[tuple[int, int]]:
    """The names that end a role's own words, or that a comma parts from it."""
    found = [(back_over_name(scan, voice.end, voice.start), voice.end)]
    for k in range(voice.start - 1, max(sentence.start, voice.start - _APPOSED) - 1, -1):
        if scan.tokens[k].kind != "w":
            if scan.tokens[k].text == ",":
                found.append((back_over_name(scan, k, sentence.start), k))
            break
    for k in range(voice.end, min(sentence.end, voice.end + _APPOSED)):
        if scan.tokens[k].kind != "w":
            end = over_name(scan, k + 1, sentence.end)
            if scan.tokens[k].text == "," and end < sentence.end and scan.tokens[end].kind == "p":
                found.append((k + 1, end))
            break
    return found


def back_over_name(scan: Scan, end: int, first: int) -> int:
    """Where the name begins that ends before token `end`: capitalised words that the lexicon does not know."""
    while end > first and _of_name(scan, end - 1):
        end -= 1
    return end


def over_name(scan: Scan, start: int, last: int) -> int:
    """Where the name ends that begins at token `start`."""
    while start < last and _of_name(scan, start):
        start += 1
    return start


def _of_name(scan: Scan, i: int) -> bool:
    token = scan.tokens[i]
    if token.kind != "w" or not token.capital or i in scan.starting:
        return False
    return all(f.end <= i for n in (1, 2, 3, 4) for f in scan.starting.get(i - n, ()))
