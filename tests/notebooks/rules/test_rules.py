import pytest

from tests.notebooks.rules.reading import FOLDER, NAMES, WRITTEN, read
from tests.notebooks.rules.rules import RULES, code_that_stands_twice, sentences_that_stand_twice


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_notebook_keeps_the_rule(rule, name):
    complaints = list(rule(read(name)))
    assert not complaints, "\n".join([f"notebooks/{name}.ipynb: {rule.__doc__ or ''}", *complaints])


def test_no_sentence_stands_twice():
    twice = list(sentences_that_stand_twice(map(read, WRITTEN)))
    assert not twice, "\n".join(["say it once:", *twice])


def test_no_code_cell_stands_twice():
    twice = list(code_that_stands_twice(map(read, WRITTEN)))
    assert not twice, "\n".join(["write it once:", *twice])


def test_every_notebook_stands_in_the_list():
    forgotten = {path.stem for path in FOLDER.glob("*.ipynb")} - set(NAMES)
    assert not forgotten, f"{forgotten}: not in course.toml; add an entry to [[notebooks]]"
