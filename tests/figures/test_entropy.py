"""The figures of notebook 02: their words and their plotted arrays against the tested functions."""

import re

import numpy as np
import pytest

import cecourse as ce
from cecourse import figures
from cecourse.datasets import ALPHABET, letters, only_letters
from cecourse.figures.drawing import simplex

BIASES = [0.0, 0.02, 0.3, 0.5, 0.9, 1.0]
WEIGHTS = [(1, 0, 0, 0), (0.5, 0.25, 0.125, 0.125), (1, 1, 1, 1), (0, 0.2, 0, 0.6)]


def numbers(words):
    return [float(number) for number in re.findall(r"[-+]?\d+(?:\.\d+)?(?:e-?\d+)?", words)]


def near(number, value, digits=3):
    return abs(number - value) <= 0.5 * 10.0**-digits + 1e-9


def lines(figure, axes=0):
    return figure.figure.axes[axes].get_lines()


@pytest.mark.parametrize("p", BIASES)
def test_the_arch_says_its_height_and_its_slope(p):
    figure = figures.binary_entropy_curve(p)
    height = re.search(r"it is ([\d.]+) bits high", figure.description).group(1)
    assert near(float(height), ce.binary_entropy(p))
    if 0 < p < 1:
        slope = re.search(r"slope ([-+][\d.]+)", figure.description).group(1)
        assert near(float(slope), np.log2((1 - p) / p), digits=2)
    else:
        assert "infinitely steep: vertical tangent" in figure.description


@pytest.mark.parametrize("p", [0.1, 0.5, 0.7])
def test_the_tangent_touches_the_arch(p):
    arch, _, tangent, point = lines(figures.binary_entropy_curve(p))
    np.testing.assert_array_equal(arch.get_ydata(), ce.binary_entropy(arch.get_xdata()))
    x, y = tangent.get_data()
    assert np.interp(p, x, y) == pytest.approx(point.get_ydata()[0], abs=1e-12)
    assert np.all(y >= ce.binary_entropy(x) - 1e-12), "an arch lies below its tangents"


@pytest.mark.parametrize("p", BIASES)
def test_averages_of_surprise_end_beside_the_entropy(p):
    figure = figures.average_surprise_settles(p)
    *between, entropy = numbers(figure.description.partition("so far")[2])
    assert near(entropy, ce.binary_entropy(p))
    ends = [line.get_ydata()[-1] for line in lines(figure)[:5]]
    if p in (0, 0.5, 1):
        assert between == []
        assert "All lie" in figure.description
    else:
        assert near(between[0], min(ends))
        assert near(between[1], max(ends))
    # Four standard deviations of an average of 10000 draws.
    spread = abs(np.log2(p / (1 - p))) * np.sqrt(p * (1 - p)) / 100 if 0 < p < 1 else 0
    assert np.all(np.abs(np.subtract(ends, ce.binary_entropy(p))) <= 4 * spread + 1e-12)


def test_a_line_starts_with_the_surprise_of_the_first_flip():
    for line in lines(figures.average_surprise_settles(0.2))[:5]:
        assert line.get_ydata()[0] in ce.information([0.2, 0.8])


@pytest.mark.parametrize("distance", [0.001, 0.01, 0.1, 0.5])
def test_how_far_a_coin_falls_short_of_one_bit_is_said(distance):
    _, shortfall, parabola = numbers(
        figures.nearly_fair_coin(distance).description.partition("At the distance")[2]
    )
    # The exact form of 1 - H, without the cancellation.
    exact = ce.kl_divergence([0.5 + distance, 0.5 - distance], [0.5, 0.5])
    assert shortfall == pytest.approx(exact, rel=0.006)
    assert parabola == pytest.approx(2 * distance**2 / np.log(2), rel=0.006)


@pytest.mark.parametrize("weights", WEIGHTS)
def test_the_stack_is_as_high_as_the_entropy(weights):
    figure = figures.entropy_of_bars(weights)
    p = np.divide(weights, sum(weights))
    left, right = figure.figure.axes
    assert [bar.get_height() for bar in left.patches] == pytest.approx(list(p))
    top = right.patches[-1].get_y() + right.patches[-1].get_height()
    assert top == pytest.approx(ce.entropy(p))
    entropy, low, _, high = numbers(figure.description.partition("The stack is")[2].replace("log2 4", "4"))
    assert near(entropy, ce.entropy(p))
    assert low <= entropy <= high == 2


@pytest.mark.parametrize("name", ["entropy_of_bars", "entropy_of_three_outcomes"])
def test_no_weight_at_all_is_refused_in_words(name):
    figure = figures.FIGURES[name]()
    words = figure.description
    with pytest.raises(ValueError, match="Give at least one outcome some weight"):
        figure.move(p=(0.0,) * len(figure.state["p"]))
    assert figure.description == words


@pytest.mark.parametrize("weights", [(1, 1, 1), (1, 0, 0), (0, 0, 3), (0.7, 0.2, 0.1), (0, 0.5, 0.5)])
def test_the_dot_in_the_triangle_says_its_entropy(weights):
    figure = figures.entropy_of_three_outcomes(weights)
    p = np.divide(weights, sum(weights))
    *shares, entropy = numbers(figure.description.partition("The dot at")[2])
    assert all(near(share, value, digits=2) for share, value in zip(shares, p, strict=True))
    assert near(entropy, ce.entropy(p))
    triangle, scale = figure.figure.axes
    dot = triangle.get_lines()[-1].get_xydata()[0]
    assert [*dot] == pytest.approx(simplex.on_triangle(p))
    assert scale.get_lines()[-1].get_ydata() == [ce.entropy(p)]


def test_the_corners_of_the_triangle_are_the_sure_pmfs():
    x, y = simplex.on_triangle(np.eye(3))
    assert [*x] == [0, 1, 0.5]
    assert [*y] == pytest.approx([0, 0, np.sqrt(3) / 2])
    assert [*simplex.on_triangle([1 / 3, 1 / 3, 1 / 3])] == pytest.approx([x.mean(), y.mean()])


def test_the_heat_of_the_triangle_is_the_entropy():
    (image,) = figures.entropy_of_three_outcomes().figure.axes[0].get_images()
    heat = np.asarray(image.get_array())
    assert heat.max() == pytest.approx(np.log2(3), abs=1e-3)
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    side = heat.shape[0] - 1
    assert (column / side, row / side) == pytest.approx((1 / 2, 1 / 3), abs=0.01)
    assert heat[0, 0] == heat[0, -1] == heat[-1, side // 2] == 0
    assert heat[0, side // 2] == 1


def test_a_letter_has_a_bar_for_its_codeword_and_a_dot_for_its_information():
    figure = figures.huffman_on_english()
    (ax,) = figure.figure.axes
    p = letters("english")
    order = [ALPHABET.index(label.get_text()) for label in ax.get_xticklabels()]
    code = ce.huffman_code(p)
    assert [bar.get_height() for bar in ax.patches] == [len(code[i]) for i in order]
    np.testing.assert_array_equal(lines(figure)[0].get_ydata(), ce.information(p[order]))
    paid, entropy, fixed = numbers(figure.description.partition("On average")[2])
    assert near(paid, ce.expected_length(p, code))
    assert near(entropy, ce.entropy(p))
    assert fixed == 5


@pytest.mark.parametrize("p", [0.02, 0.1, 0.26, 0.5])
def test_blocks_come_down_to_the_entropy_and_not_below(p):
    figure = figures.blocks_close_the_gap(p)
    *paid, entropy = numbers(figure.description.partition(f"= {p:.2f}:")[2])
    assert near(entropy, ce.binary_entropy(p))
    for size, bits in enumerate(paid, start=1):
        block = np.array([1.0])
        for _ in range(size):
            block = np.kron(block, [p, 1 - p])
        assert near(bits, ce.expected_length(block, ce.huffman_code(block)) / size)
        assert entropy - 0.001 <= bits <= entropy + 1 / size + 0.001
    dashes, _, squares = lines(figure)
    assert [round(bits, 3) for bits in squares.get_ydata()] == paid
    assert [*dashes.get_ydata()] == pytest.approx([ce.binary_entropy(p) + 1 / n for n in range(1, 7)])


@pytest.mark.parametrize("sentence", ["e", "jazz quiz", "Pack my box with five dozen jugs!", "z" * 400])
def test_a_sentence_pays_what_the_encoder_pays(sentence):
    figure = figures.bits_of_a_sentence(sentence)
    text = only_letters(sentence)
    p = letters("english")
    code = dict(zip(ALPHABET, ce.huffman_code(p), strict=True))
    count, fixed, _, paid, per_letter, information, _ = numbers(figure.description.partition("bars:")[2])
    assert (count, fixed, paid) == (len(text), 5 * len(text), len(ce.encode(text, code)))
    assert near(per_letter, paid / count, digits=2)
    bars = [bar.get_width() for bar in figure.figure.axes[1].patches]
    assert bars == pytest.approx([5, paid / count, information / count], abs=0.06 / count)
    assert near(information, sum(ce.information(p[ALPHABET.index(letter)]) for letter in text), digits=1)


def test_a_tile_is_as_wide_as_its_codeword():
    strip = figures.bits_of_a_sentence("a quiz").figure.axes[0]
    widths = [tile.get_width() for tile in strip.patches if tile.get_visible()]
    words = [text.get_text() for text in strip.texts if text.get_visible()]
    assert words[::2] == list("aquiz")
    assert widths == [len(word) for word in words[1::2]]


def test_a_sentence_without_letters_is_refused_in_words():
    with pytest.raises(ValueError, match="Type a few letters"):
        figures.bits_of_a_sentence("1234 !?")
