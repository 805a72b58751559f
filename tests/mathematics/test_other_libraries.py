"""What notebook 08 says about SciPy, scikit-learn, PyTorch, optax and Keras, asked of these libraries."""

import math

import numpy as np
import pytest
import scipy.special
import scipy.stats
from scipy.spatial.distance import jensenshannon
from sklearn.metrics import brier_score_loss, log_loss

import cecourse as ce

Z = np.array([[2.0, 1.0, -1.0], [0.0, 3.0, 1.0]])
Q = ce.softmax(Z)
LABELS = np.array([0, 2])
P = np.array([[0.5, 0.25, 0.25], [0.7, 0.2, 0.1]])
R = np.array([[0.25, 0.5, 0.25], [0.2, 0.2, 0.6]])


@pytest.fixture
def torch():
    return pytest.importorskip("torch")


@pytest.fixture
def functional(torch):
    return torch.nn.functional


@pytest.fixture
def z(torch):
    return torch.tensor(Z)


@pytest.fixture
def labels(torch):
    return torch.tensor(LABELS)


# SciPy


def test_scipy_counts_entropy_in_nats_along_the_first_axis():
    assert np.isclose(scipy.stats.entropy([0.5, 0.5]), math.log(2))
    assert np.allclose(scipy.stats.entropy(P, base=2, axis=-1), ce.entropy(P))
    assert scipy.stats.entropy(P).shape == (3,)


def test_scipy_normalises_without_a_word():
    assert np.isclose(scipy.stats.entropy([3, 3]), math.log(2))
    assert np.isclose(
        scipy.stats.entropy([3, 1], [1, 1]), ce.kl_divergence([0.75, 0.25], [0.5, 0.5], base=np.e)
    )


def test_scipy_entropy_of_two_is_the_divergence_not_the_cross_entropy():
    assert np.allclose(scipy.stats.entropy(P, R, axis=-1), ce.kl_divergence(P, R, base=np.e))


def test_the_terms_of_rel_entr_sum_to_the_divergence_and_those_of_kl_div_are_others():
    assert np.allclose(scipy.special.rel_entr(P, R).sum(axis=-1), ce.kl_divergence(P, R, base=np.e))
    assert np.allclose(scipy.special.kl_div(P, R), scipy.special.rel_entr(P, R) - P + R)


def test_entr_gives_the_terms_of_the_entropy():
    assert np.allclose(scipy.special.entr(P).sum(axis=-1), ce.entropy(P, base=np.e))


def test_scipy_softmax_runs_over_the_whole_array_unless_told():
    assert np.isclose(scipy.special.softmax(Z).sum(), 1)
    assert np.isclose(scipy.special.log_softmax(Z).max(), Z.max() - scipy.special.logsumexp(Z))
    assert np.allclose(scipy.special.softmax(Z, axis=-1), Q)
    assert np.allclose(scipy.special.log_softmax(Z, axis=-1), ce.log_softmax(Z))
    assert np.allclose(scipy.special.logsumexp(Z, axis=-1), ce.logsumexp(Z))


def test_scipy_gives_the_root_of_the_jensen_shannon_divergence():
    assert np.isclose(jensenshannon(P[0], R[0], base=2) ** 2, ce.js_divergence(P[0], R[0]))


# scikit-learn


def test_log_loss_takes_probabilities_and_gives_the_mean_in_nats():
    assert np.isclose(log_loss(LABELS, Q, labels=[0, 1, 2]), ce.cross_entropy_from_probs(Q, LABELS))
    total = log_loss(LABELS, Q, labels=[0, 1, 2], normalize=False)
    assert np.isclose(total, ce.cross_entropy_from_probs(Q, LABELS, reduction="sum"))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_log_loss_clips_at_the_rounding_error_of_the_dtype(dtype):
    loss = log_loss([0, 1], np.array([[0, 1], [0, 1]], dtype))
    assert np.isclose(loss, -np.log(np.finfo(dtype).eps) / 2, rtol=1e-3)


def test_log_loss_sorts_the_labels_whatever_order_is_given():
    q = [[0.9, 0.1], [0.2, 0.8]]
    sorted_loss = log_loss(["a", "b"], q)
    with pytest.warns(UserWarning, match="lexicographically"):
        assert log_loss(["a", "b"], q, labels=["b", "a"]) == sorted_loss
    assert np.isclose(sorted_loss, ce.cross_entropy_from_probs(q, [0, 1]))


def test_log_loss_does_not_guess_a_class_that_is_missing():
    with pytest.raises(ValueError, match="only one label"):
        log_loss([1, 1], [[0.1, 0.9], [0.2, 0.8]])
    with pytest.raises(ValueError, match="number of classes"):
        log_loss(LABELS, Q)


def test_log_loss_refuses_logits_outside_0_to_1_and_warns_of_other_sums():
    with pytest.raises(ValueError, match="values"):
        log_loss(LABELS, Z, labels=[0, 1, 2])
    with pytest.warns(UserWarning, match="sum to one"):
        log_loss([0, 1], [[0.2, 0.1], [0.1, 0.2]])


def test_the_brier_score_is_halved_for_two_classes_only():
    assert np.isclose(
        brier_score_loss([0, 1], [0.3, 0.6]), ce.brier_score([[0.7, 0.3], [0.4, 0.6]], [0, 1]) / 2
    )
    labels = [0, 1, 2]
    q = np.array([[0.5, 0.3, 0.2], [0.2, 0.6, 0.2], [0.1, 0.1, 0.8]])
    assert np.isclose(brier_score_loss(labels, q), ce.brier_score(q, labels))


# PyTorch


def test_torch_cross_entropy_takes_logits_and_gives_the_mean_in_nats(functional, z, labels):
    assert np.isclose(functional.cross_entropy(z, labels), ce.cross_entropy_from_logits(Z, LABELS))
    p = functional.one_hot(labels, 3).double()
    assert np.isclose(functional.cross_entropy(z, p), ce.cross_entropy_from_logits(Z, LABELS))


def test_torch_applies_softmax_to_probabilities_without_a_word(functional, torch, z, labels):
    twice = functional.cross_entropy(z.softmax(dim=-1), labels)
    assert np.isclose(twice, ce.cross_entropy_from_logits(Q, LABELS))
    sure = functional.cross_entropy(torch.eye(3, dtype=torch.float64), torch.arange(3))
    assert np.isclose(sure, math.log(math.e + 2) - 1)


def test_torch_nll_loss_takes_logarithms_and_is_negative_for_probabilities(functional, z, labels):
    right = functional.nll_loss(z.log_softmax(dim=-1), labels)
    assert np.isclose(right, ce.cross_entropy_from_logits(Z, LABELS))
    assert functional.nll_loss(z.softmax(dim=-1), labels) < 0


def test_torch_binary_cross_entropy_ends_at_100_nats(functional, torch):
    one, zero = torch.tensor([1.0]), torch.tensor([0.0])
    assert functional.binary_cross_entropy(zero, one) == 100
    assert functional.binary_cross_entropy(one, zero) == 100
    assert functional.binary_cross_entropy_with_logits(-200 * one, one) == 200


def test_torch_kl_div_takes_the_logarithm_of_the_prediction_first(functional, torch):
    p, r = torch.tensor(P), torch.tensor(R)
    rows = ce.kl_divergence(P, R, base=np.e)
    assert np.allclose(functional.kl_div(r.log(), p, reduction="none").sum(-1), rows)
    mean = rows.mean()
    assert np.isclose(functional.kl_div(r.log(), p, reduction="batchmean"), mean)
    with pytest.warns(UserWarning, match="batchmean"):
        assert np.isclose(functional.kl_div(r.log(), p), mean / 3)
    assert functional.kl_div(r, p, reduction="batchmean") < 0


def test_torch_divides_by_the_weights_for_labels_and_by_the_samples_for_pmfs(functional, torch, z, labels):
    weight = torch.tensor([1.0, 1.0, 3.0], dtype=torch.float64)
    ours = ce.cross_entropy_from_logits(Z, LABELS, class_weights=[1, 1, 3])
    assert np.isclose(functional.cross_entropy(z, labels, weight=weight), ours)
    soft = functional.cross_entropy(z, functional.one_hot(labels, 3).double(), weight=weight)
    assert np.isclose(soft, 2 * ours)


def test_torch_expects_the_classes_on_the_second_axis(functional, torch):
    labels = torch.zeros(2, 5, dtype=torch.long)
    assert np.isclose(functional.cross_entropy(torch.zeros(2, 3, 5), labels), math.log(3))
    with pytest.raises(RuntimeError, match="target size"):
        functional.cross_entropy(torch.zeros(2, 5, 3), labels)


def test_torch_skips_the_label_minus_100(functional, torch, z):
    skipped = functional.cross_entropy(z, torch.tensor([0, -100]))
    assert np.isclose(skipped, ce.cross_entropy_from_logits(Z[:1], [0]))


def test_torch_smooths_labels_as_the_course_does(functional, z, labels):
    ours = ce.cross_entropy_from_logits(Z, LABELS, label_smoothing=0.1)
    assert np.isclose(functional.cross_entropy(z, labels, label_smoothing=0.1), ours)


def test_torch_counts_entropy_in_nats_and_normalises(torch):
    categorical = torch.distributions.Categorical
    assert np.allclose(categorical(probs=torch.tensor(P)).entropy(), ce.entropy(P, base=np.e))
    assert np.isclose(categorical(probs=torch.tensor([3.0, 3.0])).entropy(), math.log(2))


def test_torch_softmax_and_its_relatives_are_those_of_the_course(torch, z):
    assert np.allclose(torch.softmax(z, dim=-1), Q)
    assert np.allclose(torch.log_softmax(z, dim=-1), ce.log_softmax(Z))
    assert np.allclose(torch.logsumexp(z, dim=-1), ce.logsumexp(Z))


def test_torch_gives_nan_where_all_labels_are_ignored(functional, torch, z):
    assert math.isnan(functional.cross_entropy(z, torch.tensor([-100, -100])))


def test_torch_loses_a_small_loss_in_half_precision(functional, torch):
    z = torch.tensor([[12.0, 0.0, 0.0]])
    label = torch.tensor([0])
    assert functional.cross_entropy(z.half(), label) == 0
    assert np.isclose(functional.cross_entropy(z, label), 1.2e-5, rtol=0.1)


# optax and Keras


def test_optax_gives_a_loss_for_each_sample():
    optax = pytest.importorskip("optax")
    losses = optax.softmax_cross_entropy_with_integer_labels(Z, LABELS)
    assert np.allclose(losses, ce.cross_entropy_from_logits(Z, LABELS, reduction="none"), rtol=1e-5)
    assert np.allclose(
        optax.softmax_cross_entropy(Z, P).mean(), ce.cross_entropy_from_logits(Z, P), rtol=1e-5
    )
    assert np.allclose(optax.kl_divergence(np.log(R), P), ce.kl_divergence(P, R, base=np.e), rtol=1e-4)


@pytest.fixture
def losses(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    pytest.importorskip("jax")
    return pytest.importorskip("keras").losses


def test_keras_takes_logits_for_probabilities_unless_told(losses):
    told = losses.SparseCategoricalCrossentropy(from_logits=True)
    assert np.isclose(told(LABELS, Z), ce.cross_entropy_from_logits(Z, LABELS), rtol=1e-5)
    assert not np.isclose(losses.SparseCategoricalCrossentropy()(LABELS, Z), told(LABELS, Z), rtol=0.05)


def test_keras_applies_softmax_to_probabilities_without_a_word(losses):
    twice = losses.SparseCategoricalCrossentropy(from_logits=True)(LABELS, Q)
    assert np.isclose(twice, ce.cross_entropy_from_logits(Q, LABELS), rtol=1e-5)
