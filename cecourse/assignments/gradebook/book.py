"""The gradebook: for each student and assignment the hand-in that counts, and all its points."""

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from ..questions.catalogue import ASSIGNMENTS
from .facts import HandIn, hand_ins, other_files
from .roster import Roster, Student
from .rules import read_rules
from .tables import number, read_table

BY_HAND = "by hand"


@dataclass(frozen=True)
class Outcome:
    """One student's result in one assignment; without a record, nothing readable was handed in."""

    student: Student
    assignment: str
    hand_in: HandIn | None = None
    record: dict | None = None
    results: list = field(default_factory=list)
    days_late: int = 0
    share: float = 1.0
    others: tuple = ()

    @property
    def of(self):
        return ASSIGNMENTS[self.assignment].points

    @property
    def points(self):
        """Points of all questions, less what lateness costs; a question that nobody has read gives none."""
        return round(self.share * sum(result["points"] or 0 for result in self.results), 2)

    @property
    def open(self):
        """The questions that a person has not read yet."""
        return [result["question"] for result in self.results if result["points"] is None]


class Gradebook:
    """What is known about the class in this folder."""

    def __init__(self, folder):
        self.folder = folder
        self.roster = Roster(folder / "roster.csv")
        self.rules = read_rules(folder / "settings.toml")
        self.other_files = other_files(folder)
        self.problems = []
        read, self._of_student, self.unread = set(), defaultdict(list), defaultdict(list)
        for hand_in in sorted(hand_ins(folder), key=lambda hand_in: hand_in.seen, reverse=True):
            student = self._student(hand_in.student, *hand_in.known_as)
            record = self._record(hand_in)
            place = hand_in.source, hand_in.place
            if record is None or record["complaint"]:
                if place not in read:  # else it was handed in once more, in a better state
                    self.unread[student].append((hand_in, record))
            else:
                read.add(place)
                if record["solutions"]:
                    self.problems.append(
                        f"{student.name} handed in the course's own notebook, with its solutions "
                        f"({hand_in.place}). Decide what it counts, and write the points into points.csv."
                    )
                self._of_student[student].append((hand_in, record))
        self.students = self._students()
        self.points_by_hand = self._points_by_hand()

    def _student(self, *names):
        return self.roster.find(*names) or Student(names[0], listed=not self.roster.exists)

    def _students(self):
        found = {*self._of_student, *self.unread}
        strangers = sorted(student.name for student in found if not student.listed)
        self.problems += [f"{name} is not in roster.csv, or fits several rows of it." for name in strangers]
        return sorted(
            {*self.roster.students, *found}, key=lambda student: (student.name.casefold(), student.name)
        )

    def _record(self, hand_in):
        try:
            return json.loads((self.folder / "records" / f"{hand_in.key}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.problems.append(
                f"The grading of {hand_in.place} of {hand_in.student} cannot be read. Grade "
                f"{hand_in.source} again."
            )

    def _points_by_hand(self):
        """Points and comments that a person gave, by student and question; the last row counts."""
        path, given = self.folder / "points.csv", {}
        strangers = {student.name: student for student in self.students if not student.row}
        for row in read_table(path, "student", "question", "points"):
            student = self.roster.find(row["student"]) or strangers.get(row["student"].removeprefix("'"))
            question = row["question"].casefold()
            if student is None or question not in _most_points():
                self.problems.append(
                    f"points.csv has a row for {row['student']}, {row['question']}; expected a student of "
                    "the class and a question such as a1-words. Correct the row: it counts nothing now."
                )
            elif row["points"] or row.get("comment"):
                points = number(row["points"], path, row) if row["points"] else None
                given[student, question] = (points, row.get("comment", ""))
        return given

    @cached_property
    def assignments(self):
        """The names of the assignments that anyone handed in or that have a deadline."""
        handed_in = {hand_in.assignment for theirs in self._of_student.values() for hand_in, _ in theirs}
        return [name for name in ASSIGNMENTS if name in handed_in or name in self.rules.deadlines]

    def outcome(self, student, assignment):
        """What counts for this student in this assignment."""
        theirs = [
            self._outcome(student, hand_in, record)
            for hand_in, record in self._of_student.get(student, ())
            if hand_in.assignment == assignment
        ]
        if not theirs:
            return Outcome(student, assignment, results=self._only_by_hand(student, assignment))
        ordered = sorted(theirs, key=_in_time)
        by_points = self.rules.attempt == "best"
        counts = max(ordered, key=lambda outcome: outcome.points) if by_points else ordered[-1]
        others = tuple(outcome.hand_in for outcome in ordered if outcome is not counts)
        return replace(counts, others=others)

    def _outcome(self, student, hand_in, record):
        days = self.rules.days_late(hand_in, student.grace)
        words = _by_hand(ASSIGNMENTS[hand_in.assignment].words_id)
        results = [self._with_points(student, result) for result in (*record["questions"], words)]
        return Outcome(student, hand_in.assignment, hand_in, record, results, days, self.rules.share(days))

    def _with_points(self, student, result):
        points, comment = self.points_by_hand.get((student, result["question"]), (None, ""))
        if points is None:
            return {**result, "comment": comment}
        return {**result, "points": points, "status": BY_HAND, "comment": comment}

    def _only_by_hand(self, student, assignment):
        """Points that a person gave to somebody who handed nothing in here, on paper for instance."""
        return [
            {**_by_hand(question), "points": points, "comment": comment}
            for (other, question), (points, comment) in self.points_by_hand.items()
            if other == student and question.startswith(f"{assignment}-") and points is not None
        ]


def _by_hand(question):
    """A result that a person gives, without points yet."""
    result = {"question": question, "of": _most_points()[question], "points": None, "status": BY_HAND}
    return {**result, "mistakes": [], "failure": None, "places": []}


def _in_time(outcome):
    hand_in = outcome.hand_in
    return hand_in.moment, hand_in.attempt, hand_in.seen, hand_in.modified


@cache
def _most_points():
    """The points of every question by its grade id."""
    return {
        **{a.id(question): question.points for a in ASSIGNMENTS.values() for question in a.questions},
        **{a.words_id: a.words_points for a in ASSIGNMENTS.values()},
    }
