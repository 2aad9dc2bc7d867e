"""How much memory a large Telegram export takes: `python benchmarks/telegram_export.py [MEGABYTES]`.

Writes an export of that size (2048 by default) into a scratch folder, reads it whole, prints posts, seconds and the
peak of the process's memory in MB, and removes it.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from warledger.reading import Failure, read


def write(path: Path, size: int) -> None:
    """An export of at least `size` bytes with the layout of Telegram Desktop."""
    words = "Уночі сили оборони збили {n} із {n}0 ударних дронів над містом. " * 12
    message = {
        "id": "NUMBER",
        "type": "message",
        "date": "2025-12-06T07:12:33",
        "date_unixtime": "1764990753",
        "from": "Хроніка",
        "text": [words, {"type": "bold", "text": "Разом."}],
    }
    form = ("  " + json.dumps(message, ensure_ascii=False, indent=1) + ",\n").encode()
    with path.open("wb") as file:
        file.write(
            '{\n "name": "Хроніка",\n "type": "public_channel",\n "id": 1,\n "messages": [\n'.encode()
        )
        number = 0
        while file.tell() < size:
            number += 1
            digits = b"%d" % number
            file.write(form.replace(b'"NUMBER"', digits).replace(b"{n}", digits))
        file.write(b'  {"id": 0, "type": "service", "text": ""}\n ]\n}\n')


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 2048
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        write(path, megabytes * 2**20)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        start = time.perf_counter()
        posts = sum(not isinstance(found, Failure) for found in read([str(path)]))
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{megabytes} MB: {posts} posts in {seconds:.0f} s, peak {peak} MB ({before} MB before)")


if __name__ == "__main__":
    main()
