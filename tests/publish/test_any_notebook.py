"""A lecturer's own notebook: whatever stands in it is published, and a fault is named with its place."""

import base64

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from cecourse.publish.__main__ import main
from cecourse.publish.handouts.build import write_page
from cecourse.publish.reading.notebook import read
from cecourse.publish.site import build
from cecourse.publish.site.pages import chapter
from cecourse.publish.slides.build import write_deck
from cecourse.publish.slides.layout import columns
from tests.publish.courses import course_in

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
DATA = f"data:image/png;base64,{PNG}"
TITLE = "# Mine"


def shows(**data):
    return [new_output("display_data", data={kind.replace("_", "/", 1): it for kind, it in data.items()})]


TABLE = "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
# What a cell may be, and what must be seen of it on a page, in a deck and on paper.
KINDS = {
    "a section of plain prose": (
        "## Section\n\nA thought of its own, as long as a thought has to be here.",
        "A thought",
    ),
    "a section with nothing in it": ("## Nothing yet", "Nothing yet"),
    "a small heading": ("### Small\n\nBelow it there are some words, and then there are some more.", "Small"),
    "a fence": ("## Code\n\n```\nx = 1\n```", "x = 1"),
    "a fence with colours": ("## Code\n\n```python\nimport this\n```", "this"),
    "a rule": ("Above the rule there are words.\n\n---\n\nBelow the rule there are words as well.", "<hr"),
    "a list in a list": ("- one\n  - two\n- three", "two"),
    "a quotation": ("> Said by somebody else.", "Said by"),
    "a picture": ("![The sign of the house](logo.png)", DATA),
    "a picture in HTML": ('## Sign\n\n<img src="logo.png" alt="The sign of the house">', DATA),
    "a box in HTML": ("<div><b>Note</b> well.</div>", "well."),
    "a prompt without an opening": (new_markdown_cell("- this\n- that", metadata={"tags": ["try"]}), "that"),
    "a picture of Matplotlib": (
        ("plt.plot(x)", shows(image_png=PNG, text_plain="<Figure size 640x480 with 1 Axes>")),
        DATA,
    ),
    "a table of pandas": (("table", shows(text_html=TABLE, text_plain="a\n1")), "<td>1</td>"),
    "a figure by a name": (
        ("fig = figures.binary_entropy_curve()\nfig", shows(text_html=f'<img alt="An arch" src="{DATA}">')),
        'alt="An arch"',
    ),
    "a figure with a variable": (
        ("figures.binary_entropy_curve(p=p0)", shows(text_html=f'<img alt="An arch" src="{DATA}">')),
        'alt="An arch"',
    ),
    "an error": (
        ("1 / 0", [new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])]),
        "division by zero",
    ),
    "a command of IPython": (("%time f()", shows(text_html=TABLE)), "<td>1</td>"),
}


@pytest.fixture
def course_of(tmp_path):
    """A course whose notebooks have these cells, with a picture beside them."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "logo.png").write_bytes(base64.b64decode(PNG))

    def make(**notebooks):
        return course_in(tmp_path, {f"{name}.ipynb": cells for name, cells in notebooks.items()})

    return make


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("heading", ["## Section", None], ids=["in a section", "in the opening"])
def test_it_is_on_the_page_in_the_deck_and_on_paper(kind, heading, course_of, tmp_path):
    cell, seen = KINDS[kind]
    course = course_of(**{"00_mine": [TITLE, *([heading] if heading else []), cell]})
    notebook = read(course.paths[0])
    laid_out = chapter(notebook)
    page = "".join(
        "".join([cell.html, *cell.outputs, *cell.pictures, cell.figure])
        for _, cells in laid_out.parts
        for cell in cells
    )
    deck = write_deck(notebook, course, tmp_path / "deck", "").read_text(encoding="utf-8")
    paper = write_page(notebook, course, tmp_path, solutions=True).read_text(encoding="utf-8")
    assert seen in page
    assert seen in deck
    assert seen in paper or "prompt" in kind  # what is to be tried needs a screen


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (
            "A formula: $\\notacommand$",
            r"00_mine\.ipynb, cell 2 \(\w+\): The formula \\notacommand was given",
        ),
        (
            "![Lost](lost.png)",
            r"00_mine\.ipynb, cell 2 \(\w+\): The picture lost\.png was given; expected a file",
        ),
        ("![Lost](attachment:lost.png)", r"00_mine\.ipynb, cell 2 \(\w+\): The picture lost\.png was given"),
    ],
)
def test_a_fault_names_the_notebook_and_the_cell_and_stops_no_other_deck(
    cell, fault, course_of, tmp_path, capsys
):
    course = course_of(**{"00_mine": [TITLE, cell], "01_yours": ["# Yours"]})
    with pytest.raises(ValueError, match=fault):
        read(course.paths[0])
    command = ["slides", "--no-pdf", "--course", str(tmp_path), "--out", str(tmp_path / "out")]
    assert main(command) == 1
    assert "deck 00_mine was not made. 00_mine.ipynb, cell 2" in capsys.readouterr().err
    assert not (tmp_path / "out" / "00_mine.html").exists()
    assert (tmp_path / "out" / "01_yours.html").exists()


def test_a_notebook_without_a_title_is_named(course_of):
    course = course_of(**{"00_mine": ["No title."]})
    with pytest.raises(ValueError, match=r"00_mine\.ipynb begins without a title; expected"):
        read(course.paths[0])


def test_a_link_that_leads_nowhere_leaves_the_earlier_site_as_it_was(course_of, tmp_path, capsys):
    course_of(**{"00_mine": [TITLE, "See [it](syllabus.md)."]})
    out = tmp_path / "site"
    out.mkdir()
    (out / "page.css").write_text("an earlier site", encoding="utf-8")
    assert main(["site", "--course", str(tmp_path), "--out", str(out)]) == 1
    assert "00_mine.ipynb, cell 2" in capsys.readouterr().err
    assert (out / "page.css").read_text(encoding="utf-8") == "an earlier site"


FURTHER = new_markdown_cell("## Beyond (further, 4 min)", metadata={"tags": ["further"], "minutes": 4})
BEYOND = "A word for the reader who stays on."
CHECK = new_code_cell(
    "for n in (1, 2):\n    assert n + 1 > n", execution_count=1, metadata={"jupyter": {"source_hidden": True}}
)
NOTE = new_markdown_cell(
    "<details><summary>For the instructor</summary>\n\nTake your time.\n\n</details>",
    metadata={"tags": ["instructor"]},
)
TRY = new_markdown_cell(
    "**Try.** Make it one half.\n\n<details><summary>Answer</summary>\n\nIt is level.\n\n</details>",
    metadata={"tags": ["try"]},
)


def test_a_further_section_is_folded_on_the_page_in_no_deck_and_last_on_paper(course_of, tmp_path):
    course = course_of(**{"00_mine": [TITLE, "## Core", FURTHER, BEYOND, "## The end", "The last words."]})
    notebook = read(course.paths[0])
    folds = [section.fold for section in chapter(notebook).sections]
    assert [bool(fold) for fold in folds] == [False, True, False]
    assert "Further: <a" in folds[1]
    assert "4 min" in folds[1]
    assert "<h2>" not in chapter(notebook).sections[1].cells[0].html
    assert BEYOND not in write_deck(notebook, course, tmp_path / "deck", "").read_text(encoding="utf-8")
    paper = write_page(notebook, course, tmp_path, solutions=False).read_text(encoding="utf-8")
    assert 0 < paper.index("The last words.") < paper.index("<h2>Further: Beyond</h2>") < paper.index(BEYOND)


def test_a_folded_check_is_folded_on_the_page_in_the_notes_and_on_paper_with_the_solutions(
    course_of, tmp_path
):
    course = course_of(**{"00_mine": [TITLE, "## Core", "Two words.", CHECK]})
    notebook = read(course.paths[0])
    assert chapter(notebook).sections[0].cells[-1].folded
    (slide,) = columns(notebook)[1].slides
    assert "assert" in "".join(slide.notes)
    assert "assert" not in slide.body
    for solutions in (False, True):
        paper = write_page(notebook, course, tmp_path, solutions).read_text(encoding="utf-8")
        assert (">assert<" in paper) == solutions


def test_a_note_for_the_instructor_and_an_answer_are_unfolded_in_the_notes_of_a_slide(course_of):
    course = course_of(**{"00_mine": [TITLE, "## Core", "Two words.", TRY, NOTE]})
    *_, tried = columns(read(course.paths[0]))[1].slides
    notes = "".join(tried.notes)
    assert "It is level." not in tried.body
    assert "It is level." in notes
    assert "Take your time." in notes
    assert "<details" not in notes
    assert "For the instructor" not in notes


def test_title_authors_language_and_logo_come_from_the_course(course_of, tmp_path):
    (tmp_path / "sign.png").write_bytes(base64.b64decode(PNG))
    course_in(tmp_path, {"00_mine.ipynb": [TITLE, "## Section"]}, language="de", logo="sign.png")
    out = tmp_path / "out"
    assert main(["slides", "--no-pdf", "--course", str(tmp_path), "--out", str(out)]) == 0
    deck = (out / "00_mine.html").read_text(encoding="utf-8")
    assert '<html lang="de"' in deck
    assert 'content="One, Two"' in deck
    assert 'content="A small course: For tests."' in deck
    assert 'src="parts/sign.png" alt="A small course"' in deck
    assert (out / "parts" / "sign.png").is_file()


def test_a_course_without_glossary_statements_and_assignments_has_a_site(course_of, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "exhibits", lambda out, chapters, on_done: [])  # no figure is part of it
    course_of(**{"00_mine": [TITLE, "## Section"]})
    assert main(["site", "--course", str(tmp_path), "--out", str(tmp_path / "site")]) == 0
    start = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Mine" in start
    assert "page-assignments" not in start
    assert "page-lecture" not in start
