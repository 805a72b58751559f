"""Writes what people read: a table of grades, a page of feedback for each student, a page about the class."""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from itertools import accumulate
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..questions.catalogue import ASSIGNMENTS
from ..release import TEXT_STUB

COLUMNS = ("student", "assignment", "question", "points", "of", "status", "mistake", "graded in")
STATUSES = ("right", "partly right", "wrong", "failed", "not answered")
LONGEST_WORDS = 20000
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write(records, folder):
    """Write grades.csv, feedback/*.html and summary.html; the paths of the first and the last."""
    folder = Path(folder)
    table, summary = folder / "grades.csv", folder / "summary.html"
    (folder / "feedback").mkdir(parents=True, exist_ok=True)
    with open(table, "w", newline="", encoding="utf-8", errors="replace") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows(row for record in records for row in _rows(record))
    of_student = defaultdict(list)
    for record in sorted(records, key=lambda record: record["student"].casefold()):
        of_student[record["student"]].append(record)
    for student, theirs in of_student.items():
        page = folder / "feedback" / f"{slug(student)}.html"
        _save(page, "feedback.html", title=f"Feedback for {student}", records=map(_feedback, theirs))
    _save(summary, "class.html", title="Grades of the class", **_class(records, of_student))
    return table, summary


def slug(student):
    """A file name for a student: plain letters, and a digest where that loses anything."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", student).strip("-")[:40]
    # A name that ends like a digest could be that of another student's page.
    if plain and plain == student and not re.search(r"-[0-9a-f]{8}$", plain):
        return plain
    digest = hashlib.sha256(student.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"{plain}-{digest}".lstrip("-")


def _save(path, template, **content):
    text = TEMPLATES.get_template(template).render(content)
    path.write_text(text, encoding="utf-8", errors="replace")


def _rows(record):
    student = _no_formula(record["student"])
    graded_in = "no sandbox" if record["trusted"] else "sandbox"
    if record["complaint"]:
        yield student, record["assignment"], "", "", "", "unreadable", record["complaint"], graded_in
        return
    for result in record["questions"]:
        named = "; ".join(name for name, _ in result["mistakes"])
        if not named and result["failure"] and result["status"] != "not answered":
            named = result["failure"]["kind"]
        if len(result["answer_cells"]) > 1 and result["status"] != "right":
            named = "; ".join(filter(None, [named, f"{len(result['answer_cells'])} answer cells"]))
        status, points = result["status"], f"{result['points']:g}"
        yield (
            student,
            record["assignment"],
            result["question"],
            points,
            result["of"],
            status,
            named,
            graded_in,
        )
    assignment = ASSIGNMENTS[record["assignment"]]
    yield (
        student,
        record["assignment"],
        assignment.words_id,
        "",
        assignment.words_points,
        "by hand",
        "",
        graded_in,
    )


def _no_formula(text):
    """The name in a form that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _feedback(record):
    """What the template of a student's page needs of one record."""
    words = record.get("words", "")
    return {
        **record,
        "assignment": ASSIGNMENTS.get(record["assignment"]),
        "points": _points(record),
        "words": "" if words.strip() == TEXT_STUB else words[:LONGEST_WORDS].rstrip(),
        "questions": [{**result, "name": _name(result)} for result in record["questions"]],
    }


def _name(result):
    """The name that students define, from the grade id."""
    return result["question"].partition("-")[2].replace("-", "_")


def _points(record):
    if record["complaint"]:
        return "not readable"
    of = sum(result["of"] for result in record["questions"])
    return f"{sum(result['points'] for result in record['questions']):g} of {of}"


def _class(records, of_student):
    """What the template of the page about the class needs."""
    graded = [record for record in records if not record["complaint"]]
    of_assignment = {
        name: [record for record in graded if record["assignment"] == name] for name in ASSIGNMENTS
    }
    return {
        "notebooks": len(graded),
        "unread": [record for record in records if record["complaint"]],
        "assignments": [_assignment(ASSIGNMENTS[name], rs) for name, rs in of_assignment.items() if rs],
        "columns": [name for name in ASSIGNMENTS if any(record["assignment"] == name for record in records)],
        "students": [_student(name, theirs) for name, theirs in of_student.items()],
    }


def _student(name, records):
    return {
        "name": name,
        "page": f"{slug(name)}.html",
        "unreadable": not all(record["assignment"] for record in records),
        "points": defaultdict(str, {record["assignment"]: _points(record) for record in records}),
    }


def _assignment(assignment, records):
    """The results of the class in one assignment, question by question."""
    reached = sum(result["points"] for record in records for result in record["questions"])
    by_question = zip(*(record["questions"] for record in records), strict=True)
    return {
        "name": assignment.name,
        "title": assignment.title,
        "notebooks": len(records),
        "average": reached / len(records),
        "of": assignment.points - assignment.words_points,
        "words_points": assignment.words_points,
        "questions": [_question(results) for results in by_question],
    }


def _question(results):
    counts = Counter(result["status"] for result in results)
    shares = [counts[status] / len(results) for status in STATUSES]
    starts = accumulate(shares, initial=0)
    return {
        "name": _name(results[0]),
        "bars": [
            {"status": status, "count": counts[status], "start": start, "share": share}
            for status, start, share in zip(STATUSES, starts, shares, strict=False)
        ],
        "mistakes": Counter(name for result in results for name, _ in result["mistakes"]).most_common(),
    }
