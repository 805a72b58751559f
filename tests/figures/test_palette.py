"""Colours that differ for everyone, and a second channel where they do not."""

from itertools import combinations

import pytest
from coloraide import Color
from matplotlib.colors import to_hex

from cecourse.figures import canvas

ROLES = {name: getattr(canvas, name) for name in ("TRUTH", "MODEL", "COST", "GRADIENT")}
LEAST_DIFFERENCE = 10  # CIEDE2000; about 2 is the smallest that a trained eye sees side by side


def colour(reference):
    with canvas.course_style():
        return Color(to_hex(reference))


@pytest.mark.parametrize("vision", ["normal", "protan", "deutan", "tritan"])
@pytest.mark.parametrize("pair", [*combinations(ROLES, 2)], ids="-".join)
def test_two_meanings_have_two_colours_for_everyone(pair, vision):
    seen = [colour(ROLES[name]) for name in pair]
    if vision != "normal":
        seen = [each.filter(vision, method="machado") for each in seen]
    assert seen[0].delta_e(seen[1], method="2000") >= LEAST_DIFFERENCE


@pytest.mark.parametrize("vision", ["normal", "protan", "deutan", "tritan"])
@pytest.mark.parametrize("pair", [*combinations(canvas.CLASSES, 2)], ids="-".join)
def test_two_classes_have_two_colours_for_everyone(pair, vision):
    seen = [colour(reference) for reference in pair]
    if vision != "normal":
        seen = [each.filter(vision, method="machado") for each in seen]
    assert seen[0].delta_e(seen[1], method="2000") >= LEAST_DIFFERENCE


@pytest.mark.parametrize("name", ROLES)
def test_a_colour_with_a_meaning_can_be_read_as_text_on_white(name):
    assert colour(ROLES[name]).contrast("white", method="wcag21") >= 4.5


def test_classes_have_markers_of_their_own():
    assert len(set(canvas.MARKERS)) == len(canvas.CLASSES)
