"""The figures are the bytes that were accepted, in every theme and format."""

import json

import pytest

from cecourse.figures.canvas import THEMES

from .expected import EXPECTED, build


@pytest.mark.parametrize("theme", THEMES)
def test_every_figure_is_the_bytes_that_were_accepted(theme, tmp_path):
    expected, made = json.loads(EXPECTED.read_text())[theme], build(theme, tmp_path)
    changed = sorted(name for name in expected | made if expected.get(name) != made.get(name))
    assert not changed, (
        f"these differ: {changed}; look at them, then run `make accept-figures` to accept them"
    )
