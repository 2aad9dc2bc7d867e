"""Attribution: who is credited with each part of a report.

Enters: a `Scan`, sentences, places, the report's publisher. Leaves: for any token, the `Speaker` of its passage.
Does not belong here: names of people or bodies; those are language data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from warledger.extraction.announcing import announced, gapped
from warledger.extraction.carrying import Scenes, carry, new_passage
from warledger.extraction.imprint import Imprint
from warledger.extraction.naming import Names, over_name
from warledger.extraction.placing import SIDE_OF_COUNTRY, Places
from warledger.extraction.scan import Found, Scan
from warledger.extraction.sentences import Sentence
from warledger.extraction.subjects import (
    beside,
    bracketed_off,
    interviews,
    is_witness,
    nearest_after,
    nearest_before,
    pronoun_before,
    stranger,
    subject_of,
    unknown_source,
    witness,
)
from warledger.extraction.voices import (
    NO_TOWNS,
    OWN,
    Credit,
    Desk,
    Voice,
    nation_behind,
    outlets_in,
    paper_of,
    party_of_outlet,
    publisher_of,
    side_at,
    side_of_bodies,
    side_of_head,
    state_before,
    state_doing,
    state_of,
    voices_in,
)
from warledger.model import Speaker

_REACH = 9
_PASSED_ON = 3  # tokens between an outlet's credit and that of whom it quotes
_FIRST = 3  # tokens before a source that opens its sentence
_LIVES = 5  # tokens between a verb of claiming and the lives that it has claimed
_OPENING = 7
_DATED = 4  # tokens within which a time opens a sentence
_PARTED = 8  # tokens between the two parts of a verb of saying ("put … at")
_TITLE = 4  # letters of an abbreviated title before a name
_TIMES = ("month", "weekday", "day_word", "day_part", "period_word")
_SCENES = (*_TIMES, "scene_word")


class Attribution(msgspec.Struct, eq=False):
    """The credits of every sentence and the voice carried into it."""

    credits: dict[int, list[Credit]]
    carried: dict[int, Voice | None]
    publisher: Speaker
    voices: dict[int, list[Voice]]
    scan: Scan
    war: tuple[str, ...] = ()
    last: Mapping[int, Voice | None] = {}
    """Who spoke or was named last before each sentence, for a pronoun to mean."""

    def subject(self, sentence: Sentence, token: int, *, parted: bool = False) -> Speaker | None:
        """Whose position a verb states: the nearest voice before it; where a comma parts them, whoever spoke before."""
        said = [c.voice for c in self.credits.get(sentence.index, ()) if c.end <= token]
        if parted and said and said[-1] is not OWN:
            return self._speaker(said[-1])
        near = [
            v for v in self.voices[sentence.index] if v.end <= token and token - v.end <= _REACH
        ]
        rows = [v for v in near if not v.oblique] or [v for v in near if not v.led]
        state = state_doing(self.scan, token)
        near_by = rows and (state is None or state.start < rows[-1].end)
        voice = rows[-1] if near_by else state
        joint = self.scan.at(token - 1, "conj")
        joined = joint is not None and joint.term.get("joins") == "and"
        if voice and (voice.nation or joined) and said and said[-1].end <= voice.start:
            voice = said[-1]  # "the minister blamed Hamas and threatened", "said that Tehran would"
        voice = self._heading(sentence, token) or voice
        at = pronoun_before(self.scan, token)
        if at is not None and not any(v.start > at for v in rows):
            named = [v for v in rows if v.end <= at]
            before = said or named
            voice = before[-1] if before else self._meant_by(sentence, at)
        return self._speaker(voice) if voice else None

    def _heading(self, sentence: Sentence, token: int) -> Voice | None:
        """The voice that opens a sentence, and that an apposition between two commas parts from its verb."""
        mark = token - 1
        if mark <= sentence.start or self.scan.tokens[mark].text != ",":
            return None
        opens = (v for v in self.voices[sentence.index] if v.start == sentence.start)
        return next(
            (v for v in opens if v.end < mark and self.scan.tokens[v.end].text == ","), None
        )

    def _meant_by(self, sentence: Sentence, at: int) -> Voice | None:
        """Whom a pronoun at a token means: who was named last, unless some plain person was told of since."""
        voice = self.last.get(sentence.index)
        if voice is None or voice is OWN:
            return voice
        told = self.scan.within("person", voice.end, at)
        return voice if voice.person and not told else None

    def at(self, sentence: Sentence, token: int) -> tuple[Speaker, bool]:
        """Who speaks at a token of the sentence, and whether they deny it."""
        credit = self.credit_at(sentence, token)
        if credit is not None:
            return self._speaker(credit.voice), credit.denies and not self._put_right(credit, token)
        carried = self.carried.get(sentence.index)
        if carried is not None:
            return self._speaker(carried), False
        return self.publisher, False

    def _put_right(self, credit: Credit, token: int) -> bool:
        """Whether what follows is told instead of the words that are denied: «спростував заяви: підрозділи утримують …»."""
        words = self.scan.within("statement", credit.end, token)
        return any(
            t.text == ":" for t in self.scan.tokens[words[0].end if words else token : token]
        )

    def credit_at(self, sentence: Sentence, token: int) -> Credit | None:
        """The credit that governs a token: one of its own part of the sentence, parted by semicolons, before others."""
        rows = self.credits.get(sentence.index, [])
        own = [c for c in rows if c.part[0] <= token < c.part[1]]
        rows = [c for c in rows if c in own or not (c.leading and c.part[0] > token)]
        return _governing(own, token) or _governing(rows, token)

    def _speaker(self, voice: Voice) -> Speaker:
        if voice is OWN:
            return self.publisher
        via = self.publisher.via or (
            self.publisher.name if self.publisher.name != voice.name else None
        )
        return Speaker(voice.name, side_at(voice.side, voice.abroad, self.war), via)


def _governing(rows: list[Credit], token: int) -> Credit | None:
    """The credit among some of a sentence that governs a token."""
    leading = [c for c in rows if c.leading and c.start <= token]
    trailing = [c for c in rows if not c.leading and c.end > token]
    if leading:
        return leading[-1]
    if trailing:
        return trailing[0]
    behind = [c for c in rows if not c.leading]
    return behind[-1] if behind else next((c for c in rows if not c.joined), None)


def find(
    scan: Scan,
    sentences: list[Sentence],
    places: Places,
    publisher: str | None,
    by: Imprint | None,
    recalls: Callable[[Sentence], bool],
    settings: Mapping[str, object],
) -> Attribution:
    """Finds every credit and carries voices over the sentences that go on under them.

    With the setting `scenes` a paragraph that opens with a place or a time of its own is nobody's until somebody is credited; with
    `dated_scenes` so is a sentence inside a paragraph that opens with a time of its own. `recalls` tells whether a
    sentence is of a day well before the report's.
    """
    war = places.parties(side_of_bodies(scan))
    published_by = by.scan if by is not None else None
    headed = side_of_head(scan, sentences[0]) if sentences else None
    own = publisher_of(
        publisher, published_by, by.country_of if by else places.country_of, war, headed
    )
    paper = paper_of(published_by)
    if paper is not None and not places.tells_of(paper):
        paper = None  # a paper that tells of another war
    desk = Desk(own.side, paper, party_of_outlet(published_by, war), outlets_in(published_by))
    voices = {s.index: voices_in(scan, s, places, desk) for s in sentences}

    def dated(sentence: Sentence) -> bool:
        """Whether a sentence opens with a day, month or year of its own; where it must, only at a paragraph's head.

        So does one of an earlier day, in a paragraph that credits nobody.
        """
        if sentence.paragraph not in credited and recalls(sentence):
            return True
        stop = sentence.start + _DATED
        return bool(settings.get("dated_scenes") or new_passage(sentences, sentence)) and any(
            f.start < stop
            for kind in ("month", "weekday", "period_word")
            for f in scan.within(kind, sentence.start, stop)
        )

    def opens(sentence: Sentence) -> bool:
        """Whether a sentence sets a scene of its own: a place or a time among its first words."""
        if not settings.get("scenes"):
            return False
        stop = sentence.start + _OPENING
        if scan.within("weapon", sentence.start, sentence.end):
            return False  # whoever counts weapons goes on
        if any(m.start < stop for m in places.by_sentence[sentence.index]):
            return True
        return any(scan.within(kind, sentence.start, stop) for kind in _SCENES)

    def foreign(sentence: Sentence, voice: Voice) -> bool:
        """Whether an office is of another land than all towns that a sentence tells of."""
        towns = [m for m in places.by_sentence[sentence.index] if m.role in ("in", "bare")]
        towns = [m for m in towns if m.record.kind not in NO_TOWNS]
        sides = {SIDE_OF_COUNTRY.get(m.record.country, "INT") for m in towns}
        party = voice.weak and voice.side not in (None, "INT")
        return party and bool(sides) and voice.side not in sides

    credits: dict[int, list[Credit]] = {}
    last = None if own.name is None else OWN
    names, before = Names(), dict[int, Voice | None]()
    for sentence in sentences:
        if own.name is not None and new_passage(sentences, sentence):
            last = OWN  # "the office" in a paragraph of a body's own page
        before[sentence.index] = last
        names.learn(scan, sentence, voices[sentence.index], places)
        rows = _credits(scan, sentence, voices[sentence.index], last, names)
        if own.name is not None:  # on its own page a body tells whatever a witness did
            rows = [c for c in rows if not is_witness(scan, c.voice)]
        credits[sentence.index] = rows
        if said := [c.voice for c in rows if not c.voice.outlet]:
            last = said[-1]
        elif told := voices[sentence.index]:
            last = _named_last(told, last)
    credited = {s.paragraph for s in sentences if credits[s.index]}
    scenes = Scenes(opens, dated, foreign)
    carried = carry(scan, sentences, credits, scenes, places, own.name is not None)
    return Attribution(credits, carried, own, voices, scan, war, before)


def _named_last(told: list[Voice], last: Voice | None) -> Voice:
    """Who was named last for a pronoun to mean: a body or person before a role, and that before a nation."""
    strong = [v for v in told if not v.weak]
    if strong:
        return strong[-1]
    roles = [v for v in told if not v.nation]
    return roles[0] if roles and (last is None or last.nation) else last or told[0]


def _credits(
    scan: Scan, sentence: Sentence, voices: list[Voice], last: Voice | None, names: Names
) -> list[Credit]:
    first, past = sentence.start, sentence.end
    if not (
        voices
        or scan.within("says", first, past)
        or scan.within("according", first, past)
        or scan.within("statement", first, past)
    ):
        return []  # nobody is named, and nothing is said
    rows = list(_sources(scan, sentence, voices, last, names))
    for f in scan.within("says", sentence.start, sentence.end):
        if any(c.start <= f.start < c.end for c in rows):
            continue
        if _unsaid(scan, f) or _takes_lives(scan, f):
            continue
        told = [c for c in rows if c.end <= f.start]
        last = told[-1].voice if told else last
        since = told[-1].end if told and not told[-1].aside else sentence.start
        rows.extend(_spoken(scan, sentence, voices, f, last, names, since))
    for dash, end in gapped(scan, sentence, rows):
        voice = next((v for v in voices if v.end == dash), None) or state_before(scan, dash)
        if voice is not None:
            rows.append(Credit(voice, voice.start, end, True))
    if voices:
        rows.extend(_possessed(scan, sentence, voices, rows))
    rows.extend(_national(scan, sentence, rows))
    rows = _past_outlets(rows) or announced(scan, sentence, voices)
    rows.sort(key=lambda c: c.start)
    for credit in rows:
        credit.part = _part_of(scan, sentence, credit)
    return rows


def _past_outlets(rows: list[Credit]) -> list[Credit]:
    """The credits without those of outlets that only pass a body's word on: "Reuters reported, citing the ministry"."""
    bodies = [c for c in rows if not c.voice.outlet]
    return [
        c
        for c in rows
        if not c.voice.outlet
        or all(max(c.start - b.end, b.start - c.end) > _PASSED_ON for b in bodies)
    ]


def _sources(
    scan: Scan, sentence: Sentence, voices: list[Voice], last: Voice | None, names: Names
) -> Iterator[Credit]:
    """The credits of words such as "according to"."""
    voices = [v for v in voices if not v.heard]
    for f in scan.within("according", sentence.start, sentence.end):
        voice = _of_spokesman(scan, voices, f.end) or last if f.term.get("pronoun") else None
        voice = voice or nation_behind(scan, f.end)
        voice = voice or nearest_after(scan, voices, f.end, sentence.end, _REACH)
        if voice is not None and any(t.text == "," for t in scan.tokens[f.end : voice.start]):
            voice = None  # "according to first data, as of 10:00, air defences …"
        if voice is None and not f.term.get("pronoun"):
            voice = unknown_source(scan, f.end, sentence.end, names, alone=not voices)
        if voice is not None and voice.back:
            voice = names.meant(scan, voice, None) or voice
        if voice is None and f.term.get("postposed"):
            voice = nearest_before(voices, f.start, sentence.start, _REACH)
        if voice is not None:
            voice = names.shortened(scan, voice)
            opens = _opens(scan, sentence, f.start)
            named = not (f.term.get("pronoun") or voice.back)
            opens = opens or (named and _opens_clause(scan, sentence, f.start))
            yield Credit(voice, f.start, max(f.end, voice.end), opens, aside=True)


def _of_spokesman(scan: Scan, voices: list[Voice], at: int) -> Voice | None:
    """Whose spokesman the words before token `at` tell: «за словами речника пакистанської армії»."""
    named = (v for v in voices if at <= v.start <= at + 1 and not v.outlet)
    return next((v for v in named if scan.tokens[v.start - 1].kind == "w"), None)


def _spoken(
    scan: Scan,
    sentence: Sentence,
    voices: list[Voice],
    says: Found,
    last: Voice | None,
    names: Names,
    since: int,
) -> Iterator[Credit]:
    """The credit of a verb of saying; `last` is who spoke last before it, with words that end at `since`."""
    apart = (v for v in voices if not (v.heard or v.counted or v.led))
    near = [v for v in apart if not bracketed_off(scan, v, says)]
    heard_by = [v for v in near if interviews(scan, v, says)]
    near = [v for v in near if v not in heard_by]
    voice = state_doing(scan, says.start) or stranger(scan, sentence, near, says, names)
    if voice is None and heard_by:
        first = heard_by[0].end
        end = over_name(scan, first, sentence.end)
        voice = names.of(scan, first, end) if end > first else None
    subject = subject_of(scan, sentence, near, says, last)
    spoken = subject is not None and sentence.start <= subject.start < since <= says.start
    if spoken and all(t.text != ")" for t in scan.tokens[since : says.start]):
        subject = last  # "the mayor, who heads the council, put … and said": one subject
    if voice is None and (subject is None or not beside(scan, sentence, subject, says)):
        voice = witness(scan, voices, says)
    voice = voice or subject
    if voice is None:
        return
    voice = names.shortened(scan, _meant(scan, voice, last, names))
    start, end = min(voice.start, says.start), max(voice.end, says.end)
    if not sentence.start <= voice.start < sentence.end:
        start, end = says.start, says.end
    joined = _joined(scan, sentence, start, end)
    leading = joined or _leads(scan, sentence, start, end)
    yield Credit(voice, start, end, leading, says.term.get("stance") == "denies", joined)


def _part_of(scan: Scan, sentence: Sentence, credit: Credit) -> tuple[int, int]:
    """The tokens between two semicolons in which a credit stands."""
    marks = [i for i in range(sentence.start, sentence.end) if scan.tokens[i].text == ";"]
    before = [i for i in marks if i < credit.start]
    behind = [i for i in marks if i >= credit.end]
    return (before[-1] if before else sentence.start), (behind[0] if behind else sentence.end)


def _meant(scan: Scan, voice: Voice, last: Voice | None, names: Names) -> Voice:
    """Whom a role means that refers to who spoke last: themselves ("the service"), or one of theirs ("its army")."""
    if voice.back:
        return names.meant(scan, voice, last) or voice
    return msgspec.structs.replace(voice, side=last.side) if voice.owned and last else voice


def _unsaid(scan: Scan, says: Found) -> bool:
    """Whether a verb of saying is negated ("has not commented"), describes a noun, or lacks its second part."""
    if scan.at(says.start, "recall"):
        return True
    if any(n.end == says.start for n in scan.within("negation", says.start - 3, says.start)):
        return True
    before = says.start - 1
    if before >= 0 and scan.at(before, "prep", "place_prep", "article", "partitive"):
        return True  # "over alleged crimes", "the reported losses"
    if _hands_over(scan, says):
        return True
    other = says.term.get("parted")
    following = scan.tokens[says.end : says.end + _PARTED]
    return other is not None and all(t.text != other for t in following)


def _hands_over(scan: Scan, says: Found) -> bool:
    """Whether a verb that may say something has things or people for its object: «передав тіла чотирьох»."""
    deed = scan.at(says.start, "predicate")
    if deed is None or deed.term.get("frame") != "exchange" or deed.end != says.end:
        return False
    if says.end >= len(scan.tokens):
        return False
    behind = scan.at(says.end, "number", "person", "object", "equipment", "predicate")
    counted = scan.tokens[says.end].kind == "n"
    return counted or (
        behind is not None and (behind.term.type != "predicate" or behind.term.group == "noun")
    )


def _possessed(
    scan: Scan, sentence: Sentence, voices: list[Voice], credits: list[Credit]
) -> list[Credit]:
    """Credits by somebody's statement: "by Kyiv's account", "the ministry's evening bulletin listed"."""
    rows: list[Credit] = []
    for f in scan.within("statement", sentence.start, sentence.end):
        if any(c.start - 4 <= f.start < c.end + 2 for c in credits):
            continue
        for voice in voices:
            if voice.end < f.start <= voice.end + 3 and scan.possessive(voice.end):
                leading = _leads(scan, sentence, voice.start, f.end)
                rows.append(Credit(voice, voice.start, f.end, leading))
    return rows


def _national(scan: Scan, sentence: Sentence, credits: list[Credit]) -> Iterator[Credit]:
    """Credits by a state's figures, told by its adjective: "by Israeli estimates", «по израильским данным»."""
    for f in scan.within("statement", sentence.start + 1, sentence.end):
        nation = next((n for n in scan.starting.get(f.start - 1, ()) if _tells_whose(n, f)), None)
        lead = nation.start - 1 if nation else f.start
        told = any(c.start - 1 <= f.start < c.end for c in credits)
        if nation is None or told:
            continue
        if scan.at(lead, "prep", "place_prep", "according"):
            opens = _opens(scan, sentence, lead)
            yield Credit(state_of(nation), lead, f.end, opens, aside=True)
        elif scan.at(f.end, "says"):
            yield Credit(state_of(nation), nation.start, f.end, True)


def _tells_whose(nation: Found, statement: Found) -> bool:
    return nation.term.type == "nation" and nation.end == statement.start


def _takes_lives(scan: Scan, says: Found) -> bool:
    """Whether a verb that may say something has taken lives here: "the shelling claimed 14 lives"."""
    rows = scan.within("predicate", says.end, says.end + _LIVES)
    return any(p.term.get("beside") for p in rows)


def _opens(scan: Scan, sentence: Sentence, at: int) -> bool:
    """Whether a token is among the first of a sentence, or of its part behind a semicolon."""
    first = max(sentence.start, at - _FIRST)
    return first == sentence.start or any(t.text == ";" for t in scan.tokens[first:at])


def _opens_clause(scan: Scan, sentence: Sentence, at: int) -> bool:
    """Whether a source opens a clause that what it tells goes on with: "a centre where, according to the council, six …"."""
    k = at - 1
    k -= k > sentence.start and scan.tokens[k].text == ","
    if k <= sentence.start or scan.at(k, "relative", "conj") is None:
        return False
    return scan.tokens[k - 1].text == ","


def _joined(scan: Scan, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a credit opens a clause joined to the one before, with what is said behind it."""
    if start > sentence.start and (scan.at(start - 1, "article") or scan.definite(start - 1)):
        start -= 1
    opened = start - 2 > sentence.start and scan.tokens[start - 2].text == ","
    return opened and bool(scan.at(start - 1, "conj")) and sentence.end - end > _TITLE


def _leads(scan: Scan, sentence: Sentence, start: int, end: int) -> bool:
    """Whether what is said follows the credit: it opens the sentence or a clause and words follow it."""
    following = sum(1 for i in range(end, sentence.end) if scan.tokens[i].kind in "wn")
    parted = [i for i in range(sentence.start, start) if scan.tokens[i].text == ";"]
    opening = parted[-1] if parted else sentence.start
    preceding = sum(1 for i in range(opening, start) if scan.tokens[i].kind in "wn")
    if start > sentence.start and (scan.at(start - 1, "article") or scan.definite(start - 1)):
        start -= 1
    if following <= 2:
        numbered = any(scan.tokens[i].kind == "n" for i in range(end, sentence.end))
        lead = start - (scan.at(start - 1, "place_prep") is not None) - 1
        return numbered and lead > sentence.start and scan.tokens[lead].text == ","
    mark = scan.tokens[start - 1].text if start > sentence.start else ""
    if mark == "." and start - 2 > sentence.start and len(scan.tokens[start - 2].text) <= _TITLE:
        mark = scan.tokens[start - 3].text
    after = scan.tokens[end].text if end < len(scan.tokens) else ""
    if mark and mark in ",–" and preceding > 3:
        opened = scan.at(sentence.start, "prep", "place_prep", "conj") is not None
        if after in ",.:–" or not (opened or scan.at(end, "relative")):
            return False
    return preceding <= following or after == ":"
