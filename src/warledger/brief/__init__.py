"""The brief: a day or a period told in sections, every figure with a numbered citation.

Enters: recorded claims. Leaves: a `Brief` and its Markdown, HTML and JSON. Does not belong here: the ledger, and
any choice between sources: figures that differ stand side by side.
"""

from __future__ import annotations

import msgspec

from warledger.brief.html import to_html
from warledger.brief.markdown import to_markdown
from warledger.brief.records import Brief, Cell, Citation, Picture, Section, Table
from warledger.brief.sections import brief, told_in


def to_json(made: Brief) -> str:
    """The brief as JSON, indented by two spaces."""
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


__all__ = [
    "Brief",
    "Cell",
    "Citation",
    "Picture",
    "Section",
    "Table",
    "brief",
    "to_html",
    "to_json",
    "to_markdown",
    "told_in",
]
