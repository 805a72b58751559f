"""A PDF for paper of each notebook: in greys, with room to write, the answers left out or put in."""

import re
import shutil
import tempfile
from importlib.resources import files
from itertools import chain
from pathlib import Path

from markupsafe import Markup

from ...figures import FIGURES
from ..one_by_one import one_by_one
from ..reading.formulas import write_letters
from ..reading.notebook import as_text, in_colours, read
from ..reading.sentences import blocks
from ..tools.pdf import printer
from ..tools.templates import filled
from ..wording import wording

_OURS = Path(str(files(__package__)))
_LINES_TO_PREDICT, _LINES_TO_ANSWER = 2, 5
# What is for whoever teaches, or for whoever has controls at hand.
_NOT_ON_PAPER = {"instructor", "try", "on-screen"}
_LABELS = ("broken", "repaired", "solution")
_MARGIN = {"top": "18mm", "bottom": "20mm", "left": "22mm", "right": "22mm"}


def add_options(parser):
    """The options of the command "handouts"."""
    parser.add_argument("--solutions", action="store_true", help="leave the solutions in")


def build(options):
    """Print the handouts; returns the exit code."""
    course, ending = options.course, "_solutions.pdf" if options.solutions else ".pdf"
    with tempfile.TemporaryDirectory() as folder, printer() as chromium:
        write_parts(Path(folder) / "parts", course)

        def make(path):
            notebook = read(path, course.language)
            page = write_page(notebook, course, Path(folder), options.solutions)
            _print(chromium, notebook, page, options.out / f"{path.stem}{ending}")

        return one_by_one("handout", course, options.out, [ending], make, __name__)


def _print(chromium, notebook, page, output):
    chromium.print(
        page,
        output,
        format="A4",
        margin=_MARGIN,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=filled(__package__, "footer.html", notebook=notebook),
    )


def write_parts(folder, course):
    """What a page needs to be printed: the fonts of the formulas and the look."""
    write_letters(folder / "katex")
    for source in (_OURS / "handout.css", *([course.logo] if course.logo else [])):
        shutil.copy(source, folder)


def write_page(notebook, course, folder, solutions):
    """Write the page that is printed; returns its path."""
    page = filled(
        __package__,
        "handout.html",
        notebook=notebook,
        course=course,
        logo=course.logo and course.logo.name,
        words=wording(notebook.language),
        pieces=list(_pieces(notebook, folder, solutions)),
        solutions=solutions,
        lines={"predict": _LINES_TO_PREDICT, "question": _LINES_TO_ANSWER},
    )
    path = folder / f"{notebook.name}.html"
    path.write_text(page, encoding="utf-8")
    return path


def _pieces(notebook, folder, solutions):
    """What stands on paper, as (kind, content)."""
    drawn = []
    for cell in chain.from_iterable([*notebook.core, *notebook.further]):
        if _NOT_ON_PAPER & set(cell.tags) or (cell.folded and not solutions):
            continue
        if cell.kind == "markdown":
            yield from _further(cell) if "further" in cell.tags else _prose(cell)
        else:
            yield from _code(cell)
            picture = cell.shown and (cell.shown.figure, repr(cell.shown.state))
            if cell.shown and picture not in drawn:
                drawn.append(picture)
                yield "figure", _figure(cell.shown, len(drawn), folder)


def _prose(cell):
    """The blocks of a Markdown cell; a prediction has room to write behind its last one."""
    parts = list(blocks(_spelled(cell.html)))
    if cell.prompt == "predict":
        yield "predict", parts
        return
    for part in parts:
        references = part.kind == "text" and "read-on" in cell.tags
        yield ("references" if references else part.kind), part


def _further(cell):
    """The blocks of the first cell of a section beyond the core, whose heading says so."""
    for kind, part in _prose(cell):
        yield ("further" if kind == "heading" else kind), part


def _spelled(html):
    """A link whose words do not say where it leads has its address printed behind them."""
    return re.sub(r'<a href="(https?://[^"]*)">(?!doi:|https?:)', r'<a class="spelled" href="\1">', html)


# Code and figures


def _code(cell):
    source = cell.source.strip().replace("\n\n\n", "\n\n")
    if cell.shown:
        source = "\n".join(source.split("\n")[:-1]).strip()
    source = source.replace("\nfrom cecourse.widgets import explore", "")
    if source:
        yield from (("label", tag) for tag in cell.tags if tag in _LABELS)
        yield "code", Markup(in_colours(source))
        yield from (("code", Markup(as_text(output.strip("\n")))) for output in cell.outputs)
    yield from (("code", Markup(picture)) for picture in cell.pictures)


def _figure(shown, number, folder):
    """A figure drawn beside the page: its number, its file, the figure itself."""
    figure = FIGURES[shown.figure](theme="print", **shown.state)
    name = f"{shown.figure}_{number}.svg"
    figure.save(folder / name, "svg", letters="path")
    return number, name, figure
