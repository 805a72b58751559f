"""What several figures share: controls, artists and words."""

import numpy as np

from ...datasets import penguins
from .canvas import INK, MODEL, PAPER, TRUTH
from .controls import Slider

SPECIES = penguins().species
# As a choice shows them, and as `letters` calls them.
LANGUAGES = tuple((name.capitalize(), name) for name in ("english", "german", "french", "spanish"))


def each_species(value):
    """The same value for the argument of every species."""
    return {name.lower(): value for name in SPECIES}


def species_sliders(what, end):
    """A slider from -end to end for every species."""
    return {name.lower(): Slider(f"{what} of {name}", -end, end, 0.1, digits=1) for name in SPECIES}


def as_pmf(weights):
    """Weights divided by their sum.  Raises ValueError where all of them are 0."""
    total = sum(weights)
    if not total > 0:
        raise ValueError(
            f"The weights sum to {total:g}; a pmf sums to 1. Give at least one outcome some weight."
        )
    return np.asarray(weights) / total


def empty_bars(ax, places, width, va="bottom", text_colour=None, **look):
    """A bar of height 0 at each place, and a text for its value."""
    bars = ax.bar(places, np.zeros(len(places)), width, **look)
    return bars, [ax.text(x, 0, "", color=text_colour, ha="center", va=va) for x in places]


def set_bars(bars, texts, heights, gap, form=".3f"):
    """Set the bars' heights; the texts stand `gap` beyond their ends."""
    for bar, text, height in zip(bars, texts, heights, strict=True):
        bar.set_height(height)
        text.set(y=height + (gap if height >= 0 else -gap), text=f"{height + 0.0:{form}}")


def empty_pair_of_bars(ax, names):
    """Bars of height 0 for p and q, side by side over the names: first those of p, then those of q."""
    places = np.arange(len(names))
    bars = [
        bar
        for shift, colour, hatch in ((-0.2, TRUTH, None), (0.2, MODEL, "//"))
        for bar in ax.bar(places + shift, 0 * places, width=0.4, color=colour, edgecolor=PAPER, hatch=hatch)
    ]
    ax.set_xticks(places, names)
    ax.set(ylim=(0, 1.25), yticks=[0, 0.5, 1], ylabel="probability")
    ax.text(-0.4, 1.24, "p: true", color=TRUTH, va="top")
    ax.text(-0.4, 1.13, "q: believed", color=MODEL, va="top")
    return bars


def empty_point(ax, marker, colour):
    """A mark with an edge, to be set somewhere."""
    (point,) = ax.plot([], [], marker, color=colour, markeredgecolor=INK, clip_on=False)
    return point


def rounded(function, x):
    """`function(x)` in the precision of x, rounded from double precision.

    NumPy's own single precision differs from processor to processor in the last bit.
    """
    return function(x.astype(np.float64)).astype(x.dtype)


def first_step(shares, enough):
    """The first step at which `enough` percent are right; one more than there are where they never are."""
    return int(np.argmax([*(shares >= enough), True]))


def number(value, form=".3f", infinite="infinite"):
    """A number in a form, or what stands for infinity."""
    return f"{value:{form}}" if np.isfinite(value) else infinite


def in_bits(value):
    """A number of bits in a sentence."""
    return f"{number(value, infinite='infinitely many')} bits"


def in_nats(value):
    """A number of nats in a sentence."""
    return f"{number(value, infinite='infinitely many')} nats"


def signed(value, digits):
    """A number with its sign; without one where it is rounded to 0."""
    return f"{value:+.{digits}f}" if abs(value) >= 0.5 * 10**-digits else f"{0:.{digits}f}"


def listed(values, form=".3f"):
    """Numbers one after the other."""
    return ", ".join(f"{value + 0.0:{form}}" for value in values)


def named(names, values, said=number):
    """Names, each with what `said` makes of its value."""
    return ", ".join(f"{name} {said(value)}" for name, value in zip(names, values, strict=True))
