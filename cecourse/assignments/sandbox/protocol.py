"""The messages between the grader and a sandbox, both ways: plain JSON, strictly read.  Imports nothing of
the course.

Arrays keep their dtype and every bit; numbers that are more exact than a float become floats. What cannot be
an answer becomes `Unsupported`, an exception `Failure`; neither carries text of the student's code, so that
no hidden input can leave with it."""

import base64
import builtins
import json
import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

LONGEST_LINE = 1 << 20
LARGEST_ARRAY = 1 << 18  # bytes
LONGEST_LIST = 5000
DEEPEST = 4
DTYPES = ("bool", *(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)))
DTYPES += ("float16", "float32", "float64", "complex64", "complex128")


@dataclass(frozen=True)
class Failure:
    """An error in a student's code: the built-in exception, the cell and line, and the name that was not
    found."""

    kind: str
    cell: int = 0
    line: int = 0
    name: str = ""


@dataclass(frozen=True)
class Unsupported:
    """A value of a type that no question asks for, such as a dictionary."""

    kind: str


class ProtocolError(ValueError):
    """A message that does not follow the protocol."""


def encode(value, depth=0):
    """The value as JSON data."""
    if isinstance(value, Failure):
        return {"failure": [value.kind, value.cell, value.line, value.name]}
    if value is None:
        return {"nothing": True}
    if isinstance(value, str) and len(value) <= LONGEST_LIST:
        return {"text": value}
    if isinstance(value, np.ndarray) and value.dtype.kind == "U" and value.ndim == 1:  # of codewords
        value = value.tolist()
    if isinstance(value, list | tuple) and depth < DEEPEST and len(value) <= LONGEST_LIST:
        return {"list": [encode(item, depth + 1) for item in value]}
    if isinstance(value, Fraction | Decimal):
        value = float(value)
    array = np.asarray(value)
    if array.dtype == np.longdouble:
        array = array.astype(float)
    if array.dtype.name in DTYPES and array.nbytes <= LARGEST_ARRAY:
        dtype = array.dtype.newbyteorder("<")
        data = base64.b64encode(array.astype(dtype).tobytes()).decode("ascii")
        return {"array": [array.dtype.name, list(array.shape), data]}
    return {"unsupported": type(value).__name__}


def decode(tree, depth=0):
    """The value from its JSON data; ProtocolError for anything that `encode` does not write."""
    if not isinstance(tree, dict) or len(tree) != 1 or depth > DEEPEST:
        raise ProtocolError("expected an object with one key")
    ((kind, content),) = tree.items()
    match kind, content:
        case "nothing", True:
            return None
        case "text", str() if len(content) <= LONGEST_LIST:
            return content
        case "list", list() if len(content) <= LONGEST_LIST:
            return [decode(item, depth + 1) for item in content]
        case "array", [str() as dtype, list() as shape, str() as data] if dtype in DTYPES:
            return _array(dtype, shape, data)
        case "failure", [str() as name, int() as cell, int() as line, str() as missing]:
            return Failure(_public(name, BaseException), cell, line, missing[:50])
        case "unsupported", str():
            return Unsupported(_public(content, object))
    raise ProtocolError(f"expected a value, got {str(kind)[:20]}")


def to_line(tree):
    """One line of JSON, as bytes; a tree too large becomes Unsupported."""
    text = json.dumps(tree).encode("ascii")
    if len(text) >= LONGEST_LINE:
        text = json.dumps({"value": {"unsupported": "object"}, "changed": False}).encode("ascii")
    return text + b"\n"


def parse_json(text):
    """The JSON data of a text; ProtocolError for deep nesting, an integer of more than 18 digits, or no
    JSON."""
    try:
        return json.loads(text, parse_int=_int)
    except (ValueError, RecursionError, MemoryError) as error:
        raise ProtocolError(type(error).__name__) from None


def _int(digits):
    if len(digits) > 18:
        raise ProtocolError("an integer of more than 18 digits")
    return int(digits)


def _array(dtype, shape, data):
    sizes_fit = len(shape) <= 8 and all(type(size) is int and 0 <= size <= LARGEST_ARRAY for size in shape)
    dtype = np.dtype(dtype).newbyteorder("<")
    if not sizes_fit or math.prod(shape) * dtype.itemsize > LARGEST_ARRAY:
        raise ProtocolError("an array of no possible shape")
    content = base64.b64decode(data, validate=True)
    if len(content) != math.prod(shape) * dtype.itemsize:
        raise ProtocolError("an array whose bytes do not fill its shape")
    return np.frombuffer(content, dtype).reshape(shape).copy()[()]


def _public(name, base):
    """The name of a built-in type; a type that the student defined has no name outside the sandbox."""
    known = getattr(builtins, name, None)
    if isinstance(known, type) and issubclass(known, base):
        return name
    return base.__name__.replace("BaseException", "Exception")
