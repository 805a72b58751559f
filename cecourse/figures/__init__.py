"""The course's figures: one function, one figure, callable without an argument, described in words."""

from .entropy import (
    average_surprise_settles,
    binary_entropy_curve,
    bits_of_a_sentence,
    blocks_close_the_gap,
    entropy_of_bars,
    entropy_of_three_outcomes,
    huffman_on_english,
    nearly_fair_coin,
)
from .registry import FIGURES

__all__ = [
    "FIGURES",
    "average_surprise_settles",
    "binary_entropy_curve",
    "bits_of_a_sentence",
    "blocks_close_the_gap",
    "entropy_of_bars",
    "entropy_of_three_outcomes",
    "huffman_on_english",
    "nearly_fair_coin",
]
