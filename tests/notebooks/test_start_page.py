"""The start page leads to every notebook, in order, and says which are still to come."""

import re

import pytest

from tests.notebooks.rules.reading import FOLDER, NAMES, WRITTEN, read

PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")
ROWS = [row for row in PAGE.splitlines() if re.match(r"\| *\d\d ", row)]


def test_the_start_page_lists_the_nine_in_order():
    assert [row[2:4] for row in ROWS] == [name[:2] for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_the_start_page_links_what_is_written_and_marks_what_is_not(name):
    (row,) = [row for row in ROWS if row.startswith(f"| {name[:2]} ")]
    if name in WRITTEN:
        assert f"]({name}.ipynb)" in row
        assert "not written yet" not in row
    else:
        assert "](" not in row
        assert "not written yet" in row


@pytest.mark.parametrize("name", WRITTEN)
def test_the_start_page_says_title_and_minutes_of_the_notebook(name):
    (row,) = [row for row in ROWS if row.startswith(f"| {name[:2]} ")]
    opening = read(name).opening
    title = re.match(r"# (.*)", opening).group(1)
    minutes = re.search(r"(\d+) minutes", opening).group(1)
    assert f"[{title}]" in row
    assert re.search(rf"\| *{minutes} min", row)
