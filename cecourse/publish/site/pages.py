"""A notebook as a page: sections of cells, and every figure once."""

import dataclasses
import re
from dataclasses import dataclass
from itertools import pairwise

from ..player.frames import embed
from ..reading.typography import held
from ..tools.templates import written
from ..wording import wording
from .links import as_anchor, with_links_on_the_site

_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_SMALL_HEADING = re.compile(r"<h3>(.*?)</h3>")
# The opening of an instructor's note, which the line says that unfolds it.
_LEAD = re.compile(r"(<p>)<strong>[^<]*[.:]</strong>\s*")


@dataclass(frozen=True)
class PageCell:
    """A cell as it stands on its page."""

    id: str
    html: str
    outputs: tuple[str, ...]
    pictures: tuple[str, ...]
    figure: str
    shown: str | None  # the figure's name
    tags: tuple[str, ...]
    folded: bool
    lecture: tuple[str, ...]
    source: str
    kind: str


@dataclass(frozen=True)
class Section:
    """Cells under one heading, whose first cell is where links go.

    Of a section beyond the core `fold` is the heading, in the line that unfolds it, and not in its cell.
    """

    title: str
    minutes: int
    cells: tuple[PageCell, ...]
    fold: str = ""

    @property
    def anchor(self):
        """The id of the cell with the heading."""
        return self.cells[0].id


@dataclass(frozen=True)
class Chapter:
    """A notebook, laid out as a page."""

    name: str
    title: str
    minutes: int
    question: str
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
    def parts(self):
        """The opening and the sections alike, as (title, cells)."""
        return ((self.title, self.opening), *((each.title, each.cells) for each in self.sections))


def chapter(notebook):
    """Lay out one notebook.  ValueError names the notebook and the cell that cannot be laid out."""
    cells = _page_cells(notebook)
    starts = [i for i, cell in enumerate(notebook.cells) if cell.begins_section and i > 0]
    sections = tuple(
        _section(cells[start:end], notebook.cells[start].minutes, wording(notebook.language))
        for start, end in pairwise([*starts, len(cells)])
    )
    opening = cells[: starts[0]] if starts else cells
    return Chapter(
        notebook.name, notebook.title, notebook.minutes, _question(notebook.cells[0]), opening, sections
    )


def _question(cell):
    """The question that opens a notebook, on one line without formulas; or its title."""
    quote = re.search(r"(?:^> .*\n?)+", cell.source, re.MULTILINE)
    words = quote[0].replace("> ", "") if quote else cell.source.splitlines()[0].removeprefix("# ")
    return " ".join(words.replace("$", "").split())


def scrolling(html):
    """The HTML of a text whose tables scroll, each in a box of its own."""
    return html.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")


def _page_cells(notebook):
    cells = notebook.cells
    # A still picture and right below it the same one with its controls are one figure on a page.
    moved_below = [
        cell.shown and next_.shown and next_.shown.moves and _same(cell.shown, next_.shown)
        for cell, next_ in pairwise(cells)
    ]
    made = []
    for number, (cell, below) in enumerate(zip(cells, [*moved_below, False], strict=True), start=1):
        try:
            made.append(_page_cell(cell, below, notebook.language))
        except ValueError as error:
            raise ValueError(f"{notebook.name}.ipynb, cell {number} ({cell.id}): {error}") from None
    return tuple(made)


def _same(one, other):
    return (one.figure, one.state) == (other.figure, other.state)


def _page_cell(cell, moved_below, language):
    html = held(scrolling(with_links_on_the_site(cell.html))) if cell.kind == "markdown" else cell.html
    if moved_below and "\n" not in cell.source:
        html = ""  # the call below says the same
    return PageCell(
        id=cell.id,
        html=_with_anchors(html, cell),
        outputs=cell.outputs,
        pictures=cell.pictures,
        figure=embed(dataclasses.replace(cell.shown, moves=True), ".", place=cell.id, language=language)
        if cell.shown and not moved_below
        else "",
        shown=cell.shown and cell.shown.figure,
        tags=cell.tags,
        folded=cell.folded,
        lecture=tuple(cell.metadata.get("lecture", ())),
        source=cell.source,
        kind=cell.kind,
    )


def _with_anchors(html, cell):
    if "instructor" in cell.tags:  # its title is the line that unfolds it
        html = _LEAD.sub(r"\1", html, count=1)
    return _SMALL_HEADING.sub(lambda found: f'<h3 id="{cell.id}-{as_anchor(found[1])}">{found[1]}</h3>', html)


def _section(cells, minutes, words):
    first, *rest = cells
    title = _HEADING.search(first.html)[1]
    further = "further" in first.tags
    heading = written(__package__, "heading.html", "heading", first.id, title, minutes, further, words)
    in_cell = "" if further else heading
    first = dataclasses.replace(first, html=_HEADING.sub(lambda _: in_cell, first.html, count=1))
    return Section(title, minutes, (first, *rest), heading if further else "")
