"""Colours that differ for everyone, and a second channel where they do not."""

import threading
from itertools import combinations

import pytest
from coloraide import Color
from matplotlib.colors import to_hex

from cecourse.figures.drawing import canvas

ROLES = {name: getattr(canvas, name) for name in ("TRUTH", "MODEL", "COST", "GRADIENT")}
LEAST_DIFFERENCE = 10  # CIEDE2000; about 2 is the smallest that a trained eye sees side by side
every_theme = pytest.mark.parametrize("theme", canvas.THEMES)
every_eye = pytest.mark.parametrize("vision", ["normal", "protan", "deutan", "tritan"])


def colour(reference, theme="lecture"):
    with canvas.course_style(theme):
        return Color(to_hex(reference))


@every_theme
@every_eye
@pytest.mark.parametrize("pair", [*combinations(ROLES, 2)], ids="-".join)
def test_two_meanings_have_two_colours_for_everyone(pair, vision, theme):
    seen = [colour(ROLES[name], theme) for name in pair]
    if vision != "normal":
        seen = [each.filter(vision, method="machado") for each in seen]
    assert seen[0].delta_e(seen[1], method="2000") >= LEAST_DIFFERENCE


@every_theme
@every_eye
@pytest.mark.parametrize("pair", [*combinations(canvas.CLASSES, 2)], ids="-".join)
def test_two_classes_have_two_colours_for_everyone(pair, vision, theme):
    seen = [colour(reference, theme) for reference in pair]
    if vision != "normal":
        seen = [each.filter(vision, method="machado") for each in seen]
    assert seen[0].delta_e(seen[1], method="2000") >= LEAST_DIFFERENCE


@every_theme
@pytest.mark.parametrize("name", [*ROLES, "QUIET", "INK"])
def test_a_colour_with_a_meaning_can_be_read_as_text(name, theme):
    paper = colour(canvas.PAPER, theme)
    assert colour(getattr(canvas, name), theme).contrast(paper, method="wcag21") >= 4.5


@pytest.mark.parametrize("pair", [*combinations(ROLES, 2)], ids="-".join)
def test_printed_in_grey_two_meanings_stay_apart(pair):
    first, second = (colour(ROLES[name], "print").convert("lab")["lightness"] for name in pair)
    assert abs(first - second) >= LEAST_DIFFERENCE


def test_classes_have_markers_of_their_own():
    assert len(set(canvas.MARKERS)) == len(canvas.CLASSES)


def test_a_theme_holds_for_one_thread_at_a_time():
    order = []

    def other():
        with canvas.course_style("dark"):
            order.append("other")

    with canvas.course_style("lecture"):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]
