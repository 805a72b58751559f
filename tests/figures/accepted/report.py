"""Changed figures for a person to look at: before, after and their difference, side by side."""

import shutil
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jinja2 import Environment
from PIL import Image, ImageChops, ImageFilter, ImageOps

FOLDER = Path(__file__).parents[3] / "build" / "figures-report"
# Of 255, both pictures blurred: Matplotlib 3.10.0 is 32 away from 3.11.2, whose letters are set anew.
MOST_DIFFERENCE = 40
PAGE = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Changed figures: {{ changes|length }}</title>
<style>
  body { font: 16px sans-serif; margin: 1rem; color: black; background: white }
  td, th { padding: 0.3rem; text-align: left; vertical-align: top }
  img { border: 1px solid grey; max-width: 30vw }
</style>
<h1>Changed figures: {{ changes|length }}</h1>
<table>
  <tr><th>before<th>after<th>difference
  {% for change in changes %}
  <tr><th colspan="3"><h2>{{ change.name }}</h2>
    {% if change.is_new() %}new{% else %}
    changed: {{ change.what|join(", ") or "the stored picture" }};
    largest difference {{ change.worst() }} of 255{% endif %}
  <tr>{% for which in (["after"] if change.is_new() else ["before", "after", "difference"]) %}
    <td><img src="{{ change.name }}-{{ which }}.png" alt="{{ change.name }}, {{ which }}">{% endfor %}
  {% endfor %}
</table>
</html>
"""
)


class Change(NamedTuple):
    """One figure that is no longer what it was: its name, what of it differs, and the two pictures."""

    name: str
    what: list
    before: Image.Image
    after: Image.Image

    def is_new(self):
        return self.before.size == (1, 1)

    def worst(self):
        return round(difference(self.before, self.after))


def opened(path):
    """The picture in a file; a white spot where there is none yet."""
    return Image.open(path).convert("RGB") if path.exists() else Image.new("RGB", (1, 1), "white")


def difference(before, after):
    """The largest difference of two pictures in any place and colour, from 0 to 255.

    Both are blurred first: a letter a pixel further on is the same picture.
    """
    blur = ImageFilter.GaussianBlur(8)
    return float(np.asarray(_apart(before.filter(blur), after.filter(blur))).max())


def write(changes):
    """Write the page; returns its path."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for change in changes:
        change.before.save(FOLDER / f"{change.name}-before.png")
        change.after.save(FOLDER / f"{change.name}-after.png")
        # Three times as strong, or two dark colours would look alike.
        strong = _apart(change.before, change.after).point(lambda value: 3 * value)
        ImageOps.invert(strong).save(FOLDER / f"{change.name}-difference.png")
    path = FOLDER / "index.html"
    path.write_text(PAGE.render(changes=changes), encoding="utf-8")
    return path


def _apart(before, after):
    size = max(before.width, after.width), max(before.height, after.height)
    return ImageChops.difference(_on_paper(before, size), _on_paper(after, size))


def _on_paper(picture, size):
    paper = Image.new("RGB", size, "white")
    paper.paste(picture)
    return paper
