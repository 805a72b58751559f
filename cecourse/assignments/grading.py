"""Grading: one submission at a time, many at once, and never the same one twice."""

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
from .execution import replies_of
from .judging import judge
from .questions.catalogue import ASSIGNMENTS
from .sandbox.protocol import Failure
from .sandbox.sandbox import Limits, abandoned, complaint


@dataclass(frozen=True)
class Settings:
    """What decides about a grade besides the submission."""

    seed: int = 0
    limits: Limits = field(default_factory=Limits)


def graded(submission, settings):
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
    """Without a key it is tried again the next time."""
    return {**_record(submission, settings), "complaint": f"the grader failed: {error!r}", "key": ""}


def _judged(submission, settings):
    """What the answers of a submission are worth."""
    record = {"questions": []}
    assignment = ASSIGNMENTS[submission.assignment]
    replies, failures = replies_of(submission, assignment, settings.seed, settings.limits)
    names = _words_of(submission)
    for question in assignment.questions:
        verdict = judge(question, replies[question.name], settings.seed)
        record["questions"].append(
            {
                "question": assignment.id(question),
                "points": verdict.points,
                "of": question.points,
                "status": verdict.status,
                "mistakes": [[mistake.name, mistake.help] for mistake in verdict.mistakes],
                "failure": _told(verdict.failure, submission, names),
            }
        )
    record["cells"] = [
        {"cell": number, "failure": _told(failure, submission, names)}
        for number, failure in sorted(failures.items())
        if failure.kind != "NotImplementedError"
    ]
    record["words"] = "\n\n".join(cell.source for cell in submission.cells if cell.id == assignment.words_id)
    record["words_of"] = assignment.words_points
    return record


def _words_of(submission):
    return " ".join(cell.source for cell in submission.cells)


def _told(failure, submission, words):
    """A failure as data for the page; a name is told only if the student wrote it."""
    if not isinstance(failure, Failure):
        return None
    lines = next((c.source.splitlines() for c in submission.cells if c.number == failure.cell), [])
    line = lines[failure.line - 1] if 0 < failure.line <= len(lines) else ""
    name = failure.name if failure.name and failure.name in words else ""
    return {"kind": failure.kind, "cell": failure.cell, "line": failure.line, "text": line, "name": name}


def key(submission, settings):
    """What a grade depends on, as one digest: the same key, the same grade."""
    parts = [submission.student, submission.assignment, submission.place]
    parts += [submission.digest, submission.complaint]
    parts += [settings.seed, asdict(settings.limits), program()]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def program():
    """A digest of the grader and of the functions it takes as references."""
    here = Path(__file__).parent
    files = sorted([*here.rglob("*.py"), *here.parent.glob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


# Many


class NotWritten(Exception):
    """A file of the grades that cannot be written, in words for the teaching assistant."""


@contextlib.contextmanager
def writing(folder):
    """For whatever is written to the folder of the grades: what is wrong with it is said in words."""
    try:
        yield
    except OSError as error:
        raise NotWritten(
            f"{error.filename or folder} cannot be written ({error.strerror}); expected a folder of your own "
            "with some room. Make room or give another folder (--out), and start again: what is graded stays."
        ) from None


@contextlib.contextmanager
def alone_in(folder):
    """No other run grades into the folder meanwhile; a run that is killed lets go of it."""
    with contextlib.ExitStack() as stack:
        with writing(folder):
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
    several = _on_threads(workers) if scheduler is None else _on_cluster(scheduler)
    with alone_in(folder):
        records = {s.place: _stored(folder, s, settings) for s in submissions}
        left = [s for s in submissions if records[s.place] is None]
        progress(len(submissions) - len(left), len(submissions))
        with contextlib.closing(several(left, settings)) as finished:
            for done, record in enumerate(finished, len(submissions) - len(left) + 1):
                records[record["place"]] = record
                with writing(folder):
                    _store(folder, record)
                progress(done, len(submissions))
    return list(records.values()), len(left)


def _on_threads(workers):
    """Each thread talks to a sandbox, in which the work is done."""

    def several(submissions, settings):
        with ThreadPoolExecutor(workers) as pool:
            try:
                for task in as_completed([pool.submit(graded, each, settings) for each in submissions]):
                    yield task.result()
            except BaseException:
                with abandoned():
                    pool.shutdown(cancel_futures=True)
                raise

    return several


def _on_cluster(address):
    """The same tasks on a cluster of dask.distributed."""

    def several(submissions, settings):
        tasks = {f"grade-{key(each, settings)}": (each, settings) for each in submissions}
        fit = (unfit, settings, program())
        for name, result in cluster.mapped(address, graded, tasks, fit):
            yield result if isinstance(result, dict) else _failed(*tasks[name], result)

    return several


def unfit(settings, expected):
    """What keeps this machine from grading as the one whose program has this digest, or None."""
    if program() != expected:
        return (
            "It has another version of the course; expected the one that hands the submissions out. Install "
            "the same version on each worker."
        )
    return complaint(settings.limits)


def _path(folder, place):
    return folder / f"{hashlib.sha256(place.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.json"


def _stored(folder, submission, settings):
    try:
        record = json.loads(_path(folder, submission.place).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if record["key"] == key(submission, settings) else None


def _store(folder, record):
    """Written aside and moved: a record is whole or not there."""
    path = _path(folder, record["place"])
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps(record), encoding="utf-8")
    aside.replace(path)
