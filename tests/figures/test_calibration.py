"""The figures of notebook 08 say and show what the functions compute."""

import re

import numpy as np
import pytest

import cecourse as ce
from cecourse import datasets, figures
from cecourse.figures.calibration import _chance_errors, _model

PAIRS = [(0.7, 0.9), (0.7, 0.7), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.5, 0.5), (0.33, 0.5)]


def numbers(words):
    return [float(number) for number in re.findall(r"\d+\.\d+|\d+", words)]


def after(words, start):
    return words.partition(start)[2]


def four_charges(p, q):
    """Written out, by what happens: rain with probability p, q is stated."""
    log = ce.binary_cross_entropy_from_probs(q, p)
    brier = p * 2 * (1 - q) ** 2 + (1 - p) * 2 * q**2
    absolute = p * (1 - q) + (1 - p) * q
    calls_rain = 0.5 if q == 0.5 else float(q > 0.5)
    return [log, brier, absolute, p * (1 - calls_rain) + (1 - p) * calls_rain]


@pytest.mark.parametrize(("truth", "stated"), PAIRS)
def test_the_four_charges_are_said_as_they_are_computed(truth, stated):
    said = after(figures.honesty_under_four_scores(truth, stated).description, "costs ")
    paid = re.findall(r"([\d.]+|infinite) against ([\d.]+)", said)
    expected = list(zip(four_charges(truth, stated), four_charges(truth, truth), strict=True))
    got = [(np.inf if a == "infinite" else float(a), float(b.rstrip("."))) for a, b in paid]
    assert np.allclose(got, expected, atol=0.000501)


@pytest.mark.parametrize(("truth", "stated"), PAIRS)
def test_the_curves_are_the_charges(truth, stated):
    figure = figures.honesty_under_four_scores(truth, stated)
    curves = [ax.get_lines()[0].get_data() for ax in figure.figure.axes]
    for n, (x, y) in enumerate(curves):
        expected = np.array([four_charges(truth, q)[n] for q in x])
        shown = ~np.isnan(y)
        assert np.allclose(y[shown], expected[shown])
        assert (expected[~shown] > 2.9).all()


@pytest.mark.parametrize("truth", [0.0, 0.2, 0.7, 1.0])
def test_only_log_and_brier_are_lowest_at_the_truth_alone(truth):
    log, brier, absolute, wrong = (
        ax.get_lines()[0].get_ydata() for ax in figures.honesty_under_four_scores(truth, 0.9).figure.axes
    )
    stated = np.linspace(0, 1, 401)
    for strict in (log, brier):
        assert np.isclose(stated[np.nanargmin(strict)], truth)
        assert (strict == np.nanmin(strict)).sum() == 1
    assert stated[absolute.argmin()] == round(truth)
    assert (wrong == wrong.min()).sum() == 200


def test_a_price_beyond_the_axis_is_a_triangle_at_its_top():
    figure = figures.honesty_under_four_scores(0.0, 1.0)
    dot = figure.moving[8]
    assert dot.get_marker() == "^"
    assert dot.get_ydata()[0] == 3


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.95, 16.0])
def test_the_reliability_diagram_is_that_of_the_test_birds(temperature):
    figure = figures.reliability_of_penguins(temperature)
    z, labels = _model().test
    q = ce.softmax(z / temperature)
    seen = ce.reliability(q, labels)
    filled = seen.samples > 0
    points = figure.moving[1].get_offsets()
    assert np.allclose(points, np.stack([seen.confidence, seen.accuracy], axis=-1)[filled])
    said = figure.description
    assert f"Calibration error {ce.expected_calibration_error(q, labels):.3f}" in said
    assert f"here {ce.cross_entropy_from_logits(z / temperature, labels):.3f} nats" in said


def test_bars_of_chance_are_two_standard_errors_of_the_confidence():
    figure = figures.reliability_of_penguins(1.0)
    seen = ce.reliability(ce.softmax(_model().test[0]), _model().test[1])
    x, y = (np.asarray(v).reshape(-1, 3)[:, :2] for v in figure.moving[0].get_data())
    confidence, samples = seen.confidence[seen.samples > 0], seen.samples[seen.samples > 0]
    error = np.sqrt(confidence * (1 - confidence) / samples)
    assert np.allclose(x, confidence[:, None])
    assert np.allclose(y[:, 0], np.clip(confidence - 2 * error, 0, 1))
    assert np.allclose(y[:, 1], np.clip(confidence + 2 * error, 0, 1))


def test_the_temperature_moves_points_towards_the_diagonal():
    assert "2 of 5 lie on the grey bars" in figures.reliability_of_penguins(1.0).description
    tuned = figures.reliability_of_penguins.presets["tuned"]
    assert "4 of 6 lie on the grey bars" in figures.reliability_of_penguins(**tuned).description
    assert np.isclose(tuned["temperature"], _model().best, atol=0.005)


def test_both_valleys_are_losses_and_the_dashed_one_is_lowest_at_the_fitted_temperature():
    lines = figures.reliability_of_penguins().figure.axes[1].get_lines()
    valleys = {line.get_linestyle(): line.get_data() for line in lines if len(line.get_xdata()) > 3}
    for style, (z, labels) in (("-", _model().test), ("--", _model().tune)):
        temperatures, losses = valleys[style]
        expected = [ce.cross_entropy_from_logits(z / t, labels) for t in temperatures]
        assert np.allclose(losses, expected)
    temperatures, losses = valleys["--"]
    assert np.isclose(temperatures[losses.argmin()], _model().best, rtol=0.03)


def test_birds_that_learn_tune_and_test_are_all_the_birds():
    (_, tune), (_, test), _ = _model()
    assert 31 + len(tune) + len(test) == len(datasets.penguins().labels)


@pytest.mark.parametrize("bins", [5, 10, 20, 40])
def test_errors_of_the_calibrated_fall_with_the_birds_and_grow_with_the_bins(bins):
    figure = figures.error_of_the_calibrated(bins)
    sizes, mean = figure.moving[0].get_data()
    assert np.all(np.diff(mean) < 0)
    assert np.all(mean >= _chance_errors(5)[1])
    said = numbers(after(figure.description, "falls from"))
    assert np.allclose(said[:6:2], mean[[0, 3, -1]], atol=0.000501)
    assert said[1:6:2] == [sizes[0], sizes[3], sizes[-1]]
    z, labels = _model().test
    raw, cooled = (ce.expected_calibration_error(ce.softmax(z / t), labels, bins) for t in (1, _model().best))
    measured = numbers(after(figure.description, "Measured on"))
    assert np.allclose(measured[:2] + measured[3:4], [len(labels), raw, cooled], atol=0.000501)
    assert np.allclose([dot.get_ydata()[0] for dot in figure.moving[3:5]], [raw, cooled])


def test_before_its_temperature_the_model_is_beyond_chance_and_after_it_is_not():
    low, _, high = _chance_errors(10)
    z, labels = _model().test
    raw, cooled = (ce.expected_calibration_error(ce.softmax(z / t), labels) for t in (1, _model().best))
    assert low[3] < cooled < high[3] < raw


@pytest.mark.parametrize("classes", [2, 3, 10, 100, 1000])
@pytest.mark.parametrize("lead", [0.0, 4.0, 12.0])
def test_softmax_twice_stays_above_its_floor(classes, lead):
    figure = figures.softmax_twice_has_a_floor(classes, lead)
    top, floor = np.log(classes), np.log(np.e + classes - 1) - 1
    floor_line, once, twice = (np.asarray(line.get_ydata()) * top for line in figure.moving[:3])
    assert np.allclose(floor_line, floor)
    assert np.all(twice >= floor)
    assert np.isclose(twice[-1], floor, atol=0.01 * classes**0.5)
    assert np.isclose(once[0], top)
    assert np.isclose(twice[0], top)
    z = np.r_[lead, np.zeros(classes - 1)]
    losses = [ce.cross_entropy_from_logits(v, 0) for v in (z, ce.softmax(z))]
    assert np.allclose(numbers(after(figure.description, "At a lead of"))[1:], losses, atol=0.000501)
    assert f"{floor:.3f} nats" in figure.description
