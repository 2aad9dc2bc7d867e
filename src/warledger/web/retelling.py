"""A brief in the reader's language: its headings and column names; names, figures and quotations stay as they are.

Enters: a brief and a wording. Leaves: the same brief. Does not belong here: what a brief says.
"""

from __future__ import annotations

import msgspec

from warledger.brief import Brief, Section, Table
from warledger.charts.words import _
from warledger.web.wording import Wording

HEADINGS = (
    _("Air attack"),
    _("People harmed"),
    _("Damage and outages"),
    _("Nuclear safety"),
    _("The front"),
    _("Diplomacy"),
    _("Justice"),
    _("Positions and denials"),
    _("Comparisons, as stated"),
    _("Disagreements"),
    _("Who says"),
    _("Weapon"),
    _("Launched"),
    _("Intercepted"),
    _("Unaccounted for"),
    _("Intercepted, %"),
    _("Places hit"),
    _("Places of debris"),
    _("What"),
    _("Figure or words"),
    _("Where"),
    _("When"),
    _("By place, and over longer periods"),
)
"""What a brief's headings are in English; those that are not here stay so."""


def retold(made: Brief, say: Wording) -> Brief:
    """The brief with its headings in the language of `say`."""
    sections = tuple(_section(section, say) for section in made.sections)
    return msgspec.structs.replace(made, sections=sections)


def _section(section: Section, say: Wording) -> Section:
    tables = tuple(_table(table, say) for table in section.tables)
    return msgspec.structs.replace(section, title=say.known(section.title), tables=tables)


def _table(table: Table, say: Wording) -> Table:
    columns = tuple(say.known(column) for column in table.columns)
    return msgspec.structs.replace(table, caption=say.known(table.caption), columns=columns)
