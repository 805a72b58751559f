"""Build and grade the assignments: `python -m cecourse.assignments --help`."""

import argparse
import sys
import time
from pathlib import Path

from . import reports
from .catalogue import ASSIGNMENTS
from .grading import Settings, grade_all, graded
from .release import release
from .sandbox import Limits, complaint
from .submissions import found, read

SOURCES = Path("notebooks/assignments")


def main(arguments=None):
    """Answer one command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    return options.command(options)


def _release(options):
    for path in release(_folder(options.sources), options.out):
        print(path)


def _check(options):
    """Grade the solutions in the sources."""
    settings = _settings(options)
    bad = 0
    for assignment in ASSIGNMENTS.values():
        record = graded(read(_folder(options.sources) / assignment.notebook, "solutions"), settings)
        for result in record["questions"]:
            print(f"{result['question']:28} {result['points']:g} of {result['of']}  {result['status']}")
        bad += bool(record["complaint"]) or any(r["status"] != "right" for r in record["questions"])
    return int(bad > 0)


def _grade(options):
    settings = _settings(options)
    submissions = found(_folder(options.folder))
    begin = time.perf_counter()
    records, anew = grade_all(
        submissions,
        settings,
        options.out / "records",
        workers=options.workers,
        scheduler=options.scheduler,
        progress=_bar,
    )
    table, summary = reports.write(records, options.out)
    seconds = time.perf_counter() - begin
    print(f"{len(records)} submissions, {anew} of them graded now, in {seconds:.1f} s: {table} and {summary}")
    for record in records:
        if record["complaint"]:
            print(f"not readable: {record['student']!a} ({record['place']!a}): {record['complaint']}")


def _bar(done, total, width=30):
    """A progress bar on the error stream."""
    full = width * done // max(total, 1)
    bar = "#" * full + "." * (width - full)
    print(f"\r[{bar}] {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _settings(options):
    settings = Settings(options.seed, Limits(seconds=options.seconds, trusted=options.trusted))
    missing = complaint(settings.limits)
    if missing:
        sys.exit(missing)
    if options.trusted:
        print("Grading WITHOUT a sandbox: submissions run as you. The grades say so.", file=sys.stderr)
    return settings


def _folder(path):
    if not path.is_dir():
        sys.exit(f"{path} was given; expected a folder that exists. Check the path, or where you start from.")
    return path


def _parser():
    parser = argparse.ArgumentParser(prog="python -m cecourse.assignments", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    release_ = commands.add_parser("release", help="build the notebooks for students")
    release_.add_argument("--out", type=Path, default=Path("build/student"), help="(default: build/student)")
    release_.set_defaults(command=_release)

    grade = commands.add_parser("grade", help="grade a folder of submissions")
    grade.add_argument("folder", type=Path, help="one notebook or one folder per student")
    grade.add_argument("--out", type=Path, default=Path("build/grades"), help="(default: build/grades)")
    grade.add_argument("--workers", type=int, help="submissions at a time (default: one per core)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="a dask.distributed scheduler, tcp://...")
    grade.set_defaults(command=_grade)

    check = commands.add_parser("check", help="grade the solutions of the sources")
    check.set_defaults(command=_check)

    for command in (release_, check):
        command.add_argument("--sources", type=Path, default=SOURCES, help=f"(default: {SOURCES})")
    for command in (grade, check):
        command.add_argument("--seed", type=int, default=0, help="of the hidden inputs (default: 0)")
        command.add_argument("--seconds", type=float, default=1.0, help="per cell and call (default: 1)")
        command.add_argument("--trusted", action="store_true", help="no sandbox: for code that you have read")
    return parser


if __name__ == "__main__":
    sys.exit(main())
