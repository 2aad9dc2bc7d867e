"""Where claims stand in a text: cuts the text at the ends of their evidence, and finds a quote's sentence.

Enters: a report's text and its claims' evidence. Leaves: pieces of that text, in order, that join to the
whole again. Does not belong here: markup, the extractor's own idea of a sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from warledger.model import Claim, Evidence

_STOP = re.compile(r"[.!?…]+[\"'”»’)]*\s+|\n+")
_REACH = 160


class Piece(msgspec.Struct, frozen=True):
    """A run of text under the same claims: `covers` are their indexes, the innermost last.

    `opens` are the claims whose first evidence begins here, `ends` those with evidence that ends here.
    """

    text: str
    covers: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def cut(text: str, claims: Sequence[Claim], breaks: Iterable[int] = ()) -> list[Piece]:
    """Cut `text` wherever evidence begins or ends, or at `breaks`; nested and overlapping spans are kept.

    A span outside the text is left out. The pieces' texts join to `text`.
    """
    spans = [
        (evidence.start, evidence.end, index)
        for index, claim in enumerate(claims)
        for evidence in claim.evidence
        if 0 <= evidence.start < evidence.end <= len(text)
    ]
    edges = {0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)}
    bounds = sorted(edges | {point for point in breaks if 0 < point < len(text)})
    starting, ending = _at(spans, 0), _at(spans, 1)
    first = {index: min(e.start for e in claims[index].evidence) for _, _, index in spans}
    open_spans: list[tuple[int, int, int]] = []
    pieces = []
    for left, right in pairwise(bounds):
        open_spans = [span for span in open_spans if span[1] > left] + starting[left]
        longest_first = sorted(open_spans, key=lambda span: span[0] - span[1])
        pieces.append(
            Piece(
                text[left:right],
                _unique(span[2] for span in longest_first),
                _unique(index for _, _, index in starting[left] if first[index] == left),
                _unique(index for _, _, index in ending[right]),
            )
        )
    return pieces


def _at(
    spans: Sequence[tuple[int, int, int]], side: int
) -> defaultdict[int, list[tuple[int, int, int]]]:
    found: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for span in spans:
        found[span[side]].append(span)
    return found


def _unique(indexes: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(indexes))


def sentence(text: str, evidence: Evidence) -> tuple[int, int]:
    """Offsets of the sentence or line around `evidence`, at most 160 characters to either side of it."""
    start = max(0, evidence.start - _REACH)
    for stop in _STOP.finditer(text, start, evidence.start):
        start = stop.end()
    limit = min(len(text), evidence.end + _REACH)
    stop_after = _STOP.search(text, max(evidence.start, evidence.end - 1), limit)
    end = stop_after.end() if stop_after else limit
    while start > 0 and start < evidence.start and text[start - 1].isalnum():
        start += 1
    while end < len(text) and end > evidence.end and text[end].isalnum():
        end -= 1
    return start, max(end, evidence.end)
