"""Check a bundle of an incident, without warledger and without a network: python3 check.py [FOLDER|FILE.zip]

Enters: the bundle (by default the folder that this file lies in), and a seal noted elsewhere, where there is one.
Leaves: a line for what was proved; or the first thing that does not hold, and exit status 1. Does not belong here:
anything that needs more than Python 3.8 and its standard library.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

FORM = "warledger-bundle/1"
START = ""


class Fault(Exception):
    """The first thing that does not hold."""


class Files:
    """The bundle's files, in a folder or a ZIP archive."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.archive = None if os.path.isdir(place) else zipfile.ZipFile(place)

    def names(self) -> set[str]:
        """Every file, with slashes, relative to the bundle."""
        if self.archive is not None:
            return {name for name in self.archive.namelist() if not name.endswith("/")}
        found = set()
        for folder, _, files in os.walk(self.place):
            inner = os.path.relpath(folder, self.place).replace(os.sep, "/")
            found |= {name if inner == "." else f"{inner}/{name}" for name in files}
        return {name for name in found if "__pycache__/" not in name}

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        try:
            if self.archive is not None:
                return self.archive.read(name)
            with open(os.path.join(self.place, *name.split("/")), "rb") as file:
                return file.read()
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            raise Fault(f"{name} cannot be read: {error}") from None

    def json(self, name: str) -> Any:
        """The JSON of a file."""
        try:
            return json.loads(self.read(name).decode("utf-8"))
        except ValueError as error:
            raise Fault(f"{name} is no JSON: {error}") from None


def sha256(data: bytes) -> str:
    """The hash in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    """The byte form that ids are taken over: JSON, keys sorted, UTF-8, no spaces."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def hold(true: bool, fault: str) -> None:
    """Raises Fault where something is not so."""
    if not true:
        raise Fault(fault)


def check_files(files: Files, manifest: Any) -> int:
    """Every file is there with its hash, and none more."""
    listed = manifest["files"]
    there = files.names() - {"manifest.json"}
    for name in sorted(set(listed) ^ there):
        hold(name in there, f"{name} is gone")
        raise Fault(f"{name} is not in the manifest")
    for name, told in listed.items():
        data = files.read(name)
        hold(len(data) == told["size"], f"{name} has {len(data)} bytes, not {told['size']}")
        hold(sha256(data) == told["sha256"], f"{name} is not the file that the manifest names")
    return len(listed)


def entries(files: Files) -> Iterator[Any]:
    """The ledger's entries in the bundle, in order, each with the hash that its content gives."""
    for number, line in enumerate(files.read("chain.jsonl").decode("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            parts = (
                entry["previous_sha256"],
                str(entry["sequence"]),
                entry["kind"],
                entry["recorded_at_utc"],
                entry["body"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise Fault(f"chain.jsonl, line {number}: no entry ({error})") from None
        named = f"entry {entry['sequence']}"
        hold(sha256("\n".join(parts).encode("utf-8")) == entry["sha256"], f"{named} was altered")
        yield entry


def check_chain(files: Files, manifest: Any, seal: Any) -> tuple[list[Any], int]:
    """The entries follow one another to the head of the ledger; those of the incident, and how many there are."""
    wanted, found = set(manifest["entries"]), []
    before: Any = None
    count, sealed = 0, False
    for entry in entries(files):
        sequence = entry["sequence"]
        if before is not None:
            hold(sequence > before["sequence"], f"entry {sequence} stands in the wrong place")
            follows = sequence == before["sequence"] + 1
            hold(follows or not manifest["whole_chain"], f"entry {sequence - 1} is gone")
            hold(
                not follows or entry["previous_sha256"] == before["sha256"],
                f"entry {sequence} does not follow entry {before['sequence']}",
            )
        if seal is not None and sequence == seal["sequence"]:
            hold(
                entry["sha256"] == seal["sha256"],
                f"entry {sequence} is not the one that was sealed",
            )
            sealed = True
        if sequence in wanted:
            wanted.discard(sequence)
            found.append(entry)
        before, count = entry, count + 1
    hold(not wanted, f"entry {min(wanted, default=0)} is gone")
    head = manifest["head"]
    if manifest["whole_chain"]:
        last = None if before is None else before["sha256"]
        hold(last == head["sha256"], "the chain does not end at the head that the manifest names")
    hold(seal is None or sealed, "the entry that was sealed is not in the bundle")
    return found, count


def check_reports(files: Files, found: Iterable[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Each report is the one of its entry, with its text and its original; the reports and readings by version."""
    bodies: dict[str, Any] = {}
    readings: dict[str, Any] = {}
    for entry in found:
        body = json.loads(entry["body"])
        if entry["kind"] == "report":
            bodies[body["version"]] = (entry, body)
        elif entry["kind"] == "extraction":
            readings.setdefault(body["version"], []).extend(body["claims"])
    reports: dict[str, Any] = {}
    for row in files.json("reports.json"):
        version, report = row["version"], row["report"]
        named = f"report {report['id']}"
        hold(version in bodies, f"{named}: its entry is not in the bundle")
        entry, body = bodies[version]
        updated = {"report": report, "updated": body.get("updated")}
        versions = (sha256(canonical(report)), sha256(canonical(updated)))
        hold(version in versions, f"{named} is not the version that it names")
        hold(report == body["report"], f"{named} is not the one that was recorded")
        hold(row.get("retrieval") == body.get("retrieval"), f"{named} came otherwise than recorded")
        hold(row["recorded_at_utc"] == entry["recorded_at_utc"], f"{named} was recorded otherwise")
        text = files.read(row["text"]).decode("utf-8")
        hold(text == report["text"], f"{row['text']} is not the text that was recorded")
        original = (
            body["original"] if isinstance(body["original"], str) else body["original"]["sha256"]
        )
        data = files.read(row["original"])
        hold(sha256(data) == original, f"{row['original']} is not the original that was recorded")
        reports[version] = report
    for version in bodies:
        hold(version in reports, f"the report of version {version[:12]} is gone")
    return reports, readings


def check_claims(files: Files, reports: dict[str, Any], readings: dict[str, Any]) -> dict[str, Any]:
    """Each claim stands in a recorded reading of its report, and its words stand in the text; claims by id."""
    claims: dict[str, Any] = {}
    for row in files.json("claims.json"):
        claim, named = row["claim"], f"claim {row['id']}"
        hold(row["version"] in reports, f"{named}: its report is not in the bundle")
        hold(claim in readings.get(row["version"], []), f"{named} is not one that was recorded")
        exact = canonical(claim)
        hold(
            sha256(exact)[:12] == row["id"] or b"e-" in exact or b"e+" in exact,
            f"{named} says something else than its id",
        )
        check_quotes(named, claim["evidence"], reports[row["version"]]["text"])
        claims[row["id"]] = claim
    return claims


def check_quotes(named: str, evidence: Iterable[Any], text: str) -> None:
    """The quotations stand in the text at their places, counted in characters."""
    for piece in evidence:
        stands = text[piece["start"] : piece["end"]] == piece["quote"]
        hold(stands, f"{named}: its words do not stand at {piece['start']}-{piece['end']}")


def check_incident(files: Files, manifest: Any, claims: dict[str, Any]) -> None:
    """The incident holds these claims, and each of its figures is what its claims say."""
    incident = files.json("incident.json")
    hold(incident["id"] == manifest["incident"], "incident.json holds another incident")
    named = set(incident["claims"])
    for line in incident["lines"]:
        for figure in [line["latest"], *line["earlier"], *line["beside"]]:
            named.update(figure["claims"])
    hold(named == set(claims), "the incident names other claims than the bundle")
    for line in incident["lines"]:
        for figure in [line["latest"], *line["earlier"], *line["beside"]]:
            told = [claims.get(name) for name in figure["claims"]]
            hold(all(told), "the incident names a claim that is not in the bundle")
            same = any(claim["quantity"] == figure["quantity"] for claim in told if claim)
            hold(same, f"a figure of claim {figure['claims'][0]} is not what the claim says")


def check_findings(files: Files, reports: dict[str, Any]) -> int:
    """Each finding has the id that its content gives, and its passages stand in the reports of the bundle."""
    texts = {report["id"]: report["text"] for report in reports.values()}
    rows = files.json("findings.json")
    for row in rows:
        finding = {key: value for key, value in row.items() if key != "id"}
        exact = canonical(finding)
        hold(
            sha256(exact)[:12] == row["id"] or b"e-" in exact or b"e+" in exact,
            f"finding {row['id']} says something else than its id",
        )
        for passage in finding["passages"]:
            if passage["report"] in texts:
                check_quotes(
                    f"finding {row['id']}", [passage["evidence"]], texts[passage["report"]]
                )
    return len(rows)


def check(place: str, seal: Any = None) -> list[str]:
    """What was proved, in lines. Raises Fault for the first thing that does not hold."""
    files = Files(place)
    manifest = files.json("manifest.json")
    hold(isinstance(manifest, dict) and manifest.get("form") == FORM, f"this is no {FORM}")
    count = check_files(files, manifest)
    found, length = check_chain(files, manifest, seal)
    reports, readings = check_reports(files, found)
    claims = check_claims(files, reports, readings)
    check_incident(files, manifest, claims)
    findings = check_findings(files, reports)
    head = manifest["head"]
    whole = (
        f"They stand in one chain of {length} entries, which ends at entry {head['sequence']}: {head['sha256']}"
        if manifest["whole_chain"]
        else f"Each of the {length} entries is whole; the chain between them is not in the bundle."
    )
    return [
        f"The bundle of incident {manifest['incident']} holds: {count} files, {len(reports)} reports with their "
        f"originals, {len(claims)} claims word for word in their texts, {findings} findings.",
        whole,
        "The chain holds the seal."
        if seal is not None
        else "Hold that hash against a seal noted elsewhere: without one, a bundle rewritten as a whole is not told.",
    ]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("place", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--seal", metavar="FILE", help="a seal (JSON with sequence and sha256)")
    asked = parser.parse_args()
    try:
        seal = None
        if asked.seal:
            with open(asked.seal, encoding="utf-8") as file:
                seal = json.load(file)
        for line in check(asked.place, seal):
            print(line)
    except Fault as fault:
        print(f"The bundle does not hold: {fault}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        print(f"The bundle does not hold: it is not laid out as one ({error!r})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
