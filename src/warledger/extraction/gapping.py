"""Places whose verb is left out behind a dash: «одни освободили Х, другие – Y и Z».

Enters: the places that a verb is said of, and those of its sentence. Leaves: the places of the same verb in the parts
behind. Does not belong here: a list of one part (`siting`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Scan
from warledger.extraction.siting import joined_places

_SUBJECT = 7  # tokens from a list to the dash behind a new subject
_OPENS = 2  # tokens from the dash to the first place


def more(
    scan: Scan, clause: Clause, chosen: list[Mention], rows: list[Mention], every: list[Mention]
) -> list[Mention]:
    """The places of the parts behind the last of `chosen`; `rows` are those that may be joined, `every` all."""
    out: list[Mention] = []
    last = chosen[-1].end
    while (dash := _dash(scan, clause, last)) is not None:
        behind = [m for m in rows if dash < m.lead <= dash + _OPENS and m.role == "bare"]
        if not behind:
            break
        found = joined_places(scan, rows, behind, every)
        out.extend(found)
        last = found[-1].end
    return out


def _dash(scan: Scan, clause: Clause, last: int) -> int | None:
    """The dash behind a comma and a new subject, with no verb between."""
    stop = min(last + _SUBJECT, clause.sentence.end)
    parted = False
    for i in range(last, stop):
        text = scan.tokens[i].text
        if text in ",;":
            parted = True
        elif text == "–":
            return i if parted else None
        elif text in ".:" or any(p.start == i for p in clause.predicates):
            return None
    return None
