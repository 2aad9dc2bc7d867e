"""Search results in the terminal.

Enters: reports found, with the passage around the words. Leaves: nothing; the console is written to.
Does not belong here: searching.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

Row = tuple[str, str | None, str | None, str | None, str]


def show(rows: Sequence[Row], console: Console) -> None:
    """Write each report's title, publisher, date and id, and the passage with the words found marked."""
    for report_id, title, publisher, published, passage in rows:
        heading = Text(title or report_id, style="bold")
        for part in (publisher, published, report_id if title else None):
            if part:
                heading.append(f" · {part}", style="not bold dim")
        console.print(heading)
        console.print(Padding(_passage(passage), (0, 0, 1, 2)))


def _passage(passage: str) -> Text:
    """The passage; the words found stand between U+0002 and U+0003."""
    text = Text()
    for n, piece in enumerate(re.split("[\x02\x03]", " ".join(passage.split()))):
        text.append(piece, style="bold underline" if n % 2 else "")
    return text
