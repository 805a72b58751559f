"""What holds for each figure of the course."""

import hashlib
import io
import re

import numpy as np
import pytest

from cecourse.course import course
from cecourse.figures import FIGURES
from cecourse.figures.drawing.canvas import THEMES
from cecourse.figures.files.letters import text_faults, texts
from tests.figures.drawing.contrast import faint_texts
from tests.figures.drawing.drawn import layered_pixels, pixels

every_figure = pytest.mark.parametrize("name", FIGURES)
every_theme = pytest.mark.parametrize("theme", THEMES)


@pytest.fixture(scope="module")
def still():
    drawn = {}

    def draw(name, theme="lecture"):
        if (name, theme) not in drawn:
            drawn[name, theme] = FIGURES[name](theme=theme)
        return drawn[name, theme]

    return draw


@every_figure
def test_a_figure_is_described_in_words(name, still):
    words = still(name).description
    assert 80 <= len(words) <= 400, f"{len(words)} letters: {words}"
    assert words[0].isupper()
    assert words.endswith(".")
    assert not re.search(r"\b(nan|None|array|np\.)", words), words


@every_figure
def test_a_figure_has_a_caption_a_title_and_a_notebook(name, still):
    figure = still(name)
    assert figure.caption.endswith(".")
    assert figure.title
    assert figure.notebook in {entry.name[:2] for entry in course().notebooks}


@every_figure
@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_a_figure_saved_twice_is_the_same_bytes(name, kind, still):
    def digest(figure):
        file = io.BytesIO()
        figure.save(file, kind, dpi=100)
        return hashlib.sha256(file.getvalue()).hexdigest()

    assert digest(still(name)) == digest(FIGURES[name]())


@every_figure
@every_theme
def test_texts_stay_apart_and_on_the_paper(name, theme, still):
    assert text_faults(still(name, theme)) == []


@every_figure
@every_theme
def test_every_text_can_be_read(name, theme, still):
    assert min(text.get_fontsize() for text, _ in texts(still(name, theme))) >= 8
    assert faint_texts(still(name, theme)) == []


@every_figure
def test_the_layers_are_the_whole_picture(name, still):
    figure = still(name)
    assert np.abs(layered_pixels(figure) - pixels(figure)).mean() < 0.3


@every_figure
def test_the_axes_stand_on_millionths_of_the_paper(name, still):
    """The layout's last bits depend on what was drawn before, and would get into an SVG's ids."""
    for ax in still(name).figure.axes:
        place = ax.get_position(original=True).bounds
        assert np.allclose(place, np.round(place, 6), rtol=0, atol=1e-12)


@every_figure
def test_every_axis_with_numbers_says_what_they_are(name, still):
    figure = still(name)
    shown = {text for text, _ in texts(figure)}
    for ax in figure.figure.axes:
        for axis, shared in ((ax.xaxis, ax.get_shared_x_axes()), (ax.yaxis, ax.get_shared_y_axes())):
            numbers = [t for t in axis.get_majorticklabels() if t in shown and re.search(r"\d", t.get_text())]
            labels = [getattr(ax, f"get_{axis.axis_name}label")() for ax in shared.get_siblings(ax)]
            assert not numbers or any(labels), f"the {axis.axis_name} axis of {name} has numbers and no label"
