"""Positions told by their wordings: demands, refusals, orders, offers, intentions, justifications, denials.

Enters: passages and who says what. Leaves: `Event`s of `position`, one a clause that takes one.
Does not belong here: who holds it (`attribution`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from warledger.extraction import law, nuclear
from warledger.extraction.attribution import Attribution
from warledger.extraction.event import Event
from warledger.extraction.scan import Found, Scan

if TYPE_CHECKING:
    from warledger.extraction.statements import Passage

_HEARERS = 9  # tokens behind a verb in which stand those whom it tells what to do
_NEAR = 2  # tokens between a negation and the denial that it undoes
_VERB = 3  # tokens behind a word of will in which its infinitive stands
_JOINED = 14  # tokens between a state and the second of the verbs that it is the subject of
_MET = 4  # tokens from an infinitive on in which a meeting is named
_TOLD = 6  # tokens from "told" to the clause of what somebody heard
_FACT = 4  # tokens between "insists" and the clause that it opens
# Stances that only somebody credited takes: a narrator's own "in response to" justifies nothing.
_CREDITED = frozenset({"justifies"})


def found(passage: Passage, attribution: Attribution) -> Iterator[Event]:
    """The positions that a sentence tells: one for each of its clauses in which somebody takes one."""
    held = sorted(_held_here(passage, attribution), key=lambda w: w.start)
    if not held:
        return
    parts: list[tuple[int, list[Found]]] = [(passage.sentence.start, [held[0]])]
    for word in held[1:]:
        at = _parting(passage, parts[-1][1][-1], word)
        if at is None:
            parts[-1][1].append(word)
        else:
            parts.append((at, [word]))
    ends = [*(start for start, _ in parts[1:]), passage.sentence.end]
    holder = None
    for (start, words), end in zip(parts, ends, strict=True):
        event = _event(passage, min(words, key=_rank), start, end)
        if holder is None or not _goes_on(passage.scan, start, event.predicate.start):
            holder = event.predicate.start
        event.holder = holder
        yield event


def _goes_on(scan: Scan, k: int, end: int) -> bool:
    """Whether a clause has no subject of its own before its verb: "and urged them to leave"."""
    return all(
        scan.tokens[i].kind == "p" or scan.at(i, "conj", "aux", "adverb", "negation")
        for i in range(k, end)
    )


def _held_here(passage: Passage, attribution: Attribution) -> Iterator[Found]:
    """The words of a sentence with which somebody takes a position: verbs of the lexicon and wordings."""
    scan, clause = passage.scan, passage.clause
    legal = [p for p in clause.predicates if p.term.get("frame") == "legal"]
    acts = [p for p in legal if law.tells(scan, clause, p)]
    for predicate in clause.predicates:
        if predicate.term.get("frame") == "position" and _stated(passage, attribution, predicate):
            if not _on_condition(scan, predicate.start) and not (
                acts and scan.within("relative", acts[0].end, predicate.start)
            ):
                yield predicate  # of what somebody is charged with no position is told
    if acts:
        return
    words = [*passage.words.of("stance"), *passage.words.of("resolve")]
    for word in words:
        held = _taken if word.term.type == "stance" else _willed
        if held(passage, attribution, word) and not _on_condition(scan, word.start):
            yield word


def _on_condition(scan: Scan, at: int) -> bool:
    """Whether a token stands in a clause that "if" opens: what would follow is told of, and no position."""
    for k in range(at - 1, max(-1, at - 1 - _JOINED), -1):
        if scan.tokens[k].text in ",.;:" or scan.tokens[k].kind == "l":
            return False
        if _is_if(scan, k):
            return True
    return False


def _is_if(scan: Scan, k: int) -> bool:
    """Whether a word that joins clauses and makes what follows only possible stands at a token."""
    joins = scan.at(k, "conj", "that", "prep", "adverb") is not None or scan.at(k, "counterfactual")
    return bool(joins) and scan.at(k, "possible", "counterfactual") is not None


def _rank(word: Found) -> tuple[int, int]:
    """Which word of a clause its position rests on: a verb of the lexicon, a stance, what is willed; of several the first."""
    return ("predicate", "stance", "resolve").index(word.term.type), word.start


def _stated(passage: Passage, attribution: Attribution, predicate: Found) -> bool:
    """Whether anybody who can hold a position is a verb's subject; a court's word is no position."""
    scan, clause, sentence = passage.scan, passage.clause, passage.sentence
    if law.judged(scan, clause, predicate):
        return False
    if predicate.term.get("facts") and _of_fact(scan, predicate, sentence.end):
        return False
    if attribution.subject(sentence, predicate.start) is not None:
        return True
    if _people(scan, predicate.start):
        return False
    return attribution.at(sentence, predicate.start)[0].name is not None


def _people(scan: Scan, k: int) -> bool:
    """Whether plain people stand right before a token, whose the deed then is: «триста жителей попросили вывезти их»."""
    return any(f.end == k for f in scan.within("person", k - 3, k))


def _taken(passage: Passage, attribution: Attribution, word: Found) -> bool:
    """Whether a wording tells a position that somebody holds."""
    if not _held(passage, attribution, word) or _undone(passage, word):
        return False
    if _of_somebody(passage.scan, word.start - 1):
        return False  # "they identified the officer who gave the order"
    if word.term.get("infinitive") and not _before_infinitive(passage.scan, word):
        return False
    return not (word.term.get("facts") and _of_fact(passage.scan, word, passage.sentence.end))


def _parting(passage: Passage, first: Found, word: Found) -> int | None:
    """Where the clause of a second position begins: behind a semicolon, "and that", "while", or who said the first."""
    scan = passage.scan
    for k in range(word.start - 1, first.end - 1, -1):
        conj = scan.at(k, "conj")
        if scan.tokens[k].text == ";":
            return k + 1
        if conj is not None and scan.at(k, "that", "purpose"):
            return None  # what is demanded stands in a clause of its own
        if conj is not None and (conj.term.get("joins") == "but" or scan.at(conj.end, "relative")):
            return k
        if conj is not None and word.term.type != "resolve" and _joins_on(scan, conj.end, word):
            return k
        another = scan.tokens[k].text == "," and _of_another(scan, k + 1, word.start)
        if another and not _on_condition(scan, k):
            return k + 1
    said = scan.within("says", first.end, word.start)
    if said and scan.tokens[word.start - 1].text == ",":
        return word.start
    return None


def _of_another(scan: Scan, k: int, at: int) -> bool:
    """Whether a state that opens a clause is the subject of a verb: «Росія вимагає Донбас, Україна відмовляється»."""
    nation = scan.at(k, "nation")
    if nation is None or not _state(scan, k):
        return False
    return all(scan.at(i, "aux", "adverb", "negation", "pronoun") for i in range(nation.end, at))


def _joins_on(scan: Scan, k: int, word: Found) -> bool:
    """Whether only auxiliaries, adverbs and a pronoun stand between a conjunction and a verb."""
    return all(scan.at(i, "aux", "adverb", "pronoun") for i in range(k, word.start))


def _event(passage: Passage, word: Found, start: int, end: int) -> Event:
    """A position told by a wording: its clause, or its whole sentence."""
    while start < end and passage.scan.tokens[start].kind not in "wn":
        start += 1
    detail = {"stance": word.term.get("stance")}
    modality = None if word.term.type == "predicate" else "asserted"
    return Event("position", word, start, end, [], detail, modality=modality)


def _willed(passage: Passage, attribution: Attribution, word: Found) -> bool:
    """Whether a word for what is willed stands in the words of a state, an army or a body of states."""
    scan, sentence = passage.scan, passage.sentence
    credit = attribution.credit_at(sentence, word.start)
    speaker = attribution.at(sentence, word.start)[0]
    if credit is None and not word.term.get("bare"):
        return False
    if speaker.side is None or nuclear.warning(passage):
        return False
    after = scan.at(word.end, "aux")
    if (after is not None and after.term.get("perfect")) or _called_off(passage, word):
        return False  # "it must have been", "the talks will not take place"
    if word.term.get("infinitive") and not _before_infinitive(scan, word):
        return False
    if word.term.get("stance") == "refuses" and scan.at(word.end, "says"):
        return False  # "he would not say"
    if word.term.get("stance") == "offers" and scan.at(word.start - 1, "negation"):
        return False  # "the agenda is not ready"
    first = sentence.start if credit is None else credit.end
    if any(_describes(scan, r) for r in scan.within("relative", first, word.start)):
        return False  # "an answer to those who believe that Moscow would stop"
    return not word.term.get("bare") or _acts(scan, word)


def _before_infinitive(scan: Scan, word: Found) -> bool:
    """Whether what is willed stands behind a word in the infinitive, or in a clause that it opens: «пообіцяв, що …».

    What a meeting's verb tells is planned, and willed by nobody: «має відбутися», «намерены провести переговоры»;
    who refuses to meet or to talk takes a position.
    """
    for k in range(word.end, min(word.end + _VERB, len(scan.tokens))):
        if scan.tokens[k].text == "," and scan.at(k + 1, "that"):
            return True
        if scan.tokens[k].text == '"':
            continue
        if scan.tokens[k].kind not in "wn" or scan.at(k, "course"):
            return False
        if _infinitive(scan, k):
            return word.term.get("stance") == "refuses" or not any(
                p.term.get("frame") == "meet" for p in scan.within("predicate", k, k + _MET)
            )
    return False


def _infinitive(scan: Scan, k: int) -> bool:
    """Whether a word has the ending of an infinitive, and is known to be nothing else."""
    ends = scan.tokens[k].text.endswith(scan.infinitives)
    rows = scan.starting.get(k, ())
    return ends and all(f.term.type == "predicate" for f in rows)


def _of_fact(scan: Scan, word: Found, last: int) -> bool:
    """Whether somebody only insists that something is so: «наполягає, що літак збили», and wills nothing by it.

    An insertion between commas, «…, наполягає речник, …», tells who says so, too.
    """
    after = scan.tokens[word.end] if word.end < last else None
    inserted = word.start > 0 and scan.tokens[word.start - 1].text == ","
    if inserted and after is not None and after.kind == "w" and scan.at(word.end, "voice", "role"):
        return True
    for k in range(word.end, min(word.end + _FACT, last - 1)):
        if scan.tokens[k].text != ",":
            continue
        willed = scan.within("possible", k + 2, last) or any(
            _infinitive(scan, i) for i in range(k + 2, last)
        )
        return scan.at(k + 1, "that") is not None and not willed
    return False


def _describes(scan: Scan, relative: Found) -> bool:
    """Whether a relative word goes on about a noun, and does not open what is said: "told reporters that …"."""
    at = relative.start
    said = any(
        f.end == at and f.term.type in ("says", "predicate")
        for n in (1, 2, 3)
        for f in scan.starting.get(at - n, ())
    )
    told = any(f.term.get("hearer") for f in scan.within("says", at - _TOLD, at))
    return not (said or told) and scan.tokens[at - 1].kind == "w"


def _called_off(passage: Passage, word: Found) -> bool:
    """Whether a wording is part of what calls a meeting off."""
    return any(
        p.term.get("frame") == "meet" and p.start <= word.start < p.end
        for p in passage.clause.predicates
    )


def _acts(scan: Scan, word: Found) -> bool:
    """Whether a state, its forces or those who speak for them ("we", "Poland said it") are the subject."""
    k = word.start - 1
    while k > 0 and scan.at(k, "adverb"):
        k -= 1
    if (joint := scan.at(k, "conj")) is not None and joint.term.get("joins") == "and":
        return _of_state(scan, k)
    if scan.at(k, "nation") is not None:
        return _state(scan, k)
    own = scan.at(k, "pronoun")
    if own is not None and own.term.get("own"):
        return not word.term.get("reported")  # "they thought that we would retreat"
    said = k - 1 if own is not None else k
    while said > 0 and (scan.at(said, "relative", "conj") or scan.tokens[said].text == ","):
        said -= 1
    if said < k and _says_before(scan, said + 1):
        return own is None or _state(scan, said - 1) or _body(scan, said)
    return scan.at(k, "forces") is not None or _body(scan, k + 1)


def _state(scan: Scan, k: int) -> bool:
    """Whether a token names a state: by its capital or, where nouns have cases, by its name in the nominative."""
    nation = scan.at(k, "nation")
    if nation is None:
        return False
    return bool(nation.term.get("metonym")) or (
        "nom.sg" in nation.tags and scan.tokens[k].capital and scan.at(k - 1, "place_prep") is None
    )


def _body(scan: Scan, end: int) -> bool:
    """Whether the name of a body with a side ends at a token."""
    return any(
        f.end == end and f.term.get("sort") == "body" and f.term.get("side") != "none"
        for f in scan.within("voice", end - 3, end)
    )


def _of_state(scan: Scan, k: int) -> bool:
    """Whether a state is the subject of the verb that a conjunction joins another to: «Москва розцінює … і відповість»."""
    for i in range(k - 1, max(0, k - _JOINED), -1):
        if scan.tokens[i].text in ",;:.":
            return False
        nation = scan.at(i, "nation")
        if nation is not None and _state(scan, i) and not scan.at(i - 1, "place_prep", "prep"):
            return not nation.tags or "nom.sg" in nation.tags
    return False


def _says_before(scan: Scan, end: int) -> bool:
    """Whether a verb of saying ends at a token."""
    return any(
        f.end == end and f.term.type == "says"
        for n in (1, 2, 3)
        for f in scan.starting.get(end - n, ())
    )


def _undone(passage: Passage, word: Found) -> bool:
    """Whether a denial is denied itself: "Moscow did not deny that …"."""
    near = passage.scan.within("negation", word.start - _NEAR, word.start)
    return word.term.get("stance") == "denies" and bool(near)


def _held(passage: Passage, attribution: Attribution, word: Found) -> bool:
    """Whether anybody who can hold a position is credited with a wording, is its subject, or says "we"."""
    if word.term.get("hearer") and not _to_do(passage.scan, word.end):
        return False
    if word.term.get("holder"):
        holder = attribution.subject(passage.sentence, word.start)
        return holder is not None and holder.side is not None
    if word.term.get("own") or attribution.at(passage.sentence, word.start)[0].name is not None:
        return True
    if word.term.get("stance") in _CREDITED:
        return False
    return attribution.subject(passage.sentence, word.start) is not None


def _of_somebody(scan: Scan, k: int) -> bool:
    """Whether a relative word behind a noun for people or a role stands at a token, and what follows only describes them."""
    if k < 1 or scan.at(k, "relative") is None or scan.tokens[k - 1].kind != "w":
        return False
    people = (f for n in (1, 2, 3) for f in scan.starting.get(k - n, ()) if f.end == k)
    return any(f.term.type in ("person", "role") for f in people)


def _to_do(scan: Scan, k: int) -> bool:
    """Whether those who hear it stand behind a verb, and behind them what they are to do: "told residents to leave"."""
    for prep in scan.within("prep", k, k + _HEARERS):
        if prep.term.get("infinitive"):
            between = range(k, prep.start)
            return not any(scan.tokens[i].kind == "p" or scan.at(i, "relative") for i in between)
    return False
