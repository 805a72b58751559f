"""Writes the tables of the gradebook: one wide sheet, one row per question, and what platforms import."""

import csv
import io

from ..gradebook.facts import write_aside
from ..questions.catalogue import ASSIGNMENTS

QUESTION_COLUMNS = ("student", "assignment", "question", "points", "of", "status", "mistake", "comment")
FOR_SPREADSHEETS = "utf-8-sig"  # without its mark, a spreadsheet on Windows shows wrong letters


def write(book):
    """Write class.csv, grades.csv and, with a roster, a file for each platform; the path of the first."""
    _save(book.folder / "grades.csv", [(*QUESTION_COLUMNS, "graded in"), *_questions(book)])
    _save(book.folder / "class.csv", _class(book))
    if book.roster.exists:
        for name, table in (("canvas", _canvas), ("moodle", _moodle), ("brightspace", _brightspace)):
            _save(book.folder / f"{name}.csv", table(book), encoding="utf-8")
    return book.folder / "class.csv"


def _save(path, rows, encoding=FOR_SPREADSHEETS):
    text = io.StringIO()
    csv.writer(text).writerows([[_no_formula(cell) for cell in row] for row in rows])
    write_aside(path, text.getvalue(), encoding)


def _no_formula(cell):
    """A text in a form that a spreadsheet does not take for a formula."""
    starts = isinstance(cell, str) and cell.lstrip("\n \u3000")[:1]
    return f"'{cell}" if starts and starts in "=+-@\t\r＝＋－＠" else cell


def _questions(book):
    for student in book.students:
        for hand_in, record in book.unread.get(student, ()):
            why = record["complaint"] if record else "its grading cannot be read"
            yield (student.name, hand_in.assignment, "", "", "", "unreadable", why, "", _graded_in(record))
        for name in book.assignments:
            outcome = book.outcome(student, name)
            if outcome.record is None and not outcome.results:
                yield (student.name, name, "", "", outcome.of, "not handed in", "", "", "")
            for result in outcome.results:
                points = "" if result["points"] is None else f"{result['points']:g}"
                start = (student.name, name, result["question"], points, result["of"], result["status"])
                yield (*start, _mistake(result), result["comment"], _graded_in(outcome.record))


def _graded_in(record):
    return "" if record is None else "no sandbox" if record["trusted"] else "sandbox"


def _mistake(result):
    named = "; ".join(name for name, _ in result["mistakes"])
    if not named and result["failure"] and result["status"] != "not answered":
        named = " ".join(filter(None, [result["failure"]["kind"], result["failure"]["name"]]))
    return named or " ".join(result["places"])


def _class(book):
    """A row per student: what the roster says, points and a note for each assignment, the sum."""
    known = list(dict.fromkeys(column for student in book.roster.students for column in student.facts))
    columns = [column for column in known if column != "name"]
    of = sum(ASSIGNMENTS[name].points for name in book.assignments)
    headings = [
        text
        for name in book.assignments
        for text in (f"{name.upper()} (of {ASSIGNMENTS[name].points})", f"{name.upper()} note")
    ]
    yield ["name", *columns, *headings, f"total (of {of})"]
    for student in book.students:
        outcomes = [book.outcome(student, name) for name in book.assignments]
        cells = [cell for outcome in outcomes for cell in (_shown(outcome), note(outcome))]
        total = sum(outcome.points for outcome in outcomes)
        yield [student.name, *(student.facts.get(column, "") for column in columns), *cells, f"{total:g}"]


def _shown(outcome):
    return f"{outcome.points:g}" if outcome.results else ""


def note(outcome):
    """What a person should know about these points."""
    parts = [] if outcome.hand_in else ["not handed in"]
    if outcome.open:
        parts.append(f"not read yet: {', '.join(outcome.open)}")
    if outcome.days_late:
        parts.append(f"{outcome.days_late} day{'s' * (outcome.days_late > 1)} late")
    if outcome.others:
        parts.append(f"{len(outcome.others)} more handed in")
    return "; ".join(parts)


def _final(outcome):
    """The points for a platform: none before a person has read everything."""
    return "" if outcome.open or not outcome.results else f"{outcome.points:g}"


def _finals(book, student):
    return [_final(book.outcome(student, name)) for name in book.assignments]


def _titles(book):
    return [f"{name.upper()} {ASSIGNMENTS[name].title}" for name in book.assignments]


def _canvas(book):
    """Canvas: five columns that say who, a second row with the points that are possible."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *_titles(book)]
    yield ["    Points Possible", "", "", "", "", *(ASSIGNMENTS[name].points for name in book.assignments)]
    for student in book.roster.students:
        who = (student.facts.get(column, "") for column in ("canvas", "id", "login", "section"))
        yield [student.name, *who, *_finals(book, student)]


def _moodle(book):
    """Moodle: any table with a column that says who, by ID number or e-mail address."""
    yield ["ID number", "Email address", "Full name", *_titles(book)]
    for student in book.roster.students:
        who = (student.facts.get(column, "") for column in ("id", "email"))
        yield [*who, student.name, *_finals(book, student)]


def _brightspace(book):
    """Brightspace: OrgDefinedId and Username, columns that name their kind, a mark at the end of a line."""
    titles = (f"{title} Points Grade" for title in _titles(book))
    yield ["OrgDefinedId", "Username", *titles, "End-of-Line Indicator"]
    for student in book.roster.students:
        who = (student.facts.get(column, "") for column in ("id", "login"))
        yield [*who, *_finals(book, student), "#"]
