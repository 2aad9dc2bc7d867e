"""What the ledger takes and gives: entries, their bodies, editions, answers.

Enters: nothing. Leaves: frozen records. Does not belong here: SQL.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from warledger.model import Claim, Refusal, Report, Retrieval, StoredClaim, StoredReport

Status = Literal["added", "unchanged", "new_version", "reread"]


class Entry(msgspec.Struct, frozen=True):
    """One thing recorded: its place in the chain, its kind, when, the canonical JSON, and the two hashes."""

    sequence: int
    kind: str
    recorded_at_utc: str
    body: str
    sha256: str
    previous_sha256: str

    def content(self) -> Any:
        """The body, decoded."""
        return msgspec.json.decode(self.body)


class Seal(msgspec.Struct, frozen=True):
    """The chain's head at a moment: what an outside copy has to hold to show a later change."""

    sequence: int
    sha256: str
    recorded_at_utc: str


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A report as it was met at its source.

    `source` names what stays the same when the text is edited (a canonical address, a channel and message number);
    where it is None the ledger names it (`identity.source_of`). `updated` is when the source says that it changed
    the text, an ISO date or moment. `retrieval` is kept with the version that it brought.
    """

    report: Report
    source: str | None = None
    updated: str | None = None
    retrieval: Retrieval | None = None


class Recorded(msgspec.Struct, frozen=True):
    """What recording a report did: `added`, `unchanged`, `new_version` or `reread`, and the counts.

    `superseded` says that the ledger holds a later version of the same source than the one given.
    """

    status: Status
    report_id: str
    claims: int
    refused: int
    superseded: bool = False


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a source, with what is known of it and how it was read last; `latest` is true for one of them."""

    stored: StoredReport
    source: str
    effective_at_utc: str
    updated_at_utc: str | None
    engine_version: str
    rules_version: str
    claims: int
    refusals: int
    latest: bool
    withdrawn: bool


class Shown(msgspec.Struct, frozen=True):
    """A report with all of its claims and refusals, or a single claim's report with that claim alone.

    `superseded` says that a later version of the same source is known, `withdrawn` that it was taken back.
    """

    source: StoredReport
    claims: tuple[StoredClaim, ...]
    refusals: tuple[Refusal, ...]
    engine_version: str
    rules_version: str
    superseded: bool = False
    withdrawn: bool = False


class Hit(msgspec.Struct, frozen=True):
    """A report that holds the words: its ids, title, publisher, date, and the passage around them.

    In `passage` the words found stand between the characters U+0002 and U+0003. `superseded` says that a later
    version of the same source is known.
    """

    report_id: str
    version: str
    title: str | None
    publisher: str | None
    published: str | None
    passage: str
    superseded: bool = False


class OriginalFacts(msgspec.Struct, frozen=True):
    """What is kept of an original beside its bytes; `size` in bytes."""

    sha256: str
    media_type: str
    size: int


class ReportBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of a `report` entry. Schema 1 wrote only the hash of the original and no source."""

    report: Report
    version: str
    original: OriginalFacts | str
    source: str | None = None
    effective: str | None = None
    updated: str | None = None
    retrieval: Retrieval | None = None


class ExtractionBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of an `extraction` entry: what one engine with one set of rules drew from one version."""

    version: str
    engine: str
    rules: str
    claims: tuple[Claim, ...]
    refusals: tuple[Refusal, ...]


class WithdrawalBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `withdrawal` entry: every version of the source recorded before it is taken back."""

    source: str
    report_id: str
    by: str
    reason: str


class MigrationBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a `migration` entry: from and to which schema, what the chain was before, and facts that only rows held."""

    from_schema: int
    to_schema: int
    entries: int
    entries_sha256: str
    originals: tuple[tuple[OriginalFacts, int], ...] = ()


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided of a claim: it stands on the claim and never alters it.

    `corrected` is the whole claim as it ought to read, for the verdict `correct`. A `blind` decision was made
    without sight of the others and counts for agreement only.
    """

    claim: str
    verdict: Literal["accept", "correct", "reject"]
    by: str
    reason: str
    blind: bool = False
    corrected: Claim | None = None
