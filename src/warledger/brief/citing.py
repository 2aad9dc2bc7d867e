"""Numbered citations: one number for each passage cited.

Enters: recorded claims. Leaves: citation numbers, and the list of citations. Does not belong here: tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from warledger.brief import words
from warledger.brief.records import Cell, Citation
from warledger.model import Finding, StoredClaim

AROUND = 60


class Citer:
    """Numbers passages in the order in which they are first cited, and knows the findings on claims."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._findings: dict[str, dict[str, Finding]] = {}
        for finding in findings:
            for claim in finding.claims:
                self._findings.setdefault(claim, {})[finding.sentence] = finding
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._rows: list[Citation] = []

    def cite(self, stored: StoredClaim) -> int:
        """The number of the claim's first passage."""
        piece = stored.claim.evidence[0]
        key = (stored.source.version, piece.start, piece.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._rows) + 1
            self._rows.append(_citation(len(self._rows) + 1, stored))
        return self._numbers[key]

    def cell(self, text: str, claims: Iterable[StoredClaim]) -> Cell:
        """A cell with its citations, each once, in rising order."""
        return Cell(text, tuple(sorted({self.cite(c) for c in claims})))

    def checked(self, claims: Iterable[StoredClaim]) -> Cell:
        """What the checks found of the claims, each finding once; a dash for nothing."""
        found = {s: f for c in claims for s, f in self._findings.get(c.id, {}).items()}
        text = " ".join(f"{words.RESULTS[f.result]}: {s}" for s, f in found.items())
        return Cell(text or "—")

    @property
    def checking(self) -> bool:
        """Whether any finding is at hand."""
        return bool(self._findings)

    def all(self) -> tuple[Citation, ...]:
        """Every citation given so far, by number."""
        return tuple(self._rows)


def _citation(number: int, stored: StoredClaim) -> Citation:
    piece, report = stored.claim.evidence[0], stored.source.report
    before = report.text[max(0, piece.start - AROUND) : piece.start].split("\n")[-1]
    after = report.text[piece.end : piece.end + AROUND].split("\n")[0]
    return Citation(
        number=number,
        claim_id=stored.id,
        quote=piece.quote,
        before=("…" if piece.start > AROUND and len(before) == AROUND else "") + before,
        after=after + ("…" if len(after) == AROUND else ""),
        start=piece.start,
        end=piece.end,
        speaker=words.speaker(stored.claim, stored.source),
        report_id=report.id,
        title=report.title,
        publisher=report.publisher,
        published=report.published,
        url=report.url,
    )
