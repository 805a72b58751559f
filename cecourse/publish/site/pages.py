"""A notebook as a page: sections of cells, and every figure once."""

import dataclasses
import re
from dataclasses import dataclass
from itertools import pairwise

from ..player.frames import embed
from ..reading.typography import held
from .links import as_anchor, with_links_on_the_site

_HEADING = re.compile(r"<h2>(.*?)(?: \((\d+) min\))?</h2>")
_SMALL_HEADING = re.compile(r"<h3>(.*?)</h3>")
_WHOLE = re.compile(r"(\d+) minutes")


@dataclass(frozen=True)
class PageCell:
    """A cell as it stands on its page."""

    id: str
    html: str
    outputs: tuple[str, ...]
    figure: str
    shown: str | None  # the figure's name
    tags: tuple[str, ...]
    lecture: tuple[str, ...]
    source: str
    kind: str


@dataclass(frozen=True)
class Section:
    """Cells under one heading, whose first cell is where links go."""

    title: str
    minutes: str | None
    cells: tuple[PageCell, ...]

    @property
    def anchor(self):
        """The id of the cell with the heading."""
        return self.cells[0].id


@dataclass(frozen=True)
class Chapter:
    """A notebook, laid out as a page."""

    name: str
    title: str
    opening: tuple[PageCell, ...]
    sections: tuple[Section, ...]

    @property
    def number(self):
        """The two digits that its name begins with."""
        return self.name[:2]

    @property
    def page(self):
        """The page's address."""
        return f"{self.name}.html"

    @property
    def download(self):
        """The address of the notebook itself."""
        return f"notebooks/{self.name}.ipynb"

    @property
    def minutes(self):
        """The minutes that it takes to teach, as its opening says."""
        return _WHOLE.search(self.opening[0].source)[1]

    @property
    def parts(self):
        """The opening and the sections alike, as (title, cells)."""
        return ((self.title, self.opening), *((each.title, each.cells) for each in self.sections))


def chapter(notebook):
    """Lay out one notebook."""
    cells = _page_cells(notebook.cells)
    starts = [i for i, cell in enumerate(cells) if cell.kind == "markdown" and "<h2>" in cell.html]
    sections = tuple(_section(cells[start:end]) for start, end in pairwise([*starts, len(cells)]))
    return Chapter(notebook.name, notebook.title, cells[: starts[0]], sections)


def scrolling(html):
    """The HTML of a text whose tables scroll, each in a box of its own."""
    return html.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")


def _page_cells(cells):
    # A still picture and right below it the same one with its controls are one figure on a page.
    moved_below = [
        cell.shown and next_.shown and next_.shown.moves and _same(cell.shown, next_.shown)
        for cell, next_ in pairwise(cells)
    ]
    return tuple(_page_cell(cell, below) for cell, below in zip(cells, [*moved_below, False], strict=True))


def _same(one, other):
    return (one.figure, one.state) == (other.figure, other.state)


def _page_cell(cell, moved_below):
    html = held(scrolling(with_links_on_the_site(cell.html))) if cell.kind == "markdown" else cell.html
    if moved_below and "\n" not in cell.source:
        html = ""  # the call below says the same
    return PageCell(
        id=cell.id,
        html=_with_anchors(html, cell),
        outputs=cell.outputs,
        figure=embed(dataclasses.replace(cell.shown, moves=True), ".", place=cell.id)
        if cell.shown and not moved_below
        else "",
        shown=cell.shown and cell.shown.figure,
        tags=cell.tags,
        lecture=tuple(cell.metadata.get("lecture", ())),
        source=cell.source,
        kind=cell.kind,
    )


def _with_anchors(html, cell):
    if "instructor" in cell.tags:  # its title is the line that unfolds it
        html = html.replace("<strong>For the instructor.</strong> ", "", 1)
    return _SMALL_HEADING.sub(lambda found: f'<h3 id="{cell.id}-{as_anchor(found[1])}">{found[1]}</h3>', html)


def _section(cells):
    first, *rest = cells
    title, minutes = _HEADING.search(first.html).groups()
    heading = f'<h2><a href="#{first.id}">{title}</a>'
    heading += f' <span class="minutes">{minutes} min</span></h2>' if minutes else "</h2>"
    first = dataclasses.replace(first, html=_HEADING.sub(lambda _: heading, first.html, count=1))
    return Section(title, minutes, (first, *rest))
