"""One declaration, two ways to see it: Vega-Lite for the bundled script, SVG for paper and readers without script.

Enters: a chart. Leaves: bytes. Does not belong here: what a chart shows.
"""

from __future__ import annotations

import re
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
STRIP = "strip"
"""The name of a view that a span is chosen with; it is left out of a drawing, where nothing can be chosen."""
PALETTE = {
    "light": ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9"],
    "dark": ["#56b4e9", "#e69f00", "#2fcf9f", "#e6a5cb", "#f0e442", "#9ecbff"],
}


def draw(
    make: Callable[[], Any], *, form: str, theme: str = "light", lang: str = "en", width: int = 0
) -> bytes:
    """The chart as `svg`, or as `vl` (Vega-Lite JSON), in a `light` or `dark` theme; `width` is the most in pixels.

    An SVG in the theme `both` follows the reader's. The same chart gives the same bytes.
    """
    spec = make().to_dict()
    if form == "svg":
        spec = _still(spec)
    if width:
        spec = narrowed(spec, width)
    spec["config"] = config("light" if theme == "both" else theme) | spec.get("config", {})
    spec["background"] = "transparent"
    if form == "vl":
        return msgspec.json.encode(spec)
    locale: Literal["uk-UA", "en-GB"] = "uk-UA" if lang == "uk" else "en-GB"
    made: str = vl_convert.vegalite_to_svg(spec, format_locale=locale, time_format_locale=locale)
    tidy = _tidied(made)
    return (_following(tidy) if theme == "both" else tidy).encode()


def _still(spec: dict[str, Any]) -> dict[str, Any]:
    """The declaration without what only a pointer can use: the strip to choose a span with, and links."""
    views = spec.get("vconcat")
    if views and views[-1].get("name") == STRIP:
        ends = views[-1]["encoding"]["x"]["scale"]
        for layer in (layer for view in views[:-1] for layer in view["layer"]):
            layer["encoding"]["x"]["scale"] = ends
        spec = {key: value for key, value in spec.items() if key != "params"}
        spec["vconcat"] = views[:-1]
    unlinked: dict[str, Any] = _unlinked(spec)
    return unlinked


def _unlinked(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: one if name == "values" else _unlinked(one)
            for name, one in value.items()
            if name != "href"
        }
    return [_unlinked(one) for one in value] if isinstance(value, list) else value


_ID = re.compile(r'\bid="([^"]+)"')
_LONG = re.compile(r"(\.[0-9]{2})[0-9]+")


def _tidied(svg: str) -> str:
    """The drawing with its own names numbered from one, and no more digits than can be seen."""
    names = dict.fromkeys(_ID.findall(svg))
    numbers = {name: f"part{n}" for n, name in enumerate(names, 1)}
    named = re.sub(
        r'\bid="([^"]+)"|url\(#([^)]+)\)',
        lambda m: f'id="{numbers[m[1]]}"' if m[1] else f"url(#{numbers.get(m[2], m[2])})",
        svg,
    )
    return re.sub(r' (?:d|transform)="[^"]*"', lambda m: _LONG.sub(r"\1", m[0]), named)


def _following(svg: str) -> str:
    """The drawing in light colours, with the dark ones for readers who ask for those."""
    pairs = [(tones["light"], tones["dark"]) for tones in (INK, SOFT, LINE)]
    pairs += list(zip(PALETTE["light"], PALETTE["dark"], strict=True))
    rules = "".join(
        f'[{what}="{light}"]{{{what}:{dark}}}'
        for light, dark in pairs
        for what in ("fill", "stroke")
    )
    style = f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
    head, mark, rest = svg.partition(">")
    return head + mark + style + rest


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
        "legend": text
        | {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 260, "orient": "top"},
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
