"""A deck of slides for each notebook, as a page on reveal.js and as a PDF; nothing is fetched."""

import re
import shutil
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from pygments.formatters import HtmlFormatter

from ...figures import FIGURES
from ..player import frames
from ..reading.highlighting import code_style
from ..reading.notebook import read
from ..tools.cache import BuildCache
from ..tools.npm import part
from ..tools.pdf import printer
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
    """Write the decks."""
    options.out.mkdir(parents=True, exist_ok=True)
    write_parts(options.out / "parts")
    made, paths = BuildCache(options.out), notebooks(options.notebooks)
    kinds = ["html"] if options.no_pdf else ["html", "pdf"]
    with printer() as chromium:
        for path in paths:
            outputs = [options.out / f"{path.stem}.{kind}" for kind in kinds]
            if not made.is_stale(outputs, path.read_bytes(), options.site):
                continue
            deck = write_deck(read(path), options.out, options.site)
            if not options.no_pdf:
                print_deck(chromium, deck)
            made.done()
    print(f"{len(paths)} decks in {options.out}")


def notebooks(folder):
    """The notebooks of the course in a folder, in their order."""
    return sorted(folder.glob("[0-9]*.ipynb"))


def write_parts(folder):
    """What all decks load: reveal.js, the fonts of the formulas, the course's own look."""
    reveal, katex = part("reveal.js"), part("katex")
    folder.mkdir(parents=True, exist_ok=True)
    for source in (
        reveal / "dist" / "reveal.js",
        reveal / "dist" / "reveal.css",
        reveal / "plugin" / "notes" / "notes.js",
        katex / "dist" / "katex.min.css",
        _OURS / "deck.js",
    ):
        shutil.copy(source, folder / source.name)
    shutil.copytree(
        katex / "dist" / "fonts",
        folder / "fonts",
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("*.ttf", "*.woff"),
    )
    look = (_OURS / "deck.css").read_text(encoding="utf-8")
    (folder / "deck.css").write_text(look + colours_of_code("a11y-high-contrast-light"), encoding="utf-8")


def write_deck(notebook, out, site):
    """Write one deck and its figures; returns the path of its page."""
    made = columns(notebook)
    drawn = _Figures(out / "figures")
    frames.write([slide.shown.figure for column in made for slide in column.slides if _moves(slide)], out)
    html = "\n".join(_column(column, notebook, drawn, site, begin) for column, begin in _with_clock(made))
    page = Template((_OURS / "deck.html").read_text(encoding="utf-8")).substitute(
        title=escape(notebook.title), head=frames.head("."), columns=_with_links(html, site)
    )
    path = out / f"{notebook.name}.html"
    path.write_text(page, encoding="utf-8")
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


def _with_clock(made):
    """Each section with the minute at which it begins."""
    begin = 0
    for column in made:
        yield column, begin
        begin += column.minutes


def _column(column, notebook, drawn, site, begin):
    seconds = round(60 * column.minutes / max(1, len(column.slides)))
    end = begin + column.minutes
    clock = f"<p><strong>{column.minutes} minutes</strong>, from minute {begin} to minute {end}.</p>"
    page = f"{site}/{notebook.name}.html"
    seen, sections = set(), []
    for number, slide in enumerate(column.slides):
        notes = (clock if column.minutes and number == 0 else "") + "".join(slide.notes)
        place = "" if slide.cell in seen else f' id="{slide.cell}"'
        seen.add(slide.cell)
        kind, content = _content(slide, drawn)
        sections.append(
            f'<section{place} class="{kind}" data-state="{kind.split()[0]}-shows" data-timing="{seconds}">\n'
            f'<div class="sheet">\n{content}\n<p class="back"><a href="{page}#{slide.cell}">'
            f"{notebook.name[:2]} · {column.claim}</a></p>\n</div>\n"
            f'<aside class="notes">{notes}</aside>\n</section>'
        )
    return "<section>\n" + "\n".join(sections) + "\n</section>"


def _content(slide, drawn):
    if slide.kind == "opening":
        return "opening", f"<h1>{slide.heading}</h1>\n{slide.body}"
    if slide.kind == "figure":
        kind, still = drawn.placed(slide.shown)
        return (f"{kind} moves", _moving(slide, still)) if _moves(slide) else (kind, still)
    if slide.lead:
        move = (
            f'<p class="move"><a href="#/{slide.moves}-moves">Move the figure</a></p>' if slide.moves else ""
        )
        return slide.kind, f'<div class="middle">{slide.body}{move}</div>'
    return slide.kind, f"<h2>{slide.heading}</h2>\n{slide.body}"


def _moving(slide, still):
    """A figure with its controls; on paper it stands still, as large as there is room."""
    figure = FIGURES[slide.shown.figure]()
    width, height = figure.size()
    name, (_, room) = next(each for each in _MOVING.items() if width / height >= each[1][0])
    wide = round(width * min(room[0] / width, room[1] / height))
    return (
        f'<div id="{slide.cell}-moves" class="moved {name}" style="--wide: {wide}px" data-prevent-swipe>\n'
        f"{_caption(figure)}\n{frames.embed(slide.shown, '.')}</div>\n"
        f'<div class="still">{still}</div>'
    )


def _caption(figure):
    return f"<h2>{escape(figure.caption.rstrip('.'))}</h2>"


class _Figures:
    """Draws the figures of a deck as files beside it, letters as outlines: an image has no fonts."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def placed(self, shown):
        """The class of the slide of a figure, and what is on it: caption and image, as large as they fit."""
        figure = FIGURES[shown.figure](theme="lecture", **shown.state)
        name = "_".join([shown.figure, *(f"{key}-{value}" for key, value in shown.state.items())])
        figure.save(self.folder / f"{name}.svg", "svg", letters="path")
        tall, width, height = _place(figure.size(), figure.caption)
        image = f'<img src="figures/{name}.svg" alt="{escape(figure.description)}"'
        content = f'{_caption(figure)}\n{image} width="{width}" height="{height}">'
        return ("picture tall", f'<div class="beside">{content}</div>') if tall else ("picture", content)


def _place(size, caption):
    """Whether a figure stands beside its caption, and its width and height there."""
    width, height = size
    tall = width / height < 1.5
    room = _BESIDE if tall else (_BELOW[0], _BELOW[1] + (36 if len(caption) < 66 else 0))
    scale = min(room[0] / width, room[1] / height)
    return tall, round(scale * width), round(scale * height)


def _with_links(html, site):
    """Links between notebooks as links between decks, and to the pages of the site."""
    html = re.sub(r'href="(\d\d_\w+)\.ipynb', r'href="\1.html', html)
    return html.replace('href="README.md', f'href="{site}/index.html').replace(
        'href="glossary.md', f'href="{site}/glossary.html'
    )
