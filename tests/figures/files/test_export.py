"""Files from figures: the same bytes anywhere, none made twice, each listed and described."""

import hashlib
import json

import pytest

from cecourse.figures.__main__ import main
from cecourse.figures.drawing.canvas import Look
from cecourse.figures.files import export

NAME = "binary_entropy_curve"


def order(folder, **changes):
    first = export.Order(NAME, ("svg", "pdf", "png"), "lecture", 100, {}, folder)
    return first._replace(**changes)


def bytes_in(folder):
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.name != export.MANIFEST
    }


def test_two_folders_hold_the_same_bytes(tmp_path):
    export.make([order(tmp_path / "one")])
    export.make([order(tmp_path / "two")])
    assert bytes_in(tmp_path / "one") == bytes_in(tmp_path / "two")
    assert len(bytes_in(tmp_path / "one")) == 4


def test_an_unchanged_figure_is_not_drawn_again(tmp_path):
    drawn = []
    export.make([order(tmp_path)], lambda number, name: drawn.append(name))
    export.make([order(tmp_path)], lambda number, name: drawn.append(name))
    assert drawn == [NAME]


@pytest.mark.parametrize(
    "change",
    [
        {"settings": {"p": 0.2}},
        {"theme": "dark"},
        {"dpi": 50},
        {"look": Look(width=5.5)},
        {"look": Look(font="STIXGeneral")},
        {"look": Look(transparent=True)},
        {"letters": False},
    ],
    ids=str,
)
def test_another_order_is_drawn_anew(tmp_path, change):
    export.make([order(tmp_path)])
    before = bytes_in(tmp_path)
    export.make([order(tmp_path, **change)])
    assert bytes_in(tmp_path) != before


def test_a_spoilt_file_is_made_anew(tmp_path):
    export.make([order(tmp_path)])
    whole = bytes_in(tmp_path)
    (tmp_path / f"{NAME}.svg").write_text("spoilt")
    export.make([order(tmp_path)])
    assert bytes_in(tmp_path) == whole


def test_the_manifest_says_what_each_figure_is(tmp_path):
    export.make([order(tmp_path, settings={"p": 0.25})])
    entry = json.loads((tmp_path / export.MANIFEST).read_text())[NAME]
    assert entry["arguments"] == {"p": "0.25"}
    assert "0.25 it is 0.811 bits" in entry["alt"]
    assert "highest 1 at 0.5" in entry["long_description"]
    for name, digest in entry["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest


def test_the_table_holds_the_plotted_numbers(tmp_path):
    export.make([order(tmp_path)])
    rows = (tmp_path / f"{NAME}.csv").read_text().splitlines()
    assert rows[0] == "axes,series,x,y"
    assert "1,line 1,0.5,1" in rows


def test_a_list_names_every_figure(capsys):
    assert main(["--list"]) == 0
    assert NAME in capsys.readouterr().out


def test_one_command_writes_a_figure(tmp_path, capsys):
    assert main([NAME, "--format", "png", "--set", "p=0.1", "--out", str(tmp_path)]) == 0
    assert sorted(bytes_in(tmp_path)) == [f"{NAME}.csv", f"{NAME}.png"]
    assert "1 figure as png" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["binary_entopy_curve"], f"did you mean {NAME}"),
        ([NAME, "--set", "q=1"], "has no argument named q, which was given to --set; known: p"),
        (["--notebook", "99"], "Notebooks with figures: "),
    ],
)
def test_an_unknown_word_is_answered_with_the_known_ones(arguments, answer):
    with pytest.raises(SystemExit, match=answer):
        main(arguments)
