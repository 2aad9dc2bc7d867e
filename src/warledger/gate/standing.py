"""Where each slot of a proved claim stands in its report: what the rule matched, who is credited, when, where.

Enters: a prover, a claim. Leaves: a `Trace` a slot, for whoever asks why. Does not belong here: the proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from warledger.gate.credits import Credit, credits_in, is_of
from warledger.gate.deed import FRAMES
from warledger.gate.prover import Prover
from warledger.gate.rivals import frame_of
from warledger.gate.scene import Scene, Spot
from warledger.gate.voices import name_spans
from warledger.model import Claim, Trace

_BACK = 3  # sentences before the evidence in which its verb may stand


def standing(prover: Prover, claim: Claim) -> tuple[Trace, ...]:
    """How the claim's slots are found, in the order: what happened, who says so, when, where."""
    scene = Scene(prover.page, prover.figures, claim, claim.evidence[0])
    return (
        *_deed(scene),
        *_speaker(scene, prover),
        *_time(scene, prover),
        *_places(scene),
    )


def _deed(scene: Scene) -> Iterator[Trace]:
    wanted = FRAMES.get(scene.claim.kind, frozenset())
    for first, past in scene.layers(_BACK):
        hits = [h for h in scene.page.among("predicate", first, past) if frame_of(h) in wanted]
        if hits:
            hit = min(hits, key=scene.distance)
            yield _trace(scene, hit.first, hit.last, f"tells {scene.claim.kind}")
            return


def _speaker(scene: Scene, prover: Prover) -> Iterator[Trace]:
    speaker, page = scene.claim.speaker, scene.page
    if speaker.name is None:
        yield Trace(0, 0, "", "speaker: nobody is credited with it")
        return
    own = name_spans(page, speaker.name)
    if credit := _credit(scene, own):
        yield _trace(scene, credit.low, credit.high, f"speaker: {speaker.name} is credited")
    elif prover.publisher.names(speaker.name) or name_spans(prover.publisher, speaker.name):
        yield Trace(0, 0, "", f"speaker: {speaker.name} speaks on its own page")
    elif own:
        spot = _nearest(scene, own)
        yield _trace(scene, spot.first, spot.last, f"speaker: {speaker.name} is named")


def _credit(scene: Scene, own: list[tuple[int, int]]) -> Credit | None:
    """The credit nearest to the evidence that is the speaker's."""
    page = scene.page
    last = page.sentence[scene.past - 1]
    earlier = [scene.before(i) for i in range(scene.sentence - 1, -1, -1)]
    later = [page.span(i) for i in range(last + 1, len(page.first_of))]
    for span in (scene.around, *earlier, *later):
        found = [c for c in credits_in(page, span, own) if is_of(c, own)]
        if found:
            return min(found, key=lambda c: scene.distance(Spot(c.low, c.high)))
    return None


def _time(scene: Scene, prover: Prover) -> Iterator[Trace]:
    period = scene.claim.time
    if period is None:
        yield Trace(0, 0, "", "time: no words settle it")
        return
    span = f"{period.start} to {period.end}"
    pieces = [p.strip() for p in (period.text or "").replace("...", "…").split("…") if p.strip()]
    for piece in pieces:
        if spots := _tokens(scene, piece):
            spot = _nearest(scene, spots)
            yield _trace(scene, spot.first, spot.last, f"time: {span}")
    if not pieces and prover.timeline.published is not None:
        day = prover.timeline.published.isoformat()
        yield Trace(0, 0, "", f"time: {span}, by the event of its passage or publication on {day}")


def _places(scene: Scene) -> Iterator[Trace]:
    for place in scene.claim.places:
        known = f"place: {place.name}" + (f" ({place.code})" if place.code else "")
        if spots := _tokens(scene, place.text):
            spot = _nearest(scene, spots)
            yield _trace(scene, spot.first, spot.last, known)
        elif place.text in scene.page.title:
            yield Trace(0, 0, place.text, f"{known}, by the headline or the publisher")


def _tokens(scene: Scene, words: str) -> list[tuple[int, int]]:
    page = scene.page
    ends = (page.tokens(at, at + len(words)) for at in page.spots(words))
    return [(first, max(first, past - 1)) for first, past in ends]


def _nearest(scene: Scene, spans: Iterable[tuple[int, int]]) -> Spot:
    return min((Spot(*span) for span in spans), key=scene.distance)


def _trace(scene: Scene, first: int, last: int, note: str) -> Trace:
    page = scene.page
    start, end = page.starts[first], page.ends[last]
    return Trace(start, end, page.text[start:end], f"{note}, {_where(scene, first, last)}")


def _where(scene: Scene, first: int, last: int) -> str:
    """Where words stand from the evidence: inside it, in its sentence, so many sentences before or behind."""
    page = scene.page
    if scene.first <= first and last < scene.past:
        return "in the evidence"
    if scene.around[0] <= first < scene.around[1]:
        return "in the same sentence"
    if first < scene.first:
        back = scene.sentence - page.sentence[first]
        return "in the sentence before" if back == 1 else f"{back} sentences before"
    on = page.sentence[first] - page.sentence[scene.past - 1]
    return "in the next sentence" if on == 1 else f"{on} sentences behind"
