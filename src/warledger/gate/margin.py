"""How near a proved claim was to refusal: what the gate had to fetch from outside of the claim's own sentences.

Enters: a report and a claim of it. Leaves: the slots that its sentences alone do not prove. Does not belong here: the
proof itself (`prover`), what is made of the margin.
"""

from __future__ import annotations

import msgspec

from warledger.gate.prover import Prover
from warledger.model import Claim, Evidence, Report

TRIED = 5
"""Passages of a claim that are tried: a slot that one of them proves alone is not borrowed."""


def borrowed(report: Report, claim: Claim, language: str) -> tuple[str, ...]:
    """The slots of a claim that no sentence of its evidence proves without the rest of the report, sorted."""
    page = Prover(report, language).page
    found: set[str] | None = None
    for piece in claim.evidence[:TRIED]:
        first, past = page.tokens(piece.start, piece.end)
        if first >= past:
            continue
        start = page.starts[page.span(page.sentence[first])[0]]
        end = max(piece.end, page.ends[page.span(page.sentence[past - 1])[1] - 1])
        start = min(start, piece.start)
        alone = msgspec.structs.replace(report, text=report.text[start:end], title=None)
        moved = Evidence(piece.start - start, piece.end - start, piece.quote)
        told = msgspec.structs.replace(claim, evidence=(moved,))
        slots = {fault.slot for fault in Prover(alone, language).faults(told)}
        found = slots if found is None else found & slots
    return tuple(sorted(found or ()))
