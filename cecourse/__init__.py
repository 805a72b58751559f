"""The cross-entropy loss: its mathematics, exact to the last digits, in functions short enough for class.

Notation, the same everywhere: `p` (..., C) is the true pmf and `q` (..., C) the predicted one, always in
this order; `z` (..., C) are logits; `targets` are integer labels (...,) from 0 to C - 1, or pmfs (..., C);
`y` are binary targets in [0, 1]. The class axis is the last one. Information is in bits (`base=2`), losses
are in nats.

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
    binary_cross_entropy_from_probs,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    cross_entropy_from_probs,
    one_hot,
)
from .scores import brier_score, expected_calibration_error, reliability
from .softmax import log_sigmoid, log_softmax, logsumexp, sigmoid, softmax

__all__ = [
    "arithmetic_decode",
    "arithmetic_encode",
    "binary_cross_entropy_from_logits",
    "binary_cross_entropy_from_logits_grad",
    "binary_cross_entropy_from_probs",
    "binary_entropy",
    "brier_score",
    "code_lengths",
    "cross_entropy",
    "cross_entropy_from_logits",
    "cross_entropy_from_logits_grad",
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
