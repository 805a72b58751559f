"""Figures of notebook 00: labels, pmfs, and the slopes of two losses."""

from functools import cache

import numpy as np

import cecourse as ce

from ..datasets import penguins
from ..learning import binary_squared_error_from_logits_grad, fit_linear_regression, fit_logistic_regression
from .drawing.canvas import CLASSES, COST, GRADIENT, INK, MARKERS, MODEL, PAPER, QUIET, TRUTH, canvas
from .drawing.controls import Choice, Shares, Slider
from .drawing.handles import along, tops
from .drawing.interactive import described
from .drawing.pieces import as_pmf, empty_bars, first_step, in_nats, listed, set_bars
from .drawing.registry import figure

_ANNOTATORS = 12
_LOSSES = ("cross-entropy", "squared error")
_CENTRE = np.array([46, 17.5])  # mm
_STEPS = 400


@figure(notebook="00", caption="The bills of 342 penguins: three species, three clouds that touch.")
def penguin_bills():
    fig, ax = canvas()
    birds = penguins()
    _draw_birds(ax, birds)
    for name, place in zip(birds.species, ((31.5, 22), (54.8, 21.2), (54.5, 13.8)), strict=True):
        ax.text(*place, name, weight="bold")
    counts = np.bincount(birds.labels)
    means = [birds.features[birds.labels == label].mean(axis=0) for label in range(3)]

    def move():
        clouds = "; ".join(
            f"{count} {name}, on average {length:.1f} mm long and {depth:.1f} mm deep"
            for name, count, (length, depth) in zip(birds.species, counts, means, strict=True)
        )
        return (
            f"Bill depth against bill length of {len(birds.labels)} penguins, both in mm. Three clouds that "
            f"touch at their edges: {clouds}."
        )

    return described(fig, move)


@figure(
    notebook="00",
    caption="Regression on label numbers cuts the plane into parallel stripes, 2 in the middle.",
    controls={
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
    presets={
        "Gentoo in the middle": {"numbering": (1, 3, 2)},
        "Adelie in the middle": {"numbering": (2, 1, 3)},
        "counted backwards": {"numbering": (3, 2, 1)},
    },
)
def label_number_stripes(numbering=(1, 2, 3), way=0.5):
    fig, ax = canvas(size=(6.4, 4))
    birds = penguins()
    _draw_birds(ax, birds)
    _draw_key(ax, birds.species)
    borders = [ax.plot([], [], "--", color=MODEL)[0] for _ in range(2)]
    names = [ax.text(0, 0, "", weight="bold", ha="center", va="center") for _ in range(3)]
    (star,) = ax.plot([], [], "*", color=MODEL, markeredgecolor=INK, markersize=17)
    verdict = ax.text(0, 1.03, "", color=MODEL, transform=ax.transAxes)
    ends = [birds.features[birds.labels == label].mean(axis=0) for label in (0, 2)]

    def move(numbering, way):
        weights, bias = fit_linear_regression(birds.features, np.array(numbering)[birds.labels])
        bird = (1 - way) * ends[0] + way * ends[1]
        number = bird @ weights + bias
        called = birds.species[numbering.index(int(np.clip(np.rint(number), 1, 3)))]
        for border, level in zip(borders, (1.5, 2.5), strict=True):
            border.set_data(*_level_line(weights, bias, level))
        for name, stripe in zip(names, (1, 2, 3), strict=True):
            name.set(
                position=_free_spot(weights, bias, stripe),
                text=f"{stripe} {birds.species[numbering.index(stripe)]}",
            )
        star.set_data(bird[:1], bird[1:])
        verdict.set_text(f"the bird at the star gets the number {number:.2f}: {called}")
        share = _share_right(birds, numbering, weights, bias)
        return (
            f"Bill depth against bill length, cut by two parallel dashed lines into stripes that are called "
            f"{', '.join(name.get_text() for name in names)}. The star, a bill {bird[0]:.1f} mm long and "
            f"{bird[1]:.1f} mm deep, gets the number {number:.2f}, so {called}. With this numbering "
            f"{100 * share:.1f} % of the birds get their own species."
        )

    return described(fig, move, moving=[*borders, *names, star, verdict], numbering=numbering, way=way)


@figure(
    notebook="00",
    caption="The label as a pmf and the model's answer, on the same axes.",
    controls={
        "dissent": Slider("of 12 annotators, how many do not say Chinstrap", 0, 8, 1),
        "q": Shares(("q of Adelie", "q of Chinstrap", "q of Gentoo")),
    },
    presets={
        "sure and right": {"dissent": 0, "q": (0.01, 0.98, 0.01)},
        "sure and wrong": {"dissent": 0, "q": (0.98, 0.01, 0.01)},
        "no idea": {"q": (1 / 3, 1 / 3, 1 / 3)},
        "annotators disagree": {"dissent": 6, "q": (0.25, 0.5, 0.25)},
    },
    grid={"dissent": 2},
)
def one_hot_beside_prediction(dissent=0, q=(0.35, 0.25, 0.4)):
    fig, ax = canvas()
    species = penguins().species
    ax.set(ylim=(0, 1.25), yticks=[0, 0.25, 0.5, 0.75, 1], ylabel="probability", xlim=(-0.6, 2.6))
    ax.set_xticks(range(3), species)
    target, shares = empty_bars(
        ax, np.arange(3) - 0.19, 0.36, text_colour=TRUTH, color=TRUTH, edgecolor=PAPER
    )
    answer, guesses = empty_bars(
        ax, np.arange(3) + 0.19, 0.36, text_colour=MODEL, color=MODEL, hatch="//", edgecolor=PAPER
    )
    ax.text(-0.55, 1.17, "target $p$ (plain)", color=TRUTH)
    ax.text(2.55, 1.17, "prediction $q$ (hatched)", color=MODEL, ha="right")

    def move(dissent, q):
        p, q = _votes(dissent) / _ANNOTATORS, as_pmf(q)
        set_bars(target, shares, p, 0.015, ".2f")
        set_bars(answer, guesses, q, 0.015, ".2f")
        squared, price = ce.brier_score(q, p), ce.cross_entropy(p, q, base=np.e)
        return (
            f"Two bars for each of {', '.join(species)}. Target p: {_spoken(p)}; {_ANNOTATORS - dissent} of "
            f"{_ANNOTATORS} annotators say {species[1]}. Prediction q: {_spoken(q)}. Squared distance "
            f"{squared:.3f}; average of -ln q over the annotators' answers: {in_nats(price)}."
        )

    return described(
        fig,
        move,
        moving=[*target, *shares, *answer, *guesses],
        handles=tops("q", answer),
        dissent=dissent,
        q=q,
    )


@figure(
    notebook="00",
    caption="The gradient of a confident mistake: -1 for cross-entropy, nearly 0 for squared error.",
    controls={"z": Slider("logit z of the right class", -10.0, 10.0, 0.1)},
    presets={
        "sure and wrong": {"z": -10.0},
        "undecided": {"z": 0.0},
        "sure and right": {"z": 10.0},
    },
)
def slopes_against_logit(z=-6.0):
    fig, (left, right) = canvas(1, 2)
    logits = np.linspace(-10, 10, 401)
    for ax in (left, right):
        ax.set(xlabel="logit $z$ of the right class", xlim=(-10, 10), xticks=[-10, -5, 0, 5, 10])
        ax.axvline(0, color=QUIET, linewidth=0.8)
    left.plot(logits, _cross_entropy_slope(logits), color=GRADIENT)
    left.plot(logits, _squared_slope(logits), "--", color=INK)
    left.set(ylabel="slope of the loss per unit of $z$", ylim=(-1.25, 0.1))
    left.text(0.8, -0.62, "cross-entropy\n(nats)", color=GRADIENT, va="top")
    left.text(-9.7, -0.13, "squared\nerror", color=INK, va="top")
    right.semilogy(logits, _squared_slope(logits) / _cross_entropy_slope(logits), "-.", color=QUIET)
    right.set(ylabel="squared error's slope / cross-entropy's", ylim=(1e-4, 4))
    dots = [
        ax.plot([], [], "o", color=colour, clip_on=False)[0]
        for ax, colour in ((left, GRADIENT), (left, INK), (right, QUIET))
    ]
    dots[1].set_markerfacecolor(PAPER)
    label = right.text(0.03, 0.94, "", color=QUIET, transform=right.transAxes)

    def move(z):
        slopes = [_cross_entropy_slope(z), _squared_slope(z)]
        ratio = slopes[1] / slopes[0]
        for dot, height in zip(dots, (*slopes, ratio), strict=True):
            dot.set_data([z], [height])
        label.set_text(f"ratio {ratio:.2g}")
        return (
            f"Left, two slopes against the right class's logit: cross-entropy's climbs from -1 (sure, wrong) "
            f"to 0, squared error's is near 0 at both ends. At z = {z:.1f}, where q = {ce.sigmoid(z):.2g}, "
            f"they are {slopes[0]:.2g} and {slopes[1]:.2g}. Right, their ratio on a log scale, a peak of 1 "
            f"at z = 0; here it is {ratio:.2g}."
        )

    return described(
        fig, move, moving=[*dots, label], handles=[h for dot in dots for h in along("z", dot)], z=z
    )


@figure(
    notebook="00",
    caption="Two losses of the same birds along one weight: a convex valley, and a plateau with an edge.",
    controls={"weight": Slider("weight w", -8.0, 8.0, 0.1, unit="per mm")},
    presets={
        "sure and wrong": {"weight": -8.0},
        "undecided": {"weight": 0.0},
        "near the minimum": {"weight": 3.0},
    },
)
def losses_against_weight(weight=-6.0):
    fig, (left, right) = canvas(1, 2)
    weights = np.linspace(-8, 8, 161)
    panels = (
        (left, _cross_entropy_at, "-", COST, 15, "nats"),
        (right, _squared_at, "--", INK, 2.2, "no unit"),
    )
    movers = []
    for ax, (_, loss, style, colour, top, unit), name in zip((left, right), panels, _LOSSES, strict=True):
        heights, _ = loss(weights)
        ax.plot(weights, heights, style, color=colour)
        ax.set(xlim=(-8, 8), ylim=(0, top), xlabel="weight $w$ (per mm)", ylabel=f"{name} ({unit})")
        movers.append((ax.plot([], [], ":", color=GRADIENT)[0], ax.plot([], [], "o", color=colour)[0]))
    notes = [
        ax.text(0.97, 0.94, "", color=GRADIENT, ha="right", transform=ax.transAxes) for ax in (left, right)
    ]

    def move(weight):
        at = [loss(weight) for _, loss, *_ in panels]
        for (tangent, dot), note, (height, slope) in zip(movers, notes, at, strict=True):
            tangent.set_data([-8, 8], [height + slope * (x - weight) for x in (-8, 8)])
            dot.set_data([weight], [height])
            note.set_text(f"slope {slope:+.3f}")
        return (
            f"Two losses against one weight. Left, cross-entropy comes down a straight slope into a valley "
            f"and stays above its tangent. Right, squared error: a plateau near 2 with an edge at 0. At w = "
            f"{weight:.1f} per mm they are {at[0][0]:.3f} nats with slope {at[0][1]:+.3f}, and "
            f"{at[1][0]:.3f} with slope {at[1][1]:+.4f}."
        )

    return described(
        fig,
        move,
        moving=[*(a for pair in movers for a in pair), *notes],
        handles=[h for _, dot in movers for h in along("weight", dot)],
        weight=weight,
    )


@figure(
    notebook="00",
    caption="Two losses race: the same birds, the same confidently wrong start, the same steps.",
    controls={
        "start": Choice("weight at the start (per mm)", (-8.0, -6.0, -4.0, -2.0, 0.0)),
        "step": Slider("steps done", 0, _STEPS, 1),
    },
    presets={
        "sure and wrong": {"start": -8.0, "step": 20},
        "undecided": {"start": 0.0, "step": 1},
        "the end": {"step": 400},
    },
)
def race_of_two_losses(start=-6.0, step=20):
    fig, ax = canvas()
    ax.set(
        xlabel="steps of gradient descent", ylabel="birds called right (%)", xlim=(0, _STEPS), ylim=(0, 109)
    )
    lines = [ax.plot([], [], style, color=colour)[0] for style, colour in (("-", MODEL), ("--", INK))]
    ax.text(_STEPS, 102, _LOSSES[0], color=MODEL, va="center", ha="right")
    name = ax.text(0, 38, _LOSSES[1], color=INK, va="center")
    dots = [ax.plot([], [], "o", color=colour, clip_on=False)[0] for colour in (MODEL, INK)]
    dots[1].set_markerfacecolor(PAPER)
    score = ax.text(0, 1.03, "", color=INK, transform=ax.transAxes)

    def move(start, step):
        shares = _shares_right(start)
        for line, dot, share in zip(lines, dots, shares, strict=True):
            line.set_data(range(_STEPS + 1), share)
            dot.set_data([step], share[[step]])
        name.set_x(first_step(shares[1], 50) + 8)
        now = [share[step] for share in shares]
        score.set_text(f"after {step} steps: {_LOSSES[0]} {now[0]:.1f} %, {_LOSSES[1]} {now[1]:.1f} %")
        reached = [_when(first_step(share, 90)) for share in shares]
        return (
            f"Share of {len(_sides())} birds called right against steps, from the weight {start:g} per mm. "
            f"The model trained by cross-entropy (solid) {reached[0]}, the one trained by squared error "
            f"(dashed) {reached[1]}. After {step} steps they call {now[0]:.1f} % and {now[1]:.1f} % right."
        )

    return described(
        fig, move, moving=[*lines, name, *dots, score], handles=along("step", dots[0]), start=start, step=step
    )


def _draw_birds(ax, birds):
    """Bill depth against bill length, a colour and a marker for each species."""
    for label, (colour, marker) in enumerate(zip(CLASSES, MARKERS, strict=True)):
        length, depth = birds.features[birds.labels == label].T
        ax.plot(length, depth, marker, color=colour, markeredgecolor=INK, markeredgewidth=0.5, markersize=5)
    ax.set(xlabel="bill length (mm)", ylabel="bill depth (mm)", xlim=(30, 66), ylim=(12, 23))


def _draw_key(ax, species):
    """Which colour and marker is which species, in a row below the birds."""
    for x, name, colour, marker in zip((43, 51.6, 59.6), species, CLASSES, MARKERS, strict=True):
        ax.plot(x, 11.9, marker, color=colour, markeredgecolor=INK, markeredgewidth=0.5, markersize=6)
        ax.text(x + 0.6, 11.9, name, va="center")
    ax.set_ylim(11.4, 23)


def _share_right(birds, numbering, weights, bias):
    numbers = birds.features @ weights + bias
    return np.mean(np.clip(np.rint(numbers), 1, 3) == np.array(numbering)[birds.labels])


def _level_line(weights, bias, level):
    """Two points, far outside the axes, on the line where the regression gives `level`."""
    foot = _CENTRE + weights * (level - bias - weights @ _CENTRE) / (weights @ weights)
    along = 100 * np.array([-weights[1], weights[0]]) / np.linalg.norm(weights)
    return np.stack([foot - along, foot + along]).T


# Places at the rim, away from the birds, where a stripe may carry its name.
_RIM = [(33.5, 12.9), (33.5, 22.3), (46, 22.3), (62, 22.2), (63, 20), (62.9, 16.9), (62.4, 12.9)]


def _free_spot(weights, bias, stripe):
    """The place at the rim that lies deepest in the stripe."""
    numbers = np.array(_RIM) @ weights + bias
    beyond = np.maximum(0, (2 - stripe) * (stripe - numbers))  # the outer stripes have no far border
    return _RIM[int(np.argmin(np.abs(numbers - stripe) - 2 * beyond))]


def _votes(dissent):
    """How many annotators name each species when `dissent` of them do not name the second."""
    return np.array([(dissent + 1) // 2, _ANNOTATORS - dissent, dissent // 2])


def _spoken(pmf):
    return listed(pmf, ".2f")


def _cross_entropy_slope(z):
    """Slope of -ln q in the logit z of the right class of two: q - 1."""
    return ce.binary_cross_entropy_from_logits_grad(z, np.ones_like(z), reduction="none")


def _squared_slope(z):
    """Slope of the squared error of (q, 1 - q), 2 (1 - q)^2, in the same logit: -4 q (1 - q)^2."""
    return 2 * binary_squared_error_from_logits_grad(z, np.ones_like(z), reduction="none")


@cache
def _sides():
    """How many mm each bill lies on its own species' side of 16.7 mm: Gentoo below, the others above."""
    birds = penguins()
    depth = birds.features[:, 1]
    return np.where(birds.labels == 2, 16.7 - depth, depth - 16.7)


def _cross_entropy_at(weight):
    """Mean of -ln q over the birds, and its slope, where q = sigmoid(weight * side) is each bird's own."""
    logits = np.multiply.outer(weight, _sides())
    losses = ce.binary_cross_entropy_from_logits(logits, np.ones_like(logits), reduction="none")
    return losses.mean(axis=-1), (_cross_entropy_slope(logits) * _sides()).mean(axis=-1)


def _squared_at(weight):
    """Mean of 2 (1 - q)^2 over the birds, and its slope."""
    logits = np.multiply.outer(weight, _sides())
    return (2 * ce.sigmoid(-logits) ** 2).mean(axis=-1), (_squared_slope(logits) * _sides()).mean(axis=-1)


@cache
def _shares_right(start):
    """Percent of the birds called right, before each step and after the last; one row for each loss.

    (sigmoid - y)^2 counts one of two classes, so it gets twice the step: that is the slope of Brier's score.
    """
    birds = penguins()
    below, gentoo = 16.7 - birds.features[:, 1:], birds.labels == 2
    shares = []
    for loss, rate in (("cross_entropy", 0.5), ("squared_error", 1.0)):
        fit = fit_logistic_regression(
            below, gentoo.astype(float), steps=_STEPS, learning_rate=rate, loss=loss, start=([start], 0.0)
        )
        logits = fit.weights_path @ below.T + fit.bias_path[:, None]
        shares.append(100 * np.mean((logits > 0) == gentoo, axis=1))
    return np.array(shares)


def _when(step):
    return f"reaches 90 % at step {step}" if step <= _STEPS else f"is still below 90 % at step {_STEPS}"
