"""Pages have the colours of the figures, and no others."""

import re
from pathlib import Path

import pytest

from cecourse.figures.drawing.canvas import colours
from cecourse.publish import colours as of_pages

PUBLISH = Path(of_pages.__file__).parent
LOOKS = ["site/static/page.css", "slides/deck.css", "lite/lite.html"]


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_has_no_colour_of_its_own(name):
    look = (PUBLISH / name).read_text(encoding="utf-8")
    told = f"{name}: write var(--...) instead, or add a variable to cecourse/publish/colours.py"
    assert re.findall(r":[^;{}]*#[0-9a-fA-F]{3,8}\b", look) == [], told


@pytest.mark.parametrize("theme", ["lecture", "dark"])
def test_a_variable_has_the_colour_that_its_name_has_in_a_figure(theme):
    told = of_pages.variables(theme)
    assert [told[name] for name in ("truth", "model", "cost", "gradient")] == colours(theme)[:4]
    assert told["line"] not in colours(theme)


@pytest.mark.parametrize("theme", ["lecture", "dark"])
@pytest.mark.parametrize(
    ("letters", "paper"),
    [
        ("ink", "paper"),
        ("ink", "marked"),
        ("quiet", "paper"),
        ("quiet", "code-paper"),
        ("accent", "paper"),
        ("accent", "accent-paper"),
        ("warn", "warn-paper"),
    ],
)
def test_letters_stand_out_from_their_paper(theme, letters, paper):
    told = of_pages.variables(theme)
    one, other = sorted((luminance(told[name]) for name in (letters, paper)), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= 4.5


def luminance(colour):
    """As WCAG defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
