"""What several figures share."""

import subprocess
import sys

import mpmath
import numpy as np
import pytest

from cecourse.figures import FIGURES
from cecourse.figures.drawing import pieces


@pytest.mark.parametrize("function", ["exp", "log", "log2"])
def test_single_precision_is_the_number_nearest_to_the_true_value(function):
    x = np.random.default_rng(0).uniform(0.001, 20, size=300).astype(np.float32)
    exact = {"exp": mpmath.exp, "log": mpmath.log, "log2": lambda each: mpmath.log(each, 2)}[function]
    with mpmath.workdps(30):
        true = [exact(mpmath.mpf(float(each))) for each in x]
    found = pieces.rounded(getattr(np, function), x)
    assert found.dtype == np.float32
    for near, value in zip(found, true, strict=True):
        beside = [
            abs(mpmath.mpf(float(np.nextafter(near, np.float32(end)))) - value) for end in (-np.inf, np.inf)
        ]
        assert abs(mpmath.mpf(float(near)) - value) <= min(beside)


def test_a_number_in_words_says_infinity_as_a_word_and_no_negative_zero():
    assert pieces.in_bits(np.inf) == "infinitely many bits"
    assert pieces.in_nats(0.25) == "0.250 nats"
    assert pieces.number(np.inf, infinite="∞") == "∞"
    assert pieces.listed([-0.0, 1.5], ".1f") == "0.0, 1.5"
    assert [pieces.signed(value, 2) for value in (-0.004, -0.3, 0.3)] == ["0.00", "-0.30", "+0.30"]


# Every part of the processor that this NumPy can do without, and one thread against two.
OTHER_PROCESSOR = """
import hashlib, os, sys
import numpy._core._multiarray_umath as parts
from tests.figures.drawing.surroundings import every_kind
off = os.environ.get("NPY_DISABLE_CPU_FEATURES", "").split()
assert not [part for part in off if parts.__cpu_features__[part]], "this part is still in use"
for name in sys.argv[1:]:
    print(name, {kind: hashlib.sha256(made).hexdigest() for kind, made in every_kind(name).items()})
"""


def parts_of_the_processor():
    from numpy._core import _multiarray_umath as parts

    return [part for part in parts.__cpu_dispatch__ if parts.__cpu_features__.get(part)]


def drawn_elsewhere(monkeypatch, off, threads):
    monkeypatch.setenv("NPY_DISABLE_CPU_FEATURES", " ".join(off))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", str(threads))
    run = [sys.executable, "-c", OTHER_PROCESSOR, *FIGURES]
    return subprocess.run(run, capture_output=True, text=True, check=True, timeout=600).stdout.splitlines()


@pytest.mark.slow
def test_every_figure_is_the_same_on_every_processor(monkeypatch):
    here = drawn_elsewhere(monkeypatch, [], threads=2)
    bare = drawn_elsewhere(monkeypatch, parts_of_the_processor(), threads=1)
    assert [line.split()[0] for line, other in zip(here, bare, strict=True) if line != other] == []
