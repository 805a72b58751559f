"""The course as pages for any browser, from a server or from the file system, with or without a network."""

import shutil
import sys
from importlib.resources import files
from pathlib import Path

import nbformat

from ...assignments.release import release
from ...figures.drawing.registry import FIGURES
from ..colours import sheet_of_both, variables
from ..player import frames
from ..reading.formulas import write_letters
from ..reading.highlighting import code_colours
from ..reading.notebook import Shown, read
from ..tools.templates import filled
from ..wording import wording
from .documents import documents
from .gallery import exhibits
from .glossary import glossary
from .home import assignments, introduction, statements
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
    """Write the site into `options.out`; returns the exit code.  A fault leaves the earlier one as it was."""
    course, out, say = options.course, options.out, _Line()
    says = wording(course.language)
    _refuse_strangers(out)
    try:
        say("reading the notebooks")
        notebooks = [read(path, course.language) for path in course.paths]
        say("drawing the frames of the figures that move")
        shown = sorted({cell.shown.figure for each in notebooks for cell in each.cells if cell.shown})
        frames.recordings(shown)
        say("laying out the notebooks")
        chapters = [chapter(notebook) for notebook in notebooks]
    except ValueError as fault:
        say("")
        print(f"The site was not made. {fault}", file=sys.stderr)
        return 1
    _empty(out)
    _write_looks(out)  # first: by them a later build knows the folder as its own
    frames.write(shown, out)
    terms, explained = glossary(course.folder), documents(course.home)
    wall = exhibits(out, chapters, lambda done, name: say(f"drawing figure {done}: {name}"))
    say("writing the pages")
    write = _writer(out, course)
    for before, each, after in zip([None, *chapters], chapters, [*chapters[1:], None], strict=False):
        write("chapter.html", each.page, each.title, each.question, chapter=each, before=before, after=after)
    write(
        "start.html",
        "index.html",
        course.title,
        course.description,
        introduction=introduction(course.folder),
        picture=frames.embed(
            Shown(PICTURE, {}, True, FIGURES[PICTURE]().description), ".", language=course.language
        ),
        questions=list(zip(chapters, (entry.question for entry in course.notebooks), strict=True)),
        statements=statements(course.folder, chapters),
        assignments=assignments(course.folder),
        figures=len(wall),
        entries=len(terms.entries),
        documents=explained,
    )
    write(
        "gallery.html",
        "gallery.html",
        says["figures"],
        says["figures-are"],
        wall=wall,
        titles={c.number: c for c in chapters},
    )
    write(
        "text.html",
        "glossary.html",
        says["terms"],
        says["terms-are"],
        html=terms.html,
    )
    for document in explained:
        write("text.html", document.page, document.title, document.title, html=document.html)
    write("search.html", "search.html", says["search"], says["search-is"])
    (out / "search-index.js").write_text(index(chapters, wall, terms, says), encoding="utf-8")
    _write_downloads(course, out)
    say(f"The site is in {out}: open {out / 'index.html'}", last=True)
    return 0


class _Line:
    """One line on the error stream that says what is being done."""

    def __call__(self, words, last=False):
        print(f"\r{words:78}", end="\n" if last else "", file=sys.stderr, flush=True)


def _refuse_strangers(out):
    """Stop where the folder holds what no build has put there."""
    if (out / "page.css").exists() or not out.exists():
        return
    if any(path.name not in OF_OTHERS for path in out.iterdir()):
        sys.exit(
            f"--out {out} was given, which holds something else; expected a new folder, or one that an "
            "earlier build wrote. Name another one."
        )


def _empty(out):
    """Take away an earlier build, but for what others put there."""
    out.mkdir(parents=True, exist_ok=True)
    for path in out.iterdir():
        if path.name in OF_OTHERS:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _writer(out, course):
    logo = course.logo and course.logo.name
    if logo:
        shutil.copyfile(course.logo, out / logo)
    shared = {
        "head": frames.head("."),
        "live": (out / "lite" / "index.html").exists(),
        "course": course,
        "logo": logo,
        "words": wording(course.language),
        "accent": variables("lecture")["accent"],
        "beside": {path.name for path in course.folder.glob("*") if path.is_file() or any(path.iterdir())},
    }

    def write(template, page, title, description, **content):
        told = {"page": page, "title": title, "description": description}
        html = filled(__package__, template, **told, **shared, **content)
        (out / page).write_text(html, encoding="utf-8")

    return write


def _write_downloads(course, out):
    """The notebooks and what stands beside them, and the assignments as students get them."""
    folder = course.folder
    if (folder / "assignments" / "README.md").is_file():
        release(folder / "assignments", out)
    (out / "notebooks").mkdir()
    for name in filter(
        lambda name: (folder / name).is_file(), ("README.md", "glossary.md", "statements.csv")
    ):
        shutil.copyfile(folder / name, out / "notebooks" / name)
    for path in course.paths:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":  # to be run by whoever opens it; the page shows what comes out
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, out / "notebooks" / path.name)


def _write_looks(out):
    """Style sheets, scripts and the letters of the formulas."""
    looks = sheet_of_both() + (HERE / "static" / "page.css").read_text(encoding="utf-8")
    (out / "page.css").write_text(f"{looks}\n{code_colours()}", encoding="utf-8")
    for name in ("page.js", "search.js"):
        shutil.copyfile(HERE / "static" / name, out / name)
    write_letters(out / "katex")
