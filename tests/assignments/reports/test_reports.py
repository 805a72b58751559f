"""What people read says what was wrong, and gives nothing away."""

import csv

import numpy as np
import pytest

from cecourse.assignments.gradebook.roster import Student
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.questions.question import cases
from cecourse.assignments.reports.pages import page_names
from tests.assignments.banks import a1, hostile, notebooks
from tests.assignments.banks.__main__ import grade_folder

pytestmark = pytest.mark.sandbox
A1 = ASSIGNMENTS["a1"]
CELLS = len(notebooks.empty("a1")["cells"])


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("in")
    good = notebooks.right(a1, 1)
    tries = {
        "nats": a1.WRONG["entropy"][0][1],
        "told": hostile.in_a_function("raise ValueError(str(p.tolist()))"),
        "typed": hostile.in_a_function("raise type(str(p.tolist()), (Exception,), {})()"),
        "named": hostile.in_a_function("raise NameError(name=str(p[0]))"),
        "returned": hostile.in_a_function("return str(p.tolist())"),
        "typo": hostile.in_a_function("return -np.sum(q * np.log2(q))"),
        "course": hostile.in_a_function("import cecourse\nreturn cecourse.entropy(p)"),
        "slow": hostile.in_a_function("while True: pass"),
        "=1+1": hostile.in_a_function("return '<script>alert(1)</script>'"),
        "<b>bold": "def entropy(p):\n    return </script>",
    }
    for student, source in tries.items():
        notebooks.save(notebooks.filled("a1", {**good, "entropy": source}), folder / f"{student}.ipynb")
    twice = notebooks.filled("a1", good)
    stub = notebooks.answer_cell(notebooks.empty("a1"), "a1-entropy")
    twice["cells"].append(stub)  # pasted once more, below the answer
    notebooks.answer_cell(twice, "a1-words")["source"] = "</pre><img src=x onerror=alert(1)>"
    notebooks.save(twice, folder / "twice.ipynb")
    (folder / "broken.ipynb").write_text("{")
    out = tmp_path_factory.mktemp("out")
    grade_folder(folder, out)
    return out


def page(out, student):
    name = page_names([Student(student)])[Student(student)]
    return (out / "feedback" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("nats", "bits need np.log2, np.log gives nats"),
        ("told", "stops with <code>ValueError</code> in cell"),
        ("typo", "The name <code>q</code> is not defined"),
        ("course", "<code>cecourse</code> cannot be imported: only NumPy"),
        ("slow", "took too long"),
        ("<b>bold", "SyntaxError"),
        ("told", f"<h3>{len(A1.questions) + 1}. In words: read by a person</h3><pre>Not answered.</pre>"),
        (
            "twice",
            f"There are 2 answer cells, cells 10, {CELLS + 1}: what the last defines counts. Keep one.",
        ),
        ("twice", "<pre>&lt;/pre&gt;&lt;img src=x"),
        ("broken", "could not be read: it is not the JSON of a notebook"),
    ],
)
def test_feedback_names_what_was_wrong(student, words, out):
    assert words in page(out, student)


def test_feedback_holds_no_hidden_input_and_no_expected_value(out):
    everything = "".join(path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file())
    for question in A1.questions:
        for case in (case for group in cases(question, 0) for case in group):
            for value in (*case.arguments, case.expected):
                if not isinstance(value, list):
                    for number in np.asarray(value, dtype=float).ravel():
                        if np.isfinite(number) and number != round(number, 2):
                            assert f"{number:.6g}" not in everything, question.name


def test_names_of_students_are_text_and_nothing_else(out):
    with open(out / "grades.csv", newline="", encoding="utf-8-sig") as file:
        students = {row["student"] for row in csv.DictReader(file)}
    assert "'=1+1" in students
    everything = (out / "summary.html").read_text() + page(out, "<b>bold") + page(out, "=1+1")
    assert "<b>" not in everything
    assert "<script>" not in everything


def test_the_table_has_a_row_per_question_and_the_words_are_left_to_a_person(out):
    with open(out / "grades.csv", newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["student"] == "nats"]
    assert [row["question"] for row in rows] == [
        *(A1.id(q) for q in A1.questions),
        "a1-words",
    ]
    assert rows[2]["mistake"] == "natural log where bits are asked"
    assert rows[-1]["status"] == "by hand"
    assert rows[-1]["points"] == ""


def test_the_class_page_has_a_described_picture_per_question(out):
    summary = (out / "summary.html").read_text(encoding="utf-8")
    assert summary.count('role="img" aria-label="') == len(A1.questions)
    assert "natural log where bits are asked" in summary
    assert "broken" in summary


def test_a_name_in_any_script_is_the_name_of_its_page():
    names = ["Müller, Jürgen", "李雷", "प्रिया शर्मा", "Ada Lovelace"]
    pages = page_names([Student(name) for name in names])
    assert list(pages.values()) == ["Müller-Jürgen.html", "李雷.html", "प्रिया-शर्मा.html", "Ada-Lovelace.html"]


def test_each_student_has_a_page_that_every_system_can_store():
    names = ["..", "a/b", "a b", "", "é", "a" * 300, "con", "A", "a", "a-12345678", "\u202egpj", "=1", "🎓"]
    students = [*map(Student, names), Student("Li Wei", row=1), Student("Li Wei", row=2)]
    pages = page_names(students)
    assert len({page.casefold() for page in pages.values()}) == len(students)
    for page in pages.values():
        assert len(page.encode()) < 200
        assert page.removesuffix(".html").replace("-", "").isalnum()
    assert "con.html" not in pages.values()


def test_the_table_says_where_a_question_has_two_answer_cells(out):
    with open(out / "grades.csv", newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["student"] == "twice"]
    (mistake,) = (row["mistake"] for row in rows if row["status"] == "not answered")
    assert mistake.startswith("There are 2 answer cells, cells 10, ")
