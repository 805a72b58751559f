"""Contrast of a figure's texts with what lies behind them, by the definition of WCAG 2."""

import numpy as np
from coloraide import Color
from matplotlib.colors import to_hex

from cecourse.figures.drawing.canvas import course_style
from cecourse.figures.files.letters import texts
from tests.figures.drawing.drawn import hidden, pixels


def faint_texts(figure, least=4.5):
    """Texts whose contrast with the median colour behind them is below `least`."""
    found = texts(figure)
    with hidden([text for text, _ in found]):
        paper = pixels(figure)
    faint = []
    for text, box in found:
        rows = slice(max(0, round(paper.shape[0] - box.y1)), max(1, round(paper.shape[0] - box.y0)))
        behind = paper[rows, max(0, round(box.x0)) : max(1, round(box.x1))].reshape(-1, 3)
        with course_style(figure.theme):
            ink = Color(to_hex(text.get_color()))
        contrast = ink.contrast(Color("srgb", np.median(behind, axis=0) / 255), method="wcag21")
        if contrast < least:
            faint.append((text.get_text(), round(contrast, 2)))
    return faint
