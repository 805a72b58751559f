"""Every statement of the lecture is covered by a cell in each notebook that the table names for it."""

import csv
from functools import cache

import pytest

from tests.notebooks.rules.reading import FOLDER, NAMES, WRITTEN, read

with open(FOLDER / "statements.csv", encoding="utf-8", newline="") as table:
    STATEMENTS = {row["id"]: row for row in csv.DictReader(table)}
WANTED = {(notebook, name) for name, row in STATEMENTS.items() for notebook in row["notebooks"].split()}


@cache
def covered():
    return {(name[:2], lecture) for name in WRITTEN for cell in read(name).cells for lecture in cell.lecture}


def test_the_lecture_makes_39_statements():
    assert list(STATEMENTS) == [f"L{number:02}" for number in range(1, 40)]
    assert all(row["statement"].endswith(".") for row in STATEMENTS.values())


def test_every_statement_has_its_notebooks():
    unknown = {notebook for notebook, _ in WANTED} - {name[:2] for name in NAMES}
    assert not unknown, f"notebooks/statements.csv names notebooks that course.toml does not have: {unknown}"
    homeless = set(STATEMENTS) - {name for _, name in WANTED}
    assert not homeless, (
        f"notebooks/statements.csv: {homeless} name no notebook; write its number into the row"
    )


@pytest.mark.parametrize("name", WRITTEN)
def test_a_cell_names_known_statements(name):
    unknown = [
        f"{cell}: {word}" for cell in read(name).cells for word in cell.lecture if word not in STATEMENTS
    ]
    assert not unknown, (
        f"notebooks/{name}.ipynb names statements that notebooks/statements.csv does not have: {unknown}"
    )


@pytest.mark.parametrize(("notebook", "statement"), sorted(WANTED))
def test_a_statement_is_covered_where_it_belongs(notebook, statement):
    said = STATEMENTS[statement]["statement"]
    assert (notebook, statement) in covered(), (
        f'notebooks/{notebook}_*.ipynb: no cell covers {statement} ("{said}"); add '
        f'{{"lecture": ["{statement}"]}} to the metadata of the cell that does, or take {notebook} out of '
        "its row in notebooks/statements.csv"
    )
