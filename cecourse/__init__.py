"""The cross-entropy loss: its mathematics, exact to the last digits, in functions short enough for class.

Notation, the same everywhere: `p` (..., C) is the true pmf and `q` (..., C) the predicted one; `z` (..., C)
are logits; `targets` are integer labels (...,) from 0 to C - 1, or pmfs (..., C); `y` are binary targets in
[0, 1]. The class axis is the last one unless `axis` says otherwise. Information takes (truth, model) and is
in bits (`base=2`); losses take (model, targets) and are in nats, as each family's readers are used to. After
the data every option has its name.

>>> import cecourse as ce
>>> ce.entropy([0.5, 0.5])
np.float64(1.0)
"""

from .coding import (
    arithmetic_decode,
    arithmetic_encode,
    code_lengths,
    decode,
    encode,
    expected_length,
    huffman_code,
    kraft_sum,
    prefix_code,
    shannon_lengths,
)
from .information import (
    binary_entropy,
    conditional_entropy,
    cross_entropy,
    entropy,
    information,
    js_divergence,
    kl_divergence,
    mutual_information,
    perplexity,
)
from .losses import (
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_grad,
    binary_cross_entropy_from_logits_value_and_grad,
    binary_cross_entropy_from_probs,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    cross_entropy_from_logits_value_and_grad,
    cross_entropy_from_probs,
    one_hot,
)
from .scores import (
    binary_brier_score,
    binary_expected_calibration_error,
    binary_reliability,
    brier_score,
    expected_calibration_error,
    reliability,
)
from .softmax import log_sigmoid, log_softmax, logsumexp, sigmoid, softmax

__all__ = [
    "arithmetic_decode",
    "arithmetic_encode",
    "binary_brier_score",
    "binary_cross_entropy_from_logits",
    "binary_cross_entropy_from_logits_grad",
    "binary_cross_entropy_from_logits_value_and_grad",
    "binary_cross_entropy_from_probs",
    "binary_entropy",
    "binary_expected_calibration_error",
    "binary_reliability",
    "brier_score",
    "code_lengths",
    "conditional_entropy",
    "cross_entropy",
    "cross_entropy_from_logits",
    "cross_entropy_from_logits_grad",
    "cross_entropy_from_logits_value_and_grad",
    "cross_entropy_from_probs",
    "decode",
    "encode",
    "entropy",
    "expected_calibration_error",
    "expected_length",
    "huffman_code",
    "information",
    "js_divergence",
    "kl_divergence",
    "kraft_sum",
    "log_sigmoid",
    "log_softmax",
    "logsumexp",
    "mutual_information",
    "one_hot",
    "perplexity",
    "prefix_code",
    "reliability",
    "shannon_lengths",
    "sigmoid",
    "softmax",
]
