"""Every argument that cannot be right is refused, with what was given, what is expected and what to do."""

import inspect
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import cecourse as ce

HALF = [0.5, 0.5]
PMF_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "entropy": ce.entropy,
    "perplexity": ce.perplexity,
    "cross_entropy": lambda p: ce.cross_entropy(p, p),
    "kl_divergence": lambda p: ce.kl_divergence(p, p),
    "js_divergence": lambda p: ce.js_divergence(p, p),
    "mutual_information": lambda p: ce.mutual_information(p[None] if isinstance(p, np.ndarray) else [p]),
    "cross_entropy_from_probs": lambda q: ce.cross_entropy_from_probs(q, 0),
    "brier_score": lambda q: ce.brier_score(q, 0),
    "reliability": lambda q: ce.reliability(q, 0),
}
LOGIT_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "softmax": ce.softmax,
    "log_softmax": ce.log_softmax,
    "cross_entropy_from_logits": lambda z: ce.cross_entropy_from_logits(z, [0] * len(z)),
    "cross_entropy_from_logits_grad": lambda z: ce.cross_entropy_from_logits_grad(z, [0] * len(z)),
}
LOSSES: dict[str, Callable[..., Any]] = {
    "cross_entropy_from_probs": ce.cross_entropy_from_probs,
    "cross_entropy_from_logits": ce.cross_entropy_from_logits,
    "cross_entropy_from_logits_grad": ce.cross_entropy_from_logits_grad,
    "brier_score": ce.brier_score,
}
BINARY_LOSSES: dict[str, Callable[..., Any]] = {
    "binary_cross_entropy_from_probs": ce.binary_cross_entropy_from_probs,
    "binary_cross_entropy_from_logits": ce.binary_cross_entropy_from_logits,
    "binary_cross_entropy_from_logits_grad": ce.binary_cross_entropy_from_logits_grad,
}


def each(functions: dict[str, Callable[..., Any]]) -> Any:
    return pytest.mark.parametrize("function", functions.values(), ids=functions)


def refused(error: type[Exception], *parts: str) -> Any:
    """The message holds these parts, in this order."""
    return pytest.raises(error, match=".*".join(parts))


@each(PMF_FUNCTIONS)
def test_a_row_that_does_not_sum_to_one_is_refused(function: Callable[[Any], Any]):
    with refused(ValueError, "sums to 1.1;", "expected a sum of 1", "normalize=True"):
        function([0.5, 0.6])


@each(PMF_FUNCTIONS)
@pytest.mark.parametrize(
    ("bad", "remedy"),
    [
        ([-0.5, 1.5], "Logits become probabilities by softmax"),
        ([np.nan, 1.0], "Look for the step"),
        ([0.5, np.inf], "Look for the step"),
        ([0.0, 1.5], "Of counts, give normalize=True or divide .* Logits"),
        ([3, 1], "These look like counts: give normalize=True or divide"),
    ],
)
def test_what_is_no_probability_is_refused(function: Callable[[Any], Any], bad: list[float], remedy: str):
    with refused(ValueError, "holds ", "expected probabilities", remedy):
        function(bad)


@each(PMF_FUNCTIONS)
def test_an_all_zero_row_is_not_normalised_in_silence(function: Callable[[Any], Any]):
    with refused(ValueError, "sums to 0;", "expected a sum of 1", "Leave this row out"):
        function([0.0, 0.0])


@each(PMF_FUNCTIONS)
def test_no_classes_make_no_pmf(function: Callable[[Any], Any]):
    with refused(ValueError, "no classes", "at least one class"):
        function([])


@each(PMF_FUNCTIONS)
@pytest.mark.parametrize(
    "bad", [np.array([0.5, 0.5j]), np.array(["a", "b"]), np.array([None, 1]), np.ma.array(HALF, mask=[0, 1])]
)
def test_what_only_looks_like_numbers_is_refused(function: Callable[[Any], Any], bad: Any):
    with refused(TypeError, "dtype|masked", "expected", "np.real|np.unique|number in every|compressed"):
        function(bad)


def test_the_first_bad_row_is_named():
    p = np.full((3, 4, 2), 0.5)
    p[1, 2] = [0.25, 0.25]
    with refused(ValueError, r"row at index \(1, 2\) of `p`", "0.5"):
        ce.entropy(p)
    with refused(ValueError, "row at index 1 of `q`"):
        ce.cross_entropy([HALF, HALF], [HALF, [1.0, 1.0]])


def test_the_first_bad_entry_is_named():
    with refused(ValueError, r"`p` holds -0.5 at index \(1, 0\)"):
        ce.entropy([[0.5, 0.5], [-0.5, 1.5]])
    with refused(ValueError, "`p` holds 2;"):
        ce.information(2)


def test_rounding_is_forgiven_and_more_is_not():
    for dtype, tolerance in ((np.float64, 1e-8), (np.float32, 1e-5)):
        row = np.full(4, 0.25)
        for sign in (-1, 1):
            ce.entropy((row + sign * 0.9 * tolerance / 2).astype(dtype))  # sums to 1 + 0.9 tolerance sqrt(4)
            with refused(ValueError, "sums to"):
                ce.entropy((row + sign * 1.2 * tolerance / 2).astype(dtype))


def test_the_tolerance_is_that_of_the_dtype():
    row = np.full(4, 0.25) + 1e-6
    ce.entropy(row.astype(np.float32))
    with refused(ValueError, "sums to"):
        ce.entropy(row)


def test_rows_of_unequal_length_are_refused():
    with refused(ValueError, "rows of unequal length", "an array", "the same length"):
        ce.entropy([[0.5, 0.5], [1.0]])


def test_counts_are_normalised_only_on_request():
    assert ce.entropy([1, 1, 2], normalize=True) == 1.5
    assert ce.kl_divergence([2, 2], [1, 3], normalize=True) == ce.kl_divergence([0.5, 0.5], [0.25, 0.75])
    assert ce.js_divergence([5, 0], [0, 7], normalize=True) == 1
    assert ce.cross_entropy([2, 2], [1, 3], normalize=True) == ce.cross_entropy([0.5, 0.5], [0.25, 0.75])
    assert ce.mutual_information([[3, 0], [0, 3]], normalize=True) == 1
    assert ce.entropy([1e308, 1e308, 1e308, 1e308], normalize=True) == 2
    assert ce.entropy([5e-324, 5e-324], normalize=True) == 1


def test_counts_that_say_nothing_are_refused():
    with refused(ValueError, "the row at index 1 of `p` sums to 0", "a sum above 0", "Leave this row"):
        ce.entropy([[1, 1], [0, 0]], normalize=True)
    for bad in (-1, np.nan, np.inf):
        with refused(ValueError, "`p` holds", "counts, finite and not negative"):
            ce.entropy([1, bad], normalize=True)


@pytest.mark.parametrize("function", [ce.cross_entropy, ce.kl_divergence, ce.js_divergence])
def test_pmfs_over_other_classes_are_refused(function: Any):
    for p, q in (([1.0], HALF), (np.full((2, 2), 0.5), np.full((3, 2), 0.5))):
        with refused(ValueError, r"`p` has the shape .* and `q`", "the same classes", "one row per"):
            function(p, q)


def test_one_truth_meets_many_models():
    q = [[0.5, 0.5], [0.25, 0.75]]
    assert ce.cross_entropy(HALF, q).tolist() == [ce.cross_entropy(HALF, row) for row in q]
    assert ce.kl_divergence(q, [HALF]).tolist() == [ce.kl_divergence(row, HALF) for row in q]


@each(LOGIT_FUNCTIONS)
def test_nan_and_rows_of_minus_infinity_are_refused(function: Callable[[Any], Any]):
    with refused(ValueError, "`z` holds nan in the row at index 1", "above -inf", "overflow"):
        function([[0.0, 1.0], [np.nan, 0.0]])
    with refused(ValueError, "`z` holds only -inf in the row at index 1"):
        function([[0.0, -np.inf], [-np.inf, -np.inf]])


def test_a_single_row_of_nan_is_refused():
    with refused(ValueError, "`z` holds nan; "):
        ce.softmax([np.nan, 0.0])


@each(LOGIT_FUNCTIONS)
def test_one_number_has_no_class_axis(function: Callable[[Any], Any]):
    with refused(ValueError, r"shape \(\)", "that axis", "one number per class"):
        function(np.float64(1)) if function in (ce.softmax, ce.log_softmax) else ce.cross_entropy_from_logits(
            1, 0
        )


@pytest.mark.parametrize("axis", [2, -3])
def test_an_axis_that_does_not_exist_is_refused(axis: int):
    for function in (ce.softmax, ce.entropy, ce.logsumexp):
        with refused(ValueError, f"the class axis is {axis}"):
            function([HALF], axis=axis)


@each(LOSSES)
@pytest.mark.parametrize(
    ("labels", "error", "parts"),
    [
        ([0.0, 1.0], TypeError, ("float64", "integer labels", "astype")),
        ([True, False], TypeError, ("bool", "integer labels")),
        ([0, -1], ValueError, ("holds -1 at index 1", "from 0 to 1", "count from 0")),
        ([1, 2], ValueError, ("holds 2 at index 1", "subtract 1")),
        ([[0], [1]], ValueError, (r"shape \(2, 1\)", r"samples have \(2,\)", "np.reshape")),
        ([0, 1, 0], ValueError, (r"shape \(3,\)", r"samples have \(2,\)", "same rows")),
        (["a", "b"], TypeError, ("dtype", "real numbers")),
        ([[0.5, 0.6], HALF], ValueError, ("`targets` sums to 1.1|row at index 0 of `targets`",)),
    ],
)
def test_targets_that_do_not_fit_are_refused(
    function: Callable[..., Any], labels: Any, error: type[Exception], parts: tuple[str, ...]
):
    with refused(error, *parts):
        function([HALF, HALF], labels)


@pytest.mark.parametrize("function", [ce.reliability, ce.expected_calibration_error])
def test_calibration_takes_labels_only(function: Any):
    with refused(ValueError, "shape", "one label per sample"):
        function([HALF], [HALF])
    with refused(TypeError, "whole number"):
        function([HALF], [0], bins=2.0)
    with refused(TypeError, "whole number"):
        function([HALF], [0], bins=True)
    with refused(ValueError, "`bins` is 0", "at least 1", "larger"):
        function([HALF], [0], bins=0)


def test_an_empty_list_holds_no_labels():
    z = np.zeros((0, 2))
    assert ce.cross_entropy_from_logits(z, [], reduction="sum") == 0.0
    assert ce.cross_entropy_from_logits(z, [], reduction="none").shape == (0,)


@each(LOSSES)
def test_an_empty_batch_has_no_mean(function: Callable[..., Any]):
    q = np.zeros((0, 2))
    with refused(ValueError, "batch is empty", "at least one sample", "'sum'"):
        function(q, np.zeros(0, int))


@each({name: f for name, f in LOSSES.items() if "grad" not in name})
def test_an_empty_batch_sums_to_zero(function: Callable[..., Any]):
    assert function(np.zeros((0, 2)), [], reduction="sum") == 0.0
    assert function(np.zeros((0, 2)), [], reduction="none").shape == (0,)


@each(BINARY_LOSSES)
def test_an_empty_binary_batch(function: Callable[..., Any]):
    with refused(ValueError, "batch is empty"):
        function([], [])
    assert function([], [], reduction="none").shape == (0,)
    assert function([], [], reduction="sum").sum() == 0.0


def test_an_empty_calibration_is_refused():
    with refused(ValueError, "batch is empty"):
        ce.expected_calibration_error(np.zeros((0, 2)), [])


@pytest.mark.parametrize("shape", [(0,), (3, 0)])
def test_without_classes_there_is_no_loss(shape: tuple[int, ...]):
    for function in LOSSES.values():
        with refused(ValueError, "no classes"):
            function(np.zeros(shape), np.zeros(shape[:-1], int))


@each(LOSSES | BINARY_LOSSES)
def test_only_three_reductions_exist(function: Callable[..., Any]):
    for bad in ("avg", np.array([1, 2]), None):
        with refused(ValueError, "`reduction` is .*", "'mean', 'sum' or 'none'"):
            function(HALF, HALF, reduction=bad)


@each(BINARY_LOSSES)
@pytest.mark.parametrize("bad", [-0.1, 1.1, np.nan, -1])
def test_binary_targets_lie_in_the_unit_interval(function: Callable[..., Any], bad: float):
    with refused(ValueError, "`y` holds", "targets from 0 to 1", "Look" if np.isnan(bad) else "Recode"):
        function([0.5, 0.5], [0.5, bad])


@each(BINARY_LOSSES)
def test_binary_targets_have_the_shape_of_the_scores(function: Callable[..., Any]):
    for shape in ((2, 1), (1,), (3,)):
        with refused(ValueError, "`y` has the shape", r"samples have \(2,\)", "np.reshape|same rows"):
            function([0.5, 0.5], np.zeros(shape))
    one, both = (function([0.5, 0.25], y, reduction="none") for y in (1, [1, 1]))
    assert one.tolist() == both.tolist()


def test_logits_given_as_probabilities_are_refused():
    with refused(ValueError, "`q` holds 3 at index 0", "sigmoid"):
        ce.binary_cross_entropy_from_probs([3.0], [1])
    with refused(ValueError, "`q` holds -1 at index 1", "_from_logits"):
        ce.cross_entropy_from_probs([0.5, -1.0], 0)


@pytest.mark.parametrize("function", [ce.sigmoid, ce.log_sigmoid, *list(BINARY_LOSSES.values())[1:]])
def test_a_score_that_is_nan_is_refused(function: Callable[..., Any]):
    with refused(ValueError, "`z` holds nan at index 1", "0/0"):
        function(*([[0.0, np.nan]] if function in (ce.sigmoid, ce.log_sigmoid) else ([0.0, np.nan], [0, 1])))


@pytest.mark.parametrize("base", [0, -2, 1, 1.0, np.nan, np.inf])
def test_a_base_is_positive_and_not_one(base: float):
    functions = [
        ce.information,
        ce.binary_entropy,
        lambda p, **options: ce.entropy([p, p], **options),
        lambda p, **options: ce.cross_entropy([p, p], [p, p], **options),
        lambda p, **options: ce.kl_divergence([p, p], [p, p], **options),
        lambda p, **options: ce.js_divergence([p, p], [p, p], **options),
        lambda p, **options: ce.mutual_information([[p, p]], **options),
        lambda p, **options: ce.conditional_entropy([[p, p]], **options),
    ]
    for function in functions:
        with refused(ValueError, "`base` is", "a positive number other than 1"):
            function(0.5, base=base)


@pytest.mark.parametrize("bad", ["2", None, [2], True, 2j])
def test_a_base_is_one_number(bad: Any):
    with refused(TypeError, "`base` is", "single number"):
        ce.information(0.5, base=bad)


@pytest.mark.parametrize("base", [np.int64(2), np.array(2.0), 2, np.float32(2)])
def test_a_base_may_come_from_numpy(base: Any):
    assert ce.information(0.5, base=base) == 1


@pytest.mark.parametrize("temperature", [0, -1, np.nan, np.inf])
def test_a_temperature_is_positive(temperature: float):
    for function in (ce.softmax, ce.log_softmax):
        with refused(ValueError, "`temperature` is", "a positive number", "in that range"):
            function([0.0, 1.0], temperature=temperature)


@pytest.mark.parametrize("smoothing", [-0.1, 1.1, np.nan])
def test_smoothing_is_a_fraction(smoothing: float):
    with refused(ValueError, "`label_smoothing` is", "from 0 to 1"):
        ce.cross_entropy_from_logits([[0.0, 1.0]], [0], label_smoothing=smoothing)


@pytest.mark.parametrize("weight", [-0.1, np.inf, np.nan])
def test_a_positive_weight_is_not_negative(weight: float):
    for function in list(BINARY_LOSSES.values())[1:]:
        with refused(ValueError, "`pos_weight` is", "from 0 on"):
            function([0.0], [1], pos_weight=weight)


def test_class_weights_fit_the_classes():
    for function in (ce.cross_entropy_from_logits, ce.cross_entropy_from_logits_grad):
        with refused(
            ValueError, r"`class_weights` has the shape \(3,\)", r"shape \(2,\)", "one weight per class"
        ):
            function([[0.0, 1.0]], [0], class_weights=[1, 1, 1])
        for bad in (-1, np.nan, np.inf):
            with refused(ValueError, "`class_weights` holds", "finite and not negative"):
                function([[0.0, 1.0]], [0], class_weights=[1, bad])
        with refused(ValueError, "weights sum to 0", "positive, finite sum", "'sum'"):
            function([[0.0, 1.0]], [0], class_weights=[0, 1])
        assert function([[0.0, 1.0]], [0], reduction="sum", class_weights=[0, 1]).sum() == 0


def test_one_hot_counts_from_zero():
    with refused(ValueError, "holds 3", "from 0 to 2"):
        ce.one_hot([0, 3], 3)
    with refused(ValueError, "`num_classes` is 0", "at least 1"):
        ce.one_hot([], 0)
    with refused(TypeError, "`num_classes` is 2.0", "whole number"):
        ce.one_hot([0], 2.0)


WITH_AXIS: dict[str, Callable[..., Any]] = {
    name: getattr(ce, name)
    for name in ce.__all__
    if "axis" in inspect.signature(getattr(ce, name)).parameters and name != "one_hot"
}


@each(WITH_AXIS)
@pytest.mark.parametrize("axis", [None, (0, 1), 1.0, "1", True, np.bool_(True)])
def test_an_axis_is_one_whole_number(function: Callable[..., Any], axis: Any):
    arguments = (HALF,) * sum(p.kind == p.POSITIONAL_OR_KEYWORD for p in parameters(function))
    with refused(TypeError, "`axis` is", "one whole number", "axis=-1"):
        function(*arguments, axis=axis)


@each(WITH_AXIS)
def test_an_axis_may_come_from_numpy(function: Callable[..., Any]):
    data = ([HALF], [0])[: sum(p.kind == p.POSITIONAL_OR_KEYWORD for p in parameters(function))]
    if (
        len(data) == 2
        and "q" in inspect.signature(function).parameters
        and "p" in inspect.signature(function).parameters
    ):
        data = ([HALF], [HALF])
    assert function(*data, axis=np.int8(1)) is not None


def parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


@each({name: getattr(ce, name) for name in ce.__all__})
def test_what_has_a_default_has_a_name_and_a_line_in_the_help(function: Callable[..., Any]):
    for parameter in parameters(function):
        assert (parameter.default is parameter.empty) == (parameter.kind is not parameter.KEYWORD_ONLY)
        described = f"        {parameter.name}: " in function.__doc__
        assert described or "are those of" in function.__doc__, parameter.name
    assert "Union" not in str(inspect.signature(function))


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda bad: ce.entropy(bad(0.5, 1.5), axis=0), r"holds 1.5 at index \(1, 1\)"),
        (lambda bad: ce.entropy(bad(0.5, 0.6), axis=0), r"row at index \(:, 1\) of `p` sums to 1.1"),
        (lambda bad: ce.entropy(bad(0.5, 0.6), axis=-1), "row at index 1 of `p` sums to 1.1"),
        (lambda bad: ce.entropy(bad(0, np.nan), axis=0, normalize=True), r"holds nan at index \(1, 1\)"),
        (lambda bad: ce.entropy(0 * bad(0.5, 0.6), axis=0, normalize=True), r"row at index \(:, 0\) of `p`"),
        (lambda bad: ce.mutual_information(bad(0.25, -0.5)), r"holds -0.5 at index \(1, 1\)"),
        (lambda bad: ce.mutual_information([bad(0.25, 0.25), bad(0.25, 0.3)]), "row at index 1 of `joint`"),
        (lambda bad: ce.softmax(bad(0, np.nan), axis=0), r"row at index \(:, 1\)"),
        (lambda bad: ce.brier_score(bad(0.5, 0.6), [0, 0], axis=0), r"row at index \(:, 1\) of `q`"),
        (
            lambda bad: ce.cross_entropy_from_logits(np.zeros((2, 2)), bad(0.5, 0.6), axis=0),
            r"\(:, 1\) of `targets`",
        ),
    ],
)
def test_a_place_is_one_in_the_array_that_was_given(call: Callable[..., Any], where: str):
    def bad(most: float, one: float) -> np.ndarray:
        rows = np.full((2, 2), float(most))
        rows[1, 1] = one
        return rows

    with refused(ValueError, where):
        call(bad)


class Broken:
    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        raise ValueError("it is broken")


def test_what_cannot_be_read_says_why():
    deep: Any = 0.5
    for _ in range(70):
        deep = [deep]
    with refused(ValueError, "`p` is no array: .*dimension", "numbers", "list"):
        ce.information(deep)
    with refused(ValueError, "`p` is no array: it is broken"):
        ce.information(Broken())
    with refused(TypeError, "`p` is a list of the dtype <U1", "real numbers", "Number the names"):
        ce.entropy(["a", "b"])
    with refused(TypeError, "`p` is a list of the dtype object", "real numbers", "a number in every place"):
        ce.entropy([{}, "a"])
    with refused(TypeError, "`p` is masked", "plain numbers", "compressed"):
        ce.entropy([np.ma.array(HALF, mask=[0, 1])])


@each(
    {
        "entropy": lambda: ce.entropy(HALF, np.e),
        "entropy of a model": lambda: ce.entropy(HALF, HALF),
        "perplexity": lambda: ce.perplexity(HALF, HALF),
    }
)
def test_entropy_of_two_pmfs_says_which_function_is_meant(function: Callable[..., Any]):
    with refused(
        TypeError, "2 arguments without a name", "one pmf", "cross_entropy", "kl_divergence", "base=2"
    ):
        function()


def test_one_pmf_and_one_pmf_as_a_target_are_still_right():
    assert ce.brier_score([0.5, 0.5], [1.0, 0.0]) == 0.5
    assert ce.cross_entropy_from_logits([0.0, 0.0], [0.0, 1.0]) == np.log(2)
    assert ce.cross_entropy_from_probs(HALF, 1) == np.log(2)


@pytest.mark.parametrize(
    "weights", [[1], [1, -1], [1, np.inf], [1, np.nan], [[1, 1]], [0, 0], [1e308, 1e308]]
)
@each(LOSSES | BINARY_LOSSES | {"reliability": ce.reliability})
def test_weights_are_one_finite_number_per_sample(function: Callable[..., Any], weights: Any):
    data = (HALF, [0, 1]) if function in BINARY_LOSSES.values() else ([HALF, HALF], [0, 1])
    if function is ce.reliability:
        function = ce.expected_calibration_error
    with refused(ValueError, "weights", "expected", "Give|Repair|Remove|Divide"):
        function(*data, weights=weights)


EXTREMES = [5e-324, 1e-300, 1e-200, 1.0, 1e200, 1e308]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_no_setting_of_the_caller_is_heard(dtype: Any):
    tiny = np.array([[5e-324, 1.0, 0.0], [1e-200, 1.0, 0.0], [1 / 3, 1 / 3, 1 / 3]]).astype(dtype)
    counts = np.minimum(np.array([EXTREMES, EXTREMES[::-1]]), np.finfo(dtype).max).astype(dtype)
    z = np.concatenate([counts, -counts, np.array([[np.inf] + [-np.inf] * 5, [-800.0, 800, 0, 1, 2, 3]])])
    z = z.astype(dtype)
    labels = np.arange(len(z)) % 6
    joint = np.stack([tiny[:1], 0 * tiny[:1]], axis=1)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        for function in (ce.entropy, ce.perplexity):
            function(tiny)
            function(counts, normalize=True)
        for function in (ce.cross_entropy, ce.kl_divergence, ce.js_divergence):
            function(tiny, tiny[::-1])
            function(counts, counts[::-1], normalize=True)
        for function in (ce.mutual_information, ce.conditional_entropy):
            function(joint)
            function(counts, normalize=True)
        for function in (ce.information, ce.binary_entropy):
            function(tiny)
        for function in (ce.softmax, ce.log_softmax, ce.logsumexp):
            function(z)
        for temperature in (5e-324, 1e308):
            ce.softmax(z[:-2], temperature=temperature)
        for function in (ce.sigmoid, ce.log_sigmoid):
            function(z)
        for how in ("mean", "sum", "none"):
            for targets in (labels, ce.one_hot(labels, 6)):
                ce.cross_entropy_from_logits_value_and_grad(z, targets, reduction=how, weights=labels)
                ce.cross_entropy_from_logits(z, targets, reduction=how, label_smoothing=1e-300)
            for y in (0, 1, 1e-300):
                ce.binary_cross_entropy_from_logits_value_and_grad(z, y, reduction=how, pos_weight=1e-300)
                ce.binary_cross_entropy_from_probs(tiny, y, reduction=how)
                ce.binary_brier_score(tiny, y, reduction=how)
            ce.cross_entropy_from_probs(tiny, [0, 1, 2], reduction=how)
            ce.brier_score(tiny, [0, 1, 2], reduction=how)
        ce.expected_calibration_error(tiny, [0, 1, 2], weights=[1e-300, 1e300, 0])
        ce.binary_expected_calibration_error(tiny, 1, equal_mass=True)
        ce.shannon_lengths(tiny)
        ce.huffman_code(counts[0], normalize=True)
