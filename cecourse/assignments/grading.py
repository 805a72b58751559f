"""Grades submissions, several at a time; a submission that was graded before is not graded again."""

import contextlib
import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from . import cluster
from .diagnosis import places, written_answer
from .execution import run_submission
from .gradebook.facts import HandIn, add_run, write_aside
from .judging import judge
from .questions.catalogue import ASSIGNMENTS
from .sandbox.protocol import Failure
from .sandbox.sandbox import Limits, all_killed, why_unavailable

# What stands in the course's own notebooks and in none that is handed out.
SOLUTIONS = re.compile(r"^\s*(### (BEGIN|END) (SOLUTION|HIDDEN TESTS)|expect_right\()", re.MULTILINE)


@dataclass(frozen=True)
class Settings:
    """What decides about a grade besides the submission."""

    seed: int = 0
    limits: Limits = field(default_factory=Limits)
    own_inputs: bool = False  # each hand-in gets hidden inputs of its own

    def seed_of(self, submission):
        """The seed of the hidden inputs of one submission."""
        if not self.own_inputs:
            return self.seed
        text = json.dumps([self.seed, submission.student, submission.digest])
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16])


def grade(submission, settings):
    """The record of one submission: plain data, the same wherever and whenever it is made."""
    record = _record(submission, settings)
    if submission.complaint:
        return record
    try:
        return {**record, **_judged(submission, settings)}
    except Exception as error:  # one submission must not stop the others
        return _failed(submission, settings, error)


def _record(submission, settings):
    return {
        "student": submission.student,
        "assignment": submission.assignment,
        "place": submission.place,
        "complaint": submission.complaint,
        "trusted": settings.limits.trusted,
        "key": key(submission, settings),
        "questions": [],
        "cells": [],
    }


def _failed(submission, settings, error):
    """A record without a key, so that the submission is graded again the next time."""
    return {**_record(submission, settings), "complaint": f"the grader failed: {error!r}", "key": ""}


def _judged(submission, settings):
    """The points and mistakes of a submission that could be read."""
    record = {"questions": []}
    assignment = ASSIGNMENTS[submission.assignment]
    seed, where = settings.seed_of(submission), places(submission.cells, assignment)
    replies, failures = run_submission(submission, assignment, seed, settings.limits)
    for question in assignment.questions:
        verdict = judge(question, replies[question.name], seed)
        record["questions"].append(
            {
                "question": assignment.id(question),
                "points": verdict.points,
                "of": question.points,
                "status": verdict.status,
                "mistakes": [[mistake.name, mistake.help] for mistake in verdict.mistakes],
                "places": [] if verdict.status == "right" else where[assignment.id(question)],
                "failure": _failure_record(verdict.failure, submission, question.name),
            }
        )
    record["cells"] = [
        {"cell": number, "failure": _failure_record(failure, submission)}
        for number, failure in sorted(failures.items())
        if failure.kind != "NotImplementedError"
    ]
    record["words"] = written_answer(submission.cells, assignment.words_id)
    record["words_of"] = assignment.words_points
    record["solutions"] = any(SOLUTIONS.search(cell.source) for cell in submission.cells)
    return record


def _failure_record(failure, submission, asked=""):
    """A failure as data for the page. It may be forged to carry hidden inputs out: a line is kept if the
    submission has it, a name if it stands in that line or is the one that was asked for."""
    if not isinstance(failure, Failure):
        return None
    lines = next((c.source.splitlines() for c in submission.cells if c.number == failure.cell), [])
    line = min(failure.line, len(lines))  # a line that is missing at the end is counted one too far
    cell = failure.cell if line > 0 else 0
    text = lines[line - 1] if cell else ""
    name = failure.name if failure.name and failure.name in {asked, *_names(text)} else ""
    return {"kind": failure.kind, "cell": cell, "line": line if cell else 0, "text": text, "name": name}


def _names(line):
    """The names in a line of code, dotted ones with each of their beginnings."""
    for name in re.findall(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*", line):
        parts = name.split(".")
        yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))
        yield from parts


def key(submission, settings):
    """What a grade depends on, as one digest: the same key, the same grade."""
    parts = [submission.student, submission.assignment, submission.digest, submission.complaint]
    parts += [submission.place] if submission.complaint else []
    parts += [settings.seed, settings.own_inputs, asdict(settings.limits), program_digest()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def program_digest():
    """A digest of the grader and of the functions it takes as references."""
    here = Path(__file__).parent
    files = sorted([*here.rglob("*.py"), *here.parent.glob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


# Many submissions


class NotWritten(Exception):
    """A file of the grades that cannot be written, in words for the teaching assistant."""


@contextlib.contextmanager
def explain_write_errors(folder):
    """Turn an error while writing to the folder of the grades into NotWritten."""
    try:
        yield
    except OSError as error:
        raise NotWritten(
            f"{error.filename or folder} cannot be written ({error.strerror}); expected a folder of your own "
            "with some room. Make room or give another folder (--out), and start again: what is graded stays."
        ) from None


@contextlib.contextmanager
def locked(folder):
    """Lock the folder, so that no other run writes to it; the lock of a killed run is released."""
    import fcntl  # which Windows lacks, where the other commands work

    with contextlib.ExitStack() as stack:
        with explain_write_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(open(folder / ".lock", "w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotWritten(
                f"{folder} is being written by another run; expected one at a time. Wait until it is over, "
                "or give another folder (--out)."
            ) from None
        yield


def grade_all(submissions, settings, folder, workers=None, scheduler=None, progress=print):
    """Grade what has no record in the folder yet; all records, in the order of the submissions, and how many
    are new."""
    folder = Path(folder)
    workers = workers or 2 * (os.cpu_count() or 1)  # some submissions sleep
    grade_some = _on_threads(workers) if scheduler is None else _on_cluster(scheduler)
    with explain_write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    keys = [key(submission, settings) for submission in submissions]
    records = {name: _stored(folder, name) for name in keys}
    left = {name: s for name, s in zip(keys, submissions, strict=True) if records[name] is None}
    progress(len(records) - len(left), len(records))
    with contextlib.closing(grade_some(left, settings)) as finished:
        for done, (name, record) in enumerate(finished, len(records) - len(left) + 1):
            records[name] = record
            with explain_write_errors(folder):
                write_aside(_path(folder, name), json.dumps(record))
            progress(done, len(records))
    return [{**records[name], "place": s.place} for name, s in zip(keys, submissions, strict=True)], len(left)


def grade_download(submissions, source, folder, settings, other=(), **how):
    """Grade a download into the gradebook of this folder, and note what the download held."""
    records, anew = grade_all(submissions, settings, Path(folder) / "records", **how)
    with explain_write_errors(folder):
        add_run(Path(folder), source, [_hand_in(s, settings) for s in submissions], list(other))
    return records, anew


def _hand_in(submission, settings):
    """A submission as a fact of the gradebook."""
    taken = ("student", "known_as", "assignment", "place", "digest", "modified", "time", "attempt", "late")
    return HandIn(**{name: getattr(submission, name) for name in taken}, key=key(submission, settings))


def _on_threads(workers):
    """Grade on threads, each of which waits for a sandbox that does the work."""

    def grade_some(submissions, settings):
        with ThreadPoolExecutor(workers) as pool:
            try:
                tasks = {pool.submit(grade, each, settings): name for name, each in submissions.items()}
                for task in as_completed(tasks):
                    yield tasks[task], task.result()
            except BaseException:
                with all_killed():
                    pool.shutdown(cancel_futures=True)
                raise

    return grade_some


def _on_cluster(address):
    """Grade on a cluster of dask.distributed."""

    def grade_some(submissions, settings):
        tasks = {name: (each, settings) for name, each in submissions.items()}
        check = (missing_on_worker, settings, program_digest())
        for name, result in cluster.map_tasks(address, grade, tasks, check):
            yield name, result if isinstance(result, dict) else _failed(*tasks[name], result)

    return grade_some


def missing_on_worker(settings, expected):
    """What this machine lacks to grade like the one whose program has this digest, or None."""
    if program_digest() != expected:
        return (
            "It has another version of the course; expected the version where grading was started. Install "
            "that version on each worker."
        )
    return why_unavailable(settings.limits)


def _path(folder, name):
    return folder / f"{name}.json"


def _stored(folder, name):
    try:
        record = json.loads(_path(folder, name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if record["key"] == name else None
