"""A notebook in German is published as its English twin is: nothing hangs on a word of its prose."""

import re

import nbformat
import pytest

from cecourse.course import course
from cecourse.publish.handouts.build import write_page
from cecourse.publish.reading.notebook import read
from cecourse.publish.site.pages import chapter
from cecourse.publish.slides.build import write_deck
from cecourse.publish.wording import WORDING, wording
from tests.publish.courses import course_in

GERMAN = course(course().home / "tests" / "publish" / "german")
ENGLISH = course().folder / "02_entropy.ipynb"


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    """The German notebook and the same cells in English, each with its course and a folder."""
    (german,) = GERMAN.paths
    ids = [cell.id for cell in nbformat.read(german, as_version=4).cells]
    cells = {cell.id: cell for cell in nbformat.read(ENGLISH, as_version=4).cells}
    folder = tmp_path_factory.mktemp("english")
    english = course_in(folder, {german.name: [cells[id_] for id_ in ids]})
    return [
        (read(each.paths[0], each.language), each, tmp_path_factory.mktemp(each.language))
        for each in (GERMAN, english)
    ]


def tags(html):
    """The elements of a page with their classes, but for the insides of formulas, code and figures."""
    body = re.sub(
        r'<span class="katex.*?</annotation>|<svg.*?</svg>|<(span|br|wbr)\b[^>]*>', "", html, flags=re.DOTALL
    )
    return re.findall(r'<(h\d|section|div class="[^"]*"|details|summary|p class="[^"]*"|img|aside|li)', body)


def test_a_deck_has_the_same_slides(twins):
    decks = [write_deck(*twin, "../site").read_text(encoding="utf-8") for twin in twins]
    german, english = ([re.findall(r'<section id="[^"]*" class="[^"]*"', deck), tags(deck)] for deck in decks)
    assert german == english
    assert 'class="prompt"' in decks[0]
    assert "<h2>Erst vorhersagen</h2>" in decks[0]
    assert ">Abbildung bewegen</a>" in decks[0]


def test_a_handout_has_the_same_boxes(twins):
    for solutions in (False, True):
        german, english = (
            write_page(*twin, solutions=solutions).read_text(encoding="utf-8") for twin in twins
        )
        assert tags(german) == tags(english)
        assert german.count('<div class="rule">') == english.count('<div class="rule">') >= 2
        assert "Probieren" not in german
        assert "Für Lehrende" not in german
        assert "<strong>Abbildung 1.</strong>" in german


def test_a_page_has_the_same_sections_minutes_and_folds(twins):
    german, english = (chapter(notebook) for notebook, *_ in twins)
    assert [(s.minutes, len(s.cells)) for s in german.sections] == [
        (s.minutes, len(s.cells)) for s in english.sections
    ]
    assert [s.minutes for s in german.sections] == [4, 6]
    assert [tags(cell.html) for _, cells in german.parts for cell in cells] == [
        tags(cell.html) for _, cells in english.parts for cell in cells
    ]
    (note,) = (cell for _, cells in german.parts for cell in cells if "instructor" in cell.tags)
    assert not note.html.startswith("<p><strong>")
    assert "(5 min)" not in "".join(cell.html for _, cells in german.parts for cell in cells)


def test_page_deck_and_handout_say_their_language(twins):
    notebook, *others = twins[0]
    for html in (write_deck(notebook, *others, ""), write_page(notebook, *others, solutions=False)):
        assert '<html lang="de"' in html.read_text(encoding="utf-8")


def test_every_language_has_the_same_words():
    for language, words in WORDING.items():
        assert words.keys() == WORDING["en"].keys(), language
        assert words["scripts"].keys() == WORDING["en"]["scripts"].keys(), language
        assert all(words.values())
        assert all(words["scripts"].values())


def test_a_language_without_words_is_named():
    with pytest.raises(ValueError, match=r"language = 'fr'; expected 'en' or 'de'\. Write"):
        wording("fr")
