"""The figures of notebook 00: what they draw and say, held against the tested functions."""

import re
from itertools import permutations

import numpy as np
import pytest

import cecourse as ce
from cecourse import figures
from cecourse.datasets import penguins
from cecourse.learning import fit_logistic_regression

BIRDS = penguins()
DEPTH = BIRDS.features[:, 1]
GENTOO = BIRDS.labels == 2
SIDES = np.where(GENTOO, 16.7 - DEPTH, DEPTH - 16.7)


def said(words, pattern):
    """The numbers in the groups of the pattern, as they are said."""
    return [float(number) for number in re.search(pattern, words).groups()]


def least_squares(numbers):
    """Intercept, length and depth, by the normal equations."""
    inputs = np.column_stack([np.ones(len(DEPTH)), BIRDS.features])
    return np.linalg.solve(inputs.T @ inputs, inputs.T @ numbers)


def test_every_penguin_is_drawn_once():
    drawn = figures.penguin_bills()
    points = np.concatenate([np.column_stack(line.get_data()) for line in drawn.figure.axes[0].lines])
    assert sorted(map(tuple, points)) == sorted(map(tuple, BIRDS.features))
    assert sum(said(drawn.description, r"(\d+) Adelie.*?(\d+) Chinstrap.*?(\d+) Gentoo")) == 342


@pytest.mark.parametrize("numbering", list(permutations((1, 2, 3))))
@pytest.mark.parametrize("way", [0.0, 0.5, 1.0])
def test_the_star_gets_the_number_of_least_squares(numbering, way):
    words = figures.label_number_stripes(numbering=numbering, way=way).description
    model = least_squares(np.array(numbering)[BIRDS.labels])
    adelie, gentoo = (BIRDS.features[BIRDS.labels == label].mean(axis=0) for label in (0, 2))
    bird = adelie + way * (gentoo - adelie)
    number = model @ [1, *bird]
    assert said(words, r"gets the number ([\d.]+), so") == pytest.approx([number], abs=0.005)
    assert f"so {BIRDS.species[numbering.index(round(number))]}." in words
    nearest = np.array([1, 2, 3])[
        np.abs((model[0] + BIRDS.features @ model[1:])[:, None] - [1, 2, 3]).argmin(1)
    ]
    right = np.mean(nearest == np.array(numbering)[BIRDS.labels])
    assert said(words, r"With this numbering ([\d.]+) %") == pytest.approx([100 * right], abs=0.05)


@pytest.mark.parametrize("numbering", list(permutations((1, 2, 3))))
def test_the_stripes_end_where_the_regression_is_half_way_between_two_numbers(numbering):
    drawn = figures.label_number_stripes(numbering=numbering)
    model = least_squares(np.array(numbering)[BIRDS.labels])
    for border, level in zip(drawn.moving[:2], (1.5, 2.5), strict=True):
        for x, y in zip(*border.get_data(), strict=True):
            assert model @ [1, x, y] == pytest.approx(level)


@pytest.mark.parametrize("numbering", list(permutations((1, 2, 3))))
def test_the_name_of_a_stripe_stands_inside_it(numbering):
    drawn = figures.label_number_stripes(numbering=numbering)
    model = least_squares(np.array(numbering)[BIRDS.labels])
    renderer = drawn.figure.canvas.get_renderer()
    to_data = drawn.figure.axes[0].transData.inverted()
    for name, stripe in zip(drawn.moving[2:5], (1, 2, 3), strict=True):
        (left, bottom), (right, top) = to_data.transform(name.get_window_extent(renderer))
        for corner in [(left, bottom), (left, top), (right, bottom), (right, top)]:
            assert min(3, max(1, round(model @ [1, *corner]))) == stripe, name.get_text()


@pytest.mark.parametrize("dissent", range(9))
def test_a_soft_target_is_the_share_of_the_answers(dissent):
    drawn = figures.one_hot_beside_prediction(dissent=dissent, q=(0.5, 0.25, 0.25))
    p = np.array([bar.get_height() for bar in drawn.moving[:3]])
    q = np.array([bar.get_height() for bar in drawn.moving[6:9]])
    assert p.sum() == pytest.approx(1)
    assert 12 * p[1] == pytest.approx(12 - dissent)
    assert abs(12 * (p[0] - p[2])) <= 1 + 1e-9
    words = drawn.description
    assert said(words, r"Squared distance ([\d.]+)") == pytest.approx([np.sum((p - q) ** 2)], abs=5e-4)
    assert said(words, r"answers: ([\d.]+) nats") == pytest.approx([-p @ np.log(q)], abs=5e-4)


def test_full_agreement_is_one_hot():
    drawn = figures.one_hot_beside_prediction()
    assert [bar.get_height() for bar in drawn.moving[:3]] == list(ce.one_hot(1, 3))


def test_what_the_model_excludes_and_an_annotator_says_costs_infinitely_much():
    drawn = figures.one_hot_beside_prediction(dissent=1, q=(0, 1, 0))
    assert "infinitely many nats" in drawn.description


def test_bars_of_no_height_are_refused_before_anything_moves():
    drawn = figures.one_hot_beside_prediction()
    before = [bar.get_height() for bar in drawn.moving[:3]]
    with pytest.raises(ValueError, match="some weight"):
        drawn.move(dissent=5, q=(0, 0, 0))
    assert [bar.get_height() for bar in drawn.moving[:3]] == before


@pytest.mark.parametrize("z", [-10.0, -6.0, 0.0, 0.7, 10.0])
def test_the_two_slopes_are_those_of_the_losses(z):
    drawn = figures.slopes_against_logit(z=z)
    h = 1e-4

    def difference(loss):
        pmfs = np.array([[ce.sigmoid(x), ce.sigmoid(-x)] for x in (z - h, z + h)])
        low, high = loss(pmfs, [0, 0], reduction="none")
        return (high - low) / (2 * h)

    heights = [dot.get_ydata()[0] for dot in drawn.moving[:3]]
    slopes = [difference(ce.cross_entropy_from_probs), difference(ce.brier_score)]
    assert heights[:2] == pytest.approx(slopes, rel=1e-4, abs=1e-10)
    assert heights[2] == pytest.approx(4 * ce.sigmoid(z) * ce.sigmoid(-z))
    q, first, second, ratio = said(
        drawn.description, r"q = ([\d.e-]+), they are ([\d.e-]+) and ([\d.e-]+)\..*here it is ([\d.e-]+)\."
    )
    assert [q, first, second, ratio] == pytest.approx([ce.sigmoid(z), *heights], rel=0.06)


def test_squared_error_never_pulls_harder_than_cross_entropy_at_a_mistake():
    lines = figures.slopes_against_logit().figure.axes
    z, cross_entropy = lines[0].lines[1].get_data()
    _, squared = lines[0].lines[2].get_data()
    assert np.all(np.abs(squared) <= np.abs(cross_entropy) * (1 + 1e-12))
    assert squared[z == 0] == cross_entropy[z == 0]


@pytest.mark.parametrize("weight", [-8.0, -6.0, 0.0, 3.0, 8.0])
def test_the_landscapes_are_mean_losses_with_their_slopes(weight):
    drawn = figures.losses_against_weight(weight=weight)

    def losses(w):
        q = 1 / (1 + np.exp(-w * SIDES))
        return np.array([np.mean(-np.log(q)), np.mean(2 * (1 - q) ** 2)])

    slopes = (losses(weight + 1e-5) - losses(weight - 1e-5)) / 2e-5
    found = said(
        drawn.description,
        r"they are ([\d.]+) nats with slope ([-+\d.]+), and ([\d.]+) with slope ([-+\d.]+)\.",
    )
    expected = losses(weight)
    assert found == pytest.approx([expected[0], slopes[0], expected[1], slopes[1]], abs=5.1e-4)
    for (tangent, dot), height, slope in zip(
        (drawn.moving[:2], drawn.moving[2:4]), expected, slopes, strict=True
    ):
        assert dot.get_ydata()[0] == pytest.approx(height)
        assert np.interp(weight, *tangent.get_data()) == pytest.approx(height)
        assert np.diff(tangent.get_ydata())[0] / 16 == pytest.approx(slope, abs=1e-6)


def test_cross_entropy_is_convex_along_the_weight_and_squared_error_is_not():
    left, right = (ax.lines[0].get_ydata() for ax in figures.losses_against_weight().figure.axes)
    assert np.all(np.diff(left, 2) > 0)
    assert np.any(np.diff(right, 2) < 0)


@pytest.mark.parametrize("start", [-8.0, -6.0, 0.0])
@pytest.mark.parametrize("step", [0, 20, 400])
def test_the_race_counts_the_birds_that_are_called_right(start, step):
    drawn = figures.race_of_two_losses(start=start, step=step)
    shares = []
    for loss, rate in (("cross_entropy", 0.5), ("squared_error", 1.0)):
        x = 16.7 - DEPTH[:, None]
        fit = fit_logistic_regression(
            x, GENTOO.astype(float), steps=400, learning_rate=rate, loss=loss, start=([start], 0.0)
        )
        z = x[:, 0] * fit.weights_path[step] + fit.bias_path[step]
        shares.append(100 * np.mean((z > 0) == GENTOO))
    assert said(drawn.description, r"they call ([\d.]+) % and ([\d.]+) % right") == pytest.approx(
        shares, abs=0.05
    )
    assert [dot.get_ydata()[0] for dot in drawn.moving[3:5]] == pytest.approx(shares)


def test_the_first_step_of_the_race_follows_the_slopes_of_the_landscape():
    landscape = figures.losses_against_weight(weight=-6.0).description
    slopes = said(landscape, r"with slope ([-+\d.]+), and [\d.]+ with slope ([-+\d.]+)\.")
    for (loss, rate), slope in zip((("cross_entropy", 0.5), ("squared_error", 1.0)), slopes, strict=True):
        fit = fit_logistic_regression(
            16.7 - DEPTH[:, None],
            GENTOO.astype(float),
            steps=1,
            learning_rate=rate,
            loss=loss,
            start=([-6.0], 0.0),
        )
        assert fit.weights[0] + 6 == pytest.approx(-0.5 * slope, abs=3e-4)


def test_a_race_that_is_not_over_says_so():
    words = figures.race_of_two_losses(start=-8.0).description
    assert "solid) reaches 90 % at step 14" in words
    assert "dashed) is still below 90 % at step 400" in words
