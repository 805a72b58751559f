"""Values come through the protocol unchanged, and nothing else comes through."""

import json
from decimal import Decimal
from fractions import Fraction

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given

from cecourse.assignments.sandbox.protocol import (
    DTYPES,
    LONGEST_LIST,
    Failure,
    ProtocolError,
    Unsupported,
    decode,
    encode,
    parse_json,
    to_line,
)


@given(arrays.arrays(arrays.scalar_dtypes().filter(lambda dtype: dtype.name in DTYPES), (2, 3)))
def test_an_array_keeps_its_dtype_and_every_bit(array):
    back = decode(parse_json(to_line(encode(array))))
    assert back.dtype.name == array.dtype.name
    assert back.tobytes() == array.astype(back.dtype).tobytes()


@pytest.mark.parametrize("value", ["", "01", None, ["0", "10"], [[1.0, 2.0], []], 7, -1.5, True])
def test_plain_values_come_back(value):
    assert decode(parse_json(to_line(encode(value)))) == value


def test_an_array_of_codewords_is_the_list_of_them():
    assert decode(parse_json(to_line(encode(np.array(["0", "10", "11"]))))) == ["0", "10", "11"]


@pytest.mark.parametrize("value", [Fraction(3, 4), Decimal("0.75"), np.longdouble(0.75)])
def test_a_number_more_exact_than_a_float_is_a_float(value):
    back = decode(parse_json(to_line(encode(value))))
    assert back == 0.75
    assert back.dtype == float


@pytest.mark.parametrize("value", [object(), {1: 2}, 10**400, "x" * 10000, np.zeros(1 << 20), b"bytes"])
def test_what_cannot_be_an_answer_is_unsupported(value):
    assert isinstance(decode(parse_json(to_line(encode(value)))), Unsupported)


def test_a_type_of_the_students_own_has_no_name_outside():
    assert decode({"unsupported": "0.25, 0.75"}) == Unsupported("object")
    assert decode({"failure": ["E0_25", 1, 2, ""]}).kind == "Exception"
    assert decode({"failure": ["ValueError", 1, 2, ""]}) == Failure("ValueError", 1, 2, "")


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 100000,
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": ' + b"9" * 19 + b"}",
        b"",
        b"\xff",
        b"nonsense",
    ],
)
def test_forged_lines_are_refused(text):
    with pytest.raises(ProtocolError):
        parse_json(text)


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        {},
        {"array": 1},
        {"array": ["float64", [2], ""]},
        {"array": ["float64", [-1], ""]},
        {"array": ["float64", [1 << 40, 1 << 40], ""]},
        {"array": ["object", [0], ""]},
        {"array": ["float64", [], "not base64!"]},
        {"array": ["float64", [True], "AAAAAAAA8D8="]},
        {"list": [{"list": [{"list": [{"list": [{"list": [{"nothing": True}]}]}]}]}]},
        {"text": 1},
        {"text": "x" * (LONGEST_LIST + 1)},
        {"failure": ["ValueError"]},
        {"nothing": True, "text": ""},
    ],
)
def test_forged_values_are_refused(tree):
    with pytest.raises(ValueError, match=r".*"):
        decode(json.loads(json.dumps(tree)))
