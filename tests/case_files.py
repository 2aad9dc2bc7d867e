"""The languages' own cases: sentences with the claims that they hold, one family of wording at a time.

A case file is `languages/<code>/cases.jsonl`, a case a line (docs/languages.md):
`{"family": "interceptions", "text": "…", "claims": ["intercepted drone 36 model=Shahed", …]}`.
Run by hand: `python -m tests.case_files uk [FAMILY]` prints the cases that fail, with what was drawn instead.
"""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from warledger.extraction import extract
from warledger.gate import Prover
from warledger.languages import HERE
from warledger.model import Claim, Report

_SIGNS = {"at_least": ">=", "over": ">", "about": "~", "under": "<", "up_to": "<=", "exact": ""}


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and exactly the claims that it holds; an empty list where it holds none."""

    family: str
    text: str
    claims: tuple[str, ...]
    published: str = "2025-12-06"
    publisher: str | None = None
    title: str | None = None


@cache
def cases(code: str) -> tuple[Case, ...]:
    """The cases of a language, in the order of its file; none where it has no file."""
    path = HERE / code / "cases.jsonl"
    if not path.is_file():
        return ()
    lines = path.read_bytes().splitlines()
    return tuple(msgspec.json.decode(line, type=Case) for line in lines if line.strip())


def families(code: str) -> Counter[str]:
    """How many cases a language has of each family."""
    return Counter(case.family for case in cases(code))


def drawn(code: str, case: Case) -> list[Claim]:
    """What is drawn from a case and passes the gate."""
    report = Report(
        id="case",
        text=case.text,
        lang=code,
        published=case.published,
        publisher=case.publisher,
        title=case.title,
    )
    prover = Prover(report, code)
    return list(prover.settle(extract(report).claims)[0])


def fault(code: str, case: Case) -> str | None:
    """What a case lacks and what it has too much, or None where it holds."""
    left = drawn(code, case)
    missing = []
    for wanted in map(_wanted, case.claims):
        found = next((c for c in left if wanted.items() <= _said(c, wanted).items()), None)
        if found is None:
            missing.append(wanted)
        else:
            left.remove(found)
    if not missing and not left:
        return None
    return f"missing {[_line(w) for w in missing]}, drawn instead {[_show(c) for c in left]}"


def _wanted(line: str) -> dict[str, str]:
    """`intercepted drone >=36 side=UA` as the slots that it names."""
    kind, *words = shlex.split(line)
    wanted = {"kind": kind}
    for word in words:
        name, equals, value = word.partition("=")
        if equals and name.isalpha():
            wanted[name] = value
        elif word[0] in "<>~0123456789-" or word == "vague":
            wanted["number"] = word
        else:
            wanted["class"] = word
    return wanted


def _said(claim: Claim, names: dict[str, str]) -> dict[str, str]:
    """The same slots of a claim; a slot of `detail` by its own name."""
    slots: dict[str, Any] = {
        "kind": claim.kind,
        "number": _number(claim),
        "class": claim.item.class_,
        "model": claim.item.model,
        "side": claim.speaker.side,
        "speaker": claim.speaker.name,
        "via": claim.speaker.via,
        "actor": claim.actor.name if claim.actor else None,
        "places": ",".join(p.name for p in claim.places),
        "time": f"{claim.time.start}/{claim.time.end}" if claim.time else None,
        "modality": claim.modality,
        "unit": claim.quantity.unit if claim.quantity else None,
    }
    said = {}
    for name in names:
        value = slots[name] if name in slots else claim.detail.get(name)
        if isinstance(value, list):
            value = ",".join(map(str, value))
        said[name] = "none" if value in (None, "") else str(value)
    return said


def _number(claim: Claim) -> str | None:
    quantity = claim.quantity
    if quantity is None:
        return None
    if quantity.bound == "range":
        return f"{quantity.low:g}..{quantity.high:g}"
    number = quantity.low if quantity.low is not None else quantity.high
    return "vague" if number is None else f"{_SIGNS[quantity.bound]}{number:.10g}"


def _line(slots: dict[str, str]) -> str:
    return " ".join(v if k in ("kind", "class", "number") else f"{k}={v}" for k, v in slots.items())


def _show(claim: Claim) -> str:
    names = dict.fromkeys(("kind", "class", "number", "model", "side", "places", "modality"), "")
    said = _said(claim, names | dict.fromkeys(claim.detail, ""))
    return _line({k: v for k, v in said.items() if v not in ("none", "asserted")})


def faults(code: str, family: str | None = None) -> Iterator[tuple[Case, str]]:
    """The cases of a language (of a family) that do not hold, with what is wrong."""
    for case in cases(code):
        if family in (None, case.family) and (wrong := fault(code, case)) is not None:
            yield case, wrong


if __name__ == "__main__":
    failing: Counter[str] = Counter()
    for failed, why in faults(*sys.argv[1:]):
        failing[failed.family] += 1
        print(f"[{failed.family}] {failed.text}\n    {why}")
    for name, number in families(sys.argv[1]).items():
        print(f"{name}: {number - failing[name]} of {number} hold")
