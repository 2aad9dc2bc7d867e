"""What is told and called untrue in one breath: by a word of denial behind it, before it, or at the sentence's end.

Enters: a reading or an event and its sentence. Leaves: whether the words deny it.
Does not belong here: who denies (`attribution`), a negation of the verb itself (`settings`).
"""

from __future__ import annotations

from warledger.extraction.clauses import Clause
from warledger.extraction.event import Event
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import Reading

_VERB_BEHIND = 8  # tokens behind a noun of a deed in which its verb may stand


def behind(scan: Scan, clause: Clause, event: Event) -> bool:
    """Whether a noun's deed is called untrue behind it: "reports of the capture of X were not confirmed"."""
    if event.kind not in ("place_control", "nuclear_power"):
        return False
    if event.predicate.term.group != "noun" and not _opens_report(scan, clause, event.start):
        return False
    stop = min(clause.sentence.end, event.end + _VERB_BEHIND)
    return any(
        clause.crossing(event.end, f.start) < 2.6 for f in scan.within("denial", event.end, stop)
    )


def untrue(scan: Scan, clause: Clause, reading: Reading) -> bool:
    """Whether what a report of a deed told is called untrue behind it: "reports of two jets downed are false"."""
    predicate = reading.predicate
    if "denial" not in scan.by_type:
        return _in_denied(scan, clause.sentence.start, predicate.start)
    if _called_untrue(scan, clause, predicate):
        return True
    described = predicate.term.group == "noun" or any("." in t for t in predicate.tags)
    described = described or _opens_report(scan, clause, reading.phrase.start)
    if reading.carried or not described or any(t.startswith("short") for t in predicate.tags):
        return False
    end = max(reading.phrase.end, predicate.end)
    stop = min(clause.sentence.end, end + _VERB_BEHIND)
    return any(
        f.start >= end
        and not any(scan.tokens[i].text in ",;:" for i in range(end, f.start))
        and not any(scan.tokens[i].text == "–" for i in range(end, f.start - 1))
        for f in scan.within("denial", end, stop)
    )


def _opens_report(scan: Scan, clause: Clause, before: int) -> bool:
    """Whether a noun for a report is what the sentence is about: "the claim that 31 drones were downed was denied"."""
    first = clause.sentence.start
    told = scan.at(first, "article") is not None or scan.definite(first)
    k = first + 1 if told else first
    report = scan.at(k, "statement") or (scan.at(k, "says") if told else None)
    return report is not None and report.end <= before


def _called_untrue(scan: Scan, clause: Clause, predicate: Found) -> bool:
    """Whether a dash at the end calls news untrue that the sentence opens with: "that ten died is a fake"."""
    first, last = clause.sentence.start, clause.sentence.end
    news = scan.within("information", first, predicate.start)
    denials = scan.within("denial", predicate.end, last)
    if any(scan.at(f.end, "pronoun") and f.end + 2 >= last for f in denials):
        return True  # "spoke of 12 missiles shot down, but later denied it"
    if _in_denied(scan, first, predicate.start):
        return True
    return bool(news) and any(scan.tokens[f.start - 1].text == "–" for f in denials)


def _in_denied(scan: Scan, first: int, at: int) -> bool:
    """Whether a clause stands behind a verb of denial whose subject is nobody known: "they denied that ten died"."""
    said = scan.within("says", first, at)
    if not said or said[-1].term.get("stance") != "denies":
        return False
    end = said[-1].end
    return scan.tokens[end].text == "," and scan.at(end + 1, "conj") is not None
