"""Extraction: a report in, its claims out; pure, no clock, no network, no word of any natural language.

Enters: a `Report` and a loaded `Language`. Leaves: an `Extraction`. Does not belong here: the proof (`gate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from itertools import chain

from warledger import gazetteer
from warledger.errors import ExtractionError
from warledger.extraction import (
    aside,
    assemble,
    attacks,
    attribution,
    battles,
    comparing,
    comparisons,
    events,
    frames,
    harm,
    imprint,
    lands,
    nuclear,
    numbers,
    ordering,
    parts,
    people,
    phrases,
    placing,
    pointing,
    positions,
    retold,
    seating,
    sentences,
    singles,
    statements,
    timing,
)
from warledger.extraction.carrying import of_earlier
from warledger.extraction.clauses import Clause, among_those
from warledger.extraction.clauses import clause as clause_of
from warledger.extraction.drafts import Draft, join, spread, sum_up, without_echo
from warledger.extraction.scan import Scan, scan
from warledger.extraction.settings import Setting
from warledger.extraction.taken import Taken
from warledger.extraction.ties import Reading
from warledger.languages import CODES, Language, load
from warledger.model import Claim, Extraction, Report

ENGINE_VERSION = "1"
# Kinds that wordings tell.
_WORDED = frozenset({"comparison", "nuclear_power", "nuclear_warning"})


def extract(report: Report, language: Language | None = None) -> Extraction:
    """Every claim of the report, in the order of the text.

    `language` defaults to the one that `report.lang` names. Raises ExtractionError where the report has no
    language that is known.
    """
    if language is None:
        if report.lang not in CODES:
            raise ExtractionError(
                f"report {report.id}: language {report.lang!r} is not one of {', '.join(CODES)}"
            )
        language = load(report.lang)
    names = gazetteer.of(language.code)
    text = scan(report.text, language)
    rows = sentences.split(text, language.settings.get("abbreviations", ()))
    flexible = bool(language.settings.get("free_order"))
    voice = (
        report.credit[0] if report.credit else report.publisher
    )  # a forwarded post is its author's
    by = imprint.read(voice, language)
    published_by = by.scan if by is not None else None
    seat = seating.seat(published_by, by.names if by is not None else names)
    home = seating.home(report.title, language, names) or seat
    places = placing.find(text, rows, names, articleless=flexible, home=home)
    if not home:
        home = seat = seating.addressed(text, places)
    places.settle_side(home)
    anchor = timing.anchor_of(report.published, text)
    setting = Setting(
        scan=text,
        sentences=rows,
        times=timing.find(text, rows, anchor),
        anchor=anchor,
        places=places,
        home=home,
    )
    speakers = attribution.find(
        text,
        rows,
        places,
        voice,
        by,
        lambda sentence: of_earlier(setting.times[sentence.index], anchor),
        language.settings,
    )
    setting.land = lands.one(places)
    setting.lands = lands.by_sentence(text, rows, places)
    setting.own = seat if speakers.publisher.name is not None else []
    clauses, asides = _clauses(text, rows, language)
    assembler = assemble.Assembler(report.id, text, language.code, setting, speakers, clauses)
    drafts = _drafts(text, clauses, assembler, flexible, asides)
    drafts = people.settle(spread(pointing.settled(drafts), text))
    drafts = sum_up(drafts)
    claims = join(drafts)
    passages = statements.passages(text, clauses, setting, claims, language)
    worded = _worded(passages.values(), claims, assembler)
    told = without_echo([*drafts, *worded])
    claims = claims if not worded and len(told) == len(drafts) else join(told)
    stated = statements.read(text, clauses, setting, passages)
    notes = aside.traces(text, asides, claims)
    return Extraction(comparisons.detailed(claims, stated), notes, stated)


def _clauses(
    text: Scan, rows: list[sentences.Sentence], language: Language
) -> tuple[list[Clause], list[aside.Aside]]:
    clauses: list[Clause] = []
    asides: list[aside.Aside] = []
    settings = dict(language.settings)
    opening = numbers.openings(text)
    for sentence in rows:
        amounts = numbers.read(text, sentence.start, sentence.end, settings, opening)
        stated = [copy(amount) for amount in amounts]  # as the numbers alone show them
        found = phrases.read(text, amounts, sentence.start, sentence.end, settings)
        found = parts.tie(text, found, sentence.start)
        found = singles.add(text, found, sentence.start, sentence.end, settings)
        found = pointing.add(text, found, sentence.start, sentence.end)
        for phrase in found:
            phrase.sentence = sentence.index
        asides.extend(aside.barred(amounts))
        clauses.append(clause_of(text, sentence, found, stated))
    return clauses, asides


def _worded(
    passages: Iterable[statements.Passage],
    claims: Sequence[Claim],
    assembler: assemble.Assembler,
) -> list[Draft]:
    """The claims that wordings tell, where no verb or noun of the lexicon told them already."""
    taken = Taken((c.kind, e) for c in claims for e in c.evidence if c.kind in _WORDED)
    powers = [c for c in claims if c.kind == "nuclear_power"]
    drafts: list[Draft] = []
    for passage in passages:
        for event in (
            *comparing.found(passage),
            *nuclear.found(passage),
            *positions.found(passage, assembler.attribution),
        ):
            draft = assembler.event(passage.clause, event)
            kind, own = draft.claim.kind, draft.claim.evidence[0]
            if kind == "nuclear_warning" and draft.claim.speaker.name is None:
                continue  # a publisher's alarm is no official's warning
            itself = bool(event.predicate.term.get("itself"))
            worded = [d.claim for d in drafts] if itself else []
            if kind == "nuclear_power" and _state_told(
                draft.claim, chain(powers, worded), itself=itself
            ):
                continue
            if kind == "position" or not taken.hold(kind, own):
                drafts.append(draft)
                taken.add(kind, own)
    return drafts


def _leaves_thing(reading: Reading, shared: set[str]) -> bool:
    """Whether the predicate of a reading still says something of a thing: a weapon that destroyed one hit it."""
    destroyed = reading.kind == "hit" and reading.predicate.term.get("frame") == "destroy"
    return destroyed or reading.kind in shared


def _state_told(claim: Claim, claims: Iterable[Claim], *, itself: bool) -> bool:
    """Whether a plant's power is said again to be in the state that it was told to be in before, at no other time.

    With `itself` the claim rests on a noun for the blackout alone, which names the one told before.
    """
    return any(
        c.kind == claim.kind
        and c.detail == claim.detail
        and c.evidence[0].start < claim.evidence[0].start
        and (itself or c.time == claim.time or claim.time is None)
        for c in claims
    )


def _drafts(
    text: Scan,
    clauses: list[Clause],
    assembler: assemble.Assembler,
    flexible: bool,
    asides: list[aside.Aside],
) -> list[Draft]:
    drafts: list[Draft] = []
    told: retold.Struck = {}
    for clause in clauses:
        sentence = clause.sentence
        intro = clauses[sentence.intro] if sentence.intro is not None else None
        earlier = [
            c
            for c in clauses[max(0, sentence.index - 2) : sentence.index]
            if c.sentence.paragraph == sentence.paragraph
        ]
        if sentence.bullet and sentence.intro is not None:
            earlier = clauses[max(0, sentence.intro - 1) : sentence.intro + 1]
        clause.before = clauses[sentence.index - 1] if sentence.index else None
        readings: list[Reading] = []
        if clause.phrases or clause.predicates:
            readings = frames.attach(text, clause, earlier, intro, flexible)
            readings = ordering.in_order(text, clause, readings)
            readings = harm.complete(text, clause, readings)
            readings.extend(attacks.counted_alone(text, clause, readings, intro))
            readings.extend(attacks.struck_once(text, clause, readings))
        read = {id(r.phrase) for r in readings}
        for phrase in clause.phrases:
            if id(phrase) not in read and phrase.amount.sort == "number":
                asides.append(aside.untaken(phrase))
        first = len(drafts)
        for reading in readings:
            draft = assembler.numeric(clause, reading)
            if draft is None:
                asides.append(aside.unsettled(reading.phrase))
            else:
                drafts.append(draft)
        shared = {"attacks"} if flexible else {"attacks", "damaged", "targeted"}
        used = {r.predicate for r in readings if r.kind and not _leaves_thing(r, shared)}
        clause.things = frozenset(
            i
            for r in readings
            if r.kind in ("damaged", "targeted")
            for i in range(r.phrase.start, r.phrase.end)
        )
        clause.readings = tuple(readings)
        clause.struck = frozenset(r.predicate for r in readings if r.noun == "object")
        clause.head = intro if sentence.bullet else among_those(text, clause, earlier)
        found = events.find(
            text,
            clause,
            assembler.setting,
            used,
            earlier[-1] if earlier else None,
            flexible=flexible,
        )
        after = clauses[sentence.index + 1] if sentence.index + 1 < len(clauses) else None
        found = battles.settled(text, clause, after, drafts[first:], found)
        found = retold.news(text, found, sentence.index, told)
        drafts.extend(assembler.event(clause, event) for event in found)
    return drafts
