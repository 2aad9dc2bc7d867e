"""A sentence with its predicates and quantified phrases, and how far its words are apart.

Enters: a `Scan`, a sentence and its phrases. Leaves: a `Clause`. Does not belong here: what ties the two (`frames`).
"""

from __future__ import annotations

import msgspec

from warledger.extraction.amounts import Amount
from warledger.extraction.costs import MARKS
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.ties import Reading

_SUPPLY = 3
_OTHERS = (
    "lose_army",
    "exchange",
    "miss",
    "kill",
)  # what a verb tells where no supply stands beside it
_BESIDE = 4  # tokens around a verb in which a weapon stands that it is the deed of
_OPENING = 2  # tokens of a sentence in which words for a part of others open it
_AWAY = 14  # tokens from the first part of a verb to its second
_ATTACK = 5  # tokens between a verb of suffering and the attack that was suffered
_REFERRED = 40  # tokens back in which a pronoun's light, water, heat or gas is named


class Clause(msgspec.Struct, eq=False):
    """A sentence with its predicates and phrases, as the attachment sees it.

    `amounts` are the sentence's numbers as they stood before a noun was sought for them; `taken` are the predicates
    that govern a phrase; `things` the tokens of objects that are counted; `counts` tells that numbers stand here;
    `struck` are the predicates that govern objects, `head` is the sentence that opens the list of an item, `before` the
    sentence or item right before; `readings` are what its numbers were read as.
    """

    sentence: Sentence
    predicates: list[Found]
    phrases: list[Phrase]
    scan: Scan
    amounts: list[Amount]
    taken: frozenset[Found] = frozenset()
    things: frozenset[int] = frozenset()
    struck: frozenset[Found] = frozenset()
    head: Clause | None = None
    before: Clause | None = None
    readings: tuple[Reading, ...] = ()
    counts: bool = False
    weights: list[float] | None = None

    def crossing(self, a: int, b: int) -> float:
        """What lies between the tokens `a` and `b` (exclusive), in the units of cost."""
        if b <= a:
            return 0.0
        if self.weights is None:  # many a sentence is never asked
            self.weights = _weights(self.scan, self.sentence, self.predicates)
        offset = self.sentence.start
        return self.weights[b - offset] - self.weights[a - offset]


def _has_need(scan: Scan, predicate: Found) -> bool:
    """Whether the noun stands where a verb needs one: light, water, heat or gas to tell an outage, an attack suffered."""
    needs = predicate.term.get("needs")
    if needs == "attack":
        first, last = max(0, predicate.start - _ATTACK), predicate.end + _ATTACK
        return any(scan.within(kind, first, last) for kind in ("attack_noun", "attack_word"))
    if needs == "supply_before":
        return bool(scan.within("supply", max(0, predicate.start - _REFERRED), predicate.start))
    if second := predicate.term.get("second"):
        return bool(scan.within(str(second), predicate.end, predicate.end + _AWAY))
    near = range(max(0, predicate.start - _SUPPLY), predicate.end + _SUPPLY)
    return needs != "supply" or any(scan.at(k, "supply") for k in near)


def _not_outdone(predicates: list[Found]) -> list[Found]:
    """The predicates that no better told one of the same word outdoes.

    A verb of two parts outdoes all others; one that tells what became of a supply ("they lost their water") outdoes
    losses, swaps and people missing or dead.
    """
    cut = {(p.start, p.end) for p in predicates if p.term.get("needs") == "supply"}
    split = {(p.start, p.end) for p in predicates if p.term.get("second")}
    rows = (p for p in predicates if p.term.get("second") or (p.start, p.end) not in split)
    return [p for p in rows if p.term.get("frame") not in _OTHERS or (p.start, p.end) not in cut]


def _one_of_two(scan: Scan, predicates: list[Found]) -> list[Found]:
    """The predicates without either of two deeds that the same words tell: a missile, and not the wounded, «попала в больницу»."""
    opened = [p for p in predicates if p.term.get("open")]
    if not opened:
        return predicates
    fired = [p for p in opened if _fired(scan, p)]
    return [
        p
        for p in predicates
        if p not in fired
        and not any(o is not p and o.start <= p.start < o.end for o in opened if o not in fired)
    ]


def _fired(scan: Scan, predicate: Found) -> bool:
    """Whether a weapon or debris stands right beside a verb that takes people too."""
    first, last = max(0, predicate.start - _BESIDE), predicate.end + _BESIDE
    return any(
        "nom.sg" in f.tags or "nom.pl" in f.tags or not f.tags
        for kind in ("weapon", "debris")
        for f in scan.within(kind, first, last)
    )


def _only_helps(scan: Scan, predicate: Found) -> bool:
    """Whether a verb of being only helps the participle behind it: «п'ять ракет було збито»."""
    if scan.at(predicate.start, "aux") is None or predicate.end - predicate.start > 1:
        return False
    k = predicate.end
    while scan.at(k, "adverb") is not None and scan.at(k, "predicate") is None:
        k += 1
    verb = scan.at(k, "predicate")
    return verb is not None and verb.term.group == "passive"


def _counted(predicate: Found, phrases: list[Phrase]) -> bool:
    """Whether what may be a verb is the noun that a number counts: "has shot down 261 targets: …"."""
    if predicate.term.group != "active":
        return False
    at = predicate.start
    return any(
        p.amount.sort == "number" and any(f.start <= at < f.end for f in p.heads.values())
        for p in phrases
    )


def _strike(predicate: Found) -> bool:
    """Whether a noun only names the strike that is told of: "the toll of the strike on the market rose to 14"."""
    return predicate.term.get("frame") == "target" and predicate.term.group == "noun"


def clause(scan: Scan, sentence: Sentence, phrases: list[Phrase], amounts: list[Amount]) -> Clause:
    """Prepares a sentence for the attachment."""
    told = scan.within("predicate", sentence.start, sentence.end)
    predicates: list[Found] = []
    if told:
        courts = scan.within("law_word", sentence.start, sentence.end)
        judged = any(f.term.get("court") for f in courts)
        told = [p for p in told if judged or p.term.get("needs") != "court"]
        told = [p for p in told if not (_only_helps(scan, p) or _counted(p, phrases))]
        predicates = _one_of_two(scan, _not_outdone([p for p in told if _has_need(scan, p)]))
    tokens = scan.tokens[sentence.start : sentence.end]
    counts = bool(phrases) or "n" in [token.kind for token in tokens]
    return Clause(sentence, predicates, phrases, scan, amounts, counts=counts)


def _weights(scan: Scan, sentence: Sentence, predicates: list[Found]) -> list[float]:
    """What stands before each token of a sentence, in the units of cost."""
    heads = {p.start for p in predicates if p.term.get("frame") != "noise" and not _strike(p)}
    parting = _parting(scan, sentence)
    weights, total = [0.0], 0.0
    for i in range(sentence.start, sentence.end):
        token = scan.tokens[i]
        kind = token.kind
        if kind == "p":
            total += MARKS.get(token.text, 0.0)
        elif kind == "l":
            total += 0.5
        else:
            total += (0.22 if kind in "wn" else 0.0) + parting.get(i, 0.0)
        if i in heads and not scan.at(i, "aux"):
            total += 1.8
        weights.append(total)
    return weights


def among_those(scan: Scan, row: Clause, earlier: list[Clause]) -> Clause | None:
    """The sentence before one that only names some of those told there: "Among them are a school and a clinic"."""
    if row.predicates or not earlier:
        return None
    first = row.sentence.start
    opens = scan.within("of_them", first, first + _OPENING)
    opens += scan.within("including", first, first + _OPENING)
    return earlier[-1] if opens else None


def _parting(scan: Scan, sentence: Sentence) -> dict[int, float]:
    """What the words that open a part, a clause or a joined clause add at their token."""
    parts: dict[int, float] = {}
    for conj in scan.within("conj", sentence.start, sentence.end):
        parts[conj.start] = 2.0 if conj.term.get("joins") == "but" else 0.5
    for kind, weight in (("relative", 1.2), ("of_which", 2.5), ("including", 2.5)):
        parts.update((f.start, weight) for f in scan.within(kind, sentence.start, sentence.end))
    return parts
