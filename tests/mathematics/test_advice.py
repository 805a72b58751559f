"""What an error message advises works: each advice is carried out, word for word."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
import scipy.sparse

import cecourse as ce
from cecourse import learning

ROWS = np.float32([[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]])
THIRDS = np.full((2, 3, 4), 1 / 3)
AXES_OF_TORCH = (np.zeros((2, 3, 4)), np.zeros((2, 4), int))

# The call with its arguments by name, the words of the message that are code, and the call that they make.
CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("ce.entropy(p)", {"p": [3, 1]}, "normalize=True", "ce.entropy(p, {})"),
    ("ce.entropy(p)", {"p": [3, 1]}, "p / np.sum(p, axis=-1, keepdims=True)", "ce.entropy({})"),
    ("ce.entropy(p)", {"p": [0.5, 2.5]}, "normalize=True", "ce.entropy(p, {})"),
    (
        "ce.entropy(p, axis=0)",
        {"p": [[3], [1]]},
        "p / np.sum(p, axis=0, keepdims=True)",
        "ce.entropy({}, axis=0)",
    ),
    ("ce.perplexity(p)", {"p": [0.5, 0.6]}, "normalize=True", "ce.perplexity(p, {})"),
    ("ce.huffman_code(p)", {"p": [5, 3, 2]}, "normalize=True", "ce.huffman_code(p, {})"),
    ("ce.shannon_lengths(p)", {"p": [5, 3, 2]}, "normalize=True", "ce.shannon_lengths(p, {})"),
    (
        "ce.expected_length(p, code)",
        {"p": [2, 2], "code": ["0", "1"]},
        "normalize=True",
        "ce.expected_length(p, code, {})",
    ),
    (
        "ce.arithmetic_encode([0], pmfs)",
        {"pmfs": [[2, 2]]},
        "normalize=True",
        "ce.arithmetic_encode([0], pmfs, {})",
    ),
    (
        "ce.arithmetic_decode('1', pmfs)",
        {"pmfs": [[2, 2]]},
        "normalize=True",
        "ce.arithmetic_decode('1', pmfs, {})",
    ),
    (
        "ce.mutual_information(joint)",
        {"joint": [[3, 1], [1, 3]]},
        "normalize=True",
        "ce.mutual_information(joint, {})",
    ),
    (
        "ce.mutual_information(joint)",
        {"joint": [[[3, 1], [1, 3]]] * 2},
        "joint / np.sum(joint, axis=(-2, -1), keepdims=True)",
        "ce.mutual_information({})",
    ),
    (
        "ce.conditional_entropy(joint)",
        {"joint": [[0.3, 0.1], [0.1, 0.3]]},
        "normalize=True",
        "ce.conditional_entropy(joint, {})",
    ),
    (
        "ce.cross_entropy_from_probs(q, 0)",
        {"q": [3, 1]},
        "normalize=True",
        "ce.cross_entropy_from_probs(q, 0, {})",
    ),
    (
        "ce.cross_entropy_from_probs(q, 0)",
        {"q": [-3.0, 1.0]},
        "softmax",
        "ce.cross_entropy_from_probs(ce.{}(q), 0)",
    ),
    ("ce.cross_entropy_from_probs(q, 0)", {"q": [-3.0, 1.0]}, "cross_entropy_from_logits", "ce.{}(q, 0)"),
    ("ce.brier_score(q, 0)", {"q": [3, 1]}, "normalize=True", "ce.brier_score(q, 0, {})"),
    ("ce.reliability(q, 0)", {"q": [3, 1]}, "normalize=True", "ce.reliability(q, 0, {})"),
    (
        "ce.expected_calibration_error(q, 0)",
        {"q": [3, 1]},
        "normalize=True",
        "ce.expected_calibration_error(q, 0, {})",
    ),
    (
        "ce.cross_entropy_from_logits([0.0, 1.0], targets)",
        {"targets": [3.0, 1.0]},
        "targets / np.sum(targets, axis=-1, keepdims=True)",
        "ce.cross_entropy_from_logits([0.0, 1.0], {})",
    ),
    ("ce.entropy(p)", {"p": ROWS.astype(float)}, "float32", "ce.entropy(p.astype(np.{}))"),
    ("ce.entropy(p)", {"p": ROWS.astype(float)}, "p / np.sum(p, axis=-1, keepdims=True)", "ce.entropy({})"),
    ("ce.entropy(p)", {"p": ROWS.astype(np.float16).astype(float)}, "float16", "ce.entropy(p.astype(np.{}))"),
    (
        "ce.entropy(p, normalize=True)",
        {"p": Counter("aab").values()},
        "list(p)",
        "ce.entropy({}, normalize=True)",
    ),
    (
        "ce.entropy(p, normalize=True)",
        {"p": Counter("aab")},
        "list(p.values())",
        "ce.entropy({}, normalize=True)",
    ),
    ("ce.entropy(p)", {"p": {0.25, 0.75}}, "list(p)", "ce.entropy({})"),
    ("ce.entropy(p)", {"p": (x for x in (0.25, 0.75))}, "list(p)", "ce.entropy({})"),
    ("ce.entropy(p)", {"p": map(float, (0.25, 0.75))}, "list(p)", "ce.entropy({})"),
    ("ce.entropy(p)", {"p": ["0.25", "0.75"]}, "np.asarray(p, dtype=float)", "ce.entropy({})"),
    ("ce.entropy(p)", {"p": [0.25, 0.75 + 0j]}, "np.real(p)", "ce.entropy({})"),
    ("ce.entropy(p)", {"p": scipy.sparse.csr_array(np.eye(2))}, "p.toarray()", "ce.entropy({})"),
    (
        "ce.entropy(p, normalize=True)",
        {"p": np.ma.array([1, 2], mask=[0, 1])},
        "np.ma.array(p).compressed()",
        "ce.entropy({}, normalize=True)",
    ),
    (
        "ce.entropy(p, normalize=True)",
        {"p": [np.ma.array([1, 2], mask=[0, 1])]},
        "np.ma.array(p).compressed()",
        "ce.entropy({}, normalize=True)",
    ),
    (
        "ce.cross_entropy_from_logits(np.eye(2), targets)",
        {"targets": ["a", "b"]},
        "np.unique(targets, return_inverse=True)[1]",
        "ce.cross_entropy_from_logits(np.eye(2), {})",
    ),
    (
        "ce.cross_entropy_from_logits(np.eye(2), targets)",
        {"targets": [0.0, 1.0]},
        "astype(int)",
        "ce.cross_entropy_from_logits(np.eye(2), np.array(targets).{})",
    ),
    (
        "ce.cross_entropy_from_logits(np.eye(2), targets)",
        {"targets": [[0], [1]]},
        "np.reshape(targets, (2,))",
        "ce.cross_entropy_from_logits(np.eye(2), {})",
    ),
    (
        "ce.reliability(np.eye(2), labels)",
        {"labels": np.eye(2)},
        "np.argmax(labels, axis=-1)",
        "ce.reliability(np.eye(2), {})",
    ),
    (
        "learning.fit_temperature(z, labels)",
        {"z": [[2.0, 0], [0, 3], [1, 0]], "labels": np.eye(2)[[0, 1, 1]]},
        "np.argmax(labels, axis=-1)",
        "learning.fit_temperature(z, {})",
    ),
    (
        "ce.binary_cross_entropy_from_logits([[0.0], [1.0]], y)",
        {"y": [0, 1]},
        "np.reshape(y, (2, 1))",
        "ce.binary_cross_entropy_from_logits([[0.0], [1.0]], {})",
    ),
    (
        "ce.cross_entropy_from_logits(*both)",
        {"both": AXES_OF_TORCH},
        "axis=1",
        "ce.cross_entropy_from_logits(*both, {})",
    ),
    (
        "ce.brier_score(*both)",
        {"both": (THIRDS, np.zeros((2, 4), int))},
        "axis=1",
        "ce.brier_score(*both, {})",
    ),
    ("ce.entropy([1.0], axis=None)", {}, "axis=-1", "ce.entropy([1.0], {})"),
    ("ce.entropy(p, p)", {"p": [0.5, 0.5]}, "cross_entropy(p, q)", "ce.{}"),
    ("ce.entropy(p, p)", {"p": [0.5, 0.5]}, "kl_divergence(p, q)", "ce.{}"),
    ("ce.entropy(p, 2)", {"p": [0.5, 0.5]}, "base=2", "ce.entropy(p, {})"),
    (
        "ce.cross_entropy_from_logits(z, targets)",
        {"z": [[2.0], [-3.0]], "targets": [1, 0]},
        "binary_cross_entropy_from_logits(np.ravel(z), np.ravel(targets))",
        "ce.{}",
    ),
    (
        "ce.cross_entropy_from_logits(z, targets)",
        {"z": [2.0, -3.0], "targets": [1, 0]},
        "binary_cross_entropy_from_logits(np.ravel(z), np.ravel(targets))",
        "ce.{}",
    ),
    (
        "ce.cross_entropy_from_probs(q, targets)",
        {"q": [0.9, 0.2, 0.7], "targets": [1, 0, 1]},
        "binary_cross_entropy_from_probs(np.ravel(q), np.ravel(targets))",
        "ce.{}",
    ),
    (
        "ce.brier_score(q, targets)",
        {"q": [0.9, 0.1], "targets": [1, 0]},
        "binary_brier_score(np.ravel(q), np.ravel(targets))",
        "ce.{}",
    ),
    (
        "ce.brier_score(q, targets)",
        {"q": [0.9, 0.2, 0.7], "targets": [1.0, 0.0, 1.0]},
        "binary_brier_score(np.ravel(q), np.ravel(targets))",
        "ce.{}",
    ),
    (
        "ce.reliability(q, labels)",
        {"q": [0.9, 0.2, 0.7], "labels": [1, 0, 1]},
        "binary_reliability(np.ravel(q), np.ravel(labels))",
        "ce.{}",
    ),
    (
        "ce.expected_calibration_error(q, labels)",
        {"q": [0.9, 0.2, 0.7], "labels": [1, 0, 1]},
        "binary_expected_calibration_error(np.ravel(q), np.ravel(labels))",
        "ce.{}",
    ),
    ("ce.kraft_sum(lengths)", {"lengths": ["0", "10", "11"]}, "code_lengths(lengths)", "ce.kraft_sum(ce.{})"),
    ("ce.huffman_code(p)", {"p": {"a": 0.5, "b": 0.5}}, "list(p.values())", "ce.huffman_code({})"),
    ("ce.code_lengths(code)", {"code": "01"}, "[code]", "ce.code_lengths({})"),
    (
        "ce.encode([0], code)",
        {"code": [1, 2], "lengths": [1, 2]},
        "prefix_code(lengths)",
        "ce.encode([0], ce.{})",
    ),
    (
        "ce.binary_cross_entropy_from_probs(q, 1)",
        {"q": 3.0},
        "sigmoid",
        "ce.binary_cross_entropy_from_probs(ce.{}(q), 1)",
    ),
    (
        "ce.cross_entropy_from_logits(np.zeros((0, 2)), [])",
        {},
        "reduction='sum'",
        "ce.cross_entropy_from_logits(np.zeros((0, 2)), [], {})",
    ),
    (
        "ce.cross_entropy_from_logits([[0.0, 1.0]], [0], weights=[0])",
        {},
        "reduction='sum'",
        "ce.cross_entropy_from_logits([[0.0, 1.0]], [0], weights=[0], {})",
    ),
    ("learning.standardize(x)", {"x": [1.0, 2.0]}, "x[:, None]", "learning.standardize(np.array(x){})"),
    (
        "learning.stratified_split(labels, 0.5, rng)",
        {"labels": [[0], [1]], "rng": np.random.default_rng(0)},
        "np.ravel(labels)",
        "learning.stratified_split({}, 0.5, rng)",
    ),
    (
        "learning.stratified_split(labels, 0.5, rng)",
        {"labels": np.eye(2), "rng": np.random.default_rng(0)},
        "labels.argmax(axis=-1)",
        "learning.stratified_split({}, 0.5, rng)",
    ),
    (
        "learning.stratified_split([0, 1], 0.5, rng)",
        {"rng": 0, "seed": 0},
        "np.random.default_rng(seed)",
        "learning.stratified_split([0, 1], 0.5, {})",
    ),
    (
        "learning.fit_softmax_regression(x, targets)",
        {"x": [[0.0], [1.0]], "targets": [0, 0], "C": 2},
        "one_hot(targets, C)",
        "learning.fit_softmax_regression(x, ce.{})",
    ),
]


@pytest.mark.parametrize(
    ("call", "arguments", "advice", "remedy"), CASES, ids=[f"{c[0]}: {c[2]}" for c in CASES]
)
def test_the_advice_of_a_message_works(call: str, arguments: dict[str, Any], advice: str, remedy: str):
    names = {"ce": ce, "learning": learning, "np": np, **arguments}
    with pytest.raises((TypeError, ValueError)) as caught:
        eval(call, names)
    given, _, rest = str(caught.value).partition("; expected ")
    assert given
    assert advice in rest.partition(". ")[2]
    names["q"] = names.get("q", [0.25, 0.75])
    if "x[:, None]" in advice:
        advice = advice.removeprefix("x")
    assert eval(remedy.format(advice), names) is not None


@pytest.mark.parametrize(
    "call",
    [
        lambda: ce.cross_entropy_from_probs([0, 1], [[0.5, 0.5], [0.2, 0.8]]),
        lambda: ce.cross_entropy_from_logits([0, 1], [[0.5, 0.5], [0.2, 0.8]]),
        lambda: ce.brier_score([0, 1], [[0.5, 0.5], [0.2, 0.8]]),
        lambda: ce.reliability([0, 1], [[0.5, 0.5], [0.2, 0.8]]),
        lambda: ce.binary_cross_entropy_from_probs([1, 0], [0.9, 0.2]),
        lambda: ce.binary_brier_score([1, 0], [0.9, 0.2]),
        lambda: ce.binary_reliability([1, 0], [0.9, 0.2]),
    ],
)
def test_targets_in_the_place_of_the_model_are_found(call: Any):
    with pytest.raises(ValueError, match=r"expected the model as `q|z`, then the targets .* Swap the two"):
        call()


@pytest.mark.parametrize("fit", [learning.fit_softmax_regression, learning.fit_logistic_regression])
@pytest.mark.parametrize(
    ("loss", "rate"), [("cross_entropy", 1e5), ("cross_entropy", 1e308), ("squared_error", 1e308)]
)
def test_a_descent_that_diverges_names_its_step_and_a_rate_at_which_the_loss_falls(
    fit: Any, loss: str, rate: float
):
    x, y = [[0.0], [1.0], [2.0], [3.0], [1.5]], [0, 1, 1, 0, 1]
    start = ([0.5], 0.2) if fit is learning.fit_logistic_regression else ([[0.5, -0.5]], [0.1, 0.2])
    with pytest.raises(ValueError, match=r"step \d+ .* learning_rate (100000|1e\+308); expected") as caught:
        fit(x, y, steps=30, learning_rate=rate, loss=loss, start=start)
    advised = float(str(caught.value).rpartition("such as ")[2].rstrip("."))
    assert (np.diff(fit(x, y, steps=30, learning_rate=advised, loss=loss, start=start).losses) < 0).all()
