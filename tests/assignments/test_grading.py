"""Many submissions: the same grades however they are graded, and none graded twice."""

import dataclasses
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import distributed
import pytest

from cecourse.assignments import cluster, grading
from cecourse.assignments.__main__ import main
from cecourse.assignments.collecting import Cell, Submission, collect
from cecourse.assignments.execution import MOST_RETRIES
from cecourse.assignments.grading import Settings, grade_all, locked
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from cecourse.assignments.sandbox import sandbox
from cecourse.assignments.sandbox.protocol import Failure
from cecourse.assignments.sandbox.sandbox import Limits
from tests.assignments.banks import a1, hostile, notebooks
from tests.assignments.banks.__main__ import grade_into, left_behind, write_right, write_wrong

pytestmark = pytest.mark.sandbox


@pytest.fixture
def folder(tmp_path):
    """Some 70 submissions, right, wrong and in a bad way."""
    folder = tmp_path / "submissions"
    write_right("a1", a1, folder)
    write_wrong("a1", a1, folder)
    bad = {"entropy": hostile.in_a_function("import os\nos._exit(0)")}
    notebooks.save(notebooks.filled("a1", {**notebooks.right(a1, 1), **bad}), folder / "h-exit.ipynb")
    (folder / "h-no-json.ipynb").write_text("hello")
    return folder


def grades(folder, out, settings=None, **how):
    _, anew = grade_into(out, folder, settings, **how)
    return (out / "grades.csv").read_bytes(), anew


def ignored(*_):
    pass


def test_the_number_of_workers_changes_no_grade(folder, tmp_path):
    one, _ = grades(folder, tmp_path / "one", workers=1)
    five, _ = grades(folder, tmp_path / "five", workers=5)
    assert one == five


def test_a_second_run_grades_nothing_again_and_a_new_submission_only_itself(folder, tmp_path):
    first, anew = grades(folder, tmp_path / "out")
    assert anew == len(collect(folder))
    assert grades(folder, tmp_path / "out") == (first, 0)
    shutil.copy(folder / "r0.ipynb", folder / "late.ipynb")
    assert grades(folder, tmp_path / "out")[1] == 1
    notebooks.save(notebooks.empty("a1"), folder / "late.ipynb")  # handed in again
    table, anew = grades(folder, tmp_path / "out")
    assert anew == 1
    assert b"late,a1,a1-entropy,4,4,right" in table, "the best counts, unless settings.toml says otherwise"
    (tmp_path / "out" / "settings.toml").write_text('attempt = "latest"')
    assert b"late,a1,a1-entropy,0,4,not answered" in grades(folder, tmp_path / "out")[0]


def test_another_seed_or_a_damaged_record_is_graded_again(folder, tmp_path):
    grades(folder, tmp_path / "out")
    record = next((tmp_path / "out" / "records").iterdir())
    record.write_text(record.read_text()[:50])
    assert grades(folder, tmp_path / "out")[1] == 1
    assert grades(folder, tmp_path / "out", Settings(seed=7))[1] == len(collect(folder))


def test_another_seed_gives_the_same_grades(folder, tmp_path):
    assert grades(folder, tmp_path / "0")[0] == grades(folder, tmp_path / "7", Settings(seed=7))[0]


def test_killed_in_the_middle_and_started_again(folder, tmp_path):
    """Some sleepers hold the run up until it is killed; nothing of it stays, and nothing is graded twice."""
    sleeper = {"entropy": hostile.in_a_function("import time\ntime.sleep(100)")}
    for name in ("z1", "z2"):
        notebooks.save(
            notebooks.filled("a1", {**notebooks.right(a1, 1), **sleeper}), folder / f"{name}.ipynb"
        )
    out, total = tmp_path / "killed", len(collect(folder))
    command = [sys.executable, "-m", "cecourse.assignments", "grade", str(folder), "--out", str(out)]
    command += ["--seed", "0"]
    grader = subprocess.Popen(
        [*command, "--workers", "1"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    while len(list(out.glob("records/*.json"))) < 20:
        assert grader.poll() is None
        time.sleep(0.01)
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    done = len(list(out.glob("records/*.json")))
    assert done < total
    assert left_behind(grader.pid) == []
    table, anew = grades(folder, out)
    assert anew == total - done
    assert table == grades(folder, tmp_path / "whole")[0]


def test_a_sandbox_that_is_ended_from_outside_costs_no_points(tmp_path, monkeypatch):
    """As the kernel does when memory is short; the submission is graded once more."""
    notebooks.save(notebooks.filled("a1", notebooks.right(a1)), tmp_path / "in" / "unlucky.ipynb")
    reply, ended = sandbox.Sandbox.reply, []

    def ending(box):
        if len(ended) < MOST_RETRIES:
            ended.append(box)
            os.killpg(box.process.pid, signal.SIGKILL)
            box.process.wait()
        return reply(box)

    monkeypatch.setattr(sandbox.Sandbox, "reply", ending)
    table, _ = grades(tmp_path / "in", tmp_path / "out")
    assert len(ended) == MOST_RETRIES
    assert b"wrong" not in table
    assert b"failed" not in table
    assert table.count(b"right") == len(ASSIGNMENTS["a1"].questions)


def test_many_short_sleeps_are_stopped_when_all_time_is_used(tmp_path):
    """Each below the limit for one cell, all together far above what a submission may take."""
    notebook = notebooks.filled("a1", notebooks.right(a1, 1))
    sleep = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "import time\ntime.sleep(1)"}
    notebook["cells"] += [sleep] * 60
    notebook["cells"] = [*[sleep] * 2, *notebook["cells"]]
    notebooks.save(notebook, tmp_path / "in" / "sleepy.ipynb")
    begin = time.monotonic()
    table, _ = grades(tmp_path / "in", tmp_path / "out", Settings(limits=Limits(total=10)))
    assert time.monotonic() - begin < 45
    assert table.count(b"right") == len(ASSIGNMENTS["a1"].questions)


@pytest.fixture(scope="module")
def scheduler():
    """The address of a small cluster on this machine."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=":0") as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_the_same_grades(folder, tmp_path, scheduler, capfd):
    command = ["grade", str(folder), "--out", str(tmp_path / "cluster"), "--scheduler", scheduler]
    command += ["--seed", "0"]
    assert main(command) is None
    assert f"{len(collect(folder))}/{len(collect(folder))}" in capfd.readouterr().err
    there = (tmp_path / "cluster" / "grades.csv").read_bytes()
    assert there == grades(folder, tmp_path / "here")[0]
    assert grades(folder, tmp_path / "cluster", scheduler=scheduler) == (there, 0)


def test_students_who_hand_in_the_same_are_all_graded_by_a_cluster(tmp_path, scheduler):
    for name in ("one", "two"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "notes.txt").write_text("no notebook")
        for part in ("x", "y"):
            (tmp_path / "in" / name / f"{part}.ipynb").write_text("the same")
    records, anew = grade_all(
        collect(tmp_path / "in"), Settings(), tmp_path / "out", scheduler=scheduler, progress=ignored
    )
    assert anew == 4
    assert len({record["place"] for record in records}) == 4


def test_a_worker_that_dies_costs_one_submission_and_not_the_run(tmp_path, scheduler):
    tasks = {"dies": (os._exit, 1), "lives": (len, "abc")}
    results = dict(cluster.map_tasks(scheduler, _call, tasks, (_nothing,)))
    assert results["lives"] == 3
    assert isinstance(results["dies"], distributed.scheduler.KilledWorker)


def _call(function, argument):
    return function(argument)


def _nothing():
    return None


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "", "tcp://127.0.0.1:port"])
def test_an_address_without_a_scheduler_is_explained(address, folder, tmp_path):
    with pytest.raises(SystemExit, match=r"no scheduler answers there .*; expected the address .*\. Check"):
        main(["grade", str(folder), "--out", str(tmp_path / "out"), "--scheduler", address])


def test_a_cluster_without_the_package_is_explained(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"distributed is not installed here; expected .*\. Install"):
        main(["grade", str(folder), "--out", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9"])


def test_a_cluster_without_a_worker_or_with_another_course_is_explained(
    folder, tmp_path, monkeypatch, scheduler
):
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(SystemExit, match=r"has no workers; expected at least one\. Start one"),
    ):
        main(["grade", str(folder), "--out", str(tmp_path / "out"), "--scheduler", empty.scheduler_address])
    monkeypatch.setattr(grading, "program_digest", lambda: "of another version")
    with pytest.raises(SystemExit, match=r"cannot grade\. It has another version of the course; expected"):
        main(["grade", str(folder), "--out", str(tmp_path / "out"), "--scheduler", scheduler])


def test_stopping_it_leaves_a_line_and_the_same_command_goes_on(folder, tmp_path):
    """One that sleeps for a minute is not waited for."""
    sleeper = notebooks.empty("a1")
    sleep = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "import time\ntime.sleep(3)"}
    sleeper["cells"] = [*[sleep] * 20, *sleeper["cells"]]
    notebooks.save(sleeper, folder / "a.ipynb")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "cecourse.assignments", "grade", str(folder), "--out", str(out)]
    command += ["--seed", "0"]
    command += ["--workers", "2"]
    grader = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while len(list(out.glob("records/*.json"))) < 5:
        assert grader.poll() is None
        time.sleep(0.01)
    grader.send_signal(signal.SIGINT)
    said, complained = grader.communicate(timeout=45)
    assert grader.returncode == 130
    assert "Traceback" not in said + complained
    assert complained.endswith("\nStopped. What is graded stays: the same command goes on from here.\n")
    assert left_behind(grader.pid) == []
    done = len(list(out.glob("records/*.json")))
    (folder / "a.ipynb").unlink()
    assert grades(folder, out)[1] == len(collect(folder)) - done


def test_two_runs_do_not_write_to_the_same_folder(folder, tmp_path):
    (tmp_path / "out").mkdir()
    with (
        locked(tmp_path / "out"),
        pytest.raises(SystemExit, match="being written by another run; expected one at a time"),
    ):
        main(["grade", str(folder), "--out", str(tmp_path / "out")])
    assert main(["grade", str(folder), "--out", str(tmp_path / "out")]) is None


@pytest.mark.parametrize(
    "writer", ["grading.write_aside", "gradebook.facts.write_aside", "reports.pages.write"]
)
def test_a_full_disk_is_explained(writer, folder, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "grades.csv")

    monkeypatch.setattr(f"cecourse.assignments.{writer}", full)
    with pytest.raises(
        SystemExit, match=r"grades.csv cannot be written \(No space left on device\); expected"
    ):
        main(["grade", str(folder), "--out", str(tmp_path / "out")])


def test_a_place_that_is_no_folder_for_grades_is_explained(folder, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match=r"cannot be written \(Not a directory\); expected a folder"):
        main(["grade", str(folder), "--out", str(tmp_path / "file" / "out")])


def test_a_folder_that_cannot_be_opened_is_reported_and_the_others_graded(folder, tmp_path, monkeypatch):
    (folder / "closed").mkdir()
    scandir = os.scandir

    def closed(path):
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    table, _ = grades(folder, tmp_path / "out")
    assert b"closed,,,,,unreadable,the folder cannot be opened (Permission denied)" in table
    assert b"r0,a1,a1-entropy,4,4,right" in table
    (tmp_path / "closed").mkdir()
    with pytest.raises(
        SystemExit, match=r"cannot be opened \(Permission denied\); expected a folder you may read"
    ):
        main(["grade", str(tmp_path / "closed")])


def test_an_empty_folder_and_a_number_below_zero_are_explained(tmp_path, capsys):
    with pytest.raises(
        SystemExit, match=r"is empty; expected one notebook or one folder per student\. Check"
    ):
        main(["grade", str(tmp_path)])
    for wrong in ("0", "-1", "nan"):
        with pytest.raises(SystemExit):
            main(["grade", str(tmp_path), "--seconds", wrong])
        assert "expected a number above 0" in capsys.readouterr().err


def test_when_the_grader_itself_fails_the_others_are_graded_and_this_one_again(folder, tmp_path, monkeypatch):
    judge = grading.judge

    def broken(question, replies, seed):
        if question.name == "entropy" and replies[0].value is None:
            raise RuntimeError("a defect of the judge")
        return judge(question, replies, seed)

    notebooks.save(notebooks.filled("a1", {"entropy": "def entropy(p): pass"}), folder / "unlucky.ipynb")
    monkeypatch.setattr(grading, "judge", broken)
    table, _ = grades(folder, tmp_path / "out")
    assert b"unlucky,a1,,,,unreadable,the grader failed" in table
    monkeypatch.undo()
    table, anew = grades(folder, tmp_path / "out")
    assert b"the grader failed" not in table
    assert anew >= 1


def test_trusted_grades_are_the_same_and_say_so(tmp_path):
    write_right("a1", a1, tmp_path / "in")
    table, _ = grades(tmp_path / "in", tmp_path / "out", Settings(limits=Limits(trusted=True)))
    sandbox, _ = grades(tmp_path / "in", tmp_path / "sandbox")
    assert table == sandbox.replace(b",sandbox", b",no sandbox")
    page = (tmp_path / "out" / "feedback" / "r0.html").read_text()
    assert "without a sandbox" in page


def test_the_command_line_grades_a_folder(folder, tmp_path, capsys):
    assert main(["grade", str(folder), "--out", str(tmp_path / "out")]) is None
    captured = capsys.readouterr()
    assert "h-no-json" in captured.out
    assert f"{len(collect(folder))}/{len(collect(folder))}" in captured.err
    assert (tmp_path / "out" / "summary.html").exists()


def test_no_file_name_writes_to_the_terminal(tmp_path, capsys):
    for name in ("\x1b[2J", "\x1b[31m"):
        (tmp_path / "in" / "two").mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / "two" / f"{name}.ipynb").write_text("{")
    main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out")])
    said = capsys.readouterr().out
    assert said.count("it is not the JSON of a notebook") == 2
    assert "\x1b" not in said


def test_the_solutions_of_the_sources_get_all_points():
    assert main(["check", "--sources", str(notebooks.SOURCES)]) == 0


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SystemExit, match="expected a folder that exists"):
        main(["grade", str(tmp_path / "nothing")])


def test_records_are_plain_data(folder, tmp_path):
    grades(folder, tmp_path / "out")
    for path in (tmp_path / "out" / "records").iterdir():
        assert path.suffix == ".json"
        json.loads(path.read_text())
        assert os.access(path, os.R_OK)


LINES = Cell(3, "code", "a1-entropy", "import numpy.linalg as la\nreturn entropi(p)\n# v0 v1")
FORGED = Submission("ada", "a1", "ada.ipynb", "", (LINES,))


@pytest.mark.parametrize(
    ("cell", "line", "name", "kept"),
    [
        (3, 2, "entropi", (3, 2, "entropi")),
        (3, 1, "numpy.linalg", (3, 1, "numpy.linalg")),
        (3, 4, "", (3, 3, "")),  # the end of an unfinished cell
        (993239, 1, "", (0, 0, "")),
        (4, 1, "", (0, 0, "")),
        (3, -7, "", (0, 0, "")),
        (3, 2, "v1", (3, 2, "")),
        (3, 2, "entropi(p)", (3, 2, "")),
        (0, 0, "entropy", (0, 0, "entropy")),
    ],
)
def test_an_error_names_only_lines_and_names_that_the_submission_has(cell, line, name, kept):
    """A student's code can forge what it reports, and hidden inputs would leave with it."""
    told = grading._failure_record(Failure("NameError", cell, line, name), FORGED, "entropy")
    assert (told["cell"], told["line"], told["name"]) == kept


def test_with_inputs_of_its_own_each_hand_in_has_another_seed():
    shared, own = Settings(seed=5), Settings(seed=5, own_inputs=True)
    other = dataclasses.replace(FORGED, digest="of another notebook")
    assert shared.seed_of(FORGED) == shared.seed_of(other) == 5
    assert own.seed_of(FORGED) != own.seed_of(other)
    assert own.seed_of(FORGED) == own.seed_of(FORGED)


def test_the_course_s_own_notebook_is_recognised_when_a_student_hands_it_in(tmp_path):
    (tmp_path / "in").mkdir()
    source = notebooks.SOURCES / ASSIGNMENTS["a1"].notebook
    shutil.copy(source, tmp_path / "in" / "eve.ipynb")
    notebooks.save(notebooks.filled("a1", notebooks.right(a1)), tmp_path / "in" / "ada.ipynb")
    grades(tmp_path / "in", tmp_path / "out")
    summary = (tmp_path / "out" / "summary.html").read_text()
    assert "eve handed in the course&#39;s own notebook, with its solutions (eve.ipynb)" in summary
    assert "ada handed in" not in summary
