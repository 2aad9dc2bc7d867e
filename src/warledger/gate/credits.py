"""Who is credited with what on a page: a voice and the words that give it the floor.

Enters: a page, a scene, a name's tokens. Leaves: whether the evidence is theirs to tell. Does not belong here: that
the name is one, whose side it is (`voices`).
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from warledger.gate.page import Page, once_a_page
from warledger.gate.scene import Scene, Spot
from warledger.gate.speakers import Spans, leads_gap, speakers, touches, within
from warledger.gate.words import Hit, fold

_REACH = 40  # sentences back in which a credit may stand
_CLOSING = 8  # sentences behind which "this was reported by …" may stand
_QUOTED = 2  # sentences behind the evidence in which a quotation's author may stand
_SAID = 7  # tokens between a voice and the verb that gives it the floor
_STATE = 1  # the same of a country's name
_NAMED = 6  # tokens behind "according to" in which the voice stands
_TOLD = 3  # tokens between a voice and its report, count or statement
_PARTED = 8  # tokens between the parts of a verb of saying
_LABEL = 6  # tokens of a line that only names who speaks
_OPENING = 3  # tokens before a voice that opens its sentence
_OVER = 10  # tokens from a voice over such words to its verb
_BOTH = 2  # commas around an apposition
_LABELLED, _ANNOUNCED = (
    (3, 3),
    (7, 9),
)  # tokens before a voice that a colon follows, and between it and the colon
_EQUAL = 2  # how much farther a credit may stand than another one
_STEM, _ENDING = 4, 3  # letters of a word that its forms share, and that they may differ in
_PARTING = (
    "says",
    "predicate",
    "conj",
    "prep",
    "place_prep",
    "relative",
)  # what a title does not hold


class Credit(NamedTuple):
    """A voice that has the floor: its first and last token, those of the whole credit; whether it only denies."""

    first: int
    last: int
    low: int
    high: int
    denies: bool = False


def speaks_here(scene: Scene, own: Sequence[tuple[int, int]], *, on_own_page: bool = False) -> bool:
    """Whether the nearest credit that governs the evidence is one of the name's, which stands at the tokens `own`.

    The credits of the evidence's own sentence come first, then a quotation's author right behind it, then the last
    credit before it; a source named aside, and anybody on the page of another body, speaks no farther than a paragraph.
    """
    page = scene.page
    if here := _credits_here(scene, own):
        return _nearest(scene, here, own)
    if within(scene.around, own):
        return True
    role = _referring(page, scene.part, own)
    if role is not None:
        named = _namesake_of(scene, role, own)
        if named is not None:
            return _is_one(named, own)
        carried = _carried(scene, own, on_own_page)
        return _named_last(scene, own) if carried is None else carried
    last = page.sentence[scene.past - 1]
    if _quoted_on(scene, last, own) or _closed_by(page, last, own):
        return True
    return bool(_carried(scene, own, on_own_page))


def _carried(scene: Scene, own: Sequence[tuple[int, int]], bounded: bool) -> bool | None:
    """Whether the last credit before the evidence is the name's; None where there is none in reach."""
    page = scene.page
    here = page.paragraph[scene.sentence]
    own = within((page.first_of[max(0, scene.sentence - _REACH)], scene.around[1]), own)
    for index in range(scene.sentence - 1, max(-1, scene.sentence - 1 - _REACH), -1):
        beyond = page.paragraph[index] != here and index != page.head[scene.sentence]
        beyond = beyond and not _is_item(page, scene.sentence)
        if beyond and bounded:
            return None
        span = scene.before(index)
        if found := _stating(scene, credits_in(page, span, own)):
            if beyond and index not in page.head and all(_is_aside(page, c) for c in found):
                return False  # the source of a list may go on behind it
            aside = not beyond and _is_state(page, own) and all(_is_aside(page, c) for c in found)
            if any(is_of(c, own) for c in found) or not aside:
                return any(is_of(c, own) for c in found)
            continue  # a state's own official named aside leaves the floor to it
        role = _referring(page, span, own)
        if role is not None and (named := _namesake_of(scene, role, own)) is not None:
            return _is_one(named, own)
        if _is_about(page, span, own):
            return True
    return None


def _is_about(page: Page, span: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
    """Whether a sentence opens with a name, or with an office and the name: it opens what they tell."""
    opening = range(span[0], span[0] + _OPENING + 1)
    if within((opening.start, opening.stop), own):
        return True
    return any(v.first in opening and _is_one(v, own) for v in speakers(page, span, own))


def _is_state(page: Page, own: Sequence[tuple[int, int]]) -> bool:
    return any(page.among("nation", first, last + 1) for first, last in own)


def _is_item(page: Page, sentence: int) -> bool:
    """Whether a sentence's paragraph is an item of a list, led by a bullet or a picture."""
    return _opens_item(page, page.opening(sentence))


def _opens_item(page: Page, sentence: int) -> bool:
    """Whether a bullet or picture stands before a sentence at the head of its line."""
    _, line, lead = page.gaps[page.first_of[sentence]].rpartition("\n")
    opens = bool(line) or sentence == 0
    return opens and any(not (c.isspace() or c in "\"'«“„([") for c in lead)


def _is_aside(page: Page, credit: Credit) -> bool:
    """Whether a credit only names a source: "according to the mayor"."""
    cues = page.among("according", credit.low, credit.high + 1)
    return bool(cues) and not page.among("says", credit.low, credit.high + 1)


def _referring(page: Page, span: tuple[int, int], own: Sequence[tuple[int, int]]) -> Spans | None:
    """The role in a sentence that has the floor and means who was named before: "the bench found"; or None."""
    return _referring_in(page, span, within(span, own))


@once_a_page
def _referring_in(
    page: Page, span: tuple[int, int], own: tuple[tuple[int, int], ...]
) -> Spans | None:
    voices = speakers(page, span, own)
    for hit in page.among("says", *span):
        voice = _nearest_voice(page, voices, hit, _SAID)
        if voice is not None and voice.mute and voice.bare:
            return voice
    for hit in page.among("according", *span):
        behind = [v for v in voices if hit.first <= v.first <= hit.last + _NAMED]
        if behind and behind[0].mute and behind[0].bare:
            return behind[0]
    return None


def _namesake_of(scene: Scene, role: Spans, own: Sequence[tuple[int, int]]) -> Spans | None:
    """The last voice named before a role whose words hold the role's own: "the institute", "Institute for …"."""
    page, word = scene.page, scene.page.keys[role.last]
    for voice in _named_before(scene, own):
        if any(_akin(word, key) for key in page.keys[voice.first : voice.last + 1]):
            return voice
    return None


def _named_last(scene: Scene, own: Sequence[tuple[int, int]]) -> bool:
    """Whether nobody was named after the name and before the evidence."""
    return any(_is_one(voice, own) for voice in itertools.islice(_named_before(scene, own), 1))


def _named_before(scene: Scene, own: Sequence[tuple[int, int]]) -> Iterator[Spans]:
    """The bodies and persons named in the sentences before the evidence, the nearest first."""
    for index in range(scene.sentence - 1, max(-1, scene.sentence - 1 - _REACH), -1):
        found = speakers(scene.page, scene.page.span(index), own)
        yield from (v for v in reversed(found) if not (v.mute or v.state))


def _akin(one: str, other: str) -> bool:
    """Whether two words are forms of one, by what they begin with."""
    shared = max(_STEM, max(len(one), len(other)) - _ENDING)
    return min(len(one), len(other)) >= _STEM and one[:shared] == other[:shared]


def others_hold(scene: Scene, own: Sequence[tuple[int, int]]) -> bool:
    """Whether the words of a position open with who holds it, and it is not the name: "the Kremlin rejects a meeting"."""
    if scene.claim.kind != "position" or within((scene.first, scene.past), own):
        return False
    opening = scene.first, min(scene.past, scene.first + 1 + _OPENING)
    if any(
        h.sense.term.get("person")
        for h in scene.page.among("pronoun", *opening[:1], scene.first + 1)
    ):
        return False  # "he rejected what the US asks for"
    return any(not (v.mute or v.bare) for v in speakers(scene.page, opening, own))


def others_speak(scene: Scene, own: Sequence[tuple[int, int]]) -> bool:
    """Whether the evidence's own sentence, else the last credit of its paragraph, gives the floor to somebody else."""
    if here := _credits_here(scene, own):
        return not _nearest(scene, here, own)
    if within(scene.around, own):
        return False
    last = _told_before(scene, own)
    return bool(last) and not any(is_of(c, own) for c in last)


def _credits_here(scene: Scene, own: Sequence[tuple[int, int]]) -> list[Credit]:
    """The credits of the evidence's part of its sentence, else of its sentences, but for people whom it counts."""
    part = scene.part
    if part != scene.around and _told_by_pronoun(scene.page, part, own):
        return []  # "he put the hurt at 19; the service spoke of 23"
    for span in dict.fromkeys((part, scene.around)):
        found = _stating(scene, credits_in(scene.page, span, own))
        if span != part:  # a source named aside speaks no farther than its part
            found = [c for c in found if not _is_aside(scene.page, c)] or found
        found = [c for c in found if not scene.first <= c.first < scene.past or is_of(c, own)]
        if found or _referring(scene.page, span, own):
            return found
    return []


def _told_by_pronoun(page: Page, span: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
    """Whether a pronoun has the floor among the tokens, and nobody else."""
    says = page.among("says", *span)
    voices = speakers(page, span, own)
    return any(_by_pronoun(page, voices, h) for h in says) and not credits_in(page, span, own)


def _stating(scene: Scene, credits: list[Credit]) -> list[Credit]:
    """The credits that can tell what the claim says: whoever only denies asserts nothing."""
    if scene.claim.modality == "denied":
        return credits
    return [c for c in credits if not c.denies or _put_right(scene, c)]


def _put_right(scene: Scene, credit: Credit) -> bool:
    """Whether the evidence is told instead of the words that a credit denies: «спростував заяви: підрозділи утримують …»."""
    page, past = scene.page, credit.high + 1
    if past >= scene.first or not page.among("statement", past, scene.first):
        return False
    return ":" in page.text[page.ends[credit.high] : page.starts[scene.first]]


def _nearest(scene: Scene, credits: list[Credit], own: Sequence[tuple[int, int]]) -> bool:
    far = {c: scene.distance(Spot(c.low, c.high)) for c in credits}
    mine = min((d for c, d in far.items() if is_of(c, own)), default=None)
    return mine is not None and mine <= min(far.values()) + _EQUAL


def _is_one(voice: Spans, own: Sequence[tuple[int, int]]) -> bool:
    return touches((voice.first, voice.last), own)


def is_of(credit: Credit, own: Sequence[tuple[int, int]]) -> bool:
    """Whether a credit's voice holds one of the spans of tokens."""
    return touches((credit.first, credit.last), own)


def _quoted_on(scene: Scene, last: int, own: Sequence[tuple[int, int]]) -> bool:
    """Whether the name is credited behind the evidence, in the next sentences of its paragraph.

    Outside of a quotation that goes on there, whoever was credited earlier in the paragraph has the floor.
    """
    page = scene.page
    for index in range(last + 1, min(last + 1 + _QUOTED, len(page.first_of))):
        if page.paragraph[index] != page.paragraph[last]:
            return False
        if found := credits_in(page, page.span(index), own):
            quoted = _quotes_on(page, scene.past, found[0].low)
            opens = found[0].low <= page.first_of[index] + 1
            follows = quoted or not (opens or _told_before(scene, own))
            return is_of(found[0], own) and follows
    return False


def _quotes_on(page: Page, past: int, until: int) -> bool:
    """Whether a quotation closes between two tokens that did not open there."""
    between = page.text[page.ends[past - 1] : page.starts[until]]
    closed = sum(between.count(mark) for mark in "»”")
    return closed > sum(between.count(mark) for mark in "«“„") or between.count('"') % 2 == 1


def _told_before(scene: Scene, own: Sequence[tuple[int, int]]) -> list[Credit]:
    """Who is credited in the nearest sentence before the evidence's in its paragraph or item that credits anybody.

    Kept on the page for each sentence passed, by the name's mentions, which the page keeps too.
    """
    page, denied = scene.page, scene.claim.modality == "denied"
    known: dict[int, list[Credit]] = page.kept.setdefault((_told_before, id(own), denied), {})
    first = _openings(page)[bisect_right(_openings(page), scene.sentence) - 1]
    passed: list[int] = []
    found: list[Credit] = []
    for index in range(scene.sentence - 1, first - 1, -1):
        if index in known:
            found = known[index]
            break
        passed.append(index)
        if found := _stating(scene, credits_in(page, page.span(index), own)):
            break
    known.update(dict.fromkeys(passed, found))
    return found


@once_a_page
def _openings(page: Page) -> list[int]:
    """The sentences that open a paragraph or an item of a list."""
    starts = [page.opening(index) == index for index in range(len(page.first_of))]
    return [index for index, opens in enumerate(starts) if opens or _opens_item(page, index)]


def _closed_by(page: Page, last: int, own: Sequence[tuple[int, int]]) -> bool:
    """Whether "this was reported by …" names the speaker behind the passage, with no other credit before it."""
    for index in range(last + 1, min(last + 1 + _CLOSING, len(page.first_of))):
        span = page.span(index)
        found = credits_in(page, span, own)
        if page.among("closing", span[0], span[0] + 1):
            return any(is_of(c, own) for c in found)
        if found:
            return False
    return False


def credits_in(page: Page, span: tuple[int, int], own: Sequence[tuple[int, int]]) -> list[Credit]:
    """The credits among the tokens, in their order.

    The tokens `own` of a name may be credited though no word list knows it. Found once for each name.
    """
    return _credits_in(page, span, within(span, own))


@once_a_page
def _credits_in(
    page: Page, span: tuple[int, int], own: tuple[tuple[int, int], ...]
) -> list[Credit]:
    voices = speakers(page, span, own)
    found = {*_by_cue(page, span, voices), *_by_label(page, span, voices, *_LABELLED)}
    if not found and not page.among("says", *span) and not page.among("according", *span):
        found = {
            c for c in _by_label(page, span, voices, *_ANNOUNCED) if _tells_little(page, span, c)
        }
    if found:
        first = min(c.high for c in found)
        found |= {_gapped(v) for v in voices if v.first > first and leads_gap(page, v.last)}
    return sorted(found)


def _gapped(voice: Spans) -> Credit:
    return Credit(voice.first, voice.last, voice.first, voice.last + 1)


def _by_cue(page: Page, span: tuple[int, int], voices: list[Spans]) -> Iterator[Credit]:
    for hit in page.among("according", *span):
        behind = [v for v in voices if _may_be_named(page, v, hit) and not v.mute]
        if behind and not hit.sense.term.get("pronoun"):
            yield _credit(_with_name(page, behind), hit)
    for hit in page.among("says", *span):
        if any(rule(page, hit) for rule in (_denied, _wanting, _of_deed)):
            continue
        if hit.sense.term.get("cites") and page.among("according", *span):
            continue  # who passes on what another is credited with
        if _by_pronoun(page, voices, hit):
            continue
        able = [v for v in voices if _may_say(page, v, hit)]
        voice = _apposed(page, able, hit) or _nearest_voice(page, able, hit, _SAID)
        if voice is not None and voice.bare and voice.first == hit.last + 1:
            voice = _with_holder(page, able, voice)
        if voice is not None and voice.mute:
            voice = _told_to(page, able, voice, hit)
        if voice is not None and not voice.mute:
            yield _credit(voice, hit)
    for hit in page.among("statement", *span):
        if any(h.last >= hit.first for h in page.among("according", hit.first - 3, hit.first + 1)):
            continue  # the same words
        near = [v for v in voices if v.first > hit.last or _owns(page, v)]
        voice = _nearest_voice(page, near, hit, _TOLD)
        if voice is not None and not voice.mute:
            yield _credit(voice, hit)


def _may_be_named(page: Page, voice: Spans, hit: Hit) -> bool:
    """Whether a voice stands where words such as "according to" name one: not beyond a comma, a country not behind "in"."""
    if not hit.first <= voice.first <= hit.last + _NAMED:
        return False
    if any(page.breaks[hit.last + 1 : voice.first + 1]):
        return False  # "according to updated data, the defence forces …"
    return not (voice.state and page.among("place_prep", voice.first - 1, voice.first))


def _with_name(page: Page, voices: list[Spans]) -> Spans:
    """A voice and the name between two commas behind it: "according to the mayor, Vitali Klitschko,"."""
    first, *others = voices
    for name in others[:1]:
        parted = page.gaps[name.first] == ", " and name.first == first.last + 1
        if parted and page.gaps[name.last + 1 : name.last + 2] == [", "]:
            return first._replace(last=name.last)
    return first


def _with_holder(page: Page, voices: list[Spans], office: Spans) -> Spans:
    """An office right behind its verb and the name that its words end with: "wrote the head of the city's council Ivan Petrenko"."""
    name = next((v for v in voices if v.first > office.last), None)
    if name is None or name.bare or name.mute or name.state:
        return office
    between = (office.last + 1, name.first)
    apart = any(page.breaks[between[0] : name.first + 1]) or between[1] - between[0] > _SAID
    hits = [h for kind in _PARTING for h in page.among(kind, *between)]
    apart = apart or any(page.text[page.starts[h.first]].islower() for h in hits)
    return office if apart else office._replace(last=name.last)


def _told_to(page: Page, voices: list[Spans], outlet: Spans, hit: Hit) -> Spans:
    """Who tells an outlet that stands before the verb, right behind it: «це „УП“ підтвердив речник»; else the outlet."""
    behind = (v for v in voices if v.first == hit.last + 1 and not (v.mute or v.state))
    return outlet if outlet.bare or outlet.first > hit.first else next(behind, outlet)


def _may_say(page: Page, voice: Spans, hit: Hit) -> bool:
    """Whether a voice can be the subject of a verb: not who is told, nor whoever stands in brackets beside it."""
    behind = voice.first > hit.last
    if voice.told or (behind and hit.sense.term.get("hearer") and not _by_agent(page, hit)):
        return False
    low, high = (hit.last + 1, voice.first) if behind else (voice.last + 1, hit.first)
    if _passive(page, hit) and (behind or low < hit.first - 1):
        return False
    if voice.state and low == high == hit.first and page.breaks[high]:
        return False  # "strikes by Iran, said the ambulance service"
    if page.gaps[voice.first].endswith("(") and _closes(page, voice.last + 1):
        return True  # the short name of who stands before it
    marks = [c for at in range(low, high + 1) for c in page.gaps[at] if c in "()"]
    return not marks or (marks[-1] == ")" if behind else marks[0] == "(")


def _apposed(page: Page, voices: list[Spans], hit: Hit) -> Spans | None:
    """The voice that heads a clause, and that an apposition between two commas parts from its verb of saying."""
    for voice in reversed([v for v in voices if v.last + 1 < hit.first <= v.last + 2 * _OVER]):
        marks = [at for at in range(voice.first + 1, hit.first + 1) if page.breaks[at]]
        related = bool(page.among("relative", marks[-2], marks[-2] + 1)) if marks[1:] else False
        parted = _BOTH <= len(marks) <= _BOTH + related and marks[-1] == hit.first
        parted = parted and not (voice.state and marks[0] > voice.last + 1)
        if parted and all(page.gaps[at] == ", " for at in marks) and _heads(page, voice.first):
            return voice._replace(last=hit.first - 1)  # whoever is named between is the same one
    return None


def _heads(page: Page, at: int) -> bool:
    """Whether a token opens a clause, an article or conjunction before it."""
    if page.breaks[at] or page.sentence[at] != page.sentence[at - 1] or not at:
        return page.gaps[at] != ", "
    return any(page.among(kind, at - 1, at) for kind in ("article", "conj"))


def _by_agent(page: Page, hit: Hit) -> bool:
    return bool(page.among("agent", hit.last + 1, hit.last + 2))


def _closes(page: Page, at: int) -> bool:
    return at < len(page.gaps) and page.gaps[at].startswith(")")


def _nearest_voice(page: Page, voices: list[Spans], hit: Hit, reach: int) -> Spans | None:
    """The voice nearest to a word, within reach; none where the word is part of a name ("the United States")."""
    if any(v.first <= hit.first <= v.last for v in voices):
        return None
    far = {v: _far(page, v, hit) for v in voices}
    near = [v for v in voices if far[v] <= (_reach(v, hit) if v.state else reach)]
    return min(
        near,
        key=lambda v: (far[v], max(hit.first - v.last, v.first - hit.last)),
        default=None,
    )


def _reach(state: Spans, hit: Hit) -> int:
    """How near a country's name stands to the verb whose subject it is: "Kyiv later said"; not "said that Kyiv"."""
    return _STATE if state.last < hit.first else 0


def _by_pronoun(page: Page, voices: list[Spans], hit: Hit) -> bool:
    """Whether a pronoun has the floor: "he said", or "said he" at the head of a clause."""
    if any(v.first == hit.last + 1 and not v.state for v in voices):
        return False  # "of this the governor informed"
    if any(h.last == hit.first - 1 for h in page.among("closing", hit.first - 3, hit.first)):
        return False  # "of this" tells nobody
    if page.among("pronoun", hit.first - 1, hit.first):
        return not page.breaks[hit.first]
    behind = page.among("pronoun", hit.last + 1, hit.last + 2)
    if not behind or page.sentence[behind[0].first] != page.sentence[hit.last]:
        return False
    ends = (
        hit.last + 2 >= len(page.breaks)
        or page.breaks[hit.last + 2]
        or (page.sentence[hit.last + 2] != page.sentence[hit.last])
    )
    subject = any(h.sense.term.get("subject") for h in behind)  # «написал он в канале»
    heads = page.breaks[hit.first] and (ends or subject)
    return heads and any(not h.sense.term.get("own") for h in behind)


def _owns(page: Page, voice: Spans) -> bool:
    """Whether a voice stands as an owner: "the air force's count"."""
    return "'" in page.folded[page.starts[voice.last] : page.ends[voice.last]]


def _tells_little(page: Page, span: tuple[int, int], credit: Credit) -> bool:
    """Whether nothing happens in a sentence before the colon behind a voice: "the air force had its count ready: …"."""
    colon = next((at for at in range(credit.last + 1, span[1]) if ":" in page.gaps[at]), span[1])
    return not page.among("predicate", span[0], colon)


def _by_label(
    page: Page, span: tuple[int, int], voices: list[Spans], before: int, behind: int
) -> Iterator[Credit]:
    """A voice that opens a sentence before a colon, or stands in a line that tells nothing else.

    `before` and `behind` are the tokens that may stand before the voice and between it and the colon.
    """
    little = (
        span[1] - span[0] <= _LABEL
        and not page.among("predicate", *span)
        and "figure" not in page.forms[span[0] : span[1]]
    )
    for voice in (v for v in voices if not (v.mute or v.state or v.told)):
        reach = range(voice.last + 1, min(voice.last + 2 + behind, len(page.keys)))
        marks = [page.gaps[at] for at in reach if page.breaks[at]]
        alone = little and _fills(page, span, voice)
        opens = voice.first <= span[0] + before and not page.among(
            "predicate", span[0], voice.first
        )
        if alone or (opens and marks and ":" in marks[0]):
            yield Credit(voice.first, voice.last, voice.first, voice.last)


def _fills(page: Page, span: tuple[int, int], voice: Spans) -> bool:
    """Whether a line ends with a voice, or goes on with what it speaks of: "The governor about the suburbs."."""
    past = voice.last + 1
    if past >= span[1] or page.breaks[past] or page.gaps[past] != " ":
        return True
    return any(page.among(kind, past, past + 1) for kind in ("prep", "place_prep"))


def _credit(voice: Spans, hit: Hit) -> Credit:
    low, high = min(voice.first, hit.first), max(voice.last, hit.last)
    denies = hit.sense.term.get("stance") == "denies"
    return Credit(voice.first, voice.last, low, high, denies)


def _far(page: Page, voice: Spans, hit: Hit) -> int:
    """The tokens between a voice and a word, a mark for one more; what stands in brackets counts for nothing."""
    behind = voice.last < hit.first
    low, high = (voice.last + 1, hit.first) if behind else (hit.last + 1, voice.first)
    gaps = "".join(page.gaps[low : high + 1])
    if "(" not in gaps and ")" not in gaps:
        return max(0, high - low) + sum(page.breaks[low : high + 1])
    far, inside = 0, False
    for at in range(low, high + 1):
        opened, closed = page.gaps[at].rfind("("), page.gaps[at].rfind(")")
        inside = opened > closed if max(opened, closed) >= 0 else inside
        far += 0 if inside else (at < high) + page.breaks[at]
    return far


def _of_deed(page: Page, hit: Hit) -> bool:
    """Whether a verb of saying is part of what happened: "the war has claimed the lives of 12"."""
    hits = page.among("predicate", max(0, hit.first - 1), hit.first + 1)
    return any(h.first <= hit.first and h.last > hit.last for h in hits)


def _wanting(page: Page, hit: Hit) -> bool:
    """Whether the second part of a verb of saying in two parts is not behind it: "put … at"."""
    part = hit.sense.term.get("parted")
    behind = page.keys[hit.last + 1 : hit.last + 1 + _PARTED]
    return part is not None and fold(str(part)) not in behind


def _passive(page: Page, hit: Hit) -> bool:
    """Whether something is said of what stands before a verb of saying, by nobody who is named: "was detected"."""
    aux = [] if page.breaks[hit.first] else page.among("aux", hit.first - 1, hit.first)
    passive = bool(aux) and not any(h.sense.term.get("perfect") for h in aux)
    return passive and not _by_agent(page, hit)


def _denied(page: Page, hit: Hit) -> bool:
    """Whether a negation stands right before a word of saying: "has not commented" credits nobody."""
    before = page.among("negation", hit.first - 3, hit.first)
    return not page.breaks[hit.first] and any(h.last == hit.first - 1 for h in before)
