"""What the start page says: the introduction, the lecture's statements, the assignments."""

import csv
import html
import re
from typing import NamedTuple

from ...assignments.questions.catalogue import ASSIGNMENTS
from ..reading.notebook import rendered
from .links import with_links_on_the_site


class Statement(NamedTuple):
    """A statement of the lecture as HTML, and the places that work it out."""

    id: str
    words: str
    places: list


class Place(NamedTuple):
    """A cell of a notebook, under the title of its section."""

    address: str
    number: str
    title: str


class Homework(NamedTuple):
    """An assignment as students get it; `after` is HTML with links to the notebooks before it."""

    name: str
    title: str
    address: str
    questions: int
    points: int
    after: str


def introduction(folder):
    """The paragraphs between the title and the list of the notebooks on their start page, as HTML."""
    page = folder / "README.md"
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    paragraphs = text.partition("\n")[2].partition("\n<!--")[0]
    return with_links_on_the_site(_html(paragraphs))


def statements(folder, chapters):
    """The lecture's statements, each with one place per section that has it; none without a table."""
    if not (folder / "statements.csv").is_file():
        return []
    places = {}
    for chapter in chapters:
        for title, cells in chapter.parts:
            for cell in cells:
                for id_ in cell.lecture:
                    place = Place(f"{chapter.page}#{cell.id}", chapter.number, title)
                    places.setdefault(id_, {}).setdefault((chapter.number, title), place)
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        return [
            Statement(row["id"], with_signs(row["statement"]), list(places.get(row["id"], {}).values()))
            for row in csv.DictReader(file)
        ]


def with_signs(typed):
    """A typed statement as HTML, with the signs that its formulas mean.

    >>> with_signs("KL(p||q) = sum p_i log2 p_i")
    'KL(p‖q) = Σ p<sub>i</sub> log<sub>2</sub> p<sub>i</sub>'
    """
    text = html.escape(typed).replace("||", "‖").replace("log2", "log_2")
    text = text.replace(" / ", "\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}")
    text = re.sub(r"\bsum(?=_| \w_)", "Σ", re.sub(r"(?<= )-(?=\w)", "\N{MINUS SIGN}", text))
    return re.sub(r"\^(\w)", r"<sup>\1</sup>", re.sub(r"(?<=\w)_(\w)", r"<sub>\1</sub>", text))


def assignments(folder):
    """The assignments, with what to do before each as their page says it; none without that page."""
    page = folder / "assignments" / "README.md"
    if not page.is_file():
        return []
    rows = _rows(page.read_text(encoding="utf-8"))
    after = {_link(row[1]): with_links_on_the_site(_inline(row[2]), "assignments") for row in rows}
    return [
        Homework(
            name.upper(),
            assignment.title,
            f"assignments/{assignment.notebook}",
            len(assignment.questions) + bool(assignment.words_points),
            assignment.points,
            after[assignment.notebook],
        )
        for name, assignment in sorted(ASSIGNMENTS.items())
    ]


def _rows(markdown):
    """The cells of the numbered rows of a table."""
    lines = re.findall(r"^\| ?\w\d ?\|.*\|$", markdown, re.MULTILINE)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def _link(markdown):
    return re.search(r"\]\((.*?)\)", markdown)[1]


def _html(markdown):
    return rendered([markdown])[markdown]


def _inline(markdown):
    return re.sub(r"</?p>", "", _html(markdown)).strip()
