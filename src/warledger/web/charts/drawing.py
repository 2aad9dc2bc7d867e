"""One declaration, two ways to see it: Vega-Lite for the bundled script, SVG for paper and readers without script.

Enters: a chart. Leaves: bytes. Does not belong here: what a chart shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec
import vl_convert

FONT = "system-ui, Noto Sans, DejaVu Sans, sans-serif"
INK = {"light": "#1b1b1b", "dark": "#ececec"}
SOFT = {"light": "#595959", "dark": "#c4c4c4"}
LINE = {"light": "#c9c9c9", "dark": "#44484d"}
# Okabe and Ito's colours, told apart by readers with any kind of colour vision; none stands for a side.
READABLE = 0.6
"""A map smaller than this share of its size has no room for names."""
AXIS = 60
"""What an axis and its labels take beside a view, in pixels."""
PALETTE = {
    "light": ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9"],
    "dark": ["#56b4e9", "#e69f00", "#2fcf9f", "#e6a5cb", "#f0e442", "#9ecbff"],
}


def draw(
    make: Callable[[], Any], *, form: str, theme: str = "light", lang: str = "en", width: int = 0
) -> bytes:
    """The chart as `svg`, or as `vl` (Vega-Lite JSON), in a `light` or `dark` theme; `width` is the most in pixels."""
    spec = make().to_dict()
    if width:
        spec = narrowed(spec, width)
    spec["config"] = config(theme) | spec.get("config", {})
    spec["background"] = "transparent"
    if form == "vl":
        return msgspec.json.encode(spec)
    locale: Literal["uk-UA", "en-GB"] = "uk-UA" if lang == "uk" else "en-GB"
    made: str = vl_convert.vegalite_to_svg(spec, format_locale=locale, time_format_locale=locale)
    return made.encode()


def narrowed(spec: dict[str, Any], width: int) -> dict[str, Any]:
    """The declaration with no view wider than `width` less the room of its axis; a map shrinks as a whole."""
    made = {name: _narrowed(value, width) for name, value in spec.items()}
    was, room = spec.get("width"), width - AXIS
    if not isinstance(was, int) or was <= room:
        return made
    made["width"] = room
    if "projection" in spec:
        scale = width / was
        made |= {"width": width, "height": round(spec["height"] * scale)}
        made["projection"] = spec["projection"] | {"scale": spec["projection"]["scale"] * scale}
        if scale < READABLE:
            made["layer"] = [one for one in made["layer"] if one["mark"]["type"] != "text"]
    return made


def _narrowed(value: Any, width: int) -> Any:
    if isinstance(value, dict):
        return value if "values" in value else narrowed(value, width)
    if isinstance(value, list):
        return [_narrowed(one, width) for one in value]
    return value


def config(theme: str) -> dict[str, Any]:
    """The colours and the font of a theme, as Vega-Lite's config."""
    text = {"labelColor": SOFT[theme], "titleColor": INK[theme]}
    lines = {"gridColor": LINE[theme], "domainColor": LINE[theme], "tickColor": LINE[theme]}
    return {
        "font": FONT,
        "aria": False,  # the caption names the chart and a table tells it; marks one by one are noise
        "axis": text | lines | {"labelFontSize": 12, "titleFontSize": 12},
        "legend": text | {"labelFontSize": 12, "titleFontSize": 12, "orient": "top"},
        "header": text,
        "title": {"color": INK[theme], "anchor": "start"},
        "text": {"color": INK[theme]},
        "view": {"stroke": None},
        "range": {"category": PALETTE[theme]},
    }


def script() -> bytes:
    """Vega, Vega-Lite and Vega-Embed as one script, carried by the drawing library; no request leaves the machine."""
    made: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    return made.encode()
