"""The page of symbols and terms, each with an address of its own."""

import re
from typing import NamedTuple

from ..reading.notebook import rendered
from ..reading.typography import held
from .links import as_anchor, with_links_on_the_site
from .pages import scrolling

_ROW = re.compile(r"^\| (.+?) \| (.+?) \|.*\|$(?!\n\|-)", re.MULTILINE)
_FIRST_CELL = re.compile(r"<tr>\s*<td>(.*?)</td>", re.DOTALL)


class Entry(NamedTuple):
    """A symbol or a term with what it means, both in Markdown, and its anchor."""

    name: str
    meaning: str
    anchor: str


class Glossary(NamedTuple):
    """The page's HTML, and its entries in order."""

    html: str
    entries: list


def glossary(folder):
    """Read the notebooks' page of symbols and terms; empty where there is none."""
    page = folder / "glossary.md"
    markdown = page.read_text(encoding="utf-8") if page.is_file() else ""
    entries = [
        Entry(name, meaning, f"{as_anchor(name)}-{number}")
        for number, (name, meaning) in enumerate(_ROW.findall(markdown))
    ]
    anchors = (entry.anchor for entry in entries)
    html = held(scrolling(with_links_on_the_site(rendered([markdown])[markdown])))
    html = html.replace("<table>", '<table class="stacked terms">')
    html = _FIRST_CELL.sub(lambda row: f'<tr id="{next(anchors)}"><th scope="row">{row[1]}</th>', html)
    return Glossary(html, entries)
