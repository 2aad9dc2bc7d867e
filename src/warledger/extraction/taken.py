"""Which words of a report claims of a kind rest on already, asked without going through all of them.

Enters: kinds and evidence. Leaves: whether a piece of evidence overlaps one noted. Does not belong here: what is
drawn from words (`comparing`, `nuclear`, `positions`).
"""

from __future__ import annotations

from collections.abc import Iterable

from warledger.model import Evidence

_STRETCH = 500  # characters of a text whose evidence is kept together


class Taken:
    """Evidence by its kind of claim and the stretches of the text that it lies in."""

    def __init__(self, told: Iterable[tuple[str, Evidence]]) -> None:
        self._rows: dict[tuple[str, int], list[Evidence]] = {}
        for kind, evidence in told:
            self.add(kind, evidence)

    def add(self, kind: str, evidence: Evidence) -> None:
        """Notes that a claim of the kind rests on the evidence."""
        for at in _stretches(evidence):
            self._rows.setdefault((kind, at), []).append(evidence)

    def hold(self, kind: str, own: Evidence) -> bool:
        """Whether some words of the evidence are noted for the kind."""
        rows = (e for at in _stretches(own) for e in self._rows.get((kind, at), ()))
        return any(own.start < e.end and e.start < own.end for e in rows)


def _stretches(evidence: Evidence) -> range:
    return range(evidence.start // _STRETCH, evidence.end // _STRETCH + 1)
