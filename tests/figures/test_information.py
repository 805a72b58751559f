"""The numbers in the figures of notebook 01, held against the tested functions."""

import itertools
import math
import re

import numpy as np
import pytest

from cecourse import figures
from cecourse.coding import kraft_sum, prefix_code, shannon_lengths
from cecourse.figures.files.letters import text_faults
from cecourse.information import information

SOME_GAMES = ("", "U", "S", "UL", "ULULUL", "UUUULLLL", "ULSSU", "SUSLSUSL", "S" * 70, "SU" * 20)


def number(pattern, words):
    return float(re.search(pattern, words).group(1).replace(",", ""))


@pytest.fixture(scope="module")
def game():
    return figures.guessing_game()


@pytest.fixture(scope="module")
def code():
    return figures.codewords_in_the_unit_interval()


@pytest.mark.parametrize("hidden", range(10))
def test_six_questions_that_halve_find_the_square_in_every_game(game, hidden):
    words = game.move(questions="ULULUL", game=hidden)
    assert "After 6 questions the square is" in words
    assert "log2(64/1) = 6.000 of 6 bits" in words


@pytest.mark.parametrize("questions", SOME_GAMES)
@pytest.mark.parametrize("hidden", [0, 3, 9])
def test_the_surprises_of_the_answers_add_up_to_the_bits_known(game, questions, hidden):
    words = game.move(questions=questions, game=hidden)
    squares = len(game.moving[0].get_paths())
    known = f"{information(squares / 64):.3f} of 6 bits"
    assert known in words
    if questions:
        assert f"brought {information(squares / 64):.3f} bits." in words


@pytest.mark.parametrize("questions", [*SOME_GAMES, *map("".join, itertools.product("ULS", repeat=4))])
def test_the_hidden_square_is_never_ruled_out(game, questions):
    row, column = np.random.default_rng(5).integers(8, size=2)
    game.move(questions=questions, game=5)
    corners = [tuple(path.vertices[0]) for path in game.moving[0].get_paths()]
    assert (column, row) in corners


def test_a_first_square_answered_no_brings_a_fortieth_of_a_bit(game):
    words = game.move(questions="S", game=0)
    assert "(this one? no) had probability 0.9844 and brought 0.023 bits" in words
    assert round(float(information(63 / 64)), 3) == 0.023


def test_a_question_after_the_square_is_found_brings_nothing(game):
    for question, words in zip("ULS", ("upper?", "left?", "this one?"), strict=True):
        assert f"({words} yes) had probability 1 and brought 0.000 bits" in game.move(
            questions="ULULUL" + question
        )


@pytest.mark.parametrize("questions", SOME_GAMES)
def test_no_words_overlap_in_any_length_of_game(game, questions):
    game.move(questions=questions)
    assert text_faults(game) == []


def test_a_letter_that_is_no_question_is_refused_and_changes_nothing(game):
    before = game.move(questions="UL", game=1)
    with pytest.raises(ValueError, match="expected are the letters U"):
        game.move(questions="ULX")
    assert game.description == before


@pytest.mark.parametrize("p", [2.0**-12, 1 / 365, 1 / 52, 0.25, 0.5, 1.0])
def test_the_point_on_the_surprise_curve_is_the_information(p):
    figure = figures.probability_to_surprise(p)
    point = figure.moving[0]
    assert point.get_xdata() == [p]
    assert point.get_ydata() == [information(p)]
    assert number(r"surprise is ([\d.]+) bits", figure.description) == round(float(information(p)), 3)


def test_surprise_is_told_as_heads_in_a_row():
    move = figures.probability_to_surprise().move
    assert move(p=1.0).endswith("no surprise at all, it had to happen.")
    assert move(p=0.75).endswith("less surprising than one head.")
    assert move(p=0.5).endswith("as surprising as 1 head in a row.")
    assert move(p=2.0**-12).endswith("as surprising as 12 heads in a row.")
    assert move(p=0.1).endswith("more surprising than 3 heads in a row, less than 4.")


def test_an_impossible_event_is_off_the_axes_and_refused():
    with pytest.raises(ValueError, match="from 1/4096 to 1"):
        figures.probability_to_surprise().move(p=0)


@pytest.mark.parametrize(
    ("first", "second"), [(0.5, 0.25), (0.05, 0.05), (1.0, 1.0), (0.05, 1.0), (0.3, 0.7)]
)
def test_the_bar_of_both_is_as_long_as_the_two_together(first, second):
    figure = figures.surprise_adds(first, second)
    bars = [path.vertices[:, 0] for path in figure.moving[3].get_paths()]
    widths = [x.max() - x.min() for x in bars]
    assert np.allclose(widths, information([first, second, first * second]), rtol=1e-12)
    assert math.isclose(widths[0] + widths[1], widths[2], rel_tol=1e-12)
    assert f"one of {information(first * second):.3f} bits for both" in figure.description


def test_the_ladder_climbs_from_a_coin_to_a_deck():
    figure = figures.surprise_ladder()
    bits = figure.figure.axes[0].lines[0].get_xdata()
    assert bits[0] == 1
    assert math.isclose(bits[-1], math.log2(math.factorial(52)), rel_tol=1e-12)
    assert (np.diff(bits) > 0).all()
    assert all(f"{b:.2f}" in figure.description for b in bits)


@pytest.mark.parametrize(
    "weights", [(0.4, 0.3, 0.2, 0.1), (1, 1, 1, 1), (1, 0.01, 0.01, 0.01), (1, 1, 0, 0.01), (0, 0, 1, 0)]
)
def test_codewords_have_the_lengths_of_shannon_and_fit_beside_their_probabilities(code, weights):
    words = code.move(p=weights)
    p = np.array(weights) / sum(weights)
    lengths = np.maximum(shannon_lengths(p), 1)
    boxes = [path.vertices[:-1] for path in code.moving[1].get_paths()]
    assert [np.ptp(box[:, 0]) for box in boxes] == sorted(lengths[p > 0])
    assert all(np.isclose(np.ptp(box[:, 1]), 0.5 ** np.ptp(box[:, 0]), rtol=1e-9) for box in boxes)
    assert all(f"has {word}" in words for word in prefix_code(lengths) if word)
    assert number(r"they take ([\d.]+), the Kraft sum", words) == round(kraft_sum(lengths), 4)
    assert text_faults(code) == []


def test_weights_that_are_no_distribution_are_refused(code):
    with pytest.raises(ValueError, match="Give at least one outcome some weight"):
        code.move(p=(0, 0, 0, 0))
    with pytest.raises(ValueError, match="the picture ends at 9"):
        code.move(p=(1, 0, 0, 1e-6))
