"""Reading recorded reports again by the present rules, and what that changes.

Enters: a ledger. Leaves: for each report that these rules have not read, the claims that appear, change and vanish; with
`apply` another reading in the ledger beside the earlier ones. Does not belong here: how a report is read (`pipeline`).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from warledger import extraction, languages, pipeline
from warledger.errors import ExtractionError
from warledger.ledger import Difference, Ledger, differences
from warledger.reading import Failure


class Reread(msgspec.Struct, frozen=True):
    """One report read anew: which claims appear, change and vanish against the latest reading recorded."""

    report_id: str
    difference: Difference


def reread(ledger: Ledger, *, apply: bool) -> Iterator[Reread | Failure]:
    """Draw the claims of every latest version anew where this engine has not with these rules, in order.

    With `apply` each reading is recorded beside the earlier ones as it comes; what is recorded is passed over by the
    next run. Raises `LedgerError` where it cannot be written.
    """
    by = {"engine_version": extraction.ENGINE_VERSION, "rules_version": languages.rules_version()}
    for entry in ledger.unread(**by):
        before = ledger.reading(entry)
        report = before.source.report
        try:
            proved, refused, _ = pipeline.draw(report)
        except ExtractionError as error:
            yield Failure(report.id, None, str(error))
            continue
        if apply:
            ledger.read_again(before.source.version, claims=proved, refusals=refused, **by)
        yield Reread(report.id, differences([c.claim for c in before.claims], proved))
