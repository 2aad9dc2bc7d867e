"""Words for none that stand behind what they deny: «попаданий нет вовсе», «детей среди раненых нет».

Enters: a phrase of a word for none. Leaves: the same with the people that it denies. Does not belong here: what is
said of them (`frames`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from warledger.extraction.nouns import heads_at
from warledger.extraction.scan import Scan

if TYPE_CHECKING:
    from warledger.extraction.phrases import Phrase


def none_of(scan: Scan, phrase: Phrase, first: int) -> None:
    """A word for none behind what it denies («попаданий нет вовсе», «детей среди раненых нет»)."""
    k = _before_insertion(scan, phrase.amount.start - 1, first)
    if k < first or scan.tokens[k].kind != "w":
        return
    if scan.at(k, "predicate") is not None:
        phrase.unknown, phrase.end = False, phrase.amount.end
    for i in range(k, max(first - 1, k - 4), -1):
        if scan.tokens[i].kind != "w":
            return
        heads = heads_at(scan, i)
        if "person" in heads and scan.at(i - 1, "conj") and _person_ends(scan, i - 1):
            return  # "hurt among soldiers and civilians there are none"
        if "person" in heads and all(t.endswith(".pl") for t in heads["person"].tags):
            phrase.heads, phrase.start, phrase.unknown = {"person": heads["person"]}, i, False
            phrase.end, phrase.named_before = phrase.amount.end, True
            return


def _person_ends(scan: Scan, k: int) -> bool:
    """Whether a noun for people ends right before a token."""
    return any(
        f.end == k and f.term.type == "person"
        for n in (1, 2, 3)
        if k >= n
        for f in scan.starting.get(k - n, ())
    )


def _before_insertion(scan: Scan, k: int, first: int) -> int:
    """The token before an insertion that says who speaks ("…, the governor said, …"), or the same token."""
    if k <= first or scan.tokens[k].text != ",":
        return k
    for i in range(k - 1, max(first, k - 9), -1):
        if scan.tokens[i].text == ",":
            said = scan.within("says", i, k) or scan.within("according", i, k)
            return i - 1 if said else k
    return k
