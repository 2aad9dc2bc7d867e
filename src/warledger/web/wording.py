"""A reader's language: the interface's words through gettext, days and numbers through CLDR.

Enters: `en` or `uk`. Leaves: phrases. Does not belong here: the words of reports, which are never translated.
"""

from __future__ import annotations

import functools
import gettext
from datetime import date, datetime
from pathlib import Path

import msgspec
from babel import dates, numbers

from warledger.model import Claim, Measure, Number, Period, Quantity, Speaker
from warledger.web import terms

LANGUAGES = ("en", "uk")
NAMES = {"en": "English", "uk": "Українська"}
_LOCALE = {"en": "en_GB", "uk": "uk_UA"}
HERE = Path(__file__).parent / "locale"
KEPT = 4_096
"""Phrases of each sort that are kept: a page tells the same days and figures many times."""


class Wording:
    """Phrases in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._locale = _LOCALE[lang]
        self.catalogue = gettext.translation("messages", HERE, [lang], fallback=lang == "en")

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language, with `{name}` filled in."""
        told = self.catalogue.gettext(message) if message else ""
        return told.format(**values) if values else told

    def known(self, message: str) -> str:
        """The message in this language where it is known there; else as it is."""
        return self.catalogue.gettext(message) if message else ""

    def count(self, one: str, many: str, n: int) -> str:
        """The message in the form that the number `n` asks for; `{n}` is the number."""
        return self.catalogue.ngettext(one, many, n).format(n=self.number(n))

    @functools.lru_cache(maxsize=KEPT)  # noqa: B019 (there are as many as languages)
    def number(self, value: Number) -> str:
        """A number as this language writes it."""
        return numbers.format_decimal(value, locale=self._locale)

    @functools.lru_cache(maxsize=KEPT)  # noqa: B019 (there are as many as languages)
    def day(self, iso: str | None, form: str = "long") -> str:
        """A day: `6 December 2025`; what is no day stays as it is."""
        if not iso:
            return ""
        try:
            return dates.format_date(date.fromisoformat(iso[:10]), form, locale=self._locale)
        except ValueError:
            return iso

    @functools.lru_cache(maxsize=KEPT)  # noqa: B019 (there are as many as languages)
    def moment(self, iso: str | None) -> str:
        """A day with its hour where one is given; no other time zone is made of it."""
        if not iso or len(iso) <= 10:
            return self.day(iso)
        try:
            made = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        zone = " UTC" if iso.endswith("Z") else iso[19:] if len(iso) > 19 else ""
        return f"{self.day(iso[:10])}, {made:%H:%M}{zone}"

    @functools.lru_cache(maxsize=KEPT)  # noqa: B019 (there are as many as languages)
    def period(self, time: Period | None) -> str:
        """When: `night of 5–6 December 2025`, `November 2025`; empty where unresolved."""
        if time is None:
            return ""
        try:
            first, last = date.fromisoformat(time.start[:10]), date.fromisoformat(time.end[:10])
        except ValueError:
            return f"{time.start} – {time.end}"
        if time.precision == "year" and first.year == last.year:
            return str(first.year)
        if time.precision == "month":
            return dates.format_skeleton("yMMMM", first, locale=self._locale)
        if first == last:
            return self.day(time.start)
        span = dates.format_interval(first, last, "yMMMMd", locale=self._locale)
        return self("night of {span}", span=span) if time.precision == "night" else span

    @functools.lru_cache(maxsize=KEPT)  # noqa: B019 (there are as many as languages)
    def figure(self, quantity: Quantity | None, quote: str = "") -> str:
        """A quantity as its words bound it: `at least 8`, `10–12`; the quotation where it is vague."""
        if quantity is None:
            return ""
        low, high = quantity.low, quantity.high
        unit = self(terms.UNITS.get(quantity.unit, ""))
        unit = f"\u00a0{unit}" if unit else ""
        if low is None and high is None:
            return f"“{' '.join(quote.split())}”" if quote else self("not told in numbers")
        if quantity.bound == "range" and low is not None and high is not None:
            return f"{self.number(low)}–{self.number(high)}{unit}"
        value = self.number(low if low is not None else high or 0) + unit
        return self(terms.BOUNDS.get(quantity.bound, "{figure}"), figure=value)

    def kind(self, kind: str) -> str:
        """A kind of claim by name."""
        return self(terms.KINDS.get(kind, kind))

    def term(self, term: str | None) -> str:
        """A class, a state, a side or another fixed value by name."""
        return self(terms.TERMS.get(term or "", (term or "").replace("_", " ")))

    def item(self, claim: Claim) -> str:
        """What was counted: `drones`, `missiles (Kh-101)`."""
        name = self.term(claim.item.class_)
        return f"{name} ({claim.item.model})" if claim.item.model else name

    def what(self, claim: Claim) -> str:
        """What is said to have happened, without figure, place or time."""
        parts = [self.kind(claim.kind)]
        if claim.item.class_:
            parts.append(self.item(claim))
        for name in ("plant", "state", "degree", "line", "act", "relation", "status", "stance"):
            if claim.detail.get(name):
                parts.append(self.term(str(claim.detail[name])))
        if claim.detail.get("participants"):
            parts.append(", ".join(str(name) for name in claim.detail["participants"]))
        if claim.detail.get("basis"):
            parts.append(f"[{self.term(str(claim.detail['basis']))}]")
        if claim.modality not in ("asserted", claim.detail.get("status")):
            parts.append(f"({self.term(claim.modality)})")
        return " · ".join(parts)

    def measure(self, measure: Measure) -> str:
        """What a figure is of: `damaged · power (Kyiv)`."""
        parts = [self.kind(measure.kind)]
        if measure.class_:
            parts.append(self.term(measure.class_))
        if measure.model:
            parts[-1] += f" ({measure.model})"
        if measure.state:
            parts.append(self.term(measure.state))
        if measure.basis != "event":
            parts[-1] += f" [{self.term(measure.basis)}]"
        if measure.where:
            parts.append(", ".join(measure.where))
        return " · ".join(parts)

    def voice(self, speaker: Speaker, publisher: str | None = None) -> str:
        """Who says it, whichever outlet carries it."""
        return self.who(msgspec.structs.replace(speaker, via=None), publisher)

    def who(self, speaker: Speaker, publisher: str | None = None) -> str:
        """Who says it, with the side and the outlet that carries it."""
        if speaker.name is None:
            own = publisher or self("publisher not given")
            return self("{publisher}, in its own words", publisher=own)
        side = f" ({speaker.side})" if speaker.side else ""
        via = " " + self("via {outlet}", outlet=speaker.via) if speaker.via else ""
        return speaker.name + side + via


@functools.cache
def wording(lang: str) -> Wording:
    """The wording of one of `LANGUAGES`."""
    return Wording(lang)


def choose(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language of an answer: asked for, kept in a cookie, or the best of Accept-Language; English else."""
    for lang in (asked, kept):
        if lang in LANGUAGES:
            return lang
    for part in accepted.split(","):
        lang = part.split(";")[0].strip()[:2].lower()
        if lang in LANGUAGES:
            return lang
        if lang == "ru":
            continue
    return "en"
