"""What is collected from a folder: notebooks under whatever name, and a clear reason for what is not one."""

import json
import time
import zipfile

import pytest

from cecourse.assignments.__main__ import main
from cecourse.assignments.collecting import collect, read_download
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from tests.assignments.banks import notebooks


@pytest.mark.parametrize("place", ["ada.IPYNB", "ada.Ipynb", "ada/A1.IPYNB"])
def test_a_notebook_may_have_its_suffix_in_capitals(place, tmp_path):
    notebooks.save(notebooks.empty("a1"), tmp_path / place)
    (submission,) = collect(tmp_path)
    assert (submission.student, submission.assignment, submission.complaint) == ("ada", "a1", "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"worksheets": [{"cells": []}], "nbformat": 3}, "in the old format nbformat 3; open and save it in"),
        ([1, 2], "it is JSON, but not of a notebook"),
        ({"cells": 3}, "it has no list of at most 1000 cells"),
        ({"cells": []}, "none of its cells answers a question"),
    ],
)
def test_what_is_no_notebook_of_today_is_refused_with_the_reason(content, reason, tmp_path):
    (tmp_path / "ada.ipynb").write_text(json.dumps(content))
    (submission,) = collect(tmp_path)
    assert reason in submission.complaint


NOTEBOOK = ASSIGNMENTS["a1"].notebook
GRADESCOPE = """---
submission_7:
  :submitters:
  - :name: Ada Lovelace
    :sid: 's1'
    :email: ada@uni.example
  :created_at: 2026-11-28 10:31:00.123 Z
  :score: 0.0
  :history:
  - :id: 6
    :created_at: 2026-11-01 08:00:00 Z
submission_8:
  :submitters:
  - :name: Bob
    :sid: ''
    :email: bob@uni.example
"""

# What a platform's download holds, and who handed in when: student, known as, time, attempt, late.
LAYOUTS = {
    "Canvas": (
        [
            "lovelaceada_12345_67890_a1_information_and_entropy.ipynb",
            "lovelaceada_12345_67891_a1_information_and_entropy-1.ipynb",
            "muellerjuergen_LATE_222_333_mein_blatt_2.ipynb",
        ],
        [
            ("lovelaceada", ("12345",), "", 0, False),
            ("lovelaceada", ("12345",), "", 1, False),
            ("muellerjuergen", ("222",), "", 0, True),
        ],
    ),
    "Moodle": (
        [f"{who}_assignsubmission_file_/x.ipynb" for who in ("Ada Lovelace_4711", "Jürgen Müller_4712")],
        [("Ada Lovelace", (), "", 0, False), ("Jürgen Müller", (), "", 0, False)],
    ),
    "Moodle without folders": (
        ["Ada Lovelace_4711_assignsubmission_file_a1_2_assignsubmission_file_.ipynb"],
        [("Ada Lovelace", (), "", 0, False)],
    ),
    "Gradescope": (
        [("assignment_1_export/submission_metadata.yml", GRADESCOPE)]
        + [f"assignment_1_export/submission_{n}/{NOTEBOOK}" for n in (7, 8)],
        [
            ("Ada Lovelace", ("s1", "ada@uni.example"), "2026-11-28T10:31:00.123000+00:00", 0, False),
            ("Bob", ("bob@uni.example",), "", 0, False),
        ],
    ),
    "Brightspace": (
        [
            "A1 Download/12-34 - Ada Lovelace - Nov 28, 2026 1031 AM/a1.ipynb",
            "A1 Download/12-34 - Ada Lovelace - Nov 29, 2026 931 PM/a1.ipynb",
            "A1 Download/index.html",
        ],
        [
            ("Ada Lovelace", (), "2026-11-28T10:31:00", 0, False),
            ("Ada Lovelace", (), "2026-11-29T21:31:00", 0, False),
        ],
    ),
    "Google Classroom": (
        [f"Ada Lovelace - {NOTEBOOK}", f"Bob - Copy of {NOTEBOOK}"],
        [("Ada Lovelace", (), "", 0, False), ("Bob", (), "", 0, False)],
    ),
    "GitHub Classroom": (
        [
            ("a1-entropy-adalovelace/.git/HEAD", "ref"),
            "a1-entropy-adalovelace/notebooks/a1.ipynb",
            ("a1-entropy-bob-x/.git/HEAD", "ref"),
            "a1-entropy-bob-x/a1.ipynb",
            ("a2-carl/.git/HEAD", "ref"),
            "a2-carl/a1.ipynb",
        ],
        [(name, (), "", 0, False) for name in ("adalovelace", "bob-x", "carl")],
    ),
    "nbgrader's exchange": (
        [
            "inbound/ada+a1+2026-11-28 10:31:00 UTC+x1/a1.ipynb",
            "inbound/bob+a1+2026-11-28 11:31:00.5 UTC/a1.ipynb",
        ],
        [
            ("ada", (), "2026-11-28T10:31:00+00:00", 0, False),
            ("bob", (), "2026-11-28T11:31:00+00:00", 0, False),
        ],
    ),
    "nbgrader's folder": (
        ["submitted/ada/a1/a1.ipynb", ("submitted/ada/a1/timestamp.txt", "2026-11-28 10:31:00 UTC"),
         "submitted/bob/a1/a1.ipynb"],
        [("ada", (), "2026-11-28T10:31:00+00:00", 0, False), ("bob", (), "", 0, False)],
    ),
}  # fmt: skip


def download(files, place, as_zip):
    """A download with an empty A1 under each name, or with the text that is given; a zip where asked."""
    text = json.dumps(notebooks.empty("a1"))
    contents = [file if isinstance(file, tuple) else (file, text) for file in files]
    if as_zip:
        with zipfile.ZipFile(place / "A1 Download Nov 28, 2026.zip", "w") as archive:
            for name, content in [*contents, ("__MACOSX/._x.ipynb", "")]:
                archive.writestr(name, content)
        return place / "A1 Download Nov 28, 2026.zip"
    for name, content in contents:
        (place / "A1 Download" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "A1 Download" / name).write_text(content, encoding="utf-8")
    return place / "A1 Download"


@pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_download_is_read_as_it_comes(layout, as_zip, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    files, expected = LAYOUTS[layout]
    found = collect(download(files, tmp_path, as_zip))
    assert {(s.assignment, s.complaint) for s in found} == {("a1", "")}
    owners = [(s.student, s.known_as, s.time.removesuffix("+00:00"), s.attempt, s.late) for s in found]
    right = [(who, known_as, at.removesuffix("+00:00"), *rest) for who, known_as, at, *rest in expected]
    assert sorted(owners) == sorted(right)


def test_what_else_a_download_holds_is_listed(tmp_path):
    files = [
        "ada/a1.ipynb",
        ("ada/notes.txt", "x"),
        ("ada/01.ipynb", '{"cells": []}'),
        ("index.html", ""),
        "bob.ipynb",
    ]
    submissions, other = read_download(download(files, tmp_path, as_zip=False))
    assert [s.student for s in submissions] == ["ada", "bob"]
    assert other == [
        ("ada", "besides notebooks: notes.txt"),
        ("ada/01.ipynb", "none of its cells answers a question of an assignment"),
        ("index.html", "it is no notebook"),
    ]


def test_a_zip_in_the_folder_of_a_student_is_opened(tmp_path):
    inside = download(["work/a1.ipynb"], tmp_path, as_zip=True)
    (tmp_path / "in" / "ada").mkdir(parents=True)
    inside.rename(tmp_path / "in" / "ada" / "work.zip")
    (submission,) = collect(tmp_path / "in")
    assert (submission.student, submission.place) == ("ada", "ada/work.zip/work/a1.ipynb")


def test_names_in_a_zip_lead_nowhere_and_keep_their_letters(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in ("../../evil.ipynb", "/etc/evil.ipynb", "Zoë.ipynb"):
            archive.writestr(name, json.dumps(notebooks.empty("a1")))
    content = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(
        content.replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00")
    )  # not said: UTF-8
    before = set(tmp_path.parent.iterdir())
    assert {s.student for s in collect(tmp_path / "x.zip")} == {"evil", "etc", "Zoë"}
    assert set(tmp_path.parent.iterdir()) == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello"])
def test_a_file_that_is_no_zip_is_explained(content, tmp_path):
    (tmp_path / "download.zip").write_bytes(content)
    with pytest.raises(SystemExit, match=r"cannot be opened as a zip .*; expected a folder or a zip\. D"):
        main(["grade", str(tmp_path / "download.zip"), "--out", str(tmp_path / "out")])


def test_what_a_bomb_would_unpack_is_never_written(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada.ipynb", b"0" * (60 << 20))
    (submission,) = collect(tmp_path / "bomb.zip")
    assert submission.complaint == "it is larger than 50 MB"
