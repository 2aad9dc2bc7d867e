"""The whole country that a number is told of without its name: "70 were hurt across the country", «по всей стране».

Enters: a `Scan`, its place mentions. Leaves: a mention for each such noun, of the country that the passage tells of,
or of none that is known, so that the towns beside it do not stand for it. Does not belong here: named countries.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from warledger.extraction.placing import SIDE_OF_COUNTRY, Mention, Places
from warledger.extraction.scan import Found, Scan
from warledger.extraction.sentences import Sentence
from warledger.gazetteer import Gazetteer, PlaceRecord

_WORDS = 4  # words between the preposition and the noun: "in the north of the"
_PASSED = ("article", "side_word", "partitive", "all", "adverb")
# Where the passage names no country: a place that no claim bears.
UNKNOWN = PlaceRecord("", "", None, None, "country", "", "", 0)


def by_sentence(
    scan: Scan, sentences: Sequence[Sentence], places: Places
) -> dict[int, list[Mention]]:
    """The nouns that tell a whole country, by the sentence that they stand in."""
    rows: dict[int, list[Mention]] = {}
    told: _Told | None = None
    for f in scan.by_type.get("land_word", ()):
        whole = f.term.get("nationwide")
        lead = f.start if whole else _lead(scan, f)
        if lead is None or scan.possessive(f.end) or _largest(scan, lead):
            continue
        index = bisect_right(sentences, f.start, key=lambda s: s.start) - 1
        mention = Mention(f.start, f.end, (), UNKNOWN, False, "in", lead)
        told = told or _Told(scan, places)
        meant = None if whole else told.before(f.start, _first(sentences, index))
        if meant is not None:
            text, record = meant.text or scan.original(meant.start, meant.end), meant.record
            mention = Mention(f.start, f.end, meant.candidates, record, True, "in", lead, text)
        rows.setdefault(index, []).append(mention)
    return rows


def one(places: Places) -> str:
    """The one country that all towns and regions of the report lie in, which tells no place in it; else nothing."""
    named = {
        m.record.country
        for m in places.mentions
        if m.record.kind not in ("country", "water", "river") and m.role != "from"
    }
    return named.pop() if len(named) == 1 else ""


class _Told:
    """The countries that a report tells of, by their names, their people and those who speak for them."""

    def __init__(self, scan: Scan, places: Places) -> None:
        self._scan = scan
        owned = _owners(scan, places.gazetteer)
        self._mentions = sorted([*places.mentions, *owned], key=lambda m: m.start)
        self._of_side: dict[str | None, Mention] = {}
        for m in self._mentions:
            if m.record.kind == "country":
                self._of_side.setdefault(SIDE_OF_COUNTRY.get(m.record.country), m)

    def before(self, at: int, first: int) -> Mention | None:
        """The country that the paragraph names last before, whose people or whose capital speak there."""
        nations = [(f.start, f.term.get("side")) for f in self._scan.within("nation", first, at)]
        low, high = (bisect_left(self._mentions, i, key=lambda m: m.start) for i in (first, at))
        for m in reversed(self._mentions[low:high]):
            side = SIDE_OF_COUNTRY.get(m.record.country)
            if m.record.kind == "country" and m.role in ("in", "owner", "office"):
                later = [s for start, s in nations if start >= m.end and s != side]
                return self._of_side.get(later[-1]) if later else m
            if m.role in ("owner", "voice", "office") and side is not None:
                return self._of_side.get(side)
        return self._of_side.get(nations[-1][1]) if nations else None


def _owners(scan: Scan, gazetteer: Gazetteer) -> Iterator[Mention]:
    """The countries that bodies are named by: "Iran's health ministry"."""
    for f in scan.by_type.get("voice", ()):
        for i in range(f.start, f.end):
            for entry in gazetteer.phrases.get(scan.tokens[i].text):
                record = gazetteer.place(entry.places[0])
                if not entry.rest and record.kind == "country" and scan.tokens[i].capital:
                    yield Mention(i, i + 1, entry.places, record, True, "owner", i)


def _first(sentences: Sequence[Sentence], index: int) -> int:
    """The token at which the paragraph of a sentence begins."""
    first = index
    while first and sentences[first - 1].paragraph == sentences[index].paragraph:
        first -= 1
    return sentences[first].start


def _lead(scan: Scan, f: Found) -> int | None:
    """The preposition that sets something in the country, past "the north of the"; None where none does."""
    k = f.start - 1
    for _ in range(_WORDS):
        if k < 0:
            return None
        lead = next(
            (
                p
                for n in (0, 1, 2)
                for p in scan.starting.get(k - n, ())
                if p.end == k + 1 and p.term.type == "place_prep"
            ),
            None,
        )
        if lead is not None and scan.at(k, "partitive") is None:
            return None if lead.term.get("role") else lead.start
        plain = scan.tokens[k].kind == "w" and k not in scan.starting
        if not plain and scan.at(k, *_PASSED) is None and not scan.definite(k):
            return None
        k -= 1
    return None


def _largest(scan: Scan, lead: int) -> bool:
    """Whether the country only tells among what something is the largest: "the biggest hospital in the country"."""
    return bool(scan.within("ranking", max(0, lead - _WORDS), lead))
