"""Figures that move on a page without a kernel: drawn beforehand, played by a script."""
