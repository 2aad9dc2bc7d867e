"""Positions told by their wordings: demands, refusals, orders, offers, intentions, justifications, denials.

Enters: passages and who says what. Leaves: `Event`s of `position`, one a sentence, each its whole sentence.
Does not belong here: verbs of the lexicon that take a position by themselves (`events`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warledger.extraction.attribution import Attribution
from warledger.extraction.event import Event
from warledger.extraction.scan import Found

if TYPE_CHECKING:
    from warledger.extraction.statements import Passage

# Stances that only somebody credited takes: a narrator's own "in response to" justifies nothing.
_CREDITED = frozenset({"justifies"})


def found(passage: Passage, attribution: Attribution) -> Iterator[Event]:
    """The position that a sentence tells: the first wording that somebody holds."""
    sentence = passage.sentence
    if any(p.term.get("frame") == "legal" for p in passage.clause.predicates):
        return
    for word in passage.words.of("stance"):
        if not _held(passage, attribution, word):
            continue
        start = sentence.start
        while start < sentence.end and passage.scan.tokens[start].kind not in "wn":
            start += 1
        detail = {"stance": word.term.get("stance")}
        yield Event("position", word, start, sentence.end, [], detail, modality="asserted")
        return


def _held(passage: Passage, attribution: Attribution, word: Found) -> bool:
    """Whether anybody who can hold a position is credited with a wording, is its subject, or says "we"."""
    if word.term.get("own") or attribution.at(passage.sentence, word.start)[0].name is not None:
        return True
    if word.term.get("stance") in _CREDITED:
        return False
    return attribution.subject(passage.sentence, word.start) is not None
