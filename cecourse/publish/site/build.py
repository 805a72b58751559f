"""The course as pages for any browser, from a server or from the file system, with or without a network."""

import re
import shutil
import sys
from importlib.resources import files
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader

from ...assignments.release import release
from ...figures.drawing.registry import FIGURES
from ..player import frames
from ..reading.highlighting import code_colours
from ..reading.notebook import Shown, read
from ..tools.npm import part
from .gallery import exhibits
from .glossary import glossary
from .home import assignments, introduction, questions, statements
from .pages import chapter
from .search import index

HERE = Path(str(files(__package__)))
# What others put into the site's folder.
OF_OTHERS = ("lite",)
# The one picture of the start page.
PICTURE = "every_belief_about_a_coin"


def add_options(parser):
    """Nothing beyond the folders."""


def build(options):
    """Write the site into `options.out`; returns the exit code."""
    out, say = options.out, _Line()
    _empty(out)
    _write_looks(out)  # first: by them a later build knows the folder as its own
    say("reading the notebooks")
    notebooks = [read(path) for path in sorted(options.notebooks.glob("[0-9]*.ipynb"))]
    say("drawing the frames of the figures that move")
    shown = sorted({cell.shown.figure for each in notebooks for cell in each.cells if cell.shown})
    frames.write(shown, out)
    say("laying out the notebooks")
    chapters = [chapter(notebook) for notebook in notebooks]
    words = glossary(options.notebooks)
    wall = exhibits(out, chapters, lambda done, name: say(f"drawing figure {done}: {name}"))
    say("writing the pages")
    write = _writer(out)
    for before, each, after in zip([None, *chapters], chapters, [*chapters[1:], None], strict=False):
        write(
            "chapter.html", each.page, each.title, _question(each), chapter=each, before=before, after=after
        )
    write(
        "start.html",
        "index.html",
        "The cross-entropy loss",
        "A course in nine notebooks: from the surprise in a single event to the training of a classifier.",
        introduction=introduction(options.notebooks),
        picture=frames.embed(Shown(PICTURE, {}, True, FIGURES[PICTURE]().description), "."),
        questions=questions(options.notebooks, chapters),
        statements=statements(options.notebooks, chapters),
        assignments=assignments(options.notebooks),
        figures=len(wall),
        entries=len(words.entries),
    )
    write(
        "gallery.html",
        "gallery.html",
        "Figures",
        "Every figure of the course, for download.",
        wall=wall,
        titles={c.number: c for c in chapters},
    )
    write(
        "glossary.html",
        "glossary.html",
        "Symbols and terms",
        "Every symbol and term, in a line.",
        words=words,
    )
    write("search.html", "search.html", "Search", "Search the course: sections, figures, symbols and terms.")
    (out / "search-index.js").write_text(index(chapters, wall, words), encoding="utf-8")
    _write_downloads(options.notebooks, out)
    say(f"The site is in {out}: open {out / 'index.html'}", last=True)
    return 0


class _Line:
    """One line on the error stream that says what is being done."""

    def __call__(self, words, last=False):
        print(f"\r{words:78}", end="\n" if last else "", file=sys.stderr, flush=True)


def _empty(out):
    """Take away an earlier build, but for what others put there."""
    out.mkdir(parents=True, exist_ok=True)
    strangers = not (out / "page.css").exists() and any(p.name not in OF_OTHERS for p in out.iterdir())
    if strangers:
        sys.exit(
            f"--out {out} was given, which holds something else; expected a new folder, or one that an "
            "earlier build wrote. Name another one."
        )
    for path in out.iterdir():
        if path.name in OF_OTHERS:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _writer(out):
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    shared = {"head": frames.head("."), "live": (out / "lite" / "index.html").exists()}

    def write(template, page, title, description, **content):
        html = templates.get_template(template).render(
            page=page, title=title, description=description, **shared, **content
        )
        (out / page).write_text(html, encoding="utf-8")

    return write


def _question(each):
    """The question that opens a notebook, on one line without formulas."""
    quote = re.search(r"(?:^> .*\n?)+", each.opening[0].source, re.MULTILINE)
    return " ".join(quote[0].replace("> ", "").replace("$", "").split())


def _write_downloads(folder, out):
    """The notebooks and what stands beside them, and the assignments as students get them."""
    release(folder / "assignments", out)
    (out / "notebooks").mkdir()
    for name in ("README.md", "glossary.md", "statements.csv"):
        shutil.copyfile(folder / name, out / "notebooks" / name)
    for path in sorted(folder.glob("[0-9]*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":  # to be run by whoever opens it; the page shows what comes out
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, out / "notebooks" / path.name)


def _write_looks(out):
    """Style sheets, scripts and the letters of the formulas."""
    looks = (HERE / "static" / "page.css").read_text(encoding="utf-8")
    (out / "page.css").write_text(f"{looks}\n{code_colours()}", encoding="utf-8")
    for name in ("page.js", "search.js"):
        shutil.copyfile(HERE / "static" / name, out / name)
    katex = part("katex") / "dist"
    (out / "katex" / "fonts").mkdir(parents=True)
    css = (katex / "katex.min.css").read_text(encoding="utf-8")
    only_woff2 = re.sub(r",url\([^)]*\) format\(\"(?:woff|truetype)\"\)", "", css)
    (out / "katex" / "katex.css").write_text(only_woff2, encoding="utf-8")
    for font in sorted((katex / "fonts").glob("*.woff2")):
        shutil.copyfile(font, out / "katex" / "fonts" / font.name)
