"""Run the three banks and print the counts; the exit code says whether the grader stood."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cecourse.assignments.collecting import read_download
from cecourse.assignments.gradebook.book import Gradebook
from cecourse.assignments.grading import Settings, grade_download
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.reports import pages, sheets
from cecourse.assignments.sandbox.sandbox import Limits, close_all
from tests.assignments.banks import BANKS, hostile, notebooks


def grade_folder(folder, out, limits=None, workers=None):
    """The records of all submissions in a folder, by student."""
    records, _ = grade_into(out, folder, Settings(limits=limits or Limits()), workers=workers)
    return {record["student"]: record for record in records}


def grade_into(out, folder, settings=None, **how):
    """Grade a folder into a gradebook and write what people read; the records, and how many are new."""
    how = {"progress": lambda *_: None, **how}
    submissions, other = read_download(folder)
    graded = grade_download(submissions, folder, out, settings or Settings(), other, **how)
    book = Gradebook(out)
    sheets.write(book)
    pages.write(book)
    return graded


def results(record):
    """The results of one record by the name of the question."""
    names = [question.name for question in ASSIGNMENTS[record["assignment"]].questions]
    return dict(zip(names, record["questions"], strict=True))


def write_right(name, bank, folder):
    variants = max(map(len, bank.RIGHT.values()))
    for variant in range(variants):
        notebooks.save(notebooks.filled(name, notebooks.right(bank, variant)), folder / f"r{variant}.ipynb")


def write_wrong(name, bank, folder):
    """One notebook for each wrong answer, right but for this one."""
    good = notebooks.right(bank)
    for question, wrongs in bank.WRONG.items():
        for i, (_, source) in enumerate(wrongs):
            answers = {**good, question: source}
            notebooks.save(notebooks.filled(name, answers), folder / f"w-{question}-{i}.ipynb")


def entry(name, kind, question, number):
    """Where an answer stands that is complained about."""
    return f'tests/assignments/banks/{name}.py, {kind}["{question}"][{number}]'


def right_complaints(name, bank, records):
    for variant in range(max(map(len, bank.RIGHT.values()))):
        for question, result in results(records[f"r{variant}"]).items():
            if result["points"] != result["of"]:
                where = entry(name, "RIGHT", question, variant % len(bank.RIGHT[question]))
                yield f"{where}: {result['points']} of {result['of']} points, expected all. {result}"


def wrong_complaints(name, bank, records):
    """Pairs: full points all the same, named otherwise."""
    unseen, unnamed = [], []
    for question, wrongs in bank.WRONG.items():
        for i, (mistake, _) in enumerate(wrongs):
            result = results(records[f"w-{question}-{i}"])[question]
            named = [mistake_name for mistake_name, _ in result["mistakes"]]
            if result["points"] >= result["of"]:
                unseen.append(f"{entry(name, 'WRONG', question, i)}: full points, expected {mistake.name}")
            if mistake.name not in named:
                where = entry(name, "WRONG", question, i)
                unnamed.append(f"{where}: named {named}, {result['status']}; expected {mistake.name}")
    return unseen, unnamed


def hostile_complaints(spoiled, records):
    for student, questions in spoiled.items():
        record = records.get(student)
        if record is None:
            yield f"{student}: lost"
        elif questions is None or record["complaint"]:
            if (questions is None) != bool(record["complaint"]):
                yield f"{student}: {record['complaint'] or 'read'}"
        else:
            for name, result in results(record).items():
                full = result["points"] == result["of"]
                if not full and name not in questions:
                    yield f"{student}: {name} lost points: {result['status']} {result['failure']}"
                if full and name in questions:
                    yield f"{student}: {name} has full points"


def left_behind(parent=None, seconds=30):
    """Sandboxes that still have this parent, or none any more, when they have had time to end."""
    end = time.monotonic() + seconds
    while (there := _orphans(parent or os.getpid())) and time.monotonic() < end:
        time.sleep(0.05)
    return there


def _orphans(parent):
    listed = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
    fields = (line.split(None, 1) for line in listed.splitlines()[1:])
    return [args for above, args in fields if "worker.py" in args and int(above) in (parent, 0, 1)]


def run_right_and_wrong(name, bank, scratch):
    """Print the counts of one assignment; what the grader got wrong."""
    folder = scratch / name
    write_right(name, bank, folder)
    write_wrong(name, bank, folder)
    begin = time.perf_counter()
    records = grade_folder(folder, scratch / f"{name}-grades")
    seconds = time.perf_counter() - begin
    bad = list(right_complaints(name, bank, records))
    unseen, unnamed = wrong_complaints(name, bank, records)
    rights, wrongs = (sum(map(len, kind.values())) for kind in (bank.RIGHT, bank.WRONG))
    print(f"{name}: {rights} right answers, {len(bad)} without full points")
    print(f"{name}: {wrongs} wrong answers, {len(unseen)} unseen, {wrongs - len(unnamed)} named rightly")
    print(f"{name}: {len(records)} submissions in {seconds:.1f} s")
    return bad + unseen + unnamed


def run_hostile(scratch):
    """Print the counts; what the grader did not withstand, the other grades compared before and after."""
    folder, bank = scratch / "hostile", BANKS["a1"]
    write_right("a1", bank, folder)
    before = grade_folder(folder, scratch / "before")
    spoiled = hostile.submissions(bank, folder)
    begin = time.perf_counter()
    records = grade_folder(folder, scratch / "after")
    seconds = time.perf_counter() - begin
    bad = list(hostile_complaints(spoiled, records))
    bad += [f"{student}: its grade has changed" for student in before if records[student] != before[student]]
    close_all()
    bad += left_behind()
    print(f"hostile: {len(spoiled)} submissions, {len(bad)} complaints, {seconds:.1f} s")
    return bad


def main():
    with tempfile.TemporaryDirectory() as scratch:
        bad = [
            line for name, bank in BANKS.items() for line in run_right_and_wrong(name, bank, Path(scratch))
        ]
        bad += run_hostile(Path(scratch))
    print(*bad, sep="\n", end="\n" if bad else "")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
