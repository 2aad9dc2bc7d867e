"""Keeping Python's collector of lost cycles out of what makes many objects and no cycles: a load, a reading.

Enters and leaves: nothing. Does not belong here: what is loaded or read meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Lets Python look for cycles that nobody holds only before and behind.

    The search goes over all objects again and again: it took half the time of a load, and a tenth of a long run.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
