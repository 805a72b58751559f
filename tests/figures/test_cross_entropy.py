"""The figures of notebook 03 say and show what the functions say."""

import re

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

import cecourse as ce
from cecourse import figures
from cecourse.datasets import letters

LANGUAGES = ("english", "german", "french", "spanish")
EPSILONS = [1e-18, 1e-7, 1e-3, 0.1]
COINS = [(0.7, 0.9), (0.7, 0.7), (0.5, 0.02), (0.0, 0.0), (0.0, 0.3), (1.0, 0.4)]
IMPOSSIBLE = [(0.0, 1.0), (1.0, 0.0), (0.3, 0.0), (0.3, 1.0)]
FOUR = [
    ((0.5, 0.25, 0.125, 0.125), (0.125, 0.25, 0.5, 0.125)),
    ((1.0, 0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0)),
    ((0.25, 0.25, 0.25, 0.25), (0.97, 0.01, 0.01, 0.01)),
    ((0.5, 0.5, 0.0, 0.0), (0.25, 0.75, 0.0, 0.0)),
]


def numbers(words):
    return [float(n) for n in re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?", words)]


def bits(words):
    """The numbers in front of the word "bits"."""
    return [float(n) for n in re.findall(r"(\d+\.\d+) bits", words)]


def pair(p):
    return [p, 1 - p]


def columns(ax):
    """Left edge, right edge and height of each column of a panel."""
    (collection,) = (each for each in ax.collections if isinstance(each, PolyCollection))
    corners = np.array([path.vertices[:4] for path in collection.get_paths()])
    return corners[:, 0, 0], corners[:, 2, 0], corners[:, 1, 1]


def areas(ax):
    left, right, height = columns(ax)
    return ((right - left) * height).sum()


@pytest.mark.parametrize("text", LANGUAGES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_area_of_the_letters_is_their_price(text, code):
    figure = figures.letters_in_another_code(text=text, code=code)
    p, q = letters(text), letters(code)
    above, below = figure.figure.axes
    assert areas(above) == pytest.approx(ce.entropy(p))
    assert areas(below) == pytest.approx(ce.cross_entropy(p, q))
    assert bits(figure.description)[:2] == pytest.approx([ce.entropy(p), ce.cross_entropy(p, q)], abs=5e-4)


def test_whole_bits_are_huffman_s():
    figure = figures.letters_in_another_code(text="english", code="german", bits="whole")
    english, german = letters("english"), letters("german")
    paid = [ce.expected_length(english, ce.huffman_code(q)) for q in (english, german)]
    assert [areas(ax) for ax in figure.figure.axes] == pytest.approx(paid)
    assert bits(figure.description)[:2] == pytest.approx(paid, abs=5e-4)
    assert np.all(columns(figure.figure.axes[1])[2] % 1 == 0)


def test_the_most_frequent_letter_comes_first():
    figure = figures.letters_in_another_code()
    left, right, height = columns(figure.figure.axes[1])
    assert np.all(np.diff(right - left) <= 1e-12)
    assert height[0] == pytest.approx(ce.information(letters("german")[4]))
    assert right[-1] == pytest.approx(1)


@pytest.mark.parametrize(("p", "q"), FOUR)
def test_the_area_of_four_messages_is_their_price(p, q):
    figure = figures.price_as_area()
    words = figure.move(p=p, q=q)
    assert bits(words) == pytest.approx([ce.entropy(p), ce.cross_entropy(p, q)], abs=5e-4)
    assert areas(figure.figure.axes[1]) == pytest.approx(ce.entropy(p))
    if ce.information(np.array(q)[np.array(p) > 0]).max() <= 6:
        assert areas(figure.figure.axes[2]) == pytest.approx(ce.cross_entropy(p, q))


def test_four_messages_are_weights_that_count_by_their_share():
    figure = figures.price_as_area()
    assert figure.move(p=(4, 2, 1, 1), q=(1, 2, 4, 1)) == figures.price_as_area().description
    with pytest.raises(ValueError, match="weights sum to 0"):
        figure.move(q=(0, 0, 0, 0))


def test_a_message_that_is_sent_but_excluded_is_an_arrow():
    figure = figures.price_as_area()
    words = figure.move(p=(0.5, 0.25, 0.25, 0.0), q=(0.5, 0.5, 0.0, 0.0))
    arrows = [line for line in figure.figure.axes[2].lines if line.get_marker() == "^"]
    assert "infinitely many bits" in words
    assert list(arrows[0].get_xdata()) == [0.875]  # the middle of the ship; the whale is never sent


@pytest.mark.parametrize("draw", [figures.every_belief_about_a_coin, figures.tangent_of_a_belief])
@pytest.mark.parametrize(("p", "q"), COINS)
def test_a_coin_s_price_is_said_as_it_is(draw, p, q):
    said = sorted(bits(draw(p=p, q=q).description))
    values = [ce.binary_entropy(p), ce.cross_entropy(pair(p), pair(q)), ce.kl_divergence(pair(p), pair(q))]
    assert said == pytest.approx(sorted(values), abs=5e-4)


@pytest.mark.parametrize("draw", [figures.every_belief_about_a_coin, figures.tangent_of_a_belief])
@pytest.mark.parametrize(("p", "q"), IMPOSSIBLE)
def test_an_excluded_side_that_comes_up_is_said_to_cost_infinitely_much(draw, p, q):
    assert draw(p=p, q=q).description.count("infinitely many bits") == 2


@pytest.mark.parametrize("p", [0.0, 0.05, 0.5, 0.7, 1.0])
def test_the_valley_of_beliefs_lies_on_its_floor(p):
    ax = figures.every_belief_about_a_coin(p=p).figure.axes[0]
    curve, floor = ax.lines[:2]
    beliefs, prices = curve.get_data()
    h = ce.binary_entropy(p)
    assert np.all(prices >= h - 1e-12)
    assert floor.get_ydata() == pytest.approx([h, h])
    assert beliefs[prices.argmin()] == pytest.approx(p, abs=0.005)
    assert prices[200] == pytest.approx(ce.cross_entropy(pair(p), pair(beliefs[200])))


@pytest.mark.parametrize("q", [0.02, 0.3, 0.5, 0.9])
def test_the_line_of_a_belief_touches_the_arch_from_above(q):
    ax = figures.tangent_of_a_belief(q=q).figure.axes[0]
    arch, line = ax.lines[:2]
    coins, entropy = arch.get_data()
    prices = np.interp(coins, *line.get_data())
    assert np.all(prices >= entropy - 1e-12)
    assert np.interp(q, *line.get_data()) == pytest.approx(ce.binary_entropy(q))
    assert prices[100] == pytest.approx(ce.cross_entropy(pair(coins[100]), pair(q)))


def test_each_language_is_cheapest_in_its_own_code():
    figure = figures.four_languages_in_four_codes()
    pmfs = np.array([letters(language) for language in LANGUAGES])
    prices = ce.cross_entropy(pmfs[:, None], pmfs)
    marks = [line for line in figure.figure.axes[0].lines if line.get_marker() == "o"]
    assert numbers(figure.description) == pytest.approx(prices.ravel(), abs=5e-4)
    assert [mark.get_xdata()[0] for mark in marks] == pytest.approx([ce.entropy(p) for p in pmfs])
    assert np.array_equal(prices.argmin(axis=1), np.arange(4))
    assert len(np.unique(prices.round(3))) == 16


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_the_epsilon_is_the_answer(epsilon):
    figure = figures.whatever_the_epsilon_says(epsilon=epsilon)
    left, right = figure.figure.axes
    ceiling, never, no_idea = numbers(figure.description)[1], *numbers(figure.description)[-2:]
    assert ceiling == pytest.approx(-np.log2(epsilon), abs=0.05)
    assert left.lines[1].get_ydata().max() <= ceiling + 0.05
    assert left.lines[0].get_ydata()[0] == pytest.approx(ce.information(1e-20))
    assert never == pytest.approx(-0.95 * np.log2(1 + epsilon) - 0.05 * np.log2(epsilon), abs=5e-4)
    assert no_idea == pytest.approx(-np.log2(0.5 + epsilon), abs=5e-4)
    assert right.texts[-1].get_text() == f"cheaper: {'(1, 0)' if never < no_idea else '(0.5, 0.5)'}"


def test_the_honest_price_of_never_is_infinite():
    assert ce.cross_entropy([0.95, 0.05], [1, 0]) == np.inf
    assert "infinitely many bits" in figures.whatever_the_epsilon_says().description
