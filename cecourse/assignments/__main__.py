"""Build and grade the assignments: `python -m cecourse.assignments --help`."""

import argparse
import math
import os
import sys
import time
from pathlib import Path

from .checking import check_notebook
from .cluster import ClusterError
from .collecting import Refused, read_download, read_notebook
from .gradebook.book import Gradebook
from .gradebook.facts import secret_seed
from .gradebook.rules import read_rules
from .gradebook.tables import NotUnderstood
from .grading import NotWritten, Settings, explain_write_errors, grade_download, locked
from .questions.catalogue import ASSIGNMENTS
from .release import release
from .reports import pages, sheets
from .sandbox.sandbox import Limits, why_unavailable

SOURCES = Path("notebooks/assignments")


def main(arguments=None):
    """Answer one command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except KeyboardInterrupt:
        print("\nStopped. What is graded stays: the same command goes on from here.", file=sys.stderr)
        return 130
    except (NotWritten, NotUnderstood, ClusterError) as reason:
        sys.exit(f"\n{reason}")


def _release(options):
    with explain_write_errors(options.out):
        written = release(_folder(options.sources), options.out)
    print(*written, sep="\n")


def _check(options):
    """Check notebooks as they stand in a folder: those of a student, or the sources with their solutions."""
    os.environ.setdefault("MPLBACKEND", "agg")  # no window opens for a figure
    bad = 0
    for assignment in [ASSIGNMENTS[options.assignment]] if options.assignment else ASSIGNMENTS.values():
        submission = read_notebook(_folder(options.sources) / assignment.notebook, "you")
        if submission.complaint:
            sys.exit(
                f"{submission.place} cannot be checked: {submission.complaint}; expected the notebook "
                "that was handed out. Save it under this name in this folder."
            )
        for right, words in check_notebook(submission.cells, assignment):
            print(words)
            bad += not right
    return int(bad > 0)


def _grade(options):
    begin = time.perf_counter()
    submissions, other = _submissions(options.download)
    with locked(options.out):
        rules = read_rules(options.out / "settings.toml")
        with explain_write_errors(options.out):
            seed = secret_seed(options.out) if options.seed is None else options.seed
        settings = _settings(options, seed, rules.inputs == "hand-in")
        how = {"workers": options.workers, "scheduler": options.scheduler, "progress": _bar}
        records, anew = grade_download(submissions, options.download, options.out, settings, other, **how)
        book = Gradebook(options.out)
        with explain_write_errors(options.out):
            table, summary = sheets.write(book), pages.write(book)
    seconds = time.perf_counter() - begin
    print(f"{len(records)} submissions, {anew} of them graded now, in {seconds:.1f} s: {table} and {summary}")
    for record in records:
        if record["complaint"]:
            words = _printable(record["complaint"])
            print(f"not readable: {record['student']!a} ({record['place']!a}): {words}")
    print(*map(_printable, book.problems), sep="\n", end="\n" if book.problems else "")


def _printable(words):
    return "".join(letter if letter.isprintable() else "?" for letter in words)


def _bar(done, total, width=30):
    """A progress bar on the error stream."""
    full = width * done // max(total, 1)
    bar = "#" * full + "." * (width - full)
    print(f"\r[{bar}] {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _settings(options, seed, own_inputs):
    total = math.ceil(Limits.total * max(1, options.seconds))
    clock_seconds = Limits.clock_seconds * max(1, options.seconds)
    limits = Limits(options.seconds, clock_seconds, total, trusted=options.trusted)
    settings = Settings(seed, limits, own_inputs)
    # The workers of a cluster are asked one by one.
    if options.scheduler is None and (missing := why_unavailable(settings.limits)):
        sys.exit(missing)
    if options.trusted:
        print("Grading WITHOUT a sandbox: submissions run as you. The grades say so.", file=sys.stderr)
    return settings


def _submissions(path):
    if not path.exists():
        _folder(path)
    try:
        submissions, other = read_download(path)
    except OSError as error:
        sys.exit(
            f"{path} cannot be opened ({error.strerror}); expected a folder you may read. Check who owns it."
        )
    except Refused as refusal:
        sys.exit(f"{path} was given, but {refusal}; expected a folder or a zip. Download it again.")
    if not submissions:
        sys.exit(f"{path} is empty; expected one notebook or one folder per student. Check the path.")
    return submissions, other


def _folder(path):
    if not path.is_dir():
        sys.exit(f"{path} was given; expected a folder that exists. Check the path, or where you start from.")
    return path


def _positive(kind):
    """For a number above zero on the command line."""

    def read(text):
        number = kind(text)
        if not 0 < number < math.inf:
            raise argparse.ArgumentTypeError(f"{text} was given; expected a number above 0")
        return number

    return read


def _parser():
    parser = argparse.ArgumentParser(prog="python -m cecourse.assignments", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    release_ = commands.add_parser("release", help="build the notebooks for students")
    release_.add_argument("--out", type=Path, default=Path("build/student"), help="(default: build/student)")
    release_.set_defaults(command=_release)

    grade = commands.add_parser("grade", help="grade what was handed in; goes on where it was stopped")
    grade.add_argument("download", type=Path, help="a folder or zip, with a notebook or folder per student")
    grade.add_argument("--out", type=Path, default=Path("grades"), help="the gradebook (default: grades)")
    grade.add_argument("--workers", type=_positive(int), help="submissions at a time (default: two per core)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="a dask.distributed scheduler, tcp://...")
    grade.set_defaults(command=_grade)

    check = commands.add_parser("check", help="check your own notebooks: what is right, and which mistakes")
    check.add_argument("--assignment", choices=ASSIGNMENTS, help="one of them (default: all)")
    check.set_defaults(command=_check)

    for command in (release_, check):
        command.add_argument("--sources", type=Path, default=SOURCES, help=f"(default: {SOURCES})")
    grade.add_argument(
        "--seed", type=int, help="of the hidden inputs (default: one that the gradebook keeps)"
    )
    grade.add_argument("--seconds", type=_positive(float), default=1.0, help="per cell and call (default: 1)")
    grade.add_argument("--trusted", action="store_true", help="no sandbox: for code that you have read")
    return parser


if __name__ == "__main__":
    sys.exit(main())
