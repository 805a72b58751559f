"""What several figures share: controls, artists and words."""

import numpy as np

from ...datasets import penguins
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
