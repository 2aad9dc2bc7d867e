"""Rendering: readings in, what a person sees out, in the terminal or as one HTML page.

Enters: reports with their claims. Leaves: text. Does not belong here: drawing claims, storing them,
choosing between speakers.
"""

from __future__ import annotations

import msgspec

from warledger.model import Claim, Refusal, Report, Trace


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One report ready to be shown: what was drawn from it, what was refused, and the trace.

    `found` tells of each claim, in their order, how its slots were found; empty where nobody asks.
    """

    report: Report
    claims: tuple[Claim, ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Trace, ...] = ()
    found: tuple[tuple[Trace, ...], ...] = ()

    def found_of(self, claim: Claim) -> tuple[Trace, ...]:
        """How the slots of one of the claims were found."""
        return self.found[self.claims.index(claim)] if self.found else ()
