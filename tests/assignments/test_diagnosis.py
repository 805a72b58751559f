"""Where an answer stands: what is renamed, moved, turned into text or left above a stub is said exactly."""

import pytest

from cecourse.assignments.collecting import Cell
from cecourse.assignments.diagnosis import missing_modules, places, written_answer
from cecourse.assignments.questions.catalogue import ASSIGNMENTS

A1 = ASSIGNMENTS["a1"]
STUB = (
    'def entropy(p):\n    """Entropy in bits of one pmf.  (C,) -> ()"""\n    # YOUR CODE HERE\n'
    '    raise NotImplementedError("not answered yet: put your code in place of these lines")\n'
)
GOOD = "def entropy(p):\n    return 1.0\n"


def cell(number, source, grade_id="a1-entropy", kind="code"):
    return Cell(number, kind, grade_id, source)


def said(*cells):
    return places(cells, A1)["a1-entropy"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([cell(4, GOOD, kind="Markdown")], "Cell 4, where the answer belongs, is a Markdown cell"),
        ([cell(4, GOOD, kind="raw")], "is a raw cell: make it a code cell again"),
        ([], "No cell of the notebook defines entropy"),
        ([cell(4, GOOD), cell(9, GOOD)], "There are 2 answer cells, cells 4, 9"),
        ([cell(4, STUB + "    return 1.0\n")], "NotImplementedError still stands in cell 4: take it out"),
        (
            [cell(4, STUB), cell(5, GOOD, "")],
            "is defined in cell 5, but its answer is looked for in cell 4",
        ),
        ([cell(4, ""), cell(5, GOOD, "")], "entropy is defined in cell 5, but"),
        ([cell(4, GOOD), cell(8, GOOD, "")], "second definition of entropy in cell 8 is not looked"),
        (
            [cell(4, "def Entropy(p):\n    return 1.0")],
            "defines Entropy; expected the name entropy. Rename",
        ),
        ([cell(4, "def shannon(p):\n    return 1.0")], "Cell 4 defines shannon; expected the name entropy"),
        ([cell(4, "def Entropy(p):\n    return )")], "Cell 4 defines Entropy; expected"),
    ],
)
def test_a_place_that_costs_points_is_said(cells, words):
    assert any(words in sentence for sentence in said(*cells)), said(*cells)


@pytest.mark.parametrize(
    "cells",
    [
        [cell(4, GOOD)],
        [cell(4, STUB)],
        [cell(4, "entropy = lambda p: 1.0")],
        [cell(4, "import math\n\ndef helper(p):\n    return p\n\n" + GOOD)],
        [cell(2, "def entropy(p):\n    return 0", ""), cell(4, GOOD)],  # tried above, then answered
        [cell(7, GOOD, "")],  # its cell has lost its metadata, and is found by the name
    ],
)
def test_an_answer_in_its_place_and_a_stub_are_left_in_peace(cells):
    assert said(*cells) == []


WORDS = "a1-words"


@pytest.mark.parametrize(
    "cells",
    [
        [cell(9, "Because.", WORDS, "Markdown")],
        [cell(9, "YOUR ANSWER HERE\n\nBecause.", WORDS, "Markdown")],
        [cell(9, "YOUR ANSWER HERE", WORDS, "Markdown"), cell(10, "Because.", "", "Markdown")],
        [
            cell(7, GOOD),
            cell(8, "## 10. In words\nWhy?", "", "Markdown"),
            cell(9, "Because.", "", "Markdown"),
        ],
    ],
)
def test_words_are_found_in_their_cell_below_it_or_at_the_end(cells):
    assert written_answer(cells, WORDS) == "Because."


def test_no_words_are_no_answer():
    assert (
        written_answer([cell(9, "YOUR ANSWER HERE", WORDS, "Markdown"), cell(10, "x = 1", "")], WORDS) == ""
    )


def test_a_module_that_is_missing_when_answers_are_graded_is_found():
    source = "import math, os\nfrom scipy.stats import entropy\nimport numpy as np\n"
    assert list(missing_modules([cell(4, source), cell(5, "import cecourse", "a1-entropy-check")])) == [
        (4, "scipy")
    ]
