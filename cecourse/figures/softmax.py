"""Figures of notebook 05: scores, softmax, temperature, overflow, and the slopes of softmax."""

from functools import cache

import numpy as np

import cecourse as ce

from ..datasets import penguins
from ..learning import fit_softmax_regression, standardize
from .drawing.canvas import CLASSES, COST, GRADIENT, INK, MARKERS, MODEL, PAPER, QUIET, canvas
from .drawing.controls import LogSlider, Slider
from .drawing.handles import along, freely
from .drawing.interactive import described
from .drawing.pieces import (
    SPECIES,
    each_species,
    empty_bars,
    empty_point,
    listed,
    named,
    rounded,
    set_bars,
    signed,
    species_sliders,
)
from .drawing.registry import figure
from .drawing.simplex import draw_triangle, on_triangle

_DTYPES = (np.float32, np.float64)


@figure(
    notebook="05",
    caption="A linear layer gives three straight lines; none stays between 0 and 1.",
    controls={
        "length": Slider("bill length", 30.0, 62.0, 0.1, unit="mm", digits=1),
        "depth": Slider("bill depth", 13.0, 22.0, 0.1, unit="mm", digits=1),
    },
    presets={
        "a short, deep bill": {"length": 36.0, "depth": 19.0},
        "a long, deep bill": {"length": 50.0, "depth": 18.5},
        "a long, flat bill": {"length": 47.0, "depth": 14.5},
    },
    grid={"length": 2.0, "depth": 0.5},
)
def scores_of_a_bird(length=39.1, depth=18.7):
    fig, ax = canvas()
    ends = np.array([30.0, 62.0])
    ax.axhspan(0, 1, color=QUIET, alpha=0.25, linewidth=0)
    ax.text(30.5, -9.4, "grey: from 0 to 1, where probabilities lie", color=QUIET)
    ax.set(xlim=(30, 68), ylim=(-10, 10.5), xlabel="bill length (mm)", ylabel="score (no unit)")
    ax.set(xticks=range(30, 61, 5), yticks=range(-10, 11, 5))
    lines = [ax.plot([], [], color=colour)[0] for colour in CLASSES]
    dots = [empty_point(ax, marker, colour) for marker, colour in zip(MARKERS, CLASSES, strict=True)]
    names = [ax.text(62.4, 0, name, va="center") for name in SPECIES]
    guide = ax.plot([], [], ":", color=QUIET, linewidth=1.2)[0]
    note = ax.text(30.5, 9.4, "")

    def move(length, depth):
        z, across = _scores(length, depth), _scores(ends, np.full(2, depth))
        for k, (line, dot) in enumerate(zip(lines, dots, strict=True)):
            line.set_data(ends, across[:, k])
            dot.set_data([length], z[k : k + 1])
        for name, height in zip(names, _apart(across[1], 1.9), strict=True):
            name.set_y(height)
        guide.set_data([length, length], [-8.4, 9])
        note.set_text(
            f"bill {length:.1f} mm long, {depth:.1f} mm deep: scores {listed(z.round(2) + 0.0, '.2f')}"
        )
        return (
            f"Three straight lines, one per species: its score against bill length, for bills {depth:.1f} mm "
            f"deep. All leave the grey band from 0 to 1. A bill {length:.1f} mm long gets the scores "
            f"{_named(z, 2)}; {_how_many((z < 0) | (z > 1))} of the three outside the band."
        )

    return described(
        fig,
        move,
        moving=[*lines, guide, *dots, *names, note],
        handles=along("length", guide),
        length=length,
        depth=depth,
    )


@figure(
    notebook="05",
    caption="Dividing by the sum, clipping, softmax: only the last gives a pmf at every score.",
    controls={"score": Slider("score of the first class", -6.0, 6.0, 0.1, digits=1)},
    presets={
        "sum 0": {"score": -1.5},
        "negative": {"score": -3.0},
        "high": {"score": 6.0},
    },
)
def three_ways_to_a_probability(score=2.0):
    fig, ax = canvas()
    grid = np.linspace(-6, 6, 1201)
    ax.axhspan(0, 1, color=QUIET, alpha=0.15, linewidth=0)
    ax.set(xlabel="score of the first class; the others have 1 and 0.5", xlim=(-6, 6), xticks=range(-6, 7, 2))
    ax.set(ylabel="share of the first class", ylim=(-1.1, 2.6), yticks=[-1, 0, 1, 2])
    dots, notes = [], []
    for row, (name, (way, style, marker, colour)) in enumerate(_WAYS.items()):
        ax.plot(grid, _on_paper(way(grid)), style, color=colour)
        dots.append(empty_point(ax, marker, colour))
        notes.append(ax.text(-0.9, 2.4 - 0.33 * row, name, color=colour, va="center"))

    def move(score):
        q = np.array([way(score) for way, *_ in _WAYS.values()])
        words = [f"{share:.3f}" if np.isfinite(share) else "no value" for share in q]
        for dot, share, note, name, word in zip(dots, q, notes, _WAYS, words, strict=True):
            dot.set_data([score], _on_paper(share[None]))
            note.set_text(f"{name}: {word}")
        return (
            f"Share of the first of three classes against its score. Divided by the sum (dashed): a pole "
            f"at -1.5, above 1 left of it, negative just right of it. Clipped, then divided (dash-dotted): "
            f"0, then a ramp, never above {_clipped(6.0):g}. Softmax (solid): an S from 0 to 1. At "
            f"{score:.1f} they give {words[0]}, {words[1]} and {words[2]}."
        )

    return described(fig, move, moving=[*dots, *notes], handles=along("score", dots[2]), score=score)


@figure(
    notebook="05",
    caption="Softmax squashes any three scores into three probabilities with the sum 1.",
    controls={
        **species_sliders("score", 4.0),
        "shift": Slider("added to all three scores", -4.0, 4.0, 0.1, digits=1),
    },
    presets={
        "all equal": {"adelie": 0.0, "chinstrap": 0.0, "gentoo": 0.0},
        "all negative": {"adelie": -1.0, "chinstrap": -2.0, "gentoo": -4.0},
        "raised by 4": {"shift": 4.0},
    },
    grid={
        **each_species((-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)),
        "shift": (-4.0, 0.0, 4.0),
    },
)
def softmax_squashes(adelie=2.0, chinstrap=1.0, gentoo=-1.0, shift=0.0):
    fig, (left, right) = canvas(1, 2)
    left.axhline(0, color=QUIET, linewidth=0.8)
    left.axhspan(0, 1, color=QUIET, alpha=0.25, linewidth=0)
    left.set(ylim=(-9.5, 9.5), ylabel="score (no unit)", yticks=range(-8, 9, 4))
    scores, heights = _empty_bars(left, PAPER)
    shares, values = _empty_shares(right)

    def move(adelie, chinstrap, gentoo, shift):
        z = np.array([adelie, chinstrap, gentoo]) + shift
        q = ce.softmax(z)
        set_bars(scores, heights, z, 0.7, ".1f")
        set_bars(shares, values, q, 0.04)
        return (
            f"Left, hollow bars, the scores: {_named(z)}; they may be negative. Right, filled bars, what "
            f"softmax makes of them, the probabilities: {_named(q, 3)}. All are between 0 and 1, their sum "
            f"is {q.sum():.3f}, and a higher score never has the lower probability."
        )

    return described(
        fig,
        move,
        moving=[*scores, *heights, *shares, *values],
        handles=[h for name, bar in zip(each_species(0), scores, strict=True) for h in along(name, bar, "y")],
        adelie=adelie,
        chinstrap=chinstrap,
        gentoo=gentoo,
        shift=shift,
    )


@figure(
    notebook="05",
    caption="Of two scores only the difference counts, and it goes through the sigmoid.",
    controls={
        "first": Slider("score z0", -4.0, 4.0, 0.1, digits=1),
        "second": Slider("score z1", -4.0, 4.0, 0.1, digits=1),
    },
    presets={
        "a tie": {"first": 1.0, "second": 1.0},
        "both raised by 2": {"first": 4.0, "second": 2.5},
        "sure of class 1": {"first": -4.0, "second": 4.0},
    },
    grid={"first": 0.5, "second": 0.5},
)
def two_classes_are_a_sigmoid(first=2.0, second=0.5):
    fig, (plane, curve) = canvas(1, 2)
    plane.set(xlim=(-4, 4), ylim=(-4, 4), xlabel="score $z_0$", ylabel="score $z_1$", aspect="equal")
    plane.set(xticks=range(-4, 5, 2), yticks=range(-4, 5, 2))
    for q in (0.05, 0.25, 0.5, 0.75, 0.95):
        gap = np.log(q / (1 - q))
        plane.plot([-4, 4], [-4 - gap, 4 - gap], color=QUIET, linewidth=1)
        end = (min(4, 4 + gap) + 0.1, min(4, 4 - gap) + 0.1)
        side = {"ha": "center", "va": "bottom"} if q < 0.5 else {"ha": "left", "va": "center"}
        plane.text(*end, f"{q:g}", color=QUIET, **side)
    plane.text(-3.7, 3.3, "equal $q_0$", color=QUIET)
    gaps = np.linspace(-8, 8, 321)
    curve.plot(gaps, ce.sigmoid(gaps), color=MODEL)
    curve.set(xlim=(-8, 8), ylim=(0, 1.2), yticks=[0, 0.25, 0.5, 0.75, 1])
    curve.set(xlabel="difference $z_0 - z_1$", ylabel="probability $q_0$")
    (along,) = plane.plot([], [], "--", color=MODEL, linewidth=1.5)
    dots = [empty_point(ax, "o", MODEL) for ax in (plane, curve)]
    (guide,) = curve.plot([], [], ":", color=QUIET, linewidth=1.2)
    note = curve.text(-7.6, 1.12, "", color=MODEL, va="center")

    def move(first, second):
        gap, q = first - second, ce.softmax([first, second])[0]
        dots[0].set_data([first], [second])
        dots[1].set_data([gap], [q])
        along.set_data([-4, 4], [-4 - gap, 4 - gap])
        guide.set_data([gap, gap, -8], [0, q, q])
        note.set_text(f"$q_0$ = {q:.3f}")
        return (
            f"Left, the plane of two scores with the lines along which the probability of class 0 is 0.05, "
            f"0.25, 0.5, 0.75, 0.95: all rise at 45 degrees. Right, that probability against the difference: "
            f"the sigmoid, an S through one half at 0. The scores {first:.1f} and {second:.1f} differ by "
            f"{gap + 0.0:.1f}; class 0 gets {q:.3f}."
        )

    return described(
        fig,
        move,
        moving=[along, guide, *dots, note],
        handles=freely(("first", "second"), dots[0]),
        first=first,
        second=second,
    )


@figure(
    notebook="05",
    caption="Hot answers lie in the middle of the triangle, cold ones at a corner.",
    controls={
        **species_sliders("score", 4.0),
        "temperature": LogSlider("temperature T (no unit)", -1.3, 1.3, 0.01),
    },
    presets={
        "hot": {"temperature": 10**1.3},
        "cold": {"temperature": 0.1},
        "a tie": {"adelie": 2.0, "chinstrap": 2.0, "gentoo": -1.0},
    },
    grid={
        "adelie": (-4.0, -1.0, 2.0),
        "chinstrap": (-2.0, 1.0, 4.0),
        "gentoo": (-4.0, -1.0, 2.0),
        "temperature": 0.1,
    },
)
def temperature_path(adelie=2.0, chinstrap=1.0, gentoo=-1.0, temperature=1.0):
    fig, (left, right) = canvas(1, 2, width_ratios=(4, 3))
    shares, values = _empty_shares(right)
    draw_triangle(left, SPECIES)
    left.plot(*on_triangle(np.full(3, 1 / 3)), "+", color=INK)
    (path,) = left.plot([], [], color=MODEL)
    (cold,) = left.plot([], [], "s", color=PAPER, markeredgecolor=MODEL, clip_on=False)
    point = empty_point(left, "o", MODEL)
    for y, marker, colour, words in ((0.9, "+", INK, "hottest"), (0.78, "s", MODEL, "coldest")):
        left.plot(0.76, y, marker, color=PAPER, markeredgecolor=colour)
        left.text(0.81, y, words, va="center")
    note = left.text(0.0, 0.9, "", color=MODEL, va="center")

    def move(adelie, chinstrap, gentoo, temperature):
        z = np.array([adelie, chinstrap, gentoo])
        q = ce.softmax(z, temperature=temperature)
        way = ce.softmax(z / _TEMPERATURES)
        limit = (z == z.max()) / (z == z.max()).sum()
        path.set_data(*on_triangle(way))
        cold.set_data(*on_triangle(limit)[:, None])
        point.set_data(*on_triangle(q)[:, None])
        set_bars(shares, values, q, 0.04)
        note.set_text(f"$T$ = {temperature:.3g}")
        return (
            f"A triangle of the pmfs over three species. As the temperature falls, the answer moves along a "
            f"path from the centre (uniform) to {_cold_end(limit)}. At T = {temperature:.3g} the dot and the "
            f"bars stand at {_named(q, 3)}; the entropy is {ce.entropy(q):.3f} bits."
        )

    return described(
        fig,
        move,
        moving=[path, cold, point, *shares, *values, note],
        adelie=adelie,
        chinstrap=chinstrap,
        gentoo=gentoo,
        temperature=temperature,
    )


@figure(
    notebook="05",
    caption="Where softmax as it is written works: a hexagon, small in float32.",
    controls={
        "first": Slider("score z0", -1000.0, 1000.0, 10.0, digits=0),
        "second": Slider("score z1", -1000.0, 1000.0, 10.0, digits=0),
    },
    presets={
        "both large": {"first": 1000.0, "second": 1000.0},
        "both far below 0": {"first": -1000.0, "second": -1000.0},
        "a gap of 800": {"first": 400.0, "second": -400.0},
    },
    grid={"first": 100.0, "second": 100.0},
)
def overflow_map(first=500.0, second=300.0):
    fig, axes = canvas(1, 2, sharey=True)
    limits = [_limits(dtype) for dtype in _DTYPES]
    for ax, dtype, (low, high) in zip(axes, _DTYPES, limits, strict=True):
        _draw_regions(ax, low, high)
        ax.set_title(f"{np.dtype(dtype).name}: finite to {high:.1f}")
        ax.set(xlim=(-1000, 1000), ylim=(-1000, 1000), xlabel="score $z_0$", aspect="equal")
        ax.set(xticks=[-1000, 0, 1000], yticks=[-1000, 0, 1000])
    axes[0].set_ylabel("score $z_1$")
    dots = [empty_point(ax, "o", MODEL) for ax in axes]

    def move(first, second):
        for dot in dots:
            dot.set_data([first], [second])
        plain = [_plain_logarithms(np.array([first, second], dtype)) for dtype in _DTYPES]
        right = ce.log_softmax([first, second])
        return (
            f"Two maps of two scores from -1000 to 1000, for float32 and float64. As it is written, ln "
            f"softmax is finite in a hexagon that ends at {limits[0][1]:.1f} and {limits[1][1]:.1f}; beside "
            f"it lie stripes of -inf, elsewhere NaN. At ({first:.0f}, {second:.0f}) it gives "
            f"{_pair(plain[0])} and {_pair(plain[1])} nats; log-sum-exp gives {_pair(right)} nats."
        )

    return described(
        fig,
        move,
        moving=dots,
        handles=[h for dot in dots for h in freely(("first", "second"), dot)],
        first=first,
        second=second,
    )


@figure(
    notebook="05",
    caption="The nine slopes of softmax: positive on the diagonal, negative off it.",
    controls=species_sliders("score", 5.0),
    presets={
        "no idea": {"adelie": 0.0, "chinstrap": 0.0, "gentoo": 0.0},
        "two compete": {"adelie": 2.0, "chinstrap": 2.0, "gentoo": -5.0},
        "sure": {"adelie": 5.0, "chinstrap": -5.0, "gentoo": -5.0},
    },
    grid=each_species((-5.0, -3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0)),
)
def softmax_jacobian(adelie=2.0, chinstrap=1.0, gentoo=-1.0):
    fig, ax = canvas()
    ax.set(xlim=(-2.75, 3.5), ylim=(2.55, -0.5), aspect="equal", ylabel="probability that answers")
    ax.set_xlabel("score that is raised", x=3.75 / 6.25)
    ax.set_xticks([-2.0, 0, 1, 2, 3], ["probability", *SPECIES, "row sum"])
    ax.set_yticks(range(3), SPECIES)
    ax.tick_params(length=0)
    bars, shares = _empty_rows(ax)
    squares, slopes, sums = _empty_squares(ax)

    def move(adelie, chinstrap, gentoo):
        q = ce.softmax([adelie, chinstrap, gentoo])
        jacobian = np.diag(q) - np.outer(q, q)
        for bar, text, share in zip(bars, shares, q, strict=True):
            bar.set_width(_WHOLE * share)
            text.set_text(f"{share:.3f}")
        _set_squares(squares, slopes, sums, jacobian)
        return (
            f"Left, the probabilities as bars: {_named(q, 3)}. Right, nine squares, each as large as the "
            f"slope of the row's probability in the column's score: filled and positive on the diagonal "
            f"({listed(np.diag(jacobian))}), hollow and negative off it (the steepest is "
            f"{signed(jacobian.min(), 3)}). Every row sums to 0."
        )

    return described(
        fig,
        move,
        moving=[*bars, *shares, *squares, *slopes, *sums],
        adelie=adelie,
        chinstrap=chinstrap,
        gentoo=gentoo,
    )


# From hot to cold: the ends are as good as infinity and zero for scores up to 5.
_TEMPERATURES = np.geomspace(1e4, 1e-3, 400)[:, None]


@cache
def _last_layer():
    """Mean, standard deviation, weights and bias after 20 steps: a layer that is not too sure of itself."""
    birds = penguins()
    fit = fit_softmax_regression(standardize(birds.features), birds.labels, steps=20)
    return birds.features.mean(axis=0), birds.features.std(axis=0), fit.weights, fit.bias


def _scores(length, depth):
    mean, deviation, weights, bias = _last_layer()
    return (np.stack([length, depth], axis=-1) - mean) / deviation @ weights + bias


def _divided(score):
    """The first score over the sum of all three; infinite where the sum is 0."""
    with np.errstate(divide="ignore"):
        return np.divide(score, score + sum(_OTHERS))


def _clipped(score):
    """Scores below 0 become 0, above 1 they become 1; then each over the sum."""
    cut = np.clip(score, 0, 1)
    return cut / (cut + sum(_OTHERS))


def _softmaxed(score):
    return ce.softmax(np.stack(np.broadcast_arrays(score, *_OTHERS), axis=-1))[..., 0]


_OTHERS = (1.0, 0.5)
_WAYS = {
    "divided by the sum (dashed)": (_divided, "--", "s", COST),
    "clipped, then divided (dash-dotted)": (_clipped, "-.", "D", QUIET),
    "softmax (solid)": (_softmaxed, "-", "o", MODEL),
}


def _on_paper(share):
    """nan where a share lies beyond the axes."""
    return np.where((share > -1.1) & (share < 2.6), share, np.nan)


def _plain_logarithms(z):
    """ln softmax, computed as it is written: exponentials, their sum, a quotient, its logarithm."""
    with np.errstate(all="ignore"):
        weights = rounded(np.exp, z)
        return rounded(np.log, weights / weights.sum(axis=-1, keepdims=True))


def _limits(dtype):
    """The scores below which exp rounds to 0 and above which it is infinite."""
    numbers = np.finfo(dtype)
    return np.log(float(numbers.smallest_subnormal)) - np.log(2), np.log(float(numbers.max))


def _draw_regions(ax, low, high):
    """Where two scores can be handled: both exponentials, and their ratio, are neither 0 nor infinite."""
    works = [(low, low), (0, low), (high, high + low), (high, high), (high + low, high), (low, 0)]
    below = [(low, -1000), (high, -1000), (high, high + low), (0, low), (low, low)]
    ax.fill([-1000, 1000, 1000, -1000], [-1000, -1000, 1000, 1000], color=QUIET, alpha=0.35, linewidth=0)
    for strip in (np.array(below), np.array(below)[:, ::-1]):
        ax.fill(*strip.T, facecolor=PAPER, edgecolor=QUIET, hatch="///", linewidth=0.8)
    ax.fill(*np.array(works).T, facecolor=PAPER, edgecolor=MODEL, linewidth=2)
    ax.text(500, 850, "NaN", ha="center", va="center")
    centre = (high + max(low, -550 - low)) / 2  # of the strip, at the score -550
    for place in ((-550, centre), (centre, -550)):
        ax.text(*place, "-inf", ha="center", va="center", bbox={"facecolor": PAPER, "linewidth": 0, "pad": 1})


def _empty_bars(ax, facecolor):
    """A bar of height 0 for each species, and a text for its value."""
    ax.set_xticks(range(3), SPECIES)
    ax.set_xlim(-0.6, 2.6)
    return empty_bars(ax, range(3), 0.7, "center", facecolor=facecolor, edgecolor=MODEL, linewidth=1.5)


def _empty_shares(ax):
    """The same on the axis of a probability."""
    ax.set(ylim=(0, 1.15), ylabel="probability", yticks=[0, 0.25, 0.5, 0.75, 1])
    return _empty_bars(ax, MODEL)


_WHOLE = 1.5  # how long the bar of a probability of 1 is drawn beside the squares


def _empty_rows(ax):
    """A lying bar for the probability of each species, on a track as long as 1, and a text for its value."""
    ax.barh(np.arange(3) - 0.1, _WHOLE, 0.4, left=-2.6, facecolor="none", edgecolor=QUIET, linewidth=0.8)
    bars = ax.barh(np.arange(3) - 0.1, np.zeros(3), 0.4, left=-2.6, color=MODEL)
    return bars, [ax.text(-2.6, k + 0.3, "", va="center") for k in range(3)]


def _empty_squares(ax):
    """Nine squares with the texts of their values, and a text for the sum of each row."""
    squares = [ax.bar(i, 0, 0, edgecolor=GRADIENT)[0] for _ in range(3) for i in range(3)]
    slopes = [ax.text(i, k + 0.33, "", ha="center", va="center") for k in range(3) for i in range(3)]
    return squares, slopes, [ax.text(3, k - 0.1, "", ha="center", va="center") for k in range(3)]


def _set_squares(squares, slopes, sums, jacobian):
    """The area of a square is the size of a slope; 1/4 is the largest there is."""
    for cell, value in enumerate(jacobian.flat):
        (k, i), side = divmod(cell, 3), 1.1 * np.sqrt(abs(value))
        squares[cell].set(x=i - side / 2, y=k - 0.1 - side / 2, width=side, height=side)
        squares[cell].set(facecolor=GRADIENT if value > 0 else PAPER, linewidth=min(1.5, 8 * side))
        slopes[cell].set_text(signed(value, 3))
    for text, total in zip(sums, jacobian.sum(axis=1), strict=True):
        text.set_text(f"{total.round(12) + 0.0:g}")


def _apart(heights, least):
    """The same heights, pushed apart until neighbours differ by `least`."""
    order = np.argsort(heights)
    steps = least * np.arange(len(heights))
    placed = np.empty(len(heights))
    placed[order] = np.maximum.accumulate(heights[order] - steps) + steps
    return placed - max(0.0, placed.max() - heights.max()) / 2


def _cold_end(limit):
    """Where the answer ends when only the highest scores are left."""
    highest = [name for name, share in zip(SPECIES, limit, strict=True) if share]
    if len(highest) == 1:
        return f"the corner of {highest[0]} (one-hot)"
    return "the centre, where it stays" if len(highest) == 3 else f"half-way between {' and '.join(highest)}"


def _named(values, digits=1):
    return named(SPECIES, values, lambda value: f"{round(value, digits) + 0.0:.{digits}f}")


def _pair(values):
    return "(" + ", ".join("NaN" if np.isnan(value) else f"{value + 0.0:.3g}" for value in values) + ")"


def _how_many(outside):
    return ("none", "one", "two", "all")[outside.sum()]
