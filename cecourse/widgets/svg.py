"""Matplotlib's SVG as a small piece of a page that takes its colours from the page."""

import re
from functools import cache
from html import escape
from xml.etree import ElementTree

from ..figures.drawing.canvas import colours as colours_of

# In front of every id: a page puts the key of its own figure there, so that no two figures share one.
KEY = "@@"
_COLOUR = re.compile("#[0-9a-f]{6}")
# The edge that Matplotlib gives to a patch, here to leader lines; a mark on a bright ground stays black.
_BLACK = "#000000"
_RASTER = re.compile("<image [^>]*/>")
_NUMBER = re.compile(r"-?\d+\.\d+")
_UNITS = ("x", "y", "width", "height", "transform", "cx", "cy", "r")
# What Matplotlib writes though it is the rule already, here or in the page's style sheet.
_SAID_ANYWAY = {"stroke-dashoffset: 0", "font-family: 'DejaVu Sans'", "stroke-linejoin: round"}


@cache
def dark_colours():
    """For each colour of the theme "lecture", as "#0b4fa8", the one in its place in the theme "dark"."""
    pairs = {}
    for light, dark in zip(colours_of("lecture"), colours_of("dark"), strict=True):
        if pairs.setdefault(light, dark) != dark:
            raise ValueError(
                f"The colour {light} of the theme lecture is {pairs[light]} and {dark} in the theme dark; "
                "a colour has one meaning: give one of the two another colour in the style sheets."
            )
    return pairs


def theme_rules(where, theme):
    """The rules of CSS that give the figures in a place the colours of a theme, "lecture" or "dark"."""
    shown, hidden = ("dark", "light") if theme == "dark" else ("light", "dark")
    colours = dark_colours().items()
    told = "".join(
        f"  {_property(light)}: {dark if shown == 'dark' else light};\n" for light, dark in colours
    )
    return (
        f"{where} {{\n{told}}}\n"
        f"{where} .figure-on-{shown} {{\n  display: inline;\n}}\n"
        f"{where} .figure-on-{hidden} {{\n  display: none;\n}}\n"
    )


def has_rasters(drawing):
    """Whether a drawing holds pictures made of pixels, whose colours a page cannot set."""
    return _RASTER.search(drawing) is not None


def in_both_themes(light, dark):
    """A drawing in the theme "lecture"; a raster that differs in the theme "dark" is there twice."""
    others = iter(_RASTER.findall(dark))

    def both(found):
        one, other = found[0], next(others)
        if _data(one) == _data(other):
            return one
        return f'<g class="figure-on-light">{one}</g><g class="figure-on-dark">{other}</g>'

    return _RASTER.sub(both, light)


def _data(raster):
    return re.search('href="([^"]*)"', raster)[1]


def pieces(svg):
    """What an SVG file draws, piece by piece, without what a page does not need; ids begin with KEY."""
    root = ElementTree.fromstring(svg)
    drawn = (_small(child) for child in root if not _is_about_the_file(child))
    return [piece for piece in drawn if piece]


def _property(colour):
    return f"--figure-{colour[1:]}"


def _is_about_the_file(element):
    kind = _kind(element)
    return kind in ("title", "metadata") or (kind == "defs" and len(element) and _kind(element[0]) == "style")


def _kind(element):
    return element.tag.rpartition("}")[2]


def _small(element):
    kind = _kind(element)
    inside = "".join(_small(child) for child in element)
    if kind in ("text", "tspan"):
        inside = escape(element.text or "", quote=False) + inside
    attributes = "".join(_attributes(kind, element.attrib))
    if kind == "g" and not attributes:
        return inside
    return f"<{kind}{attributes}>{inside}</{kind}>" if inside else f"<{kind}{attributes}/>"


def _attributes(kind, attributes):
    for name, value in attributes.items():
        name = name.rpartition("}")[2]
        if name == "id":
            if kind != "g":
                yield f' id="{KEY}{value}"'
        elif name == "href":
            yield f' href="{value.replace("#", f"#{KEY}") if value.startswith("#") else value}"'
        elif name == "clip-path":
            yield f' clip-path="{value.replace("#", f"#{KEY}")}"'
        elif name == "style":
            if style := _style(value):
                yield f' style="{style}"'
        elif name == "d":
            yield f' d="{_rounded(value)}"'
        elif name in ("fill", "stroke"):
            yield f' {name}="{_COLOUR.sub(_from_the_page, value)}"'
        elif not (name == "transform" and value.startswith("rotate(-0 ")):
            yield f' {name}="{_rounded(value) if _is_in_units(name, value) else escape(value)}"'


def _is_in_units(name, value):
    return name in _UNITS and "scale" not in value and "matrix" not in value


def _style(value):
    kept = [part for part in value.split("; ") if part not in _SAID_ANYWAY]
    style = ";".join(kept).replace(": ", ":").replace("url(#", f"url(#{KEY}")
    if style.startswith("fill:none;"):
        style = style.replace(f"stroke:{_BLACK}", f"stroke:var({_property(_BLACK)})")
    return _COLOUR.sub(_from_the_page, style)


def _from_the_page(colour):
    known = colour[0] in dark_colours() and colour[0] != _BLACK
    return f"var({_property(colour[0])})" if known else colour[0]


def _rounded(numbers):
    """Numbers to a hundredth of a point, a 75th of a pixel."""
    return " ".join(_NUMBER.sub(_hundredths, numbers).split())


def _hundredths(number):
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
