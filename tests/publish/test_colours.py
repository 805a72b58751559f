"""Pages have the colours of the figures, and no others."""

import re
from pathlib import Path

import pytest

import cecourse
from cecourse.figures.drawing.canvas import colours
from cecourse.publish import colours as of_pages

CECOURSE = Path(cecourse.__file__).parent
SOURCES = sorted(
    path
    for path in CECOURSE.rglob("*")
    if path.suffix in (".css", ".js", ".html", ".py") and "figures/themes" not in path.as_posix()
)
# "#0b4fa8", or the same in an address, but no character such as "&#9632;".
HEX = re.compile(r"(?<!&)(?:#|%23)((?:[0-9a-fA-F]{3,4}){1,2})(?![\w-])")
# The files that may name a colour, and why.
EXCEPTIONS = {
    "assignments/reports/templates/report.css": "a report is one file that knows no figure",
    "figures/drawing/canvas.py": "an example in a sentence",
    "publish/handouts/footer.html": "a grey of paper; Chromium prints it outside the style sheet",
    "publish/handouts/handout.css": "greys of paper",
    "widgets/svg.py": "an example in a sentence, and black as Matplotlib writes it",
}


def own_colours(path):
    """The colours that a file names, as path:line and the colour."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        for colour in HEX.findall(line):
            yield f"cecourse/{path.relative_to(CECOURSE).as_posix()}:{number}", colour.lower()


def test_no_file_but_the_style_sheets_of_the_figures_names_a_colour():
    found = [
        f"{place}: #{colour}: write var(--...), or take it from cecourse.figures.drawing.canvas.colours"
        for path in SOURCES
        if path.relative_to(CECOURSE).as_posix() not in EXCEPTIONS
        for place, colour in own_colours(path)
    ]
    assert found == []


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_an_exception_is_still_needed(name):
    colours_there = [colour for _, colour in own_colours(CECOURSE / name)]
    assert colours_there, f"{name} names no colour any more: take it out of EXCEPTIONS"
    if "grey" in EXCEPTIONS[name]:
        assert all(
            len(set(colour)) == 1 or len({colour[:2], colour[2:4], colour[4:]}) == 1
            for colour in colours_there
        )


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
