"""Credits without a verb of saying: a colon, a bulletin's heading, figures that are somebody's, a dash at the end.

Enters: a `Scan`, a sentence, its voices. Leaves: the credit that its form gives, or none. Does not belong here: verbs of
saying and words such as "according to" (`attribution`).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from warledger.extraction.scan import Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.voices import Credit, Voice

_REACH = 9
_OPENING = 7
_LABEL = 9  # tokens of a line that only names who speaks
_SAID = 3  # tokens behind a verb of saying in which the word stands that opens what is said
_TELLS = ("predicate", "says", "according")


def announced(scan: Scan, sentence: Sentence, voices: list[Voice]) -> list[Credit]:
    """The credit that a sentence's form gives, where no word of saying gives one."""
    voices = [v for v in voices if not v.heard]
    if not voices:
        return []
    for form in (_announced, _bulletin, _labelled, _figured, _signed):
        if (credit := form(scan, sentence, voices)) is not None:
            return [msgspec.structs.replace(credit, voice=_strongest(voices, credit.voice))]
    return []


def gapped(scan: Scan, sentence: Sentence, told: list[Credit]) -> Iterator[tuple[int, int]]:
    """Where the parts of a sentence open whose verb of saying a dash leaves out: «Делі каже, що …, а Ісламабад – що …».

    Each is the dash's token and that behind the word which what is said begins with, one that the verb has too.
    """
    if not told:
        return
    first = min(c.end for c in told)
    opening = [range(c.end, min(c.end + _SAID, sentence.end)) for c in told]
    words = {scan.tokens[k].text for row in opening for k in row}
    for k in range(first + 1, sentence.end - 1):
        if scan.tokens[k].text != "–" or scan.tokens[k + 1].text not in words:
            continue
        if (opens := scan.at(k + 1, "that", "prep", "place_prep")) is not None:
            yield k, opens.end


def _strongest(voices: list[Voice], voice: Voice) -> Voice:
    """The registered holder of an office, where the office's own words name one: "Mayor Vitali Klitschko"."""
    held = [v for v in voices if not v.weak and voice.start <= v.start < v.end <= voice.end]
    return held[0] if voice.weak and held else voice


def _beside(scan: Scan, voice: Voice) -> bool:
    """Whether something only happened beside a body: «удар біля лікарні: поранено двох»."""
    lead = scan.at(voice.start - 1, "place_prep") if voice.start else None
    return lead is not None and bool(lead.term.get("near"))


def _announced(scan: Scan, sentence: Sentence, voices: list[Voice]) -> Credit | None:
    """A body or person that opens a sentence whose colon announces what it has to say."""
    opening = [v for v in voices if v.start - sentence.start <= _OPENING and not v.nation]
    if not opening or opening[0].led or _beside(scan, opening[0]):
        return None
    if any(
        f.term.group != "noun" for f in scan.within("predicate", sentence.start, opening[0].start)
    ):
        return None  # «ракета влучила в лікарню: поранено двох»
    for k in range(opening[0].end, sentence.end - 2):
        if scan.tokens[k].text == ":":
            if any(f.term.group != "noun" for f in scan.within("predicate", opening[0].end, k)):
                return None  # "air defence had downed 475 targets: …" tells what they did
            if scan.verbs and scan.tokens[opening[0].end].text.endswith(scan.verbs):
                return None  # so does a verb that no list knows
            return Credit(opening[0], opening[0].start, k, True)
    return None


def _bulletin(scan: Scan, sentence: Sentence, voices: list[Voice]) -> Credit | None:
    """Whose bulletin a heading or opening names: "The ministry's daily report", «Сводка Минобороны»."""
    for f in scan.within("statement", sentence.start, sentence.start + _REACH):
        if any(p.term.get("own") for p in scan.within("pronoun", sentence.start, f.start)):
            return None  # "we counted the air force's bulletins"
        for voice in voices:
            if 0 <= voice.start - f.end <= 1 and not voice.nation:
                return Credit(voice, f.start, voice.end, True)
    return None


def _labelled(scan: Scan, sentence: Sentence, voices: list[Voice]) -> Credit | None:
    """The voice of a line that only tells who speaks and of what: "08:50. The governor about the suburbs."."""
    if sentence.heading or sentence.end - sentence.start > _LABEL:
        return None
    told = any(
        f.term.group != "noun"
        for kind in _TELLS
        for f in scan.within(kind, sentence.start, sentence.end)
    )
    for voice in voices:
        dash = voice.end < sentence.end and scan.tokens[voice.end].text == "–"
        about = scan.at(voice.end + dash, "prep", "place_prep") is not None
        opens = all(scan.tokens[k].kind != "w" for k in range(sentence.start, voice.start))
        closed = all(scan.tokens[k].kind == "p" for k in range(voice.end, sentence.end))
        if opens and not (told or voice.nation or voice.back) and (about or closed):
            return Credit(voice, voice.start, sentence.end, True)
    return None


def _figured(scan: Scan, sentence: Sentence, voices: list[Voice]) -> Credit | None:
    """Whose figures close a sentence or stand between marks: "… – such are the air force's figures"."""
    for f in scan.within("statement", sentence.start, sentence.end):
        if any(p.term.get("own") for p in scan.within("pronoun", sentence.start, f.start)):
            return None
        for voice in voices:
            ends = voice.end >= sentence.end or scan.tokens[voice.end].kind == "p"
            if 0 <= voice.start - f.end <= 1 and ends and not voice.nation:
                return Credit(voice, f.start, voice.end, False)
    return None


def _signed(scan: Scan, sentence: Sentence, voices: list[Voice]) -> Credit | None:
    """The voice behind the dash that ends a headline or the first sentence of a line: "Two hurt in Kherson – governor"."""
    if not (sentence.line_start or sentence.bullet):
        return None
    last = sentence.end
    while last > sentence.start and scan.tokens[last - 1].kind == "p":
        last -= 1
    for voice in reversed(voices):
        at = voice.start - 1
        opens = at - sentence.start > 2 and scan.tokens[at].text == "–"
        if opens and last - voice.end <= 2 and not (voice.nation or voice.back):
            return Credit(voice, voice.start, voice.end, False)
    return None
