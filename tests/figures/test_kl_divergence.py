"""The figures of notebook 04 say and show what the functions say."""

import re

import numpy as np
import pytest

import cecourse as ce
from cecourse import figures
from cecourse.datasets import letters

HANDS = [
    ((0.5, 0.25, 0.25), (0.25, 0.5, 0.25)),
    ((0.5, 0.25, 0.25), (0.5, 0.25, 0.25)),
    ((1.0, 0.0, 0.0), (0.25, 0.5, 0.25)),
    ((0.2, 0.3, 0.5), (1 / 3, 1 / 3, 1 / 3)),
]
LANGUAGES = ("english", "german", "french", "spanish")
LOADED, FAIR = [0.15, 0.15, 0.15, 0.15, 0.15, 0.25], [1 / 6] * 6
HUMPS = [(5.0, 0.4), (0.0, 0.5), (6.0, 0.1), (6.0, 0.9), (2.0, 0.5)]


def bits(words):
    """The numbers in front of the word "bits"."""
    return [float(n) for n in re.findall(r"([+-]?\d+(?:\.\d+)?(?:e[+-]\d+)?) bits", words)]


def pair(p):
    return np.array([p, 1 - p])


def gaussian(mean, width):
    line = np.linspace(-12, 12, 121)
    return ce.softmax(-((line - mean) ** 2) / (2 * width**2))


def bars(ax):
    return [patch.get_bbox() for patch in ax.patches]


@pytest.mark.parametrize(("p", "q"), HANDS)
def test_the_price_is_entropy_and_extra_bits(p, q):
    figure = figures.entropy_and_extra_bits(p=p, q=q)
    entropy, extra, price = ce.entropy(p), ce.kl_divergence(p, q), ce.cross_entropy(p, q)
    below, same, hatched = bars(figure.figure.axes[1])
    said = [float(n) for n in re.findall(r"(\d+\.\d+) bits", figure.description)]
    assert said == pytest.approx([entropy, extra, price], abs=5e-4)
    assert below.width == same.width == pytest.approx(entropy)
    assert hatched.x0 == pytest.approx(same.x1)
    assert hatched.x1 == pytest.approx(price)


def test_extra_bits_beyond_the_axis_are_an_arrow():
    figure = figures.entropy_and_extra_bits()
    words = figure.move(q=(0.0, 0.5, 0.5))
    (arrow,) = figure.figure.axes[1].lines
    assert words.count("infinitely many bits") == 2
    assert list(arrow.get_xdata()) == [4]
    assert bars(figure.figure.axes[1])[2].x1 == pytest.approx(4)


def test_hands_without_any_weight_are_refused():
    with pytest.raises(ValueError, match="weights sum to 0"):
        figures.entropy_and_extra_bits().move(p=(0.0, 0.0, 0.0))


@pytest.mark.parametrize("text", LANGUAGES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_letters_add_and_save_is_the_divergence(text, code):
    figure = figures.extra_bits_by_letter(text=text, code=code)
    heights = [patch.get_height() for patch in figure.figure.axes[0].patches]
    p, q = letters(text), letters(code)
    more, less, total = bits(figure.description)[-3:]
    assert np.add(heights[:26], heights[26:]) == pytest.approx(p * np.log2(p / q))
    assert min(heights[:26]) >= 0 >= max(heights[26:])
    assert sum(heights) == pytest.approx(ce.kl_divergence(p, q))
    assert total == pytest.approx(ce.kl_divergence(p, q), abs=5e-4)
    assert more - less == pytest.approx(total, abs=2e-3)


def test_random_pairs_lie_above_the_parabola():
    ax = figures.random_pairs_above_zero().figure.axes[0]
    apart, extra = ax.lines[0].get_data()
    assert len(extra) == 2000
    assert np.all(extra > 2 / np.log(2) * apart**2)
    assert bits(figures.random_pairs_above_zero().description)[-1] == pytest.approx(extra.min(), abs=5e-6)


@pytest.mark.parametrize(("distance", "share"), HUMPS)
def test_no_gaussian_of_the_grid_fits_better(distance, share):
    figure = figures.two_fits_of_two_humps(distance=distance, share=share)
    p = (1 - share) * gaussian(-distance / 2, 0.8) + share * gaussian(distance / 2, 0.8)
    grid = np.mgrid[-4:4.01:0.1, 0.5:4.01:0.1].reshape(2, -1, 1)
    candidates = gaussian(*grid)
    least = ce.kl_divergence(p, candidates).min(), ce.kl_divergence(candidates, p).min()
    fits = re.findall(r"mean (-?\d\.\d), width (\d\.\d), (\d+\.\d{3}) bits", figure.description)
    assert [float(fit[2]) for fit in fits] == pytest.approx(least, abs=5e-4)
    first, second = (gaussian(float(mean), float(width)) for mean, width, _ in fits)
    assert ce.kl_divergence(p, first) == pytest.approx(least[0])
    assert ce.kl_divergence(second, p) == pytest.approx(least[1], abs=1e-9)
    assert figure.figure.axes[0].lines[0].get_ydata() * 0.2 == pytest.approx(p)
    assert figure.figure.axes[1].lines[1].get_ydata() * 0.2 == pytest.approx(second)


def test_forward_covers_and_reverse_seeks():
    words = figures.two_fits_of_two_humps().description
    assert "mean -0.5, width 2.6" in words
    assert "mean -2.5, width 0.8" in words
    assert "much the same" in figures.two_fits_of_two_humps(distance=0.0).description


@pytest.mark.parametrize(("p", "q"), [(0.7, 0.9), (0.5, 0.5), (0.02, 0.97), (0.3, 0.01)])
def test_both_ways_and_between_are_the_functions(p, q):
    figure = figures.both_ways_and_between(p=p, q=q)
    values = [f(pair(a), pair(b)) for f, a, b in _three(p, q)]
    assert bits(figure.description)[1:4] == pytest.approx(values, abs=5e-4)
    for line, (f, a, b) in zip(figure.figure.axes[0].lines[:3], _three(p, line_q := 0.25), strict=True):
        x, y = line.get_data()
        assert np.interp(line_q, x, y) == pytest.approx(f(pair(a), pair(b)), abs=1e-9)


def _three(p, q):
    return (ce.kl_divergence, p, q), (ce.kl_divergence, q, p), (ce.js_divergence, p, q)


def test_what_a_coin_excludes_is_infinite_one_way_only():
    words = figures.both_ways_and_between(p=0.7, q=1.0).description
    assert words.count("infinitely many bits") == 1
    assert figures.both_ways_and_between(p=0.0, q=1.0).description.count("infinitely many bits") == 2
    assert "at 1.000 bits" in figures.both_ways_and_between(p=0.0, q=1.0).description


@pytest.mark.parametrize(("die", "rate"), [("loaded", 1), ("fair", -1)])
def test_evidence_grows_by_the_divergence(die, rate):
    figure = figures.evidence_adds_up(die=die)
    slope = ce.kl_divergence(LOADED, FAIR) if die == "loaded" else -ce.kl_divergence(FAIR, LOADED)
    assert np.sign(slope) == rate
    assert bits(figure.description)[-1] == pytest.approx(slope, abs=5e-5)
    runs, (mean,) = figure.figure.axes[0].lines[2:7], figure.figure.axes[0].lines[7:]
    ends = [run.get_ydata()[-1] for run in runs]
    assert mean.get_ydata()[-1] == pytest.approx(600 * slope)
    assert f"between {min(ends):.1f} and {max(ends):.1f} bits" in figure.description
    steps = np.unique(np.diff([run.get_ydata() for run in runs]).round(9))
    sums = np.add.outer(*[np.log2(np.divide(LOADED, FAIR))] * 2)  # every second throw is drawn
    assert set(steps) <= set(sums.ravel().round(9))


def test_no_throw_is_no_evidence():
    assert "between 0.0 and 0.0 bits; 0 of 5" in figures.evidence_adds_up(tens=0).description


@pytest.mark.parametrize("flips", [10, 20, 500, 1000])
def test_the_likelihood_is_two_to_the_extra_bits(flips):
    figure = figures.likelihood_narrows(flips=flips)
    beliefs, relative = next(
        line for line in figure.figure.axes[1].lines if len(line.get_xdata()) > 2
    ).get_data()
    heads = flips * 7 // 10
    logs = heads * np.log2(beliefs) + (flips - heads) * np.log2(1 - beliefs)
    assert relative == pytest.approx(np.exp2(logs - logs.max()), rel=1e-6, abs=1e-12)
    low, high = re.search(r"from (\d\.\d+) to (\d\.\d+)\.", figure.description).groups()
    kept = beliefs[logs.max() - logs <= 10]
    assert (float(low), float(high)) == pytest.approx((kept.min(), kept.max()), abs=5e-4)


@pytest.mark.parametrize("distance", [10**-5.5, 1e-5, 1e-4, 1e-2, 10**-0.7])
def test_the_subtraction_is_off_by_steps_of_single_precision(distance):
    words = figures.subtraction_loses_the_bits(distance=distance).description
    subtracted, right = bits(words)[-2:]
    p = np.array([0.3 + distance, 0.7 - distance])
    assert right == pytest.approx(ce.kl_divergence(p, [0.3, 0.7]), rel=0.1)
    assert subtracted == pytest.approx(right, abs=3e-7, rel=0.05)


def test_the_subtraction_is_negative_at_first():
    subtracted, right = bits(figures.subtraction_loses_the_bits().description)[-2:]
    assert subtracted < 0 < right
