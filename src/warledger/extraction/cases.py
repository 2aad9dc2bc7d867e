"""The cases of a language: sentences with exactly the claims that they hold (docs/languages.md, "Cases").

Enters: a `cases.jsonl`, the claims drawn of a case. Leaves: what is missing and what is too much. Does not belong here:
drawing the claims.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from warledger.errors import LanguageDataError
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

    def report(self, lang: str) -> Report:
        """The case as a report."""
        return Report(
            id="case",
            text=self.text,
            lang=lang,
            published=self.published,
            publisher=self.publisher,
            title=self.title,
        )


def cases_of(path: Path) -> tuple[Case, ...]:
    """The cases of a file, in its order; none where there is no file. Raises LanguageDataError for a bad line."""
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Case))
            except msgspec.DecodeError as error:
                raise LanguageDataError(f"{path.name}, line {number}: {error}") from None
    return tuple(found)


def fault(case: Case, drawn: Iterable[Claim]) -> str | None:
    """What a case lacks of the claims drawn from it and what it has too much, or None where it holds."""
    left = list(drawn)
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
