"""A chart as it stands in a page: SVG in the page itself, with letters as letters, as few bytes as it can be had.

What matplotlib writes has a name for each group, five decimals of a point for each corner, a clip path for each line
and the same style at each of hundreds of marks. Here names go that nobody refers to, the others are told apart from
those of other charts, numbers have one decimal (of a point: a chart is some three hundred of them wide), and a style
that all marks share stands once.
"""

from __future__ import annotations

import io
import re
from hashlib import blake2b
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from simulation.report.plot.style import save, sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_COORDINATE = re.compile(r"-?\d+(?:\.\d+)?")
REFERRED = re.compile(r"(?<=url\(#)[^)]+|(?<=^#).+")
FONT = re.compile(r"font: (?:(italic|bold|\d+) )?([\d.]+)px [^;]*;?")
FAMILY = re.compile(r"font-family: [^;]*;?")
LEVEL = re.compile(r"rotate\(-?0(?:\.0)? ")
"""What turns nothing."""
GONE = {f"{SVG}{name}" for name in ("metadata", "style", "title")}
COORDINATES = ("d", "transform", "x", "y", "points", "width", "height")


def inline(figure: Figure, alt: str) -> str:
    """A figure as an SVG element for a page; the same figure gives the same text.

    Args:
        figure: the drawing.
        alt: what it shows, for those who do not see it.
    """
    legible(figure)
    out = io.BytesIO()
    save(figure, out, "svg", letters=True)
    whole = out.getvalue()
    root = ElementTree.fromstring(whole)
    _without(root)
    prefix = f"c{blake2b(whole, digest_size=4).hexdigest()}-"
    said = ((key, value) for each in root.iter() for key, value in each.attrib.items())
    used = {name for key, value in said if key == LINK or "url(" in value for name in REFERRED.findall(value)}
    names = {name: f"{prefix}{n}" for n, name in enumerate(sorted(used))}
    _tidy(root, names)
    seen = f' viewBox="{root.get("viewBox")}"' if root.get("viewBox") else ""
    head = f'<svg role="img" aria-label={quoteattr(alt)}{seen}>'
    return head + "".join(map(_written, root)) + "</svg>"


def legible(figure: Figure) -> None:
    """Makes letters that are too small for the sheet as large as they have to be."""
    from matplotlib.text import Text

    least = sheet().letters
    if not least:
        return
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if labels := axis.get_ticklabels():
                axis.set_tick_params(labelsize=max(least, *(float(each.get_fontsize()) for each in labels)))
    for each in figure.findobj(Text):
        if isinstance(each, Text) and float(each.get_fontsize()) < least:
            each.set_fontsize(least)


def _without(element: ElementTree.Element) -> None:
    """Takes away what only describes the file, and groups that hold nothing."""
    for child in list(element):
        _without(child)
        if child.tag in GONE or (child.tag in (f"{SVG}g", f"{SVG}defs") and not len(child)):
            element.remove(child)


def _tidy(element: ElementTree.Element, names: dict[str, str], mark: bool = False) -> None:
    """Shortens what an element and those inside say; marks, drawn again and again, keep two decimals."""
    found = dict(element.attrib)
    element.attrib.clear()
    for key, value in found.items():
        if key == "id":
            if value in names:
                element.set("id", names[value])
            continue
        if key == LINK or "url(" in value:
            value = REFERRED.sub(lambda ref: names.get(ref[0], ref[0]), value)
        if key in COORDINATES:
            value = NUMBER.sub(_fine if mark else _short, value)
        if key == "style" and not (value := _style(value)):
            continue
        if key == "transform" and LEVEL.match(value):
            continue
        element.set("href" if key == LINK else key, _path(value) if key == "d" else value)
    for child in element:
        _tidy(child, names, mark or element.tag == f"{SVG}defs")
        if element.tag == f"{SVG}pattern" and "C" in child.get("d", ""):
            child.set("d", _squares(child.get("d", "")))
    _shared(element)


def _short(found: re.Match[str]) -> str:
    text = f"{float(found[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _path(text: str) -> str:
    """A path with one decimal, without spaces that say nothing and without corners upon each other."""
    made: list[str] = []
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", " ".join(text.split())):
        said = f"{command}{numbers.strip()}"
        if not (command == "L" and made and made[-1][1:] == said[1:]):
            made.append(said)
    return "".join(made)


def _squares(path: str) -> str:
    """A hatch of circles as one of squares: hundreds of circles of eight curves each are most of a chart's bytes."""
    made = []
    for one in path.split("M")[1:]:
        at = [float(each) for each in _COORDINATE.findall(one)]
        left, top = min(at[::2]), min(at[1::2])
        side = _fine_number(max(at[::2]) - left)
        made.append(f"M{_fine_number(left)} {_fine_number(top)}h{side}v{side}h-{side}z")
    return "".join(made)


def _fine_number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _style(text: str) -> str:
    """A style without what the page says of every chart, and without the font."""
    text = FONT.sub(lambda found: f"font-size: {_short_size(found[2])}px; {_weight(found[1])}", text)
    text = FAMILY.sub("", text)
    # of two that lie upon each other each is seen through, also where the style stands at their group
    text = re.sub(r"(?<!-)opacity: ([\d.]+)", r"fill-opacity: \1; stroke-opacity: \1", text)
    parts = [part.strip() for part in text.split(";")]
    return ";".join(NUMBER.sub(_fine, part.replace(": ", ":")) for part in parts if part and part not in ROUND)


ROUND = {"stroke-linejoin: round", "stroke-linecap: butt", "stroke-miterlimit: 100000"}
"""What the style of the page says of every chart."""


def _weight(found: str | None) -> str:
    return "" if found is None else "font-style: italic;" if found == "italic" else f"font-weight: {found};"


def _short_size(text: str) -> str:
    return f"{float(text):.1f}".removesuffix(".0")


def _fine(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _shared(element: ElementTree.Element) -> None:
    """A style, or a clip path, that all inside of a group have stands at the group."""
    if element.tag != f"{SVG}g" or len(element) < 2 or any(child.get("transform") for child in element):
        return
    for key in ("style", "clip-path"):
        said = {child.get(key) for child in element}
        if len(said) == 1 and None not in said and element.get(key) is None:
            element.set(key, str(said.pop()))
            for child in element:
                del child.attrib[key]


def _written(element: ElementTree.Element) -> str:
    """An element as HTML takes it; a group that says nothing is left out around what it holds."""
    name = element.tag.removeprefix(SVG)
    inner = _said(element.text) + "".join(_written(child) + _said(child.tail) for child in element)
    if name == "g" and not element.attrib:
        return inner
    said = "".join(f" {key}={quoteattr(value)}" for key, value in element.attrib.items())
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def _said(text: str | None) -> str:
    """Text between elements; the ends of lines with which a file is laid out say nothing."""
    return escape(text) if text and text.strip() else ""
