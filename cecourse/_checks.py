"""Every check of an argument, once.

Each function takes the argument with its name and gives back a clean array; public functions call it in one
line. Messages have three parts: what was given, what is expected, what to do.
"""

import numbers
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]
MOST = float(np.finfo(np.float64).max)
REDUCTIONS = ("mean", "sum", "none")


def complain(given: str, expected: str, remedy: str, error: type[Exception] = ValueError) -> NoReturn:
    """Raise `error` with a message of three parts."""
    raise error(f"{given}; expected {expected}. {remedy}")


def place(bad: Array) -> str:
    """Where the first true entry of `bad` stands, for a message."""
    index = np.argwhere(bad)[0].tolist()
    return f" at index {index[0] if len(index) == 1 else tuple(index)}" if index else ""


def first(values: Array, bad: Array) -> str:
    """The first bad value and its place."""
    return f"{values[bad][0]:g}{place(bad)}"


def within(values: Array, low: float, high: float) -> bool:
    """Whether all values lie in [low, high]; nan does not. Two reductions need no work space."""
    return bool(values.size == 0 or (values.min() >= low and values.max() <= high))


def array(name: str, x: ArrayLike) -> Array:
    """Numbers as an array, which nobody writes to; TypeError for what only looks like numbers."""
    if isinstance(x, np.ndarray) and hasattr(x, "mask"):
        complain(
            f"`{name}` is a masked array",
            "plain numbers",
            "Fill the masked entries or leave them out, so that nothing is hidden.",
            TypeError,
        )
    try:
        values = np.asarray(x)
    except ValueError:
        complain(f"`{name}` has rows of unequal length", "an array", "Give every row the same length.")
    if values.dtype.kind not in "biuf":
        complain(
            f"`{name}` has the dtype {values.dtype}",
            "real numbers",
            "Convert it to float64, for instance with np.asarray(x, dtype=float).",
            TypeError,
        )
    return values


def real(name: str, x: ArrayLike) -> Array:
    """Floats: float32 stays, everything else becomes float64 before any arithmetic (so uint8 cannot wrap)."""
    values = array(name, x)
    return values if values.dtype == np.float32 else values.astype(np.float64, copy=False)


def number(name: str, x: Any, expected: str, low: float, high: float = np.inf, open_: bool = True) -> float:
    """One finite number above `low` (or from it on, where not `open_`), up to `high`."""
    given = f"`{name}` is {x!r}"
    remedy = f"Give `{name}` as a single number."
    if (
        not isinstance(x, numbers.Real | np.ndarray)
        or np.asarray(x).ndim
        or np.asarray(x).dtype.kind not in "iuf"
    ):
        complain(given, expected, remedy, TypeError)
    value = float(x)
    if not (low < value if open_ else low <= value) or not value <= high or value == np.inf:
        complain(given, expected, f"Choose `{name}` in that range.")
    return value


def log_base(base: Any) -> float:
    """The base of a logarithm: positive and not 1."""
    value = number("base", base, "a positive number other than 1", 0.0)
    if value == 1:
        complain(
            "`base` is 1",
            "a positive number other than 1",
            "Take 2 for bits, np.e for nats, 10 for hartleys.",
        )
    return value


def reduction(how: str) -> str:
    """One of the three reductions."""
    if how not in REDUCTIONS:
        complain(
            f"`reduction` is {how!r}",
            "'mean', 'sum' or 'none'",
            "Take 'none' to have one loss per sample.",
        )
    return how


def divisor(how: str, samples: int) -> float:
    """What a sum of losses is divided by; a mean needs at least one sample."""
    if how != "mean":
        return 1.0
    if samples == 0:
        complain(
            "the batch is empty",
            "at least one sample for reduction='mean'",
            "Skip empty batches, or take 'sum' (0.0) or 'none' (empty).",
        )
    return float(samples)


def last_axis(name: str, values: Array, axis: int = -1, empty: bool = False) -> Array:
    """`values` with the class axis moved to the end; it must exist and, unless `empty`, hold a class."""
    if not -values.ndim <= axis < values.ndim:
        complain(
            f"`{name}` has the shape {values.shape} and the class axis is {axis}",
            "an array with that axis",
            "Give one number per class, for instance [0.5, 0.5].",
        )
    values = values if axis == -1 else np.moveaxis(values, axis, -1)
    if values.shape[-1] == 0 and not empty:
        complain(
            f"`{name}` has the shape {values.shape}: no classes",
            "at least one class",
            "Give one number per class along the class axis.",
        )
    return values


def probability(name: str, x: ArrayLike) -> Array:
    """Probabilities: numbers in [0, 1]."""
    values = real(name, x)
    if not within(values, 0, 1):
        complain(
            f"`{name}` holds {first(values, ~((values >= 0) & (values <= 1)))}",
            "probabilities, from 0 to 1",
            "Scores (logits) become probabilities by softmax or sigmoid, or go to a function `_from_logits`.",
        )
    return values


def counts(name: str, values: Array) -> Array:
    """Finite numbers >= 0, made to sum to 1 along the last axis, with no row of zeros only."""
    if not within(values, 0, MOST):
        complain(
            f"`{name}` holds {first(values, ~((values >= 0) & (values <= MOST)))}",
            "counts, finite and not negative",
            "Remove or repair this entry.",
        )
    top = values.max(axis=-1, keepdims=True, initial=0)
    if not top.all():
        complain(
            f"`{name}` has only zeros in the row{place(top[..., 0] == 0)}",
            "a positive count in every row",
            "Leave this row out: zeros cannot be normalised.",
        )
    # A power of two changes no digit, and keeps the sum of counts near 1e308 finite.
    scaled = np.ldexp(values, -np.frexp(top)[1])
    normalised: Array = scaled / scaled.sum(axis=-1, keepdims=True)
    return normalised


def pmf(name: str, x: ArrayLike, normalize: bool = False, axis: int = -1) -> Array:
    """Rows of probabilities that sum to 1, the class axis moved to the end; with `normalize`, counts."""
    values = last_axis(name, real(name, x), axis)
    if normalize:
        return counts(name, values)
    probability(name, values)
    tolerance = (1e-5 if values.dtype == np.float32 else 1e-8) * np.sqrt(values.shape[-1])
    total = values.sum(axis=-1, dtype=np.float64)
    bad = np.abs(total - 1) > tolerance
    if bad.any():
        row = f"row{place(bad)} of `{name}`" if bad.ndim else f"`{name}`"
        complain(
            f"the {row} sums to {total[bad][0]:.10g}".replace("the `", "`"),
            "a sum of 1",
            "Divide by the sum if these are counts; the functions of information do it with normalize=True.",
        )
    return values


def same_classes(name_p: str, p: Array, name_q: str, q: Array) -> None:
    """Two pmfs over the same classes, whose other axes fit by NumPy's rules."""
    fits = p.shape[-1] == q.shape[-1]
    if fits:
        try:
            np.broadcast_shapes(p.shape, q.shape)
        except ValueError:
            fits = False
    if not fits:
        complain(
            f"`{name_p}` has the shape {p.shape} and `{name_q}` {q.shape}",
            "the same classes and matching rows",
            "Give both one row per distribution and one column per class.",
        )


def logits(name: str, x: ArrayLike, axis: int = -1, empty: bool = False) -> Array:
    """Logits, the class axis moved to the end; a row with nan, or with -inf only, is refused."""
    values = last_axis(name, real(name, x), axis, empty)
    if values.size and not values.min() > -np.inf:  # nan or -inf somewhere: look at the rows
        top = values.max(axis=-1)
        bad = ~(top > -np.inf)
        if bad.any():
            what = "nan" if np.isnan(top[bad][0]) else "only -inf"
            complain(
                f"`{name}` holds {what}" + (f" in the row{place(bad)}" if bad.ndim else ""),
                "numbers, with one above -inf in each row",
                "Look for the step that made them: an overflow, 0/0, or a mask that hides every class.",
            )
    return values


def labels(name: str, x: ArrayLike, num_classes: int, shape: tuple[int, ...] | None = None) -> Array:
    """Integer labels in 0..C-1, of the given shape."""
    values = array(name, x)
    if values.size == 0 and values.dtype.kind == "f":
        values = values.astype(np.intp)  # the empty list
    if shape is not None and values.shape != shape:
        complain(
            f"`{name}` has the shape {values.shape} and the samples have {shape}",
            "one label per sample",
            "Use labels.ravel() if the labels stand in a column; check that both have the same rows.",
        )
    if values.dtype.kind not in "iu":
        complain(
            f"`{name}` has the dtype {values.dtype}",
            "integer labels",
            "Convert with astype(int) if they are whole numbers; a pmf per sample has one column per class.",
            TypeError,
        )
    if not within(values, 0, num_classes - 1):
        bad = (values < 0) | (values >= num_classes)
        complain(
            f"`{name}` holds {values[bad][0]}{place(bad)}",
            f"labels from 0 to {num_classes - 1}",
            "Labels count from 0: subtract 1 if yours count from 1; leave out samples marked -1 or -100.",
        )
    return values.astype(np.intp, copy=False)


def targets(name: str, x: ArrayLike, shape: tuple[int, ...]) -> Array:
    """Targets for samples and classes of `shape`: integer labels (...,), or pmfs (..., C)."""
    values = array(name, x)
    if values.shape == shape:
        return pmf(name, values)
    return labels(name, values, shape[-1], shape[:-1])


def binary_targets(name: str, x: ArrayLike, shape: tuple[int, ...]) -> Array:
    """Binary targets in [0, 1], of the given shape or a single one for all."""
    values = array(name, x)
    if values.ndim and values.shape != shape:
        complain(
            f"`{name}` has the shape {values.shape} and the samples have {shape}",
            "one target per sample",
            "Use y.ravel() if the targets stand in a column; check that both have the same rows.",
        )
    if not within(values, 0, 1):
        complain(
            f"`{name}` holds {first(values, ~((values >= 0) & (values <= 1)))}",
            "targets from 0 to 1",
            "Recode labels such as -1 and 1 to 0 and 1.",
        )
    return np.broadcast_to(values, shape)


def class_weights(x: ArrayLike, num_classes: int) -> Array:
    """One finite, non-negative weight per class, as float64."""
    values = real("class_weights", x).astype(np.float64)
    if values.shape != (num_classes,):
        complain(
            f"`class_weights` has the shape {values.shape} for {num_classes} classes",
            f"the shape ({num_classes},)",
            "Give one weight per class.",
        )
    if not within(values, 0, MOST):
        complain(
            f"`class_weights` holds {first(values, ~((values >= 0) & (values <= MOST)))}",
            "weights that are finite and not negative",
            "Repair this weight.",
        )
    return values


def total_weight(weight: float) -> float:
    """The divisor of a weighted mean, which must not be 0."""
    if not weight > 0:
        complain(
            "the samples' class weights sum to 0",
            "a positive sum for reduction='mean'",
            "Give a weight above 0 to a class that occurs, or take reduction='sum'.",
        )
    return weight


def count(name: str, x: Any) -> int:
    """A whole number, at least 1."""
    if not isinstance(x, int | np.integer) or isinstance(x, bool):
        complain(f"`{name}` is {x!r}", "a whole number", f"Give `{name}` as an int.", TypeError)
    if x < 1:
        complain(f"`{name}` is {x}", "at least 1", f"Choose a larger `{name}`.")
    return int(x)


def scores(name: str, x: ArrayLike) -> Array:
    """Logits of two classes, one number each: anything but nan."""
    values = real(name, x)
    if not within(values, -np.inf, np.inf):
        complain(
            f"`{name}` holds nan{place(np.isnan(values))}",
            "numbers",
            "Look for the step that made it: an overflow or 0/0.",
        )
    return values


def temperature(x: Any) -> float:
    """A positive temperature."""
    return number("temperature", x, "a positive number", 0.0)


def pos_weight(x: Any) -> float:
    """The weight of the positives: a number from 0 on."""
    return number("pos_weight", x, "a number from 0 on", 0.0, open_=False)
