"""Figures of notebook 04: the extra bits of a wrong belief, and what they measure."""

from functools import cache

import numpy as np

import cecourse as ce

from ..datasets import ALPHABET, letters
from .drawing.canvas import COST, INK, MODEL, PAPER, QUIET, TRUTH, canvas
from .drawing.controls import Choice, LogSlider, Shares, Slider, Steps
from .drawing.handles import along, tops
from .drawing.interactive import described
from .drawing.pieces import LANGUAGES, as_pmf, empty_pair_of_bars, in_bits, listed, number, rounded
from .drawing.registry import figure

_HANDS = ("rock", "paper", "scissors")
_LONGEST = 4  # bits; where the axis of a price per move ends
_LOADED = np.array([0.15, 0.15, 0.15, 0.15, 0.15, 0.25])
_FAIR = np.full(6, 1 / 6)
_ENOUGH = 10  # bits of evidence, 1024 to 1
_STEP = 0.2  # width of a cell on the line where the humps lie
_LINE = np.arange(-60, 61) * _STEP
_HUMP = 0.8  # width (standard deviation) of one hump
_ROUNDED = np.float32  # the precision in which the subtraction is tried


@figure(
    notebook="04",
    caption="The price of a belief is the entropy and, on top of it, the extra bits.",
    controls={
        "p": Shares(("p of rock", "p of paper", "p of scissors")),
        "q": Shares(("q of rock", "q of paper", "q of scissors")),
    },
    presets={
        "the truth": {"p": (0.5, 0.25, 0.25), "q": (0.5, 0.25, 0.25)},
        "no idea": {"p": (0.5, 0.25, 0.25), "q": (1 / 3, 1 / 3, 1 / 3)},
        "always rock": {"p": (1.0, 0.0, 0.0), "q": (0.25, 0.5, 0.25)},
        "rock excluded": {"p": (0.5, 0.25, 0.25), "q": (0.0, 0.5, 0.5)},
    },
    grid={"p": (0, 0.25, 0.5), "q": (0, 0.25, 0.5)},
)
def entropy_and_extra_bits(p=(0.5, 0.25, 0.25), q=(0.25, 0.5, 0.25)):
    fig, (left, right) = canvas(1, 2, width_ratios=(1, 1.2))
    bars = empty_pair_of_bars(left, _HANDS)
    right.set(xlim=(0, _LONGEST), ylim=(-0.35, 2), yticks=[], xlabel="price (bits per move)")
    rows = [
        right.barh([y], [0], height=0.4, color=colour, edgecolor=PAPER, hatch=hatch)[0]
        for y, colour, hatch in ((0, TRUTH, None), (1, TRUTH, None), (1, COST, "//"))
    ]
    (arrow,) = right.plot([], [], ">", color=COST, clip_on=False, in_layout=False)
    texts = [
        right.text(0.05, y, "", color=colour, va="center", in_layout=False)
        for y, colour in ((0.34, TRUTH), (1.34, COST), (1.58, TRUTH), (1.82, INK))
    ]

    def move(p, q):
        p, q = as_pmf(p), as_pmf(q)
        entropy, extra, price = ce.entropy(p), ce.kl_divergence(p, q), ce.cross_entropy(p, q)
        for bar, height in zip(bars, [*p, *q], strict=True):
            bar.set_height(height)
        _set_rows(rows, arrow, entropy, extra)
        texts[0].set_text(f"for p: H(p) = {_short(entropy)}")
        texts[1].set_text(f"hatched: KL(p‖q) = {_short(extra)}")
        texts[2].set_text(f"as below: H(p) = {_short(entropy)}")
        texts[3].set_text(f"for q: H(p, q) = {_short(price)}")
        return (
            f"Left, bars for {', '.join(_HANDS)}: p = ({listed(p)}), q = ({listed(q)}). Right, two rows: "
            f"the code for p costs the entropy, {entropy:.3f} bits per move; the code for q costs as much "
            f"and, hatched, {in_bits(extra)} on top, together {in_bits(price)}."
        )

    return described(
        fig, move, [*bars, *rows, arrow, *texts], [*tops("p", bars[:3]), *tops("q", bars[3:])], p=p, q=q
    )


@figure(
    notebook="04",
    caption="What each letter adds to the extra bits of another language's code, or saves.",
    controls={
        "text": Choice("text in", LANGUAGES),
        "code": Choice("code for", LANGUAGES),
    },
    presets={
        "German, code for English": {"text": "german", "code": "english"},
        "Spanish, code for French": {"text": "spanish", "code": "french"},
        "the right code": {"text": "english", "code": "english"},
    },
)
def extra_bits_by_letter(text="english", code="german"):
    fig, ax = canvas()
    ax.set(xlim=(-0.7, 25.7), ylim=(-0.08, 0.24), xlabel="letter")
    ax.set_ylabel("$p\\,\\log_2(p/q)$ (bits per letter of text)")
    ax.set_xticks(range(26), list(ALPHABET))
    ax.axhline(0, color=QUIET, linewidth=1)
    dear = ax.bar(range(26), np.zeros(26), color=COST)
    cheap = ax.bar(range(26), np.zeros(26), color=PAPER, edgecolor=COST, hatch="////", linewidth=1)
    heads = [
        ax.text(25.6, y, "", color=colour, ha="right", va="top")
        for y, colour in ((0.236, INK), (0.212, COST), (0.188, COST), (0.164, INK))
    ]

    def move(text, code):
        terms = _terms(letters(text), letters(code))
        more, less, total = terms[terms > 0].sum(), -terms[terms < 0].sum(), _letters_apart(text, code)
        for bar, term in zip(dear, terms, strict=True):
            bar.set_height(max(term, 0))
        for bar, term in zip(cheap, terms, strict=True):
            bar.set_height(min(term, 0))
        heads[0].set_text(f"text {text.title()}, code for {code.title()}")
        heads[1].set_text(f"filled, dearer: {more:.3f} bits")
        heads[2].set_text(f"hatched, cheaper: {less:.3f} bits")
        heads[3].set_text(f"the difference, KL: {total:.3f} bits")
        return (
            f"A bar per letter: what it adds to the price of {text.title()} in the code for {code.title()}. "
            f"{_named_ends(terms)} Bars above 0 add {more:.3f} bits per letter, bars below save {less:.3f} "
            f"bits; what remains, {total:.3f} bits, is the KL divergence."
        )

    return described(fig, move, [*dear, *cheap, *heads], text=text, code=code)


@figure(notebook="04", caption="Two thousand random pairs: none below 0, and 0 only where the two agree.")
def random_pairs_above_zero():
    fig, ax = canvas()
    p, q = np.random.default_rng(0).dirichlet(np.full(3, 0.7), size=(2, 2000))
    apart, extra = np.abs(p - q).sum(axis=1) / 2, ce.kl_divergence(p, q)
    bound = np.linspace(0, 1, 201)
    ax.plot(apart, extra, ".", color=COST, markersize=3, alpha=0.6, rasterized=True)
    ax.plot(bound, 2 / np.log(2) * bound**2, "--", color=INK, linewidth=1.5)
    ax.plot([0], [0], "o", color=TRUTH, clip_on=False)
    ax.set(xlim=(0, 1), ylim=(0, 5), xlabel="$d$, half the sum of $|p_i - q_i|$", ylabel="KL(p‖q) (bits)")
    ax.annotate("p = q", (0, 0), (0.03, 1.2), color=TRUTH, arrowprops={"arrowstyle": "-", "color": TRUTH})
    ax.text(0.99, 0.3, "dashed: $2d^2 / \\ln 2$, no pair is below", ha="right")
    inside = int((extra <= 5).sum())

    def move():
        return (
            f"A cloud of {inside} of 2000 random pairs of pmfs over 3 outcomes; the others are higher. To "
            f"the right, how far p and q are apart; upwards, their KL divergence. No pair lies below the "
            f"dashed parabola, which starts at 0 bits where p = q and reaches {2 / np.log(2):.3f} bits. The "
            f"lowest pair has {extra.min():.5f} bits."
        )

    return described(fig, move)


@figure(
    notebook="04",
    caption="One Gaussian for two humps, fitted by each direction of the divergence.",
    controls={
        "distance": Slider("distance of the humps", 0.0, 6.0, 0.2, digits=1),
        "share": Slider("share of the right hump", 0.1, 0.9, 0.05),
    },
    presets={
        "one hump": {"distance": 0.0, "share": 0.5},
        "two equal humps": {"distance": 5.0, "share": 0.5},
        "the right one larger": {"distance": 5.0, "share": 0.65},
    },
    grid={"distance": 0.5, "share": 0.05},
)
def two_fits_of_two_humps(distance=5.0, share=0.4):
    fig, axes = canvas(1, 2, sharey=True)
    axes[0].set_ylabel("probability density")
    drawn = [_empty_fit(ax) for ax in axes]
    for ax, name in zip(axes, ("forward, KL(p‖q)", "reverse, KL(q‖p)"), strict=True):
        ax.set(xlim=(-7, 7), ylim=(0, 0.68), xlabel="x")
        ax.text(-6.7, 0.67, f"least {name}", va="top")
        ax.text(-6.7, 0.56, "solid: p", color=TRUTH, va="top")

    def move(distance, share):
        p = _two_humps(distance, share)
        fits = _forward_fit(p), _reverse_fit(p)
        pmfs = [_gaussian(*fit) for fit in fits]
        least = ce.kl_divergence(p, pmfs[0]), ce.kl_divergence(pmfs[1], p)
        for artists, fit, q, bits in zip(drawn, fits, pmfs, least, strict=True):
            _set_fit(artists, p, q, f"mean {fit[0]:.1f}, width {fit[1]:.1f}: {bits:.3f} bits")
        (m, s), (n, t) = fits
        return (
            f"Two humps, {distance:.1f} apart, the right one with {share:.0%} of p, and the best Gaussian q "
            f"(dashed). Left, least KL(p‖q): mean {m:.1f}, width {s:.1f}, "
            f"{least[0]:.3f} bits. Right, least KL(q‖p): mean {n:.1f}, width "
            f"{t:.1f}, {least[1]:.3f} bits. {_covers(s, t)}"
        )

    return described(
        fig, move, [each for artists in drawn for each in artists], distance=distance, share=share
    )


@figure(
    notebook="04",
    caption="Both divergences of two coins, and the one in between that both share.",
    controls={
        "p": Slider("first coin, p", 0.0, 1.0, 0.01),
        "q": Slider("second coin, q", 0.0, 1.0, 0.01),
    },
    presets={
        "equal": {"p": 0.7, "q": 0.7},
        "mirrored": {"p": 0.3, "q": 0.7},
        "q excludes tails": {"p": 0.7, "q": 1.0},
        "nothing in common": {"p": 0.0, "q": 1.0},
    },
    grid={"p": 0.05, "q": 0.05},
)
def both_ways_and_between(p=0.7, q=0.9):
    fig, ax = canvas()
    ax.set(xlim=(0, 1), ylim=(0, 2.5), xlabel="second coin's $P(X = 1)$, q", ylabel="divergence (bits)")
    tiny = np.geomspace(1e-9, 0.008, 16)
    coins = np.concatenate([tiny, np.linspace(0.01, 0.99, 99), 1 - tiny[::-1]])
    styles = (("-", COST, "o"), ("--", MODEL, "s"), (":", INK, "D"))
    curves = [ax.plot([], [], style, color=colour)[0] for style, colour, _ in styles]
    dots = [ax.plot([], [], mark, color=colour, clip_on=False)[0] for _, colour, mark in styles]
    names = ("solid: KL(p‖q)", "dashed: KL(q‖p)", "dotted: JS(p, q)")
    heads = [
        ax.text(x, 1.03, "", color=colour, ha=side, transform=ax.transAxes)
        for x, side, (_, colour, _) in zip((0, 0.5, 1), ("left", "center", "right"), styles, strict=True)
    ]

    def move(p, q):
        for curve, values in zip(curves, _coins_apart(p, coins), strict=True):
            curve.set_data(coins, values)
        here = _coins_apart(p, q)
        for dot, head, name, value in zip(dots, heads, names, here, strict=True):
            dot.set_data([q], [min(value, 2.5)])
            head.set_text(f"{name}\n{_short(value)}")
        return (
            f"Three curves over the second coin q, all 0 bits at q = p = {p:.2f}. At q = {q:.2f} the solid "
            f"one, KL(p‖q), is at {in_bits(here[0])}, the dashed one, KL(q‖p), at {in_bits(here[1])}, the "
            f"dotted one, Jensen-Shannon, at {in_bits(here[2])}. Near the ends the first two may leave the "
            f"axes, the third never rises above 1 bit."
        )

    return described(
        fig, move, [*curves, *dots, *heads], [h for dot in dots for h in along("q", dot)], p=p, q=q
    )


@figure(
    notebook="04",
    caption="Evidence against a wrong belief adds up, at KL bits per throw on average.",
    controls={
        "die": Choice("the die thrown is", ("loaded", "fair")),
        "tens": Steps("throws so far, in tens", 60, unit="", milliseconds=100),
    },
    presets={
        "loaded, 100 throws": {"die": "loaded", "tens": 10},
        "loaded, 600 throws": {"die": "loaded", "tens": 60},
        "fair, 600 throws": {"die": "fair", "tens": 60},
    },
)
def evidence_adds_up(die="loaded", tens=60):
    fig, ax = canvas()
    ax.set(xlim=(0, 600), ylim=(-40, 40), xlabel="throws")
    ax.set_ylabel("evidence for the loaded die (bits)")
    ax.axhline(0, color=QUIET, linewidth=1)
    ax.axhline(_ENOUGH, color=QUIET, linestyle=":", linewidth=1.5)
    ax.text(
        1.01, _ENOUGH, f"{2**_ENOUGH}\nto 1", color=QUIET, va="center", transform=ax.get_yaxis_transform()
    )
    runs = [ax.plot([], [], color=COST, linewidth=1)[0] for _ in range(5)]
    (line,) = ax.plot([], [], "--", color=TRUTH)
    slope = ax.text(8, 0, "", color=TRUTH, va="center")
    count = ax.text(0.99, 0.02, "", ha="right", va="bottom", transform=ax.transAxes)

    def move(die, tens):
        throws, rate = 10 * tens, _rate(die)
        sums = _evidence(die)[:, : throws + 1]
        for run, total in zip(runs, sums, strict=True):
            run.set_data(np.arange(throws + 1)[::2], total[::2])
        line.set_data([0, 600], [0, 600 * rate])
        slope.set(y=33 if rate > 0 else -33, text=f"dashed: {rate:+.4f} bits per throw")
        passed = int((sums.max(axis=1) >= _ENOUGH).sum())
        count.set_text(f"{passed} of 5 have passed {_ENOUGH} bits")
        return (
            f"Five jagged lines, one per run of a {die} die: sums of log2(p/q) over {throws} "
            f"throws, p for a loaded die, q for a fair one. They end between {sums[:, -1].min():.1f} and "
            f"{sums[:, -1].max():.1f} bits; {passed} of 5 have passed {_ENOUGH} bits. The dashed mean "
            f"changes by {rate:+.4f} bits per throw."
        )

    return described(fig, move, [*runs, line, slope, count], die=die, tens=tens)


@figure(
    notebook="04",
    caption="The likelihood of a belief halves with every extra bit that it costs.",
    controls={"flips": Slider("flips N", 10, 1000, 10)},
    presets={
        "7 of 10": {"flips": 10},
        "70 of 100": {"flips": 100},
        "700 of 1000": {"flips": 1000},
    },
)
def likelihood_narrows(flips=20):
    fig, (left, right) = canvas(1, 2)
    tiny = np.geomspace(1e-6, 9e-4, 20)
    beliefs = np.concatenate([tiny, np.linspace(0.001, 0.999, 999), 1 - tiny[::-1]])
    extra = ce.kl_divergence([0.7, 0.3], np.stack([beliefs, 1 - beliefs], axis=-1))
    left.plot(beliefs, extra, color=COST)
    left.set(xlim=(0, 1), ylim=(0, 2.5), xlabel="belief q about heads", ylabel="KL(f‖q) (bits per flip)")
    left.plot([0.7], [0], "o", color=TRUTH, clip_on=False)
    left.text(0.5, 2.45, "f: 7 of 10 are heads", color=TRUTH, ha="center", va="top")
    right.set(xlim=(0, 1), ylim=(0, 1.35), xlabel="belief q about heads", yticks=[0, 0.5, 1])
    right.set_ylabel("likelihood, largest = 1")
    (curve,) = right.plot([], [], color=MODEL)
    (span,) = right.plot([], [], color=QUIET, linewidth=4, solid_capstyle="butt")
    head = right.text(0.02, 1.33, "", color=MODEL, va="top")
    right.text(0.02, 1.2, f"bar: at most {_ENOUGH} bits down", color=QUIET, va="top")

    def move(flips):
        share = np.exp2(-flips * extra)
        kept = beliefs[flips * extra <= _ENOUGH]
        curve.set_data(beliefs, share)
        span.set_data([kept[0], kept[-1]], [0.02, 0.02])
        head.set_text(f"{7 * flips // 10} heads in {flips} flips")
        return (
            f"Left, KL(f‖q) over beliefs q about a coin with heads in 7 of 10 flips: a valley, 0 bits at "
            f"q = 0.7. Right, 2 to the power -N KL for N = {flips} flips, the likelihood as a share of the "
            f"largest: a peak at 0.7. At most {_ENOUGH} bits down are the beliefs from {kept[0]:.3f} to "
            f"{kept[-1]:.3f}."
        )

    return described(fig, move, [span, curve, head], flips=flips)


@figure(
    notebook="04",
    caption="Two nearly equal coins: the subtraction loses the extra bits, the module does not.",
    controls={"distance": LogSlider("distance of p from q", -5.5, -0.7, 0.02)},
    presets={
        "one in a hundred": {"distance": 1e-2},
        "one in ten thousand": {"distance": 1e-4},
    },
)
def subtraction_loses_the_bits(distance=1e-5):
    fig, ax = canvas()
    ax.set(xscale="log", yscale="log", xlim=(3e-6, 0.2), ylim=(1e-11, 1))
    ax.set(xlabel="distance of p from q = (0.3, 0.7)", ylabel="KL(p‖q) (bits)")
    tried = np.geomspace(3e-6, 0.2, 280)
    lost, kept = _single_extras(tried)
    ax.plot(tried, kept, color=COST)
    for chosen, mark, face in ((lost > 0, "o", QUIET), (lost < 0, "v", PAPER)):
        ax.plot(tried[chosen], abs(lost[chosen]), mark, color=QUIET, markerfacecolor=face, markersize=4)
    ax.text(0.015, 3e-6, "line: the module", color=COST, va="top")
    ax.text(4e-6, 0.3, "dots: H(p, q) − H(p), positive", color=QUIET, va="top")
    ax.text(4e-6, 0.03, "triangles: negative, turned upwards", color=QUIET, va="top")
    (guide,) = ax.plot([], [], ":", color=INK, linewidth=1.2)
    heads = [
        ax.text(x, 1.03, "", color=colour, ha=side, transform=ax.transAxes)
        for x, side, colour in ((0, "left", QUIET), (1, "right", COST))
    ]

    def move(distance):
        ((subtracted,), (extra,)) = _single_extras(np.array([distance]))
        guide.set_data([distance, distance], [1e-11, 5e-4])
        heads[0].set_text(f"subtracted: {subtracted:.1e} bits")
        heads[1].set_text(f"module: {extra:.1e} bits")
        return (
            f"Logarithmic axes, single precision: the KL divergence of coins p near q. By the module, a "
            f"straight line: a tenth of the distance, a hundredth of the bits. By H(p, q) - H(p), dots on it"
            f" above 0.01, and below 0.001 steps of {2.0**-24:.0e} bits, some negative. At {distance:.1e} "
            f"it says {subtracted:.1e} bits, really {extra:.1e} bits."
        )

    return described(fig, move, [guide, *heads], along("distance", guide), distance=distance)


def _set_rows(rows, arrow, entropy, extra):
    """The entropy twice, and the extra bits behind the second; an arrow where they pass the axis."""
    end = min(entropy + extra, _LONGEST)
    rows[0].set_width(entropy)
    rows[1].set_width(entropy)
    rows[2].set(x=entropy, width=end - entropy)
    arrow.set_data(([_LONGEST], [1]) if entropy + extra > _LONGEST else ([], []))


def _terms(p, q):
    """p log2(p/q) of each outcome, in bits; their sum is the divergence."""
    return p * (ce.information(q) - ce.information(p))


@cache
def _letters_apart(text, code):
    return ce.kl_divergence(letters(text), letters(code))


def _named_ends(terms):
    """The dearest and the cheapest letter in words."""
    if not terms.any():
        return "All bars have the height 0."
    high, low = terms.argmax(), terms.argmin()
    return (
        f"The highest is {ALPHABET[high]} with {terms[high]:.3f} bits, the lowest {ALPHABET[low]} with "
        f"{terms[low]:.3f} bits."
    )


def _gaussian(mean, width):
    """A Gaussian as a pmf over the cells of the line.  (...), (...) -> (..., cells)"""
    return np.exp(_log_gaussian(mean, width))


def _log_gaussian(mean, width):
    scores = -0.5 * ((_LINE - np.expand_dims(mean, -1)) / np.expand_dims(width, -1)) ** 2
    return ce.log_softmax(scores)


def _two_humps(distance, share):
    return (1 - share) * _gaussian(-distance / 2, _HUMP) + share * _gaussian(distance / 2, _HUMP)


@cache
def _candidates():
    """Means and widths to choose from, the pmf q and log q of each pair, and its sum q log q in nats."""
    means, widths = (each.ravel() for each in np.meshgrid(np.arange(-40, 41) / 10, np.arange(5, 41) / 10))
    logs = _log_gaussian(means, widths)
    return means, widths, np.exp(logs), logs, (np.exp(logs) * logs).sum(axis=1)


def _forward_fit(p):
    """Mean and width of the q with the least KL(p‖q): the least H(p, q), since H(p) is the same for all."""
    means, widths, _, logs, _ = _candidates()
    return _first_least(-logs @ p, means, widths)


def _reverse_fit(p):
    """Mean and width of the q with the least KL(q‖p) = H(q, p) - H(q)."""
    means, widths, pmfs, _, negative_entropy = _candidates()
    return _first_least(negative_entropy - pmfs @ np.log(p), means, widths)


def _first_least(nats, means, widths):
    """Of candidates that are equally good but for rounding, the first."""
    best = nats.round(9).argmin()
    return means[best], widths[best]


def _empty_fit(ax):
    """The humps, the Gaussian over them, and the Gaussian's mean and width in words."""
    (humps,) = ax.plot([], [], color=TRUTH)
    (fit,) = ax.plot([], [], "--", color=MODEL)
    return humps, fit, ax.text(-6.7, 0.615, "", color=MODEL, va="top")


def _set_fit(artists, p, q, words):
    humps, fit, text = artists
    humps.set_data(_LINE, p / _STEP)
    fit.set_data(_LINE, q / _STEP)
    text.set_text(words)


def _covers(forward, reverse):
    if forward > reverse + 0.5:
        return "The first covers both humps, the second keeps to one."
    return "Both fits are much the same."


def _coins_apart(p, q):
    """KL(p‖q), KL(q‖p) and JS(p, q) of coins in bits."""
    first, second = np.array([p, 1 - p]), np.stack([q, 1 - np.asarray(q)], axis=-1)
    forward, reverse = ce.kl_divergence(first, second), ce.kl_divergence(second, first)
    return forward, reverse, ce.js_divergence(first, second)


@cache
def _evidence(die):
    """Running sums of log2(p/q), in bits, of five runs of 600 throws of a loaded or a fair die."""
    thrown = _LOADED if die == "loaded" else _FAIR
    faces = np.random.default_rng(5).choice(6, size=(5, 600), p=thrown)
    bits = (ce.information(_FAIR) - ce.information(_LOADED))[faces]
    return np.concatenate([np.zeros((5, 1)), bits.cumsum(axis=1)], axis=1)


def _rate(die):
    """Bits of evidence for the loaded die that a throw brings on average."""
    return ce.kl_divergence(_LOADED, _FAIR) if die == "loaded" else -ce.kl_divergence(_FAIR, _LOADED)


def _single_extras(distances):
    """KL of coins p at these distances from q, in bits: by subtraction in single precision, and right."""
    q = np.array([0.3, 0.7], _ROUNDED)
    p = np.stack([0.3 + distances, 0.7 - distances], axis=-1).astype(_ROUNDED)
    price, entropy = (-_plain_sum(p * rounded(np.log2, pmf)) for pmf in (q, p))
    return price - entropy, ce.kl_divergence(p, q)


def _plain_sum(terms):
    return terms[..., 0] + terms[..., 1]


def _short(bits):
    return f"{number(bits, infinite='∞')} bits"
