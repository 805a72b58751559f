"""`python -m cecourse.figures` writes what a figure maker asks for, or says in a sentence why not."""

import json
import re
import shlex
import shutil

import numpy as np
import pytest
from PIL import Image

from cecourse.course import HOME
from cecourse.figures.__main__ import main

COIN = "binary_entropy_curve"
FOUR = "price_as_area"


def run(folder, line):
    assert main([*shlex.split(line), "--out", str(folder)]) == 0


def picture(folder, line, name="figure"):
    """What one command line draws, as an array of RGBA values."""
    run(folder, f"{line} --format png --dpi 100 --name {name}")
    return np.asarray(Image.open(folder / f"{name}.png").convert("RGBA"))


@pytest.mark.parametrize(
    ("line", "files"),
    [
        (f"{COIN} --format pdf --width neurips2024 --theme print", ["pdf"]),  # a paper in one column
        (f"{COIN} --format pdf --width 3.25in --theme print", ["pdf"]),
        (f"{FOUR} --format svg --width icml2024_full", ["svg"]),
        (f"{COIN} --format png --width beamer_169", ["png"]),  # a slide
        (f"{COIN} --format png pdf --theme dark", ["pdf", "png"]),
        (f"{COIN} --format svg --transparent", ["svg"]),
        (f"{COIN} --format png --no-text", ["png"]),
        (f"{FOUR} --format png --transparent --no-text --dpi 50", ["png"]),
        (f"{COIN} --format pdf --font STIXGeneral", ["pdf"]),
        (f"{COIN} --format svg --font 'dejavu serif'", ["svg"]),
        (f"{COIN} --format png --set p=0.1", ["png"]),
        (f"{FOUR} --format png --set p=0.4,0.3,0.2,0.1 q=1,1,1,1", ["png"]),
        (f"{FOUR} --format png --set p=[0.4,0.3,0.2,0.1] --set q=(1,1,1,1)", ["png"]),
        ("evidence_adds_up --format svg --set tens=5", ["svg"]),
        ("bits_of_a_sentence --format svg --set sentence=jazz", ["svg"]),
        (f"{COIN} --animate p=0:1 --seconds 1 --format svg", ["svg"]),
        ("nearly_fair_coin --animate distance=0.1:0.001 --format svg", ["svg"]),
        ("evidence_adds_up --animate tens=0:3:0 --dpi 20", ["gif"]),
        ("evidence_adds_up --animate tens=0:2 --dpi 20 --transparent --no-text", ["gif"]),
        (f"{COIN} --format svg --course {HOME}", ["svg"]),
    ],
)
def test_a_figure_maker_gets_the_files_asked_for_twice_the_same(line, files, tmp_path):
    for folder in ("one", "two"):
        assert main([*shlex.split(line), "--name", "mine", "--out", str(tmp_path / folder)]) == 0
    kinds = files if "--animate" in line else ["csv", *files]
    for kind in kinds:
        first, second = ((tmp_path / folder / f"mine.{kind}").read_bytes() for folder in ("one", "two"))
        assert first == second
    assert sorted(path.suffix for path in (tmp_path / "one").glob("mine.*")) == sorted(f".{k}" for k in kinds)
    assert not re.search(r"20\d\d-\d\d-\d\d|CreationDate", first.decode("latin-1"))


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (
            f"{COIN} --set p=2",
            f"--set p=2 was given; {COIN} expects P(X = 1): from 0 to 1 in steps of 0.01. Give",
        ),
        (f"{COIN} --set p={{}}", "--set p={} was given; "),
        (f"{COIN} --set p=nan", "--set p=nan was given; "),
        (f"{COIN} --set p=True", "--set p=True was given; "),
        (f"{COIN} --set p", "p was given; expected NAME=VALUE. Give p=0.2 or so"),
        (f"{FOUR} --set q=0.5,0.5", f"--set q=0.5,0.5 was given; {FOUR} expects 4 numbers, "),
        (f"{FOUR} --set q=0,0,0,0", f"--set q=0,0,0,0 was given; {FOUR} expects 4 numbers, "),
        (f"{FOUR} --set q=a,b,c,d", f"--set q=a,b,c,d was given; {FOUR} expects 4 numbers, "),
        (
            "bits_of_a_sentence --set sentence=3",
            "bits_of_a_sentence cannot be drawn with sentence=3: '3' has no",
        ),
        (f"{COIN} --width 0.1", "0.1 was given; expected inches from 2 to 20; give 5.5 or so"),
        (f"{COIN} --width neurips", "neurips was given; expected inches from 2 to 20 or one of "),
        (f"{COIN} --font Helvetika", "The font 'Helvetika' was given; expected one that is installed here"),
        (f"{COIN} --font gone.ttf", "The font gone.ttf was given; expected a file of letters"),
        (
            f"{COIN} --format emf",
            "emf was given; expected one of svg, pdf, png, gif, mp4. A NAME",
        ),
        (f"--format pdf {COIN}", f"{COIN} was given; expected one of svg, pdf, png, gif, mp4. A NAME stands"),
        (
            f"{COIN} --format gif",
            "gif was given for a picture that stands still; expected svg, pdf, png",
        ),
        (f"{COIN} --animate p=0:1 --format pdf", "--format pdf was given for a film; expected gif, mp4, svg"),
        (f"{COIN} --animate p=0:3", f"--animate p=0:3 was given; {COIN} has P(X = 1): from 0 to 1"),
        (
            f"{COIN} --animate p=0",
            "p=0 was given; expected NAME=FROM:TO with two or more numbers. Give p=0:1",
        ),
        (
            f"{COIN} --animate q=0:1",
            f"{COIN} has no argument named q, which was given to --animate; known",
        ),
        (f"{FOUR} --animate p=0:1", "of an argument that runs: this figure has none"),
        (f"{COIN} --animate p=0:1 --format mp4 --transparent", "an MP4 has no transparency. Choose one"),
        (
            f"{COIN} {FOUR} --name mine",
            "--name mine was given for 2 figures; expected one figure. Write its NAME",
        ),
        (f"{COIN} --name a/b", "a/b was given; expected a file's name of letters, digits, - and _. Say the"),
        (f"{COIN} --theme sepia", "sepia was given; expected one of lecture, print, dark. Leave it out"),
        (f"{COIN} --course /nowhere", "There is no /nowhere/course.toml; expected the file"),
        (f"{COIN} --dpi 100000", "100000 was given; expected dots per inch from 1 to 1200; give 200 or so"),
        (f"{COIN} --out {__file__}", "is a file; expected a folder. Name another one"),
    ],
)
def test_what_cannot_be_made_is_answered_with_what_is_expected_and_what_to_do(
    line, answer, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(line.split())
    assert answer in f"{ended.value} {capsys.readouterr().err}"
    assert not list(tmp_path.rglob("*.svg"))


def test_an_mp4_without_its_program_is_answered_with_what_can_be_made(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(SystemExit, match=r"the program ffmpeg, which is not installed .* Choose gif or svg"):
        main([COIN, "--animate", "p=0:1", "--format", "mp4"])


def test_help_with_a_name_tells_what_that_figure_can_be_set_to(capsys):
    assert main([COIN, "nearly_fair_coin", "--help"]) == 0
    said = capsys.readouterr().out
    assert "p=0.3; P(X = 1): from 0 to 1 in steps of 0.01" in said
    assert "distance=0.1; distance from fair: from 0.001 to 0.499 on a logarithmic scale" in said


def test_help_without_a_name_tells_the_options(capsys):
    assert main(["--help"]) == 0
    assert "--theme {lecture,print,dark}" in capsys.readouterr().out


def test_a_width_is_the_width_and_letters_keep_their_size(tmp_path):
    run(tmp_path, f"{COIN} --format svg --width 5.5 --name narrow")
    run(tmp_path, f"{COIN} --format svg --name usual")
    narrow, usual = ((tmp_path / f"{name}.svg").read_text() for name in ("narrow", "usual"))
    assert 'width="396pt"' in narrow
    assert sorted(re.findall(r"font: ([\d.]+px)", narrow)) == sorted(re.findall(r"font: ([\d.]+px)", usual))


def test_letters_that_meet_in_a_narrow_figure_are_named(tmp_path, capsys):
    run(tmp_path, f"{COIN} --format svg --width 3")
    assert re.search(rf"{COIN} was drawn at 3 inches, and letters meet: .* overlap", capsys.readouterr().err)


def test_shares_are_divided_by_their_sum(tmp_path):
    weights, shares = (picture(tmp_path, f"{FOUR} --set q={q}") for q in ("2,1,1,4", ".25,.125,.125,.5"))
    assert (weights == shares).all()


def test_a_transparent_figure_has_no_paper(tmp_path):
    assert picture(tmp_path, f"{COIN} --transparent")[0, 0, 3] == 0
    assert picture(tmp_path, COIN)[0, 0, 3] == 255


def test_a_figure_without_text_keeps_its_curve_in_its_place(tmp_path):
    silent, usual = picture(tmp_path, f"{COIN} --no-text"), picture(tmp_path, COIN)
    assert silent.shape == usual.shape
    ink = (silent[..., :3].min(axis=-1) < 250, usual[..., :3].min(axis=-1) < 250)
    assert 0 < (ink[0] & ~ink[1]).sum() + ink[0].sum() < ink[1].sum()
    run(tmp_path, f"{COIN} --no-text --format svg --name silent")
    assert "<text" not in (tmp_path / "silent.svg").read_text()


def test_variants_of_a_figure_stand_side_by_side_in_the_manifest(tmp_path):
    for p in ("0.1", "0.9"):
        run(tmp_path, f"{COIN} --format svg --set p={p} --name coin-{p}")
    entries = json.loads((tmp_path / "figures.json").read_text())
    drawn = {name: entry["arguments"]["p"] for name, entry in entries.items()}
    assert drawn == {
        "coin-0.1": "0.1",
        "coin-0.9": "0.9",
    }


def test_a_film_has_a_frame_for_every_step_and_lasts_as_long_as_asked(tmp_path):
    run(tmp_path, "evidence_adds_up --animate tens=0:4 --seconds 2 --dpi 20")
    with Image.open(tmp_path / "evidence_adds_up.gif") as film:
        assert film.n_frames == 5
        lengths = []
        for number in range(film.n_frames):
            film.seek(number)
            lengths.append(film.info["duration"])
    assert sum(lengths) == 2000


def test_a_film_says_how_it_begins_and_how_it_ends(tmp_path):
    run(tmp_path, f"{COIN} --animate p=0:0.5 --format svg")
    words = json.loads((tmp_path / "figures.json").read_text())[COIN]["alt"]
    assert re.search(r"^At first: .* At 0\.00 it is 0\.000 .* At last: .* At 0\.50 it is 1\.000", words)


def test_colours_and_font_come_from_the_course_that_is_named(tmp_path):
    facts, entries, rest = (HOME / "course.toml").read_text().partition("[[notebooks]]")
    own = 'font = "STIXGeneral"\n[colours.lecture]\ntruth = "#123456"\n'
    (tmp_path / "course.toml").write_text(facts + own + entries + rest)
    (tmp_path / "notebooks").symlink_to(HOME / "notebooks")
    run(tmp_path, f"{COIN} --format svg --course {tmp_path}")
    drawn = (tmp_path / f"{COIN}.svg").read_text()
    assert "#123456" in drawn
    assert "STIXGeneral" in drawn


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"file/folder cannot be written: .* Name a folder"):
        main([COIN, "--format", "svg", "--out", str(tmp_path / "file" / "folder")])
