"""A notebook as its reader sees it: cells counted from one, sections, sentences, figures."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

import nbformat

from cecourse.course import course

FOLDER = course().folder
NAMES = tuple(entry.name for entry in course().notebooks)
WRITTEN = NAMES


@dataclass(frozen=True)
class Cell:
    number: int
    node: nbformat.NotebookNode

    @property
    def is_code(self):
        return self.node.cell_type == "code"

    @property
    def source(self):
        return self.node.source

    @property
    def lines(self):
        return self.source.splitlines()

    @property
    def tree(self):
        return ast.parse(self.source)

    @property
    def tags(self):
        return self.node.metadata.get("tags", [])

    @property
    def lecture(self):
        return self.node.metadata.get("lecture", [])

    @property
    def output_text(self):
        """What the outputs say: printed text, values, the words of HTML and the alt texts in it."""
        return "\n".join(text for output in self.node.outputs for text in _texts(output))

    def __str__(self):
        return f"cell {self.number}"


@dataclass(frozen=True)
class Section:
    title: str
    cells: list[Cell]


class Notebook:
    def __init__(self, node, name):
        self.node, self.name = node, name
        self.cells = [Cell(number, cell) for number, cell in enumerate(node.cells, start=1)]
        self.code = [cell for cell in self.cells if cell.is_code]
        self.markdown = [cell for cell in self.cells if not cell.is_code]

    @property
    def opening(self):
        """The text before the first code cell and the first section."""
        texts = []
        for cell in self.cells:
            if cell.is_code or cell.source.startswith("## "):
                break
            texts.append(cell.source)
        return "\n\n".join(texts)

    @property
    def sections(self):
        """What follows each `##` heading, up to the next."""
        sections = []
        for cell in self.cells:
            if not cell.is_code and cell.source.startswith("## "):
                sections.append(Section(cell.lines[0].removeprefix("## "), []))
            if sections:
                sections[-1].cells.append(cell)
        return sections

    def section(self, title):
        """The section whose heading starts with these words; one without cells where there is none."""
        found = [s for s in self.sections if s.title.lower().startswith(title.lower())]
        return found[0] if found else Section(title, [])

    def text(self, title):
        """The prose of one section."""
        return "\n\n".join(cell.source for cell in self.section(title).cells if not cell.is_code)

    def shown_figures(self):
        """(cell, name) of every `figures.name(...)` that a cell calls."""
        return [
            (cell, call.func.attr)
            for cell in self.code
            for call in calls(cell.tree)
            if isinstance(call.func, ast.Attribute) and _is_name(call.func.value, "figures")
        ]

    def explored_figures(self):
        """(cell, name) of every `explore(figures.name)`."""
        return [
            (cell, call.args[0].attr)
            for cell in self.code
            for call in calls(cell.tree)
            if _is_name(call.func, "explore") and call.args and isinstance(call.args[0], ast.Attribute)
        ]


@cache
def read(name):
    return Notebook(nbformat.read(FOLDER / f"{name}.ipynb", as_version=4), name)


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _is_name(node, name):
    return isinstance(node, ast.Name) and node.id == name


def prose(markdown):
    """The words of a Markdown text, line by line, without code, formulas, tags and addresses."""

    def blank(match):
        return " " + "\n" * match.group().count("\n")

    text = re.sub(r"```.*?```|~~~.*?~~~", blank, markdown, flags=re.DOTALL)
    text = re.sub(r"`[^`]*`", blank, text)
    text = re.sub(r"\$\$.*?\$\$|(?<!\\)\$[^$]*\$", blank, text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"https?://\S+", blank, text)
    return re.sub(r"</?[a-zA-Z][^>]*>", blank, text)


def sentences(markdown):
    """The sentences of a Markdown text, without its marks, in small letters; headings and code left out."""
    text = re.sub(r"```.*?```|^#[^\n]*$|</?[a-zA-Z][^>]*>", "\n\n", markdown, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^[ \t]*(?:[-*+]|\d+\.|>)[ \t]+", "\n\n", text, flags=re.MULTILINE)
    for paragraph in re.split(r"\n\s*\n|\|", text):
        words = " ".join(paragraph.replace("*", "").lower().split())
        yield from (part for part in re.split(r"(?<=[.?!:])\s+", words) if part)


def images(output):
    """The attributes of every picture in an output."""
    pictures = [{} for kind in output.get("data", {}) if kind.startswith("image/")]
    return pictures + _html(output).images


def _texts(output):
    data = output.get("data", {})
    yield from (text for text in [output.get("text"), data.get("text/plain")] if text)
    yield from _html(output).words


def _html(output):
    parser = _Page()
    parser.feed(output.get("data", {}).get("text/html", ""))
    parser.close()
    return parser


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.images = [], []

    def handle_data(self, data):
        self.words.append(data)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.images.append(dict(attributes))
            self.words.append(dict(attributes).get("alt") or "")
