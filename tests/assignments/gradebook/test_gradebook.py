"""The gradebook: nothing that was handed in or typed is lost, and the rules of the class say what counts."""

import csv
import json

import pytest

from cecourse.assignments.gradebook.book import Gradebook
from cecourse.assignments.gradebook.facts import HandIn, add_run, secret_seed
from cecourse.assignments.gradebook.roster import Roster
from cecourse.assignments.gradebook.rules import read_rules
from cecourse.assignments.gradebook.tables import NotUnderstood, read_table
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.reports import pages, sheets

ROSTER = """name,id,email,login,canvas,grace,old names
Ada Lovelace,s1,ada@uni.example,ada1,12345,2,Ada Byron
"Müller, Jürgen",s2,jm@uni.example,jm2,67890,,
李雷,s3,li@uni.example,li3,,,
"""


class Class:
    """A gradebook in a folder, with gradings made up here."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "records").mkdir()

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def hands_in(self, student, assignment="a1", points=1.0, place=None, digest=None, modified=0, **facts):
        """A hand-in with the same share of the points in each question; to be given to `run`."""
        key = f"{student}-{assignment}-{points}-{digest}".replace("/", "-")
        of = ASSIGNMENTS[assignment]
        questions = [
            {"question": of.id(q), "points": points * q.points, "of": q.points, "status": "right",
             "mistakes": [], "failure": None, "places": []}
            for q in of.questions
        ]  # fmt: skip
        record = {"student": student, "assignment": assignment, "complaint": "", "trusted": False, "key": key}
        record |= {
            "questions": questions,
            "cells": [],
            "words": "because",
            "solutions": False,
            "words_of": of.words_points,
        }
        self.write(f"records/{key}.json", json.dumps(record))
        facts = {"known_as": (), "time": "", "attempt": 0, "late": False, **facts}
        place = place or f"{student}.ipynb"
        return HandIn(student, assignment=assignment, place=place, digest=digest or key, modified=modified,
                      key=key, **facts)  # fmt: skip

    def run(self, source, *hand_ins):
        add_run(self.folder, source, hand_ins, [])

    def book(self):
        book = Gradebook(self.folder)
        sheets.write(book)
        pages.write(book)
        return book

    def rows(self, name="class", encoding="utf-8-sig"):
        with open(self.folder / f"{name}.csv", newline="", encoding=encoding) as file:
            return list(csv.DictReader(file))

    def points(self, student, column="A1 (of 32)"):
        self.book()
        (row,) = (row for row in self.rows() if row["name"] == student)
        return row[column]

    def pages(self):
        self.book()
        return sorted(path.stem for path in (self.folder / "feedback").iterdir())


@pytest.fixture
def course(tmp_path):
    return Class(tmp_path)


def test_the_second_assignment_leaves_the_first_where_it_is(course):
    course.run("week1", course.hands_in("ada", "a1"))
    course.run("week2", course.hands_in("ada", "a2"))
    book = course.book()
    assert book.assignments == ["a1", "a2"]
    page = (course.folder / "feedback" / "ada.html").read_text()
    assert "A1: Information and entropy" in page
    assert "A2: Cross-entropy and KL" in page


def test_the_same_place_used_again_for_another_week_loses_nothing(course):
    course.run("download", course.hands_in("ada", "a1"))
    course.run("download", course.hands_in("ada", "a2"))
    assert course.points("ada") == "28"


def test_points_typed_by_hand_are_read_and_stay(course):
    course.run("week1", course.hands_in("ada"))
    course.write("points.csv", "student,question,points,comment\nada,a1-words,3,Well said.\n")
    assert course.points("ada") == "31"
    course.run("week1", course.hands_in("ada"), course.hands_in("late"))
    assert course.points("ada") == "31"
    assert "Well said." in (course.folder / "feedback" / "ada.html").read_text()
    assert (course.folder / "points.csv").read_text().endswith("ada,a1-words,3,Well said.\n")


def test_points_by_hand_stand_above_those_of_the_grader(course):
    course.run("week1", course.hands_in("ada", points=0))
    course.write("points.csv", "student;question;points\nada;a1-entropy;2,5\n")  # as a spreadsheet writes it
    assert course.points("ada") == "2.5"


def test_a_row_of_points_for_nobody_is_said_and_not_dropped(course):
    course.run("week1", course.hands_in("ada"))
    course.write("points.csv", "student,question,points\nadda,a1-words,3\nada,a1-wrods,3\n")
    problems = "\n".join(course.book().problems)
    assert "a row for adda, a1-words; expected a student of the class" in problems
    assert "a row for ada, a1-wrods; expected" in problems
    assert "adda" in (course.folder / "summary.html").read_text()


def test_the_best_counts_and_the_other_is_listed(course):
    course.run("week1", course.hands_in("ada", points=1.0, place="ada/a1_final.ipynb"),
               course.hands_in("ada", points=0.0, place="ada/a1.ipynb"))  # fmt: skip
    assert course.points("ada") == "28"
    assert "not counted: ada/a1.ipynb" in (course.folder / "summary.html").read_text()
    assert "You handed in 1 more" in (course.folder / "feedback" / "ada.html").read_text()


def test_the_latest_counts_where_the_class_says_so(course):
    course.write("settings.toml", 'attempt = "latest"\n')
    first = course.hands_in("ada", points=1.0, time="2026-11-02T10:00:00+01:00")
    second = course.hands_in("ada", points=0.5, time="2026-11-02T09:30:00+00:00")
    course.run("week1", second, first)
    assert course.points("ada") == "14"


def test_late_days_cost_their_share_after_the_days_of_grace(course):
    course.write("roster.csv", ROSTER)
    course.write("settings.toml", "late_per_day = 0.25\n[deadlines]\na1 = 2026-11-02T23:59:00+01:00\n")
    late = {"time": "2026-11-05T12:00:00+01:00"}  # the third day has begun
    course.run("week1", course.hands_in("Ada Lovelace", **late), course.hands_in("李雷", **late))
    assert course.points("Ada Lovelace") == "21"
    assert course.points("李雷") == "7"
    assert "3 days late" in course.points("李雷", "A1 note")


def test_a_day_as_deadline_ends_at_midnight(course):
    course.write("settings.toml", "late_per_day = 0.5\n[deadlines]\na1 = 2026-11-02\n")
    course.run("week1", course.hands_in("ada", time="2026-11-02T12:00:00+00:00"))
    assert course.points("ada") == "28"


def test_everyone_of_the_roster_has_a_row_and_a_page(course):
    course.write("roster.csv", ROSTER)
    course.run("week1", course.hands_in("ada1"))
    assert course.points("李雷", "A1 note") == "not handed in"
    assert course.points("Ada Lovelace") == "28"
    assert course.pages() == ["Ada-Lovelace", "Müller-Jürgen", "李雷"]


@pytest.mark.parametrize(
    "found",
    ["ada lovelace", "Lovelace, Ada", "lovelaceada", "s1", "12345", "ADA1", "Ada Byron"],
)
def test_a_student_is_known_by_any_name_or_number_of_the_roster(found, course):
    course.write("roster.csv", ROSTER)
    assert Roster(course.folder / "roster.csv").find(found).name == "Ada Lovelace"


def test_two_students_of_one_name_are_not_taken_for_each_other(course):
    course.write("roster.csv", "name,id\nLi Wei,s1\nLi Wei,s2\n")
    course.run("week1", course.hands_in("Li Wei", known_as=("s2",)), course.hands_in("s1", points=0.5))
    assert sorted(row["A1 (of 32)"] for row in _rows(course)) == ["14", "28"]
    assert len(course.pages()) == 2


def _rows(course):
    course.book()
    return course.rows()


def test_a_stranger_has_a_row_and_a_line_until_the_roster_knows_the_name(course):
    course.write("roster.csv", ROSTER)
    course.run("week1", course.hands_in("Ada B."))
    assert course.book().problems == ["Ada B. is not in roster.csv, or fits several rows of it."]
    assert course.points("Ada B.") == "28"
    course.write("roster.csv", ROSTER.replace("Ada Byron", "Ada B."))
    assert course.book().problems == []
    assert course.points("Ada Lovelace") == "28"


def test_the_page_of_a_renamed_or_removed_student_is_gone(course):
    file = {"digest": "same", "modified": 17}
    course.run("week1", course.hands_in("bob", **file), course.hands_in("ada"))
    assert course.pages() == ["ada", "bob"]
    course.run("week1", course.hands_in("bobby", **file), course.hands_in("ada"))
    assert course.pages() == ["ada", "bobby"]
    course.write("roster.csv", "name\nada\n")
    assert course.pages() == ["ada"]


def test_a_copy_of_another_notebook_takes_nothing_from_its_author(course):
    course.run("download", course.hands_in("bob", digest="same", modified=17))
    course.run("download", course.hands_in("cy", digest="same", modified=99))
    assert course.points("bob") == "28"


def test_a_new_grading_counts_and_the_old_one_is_kept(course):
    course.run("week1", course.hands_in("ada", points=0.5, digest="same"))
    course.run("week1", course.hands_in("ada", points=1.0, digest="same"))
    assert course.points("ada") == "28"
    assert len(list((course.folder / "records").iterdir())) == 2


def test_the_files_for_platforms_have_their_columns(course):
    course.write("roster.csv", ROSTER)
    course.run("week1", course.hands_in("Ada Lovelace"), course.hands_in("李雷"))
    course.write("points.csv", "student,question,points\ns1,a1-words,4\n")
    course.book()
    possible, ada, _, li = course.rows("canvas", "utf-8")
    assert list(ada) == [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "A1 Information and entropy",
    ]
    assert list(possible.values()) == ["    Points Possible", "", "", "", "", "32"]
    assert list(ada.values()) == ["Ada Lovelace", "12345", "s1", "ada1", "", "32"]
    assert li["A1 Information and entropy"] == "", "nothing before a person has read the words"
    assert course.rows("moodle", "utf-8")[0]["Email address"] == "ada@uni.example"
    ada = course.rows("brightspace", "utf-8")[0]
    assert list(ada.values()) == ["s1", "ada1", "32", "#"]
    assert list(ada)[2:] == ["A1 Information and entropy Points Grade", "End-of-Line Indicator"]


def test_a_spreadsheet_reads_names_as_they_are_and_no_formula(course):
    course.run("week1", *(course.hands_in(name) for name in ("Zoë", "=1+1", "\n=2", "＝3")))
    course.book()
    assert (course.folder / "class.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert {row["name"] for row in course.rows()} == {"Zoë", "'=1+1", "'\n=2", "'＝3"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_however_a_spreadsheet_saved_it(encoding, delimiter, tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(
        f"Name{delimiter}ID\r\nJürgen{delimiter}7\r\n{delimiter}\r\n", encoding=encoding, newline=""
    )
    assert read_table(path, "name") == [{"name": "Jürgen", "id": "7"}]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "roster.csv",
            "who\nada\n",
            r"has the columns who; expected one with the name name\. Add",
        ),
        (
            "roster.csv",
            "name,grace\nada,two\n",
            r"has 'two' in the row ada, two; expected a number",
        ),
        ("points.csv", "student,question,points\nada,a1-words,-1\n", r"has '-1' .*; expected a number"),
        ("settings.toml", "attempt = 'last'", r"gives 'last' for attempt; expected best or latest\. Correct"),
        ("settings.toml", "try = 'best'", r"gives {'try'} for a name; expected attempt, late_per_day"),
        ("settings.toml", "late_per_day = 10", r"gives 10 for late_per_day; expected a number from 0 to 1"),
        ("settings.toml", "[deadlines]\na5 = 2026-11-02", r"for deadlines; expected dates such as a1 ="),
        ("settings.toml", "attempt", r"is not TOML .*; expected lines such as attempt"),
    ],
)
def test_a_file_that_a_person_wrote_wrongly_is_explained(name, text, reason, course):
    course.run("week1", course.hands_in("ada"))
    course.write(name, text)
    with pytest.raises(NotUnderstood, match=reason):
        course.book()


def test_the_seed_is_drawn_once_and_kept(tmp_path):
    seed = secret_seed(tmp_path)
    assert seed.bit_length() > 90
    assert secret_seed(tmp_path) == seed
    (tmp_path / "other").mkdir()
    assert secret_seed(tmp_path / "other") != seed


def test_rules_without_a_file_are_the_mildest(tmp_path):
    rules = read_rules(tmp_path / "settings.toml")
    assert (rules.attempt, rules.share(9)) == ("best", 1.0)


def test_a_grading_that_is_damaged_is_said_with_what_to_do(course):
    course.run("week1", hand_in := course.hands_in("ada"))
    course.write(f"records/{hand_in.key}.json", "{")
    (problem,) = course.book().problems
    assert problem.startswith("The grading of ada.ipynb of ada cannot be read. Grade ")
    assert "its grading is damaged" in (course.folder / "feedback" / "ada.html").read_text()


def test_a_file_that_was_broken_and_handed_in_again_is_no_longer_called_unreadable(course):
    broken = course.hands_in("ada", digest="broken")
    record = course.folder / "records" / f"{broken.key}.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "complaint": "it is no notebook"}))
    course.run("week1", broken)
    assert "it is no notebook" in _summary(course)
    course.run("week1", course.hands_in("ada"))
    assert "it is no notebook" not in _summary(course)


def _summary(course):
    course.book()
    return (course.folder / "summary.html").read_text()
