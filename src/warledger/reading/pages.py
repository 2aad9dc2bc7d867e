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
from warledger.reading.metadata import linked_article, metadata
from warledger.reading.plain import Draft
from warledger.reading.records import is_clean

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
_MARKED_SMALL = re.compile(
    r"(?:^|[\s_-])(?:paywall|donat\w*|subscri\w*|support-?(?:us|box)|appeal|inset|inject|teasers?|promo\w*|bio|"
    r"signup|consent|gdpr|tags?|share\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names that stand for boxes inside a text, and on some sites for all of it."""
_SMALL = 500
"""Characters up to which a box of such a name, or a card of a list of teasers, is furniture."""
_HIDDEN_TEXT = 300
"""Characters from which words for browsers without scripts are the page's own text and no plea to allow them."""
_BLOCKS = frozenset(
    "p div section article main header blockquote quote address details head h1 h2 h3 h4 h5 h6 "  # noqa: SIM905
    "list ul ol li item dl dt dd table row tr br lb pre code hr summary figcaption".split()
)
_LINKED = frozenset("ul ol li p td h2 h3 h4 h5 h6 div section span dl".split())  # noqa: SIM905
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])
_HOLDERS = frozenset(["div", "section", "article", "aside", "body", "main", "td"])
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
    body = _body_in_data(tree)
    _drop_furniture(tree)
    text = furniture.cut("\n".join(_article(tree))).strip("\n")
    if 2 * len(text) < len(body):
        text = furniture.cut("\n".join(filter(None, (known.title, body))))
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


def _body_in_data(tree: Any) -> str:
    """The text that the page's data give, for pages that scripts draw; empty where they give none."""
    body = linked_article(tree).get("articleBody")
    if not isinstance(body, str) or len(body) < _HIDDEN_TEXT or not is_clean(body):
        return ""
    if "<" in body:
        return "\n".join(lines_of(parse(f"<div>{body}</div>").find("body")))
    return "\n".join(" ".join(line.split()) for line in body.split("\n") if line.strip())


def without_furniture(node: Any) -> Any:
    """A copy of a part of a page without the site around its text."""
    part = copy.deepcopy(node)
    part.tail = None
    _drop_furniture(part)
    return part


def _drop_furniture(tree: Any) -> None:
    cards = [node for node in tree.iter() if _is_card(node) and _has_neighbours_alike(node)]
    _drop([node for node in tree.iter() if not isinstance(node.tag, str) or _is_furniture(node)])
    attached = [card for card in cards if tree in card.iterancestors()]
    outside = len(tree.text_content()) - sum(len(card.text_content()) for card in attached)
    if outside > _SMALL:  # else the page is a digest, and its cards are its text
        _drop(attached)


def _drop(nodes: list[Any]) -> None:
    for node in nodes:
        if node.getparent() is not None and hasattr(node, "drop_tree"):
            node.drop_tree()


def _is_furniture(node: Any) -> bool:
    if node.tag in _KEPT:
        return False
    if node.tag in _NEVER or "hidden" in node.attrib or node.get("aria-hidden") == "true":
        return not _is_kept_all_the_same(node)
    if node.tag in _LINKED and _is_links_only(node) and not _holds_article(node):
        return True
    if node.tag == "a" and _is_block_link(node):
        return True
    if node.get("role") in ("navigation", "complementary", "contentinfo", "dialog", "search"):
        return True
    return _is_only_a_time(node) or _is_marked(node)


def _is_kept_all_the_same(node: Any) -> bool:
    """Some sites wrap the whole page in one form; some give the text only to browsers without scripts."""
    if node.tag == "noscript":
        return len(node.text_content().strip()) > _HIDDEN_TEXT
    return node.tag == "form" and _holds_article(node)


def _is_marked(node: Any) -> bool:
    """Whether the names of an element say that it is no part of a text."""
    marks = f"{node.get('id', '')} {node.get('class', '')} {node.get('aria-label', '')}"
    if len(marks) < 4 or _holds_article(node):
        return False
    small = _MARKED_SMALL.search(marks) and len(node.text_content().strip()) <= _SMALL
    return bool(small) or _MARKED.search(marks) is not None


def _is_links_only(node: Any) -> bool:
    """Whether a block is but links and no sentence: a menu, or a teaser of another report."""
    text = node.text_content().strip()
    linked = sum(len(link.text_content()) for link in node.iter("a"))
    return 0 < len(text) <= 1.25 * linked and not text.endswith(_FINISHED)


def _is_block_link(node: Any) -> bool:
    """Whether a link is a block of its own, with words of the site on neither side: a card of another report."""
    parent, before = node.getparent(), node.getprevious()
    beside = (parent.text if before is None else before.tail) or ""
    if parent.tag not in _HOLDERS or beside.strip() or (node.tail or "").strip():
        return False
    return bool(node.text_content().strip()) and not _holds_article(node)


def _is_only_a_time(node: Any) -> bool:
    """Whether an element holds the words of one `time` and nothing else: a date line."""
    if node.tag not in ("div", "p", "span", "address", "header", "time"):
        return False
    times = list(node.iter("time"))
    if len(times) != 1:
        return False
    if node.tag == "time" and node.getparent().tag in ("p", "li", "td"):
        return False
    return bool(node.text_content().split() == times[0].text_content().split())


def _is_card(node: Any) -> bool:
    """Whether an element is a teaser: headed by a link, and short."""
    if node.tag not in ("div", "li", "article", "section", "tr") or _holds_article(node):
        return False
    if len(node.text_content().strip()) > _SMALL:
        return False
    first = next((part for part in node.iterdescendants() if (part.text or "").strip()), None)
    if first is None or not isinstance(first.tag, str):
        return False
    around = [first, *first.iterancestors()]
    inside = around[: around.index(node)]
    if any(part.tag == "a" for part in inside):
        return True
    heading = next((part for part in inside if part.tag in _HEADINGS), None)
    return heading is not None and heading.find(".//a") is not None


def _has_neighbours_alike(node: Any) -> bool:
    """Whether an element of the same layout, a teaser too, stands beside it: one of a list."""
    for other in (node.getprevious(), node.getnext()):
        if other is not None and other.tag == node.tag and other.get("class") == node.get("class"):
            if isinstance(other.tag, str) and _is_card(other):
                return True
    return False


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
        while first > start + 1 and is_sentence(lines[first - 1]):
            first -= 1
        return [title, *lines[first:end]]
    # What stands above the title is the site's, unless it is much of the text.
    above = sum(map(len, lines[first:start]))
    kept = lines[start if above * 5 < sum(map(len, lines[first:end])) else first : end]
    return [line for n, line in enumerate(kept) if line != title or n == kept.index(title)]


def is_sentence(line: str) -> bool:
    """Whether a line is long enough, and ends, as a sentence does."""
    return len(line) > 40 and line.endswith(_FINISHED)


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
