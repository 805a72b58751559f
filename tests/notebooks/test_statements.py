"""Every statement of the lecture is covered by a cell in each notebook that the table names for it."""

import csv

import pytest

from tests.notebooks.rules.reading import FOLDER, NAMES, WRITTEN, read

# Notebooks not written yet, with the statements that wait for them. Empty when the course is complete.
PENDING = {}
with open(FOLDER / "statements.csv", encoding="utf-8", newline="") as table:
    STATEMENTS = {row["id"]: row for row in csv.DictReader(table)}
WANTED = {(notebook, name) for name, row in STATEMENTS.items() for notebook in row["notebooks"].split()}


def covered():
    return {(name[:2], lecture) for name in WRITTEN for cell in read(name).cells for lecture in cell.lecture}


def test_the_lecture_makes_39_statements():
    assert list(STATEMENTS) == [f"L{number:02}" for number in range(1, 40)]
    assert all(row["statement"].endswith(".") for row in STATEMENTS.values())


def test_every_statement_has_its_notebooks():
    assert {notebook for notebook, _ in WANTED} <= {name[:2] for name in NAMES}
    assert {name for _, name in WANTED} == set(STATEMENTS)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_cell_names_known_statements(name):
    unknown = {str(cell): sorted(set(cell.lecture) - set(STATEMENTS)) for cell in read(name).cells}
    assert not {cell: names for cell, names in unknown.items() if names}


def test_every_statement_is_covered_where_it_belongs_or_waits_for_its_notebook():
    pending = {(notebook, name) for notebook, names in PENDING.items() for name in names.split()}
    missing = WANTED - covered()
    assert sorted(missing - pending) == [], "no cell has these: add {'lecture': [...]} to its metadata"
    assert sorted(pending - missing) == [], "these are covered: take them out of PENDING"
