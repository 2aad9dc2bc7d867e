"""A web page in, a draft of a report out: its article without the site around it.

Enters: the decoded HTML. Leaves: paragraphs, headings, bullets and table rows a line each; title, date,
publisher and address where the page's metadata gives them. Does not belong here: the network, bytes.

trafilatura chooses the article's nodes; its import takes 0.29 s, five times that of everything else
that reading needs, so it is imported when the first page comes (lxml, 0.03 s, with it).
"""

from __future__ import annotations

import copy
import logging
import re
from typing import Any

from warledger.errors import ReadingError
from warledger.reading import furniture, syndication
from warledger.reading.metadata import metadata
from warledger.reading.plain import Draft

_PROLOGUE = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_NEVER = frozenset(
    "script style noscript template form nav aside footer iframe svg button select textarea "  # noqa: SIM905
    "input object video audio figure menu dialog".split()
)
_MARKED = re.compile(
    r"(?:^|[\s_-])(?:respond|comment(?:s|-?(?:list|form|area|respond|section))?|disqus|share|sharing|"
    r"sharedaddy|social|socials|addtoany|related|relatedposts|recommended|read-?also|cookies?|newsletter|"
    r"breadcrumbs?)(?:$|[\s_-])"
    # These also name layouts ("with-sidebar"), so they count only as a whole name.
    r"|(?:^|\s)(?:menu|navbar|sidebar|footer|banner|popup|modal|promo|advert\w*|subscribe|tags|pagination)(?:$|\s)",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "p div section article main header blockquote quote address details head h1 h2 h3 h4 h5 h6 "  # noqa: SIM905
    "list ul ol li item dl dt dd table row tr br lb pre code hr summary figcaption".split()
)
_LINKED = frozenset(["ul", "ol", "li", "p", "td", "h2", "h3", "h4", "h5", "h6"])
_FINISHED = (".", "!", "?", "…", ";", ":")
_KEPT = frozenset(["html", "body", "main", "article", "h1"])
_CELLS = frozenset(["td", "th", "cell"])
_CHOOSING_LIMIT = 4_000_000
"""Characters of text; trafilatura takes 6 s at 12 MB and 500 s at 46 MB, where no article is found."""

_BULLET = "• "
_NO_LETTERS = re.compile(r"\W+")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def declared_encoding(data: bytes) -> str | None:
    """What the page's own `meta` says of its encoding (a hint, often wrong)."""
    found = _CHARSET.search(data, 0, 4096)
    return found[1].decode("ascii") if found else None


def parse(html: str) -> Any:
    """The page's tree. Raises `ReadingError` for one that holds nothing."""
    from lxml import etree  # noqa: PLC0415 (see above)
    from lxml import html as parser  # noqa: PLC0415

    try:
        # Without huge_tree libxml2 drops a text of more than ten million characters in silence.
        return parser.document_fromstring(
            _PROLOGUE.sub("", html, count=1), parser=parser.HTMLParser(huge_tree=True)
        )
    except (etree.ParserError, ValueError) as error:
        raise ReadingError("the page holds no text: save the article itself") from error


def draft(html: str) -> Draft:
    """Take the article out of the page.

    Raises `ReadingError` for a page that holds no text of its own.
    """
    return article(parse(html))


def article(tree: Any) -> Draft:
    """Take the article out of a page's tree, which is cut up on the way; see `draft`."""
    known = metadata(tree)
    _drop_furniture(tree)
    text = furniture.cut("\n".join(_article(tree))).strip("\n")
    if not re.search(r"\w", text):
        raise ReadingError(
            "the page holds no text: it may be drawn by scripts; save what the browser shows"
        )
    return Draft(
        text=text,
        title=known.title,
        published=known.published,
        publisher=known.publisher,
        url=known.url,
        updated=known.updated,
        author=known.author,
        credit=syndication.credit(known.sources, text, known.publisher),
    )


def without_furniture(node: Any) -> Any:
    """A copy of a part of a page without the site around its text."""
    part = copy.deepcopy(node)
    part.tail = None
    _drop_furniture(part)
    return part


def _drop_furniture(tree: Any) -> None:
    for node in list(tree.iter()):
        if not isinstance(node.tag, str):
            node.drop_tree() if hasattr(
                node, "drop_tree"
            ) and node.getparent() is not None else None
        elif node.getparent() is not None and _is_furniture(node):
            node.drop_tree()


def _is_furniture(node: Any) -> bool:
    if node.tag in _KEPT:
        return False
    if node.tag in _NEVER or "hidden" in node.attrib or node.get("aria-hidden") == "true":
        # Some sites wrap the whole page in one form.
        return node.tag != "form" or not _holds_article(node)
    if node.tag in _LINKED and _is_links_only(node):
        return True
    if node.get("role") in ("navigation", "complementary", "contentinfo", "dialog", "search"):
        return True
    marks = f"{node.get('id', '')} {node.get('class', '')}"
    return len(marks) > 1 and _MARKED.search(marks) is not None and not _holds_article(node)


def _is_links_only(node: Any) -> bool:
    """Whether a block is but links and no sentence: a menu, or a teaser of another report."""
    text = node.text_content().strip()
    linked = sum(len(link.text_content()) for link in node.iter("a"))
    return 0 < len(text) <= 1.25 * linked and not text.endswith(_FINISHED)


def _holds_article(node: Any) -> bool:
    return next(node.iter("h1", "main"), None) is not None


def _article(tree: Any) -> list[str]:
    """The page's lines from the first to the last one that trafilatura takes for the article's.

    It finds the place well, but outside an `article` element it loses bullet lists and headings, where
    the figures stand; so the lines between come from the page itself. A title above is kept, and so are
    bullets right below.
    """
    lines = lines_of(tree.find("body"))
    if sum(map(len, lines)) > _CHOOSING_LIMIT:
        return lines
    chosen = {_letters(line) for line in lines_of(_chosen(tree))}
    places = [place for place, line in enumerate(lines) if _letters(line) in chosen]
    if not places:
        return lines
    first, end = places[0], places[-1] + 1
    while end < len(lines) and lines[end].startswith(_BULLET):
        end += 1
    title = " ".join(lines_of(next(tree.iter("h1"), None)))
    if title not in lines[:end]:
        return lines[first:end]
    start = lines.index(title)
    if start < first:
        return [title, *lines[first:end]]
    # What stands above the title is the site's, unless it is much of the text.
    above = sum(map(len, lines[first:start]))
    return lines[start if above * 5 < sum(map(len, lines[first:end])) else first : end]


def _letters(line: str) -> str:
    return _NO_LETTERS.sub("", line)


def _chosen(tree: Any) -> Any:
    import trafilatura  # noqa: PLC0415 (see above)

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=False
    )
    return getattr(found, "body", None)


def lines_of(node: Any) -> list[str]:
    """The text of a tree, a block a line; list items begin with a bullet, table cells are spaced."""
    if node is None:
        return []
    pieces: list[str] = []
    for event, part in _walk(node):
        if event == "start":
            pieces.append(_opening(part))
            pieces.append(_SPACES.sub(" ", part.text or "") if isinstance(part.tag, str) else "")
        else:
            pieces.append("\n" if part.tag in _BLOCKS else "")
            if part is not node:
                pieces.append(_SPACES.sub(" ", part.tail or ""))
    lines = (re.sub(" {2,}", " ", line).strip(" |") for line in "".join(pieces).split("\n"))
    return [line for line in lines if line and line != _BULLET.strip()]


def _walk(node: Any) -> Any:
    from lxml import etree  # noqa: PLC0415 (see above)

    return etree.iterwalk(node, events=("start", "end"))


def _opening(part: Any) -> str:
    if part.tag in ("li", "item"):
        return "\n" + _BULLET
    if part.tag in _CELLS:
        return " | "
    return "\n" if part.tag in _BLOCKS else ""
