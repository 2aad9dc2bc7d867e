"""Objects said to be struck, damaged, destroyed or aimed at, without a count.

Enters: a sentence's predicates and the objects that it names. Leaves: `Event`s of `damaged` and `targeted`.
Does not belong here: objects that a number counts (`frames`).
"""

from __future__ import annotations

from collections.abc import Iterator

from warledger.extraction import sites
from warledger.extraction.clauses import Clause
from warledger.extraction.event import Event
from warledger.extraction.phrases import Phrase
from warledger.extraction.placing import Mention
from warledger.extraction.scan import Found, Scan
from warledger.extraction.settings import Setting
from warledger.extraction.siting import specific

_DEGREES = {"destroy": "destroyed", "hit": "struck", "fall": "struck", "target": "struck"}
_FRAMES = ("target", "damage", "destroy", "hit", "fall")
_BY_ITSELF = ("fire", "damaged")  # degrees whose nouns an object may follow without a preposition
_HARM = ("kill", "wound", "casualty")  # frames of people
_HARMED, _ARMY = ("damage", "destroy"), "military"  # an army's things stand all along the front
_NEAR = 4.0  # how far, in units of cost, an object stands from what is said of it
_LIST = 12.0  # the same of an object in the list that follows
_PARTS = frozenset(",;")  # marks between the clauses of a sentence
_OBLIQUE = frozenset({"dat", "ins", "loc"})
_SITES = frozenset({"plant", "object"})  # places that are things themselves
_OPENS, _HEAD = 4, -1  # tokens before an item's object; the place of its list's predicate
_DEMANDED = 6  # tokens from a verb that takes a position to the strikes that it is of
_WANTED = 2  # tokens from a position to the strike that it is of
_COMPARED = 6  # tokens from a superlative to the noun that it is of
_ANSWER = 10  # tokens from the words that answer an attack to what it was made on
_UNREAL = 5  # tokens before a noun of striking in which a word may undo it
# Words that may stand before a noun and tell nothing of what it does.
DESCRIBING = (
    "article",
    "adverb",
    "nation",
    "number",
    "more",
    "all",
    "both",
    "ordinal",
    "pronoun",
    "bound",
    "kind_word",
)
_FIRE_WORDS = 2  # words of a fire that breaks out: "a fire started"
_OWNED = 2  # words between a general noun and the object that it is of


def near(clause: Clause, setting: Setting, at: int | None = None) -> list[Mention]:
    """The place that the sentence tells first; of several clauses, that of the one in which token `at` stands."""
    rows = [m for m in setting.places.by_sentence[clause.sentence.index] if m.role == "in"]
    if at is not None and len(rows) > 1:
        tokens = setting.scan.tokens
        own = [
            m
            for m in rows
            if not any(tokens[i].text in _PARTS for i in range(min(m.start, at), max(m.end, at)))
        ]
        rows = own or rows
    return specific(rows[:2])[:1]


def struck(scan: Scan, clause: Clause, setting: Setting, used: set[Found]) -> Iterator[Event]:
    """What each predicate says of objects; an object belongs to the predicate nearest to it.

    `used` are the predicates that already govern a quantity.
    """
    chosen: sites.Chosen = {}
    last: tuple[float, int, Found, Found] | None = None
    items: set[Found] = set()  # those that stand behind another one of their list
    rows = setting.places.by_sentence[clause.sentence.index]
    named = {i for m in rows if m.record.kind != "object" for i in range(m.start, m.end)}
    for f, class_ in _objects(scan, clause):
        if f.start in named:
            continue  # the town of Bila Tserkva is no church
        ties = [
            (cost, n, p)
            for n, p in enumerate(clause.predicates)
            if (cost := _cost(scan, clause, p, f, used)) is not None
        ]
        if not ties and (listed := _under_head(scan, clause, f)) is not None:
            ties = [(0.0, _HEAD, listed)]
        if not ties and last is not None and _goes_on(scan, clause, last[2], last[3], f, rows):
            ties = [last[:3]]
        if not ties and last is not None and last[1] == _HEAD and _listed(scan, clause, last[3], f):
            ties = [last[:3]]
        if not ties and (counted := _after_counted(scan, clause, f, rows)) is not None:
            ties = [(0.0, clause.predicates.index(counted), counted)]
        if not ties:
            continue
        cost, n, predicate = min(ties, key=lambda t: t[:2])
        own = next((m.record.name for m in _own_place(rows, f)), None)
        told = [key for key in chosen if key[:2] == (n, class_)]
        apart = own is not None and all(key[2] not in (None, own) for key in told)
        if last is not None and last[1] == n and _listed(scan, clause, last[3], f):
            apart = True
            items.add(f)
        last = (cost, n, predicate, f)
        key = (n, class_, own, f.start) if apart or not told else told[-1]
        if key not in chosen or cost < chosen[key][0]:
            chosen[key] = (cost, predicate, f)
    for (_, class_, *_), (_, predicate, f) in sites.less_places(scan, chosen):
        frame = predicate.term.get("frame")
        degree = _DEGREES.get(str(frame), predicate.term.get("degree") or "damaged")
        aimed = (frame == "target" and not sites.fired_by(scan, predicate)) or (
            degree == "struck"
            and (
                sites.tried(scan, predicate)
                or (sites.sector(scan, f) and not sites.got_there(predicate))
            )
        )
        kind = "targeted" if aimed else "damaged"
        start, end = min(predicate.start, f.start), max(predicate.end, f.end)
        if predicate.start < clause.sentence.start or f in items:
            start, end = f.start, f.end
        detail = {} if kind == "targeted" else {"degree": degree}
        places = _own_place(rows, f) or _where(clause, setting, f)
        if not places and frame in _HARMED and class_ != _ARMY:
            places = setting.harmed_at(clause)
        yield Event(kind, predicate, start, end, places, detail, class_)


def _goes_on(
    scan: Scan, clause: Clause, predicate: Found, before: Found, f: Found, rows: list[Mention]
) -> bool:
    """Whether an object in an oblique case goes on the list of the one before: «удары по складам, цехам и штабу».

    In the genitive behind a noun too («поражение склада и завода»); places may stand between.
    """
    named, own = ({t.partition(".")[0] for t in x.tags} for x in (before, f))
    cases = own & (named or own)
    noun = predicate.term.group == "noun" and "gen" in cases
    between = range(before.end, f.start)
    if not (cases & _OBLIQUE or noun):
        return False
    if any(before.end <= p.start < f.start for p in clause.predicates):
        return False
    placed = {i for m in rows if before.end <= m.lead < f.start for i in range(m.lead, m.end)}
    if any(scan.at(i, "relative", "place_prep") and i not in placed for i in between):
        return False
    return any(scan.tokens[i].text == "," or scan.at(i, "conj") for i in between)


def _after_counted(scan: Scan, clause: Clause, f: Found, rows: list[Mention]) -> Found | None:
    """What is said of counted objects whose list goes on with an object: «в 14 домах, школе и двух детских садах»."""
    before = [
        p
        for p in clause.phrases
        if p.end <= f.start and p.amount.sort == "number" and "object" in p.heads
    ]
    told = next((p for p in reversed(clause.predicates) if p in clause.struck), None)
    if not before or told is None:
        return None
    return told if _goes_on(scan, clause, told, before[-1].heads["object"], f, rows) else None


def _listed(scan: Scan, clause: Clause, before: Found, f: Found) -> bool:
    """Whether an object is one more thing of a list: «школу, лікарню та дитсадок», and no part of the one before."""
    if f.term.get("part") or before.term.get("part") or not before.end < f.start:
        return False
    if any(before.end <= p.start < f.start for p in clause.predicates):
        return False
    named, own = ({t.partition(".")[0] for t in x.tags if "." in t} for x in (before, f))
    if named and own and not named & own:
        return False  # "in a house, a school was hit" lists no two
    between = range(before.end, f.start)
    joint = any(scan.tokens[i].text == "," or scan.at(i, "conj") for i in between)
    return joint and not any(scan.at(i, "relative") for i in between)


def _own_place(rows: list[Mention], f: Found) -> list[Mention]:
    """The place right behind an object: "a refinery in Syzran and a depot in Feodosia" are two, «рынок Константиновки» is one."""
    behind = [m for m in rows if m.role == "in" and m.lead == f.end < m.start]
    cased = any("." in t for t in f.tags)
    behind = behind or [m for m in rows if cased and m.role == "bare" and m.start == f.end]
    return [m for m in behind if m.record.kind != "country"][:1]


def _where(clause: Clause, setting: Setting, f: Found) -> list[Mention]:
    """The place of the object's own clause, else that of the sentence that opens its list."""
    own = near(clause, setting, f.start)
    if own or clause.head is None:
        return own
    rows = setting.places.by_sentence[clause.head.sentence.index]
    return specific([m for m in rows if m.role in ("in", "bare")][:2])[:1]


def _under_head(scan: Scan, clause: Clause, f: Found) -> Found | None:
    """What the sentence that opens a list says of the object that opens an item of it: "Struck: – a radar"."""
    if clause.head is None or clause.predicates or f.start - clause.sentence.start > _OPENS:
        return None
    told = [
        p for p in clause.head.predicates if p.term.get("frame") in ("damage", "destroy", "hit")
    ]
    direct = bool(told) and not sites.led(scan, f) and _takes(scan, told[-1], f)
    return told[-1] if direct else None


def _objects(scan: Scan, clause: Clause) -> Iterator[tuple[Found, str]]:
    """The objects of a sentence that no number counts, with their classes.

    A general noun is what it is of ("the building of the school"); an object of another object only describes it
    ("a plant of road machines"); windows by themselves are no object.
    """
    counted = {
        i
        for p in clause.phrases
        if p.amount.sort in ("number", "both", "vague")
        for i in range(p.start, p.end)
    }
    found = scan.within("object", clause.sentence.start, clause.sentence.end)
    held = {i for p in clause.predicates if p.term.get("open") for i in range(p.start, p.end)}
    for n, f in enumerate(found):
        if f.start in counted or f.start in held:
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        before = found[n - 1] if n else None
        if before is not None and (_owns(scan, before, f) or _names(scan, before, f)):
            continue
        if _answered(scan, clause, f):
            continue
        general = f.term.get("class") == "other" or f.term.get("part")
        if f.term.get("part") and any(_of_counted(scan, f, p) for p in clause.phrases):
            continue  # "the roofs of 14 houses"
        if after is not None and general and _owns(scan, f, after):
            yield Found(f.start, after.end, after.term, f.tags), str(after.term.get("class"))
        elif not f.term.get("vague"):
            yield f, str(f.term.get("class"))


def _answered(scan: Scan, clause: Clause, f: Found) -> bool:
    """Whether a thing is only what the attack was made on that is answered: «в ответ на атаки по гражданским объектам …»."""
    first = max(clause.sentence.start, f.start - _ANSWER)
    answers = scan.within("answering", first, f.start)
    answers += [
        p
        for p in scan.within("predicate", first, f.start)
        if p.term.get("frame") == "position" and scan.at(p.end - 1, "attack_noun")
    ]
    return any(
        not any(a.end <= p.start < f.start and p.term.group != "noun" for p in clause.predicates)
        for a in answers
    )


def _of_counted(scan: Scan, part: Found, phrase: Phrase) -> bool:
    """Whether the part of a building is that of counted ones right behind it, or in them."""
    at = part.end if scan.at(part.end, "place_prep") is None else part.end + 1
    return phrase.amount.sort == "number" and "object" in phrase.heads and phrase.start == at


def _names(scan: Scan, first: Found, second: Found) -> bool:
    """Whether a noun only opens the name of an object right before its quotation mark: «судно «Порт Оля 4»»."""
    mark = second.start - 1
    return first.end == mark and scan.tokens[mark].text == '"' and scan.tokens[second.start].capital


def _owns(scan: Scan, first: Found, second: Found) -> bool:
    """Whether an object in the genitive right behind another one tells what that is of."""
    behind = 0 <= second.start - first.end < _OWNED
    if any(
        scan.tokens[k].kind != "w" or k in scan.starting for k in range(first.end, second.start)
    ):
        return False
    genitive = any(t.startswith("gen.") for t in second.tags)
    general = first.term.get("class") == "other" or bool(first.term.get("part"))
    general = general and second.start == first.end
    only = general or not any(t.startswith("nom.") for t in second.tags)
    return behind and genitive and only


def _epithet(scan: Scan, predicate: Found, f: Found) -> bool:
    """Whether a participle right before an object only describes it: «повреждённую школу восстановили»."""
    if predicate.term.group != "passive" or not predicate.tags or predicate.end > f.start:
        return False
    return all(t.startswith("acc.") for t in predicate.tags) and all(
        scan.tokens[i].kind == "w" and i not in scan.starting for i in range(predicate.end, f.start)
    )


def _cost(scan: Scan, clause: Clause, predicate: Found, f: Found, used: set[Found]) -> float | None:
    """How far an object is from a predicate; None where that says nothing of it."""
    frame, before = predicate.term.get("frame"), f.end <= predicate.start
    if not _tells(scan, clause, predicate, used, f) or not _takes(scan, predicate, f):
        return None
    if _epithet(scan, predicate, f):
        return None
    if before and _only_behind(scan, predicate, f, used):
        return None
    counted = predicate in clause.struck
    if predicate in used and frame == "hit":
        taken = counted or sites.led(scan, f) or sites.struck(scan, predicate, f)
        if not taken and not (before and _fronted(scan, f)):
            return None
    if not before and _begins_clause(scan, clause, predicate, f):
        return None
    span = (f.end, predicate.start) if before else (predicate.end, f.start)
    cost = clause.crossing(*span) + (1.0 if before else 0.0)
    if before and (closed := _past_aside(scan, f.end, predicate.start)) is not None:
        cost = 1.0 + clause.crossing(closed, predicate.start)
    listed = not before and (counted or frame in ("damage", "destroy"))
    listed = listed and not _rivals(scan, clause, predicate, f)
    listed = listed or (before and _fire_there(scan, clause, predicate, f))
    return cost if cost < (_LIST if listed else _NEAR) else None


def _fire_there(scan: Scan, clause: Clause, predicate: Found, f: Found) -> bool:
    """Whether a fire that names no object of its own broke out where debris just fell: "fell on the depot, a fire started"."""
    if predicate.term.get("degree") != "fire" or predicate.end - predicate.start < _FIRE_WORDS:
        return False
    fallen = any(
        p.term.get("frame") == "fall" for p in clause.predicates if p.end <= predicate.start
    )
    others = scan.within("object", f.end, clause.sentence.end)
    return fallen and sites.led(scan, f) and not others


def _begins_clause(scan: Scan, clause: Clause, predicate: Found, f: Found) -> bool:
    """Whether a comma parts an object from a verb before it and it has a verb of its own: "a bridge fell, a train hit it"."""
    if not any(t.startswith("nom.") for t in f.tags):
        return False
    if not any(scan.tokens[i].text == "," for i in range(predicate.end, f.start)):
        return False
    return any(
        p.term.group in ("active", "intransitive")
        and p.start >= f.end
        and not any(scan.tokens[i].kind == "p" or scan.at(i, "conj") for i in range(f.end, p.start))
        for p in clause.predicates
    )


def _tells(scan: Scan, clause: Clause, predicate: Found, used: set[Found], f: Found) -> bool:
    """Whether a predicate can say something of an object here."""
    term = predicate.term
    if term.get("frame") not in _FRAMES or compared(clause, predicate):
        return False
    if term.group == "noun" and (_only_wanted(clause, predicate) or undone(scan, predicate)):
        return False
    if _only_spoken_of(clause, predicate):
        return False
    span = (predicate.start, predicate.end)
    if any((p.start, p.end) == span for p in used if p.term.get("frame") in _HARM):
        return False  # those who were hurt by the same word are people
    counts = predicate in used and predicate not in clause.struck
    if counts and term.get("frame") not in ("hit", "damage"):
        return sites.destroyed(scan, predicate, f)
    named = term.group == "noun" or predicate.end - predicate.start > 1
    fire = term.get("degree") == "fire" and named
    out = fire and any(p.term.get("ends") for p in clause.predicates)
    return not out  # a fire that is put out was told of before


def _only_spoken_of(clause: Clause, predicate: Found) -> bool:
    """Whether strikes in the plural are only what somebody demands an end of, justifies, condemns or is tried for."""
    plural = any(t.endswith(".pl") for t in predicate.tags)
    if not plural or predicate.term.group != "noun":
        return False
    if any(p.term.get("frame") == "legal" for p in clause.predicates):
        return True
    return any(
        (p.term.get("frame") == "position" and 0 <= predicate.start - p.end <= _DEMANDED)
        or (p.term.get("condemns") and 0 <= p.start - predicate.end <= _DEMANDED)
        for p in clause.predicates
    )


def _only_wanted(clause: Clause, predicate: Found) -> bool:
    """Whether a strike is only what somebody demands, refuses or offers: "he would not back a strike on the plant"."""
    return any(
        p.term.get("frame") == "position" and 0 <= predicate.start - p.end <= _WANTED
        for p in clause.predicates
        if p.term.get("stance") in ("demands", "refuses", "offers", "orders")
    )


def _only_behind(scan: Scan, predicate: Found, f: Found, used: set[Found]) -> bool:
    """Whether an object before a predicate is none of its own: "in hospitals after the strikes"."""
    term = predicate.term
    if term.get("frame") == "hit" and term.group != "noun" and sites.led(scan, f):
        return False  # «по аэродрому прилетело …»
    noun = term.group == "noun" and term.get("degree") != "fire" and bool(f.tags)
    if term.get("frame") == "hit" and term.group == "intransitive":
        return True  # "a locomotive fell on the road"
    apart = predicate not in used or term.get("frame") == "hit"
    if term.group == "active" and apart and _fronted(scan, f):
        return False
    return noun or term.group == "active" or predicate in used


def _fronted(scan: Scan, f: Found) -> bool:
    """Whether an object in the accusative, by its ending, opens a clause before its verb: «школу зруйнували росіяни»."""
    if not f.tags or not all(t.startswith("acc.") for t in f.tags):
        return False
    k = f.start - 1
    while k >= 0 and scan.tokens[k].kind == "w" and k not in scan.starting:
        if not scan.tokens[k].text.endswith(scan.adjectives or ("\0",)):
            return False
        k -= 1
    opens = k < 0 or scan.tokens[k].kind in "pl" or scan.at(k, "conj", "adverb") is not None
    return opens and (k < 0 or scan.tokens[k].text not in '("')


def _past_aside(scan: Scan, a: int, b: int) -> int | None:
    """Behind the brackets or the relative clause right behind an object: "our substation (110 kV) was hit"."""
    if a + 1 >= b or scan.tokens[a].text not in "(,":
        return None
    if scan.tokens[a].text == "(":
        return next((i + 1 for i in range(a, b) if scan.tokens[i].text == ")"), None)
    opens = a + 2 if scan.at(a + 1, "place_prep", "prep") else a + 1
    if scan.at(opens, "relative", "that") is None:
        return None
    k = b
    while k > a + 1 and scan.at(k - 1, "adverb", "aux"):
        k -= 1
    return k if k > a + 1 and scan.tokens[k - 1].text == "," else None


def _rivals(scan: Scan, clause: Clause, predicate: Found, f: Found) -> bool:
    """Whether another predicate or another clause stands between one and an object behind it."""
    if any(predicate.end <= p.start < f.start for p in clause.predicates):
        return True
    return any(
        scan.tokens[i].text == ";" or scan.at(i, "relative", "says")
        for i in range(predicate.end, f.start)
    )


def undone(scan: Scan, predicate: Found) -> bool:
    """Whether a word right before a noun of striking tells that nothing was struck: "any new strike on the grid"."""
    return any(
        all(
            i not in scan.starting or scan.at(i, *DESCRIBING, "partitive", "prep")
            for i in range(f.end, predicate.start)
        )
        for f in scan.within("unreal", predicate.start - _UNREAL, predicate.start)
    )


def compared(clause: Clause, predicate: Found) -> bool:
    """Whether a noun of attack is only what a comparison is of: "one of the largest attacks on the grid"."""
    return predicate.term.group == "noun" and any(
        p.term.get("frame") == "compare" and 0 <= predicate.start - p.end <= _COMPARED
        for p in clause.predicates
    )


def _takes(scan: Scan, predicate: Found, f: Found) -> bool:
    """Whether the case of a noun lets a verb say something of it, in a language whose nouns have cases."""
    if not any("." in t for t in f.tags):
        return sites.led(scan, f) or not _of_unknown(scan, f.start - 1)
    if _beside(scan, predicate, f):
        return False
    if predicate.term.get("harms"):
        return not sites.led(scan, f) and any(t.startswith("dat.") for t in f.tags)
    if sites.led(scan, f) and predicate.term.get("suffers"):
        return False  # "five were hurt, and in the port a worker died"
    if predicate.term.get("frame") == "fall":
        return _fallen_on(scan, predicate, f)
    if sites.led(scan, f):
        beside = all(t.startswith("ins.") for t in f.tags)  # "under a train a bridge collapsed"
        # "On the depot the fire was put out."
        return not (
            beside
            or predicate.term.get("frame") == "destroy"
            or _before_another(scan, predicate, f)
        )
    if predicate.term.group == "noun":
        direct = any(t.startswith(("nom.", "acc.")) for t in f.tags)
        return _owned(predicate, f) or (direct and _told_apart(scan, predicate, f))
    if any(t.startswith("gen.") for t in f.tags) and _of_noun(scan, f.start - 1):
        return False
    return any(t.startswith(("nom.", "acc.")) for t in f.tags)


def _beside(scan: Scan, predicate: Found, f: Found) -> bool:
    """Whether something only came down near a thing or was hurt there: «ракета упала в поле у жилого дома»."""
    k = f.start
    first = predicate.end if predicate.end <= f.start else 0
    while k > first and scan.tokens[k - 1].text.endswith(scan.adjectives or ("\0",)):
        k -= 1
    leads = (g for n in (1, 2, 3) if k >= n for g in scan.starting.get(k - n, ()) if g.end == k)
    return any(g.term.type == "place_prep" and g.term.get("near") for g in leads)


def _before_another(scan: Scan, predicate: Found, f: Found) -> bool:
    """Whether a verb's own object stands between it and one behind a preposition: "in a hostel two died, a school burned"."""
    between = scan.within("object", f.end, predicate.start)
    return any(
        all(t.startswith(("nom.", "acc.")) for t in g.tags) and g.tags and not sites.led(scan, g)
        for g in between
    )


def _told_apart(scan: Scan, predicate: Found, f: Found) -> bool:
    """Whether an object by itself may be told by a noun: one of fire or damage, or behind a colon or dash."""
    if predicate.term.get("frame") == "target" or predicate.term.get("degree") in _BY_ITSELF:
        return True
    return any(scan.tokens[i].text in ":–" for i in range(predicate.end, f.start))


def _fallen_on(scan: Scan, predicate: Found, f: Found) -> bool:
    """Whether debris fell on a thing: behind a preposition in the accusative, and not only beside it or on its land."""
    onto = f.start >= predicate.end and any(t.startswith("acc.") for t in f.tags)
    return onto and sites.led(scan, f) and not any(t.startswith("gen.") for t in f.tags)


def _owned(predicate: Found, f: Found) -> bool:
    """Whether an object is whose a deed is: in the genitive close behind its noun, or at its end («удар по складу»)."""
    close = 0 <= f.start - predicate.end <= _OWNED
    several = predicate.end - predicate.start > 1 and f.start == predicate.end
    return several or (close and any(t.startswith("gen.") for t in f.tags))


def _of_noun(scan: Scan, k: int) -> bool:
    """Whether a noun stands at a token whose genitive follows: "the pupils of the school were hurt"."""
    if k < 0 or scan.tokens[k].kind != "w":
        return False
    if k in scan.starting:
        return scan.at(k, "person", "weapon", "object", "forces", "role") is not None
    return not scan.tokens[k].text.endswith(scan.adjectives)


def _of_unknown(scan: Scan, k: int) -> bool:
    """Whether a common noun that the lexicon does not know stands at a token: "ensuring the work of the plant"."""
    if k < 0 or scan.tokens[k].kind != "w" or scan.tokens[k].capital or k in scan.starting:
        return False
    known = any(g.end > k for n in (1, 2, 3, 4) for g in scan.starting.get(k - n, ()))
    return not (known or scan.tokens[k].text.endswith(scan.adjectives))
