"""Near-copies: reports of several outlets that carry nearly the same words, so that one story counts once.

Enters: recorded reports. Leaves: `Copies`, each with its members in the order of publication, what each altered,
and what speaks for an origin. Does not belong here: claims; the choice of an original, which is shown and not made.

Candidates are the reports that share a run of four words; among very many they come from MinHash (Broder 1997; the
`datasketch` library) over the runs. Every candidate pair is then measured exactly, so that a result never rests on the
estimate.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from warledger import languages
from warledger.model import TABLE_ROW, Alteration, Copies, Copy, StoredReport

RUN = 4
"""Words in a run: fewer match by chance, more are broken by each changed word."""
LIKE = 0.45
"""Share of runs in common (of either's, Jaccard) above which two reports are copies; see docs/incidents.md."""
WITHIN = 0.75
"""Share of the shorter's runs found in the longer above which it is a shortened copy."""
SHORTEST = 20
"""Runs that a report must have: below, two headlines are alike by chance."""
DAYS = 3
"""Days between publications within which one story is carried; official bulletins repeat their phrases for years."""
ALL_PAIRS = 600
"""Up to so many reports every pair that shares a run is measured; above, MinHash finds the pairs."""
PERMUTATIONS = 128
BANDS = (37, 3)
"""Bands of a sketch and permutations in each: pairs are named from a likeness of about 0.3, well under `LIKE`."""
HEAD, TAIL = 240, 160
"""Characters at a report's start and end in which a credit line stands."""

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*")
_CREDIT = re.compile(r"[(\[/—–-]\s*([^\W\d][\w .'’-]{1,30}?)\s*(?:[)\]/]|[—–-]\s|$)", re.MULTILINE)
_DIGIT = re.compile(r"\d")


def copies(reports: Iterable[StoredReport]) -> tuple[Copies, ...]:
    """The stories that two reports or more carry, in the order of their first publication.

    Reports of one publisher are no copies of one another (an edit or a series), nor are reports published more
    than `DAYS` days apart. Rows of tables tell no story. The result does not depend on the order of `reports`.
    """
    texts = (r for r in reports if not r.report.id.startswith(TABLE_ROW))
    pool = sorted({r.version: r for r in texts}.values(), key=_order)
    runs = [_runs(r.report.text) for r in pool]
    roots = list(range(len(pool)))

    def root(n: int) -> int:
        while roots[n] != n:
            n = roots[n]
        return n

    for a, b in sorted(_candidates(runs)):
        if root(a) != root(b) and _can_copy(pool[a], pool[b]) and _alike(runs[a], runs[b]):
            roots[max(root(a), root(b))] = min(root(a), root(b))
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(pool)):
        groups[root(n)].append(n)
    return tuple(
        _story([pool[n] for n in members], [runs[n] for n in members])
        for members in groups.values()
        if len(members) > 1
    )


def _order(stored: StoredReport) -> tuple[str, str, str]:
    return (stored.report.published or "9999", stored.recorded_at_utc, stored.version)


def _runs(text: str) -> frozenset[int]:
    words = [_hash(word) for word in _words(text)]
    at = (words[n : len(words) - RUN + 1 + n] for n in range(RUN))
    return frozenset(hash(run) for run in zip(*at, strict=True))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


@functools.lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    """A number for a word, the same in every process, as the hash of a tuple of numbers is."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=7).digest(), "big")


def _candidates(runs: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    able = [n for n, found in enumerate(runs) if len(found) >= SHORTEST]
    if len(able) <= ALL_PAIRS:
        yield from _sharing(runs, able)
        return
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=BANDS)
    first = MinHash(num_perm=PERMUTATIONS)
    drawn = {"permutations": first.permutations, "scheme": first.scheme}
    for n in able:
        # The runs are hashed already; 32 bits of them are what the library permutes.
        sketch = MinHash(num_perm=PERMUTATIONS, hashfunc=_low_bits, **drawn)
        sketch.update_batch(runs[n])
        for found in index.query(sketch):
            yield (found, n)
        index.insert(n, sketch)


def _sharing(runs: Sequence[frozenset[int]], able: Sequence[int]) -> set[tuple[int, int]]:
    """The pairs that have enough runs in common to be alike by either measure."""
    holding: dict[int, list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for n in able:
        common: Counter[int] = Counter()
        for run in runs[n]:
            if others := holding.get(run):
                common.update(others)
                others.append(n)
            else:
                holding[run] = [n]
        pairs |= {(m, n) for m, count in common.items() if _alike_by(count, runs[m], runs[n])}
    return pairs


def _low_bits(run: int) -> int:
    return run & 0xFFFFFFFF


def _can_copy(a: StoredReport, b: StoredReport) -> bool:
    one, other = a.report, b.report
    if one.id == other.id or (one.publisher is not None and one.publisher == other.publisher):
        return False
    if not one.published or not other.published:
        return True
    apart = date.fromisoformat(one.published[:10]) - date.fromisoformat(other.published[:10])
    return abs(apart.days) <= DAYS


def _alike(a: frozenset[int], b: frozenset[int]) -> bool:
    return _alike_by(len(a & b), a, b)


def _alike_by(common: int, a: frozenset[int], b: frozenset[int]) -> bool:
    return common >= LIKE * (len(a) + len(b) - common) or common >= WITHIN * min(len(a), len(b))


def likeness(a: str, b: str) -> float:
    """The share of runs of words that two texts have in common (Jaccard), 0 to 1."""
    one, other = _runs(a), _runs(b)
    return len(one & other) / len(one | other) if one | other else 0.0


# ---- a story ----


def _story(members: Sequence[StoredReport], runs: Sequence[frozenset[int]]) -> Copies:
    first = members[0].report
    made = []
    for stored, found in zip(members, runs, strict=True):
        report = stored.report
        made.append(
            Copy(
                report_id=report.id,
                version=stored.version,
                publisher=report.publisher,
                published=report.published,
                similarity=round(len(runs[0] & found) / len(runs[0] | found), 3),
                credit=credit(report.text),
                altered=() if report is first else alterations(first.text, report.text),
            )
        )
    name = hashlib.sha256("\n".join(sorted(m.version for m in members)).encode()).hexdigest()[:12]
    return Copies(id=name, members=tuple(made), origin=_origin(made))


def _origin(members: Sequence[Copy]) -> tuple[str, ...]:
    """What speaks for an origin: the earliest publication, and whom the copies credit."""
    signs = []
    dated = [m for m in members if m.published]
    if dated:
        first = dated[0]
        signs.append(f"{first.publisher or first.report_id} published first, {first.published}")
    for name in sorted({m.credit for m in members if m.credit}):
        by = [m.publisher or m.report_id for m in members if m.credit == name]
        signs.append(f"{', '.join(by)} credit{'s' if len(by) == 1 else ''} {name}")
    return tuple(signs)


def credit(text: str) -> str | None:
    """The agency or outlet that a report credits in a line of its own kind: "(Reuters)", "— AFP"; None for none.

    Names are those of the outlets in the language data; a name within a sentence is a speaker and no credit.
    """
    for part in (text[:HEAD], text[-TAIL:] if len(text) > HEAD else ""):
        for match in _CREDIT.finditer(part):
            words = tuple(match.group(1).casefold().split())
            if words in _outlets():
                return match.group(1)
    return None


@functools.cache
def _outlets() -> frozenset[tuple[str, ...]]:
    return frozenset(
        (first, *rest)
        for code in languages.CODES
        for first, phrases in languages.load(code).lexicon.items()
        for rest, senses in phrases
        if any(s.term.type == "voice" and s.term.get("sort") == "outlet" for s in senses)
    )


def alterations(first: str, copy: str) -> tuple[Alteration, ...]:
    """Where a copy tells a number otherwise than the first text, in the order of the copy.

    Only replaced words count: what a copy leaves out or adds alters no figure.
    """
    theirs = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(copy)]
    ours = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(first)]
    told, retold = ([w.casefold() for w, _, _ in words] for words in (ours, theirs))
    matcher = SequenceMatcher(None, told, retold, autojunk=False)
    found = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "replace" or i2 - i1 > 2 * RUN or j2 - j1 > 2 * RUN:
            continue
        was, became = [w for w, _, _ in ours[i1:i2]], [w for w, _, _ in theirs[j1:j2]]
        if _numbers(was) != _numbers(became) and _numbers(was) and _numbers(became):
            start, end = theirs[j1][1], theirs[j2 - 1][2]
            origin = (ours[i1][1], ours[i2 - 1][2])
            found.append(Alteration(" ".join(was), copy[start:end], start, end, *origin))
    return tuple(found)


def _numbers(words: Iterable[str]) -> list[str]:
    return [w for w in words if _DIGIT.search(w)]
