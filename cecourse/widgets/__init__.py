"""Figures that move: `explore(figures.binary_entropy_curve)` puts a figure's controls under it."""

from .explorer import explore

__all__ = ["explore"]
