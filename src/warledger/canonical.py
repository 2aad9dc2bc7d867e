"""The one spelling of a page's address, by which its saves and its entries in feeds are known as one source.

Enters: an address. Leaves: what of it names the page. Does not belong here: asking it.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?://([^/?#]+)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|yclid|igshid|mc_[ce]id|ref_?(src|url)?|share)(=|$)")


def canonical_url(url: str) -> str | None:
    """The address without what does not name the page: scheme, `www.`, port 80 or 443, tracking, fragment, last slash.

    None where it is no http or https address.
    """
    found = _ADDRESS.match(url.strip())
    if found is None:
        return None
    host, path, query = found.groups()
    host = re.sub(r"^www\.|:(80|443)$", "", host.rpartition("@")[2].lower())
    kept = sorted(p for p in (query or "").split("&") if p and not _TRACKING.match(p.lower()))
    return f"https://{host}{path.rstrip('/') or '/'}" + (f"?{'&'.join(kept)}" if kept else "")
