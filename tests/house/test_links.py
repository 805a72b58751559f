"""Every link inside the project leads somewhere, from a page and from a notebook alike."""

import re
from pathlib import Path

import pytest

from tests.notebooks.rules.reading import FOLDER, NAMES, WRITTEN, read

ROOT = FOLDER.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *FOLDER.rglob("*.md"), *ROOT.glob("cecourse/**/*.md")]
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:href|src)=\"([^\"]+)\"")
# The next notebook may be announced before it is written.
TO_COME = {FOLDER / f"{name}.ipynb" for name in set(NAMES) - set(WRITTEN)}


def dangling(text, folder):
    """The links in a text, standing in `folder`, that lead nowhere or out of the project."""
    targets = [(one or other).partition("#")[0] for one, other in LINK.findall(text)]
    inside = [target for target in targets if target and not re.match(r"https?:|data:|mailto:", target)]
    return [target for target in inside if not _is_there((folder / target).resolve())]


def _is_there(path):
    return path in TO_COME or (path.exists() and path.is_relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_links_of_a_page_lead_somewhere(page):
    nowhere = dangling(page.read_text(encoding="utf-8"), page.parent)
    assert not nowhere, f"{page}: these links lead nowhere: {nowhere}"


@pytest.mark.parametrize("name", WRITTEN)
def test_the_links_of_a_notebook_lead_somewhere(name):
    found = {str(cell): dangling(cell.source, FOLDER) for cell in read(name).markdown}
    nowhere = {cell: links for cell, links in found.items() if links}
    assert not nowhere, f"notebooks/{name}.ipynb: these links lead nowhere: {nowhere}"


def test_a_link_that_leads_nowhere_is_named():
    text = "[a](README.md#top) [b](nowhere.md) ![c](../nothing.png) [d](https://example.org/x) [e](#here)"
    assert dangling(text, FOLDER) == ["nowhere.md", "../nothing.png"]
    assert dangling("[out](../../elsewhere)", Path(FOLDER)) == ["../../elsewhere"]
    assert dangling('<a href="nobody.html">', FOLDER) == ["nobody.html"]
