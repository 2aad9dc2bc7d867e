"""Where a claim is proved: one span of its evidence on its page, and what stands around it.

Enters: a page, a claim, a span. Leaves: a `Scene`: the span's tokens, its sentence, the layers of
text around it from the nearest outwards. Does not belong here: the judgement of any slot.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from warledger.gate.figures import Figure, window
from warledger.gate.page import Page
from warledger.gate.words import Hit
from warledger.model import Claim, Evidence

# Weights of what parts two phrases, tried on annotated reports: a wide range serves as well.
_BREAK_COST, _FIGURE_COST, _LAYER_COST = 6, 6, 25
_REACH = 200  # tokens; a sentence without an end is no sentence
_TOLD = 2  # sentences back in which a noun such as "the region" may stand
_NEGATION_REACH = 3
_TRANSPARENT = ("article", "more", "all", "adverb", "each", "conj")


Layers = tuple[tuple[int, int], ...]


class Fault(NamedTuple):
    """A slot that is not proved, and why in one sentence."""

    slot: str
    reason: str


class Spot(NamedTuple):
    """The first and the last token of a name."""

    first: int
    last: int


class Scene:
    """One span of evidence of one claim, seen on its page."""

    def __init__(self, page: Page, figures: list[Figure], claim: Claim, evidence: Evidence) -> None:
        self.page = page
        self.claim = claim
        self.all_figures = figures
        self.first, self.past = page.tokens(evidence.start, evidence.end)
        self.figures = window(figures, self.first, self.past)
        self.sentence = page.sentence[self.first]
        low, high = page.span(self.sentence)[0], page.span(page.sentence[self.past - 1])[1]
        self.around = max(low, self.first - _REACH), min(high, self.past + _REACH)
        """The tokens of the sentences that the evidence lies in, as far as they are in reach."""
        self._layers: dict[int, Layers] = {}

    @cached_property
    def part(self) -> tuple[int, int]:
        """The tokens between the semicolons around the evidence."""
        first, past = self.around
        marks = [at for at in range(first + 1, past) if ";" in self.page.gaps[at]]
        before = [at for at in marks if at <= self.first]
        behind = [at for at in marks if at >= self.past]
        return (before[-1] if before else first), (behind[0] if behind else past)

    def told(self) -> list[tuple[int, int]]:
        """The tokens of the evidence's sentences, and of those before them in its paragraph, the nearest first."""
        page, here = self.page, self.sentence
        earlier = range(here - 1, max(-1, here - 1 - _TOLD), -1)
        same = [s for s in earlier if page.paragraph[s] == page.paragraph[here]]
        return [self.around, *map(self.before, same)]

    def before(self, sentence: int) -> tuple[int, int]:
        """The tokens of an earlier sentence, as far back from its end as is in reach."""
        first, past = self.page.span(max(0, sentence))
        return max(first, past - _REACH), past

    def layers(self, back: int = 2) -> Layers:
        """Token spans from the nearest outwards: evidence, its sentences, list head, those before."""
        known = self._layers.get(back)
        if known is None:
            known = self._layers[back] = tuple(self._spans(back))
        return known

    def _spans(self, back: int) -> list[tuple[int, int]]:
        spans = [(self.first, self.past), self.around]
        head = self.page.head[self.sentence]
        if head >= 0:
            spans.append(self.before(head))
        earlier = range(self.sentence - 1, max(-1, self.sentence - 1 - back), -1)
        spans.extend(self.before(s) for s in earlier)
        return spans

    def distance(self, hit: Hit | Spot, layer: int = 1) -> int:
        """How far a phrase stands from the evidence: the tokens between, marks and figures for more.

        `layer` is the number of the layer it was found in; each one beyond the sentence adds to it.
        """
        if self.first <= hit.first < self.past:
            return 0
        if hit.last < self.first:
            low, high = hit.last + 1, self.first
        else:
            low, high = self.past, hit.first
        breaks = sum(self.page.breaks[low : high + 1])
        figures = len(window(self.all_figures, low, high))
        beyond = _LAYER_COST * max(0, layer - 1)
        return high - low + 1 + _BREAK_COST * breaks + _FIGURE_COST * figures + beyond

    def transparent(self, at: int) -> bool:
        """Whether a token may stand between a bound word and its number without parting them."""
        low = max(0, at - 2)
        return any(
            h.last >= at for kind in _TRANSPARENT for h in self.page.among(kind, low, at + 1)
        )

    def among(self, kind: str) -> list[Hit]:
        """The hits of a type that begin inside the evidence."""
        return self.page.among(kind, self.first, self.past)

    def counts_nothing(self) -> bool:
        """Whether the evidence itself counts nothing ("no drones", "nobody")."""
        return bool(self.among("zero") or self.among("nobody"))

    def negated(self, first: int, past: int) -> bool:
        """Whether a negation stands among the tokens or right before them, in one clause with them."""
        page = self.page
        for hit in page.among("negation", max(0, first - _NEGATION_REACH), past):
            if hit.last >= first:
                return True
            between = range(hit.last + 1, first + 1)
            same = page.sentence[hit.last] == page.sentence[first]
            if same and not any(page.breaks[at] for at in between):
                return True
        return False
