"""The figures are the bytes that were accepted, in every theme and format."""

import hashlib
import json
import re
from html import unescape
from pathlib import Path

import pytest

from cecourse.figures.drawing.canvas import THEMES
from tests.figures.drawing.expected import EXPECTED, FRONT, build

README = Path(__file__).parents[3] / "README.md"


@pytest.mark.parametrize("theme", THEMES)
def test_every_figure_is_the_bytes_that_were_accepted(theme, tmp_path):
    expected, made = json.loads(EXPECTED.read_text())[theme], build(theme, tmp_path)
    changed = sorted(name for name in expected | made if expected.get(name) != made.get(name))
    assert not changed, (
        f"these differ: {changed}; look at them, then run `make accept-figures` to accept them"
    )


def test_the_readme_shows_a_figure_as_it_was_accepted_and_describes_it():
    accepted = json.loads(EXPECTED.read_text())["lecture"][FRONT.name]
    assert hashlib.sha256(FRONT.read_bytes()).hexdigest() == accepted
    text = FRONT.read_text(encoding="utf-8")
    description = unescape(re.search(r"<dc:description>(.*?)</dc:description>", text).group(1))
    assert f"![{description}](docs/pictures/{FRONT.name})" in README.read_text(encoding="utf-8")
