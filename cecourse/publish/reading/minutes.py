"""How long a notebook takes, from what stands in it: to teach its core, and to work through the core alone.

The opening is taught with the first section.  What is folded is not read aloud, code is talked about while
it runs, and a section with the tag "further" counts for itself.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

# Seconds: for people who hear or read a second language.
WORD = 60 / 130
FIGURE, MOVING_FIGURE, TABLE = 60, 90, 60
PREDICTION, QUESTION, DERIVATION_LINE = 90, 90, 20
# More for whoever works alone: a Try until its goal is reached, and each line of code in sight.
TRY, CODE_LINE = 180, 15

_SILENT = {"instructor", "read-on"}
_FOLD = re.compile(r"<details>(.*?)</details>", re.DOTALL)
_TABLE = re.compile(r"(?:^\|.*\n?)+", re.MULTILINE)
_DERIVATION_LINE = re.compile(r"^\d+\. .*\$|^\$\$", re.MULTILINE)
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|```.*?```", re.DOTALL)
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
_NUMBER_IN_BRACKET = re.compile(r"\d+(?=[^()]*\)$)")
_TOTAL = re.compile(r"\d+ minutes to teach(?:, \d+ alone)?")


@dataclass(frozen=True)
class Minutes:
    """The minutes of each section, by the number of the cell with its heading, and those of the core."""

    sections: dict
    core: int
    alone: int


def minutes(notebook):
    """The minutes of a notebook of nbformat."""
    starts = [number for number, cell in enumerate(notebook.cells) if cell.source.startswith("## ")]
    taught, alone, core = {}, 0, 0
    for number, end in pairwise([*starts, len(notebook.cells)]):
        cells = notebook.cells[number:end] if taught else notebook.cells[:end]
        taught[number] = round(sum(map(seconds_to_teach, cells)) / 60)
        if "further" not in notebook.cells[number].metadata.get("tags", ()):
            core += taught[number]
            alone += sum(map(seconds_alone, cells))
    return Minutes(taught, core, round(alone / 60 / 5) * 5)


def seconds_to_teach(cell):
    """The seconds that a cell takes in front of a class."""
    tags = cell.metadata.get("tags", ())
    if cell.cell_type == "code":
        if _is_folded(cell) and not cell.get("outputs"):  # a check that draws a figure shows none
            return 0
        return MOVING_FIGURE * cell.source.count("explore(figures.") + FIGURE * _stills(cell.source)
    if _SILENT & set(tags):
        return 0
    folds, text = _FOLD.findall(cell.source), _FOLD.sub("", cell.source)
    lines = len(_DERIVATION_LINE.findall(text))
    said = WORD * words(text) + DERIVATION_LINE * lines + TABLE * len(_TABLE.findall(text))
    return said + PREDICTION * ("predict" in tags) + QUESTION * len(folds) * ("question" in tags)


def seconds_alone(cell):
    """The seconds that a cell takes a reader who runs, moves and answers everything."""
    tags = cell.metadata.get("tags", ())
    taught = seconds_to_teach(cell)
    if cell.cell_type == "code":
        lines = sum(map(bool, map(str.strip, cell.source.splitlines())))
        return taught + CODE_LINE * lines * (not _is_folded(cell))
    if _SILENT & set(tags):
        return 0
    return taught + WORD * sum(map(words, _FOLD.findall(cell.source))) + TRY * ("try" in tags)


def words(markdown):
    """The number of words of a text; a formula is one, and a table, which is looked at, none."""
    text = _FORMULA.sub(" formula ", _TABLE.sub("", markdown))
    return len(re.findall(r"\w[\w'’.,-]*", re.sub(r"</?\w[^>]*>", " ", _ADDRESS.sub("]", text))))


def print_minutes(notebook):
    """Write the minutes into metadata, into the brackets of headings and into the opening."""
    found = minutes(notebook)
    for number, taught in found.sections.items():
        cell = notebook.cells[number]
        cell.metadata.pop("minutes", None)
        if taught:
            cell.metadata["minutes"] = taught
        heading, *rest = cell.source.split("\n")
        cell.source = "\n".join([_NUMBER_IN_BRACKET.sub(str(taught), heading), *rest])
    if found.sections:
        opening = notebook.cells[0]
        opening.metadata.update(minutes=found.core, alone=found.alone)
        opening.source = _TOTAL.sub(f"{found.core} minutes to teach, {found.alone} alone", opening.source)
    return notebook


def _is_folded(cell):
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


def _stills(source):
    return len(re.findall(r"(?<!explore\()figures\.\w+\(", source))
