"""Grades submissions, several at a time; a submission that was graded before is not graded again."""

import contextlib
import fcntl
import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from . import cluster
from .execution import run_submission
from .judging import judge
from .questions.catalogue import ASSIGNMENTS
from .sandbox.protocol import Failure
from .sandbox.sandbox import Limits, all_killed, why_unavailable


@dataclass(frozen=True)
class Settings:
    """What decides about a grade besides the submission."""

    seed: int = 0
    limits: Limits = field(default_factory=Limits)


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
    replies, failures = run_submission(submission, assignment, settings.seed, settings.limits)
    written = _text(submission)
    for question in assignment.questions:
        verdict = judge(question, replies[question.name], settings.seed)
        record["questions"].append(
            {
                "question": assignment.id(question),
                "points": verdict.points,
                "of": question.points,
                "status": verdict.status,
                "mistakes": [[mistake.name, mistake.help] for mistake in verdict.mistakes],
                "answer_cells": _answer_cells(submission, assignment.id(question)),
                "failure": _failure_record(verdict.failure, submission, written),
            }
        )
    record["cells"] = [
        {"cell": number, "failure": _failure_record(failure, submission, written)}
        for number, failure in sorted(failures.items())
        if failure.kind != "NotImplementedError"
    ]
    record["words"] = "\n\n".join(cell.source for cell in submission.cells if cell.id == assignment.words_id)
    record["words_of"] = assignment.words_points
    return record


def _answer_cells(submission, grade_id):
    return [cell.number for cell in submission.cells if cell.id == grade_id and cell.kind == "code"]


def _text(submission):
    return " ".join(cell.source for cell in submission.cells)


def _failure_record(failure, submission, written):
    """A failure as data for the page; a name is kept only if the student wrote it."""
    if not isinstance(failure, Failure):
        return None
    lines = next((c.source.splitlines() for c in submission.cells if c.number == failure.cell), [])
    line = lines[failure.line - 1] if 0 < failure.line <= len(lines) else ""
    name = failure.name if failure.name and failure.name in written else ""
    return {"kind": failure.kind, "cell": failure.cell, "line": failure.line, "text": line, "name": name}


def key(submission, settings):
    """What a grade depends on, as one digest: the same key, the same grade."""
    parts = [submission.student, submission.assignment, submission.place]
    parts += [submission.digest, submission.complaint]
    parts += [settings.seed, asdict(settings.limits), program_digest()]
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
    with contextlib.ExitStack() as stack:
        with explain_write_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(open(folder.with_name(f"{folder.name}.lock"), "w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotWritten(
                f"{folder} is being written by another run; expected one at a time. Wait until it is over, "
                "or give another folder (--out)."
            ) from None
        yield


def grade_all(submissions, settings, folder, workers=None, scheduler=None, progress=print):
    """Grade what has no record in the folder yet; all records, in the order of the submissions."""
    folder = Path(folder)
    workers = workers or 2 * (os.cpu_count() or 1)  # some submissions sleep
    grade_some = _on_threads(workers) if scheduler is None else _on_cluster(scheduler)
    with locked(folder):
        records = {s.place: _stored(folder, s, settings) for s in submissions}
        left = [s for s in submissions if records[s.place] is None]
        progress(len(submissions) - len(left), len(submissions))
        with contextlib.closing(grade_some(left, settings)) as finished:
            for done, record in enumerate(finished, len(submissions) - len(left) + 1):
                records[record["place"]] = record
                with explain_write_errors(folder):
                    _store(folder, record)
                progress(done, len(submissions))
    return list(records.values()), len(left)


def _on_threads(workers):
    """Grade on threads, each of which waits for a sandbox that does the work."""

    def grade_some(submissions, settings):
        with ThreadPoolExecutor(workers) as pool:
            try:
                for task in as_completed([pool.submit(grade, each, settings) for each in submissions]):
                    yield task.result()
            except BaseException:
                with all_killed():
                    pool.shutdown(cancel_futures=True)
                raise

    return grade_some


def _on_cluster(address):
    """Grade on a cluster of dask.distributed."""

    def grade_some(submissions, settings):
        tasks = {f"grade-{key(each, settings)}": (each, settings) for each in submissions}
        check = (missing_on_worker, settings, program_digest())
        for name, result in cluster.map_tasks(address, grade, tasks, check):
            yield result if isinstance(result, dict) else _failed(*tasks[name], result)

    return grade_some


def missing_on_worker(settings, expected):
    """What this machine lacks to grade like the one whose program has this digest, or None."""
    if program_digest() != expected:
        return (
            "It has another version of the course; expected the version where grading was started. Install "
            "that version on each worker."
        )
    return why_unavailable(settings.limits)


def _path(folder, place):
    return folder / f"{hashlib.sha256(place.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.json"


def _stored(folder, submission, settings):
    try:
        record = json.loads(_path(folder, submission.place).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if record["key"] == key(submission, settings) else None


def _store(folder, record):
    """Write to another name and move: no half-written record is ever read."""
    path = _path(folder, record["place"])
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps(record), encoding="utf-8")
    aside.replace(path)
