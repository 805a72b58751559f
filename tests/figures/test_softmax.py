"""The figures of notebook 05 say and show what the functions compute."""

import re

import numpy as np
import pytest

import cecourse as ce
from cecourse import figures
from cecourse.datasets import penguins
from cecourse.figures.softmax import _limits, _plain_logarithms
from cecourse.learning import fit_softmax_regression, standardize

SCORES = [(2.0, 1.0, -1.0), (0.0, 0.0, 0.0), (-4.0, 4.0, -4.0), (4.0, 4.0, -4.0), (-1.3, -2.2, -0.4)]


def numbers(words):
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", words)]


def after(words, start):
    """The numbers of a description behind the first `start`."""
    return numbers(words.partition(start)[2])


def heights(figure):
    """Of the moving bars, in the order in which they were drawn."""
    return [bar.get_height() for bar in figure.moving if hasattr(bar, "get_height")]


def curves(axes):
    """The drawn curves, not the guides of two or three points: x and y of each."""
    return [line.get_data() for line in axes.get_lines() if len(line.get_xdata()) > 3]


@pytest.mark.parametrize("length", [30.0, 39.1, 44.0, 62.0])
@pytest.mark.parametrize("depth", [13.0, 18.7, 22.0])
def test_the_scores_of_a_bird_are_those_of_the_fitted_layer(length, depth):
    birds = penguins()
    fit = fit_softmax_regression(standardize(birds.features), birds.labels, steps=20)
    z = (standardize([[length, depth]], like=birds.features) @ fit.weights + fit.bias)[0]
    figure = figures.scores_of_a_bird(length=length, depth=depth)
    assert np.allclose(after(figure.description, "gets the scores")[:3], z, atol=0.0501)
    dots = [line.get_data() for line in figure.moving[4:7]]
    assert np.allclose(dots, [([length], [score]) for score in z])
    outside = ("none", "one", "two", "all")[np.sum((z < 0) | (z > 1))]
    assert f"; {outside} of the three outside the band" in figure.description


def test_every_line_of_scores_leaves_the_band_for_bills_of_any_depth():
    for depth in (13.0, 17.0, 22.0):
        for line in figures.scores_of_a_bird(depth=depth).moving[:3]:
            assert min(line.get_ydata()) < 0 or max(line.get_ydata()) > 1


@pytest.mark.parametrize("score", [-6.0, -3.0, -1.4, 0.0, 0.5, 2.0, 6.0])
def test_three_ways_give_three_shares(score):
    divided, clipped = score / (score + 1.5), np.clip(score, 0, 1) / (np.clip(score, 0, 1) + 1.5)
    said = after(figures.three_ways_to_a_probability(score).description, "they give")
    assert np.allclose(said, [divided, clipped, ce.softmax([score, 1, 0.5])[0]], atol=0.000501)


def test_dividing_by_a_sum_of_zero_has_no_value():
    assert "they give no value, 0.000 and" in figures.three_ways_to_a_probability(-1.5).description


def test_only_softmax_stays_between_zero_and_one_and_rises_everywhere():
    divided, clipped, soft = (y for _, y in curves(figures.three_ways_to_a_probability().figure.axes[0]))
    assert np.nanmin(divided) < 0 < 1 < np.nanmax(divided)
    assert clipped.max() == 0.4
    assert (np.diff(clipped) == 0).mean() > 0.9
    assert ((soft > 0) & (soft < 1)).all()
    assert (np.diff(soft) > 0).all()


@pytest.mark.parametrize("z", SCORES)
@pytest.mark.parametrize("shift", [-4.0, 0.0, 4.0])
def test_squashed_scores_are_their_softmax_whatever_is_added(z, shift):
    figure = figures.softmax_squashes(*z, shift=shift)
    q = ce.softmax(z)
    assert np.allclose(heights(figure), [*(np.array(z) + shift), *q])
    assert np.allclose(after(figure.description, "the scores")[:3], np.array(z) + shift, atol=0.0501)
    assert np.allclose(after(figure.description, "the probabilities")[:3], q, atol=0.000501)
    assert "their sum is 1.000" in figure.description


@pytest.mark.parametrize(("first", "second"), [(2.0, 0.5), (-4.0, 4.0), (4.0, -4.0), (-4.0, -4.0)])
def test_two_scores_meet_on_the_sigmoid(first, second):
    figure = figures.two_classes_are_a_sigmoid(first, second)
    q = ce.sigmoid(first - second)
    assert np.allclose(after(figure.description, "differ by"), [first - second, 0, q], atol=0.000501)
    gap, height = figure.moving[3].get_data()
    assert np.allclose([*gap, *height], [first - second, q])


def test_lines_of_equal_probability_are_lines_of_equal_difference():
    plane, curve = figures.two_classes_are_a_sigmoid().figure.axes
    lines = [np.array(line.get_data()) for line in plane.get_lines() if line.get_xdata()[0] == -4][:5]
    shares = [ce.softmax(line.T)[:, 0] for line in lines]
    assert np.allclose(shares, np.array([0.05, 0.25, 0.5, 0.75, 0.95])[:, None])
    ((gaps, q),) = curves(curve)
    assert np.allclose(q, ce.softmax(np.stack([gaps, np.zeros_like(gaps)], axis=-1))[:, 0])


@pytest.mark.parametrize("z", SCORES)
@pytest.mark.parametrize("temperature", [0.05, 1.0, 20.0])
def test_the_answer_lies_on_the_path_of_its_temperature(z, temperature):
    figure = figures.temperature_path(*z, temperature=temperature)
    q = ce.softmax(z, temperature=temperature)
    assert np.allclose(heights(figure), q)
    said = after(figure.description, "stand at")
    assert np.allclose(said, [*q, ce.entropy(q)], atol=0.000501)
    path, point = (np.array(figure.moving[i].get_data()).T for i in (0, 2))
    assert np.min(np.linalg.norm(path - point, axis=1)) < 0.02


@pytest.mark.parametrize(
    ("z", "end"),
    [
        ((2.0, 1.0, -1.0), "the corner of Adelie (one-hot)"),
        ((1.0, 2.0, 2.0), "half-way between Chinstrap and Gentoo"),
        ((1.0, 1.0, 1.0), "the centre, where it stays"),
    ],
)
def test_the_path_runs_from_the_centre_to_the_highest_scores(z, end):
    figure = figures.temperature_path(*z)
    assert f"to {end}." in figure.description
    path, cold = (np.array(figure.moving[i].get_data()).T for i in (0, 1))
    assert np.allclose(path[0], [0.5, np.sqrt(3) / 6], atol=1e-3)
    assert np.allclose(path[-1], cold[0])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_limits_of_exp_are_those_of_the_type(dtype):
    low, high = _limits(dtype)
    with np.errstate(all="ignore"):
        edges = np.exp(np.array([low * 1.001, low * 0.999, high * 0.999, high * 1.001], dtype))
    assert edges[0] == 0 < edges[1]
    assert np.isfinite(edges[2])
    assert np.isinf(edges[3])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_overflow_map_is_what_happens(dtype):
    low, high = _limits(dtype)
    z = np.random.default_rng(0).uniform(-1000, 1000, (20_000, 2))
    top, bottom = z.max(axis=1), z.min(axis=1)
    works = (top < high) & (bottom > low) & (top - bottom < -low)
    lost = (top > high) | (top < low)
    sure = np.min(np.abs([top - high, top - low, bottom - low, top - bottom + low]), axis=0) > 2
    plain = _plain_logarithms(z.astype(dtype))
    assert np.array_equal(np.isfinite(plain).all(axis=1)[sure], works[sure])
    assert np.array_equal(np.isnan(plain).any(axis=1)[sure], lost[sure])
    assert np.isfinite(ce.log_softmax(z)).all()


@pytest.mark.parametrize(
    ("first", "second"), [(500.0, 300.0), (1000.0, 1000.0), (0.0, -800.0), (-1000.0, -1000.0)]
)
def test_the_overflow_map_says_what_the_plain_formula_gives(first, second):
    def pair(values):
        return "(" + ", ".join(f"{value:.3g}".replace("nan", "NaN") for value in values) + ")"

    words = figures.overflow_map(first, second).description
    plain = [pair(_plain_logarithms(np.array([first, second], dtype))) for dtype in (np.float32, np.float64)]
    assert "ends at 88.7 and 709.8" in words
    assert f"it gives {plain[0]} and {plain[1]} nats" in words
    assert f"log-sum-exp gives {pair(ce.log_softmax([first, second]))} nats." in words


@pytest.mark.parametrize("z", SCORES)
def test_the_squares_are_the_slopes_of_softmax(z):
    figure = figures.softmax_jacobian(*z)
    step = 1e-6
    slopes = np.stack(
        [(ce.softmax(z + step * unit) - ce.softmax(z - step * unit)) / (2 * step) for unit in np.eye(3)],
        axis=1,
    )
    squares = figure.moving[6:15]
    assert np.allclose(
        [square.get_width() ** 2 for square in squares], 1.21 * np.abs(slopes).ravel(), atol=1e-8
    )
    filled = [square.get_facecolor() == square.get_edgecolor() for square in squares]
    assert filled == list((slopes > 0).ravel())
    assert np.allclose(after(figure.description, "diagonal")[:3], np.diag(slopes), atol=0.000501)
    assert np.isclose(after(figure.description, "steepest is")[0], slopes.min(), atol=0.000501)
    assert [text.get_text() for text in figure.moving[-3:]] == ["0", "0", "0"]
