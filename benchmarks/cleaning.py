"""How clean the text of saved pages is, beside bare trafilatura on the same pages: `python benchmarks/cleaning.py`.

Reads the pages of `tests/saved_pages.py` and `tests/saved_pages_fresh.py`, prints for each the token-level F1 of both against the wanted text, whether a
sentence of the site's furniture stands in the text, and the means. Both are measured in one run.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.cleaning import extracted, f1
from tests.saved_pages import Page, pages
from tests.saved_pages_fresh import fresh


def bare(page: Page) -> str:
    """What trafilatura takes out by itself, as its documentation shows it first."""
    return trafilatura.extract(page.data) or ""


def main() -> None:
    logging.disable(logging.CRITICAL)
    extracted(pages()[0])  # loads what both need
    compare("shapes that the reader was mended with", pages())
    compare("fresh shapes", fresh())


def compare(name: str, every: list[Page]) -> None:
    """Print both ways for each page, and their means."""
    ways: dict[str, Callable[[Page], str]] = {"warledger": extracted, "bare trafilatura": bare}
    print(f"\n{name:40} {'warledger':>18} {'bare trafilatura':>18}")
    scores: dict[str, list[float]] = {way: [] for way in ways}
    soiled = dict.fromkeys(ways, 0)
    seconds = dict.fromkeys(ways, 0.0)
    for page in every:
        row = f"{page.name:40}"
        for way, take in ways.items():
            start = time.perf_counter()
            text = take(page)
            seconds[way] += time.perf_counter() - start
            furniture = sum(sentence in text for sentence in page.furniture)
            soiled[way] += furniture
            scores[way].append(f1(text, page))
            row += f" {scores[way][-1]:10.3f} {f'{furniture} lines' if furniture else '':>7}"
        print(row)
    for way, found in scores.items():
        print(
            f"{way}: mean F1 {sum(found) / len(found):.3f}, least {min(found):.3f}, "
            f"{soiled[way]} sentences of furniture, {len(found) / seconds[way]:.0f} pages/s"
        )


if __name__ == "__main__":
    main()
