"""Figures of notebook 07: a coin's likelihood, the loss of a logit, O-rings, several labels, rare classes."""

from functools import cache

import numpy as np

import cecourse as ce

from ..datasets import orings, penguins
from ..learning import fit_logistic_regression, standardize
from .drawing.canvas import COST, GRADIENT, MODEL, PAPER, QUIET, TRUTH, canvas
from .drawing.controls import Choice, Slider
from .drawing.handles import along
from .drawing.interactive import described
from .drawing.pieces import SPECIES, each_species, listed, number, rounded, species_sliders
from .drawing.registry import figure

_FLIPS = 2000
_LOWEST = np.log(5e-324)  # nats: the logarithm of the smallest float64 above 0
_FLOOR = -1500.0  # nats: where the axis of the log-likelihood ends
_LAUNCH = 31.0  # degrees Fahrenheit
_DEAR = 1.06  # false alarms per bird: where the drawing of the cost ends
_TINY, _HUGE = 1e-22, 1e6  # nats: where the axis of the written-out loss ends


@figure(
    notebook="07",
    caption="The product of many probabilities runs out of numbers; the mean of the surprises does not.",
    controls={
        "q": Slider("believed P(heads), q", 0.02, 0.98, 0.01),
        "flips": Slider("number of flips", 10, 2000, 10),
    },
    presets={
        "100 flips": {"q": 0.7, "flips": 100},
        "2000 flips": {"q": 0.7, "flips": 2000},
        "fair belief": {"q": 0.5, "flips": 2000},
        "wrong belief": {"q": 0.2, "flips": 2000},
    },
    grid={"q": 0.04, "flips": (10, 20, 50, 100, 200, 500, 1000, 1500, 2000)},
)
def likelihood_of_flips(q=0.7, flips=_FLIPS):
    fig, (left, right) = canvas(1, 2)
    beliefs, heads, counted = np.linspace(0.005, 0.995, 199), _heads_so_far(), np.arange(_FLIPS + 1)
    left.set(xlabel="number of flips", ylabel="log-likelihood (nats)", xlim=(0, _FLIPS), ylim=(_FLOOR, 0))
    left.set_xticks([0, 500, 1000, 1500, 2000])
    left.axhspan(_FLOOR, _LOWEST, color=QUIET, alpha=0.15, linewidth=0)
    left.text(
        1980, -20, "grey: below the\nsmallest float64,\nthe product is 0.0", color=QUIET, ha="right", va="top"
    )
    right.set(xlabel="believed P(heads), $q$", ylabel="mean loss (nats per flip)", xlim=(0, 1), ylim=(0, 2.4))
    (fall,) = left.plot([], [], color=COST)
    (end,) = left.plot([], [], "o", color=COST, clip_on=False)
    (lowest,) = right.plot([], [], "--", color=TRUTH, linewidth=1.5)
    (valley,) = right.plot([], [], color=COST)
    (dot,) = right.plot([], [], "s", color=MODEL, clip_on=False)
    share = right.text(0.5, 0.96, "", color=TRUTH, ha="center", va="top", transform=right.transAxes)
    price = right.text(0.5, 0.87, "", color=MODEL, ha="center", va="top", transform=right.transAxes)

    def move(q, flips):
        log_likelihood = -_price_of_flips(heads[: flips + 1], counted[: flips + 1], q)
        mean, frequency = -log_likelihood[-1] / flips, heads[flips] / flips
        fall.set_data(counted[: flips + 1], log_likelihood)
        end.set_data([flips], [max(log_likelihood[-1], _FLOOR)])
        end.set_marker("o" if log_likelihood[-1] >= _FLOOR else "v")
        valley.set_data(beliefs, _price_of_flips(frequency, 1, beliefs))
        lowest.set_data([frequency, frequency], [0, 1.9])
        dot.set_data([q], [min(mean, 2.4)])
        share.set_text(f"frequency {frequency:.3f}")
        price.set_text(f"q = {q:.2f}: {mean:.3f} nats")
        product = "is still above 0" if log_likelihood[-1] > _LOWEST else "is 0.0"
        return (
            f"Left, the log-likelihood falls along nearly a straight line; after {flips} flips it is "
            f"{log_likelihood[-1]:.1f} nats, and the product as a float64 {product}. Right, the mean loss "
            f"over beliefs q: a valley with its lowest point at the frequency of heads, {frequency:.3f}. At "
            f"q = {q:.2f} it is {mean:.3f} nats per flip."
        )

    return described(
        fig,
        move,
        moving=[fall, end, lowest, valley, dot, share, price],
        handles=[*along("flips", end), *along("q", dot)],
        q=q,
        flips=flips,
    )


@figure(
    notebook="07",
    caption="The loss of a logit for the target 0: exact, and by way of a probability.",
    controls={
        "z": Slider("logit z", -48.0, 48.0, 0.5, digits=1),
        "numbers": Choice("numbers", ("float32", "float64")),
    },
    presets={
        "float32, z = 20": {"z": 20.0, "numbers": "float32"},
        "float64, z = 20": {"z": 20.0, "numbers": "float64"},
        "float64, z = 40": {"z": 40.0, "numbers": "float64"},
    },
)
def written_out_loss_breaks(z=20.0, numbers="float32"):
    fig, ax = canvas()
    logits = np.arange(-48, 48.5, 1.0)
    ax.set(xlabel="logit $z$ of a sample with $y = 0$", ylabel="loss (nats)", xlim=(-50, 50), yscale="log")
    ax.set(ylim=(_TINY, _HUGE), yticks=[1e-20, 1e-15, 1e-10, 1e-5, 1, 1e5])
    ax.plot(
        logits,
        ce.binary_cross_entropy_from_logits(logits, np.zeros_like(logits), reduction="none"),
        color=COST,
    )
    ax.text(-46, 1e3, "line: from the logit", color=COST, va="center")
    ax.text(-46, 1e1, "crosses: written out", color=MODEL, va="center")
    (crosses,) = ax.plot([], [], "x", color=MODEL, markersize=5, clip_on=False)
    (zeros,) = ax.plot([], [], "v", color=MODEL, markersize=4, clip_on=False)
    (infinite,) = ax.plot([], [], "^", color=MODEL, markersize=4, clip_on=False)
    ax.text(46, 1e4, "at the top edge: infinite", color=MODEL, va="center", ha="right")
    ax.text(46, 1e-20, "at the bottom edge: 0", color=MODEL, va="center", ha="right")
    (dot,) = ax.plot([], [], "o", color=COST)
    both = ax.text(46, 1e-9, "", ha="right", va="center", color=COST)

    def move(z, numbers):
        losses = _written_out(logits, numbers)
        finite = (losses > 0) & np.isfinite(losses)
        crosses.set_data(logits[finite], losses[finite])
        zeros.set_data(logits[losses == 0], np.full(np.sum(losses == 0), _TINY))
        infinite.set_data(logits[np.isinf(losses)], np.full(np.sum(np.isinf(losses)), _HUGE))
        exact, wrong = ce.binary_cross_entropy_from_logits(z, 0.0), _written_out(z, numbers)
        dot.set_data([z], [exact])
        both.set_text(f"z = {z:.1f}\nfrom the logit {_short(exact)} nats\nwritten out {_short(wrong)}")
        return (
            f"Loss against logit for y = 0, losses on a log scale: exact, it rises from "
            f"{_short(ce.binary_cross_entropy_from_logits(-48.0, 0.0))} nats at -48 along e to the z, bends "
            f"at 0, and is z beyond. Written out in {numbers} it is 0 up to {logits[losses == 0].max():.0f} "
            f"and infinite from {logits[np.isinf(losses)].min():.0f} on. At z = {z:.1f}: {_short(exact)} "
            f"nats, written out {_short(wrong)}."
        )

    return described(
        fig, move, moving=[crosses, zeros, infinite, dot, both], handles=along("z", dot), z=z, numbers=numbers
    )


@figure(
    notebook="07",
    caption="The loss of one logit, its two straight arms, and its slope.",
    controls={
        "z": Slider("logit z", -6.0, 6.0, 0.1, digits=1),
        "y": Slider("target y", 0.0, 1.0, 0.05),
    },
    presets={
        "sure and right": {"z": 5.0, "y": 1.0},
        "sure and wrong": {"z": -5.0, "y": 1.0},
        "soft target": {"z": 0.8, "y": 0.7},
    },
    grid={"z": 0.5, "y": 0.05},
)
def slope_of_a_logit(z=-2.0, y=1.0):
    fig, (left, right) = canvas(1, 2)
    logits = np.linspace(-7, 7, 281)
    for ax in (left, right):
        ax.set(xlabel="logit $z$", xlim=(-7, 7), xticks=[-6, -3, 0, 3, 6])
    left.set(ylabel="loss (nats)", ylim=(0, 8))
    right.set(ylabel=r"slope $\sigma(z) - y$ (nats per unit of $z$)", ylim=(-1.05, 1.3))
    right.axhline(0, color=QUIET, linewidth=0.8)
    (arms,) = left.plot([], [], "--", color=QUIET, linewidth=1.5)
    (loss,) = left.plot([], [], color=COST)
    (tangent,) = left.plot([], [], ":", color=GRADIENT)
    (slope,) = right.plot([], [], color=GRADIENT)
    dots = [left.plot([], [], "o", color=COST)[0], right.plot([], [], "o", color=GRADIENT)[0]]
    texts = [
        ax.text(0.5, 0.97, "", color=colour, ha="center", va="top", transform=ax.transAxes)
        for ax, colour in ((left, COST), (right, GRADIENT))
    ]

    def move(z, y):
        here = ce.binary_cross_entropy_from_logits(z, y)
        pull = ce.binary_cross_entropy_from_logits_grad(z, y)
        targets = np.full_like(logits, y)
        arms.set_data(logits, np.maximum(logits, 0) - logits * y)
        loss.set_data(logits, ce.binary_cross_entropy_from_logits(logits, targets, reduction="none"))
        slope.set_data(logits, ce.binary_cross_entropy_from_logits_grad(logits, targets, reduction="none"))
        tangent.set_data([z - 2, z + 2], [here - 2 * pull, here + 2 * pull])
        for dot, height in zip(dots, (here, pull), strict=True):
            dot.set_data([z], [height])
        texts[0].set_text(f"loss {here:.3f} nats")
        texts[1].set_text(f"slope {pull:+.3f}")
        return (
            f"Left, the loss of a logit for y = {y:.2f}, a smooth curve above two straight arms (dashed) "
            f"that meet at 0; it is 0.693 nats above them there and nearer elsewhere. Right, its slope, an S "
            f"from {0 - y:.2f} to {1 - y:.2f}. At z = {z:.1f} the loss is {here:.3f} nats and its slope "
            f"{pull:+.3f}, that of the dotted tangent."
        )

    return described(
        fig,
        move,
        moving=[arms, loss, tangent, slope, *dots, *texts],
        handles=[h for dot in dots for h in along("z", dot)],
        z=z,
        y=y,
    )


@figure(
    notebook="07",
    caption="O-ring damage on 23 flights, the fitted probability, and what it says where nobody had flown.",
    controls={
        "left_out": Slider("flight left out (0: none)", 0, 23, 1),
        "bits": Slider("band: curves that cost at most this much more", 0.0, 6.0, 0.5, unit="bits", digits=1),
    },
    presets={
        "all 23 flights": {"left_out": 0, "bits": 3.0},
        "without the damage at 75 °F": {"left_out": 21, "bits": 3.0},
        "without the coldest": {"left_out": 14, "bits": 3.0},
    },
)
def damage_against_temperature(left_out=0, bits=3.0):
    fig, ax = canvas(size=(6.4, 4))
    flights = orings()
    places = _stacked(flights)
    ax.set(xlabel="temperature at launch (°F)", ylabel="probability of damage", xlim=(28, 84))
    ax.set(ylim=(-0.17, 1.32), yticks=[0, 0.25, 0.5, 0.75, 1])
    ax.plot(flights.temperature, places, "o", color=TRUTH, markersize=5, clip_on=False)
    ax.axvline(_LAUNCH, color=QUIET, linestyle="--", linewidth=1.2, ymax=0.83)
    ax.axvline(flights.temperature.min(), color=QUIET, linestyle=":", linewidth=1.2, ymax=0.83)
    ax.text(52.5, 0.1, "no flight was\never this cold", color=QUIET, ha="right", va="center")
    ax.text(_LAUNCH + 0.5, 0.1, "31 °F", color=QUIET, va="center")
    ax.text(83.5, 1.12, "flights with damage", color=TRUTH, ha="right", va="center")
    ax.text(54, 0.1, "flights without", color=TRUTH, va="center")
    (band,) = ax.fill([], [], color=MODEL, alpha=0.25, linewidth=0)
    (curve,) = ax.plot([], [], color=MODEL)
    (bar,) = ax.plot([], [], "-", color=MODEL, linewidth=4, alpha=0.6, solid_capstyle="butt")
    (dot,) = ax.plot([], [], "s", color=MODEL)
    (hole,) = ax.plot([], [], "o", color=PAPER, markeredgecolor=TRUTH, markersize=6, clip_on=False)
    verdict = ax.text(28.5, 1.25, "", color=MODEL, va="center")
    degrees = np.linspace(28, 84, 57)

    def move(left_out, bits):
        fit, (low, high) = _fit_without(left_out), _nearly_as_good(left_out, float(bits), tuple(degrees))
        middle, at = ce.sigmoid(fit[0] + fit[1] * (degrees - 70)), int(np.argmin(np.abs(degrees - _LAUNCH)))
        curve.set_data(degrees, middle)
        band.set_xy(np.column_stack([np.r_[degrees, degrees[::-1]], np.r_[low, high[::-1]]]))
        bar.set_data([_LAUNCH, _LAUNCH], [low[at], high[at]])
        dot.set_data([_LAUNCH], middle[[at]])
        gone = slice(left_out - 1, left_out) if left_out else slice(0)
        hole.set_data(flights.temperature[gone], places[gone])
        at_launch = _below_one(middle[at])
        span = f"from {low[at]:.3f} to {_below_one(high[at])}"
        verdict.set_text(f"at 31 °F {at_launch}; within {bits:g} bits of it {span}")
        without = f"flight {left_out} left out" if left_out else "no flight left out"
        return (
            f"Damage on 23 flights, dots at 1 (7 flights) and 0 (16), between 53 and 81 °F; {without}. The "
            f"fitted probability falls in an S through one half at {70 - fit[0] / fit[1]:.1f} °F; at 31 °F, "
            f"where nobody had flown, it is {at_launch}. Curves that cost at most {bits:g} bits more "
            f"fill a band, there {span}."
        )

    return described(fig, move, moving=[band, curve, bar, dot, hole, verdict], left_out=left_out, bits=bits)


@figure(
    notebook="07",
    caption="The same three logits as three yes-or-no answers, and as one answer out of three.",
    controls={
        **species_sliders("logit", 6.0),
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
    presets={
        "two birds": {"adelie": 3.0, "chinstrap": 3.0, "gentoo": -3.0, "target": (1, 1, 0)},
        "one bird": {"adelie": -3.0, "chinstrap": 3.0, "gentoo": -3.0, "target": (0, 1, 0)},
        "no bird": {"adelie": -3.0, "chinstrap": -3.0, "gentoo": -3.0, "target": (0, 0, 0)},
    },
    grid=each_species(3.0),
)
def several_labels_or_one(adelie=3.0, chinstrap=3.0, gentoo=-3.0, target=(1, 1, 0)):
    fig, axes = canvas(1, 2, sharey=True)
    axes[0].set(ylim=(0, 1.32), yticks=[0, 0.25, 0.5, 0.75, 1], ylabel="probability")
    movers = []
    for ax, name in zip(axes, ("three sigmoids", "one softmax"), strict=True):
        ax.set_xticks(range(3), SPECIES)
        ax.set_xlim(-0.6, 2.6)
        ax.text(-0.55, 1.26, name, color=MODEL, va="center")
        answer = ax.bar(range(3), np.zeros(3), 0.5, color=MODEL)
        wanted = ax.bar(range(3), np.zeros(3), 0.7, facecolor="none", edgecolor=TRUTH, linewidth=1.5, ls="--")
        numbers = [ax.text(k, 0, "", color=PAPER, ha="center", va="top") for k in range(3)]
        loss = ax.text(-0.55, 1.15, "", color=COST, va="center")
        movers.append((answer, wanted, numbers, loss))

    def move(adelie, chinstrap, gentoo, target):
        z, y = np.array([adelie, chinstrap, gentoo]), np.array(target, dtype=float)
        shares = y / y.sum() if y.any() else np.zeros(3)
        each = ce.binary_cross_entropy_from_logits(z, y, reduction="sum")
        one = ce.cross_entropy_from_logits(z, shares) if y.any() else None
        prices = [
            f"loss {each:.3f} nats",
            "no target: nothing sums to 1" if one is None else f"loss {one:.3f} nats",
        ]
        answers = (ce.sigmoid(z), ce.softmax(z))
        for panel, q, p, words in zip(movers, answers, (y, shares), prices, strict=True):
            _set_answer(panel, q, p, words)
        there = [name for name, here in zip(SPECIES, target, strict=True) if here]
        said = [listed(q) for q in answers]
        return (
            f"A photograph of {' and '.join(there) or 'no bird'}; targets are dashed outlines, answers bars "
            f"for {', '.join(SPECIES)}. Left, three sigmoids: {said[0]}; {prices[0]}. Right, one softmax of "
            f"the same logits: {said[1]}, which sum to 1; {prices[1]}."
        )

    flat = [
        artist for answer, wanted, numbers, loss in movers for artist in (*answer, *wanted, *numbers, loss)
    ]
    state = {"adelie": adelie, "chinstrap": chinstrap, "gentoo": gentoo, "target": target}
    return described(fig, move, moving=flat, **state)


@figure(
    notebook="07",
    caption="A weight on the rare class lifts every probability; a lower threshold decides much the same.",
    controls={
        "weight": Slider("weight of a Chinstrap, price of a miss", 1, 20, 1),
        "threshold": Slider("threshold", 0.0, 1.0, 0.01),
    },
    presets={
        "weight 1, half": {"weight": 1, "threshold": 0.5},
        "weight 4, half": {"weight": 4, "threshold": 0.5},
        "weight 4, one fifth": {"weight": 4, "threshold": 0.2},
    },
)
def weight_against_threshold(weight=4, threshold=0.5):
    fig, (left, right) = canvas(1, 2, size=(6.4, 4))
    lengths, thresholds = np.linspace(32, 60, 113), np.linspace(0, 1, 401)
    bills, is_rare = _bills()
    left.set(xlabel="bill length (mm)", ylabel="probability of a Chinstrap", xlim=(32, 60), ylim=(-0.06, 1.3))
    left.set_yticks([0, 0.25, 0.5, 0.75, 1])
    right.set(xlabel="threshold", ylabel="cost per bird (a false alarm costs 1)", xlim=(0, 1), ylim=(0, 1.3))
    right.set_yticks([0, 0.25, 0.5, 0.75, 1])
    for birds, height in ((bills[is_rare], 1), (bills[~is_rare], 0)):
        left.plot(birds, np.full(len(birds), height), "|", color=TRUTH, markersize=7, alpha=0.6)
    left.plot(lengths, ce.sigmoid(_score(lengths, 1)), color=MODEL)
    (lifted,) = left.plot([], [], "--", color=MODEL)
    (level,) = left.plot([], [], ":", color=QUIET, linewidth=1.5)
    lines = [right.plot([], [], style, color=COST)[0] for style in ("-", "--")]
    dots = [right.plot([], [], "o", color=COST, clip_on=False)[0] for _ in lines]
    dots[1].set_markerfacecolor(PAPER)
    words = [left.text(32.5, y, "", color=MODEL, va="center") for y in (1.24, 1.14)]
    costs = [right.text(0.97, y, "", color=COST, ha="right", va="center") for y in (1.24, 1.14)]

    def move(weight, threshold):
        lifted.set_data(lengths, ce.sigmoid(_score(lengths, weight)))
        level.set_data([32, 60], [threshold, threshold])
        said = []
        for line, dot, word, cost, (name, trained) in zip(
            lines, dots, words, costs, (("solid", 1), ("dashed", weight)), strict=True
        ):
            scores = ce.sigmoid(_score(bills, trained))
            heights = _cost(scores, weight, thresholds)
            line.set_data(thresholds, np.where(heights <= _DEAR, heights, np.nan))
            now, called = _cost(scores, weight, [threshold])[0], scores >= threshold
            dot.set_data([threshold], [min(now, _DEAR)])
            dot.set_marker("o" if now <= _DEAR else "^")
            hits = np.sum(called & is_rare)
            word.set_text(f"{name}: {hits} of 68, {np.sum(called) - hits} false")
            cost.set_text(f"{name}: {now:.3f}")
            said.append(f"{name}: {hits} of 68 found, {np.sum(called) - hits} false alarms, cost {now:.3f}")
        costs[1].set_visible(weight > 1)
        words[1].set_visible(weight > 1)
        return (
            f"Left, the probability of a Chinstrap rises with bill length: solid for weight 1, dashed for "
            f"weight {weight}. Right, the cost per bird against the threshold; a miss costs "
            f"{_spoken_price(weight)}. At the threshold {threshold:.2f} "
            f"{'; '.join(said[: 1 + (weight > 1)])}."
        )

    handles = [*along("threshold", level, axis="y"), *along("threshold", dots[0])]
    moving = [lifted, level, *lines, *dots, *words, *costs]
    return described(fig, move, moving=moving, handles=handles, weight=weight, threshold=threshold)


def _spoken_price(weight):
    return (
        f"{weight} false alarms: two valleys, one for each curve"
        if weight > 1
        else "one false alarm: one valley"
    )


def _heads_so_far():
    """How many of the first 0, 1, ..., 2000 seeded flips of a coin with P(heads) = 0.7 show heads."""
    return np.concatenate([[0], np.cumsum(np.random.default_rng(0).random(_FLIPS) < 0.7)])


def _price_of_flips(heads, flips, q):
    """Surprise in nats of `heads` heads among `flips` flips, in their order, to a belief q."""
    return heads * ce.information(q, base=np.e) + (flips - heads) * ce.information(1 - q, base=np.e)


def _written_out(z, numbers):
    """The loss for y = 0 as its formula is written, by way of the probability, in float32 or float64."""
    z = np.asarray(z, dtype=numbers)
    with np.errstate(all="ignore"):
        return 0.0 - rounded(np.log, 1 - 1 / (1 + rounded(np.exp, -z)))


def _below_one(probability):
    """A probability that is not rounded up to certainty."""
    return f"{probability:.4f}" if probability < 0.99995 else "above 0.9999"


def _short(loss):
    return number(loss, ".3g")


def _stacked(flights):
    """0 or 1 for each flight, moved a little where several flights share temperature and outcome."""
    places = flights.damage.astype(float)
    for i, (degrees, outcome) in enumerate(zip(*flights, strict=True)):
        twins = np.sum((flights.temperature[:i] == degrees) & (flights.damage[:i] == outcome))
        places[i] += (0.045 if outcome else -0.045) * twins
    return places


def _without(left_out):
    """Degrees above 70, and damage, of all flights but number `left_out` (from 1; 0 leaves out none)."""
    flights = orings()
    kept = np.arange(1, len(flights.damage) + 1) != left_out
    return flights.temperature[kept] - 70, flights.damage[kept].astype(float)


@cache
def _fit_without(left_out):
    """Bias and weight per degree of the fit to all flights but one, for degrees above 70."""
    x, y = _without(left_out)
    fit = fit_logistic_regression(standardize(x[:, None]), y, steps=80, learning_rate=6.0)
    weight = fit.weights[0] / x.std()
    return np.array([fit.bias - weight * x.mean(), weight])


@cache
def _nearly_as_good(left_out, bits, degrees):
    """Lowest and highest probability at each of `degrees` among curves that cost `bits` more than the best.

    The loss is convex in bias and weight: along each of many directions there is one place where it has risen
    by so much, and halving an interval finds it.
    """
    x, y = _without(left_out)
    best = _fit_without(left_out)
    design = np.column_stack([np.ones_like(x), x])
    q = ce.sigmoid(design @ best)
    curvature = design.T @ (design * (q * (1 - q))[:, None])
    angles = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    ways = np.linalg.solve(np.linalg.cholesky(curvature).T, np.stack([np.cos(angles), np.sin(angles)]))
    most = bits * np.log(2) + ce.binary_cross_entropy_from_logits(design @ best, y, reduction="sum")
    near, far = np.zeros(angles.size), np.full(angles.size, 60.0)
    for _ in range(40):
        middle = (near + far) / 2
        z = (design @ (best[:, None] + middle * ways)).T
        cost = ce.binary_cross_entropy_from_logits(z, np.broadcast_to(y, z.shape), reduction="none").sum(
            axis=1
        )
        near, far = np.where(cost <= most, middle, near), np.where(cost <= most, far, middle)
    bias, weight = best[:, None] + near * ways
    edge = bias[:, None] + weight[:, None] * (np.array(degrees) - 70)
    return ce.sigmoid(edge.min(axis=0)), ce.sigmoid(edge.max(axis=0))


def _set_answer(panel, q, p, words):
    """Bars for an answer, each with its number at the top, outlines for its target, and the loss in words."""
    answer, wanted, numbers, loss = panel
    for k in range(3):
        answer[k].set_height(q[k])
        wanted[k].set(height=p[k], visible=bool(p[k]))
        low = q[k] < 0.12
        numbers[k].set(y=q[k] + 0.02 if low else q[k] - 0.02, text=f"{q[k]:.2f}")
        numbers[k].set(va="bottom" if low else "top", color=MODEL if low else PAPER)
    loss.set_text(words)


@cache
def _bills():
    """Bill lengths in mm, and whether each bird is a Chinstrap."""
    birds = penguins("bill_length_mm")
    return birds.features[:, 0], birds.labels == 1


@cache
def _chinstrap_fit(weight):
    lengths, rare = _bills()
    x = standardize(lengths[:, None])
    return fit_logistic_regression(
        x, rare.astype(float), steps=80, learning_rate=4 / np.sqrt(weight), pos_weight=weight
    )


def _score(lengths, weight):
    """Logit of "Chinstrap" for bills of these lengths, from the fit with this weight on the Chinstraps."""
    fit = _chinstrap_fit(weight)
    return standardize(lengths[:, None], like=_bills()[0][:, None])[:, 0] * fit.weights[0] + fit.bias


def _cost(probabilities, weight, thresholds):
    """Cost per bird where every bird from a threshold on is called a Chinstrap: a miss costs `weight`."""
    rare = _bills()[1]
    misses = np.searchsorted(np.sort(probabilities[rare]), thresholds)
    alarms = np.sum(~rare) - np.searchsorted(np.sort(probabilities[~rare]), thresholds)
    return (weight * misses + alarms) / len(rare)
