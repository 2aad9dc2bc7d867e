"""Keeping Python's collector of lost cycles out of a reading.

Enters and leaves: nothing. Does not belong here: how a report is read (`pipeline`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Lets Python look for cycles that nobody holds only between two reports: reading one makes none.

    The search goes over the whole lexicon again and again, and takes a tenth of a long run.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
