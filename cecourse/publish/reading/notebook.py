"""A notebook as a title and cells, each with the HTML of what it says and what it shows."""

import ast
import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import nbformat
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from .formulas import Formula, typeset

_DOLLARS = re.compile(r"\$([^$]+)\$")
_FORMULA = re.compile("\x02(\\d+)\x03")


@dataclass(frozen=True)
class Shown:
    """A figure that a cell shows: its name, the arguments of the call, whether its controls are there."""

    figure: str
    state: dict = field(hash=False)
    moves: bool
    description: str


@dataclass(frozen=True)
class Cell:
    """One cell.  `html` is its prose or its code in colours; `outputs` what it prints; `shown` its figure."""

    id: str
    kind: str  # "markdown" or "code"
    source: str
    html: str
    outputs: tuple[str, ...] = ()
    shown: Shown | None = None
    metadata: dict = field(default_factory=dict, hash=False)

    @property
    def slide_type(self):
        """The place in a deck: "slide", "subslide", "notes", ..., or "" for the place of the cell before."""
        return self.metadata.get("slideshow", {}).get("slide_type", "")

    @property
    def tags(self):
        """What the cell is, beyond prose or code: "solution", "instructor", "broken", ..."""
        return tuple(self.metadata.get("tags", ()))


@dataclass(frozen=True)
class Notebook:
    """A notebook as it was executed."""

    name: str  # the file's, without its ending: 02_entropy
    title: str
    cells: tuple[Cell, ...]


def read(path):
    """Read one executed notebook."""
    path = Path(path)
    notebook = nbformat.read(path, as_version=4)
    prose = rendered([cell.source for cell in notebook.cells if cell.cell_type == "markdown"])
    cells = tuple(_cell(cell, prose) for cell in notebook.cells)
    title = re.match(r"# (.*)", notebook.cells[0].source).group(1)
    return Notebook(path.stem, title, cells)


def rendered(markdown):
    """The HTML of each of these Markdown texts, by the text, with their formulas set."""
    formulas = []
    render = MarkdownWithMath(renderer=_Renderer(formulas)).render
    html = {text: render(text) for text in markdown}
    sets = typeset(formulas)
    return {
        text: _FORMULA.sub(lambda place: sets[formulas[int(place[1])]], each) for text, each in html.items()
    }


class _Renderer(IPythonRenderer):
    """nbconvert's, but for formulas: each leaves a mark, and is kept in a list."""

    def __init__(self, formulas):
        super().__init__(escape=False, embed_images=False, exclude_anchor_links=True)
        self.formulas = formulas

    def _mark(self, tex, display):
        self.formulas.append(Formula(tex.strip(), display))
        return f"\x02{len(self.formulas) - 1}\x03"

    def inline_math(self, body):
        return self._mark(body, False)

    def block_math(self, body):
        return self._mark(body, True)

    def block_html(self, html):
        """In HTML of its own, as of a question that unfolds, Markdown leaves formulas alone."""
        return super().block_html(_DOLLARS.sub(lambda found: self._mark(found[1], False), html))


def in_colours(code):
    """Python as HTML with a class for each kind of word."""
    return highlight(code, PythonLexer(), HtmlFormatter(cssclass="code", wrapcode=True))


def _cell(cell, prose):
    if cell.cell_type == "markdown":
        return Cell(cell.id, "markdown", cell.source, prose[cell.source], metadata=cell.metadata)
    texts = tuple(output.text for output in cell.outputs if output.output_type == "stream")
    data = [output.data for output in cell.outputs if "data" in output]
    shown = next((_shown(cell.source, each["text/plain"]) for each in data if "text/html" in each), None)
    texts += tuple(each["text/plain"] for each in data if "text/html" not in each)
    return Cell(
        cell.id, "code", cell.source, in_colours(cell.source), texts, shown=shown, metadata=cell.metadata
    )


def _shown(source, description):
    """The figure on the last line of a cell: `figures.name(...)` or `explore(figures.name, ...)`."""
    call = ast.parse(source).body[-1].value
    moves = isinstance(call.func, ast.Name) and call.func.id == "explore"
    figure = call.args[0] if moves else call.func
    state = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    return Shown(figure.attr, state, moves, description)


def as_text(output):
    """What a cell printed, as HTML."""
    return f'<pre class="printed" tabindex="0">{escape(output)}</pre>'
