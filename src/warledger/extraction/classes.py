"""Which people a number counts where their noun does not say: civilians, soldiers, or people unspecified.

Enters: a reading of people and its clause. Leaves: the class. Does not belong here: what happened to them (`frames`).
"""

from __future__ import annotations

from collections.abc import Sequence

from warledger.extraction import ages, named, people, portions
from warledger.extraction.clauses import Clause
from warledger.extraction.phrases import Phrase
from warledger.extraction.scan import Found, Scan
from warledger.extraction.ties import Reading
from warledger.extraction.wholes import partitive_before

_GROUPS = frozenset({"civilian", "soldier"})
_HARMED = ("killed", "wounded", "casualties")
_HARM = frozenset({"kill", "wound", "casualty"})
_GROWN = 18
_BESIDE = 1  # tokens between somebody and the word for what befell them


def class_of_people(scan: Scan, clause: Clause, reading: Reading, clauses: Sequence[Clause]) -> str:
    """The class of the people that a reading counts.

    A class carries over an ellipsis within the sentence ("killed six civilians and injured 12") and to parts and others
    told beside them ("16 civilians, among them three women"; "three civilians were killed and nine others hurt").
    """
    head = reading.phrase.heads.get("person")
    if head is not None and joined_group(scan, head) is not None:
        return "person"
    told = _group_before(clause, reading, clauses) or _class_told(scan, clause, reading)
    if told == "person" and _under_civilians(scan, clause, clauses):
        return "civilian"
    if told != "person" or not _goes_on(clause, reading):
        return told
    return _same_before(clause, reading, clauses) or told


def _under_civilians(scan: Scan, clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether the head of a list tells that its victims are civilians: "eight civilians were harmed: – a woman died"."""
    index = clause.sentence.intro
    if index is None:
        return False
    head = clauses[index].sentence
    people = scan.within("person", head.start, head.end)
    harmed = any(f.term.get("frame") in _HARM for f in clauses[index].predicates)
    return harmed and bool(people) and all(f.term.get("class") == "civilian" for f in people)


def _class_told(scan: Scan, clause: Clause, reading: Reading) -> str:
    """The class by the words of the sentence."""
    phrase = reading.phrase
    head = phrase.heads.get("person")
    class_ = _own_class(scan, clause, head) if head else None
    if class_ not in (None, "person"):
        return class_
    if phrase.all_are is not None:
        return str(phrase.all_are.term.get("class"))
    told = _told_before(scan, clause, phrase)
    if partitive_before(scan, phrase.start, clause.sentence.start) is not None:
        told = None  # "seven of twelve hurt are children": not the twelve
    trade = head is not None and head.term.get("trade")
    same = head is None or head.term.get("same") or (_is_part(scan, clause, phrase) and not trade)
    if told == "soldier" and head is not None and head.term.get("rank"):
        return told  # "two generals and up to 50 officers"
    if told == "soldier" and (phrase.copular or phrase.partitive):
        return told  # "90,000 soldiers died: 16,000 were convicts"
    if scan.definite(phrase.start - 1) and phrase.elided and phrase.start:
        told = None  # "seven firefighters were among the 33 wounded"
    if told is not None and (phrase.elided or (same and told in _GROUPS)):
        return told
    if phrase.elided and (shared := people.named_behind(scan, clause, phrase)):
        return shared
    ours = reading.predicate.term.get("frame") == "lose_army"  # "we lost two people"
    army = not ours and people.of_army(scan, clause, phrase)
    army = army or named.of_army(scan, phrase, reading.predicate)
    army = army or (reading.kind == "casualties" and head is None and people.of_state(scan, phrase))
    if reading.kind in _HARMED and army:
        return "soldier"
    if reading.kind == "prisoners" and people.captives(scan, clause, phrase):
        return "soldier"
    adjective = reading.predicate.term.get("class") or _before_noun(scan, reading)
    return str(adjective) if adjective and (head is None or adjective == "soldier") else "person"


def joined_group(scan: Scan, head: Found) -> Found | None:
    """The other group that a number counts together with its noun: "157 soldiers and civilians"."""
    joint = scan.at(head.end, "conj")
    other = scan.at(joint.end, "person") if joint is not None else None
    if other is None or joint is None or joint.term.get("joins") not in ("and", "or"):
        return None
    told = {str(head.term.get("class")), str(other.term.get("class"))}
    plural = any(t.endswith("pl") and t in head.tags for t in other.tags)
    return other if plural and told == _GROUPS else None


def _own_class(scan: Scan, clause: Clause, head: Found) -> str:
    """The class that a noun names, a child's where an age says so: «15-летняя девушка», "her son, 8"."""
    class_ = str(head.term.get("class"))
    age = ages.before(scan, head.start)
    if class_ not in ("child", "person"):
        return class_
    told = [age] if age is not None else ages.beside(scan, clause.amounts, head.start, head.end)
    if class_ == "child":  # «19-річна дівчина»
        return "person" if told and _GROWN <= min(told) <= ages.OLDEST else class_
    return "child" if told and max(told) < _GROWN else class_


def _before_noun(scan: Scan, reading: Reading) -> str | None:
    """The class of people whose noun stands right before the noun of harm: "civilian deaths rose to 14,000"."""
    p = reading.predicate
    if p.term.group != "noun" or p.start == 0 or not reading.phrase.elided:
        return None
    people = [f for f in scan.starting.get(p.start - 1, ()) if f.term.type == "person"]
    told = next((f for f in people if f.end == p.start and "sg" in f.tags), None)
    return None if told is None or told.term.get("trade") else str(told.term.get("class"))


def _goes_on(clause: Clause, reading: Reading) -> bool:
    """Whether a number of dead or hurt names nobody, nor does any number before it in its sentence."""
    phrase = reading.phrase
    bare = phrase.elided and not phrase.partitive and phrase.inherited is None
    counted = phrase.amount.sort == "number" and reading.kind in _HARMED and not reading.carried
    return bare and counted and not any(p.end <= phrase.start and p.heads for p in clause.phrases)


def _same_before(clause: Clause, reading: Reading, clauses: Sequence[Clause]) -> str | None:
    """The group whose dead or hurt the sentence right before tells of: "12 soldiers were killed. Another 36 were hurt"."""
    index = clause.sentence.index
    before = clauses[index - 1] if index else None
    if before is None or before.sentence.paragraph != clause.sentence.paragraph:
        return None
    if not any(p.term.get("frame") in _HARM for p in before.taken):
        return None
    heads = [p.heads["person"].term for p in before.phrases if "person" in p.heads]
    classes = {str(t.get("class")) for t in heads if t.get("role") != "victim"}
    if len(classes) != 1:
        return None
    class_ = classes.pop()
    more = reading.phrase.amount.more
    return class_ if class_ == "civilian" or (more and class_ in (*_GROUPS, "child")) else None


def _group_before(clause: Clause, reading: Reading, clauses: Sequence[Clause]) -> str | None:
    """The soldiers or civilians of an earlier sentence whose verb tells of a number that leaves its noun out."""
    phrase, at = reading.phrase, reading.predicate.start
    own = phrase.heads.get("person")
    if not reading.carried or at >= clause.sentence.start or (phrase.heads and not phrase.copular):
        return None
    if own is not None and own.term.get("class") != "person":
        return None
    told = next((c for c in clauses if c.sentence.start <= at < c.sentence.end), None)
    heads = [p.heads["person"].term for p in told.phrases if "person" in p.heads] if told else []
    classes = {str(t.get("class")) for t in heads if t.get("role") != "victim"}
    return classes.pop() if classes in ({"soldier"}, {"civilian"}) else None


def _told_before(scan: Scan, clause: Clause, phrase: Phrase) -> str | None:
    """The class of the people counted last before a phrase, past those told as a part of others."""
    head = phrase.heads.get("person")
    others = phrase.amount.more if head is None else head.term.get("same")
    # "a soldier was killed and three others hurt", "and another hurt"
    sorts = ("number", "article") if others else ("number",)
    named = [p for p in clause.phrases if "person" in p.heads and p.end <= phrase.start]
    for p in reversed(named):
        class_ = str(p.heads["person"].term.get("class"))
        if p.amount.sort not in sorts:
            if phrase.amount.more and phrase.elided and class_ in _GROUPS and _harmed(clause, p):
                return class_  # "a civilian was killed, two more were hurt"
        elif class_ in _GROUPS or not _told_in_part(scan, clause, p):
            return class_
    counted = any(p.amount.sort in sorts for p in named)
    return None if counted else _summed(scan, clause, phrase)


def _summed(scan: Scan, clause: Clause, phrase: Phrase) -> str | None:
    """The group whose number is told of without a figure: "the number of civilians killed rose from May, when 138 …"."""
    sums = scan.within("sum_of", clause.sentence.start, phrase.start)
    people = scan.at(sums[-1].end, "person") if sums else None
    class_ = people.term.get("class") if people is not None else None
    return str(class_) if class_ in (*_GROUPS, "child") and phrase.elided else None


def _harmed(clause: Clause, phrase: Phrase) -> bool:
    """Whether a word for being killed or hurt stands right beside somebody."""
    return any(
        p.term.get("frame") in ("kill", "wound")
        and (0 <= phrase.start - p.end <= _BESIDE or 0 <= p.start - phrase.end <= _BESIDE)
        for p in clause.predicates
    )


def _is_part(scan: Scan, clause: Clause, phrase: Phrase) -> bool:
    """Whether a phrase stands right behind the words that open a part, or in the list there: "among them three women"."""
    before = [p for p in clause.phrases if p.end <= phrase.start]
    if before and all(
        scan.tokens[i].text == "," or scan.at(i, "conj")
        for i in range(before[-1].end, phrase.start)
    ):
        return _is_part(scan, clause, before[-1])
    return any(
        f.end == phrase.start and f.term.type in ("including", "of_them", "of_which")
        for n in (1, 2, 3)
        for f in scan.starting.get(phrase.start - n, ())
    )


def _told_in_part(scan: Scan, clause: Clause, phrase: Phrase) -> bool:
    """Whether people are told as part of a number before them ("among them three firefighters")."""
    deeds = [
        p.end
        for p in clause.predicates
        if p.end <= phrase.start and p.term.group not in ("noun", "passive")
    ]
    first = max(deeds, default=clause.sentence.start)
    kinds = ("including", "of_which", "of_them", "among")
    return portions.before_them(scan, clause, phrase) or any(
        scan.within(kind, first, phrase.end) for kind in kinds
    )
