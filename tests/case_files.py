"""The languages' own cases: sentences with the claims that they hold, one family of wording at a time.

A case file is `languages/<code>/cases.jsonl`, a case a line (docs/languages.md):
`{"family": "interceptions", "text": "…", "claims": ["intercepted drone 36 model=Shahed", …]}`.
Run by hand: `python -m tests.case_files uk [FAMILY]` prints the cases that fail, with what was drawn instead.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache

from warledger.extraction import extract
from warledger.extraction.cases import Case, cases_of, fault
from warledger.gate import Prover
from warledger.languages import HERE
from warledger.model import Claim


@cache
def cases(code: str) -> tuple[Case, ...]:
    """The cases of a language, in the order of its file; none where it has no file."""
    return cases_of(HERE / code / "cases.jsonl")


def families(code: str) -> Counter[str]:
    """How many cases a language has of each family."""
    return Counter(case.family for case in cases(code))


def drawn(code: str, case: Case) -> list[Claim]:
    """What is drawn from a case and passes the gate."""
    report = case.report(code)
    return list(Prover(report, code).settle(extract(report).claims)[0])


def faults(code: str, family: str | None = None) -> Iterator[tuple[Case, str]]:
    """The cases of a language (of a family) that do not hold, with what is wrong."""
    for case in cases(code):
        wrong = fault(case, drawn(code, case)) if family in (None, case.family) else None
        if wrong is not None:
            yield case, wrong


if __name__ == "__main__":
    failing: Counter[str] = Counter()
    for failed, why in faults(*sys.argv[1:]):
        failing[failed.family] += 1
        print(f"[{failed.family}] {failed.text}\n    {why}")
    for name, number in families(sys.argv[1]).items():
        print(f"{name}: {number - failing[name]} of {number} hold")
