"""A brief as one self-contained HTML page.

Enters: a `Brief`. Leaves: a page without scripts or outside requests. Does not belong here: what the brief says.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from html import escape
from importlib import resources

from warledger.brief.markdown import _filled, title
from warledger.brief.records import Brief, Cell, Citation, Picture, Section, Table


def to_html(made: Brief, pictures: Sequence[Picture] = ()) -> str:
    """The page: readable on a phone and on paper, in light and dark, each figure linked to its citation.

    `pictures` stand at the head of their sections, held in the page itself; those of no section before the first.
    """
    style = resources.files("warledger.brief").joinpath("brief.css").read_text(encoding="utf-8")
    heading = escape(title(made))
    coverage = "".join(f"<p>{escape(line)}</p>" for line in made.coverage)
    links = "".join(f'<li><a href="#{s.id}">{escape(s.title)}</a></li>' for s in made.sections)
    known = {s.id for s in made.sections}
    first = "".join(_figure(p) for p in pictures if p.section not in known)
    sections = first + "".join(
        _section(s, [p for p in pictures if p.section == s.id]) for s in made.sections
    )
    citations = "".join(_citation(c) for c in made.citations)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{heading}</title><style>{style}</style></head>\n<body><header><h1>{heading}</h1>{coverage}</header>\n"
        f'<nav aria-label="Sections"><ul>{links}</ul></nav>\n<main>{sections}'
        f'<section id="citations"><h2>Citations</h2><ol>{citations}</ol></section></main></body></html>\n'
    )


def _section(section: Section, pictures: Sequence[Picture]) -> str:
    figures = "".join(_figure(p) for p in pictures)
    tables = "".join(_table(t) for t in section.tables) or '<p class="none">Nothing reported.</p>'
    return (
        f'<section id="{section.id}"><h2>{escape(section.title)}</h2>{figures}{tables}</section>\n'
    )


def _figure(picture: Picture) -> str:
    caption = escape(picture.caption)
    return (
        f'<figure><picture><source media="(max-width: 46rem)" srcset="{_held(picture.narrow)}">'
        f'<img src="{_held(picture.wide)}" alt="{caption}"></picture><figcaption>{caption}</figcaption></figure>\n'
    )


def _held(svg: bytes) -> str:
    """The drawing as an address that holds all of it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _table(table: Table) -> str:
    keep = _filled(table)
    head = "".join(f'<th scope="col">{escape(table.columns[i])}</th>' for i in keep)
    rows = "".join(
        "<tr>" + "".join(_data(table.columns[i], row[i]) for i in keep) + "</tr>"
        for row in table.rows
    )
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    return f"<table><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}"


def _data(column: str, cell: Cell) -> str:
    empty = ' class="empty"' if cell.text == "—" else ""
    return f'<td data-label="{escape(column)}"{empty}>{_cell(cell)}</td>'


def _cell(cell: Cell) -> str:
    marks = " ".join(f'<a class="cite" href="#cite-{n}">{n}</a>' for n in cell.citations)
    return escape(cell.text) + (f" <sup>{marks}</sup>" if marks else "")


def _citation(citation: Citation) -> str:
    source = ", ".join(
        escape(p) for p in (citation.publisher, citation.title, citation.published) if p
    )
    if citation.url and re.fullmatch(r"https?://\S+", citation.url):
        source = f'<a href="{escape(citation.url)}" rel="noreferrer">{source or escape(citation.url)}</a>'
    return (
        f'<li id="cite-{citation.number}" value="{citation.number}"><blockquote>{escape(citation.before)}'
        f"<mark>{escape(citation.quote)}</mark>{escape(citation.after)}</blockquote>"
        f"<p>Said by {escape(citation.speaker)}. {source}. Report <code>{escape(citation.report_id)}</code>, "
        f"characters {citation.start}–{citation.end}, claim <code>{citation.claim_id}</code>.</p></li>"
    )
