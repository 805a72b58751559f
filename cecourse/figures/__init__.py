"""The course's figures: one function, one figure, callable without an argument, described in words."""

from .entropy import binary_entropy_curve
from .registry import FIGURES

__all__ = ["FIGURES", "binary_entropy_curve"]
