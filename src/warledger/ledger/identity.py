"""What stays the same when a report is edited: the identity of its source.

Enters: a report. Leaves: a name for its source. Does not belong here: which version is the latest (`queries`).
"""

from __future__ import annotations

from warledger.canonical import canonical_url
from warledger.model import Report


def source_of(report: Report, original_sha256: str) -> str:
    """The source's name: the report's own id, or its address where the id was made up from its content.

    A report read from a file gets an id that ends in the first eight digits of the original's hash: an edited page
    has another id, and only its address says that it is the same page. An id that the source gave (a channel and
    message number, an id in a JSON-lines file) names the source by itself; several such reports can share an address.
    """
    if report.url and report.id.endswith(f"-{original_sha256[:8]}"):
        return canonical_url(report.url) or report.id
    return report.id
