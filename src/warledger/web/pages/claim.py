"""A claim: its words at their place, and every part that was drawn from them.

Enters: a visit. Leaves: an answer. Does not belong here: judging it.
"""

from __future__ import annotations

from warledger.model import Claim, StoredClaim
from warledger.web.answers import Answer, PageError, Visit
from warledger.web.pages.rows import COLUMNS, data, rows
from warledger.web.wording import Wording


def claim(visit: Visit) -> Answer:
    """The current claim of an id. Raises PageError where there is none."""
    stored = find(visit, visit.path["claim"])
    made, report = stored.claim, stored.source.report
    figure = visit.say.figure(made.quantity, made.evidence[0].quote)
    title = f"{figure} · {visit.say.what(made)}" if figure else visit.say.what(made)
    return Answer(
        template="claim.html",
        title=title,
        data=data(stored),
        columns=COLUMNS,
        rows=rows([stored]),
        shown={
            "stored": stored,
            "claim": made,
            "report": report,
            "decisions": visit.ledger.review.decisions([stored.id]),
            "standing": visit.ledger.review.standings([stored.id]).get(stored.id, "open"),
            "replies": [
                reply
                for reply in visit.ledger.replies.shown(report.id)
                if reply.claim_id == stored.id
            ],
            "facts": facts(made, visit.say, report.publisher),
        },
    )


def find(visit: Visit, claim_id: str) -> StoredClaim:
    """The current claim of that id. Raises PageError where there is none."""
    found = visit.ledger.browse.claim(claim_id, signed=visit.signed or -1)
    if found is None:
        raise PageError(404, "no current claim has that id; its report may have been read anew")
    return found


def facts(made: Claim, say: Wording, publisher: str | None) -> list[tuple[str, str]]:
    """Every part that the words settled, by name; what they leave open is left out."""
    parts = [
        (say("kind"), say.kind(made.kind)),
        (say("what was counted"), say.item(made)),
        (say("words used"), made.item.text or ""),
        (say("figure"), say.figure(made.quantity, made.evidence[0].quote)),
        (say("when"), say.period(made.time)),
        (say("words of time"), (made.time.text or "") if made.time else ""),
        (say("where"), ", ".join(_place(place.name, place.code) for place in made.places)),
        (say("done by"), made.actor.name if made.actor else ""),
        (say("says"), say.who(made.speaker, publisher)),
        (say("side of the speaker"), say.term(made.speaker.side or "-")),
        (say("told as"), say.term(made.modality)),
        *((name.replace("_", " "), _value(value, say)) for name, value in made.detail.items()),
        (say("rule"), made.rule),
    ]
    return [(name, value) for name, value in parts if value]


def _place(name: str, code: str | None) -> str:
    return f"{name} ({code})" if code else name


def _value(value: object, say: Wording) -> str:
    if isinstance(value, list):
        return ", ".join(_value(part, say) for part in value)
    return say.term(value) if isinstance(value, str) else str(value)
