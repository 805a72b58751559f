"""The figures of notebook 06: what they draw and say, held against the tested functions."""

import re

import numpy as np
import pytest

import cecourse as ce
from cecourse import figures
from cecourse.datasets import penguins
from cecourse.learning import fit_softmax_regression

BIRDS = penguins()
SPECIES = BIRDS.species


def said(words, pattern):
    """The numbers in the groups of the pattern, as they are said."""
    return [float(number) for number in re.search(pattern, words).groups()]


@pytest.fixture(scope="module")
def training():
    """Softmax regression on 240 penguins, written out: which birds test, their logits, the losses."""
    rng, test = np.random.default_rng(0), np.zeros(342, dtype=bool)
    for label in range(3):
        members = np.flatnonzero(BIRDS.labels == label)
        test[rng.permutation(members)[: round(0.3 * len(members))]] = True
    taught = BIRDS.features[~test]
    x, unseen = ((part - taught.mean(0)) / taught.std(0) for part in (taught, BIRDS.features[test]))
    w, b, targets = np.zeros((2, 3)), np.zeros(3), np.eye(3)[BIRDS.labels[~test]]
    logits, losses = [], []
    for _ in range(201):
        q = np.exp(x @ w + b)
        q /= q.sum(axis=1, keepdims=True)
        logits.append(unseen @ w + b)
        losses.append(-np.mean(np.log(q[targets == 1])))
        w, b = w - 2 * x.T @ (q - targets) / len(x), b - 2 * np.mean(q - targets, axis=0)
    return test, np.array(logits), np.array(losses)


def prices(logits, labels):
    return np.log(np.exp(logits).sum(-1)) - np.take_along_axis(logits, labels[:, None], axis=-1)[:, 0]


@pytest.mark.parametrize("label", range(3))
@pytest.mark.parametrize("q", [(0.2, 0.7, 0.1), (0.98, 0.01, 0.01), (1 / 3, 1 / 3, 1 / 3)])
def test_the_label_picks_one_of_three_surprises(label, q):
    drawn = figures.one_hot_picks_one_term(label=label, q=q)
    bars = drawn.moving[:3]
    assert [bar.get_height() for bar in bars] == pytest.approx(-np.log(q))
    assert [bar.get_facecolor() == bars[label].get_facecolor() for bar in bars] == list(ce.one_hot(label, 3))
    assert said(drawn.description, r"the loss is ([\d.]+) nats") == pytest.approx(
        [-np.log(q[label])], abs=5e-4
    )
    dot = drawn.moving[7]
    assert [*dot.get_xdata(), *dot.get_ydata()] == pytest.approx([q[label], -np.log(q[label])])


def test_the_curve_is_the_surprise_in_nats():
    curve = figures.one_hot_picks_one_term().figure.axes[1].lines[0]
    assert curve.get_ydata() == pytest.approx(-np.log(curve.get_xdata()))


def test_an_excluded_label_costs_infinitely_much_and_stays_on_the_axes():
    drawn = figures.one_hot_picks_one_term(label=1, q=(0.5, 0.0, 0.5))
    assert "the loss is infinitely many nats" in drawn.description
    assert drawn.moving[7].get_ydata()[0] <= drawn.figure.axes[1].get_ylim()[1]


def test_bars_without_weight_are_refused_before_anything_moves():
    drawn = figures.one_hot_picks_one_term()
    before = [bar.get_height() for bar in drawn.moving[:3]]
    with pytest.raises(ValueError, match="some weight"):
        drawn.move(label=0, q=(0, 0, 0))
    assert [bar.get_height() for bar in drawn.moving[:3]] == before


@pytest.mark.parametrize("label", range(3))
@pytest.mark.parametrize("z", [(2.0, 1.0, -1.0), (-5.0, 5.0, 5.0), (0.0, 0.0, 0.0), (5.0, -5.0, -5.0)])
def test_the_third_row_of_bars_is_the_slope_by_differences(z, label):
    drawn = figures.slope_is_prediction_minus_target(*z, label)
    q, p, slope = ([bar.get_height() for bar in drawn.moving[i : i + 3]] for i in (0, 3, 6))
    h = 1e-5
    around = [
        [prices(np.array([z]) + sign * h * np.eye(3)[k], np.array([label]))[0] for sign in (1, -1)]
        for k in range(3)
    ]
    assert slope == pytest.approx([(up - down) / (2 * h) for up, down in around], abs=1e-8)
    assert slope == pytest.approx(np.subtract(q, p), abs=1e-12)
    loss = prices(np.array([z]), np.array([label]))[0]
    assert said(drawn.description, r"The loss is ([\d.]+) nats") == pytest.approx([loss], abs=5.1e-4)


@pytest.mark.parametrize("step", [0, 1, 10, 200])
def test_the_training_says_what_gradient_descent_gives(step, training):
    test, logits, losses = training
    features, labels = BIRDS.features[test], BIRDS.labels[test]
    drawn = figures.softmax_regression_learns(step=step)
    cost = prices(logits[step], labels)
    right, worst, trained, held_out = said(
        drawn.description,
        r"birds (\d+) of 102 .*one: \w+, ([\d.]+) nats.*it is ([\d.]+) nats in training, ([\d.]+) nats held",
    )
    assert right == np.sum(logits[step].argmax(axis=1) == labels)
    assert [worst, trained, held_out] == pytest.approx([cost.max(), losses[step], cost.mean()], abs=5.1e-4)
    if step:
        ring = next(line for line in drawn.moving if getattr(line, "get_markersize", lambda: 0)() == 14)
        assert np.ravel(ring.get_data()) == pytest.approx(features[cost.argmax()])
        assert f"one: {SPECIES[labels[cost.argmax()]]}," in drawn.description


@pytest.mark.parametrize("step", [1, 2, 10, 200])
def test_a_bird_lies_in_the_region_of_its_highest_logit(step, training):
    test, logits, _ = training
    features = BIRDS.features[test]
    polygons = figures.softmax_regression_learns(step=step).moving[:3]
    inside = np.array([polygon.get_path().contains_points(features) for polygon in polygons])
    assert np.array_equal(inside, np.eye(3, dtype=bool)[logits[step].argmax(axis=1)].T)


def test_before_the_first_step_there_is_no_region():
    drawn = figures.softmax_regression_learns(step=0)
    assert all(len(polygon.get_xy()) <= 1 for polygon in drawn.moving[:3])


def test_every_penguin_teaches_or_is_held_out():
    axes = figures.softmax_regression_learns().figure.axes[0]
    points = np.concatenate([np.column_stack(line.get_data()) for line in axes.lines[:6]])
    assert sorted(map(tuple, points)) == sorted(map(tuple, BIRDS.features))


@pytest.mark.parametrize("sureness", [0.0, 1.0])
def test_the_race_is_run_from_the_same_start_with_the_same_step(sureness, training):
    test, _, _ = training
    x, y = BIRDS.features[~test], BIRDS.labels[~test]
    x, unseen = ((part - x.mean(0)) / x.std(0) for part in (x, BIRDS.features[test]))
    model = fit_softmax_regression(x, y, 200, 2.0)
    start = [sureness * np.roll(part, -1, axis=-1) for part in (model.weights, model.bias)]
    lines = figures.race_with_three_classes(sureness=sureness).moving[:2]
    for line, loss in zip(lines, ("cross_entropy", "squared_error"), strict=True):
        fit = fit_softmax_regression(x, y, 30, 2.0, loss, start)
        shares = [
            100 * np.mean((unseen @ w + b).argmax(axis=1) == BIRDS.labels[test])
            for w, b in zip(fit.weights_path, fit.bias_path, strict=True)
        ]
        assert line.get_ydata()[:30] == pytest.approx(shares[1:])


@pytest.mark.parametrize("sureness", [0.0, 0.5, 1.0, 2.0])
def test_the_race_says_when_each_loss_reaches_nine_in_ten(sureness):
    drawn = figures.race_with_three_classes(sureness=sureness)
    for line, name in zip(drawn.moving[:2], ("solid", "dashed"), strict=True):
        steps, shares = line.get_data()
        words = (
            f"({name}) reaches 90 % at step {steps[np.argmax(shares >= 90)]}"
            if shares.max() >= 90
            else f"({name}) is below 90 %"
        )
        assert words in drawn.description


@pytest.mark.parametrize("step", [0, 1, 10, 200])
def test_the_strokes_are_a_message_that_holds_the_labels(step, training):
    test, logits, _ = training
    labels = BIRDS.labels[test]
    drawn = figures.labels_as_a_message(step=step)
    strokes = drawn.moving[2].get_segments()
    message = "".join("1" if stroke[1][1] == 1 else "0" for stroke in strokes)
    assert np.array_equal(ce.arithmetic_decode(message, ce.softmax(logits[step])), labels)
    bits, length = said(drawn.description, r"sum to ([\d.]+) bits.*coder, has (\d+) bits")
    assert bits == pytest.approx(prices(logits[step], labels).sum() / np.log(2), abs=0.051)
    assert length == len(message) < bits + 2
