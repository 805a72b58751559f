"""Grading: one submission at a time, many at once, and never the same one twice."""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from .catalogue import ASSIGNMENTS
from .exchange import Failure
from .judging import judge
from .sandbox import Limits
from .session import replies_of


@dataclass(frozen=True)
class Settings:
    """What decides about a grade besides the submission."""

    seed: int = 0
    limits: Limits = field(default_factory=Limits)


def graded(submission, settings):
    """The record of one submission: plain data, the same wherever and whenever it is made."""
    record = {
        "student": submission.student,
        "assignment": submission.assignment,
        "place": submission.place,
        "complaint": submission.complaint,
        "trusted": settings.limits.trusted,
        "key": key(submission, settings),
        "questions": [],
        "cells": [],
    }
    if submission.complaint:
        return record
    try:
        return {**record, **_judged(submission, settings)}
    except Exception as error:  # one submission must not stop the others; without a key it is tried again
        return {**record, "complaint": f"the grader failed: {error!r}", "key": ""}


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
    files = sorted([*here.glob("*.py"), *here.parent.glob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


# Many


def grade_all(submissions, settings, folder, workers=None, scheduler=None, progress=print):
    """Grade what has no record in the folder yet; all records, in the order of the submissions."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    records = {s.place: _stored(folder, s, settings) for s in submissions}
    left = [s for s in submissions if records[s.place] is None]
    several = _on_cluster(scheduler) if scheduler else _on_threads(workers or os.cpu_count())
    progress(len(submissions) - len(left), len(submissions))
    for done, record in enumerate(several(left, settings), len(submissions) - len(left) + 1):
        records[record["place"]] = record
        _store(folder, record)
        progress(done, len(submissions))
    return list(records.values()), len(left)


def _on_threads(workers):
    """Each thread talks to a sandbox, in which the work is done."""

    def several(submissions, settings):
        with ThreadPoolExecutor(workers) as pool:
            tasks = [pool.submit(graded, submission, settings) for submission in submissions]
            try:
                for task in as_completed(tasks):
                    yield task.result()
            finally:
                for task in tasks:
                    task.cancel()

    return several


def _on_cluster(address):
    """The same tasks on a cluster of dask.distributed."""
    from dask.distributed import Client
    from dask.distributed import as_completed as as_finished

    def several(submissions, settings):
        with Client(address) as client:
            keys = [f"grade-{key(submission, settings)}" for submission in submissions]
            tasks = client.map(graded, submissions, settings=settings, key=keys, pure=False)
            yield from (record for _, record in as_finished(tasks, with_results=True))

    return several


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
