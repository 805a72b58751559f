"""What a page is made of is what the notebook says and shows."""

import pytest

from cecourse.course import course
from cecourse.figures.drawing.registry import FIGURES
from cecourse.publish.reading.formulas import Formula, typeset
from cecourse.publish.reading.notebook import read, rendered

NOTEBOOKS = course().paths


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return read(request.param)


def test_every_formula_is_set_and_none_is_left_over(notebook):
    prose = [cell for cell in notebook.cells if cell.kind == "markdown"]
    assert sum('class="katex"' in cell.html for cell in prose) > 5
    for cell in prose:
        assert "\x02" not in cell.html
        assert "$" not in cell.html, cell.id


def test_every_picture_of_a_notebook_is_a_known_figure_in_the_state_that_it_describes(notebook):
    shown = [cell.shown for cell in notebook.cells if cell.shown]
    assert len(shown) >= 3
    for each in shown:
        assert FIGURES[each.figure](**each.state).description == each.description


def test_a_formula_that_is_none_is_named():
    with pytest.raises(ValueError, match=r"The formula \\notacommand was given; expected one"):
        typeset([Formula(r"\notacommand", False)])


def test_a_formula_keeps_its_meaning_for_a_screen_reader():
    html = typeset([Formula("p_i", False)])[Formula("p_i", False)]
    assert "<math" in html
    assert "<msub><mi>p</mi><mi>i</mi></msub>" in html


def test_a_formula_on_a_line_of_its_own_is_not_one_in_the_text():
    inline, display = rendered(["so $p$ is", "so\n\n$$p$$\n\nis"]).values()
    assert "katex-display" not in inline
    assert "katex-display" in display
