"""A report: its text with every claim marked at its place, its versions, and what each version changed.

Enters: a visit. Leaves: an answer. Does not belong here: drawing claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import msgspec

from warledger import checking, incidents
from warledger.errors import LedgerError
from warledger.ledger import Shown
from warledger.model import Copies, StoredClaim, StoredReport
from warledger.rendering.passage import Piece, cut
from warledger.web.answers import Answer, PageError, Visit, untilde
from warledger.web.findings import sort
from warledger.web.pages.rows import COLUMNS, data, rows

_GAP = re.compile(r"\n[ \t\r]*\n\s*")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
MOST_WORDS = 20_000
"""Above this many words a version is compared by lines: by words it would take seconds."""


class Step(msgspec.Struct, frozen=True):
    """A run of words that a version kept (`same`), took out (`gone`) or put in (`new`)."""

    kind: str
    text: str


def report(visit: Visit) -> Answer:
    """The latest version of a report. Raises PageError where there is none of that id."""
    name = untilde(visit.path["report"])
    shown = _shown(visit, name)
    versions = visit.ledger.versions(name)
    source, claims = shown.source, shown.claims
    if visit.signed:
        seen = visit.ledger.browse.all(visit.wanted(report=name), most=len(claims))
        claims = tuple(c for c in claims if c.id in {stored.id for stored in seen})
    steps = [
        changes(old.stored.report.text, new.stored.report.text) for old, new in pairwise(versions)
    ]
    story = _story(visit, source)
    findings = sort(checking.of_claims(claims, visit.record))
    return Answer(
        template="report.html",
        title=source.report.title or source.report.id,
        data={
            "report": source.report,
            "version": source.version,
            "recorded_at_utc": source.recorded_at_utc,
            "original_sha256": source.original_sha256,
            "retrieval": source.retrieval,
            "claims": [data(stored) for stored in claims],
            "refusals": shown.refusals,
            "versions": [
                {"version": v.stored.version, "recorded_at_utc": v.stored.recorded_at_utc}
                for v in versions
            ],
            "withdrawn": shown.withdrawn,
            "changes": steps,
            "story": story,
            "findings": findings,
            "replies": visit.ledger.replies.shown(name),
        },
        columns=COLUMNS,
        rows=rows(claims),
        shown={
            "report": source.report,
            "claims": claims,
            "refusals": shown.refusals,
            "paragraphs": paragraphs(source.report.text, claims),
            "versions": versions,
            "replies": visit.ledger.replies.shown(name),
            "withdrawn": shown.withdrawn,
            "changes": steps,
            "story": story,
            "findings": findings,
            "unread": 0,
        },
    )


def _story(visit: Visit, source: StoredReport) -> Copies | None:
    """The story that this report and others carry in nearly the same words; None where it stands alone."""
    others = visit.ledger.browse.telling_alike(source.report.id, signed=visit.signed)
    if not others:
        return None
    for story in incidents.copies([source, *others]):
        if any(copy.version == source.version for copy in story.members):
            return story
    return None


def _shown(visit: Visit, name: str) -> Shown:
    # The ledger takes the start of an id too; an address is the whole of one.
    try:
        shown = visit.ledger.show(name)
    except LedgerError:
        shown = None
    if shown is None or shown.source.report.id != name:
        raise PageError(404, "no report of that id is recorded")
    return shown


def paragraphs(text: str, claims: Sequence[StoredClaim]) -> list[list[Piece]]:
    """The text's paragraphs, cut where claims begin and end."""
    gaps = [gap.end() for gap in _GAP.finditer(text)]
    made: list[list[Piece]] = [[]]
    at, ends = 0, set(gaps)
    for piece in cut(text, [stored.claim for stored in claims], gaps):
        made[-1].append(piece)
        at += len(piece.text)
        if at in ends:
            made.append([])
    return [_trimmed(found) for found in made if any(piece.text.strip() for piece in found)]


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """The paragraph without the empty line that parts it from the next."""
    last = pieces[-1]
    return [*pieces[:-1], msgspec.structs.replace(last, text=last.text.rstrip())]


def changes(old: str, new: str) -> list[Step]:
    """What became of the words from one version to the next, in order; joined, same and new are the new text."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    steps: list[Step] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            steps.append(Step("same", "".join(after[k:m])))
            continue
        if j > i:
            steps.append(Step("gone", "".join(before[i:j])))
        if m > k:
            steps.append(Step("new", "".join(after[k:m])))
    return steps
