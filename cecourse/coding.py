"""Codes: from the length of a codeword to whole messages in bits.

A code is a list of codewords, strings of 0 and 1, one per symbol 0..C-1; or a dict from any symbols to
codewords. The empty string means that a symbol has no codeword: it cannot be sent.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import count, pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _checks as check

__all__ = [
    "arithmetic_decode",
    "arithmetic_encode",
    "code_lengths",
    "decode",
    "encode",
    "expected_length",
    "huffman_code",
    "kraft_sum",
    "prefix_code",
    "shannon_lengths",
]

Code = Sequence[str] | Mapping[Any, str]

# The arithmetic coder sends digits of 64 bits and keeps its interval as whole numbers up to _WHOLE; where the
# width falls below _NARROW, a digit is sent. _NARROW leaves 78 bits to the smallest float64, 2^-1074.
_DIGIT = 64
_REGISTER = 19 * _DIGIT
_KEPT = _REGISTER - _DIGIT
_WHOLE = 1 << _REGISTER
_NARROW = 1 << _KEPT

# A longer codeword, in bits, is a slip: the smallest float64 asks for 1075.
_LONGEST = 2**20


def kraft_sum(lengths: ArrayLike) -> np.float64:
    """Sum of 2^-length: the share of all bit strings that codewords of these lengths (in bits) use up.

    (C,) -> (). A prefix code with these lengths exists exactly where the sum is at most 1. The length inf, of
    a symbol without codeword, adds 0. The sum is exact, then rounded once. Raises `ValueError` for a length
    that is negative or not whole.

    Args:
        lengths: whole numbers of bits, inf for no codeword.

    >>> kraft_sum([1, 2, 3, 3])
    np.float64(1.0)

    Source: Cover & Thomas (2006), section 5.2.
    """
    finite = (int(length) for length in _lengths(lengths) if length < math.inf)
    return np.float64(math.fsum(math.ldexp(1.0, -length) for length in finite))


def shannon_lengths(p: ArrayLike, *, normalize: bool = False) -> NDArray[np.float64]:
    """Information of each symbol, rounded up to whole bits: ceil(-log2 p), exactly.  (..., C) -> (..., C)

    Where `p` is 0 the length is inf: no codeword. Raises `ValueError` where `p` is not a pmf.

    Args:
        p: pmf.
        normalize: whether counts are taken too, and divided by their sum.

    >>> shannon_lengths([0.5, 0.3, 0.2, 0.0])
    array([ 1.,  2.,  3., inf])

    Source: Cover & Thomas (2006), section 5.4.
    """
    p = check.pmf("p", p, normalize=normalize)
    # p is m 2^e with 1/2 <= m < 1, so -log2 p lies in (-e, 1 - e]: no logarithm, no rounding error.
    return np.where(p > 0, 1.0 - np.frexp(p)[1], np.inf)


def prefix_code(lengths: ArrayLike) -> list[str]:
    """Codewords of the given lengths in bits, none of which begins another.  (C,) -> C strings

    This is the canonical code: the codewords count upwards in binary, from the shortest to the longest, ties
    in the order of the symbols. The length inf gives "", no codeword. Raises `ValueError` where the Kraft sum
    is above 1, or a length is 0.

    Args:
        lengths: whole numbers of bits, inf for no codeword.

    >>> prefix_code([2, 1, 3, 3])
    ['10', '0', '110', '111']

    Source: Cover & Thomas (2006), section 5.2, the proof of the converse.
    """
    lengths = _lengths(lengths)
    long = (lengths > _LONGEST) & (lengths < math.inf)
    if long.any():
        remedy = "Give inf to a symbol without codeword."
        check.complain(f"`lengths` holds {check.first(lengths, long)}", f"at most {_LONGEST} bits", remedy)
    if (lengths == 0).any():
        check.complain("a length is 0", "at least 1 bit", "Give a symbol that is certain 1 bit, to count it.")
    code = [""] * lengths.size
    word, length = 0, 0
    for symbol in np.argsort(lengths, kind="stable").tolist():
        if lengths[symbol] == math.inf:
            break
        word <<= int(lengths[symbol]) - length
        length = int(lengths[symbol])
        if word >> length:
            check.complain(
                f"the lengths have the Kraft sum {kraft_sum(lengths):.10g}",
                "at most 1",
                "Make codewords longer until the sum is at most 1.",
            )
        code[symbol] = f"{word:0{length}b}"
        word += 1
    return code


def huffman_code(p: ArrayLike, *, normalize: bool = False) -> list[str]:
    """Prefix code with the fewest bits per symbol on average, for symbols drawn from `p`.  (C,) -> C strings

    Of equal probabilities the earlier symbol, and a symbol before a group, is merged first; so the code is
    always the same. A symbol of probability 0 has no codeword (""). A symbol that is certain has 1 bit, to
    count it: with that one exception the average length is less than 1 bit above the entropy. Raises
    `ValueError` where `p` is not one pmf.

    Args:
        p: pmf.
        normalize: whether counts are taken too, and divided by their sum.

    >>> huffman_code([0.5, 0.25, 0.125, 0.125])
    ['0', '10', '110', '111']

    Source: Huffman (1952), doi:10.1109/JRPROC.1952.273898; Cover & Thomas (2006), section 5.8, for the proof.
    """
    p = _one_pmf(p, normalize)
    age = count()
    groups = [(share, next(age), [symbol]) for symbol, share in enumerate(p.tolist()) if share > 0]
    lengths = np.where(p > 0, 0.0 if len(groups) > 1 else 1.0, np.inf)
    heapq.heapify(groups)
    while len(groups) > 1:
        rare, _, members = heapq.heappop(groups)
        next_rare, _, others = heapq.heappop(groups)
        lengths[members + others] += 1
        heapq.heappush(groups, (rare + next_rare, next(age), members + others))
    return prefix_code(lengths)


def code_lengths(code: Code) -> NDArray[np.float64]:
    """Length of each codeword in bits, inf for a symbol without codeword.  C strings -> (C,)

    Args:
        code: codewords.

    >>> code_lengths(["0", "10", ""])
    array([ 1.,  2., inf])
    """
    return np.array([len(word) or math.inf for word in _codebook(code).values()])


def expected_length(p: ArrayLike, code: Code, *, normalize: bool = False) -> np.float64:
    """Average length in bits per symbol of messages drawn from `p` and sent with `code`.  (C,) -> ()

    `p` stands in the order of the code. It is inf where `p` produces a symbol without codeword. Raises
    `ValueError` where `p` is not one pmf over the symbols of the code.

    Args:
        p: pmf.
        code: codewords.
        normalize: whether counts are taken too, and divided by their sum.

    >>> expected_length([0.5, 0.25, 0.25], ["0", "10", "11"])
    np.float64(1.5)

    Source: Cover & Thomas (2006), section 5.1.
    """
    p, lengths = _one_pmf(p, normalize), code_lengths(code)
    if p.shape != lengths.shape:
        check.complain(
            f"`p` has {p.size} symbols and `code` {lengths.size}",
            "the same symbols",
            "Build the code from a pmf over the same symbols, with 0 for those that cannot occur.",
        )
    occurs = p > 0
    return np.float64(math.fsum((p[occurs] * lengths[occurs]).tolist()))


def encode(symbols: Iterable[Hashable], code: Code) -> str:
    """The codewords of the `symbols`, one after the other: a string of 0 and 1.

    Symbols are indices into a list of codewords, or keys of a dict of codewords. No symbols are the empty
    string. Raises `ValueError` for a symbol without codeword.

    Args:
        symbols: what is sent.
        code: codewords.

    >>> encode([2, 0, 1], ["0", "10", "11"])
    '11010'
    >>> encode("cab", {"a": "0", "b": "10", "c": "11"})
    '11010'
    """
    codebook = _codebook(code)
    words = []
    for position, symbol in enumerate(symbols):
        word = codebook.get(symbol) if isinstance(symbol, Hashable) else None
        if not word:
            check.complain(
                f"the symbol {symbol!r} at position {position} has no codeword",
                "a symbol that the code can send",
                "Build the code from a pmf in which this symbol has a probability above 0.",
            )
        words.append(word)
    return "".join(words)


def decode(bits: str, code: Code) -> list[Any]:
    """The symbols that `encode` turned into `bits`, as a list: indices, or the keys of a dict.

    No bits are no symbols. Raises `ValueError` where `code` is not a prefix code (its messages could be read
    in two ways), or where `bits` do not end with a codeword.

    Args:
        bits: what `encode` returned.
        code: codewords.

    >>> decode("11010", ["0", "10", "11"])
    [2, 0, 1]
    >>> "".join(decode("11010", {"a": "0", "b": "10", "c": "11"}))
    'cab'
    """
    _expect_bits(bits)
    symbol_of = {word: symbol for symbol, word in _prefix_free(code).items()}
    longest = max(map(len, symbol_of), default=0)
    symbols, start = [], 0
    for end in range(1, len(bits) + 1):
        word = bits[start:end]
        if word in symbol_of:
            symbols.append(symbol_of[word])
            start = end
        elif len(word) >= longest:
            break
    if start < len(bits):
        check.complain(
            f"the bits from position {start}, {bits[start : start + 20]!r}, do not begin with a codeword",
            "codewords without a gap",
            "Decode with the code that encoded, and give all its bits.",
        )
    return symbols


def arithmetic_encode(symbols: ArrayLike, pmfs: ArrayLike, *, normalize: bool = False) -> str:
    """The whole message as one number in [0, 1), in less than 2 bits above its information content.

    `symbols` are indices (N,), `pmfs` (N, C): what is believed of each symbol before it is sent; the receiver
    must know the same rows. For one pmf for all, give `np.broadcast_to(p, (N, C))`. Any N: no symbols are "".
    Raises `ValueError` for a symbol whose probability is 0, and where a row is not a pmf.

    Args:
        symbols: indices (N,).
        pmfs: pmfs (N, C).
        normalize: whether counts are taken too, and divided by their sum.

    >>> arithmetic_encode([0, 1, 0], [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]])
    '01'

    Each symbol narrows the interval [low, low + width) to its slice. Why less than 2 bits are lost in all:

    - A slice lies between two rounded sums. They start with the least likely class, so that a sum is at most
      C times the probability added last, and rounding takes at most C 2^-50 of the slice.
    - The width is a whole number, at least 2^1152, and a slice at least 2^78, even for the smallest float64,
      2^-1074: rounding its ends down takes at most 2^-78 of it.
    - The end names the number with the fewest bits in the last interval: at most ceil(-log2 width) bits.

    So a message costs less than its information + 1 bit + N (C 2^-49 + 2^-77) bits, which stays below 2 bits
    up to N C = 5 * 10^14. (Rows must sum to 1 up to rounding: one that sums to 1 + d costs log2(1 + d) more.)

    Source: Cover & Thomas (2006), section 13.3; Witten, Neal & Cleary (1987), doi:10.1145/214762.214771.
    """
    pmfs = _pmf_rows(pmfs, normalize)
    symbols = check.labels("symbols", symbols, pmfs.shape[-1], pmfs.shape[:-1])
    _expect_possible(symbols, pmfs)
    low, width, digits = 0, _WHOLE, []
    for symbol, (order, edges) in zip(symbols.tolist(), _slices(pmfs), strict=True):
        rank = order.index(symbol)
        below, above = _share(width, edges[rank]), _share(width, edges[rank + 1])
        low, width = low + below, above - below
        while width < _NARROW:
            # A digit may hold a carry, a 65th bit, which _as_bits adds to the digits before it.
            digits.append(low >> _KEPT)
            low, width = (low % _NARROW) << _DIGIT, width << _DIGIT
    return _as_bits(digits, _roundest(low, low + width - 1))


def arithmetic_decode(bits: str, pmfs: ArrayLike, *, normalize: bool = False) -> NDArray[np.intp]:
    """The N symbols that `arithmetic_encode` turned into `bits`, one per row of `pmfs`.  (N, C) -> (N,)

    Every string of 0 and 1 is the message of some symbols: an arithmetic code has no room for a check. Raises
    `ValueError` for anything else than 0 and 1, and where a row is not a pmf.

    Args:
        bits: what `arithmetic_encode` returned.
        pmfs: pmfs (N, C), the sender's.
        normalize: whether counts are taken too, and divided by their sum.

    >>> arithmetic_decode("01", [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]])
    array([0, 1, 0])
    """
    _expect_bits(bits)
    # `offset` is the message's number minus low; behind the last bit the number goes on with zeros.
    offset, position, width = _number(bits, 0, _REGISTER), _REGISTER, _WHOLE
    symbols = []
    for order, edges in _slices(_pmf_rows(pmfs, normalize)):
        # The quotient, rounded to the nearest float, reaches the right slice or the edge of the next one.
        rank = bisect_right(edges, offset / width) - 1
        while _share(width, edges[rank]) > offset:
            rank -= 1
        below, above = _share(width, edges[rank]), _share(width, edges[rank + 1])
        offset, width = offset - below, above - below
        symbols.append(order[rank])
        while width < _NARROW:
            offset, width = (offset << _DIGIT) + _number(bits, position, _DIGIT), width << _DIGIT
            position += _DIGIT
    return np.array(symbols, dtype=np.intp)


def _codebook(code: Code) -> Mapping[Any, str]:
    if isinstance(code, str) or not isinstance(code, Iterable):
        given = f"`code` is {code!r:.40}"
        check.complain(
            given, "a list or a dict of codewords", "Give [code] for a single codeword.", TypeError
        )
    book = code if isinstance(code, Mapping) else dict(enumerate(code))
    for word in book.values():
        if not isinstance(word, str) or word.strip("01"):
            check.complain(
                f"`code` holds {word!r:.40}",
                "codewords of 0 and 1 as strings",
                "Lengths become codewords by prefix_code(lengths), probabilities by huffman_code(p).",
                ValueError if isinstance(word, str) else TypeError,
            )
    return book


def _prefix_free(code: Code) -> dict[Any, str]:
    """The symbols with a codeword, once it is known that no codeword begins another."""
    codebook = {symbol: word for symbol, word in _codebook(code).items() if word}
    # In the order of a dictionary, a word stands next to a word that it begins.
    for word, following in pairwise(sorted(codebook.values())):
        if following.startswith(word):
            check.complain(
                f"the codeword {word!r} begins the codeword {following!r}",
                "a prefix code",
                "Build the code with huffman_code or prefix_code.",
            )
    return codebook


def _one_pmf(p: ArrayLike, normalize: bool) -> NDArray[Any]:
    if isinstance(p, list | tuple) and any(isinstance(word, str) for word in p):
        check.complain("`p` is a list of strings", "probabilities", "A code comes after `p`.", TypeError)
    pmf = check.pmf("p", p, normalize=normalize)
    if pmf.ndim != 1:
        check.complain(f"`p` has the shape {pmf.shape}", "one pmf (C,)", "Make one code per row.")
    return pmf


def _lengths(lengths: ArrayLike) -> NDArray[np.float64]:
    if isinstance(lengths, list | tuple) and any(isinstance(word, str) for word in lengths):
        given = "`lengths` holds strings"
        check.complain(
            given, "numbers of bits", "Give code_lengths(lengths) if they are codewords.", TypeError
        )
    values = check.real("lengths", lengths)
    bad = ~((values >= 0) & (values == np.floor(values)))
    if values.ndim != 1 or bad.any():
        given = check.first(values, bad) if bad.any() else f"an array of shape {values.shape}"
        check.complain(
            f"`lengths` holds {given}", "whole numbers of bits (C,)", "Round lengths up, with np.ceil."
        )
    return values


def _expect_bits(bits: str) -> None:
    if not isinstance(bits, str) or bits.strip("01"):
        check.complain(f"`bits` is {bits!r:.40}", "a string of 0 and 1", "Give what the encoder returned.")


def _slices(pmfs: NDArray[Any]) -> Iterator[tuple[list[int], list[float]]]:
    """For each row its classes from the least likely on, and the C + 1 edges of their slices of [0, 1]."""
    rows = max(1, 2**18 // pmfs.shape[-1])
    for start in range(0, len(pmfs), rows):
        block = pmfs[start : start + rows].astype(np.float64)
        order = np.argsort(block, axis=-1, kind="stable")
        edges = np.zeros((len(block), block.shape[-1] + 1))
        np.cumsum(np.take_along_axis(block, order, axis=-1), axis=-1, out=edges[:, 1:])
        edges /= edges[:, -1:]
        yield from zip(order.tolist(), edges.tolist(), strict=True)


def _share(width: int, edge: float) -> int:
    """`width` times `edge`, exactly, rounded down."""
    numerator, power_of_two = edge.as_integer_ratio()
    return width * numerator >> (power_of_two.bit_length() - 1)


def _roundest(first: int, last: int) -> int:
    """The number from `first` to `last` that ends with the most zeros in binary."""
    if first == 0:
        return 0
    zeros = ((first - 1) ^ last).bit_length() - 1
    return last >> zeros << zeros


def _as_bits(digits: list[int], end: int) -> str:
    """The digits and the register behind them as a string, carries added, without the zeros at its end."""
    carry, words = end >> _REGISTER, [f"{end % _WHOLE:0{_REGISTER}b}"]
    for digit in reversed(digits):
        carry, digit = divmod(digit + carry, 1 << _DIGIT)
        words.append(f"{digit:0{_DIGIT}b}")
    return "".join(reversed(words)).rstrip("0")


def _number(bits: str, start: int, length: int) -> int:
    return int(bits[start : start + length].ljust(length, "0"), 2)


def _pmf_rows(pmfs: ArrayLike, normalize: bool) -> NDArray[Any]:
    rows = check.pmf("pmfs", pmfs, normalize=normalize)
    if rows.ndim != 2:
        check.complain(
            f"`pmfs` has the shape {rows.shape}",
            "one pmf per symbol, (N, C)",
            "Give np.broadcast_to(p, (N, C)) where all N symbols have the same pmf.",
        )
    return rows


def _expect_possible(symbols: NDArray[np.intp], pmfs: NDArray[Any]) -> None:
    impossible = np.take_along_axis(pmfs, symbols[:, None], axis=-1)[:, 0] == 0
    if impossible.any():
        position = int(impossible.argmax())
        check.complain(
            f"the symbol {symbols[position]} at position {position} has the probability 0",
            "symbols that their pmf allows",
            "Give every symbol that may occur a probability above 0: what is impossible has no code.",
        )
