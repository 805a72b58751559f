"""Bars that a reader drags: whatever their heights, what counts is their share of the sum."""

import numpy as np


def as_pmf(weights):
    """Weights divided by their sum.  Raises ValueError where all of them are 0."""
    total = sum(weights)
    if not total > 0:
        raise ValueError(
            f"The weights sum to {total:g}; a pmf sums to 1. Give at least one outcome some weight."
        )
    return np.asarray(weights) / total
