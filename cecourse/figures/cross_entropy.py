"""Figures of notebook 03: what a code costs that was made for another source."""

from functools import cache

import numpy as np
from matplotlib.collections import PolyCollection

import cecourse as ce

from ..datasets import ALPHABET, letters
from .drawing.canvas import COST, MODEL, PAPER, QUIET, TRUTH, canvas
from .drawing.controls import Choice, LogSlider, Shares, Slider
from .drawing.handles import along, tops
from .drawing.interactive import described
from .drawing.pieces import LANGUAGES, as_pmf, empty_pair_of_bars, in_bits, listed, number
from .drawing.registry import figure

_MESSAGES = ("calm", "fog", "ship", "whale")
_TALLEST = 6  # bits; a longer codeword for one of the messages is cut there, and an arrow says so
_RARE = 0.026  # probability; the names of two letters below it would touch side by side
_TOP = 3  # bits; where the axis of a coin's prices ends
_HAPPENS = np.array([0.95, 0.05])  # how often the two outcomes come on which the epsilon is tried
_NEVER, _NO_IDEA = np.array([1.0, 0.0]), np.array([0.5, 0.5])  # two beliefs about them
_COIN = {
    "p": Slider("true P(heads), p", 0.0, 1.0, 0.01),
    "q": Slider("believed P(heads), q", 0.0, 1.0, 0.01),
}


@figure(
    notebook="03",
    caption="A column per letter, as wide as it is frequent, as high as its codeword is long.",
    controls={
        "text": Choice("text in", LANGUAGES),
        "code": Choice("code for", LANGUAGES),
        "bits": Choice("bits", ("ideal", "whole")),
    },
    presets={
        "English, code for German": {"text": "english", "code": "german", "bits": "ideal"},
        "German, code for English": {"text": "german", "code": "english", "bits": "ideal"},
        "Spanish, code for French": {"text": "spanish", "code": "french", "bits": "ideal"},
    },
)
def letters_in_another_code(text="english", code="german", bits="ideal"):
    fig, axes = canvas(2, 1, size=(6.4, 4.4), sharex=True, sharey=True)
    axes[0].set(xlim=(0, 1), ylim=(0, 13.5), yticks=[0, 4, 8, 12])
    axes[1].set_xlabel("probability of the letters, the frequent ones first")
    panels = [_empty_columns(ax, names=26) for ax in axes]
    for ax in axes:
        ax.set_ylabel("codeword (bits)")
    heads = [ax.text(0.01, 13.4, "", color=COST, va="top") for ax in axes]

    def move(text, code, bits):
        p = letters(text)
        order = np.argsort(-p)
        names = [ALPHABET[letter] for letter in order]
        right, wrong = (_letter_lengths(language, bits)[order] for language in (text, code))
        prices = [_letter_price(text, language, bits) for language in (text, code)]
        _set_columns(panels[0], p[order], right, right, names, narrowest=0.0185)
        _set_columns(panels[1], p[order], wrong, right, names, narrowest=0.0185)
        for head, language, price in zip(heads, (text, code), prices, strict=True):
            head.set_text(f"{text.title()} in the code for {language.title()}: {price:.3f} bits per letter")
        return (
            f"A column per letter of {text.title()}: as wide as its probability, as high as its codeword in "
            f"{bits} bits. Above, the code for {text.title()}: the area is {prices[0]:.3f} bits per letter. "
            f"Below, the code for {code.title()}: {prices[1]:.3f} bits. The letter {names[0]} takes "
            f"{right[0]:.2f} bits above and {wrong[0]:.2f} bits below."
        )

    return described(fig, move, [*heads, *panels[0], *panels[1]], text=text, code=code, bits=bits)


@figure(
    notebook="03",
    caption="Four messages in the code made for them, and in the code for another belief.",
    controls={
        "p": Shares(("p of calm", "p of fog", "p of ship", "p of whale")),
        "q": Shares(("q of calm", "q of fog", "q of ship", "q of whale")),
    },
    presets={
        "the truth": {"p": (0.5, 0.25, 0.125, 0.125), "q": (0.5, 0.25, 0.125, 0.125)},
        "no idea": {"p": (0.5, 0.25, 0.125, 0.125), "q": (0.25, 0.25, 0.25, 0.25)},
        "whales excluded": {"p": (0.5, 0.25, 0.125, 0.125), "q": (0.5, 0.25, 0.25, 0.0)},
        "sure, and wrong": {"p": (0.25, 0.25, 0.25, 0.25), "q": (0.97, 0.01, 0.01, 0.01)},
    },
    grid={
        "p": Choice(
            "the truth p of calm, fog, ship, whale",
            (
                ("50, 25, 12.5, 12.5 %", (0.5, 0.25, 0.125, 0.125)),
                ("25 % each", (0.25, 0.25, 0.25, 0.25)),
                ("always calm", (1.0, 0.0, 0.0, 0.0)),
            ),
        ),
        "q": (0.0, 0.125, 0.25, 0.5),
    },
)
def price_as_area(p=(0.5, 0.25, 0.125, 0.125), q=(0.125, 0.25, 0.5, 0.125)):
    fig, (pmfs, *areas) = canvas(1, 3, width_ratios=(1.45, 1, 1))
    bars = empty_pair_of_bars(pmfs, _MESSAGES)
    panels = [_empty_columns(ax, names=4) for ax in areas]
    for ax, name in zip(areas, ("code for p", "code for q"), strict=True):
        ax.set(xlim=(0, 1), ylim=(0, 7.9), yticks=[0, 2, 4, 6], xticks=[0, 1], xlabel="probability p")
        ax.text(0.04, 7.85, name, va="top")
    areas[0].set_ylabel("length of the codeword (bits)")
    areas[1].tick_params(labelleft=False)
    prices = [ax.text(0.04, 7.15, "", color=COST, va="top") for ax in areas]

    def move(p, q):
        p, q = as_pmf(p), as_pmf(q)
        right, wrong = _lengths_if_sent(p, p), _lengths_if_sent(p, q)
        entropy, price = ce.entropy(p), ce.cross_entropy(p, q)
        for bar, height in zip(bars, [*p, *q], strict=True):
            bar.set_height(height)
        _set_columns(
            panels[0], p, right, right, [name[0] for name in _MESSAGES], narrowest=0.09, highest=_TALLEST
        )
        _set_columns(
            panels[1], p, wrong, right, [name[0] for name in _MESSAGES], narrowest=0.09, highest=_TALLEST
        )
        prices[0].set_text(f"H(p) = {entropy:.3f} bits")
        prices[1].set_text(f"H(p, q) = {number(price, infinite='∞')} bits")
        return (
            f"Left, bars for {', '.join(_MESSAGES)}: p = ({listed(p)}), q = ({listed(q)}). Then columns as "
            f"wide as p and as high as a codeword is long. Middle, the code for p: area {entropy:.3f} bits "
            f"per message. Right, the code for q over the outline of the middle: area {in_bits(price)} "
            f"per message."
        )

    return described(
        fig,
        move,
        [*bars, *prices, *panels[0], *panels[1]],
        [*tops("p", bars[:4]), *tops("q", bars[4:])],
        p=p,
        q=q,
    )


@figure(
    notebook="03",
    caption="The price of every belief about one coin: the true one is the cheapest.",
    controls=_COIN,
    presets={
        "no idea": {"p": 0.7, "q": 0.5},
        "overconfident": {"p": 0.7, "q": 0.99},
        "the truth": {"p": 0.7, "q": 0.7},
        "wrongly certain": {"p": 0.7, "q": 1.0},
    },
)
def every_belief_about_a_coin(p=0.7, q=0.9):
    fig, ax = canvas()
    ax.set(xlabel="believed probability of heads, $q$", xlim=(0, 1))
    tiny = np.geomspace(1e-18, 0.0025, 50)
    beliefs = np.concatenate([tiny, np.linspace(0.005, 0.995, 397), 1 - tiny[::-1]])
    (curve,) = ax.plot([], [], color=COST)
    (floor,) = ax.plot([], [], "--", color=TRUTH, linewidth=1.2)
    (truth,) = ax.plot([], [], "o", color=TRUTH, clip_on=False)
    pin = _empty_pin(ax, "s", MODEL)

    def move(p, q):
        h, price, extra = _coin_prices(p, q)
        curve.set_data(beliefs, _coin_prices(p, beliefs)[1])
        floor.set_data([0, 1], [h, h])
        truth.set_data([p], [h])
        _set_pin(pin, q, h, price)
        return (
            f"A valley over all beliefs q about a coin with P(heads) = {p:.2f}: its price in bits per flip. "
            f"The bottom is at q = {p:.2f}, on a dashed floor at the entropy, {h:.3f} bits; away from it the "
            f"price climbs. At q = {q:.2f} it is {in_bits(price)} per flip, {in_bits(extra)} above the "
            f"floor."
        )

    return described(
        fig, move, [curve, floor, truth, *pin], [*along("p", truth), *along("q", pin[1])], p=p, q=q
    )


@figure(
    notebook="03",
    caption="The price of one belief about every coin: a line that touches the entropy.",
    controls=_COIN,
    presets={
        "fair code": {"p": 0.7, "q": 0.5},
        "confident code": {"p": 0.7, "q": 0.98},
        "right code": {"p": 0.7, "q": 0.7},
    },
)
def tangent_of_a_belief(p=0.7, q=0.9):
    fig, ax = canvas()
    ax.set(xlabel="true probability of heads, $p$", xlim=(0, 1))
    coins = np.linspace(0, 1, 401)
    ax.plot(coins, ce.binary_entropy(coins), color=TRUTH)
    (line,) = ax.plot([], [], "--", color=COST)
    (touch,) = ax.plot([], [], "s", color=MODEL, clip_on=False)
    (arch,) = ax.plot([], [], "o", color=TRUTH, clip_on=False)
    pin = _empty_pin(ax, "D", COST)

    def move(p, q):
        h, price, extra = _coin_prices(p, q)
        line.set_data(*_price_of_every_coin(q))
        touch.set_data([q], [ce.binary_entropy(q)])
        arch.set_data([p], [h])
        _set_pin(pin, p, h, price)
        return (
            f"The entropy of a coin, an arch over the true P(heads), and a dashed straight line, the price "
            f"of the code for q = {q:.2f}: it touches the arch at {q:.2f} and lies above it elsewhere. At "
            f"p = {p:.2f} the line is at {in_bits(price)}, the arch at {h:.3f} bits; between them lie "
            f"{in_bits(extra)}."
        )

    return described(fig, move, [line, touch, arch, *pin], [*along("p", arch), *along("q", touch)], p=p, q=q)


@figure(notebook="03", caption="Four languages in four codes: each is cheapest in its own.")
def four_languages_in_four_codes():
    fig, ax = canvas()
    pmfs = np.array([letters(language) for _, language in LANGUAGES])
    names = [name for name, _ in LANGUAGES]
    prices = ce.cross_entropy(pmfs[:, None], pmfs)
    for row, bits in enumerate(prices):
        ax.plot(bits.min(), row, "o", color=TRUTH)
        ax.plot(np.delete(bits, row), [row] * 3, "s", color=MODEL)
        _name_marks(ax, bits, row, names)
    ax.set(
        xlim=(3.95, 4.62),
        ylim=(3.6, -0.6),
        xlabel="price in the code for the named language (bits per letter)",
    )
    ax.set_yticks(range(4), names)
    ax.set_ylabel("language of the text")

    def move():
        rows = "; ".join(
            f"{name} {', '.join(f'{price:.3f}' for price in bits)}"
            for name, bits in zip(names, prices, strict=True)
        )
        return (
            f"A row per language of the text, in it a mark per code at its price in bits per letter. In the "
            f"codes for {', '.join(names)}, in this order: {rows} bits. Each language is cheapest in its own "
            f"code, and no two charge each other the same."
        )

    return described(fig, move)


@figure(
    notebook="03",
    caption="An epsilon in the logarithm answers with itself, and chooses the winner.",
    controls={"epsilon": LogSlider("epsilon", -18, -1, 0.1)},
    presets={
        "one in a thousand": {"epsilon": 1e-3},
        "1e-7": {"epsilon": 1e-7},
        "1e-15": {"epsilon": 1e-15},
    },
)
def whatever_the_epsilon_says(epsilon=1e-7):
    fig, (left, right) = canvas(1, 2)
    believed, tried = np.geomspace(1e-20, 1, 300), np.geomspace(1e-18, 0.1, 300)
    left.plot(believed, ce.information(believed), color=COST)
    left.set(xscale="log", xlim=(1e-20, 1), ylim=(0, 75), xticks=[1e-20, 1e-10, 1])
    left.set(xlabel="believed probability q", ylabel="price of one outcome (bits)")
    left.text(1e-13, 50, r"$-\log_2 q$", color=COST)
    (flat,) = left.plot([], [], "--", color=QUIET)
    most = left.text(0.98, 0.97, "", color=QUIET, ha="right", va="top", transform=left.transAxes)
    right.plot(tried, _softened(_NEVER, tried), "--", color=QUIET)
    right.plot(tried, _softened(_NO_IDEA, tried), color=COST)
    right.set(xscale="log", xlim=(1e-18, 0.1), ylim=(0, 4), xticks=[1e-18, 1e-12, 1e-6])
    right.set(xlabel="epsilon", ylabel="mean price (bits)")
    right.text(1e-14, 2.5, "q = (1, 0), really ∞", color=QUIET)
    right.text(2e-18, 0.93, "q = (0.5, 0.5)", color=COST, va="top")
    (guide,) = right.plot([], [], ":", color=QUIET, linewidth=1.2)
    (dots,) = right.plot([], [], "o", color=COST, clip_on=False)
    cheaper = right.text(0.98, 0.97, "", ha="right", va="top", transform=right.transAxes)

    def move(epsilon):
        ceiling, never, no_idea = -np.log2(epsilon), _softened(_NEVER, epsilon), _softened(_NO_IDEA, epsilon)
        flat.set_data(believed, -np.log2(believed + epsilon))
        most.set_text(f"epsilon: at most {ceiling:.1f} bits")
        guide.set_data([epsilon, epsilon], [0, max(never, no_idea)])
        dots.set_data([epsilon, epsilon], [never, no_idea])
        cheaper.set_text(f"cheaper: {'(1, 0)' if never < no_idea else '(0.5, 0.5)'}")
        return (
            f"Left, the price of an outcome climbs without end as q falls; with epsilon = {epsilon:.1g} it "
            f"stops at {ceiling:.1f} bits. Right, two beliefs about p = (0.95, 0.05), over epsilon: the line "
            f"of (1, 0), which really costs infinitely many bits, falls through the line of (0.5, 0.5), "
            f"level near 1 bit. Here they are at {never:.3f} and {no_idea:.3f} bits."
        )

    return described(fig, move, [flat, most, guide, dots, cheaper], along("epsilon", dots), epsilon=epsilon)


@cache
def _letter_lengths(language, bits):
    """Bits of each letter's codeword in the code for a language: ideal, or whole as Huffman's are."""
    p = letters(language)
    return ce.information(p) if bits == "ideal" else ce.code_lengths(ce.huffman_code(p))


@cache
def _letter_price(text, language, bits):
    """Bits per letter of a text in one language, in the code for another."""
    p, q = letters(text), letters(language)
    return ce.cross_entropy(p, q) if bits == "ideal" else ce.expected_length(p, ce.huffman_code(q))


def _empty_columns(ax, names):
    """Columns, the outline of the right code, arrows on columns that are cut, and a text per column."""
    columns = PolyCollection([], facecolor=COST, alpha=0.3, edgecolor=PAPER, linewidth=1)
    (outline,) = ax.plot([], [], color=TRUTH, linewidth=1.2)
    (arrows,) = ax.plot([], [], "^", color=COST)
    texts = [ax.text(0, 0, "", ha="center", va="bottom") for _ in range(names)]
    return ax.add_collection(columns), outline, arrows, *texts


def _set_columns(panel, widths, heights, outlined, names, narrowest, highest=np.inf):
    """Columns side by side, cut at `highest`; those narrower than `narrowest` go without their name.

    The names of letters that come less often than `_RARE` stand at two heights in turn, to keep apart.
    """
    columns, outline, arrows, *texts = panel
    right = np.cumsum(widths)
    left, middle, cut = right - widths, right - widths / 2, (heights > highest) & (widths > 0)
    corners = zip(left, right, np.minimum(heights, highest), strict=True)
    columns.set_verts([[(a, 0), (a, height), (b, height), (b, 0)] for a, b, height in corners])
    outline.set_data(np.column_stack([left, right]).ravel(), np.repeat(np.minimum(outlined, highest), 2))
    arrows.set_data(middle[cut], np.full(cut.sum(), highest))
    steps = np.where(widths < _RARE, np.arange(len(widths)) % 2, 0)
    for text, name, x, width, step in zip(texts, names, middle, widths, steps, strict=True):
        text.set(x=x, y=0.2 + 1.3 * step, text=name, visible=bool(width >= narrowest))


def _empty_pin(ax, mark, colour):
    """A mark at a price, the stem that it stands on, and both heights in words above the axes."""
    ax.set(ylim=(0, _TOP), ylabel="price (bits per flip)")
    (stem,) = ax.plot([], [], color=COST, linewidth=3, alpha=0.5)
    (head,) = ax.plot([], [], mark, color=colour, clip_on=False)
    price = ax.text(0, 1.03, "", color=COST, transform=ax.transAxes)
    entropy = ax.text(1, 1.03, "", color=TRUTH, ha="right", transform=ax.transAxes)
    return stem, head, price, entropy


def _set_pin(pin, x, entropy, price):
    stem, head, *words = pin
    top = min(price, _TOP)
    stem.set_data([x, x], [entropy, top])
    head.set_data([x], [top])
    words[0].set_text(f"price H(p, q) = {in_bits(price)}")
    words[1].set_text(f"entropy H(p) = {entropy:.3f} bits")


def _name_marks(ax, bits, row, names):
    """The names of a row's marks, above and below in turn so that they keep apart."""
    for rank, column in enumerate(np.argsort(bits)):
        away, side = (8, "bottom") if rank % 2 == 0 else (-8, "top")
        place = {"xytext": (0, away), "textcoords": "offset points", "ha": "center", "va": side}
        ax.annotate(names[column], (bits[column], row), color=TRUTH if column == row else MODEL, **place)


def _coin_prices(p, q):
    """Of a coin p and beliefs q about it: its entropy, the price of the beliefs, and what they add."""
    pmf, belief = np.array([p, 1 - p]), np.stack([q, 1 - np.asarray(q)], axis=-1)
    return ce.binary_entropy(p), ce.cross_entropy(pmf, belief), ce.kl_divergence(pmf, belief)


def _price_of_every_coin(q):
    """The straight line of H(p, q) over p: its two ends, or the axis itself where q excludes a side."""
    ends = ce.information([1 - q, q])
    return ([0, 1], ends) if np.isfinite(ends).all() else ([q, q], [0, _TOP])


def _lengths_if_sent(p, q):
    """Bits of each codeword in the code for q; 0 for messages that p never sends."""
    return np.where(p > 0, ce.information(q), 0)


def _softened(belief, epsilon):
    """What the formula for the price says with an epsilon in its logarithm: not a price."""
    return -np.log2(np.add.outer(epsilon, belief)) @ _HAPPENS
