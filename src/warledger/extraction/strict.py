"""The strict load of a language: its rules and its cases are tried, and what does not hold refuses the load.

Enters: a folder of the documented form (docs/adding-a-language.md). Leaves: a `Language`, or a `LanguageDataError` that
names every rule that is dead and every case that fails. Does not belong here: the ordinary load, which tries nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warledger.errors import LanguageDataError
from warledger.extraction import extract
from warledger.extraction.cases import cases_of, fault
from warledger.languages import Language, Term, load_folder
from warledger.model import Report

_DAY = "2025-12-06"  # the day that every sentence of a rule is read on
_SILENT = "noise"  # the frame of rules that only take numbers away


def load_strictly(folder: Path) -> Language:
    """Loads a language from a folder and tries it: each rule's own sentences, each case.

    Raises LanguageDataError with a line for each rule without a sentence, each that does not match its own, each that
    matches the one that it must not, and each case that does not hold.
    """
    language = load_folder(folder)
    wrong = [*_rules(language), *_cases(language, folder)]
    if wrong:
        raise LanguageDataError(f"{folder.name}: " + "; ".join(wrong))
    return language


def _rules(language: Language) -> Iterator[str]:
    rules = {t.id: t for t in language.terms if t.type == "predicate"}
    for term in rules.values():
        match, nonmatch = term.get("match"), term.get("nonmatch")
        if not match or not nonmatch:
            yield f"rule {term.id} has no sentence to match or none not to match"
            continue
        if term.get("frame") != _SILENT and not _made_by(language, term, match):
            yield f"rule {term.id} does not match {match!r}"
        if _made_by(language, term, nonmatch):
            yield f"rule {term.id} draws a claim from {nonmatch!r}"


def _made_by(language: Language, term: Term, text: str) -> bool:
    report = Report(id="rule", text=text, lang=language.code, published=_DAY)
    return any(c.rule.endswith(f"/{term.id}") for c in extract(report, language).claims)


def _cases(language: Language, folder: Path) -> Iterator[str]:
    for case in cases_of(folder / "cases.jsonl"):
        claims = extract(case.report(language.code), language).claims
        if (why := fault(case, claims)) is not None:
            yield f"case {case.text!r}: {why}"
