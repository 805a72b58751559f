"""A notebook as a title and cells, each with the HTML of what it says and what it shows.

What a cell is, beyond prose or code, stands in its tags (TAGS below), and in "minutes", metadata of the cell
with the heading of a section, or with the title, for the whole; a bracket at the end of such a heading is for
JupyterLab alone.  No word of the prose decides anything: a notebook in any language is published alike.
"""

import ast
import base64
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from ..tools.templates import written
from .formulas import Formula, typeset

# The tags that mean something, and what is done with a cell that has one.
TAGS = {
    "predict": "a question before its answer: a slide of its own; on paper with room to write",
    "try": "something to do with a figure, and its answer in a <details>: a slide that leads to the figure, "
    "with the answer in its notes; not on paper",
    "break": "a change that goes wrong: a slide of its own",
    "repair": "how to mend it: a slide of its own, after what is broken",
    "question": "questions to check oneself, each a <details> whose answer unfolds: a slide each",
    "read-on": "references: small, on a slide of their own",
    "instructor": "for whoever teaches: folded on a page; the notes of the slide before; not on paper",
    "spoken": "about the figure or the cell beside it: in a deck said and not shown",
    "on-screen": "for whoever has controls at hand: in a deck said and not shown; not on paper",
    "summary": "the summary; the reports look for it",
    "next": "what comes next; the reports look for it",
    "further": "on the heading of a section beyond the core: folded on a page, in no deck, last on paper",
    "broken": "code that fails on purpose: with a label",
    "repaired": "the same code, mended: with a label",
    "solution": "the answers, computed: folded on a page; in no deck; on paper when asked for",
}
# What a reader does: in a deck it stands alone, under its opening in bold.
PROMPTS = ("predict", "try", "break", "repair")

_DOLLARS = re.compile(r"\$([^$]+)\$")
_FORMULA = re.compile("\x02(\\d+)\x03")
_TITLE = re.compile(r"# (.+)")
_HEADING = re.compile(r"\s*<h([12])>")
_LAST_BRACKET = re.compile(r"\s*\([^()]*\)(</h2>)")
# An instructor's note is folded in JupyterLab, and each form of the course folds it in its own way.
_FOLD = re.compile(r"\s*<details>\s*<summary>.*?</summary>(.*)</details>\s*", re.DOTALL)
_IMG = re.compile(r'(<img\b[^>]*\bsrc=")([^"]*)')
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")


@dataclass(frozen=True)
class Shown:
    """A figure that a cell shows: its name, the arguments of the call, whether its controls are there."""

    figure: str
    state: dict = field(hash=False)
    moves: bool
    description: str


@dataclass(frozen=True)
class Cell:
    """One cell.  `html` is its prose or its code in colours; `shown` is its figure.

    `outputs` is the text that it prints, `pictures` the HTML of pictures and tables that are no figures of
    the course.
    """

    id: str
    kind: str  # "markdown" or "code"
    source: str
    html: str
    outputs: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    shown: Shown | None = None
    metadata: dict = field(default_factory=dict, hash=False)

    @property
    def begins_slide(self):
        """Whether its metadata ask for a slide of its own."""
        return self.metadata.get("slideshow", {}).get("slide_type") == "slide"

    @property
    def tags(self):
        """What the cell is, by names of TAGS."""
        return tuple(self.metadata.get("tags", ()))

    @property
    def prompt(self):
        """What the reader is to do, one of PROMPTS, or ""."""
        return next((tag for tag in self.tags if tag in PROMPTS), "")

    @property
    def minutes(self):
        """The minutes that the section takes which begins here, or the whole; 0 where nothing is said."""
        return self.metadata.get("minutes", 0)

    @property
    def folded(self):
        """Whether its code is folded: answers, and checks of what the text says."""
        return self.metadata.get("jupyter", {}).get("source_hidden", False)

    @property
    def begins_section(self):
        """Whether it begins with the title or with the heading of a section."""
        return self.kind == "markdown" and _HEADING.match(self.html) is not None


@dataclass(frozen=True)
class Notebook:
    """A notebook as it was executed; it says "Figure" and the like in its `language`."""

    name: str  # the file's, without its ending: 02_entropy
    title: str
    cells: tuple[Cell, ...]
    language: str = "en"

    @property
    def minutes(self):
        """The minutes that it takes to teach; 0 where nothing is said."""
        return self.cells[0].minutes

    @property
    def sections(self):
        """The cells in groups, each of which begins with a heading; the first is the opening."""
        groups = []
        for cell in self.cells:
            if cell.begins_section or not groups:
                groups.append([])
            groups[-1].append(cell)
        return groups

    @property
    def core(self):
        """The sections for every reader."""
        return [cells for cells in self.sections if "further" not in cells[0].tags]

    @property
    def further(self):
        """The sections beyond the core."""
        return [cells for cells in self.sections if "further" in cells[0].tags]


def read(path, language="en"):
    """Read one executed notebook.  ValueError names the notebook and the cell that cannot be read."""
    path = Path(path)
    notebook = nbformat.read(path, as_version=4)
    title = _TITLE.match(notebook.cells[0].source) if notebook.cells else None
    if title is None:
        raise ValueError(
            f"{path.name} begins without a title; expected a Markdown cell with '# Title' on its first line. "
            "Put one on top."
        )
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if code and not any(cell.outputs or cell.execution_count for cell in code):
        raise ValueError(
            f"{path.name} has no stored outputs; expected those of a run from top to bottom. "
            f"Run make execute NB=notebooks/{path.name}."
        )
    texts = {
        cell.source: cell.get("attachments", {}) for cell in notebook.cells if cell.cell_type == "markdown"
    }
    try:
        prose = rendered(texts, path.parent)
        cells = tuple(_cell(cell, prose) for cell in notebook.cells)
    except ValueError:
        for number, cell in enumerate(notebook.cells, start=1):
            _find_fault(cell, texts, path, number)
        raise
    return Notebook(path.stem, title[1], cells, language)


def _find_fault(cell, texts, path, number):
    """Raise what is wrong with one cell, with its place before it."""
    try:
        mine = {source: files for source, files in texts.items() if source == cell.source}
        _cell(cell, rendered(mine, path.parent))
    except ValueError as error:
        raise ValueError(f"{path.name}, cell {number} ({cell.id}): {error}") from None


def rendered(markdown, folder=None):
    """The HTML of each of these Markdown texts, by the text, with their formulas set.

    Pictures are taken from `folder` into the HTML, or from what is attached to a text: then `markdown` has
    the attachments by the text.
    """
    formulas, html = [], {}
    for text in markdown:
        attached = markdown[text] if isinstance(markdown, dict) else {}
        html[text] = MarkdownWithMath(renderer=_Renderer(formulas, folder, attached)).render(text)
    sets = typeset(formulas)
    return {
        text: _FORMULA.sub(lambda place: sets[formulas[int(place[1])]], each) for text, each in html.items()
    }


class _Renderer(IPythonRenderer):
    """nbconvert's, but for formulas, each of which leaves a mark and is kept in a list, and pictures."""

    def __init__(self, formulas, folder, attachments):
        super().__init__(
            escape=False,
            embed_images=folder is not None,
            exclude_anchor_links=True,
            path=str(folder),
            attachments=attachments,
        )
        self.formulas = formulas

    def _embed_image_or_attachment(self, src):
        """A picture's address, or the picture itself where it is a file."""
        if not self.embed_images or re.match("https?:|data:", src):
            return src
        name = src.removeprefix("attachment:")
        if name not in self.attachments if name != src else self._src_to_base64(src) is None:
            raise ValueError(
                f"The picture {name} was given; expected a file in the notebook's folder or below it. Put it "
                "there, or correct its name."
            )
        return super()._embed_image_or_attachment(src)

    def _html_embed_images(self, html):
        """Of HTML that Markdown has in pieces, nothing but the addresses may change."""
        return _IMG.sub(lambda found: f"{found[1]}{self._embed_image_or_attachment(found[2])}", html)

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
    if cell.cell_type != "code":
        html = prose.get(cell.source, "")  # a raw cell says nothing here
        if "instructor" in cell.metadata.get("tags", ()):
            html = _FOLD.sub(r"\1", html)
        if cell.metadata.get("minutes"):
            html = _LAST_BRACKET.sub(r"\1", html, count=1)
        return Cell(cell.id, "markdown", cell.source, html, metadata=cell.metadata)
    texts, pictures, shown = [], [], None
    for output in cell.outputs:
        data = output.get("data", {})
        if "text/html" in data and shown is None:
            shown = _shown(cell.source, data.get("text/plain", ""))
            if shown:
                continue
        if picture := _picture(data, output.get("metadata", {})):
            pictures.append(picture)
        else:
            texts.append(_text(output, data))
    return Cell(
        cell.id,
        "code",
        cell.source,
        in_colours(cell.source),
        tuple(filter(None, texts)),
        tuple(pictures),
        shown,
        cell.metadata,
    )


def _text(output, data):
    """What an output says in plain letters."""
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return output.get("text") or data.get("text/plain", "")


def _picture(data, metadata):
    """The HTML of an output that is a picture or a table; its words are its metadata's `alt`, or its text."""
    if "text/html" in data:
        return written(__package__, "outputs.html", "table", data["text/html"])
    kind = next((kind for kind in _PICTURES if kind in data), None)
    if kind is None:
        return ""
    if kind == "image/svg+xml":
        coded = base64.b64encode(data[kind].encode()).decode()
    else:
        coded = "".join(data[kind].split())
    words = metadata.get("alt") or data.get("text/plain", "")
    return written(__package__, "outputs.html", "picture", kind, coded, words)


def _shown(source, description):
    """The figure on the last line of a cell: `figures.name(...)` or `explore(figures.name, ...)`.

    None where the line says something else, or where its arguments are not written out.
    """
    try:
        last = ast.parse(source).body[-1:]
    except SyntaxError:  # IPython's own commands
        return None
    match last:
        case [ast.Expr(ast.Call(ast.Name("explore"), [ast.Attribute(ast.Name("figures"), name)], settings))]:
            moves = True
        case [ast.Expr(ast.Call(ast.Attribute(ast.Name("figures"), name), [], settings))]:
            moves = False
        case _:
            return None
    try:
        state = {keyword.arg: ast.literal_eval(keyword.value) for keyword in settings}
    except ValueError:
        return None
    return Shown(name, state, moves, description)


def as_text(output):
    """What a cell printed, as HTML."""
    return written(__package__, "outputs.html", "text", output)
