import pytest

from tests.notebooks.rules.reading import FOLDER, NAMES, WRITTEN, read
from tests.notebooks.rules.rules import HABITS, code_that_stands_twice, sentences_that_stand_twice


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.__name__)
def test_a_notebook_keeps_the_habit(habit, name):
    complaints = list(habit(read(name)))
    assert not complaints, "\n".join([f"notebooks/{name}.ipynb: {habit.__doc__ or ''}", *complaints])


def test_no_sentence_stands_twice():
    assert not list(sentences_that_stand_twice(map(read, WRITTEN)))


def test_no_code_cell_stands_twice():
    assert not list(code_that_stands_twice(map(read, WRITTEN)))


def test_every_notebook_stands_in_the_list():
    forgotten = {path.stem for path in FOLDER.glob("*.ipynb")} - set(NAMES)
    assert not forgotten, f"{forgotten}: not in course.toml; add an entry to [[notebooks]]"
