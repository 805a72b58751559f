"""The machinery behind the figures, provoked: each check of the other files is seen to fail here."""

import base64
import io
import re

import numpy as np
import pytest

from cecourse.figures.drawing.canvas import TRUTH, canvas, course_style
from cecourse.figures.drawing.interactive import described
from cecourse.figures.drawing.registry import FIGURES
from cecourse.figures.files.letters import text_faults
from tests.figures.drawing.contrast import faint_texts
from tests.figures.drawing.drawn import layered_pixels, pixels


@pytest.fixture
def parabola():
    with course_style():
        fig, ax = canvas()
        ax.set(xlim=(0, 1), ylim=(0, 1))
        (line,) = ax.plot([0, 1], [0, 1], color=TRUTH)

        def move(height=1.0):
            if height > 1:
                raise ValueError(f"height is {height}; the axes end at 1; give a smaller one.")
            line.set_ydata([0, height])
            return f"A line up to {height}."

        yield described(fig, move, moving=[line], height=0.5)


def test_a_move_changes_the_words_and_the_line(parabola):
    assert parabola.move(height=0.25) == "A line up to 0.25."
    assert parabola.state == {"height": 0.25}
    assert parabola.moving[0].get_ydata()[1] == 0.25


def test_a_refused_move_changes_nothing(parabola):
    with pytest.raises(ValueError, match="smaller"):
        parabola.move(height=2)
    assert parabola.description == "A line up to 0.5."
    assert parabola.state == {"height": 0.5}


def test_the_notebook_gets_an_image_with_its_words(parabola):
    bundle = parabola._repr_mimebundle_()
    assert 'alt="A line up to 0.5."' in bundle["text/html"]
    assert bundle["text/plain"] == "A line up to 0.5."


def test_words_are_escaped_in_an_image(parabola):
    parabola.description = 'a "quoted" <b>'
    assert "a &quot;quoted&quot; &lt;b&gt;" in parabola.image()


def test_only_what_moves_is_in_the_moving_layer(parabola):
    layer = parabola.moving_layer().decode()
    assert layer.count("<path") == 1
    assert "<text" not in layer


def test_letters_stay_letters_in_a_file_and_become_outlines_in_an_image(parabola):
    file = io.BytesIO()
    parabola.save(file, "svg")
    assert b"<text" in file.getvalue()
    image = base64.b64decode(re.search(r"base64,([^\"]+)", parabola.image())[1])
    assert b"<text" not in image
    assert b'id="text_1"' in image


def test_a_file_carries_its_description_and_no_date(parabola):
    file = io.BytesIO()
    parabola.save(file, "svg")
    assert b"A line up to 0.5." in file.getvalue()
    assert b"<dc:date>" not in file.getvalue()


def test_drawing_leaves_the_readers_settings_alone(parabola):
    import matplotlib

    before = dict(matplotlib.rcParams)
    parabola.move(height=0.1)
    parabola.image()
    assert dict(matplotlib.rcParams) == before


def test_an_unknown_theme_is_refused_in_words():
    with pytest.raises(ValueError, match="no theme 'noir'; expected one of lecture, print, dark"):
        FIGURES["binary_entropy_curve"](theme="noir")


def test_overlapping_labels_are_found(parabola):
    ax = parabola.figure.axes[0]
    ax.text(0.5, 0.5, "first")
    assert text_faults(parabola) == []
    ax.text(0.52, 0.51, "second")
    assert text_faults(parabola) == ["'first' and 'second' overlap"]


def test_a_label_over_the_edge_is_found(parabola):
    parabola.figure.axes[0].text(0.98, 0.5, "far right")
    assert text_faults(parabola) == ["'far right' leaves the paper"]


def test_a_label_across_an_axis_line_is_found(parabola):
    parabola.figure.axes[0].text(-0.02, 0.5, "astride")
    assert text_faults(parabola) == ["the left axis line runs through 'astride'"]


def test_crowded_labels_of_an_axis_are_found(parabola):
    parabola.figure.axes[0].set_xticks([0.3, 0.352], ["crowd", "ed"])
    assert text_faults(parabola) == ["'crowd' and 'ed' stand too close"]


def test_a_faint_label_is_found(parabola):
    parabola.figure.axes[0].text(0.5, 0.2, "pale", color="#aaaaaa")
    assert [text for text, _ in faint_texts(parabola)] == ["pale"]


def test_a_still_patch_over_a_moving_line_is_found(parabola):
    parabola.figure.axes[0].axhspan(0, 1, color="red", zorder=1000)
    assert np.abs(layered_pixels(parabola) - pixels(parabola)).mean() > 0.3
