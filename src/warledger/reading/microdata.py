"""A page's microdata in, the same shape out that its JSON-LD has: nested dictionaries of properties.

Enters: the parsed page. Leaves: its outermost items. Does not belong here: what a property means.

Values are taken as the HTML standard says (section "Values: the itemprop attribute"); `itemref` is rare on news sites
and is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "meta": "content"}
_VALUES = {**_LINKS, "time": "datetime", "data": "value", "meter": "value"}
_NESTED = 40


def items(tree: Any) -> Iterator[dict[str, Any]]:
    """Each outermost item, with its type under `@type`, and under `@node` the element that it stands in."""
    for node in tree.xpath("//*[@itemscope and not(@itemprop)]"):
        yield _item(node, 0)


def _item(node: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": (node.get("itemtype") or "").rstrip("/").rpartition("/")[2],
        "@node": node,
    }
    for child in node:
        _gather(child, found, depth)
    return found


def _gather(node: Any, found: dict[str, Any], depth: int) -> None:
    if not isinstance(node.tag, str) or depth > _NESTED:
        return
    names = (node.get("itemprop") or "").split()
    if "itemscope" in node.attrib:
        if not names:
            return  # an item of its own, which is no property of this one
        value: Any = _item(node, depth + 1)
    else:
        value = node.get(_VALUES.get(node.tag, "content")) if names else None
        if names and value is None:
            value = node.text_content()
        for child in node:
            _gather(child, found, depth + 1)
    for name in names:
        _add(found, name, value)


def _add(found: dict[str, Any], name: str, value: Any) -> None:
    if name not in found:
        found[name] = value
    elif isinstance(found[name], list):
        found[name].append(value)
    else:
        found[name] = [found[name], value]
