"""Of which people a number is, where its own noun leaves it open: carried over a report, or told by its parts.

Enters: the drafts of a report. Leaves: the same drafts with the classes of people, and the kinds of wholes, settled.
Does not belong here: an ellipsis within one sentence (`assemble`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from warledger.model import Item

if TYPE_CHECKING:
    from warledger.extraction.clauses import Clause
    from warledger.extraction.drafts import Draft
    from warledger.extraction.phrases import Phrase
    from warledger.extraction.scan import Scan
    from warledger.extraction.ties import Reading

_HARMED = ("killed", "wounded")
_JOINED = 3  # tokens between a number and the next one whose noun it shares
_BORNE = 4  # tokens from a verb of bearing losses to their number
_GROUPS = ("civilian", "soldier")
_PARTS = 4  # drafts behind a whole among which its dead and hurt are told
_TALLY = ("period", "cumulative")
_HELD = 2  # sentences around people who came home in which they are told to have been held
_UNIT_NAME = 6  # tokens of a unit's name before its size


def of_army(scan: Scan, clause: Clause, phrase: Phrase) -> bool:
    """Whether the sentence tells of an army's losses, or of a unit of that size: its dead are soldiers."""
    for p in clause.predicates:
        low, high = min(p.end, phrase.end), max(p.start, phrase.start)
        marks = (
            ";," if p.start >= phrase.end else ";"
        )  # "a woman died, 37 flats lost their windows"
        apart = any(scan.tokens[i].text in marks for i in range(low, high))
        if p.term.get("frame") == "lose_army" and not apart:
            return True
    sized = scan.within("number_noun", phrase.start - 1, phrase.start)
    first = phrase.start - _UNIT_NAME
    units = scan.within("object", first, phrase.start)
    named = any(f.term.get("class") == "military" for f in units)
    return bool(sized) and (named or bool(scan.within("forces", first, phrase.start)))


def captives(scan: Scan, clause: Clause, phrase: Phrase) -> bool:
    """Whether a bare number of captives is of the soldiers named before it: "swapped prisoners, 175 for 175"."""
    named = scan.within("person", clause.sentence.start, phrase.start)
    own = [p for p in clause.predicates if p.start == phrase.end]
    told = any(f.term.get("class") == "soldier" for f in (*named, *own))
    return phrase.elided and told  # "205 prisoners of war"


def only_returned(scan: Scan, clause: Clause, clauses: Sequence[Clause], reading: Reading) -> bool:
    """Whether residents, civilians or children only came home, and nothing here or beside says that they were held."""
    head = reading.phrase.heads.get("person")
    if not reading.predicate.term.get("home") or head is None:
        return False
    if not (head.term.get("lives") or head.term.get("class") in ("civilian", "child")):
        return False
    here, index = clause.sentence, clause.sentence.index
    if any(f.term.get("class") == "soldier" for f in scan.within("person", here.start, here.end)):
        return False
    return not any(
        p.term.get("frame") in ("imprison", "exchange") and not p.term.get("home")
        for row in clauses[max(0, index - _HELD) : index + _HELD + 1]
        if row.sentence.paragraph == here.paragraph
        for p in scan.within("predicate", row.sentence.start, row.sentence.end)
    )


def settle(drafts: list[Draft]) -> list[Draft]:
    """The drafts with victims told in parts as casualties, and with the civilians of a report of civilians."""
    drafts = [_split(n, drafts) for n in range(len(drafts))]
    return _carry_civilians(_of_soldiers(_without_echo(drafts)))


def _without_echo(drafts: list[Draft]) -> list[Draft]:
    """The drafts without one person told of again: «Ранен тракторист. Мужчину госпитализировали»."""
    out: list[Draft] = []
    for draft in drafts:
        before = next((d for d in reversed(out) if d.claim.kind == draft.claim.kind), None)
        if before is None or not _echoes(before, draft):
            out.append(draft)
    return out


def _echoes(before: Draft, draft: Draft) -> bool:
    """Whether a plain word for a man or a woman before its verb means the one person told of right before."""
    told, again = before.reading, draft.reading
    if told is None or again is None or draft.claim.kind not in _HARMED:
        return False
    ones = all(r.phrase.amount.sort == "bare" and r.phrase.amount.low == 1 for r in (told, again))
    first, noun = told.phrase.heads.get("person"), again.phrase.heads.get("person")
    if not ones or first is None or noun is None or not noun.term.get("general"):
        return False
    other = first.term.get("general") and first.term.id != noun.term.id
    alone = again.phrase.start == noun.start and again.phrase.end <= again.predicate.start
    near = 0 <= again.phrase.sentence - told.phrase.sentence <= 1
    behind = told.predicate.end <= told.phrase.start  # whoever is new stands behind the verb
    return alone and near and behind and not other and not again.phrase.amount.more


def _of_soldiers(drafts: list[Draft]) -> list[Draft]:
    """Dead and hurt without a noun behind an army's casualties of their sentence are soldiers: "600,000, 140,000 killed"."""
    out: list[Draft] = []
    for draft in drafts:
        before = out[-1] if out else None
        army = before is not None and before.claim.kind == "casualties"
        army = army and before is not None and before.claim.item.class_ == "soldier"
        if army and before is not None and _open(draft) and _same_sentence(before, draft):
            item = Item("soldier", None, None)
            out.append(_with(draft, msgspec.structs.replace(draft.claim, item=item)))
        else:
            out.append(draft)
    return out


def _same_sentence(a: Draft, b: Draft) -> bool:
    both = a.reading is not None and b.reading is not None
    return both and a.reading.phrase.sentence == b.reading.phrase.sentence  # type: ignore[union-attr]


def _split(at: int, drafts: list[Draft]) -> Draft:
    """Victims whose dead and hurt are told behind them are casualties: "eight victims: one dead, seven hurt"."""
    draft = drafts[at]
    claim, reading = draft.claim, draft.reading
    counted = reading is not None and reading.predicate.term.get("counted") == "kill"
    if not counted or claim.kind != "killed" or claim.quantity is None:
        return draft
    parts = [d.claim for d in drafts[at + 1 : at + 1 + _PARTS] if d.claim.kind in _HARMED]
    numbers = [p.quantity.low for p in parts[:2] if p.quantity is not None]
    kinds = {p.kind for p in parts[:2]}
    whole = claim.quantity.low
    if len(kinds) == 2 and None not in numbers and sum(n or 0 for n in numbers) == whole:
        language, _, term = claim.rule.split("/")
        rule = f"{language}/casualties/{term}"
        return _with(draft, msgspec.structs.replace(claim, kind="casualties", rule=rule))
    return draft


def _carry_civilians(drafts: list[Draft]) -> list[Draft]:
    """In a report that counts only civilians, dead and hurt without a noun of their own are civilians too.

    A tally of a period that opens with civilians goes on with them, whoever else it names.
    """
    harmed = [d for d in drafts if d.claim.kind in _HARMED]
    named = [_named(d) for d in harmed]
    tally = bool(named) and named[0] == "civilian" and _over_time(harmed[0])
    only = named.count("civilian") > 1 and "person" not in named
    if named.count("soldier") > int(tally) or not (only or tally):
        return drafts
    told_by = harmed[0].claim.speaker.name
    return [
        _as_civilians(d)
        if _open(d) and (only or (_over_time(d) and d.claim.speaker.name == told_by))
        else d
        for d in drafts
    ]


def _over_time(draft: Draft) -> bool:
    return draft.claim.detail.get("basis") in _TALLY


def _open(draft: Draft) -> bool:
    """Whether a number of dead or hurt is of people whom no noun of its own names."""
    claim = draft.claim
    return claim.kind in _HARMED and _named(draft) is None and claim.item.class_ == "person"


def _as_civilians(draft: Draft) -> Draft:
    return _with(draft, msgspec.structs.replace(draft.claim, item=Item("civilian", None, None)))


def _with(draft: Draft, claim: object) -> Draft:
    return type(draft)(claim, draft.order, draft.mentions, draft.reading)  # type: ignore[arg-type]


def _named(draft: Draft) -> str | None:
    """The class that a draft's own noun names, leaving out nouns that only say what happened to them."""
    head = draft.reading.phrase.heads.get("person") if draft.reading else None
    if head is None or head.term.get("role") == "victim":
        return None
    return str(head.term.get("class"))


def named_behind(scan: Scan, clause: Clause, phrase: Phrase) -> str | None:
    """The group that the next number names for both: "killed seven and injured 25 civilians"."""
    behind = next((p for p in clause.phrases if p.start >= phrase.end), None)
    person = behind.heads.get("person") if behind is not None else None
    if behind is None or person is None or behind.start - phrase.end > _JOINED:
        return None
    joined = scan.at(phrase.end, "conj")
    class_ = str(person.term.get("class"))
    told = joined is not None and joined.term.get("joins") == "and" and class_ in _GROUPS
    return class_ if told else None


def of_state(scan: Scan, phrase: Phrase) -> bool:
    """Whether a state or its army is the subject of a verb of bearing losses: "Russia has sustained 465,000 casualties"."""
    borne = scan.within("bears", phrase.start - _BORNE, phrase.start)
    if not borne:
        return False
    k = borne[0].start - 1
    while k > 0 and scan.at(k, "aux", "adverb"):
        k -= 1
    nation = scan.at(k, "nation")
    if nation is not None and nation.term.get("metonym"):
        return True
    return any(f.end == k + 1 for f in scan.within("forces", k - _BORNE, k + 1))
