"""Who a verb of saying has for its subject, or what words such as "according to" name.

Enters: a `Scan`, a sentence, its voices, a verb. Leaves: the voice that speaks, or None. Does not belong here: how far
what it says reaches (`attribution`, `carrying`).
"""

from __future__ import annotations

import msgspec

from warledger.extraction.naming import Names, back_over_name, over_name
from warledger.extraction.scan import Found, Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.voices import OWN, Voice, heard

_REACH = 9
_PASSED_ON = 3  # tokens between an outlet's credit and that of whom it quotes
_NOUN = 3  # tokens of a noun for people
_TITLE = 4  # letters of an abbreviated title before a name
_APPOSED = 9  # tokens behind a speaker's name in which the role may stand that tells who it is
_NO_SOURCE = (
    "prep",
    "place_prep",
    "conj",
    "relative",
    "predicate",
    "says",
    "aux",
    "pronoun",
    "number",
)
_CLOSES = ',"'  # marks that may part a subject from its verb
_PARTS = ',.;:"'


def interviews(scan: Scan, voice: Voice, says: Found) -> bool:
    """Whether an outlet right behind a verb of saying is who was told, for its speaker follows: «рассказала Би-би-си Анна»."""
    behind = voice.end
    if voice.outlet and scan.tokens[says.end].text == '"' and voice.start == says.end + 1:
        closed = range(behind, min(behind + _TITLE, len(scan.tokens)))
        behind = next((k + 1 for k in closed if scan.tokens[k].text == '"'), behind)
    elif not voice.outlet or voice.start != says.end:
        return False
    if behind >= len(scan.tokens):
        return False
    token = scan.tokens[behind]
    return token.kind == "w" and (token.capital or scan.at(behind, "person", "role") is not None)


def pronoun_before(scan: Scan, at: int) -> int | None:
    """Where a pronoun for somebody stands that is the subject of a verb, adverbs between: "he has since refused"."""
    k = at
    while k > 0 and scan.at(k - 1, "adverb", "aux", "negation"):
        k -= 1
    told = scan.at(k - 1, "pronoun") if k else None
    return k - 1 if told is not None and told.term.get("person") else None


def witness(scan: Scan, voices: list[Voice], says: Found) -> Voice | None:
    """Whoever is told of by a plain noun right beside a verb of saying: "said a nurse", «рассказали жители»."""
    if scan.definites and not says.term.get("sure"):
        return None
    if scan.definites and scan.tokens[max(0, says.start - 1)].kind == "w":
        return None  # "officials in Jammu said residents …": what is said follows
    behind = says.end
    while scan.at(behind, "article") or any(v.outlet and v.start == behind for v in voices):
        outlet = next((v for v in voices if v.outlet and v.start == behind), None)
        behind = outlet.end if outlet else behind + 1
    people = scan.within("person", max(0, says.start - _NOUN), behind + 1)
    for f in people:
        if (f.end != says.start and f.start != behind) or heard(scan, f):
            continue
        if not any(v.start <= f.end and f.start < v.end for v in voices):
            name = " ".join(scan.original(f.start, f.end).split())
            return Voice(f.start, f.end, name, None, weak=True)
    return None


def unknown_source(scan: Scan, at: int, last: int, names: Names, *, alone: bool) -> Voice | None:
    """Who is named right behind "according to" by a name that no registry knows: «за даними SOHR».

    A plain noun names one where the sentence has nobody else: `alone`, «за даними місцевих медиків».
    """
    start = at + (at < last and scan.tokens[at].text == '"')
    for k in range(start, min(start + _TITLE, last)):
        if (end := over_name(scan, k, last)) > k:
            voice = names.of(scan, k, end)
            return msgspec.structs.replace(voice, start=start) if voice else None
        people = scan.at(k, "person") if alone else None
        if people is not None and not heard(scan, people):
            past = scan.at(people.end, "person") if people.end < last else None
            end = past.end if past else people.end  # «місцевих медиків»
            return Voice(start, end, " ".join(scan.original(start, end).split()), None, weak=True)
        if scan.tokens[k].kind != "w" or scan.at(k, *_NO_SOURCE):
            return None
    return None


def is_witness(scan: Scan, voice: Voice) -> bool:
    """Whether a voice is people told of by a plain noun, who hold no office and are of no side."""
    plain = voice.weak and voice.side is None and scan.at(voice.start, "person") is not None
    return plain and scan.at(voice.start, "role", "voice") is None


def bracketed_off(scan: Scan, voice: Voice, says: Found) -> bool:
    """Whether a voice stands in brackets, and the verb outside of them: "the governor (in Kyiv called a head) wrote".

    A name that fills its brackets is another one of who stands before them.
    """
    texts = [t.text for t in scan.tokens[max(0, voice.start - 1) : voice.end + 1]]
    if texts[0] == "(" and texts[-1] == ")":
        return False
    before = voice.end <= says.start
    low, high = (voice.end, says.start) if before else (says.end, voice.start)
    marks = [t.text for t in scan.tokens[low:high] if t.text in ("(", ")")]
    return bool(marks) and (marks[0] == ")" if before else marks[-1] == "(")


def stranger(
    scan: Scan, sentence: Sentence, voices: list[Voice], says: Found, names: Names
) -> Voice | None:
    """Who speaks where a name that no registry knows stands right beside a verb of saying: "Petrenko said".

    A verb that may say nothing has a subject only in a name that the report gave an office before.
    """
    k = says.start
    while k > sentence.start and scan.at(k - 1, "aux", "adverb"):
        k -= 1
    start = back_over_name(scan, k, sentence.start)
    if start == k and says.start > sentence.start and scan.tokens[says.start - 1].text in ',"':
        end = over_name(scan, says.end, sentence.end)
        start, k = says.end, end
        if any(v.start - end <= _APPOSED and v.start >= end for v in voices):
            return None  # "said Ivan Petrenko, the head of the district administration"
    if start == k or any(v.start < k and start < v.end for v in voices):
        return None
    heads = start > says.start or start == sentence.start or scan.tokens[start - 1].kind == "p"
    sure = says.term.get("sure") or (heads and names.knows(scan, start, k))
    return names.of(scan, start, k) if sure else None


def subject_of(
    scan: Scan, sentence: Sentence, voices: list[Voice], says: Found, last: Voice | None
) -> Voice | None:
    """The subject of a verb of saying: right behind it, or the nearest before it, or who spoke last for a pronoun."""
    if (apposed := _apposed(scan, sentence, voices, says)) is not None:
        return apposed
    before = nearest_before(voices, says.start, sentence.start, _REACH + 6)
    if before is not None and before.nation and not _adjoins(scan, before.end, says.start):
        others = [v for v in voices if not v.nation]
        before = nearest_before(others, says.start, sentence.start, _REACH + 6) or before
    after = nearest_after(scan, voices, says.end, sentence.end, 5)
    if says.term.get("hearer"):
        if after is not None and scan.at(says.end, "agent"):
            return after  # "the mission was told by officials"
        after = None  # "told the council"
    if after is not None and (
        scan.at(says.end, "relative") or _reported(scan, says.end, after.start)
    ):
        after = None
    behind = scan.at(says.end, "pronoun")
    if behind is not None and behind.term.get("subject") and after is not None:
        return last  # «написал он в телеграм-канале»
    opening = says.start - 1
    lead = (
        None if scan.definites or opening == sentence.start else scan.at(opening, "conj", "adverb")
    )
    if lead is not None and lead.term.get("joins") not in ("and", "or", "but"):
        opening -= 1  # «…, как утверждает армия»
    mark = scan.tokens[opening].text if says.start > sentence.start else ""
    if after is not None and (mark in ',–"' or before is None or before.end < says.start - _REACH):
        return after
    k = says.start - 1
    while k >= sentence.start and scan.at(k, "aux", "adverb"):
        k -= 1
    if k > sentence.start and scan.at(k, "relative") and (owner := _related(scan, voices, k)):
        return owner
    if k >= sentence.start and (pronoun := scan.at(k, "pronoun")) is not None:
        return OWN if pronoun.term.get("own") else last
    if before is not None:
        return before
    return after or (last if _bare_says(scan, sentence, says) else None)


def _related(scan: Scan, voices: list[Voice], at: int) -> Voice | None:
    """Whom a relative pronoun stands for: the voice right before it or its comma: "Israel, which said"."""
    before = at - (scan.tokens[at - 1].text == ",")
    return next((v for v in reversed(voices) if v.end == before), None)


def _apposed(scan: Scan, sentence: Sentence, voices: list[Voice], says: Found) -> Voice | None:
    """The subject that an apposition or relative clause parts from its verb: "the governor, Ivan Petrenko, said".

    So does a name in quotation marks that stands right before it: «Маген Давид Адом» повідомила.
    """
    mark = says.start - 1
    if mark <= sentence.start or scan.tokens[mark].text not in _CLOSES:
        return None
    for voice in (v for v in reversed(voices) if not v.outlet):
        opening = scan.tokens[voice.start - 1].text if voice.start > sentence.start else ""
        if voice.end == mark and opening == scan.tokens[mark].text:
            return voice
        if voice.end >= mark or scan.tokens[mark].text != ",":
            continue
        heads = voice.start == sentence.start or _heads(scan, voice.start - 1)
        between = range(voice.end + 1, mark)
        closed = scan.tokens[voice.end].text == ","
        if heads and closed and _apposition(scan, between):
            return voice
    return None


def _apposition(scan: Scan, between: range) -> bool:
    """Whether tokens between two commas tell who somebody is: one apposition, or one and a relative clause."""
    marks = [k for k in between if scan.tokens[k].text in _PARTS]
    if not marks:
        return len(between) <= _APPOSED
    related = len(marks) == 1 and scan.at(marks[0] + 1, "relative") is not None
    return related and scan.tokens[marks[0]].text == "," and len(between) <= 2 * _APPOSED


def _heads(scan: Scan, at: int) -> bool:
    """Whether a clause opens behind a token: a mark, an article, a conjunction or an opening quotation mark."""
    token = scan.tokens[at]
    joined = scan.at(at, "conj", "article") is not None or scan.definite(at)
    return joined or (token.kind in "pl" and token.text not in ",)")


def beside(scan: Scan, sentence: Sentence, voice: Voice, says: Found) -> bool:
    """Whether nothing but auxiliaries, adverbs or an apposition parts a voice from a verb of saying."""
    if voice.end <= says.start:
        apposed = _apposed(scan, sentence, [voice], says) is voice
        return apposed or _adjoins(scan, voice.end, says.start)
    return _adjoins(scan, says.end, voice.start)


def _adjoins(scan: Scan, end: int, at: int) -> bool:
    """Whether nothing but auxiliaries and adverbs stands between two tokens: "Kyiv later said"."""
    return all(scan.at(k, "aux", "adverb") for k in range(end, at))


def _reported(scan: Scan, a: int, b: int) -> bool:
    """Whether a clause of what is said begins between: "he specified that the Ukrainian side had lost …"."""
    return any(
        scan.tokens[i].text == ","
        and (conj := scan.at(i + 1, "conj")) is not None
        and conj.term.get("joins") == "that"
        for i in range(a, b)
    )


def _bare_says(scan: Scan, sentence: Sentence, says: Found) -> bool:
    """Whether a verb of saying has no noun before it in its clause that could be another subject, and needs none."""
    if says.start == sentence.start:
        return not scan.definites  # where a verb needs no subject of its own
    return scan.tokens[says.start - 1].text in ',–"'


def nearest_before(voices: list[Voice], at: int, first: int, reach: int) -> Voice | None:
    """The voice named last before a token, within reach: a body or person before an outlet, and before a role near by."""
    rows = [v for v in voices if first <= v.start and v.end <= at and at - v.end <= reach]
    if rows and rows[-1].outlet and rows[-1].end == at:
        return rows[-1]
    rows = [v for v in rows if not v.outlet] or rows
    if not rows:
        return None
    strong = [v for v in rows if not (v.weak or v.led)]
    return strong[-1] if strong and rows[-1].start - strong[-1].end <= 6 else rows[-1]


def nearest_after(scan: Scan, voices: list[Voice], at: int, last: int, reach: int) -> Voice | None:
    """The voice named first behind a token, within reach, with no clause begun between."""
    rows = [v for v in voices if v.start >= at and v.start - at <= reach and v.start < last]
    bodies = [v for v in rows if not v.outlet]
    named = rows and rows[0].outlet and rows[0].start == at
    alone = named and bodies and not _together(scan, rows[0].end, bodies[0].start)
    rows = (
        bodies if bodies and not alone else rows
    )  # "by Bloomberg's count, Russia …" is Bloomberg's
    if not rows:
        return None
    between = range(at, rows[0].start)
    if any(scan.tokens[k].text in ".;:" and not _abbreviates(scan, k) for k in between):
        return None
    if any(scan.tokens[k].text == "," and scan.at(k + 1, "relative") for k in between):
        return None  # "according to the foresters, whose chief resigned"
    first = rows[0]
    strong = (v for v in voices if not (v.weak or v.outlet) and v.start >= first.start)
    near = (v for v in strong if v.start - first.end <= _PASSED_ON)
    return next((v for v in near if _together(scan, first.end, v.start)), first)


def _abbreviates(scan: Scan, k: int) -> bool:
    """Whether a full stop ends an abbreviation of letters: «в. о. мера»."""
    return scan.tokens[k].text == "." and k > 0 and len(scan.tokens[k - 1].text) == 1


def _together(scan: Scan, end: int, at: int) -> bool:
    """Whether no mark but a quotation's parts two tokens: «служба швидкої допомоги «Маген Давид Адом»»."""
    return all(scan.tokens[k].kind == "w" or scan.tokens[k].text == '"' for k in range(end, at))
