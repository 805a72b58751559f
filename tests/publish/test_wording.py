"""No page, panel or script says a word of its own: all words stand in cecourse/publish/wording.py."""

import re

import pytest
from bs4 import BeautifulSoup, NavigableString
from jinja2 import Environment

from cecourse.course import HOME, course
from cecourse.figures import FIGURES
from cecourse.publish.handouts.build import write_page
from cecourse.publish.lite.build import start_page
from cecourse.publish.player.panel import panel
from cecourse.publish.player.state_grid import reach
from cecourse.publish.reading.notebook import read
from cecourse.publish.site.build import _writer
from cecourse.publish.site.gallery import Exhibit
from cecourse.publish.site.home import Homework, Place, Statement
from cecourse.publish.site.pages import chapter
from cecourse.publish.slides.build import write_deck
from cecourse.publish.wording import WORDING, wording

PUBLISH = HOME / "cecourse" / "publish"
TEMPLATES = sorted(PUBLISH.rglob("*.html"))
SCRIPTS = sorted(PUBLISH.rglob("*.js"))
SAID = ("aria-label", "placeholder", "title", "alt", "data-label", "data-lost", "data-other", "data-words")


def pieces(value):
    """The runs of letters in the words of the table, between tags and what is put in."""
    values = value.values() if isinstance(value, dict) else [value]
    found = (piece.strip() for value in values for piece in re.split(r"<[^>]*>|\{\w+\}", value))
    return {piece for piece in found if re.search(r"\w\w", piece)}


ENGLISH = {piece for value in WORDING["en"].values() for piece in pieces(value)}
ENGLISH -= {piece for value in WORDING["de"].values() for piece in pieces(value)}


def said(html):
    """The texts of a page, and what its elements say to those who do not see them."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(["svg", "style", "script", "pre"]):
        if not element.get("data-words"):
            element.decompose()
    texts = [text.strip() for text in soup.find_all(string=True) if type(text) is NavigableString]
    return texts + [str(each[name]) for each in soup.find_all() for name in SAID if each.get(name)]


def english_in(html):
    """The words of the English table in a page: a single word as a whole text, others anywhere."""
    texts = said(html)
    whole, joined = set(texts), "\n".join(" ".join(text.split()) for text in texts)
    return sorted(piece for piece in ENGLISH if (piece in joined if " " in piece else piece in whole))


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """A page of every kind in German, by its name."""
    folder, made = tmp_path_factory.mktemp("german"), course(HOME / "tests" / "publish" / "german")
    notebook = read(made.paths[0], "de")
    page, name = chapter(notebook), "binary_entropy_curve"
    write = _writer(folder, made)
    write("chapter.html", page.page, "", "", chapter=page, before=page, after=page)
    write("search.html", "search.html", "", "")
    place = Place("a.html", "02", "Ort")
    write(
        "start.html",
        "index.html",
        "",
        "",
        introduction="",
        picture="",
        questions=[(page, "Was?")],
        statements=[Statement("L01", "Wort", [place])],
        assignments=[Homework("A1", "Titel", "a.ipynb", 1, 1, "02")],
        figures=1,
        entries=1,
        documents=[page],
    )
    exhibit = Exhibit(name, "Titel", "", "", "", (1, 1), "", [("SVG", "", 1)], "a.html", "02")
    write("gallery.html", "gallery.html", "", "", wall=[exhibit], titles={"02": page})
    start_page(made, folder / "lite.html")
    write_deck(notebook, made, folder / "deck", "..")
    write_page(notebook, made, folder, solutions=True)
    found = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")
    }
    return found | {f"controls of {each}": controls(each, "de") for each in one_of_each_kind()}


def one_of_each_kind():
    """The first figure that has a control of each kind."""
    kinds = {}
    for name, figure in FIGURES.items():
        for control in figure.controls.values():
            kinds.setdefault(type(control), name)
    return sorted(set(kinds.values()))


def controls(name, language):
    found = reach(name)
    values = found.parts(FIGURES[name].arguments)
    places = [axis.nearest(value) for axis, value in zip(found.axes, values, strict=True)]
    return panel(found, values, places, "key", wording(language))


def test_a_german_page_says_nothing_in_english(german):
    found = {name: english_in(html) for name, html in german.items()}
    assert {name: words for name, words in found.items() if words} == {}, "cecourse/publish/wording.py"


def test_english_controls_are_found_to_be_english():
    html = "".join(controls(name, "en") for name in one_of_each_kind())
    assert {"reset", "play", "take back", "moves"} <= set(english_in(html))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(path):
    tokens = Environment().lex(path.read_text(encoding="utf-8"))
    texts = said(
        "".join(value if kind == "data" else "x1" * (kind == "variable_begin") for _, kind, value in tokens)
    )
    own = [text for text in texts if re.search(r"[A-Za-z]{2}", text)]
    assert own == [], f"{path}: write {{{{ words.name }}}}, and the words into cecourse/publish/wording.py"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_words_of_its_own(path):
    code = re.sub(r"^\s*//.*$| // .*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    own = {text for text in re.findall(r"[\"'`]([^\"'`\n]*)[\"'`]", code) if text.strip() in ENGLISH}
    assert own == set(), f"{path}: take them from data-words, and write them into cecourse/publish/wording.py"
