"""Which controls each figure has, and its telling states.  A widget is a line here, not a program."""

from .controls import Bars, Choice, LogSlider, Moves, Slider, Steps, Words

_LANGUAGES = tuple((name.capitalize(), name) for name in ("english", "german", "french", "spanish"))

CONTROLS = {
    "average_surprise_settles": {"p": Slider("P(X = 1)", 0.0, 1.0, 0.01)},
    "binary_entropy_curve": {"p": Slider("P(X = 1)", 0.0, 1.0, 0.01)},
    "bits_of_a_sentence": {"sentence": Words("your sentence")},
    "blocks_close_the_gap": {"p": Slider("P(X = 1)", 0.02, 0.5, 0.01)},
    "both_ways_and_between": {
        "p": Slider("first coin, p", 0.0, 1.0, 0.01),
        "q": Slider("second coin, q", 0.0, 1.0, 0.01),
    },
    "codewords_in_the_unit_interval": {"weights": Bars(("a", "b", "c", "d"))},
    "damage_against_temperature": {
        "left_out": Slider("flight left out (0: none)", 0, 23, 1),
        "bits": Slider("band: curves that cost at most this much more", 0.0, 6.0, 0.5, unit="bits", digits=1),
    },
    "entropy_and_extra_bits": {
        "p": Bars(("p of rock", "p of paper", "p of scissors")),
        "q": Bars(("q of rock", "q of paper", "q of scissors")),
    },
    "entropy_of_bars": {"weights": Bars(("sun", "cloud", "rain", "snow"))},
    "entropy_of_three_outcomes": {"weights": Bars(("A", "B", "C"))},
    "error_of_the_calibrated": {"bins": Choice("bins", (5, 10, 20, 40))},
    "every_belief_about_a_coin": {
        "p": Slider("true P(heads), p", 0.0, 1.0, 0.01),
        "q": Slider("believed P(heads), q", 0.0, 1.0, 0.01),
    },
    "evidence_adds_up": {
        "die": Choice("the die thrown is", ("loaded", "fair")),
        "tens": Steps("throws so far, in tens", 60, unit="", milliseconds=100),
    },
    "extra_bits_by_letter": {
        "text": Choice("text in", _LANGUAGES),
        "code": Choice("code for", _LANGUAGES),
    },
    "guessing_game": {
        "questions": Moves((("U", "upper half?"), ("L", "left half?"), ("S", "this one square?"))),
        "game": Slider("game (each hides another square)", 0, 9, 1),
    },
    "honesty_under_four_scores": {
        "truth": Slider("true probability of rain", 0.0, 1.0, 0.01),
        "stated": Slider("stated probability of rain", 0.0, 1.0, 0.01),
    },
    "label_number_stripes": {
        "numbering": Choice(
            "numbers of Adelie, Chinstrap, Gentoo",
            (
                ("1, 2, 3", (1, 2, 3)),
                ("1, 3, 2", (1, 3, 2)),
                ("2, 1, 3", (2, 1, 3)),
                ("2, 3, 1", (2, 3, 1)),
                ("3, 1, 2", (3, 1, 2)),
                ("3, 2, 1", (3, 2, 1)),
            ),
        ),
        "way": Slider("star, from the mean Adelie (0) to the mean Gentoo (1)", 0.0, 1.0, 0.05),
    },
    "labels_as_a_message": {"step": Steps("training", 200, milliseconds=100)},
    "letters_in_another_code": {
        "text": Choice("text in", _LANGUAGES),
        "code": Choice("code for", _LANGUAGES),
        "bits": Choice("bits", ("ideal", "whole")),
    },
    "likelihood_narrows": {"flips": Slider("flips N", 10, 1000, 10)},
    "likelihood_of_flips": {
        "q": Slider("believed P(heads), q", 0.02, 0.98, 0.01),
        "flips": Slider("number of flips", 10, 2000, 10),
    },
    "losses_against_weight": {"weight": Slider("weight w", -8.0, 8.0, 0.1, unit="per mm")},
    "nearly_fair_coin": {"distance": LogSlider("distance from fair", -3, -0.302, 0.001)},
    "one_hot_beside_prediction": {
        "dissent": Slider("of 12 annotators, how many do not say Chinstrap", 0, 8, 1),
        "q": Bars(("q of Adelie", "q of Chinstrap", "q of Gentoo")),
    },
    "one_hot_picks_one_term": {
        "label": Choice("the bird is a", (("Adelie", 0), ("Chinstrap", 1), ("Gentoo", 2))),
        "q": Bars(("q of Adelie", "q of Chinstrap", "q of Gentoo")),
    },
    "overflow_map": {
        "first": Slider("score z0", -1000.0, 1000.0, 10.0, digits=0),
        "second": Slider("score z1", -1000.0, 1000.0, 10.0, digits=0),
    },
    "price_as_area": {
        "p": Bars(("p of calm", "p of fog", "p of ship", "p of whale")),
        "q": Bars(("q of calm", "q of fog", "q of ship", "q of whale")),
    },
    "probability_to_surprise": {"p": LogSlider("probability P", -12, 0, 0.01, base=2)},
    "race_of_two_losses": {
        "start": Choice("weight at the start (per mm)", (-8.0, -6.0, -4.0, -2.0, 0.0)),
        "step": Slider("steps done", 0, 400, 1),
    },
    "race_with_three_classes": {
        "sureness": Choice(
            "start",
            (
                ("undecided", 0.0),
                ("half as sure, wrong", 0.5),
                ("sure, wrong", 1.0),
                ("twice as sure, wrong", 2.0),
            ),
        ),
    },
    "reliability_of_penguins": {
        "temperature": LogSlider("temperature T (no unit)", -1, 4, 0.01, base=2),
    },
    "scores_of_a_bird": {
        "length": Slider("bill length", 30.0, 62.0, 0.1, unit="mm", digits=1),
        "depth": Slider("bill depth", 13.0, 22.0, 0.1, unit="mm", digits=1),
    },
    "several_labels_or_one": {
        "adelie": Slider("logit of Adelie", -6.0, 6.0, 0.1, digits=1),
        "chinstrap": Slider("logit of Chinstrap", -6.0, 6.0, 0.1, digits=1),
        "gentoo": Slider("logit of Gentoo", -6.0, 6.0, 0.1, digits=1),
        "target": Choice(
            "in the photograph",
            (
                ("Adelie and Chinstrap", (1, 1, 0)),
                ("Chinstrap", (0, 1, 0)),
                ("all three", (1, 1, 1)),
                ("none", (0, 0, 0)),
            ),
        ),
    },
    "slope_is_prediction_minus_target": {
        "adelie": Slider("score of Adelie", -5.0, 5.0, 0.1, digits=1),
        "chinstrap": Slider("score of Chinstrap", -5.0, 5.0, 0.1, digits=1),
        "gentoo": Slider("score of Gentoo", -5.0, 5.0, 0.1, digits=1),
        "label": Choice("the bird is a", (("Adelie", 0), ("Chinstrap", 1), ("Gentoo", 2))),
    },
    "slope_of_a_logit": {
        "z": Slider("logit z", -6.0, 6.0, 0.1, digits=1),
        "y": Slider("target y", 0.0, 1.0, 0.05),
    },
    "slopes_against_logit": {"z": Slider("logit z of the right class", -10.0, 10.0, 0.1)},
    "softmax_jacobian": {
        "adelie": Slider("score of Adelie", -5.0, 5.0, 0.1, digits=1),
        "chinstrap": Slider("score of Chinstrap", -5.0, 5.0, 0.1, digits=1),
        "gentoo": Slider("score of Gentoo", -5.0, 5.0, 0.1, digits=1),
    },
    "softmax_regression_learns": {"step": Steps("training", 200, milliseconds=100)},
    "softmax_squashes": {
        "adelie": Slider("score of Adelie", -4.0, 4.0, 0.1, digits=1),
        "chinstrap": Slider("score of Chinstrap", -4.0, 4.0, 0.1, digits=1),
        "gentoo": Slider("score of Gentoo", -4.0, 4.0, 0.1, digits=1),
        "shift": Slider("added to all three scores", -4.0, 4.0, 0.1, digits=1),
    },
    "softmax_twice_has_a_floor": {
        "classes": Choice("classes", (2, 3, 10, 100, 1000)),
        "lead": Slider("lead of the right logit", 0.0, 12.0, 0.1, digits=1),
    },
    "subtraction_loses_the_bits": {"distance": LogSlider("distance of p from q", -5.5, -0.7, 0.02)},
    "surprise_adds": {
        "first": Slider("P(A)", 0.05, 1.0, 0.05),
        "second": Slider("P(B)", 0.05, 1.0, 0.05),
    },
    "tangent_of_a_belief": {
        "p": Slider("true P(heads), p", 0.0, 1.0, 0.01),
        "q": Slider("believed P(heads), q", 0.0, 1.0, 0.01),
    },
    "temperature_path": {
        "adelie": Slider("score of Adelie", -4.0, 4.0, 0.1, digits=1),
        "chinstrap": Slider("score of Chinstrap", -4.0, 4.0, 0.1, digits=1),
        "gentoo": Slider("score of Gentoo", -4.0, 4.0, 0.1, digits=1),
        "temperature": LogSlider("temperature T (no unit)", -1.3, 1.3, 0.01),
    },
    "three_ways_to_a_probability": {"score": Slider("score of the first class", -6.0, 6.0, 0.1, digits=1)},
    "two_classes_are_a_sigmoid": {
        "first": Slider("score z0", -4.0, 4.0, 0.1, digits=1),
        "second": Slider("score z1", -4.0, 4.0, 0.1, digits=1),
    },
    "two_fits_of_two_humps": {
        "distance": Slider("distance of the humps", 0.0, 6.0, 0.2, digits=1),
        "share": Slider("share of the right hump", 0.1, 0.9, 0.05),
    },
    "weight_against_threshold": {
        "weight": Slider("weight of a Chinstrap, price of a miss", 1, 20, 1),
        "threshold": Slider("threshold", 0.0, 1.0, 0.01),
    },
    "whatever_the_epsilon_says": {"epsilon": LogSlider("epsilon", -18, -1, 0.1)},
    "written_out_loss_breaks": {
        "z": Slider("logit z", -48.0, 48.0, 0.5, digits=1),
        "numbers": Choice("numbers", ("float32", "float64")),
    },
}

PRESETS = {
    "average_surprise_settles": {"fair": {"p": 0.5}, "sure": {"p": 1.0}, "one in twenty": {"p": 0.05}},
    "binary_entropy_curve": {"fair coin": {"p": 0.5}, "sure thing": {"p": 1.0}, "one in ten": {"p": 0.1}},
    "bits_of_a_sentence": {
        "frequent letters": {"sentence": "the rain in the east has to rest"},
        "rare letters": {"sentence": "jazz quiz"},
        "every letter once": {"sentence": "abcdefghijklmnopqrstuvwxyz"},
    },
    "blocks_close_the_gap": {"fair coin": {"p": 0.5}, "one in ten": {"p": 0.1}, "one in fifty": {"p": 0.02}},
    "both_ways_and_between": {
        "equal": {"p": 0.7, "q": 0.7},
        "mirrored": {"p": 0.3, "q": 0.7},
        "q excludes tails": {"p": 0.7, "q": 1.0},
        "nothing in common": {"p": 0.0, "q": 1.0},
    },
    "codewords_in_the_unit_interval": {
        "uniform": {"weights": (0.25, 0.25, 0.25, 0.25)},
        "halves": {"weights": (0.5, 0.25, 0.125, 0.125)},
        "nearly certain": {"weights": (0.97, 0.01, 0.01, 0.01)},
    },
    "damage_against_temperature": {
        "all 23 flights": {"left_out": 0, "bits": 3.0},
        "without the damage at 75 °F": {"left_out": 21, "bits": 3.0},
        "without the coldest": {"left_out": 14, "bits": 3.0},
    },
    "entropy_and_extra_bits": {
        "the truth": {"p": (0.5, 0.25, 0.25), "q": (0.5, 0.25, 0.25)},
        "no idea": {"p": (0.5, 0.25, 0.25), "q": (1.0, 1.0, 1.0)},
        "always rock": {"p": (1.0, 0.0, 0.0), "q": (0.25, 0.5, 0.25)},
        "rock excluded": {"p": (0.5, 0.25, 0.25), "q": (0.0, 0.5, 0.5)},
    },
    "entropy_of_bars": {
        "fair": {"weights": (0.25, 0.25, 0.25, 0.25)},
        "sure": {"weights": (1.0, 0.0, 0.0, 0.0)},
        "skewed": {"weights": (0.9, 0.06, 0.03, 0.01)},
    },
    "entropy_of_three_outcomes": {
        "fair": {"weights": (0.5, 0.5, 0.5)},
        "sure": {"weights": (1.0, 0.0, 0.0)},
        "one excluded": {"weights": (0.5, 0.5, 0.0)},
    },
    "every_belief_about_a_coin": {
        "no idea": {"p": 0.7, "q": 0.5},
        "overconfident": {"p": 0.7, "q": 0.99},
        "the truth": {"p": 0.7, "q": 0.7},
        "wrongly certain": {"p": 0.7, "q": 1.0},
    },
    "evidence_adds_up": {
        "loaded, 100 throws": {"die": "loaded", "tens": 10},
        "loaded, 600 throws": {"die": "loaded", "tens": 60},
        "fair, 600 throws": {"die": "fair", "tens": 60},
    },
    "extra_bits_by_letter": {
        "German, code for English": {"text": "german", "code": "english"},
        "Spanish, code for French": {"text": "spanish", "code": "french"},
        "the right code": {"text": "english", "code": "english"},
    },
    "guessing_game": {
        "ask in halves": {"questions": "ULULUL"},
        "square by square": {"questions": "SSSSSSSS"},
        "start over": {"questions": ""},
    },
    "honesty_under_four_scores": {
        "honest": {"truth": 0.7, "stated": 0.7},
        "exaggerated": {"truth": 0.7, "stated": 1.0},
        "a toss-up": {"truth": 0.5, "stated": 0.9},
    },
    "label_number_stripes": {
        "Gentoo in the middle": {"numbering": (1, 3, 2)},
        "Adelie in the middle": {"numbering": (2, 1, 3)},
        "counted backwards": {"numbering": (3, 2, 1)},
    },
    "labels_as_a_message": {"untrained": {"step": 0}, "one step": {"step": 1}, "trained": {"step": 200}},
    "letters_in_another_code": {
        "English, code for German": {"text": "english", "code": "german", "bits": "ideal"},
        "German, code for English": {"text": "german", "code": "english", "bits": "ideal"},
        "Spanish, code for French": {"text": "spanish", "code": "french", "bits": "ideal"},
    },
    "likelihood_narrows": {
        "7 of 10": {"flips": 10},
        "70 of 100": {"flips": 100},
        "700 of 1000": {"flips": 1000},
    },
    "likelihood_of_flips": {
        "100 flips": {"q": 0.7, "flips": 100},
        "2000 flips": {"q": 0.7, "flips": 2000},
        "fair belief": {"q": 0.5, "flips": 2000},
        "wrong belief": {"q": 0.2, "flips": 2000},
    },
    "losses_against_weight": {
        "sure and wrong": {"weight": -8.0},
        "undecided": {"weight": 0.0},
        "near the minimum": {"weight": 3.0},
    },
    "nearly_fair_coin": {"one in ten off": {"distance": 0.1}, "one in a hundred off": {"distance": 0.01}},
    "one_hot_beside_prediction": {
        "sure and right": {"dissent": 0, "q": (0.01, 0.98, 0.01)},
        "sure and wrong": {"dissent": 0, "q": (0.98, 0.01, 0.01)},
        "no idea": {"q": (1.0, 1.0, 1.0)},
        "annotators disagree": {"dissent": 6, "q": (0.25, 0.5, 0.25)},
    },
    "one_hot_picks_one_term": {
        "sure and right": {"label": 1, "q": (0.01, 0.98, 0.01)},
        "sure and wrong": {"label": 1, "q": (0.98, 0.01, 0.01)},
        "no idea": {"q": (1.0, 1.0, 1.0)},
        "excluded": {"label": 1, "q": (0.5, 0.0, 0.5)},
    },
    "overflow_map": {
        "both large": {"first": 1000.0, "second": 1000.0},
        "both far below 0": {"first": -1000.0, "second": -1000.0},
        "a gap of 800": {"first": 400.0, "second": -400.0},
    },
    "price_as_area": {
        "the truth": {"p": (0.5, 0.25, 0.125, 0.125), "q": (0.5, 0.25, 0.125, 0.125)},
        "no idea": {"p": (0.5, 0.25, 0.125, 0.125), "q": (0.25, 0.25, 0.25, 0.25)},
        "whales excluded": {"p": (0.5, 0.25, 0.125, 0.125), "q": (0.5, 0.25, 0.25, 0.0)},
        "sure, and wrong": {"p": (0.25, 0.25, 0.25, 0.25), "q": (0.97, 0.01, 0.01, 0.01)},
    },
    "probability_to_surprise": {
        "a coin": {"p": 0.5},
        "a card": {"p": 1 / 52},
        "a birthday": {"p": 1 / 365},
        "sure thing": {"p": 1.0},
    },
    "race_of_two_losses": {
        "sure and wrong": {"start": -8.0, "step": 20},
        "undecided": {"start": 0.0, "step": 1},
        "the end": {"step": 400},
    },
    "reliability_of_penguins": {
        "as trained": {"temperature": 1.0},
        "tuned": {"temperature": 2.95},
        "too hot": {"temperature": 12.0},
    },
    "scores_of_a_bird": {
        "a short, deep bill": {"length": 36.0, "depth": 19.0},
        "a long, deep bill": {"length": 50.0, "depth": 18.5},
        "a long, flat bill": {"length": 47.0, "depth": 14.5},
    },
    "several_labels_or_one": {
        "two birds": {"adelie": 3.0, "chinstrap": 3.0, "gentoo": -3.0, "target": (1, 1, 0)},
        "one bird": {"adelie": -3.0, "chinstrap": 3.0, "gentoo": -3.0, "target": (0, 1, 0)},
        "no bird": {"adelie": -3.0, "chinstrap": -3.0, "gentoo": -3.0, "target": (0, 0, 0)},
    },
    "slope_is_prediction_minus_target": {
        "sure and right": {"adelie": -4.0, "chinstrap": 4.0, "gentoo": -4.0, "label": 1},
        "sure and wrong": {"adelie": 4.0, "chinstrap": -4.0, "gentoo": -4.0, "label": 1},
        "no idea": {"adelie": 0.0, "chinstrap": 0.0, "gentoo": 0.0},
    },
    "slope_of_a_logit": {
        "sure and right": {"z": 5.0, "y": 1.0},
        "sure and wrong": {"z": -5.0, "y": 1.0},
        "soft target": {"z": 0.8, "y": 0.7},
    },
    "slopes_against_logit": {
        "sure and wrong": {"z": -10.0},
        "undecided": {"z": 0.0},
        "sure and right": {"z": 10.0},
    },
    "softmax_jacobian": {
        "no idea": {"adelie": 0.0, "chinstrap": 0.0, "gentoo": 0.0},
        "two compete": {"adelie": 2.0, "chinstrap": 2.0, "gentoo": -5.0},
        "sure": {"adelie": 5.0, "chinstrap": -5.0, "gentoo": -5.0},
    },
    "softmax_regression_learns": {
        "untrained": {"step": 0},
        "one step": {"step": 1},
        "ten steps": {"step": 10},
    },
    "softmax_squashes": {
        "all equal": {"adelie": 0.0, "chinstrap": 0.0, "gentoo": 0.0},
        "all negative": {"adelie": -1.0, "chinstrap": -2.0, "gentoo": -4.0},
        "raised by 4": {"shift": 4.0},
    },
    "softmax_twice_has_a_floor": {
        "three classes, sure": {"classes": 3, "lead": 12.0},
        "a thousand classes, sure": {"classes": 1000, "lead": 12.0},
    },
    "subtraction_loses_the_bits": {
        "one in a hundred": {"distance": 1e-2},
        "one in ten thousand": {"distance": 1e-4},
    },
    "surprise_adds": {
        "coin and suit": {"first": 0.5, "second": 0.25},
        "one in twenty and sure thing": {"first": 0.05, "second": 1.0},
    },
    "tangent_of_a_belief": {
        "fair code": {"p": 0.7, "q": 0.5},
        "confident code": {"p": 0.7, "q": 0.98},
        "right code": {"p": 0.7, "q": 0.7},
    },
    "temperature_path": {
        "hot": {"temperature": 20.0},
        "cold": {"temperature": 0.1},
        "a tie": {"adelie": 2.0, "chinstrap": 2.0, "gentoo": -1.0},
    },
    "three_ways_to_a_probability": {
        "sum 0": {"score": -1.5},
        "negative": {"score": -3.0},
        "high": {"score": 6.0},
    },
    "two_classes_are_a_sigmoid": {
        "a tie": {"first": 1.0, "second": 1.0},
        "both raised by 2": {"first": 4.0, "second": 2.5},
        "sure of class 1": {"first": -4.0, "second": 4.0},
    },
    "two_fits_of_two_humps": {
        "one hump": {"distance": 0.0, "share": 0.5},
        "two equal humps": {"distance": 5.0, "share": 0.5},
        "the right one larger": {"distance": 5.0, "share": 0.65},
    },
    "weight_against_threshold": {
        "weight 1, half": {"weight": 1, "threshold": 0.5},
        "weight 4, half": {"weight": 4, "threshold": 0.5},
        "weight 4, one fifth": {"weight": 4, "threshold": 0.2},
    },
    "whatever_the_epsilon_says": {
        "one in a thousand": {"epsilon": 1e-3},
        "1e-7": {"epsilon": 1e-7},
        "1e-15": {"epsilon": 1e-15},
    },
    "written_out_loss_breaks": {
        "float32, z = 20": {"z": 20.0, "numbers": "float32"},
        "float64, z = 20": {"z": 20.0, "numbers": "float64"},
        "float64, z = 40": {"z": 40.0, "numbers": "float64"},
    },
}
