"""Writes the pages that people read: one of feedback for each student, and one about the class."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from itertools import accumulate
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..gradebook.book import BY_HAND
from ..gradebook.facts import write_aside
from ..questions.catalogue import ASSIGNMENTS
from .sheets import note

STATUSES = ("right", "partly right", "wrong", "failed", "not answered", BY_HAND)
LONGEST_WORDS = 20000
LONGEST_NAME = 40
NOT_ON_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def write(book):
    """Write summary.html and feedback/*.html, remove the pages of students who are gone; the first's path."""
    feedback, summary = book.folder / "feedback", book.folder / "summary.html"
    feedback.mkdir(parents=True, exist_ok=True)
    students = [student for student in book.students if student.listed]
    pages = page_names(students)
    for student in students:
        _save(
            feedback / pages[student],
            "feedback.html",
            title=f"Feedback for {student.name}",
            **_feedback(book, student),
        )
    for old in feedback.glob("*.html"):
        if unicodedata.normalize("NFC", old.name) not in pages.values():
            old.unlink()
    _save(summary, "class.html", title="Grades of the class", **_class(book, pages))
    return summary


def page_names(students):
    """A file name for each student, in whatever script; with a digest where two would be the same."""
    plain = {student: _plain(student.name) for student in students}
    count = Counter(name.casefold() for name in plain.values())
    return {
        student: f"{name}.html" if name and count[name.casefold()] == 1 else f"{name}-{_digest(student)}.html"
        for student, name in plain.items()
    }


def _plain(name):
    """The letters, digits and hyphens of a name; nothing where a system would refuse it."""
    letters = (letter if unicodedata.category(letter)[0] in "LNM" else "-" for letter in name)
    plain = re.sub("-+", "-", unicodedata.normalize("NFC", "".join(letters)))[:LONGEST_NAME].strip("-")
    # A name that ends like a digest could be that of another student's page.
    ends_like_one = re.search(r"-[0-9a-f]{8}$", plain)
    return "" if NOT_ON_WINDOWS.fullmatch(plain) or ends_like_one else plain


def _digest(student):
    text = f"{student.name}\n{student.row}".encode("utf-8", "surrogateescape")
    return hashlib.sha256(text).hexdigest()[:8]


def _save(path, template, **content):
    write_aside(path, TEMPLATES.get_template(template).render(content, today=date.today().isoformat()))


def _feedback(book, student):
    """What the template of a student's page needs."""
    outcomes = [book.outcome(student, name) for name in book.assignments]
    return {
        "unread": book.unread.get(student, ()),
        "outcomes": [_outcome(outcome) for outcome in outcomes],
        "total": sum(outcome.points for outcome in outcomes),
        "of": sum(outcome.of for outcome in outcomes),
        "open": any(outcome.open for outcome in outcomes),
    }


def _outcome(outcome):
    words = outcome.record["words"] if outcome.record else ""
    return {
        "assignment": ASSIGNMENTS[outcome.assignment],
        "outcome": outcome,
        "trusted": bool(outcome.record and outcome.record["trusted"]),
        "cells": outcome.record["cells"] if outcome.record else [],
        "words": words[:LONGEST_WORDS].rstrip(),
        "questions": [{**result, "name": _name(result)} for result in outcome.results],
    }


def _name(result):
    """The name that students define, from the grade id."""
    return result["question"].partition("-")[2].replace("-", "_")


def _class(book, pages):
    """What the template of the page about the class needs."""
    outcomes = {
        name: [o for student in book.students if (o := book.outcome(student, name)).record]
        for name in book.assignments
    }
    return {
        "unread": [(student, *each) for student, theirs in book.unread.items() for each in theirs],
        "problems": book.problems,
        "other_files": book.other_files,
        "assignments": [
            _assignment(ASSIGNMENTS[name], theirs, pages) for name, theirs in outcomes.items() if theirs
        ],
        "columns": [ASSIGNMENTS[name] for name in book.assignments],
        "students": [_student(book, student, pages) for student in book.students],
    }


def _student(book, student, pages):
    outcomes = [book.outcome(student, name) for name in book.assignments]
    return {
        "name": student.name,
        "page": pages.get(student),
        "outcomes": [_shown(outcome) for outcome in outcomes],
        "total": sum(outcome.points for outcome in outcomes),
        "unreadable": student in book.unread,
        "others": [hand_in.place for outcome in outcomes for hand_in in outcome.others],
    }


def _shown(outcome):
    points = f"{outcome.points:g}" if outcome.results else ""
    return {"name": outcome.assignment.upper(), "points": points, "note": note(outcome)}


def _assignment(assignment, outcomes, pages):
    """The results of the class in one assignment, question by question."""
    answered = defaultdict(list)
    for outcome in outcomes:
        for result in outcome.results:
            answered[result["question"]].append((outcome.student, result))
    words = answered.pop(assignment.words_id)
    return {
        "name": assignment.name,
        "title": assignment.title,
        "notebooks": len(outcomes),
        "average": sum(outcome.points for outcome in outcomes) / len(outcomes),
        "of": assignment.points,
        "unread_words": sum(result["points"] is None for _, result in words),
        "words_id": assignment.words_id,
        "questions": [_question(results, pages) for results in answered.values()],
    }


def _question(answered, pages):
    results = [result for _, result in answered]
    counts = Counter(result["status"] for result in results)
    shares = [counts[status] / len(results) for status in STATUSES]
    starts = accumulate(shares, initial=0)
    return {
        "name": _name(results[0]),
        "bars": [
            {"status": status, "count": counts[status], "start": start, "share": share}
            for status, start, share in zip(STATUSES, starts, shares, strict=False)
        ],
        "causes": _causes(answered, pages),
    }


def _causes(answered, pages):
    """Why answers are not right, the most frequent cause first, with the students and their pages."""
    found = defaultdict(list)
    for student, result in answered:
        failure = result["failure"] or {}
        stopped = " ".join(filter(None, [failure.get("kind"), failure.get("name")]))
        if result["status"] == "failed":
            found[f"stops with {stopped}"].append(student)
        elif result["mistakes"]:
            for name, _ in result["mistakes"]:
                found[name].append(student)
        elif result["status"] in ("wrong", "partly right"):
            found["none of the usual mistakes"].append(student)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return [(name, [(each.name, pages.get(each)) for each in students]) for name, students in ordered]
