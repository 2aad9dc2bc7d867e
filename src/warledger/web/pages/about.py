"""What this is, which formats it gives, and how to read it by program.

Enters: a visit. Leaves: an answer. Does not belong here: the formats themselves (`exports/`).
"""

from __future__ import annotations

from warledger.exports import FORMATS
from warledger.web.answers import Answer, Visit


def about(visit: Visit) -> Answer:
    """Counts, the chain's head, formats, the API."""
    counts = visit.ledger.counts()
    seal = visit.ledger.seal()
    return Answer(
        template="about.html",
        title=visit.say("About, data and API"),
        data={"counts": counts, "head": seal},
        columns=("name", "count"),
        rows=sorted(counts.items()),
        shown={"counts": counts, "seal": seal, "formats": sorted(FORMATS)},
    )
