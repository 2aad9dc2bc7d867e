"""Quantified phrases: a number with the noun that it counts, whole or elided.

Enters: a `Scan` and the amounts of a sentence. Leaves: `Phrase`s with every noun that may be meant.
Does not belong here: what is said of them (`frames`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from warledger.extraction import denied
from warledger.extraction.amounts import Amount
from warledger.extraction.nouns import (
    HEADS,
    STOPS,
    attributive,
    carries,
    described_part,
    heads_at,
    instruments,
    is_head,
    models_of,
    narrower,
    noun_told,
    of_harmed,
    of_toll,
    one_of_many,
    past_adverbial,
    past_age,
    past_deed,
    past_harm,
    plural,
    stops,
    together,
)
from warledger.extraction.scan import Found, Scan, Token

_LINKS = frozenset("/-\"'+")
_UNKNOWN_WORDS = 4
_RATE = 4  # words before a number in which an adverb of a rate stands


class Phrase(msgspec.Struct, eq=False):
    """A number and its noun. `heads` are the terms that the noun may be, by type; empty where it is elided.

    `start` to `end` are the tokens that show number and noun; `models` the weapon models named with it;
    `unknown` tells that a noun stands there which the lexicon does not know; `partitive` that the number is of
    something told before ("ten of them"); `named` that it is a person's name;
    `all_are` is the noun said of all of them behind; `copular` that a dash or a copula joins the noun to its number;
    `whole` is the phrase that "ten of the 30 drones" is a part of; `back` tells that it points back to a weapon told before.
    """

    amount: Amount
    start: int
    end: int
    heads: dict[str, Found]
    models: tuple[str, ...] = ()
    unknown: bool = False
    partitive: bool = False
    named_before: bool = False
    named: bool = False
    copular: bool = False
    inherited: Phrase | None = None
    also: Phrase | None = None
    all_are: Found | None = None
    sentence: int = 0
    back: bool = False

    @property
    def elided(self) -> bool:
        """Whether no noun stands with the number."""
        return not (self.heads or self.unknown or self.named) and self.amount.unit is None


def read(
    scan: Scan, amounts: list[Amount], first: int, last: int, settings: dict[str, Any]
) -> list[Phrase]:
    """The quantified phrases of a sentence."""
    phrases: list[Phrase] = []
    counted = first  # the end of the last phrase with a number
    for n, amount in enumerate(amounts):
        if amount.barred:
            continue
        limit = next((a.start for a in amounts[n + 1 :] if not _joined_word(scan, a)), last)
        phrase = _right(scan, amount, limit, last, settings)
        if amount.sort == "article" and (size := _counting(phrase)):
            amount.low = amount.high = size
        if _rated(scan, phrase):
            amount.barred = "rate"
            continue
        if phrases and amount.sort == "article" and amount.start < phrases[-1].end:
            continue
        each = scan.at(phrase.end, "each") if phrase.heads or phrase.elided else None
        amount.each = amount.each or bool(each and each.term.get("behind"))
        if amount.sort == "zero" and not phrase.heads:
            denied.none_of(scan, phrase, first)
        sought = phrase.elided and amount.sort not in ("article", "zero", "nobody")
        if sought and not noun_told(scan, amount.end, phrase.end):
            _left(scan, phrase, counted)
        if amount.sort != "article" or phrase.heads:
            phrases.append(phrase)
            if amount.sort == "number":
                counted = max(first, phrase.end)
    return _alternates(scan, phrases)


def _counting(phrase: Phrase) -> int | None:
    """How many people one noun names: "an elderly couple" is two."""
    person = phrase.heads.get("person")
    return person.term.get("count") if person is not None else None


def _joined_word(scan: Scan, amount: Amount) -> bool:
    """Whether a number is part of an adjective: "a 53-year-old woman"."""
    token = scan.tokens[amount.start]
    if not amount.barred or amount.end - amount.start != 1:
        return False
    return token.suffix.startswith("-") or past_age(scan, amount.start) is not None


def _rated(scan: Scan, phrase: Phrase) -> bool:
    """Whether a rate stands behind the noun or shortly before the number: "500 drones a night", «ежемесячно 500»."""
    if phrase.amount.sort == "number" and _by_period(scan, phrase.start):
        return True
    measured = phrase.amount.unit is not None
    aux = scan.at(phrase.end, "aux")
    told = scan.at(phrase.end if aux is None else aux.end, "predicate")
    if not (phrase.heads or measured or told) or phrase.amount.sort != "number":
        return False
    unit = scan.at(phrase.end if told is None else told.end, "unit")
    return unit is not None and unit.term.get("dimension") == "rate"


def _by_period(scan: Scan, start: int) -> bool:
    """Whether an adverb of a rate stands before a number, no mark between."""
    low = max(0, start - _RATE)
    for k in range(start - 1, low - 1, -1) if scan.within("unit", low, start) else ():
        if scan.tokens[k].kind != "w":
            return False
        unit = scan.at(k, "unit")
        if unit is not None and unit.term.get("adverb"):
            return True
    return False


def _alternates(scan: Scan, phrases: list[Phrase]) -> list[Phrase]:
    """Leaves out an area told again in another unit, in brackets: it is kept with the first."""
    kept: list[Phrase] = []
    for phrase in phrases:
        before = kept[-1] if kept else None
        if (
            before is not None
            and _area(before)
            and _area(phrase)
            and scan.tokens[before.end].text == "("
        ):
            if phrase.start - before.end <= 2:
                before.also = phrase
                continue
        kept.append(phrase)
    return kept


def _area(phrase: Phrase) -> bool:
    unit = phrase.amount.unit
    return unit is not None and unit.term.get("dimension") == "area"


def _right(scan: Scan, amount: Amount, limit: int, last: int, settings: dict[str, Any]) -> Phrase:
    """Looks for the noun to the right of the number."""
    phrase = Phrase(amount, amount.start, amount.end, {})
    if amount.unit is not None:
        phrase.end = amount.unit.end
        return phrase
    if amount.sort == "nobody":
        return phrase
    k = amount.end
    overlapping = scan.at(k - 1, "of_them") if amount.sort == "zero" else None  # "none of which"
    if (part := scan.at(k, "of_them", "latter", "former") or overlapping) is not None:
        phrase.partitive, phrase.end = True, part.end
        _copula(scan, phrase, part.end, last)
        if not phrase.heads:
            _apposed(scan, phrase, last)
        return phrase
    if k < last and (of := scan.at(k, "partitive")) is not None:
        phrase.partitive = True
        k = of.end
        while k < limit and scan.at(k, "article", "pronoun", "all"):
            k += 1
        counted = k + 1 if scan.tokens[k].kind == "n" else k
        told = [f for f in scan.starting.get(counted, ()) if f.term.group == "noun"]
        if told:
            # "three of the injured are children", "14 of the 30 wounded are"
            phrase.end = told[0].end
            _copula(scan, phrase, told[0].end, last)
            return phrase
    if any(f.term.get("gathers") for f in scan.starting.get(k, ())):
        phrase.unknown = True  # two waves of missiles are no two missiles, nor are 30 fires
        return phrase
    _walk(scan, phrase, k, limit, settings)
    more = scan.at(amount.end, "more") if phrase.elided and not phrase.partitive else None
    if more and any(f.term.get("frame") == "bodies" for f in scan.starting.get(more.end, ())):
        phrase.end, amount.more = more.end, True  # "three more bodies"
    adjectives = tuple(settings.get("adjective_endings", ()))
    if phrase.unknown and amount.people and _is_noun(scan, k, adjectives):
        phrase.unknown, phrase.end = False, k + 1  # «семеро пастухов» are people, whatever they are
    dashed = amount.end < last and scan.tokens[amount.end].text == "–"
    if phrase.elided and amount.sort == "number" and (dashed or scan.at(amount.end, "aux")):
        _copula(scan, phrase, amount.end, limit)
        phrase.copular = bool(phrase.heads)
    return phrase


def _walk(scan: Scan, phrase: Phrase, k: int, limit: int, settings: dict[str, Any]) -> None:
    """Walks over adjectives and unknown words to the noun, which the phrase takes; else it stays elided or unknown."""
    compounds_right = settings.get("compounds", "left") == "right"
    adjectives = tuple(settings.get("adjective_endings", ()))
    verbs = tuple(settings.get("verb_endings", ()))
    start, unknown = phrase.amount.end, 0
    while k < limit and unknown <= _UNKNOWN_WORDS:
        token = scan.tokens[k]
        rows = scan.starting.get(k, ())
        heads = [f for f in rows if is_head(scan, f)]
        past = past_age(scan, k) or _past_phrase(scan, k)
        if past is not None or _links(token):
            k = past or k + 1
        elif token.kind != "w" or _share_of_day(scan, phrase, k):
            break
        elif heads and (past := _past_nation(scan, rows, k, limit)):
            k = past
        elif heads and compounds_right and _tells_kind(scan, phrase, heads, k, limit):
            unknown += 1
            owned = scan.possessive(k + 1)
            k = limit if phrase.partitive and not owned else k + 1
        elif heads:
            _take(scan, phrase, k, limit, compounds_right)
            _apposition(scan, phrase, limit)
            if phrase.partitive and not phrase.models:
                _copula(scan, phrase, phrase.end, limit)
            return
        elif (beyond := _past_modifier(scan, rows, k, limit)) is not None:
            if beyond == k:
                break
            k = beyond
        elif verbs and token.text.endswith(verbs) and not token.capital and k not in scan.starting:
            break
        else:
            unknown += 1
            k += 1
            if _is_noun(scan, k - 1, adjectives):
                break
    phrase.unknown = unknown > 0 and not _adverbs_only(scan, start, k)
    land = k < limit and k <= start + 1 and scan.at(k, "region_noun") is not None
    phrase.unknown = phrase.unknown or land  # "two regions lost power"
    _close(scan, phrase, k, adjectives)


def _before_deaths(scan: Scan, phrase: Phrase) -> bool:
    """Whether one unknown word alone parts a number from a noun for dead or hurt: "seven hunger-related deaths"."""
    k = phrase.amount.end
    if phrase.amount.sort != "number" or phrase.partitive or k in scan.starting:
        return False
    return any(
        f.term.group == "noun" and f.term.get("frame") in ("kill", "wound", "casualty")
        for f in scan.starting.get(k + 1, ())
        if f.term.type == "predicate"
    )


def _close(scan: Scan, phrase: Phrase, end: int, adjectives: tuple[str, ...]) -> None:
    """Takes adjectives behind a part, and a word between a number and its deaths, for what describes it."""
    if phrase.unknown and _before_deaths(scan, phrase):
        phrase.unknown, phrase.end = False, phrase.amount.end + 1
    if phrase.unknown and described_part(scan, phrase.amount, end, adjectives):
        phrase.unknown, phrase.end = False, end


def _share_of_day(scan: Scan, phrase: Phrase, k: int) -> bool:
    """Whether a part of the day stands right behind a part of a number: "77 drones – 29 at dawn and 48 by night"."""
    i = phrase.amount.start - 1
    part = scan.at(k, "day_part") if k == phrase.amount.end and i > 0 else None
    if part is None or part.term.get("attack"):
        return False
    return scan.tokens[i].text == "–" or scan.at(i, "conj") is not None


def _past_phrase(scan: Scan, k: int) -> int | None:
    """Behind an adverb of several words, which parts no phrase: "one made in the USA"."""
    adverb = scan.at(k, "adverb")
    return adverb.end if adverb is not None and adverb.end > k + 1 else None


def _links(token: Token) -> bool:
    """Whether a token parts no phrase: a line end, a link, an adjective of a number ("53-year-old")."""
    if token.kind == "n":
        return token.suffix.startswith("-")
    return token.kind == "l" or (token.kind == "p" and token.text in _LINKS)


def _past_nation(scan: Scan, rows: Sequence[Found], k: int, limit: int) -> int | None:
    """Where the phrase goes on behind a nation's name that stands for no people here."""
    if not any(f.term.type == "nation" for f in rows):
        return None
    if any(f.term.type == "person" and f.tags == frozenset({"pl"}) for f in rows):
        return None  # "27 Palestinians waiting for aid"
    further = _further(scan, k, limit)
    land = k + 1 < limit and scan.at(k + 1, "region_noun") is not None
    return further or (k + 1 if land or _plain_word(scan, k + 1, limit) else None)


def _tells_kind(scan: Scan, phrase: Phrase, heads: list[Found], k: int, limit: int) -> bool:
    """Whether a noun only tells of what kind the next one is: "12 police stations", "one of the tourist offices"."""
    if _modifier(phrase.amount, heads) and (joint := scan.at(k + 1, "conj")) is not None:
        return any(scan.at(i, "attack_noun") for i in (joint.end, joint.end + 1))
    singular = phrase.partitive and all(f.tags == frozenset({"sg"}) for f in heads)
    return (singular or _modifier(phrase.amount, heads)) and _plain_word(scan, k + 1, limit)


def _past_modifier(scan: Scan, rows: Sequence[Found], k: int, limit: int) -> int | None:
    """Past a nation's adjective or a participle; `k` itself where the phrase ends; None for an unknown word."""
    if any(f.term.get("owner") for f in rows) and heads_at(scan, k + 1):
        return k + 1  # "146 of its soldiers", «146 своїх вояків»
    if any(f.term.type in STOPS for f in rows):
        another = any(f.term.type == "more" for f in rows) and k + 1 < limit
        noun = another and scan.tokens[k + 1].kind == "w" and not stops(scan, k + 1)
        return k + 1 if noun and scan.at(k + 1, "adverb", "article") is None else k
    nation = [f for f in rows if f.term.type == "nation"]
    if nation:
        return nation[0].end
    predicates = [f.end for f in rows if f.term.type == "predicate"]
    if predicates:
        if not attributive(scan, k, limit):
            return k
        return past_adverbial(scan, max(predicates), limit) or max(predicates)
    if rows and scan.at(k + 1, "predicate"):
        return k  # its verb's subject: "eight the air defence shot down"
    return None


def _is_noun(scan: Scan, k: int, adjectives: tuple[str, ...]) -> bool:
    """Whether an unknown word has no ending of an adjective, in a language whose adjectives show one."""
    text = scan.tokens[k].text
    known = text.endswith(adjectives) or text.isascii() or scan.at(k, "adverb") is not None
    return bool(adjectives) and not known


def _further(scan: Scan, k: int, limit: int) -> int | None:
    """The noun behind a word that may be a nation's people or an adjective: "173 Ukrainian … vehicles"."""
    for i in range(k + 1, min(k + 5, limit)):
        token = scan.tokens[i]
        if token.kind != "w" or stops(scan, i):
            return None
        if any(f.term.type in HEADS for f in scan.starting.get(i, ())):
            return i
    return None


def _plain_word(scan: Scan, k: int, limit: int) -> bool:
    """Whether a word stands there that the lexicon knows in no role: a noun that is not counted here."""
    return k < limit and scan.tokens[k].kind == "w" and k not in scan.starting


def _modifier(amount: Amount, heads: list[Found]) -> bool:
    """Whether a singular noun behind a plural number only tells of what kind the next noun is."""
    several = amount.low not in (0, 1, None) or amount.high not in (0, 1, None)
    return several and all(f.tags == frozenset({"sg"}) for f in heads)


def _adverbs_only(scan: Scan, first: int, last: int) -> bool:
    return all(
        scan.tokens[i].kind != "w"
        or scan.at(i, "adverb", "nation", "article", "predicate", "partitive")
        for i in range(first, last)
    )


def _take(scan: Scan, phrase: Phrase, k: int, limit: int, compounds_right: bool) -> None:
    """Takes the noun at token `k`, or the nouns of two classes of weapons that share the number."""
    weapon = scan.at(k, "weapon") if phrase.amount.high != 1 else None
    both = together(scan, weapon, limit) if weapon else None
    if both is not None:
        phrase.heads, phrase.end = {"weapon": both}, both.end
    else:
        _take_joined(scan, phrase, k, limit, compounds_right)
    person = phrase.heads.get("person")
    if phrase.amount.sort == "article" and person is not None and person.term.get("count"):
        phrase.amount.low = phrase.amount.high = int(person.term.get("count"))  # "a couple"


def _take_joined(scan: Scan, phrase: Phrase, k: int, limit: int, compounds_right: bool) -> None:
    """Takes the noun at token `k`, and what stands joined to it: compounds, models, type words."""
    heads = heads_at(scan, k)
    end = max(f.end for f in heads.values())
    models, led = models_of(heads), False
    while end < limit:
        nxt, joined = _beyond(scan, end, limit)
        if nxt is None:
            break
        more = heads_at(scan, nxt)
        same = "weapon" in more and "weapon" in heads
        if same and carries(heads["weapon"], more["weapon"]):
            break
        if same:
            if joined and not (models or models_of(more)):
                break
            if joined in ("list", "words") and not models_of(more):
                break
            sorts = [h["weapon"].term.get("class") for h in (heads, more)]
            if joined == "list" and "any" not in sorts and sorts[0] != sorts[1]:
                break  # «четыре авиабомбы и реактивный снаряд HIMARS»
            led = led or joined == "words"  # "rockets of the HIMARS launch system"
            models.extend(m for m in models_of(more) if m not in models)
            told = heads["weapon"].term
            if joined != "list" and (
                told.get("class") == "any" or more["weapon"].term.get("class") == "rocket"
            ):
                heads["weapon"] = more["weapon"]
        elif compounds_right and joined is None and not led and not plural(heads):
            heads, models = more, models + models_of(more)
        else:
            break
        end = max(f.end for f in more.values())
    if (
        end < len(scan.tokens)
        and scan.tokens[end].text == '"'
        and any(scan.tokens[i].text == '"' for i in range(k, end))
    ):
        end += 1
    phrase.heads, phrase.end, phrase.models = heads, end, tuple(models)


def _beyond(scan: Scan, end: int, limit: int) -> tuple[int | None, str | None]:
    """The next noun that still belongs to the phrase, and how it is joined: None, `quote`, `words` or `list`."""
    k, joined, unknown = end, None, 0
    while k < limit:
        token = scan.tokens[k]
        if token.kind == "l":
            k += 1
        elif token.kind == "p" and token.text in "\"'(":
            joined = joined or "quote"
            k += 1
        elif token.kind == "p" and token.text in "/-":
            joined = "list"
            k += 1
        elif (token.kind == "p" and token.text == ",") or scan.at(k, "conj"):
            if joined == "list":
                return None, None
            joined = "list"
            k += 1
        elif token.kind == "w" and heads_at(scan, k):
            return k, joined
        elif joined in (None, "words") and (
            scan.definite(k) or scan.at(k, "partitive", "article", "nation")
        ):
            joined = "words"
            k += 1
        elif token.kind == "w" and joined != "list" and unknown < 2 and not stops(scan, k):
            unknown += 1
            joined = "words"
            k += 1
        else:
            return None, None
    return None, None


def _copula(scan: Scan, phrase: Phrase, k: int, limit: int) -> None:
    """The noun behind a copula or a dash: "fourteen of those were Iskanders", «до 160 із них – шахеди»."""
    start = k
    while k < min(limit, start + 5):
        token = scan.tokens[k]
        if scan.at(k, "aux", "pronoun", "article") or token.text in '–-"':
            k += 1
            continue
        aged = (
            past_age(scan, k) if k > start else (past_harm(scan, k) if phrase.partitive else None)
        )
        if aged is not None:
            start, k = start + aged - k, aged  # "was a two-year-old girl"
            continue
        heads = heads_at(scan, k) if token.kind == "w" else {}
        begun = k > start or phrase.partitive
        if (
            heads
            and begun
            and (not phrase.heads or models_of(heads) or narrower(phrase.heads, heads))
        ):
            phrase.heads = heads
            phrase.models = tuple(models_of(heads))
            phrase.end = max(f.end for f in heads.values())
        return


def _apposition(scan: Scan, phrase: Phrase, limit: int) -> None:
    """A second noun between commas tells which people the first are: "one man, a conscript, was killed"."""
    k = phrase.end
    if "person" not in phrase.heads or k + 2 >= limit or scan.tokens[k].text not in ",–(":
        return
    for at in range(k + 1, min(k + 4, limit)):
        if scan.tokens[at].kind != "w" or stops(scan, at):
            return
        heads = heads_at(scan, at)
        if "person" not in heads:
            continue
        end = heads["person"].end
        closed = end < len(scan.tokens) and scan.tokens[end].text in ",–)"
        numbers = {t.rpartition(".")[2] for t in heads["person"].tags}
        one = phrase.amount.low == 1 == phrase.amount.high
        agrees = not heads["person"].tags or ("sg" if one else "pl") in numbers
        if closed and narrower(phrase.heads, heads) and agrees:
            phrase.heads, phrase.end = {"person": heads["person"]}, end
        return


def _apposed(scan: Scan, phrase: Phrase, last: int) -> None:
    """The noun that says what one of those told before is: "five places, one of them a school"."""
    if phrase.amount.low != 1 or scan.at(phrase.end, "article") is None:
        return
    for k in range(phrase.end + 1, min(phrase.end + 5, last)):
        if _links(scan.tokens[k]):
            continue  # "one of them a 22-year-old student"
        if scan.tokens[k].kind != "w" or stops(scan, k):
            break
        if heads := heads_at(scan, k):
            phrase.heads, phrase.end = heads, max(f.end for f in heads.values())
            return
    phrase.unknown = True


def _left(scan: Scan, phrase: Phrase, first: int) -> None:
    """Looks for the noun to the left: "Kh-59 – 5", "the injured at 37", «дронів: 40»."""
    k, words, linked = phrase.amount.start - 1, 0, False
    if k > first and scan.tokens[k - 1].text == "–" and scan.at(k, "prep"):
        return  # "the mayor spoke of 20 wounded, rescuers – of 23"
    while k >= first and words <= 3:
        token = scan.tokens[k]
        ending = [f for f in _ending(scan, k) if is_head(scan, f)]
        if ending and (linked or words == 0) and not one_of_many(phrase.amount, ending):
            start = min(f.start for f in ending)
            struck = linked and instruments(ending) and scan.at(phrase.end, "predicate")
            heads = heads_at(scan, start)
            toll = "attack_noun" in heads and of_toll(scan, first, start, phrase.amount.start)
            if struck or toll or ("person" not in heads and of_harmed(scan, phrase.end)):
                return  # "struck with Shaheds: 11 were downed", «від обстрілів тут 13 убитих»
            phrase.heads = {t: f for t, f in heads.items() if f.end == k + 1}
            phrase.start, phrase.named_before = start, True
            phrase.models = tuple(_models_before(scan, start, first, phrase.heads))
            return
        if token.kind == "p" and token.text in "–-:":
            linked = True
        elif token.kind == "p" and token.text in "\"')(":
            pass
        elif token.kind in "no" or (token.kind == "p" and token.text in ",;."):
            return
        elif scan.at(k, "total", "adverb", "more"):
            linked = True
        elif scan.at(k, "aux", "prep", "place_prep"):
            linked = linked or bool(scan.at(k, "aux"))
            words += 1
        elif any(f.term.type == "predicate" for f in scan.starting.get(k, ())):
            if (step := past_deed(scan, phrase.amount.start, k, first)) is None:
                return
            linked, k = True, k - step
        else:
            words += 1
        k -= 1


def _models_before(scan: Scan, start: int, first: int, heads: dict[str, Found]) -> list[str]:
    models = models_of(heads)
    k = start - 1
    while k >= max(first, start - 8) and "weapon" in heads:
        token = scan.tokens[k]
        weapons = [f for f in _ending(scan, k) if f.term.type == "weapon"]
        if weapons:
            for f in weapons:
                model = f.term.get("model")
                if model and model not in models:
                    models.insert(0, model)
            k = min(f.start for f in weapons) - 1
        elif (token.kind == "p" and token.text in "/\"'-") or (
            token.kind == "w" and not stops(scan, k)
        ):
            k -= 1
        else:
            break
    return models


def _ending(scan: Scan, k: int) -> Iterable[Found]:
    for size in range(1, 6):
        if k - size + 1 < 0:
            return
        for f in scan.starting.get(k - size + 1, ()):
            if f.end == k + 1:
                yield f
