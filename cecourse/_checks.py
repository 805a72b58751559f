"""Every check of an argument, once.

Each function takes the argument with its name and gives back a clean array; public functions call it in one
line. Messages have three parts: what was given, what is expected, what to do.
"""

import math
import numbers
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]
Shape = tuple[int, ...]
MOST = float(np.finfo(np.float64).max)
REDUCTIONS = ("mean", "sum", "none")
STEP = "Look for the step that made it: an overflow or 0/0."


def complain(given: str, expected: str, remedy: str, error: type[Exception] = ValueError) -> NoReturn:
    """Raise `error` with a message of three parts."""
    raise error(f"{given}; expected {expected}. {remedy}")


def place(bad: Array, axis: int = -1) -> str:
    """Where the first true entry of `bad` stands; a colon stands for a class axis that is not the last."""
    index = [str(i) for i in np.argwhere(bad)[0]]
    if axis % (bad.ndim + 1) < bad.ndim:
        index.insert(axis % (bad.ndim + 1), ":")
    return f" at index {index[0] if len(index) == 1 else '(' + ', '.join(index) + ')'}" if index else ""


def first(values: Array, bad: Array) -> str:
    """The first bad value and its place."""
    return f"{values[bad][0]:g}{place(bad)}"


def within(values: Array, low: float, high: float) -> bool:
    """Whether all values lie in [low, high]; nan does not. Two reductions need no work space."""
    if values.flags.c_contiguous:  # over several axes an older NumPy takes a buffer for them
        values = values.reshape(-1)
    return bool(values.size == 0 or (float(values.min()) >= low and float(values.max()) <= high))


def masked(x: Any) -> bool:
    """Whether `x` is a masked array, or a list that holds one."""
    if isinstance(x, list | tuple):
        return any(masked(part) for part in x if not isinstance(part, int | float))
    return isinstance(x, np.ndarray) and hasattr(x, "mask")


def conversion(name: str, x: Any, values: Array) -> str:
    """How to turn `x`, in which NumPy finds no real numbers, into what the caller asked for."""
    if isinstance(x, Mapping):
        return f"Give its values, list({name}.values())."
    if hasattr(x, "toarray"):
        return f"Give the dense array, {name}.toarray()."
    if values.ndim == 0 and isinstance(x, Iterable) and not isinstance(x, str | bytes):
        return f"Give a list, list({name})."
    if values.dtype.kind == "c":
        return f"Give the real part, np.real({name}), if the rest is rounding."
    try:
        if np.isfinite(values.astype(np.float64)).all():
            return f"Convert it with np.asarray({name}, dtype=float)."
    except (TypeError, ValueError, OverflowError):
        if values.ndim and all(isinstance(part, str) for part in values.flat):
            return f"Number the names, if these are labels, with np.unique({name}, return_inverse=True)[1]."
    return "Put a number in every place."


def array(name: str, x: ArrayLike) -> Array:
    """Numbers as an array, which nobody writes to; TypeError for what only looks like numbers."""
    if masked(x):
        complain(
            f"`{name}` is masked",
            "plain numbers",
            f"Give np.ma.array({name}).compressed(), or fill the masked entries, so that nothing is hidden.",
            TypeError,
        )
    try:
        values = np.asarray(x)
    except ValueError as error:
        if "inhomogeneous" in str(error):
            complain(f"`{name}` has rows of unequal length", "an array", "Give every row the same length.")
        complain(f"`{name}` is no array: {error}", "numbers", "Give them as a list or as an array.")
    if values.dtype.kind not in "biuf":
        kind = f"{type(x).__name__} of the dtype {values.dtype}"
        complain(f"`{name}` is a {kind}", "real numbers", conversion(name, x, values), TypeError)
    return values


def real(name: str, x: ArrayLike) -> Array:
    """Floats: float32 stays, everything else becomes float64 before any arithmetic (so uint8 cannot wrap)."""
    values = array(name, x)
    return values if values.dtype == np.float32 else values.astype(np.float64, copy=False)


def number(name: str, x: Any, expected: str, low: float, high: float = MOST, open_: bool = True) -> float:
    """One finite number above `low` (or from it on, where not `open_`), up to `high`."""
    single = isinstance(x, numbers.Real) or (isinstance(x, np.ndarray) and x.ndim == 0)
    if not single or np.asarray(x).dtype.kind not in "iuf":
        complain(f"`{name}` is {x!r}", expected, f"Give `{name}` as a single number.", TypeError)
    value = float(x)
    if not (low < value if open_ else low <= value) or not value <= high:
        complain(f"`{name}` is {x!r}", expected, f"Choose `{name}` in that range.")
    return value


def log_base(base: Any) -> float:
    """The base of a logarithm: positive and not 1."""
    value = number("base", base, "a positive number other than 1", 0.0)
    if value == 1:
        remedy = "Take 2 for bits, np.e for nats, 10 for hartleys."
        complain("`base` is 1", "a positive number other than 1", remedy)
    return value


def whole(name: str, x: Any, remedy: str = "Give it as an int.") -> int:
    """A whole number."""
    if not isinstance(x, int | np.integer) or isinstance(x, bool):
        complain(f"`{name}` is {x!r}", "one whole number", remedy, TypeError)
    return int(x)


def count(name: str, x: Any) -> int:
    """A whole number, at least 1."""
    value = whole(name, x)
    if value < 1:
        complain(f"`{name}` is {x}", "at least 1", f"Choose a larger `{name}`.")
    return value


def reduction(how: str) -> str:
    """One of the three reductions."""
    if not isinstance(how, str) or how not in REDUCTIONS:
        remedy = "Take 'none' to have one number per sample."
        complain(f"`reduction` is {how!r}", "'mean', 'sum' or 'none'", remedy)
    return how


def divisor(how: str, samples: int, weights: Array | None = None, otherwise: str = "sum") -> float:
    """What a sum over samples is divided by: for a mean, their number or the sum of their weights."""
    if how != "mean":
        return 1.0
    instead = f", or take reduction='{otherwise}'" if otherwise else ""
    if samples == 0:
        complain("the batch is empty", "at least one sample for a mean", f"Skip empty batches{instead}.")
    with np.errstate(over="ignore"):
        total = float(samples) if weights is None else float(weights.sum())
    if not 0 < total < math.inf:
        given = f"the samples' weights sum to {total:g}"
        remedy = "Divide the weights by the largest" if total else "Give a weight above 0 to what occurs"
        complain(given, "a positive, finite sum for a mean", f"{remedy}{instead if not total else ''}.")
    return total


def last_axis(name: str, values: Array, axis: int = -1, empty: bool = False) -> Array:
    """`values` with the class axis moved to the end; it must exist and, unless `empty`, hold a class."""
    axis = whole("axis", axis, "Give the one axis along which the classes stand, such as axis=-1.")
    if not -values.ndim <= axis < values.ndim:
        complain(
            f"`{name}` has the shape {values.shape} and the class axis is {axis}",
            "an array with that axis",
            "Give one number per class, for instance [0.5, 0.5].",
        )
    if values.shape[axis] == 0 and not empty:
        complain(
            f"`{name}` has the shape {values.shape}: no classes",
            "at least one class",
            "Give one number per class along the class axis.",
        )
    return values if axis == -1 else np.moveaxis(values, axis, -1)


def probability(name: str, x: ArrayLike, by: str = "sigmoid", counts: str = "") -> Array:
    """Probabilities: numbers in [0, 1]. A remedy names the way from logits and, for a pmf, from counts."""
    values = real(name, x)
    if within(values, 0, 1):
        return values
    remedy = f"Logits become probabilities by {by}."
    if not np.isfinite(values).all():
        remedy = STEP
    elif counts and values.min() >= 0:
        all_whole = (values == np.floor(values)).all()
        remedy = f"These look like counts: {counts}." if all_whole else f"Of counts, {counts}. {remedy}"
    given = f"`{name}` holds {first(values, ~((values >= 0) & (values <= 1)))}"
    complain(given, "probabilities, from 0 to 1", remedy)


def weights(name: str, x: ArrayLike, shape: Shape, each: str) -> Array:
    """Finite numbers >= 0, one for `each` sample or class, as float64."""
    values = not_negative(name, real(name, x), "weights").astype(np.float64)
    if values.shape != shape:
        complain(
            f"`{name}` has the shape {values.shape}", f"the shape {shape}", f"Give one weight per {each}."
        )
    return values


def not_negative(name: str, values: Array, what: str) -> Array:
    """Finite numbers >= 0."""
    if not within(values, 0, MOST):
        given = f"`{name}` holds {first(values, ~((values >= 0) & np.isfinite(values)))}"
        complain(given, f"{what}, finite and not negative", "Remove or repair this entry.")
    return values


def normalized(values: Array) -> Array:
    """Counts made to sum to 1 along the last axis, in float64; a row of zeros becomes nan."""
    top = values.max(axis=-1, keepdims=True, initial=0)
    with np.errstate(all="ignore"):
        # A power of two changes no digit, and keeps the sum of counts near 1e308 finite.
        scaled = np.ldexp(values.astype(np.float64), -np.frexp(top.astype(np.float64))[1])
        pmfs: Array = scaled / scaled.sum(axis=-1, keepdims=True)
    return pmfs


def rows(
    name: str, x: Array, shape: Shape, axes: Any, normalize: bool | None = False, by: str = "softmax"
) -> Array:
    """Rows of probabilities that sum to 1 along the class `axes` of `x`, moved to the end as `shape`.

    With `normalize` they may be counts; where it is None, the caller has no such argument.
    """
    given, axis = real(name, x), axes if isinstance(axes, int) else -1
    divide = f"divide by the sum, {name} / np.sum({name}, axis={axes}, keepdims=True)"
    ways = divide if normalize is None else f"give normalize=True or {divide}"
    check = not_negative(name, given, "counts") if normalize else probability(name, given, by, ways)
    values = np.moveaxis(check, axis, -1).reshape(shape)
    with np.errstate(over="ignore"):
        total = values.sum(axis=-1, dtype=np.float64)
    off = np.abs(total - 1) / math.sqrt(shape[-1])
    roundings = {"float16": 2e-3, "float32": 1e-5}
    bad = total == 0 if normalize else off > roundings.get(x.dtype.name, 1e-8)
    if bad.any():
        row = f"the row{place(bad, axis)} of `{name}`" if bad.ndim else f"`{name}`"
        remedy = f"If these are counts, {ways}."
        for narrow in ("float16", "float32"):
            if off[bad][0] <= roundings[narrow]:
                remedy = f"If this is rounding by {narrow}, give it in that dtype, or {divide}."
        if total[bad][0] == 0:
            remedy = "Leave this row out: zeros cannot be normalised."
        expected = "a sum above 0" if normalize else "a sum of 1"
        complain(f"{row} sums to {total[bad][0]:.10g}", expected, remedy)
    return normalized(values) if normalize else values


def pmf(
    name: str, x: ArrayLike, axis: int = -1, normalize: bool | None = False, by: str = "softmax"
) -> Array:
    """Pmfs, or counts with `normalize`, with the class axis moved to the end."""
    values = array(name, x)
    return rows(name, values, last_axis(name, values, axis).shape, int(axis), normalize, by)


def joint(name: str, x: ArrayLike, normalize: bool) -> tuple[np.dtype[Any], Array]:
    """The dtype of the answer, and pmfs over the cells of the last two axes, in float64."""
    values = array(name, x)
    for axis in (-1, -2):
        last_axis(name, values, axis)
    *batch, a, b = values.shape
    pmfs = rows(name, values, (*batch, a * b), (-2, -1), normalize).astype(np.float64)
    return real(name, values).dtype, pmfs.reshape(*batch, a, b)


def pmfs(axis: int, normalize: bool, **given: ArrayLike) -> tuple[np.dtype[Any], list[Array]]:
    """The dtype of the answer, and pmfs over the same classes in float64, in which everything is computed."""
    arrays = {name: array(name, x) for name, x in given.items()}
    found = [pmf(name, x, axis, normalize) for name, x in arrays.items()]
    try:
        fits = len({each.shape[-1] for each in found}) == 1
        np.broadcast_shapes(*(each.shape for each in found))
    except ValueError:
        fits = False
    if not fits:
        complain(
            " and ".join(f"`{name}` has the shape {x.shape}" for name, x in arrays.items()),
            "the same classes and matching rows",
            "Give both one row per distribution and one column per class.",
        )
    dtype = np.result_type(*(real(name, x) for name, x in arrays.items()))
    return dtype, [each.astype(np.float64) for each in found]


def is_moderate(values: Array) -> bool:
    """Whether exp(values), and the quotients and sums of such, neither overflow nor underflow as they are."""
    return within(values, -340, 340)


def logits(name: str, x: ArrayLike, axis: int = -1, empty: bool = False) -> tuple[Array, bool]:
    """Logits, the class axis moved to the end, and whether they are moderate.

    A row with nan, or with -inf only, is refused.
    """
    values = last_axis(name, real(name, x), axis, empty)
    moderate = is_moderate(values)
    if not moderate:
        top = values.max(axis=-1)
        bad = ~(top > -np.inf)
        if bad.any():
            what = "nan" if np.isnan(top[bad][0]) else "only -inf"
            complain(
                f"`{name}` holds {what}" + (f" in the row{place(bad, axis)}" if bad.ndim else ""),
                "numbers, with one above -inf in each row",
                "Look for the step that made them: an overflow, 0/0, or a mask that hides every class.",
            )
    return values, moderate


def per_class(name: str, x: Array, other: str, y: Array, axis: int, twin: str) -> None:
    """Refuse a model in the place of the targets, and one number per sample in the place of one per class."""
    shapes = f"`{name}` has the shape {x.shape} and `{other}` {y.shape}"
    if y.ndim == x.ndim + 1:
        complain(shapes, f"the model as `{name}`, then the targets as `{other}`", "Swap the two.")
    last_axis(name, x, axis)
    both = x.ndim == 1 and x.shape == y.shape and x.size > 1
    hard = both and (y.dtype.kind != "f" or bool(np.isin(y, (0, 1)).all() and y.sum() != 1))
    if x.shape[axis] == 1 or hard:
        complain(
            f"{shapes}: one number for each yes or no",
            "one number per class",
            f"For yes or no there is {twin}(np.ravel({name}), np.ravel({other})); "
            "write a pmf as a target in floats.",
        )


def labels(name: str, x: ArrayLike, num_classes: int, shape: Shape | None = None, remedy: str = "") -> Array:
    """Integer labels in 0..C-1, of the given shape."""
    values = array(name, x)
    if values.size == 0 and values.dtype.kind == "f":
        values = values.astype(np.intp)  # the empty list
    if shape is not None and values.shape != shape:
        same_shape(name, values, shape, "label", remedy)
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


def same_shape(name: str, values: Array, shape: Shape, what: str, remedy: str = "") -> None:
    """Refuse a shape that is not that of the samples."""
    if not remedy:
        remedy = "Take both from the same rows."
        if values.shape[:-1] == shape:
            remedy = f"Give np.argmax({name}, axis=-1) if these are pmfs."
        if values.size == math.prod(shape):
            remedy = f"Give np.reshape({name}, {shape}) if only the shape differs."
    given = f"`{name}` has the shape {values.shape} and the samples have {shape}"
    complain(given, f"one {what} per sample", remedy)


def targets(name: str, values: Array, shape: Shape, axis: int = -1, normalize: bool | None = None) -> Array:
    """Targets for samples and classes of `shape`: integer labels (...,), or pmfs, classes at the end."""
    if values.shape == shape:
        return pmf(name, values, axis, normalize)
    without = [shape[:k] + shape[k + 1 :] for k in range(len(shape))]
    other = without.index(values.shape) if values.shape in without else None
    remedy = "" if other is None else f"Give axis={other} if the classes stand there."
    return labels(name, values, shape[axis], without[axis], remedy)


def binary_targets(name: str, x: ArrayLike, q: Array) -> Array:
    """Binary targets in [0, 1], of the shape of the model `q` or a single one for all."""
    values = array(name, x)
    if values.ndim and values.shape != q.shape:
        same_shape(name, values, q.shape, "target")
    if not within(values, 0, 1):
        given = f"`{name}` holds {first(values, ~((values >= 0) & (values <= 1)))}"
        remedy = "Recode labels such as -1 and 1 to 0 and 1."
        complain(given, "targets from 0 to 1", STEP if np.isnan(values).any() else remedy)
    return np.broadcast_to(values, q.shape)


def binary_model(name: str, x: ArrayLike, other: str, y: ArrayLike) -> Array:
    """Probabilities of a 1; whole numbers beside fractions as targets look swapped."""
    values, truth = array(name, x), array(other, y)
    if values.dtype.kind != "f" and truth.dtype.kind == "f" and (truth != np.floor(truth)).any():
        given = f"`{name}` holds only whole numbers and `{other}` fractions"
        complain(given, f"the model as `{name}`, then the targets as `{other}`", "Swap the two.")
    return probability(name, values, "sigmoid")


def scores(name: str, x: ArrayLike) -> tuple[Array, bool]:
    """Logits of two classes, one number each, and whether all are finite: anything but nan."""
    values = real(name, x)
    finite = within(values, -MOST, MOST)
    if not finite and np.isnan(values).any():
        complain(f"`{name}` holds nan{place(np.isnan(values))}", "numbers", STEP)
    return values, finite


def temperature(x: Any) -> float:
    """A positive temperature."""
    return number("temperature", x, "a positive number", 0.0)


def pos_weight(x: Any) -> float:
    """The weight of the positives: a number from 0 on."""
    return number("pos_weight", x, "a number from 0 on", 0.0, open_=False)
