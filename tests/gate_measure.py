"""Measures the gate: right claims of annotated reports, their mutants, and a table of verdicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import msgspec
from tests.gate_gold import claim_of, gold_reports
from tests.gate_mutants import Mutant, mutants

from warledger.extraction import extract
from warledger.gate import Prover
from warledger.model import Claim, Report, Speaker

_SEED = 20251206
_ANNOTATED = {"place": "places", "kind": "kind", "class": "class", "model": "model"}
"""The slots of mutants of which the annotations tell all, by what they call them."""


class Annotated(NamedTuple):
    """A report's prover, its right claims and its annotations."""

    prover: Prover
    claims: list[Claim]
    flats: list[dict[str, Any]]

    def truth_of(self, mutant: Mutant) -> str | None:
        """Why a mutant is right in truth, or None: by its own reason, or as an annotation that tells the slot holds it."""
        key = _ANNOTATED.get(mutant.slot)
        rows = [flat for flat in self.flats if key is not None and flat.get(key)]
        if any(agrees(self.prover.report, mutant.claim, flat) for flat in rows):
            return "annotated so as well, of the same words"
        return mutant.right


class Tally:
    """Verdicts by language and slot."""

    def __init__(self) -> None:
        self.right: Counter[tuple[str, bool]] = Counter()
        self.wrong: Counter[tuple[str, str, bool, bool]] = Counter()
        self.excused: Counter[str] = Counter()
        self._shown: dict[tuple[str, ...], list[str]] = defaultdict(list)

    @property
    def mutants(self) -> int:
        """How many wrong claims were judged."""
        return sum(self.wrong.values())

    def add_right(self, lang: str, claim: Claim, faults: list[str]) -> None:
        """Counts the verdict on a right claim; `faults` is empty where it was accepted."""
        self.right[lang, not faults] += 1
        if faults:
            self._shown["refused", lang, faults[0].split(":")[0]].append(
                f"{claim.report} {claim.kind} {claim.evidence[0].quote!r} — {'; '.join(faults)}"
            )

    def add_wrong(
        self, lang: str, slot: str, elsewhere: bool, claim: Claim, accepted: bool
    ) -> None:
        """Counts the verdict on a wrong claim."""
        self.wrong[lang, slot, elsewhere, accepted] += 1
        if accepted:
            where = "elsewhere" if elsewhere else "nowhere"
            self._shown["accepted", where, lang, slot].append(
                f"{claim.report} {claim.kind} {claim.item} {claim.quantity} {claim.modality}"
                f" {claim.speaker} {claim.places} {claim.time} {claim.evidence[0].quote!r}"
            )

    def share(self, lang: str, *, elsewhere: bool, slot: str | None = None) -> tuple[int, int]:
        """Wrong claims accepted and all wrong claims, of a language ("" for all) and a slot."""
        rows = {
            k: n
            for k, n in self.wrong.items()
            if lang in ("", k[0]) and slot in (None, k[1]) and k[2] == elsewhere
        }
        return sum(n for k, n in rows.items() if k[3]), sum(rows.values())

    def acceptance(self, lang: str = "") -> float:
        """The share of right claims that were accepted."""
        rows = {k: n for k, n in self.right.items() if lang in ("", k[0])}
        return sum(n for k, n in rows.items() if k[1]) / max(1, sum(rows.values()))

    def table(self) -> str:
        """The three numbers by slot and language, as text."""
        langs = sorted({k[0] for k in self.right})
        lines = [f"{'':18}" + "".join(f"{lang:>32}" for lang in langs)]
        lines.append(
            f"{'right accepted':18}"
            + "".join(
                f"{self.acceptance(lang):>19.2%} of {sum(n for k, n in self.right.items() if k[0] == lang):>9}"
                for lang in langs
            )
        )
        head = f"{'nowhere':>16}{'elsewhere':>16}"
        lines.append(f"{'wrong accepted':18}" + head * len(langs))
        for slot in [*sorted({k[1] for k in self.wrong}), None]:
            cells = ""
            for lang in langs:
                for elsewhere in (False, True):
                    accepted, asked = self.share(lang, elsewhere=elsewhere, slot=slot)
                    cells += f"{f'{accepted}/{asked}':>16}"
            lines.append(f"{slot or 'all slots':18}{cells}")
        nowhere, elsewhere_ = self.share("", elsewhere=False), self.share("", elsewhere=True)
        lines.append(
            f"{self.mutants} wrong claims; accepted: {nowhere[0]} of {nowhere[1]} whose value stands nowhere,"
            f" {elsewhere_[0]} of {elsewhere_[1]} ({elsewhere_[0] / max(1, elsewhere_[1]):.2%})"
            f" whose value stands elsewhere; right claims accepted {self.acceptance():.2%}"
        )
        lines += [
            f"left out, for they are right in truth: {n} {why}"
            for why, n in sorted(self.excused.items())
        ]
        return "\n".join(lines)

    def examples(self, count: int) -> Iterator[str]:
        """Up to `count` wrong verdicts of each sort, a line each."""
        for key in sorted(self._shown):
            rows = self._shown[key]
            for row in Random(_SEED).sample(rows, min(count, len(rows))):
                yield f"{' '.join(key)}: {row}"


def measure(report: Annotated, tally: Tally) -> None:
    """Judges the right claims of one report and every mutant of each that was accepted."""
    prover, claims = report.prover, report.claims
    lang = prover.report.lang or ""
    random = Random(_SEED + len(prover.report.text))
    accepted = []
    for claim in claims:
        faults = [f"{f.slot}: {f.reason}" for f in prover.faults(claim)]
        tally.add_right(lang, claim, faults)
        if not faults:
            accepted.append(claim)
    for claim in accepted:
        for mutant in mutants(prover, claim, claims, random):
            if (right := report.truth_of(mutant)) is not None:
                tally.excused[f"{mutant.slot}: {right}"] += 1
                continue
            verdict = prover.prove(mutant.claim) is None
            tally.add_wrong(lang, mutant.slot, mutant.elsewhere, mutant.claim, verdict)


def right_claims(files: Iterable[Path], source: str, limit: int = 0) -> Iterator[Annotated]:
    """Each annotated report with its right claims, `limit` reports of each file (0: all).

    `source` is "gold" (the annotations themselves) or "extraction" (what extraction drew and the annotations
    confirm).
    """
    for path in files:
        for n, (report, flats) in enumerate(gold_reports(path)):
            if limit and n >= limit:
                break
            prover = Prover(report, report.lang or "")
            if source == "gold":
                yield Annotated(prover, [claim_of(report, flat) for flat in flats], flats)
            else:
                yield Annotated(prover, list(confirmed(report, flats)), flats)


def confirmed(report: Report, flats: list[dict[str, Any]]) -> Iterator[Claim]:
    """The claims that extraction draws and the annotations hold, alike in every slot that they give.

    A slot that its annotation leaves out is not known to be right: the claim is taken without it.
    """
    for claim in extract(report).claims:
        flat = next((flat for flat in flats if agrees(report, claim, flat)), None)
        if flat is not None:
            yield msgspec.structs.replace(
                claim,
                places=claim.places if "places" in flat else (),
                speaker=claim.speaker if "side" in flat else Speaker(None, None, claim.speaker.via),
            )


def agrees(report: Report, claim: Claim, flat: dict[str, Any]) -> bool:
    """Whether a claim is what an annotation holds, in every slot that it gives, of the same words."""
    quantity = claim.quantity
    numbers = (
        (None, None, None) if quantity is None else (quantity.low, quantity.high, quantity.bound)
    )
    if (claim.kind, claim.item.class_, claim.item.model) != (
        flat.get("kind"),
        flat.get("class"),
        flat.get("model"),
    ):
        return False
    if flat.get("bound") is not None and numbers != (
        flat.get("low"),
        flat.get("high"),
        flat.get("bound"),
    ):
        return False
    if claim.modality != flat.get("modality"):
        return False
    if "side" in flat and claim.speaker.side != flat["side"]:
        return False
    if flat.get("time") and not _covers(claim, flat["time"]):
        return False
    names, told = {p.name for p in claim.places}, set(flat.get("places") or ())
    if "places" in flat and (bool(names) != bool(told) or (names and not names & told)):
        return False
    start = report.text.find(flat["quote"])
    return any(e.start < start + len(flat["quote"]) and start < e.end for e in claim.evidence)


def _covers(claim: Claim, when: str) -> bool:
    size = len(when)
    return claim.time is not None and claim.time.start[:size] <= when <= claim.time.end[:size]
