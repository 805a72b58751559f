"""`python -m cecourse.figures` helps with each figure, and ends without a traceback."""

import pytest

from cecourse.figures.__main__ import main

NAME = "binary_entropy_curve"


def test_help_with_a_name_tells_what_that_figure_can_be_set_to(capsys):
    assert main([NAME, "nearly_fair_coin", "--help"]) == 0
    said = capsys.readouterr().out
    assert "p=0.3; P(X = 1): from 0 to 1 in steps of 0.01" in said
    assert "distance=0.1; distance from fair: from 0.001 to 0.499 on a logarithmic scale" in said


def test_help_without_a_name_tells_the_options(capsys):
    assert main(["--help"]) == 0
    assert "--theme {lecture,print,dark}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("figure", "setting"),
    [
        (NAME, "p=[0.5,0.5]"),
        (NAME, "p={}"),
        ("bits_of_a_sentence", "sentence=3"),
        ("entropy_of_bars", "weights=1"),
    ],
)
def test_a_value_of_another_kind_is_answered_with_where_to_read(figure, setting, tmp_path):
    answer = (
        rf"^{figure} cannot be drawn with .* Without --set .*: python -m cecourse\.figures {figure} --help$"
    )
    with pytest.raises(SystemExit, match=answer):
        main([figure, "--set", setting, "--out", str(tmp_path)])


def test_a_picture_too_large_for_memory_is_not_begun(capsys):
    with pytest.raises(SystemExit):
        main([NAME, "--dpi", "100000"])
    assert "100000 was given; expected dots per inch above 0 and up to 1200" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(
        SystemExit, match=r"file/folder cannot be written: .* Name a folder of your own by --out"
    ):
        main([NAME, "--format", "svg", "--out", str(tmp_path / "file" / "folder")])
