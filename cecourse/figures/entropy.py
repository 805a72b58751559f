"""Figures of notebook 02: entropy."""

import reprlib
from functools import cache, partial

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.patheffects import withStroke
from matplotlib.ticker import ScalarFormatter

import cecourse as ce

from ..datasets import ALPHABET, letters, only_letters
from .drawing.canvas import COST, GRADIENT, PAPER, QUIET, TRUTH, canvas
from .drawing.controls import LogSlider, Shares, Slider, Words
from .drawing.handles import along, between, tops
from .drawing.interactive import described
from .drawing.pieces import as_pmf, empty_bars, listed, named, set_bars
from .drawing.registry import figure
from .drawing.simplex import CORNERS, draw_heat, draw_triangle, on_triangle

_WEATHER = ("sun", "cloud", "rain", "snow")
_THREE = ("A", "B", "C")


@figure(
    notebook="02",
    caption="The average surprise of a growing number of draws settles at the entropy.",
    controls={"p": Slider("P(X = 1)", 0.0, 1.0, 0.01)},
    presets={"fair": {"p": 0.5}, "sure": {"p": 1.0}, "one in twenty": {"p": 0.05}},
)
def average_surprise_settles(p=0.2):
    fig, ax = canvas()
    uniform = np.random.default_rng(0).random((5, 10_000))
    shown = np.unique(np.geomspace(1, 10_000, 160).astype(int)) - 1
    ax.set(xscale="log", xlim=(1, 10_000), ylim=(0, 2.4), xlabel="number of draws")
    ax.set(ylabel="average surprise (bits per draw)")
    ax.xaxis.set_major_formatter(ScalarFormatter())
    runs = [ax.plot([], [], color=QUIET, linewidth=1)[0] for _ in uniform]
    (floor,) = ax.plot([], [], "--", color=TRUTH)
    label = ax.text(0.99, 0, "", color=TRUTH, ha="right", va="bottom", transform=ax.get_yaxis_transform())

    def move(p):
        h = ce.binary_entropy(p)
        bits = np.where(uniform < p, ce.information(p), ce.information(1 - p))
        means = (bits.cumsum(axis=1) / np.arange(1, 10_001))[:, shown]
        for run, mean in zip(runs, means, strict=True):
            run.set_data(shown + 1, mean)
        floor.set_data([1, 10_000], [h, h])
        label.set(y=h + 0.08, text=f"entropy {h:.3f} bits")
        lowest, highest = means[:, -1].min(), means[:, -1].max()
        where = f"Jagged, they start apart and end between {lowest:.3f} and {highest:.3f} bits, beside"
        if np.ptp(means) < 1e-9:  # every draw brings as many bits
            where = "All lie, from the first draw on, on"
        return (
            f"Five lines, one per run of 10,000 draws of a coin with P(X = 1) = {p:.2f}: the average "
            f"surprise so far. {where} a level line at the entropy, {h:.3f} bits."
        )

    return described(fig, move, moving=[*runs, floor, label], p=p)


@figure(
    notebook="02",
    caption="Entropy of a coin against its bias, with its slope.",
    controls={"p": Slider("P(X = 1)", 0.0, 1.0, 0.01)},
    presets={"fair coin": {"p": 0.5}, "sure thing": {"p": 1.0}, "one in ten": {"p": 0.1}},
)
def binary_entropy_curve(p=0.3):
    fig, ax = canvas()
    bias = np.linspace(0, 1, 501)
    ax.plot(bias, ce.binary_entropy(bias), color=TRUTH)
    ax.set(xlabel="$P(X = 1)$", ylabel="entropy (bits)", xlim=(0, 1), ylim=(0, 1.3))
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
    (guide,) = ax.plot([], [], ":", color=QUIET, linewidth=1.2)
    (tangent,) = ax.plot([], [], "--", color=GRADIENT)
    (point,) = ax.plot([], [], "o", color=TRUTH, clip_on=False)
    height = ax.text(0.03, 1.2, "", color=TRUTH, va="center")
    steepness = ax.text(0.97, 1.2, "", color=GRADIENT, va="center", ha="right")

    def move(p):
        h, slope = ce.binary_entropy(p), ce.information(p) - ce.information(1 - p)
        point.set_data([p], [h])
        guide.set_data([p, p, 0], [0, h, h])
        tangent.set_data(*_short_tangent(p, h, slope))
        rise = f"slope {slope:+.2f} bits per unit of P" if np.isfinite(slope) else "vertical tangent"
        steep = "as steep as the dashed line" if np.isfinite(slope) else "infinitely steep"
        height.set_text(f"entropy {h:.3f} bits")
        steepness.set_text(rise)
        return (
            f"An arch over the probability of heads: 0 bits at 0, 1 bit at one half, 0 bits at 1, the same "
            f"on both sides. At {p:.2f} it is {h:.3f} bits high and {steep}: {rise}."
        )

    return described(
        fig, move, moving=[guide, tangent, point, height, steepness], handles=along("p", point), p=p
    )


@figure(
    notebook="02",
    caption="How far a coin falls short of one bit: it grows with the square of the distance from fair.",
    controls={"distance": LogSlider("distance from fair", -3, -0.302, 0.001)},
    presets={"one in ten off": {"distance": 0.1}, "one in a hundred off": {"distance": 0.01}},
)
def nearly_fair_coin(distance=0.1):
    fig, ax = canvas()
    distances = np.geomspace(0.001, 0.5, 200)
    ax.loglog(distances, 1 - ce.binary_entropy(0.5 + distances), color=TRUTH, linewidth=5, alpha=0.4)
    ax.loglog(distances, 2 / np.log(2) * distances**2, "--", color=GRADIENT, linewidth=1.5)
    ax.set(xlim=(0.001, 0.5), ylim=(1e-6, 2))
    ax.set(xlabel="distance from a fair coin, $|P(X = 1) - 1/2|$", ylabel="$1 - H$ (bits)")
    ax.text(0.0045, 0.3, "$1 - H$", color=TRUTH)
    ax.text(0.0045, 0.06, r"dashed: $2d^2 / \ln 2$", color=GRADIENT)
    (guide,) = ax.plot([], [], ":", color=QUIET, linewidth=1.2)
    (point,) = ax.plot([], [], "o", color=TRUTH, clip_on=False)
    label = ax.text(0.48, 3e-6, "", color=TRUTH, ha="right", bbox=_BLANK)

    def move(distance):
        shortfall = 1 - ce.binary_entropy(0.5 + distance)
        parabola = 2 / np.log(2) * distance**2
        point.set_data([distance], [shortfall])
        guide.set_data([distance, distance, 0.001], [1e-6, shortfall, shortfall])
        label.set_text(f"short by {shortfall:#.2g} bits")
        return (
            f"How far a coin falls short of one bit, on logarithmic axes: a straight line of slope 2, so at "
            f"a tenth of the distance from fair it is a hundredth. At the distance {distance:.3f} it is "
            f"{shortfall:#.3g} bits; the dashed parabola says {parabola:#.3g} bits."
        )

    return described(
        fig, move, moving=[guide, point, label], handles=along("distance", point), distance=distance
    )


@figure(
    notebook="02",
    caption="Each outcome adds its probability times its information; the sum is the entropy.",
    controls={"p": Shares(("sun", "cloud", "rain", "snow"))},
    presets={
        "fair": {"p": (0.25, 0.25, 0.25, 0.25)},
        "sure": {"p": (1.0, 0.0, 0.0, 0.0)},
        "skewed": {"p": (0.9, 0.06, 0.03, 0.01)},
    },
    grid={"p": (0, 0.125, 0.25, 0.5)},
)
def entropy_of_bars(p=(0.5, 0.25, 0.125, 0.125)):
    fig, (left, right) = canvas(1, 2, width_ratios=(3, 2))
    top = np.log2(len(_WEATHER))
    bars, shares = empty_bars(left, range(4), 0.7, color=TRUTH)
    left.set_xticks(range(4), _WEATHER)
    left.set(ylabel="probability", ylim=(0, 1.15), yticks=[0, 0.25, 0.5, 0.75, 1])
    parts, names = _empty_stack(right, _WEATHER)
    right.axhline(top, color=QUIET, linestyle="--", linewidth=1.2)
    right.text(-0.46, top + 0.04, f"at most log2 4 = {top:g} bits", color=QUIET, va="bottom")
    right.set(ylabel="entropy (bits)", xlim=(-0.5, 1), ylim=(0, 1.15 * top), xticks=[])
    total = right.text(0.42, 0, "", color=TRUTH, va="center", ha="left")

    def move(p):
        p = as_pmf(p)
        h, terms = ce.entropy(p), p * _finite_information(p)
        set_bars(bars, shares, p, 0.02)
        _set_stack(parts, names, terms)
        total.set(y=np.clip(h, 0.08, top - 0.1), text=f"H = {h:.2f} bits")
        return (
            f"Left, a bar per outcome, its probability: {named(_WEATHER, p)}. Right, probability times "
            f"information of each, stacked: {listed(terms)} bits. The stack is the entropy, {h:.3f} bits; it "
            f"lies between 0 and log2 4 = {top:g} bits."
        )

    return described(fig, move, moving=[*bars, *shares, *parts, *names, total], handles=tops("p", bars), p=p)


@figure(
    notebook="02",
    caption="The entropy of every pmf over three outcomes: highest in the middle, 0 at the corners.",
    controls={"p": Shares(("A", "B", "C"))},
    presets={
        "fair": {"p": (1 / 3, 1 / 3, 1 / 3)},
        "sure": {"p": (1.0, 0.0, 0.0)},
        "one excluded": {"p": (0.5, 0.5, 0.0)},
    },
    grid={"p": (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1)},
)
def entropy_of_three_outcomes(p=(0.7, 0.2, 0.1)):
    fig, ax = canvas()
    top = np.log2(3)
    draw_triangle(ax, [f"all on {name}" for name in _THREE])
    scale = fig.colorbar(draw_heat(ax, ce.entropy, top), ax=ax, label="entropy (bits)")
    ax.plot(*on_triangle([1 / 3, 1 / 3, 1 / 3]), "+", color="black")
    halo = withStroke(linewidth=2.4, foreground=to_hex(PAPER))  # the line crosses paper and yellow
    ax.annotate(
        f"uniform: log2 3 = {top:.3f} bits",
        on_triangle([1 / 3, 1 / 3, 1 / 3]),
        xytext=(0.62, 0.78),
        arrowprops={"arrowstyle": "-", "linewidth": 0.8, "path_effects": [halo]},
    )
    (point,) = ax.plot([], [], "o", color=TRUTH, markeredgecolor=PAPER, markersize=10, clip_on=False)
    (level,) = scale.ax.plot([], [], "D", color=TRUTH, markeredgecolor=PAPER, clip_on=False)
    label = ax.text(0.36, 0.78, "", color=TRUTH, ha="right")

    def move(p):
        p = as_pmf(p)
        h = ce.entropy(p)
        point.set_data(*on_triangle(p)[:, None])
        level.set_data([0.5], [h])
        label.set_text(f"H = {h:.3f} bits")
        return (
            f"A triangle whose points are the pmfs over three outcomes, coloured by entropy: {top:.3f} bits "
            f"(log2 3) at the centre, less in every direction, 0 bits at the three corners. The dot at "
            f"({p[0]:.2f}, {p[1]:.2f}, {p[2]:.2f}) has {h:.3f} bits."
        )

    return described(fig, move, moving=[point, level, label], handles=between("p", point, CORNERS), p=p)


@figure(
    notebook="02",
    caption="Huffman's code gives each letter of English about as many bits as it has information.",
)
def huffman_on_english():
    fig, ax = canvas()
    p, code = letters("english"), _english_code()
    order = np.argsort(-p)
    bits, lengths = ce.information(p[order]), np.array([len(code[ALPHABET[i]]) for i in order])
    ax.bar(range(26), lengths, width=0.8, color=COST)
    ax.plot(range(26), bits, "o", color=TRUTH, markeredgecolor=PAPER)
    ax.axhline(5, color=QUIET, linestyle="--", linewidth=1.2)
    ax.set(xlabel="letter, frequent ones first", ylabel="bits", xlim=(-0.7, 25.7), ylim=(0, 11))
    ax.set_xticks(range(26), [ALPHABET[i] for i in order])
    paid, h = ce.expected_length(p, code), ce.entropy(p)
    ax.text(-0.4, 9.9, f"bars: length of the codeword, {paid:.3f} bits on average", color=COST)
    ax.text(-0.4, 8.9, f"dots: information in the letter, {h:.3f} bits on average", color=TRUTH)
    ax.text(-0.4, 5.2, "a fixed code: 5 bits", color=QUIET)

    def move():
        return (
            f"A bar per letter, frequent letters first: Huffman's codewords grow from {lengths.min()} "
            f"bits for e to {lengths.max()} bits for z. A dot per letter, its information, rises along the "
            f"tops of the bars. On average the codewords take {paid:.3f} bits, the information is {h:.3f} "
            f"bits; a dashed line marks the 5 bits of a fixed code."
        )

    return described(fig, move)


@figure(
    notebook="02",
    caption="A code for blocks of symbols comes as near to the entropy as you like.",
    controls={"p": Slider("P(X = 1)", 0.02, 0.5, 0.01)},
    presets={"fair coin": {"p": 0.5}, "one in ten": {"p": 0.1}, "one in fifty": {"p": 0.02}},
)
def blocks_close_the_gap(p=0.1):
    fig, ax = canvas()
    sizes = np.arange(1, 7)
    ax.set(
        xlabel="symbols per block", ylabel="bits per symbol", xlim=(0.5, 7.8), ylim=(0, 1.55), xticks=sizes
    )
    (roof,) = ax.plot([], [], "_", color=QUIET, markersize=14, markeredgewidth=2)
    (floor,) = ax.plot([], [], "--", color=TRUTH)
    (dots,) = ax.plot([], [], "s-", color=COST, linewidth=1)
    paid = [ax.text(n + 0.14, 0, "", color=COST, va="bottom") for n in sizes]
    entropy = ax.text(7.75, 0, "", color=TRUTH, ha="right", va="top")
    bound = ax.text(3.75, 0, "", color=QUIET, va="bottom")

    def move(p):
        h = ce.binary_entropy(p)
        lengths = [_bits_per_symbol(float(p), n) for n in sizes]
        roof.set_data(sizes, h + 1 / sizes)
        floor.set_data([0.5, 7.8], [h, h])
        dots.set_data(sizes, lengths)
        for text, length in zip(paid, lengths, strict=True):
            text.set(y=length + 0.02, text=f"{length:.3f}")
        entropy.set(y=h - 0.05, text=f"entropy {h:.3f} bits")
        bound.set(y=h + 0.28, text="one bit per block above the entropy")
        return (
            f"Squares: the average length of Huffman's code for blocks of 1 to 6 flips of a coin with "
            f"P(X = 1) = {p:.2f}: {listed(lengths)} bits per flip. They "
            f"stay between the dashed entropy, {h:.3f} bits, and a dash one bit per block above it."
        )

    return described(fig, move, moving=[roof, floor, dots, *paid, entropy, bound], p=p)


@figure(
    notebook="02",
    caption="A sentence in Huffman's code for English: wide tiles are expensive letters.",
    controls={"sentence": Words("your sentence")},
    presets={
        "frequent letters": {"sentence": "the rain in the east has to rest"},
        "rare letters": {"sentence": "jazz quiz"},
        "every letter once": {"sentence": "abcdefghijklmnopqrstuvwxyz"},
    },
    grid={
        "sentence": (
            "To be, or not to be, that is the question.",
            "The quick brown fox jumps over the lazy dog.",
            "Mississippi",
            "eeeeeeeeee",
            "zzzzzzzzzz",
        )
    },
)
def bits_of_a_sentence(sentence="Letters that come often get a short signal."):
    fig, (strip, scale) = canvas(2, 1, size=(6.4, 4), height_ratios=(2, 3))
    strip.set(xlim=(0, _STRIP), ylim=(0, 1.9), xlabel="bits sent so far", yticks=[])
    strip.spines["left"].set_visible(False)
    tiles = _empty_tiles(strip)
    rows = ("a fixed code", "Huffman's code", "information")
    bars = scale.barh(rows, [0, 0, 0], color=[QUIET, COST, TRUTH], height=0.6)
    scale.set(xlabel="bits per letter", xlim=(0, 11.5), ylim=(2.5, -0.5))
    values = [scale.text(0, y, "", va="center") for y in range(3)]

    def move(sentence):
        text = _encodable(sentence)
        p, code = letters("english"), _english_code()
        surprise = ce.information(p[[ALPHABET.index(letter) for letter in text]])
        _set_tiles(tiles, text, [code[letter] for letter in text])
        totals = (5 * len(text), len(ce.encode(text, code)), surprise.sum())
        per_letter = [total / len(text) for total in totals]
        for bar, value, mean in zip(bars, values, per_letter, strict=True):
            bar.set_width(mean)
            value.set(x=mean + 0.1, text=f"{mean:.2f}")
        return (
            f"Above, the first letters, on tiles as wide as their codewords are long. Below, three "
            f"bars: {len(text)} letters take {totals[0]} bits in a fixed code ({per_letter[0]:.2f} per "
            f"letter) and {totals[1]} bits in Huffman's code ({per_letter[1]:.2f}); their information is "
            f"{totals[2]:.1f} bits ({per_letter[2]:.2f})."
        )

    flat = [artist for tile in tiles for artist in tile]
    return described(fig, move, moving=[*flat, *bars, *values], sentence=sentence)


_STRIP = 40  # bits
_BLANK = {"facecolor": PAPER, "edgecolor": "none", "pad": 2}  # behind a text that a line may cross


def _short_tangent(p, h, slope):
    """The tangent at p, a sixth of the axis to either side; nothing where it is vertical."""
    if not np.isfinite(slope):
        return [], []
    x = np.clip([p - 1 / 6, p + 1 / 6], 0, 1)
    return x, h + slope * (x - p)


def _finite_information(p):
    """Information where p > 0, and 0 where there is no event to be surprised by."""
    return np.where(p > 0, ce.information(np.where(p > 0, p, 1)), 0)


def _empty_stack(ax, names):
    """A column of parts, one per name, each named inside."""
    parts = [ax.bar([0], [0], width=0.7, color=TRUTH, edgecolor=PAPER, linewidth=1.5)[0] for _ in names]
    return parts, [ax.text(0, 0, name, color=PAPER, ha="center", va="center") for name in names]


def _set_stack(parts, names, heights):
    """Stack the parts; a part too low for its name goes without."""
    below = 0.0
    for part, name, height in zip(parts, names, heights, strict=True):
        part.set(y=below, height=height)
        name.set(y=below + height / 2, visible=bool(height > 0.16))
        below += height


@cache
def _english_code():
    """Huffman's code for English: a dict from letters to codewords."""
    return dict(zip(ALPHABET, ce.huffman_code(letters("english")), strict=True))


@cache
def _bits_per_symbol(p, size):
    """Average length of Huffman's code for blocks of `size` coins, in bits per coin."""
    block = np.ones(1)
    for _ in range(size):
        block = np.outer(block, [p, 1 - p]).ravel()
    return ce.expected_length(block, ce.huffman_code(block)) / size


def _encodable(sentence):
    text = only_letters(sentence)
    if not text:
        raise ValueError(
            f"{reprlib.repr(sentence)} has no letter from a to z; the code knows only these. "
            "Type a few letters."
        )
    return text


def _empty_tiles(ax):
    """As many tiles (box, letter, codeword) as the shortest codewords can fill the strip with."""
    mono = partial(ax.text, ha="center", va="center", family="monospace", fontsize=9)
    return [
        (
            ax.bar([0], [1], color="none", edgecolor=COST, linewidth=1, align="edge", clip_on=False)[0],
            mono(0, 1.45, "", weight="bold"),
            mono(0, 0.5, "", color=COST),
        )
        for _ in range(_STRIP // 3)
    ]


def _set_tiles(tiles, text, codewords):
    """The first letters, as many as fit the strip; the other tiles are hidden."""
    start = 0
    for i, (box, letter, bits) in enumerate(tiles):
        width = len(codewords[i]) if i < len(text) else _STRIP + 1
        shown = start + width <= _STRIP
        box.set(x=start, width=width if shown else 0, visible=shown)
        letter.set(x=start + width / 2, text=text[i] if shown else "", visible=shown)
        bits.set(x=start + width / 2, text=codewords[i] if shown else "", visible=shown)
        start += width
