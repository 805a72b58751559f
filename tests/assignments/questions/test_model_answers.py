"""The numbers in the model answers that a person grades by, and in the questions they answer."""

import json

import numpy as np
import pytest

import cecourse as ce
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from tests.assignments.banks.notebooks import SOURCES


def cell(name, cell_id):
    notebook = json.loads((SOURCES / ASSIGNMENTS[name].notebook).read_text(encoding="utf-8"))
    return next("".join(cell["source"]) for cell in notebook["cells"] if cell["id"] == cell_id)


def test_rain_on_one_day_in_ten_has_the_entropy_of_the_answer():
    assert f"{ce.binary_entropy(0.1):.3f} bits" in cell("a1", "a1-words")


def test_an_epsilon_charges_what_the_answer_says():
    words = " ".join(cell("a2", "a2-words").split())
    charged, with_a_smaller_one = -np.log2(1e-10), -np.log2(1e-20)
    printed = 4.210 + (with_a_smaller_one - charged) / 1000
    assert printed > 4.230
    assert f"{charged:.1f} bits, for the one *z*, which is {charged / 1000:.3f} bits per letter" in words
    assert f"charge {with_a_smaller_one:.1f} bits, print {printed:.3f} for A" in words


def test_a_network_of_100_classes_starts_where_question_and_answer_say():
    start = ce.cross_entropy_from_logits(np.zeros(100), 0)
    assert f"{start:.3f} nats" in cell("a3", "a3-words-asked")
    assert f"= {start:.3f}$ nats" in cell("a3", "a3-words")


def test_softmax_twice_shows_neither_at_the_start_nor_in_the_order():
    untrained = ce.softmax(np.zeros(100))
    assert np.isclose(ce.cross_entropy_from_logits(untrained, 0), np.log(100))
    q = ce.softmax(np.random.default_rng(0).normal(0, 3, (50, 100)))
    assert np.array_equal(ce.softmax(q).argmax(axis=1), q.argmax(axis=1))


def test_softmax_twice_has_the_bound_of_question_and_answer():
    best = np.eye(100)[0]
    share, bound = ce.softmax(best)[0], ce.cross_entropy_from_logits(best, 0)
    assert np.isclose(share, np.e / (np.e + 99))
    assert f"below {bound:.2f} nats" in cell("a3", "a3-words-asked").replace("\n", " ")
    assert f"= {share:.4f}$" in cell("a3", "a3-words")
    assert f"-\\ln {share:.4f} = {bound:.2f}$ nats" in cell("a3", "a3-words")


@pytest.mark.parametrize("classes", [3, 1000])
def test_the_first_check_compares_with_models_that_know_nothing(classes):
    expected = f"with {classes} classes it would be {np.log(classes):.3f} nats"
    assert expected in cell("a3", "a3-untrained-loss-check")
