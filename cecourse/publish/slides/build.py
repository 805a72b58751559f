"""A deck of slides for each notebook, as a page on reveal.js and as a PDF; nothing is fetched."""

import re
import shutil
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pygments.formatters import HtmlFormatter

from ...figures import FIGURES
from ..colours import sheet
from ..one_by_one import one_by_one
from ..player import frames
from ..reading.formulas import write_letters
from ..reading.highlighting import code_style
from ..reading.notebook import read
from ..tools.npm import part
from ..tools.pdf import printer
from ..tools.templates import filled
from ..wording import wording
from .layout import columns

_OURS = Path(str(files(__package__)))
# Where a figure may stand on its slide: beside its heading if it is taller than the slide, else below it.
_BELOW, _BESIDE = (1200, 574), (950, 648)
# Where one may stand that moves: above its readout, if the heading is above both or in a row with the
# controls; or, if it is tall, beside everything else.
_MOVING = {"flat": (1.65, (896, 532)), "high": (1.5, (896, 560)), "tall": (0, (896, 600))}


def add_options(parser):
    """The options of the command "slides"."""
    parser.add_argument(
        "--site",
        default="../site",
        help="where the links back lead: the site, as seen from a deck (default: ../site)",
    )
    parser.add_argument("--no-pdf", action="store_true", help="leave out the PDFs, which need Chromium")


def build(options):
    """Write the decks; returns the exit code."""
    course, out = options.course, options.out
    write_parts(out / "parts", course)
    endings = [".html"] if options.no_pdf else [".html", ".pdf"]
    with printer() as chromium:

        def make(path):
            deck = write_deck(read(path, course.language), course, out, options.site)
            if not options.no_pdf:
                print_deck(chromium, deck)

        return one_by_one("deck", course, out, endings, make, __name__, options.site)


def write_parts(folder, course):
    """What all decks load: reveal.js, the fonts of the formulas, the course's own look."""
    reveal = part("reveal.js")
    write_letters(folder / "katex")
    for source in (
        reveal / "dist" / "reveal.js",
        reveal / "dist" / "reveal.css",
        reveal / "plugin" / "notes" / "notes.js",
        _OURS / "deck.js",
        *([course.logo] if course.logo else []),
    ):
        shutil.copy(source, folder / source.name)
    look = sheet() + (_OURS / "deck.css").read_text(encoding="utf-8")
    (folder / "deck.css").write_text(look + colours_of_code("a11y-high-contrast-light"), encoding="utf-8")


def write_deck(notebook, course, out, site):
    """Write one deck and its figures; returns the path of its page."""
    made = columns(notebook)
    (out / "figures").mkdir(parents=True, exist_ok=True)
    frames.write([slide.shown.figure for column in made for slide in column.slides if _moves(slide)], out)
    page = filled(
        __package__,
        "deck.html",
        notebook=notebook,
        course=course,
        logo=course.logo and course.logo.name,
        words=wording(notebook.language),
        head=frames.head("."),
        columns=list(_columns(made, out / "figures", notebook.language)),
        site=site,
    )
    path = out / f"{notebook.name}.html"
    path.write_text(_with_links(page, site), encoding="utf-8")
    return path


def _moves(slide):
    return slide.shown and slide.shown.moves


def print_deck(chromium, path):
    """The PDF of a deck, a page for a slide."""
    chromium.print(
        path,
        path.with_suffix(".pdf"),
        query="?print-pdf",
        ready="document.querySelectorAll('.pdf-page').length > 0 && Reveal.isReady()",
        prefer_css_page_size=True,
    )


def colours_of_code(style):
    """The style sheet of the words of Python, in a style of Pygments that has enough contrast."""
    return HtmlFormatter(style=code_style(style)).get_style_defs(".code")


def _columns(made, folder, language):
    """Each section with the minute at which it begins, its slides with their figures, places and kinds."""
    begin = 0
    for column in made:
        seen, slides = set(), []
        for slide in column.slides:
            drawn = _drawn(slide, folder, language) if slide.shown else None
            kind = slide.kind
            if drawn:
                kind = " ".join(["picture", *["tall"] * drawn.tall, *["moves"] * slide.shown.moves])
            slides.append((slide, drawn, "" if slide.cell in seen else slide.cell, kind))
            seen.add(slide.cell)
        yield {
            "claim": column.claim,
            "minutes": column.minutes,
            "begin": begin,
            "seconds": round(60 * column.minutes / max(1, len(slides))),
            "slides": slides,
        }
        begin += column.minutes


@dataclass(frozen=True)
class _Drawn:
    """A figure on its slide: the file of the still picture and its size there, and, if it moves, its HTML."""

    figure: object
    file: str
    tall: bool
    width: int
    height: int
    moving: str = ""
    place: str = ""
    wide: int = 0


def _drawn(slide, folder, language):
    """Draw a figure as a file beside the deck, letters as outlines: an image has no fonts."""
    shown = slide.shown
    figure = FIGURES[shown.figure](theme="lecture", **shown.state)
    name = "_".join([shown.figure, *(f"{key}-{value}" for key, value in shown.state.items())])
    figure.save(folder / f"{name}.svg", "svg", letters="path")
    drawn = figure, f"{name}.svg", *_place(figure.size(), figure.caption)
    if not shown.moves:
        return _Drawn(*drawn)
    width, height = figure.size()
    place, (_, room) = next(each for each in _MOVING.items() if width / height >= each[1][0])
    wide = round(width * min(room[0] / width, room[1] / height))
    return _Drawn(*drawn, frames.embed(shown, ".", language=language), place, wide)


def _place(size, caption):
    """Whether a figure stands beside its caption, and its width and height there."""
    width, height = size
    tall = width / height < 1.5
    room = _BESIDE if tall else (_BELOW[0], _BELOW[1] + (36 if len(caption) < 66 else 0))
    scale = min(room[0] / width, room[1] / height)
    return tall, round(scale * width), round(scale * height)


def _with_links(html, site):
    """Links between notebooks as links between decks, and to the pages of the site."""
    html = re.sub(r'href="(\w+)\.ipynb', r'href="\1.html', html)
    return html.replace('href="README.md', f'href="{site}/index.html').replace(
        'href="glossary.md', f'href="{site}/glossary.html'
    )
