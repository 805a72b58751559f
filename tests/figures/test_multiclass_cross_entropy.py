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
    filled = [bar.get_facecolor() == bar.get_edgecolor() for bar in bars]
    assert filled == list(ce.one_hot(label, 3))
    assert said(drawn.description, r"at q = ([\d.]+) .*the loss is ([\d.]+) nats") == pytest.approx(
        [q[label], -np.log(q[label])], abs=5.1e-4
    )
    guide, dot, price = drawn.moving[6:]
    here = [q[label], -np.log(q[label])]
    assert [*dot.get_xdata(), *dot.get_ydata()] == pytest.approx(here)
    assert np.transpose(guide.get_data()) == pytest.approx(np.array([[here[0], 0], here, [0, here[1]]]))
    assert said(price.get_text(), r"loss ([\d.]+) nats") == pytest.approx(here[1:], abs=5.1e-4)
    assert dot.get_marker() == "o"


def test_a_bar_says_how_often_it_counts_and_how_much():
    for label in range(3):
        texts = [text.get_text() for text in figures.one_hot_picks_one_term(label=label).moving[3:6]]
        assert texts == [
            rf"{int(k == label)} $\cdot$ {price}" for k, price in enumerate(("1.61", "0.36", "2.30"))
        ]


def test_the_curve_is_the_surprise_in_nats():
    curve = figures.one_hot_picks_one_term().figure.axes[1].lines[0]
    assert curve.get_ydata() == pytest.approx(-np.log(curve.get_xdata()))


def test_an_excluded_label_costs_infinitely_much_and_stays_on_the_axes():
    drawn = figures.one_hot_picks_one_term(label=1, q=(0.5, 0.0, 0.5))
    assert "the loss is infinitely many nats" in drawn.description
    assert drawn.moving[7].get_ydata()[0] <= drawn.figure.axes[1].get_ylim()[1]
    assert drawn.moving[7].get_marker() == "^"


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
    for words in (drawn.description, drawn.moving[12].get_text()):
        assert said(words, r"loss (?:is )?([\d.]+) nats") == pytest.approx([loss], abs=5.1e-4)
    written = [float(text.get_text()) for text in drawn.moving[9:12]]
    assert written == pytest.approx(slope, abs=5.1e-3)


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
    assert f"at step {step} it is" in drawn.description
    *_, tag, taught, judged = drawn.moving
    assert said(tag.get_text(), r"loss ([\d.]+) nats") == pytest.approx([cost.max()], abs=5.1e-4)
    assert np.ravel(taught.get_data()) == pytest.approx([step, losses[step]])
    assert np.ravel(judged.get_data()) == pytest.approx([step, cost.mean()])
    if step:
        ring = next(line for line in drawn.moving if getattr(line, "get_markersize", lambda: 0)() == 14)
        assert np.ravel(ring.get_data()) == pytest.approx(features[cost.argmax()])
        assert f"one: {SPECIES[labels[cost.argmax()]]}," in drawn.description


def test_two_curves_are_the_mean_loss_of_those_that_teach_and_of_those_that_judge(training):
    test, logits, losses = training
    solid, dashed = figures.softmax_regression_learns().figure.axes[1].lines[:2]
    assert (solid.get_linestyle(), dashed.get_linestyle()) == ("-", "--")
    assert solid.get_ydata() == pytest.approx(losses)
    held_out = [prices(z, BIRDS.labels[test]).mean() for z in logits]
    assert dashed.get_ydata() == pytest.approx(held_out)


@pytest.mark.parametrize("step", [1, 2, 10, 200])
def test_a_bird_lies_in_the_region_of_its_highest_logit(step, training):
    test, logits, _ = training
    features = BIRDS.features[test]
    polygons = figures.softmax_regression_learns(step=step).moving[:3]
    inside = np.array([polygon.get_path().contains_points(features) for polygon in polygons])
    assert np.array_equal(inside, np.eye(3, dtype=bool)[logits[step].argmax(axis=1)].T)


@pytest.mark.parametrize("step", [1, 200])
def test_on_a_border_two_logits_are_equal(step, training):
    test, _, _ = training
    taught = BIRDS.features[~test]
    model = fit_softmax_regression(
        (taught - taught.mean(0)) / taught.std(0), BIRDS.labels[~test], steps=step, learning_rate=2.0
    )
    drawn = figures.softmax_regression_learns(step=step)
    for region, edge in zip(drawn.moving[:3], drawn.moving[3:6], strict=True):
        corners = np.transpose(edge.get_data())
        assert corners == pytest.approx(region.get_xy())
        inner = corners[(corners[:, 0] > 20.5) & (corners[:, 0] < 71.5)]
        inner = inner[(inner[:, 1] > 5.5) & (inner[:, 1] < 29.5)]
        assert len(inner)
        z = np.sort((inner - taught.mean(0)) / taught.std(0) @ model.weights + model.bias)
        assert z[:, 2] == pytest.approx(z[:, 1])


def test_before_the_first_step_there_is_no_region():
    drawn = figures.softmax_regression_learns(step=0)
    assert all(len(polygon.get_xy()) <= 1 for polygon in drawn.moving[:3])


def test_every_penguin_teaches_or_is_held_out():
    axes = figures.softmax_regression_learns().figure.axes[0]
    for label in range(3):
        lines = axes.lines[2 * label : 2 * label + 2]
        points = np.concatenate([np.column_stack(line.get_data()) for line in lines])
        assert sorted(map(tuple, points)) == sorted(map(tuple, BIRDS.features[BIRDS.labels == label]))


@pytest.mark.parametrize("sureness", [0.0, 1.0])
def test_the_race_is_run_from_the_same_start_with_the_same_step(sureness, training):
    test, _, _ = training
    x, y = BIRDS.features[~test], BIRDS.labels[~test]
    x, unseen = ((part - x.mean(0)) / x.std(0) for part in (x, BIRDS.features[test]))
    model = fit_softmax_regression(x, y, steps=200, learning_rate=2.0)
    start = [sureness * np.roll(part, -1, axis=-1) for part in (model.weights, model.bias)]
    lines = figures.race_with_three_classes(sureness=sureness).moving[:2]
    for line, loss in zip(lines, ("cross_entropy", "squared_error"), strict=True):
        fit = fit_softmax_regression(x, y, steps=30, learning_rate=2.0, loss=loss, start=start)
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
    reached = np.transpose(drawn.moving[2].get_data())
    expected = [
        (x[np.argmax(y >= 90)], y[np.argmax(y >= 90)])
        for x, y in (line.get_data() for line in drawn.moving[:2])
        if y.max() >= 90
    ]
    assert reached == pytest.approx(np.array(expected))
    shown = re.findall(r"(?:entropy|error) (?:at step (\d+)|not)", drawn.moving[3].get_text())
    assert shown == [str(int(step)) for step, _ in expected] + [""] * (2 - len(expected))
    ends = said(drawn.description, r"have ([\d.]+) % and ([\d.]+) %")
    assert ends == pytest.approx([line.get_ydata()[-1] for line in drawn.moving[:2]], abs=0.051)


@pytest.mark.parametrize("sureness", [0.0, 1.0])
def test_the_race_says_how_many_are_right_before_the_first_step(sureness, training):
    test, logits, _ = training
    start = sureness * np.roll(logits[200], -1, axis=1)
    right = 100 * np.mean(start.argmax(axis=1) == BIRDS.labels[test])
    words = figures.race_with_three_classes(sureness=sureness).description
    assert said(words, r"([\d.]+) % right\.") == pytest.approx([right], abs=0.051)


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
    dot, count = drawn.moving[:2]
    assert np.ravel(dot.get_data()).tolist() == [step, length]
    shown = said(count.get_text(), r"step (\d+)\nmessage: (\d+) bits\nlosses: ([\d.]+) bits")
    assert shown == [step, length, bits]


def test_the_curve_above_the_message_is_the_loss_in_bits(training):
    test, logits, _ = training
    curve, most = figures.labels_as_a_message().figure.axes[0].lines[:2]
    bits = [prices(z, BIRDS.labels[test]).sum() / np.log(2) for z in logits]
    assert curve.get_ydata() == pytest.approx(bits)
    assert most.get_ydata() == pytest.approx(bits[:1] * 2)
    ends = said(figures.labels_as_a_message().description, r"from ([\d.]+) bits.*down to ([\d.]+)\. At")
    assert ends == pytest.approx([bits[0], bits[-1]], abs=0.051)
