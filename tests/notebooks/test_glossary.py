"""The page of symbols and terms, held against the notebooks that introduce them."""

import re

import pytest

from tests.notebooks.rules.reading import FOLDER, read

ROW = re.compile(r"^\| (?P<terms>.+?) \| .+ \| \[\d\d\]\((?P<notebook>\w+)\.ipynb\) \|$", re.MULTILINE)
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def terms():
    """Each term with the notebook that introduces it."""
    page = (FOLDER / "glossary.md").read_text(encoding="utf-8").split("## Terms")[1]
    return [(term, row["notebook"]) for row in ROW.finditer(page) for term in row["terms"].split(", ")]


def in_bold(notebook):
    """What a notebook prints in bold, in small letters and the singular."""
    return {singular(words) for cell in notebook.cells for words in BOLD.findall(cell.source)}


def singular(words):
    return " ".join(words.lower().split()).rstrip(".:").removesuffix("s")


def test_there_are_terms():
    assert len(terms()) > 50, (
        "notebooks/glossary.md: a row is | term | meaning | [01](01_information.ipynb) |"
    )


@pytest.mark.parametrize(("term", "notebook"), terms())
def test_a_term_is_bold_where_it_is_introduced(term, notebook):
    assert singular(term) in in_bold(read(notebook)), (
        f"notebooks/{notebook}.ipynb does not print **{term}**, and notebooks/glossary.md says that it "
        "introduces it. Make it bold where it is explained, or correct the row"
    )
