"""The start page of JupyterLab, notebooks/README.md, lists what course.toml lists."""

from pathlib import Path

import pytest

from cecourse.course import course
from cecourse.publish.start_page import start_page
from tests.publish.courses import course_in

PAGE = course().folder / "README.md"


def test_the_start_page_lists_the_notebooks_as_they_are():
    text = PAGE.read_text(encoding="utf-8")
    stale = "the list in notebooks/README.md is another than that of course.toml: run make start-page"
    assert start_page(course(), text) == text, stale


def test_a_new_notebook_stands_last_and_its_minutes_may_be_missing(tmp_path):
    more = course_in(tmp_path, {"09_more.ipynb": ["# More", "A thought."]}, question="And then?")
    text = start_page(more, PAGE.read_text(encoding="utf-8"))
    assert "| 09 | [More](09_more.ipynb) |  | And then? |\n\n<!--" in text


def test_a_page_without_a_place_for_the_list_is_named():
    with pytest.raises(ValueError, match=r"README\.md has no place for the list"):
        start_page(course(), Path(__file__).read_text(encoding="utf-8").partition("<!--")[0])
