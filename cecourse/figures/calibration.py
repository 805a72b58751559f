"""Figures of notebook 08: scores that reward honesty, calibration, and softmax applied twice."""

from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.ticker import ScalarFormatter

import cecourse as ce

from ..datasets import penguins
from ..learning import fit_softmax_regression, fit_temperature, standardize, stratified_split
from .drawing.canvas import COST, INK, MODEL, PAPER, QUIET, TRUTH, canvas
from .drawing.controls import Choice, LogSlider, Slider
from .drawing.handles import along
from .drawing.interactive import described
from .drawing.pieces import empty_point, number
from .drawing.registry import figure

_STATED = np.linspace(0, 1, 401)
_TEMPERATURES = np.geomspace(0.5, 16, 120)
_MOST = 2.0  # nats: where the axis of the penguins' loss ends
_LEADS = np.linspace(0, 12, 241)
_BINS = 10
_SIZES = (25, 50, 100, 200, 400, 800, 1600, 3200, 6400)
_RUNS = 40


@figure(
    notebook="08",
    caption="What a forecaster expects to pay, under four scores, for every probability that she may state.",
    controls={
        "truth": Slider("true probability of rain", 0.0, 1.0, 0.01),
        "stated": Slider("stated probability of rain", 0.0, 1.0, 0.01),
    },
    presets={
        "honest": {"truth": 0.7, "stated": 0.7},
        "exaggerated": {"truth": 0.7, "stated": 1.0},
        "a toss-up": {"truth": 0.5, "stated": 0.9},
    },
)
def honesty_under_four_scores(truth=0.7, stated=0.9):
    fig, axes = canvas(2, 2, size=(6.4, 4.6), sharex=True)
    curves, guides, dots, notes = [], [], [], []
    for ax, (name, (_, top)) in zip(axes.flat, _SCORES.items(), strict=True):
        ax.set(xlim=(0, 1), ylim=(0, 1.2 * top), ylabel=name, yticks=np.linspace(0, top, 3))
        curves += ax.plot([], [], color=COST)
        guides += ax.plot([], [], "--", color=TRUTH, linewidth=1.5)
        dots.append(empty_point(ax, "o", MODEL))
        notes.append(ax.text(0.5, 1.1 * top, "", ha="center", va="center"))
    for ax in axes[1]:
        ax.set(xlabel="stated probability of rain", xticks=[0, 0.25, 0.5, 0.75, 1])

    def move(truth, stated):
        prices = []
        for n, ((score, top), unit) in enumerate(zip(_SCORES.values(), (" nats", "", "", ""), strict=True)):
            paid, honest = score(truth, np.array([stated, truth]))
            across = score(truth, _STATED)
            curves[n].set_data(_STATED, np.where(across <= top, across, np.nan))
            guides[n].set_data([truth, truth], [0, top])
            dots[n].set_data([stated], [min(paid, top)])
            dots[n].set_marker("o" if paid <= top else "^")
            notes[n].set_text(f"stated {number(paid)}, honest {number(honest)}")
            prices.append(f"{number(paid)} against {number(honest)}{unit}")
        return (
            f"Four expected scores against the stated probability; the true one is {truth:.2f} (dashed). Log "
            f"and Brier score: valleys, lowest at the truth. Absolute error: a straight line, "
            f"{_tilt(truth)}. Wrong calls: one step, at one half. Stating {stated:.2f}, where "
            f"{truth:.2f} is honest, costs {', '.join(prices[:3])} and {prices[3]}."
        )

    truths, answers = (
        [h for each in artists for h in along(name, each)]
        for name, artists in (("truth", guides), ("stated", dots))
    )
    handles = [*truths, *answers]
    return described(
        fig, move, moving=[*curves, *guides, *dots, *notes], handles=handles, truth=truth, stated=stated
    )


@figure(
    notebook="08",
    caption="How often a model is right against how sure it is, and its loss, at every temperature.",
    controls={
        "temperature": LogSlider("temperature T (no unit)", -1, 4, 0.01, base=2),
    },
    presets={
        "as trained": {"temperature": 1.0},
        "tuned": {"temperature": 2.95},
        "too hot": {"temperature": 12.0},
    },
)
def reliability_of_penguins(temperature=1.0):
    fig, (left, right) = canvas(1, 2)
    left.plot([0.3, 1], [0.3, 1], "--", color=QUIET, linewidth=1.5)
    left.set(
        xlim=(0.3, 1.03), ylim=(0, 1.05), xlabel="confidence, largest $q_k$", ylabel="share that is right"
    )
    (ranges,) = left.plot([], [], color=QUIET, linewidth=6, alpha=0.5, solid_capstyle="butt")
    points = left.scatter([], [], color=MODEL, edgecolor=INK, zorder=3, clip_on=False)
    right.axhline(np.log(3), color=QUIET, linestyle=":", linewidth=1.2)
    right.text(15.5, np.log(3) + 0.03, r"knows nothing: $\ln 3$", color=QUIET, ha="right", va="bottom")
    _draw_losses(right)
    dot = empty_point(right, "o", COST)
    note = right.text(15.5, 1.85, "", color=COST, ha="right", va="center")

    def move(temperature):
        z, labels = _model().test
        q = ce.softmax(z, temperature=temperature)
        seen = ce.reliability(q, labels, bins=_BINS)
        loss = ce.cross_entropy_from_logits(z / temperature, labels)
        error = ce.expected_calibration_error(q, labels, bins=_BINS)
        inside, filled = _set_reliability(ranges, points, seen)
        dot.set_data([temperature], [min(loss, _MOST)])
        note.set_text(f"$T$ = {temperature:.2f}: {loss:.3f} nats")
        return (
            f"Left, a point per bin of confidence, larger for more of {len(labels)} test birds: at T = "
            f"{temperature:.2f}, {inside} of {filled} lie on the grey bars, where 19 of 20 would lie for a "
            f"calibrated model. Calibration error {error:.3f}. Right, the loss against T, a valley for test "
            f"and for tuning birds, lowest for the latter at T = {_model().best:.2f}; here {loss:.3f} nats."
        )

    return described(
        fig,
        move,
        moving=[ranges, points, dot, note],
        handles=along("temperature", dot),
        temperature=temperature,
    )


@figure(
    notebook="08",
    caption="The calibration error of a model that is perfectly calibrated: how large chance makes it.",
    controls={"bins": Choice("bins", (5, 10, 20, 40))},
)
def error_of_the_calibrated(bins=10):
    fig, ax = canvas()
    ax.set(xscale="log", xlim=(20, 8000), ylim=(0, 0.4), xlabel="number of birds")
    ax.set(ylabel="expected calibration error")
    ax.set_xticks([25, 100, 400, 1600, 6400])
    ax.set_xticks([], minor=True)
    ax.xaxis.set_major_formatter(ScalarFormatter())
    (middle,) = ax.plot([], [], color=MODEL)
    ends = [ax.plot([], [], ":", color=MODEL, linewidth=1.5)[0] for _ in range(2)]
    (before,) = ax.plot([], [], "s", color=PAPER, markeredgecolor=COST, markersize=9)
    (after,) = ax.plot([], [], "o", color=COST, markeredgecolor=INK, markersize=9)
    lines = [ax.text(7400, 0.37 - 0.035 * row, "", ha="right", va="center") for row in range(3)]

    def move(bins):
        low, mean, high = _chance_errors(bins)
        (z, labels), best = _model().test, _model().best
        raw, cooled = (
            ce.expected_calibration_error(ce.softmax(z, temperature=t), labels, bins=bins) for t in (1, best)
        )
        middle.set_data(_SIZES, mean)
        for end, line in zip(ends, (low, high), strict=True):
            end.set_data(_SIZES, line)
        before.set_data([len(labels)], [raw])
        after.set_data([len(labels)], [cooled])
        lines[0].set_text(f"square: the penguin model, {raw:.3f}")
        lines[1].set_text(f"dot: at its temperature, {cooled:.3f}")
        lines[2].set_text(f"line: calibrated, {_SIZES[3]} birds, {mean[3]:.3f}")
        return (
            f"Calibration error in {bins} bins against the number of birds, for a calibrated model: a line "
            f"that falls from {mean[0]:.3f} at {_SIZES[0]} birds over {mean[3]:.3f} at {_SIZES[3]} to "
            f"{mean[-1]:.3f} at {_SIZES[-1]}; 19 of 20 samples lie between dotted lines. Measured on "
            f"{len(labels)} birds: {raw:.3f} at T = 1 (square), {cooled:.3f} at T = {best:.2f} (dot)."
        )

    return described(fig, move, moving=[middle, *ends, before, after, *lines], bins=bins)


@figure(
    notebook="08",
    caption="A loss that takes logits, fed with probabilities, has a floor above 0.",
    controls={
        "classes": Choice("classes", (2, 3, 10, 100, 1000)),
        "lead": Slider("lead of the right logit", 0.0, 12.0, 0.1, digits=1),
    },
    presets={
        "three classes, sure": {"classes": 3, "lead": 12.0},
        "a thousand classes, sure": {"classes": 1000, "lead": 12.0},
    },
)
def softmax_twice_has_a_floor(classes=3, lead=4.0):
    fig, ax = canvas()
    ax.set(xlim=(0, 12), ylim=(0, 1.4), yticks=np.linspace(0, 1, 5), ylabel=r"loss (share of $\ln C$)")
    ax.set(xlabel="lead of the right logit over each of the others (no unit)")
    (once,) = ax.plot([], [], "--", color=MODEL)
    (twice,) = ax.plot([], [], color=COST)
    (floor,) = ax.plot([], [], ":", color=QUIET, linewidth=1.2)
    dots = [empty_point(ax, "o", colour) for colour in (MODEL, COST)]
    notes = [
        ax.text(0.15, 1.34 - 0.1 * n, "", color=c, va="center") for n, c in enumerate((MODEL, COST, QUIET))
    ]

    def move(classes, lead):
        lowest, top = np.log(np.e + classes - 1) - 1, np.log(classes)
        across, here = _across(classes), _once_and_twice(np.array([lead]), classes)
        for line, dot, losses, loss in zip((once, twice), dots, across, here, strict=True):
            line.set_data(_LEADS, losses / top)
            dot.set_data([lead], loss / top)
        floor.set_data([0, 12], [lowest / top, lowest / top])
        notes[0].set_text(f"softmax once (dashed): {here[0][0]:.3f} nats")
        notes[1].set_text(f"softmax twice (solid): {here[1][0]:.3f} nats")
        notes[2].set_text(f"floor for {classes} classes (dotted): {lowest:.3f} nats")
        return (
            f"Loss against the lead of the right logit, as a share of ln {classes} = {top:.3f} nats, where "
            f"both curves start. Softmax once (dashed) falls towards 0; softmax twice (solid) ends on a "
            f"dotted floor, {lowest / top:.2f} of it or {lowest:.3f} nats. At a lead of {lead:.1f} they are "
            f"at {here[0][0]:.3f} and {here[1][0]:.3f} nats."
        )

    return described(
        fig,
        move,
        moving=[floor, once, twice, *dots, *notes],
        handles=along("lead", dots[0]),
        classes=classes,
        lead=lead,
    )


def _log_score(truth, stated):
    return ce.cross_entropy([truth, 1 - truth], np.stack([stated, 1 - stated], axis=-1), base=np.e)


def _brier(truth, stated):
    q = np.stack([stated, 1 - stated], axis=-1)
    rain, dry = (ce.brier_score(q, np.full(len(q), label), reduction="none") for label in (0, 1))
    return truth * rain + (1 - truth) * dry


def _absolute_error(truth, stated):
    return truth * (1 - stated) + (1 - truth) * stated


def _wrong_calls(truth, stated):
    """Above one half it is called rain, below dry; at one half a coin decides."""
    return np.select([stated > 0.5, stated < 0.5], [1 - truth, truth], 0.5)


_SCORES = {
    "log score (nats)": (_log_score, 3.0),
    "Brier score": (_brier, 2.0),
    "absolute error": (_absolute_error, 1.0),
    "wrong calls (share)": (_wrong_calls, 1.0),
}


def _tilt(truth):
    if truth == 0.5:
        return "level"
    return f"lowest at {1 if truth > 0.5 else 0}"


class _Model(NamedTuple):
    """Logits and labels of the birds that choose the temperature and of those that judge; the temperature."""

    tune: tuple
    test: tuple
    best: float


@cache
def _model():
    """Trained on 31 birds, with more weights than they can pin down: sure of itself, and often wrong."""
    birds, rng = penguins("bill_depth_mm", "body_mass_g"), np.random.default_rng(0)
    train, rest = stratified_split(birds.labels, 0.91, rng)
    tune, test = (rest[part] for part in stratified_split(birds.labels[rest], 0.6, rng))
    d, m = standardize(birds.features, like=birds.features[train]).T
    x = np.column_stack([d**i * m**j for i in range(4) for j in range(4 - i) if i + j > 0])
    x = standardize(x, like=x[train])
    fit = fit_softmax_regression(x[train], birds.labels[train])
    z = x @ fit.weights + fit.bias
    tune, test = ((z[part], birds.labels[part]) for part in (tune, test))
    return _Model(tune, test, fit_temperature(*tune))


def _draw_losses(ax):
    """Both valleys of the loss, against the temperature."""
    ax.set(xscale="log", xlim=(0.5, 16), ylim=(0, _MOST), xlabel="temperature $T$", ylabel="loss (nats)")
    ax.set_xticks([0.5, 1, 2, 4, 8, 16])
    ax.set_xticks([], minor=True)
    ax.xaxis.set_major_formatter(ScalarFormatter())
    for (z, labels), style in ((_model().test, "-"), (_model().tune, "--")):
        losses = [ce.cross_entropy_from_logits(z / t, labels) for t in _TEMPERATURES]
        ax.plot(_TEMPERATURES, np.where(np.array(losses) <= _MOST, losses, np.nan), style, color=COST)
    ax.text(15.5, 0.27, "solid: test birds", color=COST, ha="right", va="center")
    ax.text(15.5, 0.12, "dashed: tuning birds", color=COST, ha="right", va="center")


def _set_reliability(ranges, points, seen):
    """Sets a point and its range of chance for each filled bin: (how many are inside, how many there are)."""
    filled = seen.samples > 0
    sure, right, count = (np.asarray(column)[filled] for column in seen)
    # Two standard errors of a share that is `sure`: what a calibrated model shows 19 times in 20.
    slack = 2 * np.sqrt(sure * (1 - sure) / count)
    low, high = np.clip(sure - slack, 0, 1), np.clip(sure + slack, 0, 1)
    gap = np.full(len(sure), np.nan)
    ranges.set_data(np.stack([sure, sure, gap], axis=-1).ravel(), np.stack([low, high, gap], axis=-1).ravel())
    points.set_offsets(np.stack([sure, right], axis=-1))
    points.set_sizes(20 + 2.5 * count)
    return int(np.sum((low <= right) & (right <= high))), len(sure)


@cache
def _chance_errors(bins):
    """Of samples of each size whose labels are drawn from the prediction itself: 2.5 %, mean, 97.5 %."""
    rng, q = np.random.default_rng(0), ce.softmax(_model().test[0], temperature=_model().best)
    errors = np.empty((len(_SIZES), _RUNS))
    for row, size in enumerate(_SIZES):
        for run in range(_RUNS):
            drawn = q[rng.integers(len(q), size=size)]
            labels = (rng.random((size, 1)) > drawn.cumsum(axis=1)[:, :-1]).sum(axis=1)
            errors[row, run] = ce.expected_calibration_error(drawn, labels, bins=bins)
    low, high = np.quantile(errors, (0.025, 0.975), axis=1)
    return low, errors.mean(axis=1), high


@cache
def _across(classes):
    return _once_and_twice(_LEADS, classes)


def _once_and_twice(lead, classes):
    """Losses in nats of the class whose logit leads the others, all equal, by `lead`."""
    z = np.zeros((len(lead), classes))
    z[:, 0] = lead
    labels = np.zeros(len(lead), dtype=int)
    return [ce.cross_entropy_from_logits(scores, labels, reduction="none") for scores in (z, ce.softmax(z))]
