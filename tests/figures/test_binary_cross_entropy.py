"""The figures of notebook 07 say and show what the functions say."""

import re

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

import cecourse as ce
from cecourse import figures
from cecourse.datasets import orings, penguins
from cecourse.learning import fit_logistic_regression, standardize

LAUNCH = 31
FLIGHTS = [(0, 0.0), (0, 3.0), (14, 3.0), (21, 6.0), (23, 1.5)]
NAMES = ("Adelie", "Chinstrap", "Gentoo")


def numbers(words):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", words)]


def nats(words):
    """The numbers in front of the word "nats"."""
    return [float(n) for n in re.findall(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?) nats", words)]


def flips_of_the_figure():
    return (np.random.default_rng(0).random(2000) < 0.7).astype(int)


def oracle(left_out=0):
    """Logistic regression of another library, without a penalty: weight per degree and bias."""
    flights = orings()
    kept = np.arange(1, 24) != left_out
    model = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000)
    model.fit(flights.temperature[kept, None] - 70, flights.damage[kept])
    return model.coef_[0, 0], model.intercept_[0] - 70 * model.coef_[0, 0]


def total_nats(weight, bias, left_out):
    flights = orings()
    kept = np.arange(1, 24) != left_out
    z = np.multiply.outer(weight, flights.temperature[kept]) + np.asarray(bias)[..., None]
    targets = np.broadcast_to(flights.damage[kept], z.shape)
    return ce.binary_cross_entropy_from_logits(z, targets, reduction="none").sum(axis=-1)


@pytest.mark.parametrize(("q", "flips"), [(0.7, 2000), (0.5, 10), (0.02, 2000), (0.98, 100)])
def test_the_likelihood_s_logarithm_is_the_sum_of_the_losses(q, flips):
    figure = figures.likelihood_of_flips(q=q, flips=flips)
    y = flips_of_the_figure()[:flips]
    losses = ce.binary_cross_entropy_from_probs(np.full(flips, q), y, reduction="none")
    left = figure.figure.axes[0]
    assert left.lines[0].get_ydata() == pytest.approx(-np.r_[0, losses.cumsum()])
    said = nats(figure.description)
    assert said[0] == pytest.approx(-losses.sum(), abs=0.05)
    assert said[1] == pytest.approx(losses.mean(), abs=5e-4)
    product = np.prod(np.where(y == 1, q, 1 - q))
    assert ("still above 0" in figure.description) == (product > 0)


def test_the_mean_loss_is_lowest_at_the_frequency():
    right = figures.likelihood_of_flips(flips=500).figure.axes[1]
    beliefs, means = right.lines[1].get_data()
    frequency = flips_of_the_figure()[:500].mean()
    assert beliefs[means.argmin()] == pytest.approx(frequency, abs=0.005)
    assert right.lines[0].get_xdata() == pytest.approx([frequency, frequency])
    assert means.min() == pytest.approx(ce.binary_entropy(frequency, base=np.e), abs=1e-4)


@pytest.mark.parametrize(("kind", "lowest", "highest"), [("float32", "-18", "17"), ("float64", "-38", "37")])
def test_the_written_out_loss_has_two_edges(kind, lowest, highest):
    figure = figures.written_out_loss_breaks(numbers=kind)
    assert f"0 up to {lowest} and infinite from {highest} on" in figure.description
    line, crosses, zeros, infinite = figure.figure.axes[0].lines[:4]
    assert line.get_ydata() == pytest.approx(np.log1p(np.exp(line.get_xdata())), rel=1e-12)
    assert zeros.get_xdata().max() == float(lowest)
    assert infinite.get_xdata().min() == float(highest)
    inner = np.abs(crosses.get_xdata()) < 5
    assert crosses.get_ydata()[inner] == pytest.approx(np.log1p(np.exp(crosses.get_xdata()[inner])), rel=1e-4)


@pytest.mark.parametrize(
    ("z", "kind", "words"),
    [(40.0, "float64", "40 nats, written out inf"), (-48.0, "float32", "1.43e-21 nats, written out 0.")],
)
def test_the_exact_loss_stands_beside_the_written_out_one(z, kind, words):
    assert words in figures.written_out_loss_breaks(z=z, numbers=kind).description


@pytest.mark.parametrize(("z", "y"), [(-2.0, 1.0), (0.8, 0.7), (6.0, 0.0), (-6.0, 0.25)])
def test_a_logit_s_loss_lies_above_its_arms_and_its_tangent(z, y):
    figure = figures.slope_of_a_logit(z=z, y=y)
    left, right = figure.figure.axes
    arms, loss, tangent = (line.get_data() for line in left.lines[:3])
    logits, slopes = right.lines[1].get_data()
    gap = loss[1] - arms[1]
    assert gap.max() == pytest.approx(np.log(2))
    assert np.all(gap > 0)
    ends = ce.binary_cross_entropy_from_logits(np.array(tangent[0]), np.full(2, y), reduction="none")
    assert np.all(ends > tangent[1])
    assert slopes == pytest.approx(ce.sigmoid(logits) - y)
    said = numbers(figure.description)
    assert said[-2] == pytest.approx(ce.binary_cross_entropy_from_logits(z, y), abs=5e-4)
    assert said[-1] == pytest.approx(ce.sigmoid(z) - y, abs=5e-4)
    assert "-0.00" not in figure.description


@pytest.mark.parametrize("left_out", range(24))
def test_the_fit_is_that_of_another_library(left_out):
    figure = figures.damage_against_temperature(left_out=left_out)
    degrees, fitted = figure.figure.axes[0].lines[3].get_data()
    weight, bias = oracle(left_out)
    assert fitted == pytest.approx(ce.sigmoid(weight * degrees + bias), abs=1e-5)


def test_the_coefficients_are_those_of_another_library():
    flights = orings()
    fit = fit_logistic_regression(
        standardize(flights.temperature[:, None]), flights.damage, steps=200, learning_rate=4.0
    )
    weight = fit.weights[0] / flights.temperature.std()
    bias = fit.bias - weight * flights.temperature.mean()
    assert (weight, bias) == pytest.approx(oracle(), rel=1e-5)
    assert (weight, bias) == pytest.approx((-0.2322, 15.0429), rel=1e-3)


@pytest.mark.parametrize(("left_out", "bits"), FLIGHTS)
def test_the_band_holds_the_curves_that_cost_so_much_more(left_out, bits):
    """Its ends at 31 degrees are found again along the valley: the cheapest curve through each end."""
    figure = figures.damage_against_temperature(left_out=left_out, bits=bits)
    low, high = sorted(figure.figure.axes[0].lines[4].get_ydata())
    best = total_nats(*oracle(left_out), left_out)
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-6:
            logit, weights = np.log(end / (1 - end)), np.linspace(-2, 0.1, 4201)
            cheapest = total_nats(weights, logit - LAUNCH * weights, left_out).min()
            assert (cheapest - best) / np.log(2) == pytest.approx(bits, abs=0.01)
    assert f"from {low:.3f} to" in figure.description
    assert f"at most {bits:g} bits more" in figure.description


def test_the_flights_are_drawn_where_they_were():
    flights = orings()
    dots = figures.damage_against_temperature().figure.axes[0].lines[0]
    assert np.array_equal(dots.get_xdata(), flights.temperature)
    assert np.array_equal(dots.get_ydata() > 0.5, flights.damage == 1)
    assert len(set(zip(*dots.get_data(), strict=True))) == 23
    hole = figures.damage_against_temperature(left_out=21).figure.axes[0].lines[-1]
    assert hole.get_xdata() == [75]


@pytest.mark.parametrize("target", [(1, 1, 0), (0, 1, 0), (1, 1, 1), (0, 0, 0)])
@pytest.mark.parametrize("z", [(3.0, 3.0, -3.0), (-6.0, 6.0, 0.0)])
def test_sigmoids_answer_each_label_and_softmax_one(z, target):
    figure = figures.several_labels_or_one(*z, target=target)
    words, y = figure.description, np.array(target, dtype=float)
    left, right = figure.figure.axes
    assert [bar.get_height() for bar in left.patches[:3]] == pytest.approx(ce.sigmoid(z))
    assert [bar.get_height() for bar in right.patches[:3]] == pytest.approx(ce.softmax(z))
    each = ce.binary_cross_entropy_from_logits(z, y, reduction="sum")
    one = [ce.cross_entropy_from_logits(z, y / y.sum())] if y.any() else []
    assert nats(words) == pytest.approx([each, *one], abs=5e-4)
    assert ("no target" in words) == (not y.any())
    there = words.split(";")[0]
    assert [name in there for name in NAMES] == [bool(here) for here in target]


@pytest.mark.parametrize(("weight", "threshold"), [(4, 0.5), (4, 0.2), (1, 0.5), (20, 0.0), (20, 1.0)])
def test_the_costs_are_counted_on_the_birds(weight, threshold):
    figure = figures.weight_against_threshold(weight=weight, threshold=threshold)
    birds = penguins("bill_length_mm")
    rare = birds.labels == 1
    said = re.findall(r"(\d+) of 68 found, (\d+) false alarms, cost (\d+\.\d+)", figure.description)
    trained = (1, weight)[: 1 + (weight > 1)]
    assert len(said) == len(trained)
    for v, (found, false, cost) in zip(trained, said, strict=True):
        model = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000, class_weight={0: 1, 1: v})
        called = model.fit(birds.features - 45, rare).predict_proba(birds.features - 45)[:, 1] >= threshold
        assert (int(found), int(false)) == (np.sum(called & rare), np.sum(called & ~rare))
        misses = np.sum(~called & rare)
        assert float(cost) == pytest.approx((weight * misses + np.sum(called & ~rare)) / 342, abs=5e-4)


def test_a_weight_moves_the_odds():
    left = figures.weight_against_threshold(weight=4).figure.axes[0]
    (lengths, plain), (_, lifted) = (left.lines[i].get_data() for i in (2, 3))
    ratio = lifted / (1 - lifted) / (plain / (1 - plain))
    assert np.all(lifted > plain)
    assert np.interp(47.0, lengths, ratio) == pytest.approx(4, rel=0.1)
