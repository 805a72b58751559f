"""Codes keep their promises: Kraft, Shannon, Huffman, and a message within 2 bits of its information."""

import math
import time
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cecourse.coding import (
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
from cecourse.datasets import ALPHABET, letters, only_letters, sample_text

counts = st.lists(st.integers(0, 1000), min_size=2, max_size=12).filter(lambda c: sum(k > 0 for k in c) >= 2)
pmfs = counts.map(lambda c: np.array(c) / sum(c))
skewed_pmfs = st.lists(st.floats(-30, 0), min_size=2, max_size=30).map(lambda z: np.exp(z) / np.exp(z).sum())


def entropy(p):
    return math.fsum(-share * math.log2(share) for share in p if share > 0)


# Kraft


def test_a_full_tree_uses_up_all_bit_strings():
    assert kraft_sum([1, 2, 3, 3]) == 1
    assert kraft_sum([2, 2, 2]) == 0.75


def test_one_short_codeword_too_many_breaks_kraft():
    assert kraft_sum([1, 1, 2]) == 1.25


def test_a_symbol_without_codeword_uses_up_nothing():
    assert kraft_sum([1, math.inf]) == 0.5
    assert kraft_sum([]) == 0


@given(st.lists(st.integers(0, 1074), max_size=40))
@example([0, 53, 53])
def test_the_kraft_sum_is_exact_and_rounded_once(lengths):
    exact = sum((Fraction(1, 2**length) for length in lengths), Fraction(0))
    assert kraft_sum(lengths) == float(exact)


@pytest.mark.parametrize("lengths", [[-1], [1.5], [math.nan], [[1, 2]]])
def test_a_length_is_a_whole_number_of_bits(lengths):
    with pytest.raises(ValueError, match=r"`lengths` holds .*; expected whole numbers of bits .*np.ceil"):
        kraft_sum(lengths)


# Shannon


def test_shannon_rounds_information_up():
    assert shannon_lengths([0.5, 0.3, 0.2]).tolist() == [1, 2, 3]
    assert shannon_lengths([1.0]).tolist() == [0]


def test_what_cannot_occur_would_need_endless_bits():
    assert shannon_lengths([1.0, 0.0]).tolist() == [0, math.inf]


def test_a_probability_next_to_a_power_of_two_is_rounded_the_right_way():
    above, below = np.nextafter(0.25, 1), np.nextafter(0.25, 0)
    assert shannon_lengths([above, below, 0.5]).tolist() == [2, 3, 1]


def test_shannon_works_row_by_row_and_in_float32():
    p = np.array([[0.5, 0.5], [0.75, 0.25]], dtype=np.float32)
    assert shannon_lengths(p).tolist() == [[1, 1], [1, 2]]


@given(skewed_pmfs)
def test_shannon_lengths_are_information_rounded_up(p):
    for share, length in zip(p.tolist(), shannon_lengths(p).tolist(), strict=True):
        assert Fraction(1, 2 ** int(length)) <= Fraction(share) < Fraction(2, 2 ** int(length))


@given(skewed_pmfs)
def test_kraft_allows_the_lengths_of_shannon(p):
    assert kraft_sum(shannon_lengths(p)) <= math.fsum(p.tolist())


@given(pmfs)
def test_a_shannon_code_costs_less_than_one_bit_too_much(p):
    assert entropy(p) - 1e-12 <= expected_length(p, prefix_code(shannon_lengths(p))) < entropy(p) + 1


def test_shannon_needs_a_pmf():
    with pytest.raises(ValueError, match="sums to"):
        shannon_lengths([0.5, 0.6])


# A prefix code from lengths


def test_codewords_count_upwards():
    assert prefix_code([2, 1, 3, 3]) == ["10", "0", "110", "111"]
    assert prefix_code([3, 3]) == ["000", "001"]


def test_no_length_no_codeword():
    assert prefix_code([1, math.inf, 1]) == ["0", "", "1"]
    assert prefix_code([]) == []


@given(st.lists(st.integers(1, 70), max_size=30))
@example([1, 2, 3, 4, 5, 5])
@example([1, 1, 70])
def test_lengths_make_a_prefix_code_exactly_where_kraft_holds(lengths):
    if sum(Fraction(1, 2**length) for length in lengths) > 1:
        with pytest.raises(ValueError, match=r"Kraft sum .*; expected at most 1. Make codewords longer"):
            prefix_code(lengths)
    else:
        code = prefix_code(lengths)
        assert [len(word) for word in code] == lengths
        assert not any(a != b and b.startswith(a) for a, b in product(code, code))
        assert len(set(code)) == len(code)


def test_an_empty_codeword_cannot_be_counted():
    with pytest.raises(ValueError, match="a length is 0; expected at least 1 bit"):
        prefix_code([0])


# Huffman


def test_huffman_by_hand():
    # 0.15 + 0.15 = 0.3 is the largest but one, 0.2 + 0.2 + 0.3 the rest.
    assert code_lengths(huffman_code([0.25, 0.25, 0.2, 0.15, 0.15])).tolist() == [2, 2, 2, 3, 3]
    assert expected_length([0.25, 0.25, 0.2, 0.15, 0.15], huffman_code([0.25, 0.25, 0.2, 0.15, 0.15])) == 2.3


def test_huffman_reaches_the_entropy_of_powers_of_one_half():
    p = [0.5, 0.25, 0.125, 0.125]
    assert huffman_code(p) == ["0", "10", "110", "111"]
    assert expected_length(p, huffman_code(p)) == entropy(p) == 1.75


def test_ties_are_broken_the_same_way_every_time_and_without_long_codewords():
    assert huffman_code([0.25] * 4) == ["00", "01", "10", "11"]
    # Both (2, 2, 2, 2) and (1, 2, 3, 3) cost 2 bits: the older are merged first, the tree stays flat.
    assert code_lengths(huffman_code(np.array([2, 2, 1, 1]) / 6)).tolist() == [2, 2, 2, 2]


def test_a_certain_symbol_is_counted_by_one_bit():
    assert huffman_code([1.0]) == ["0"]
    assert huffman_code([0.0, 1.0]) == ["", "0"]
    assert decode(encode([1, 1, 1], ["", "0"]), ["", "0"]) == [1, 1, 1]


def test_an_impossible_symbol_gets_no_codeword_and_costs_the_others_nothing():
    assert huffman_code([0.5, 0.0, 0.5]) == ["0", "", "1"]


@given(pmfs)
def test_every_huffman_code_fills_its_tree(p):
    assert kraft_sum(code_lengths(huffman_code(p))) == 1


@given(st.one_of(pmfs, skewed_pmfs))
def test_huffman_lies_between_the_entropy_and_one_bit_more(p):
    assert entropy(p) - 1e-12 <= expected_length(p, huffman_code(p)) < entropy(p) + 1


@given(pmfs)
def test_huffman_is_no_longer_than_shannon(p):
    assert expected_length(p, huffman_code(p)) <= expected_length(p, prefix_code(shannon_lengths(p))) + 1e-12


def full_trees(leaves):
    """Every list of codeword lengths of a binary tree with that many leaves."""
    if leaves == 1:
        return [(0,)]
    return [
        tuple(depth + 1 for depth in left + right)
        for size in range(1, leaves)
        for left in full_trees(size)
        for right in full_trees(leaves - size)
    ]


@settings(max_examples=50)
@given(st.lists(st.integers(1, 50), min_size=2, max_size=6))
def test_no_prefix_code_is_shorter_than_huffman(numbers):
    numbers = sorted(numbers, reverse=True)
    # The most likely symbols take the shortest codewords; every shape of the tree is tried.
    best = min(sum(np.multiply(numbers, sorted(tree))) for tree in full_trees(len(numbers)))
    mine = code_lengths(huffman_code(np.array(numbers) / sum(numbers)))
    assert np.dot(numbers, mine) == best


def test_huffman_codes_a_deep_tree():
    p = np.array([0.5**k for k in range(1, 61)] + [0.5**60])
    assert code_lengths(huffman_code(p)).tolist() == [*range(1, 61), 60]
    assert kraft_sum(code_lengths(huffman_code(p))) == 1


def test_huffman_on_english_letters_saves_most_of_what_five_bits_waste():
    p = letters("english")
    length = expected_length(p, huffman_code(p))
    assert entropy(p) < length < 4.3
    assert length == pytest.approx(4.2051, abs=5e-5)


def test_blocks_of_symbols_come_closer_to_the_entropy():
    p = np.array([0.9, 0.1])
    pairs, triples = np.outer(p, p).ravel(), np.multiply.outer(np.outer(p, p), p).ravel()
    bits = [expected_length(q, huffman_code(q)) / n for n, q in ((1, p), (2, pairs), (3, triples))]
    assert bits == pytest.approx([1, 0.645, 0.53267], abs=5e-6)
    assert entropy(p) == pytest.approx(0.46900, abs=5e-6)


def test_a_code_belongs_to_one_pmf():
    with pytest.raises(ValueError, match=r"`p` has the shape \(2, 2\); expected one pmf"):
        huffman_code([[0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(ValueError, match="sums to"):
        huffman_code([0.3, 0.4])


# The average length


def test_the_average_length_weighs_each_codeword_by_its_probability():
    assert expected_length([0.5, 0.25, 0.25], ["0", "10", "11"]) == 1.5
    assert expected_length([0.5, 0.25, 0.25], {"c": "11", "a": "0", "b": "10"}) == 1.75


def test_what_a_code_cannot_send_costs_infinitely_many_bits():
    code = huffman_code([0.5, 0.5, 0.0])
    assert expected_length([0.4, 0.4, 0.2], code) == math.inf
    assert expected_length([0.25, 0.75, 0.0], code) == 1


@given(pmfs, st.randoms())
def test_a_code_for_another_pmf_is_no_shorter(p, random):
    q = p.tolist()
    random.shuffle(q)
    assert expected_length(p, huffman_code(q)) >= expected_length(p, huffman_code(p)) - 1e-12


def test_the_code_and_the_pmf_speak_of_the_same_symbols():
    with pytest.raises(ValueError, match="`p` has 2 symbols and `code` 3; expected the same symbols"):
        expected_length([0.5, 0.5], ["0", "10", "11"])


# Messages


def test_a_message_is_its_codewords_in_a_row():
    assert encode([2, 0, 1], ["0", "10", "11"]) == "11010"
    assert decode("11010", ["0", "10", "11"]) == [2, 0, 1]


def test_no_symbols_are_no_bits():
    assert encode([], ["0", "1"]) == ""
    assert decode("", ["0", "1"]) == []
    assert decode("", [""]) == []


@given(pmfs.flatmap(lambda p: st.tuples(st.just(p), st.lists(st.sampled_from(np.flatnonzero(p).tolist())))))
def test_decoding_gives_back_what_was_encoded(p_and_symbols):
    p, symbols = p_and_symbols
    code = huffman_code(p)
    bits = encode(symbols, code)
    assert decode(bits, code) == symbols
    assert len(bits) == sum(len(code[symbol]) for symbol in symbols)


def test_a_text_survives_its_code():
    text = only_letters(sample_text("english"))
    code = dict(zip(ALPHABET, huffman_code(letters("english")), strict=True))
    bits = encode(text, code)
    assert "".join(decode(bits, code)) == text
    assert len(bits) < 4.3 * len(text)


def test_the_code_of_another_language_makes_the_text_longer():
    english, german = (
        dict(zip(ALPHABET, huffman_code(letters(name)), strict=True)) for name in ("english", "german")
    )
    for name, right, wrong in (("english", english, german), ("german", german, english)):
        text = only_letters(sample_text(name))
        assert len(encode(text, right)) < len(encode(text, wrong))


def test_labels_in_an_array_are_symbols():
    assert encode(np.array([1, 0]), ["0", "1"]) == "10"


@pytest.mark.parametrize("symbol", [3, -1, 1, "a"])
def test_a_symbol_without_codeword_cannot_be_sent(symbol):
    with pytest.raises(ValueError, match=r"at position 1 has no codeword; expected a symbol .* above 0"):
        encode([0, symbol], ["0", "", "1"])


def test_a_message_that_could_be_read_in_two_ways_is_refused():
    with pytest.raises(ValueError, match="the codeword '0' begins the codeword '01'; expected a prefix code"):
        decode("01", ["0", "1", "01"])
    with pytest.raises(ValueError, match="the codeword '1' begins the codeword '1'"):
        decode("01", ["0", "1", "1"])


@pytest.mark.parametrize(("bits", "position"), [("01", 1), ("1100101111", 7), ("1" * 1000, 0)])
def test_bits_that_do_not_end_with_a_codeword_are_refused(bits, position):
    with pytest.raises(ValueError, match=f"the bits from position {position}, .*; expected codewords"):
        decode(bits, ["0", "101", "110"])


@pytest.mark.parametrize("bits", ["012", "0 1", [0, 1], None])
def test_a_message_is_made_of_zeros_and_ones(bits):
    for read in (lambda: decode(bits, ["0", "1"]), lambda: arithmetic_decode(bits, [[0.5, 0.5]])):
        with pytest.raises(ValueError, match=r"expected a string of 0 and 1. Give what the encoder returned"):
            read()


# The arithmetic coder


def information(symbols, pmfs):
    return math.fsum(-math.log2(pmf[symbol]) for symbol, pmf in zip(symbols, pmfs, strict=True))


def excess_bits(symbols, pmfs):
    """Bits above the information content, after the round trip is checked."""
    bits = arithmetic_encode(symbols, pmfs)
    assert np.array_equal(arithmetic_decode(bits, pmfs), symbols)
    return len(bits) - information(symbols, pmfs)


def test_fair_coins_cost_one_bit_each():
    symbols = [0, 1, 1, 0, 1]
    assert arithmetic_encode(symbols, np.full((5, 2), 0.5)) == "01101"


def test_the_arithmetic_message_by_hand():
    # Slices from the least likely class on: 1 is [0, 1/4), 0 is [1/4, 1). Twice 0 leaves [7/16, 1) with 0.1.
    assert arithmetic_encode([0, 0], [[0.75, 0.25]] * 2) == "1"
    # 0 then 1 leaves [1/4, 7/16).
    assert arithmetic_encode([0, 1], [[0.75, 0.25]] * 2) == "01"


def test_certain_symbols_and_empty_messages_cost_nothing():
    assert arithmetic_encode([], np.empty((0, 3))) == ""
    assert arithmetic_decode("", np.empty((0, 3))).shape == (0,)
    assert arithmetic_encode([1] * 50, [[0.0, 1.0]] * 50) == ""
    assert arithmetic_decode("", [[0.0, 1.0]] * 50).tolist() == [1] * 50
    assert arithmetic_decode("1" * 3000, [[0.0, 1.0]] * 50).tolist() == [1] * 50


def test_an_arithmetic_message_spends_parts_of_a_bit():
    rng = np.random.default_rng(0)
    symbols = (rng.random(10_000) < 0.01).astype(int)
    bits = arithmetic_encode(symbols, np.broadcast_to([0.99, 0.01], (10_000, 2)))
    assert len(bits) < 0.1 * len(symbols)


messages = st.integers(1, 8).flatmap(
    lambda C: st.lists(
        st.tuples(st.lists(st.floats(-740, 0), min_size=C, max_size=C), st.integers(0, C - 1)), max_size=60
    )
)


@settings(max_examples=300)
@given(messages)
def test_a_message_costs_less_than_two_bits_above_its_information(message):
    if message:
        logits = np.array([z for z, _ in message])
        pmfs = np.exp(logits - logits.max(axis=-1, keepdims=True))
        pmfs /= pmfs.sum(axis=-1, keepdims=True)
        symbols = [symbol for _, symbol in message]
        assert excess_bits(symbols, pmfs) < 1 + 1e-9


@given(st.integers(0, 2**32), st.integers(2, 5))
def test_every_bit_string_is_some_message(seed, C):
    rng = np.random.default_rng(seed)
    pmfs = rng.dirichlet(np.full(C, 0.3), size=40)
    bits = "".join(rng.choice(["0", "1"], size=rng.integers(0, 400)))
    symbols = arithmetic_decode(bits, pmfs)
    assert np.array_equal(arithmetic_decode(arithmetic_encode(symbols, pmfs), pmfs), symbols)


@pytest.mark.parametrize("bits", ["", "1" * 2000, "0" * 2000, "01" * 1000])
def test_both_ends_of_the_interval_belong_to_a_symbol(bits):
    pmfs = np.full((100, 3), 1 / 3)
    symbols = arithmetic_decode(bits, pmfs)
    assert np.array_equal(arithmetic_decode(arithmetic_encode(symbols, pmfs), pmfs), symbols)


def test_a_carry_runs_through_many_digits():
    # Ten thousand times the middle third: the number stays next to one half, 0.0111... or 0.1000...
    pmfs = np.full((10_000, 3), 1 / 3)
    middle = np.ones(10_000, dtype=int)
    assert excess_bits(middle, pmfs) < 1 + 1e-9
    for last in (0, 2):
        middle[-1] = last
        assert excess_bits(middle, pmfs) < 1 + 1e-9


def test_the_smallest_probability_of_a_float_can_be_sent():
    tiny = 5e-324
    pmfs = np.array([[tiny, 1.0]] * 30)
    assert excess_bits([0] * 30, pmfs) < 1 + 1e-9
    assert excess_bits([0, 1] * 15, pmfs) < 1 + 1e-9


def test_beliefs_in_float32_are_sent_as_well():
    pmfs = np.random.default_rng(0).dirichlet(np.ones(5), size=200).astype(np.float32)
    symbols = np.random.default_rng(1).integers(0, 5, 200)
    assert excess_bits(symbols, pmfs) < 2


def test_many_classes_come_in_blocks_of_rows():
    rng = np.random.default_rng(0)
    pmfs = rng.dirichlet(np.full(5000, 0.1), size=120)
    symbols = [rng.choice(5000, p=pmf) for pmf in pmfs]
    assert excess_bits(symbols, pmfs) < 1 + 1e-9


@pytest.mark.parametrize("rare", [1e-9, 1e-3, 0.3])
def test_a_hundred_thousand_symbols_cost_less_than_two_bits_in_all(rare):
    rng = np.random.default_rng(7)
    pmfs = rng.dirichlet(np.ones(4), size=100_000) * (1 - 2 * rare)
    pmfs = np.concatenate([pmfs, np.full((100_000, 2), rare)], axis=1)
    pmfs /= pmfs.sum(axis=1, keepdims=True)
    symbols = rng.integers(0, 6, size=100_000)
    start = time.perf_counter()
    assert excess_bits(symbols, pmfs) < 2
    assert time.perf_counter() - start < 20  # 0.6 s on a quiet machine


def test_the_sender_and_the_receiver_may_learn_on_the_way():
    # Both count what has been sent; the pmf of the next symbol is (count + 1) / (n + 3).
    symbols = np.random.default_rng(3).choice(3, p=[0.7, 0.2, 0.1], size=500)
    seen = np.cumsum(np.eye(3)[symbols], axis=0)
    pmfs = (np.concatenate([np.zeros((1, 3)), seen[:-1]]) + 1) / (np.arange(500)[:, None] + 3)
    assert excess_bits(symbols, pmfs) < 1 + 1e-9


def test_a_single_wrong_bit_is_not_noticed_but_changes_the_message():
    pmfs = np.full((100, 2), 0.5)
    symbols = np.random.default_rng(0).integers(0, 2, 100)
    bits = arithmetic_encode(symbols, pmfs)
    flipped = bits[:10] + ("1" if bits[10] == "0" else "0") + bits[11:]
    assert np.flatnonzero(arithmetic_decode(flipped, pmfs) != symbols).tolist() == [10]


def test_what_the_belief_rules_out_cannot_be_sent():
    with pytest.raises(
        ValueError, match="the symbol 1 at position 2 has the probability 0; expected symbols"
    ):
        arithmetic_encode([0, 0, 1], [[0.5, 0.5], [0.5, 0.5], [1.0, 0.0]])


def test_every_symbol_needs_its_own_belief():
    with pytest.raises(ValueError, match=r"`pmfs` has the shape \(2,\); expected .*np.broadcast_to"):
        arithmetic_encode([0, 1], [0.5, 0.5])
    with pytest.raises(ValueError, match="`symbols` has the shape"):
        arithmetic_encode([0, 1, 1], [[0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(ValueError, match="sums to"):
        arithmetic_decode("0", [[0.5, 0.6]])


def test_coding_leaves_its_arguments_alone():
    p, pmfs, symbols = np.array([0.1, 0.4, 0.5]), np.full((3, 2), 0.5), np.array([0, 1, 0])
    before = p.copy(), pmfs.copy(), symbols.copy()
    expected_length(p, huffman_code(p))
    arithmetic_decode(arithmetic_encode(symbols, pmfs), pmfs)
    assert all(np.array_equal(a, b) for a, b in zip(before, (p, pmfs, symbols), strict=True))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: encode([0, 1], ["x", "y"]), ValueError, "`code` holds 'x'; expected codewords of 0 and 1"),
        (lambda: encode([0, 1], "01"), TypeError, r"`code` is '01'; expected a list or a dict .*\[code\]"),
        (lambda: code_lengths(3), TypeError, "`code` is 3; expected a list or a dict of codewords"),
        (
            lambda: code_lengths([0, 10]),
            TypeError,
            r"`code` holds 0; expected codewords .* prefix_code\(lengths\)",
        ),
        (lambda: encode([[0]], ["0"]), ValueError, r"the symbol \[0\] at position 0 has no codeword"),
        (lambda: kraft_sum(["0", "10"]), TypeError, r"`lengths` holds strings; .* code_lengths\(lengths\)"),
        (lambda: prefix_code([1, 1e308]), ValueError, r"`lengths` holds 1e\+308 at index 1; .* Give inf"),
        (
            lambda: expected_length(["0", "1"], [0.5, 0.5]),
            TypeError,
            "`p` is a list of strings; .* after `p`",
        ),
    ],
)
def test_what_is_no_code_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_counts_make_the_code_of_their_pmf():
    assert huffman_code([5, 3, 2], normalize=True) == huffman_code([0.5, 0.3, 0.2])
    assert expected_length([2, 1, 1], ["0", "10", "11"], normalize=True) == 1.5
    assert shannon_lengths(np.float32([4, 2, 1, 1]), normalize=True).tolist() == [1, 2, 3, 3]
    bits = arithmetic_encode([0, 1, 1], [[1, 3]] * 3, normalize=True)
    assert arithmetic_decode(bits, [[1, 3]] * 3, normalize=True).tolist() == [0, 1, 1]
