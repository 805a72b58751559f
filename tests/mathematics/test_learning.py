"""A linear model learns down the slope, and finds what other programs find."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import StandardScaler

from cecourse.datasets import orings, penguins
from cecourse.learning import (
    binary_squared_error_from_logits_grad,
    fit_linear_regression,
    fit_logistic_regression,
    fit_softmax_regression,
    fit_temperature,
    squared_error_from_logits_grad,
    standardize,
    stratified_split,
)
from cecourse.losses import (
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_grad,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    one_hot,
)
from cecourse.scores import brier_score
from cecourse.softmax import sigmoid, softmax


def clouds(classes=3, samples=200, spread=1.0):
    """Overlapping clouds of points in the plane, and their labels."""
    rng = np.random.default_rng(5)
    labels = rng.integers(0, classes, samples)
    return rng.normal(size=(samples, 2)) * spread + 2 * rng.normal(size=(classes, 2))[labels], labels


def differences(f, z, step=1e-6):
    """Slope of the number f(z) in every entry of z, by central differences."""
    slope = np.empty_like(z)
    for i in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[i] += step
        down[i] -= step
        slope[i] = (f(up) - f(down)) / (2 * step)
    return slope


# Splitting


def test_every_class_keeps_its_share_in_both_parts():
    labels = penguins().labels
    train, test = stratified_split(labels, 0.3, np.random.default_rng(0))
    assert np.bincount(labels[test]).tolist() == [45, 20, 37]
    assert np.bincount(labels[train]).tolist() == [106, 48, 86]


@given(st.lists(st.integers(0, 4), max_size=60), st.floats(0.01, 1, exclude_max=True), st.integers(0, 100))
def test_every_sample_stands_in_exactly_one_part(labels, share, seed):
    train, test = stratified_split(np.array(labels, dtype=int), share, np.random.default_rng(seed))
    assert sorted([*train, *test]) == list(range(len(labels)))
    assert (np.diff(train) > 0).all()
    assert (np.diff(test) > 0).all()


def test_the_generator_decides_the_split_and_nothing_else():
    labels = penguins().labels
    first, again, other = (stratified_split(labels, 0.3, np.random.default_rng(s))[1] for s in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_split_needs_a_share_and_a_generator():
    with pytest.raises(ValueError, match="`test_share` is 30; expected a share between 0 and 1"):
        stratified_split([0, 1], 30, np.random.default_rng(0))
    with pytest.raises(TypeError, match=r"`rng` is 0; expected a generator. Give np.random.default_rng"):
        stratified_split([0, 1], 0.5, 0)


# Standardising


def test_standardised_features_have_mean_0_and_deviation_1():
    x = standardize(penguins().features)
    assert x.mean(axis=0) == pytest.approx([0, 0], abs=1e-14)
    assert x.std(axis=0) == pytest.approx([1, 1], abs=1e-14)


def test_the_test_part_is_measured_by_the_training_part():
    train, test = np.array([[0.0, 1.0], [2.0, 5.0]]), np.array([[4.0, 3.0]])
    assert standardize(test, like=train).tolist() == [[3.0, 0.0]]
    oracle = StandardScaler().fit(train)
    assert standardize(test, like=train) == pytest.approx(oracle.transform(test), abs=1e-15)


def test_a_constant_feature_tells_nothing():
    with pytest.raises(ValueError, match=r"feature in column 1 has the same value .* Leave this column out"):
        standardize([[1.0, 0.1], [2.0, 0.1], [3.0, 0.1]])


@pytest.mark.parametrize("x", [[1.0, 2.0], np.empty((0, 2)), np.empty((2, 0)), 3.0])
def test_features_are_a_table(x):
    with pytest.raises(ValueError, match=r"`x` has the shape .*; expected one row per sample .*x\[:, None\]"):
        standardize(x)


def test_a_missing_value_is_refused():
    with pytest.raises(ValueError, match=r"`x` holds nan at index \(1, 0\); expected finite numbers"):
        standardize([[1.0], [np.nan]])


def test_a_split_takes_one_row_of_labels_and_a_share_below_1():
    for bad in ([[0, 1], [1, 0]], [[0], [1], [1]], 3):
        with pytest.raises(ValueError, match=r"`labels` has the shape .*; expected one label per sample"):
            stratified_split(bad, 0.5, np.random.default_rng(0))
    for share in (0, 1, 1.0, np.nan):
        with pytest.raises(ValueError, match=r"`test_share` is .*; expected a share between 0 and 1"):
            stratified_split([0, 1, 0, 1], share, np.random.default_rng(0))


@pytest.mark.parametrize("scale", [1e-320, 1e-200, 1.0, 5e307])
def test_features_of_every_size_are_standardised_in_silence(scale):
    with np.errstate(all="raise"):
        assert standardize(scale * np.array([[1.0, -3.0], [3.0, 1.0]])).tolist() == [[-1, -1], [1, 1]]


# Regression on numbers


def test_least_squares_agrees_with_scikit_learn():
    birds = penguins()
    weights, bias = fit_linear_regression(birds.features, birds.labels)
    oracle = LinearRegression().fit(birds.features, birds.labels)
    assert weights == pytest.approx(oracle.coef_, rel=1e-10)
    assert bias == pytest.approx(oracle.intercept_, rel=1e-10)


def test_renumbering_the_species_changes_the_answer_of_a_regression():
    birds = penguins()
    renumbered = np.array([2, 0, 1])

    def called(numbers):
        weights, bias = fit_linear_regression(birds.features, numbers[birds.labels])
        nearest = np.abs((birds.features @ weights + bias)[:, None] - numbers).argmin(axis=1)
        return nearest

    assert (called(np.arange(3)) != called(renumbered)).mean() > 0.1


def test_one_regression_per_column_of_targets():
    x, labels = clouds()
    weights, bias = fit_linear_regression(x, one_hot(labels, 3))
    assert weights.shape == (2, 3)
    assert (x @ weights + bias).sum(axis=1) == pytest.approx(np.ones(len(x)), abs=1e-12)


# The slope of the squared error


@given(st.lists(st.floats(-4, 4), min_size=6, max_size=6))
def test_the_slope_of_the_squared_error_is_the_slope(numbers):
    z, labels = np.reshape(numbers, (2, 3)), [2, 0]
    expected = differences(lambda z: brier_score(softmax(z), labels), z)
    assert squared_error_from_logits_grad(z, labels) == pytest.approx(expected, abs=1e-9)
    soft = np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])
    expected = differences(lambda z: brier_score(softmax(z), soft, reduction="sum"), z)
    assert squared_error_from_logits_grad(z, soft, reduction="sum") == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.floats(-4, 4), min_size=3, max_size=3))
def test_the_slope_of_the_binary_squared_error_is_the_slope(numbers):
    z, y = np.array(numbers), np.array([0.0, 1.0, 0.3])
    expected = differences(lambda z: np.mean((sigmoid(z) - y) ** 2), z)
    assert binary_squared_error_from_logits_grad(z, y) == pytest.approx(expected, abs=1e-9)


@given(st.floats(-30, 30))
def test_two_classes_have_twice_the_binary_squared_error(z):
    binary = binary_squared_error_from_logits_grad(z, 1)
    both = squared_error_from_logits_grad([[0.0, z]], [1])
    assert both[0] == pytest.approx([-2 * binary, 2 * binary], rel=1e-12)


def test_the_slope_of_the_squared_error_vanishes_when_the_model_is_surely_wrong():
    wrong = -20.0
    squared = binary_squared_error_from_logits_grad(wrong, 1)
    assert binary_cross_entropy_from_logits_grad(wrong, 1) == pytest.approx(-1, abs=1e-8)
    assert squared == pytest.approx(-2 * np.exp(wrong), rel=1e-8)


def test_small_integers_do_not_wrap():
    z = np.array([1, 200], dtype=np.uint8)
    assert binary_squared_error_from_logits_grad(z, [0, 1], reduction="none") == pytest.approx(
        binary_squared_error_from_logits_grad([1.0, 200.0], [0, 1], reduction="none"), rel=1e-15
    )


# Training


def test_the_first_step_by_hand():
    # Logits 0: probabilities 1/2, errors -1/2 and 1/2; the mean over two samples of x times error is 1/2.
    fit = fit_logistic_regression([[-1.0], [1.0]], [0, 1], steps=1, learning_rate=0.1)
    assert fit.weights == pytest.approx([0.05], rel=1e-15)
    assert fit.bias == 0
    assert fit.losses == pytest.approx([np.log(2), np.log1p(np.exp(-0.05))], rel=1e-14)
    softmax_fit = fit_softmax_regression([[-1.0], [1.0]], [0, 1], steps=1, learning_rate=0.1)
    assert softmax_fit.weights == pytest.approx(np.array([[-0.05, 0.05]]), rel=1e-15)


def test_a_model_that_knows_nothing_starts_at_log_c():
    x, labels = clouds(classes=4)
    assert fit_softmax_regression(x, labels, steps=1).losses[0] == pytest.approx(np.log(4), rel=1e-15)


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
def test_history_holds_every_moment_from_the_start_to_the_end(loss):
    x, labels = clouds()
    fit = fit_softmax_regression(x, labels, steps=7, loss=loss)
    assert fit.losses.shape == (8,)
    assert fit.weights_path.shape == (8, 2, 3)
    assert fit.bias_path.shape == (8, 3)
    assert np.array_equal(fit.weights_path[-1], fit.weights)
    assert np.array_equal(fit.bias_path[-1], fit.bias)
    assert not fit.weights_path[0].any()
    z = x @ fit.weights_path[3] + fit.bias_path[3]
    value = {
        "cross_entropy": cross_entropy_from_logits,
        "squared_error": lambda z, t: brier_score(softmax(z), t),
    }
    assert fit.losses[3] == value[loss](z, labels)


def test_the_history_of_squared_error_is_the_squared_error():
    # Logits 0 make every probability 1/2: 1/4 is its squared distance from the target, in each class.
    x, labels = clouds(classes=2)
    assert fit_softmax_regression(x, labels, steps=1, loss="squared_error").losses[0] == 0.5
    fit = fit_logistic_regression(x, labels, steps=1, loss="squared_error")
    assert fit.losses[0] == 0.25
    assert fit.losses[1] == pytest.approx(
        np.mean((sigmoid(x @ fit.weights + fit.bias) - labels) ** 2), rel=1e-15
    )


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("fit", [fit_softmax_regression, fit_logistic_regression])
def test_small_steps_only_go_down(fit, loss):
    x, labels = clouds(classes=2)
    losses = fit(x, labels, steps=200, learning_rate=0.05, loss=loss).losses
    assert (np.diff(losses) < 0).all()


def test_a_step_goes_down_the_slope_of_the_loss():
    x, labels = clouds(samples=20)
    weights = np.random.default_rng(0).normal(size=(2, 3))
    bias = np.array([0.1, -0.2, 0.3])
    fit = fit_softmax_regression(x, labels, steps=1, learning_rate=0.5, start=(weights, bias))
    by_weights = differences(lambda w: cross_entropy_from_logits(x @ w + bias, labels), weights)
    by_bias = differences(lambda b: cross_entropy_from_logits(x @ weights + b, labels), bias)
    assert fit.weights == pytest.approx(weights - 0.5 * by_weights, abs=1e-8)
    assert fit.bias == pytest.approx(bias - 0.5 * by_bias, abs=1e-8)


def test_softmax_regression_finds_the_minimum_that_scikit_learn_finds():
    x, labels = clouds(spread=2.0)
    fit = fit_softmax_regression(x, labels, steps=6000, learning_rate=0.5)
    oracle = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(x, labels)
    # Adding the same to every class changes nothing: compare the differences from the first class.
    assert fit.weights - fit.weights[:, :1] == pytest.approx((oracle.coef_ - oracle.coef_[:1]).T, abs=1e-5)
    assert fit.bias - fit.bias[0] == pytest.approx(oracle.intercept_ - oracle.intercept_[0], abs=1e-5)
    assert np.abs(x.T @ cross_entropy_from_logits_grad(x @ fit.weights + fit.bias, labels)).max() < 1e-7


def test_the_o_rings_fit_says_damage_is_nearly_certain_at_31_degrees():
    flights = orings()
    temperature = flights.temperature[:, None]
    fit = fit_logistic_regression(standardize(temperature), flights.damage, steps=2000)
    slope = fit.weights / temperature.std()
    bias = fit.bias - slope * temperature.mean()
    oracle = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(temperature, flights.damage)
    assert slope == pytest.approx(oracle.coef_[0], abs=1e-6)
    assert bias == pytest.approx(oracle.intercept_, abs=1e-4)
    assert slope == pytest.approx([-0.2322], abs=5e-5)
    assert sigmoid(31 * slope + bias) == pytest.approx([0.9996], abs=5e-5)


def test_logistic_regression_finds_the_minimum_that_scikit_learn_finds():
    x, labels = clouds(classes=2, spread=2.0)
    fit = fit_logistic_regression(x, labels, steps=6000, learning_rate=0.5)
    oracle = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(x, labels)
    assert fit.weights == pytest.approx(oracle.coef_[0], abs=1e-5)
    assert fit.bias == pytest.approx(oracle.intercept_[0], abs=1e-5)


def test_penguins_are_told_apart_by_their_bills():
    birds = penguins()
    train, test = stratified_split(birds.labels, 0.3, np.random.default_rng(0))
    x, x_test = (standardize(birds.features[part], like=birds.features[train]) for part in (train, test))
    fit = fit_softmax_regression(x, birds.labels[train])
    assert fit.losses[-1] < 0.1
    assert ((x_test @ fit.weights + fit.bias).argmax(axis=1) == birds.labels[test]).mean() > 0.94


@pytest.mark.parametrize("classes", [2, 3])
def test_cross_entropy_recovers_from_a_surely_wrong_start_and_squared_error_hardly_moves(classes):
    x, labels = clouds(classes, spread=0.5)
    x = standardize(x)
    if classes == 2:
        good = fit_logistic_regression(x, labels, steps=500)
        race = [
            fit_logistic_regression(x, labels, steps=50, loss=loss, start=(-3 * good.weights, -3 * good.bias))
            for loss in ("cross_entropy", "squared_error")
        ]
        right = [((x @ fit.weights + fit.bias > 0) == labels).mean() for fit in race]
    else:
        good = fit_softmax_regression(x, labels, steps=500)
        start = 3 * np.roll(good.weights, 1, axis=1), 3 * np.roll(good.bias, 1)
        race = [
            fit_softmax_regression(x, labels, steps=50, loss=loss, start=start)
            for loss in ("cross_entropy", "squared_error")
        ]
        right = [((x @ fit.weights + fit.bias).argmax(axis=1) == labels).mean() for fit in race]
    assert right[0] > 0.9
    assert right[1] < 0.2


def test_labels_and_one_hot_targets_train_the_same_model():
    x, labels = clouds()
    hard, pmfs = (fit_softmax_regression(x, targets, steps=20) for targets in (labels, one_hot(labels, 3)))
    assert hard.weights == pytest.approx(pmfs.weights, abs=1e-14)
    more = fit_softmax_regression(x, one_hot(labels, 5), steps=20)
    assert more.weights.shape == (2, 5)


def test_softmax_regression_of_two_classes_is_logistic_regression():
    x, labels = clouds(classes=2)
    # Each of the two logits moves by half of what moves their difference: twice the gradient.
    two = fit_softmax_regression(x, labels, steps=50, learning_rate=0.1)
    one = fit_logistic_regression(x, labels, steps=50, learning_rate=0.2)
    assert two.weights[:, 1] - two.weights[:, 0] == pytest.approx(one.weights, abs=1e-13)
    assert two.losses == pytest.approx(one.losses, abs=1e-13)


def test_options_go_to_the_loss():
    x, labels = clouds(classes=2, spread=2.0)
    x = standardize(x)
    plain, heavy = (fit_logistic_regression(x, labels, steps=500, pos_weight=w) for w in (1, 5))
    z = x @ heavy.weights + heavy.bias
    assert heavy.losses[-1] == binary_cross_entropy_from_logits(z, labels, pos_weight=5)
    assert (z > 0).sum() > (x @ plain.weights + plain.bias > 0).sum()
    sharp, smooth = (fit_softmax_regression(x, labels, steps=500, label_smoothing=s) for s in (0, 0.2))
    z = x @ smooth.weights + smooth.bias
    assert smooth.losses[-1] == cross_entropy_from_logits(z, labels, label_smoothing=0.2)
    assert np.abs(smooth.weights).max() < np.abs(sharp.weights).max()


def test_training_is_the_same_every_time_and_leaves_its_arguments_alone():
    x, labels = clouds()
    start = np.ones((2, 3)), np.zeros(3)
    before = x.copy(), labels.copy(), start[0].copy()
    first, again = (fit_softmax_regression(x, labels, steps=30, start=start) for _ in range(2))
    assert np.array_equal(first.weights_path, again.weights_path)
    assert all(np.array_equal(a, b) for a, b in zip(before, (x, labels, start[0]), strict=True))


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            {"loss": "hinge"},
            ValueError,
            "`loss` is 'hinge'; expected one of cross_entropy, squared_error. Choose",
        ),
        ({"steps": 0}, ValueError, "`steps` is 0; expected at least 1"),
        ({"learning_rate": 0.0}, ValueError, "`learning_rate` is 0.0; expected a positive number"),
        (
            {"start": (np.zeros(2), 0.0)},
            ValueError,
            r"`start` has the shapes \(2,\) and \(\); expected weights",
        ),
        ({"targets": [0, 1]}, ValueError, "shape"),
        (
            {"targets": np.eye(2)},
            ValueError,
            r"`x` has the shape \(3, 1\) and `targets` \(2, 2\); expected one",
        ),
        ({"targets": [[0], [1], [1]]}, ValueError, r"np.reshape\(targets, \(3,\)\)"),
        ({"targets": [-1, 0, 1]}, ValueError, "`targets` holds -1"),
        ({"targets": [0.0, 1.0, 1.0]}, TypeError, "float64"),
    ],
)
def test_what_does_not_fit_is_refused(change, error, message):
    arguments = {"x": [[0.0], [1.0], [3.0]], "targets": [0, 1, 1], "steps": 2} | change
    with pytest.raises(error, match=message):
        fit_softmax_regression(**arguments)


def test_an_option_that_the_loss_does_not_have_is_refused_by_its_name():
    x, y = [[0.0], [1.0]], [0, 1]
    for fit, options, message in (
        (
            fit_softmax_regression,
            {"reduction": "none"},
            "`reduction` is no option of the loss 'cross_entropy'",
        ),
        (fit_softmax_regression, {"pos_weight": 2}, "expected weights or class_weights or label_smoothing"),
        (fit_logistic_regression, {"class_weights": [1, 2]}, "expected weights or pos_weight. Leave `class"),
        (fit_logistic_regression, {"loss": "squared_error", "weights": [1, 2]}, "expected no option"),
    ):
        with pytest.raises(TypeError, match=message):
            fit(x, y, **options)


def test_a_start_at_the_minimum_is_no_divergence():
    x, labels = clouds(spread=2.0)
    fit = fit_softmax_regression(x, labels, steps=3000, learning_rate=0.5)
    again = fit_softmax_regression(x, labels, steps=50, learning_rate=0.5, start=(fit.weights, fit.bias))
    assert again.losses[-1] == pytest.approx(fit.losses[-1], rel=1e-9)


def test_binary_targets_fit_the_samples_and_stay_between_0_and_1():
    with pytest.raises(ValueError, match=r"`x` has the shape \(2, 1\) and `y` \(3,\)"):
        fit_logistic_regression([[0.0], [1.0]], [0, 1, 1])
    with pytest.raises(ValueError, match="`y` holds -1"):
        fit_logistic_regression([[0.0], [1.0]], [-1, 1])
    with pytest.raises(ValueError, match="expected one of cross_entropy"):
        fit_logistic_regression([[0.0], [1.0]], [0, 1], loss="hinge")


# Temperature


def test_a_model_that_is_right_three_times_in_four_should_say_so():
    # Logits log 9 apart say 0.9; T = log 9 / log 3 = 2 makes it 0.75.
    z = np.log([[0.9, 0.1]] * 4)
    assert fit_temperature(z, [0, 0, 0, 1]) == pytest.approx(2, rel=1e-12)


@given(st.floats(0.05, 20))
def test_scaled_logits_scale_the_temperature(scale):
    x, labels = clouds(spread=2.0, samples=60)
    z = np.column_stack([x, x.sum(axis=1)])
    z[np.arange(60), labels] += 1
    assert fit_temperature(scale * z, labels) == pytest.approx(scale * fit_temperature(z, labels), rel=1e-9)


@pytest.mark.parametrize("factor", [0.1, 1.0, 7.0])
def test_the_temperature_is_the_minimum_of_the_cross_entropy(factor):
    rng = np.random.default_rng(2)
    z = factor * rng.normal(size=(300, 4))
    labels = np.array([rng.choice(4, p=q) for q in softmax(z / 2)])
    oracle = minimize_scalar(lambda logt: cross_entropy_from_logits(z / np.exp(logt), labels), tol=1e-12)
    assert fit_temperature(z, labels) == pytest.approx(np.exp(oracle.x), rel=1e-5)


def test_adding_a_number_to_all_logits_of_a_sample_changes_no_temperature():
    z = np.log([[0.9, 0.1]] * 4) + np.array([[0.0], [100.0], [-3.0], [1e6]])
    assert fit_temperature(z, [0, 0, 0, 1]) == pytest.approx(2, rel=1e-9)


def test_no_temperature_is_best_when_every_prediction_is_right():
    with pytest.raises(ValueError, match="every label has the highest logit; expected at least one wrong"):
        fit_temperature([[2.0, 1.0], [0.0, 3.0]], [0, 1])


@pytest.mark.parametrize("z", [[[2.0, 1.0]] * 2, [[1e6 / 3, 1e6 / 3]] * 2])
def test_no_temperature_is_best_when_the_logits_are_no_better_than_none(z):
    with pytest.raises(
        ValueError, match="the logits do not favour the labels; expected logits that are better"
    ):
        fit_temperature(z, [0, 1])


@pytest.mark.parametrize("scale", [1e-320, 1e-160, 1.0, 1e307])
def test_a_temperature_is_found_for_logits_of_every_size(scale):
    with np.errstate(all="raise"):
        found = fit_temperature(np.array([[scale, 0.0], [0.0, scale], [scale, 0.0]]), [0, 0, 0])
    assert found == pytest.approx(scale / np.log(2), rel=1e-3 if scale < 1e-300 else 1e-12)


def test_a_temperature_that_no_float_holds_is_refused():
    z = np.array([[1.0, -1.0], [-1.0, 1.0], [1.0, -1.0]]) * 1e308
    with pytest.raises(
        ValueError, match=r"best temperature would be inf; .*Divide the logits by their largest"
    ):
        fit_temperature(z, [0, 0, 0])
    assert fit_temperature(z / z.max(), [0, 0, 0]) == pytest.approx(2 / np.log(2))


def test_a_temperature_takes_labels():
    z = [[2.0, 0.0], [0.0, 3.0], [1.0, 0.0]]
    with pytest.raises(ValueError, match=r"`labels` has the shape \(3, 2\)"):
        fit_temperature(z, [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    with pytest.raises(ValueError, match=r"no better|do not favour"):
        fit_temperature([[1.0], [2.0]], [0, 0])
