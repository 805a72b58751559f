"""A handout is for paper: in greys, with room to write, without what only a screen can do."""

import functools
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from cecourse.course import HOME, course
from cecourse.publish.__main__ import main
from cecourse.publish.handouts.build import write_page
from cecourse.publish.reading.notebook import read
from cecourse.publish.reading.sentences import blocks
from tests.publish.courses import course_in

NOTEBOOKS = course().paths
course_of = functools.cache(read)
A4 = [595.3, 841.9]  # points
# What these figures show is itself made of pixels or of thousands of dots; their axes and words are not.
PICTURES_OF_PIXELS = {"02_entropy": 2, "04_kl_divergence": 1}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The PDFs of all notebooks, without solutions, and of one of them with its solutions."""
    out = tmp_path_factory.mktemp("handouts")
    assert main(["handouts", "--course", str(HOME), "--out", str(out)]) == 0
    alone = tmp_path_factory.mktemp("one")
    course_in(alone, {NOTEBOOKS[2].name: NOTEBOOKS[2]})
    main(["handouts", "--solutions", "--course", str(alone), "--out", str(out)])
    main(["handouts", "--solutions", "--course", str(alone), "--out", str(out / "again")])
    return out


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


def text_of(path):
    return plain(" ".join(page.extract_text() for page in PdfReader(path).pages))


def plain(text):
    """Words with single spaces between them; ligatures are taken apart."""
    return " ".join(text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").split())


def letters(text):
    return re.sub(r"[^A-Za-z0-9]", "", text)


def test_a_handout_is_a_few_numbered_pages_of_paper(printed, notebook):
    pdf = PdfReader(printed / f"{notebook.stem}.pdf")
    read_ = course_of(notebook)
    assert 7 <= len(pdf.pages) <= 18
    for number, page in enumerate(pdf.pages, start=1):
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx(A4, abs=1)
        words = plain(page.extract_text())
        assert f"{read_.name[:2]} {read_.title}" in words
        assert f"{number} / {len(pdf.pages)}" in words


def test_a_handout_says_what_the_notebook_says(printed, notebook):
    text = letters(text_of(printed / f"{notebook.stem}.pdf"))
    headings = [
        block.text.partition(" (")[0]
        for cell in course_of(notebook).cells
        if cell.kind == "markdown"
        for block in blocks(cell.html)
        if block.kind == "heading"
    ]
    assert len(headings) >= 8
    for heading in headings:
        assert letters(heading) in text


def test_a_handout_has_its_outline_and_its_tags(printed, notebook):
    pdf = PdfReader(printed / f"{notebook.stem}.pdf")
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    title, sections = pdf.outline
    assert letters(title.title) == letters(course_of(notebook).title)
    assert len(sections) >= 7


def test_every_font_of_a_handout_travels_with_it(printed, notebook):
    fonts = [
        font.get_object()
        for page in PdfReader(printed / f"{notebook.stem}.pdf").pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert len(fonts) > 10
    for font in fonts:
        for part in font.get("/DescendantFonts", [font]):
            if part.get_object()["/Subtype"] != "/Type3":  # drawn in the file itself
                assert set(part.get_object()["/FontDescriptor"]) & {"/FontFile", "/FontFile2", "/FontFile3"}


def test_figures_on_paper_are_drawn_with_lines(printed, notebook):
    pictures = {
        image.indirect_reference.idnum
        for page in PdfReader(printed / f"{notebook.stem}.pdf").pages
        for image in page.images
    }
    assert len(pictures) == PICTURES_OF_PIXELS.get(notebook.stem, 0)


def test_answers_are_left_out_unless_asked_for(tmp_path, notebook):
    read_ = course_of(notebook)
    without, solved = (page_of(read_, tmp_path / str(solutions), solutions) for solutions in (False, True))
    answers = [
        block.parts[1]
        for cell in read_.cells
        if cell.kind == "markdown" and "try" not in cell.tags
        for block in blocks(cell.html)
        if block.kind == "question"
    ]
    assert len(answers) >= 3
    for answer in answers:
        assert answer not in without
        assert answer in solved
    folded = [cell.html for cell in read_.cells if cell.folded]
    assert folded
    for code in folded:
        assert code not in without
        assert code in solved
    assert without.count('<div class="rule">') >= solved.count('<div class="rule">') + 3 * 4


def page_of(notebook, folder, solutions):
    folder.mkdir(exist_ok=True)
    return write_page(notebook, course(), folder, solutions).read_text(encoding="utf-8")


def test_what_is_for_the_instructor_or_the_screen_is_not_on_paper(printed, notebook):
    text = text_of(printed / f"{notebook.stem}.pdf")
    assert "For the instructor" not in text
    assert not re.search(r"(?<!every )\bTry\.|explore\(|widget|sliders?\b", text)


def test_solutions_are_printed_and_twice_the_same(printed):
    solved = printed / "02_entropy_solutions.pdf"
    assert "A repeated word carries nothing new" in text_of(solved)
    assert "A repeated word carries nothing new" not in text_of(printed / "02_entropy.pdf")
    assert solved.read_bytes() == (printed / "again" / solved.name).read_bytes()


def test_links_on_paper_lead_to_the_web_or_are_words(printed, notebook):
    path = printed / f"{notebook.stem}.pdf"
    assert b"file:" not in path.read_bytes()
    for page in PdfReader(path).pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            assert action.get("/URI", "https://").startswith("http")


def test_the_look_of_paper_needs_no_colour():
    look = (Path(__file__).parents[3] / "cecourse/publish/handouts/handout.css").read_text(encoding="utf-8")
    colours = re.findall(r"#[0-9a-f]{3,6}\b", look)
    assert len(colours) > 4
    for colour in colours:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        assert digits[:2] == digits[2:4] == digits[4:], colour
