"""Reads what students hand in: as data, never as a program, and with limits on size and depth.

A download is a folder or a zip with one notebook, folder or zip per student, under the names that platforms
give. Links and other files are not opened; they are reported."""

import contextlib
import dataclasses
import hashlib
import os
import re
import stat
import tempfile
import time as clock
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from .layouts import as_moment, github_owner, gradescope_owners, is_of_a_platform, owner
from .questions.catalogue import ASSIGNMENTS
from .sandbox import protocol

LARGEST_FILE = 50 << 20  # with the pictures and prints of a long session
MOST_FILES = 100_000
MOST_CELLS = 1000
LONGEST_SOURCE = 1 << 18
DEEPEST_FOLDER = 6
NO_ANSWER = "none of its cells answers a question of an assignment"
METADATA, TIMESTAMP = "submission_metadata.yml", "timestamp.txt"
OF_A_SYSTEM = ("__MACOSX", "Thumbs.db", "desktop.ini")
OF_THE_DOWNLOAD = (".csv", ".html", ".yml", ".yaml", ".txt", ".toml", ".md")
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


def collect(path):
    """Every submission in a download, readable or not, sorted by student and assignment."""
    return read_download(path)[0]


def read_download(path):
    """The submissions in a folder or zip as it was downloaded; and of all else the place and what it is."""
    path, submissions, other = Path(path), [], []
    with contextlib.ExitStack() as unpacked:
        folder = path if path.is_dir() else unpack(path, unpacked)
        for entry, place, owner in _students(folder, other):
            found = list(_of_student(entry, place, owner.student, other, unpacked))
            read = [submission for submission in found if submission.assignment]
            for each in found:
                if read and each.complaint == NO_ANSWER:
                    other.append((each.place, NO_ANSWER))
                else:
                    facts = {name: getattr(owner, name) for name in ("known_as", "attempt", "late")}
                    submissions.append(dataclasses.replace(each, **facts, time=owner.time or each.time))
    return sorted(submissions, key=lambda s: (s.student, s.assignment, s.place)), sorted(other)


def _entries(folder):
    with os.scandir(folder) as entries:
        kept = (
            entry for entry in entries if not entry.name.startswith(".") and entry.name not in OF_A_SYSTEM
        )
        return sorted(kept, key=lambda entry: entry.name)


def _students(folder, other):
    """The entries of a download that are a student's: each with its place and its owner."""
    entries, above = _entries(folder), ""
    while len(entries) == 1 and _holds_students(entries[0]):
        above = f"{above}{entries[0].name}/"
        entries = _entries(entries[0].path)
    listed = _gradescope(entries)
    cloned = [entry.name for entry in entries if os.path.isdir(os.path.join(entry.path, ".git"))]
    for entry in entries:
        name, place = unicodedata.normalize("NFC", entry.name), above + entry.name  # as a Mac writes it
        if entry.name in listed:
            yield entry, place, listed[entry.name]
        elif entry.name in cloned:
            yield entry, place, github_owner(name, cloned)
        elif entry.is_file(follow_symlinks=False) and Path(name).suffix.lower() in OF_THE_DOWNLOAD:
            if is_of_a_platform(name):
                yield entry, place, owner(name, name)
            else:
                other.append((place, "it is no notebook"))
        else:
            is_folder = entry.is_dir(follow_symlinks=False)
            yield entry, place, owner(name, name if is_folder else Path(name).stem)


def _holds_students(entry):
    """Whether a folder that stands alone is that of the class, not of one student."""
    if not entry.is_dir(follow_symlinks=False) or is_of_a_platform(entry.name):
        return False
    inside = _entries(entry.path)
    folders = [item for item in inside if item.is_dir(follow_symlinks=False)]
    names = [item.name for item in inside]
    only_folders = len(folders) > 1 and len(folders) == len(inside) and not set(names) <= set(ASSIGNMENTS)
    return METADATA in names or any(map(is_of_a_platform, names)) or only_folders


def _gradescope(entries):
    """The owners of the folders, where a Gradescope export says them."""
    for entry in entries:
        if entry.name == METADATA and entry.is_file(follow_symlinks=False):
            return gradescope_owners(_content(entry.path)[0].decode("utf-8", errors="replace"))
    return {}


def _of_student(entry, place, student, other, unpacked, depth=0):
    """The submissions in one entry of a download; files besides notebooks are noted."""
    if entry.is_symlink():
        yield _refused(student, place, "it is a link; a submission is a file or a folder")
    elif entry.is_dir(follow_symlinks=False):
        yield from _of_folder(entry.path, place, student, other, unpacked, depth)
    elif entry.name.lower().endswith(".zip"):
        try:
            folder = unpack(entry.path, unpacked)
        except Refused as refusal:
            yield _refused(student, place, str(refusal))
        else:
            yield from _of_folder(folder, place, student, other, unpacked, depth)
    elif not _is_notebook(entry):
        yield _refused(student, place, "it is no notebook (.ipynb)")
    else:
        yield dataclasses.replace(read_notebook(Path(entry.path), student), place=place)


def _of_folder(folder, place, student, other, unpacked, depth):
    try:
        inside = _entries(folder)
    except OSError as error:
        yield _refused(student, place, f"the folder cannot be opened ({error.strerror})")
        return
    relevant = [item for item in inside if _may_hold_a_notebook(item)]
    if depth == DEEPEST_FOLDER or not relevant:
        yield _refused(student, place, "the folder holds no notebook")
        return
    if rest := [item.name for item in inside if item not in relevant and item.name != TIMESTAMP]:
        other.append((place, f"besides notebooks: {', '.join(rest[:20])}{', ...' if len(rest) > 20 else ''}"))
    time = _timestamp(inside)
    for item in relevant:
        for found in _of_student(item, f"{place}/{item.name}", student, other, unpacked, depth + 1):
            empty = depth + 1 and found.complaint == "the folder holds no notebook"
            if empty and len(relevant) > 1:
                other.append((found.place, found.complaint))
            else:
                yield dataclasses.replace(found, time=found.time or time)


def _may_hold_a_notebook(item):
    return _is_notebook(item) or item.is_dir() or item.name.lower().endswith(".zip")


def _timestamp(inside):
    """When nbgrader says that a folder was handed in."""
    for item in inside:
        if item.name == TIMESTAMP and item.is_file(follow_symlinks=False):
            return as_moment(_content(item.path)[0][:100].decode("ascii", errors="replace").strip())
    return ""


def _is_notebook(entry):
    return entry.name.lower().endswith(".ipynb")


def _refused(student, place, why, digest=""):
    return Submission(student, "", str(place), digest, complaint=why)


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
        raise Refused(NO_ANSWER)
    return best


def _defines(cell, name):
    return cell.kind == "code" and bool(re.search(rf"^(def {name}\b|{name} *=)", cell.source, re.MULTILINE))


def unpack(path, until):
    """A folder with the files of a zip, which goes when `until` is closed; Refused for what is no zip.

    Names lead nowhere else; files that are not read are empty, too large ones have only their size."""
    folder = Path(until.enter_context(tempfile.TemporaryDirectory(prefix="cecourse-")))
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                raise Refused(f"it is a zip of more than {MOST_FILES} files")
            for entry in entries:
                _unpack_one(archive, entry, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise Refused(f"it cannot be opened as a zip ({error})") from None
    return folder


def _unpack_one(archive, entry, folder):
    parts = [part for part in re.split(r"[/\\\\]", _name_in_zip(entry)) if part not in ("", ".", "..")]
    if not parts or stat.S_ISLNK(entry.external_attr >> 16):
        return
    target = folder.joinpath(*(part.replace("\0", "")[:200] for part in parts))
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    while target.exists():  # a zip may hold a name twice
        target = target.with_name(f"again {target.name}")
    with open(target, "wb") as file:
        if entry.file_size > LARGEST_FILE:
            file.truncate(entry.file_size)
        elif target.name.lower().endswith((".ipynb", ".zip", METADATA, TIMESTAMP)):
            with archive.open(entry) as content:
                file.write(content.read(LARGEST_FILE + 1))
    with contextlib.suppress(ValueError, OverflowError):
        seconds = clock.mktime((*entry.date_time, 0, 0, -1))
        os.utime(target, (seconds, seconds))


def _name_in_zip(entry):
    """The name in UTF-8, which many programs write without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
