"""Figures of notebook 06: the loss of a classifier, its slope, training on penguins, labels as a message."""

from functools import cache
from typing import NamedTuple

import numpy as np

import cecourse as ce

from ..datasets import penguins
from ..learning import fit_softmax_regression, standardize, stratified_split
from .drawing.canvas import CLASSES, COST, GRADIENT, INK, MARKERS, MODEL, PAPER, QUIET, TRUTH, canvas
from .drawing.controls import Choice, Shares, Steps
from .drawing.interactive import described
from .drawing.pieces import (
    SPECIES,
    as_pmf,
    each_species,
    first_step,
    in_nats,
    named,
    number,
    signed,
    species_sliders,
)
from .drawing.registry import figure

_LABEL = Choice("the bird is a", tuple((name, label) for label, name in enumerate(SPECIES)))
_STEPS, _RATE = 200, 2.0
_RACE_STEPS = 600
_TOP = 5.0  # nats: where the axes of a loss end
_LENGTH, _DEPTH = (30.0, 62.0), (12.0, 23.0)  # mm: where the axes of the bills end
_PLANE = np.array([(20.0, 5.0), (72.0, 5.0), (72.0, 30.0), (20.0, 30.0)])  # mm, wider than the axes


@figure(
    notebook="06",
    caption="One surprise per class; the one-hot label picks one of them, and that is the loss.",
    controls={
        "label": _LABEL,
        "q": Shares(("q of Adelie", "q of Chinstrap", "q of Gentoo")),
    },
    presets={
        "sure and right": {"label": 1, "q": (0.01, 0.98, 0.01)},
        "sure and wrong": {"label": 1, "q": (0.98, 0.01, 0.01)},
        "no idea": {"q": (1 / 3, 1 / 3, 1 / 3)},
        "excluded": {"label": 1, "q": (0.5, 0.0, 0.5)},
    },
)
def one_hot_picks_one_term(label=1, q=(0.2, 0.7, 0.1)):
    fig, (left, right) = canvas(1, 2)
    left.set(ylabel=r"$-\ln q_k$ (nats)", xlim=(-0.6, 2.6), ylim=(0, 1.15 * _TOP), yticks=range(6))
    left.set_xticks(range(3), SPECIES)
    bars = left.bar(range(3), np.zeros(3), 0.7, linewidth=1.5)
    products = [left.text(k, 0, "", ha="center", va="bottom") for k in range(3)]
    shares = np.linspace(np.exp(-1.2 * _TOP), 1, 600)
    right.plot(shares, ce.information(shares, base=np.e), color=COST)
    right.set(xlabel="probability $q_c$ of the right class", ylabel=r"loss $-\ln q_c$ (nats)")
    right.set(xlim=(0, 1.02), ylim=(0, 1.15 * _TOP), yticks=range(6))
    (guide,) = right.plot([], [], ":", color=QUIET, linewidth=1.2)
    (dot,) = right.plot([], [], "o", color=COST, clip_on=False)
    price = right.text(0.97, 0.93, "", color=COST, ha="right", transform=right.transAxes)

    def move(label, q):
        q, p = as_pmf(q), ce.one_hot(label, 3)
        surprises = ce.information(q, base=np.e)
        loss = ce.cross_entropy_from_probs(q, label)
        for bar, text, here, height in zip(bars, products, p, surprises, strict=True):
            bar.set(
                height=min(height, _TOP), facecolor=COST if here else PAPER, edgecolor=COST if here else QUIET
            )
            text.set(y=min(height, _TOP) + 0.08, text=rf"{here:.0f} $\cdot$ {_short(height)}")
        guide.set_data([q[label], q[label], 0], [0, min(loss, _TOP), min(loss, _TOP)])
        dot.set_data([q[label]], [min(loss, _TOP)])
        dot.set_marker("o" if loss <= _TOP else "^")
        price.set_text(f"loss {in_nats(loss)}")
        return (
            f"Left, three bars, -ln q of each class: {named(SPECIES, surprises, in_nats)}. Only that of the "
            f"label, {SPECIES[label]}, is filled: it counts once, the others 0 times. Right, a curve that "
            f"falls from no bound at 0 to 0 nats at 1; at q = {q[label]:.3f} for {SPECIES[label]} the loss "
            f"is {in_nats(loss)}."
        )

    return described(fig, move, moving=[*bars, *products, guide, dot, price], label=label, q=q)


@figure(
    notebook="06",
    caption="Each logit is pulled by the difference of prediction and target.",
    controls={
        **species_sliders("score", 5.0),
        "label": _LABEL,
    },
    presets={
        "sure and right": {"adelie": -4.0, "chinstrap": 4.0, "gentoo": -4.0, "label": 1},
        "sure and wrong": {"adelie": 4.0, "chinstrap": -4.0, "gentoo": -4.0, "label": 1},
        "no idea": {"adelie": 0.0, "chinstrap": 0.0, "gentoo": 0.0},
    },
    grid=each_species((-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)),
)
def slope_is_prediction_minus_target(adelie=2.0, chinstrap=1.0, gentoo=-1.0, label=1):
    fig, (left, right) = canvas(1, 2)
    for ax in (left, right):
        ax.set_xticks(range(3), SPECIES)
        ax.set_xlim(-0.6, 2.6)
    left.set(ylim=(0, 1.3), yticks=[0, 0.25, 0.5, 0.75, 1], ylabel="probability")
    right.set(
        ylim=(-1.25, 1.25), yticks=[-1, -0.5, 0, 0.5, 1], ylabel="slope of the loss (nats per unit of $z$)"
    )
    right.axhline(0, color=QUIET, linewidth=0.8)
    left.text(-0.55, 1.22, "filled: prediction $q$", color=MODEL)
    left.text(-0.55, 1.12, "outline: target $p$", color=TRUTH)
    answer = left.bar(range(3), np.zeros(3), 0.5, color=MODEL)
    target = left.bar(
        range(3), np.zeros(3), 0.7, facecolor="none", edgecolor=TRUTH, linewidth=1.5, linestyle="--"
    )
    slopes = right.bar(range(3), np.zeros(3), 0.5, color=GRADIENT)
    texts = [right.text(k, 0, "", color=GRADIENT, ha="center", va="center") for k in range(3)]
    price = right.text(0.97, 0.975, "", color=COST, ha="right", va="center", transform=right.transAxes)

    def move(adelie, chinstrap, gentoo, label):
        z = np.array([adelie, chinstrap, gentoo])
        q, p, loss = ce.softmax(z), ce.one_hot(label, 3), ce.cross_entropy_from_logits(z, label)
        slope = ce.cross_entropy_from_logits_grad(z, label)
        for bars, heights in ((answer, q), (target, p), (slopes, slope)):
            for bar, height in zip(bars, heights, strict=True):
                bar.set(height=height, visible=bool(height))
        for text, height in zip(texts, slope, strict=True):
            text.set(y=height + np.copysign(0.09, height), text=_signed(height))
        price.set_text(f"loss {in_nats(loss)}")
        return (
            f"Left, the prediction, {named(SPECIES, q, _two)}, as filled bars; the target, an outline of "
            f"height 1 at {SPECIES[label]}. Right, their difference q - p, the slope of the loss in each "
            f"logit: {named(SPECIES, slope, _signed)}. Only {SPECIES[label]}'s is below 0; the three sum to "
            f"0. The loss is {in_nats(loss)}."
        )

    state = {"adelie": adelie, "chinstrap": chinstrap, "gentoo": gentoo, "label": label}
    return described(fig, move, moving=[*answer, *target, *slopes, *texts, price], **state)


@figure(
    notebook="06",
    caption="Nine numbers learn to tell three species apart; the ring is the most expensive unseen bird.",
    controls={"step": Steps("training", _STEPS, milliseconds=100)},
    presets={
        "untrained": {"step": 0},
        "one step": {"step": 1},
        "ten steps": {"step": 10},
    },
)
def softmax_regression_learns(step=_STEPS):
    fig, (left, right) = canvas(1, 2, size=(6.4, 4), width_ratios=(3, 2))
    run = _training()
    _draw_birds(left, run)
    _draw_losses(right, run)
    regions = [left.fill([], [], color=colour, alpha=0.3, linewidth=0)[0] for colour in CLASSES]
    edges = [left.plot([], [], color=MODEL, linewidth=1.5)[0] for _ in CLASSES]
    names = [
        left.text(*place, name, weight="bold", ha=side)
        for name, place, side in zip(
            SPECIES, ((31, 22.2), (61, 22.2), (61, 12.4)), ("left", "right", "right"), strict=True
        )
    ]
    (ring,) = left.plot(
        [], [], "o", markersize=14, markerfacecolor="none", markeredgecolor=COST, markeredgewidth=2
    )
    price_tag = left.text(0, 1.03, "", color=COST, transform=left.transAxes)
    dots = [right.plot([], [], "o", color=COST, clip_on=False)[0] for _ in range(2)]
    dots[1].set_markerfacecolor(PAPER)

    def move(step):
        for polygon, edge, corners in zip(regions, edges, _regions(run, step), strict=True):
            polygon.set_xy(corners)
            edge.set_data(*np.concatenate([corners, corners[:1]]).T)
        worst, price = run.held_out[step].argmax(), run.held_out[step].max()
        who = SPECIES[run.labels[run.test[worst]]]
        ring.set_data(*run.features[run.test[worst : worst + 1]].T)
        price_tag.set_text(f"ring: {who}, loss {in_nats(price)}")
        losses = run.fit.losses[step], run.held_out[step].mean()
        for dot, loss in zip(dots, losses, strict=True):
            dot.set_data([step], [loss])
        return (
            f"Left, the penguins by bill length and depth in mm, on {_spoken_regions(step)}. Of the held-out "
            f"birds {run.right[step]} of {len(run.test)} are called right; the ring marks the most expensive "
            f"one: {who}, {in_nats(price)}. Right, the mean loss falls over {_STEPS} steps; at step {step} "
            f"it is {in_nats(losses[0])} in training, {in_nats(losses[1])} held out."
        )

    return described(fig, move, moving=[*regions, *edges, *names, ring, price_tag, *dots], step=step)


@figure(
    notebook="06",
    caption="Three species, two losses, one start: the surer the mistake, the longer squared error rests.",
    controls={
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
)
def race_with_three_classes(sureness=1.0):
    fig, ax = canvas()
    ax.set(xscale="log", xlim=(1, _RACE_STEPS), ylim=(0, 122), yticks=range(0, 101, 25))
    ax.set(xlabel="steps of gradient descent", ylabel="held-out birds called right (%)")
    ax.set_xticks([1, 10, 100, _RACE_STEPS], ["1", "10", "100", str(_RACE_STEPS)])
    ax.text(1.05, 113, "solid: cross-entropy", color=MODEL, va="center")
    ax.text(12, 113, "dashed: squared error of the probabilities", color=MODEL, va="center")
    lines = [ax.plot([], [], style, color=MODEL)[0] for style in ("-", "--")]
    (reached,) = ax.plot([], [], "o", color=MODEL, clip_on=False)
    result = ax.text(0, 1.03, "", color=MODEL, transform=ax.transAxes)
    steps = np.arange(1, _RACE_STEPS + 1)

    def move(sureness):
        shares = _race(sureness)
        for line, share in zip(lines, shares, strict=True):
            line.set_data(steps, share[1:])
        firsts = [first_step(share, 90) for share in shares]
        there = [
            (first, share[first]) for first, share in zip(firsts, shares, strict=True) if first <= _RACE_STEPS
        ]
        reached.set_data(*np.reshape(there, (-1, 2)).T)
        result.set_text(f"90 % right: cross-entropy {_at(firsts[0])}, squared error {_at(firsts[1])}")
        return (
            f"Share of the held-out birds called right against steps, on a log scale, from a start that is "
            f"{_spoken_start(sureness)}: {shares[0][0]:.1f} % right. Cross-entropy (solid) "
            f"{_when(firsts[0])}, squared error (dashed) {_when(firsts[1])}; at the end they have "
            f"{shares[0][-1]:.1f} % and {shares[1][-1]:.1f} %."
        )

    return described(fig, move, moving=[*lines, reached, result], sureness=sureness)


@figure(
    notebook="06",
    caption="The better the classifier, the shorter the message that holds the labels.",
    controls={"step": Steps("training", _STEPS, milliseconds=100)},
    presets={"untrained": {"step": 0}, "one step": {"step": 1}, "trained": {"step": 200}},
)
def labels_as_a_message(step=_STEPS):
    fig, (above, below) = canvas(2, 1, size=(6.4, 4), height_ratios=(5, 1))
    run, messages = _training(), _messages()
    bits = run.held_out.sum(axis=1) / np.log(2)
    most = len(run.test) * np.log2(3)
    _draw_bits(above, bits, most)
    (dot,) = above.plot([], [], "s", color=COST, clip_on=False)
    count = above.text(0.98, 0.8, "", color=COST, ha="right", va="top", transform=above.transAxes)
    below.set(
        xlim=(-0.5, most + 1), ylim=(0, 1.1), xlabel="the message, bit by bit (tall: 1, short: 0)", yticks=[]
    )
    below.spines.left.set_visible(False)
    strip = below.vlines([], [], [], color=COST, linewidth=1.6)

    def move(step):
        message, ideal = messages[step], bits[step]
        strip.set_segments([[(x, 0), (x, 1 if bit == "1" else 0.4)] for x, bit in enumerate(message)])
        dot.set_data([step], [len(message)])
        count.set_text(f"step {step}\nmessage: {len(message)} bits\nlosses: {ideal:.1f} bits")
        return (
            f"Above, a curve of the bits that {len(run.test)} held-out labels cost, against training steps: "
            f"from {bits[0]:.1f} bits, log2 3 for each, down to {bits[-1]:.1f}. At step {step} the losses "
            f"sum to {ideal:.1f} bits, and the square, the message of an arithmetic coder, has "
            f"{len(message)} bits. Below, its ones and zeros as strokes."
        )

    return described(fig, move, moving=[dot, count, strip], step=step)


class _Run(NamedTuple):
    """Penguins in a training and a test part, the training, and what the test birds cost at every step."""

    features: np.ndarray
    labels: np.ndarray
    train: np.ndarray
    test: np.ndarray
    fit: object
    held_out: np.ndarray  # (steps + 1, birds), nats
    right: np.ndarray  # (steps + 1,), birds
    pmfs: np.ndarray  # (steps + 1, birds, 3)


@cache
def _training():
    birds = penguins()
    train, test = stratified_split(birds.labels, 0.3, np.random.default_rng(0))
    x = standardize(birds.features[train])
    fit = fit_softmax_regression(x, birds.labels[train], steps=_STEPS, learning_rate=_RATE)
    unseen = standardize(birds.features[test], like=birds.features[train])
    z = unseen @ fit.weights_path + fit.bias_path[:, None]
    labels = np.broadcast_to(birds.labels[test], z.shape[:2])
    held_out = ce.cross_entropy_from_logits(z, labels, reduction="none")
    right = np.sum(z.argmax(axis=-1) == labels, axis=1)
    return _Run(birds.features, birds.labels, train, test, fit, held_out, right, ce.softmax(z))


@cache
def _messages():
    """What the arithmetic coder sends for the labels of the test birds, at every step."""
    run = _training()
    return [ce.arithmetic_encode(run.labels[run.test], pmfs) for pmfs in run.pmfs]


@cache
def _race(sureness):
    """Percent of the test birds called right, at every step, for each loss.

    Every species starts with the scores that the trained model gives to the next one, times `sureness`.
    """
    run = _training()
    x = standardize(run.features[run.train])
    unseen = standardize(run.features[run.test], like=run.features[run.train])
    wrong = sureness * run.fit.weights[:, [1, 2, 0]], sureness * run.fit.bias[[1, 2, 0]]
    shares = []
    for loss in ("cross_entropy", "squared_error"):
        fit = fit_softmax_regression(
            x, run.labels[run.train], steps=_RACE_STEPS, learning_rate=_RATE, loss=loss, start=wrong
        )
        z = unseen @ fit.weights_path + fit.bias_path[:, None]
        shares.append(100 * np.mean(z.argmax(axis=-1) == run.labels[run.test], axis=1))
    return shares


def _draw_birds(ax, run):
    """The training birds, and larger, with an edge, the held-out ones."""
    for k, (colour, marker) in enumerate(zip(CLASSES, MARKERS, strict=True)):
        for part, size, edge in ((run.train, 3, 0.0), (run.test, 5.5, 0.7)):
            length, depth = run.features[part[run.labels[part] == k]].T
            ax.plot(
                length,
                depth,
                marker,
                color=colour,
                markeredgecolor=INK,
                markeredgewidth=edge,
                markersize=size,
            )
    ax.set(xlabel="bill length (mm)", ylabel="bill depth (mm)", xlim=_LENGTH, ylim=_DEPTH)


def _draw_losses(ax, run):
    ax.semilogy(run.fit.losses, color=COST)
    ax.semilogy(run.held_out.mean(axis=1), "--", color=COST)
    _count_steps(ax)
    ax.set(ylabel="mean loss (nats)", ylim=(0.05, 1.5))
    ax.set_yticks([0.05, 0.1, 0.2, 0.5, 1], ["0.05", "0.1", "0.2", "0.5", "1"])
    ax.minorticks_off()
    ax.text(0.98, 0.86, "solid: training\ndashed: held out", color=COST, ha="right", transform=ax.transAxes)


def _draw_bits(ax, bits, most):
    ax.plot(bits, color=COST)
    ax.axhline(most, color=QUIET, linestyle="--", linewidth=1.2)
    ax.text(_STEPS, most - 3, f"log2 3 for each label: {most:.1f} bits", color=QUIET, ha="right", va="top")
    _count_steps(ax)
    ax.set(ylim=(0, 1.08 * most), ylabel="all labels (bits)")


def _count_steps(ax):
    """An axis from step 0 to the last, logarithmic from step 1 on."""
    ax.set_xscale("symlog", linthresh=1)
    ax.set(xlim=(0, _STEPS), xlabel="steps of training")
    ax.set_xticks([0, 1, 10, 100], ["0", "1", "10", "100"])


def _regions(run, step):
    """For each species the corners of the region where its score is the highest, in mm.  3 x (corners, 2)

    A region is convex: the plane, cut along one line for each other species. Before the first step all scores
    are equal, and there is no region.
    """
    train = run.features[run.train]
    weights = run.fit.weights_path[step] / train.std(axis=0)[:, None]
    bias = run.fit.bias_path[step] - train.mean(axis=0) @ weights
    if not weights.any():
        return [np.empty((0, 2))] * 3
    found = []
    for k in range(3):
        corners = _PLANE
        for other in {0, 1, 2} - {k}:
            corners = _cut(corners, corners @ (weights[:, k] - weights[:, other]) + bias[k] - bias[other])
        found.append(corners)
    return found


def _cut(corners, lead):
    """The part of a convex polygon where `lead`, given at its corners and linear between, is not negative."""
    kept = []
    for a, b, here, there in zip(corners, np.roll(corners, -1, axis=0), lead, np.roll(lead, -1), strict=True):
        if here >= 0:
            kept.append(a)
        if here * there < 0:
            kept.append(a + (b - a) * here / (here - there))
    return np.reshape(kept, (-1, 2))


def _at(step):
    return f"at step {step}" if step <= _RACE_STEPS else f"not within {_RACE_STEPS} steps"


def _when(step):
    return (
        f"reaches 90 % at step {step}" if step <= _RACE_STEPS else f"is below 90 % through all {_RACE_STEPS}"
    )


def _spoken_start(sureness):
    return "undecided" if sureness == 0 else f"wrong, with {sureness:g} times the trained model's sureness"


def _spoken_regions(step):
    return (
        "three regions with straight borders"
        if step
        else "a plane without borders, a tie that goes to Adelie"
    )


def _two(value):
    return f"{value:.2f}"


def _signed(value):
    return signed(value, 2)


def _short(height):
    return number(height, ".2f", r"$\infty$")
