"""The course's figures: one function, one figure, callable without an argument, described in words."""

from .classification import (
    label_number_stripes,
    losses_against_weight,
    one_hot_beside_prediction,
    penguin_bills,
    race_of_two_losses,
    slopes_against_logit,
)
from .cross_entropy import (
    every_belief_about_a_coin,
    four_languages_in_four_codes,
    letters_in_another_code,
    price_as_area,
    tangent_of_a_belief,
    whatever_the_epsilon_says,
)
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
from .multiclass import (
    labels_as_a_message,
    one_hot_picks_one_term,
    race_with_three_classes,
    slope_is_prediction_minus_target,
    softmax_regression_learns,
)
from .registry import FIGURES
from .softmax import (
    overflow_map,
    scores_of_a_bird,
    softmax_jacobian,
    softmax_squashes,
    temperature_path,
    three_ways_to_a_probability,
    two_classes_are_a_sigmoid,
)
from .surprise import (
    codewords_in_the_unit_interval,
    guessing_game,
    probability_to_surprise,
    surprise_adds,
    surprise_ladder,
)

__all__ = [
    "FIGURES",
    "average_surprise_settles",
    "binary_entropy_curve",
    "bits_of_a_sentence",
    "blocks_close_the_gap",
    "codewords_in_the_unit_interval",
    "entropy_of_bars",
    "entropy_of_three_outcomes",
    "every_belief_about_a_coin",
    "four_languages_in_four_codes",
    "guessing_game",
    "huffman_on_english",
    "label_number_stripes",
    "labels_as_a_message",
    "letters_in_another_code",
    "losses_against_weight",
    "nearly_fair_coin",
    "one_hot_beside_prediction",
    "one_hot_picks_one_term",
    "overflow_map",
    "penguin_bills",
    "price_as_area",
    "probability_to_surprise",
    "race_of_two_losses",
    "race_with_three_classes",
    "scores_of_a_bird",
    "slope_is_prediction_minus_target",
    "slopes_against_logit",
    "softmax_jacobian",
    "softmax_regression_learns",
    "softmax_squashes",
    "surprise_adds",
    "surprise_ladder",
    "tangent_of_a_belief",
    "temperature_path",
    "three_ways_to_a_probability",
    "two_classes_are_a_sigmoid",
    "whatever_the_epsilon_says",
]
