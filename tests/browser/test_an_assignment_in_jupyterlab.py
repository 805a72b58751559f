"""A student's way through an assignment: fill in, check, save, hand in, read the feedback."""

import json
import time

import pytest

from cecourse.assignments.__main__ import main
from cecourse.assignments.questions.a1 import ASSIGNMENT
from cecourse.assignments.release import release
from tests.browser.driver.lab import NOTEBOOKS
from tests.browser.driver.reader import RED, Reader
from tests.publish.page_checks import GOOD_PRACTICE, axe

pytestmark = pytest.mark.browser

RIGHT = "two_aces = -np.log2(4 / 52) - np.log2(3 / 51)"
IN_NATS = """def entropy(p):
    possible = p[p > 0]
    return -np.sum(possible * np.log(possible))
"""


class Student(Reader):
    """A reader who writes into cells, by their grade ids."""

    def __init__(self, page, address, notebook):
        super().__init__(page, address)
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        self.places = {
            cell["metadata"].get("nbgrader", {}).get("grade_id"): i for i, cell in enumerate(cells)
        }

    def cell(self, grade_id):
        return self.page.locator(".jp-Notebook .jp-Cell").nth(self.places[grade_id])

    def write(self, grade_id, source):
        self.cell(grade_id).locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source)

    def run(self, grade_id):
        """Run a cell; what it says, in red or not."""
        cell = self.cell(grade_id)
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")
        cell.locator(".jp-InputPrompt", has_text=r"*").wait_for(state="detached")
        self.page.wait_for_function(
            "(prompt) => /\\d/.test(prompt.textContent)", arg=cell.locator(".jp-InputPrompt").element_handle()
        )
        return "\n".join(cell.locator(RED).all_inner_texts())

    def save(self, notebook):
        before = notebook.stat().st_mtime_ns
        self.page.keyboard.press("Control+S")
        end = time.monotonic() + 60
        while notebook.stat().st_mtime_ns == before and time.monotonic() < end:
            self.page.wait_for_timeout(100)
        assert notebook.stat().st_mtime_ns != before, "the notebook was not saved"


@pytest.fixture
def released(lab_folder):
    """The notebook that students get, where JupyterLab finds it."""
    release(NOTEBOOKS / "assignments", lab_folder / "notebooks" / "student")
    return lab_folder / "notebooks" / "student" / "assignments" / ASSIGNMENT.notebook


def test_a_mistake_is_seen_in_the_check_and_named_in_the_feedback(released, lab, page, tmp_path):
    student = Student(page, lab, released)
    student.open(f"student/assignments/{ASSIGNMENT.notebook}")
    assert student.run("a1-imports") == ""
    assert student.run("a1-entropy") == ""
    assert "not answered yet" in student.run("a1-entropy-check")
    student.write("a1-two-aces", RIGHT)
    student.write("a1-entropy", IN_NATS)
    for grade_id in ("a1-two-aces", "a1-two-aces-check", "a1-entropy"):
        assert student.run(grade_id) == "", grade_id
    assert "a fair coin has 1 bit, your function says 0.693" in student.run("a1-entropy-check")
    student.save(released)
    assert student.errors == []
    assert student.outside == []

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.ipynb").write_bytes(released.read_bytes())
    assert main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")]) is None
    page = page.context.new_page()
    feedback = Reader(page, f"file://{tmp_path}")
    page.goto(f"file://{tmp_path}/out/summary.html")
    page.get_by_role("link", name="ada").click()
    page.wait_for_url("**/feedback/ada.html")
    assert page.get_by_role("heading", name="two_aces: right, 2 of 2 points").is_visible()
    assert page.get_by_role("heading", name="entropy: wrong, 0 of 4 points").is_visible()
    assert page.get_by_text("natural log where bits are asked").is_visible()
    assert page.get_by_role("heading", name="information: not answered, 0 of 2 points").is_visible()
    for place in ("out/feedback/ada.html", "out/summary.html"):
        for scheme, paper in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(24, 24, 24)")):
            page.emulate_media(color_scheme=scheme)
            page.goto(f"file://{tmp_path}/{place}")
            page.set_viewport_size({"width": 360, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") == 360, "wider than a telephone"
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
            assert axe(page, more=[GOOD_PRACTICE]) == []
    assert feedback.errors == []
    assert feedback.outside == []
