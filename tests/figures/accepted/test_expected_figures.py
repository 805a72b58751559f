"""The figures are those that were accepted: their numbers anywhere, their bytes with the same libraries."""

import io
import re
from html import unescape

import pytest
from PIL import Image, ImageChops, ImageDraw

from cecourse.figures import FIGURES
from cecourse.figures.drawing.canvas import THEMES
from cecourse.figures.files import export
from tests.figures.accepted import expected, report
from tests.figures.accepted.accepted import accepted

ACCEPTED = accepted()
README = expected.ROOT / "README.md"
WHAT_TO_DO = (
    "If that is not meant, correct it in cecourse/figures. If it is, run `make accept-figures` (NAMES=... "
    "for some of them), look at build/figures-report/index.html (before, after, difference), and commit "
    "tests/figures/accepted"
)
SAME = export.versions() == ACCEPTED["versions"]
with_the_same_libraries = pytest.mark.skipif(
    not SAME, reason=f"the bytes were accepted with {ACCEPTED['versions']}, here are {export.versions()}"
)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_plots_the_numbers_that_were_accepted(name):
    accepted = ACCEPTED["figures"].get(name, {}).get("numbers")
    what = "has other numbers" if accepted else "is new"
    here = f"{name} of {FIGURES[name].__module__}"
    assert expected.numbers(FIGURES[name]()) == accepted, f"{here} {what}. {WHAT_TO_DO}"


def test_no_figure_is_expected_that_is_not_there():
    gone = ACCEPTED["figures"].keys() - FIGURES.keys()
    assert not gone, f"{sorted(gone)} are expected and not drawn any more. {WHAT_TO_DO}"
    pictures = {path.stem for path in expected.REFERENCE.rglob("*.png")}
    assert pictures == FIGURES.keys(), (
        f"{sorted(pictures ^ FIGURES.keys())}: no such figure or picture. {WHAT_TO_DO}"
    )


@pytest.mark.slow
@with_the_same_libraries
@pytest.mark.parametrize("theme", THEMES)
def test_every_figure_is_the_bytes_that_were_accepted(theme, tmp_path):
    made = expected.digests(theme, tmp_path)
    changed = [
        name for name, digest in made.items() if ACCEPTED["figures"].get(name, {}).get(theme) != digest
    ]
    assert not changed, f"{', '.join(changed)} have other bytes in the theme {theme}. {WHAT_TO_DO}"


@pytest.mark.slow
@pytest.mark.skipif(SAME, reason="with the same libraries the bytes are compared")
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_looks_as_it_was_accepted(name):
    before = report.opened(expected.reference(name))
    found = report.difference(before, expected.picture(FIGURES[name]()).convert("RGB"))
    assert found <= report.MOST_DIFFERENCE, (
        f"{name} differs by {found:.0f} of 255; expected at most {report.MOST_DIFFERENCE}. {WHAT_TO_DO}"
    )


def test_the_readme_shows_a_figure_and_describes_it():
    text = expected.FRONT.read_text(encoding="utf-8")
    description = unescape(re.search(r"<dc:description>(.*?)</dc:description>", text).group(1))
    assert description == FIGURES[expected.FRONT.stem]().description, f"{expected.FRONT} is old. {WHAT_TO_DO}"
    line = f"![{description}]({expected.FRONT.relative_to(expected.ROOT).as_posix()})"
    assert line in README.read_text(encoding="utf-8"), f"write into README.md: {line}"


@with_the_same_libraries
def test_the_readme_shows_a_figure_as_it_is_drawn():
    drawn = io.BytesIO()
    FIGURES[expected.FRONT.stem](theme="lecture").save(drawn, "svg")
    assert drawn.getvalue() == expected.FRONT.read_bytes(), f"{expected.FRONT} is old. {WHAT_TO_DO}"


@pytest.fixture
def two_pictures():
    before = report.opened(expected.reference("binary_entropy_curve"))
    return before, before.copy()


def test_an_area_that_is_missing_is_seen(two_pictures):
    before, after = two_pictures
    ImageDraw.Draw(after).rectangle((100, 40, 400, 230), fill="white")
    ImageDraw.Draw(before).rectangle((200, 100, 260, 160), fill="navy")
    assert report.difference(before, after) > report.MOST_DIFFERENCE


def test_letters_a_pixel_further_on_are_not_seen(two_pictures):
    before, after = two_pictures
    assert report.difference(before, ImageChops.offset(after, 1)) < report.MOST_DIFFERENCE


def test_the_report_shows_before_after_and_difference(two_pictures, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "FOLDER", tmp_path / "report")
    before, after = two_pictures
    after.putpixel((10, 10), (255, 0, 0))
    page = report.write([report.Change("an_arch", ["numbers", "dark"], before, after)])
    assert "changed: numbers, dark" in page.read_text(encoding="utf-8")
    for picture in ("before", "after", "difference"):
        assert f'src="an_arch-{picture}.png"' in page.read_text(encoding="utf-8")
    assert Image.open(page.parent / "an_arch-difference.png").getpixel((10, 10)) != (255, 255, 255)
