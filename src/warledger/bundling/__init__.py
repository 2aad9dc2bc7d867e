"""Bundling: an incident with all that it rests on, in one folder or ZIP that can be checked without warledger.

Enters: a ledger, an incident. Leaves: files. Does not belong here: how an incident is found, what a check finds.

The same ledger gives the same bytes: nothing in a bundle tells when it was made.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from warledger import checking
from warledger.errors import UsageError
from warledger.ledger import Ledger
from warledger.model import Incident, StoredClaim, StoredReport

FORM = "warledger-bundle/1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_README = """\
What was published about one incident, as a warledger ledger holds it. Check it, without a network and without warledger:

    python3 check.py

originals/      the bytes as they were retrieved or given, named by their SHA-256
texts/          the text that was taken from each, in which offsets of claims count characters
reports.json    publisher, dates, address, and how each was retrieved
claims.json     what the reports state, each claim with its words and their place
incident.json   the claims side by side: who says what, earlier figures, who is silent
findings.json   what the checks found of these claims
chain.jsonl     the ledger's entries that hold all of this, each with the hash of the one before
manifest.json   every file with its SHA-256, and the head of the ledger's chain

Whoever can rewrite a bundle can rewrite check.py too: take that file from a warledger that you trust, and hold the head
of the chain against a seal that was noted elsewhere (python3 check.py --seal FILE).
"""


class Bundled(msgspec.Struct, frozen=True):
    """What a bundle holds: where it is, its counts, and the ledger's head at its making."""

    path: str
    reports: int
    claims: int
    findings: int
    entries: int
    head_sha256: str


class _Sink:
    """Takes files, one after the other, into a folder or an archive, and keeps their hashes."""

    def __init__(self, place: Path | zipfile.ZipFile) -> None:
        self._place = place
        self.listed: dict[str, dict[str, Any]] = {}

    def put(self, name: str, data: bytes) -> None:
        if name in self.listed:
            return
        self.listed[name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        if isinstance(self._place, Path):
            path = self._place / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        else:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            self._place.writestr(entry, data)

    def put_json(self, name: str, value: Any) -> None:
        self.put(name, msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1))


def bundle(ledger: Ledger, incident: Incident, place: str, *, whole_chain: bool = True) -> Bundled:
    """Write the bundle of an incident to `place`: a ZIP archive where the name ends in .zip, else a folder.

    `whole_chain` adds every entry from the incident's first to the ledger's last, so that the head can be reached; else
    the entries that hold the incident stand alone. Raises UsageError where `place` is there already or cannot be
    written.
    """
    ids = [*_edited_away(incident), *incident.claims]
    chosen = [c for name in ids for c in ledger.show(name).claims]
    reports = {c.source.version: c.source for c in chosen}
    findings = checking.of_incident(ledger, incident)
    own = ledger.concerned(sorted(reports), sorted(ids))
    head = ledger.seal()
    assert head is not None  # an incident has claims, and claims have entries
    with _written(place) as sink:
        sink.put("README.txt", _README.encode())
        sink.put("check.py", files("warledger.bundling").joinpath("check_bundle.py").read_bytes())
        sink.put_json("incident.json", incident)
        _reports(ledger, list(reports.values()), sink)
        sink.put_json("claims.json", [_claim(c) for c in chosen])
        sink.put_json("findings.json", [{"id": f.id, **msgspec.to_builtins(f)} for f in findings])
        entries = ledger.chain(own[0], head.sequence) if whole_chain else _alone(ledger, own)
        sink.put("chain.jsonl", b"".join(msgspec.json.encode(e) + b"\n" for e in entries))
        manifest = {
            "form": FORM,
            "warledger": version("warledger"),
            "incident": incident.id,
            "head": head,
            "entries": own,
            "whole_chain": whole_chain,
            "files": dict(sink.listed),
        }
        sink.put_json("manifest.json", manifest)
    return Bundled(place, len(reports), len(chosen), len(findings), len(own), head.sha256)


def _edited_away(incident: Incident) -> list[str]:
    """The claims that only earlier versions of the reports make; they come first, so that the latest version is the last."""
    told = (f for line in incident.lines for f in (line.latest, *line.earlier, *line.beside))
    return sorted({name for f in told for name in f.claims} - set(incident.claims))


def _reports(ledger: Ledger, reports: Sequence[StoredReport], sink: _Sink) -> None:
    rows = []
    for stored in reports:
        text, original = f"texts/{stored.version[:16]}.txt", f"originals/{stored.original_sha256}"
        sink.put(text, stored.report.text.encode())
        sink.put(original, ledger.original(stored.original_sha256))
        rows.append({**msgspec.to_builtins(stored), "text": text, "original": original})
    sink.put_json("reports.json", rows)


def _claim(stored: StoredClaim) -> dict[str, Any]:
    return {"id": stored.id, "version": stored.source.version, "claim": stored.claim}


def _alone(ledger: Ledger, sequences: Sequence[int]) -> Iterator[Any]:
    for sequence in sequences:
        yield from ledger.chain(sequence, sequence)


@contextmanager
def _written(place: str) -> Iterator[_Sink]:
    """A sink whose files are all there at the end, or none."""
    path = Path(place)
    if path.exists():
        raise UsageError(f"{place} is there already; name another place")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=path.parent, prefix=".bundle-"))
        try:
            if path.suffix.lower() == ".zip":
                with zipfile.ZipFile(making / "bundle.zip", "w") as archive:
                    yield _Sink(archive)
                os.replace(making / "bundle.zip", path)
            else:
                (making / "bundle").mkdir()
                yield _Sink(making / "bundle")
                os.replace(making / "bundle", path)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    except OSError as problem:
        raise UsageError(f"{place}: {problem.strerror or problem}; nothing was written") from None
