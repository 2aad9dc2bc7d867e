"""How clean a text is: its words held against those that are wanted."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence

from tests.saved_pages import Page

from warledger.reading import Source, read

_WORD = re.compile(r"\w+")


def extracted(page: Page) -> str:
    """The text that reading takes out of a page; empty where it takes none, several reports joined."""
    found = read(["-"], stdin=io.BytesIO(page.data))
    return "\n".join(source.report.text for source in found if isinstance(source, Source))


def f1(text: str, page: Page) -> float:
    """Token-level F1 against the wanted lines, with the title or without it, whichever is better."""
    return max(_f1(text, page.wanted), _f1(text, [page.article.title, *page.wanted]))


def _f1(text: str, wanted: Sequence[str]) -> float:
    found, right = Counter(_WORD.findall(text)), Counter(_WORD.findall("\n".join(wanted)))
    shared = sum((found & right).values())
    return 2 * shared / (sum(found.values()) + sum(right.values())) if shared else 0.0
