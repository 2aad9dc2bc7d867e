"""The prover: one report's page, made once, and the proof of each claim slot by slot.

Enters: a report and claims drawn from it by whatever means. Leaves: for each claim None (proved) or a
`Refusal`. Does not belong here: drawing claims, choosing between them.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from warledger import gazetteer
from warledger.gate.deed import deed_fault
from warledger.gate.figures import figures_of
from warledger.gate.moments import day, first_date, moments_of
from warledger.gate.page import Page
from warledger.gate.passage import placed_here, sums_up
from warledger.gate.places import Atlas, place_fault
from warledger.gate.quantity import quantity_fault
from warledger.gate.scene import Fault, Scene
from warledger.gate.shape import shape_fault
from warledger.gate.subject import subject_fault
from warledger.gate.timing import Timeline, time_fault
from warledger.gate.voices import speaker_fault
from warledger.gate.words import words_of
from warledger.languages import INTERNATIONAL
from warledger.model import Claim, Refusal, Report, Speaker

_TELLING = ("voice", "role", "nation", "press")  # words that tell who a publisher is

_OF_PLACES = frozenset({"place_control"})  # kinds that say nothing without a place
_BEYOND = frozenset({"places", "speaker", "model"})  # slots that a claim says something without
_SPANS = 50  # passages of one claim that are tried for a proof; a fact told more often is proved by them or not


def settle(
    report: Report, claims: Sequence[Claim]
) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """What `Prover.settle` keeps and refuses of a report's claims; a report without any is not cut up."""
    if not claims:
        return (), ()
    prover = Prover(report, report.lang or "")
    settled = prover.settle(claims)
    prover.page.forget()
    return settled


class Prover:
    """Proves claims against one report; the text is cut up once."""

    def __init__(self, report: Report, language: str) -> None:
        words = words_of(language)
        self.report = report
        voice = (report.credit[0] if report.credit else report.publisher) or ""
        heads = (report.title or "", voice)
        self.page = Page(report.text, words, title="\n".join(heads))
        self.publisher = _publisher_page(voice, language)
        self.figures = figures_of(self.page)
        published = day(report.published)
        anchor = published or first_date(self.page, self.figures)
        self.atlas = Atlas(self.page, gazetteer.load(language))
        self.timeline = Timeline(moments_of(self.page, self.figures, anchor), published)

    def prove(self, claim: Claim) -> Refusal | None:
        """None where the report's text proves every slot, else the first slot at fault."""
        for fault in self.faults(claim):
            return Refusal(claim, fault.slot, fault.reason)
        return None

    def settle(self, claims: Iterable[Claim]) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
        """The claims that are kept, and what was refused.

        A claim of which nothing but its places, its model or its speaker is unproved is kept without them, and its
        refusal stands beside it: what is told stands in the words, and where it happened, of what model the weapons
        were, whose side it is or who says so stays open.
        """
        kept, refused = [], []
        for claim in claims:
            faults = list(self.faults(claim))
            if not faults:
                kept.append(claim)
                continue
            refused.append(Refusal(claim, faults[0].slot, faults[0].reason))
            told = (c for c in _opened(claim, {f.slot for f in faults}) if not any(self.faults(c)))
            kept.extend(itertools.islice(told, 1))
        return tuple(kept), tuple(refused)

    def faults(self, claim: Claim) -> Iterator[Fault]:
        """Every slot of the claim that the report's text does not prove, evidence first."""
        if (fault := self._evidence_fault(claim)) is not None:
            yield fault
            return
        if (fault := shape_fault(claim)) is not None:
            yield fault
        spans = claim.evidence[:_SPANS]
        scenes = [Scene(self.page, self.figures, claim, e) for e in spans]
        for prove in (
            self._quantity,
            subject_fault,
            deed_fault,
            self._speaker,
            self._places,
            self._time,
        ):
            if (fault := _first_fault(prove, scenes)) is not None:
                yield fault

    def _evidence_fault(self, claim: Claim) -> Fault | None:
        if not claim.evidence:
            return Fault("evidence", "the claim has no evidence")
        for e in claim.evidence:
            if not e.quote.strip() or self.report.text[e.start : e.end] != e.quote:
                return Fault("evidence", f"the report does not hold {e.quote!r} at {e.start}")
            first, past = self.page.tokens(e.start, e.end)
            if first >= past:
                return Fault("evidence", f"{e.quote!r} holds no word and no number")
        return None

    def _quantity(self, scene: Scene) -> Fault | None:
        quantity = scene.claim.quantity
        return None if quantity is None else quantity_fault(scene, quantity)

    def _speaker(self, scene: Scene) -> Fault | None:
        return speaker_fault(scene, self.publisher, self.atlas)

    def _places(self, scene: Scene) -> Fault | None:
        if (fault := place_fault(scene, self.publisher, self.atlas)) is not None:
            return fault
        for place in scene.claim.places:
            if placed_here(scene, self.atlas, place):
                continue
            if not sums_up(scene, self.publisher, self.atlas, place):
                return Fault("places", f"{place.name} is not where the evidence's passage is set")
        return None

    def _time(self, scene: Scene) -> Fault | None:
        return time_fault(scene, self.timeline)


def _opened(claim: Claim, slots: set[str]) -> Iterator[Claim]:
    """The claim without what the slots at fault say beyond it, the fullest first; none where they are what it says."""
    if slots - _BEYOND or ("places" in slots and claim.kind in _OF_PLACES):
        return
    told = msgspec.structs.replace(
        claim,
        places=() if "places" in slots else claim.places,
        item=msgspec.structs.replace(claim.item, model=None) if "model" in slots else claim.item,
    )
    if "speaker" not in slots:
        yield told
        return
    for speaker in (
        msgspec.structs.replace(claim.speaker, side=None),
        Speaker(None, None, claim.speaker.via),
    ):
        yield msgspec.structs.replace(told, speaker=speaker)


def _first_fault(prove: Callable[[Scene], Fault | None], scenes: list[Scene]) -> Fault | None:
    """None where any span proves the slot, else what is wrong at the first one."""
    first: Fault | None = None
    for n, scene in enumerate(scenes):
        fault = prove(scene)
        if fault is None:
            return None
        if n == 0:
            first = fault
    return first


@functools.lru_cache(maxsize=256)
def _publisher_page(publisher: str, language: str) -> Page:
    """The publisher's name as a page, in the language that knows it; reports come in runs of one publisher."""
    page = Page(publisher, words_of(language))
    if publisher.isascii() and not any(page.hits.get(kind) for kind in _TELLING):
        abroad = Page(publisher, words_of(INTERNATIONAL))
        if any(abroad.hits.get(kind) for kind in _TELLING):
            return abroad
    return page


def prove(report: Report, claim: Claim, language: str) -> Refusal | None:
    """Proves one claim against its report; for many claims of one report, keep a `Prover`."""
    return Prover(report, language).prove(claim)
