"""Reads what students hand in: as data, never as a program, and with limits on size and depth.

The folder holds one notebook or one folder per student. Links, archives and other files are not opened; they
are reported."""

import dataclasses
import hashlib
import os
import re
import stat
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from .questions.catalogue import ASSIGNMENTS
from .sandbox import protocol

LARGEST_FILE = 10 << 20
MOST_CELLS = 1000
LONGEST_SOURCE = 1 << 18
DEEPEST_FOLDER = 3
# Windows has none of these links and pipes.
READ_ONLY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Refused(ValueError):
    """Why a submission is not read, in words for the teaching assistant."""


@dataclass(frozen=True)
class Cell:
    """One cell of a submission; `number` counts from 1, as on the page."""

    number: int
    kind: str
    id: str
    source: str


@dataclass(frozen=True)
class Submission:
    """One student's notebook for one assignment; or, without cells, why there is none.

    `modified` is the file's time in nanoseconds; `known_as`, `time`, `attempt` and `late` say what a platform
    says."""

    student: str
    assignment: str
    place: str
    digest: str
    cells: tuple[Cell, ...] = ()
    complaint: str = ""
    modified: int = 0
    known_as: tuple[str, ...] = ()
    time: str = ""
    attempt: int = 0
    late: bool = False


def collect(folder):
    """Every submission in the folder, readable or not, sorted by student and assignment."""
    submissions = [
        dataclasses.replace(submission, place=os.path.relpath(submission.place, folder))
        for entry in _entries(folder)
        for submission in _of_student(entry, _student(entry))
    ]
    return sorted(submissions, key=lambda s: (s.student, s.assignment, s.place))


def _entries(folder):
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda e: e.name)


def _student(entry):
    name = entry.name if entry.is_dir(follow_symlinks=False) else Path(entry.name).stem
    return unicodedata.normalize("NFC", name)  # as a Mac writes it and as others do


def _of_student(entry, student, depth=0):
    """The submissions in one entry of the folder; other files are reported."""
    if entry.is_symlink():
        yield _refused(student, entry, "it is a link; a submission is a file or a folder")
    elif entry.is_dir(follow_symlinks=False):
        try:
            inside = _entries(entry.path)
        except OSError as error:
            yield _refused(student, entry, f"the folder cannot be opened ({error.strerror})")
            return
        relevant = [item for item in inside if _is_notebook(item) or item.is_dir()]
        if depth == DEEPEST_FOLDER or not relevant:
            yield _refused(student, entry, "the folder holds no notebook")
            return
        for item in relevant:
            yield from _of_student(item, student, depth + 1)
    elif not _is_notebook(entry):
        yield _refused(student, entry, "it is no notebook (.ipynb); unpack archives before grading")
    else:
        yield read_notebook(Path(entry.path), student)


def _is_notebook(entry):
    return entry.name.lower().endswith(".ipynb")


def _refused(student, entry, why, digest=""):
    return Submission(student, "", os.fspath(entry), digest, complaint=why)


def read_notebook(path, student):
    """One notebook as a submission."""
    digest = ""
    try:
        content, modified = _content(path)
        digest = hashlib.sha256(content).hexdigest()
        cells = _cells(content)
        return Submission(student, _assignment(cells), str(path), digest, cells, modified=modified)
    except Refused as refusal:
        return _refused(student, path, str(refusal), digest)


def _content(path):
    """The bytes of a regular file of reasonable size, and its time; opening follows no link and waits for no
    pipe."""
    try:
        descriptor = os.open(path, READ_ONLY)
    except OSError as error:
        raise Refused(f"it cannot be opened ({error.strerror})") from None
    with open(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise Refused("it is no regular file")
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refused(f"it is larger than {LARGEST_FILE >> 20} MB")
    return content, facts.st_mtime_ns


def _cells(content):
    try:
        tree = protocol.parse_json(content)
    except protocol.ProtocolError as error:
        raise Refused(f"it is not the JSON of a notebook ({error})") from None
    if not isinstance(tree, dict):
        raise Refused("it is JSON, but not of a notebook")
    if "worksheets" in tree:
        raise Refused("it is in the old format nbformat 3; open and save it in JupyterLab, and hand that in")
    cells = tree.get("cells")
    if not isinstance(cells, list) or len(cells) > MOST_CELLS:
        raise Refused(f"it has no list of at most {MOST_CELLS} cells")
    cells = tuple(_cell(number, cell) for number, cell in enumerate(cells, 1) if isinstance(cell, dict))
    if sum(len(cell.source) for cell in cells) > LONGEST_SOURCE:
        raise Refused(f"its cells are longer than {LONGEST_SOURCE >> 10} kB together")
    return cells


def _cell(number, tree):
    source = tree.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    kind = tree.get("cell_type")
    kind = {"code": "code", "raw": "raw"}.get(kind if isinstance(kind, str) else "", "Markdown")
    return Cell(number, kind, _grade_id(tree), source if isinstance(source, str) else "")


def _grade_id(tree):
    node = tree
    for key in ("metadata", "nbgrader", "grade_id"):
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, str) else ""


def _assignment(cells):
    """The assignment to which most grade ids belong, or else most of the names that are defined."""
    votes = defaultdict(int)
    for cell in cells:
        for name, assignment in ASSIGNMENTS.items():
            votes[name] += 10 * cell.id.startswith(f"{name}-")
            votes[name] += sum(_defines(cell, question.name) for question in assignment.questions)
    best = max(votes, key=votes.get, default="")
    if not votes[best]:
        raise Refused("none of its cells answers a question of an assignment")
    return best


def _defines(cell, name):
    return cell.kind == "code" and bool(re.search(rf"^(def {name}\b|{name} *=)", cell.source, re.MULTILINE))
