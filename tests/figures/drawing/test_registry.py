"""What the decorator of a figure tells, what it refuses, and that nothing else lists the figures."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cecourse
from cecourse import figures
from cecourse.figures.drawing.controls import Choice, LogSlider, Moves, Shares, Slider, Steps, Words
from cecourse.figures.drawing.registry import FIGURES, figure

SLIDER = Slider("share", 0.0, 1.0, 0.1)


def shown(share=0.5):
    """A function that is never called: what is wrong is refused before."""


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"controls": {"p": SLIDER}}, r"has a control for 'p'; its arguments are share\. Give the control"),
        (
            {"controls": {"share": SLIDER}, "grid": {"p": 0.5}},
            r"has a grid for 'p'; its controls are share\.",
        ),
        ({"grid": {"share": 0.5}}, r"has a grid for 'share'; its controls are none\. Take it out"),
        ({"presets": {"half": {"share": 0.5}}}, r"a preset 'half' for 'share'; its controls are none\."),
        (
            {"controls": {"share": SLIDER}, "presets": {"half": {"p": 0.5}}},
            r"a preset 'half' for 'p'; its controls are share\. Give the preset",
        ),
        (
            {"controls": {"share": SLIDER}, "presets": {"twice": {"share": 2.0}}},
            r"set to share=2\.0 by 'twice'; its control reaches share: from 0 to 1 .*\. Choose a value",
        ),
        (
            {"controls": {"share": Choice("share", (0.1, 0.2))}},
            r"set to share=0\.5 by 'reset'; its control reaches share: one of 0\.1, 0\.2\. Choose",
        ),
        (
            {"controls": {"share": SLIDER}, "presets": {"Half": {"share": 0.5}, "half": {"share": 0.5}}},
            r"has two buttons named 'Half'; .* Rename one",
        ),
        (
            {"controls": {"share": SLIDER}, "presets": {"reset": {"share": 0.5}}},
            r"has two buttons named 'reset'; .* Rename one",
        ),
    ],
)
def test_a_decorator_that_contradicts_itself_is_refused(facts, answer):
    with pytest.raises(ValueError, match=f"The figure shown in {__name__} .*{answer}"):
        figure(notebook="02", caption="A share.", **facts)(shown)
    assert "shown" not in FIGURES


@pytest.mark.parametrize(
    ("control", "reached", "beyond"),
    [
        (SLIDER, (0.0, 0.123, 1), (-0.1, 1.1, "half", None)),
        (Slider("count", 0, 9, 1), (0, 9), (10, 0.5)),
        (LogSlider("chance", -2, 0, 0.1), (0.01, 0.5, 1), (0.009, 1.1, 0, "half")),
        (Shares(("a", "b")), ((0, 1), (0.3, 0.7)), ((0.3, 0.3), (-1, 2), (1,), (0, 0.5, 0.5), 0.5, (1, "b"))),
        (Choice("way", (("there", 1), ("back", (2, 3)))), (1, (2, 3)), ("there", 2)),
        (Steps("training", 200), (0, 200), (201, -1, 0.5)),
        (Moves((("U", "up?"), ("L", "left?"))), ("", "ULU"), ("US", 1)),
        (Words("text"), ("", "any"), (1,)),
    ],
    ids=lambda value: type(value).__name__ if hasattr(value, "reaches") else "",
)
def test_a_control_knows_what_it_reaches(control, reached, beyond):
    assert [value for value in reached if not control.reaches(value)] == []
    assert [value for value in beyond if control.reaches(value)] == []


def test_help_tells_the_caption_the_arguments_with_their_ranges_and_the_presets():
    told = figures.binary_entropy_curve.__doc__
    assert told.startswith("Entropy of a coin against its bias, with its slope.\n")
    assert "    p=0.3; P(X = 1): from 0 to 1 in steps of 0.01\n" in told
    assert "    theme=None; one of lecture, print, dark\n" in told
    assert "    fair coin: p=0.5\n" in told


def test_a_wrong_name_is_answered_with_the_nearest():
    with pytest.raises(AttributeError, match="no figure named price_as_are; did you mean price_as_area"):
        figures.price_as_are  # noqa: B018
    with pytest.raises(ImportError):
        from cecourse.figures import price_as_are  # noqa: F401


def test_every_figure_is_offered_by_its_name():
    assert set(dir(figures)) == set(figures.__all__) == {"FIGURES", *FIGURES}
    assert all(getattr(figures, name) is figure for name, figure in FIGURES.items())


@pytest.fixture
def answer_of_a_copy(tmp_path):
    """What a copy of the course, with one module more in its folder of figures, answers."""
    copy = tmp_path / "cecourse"
    shutil.copytree(Path(cecourse.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))

    def answer(module, function):
        lines = [
            "from .drawing.registry import figure",
            "@figure(notebook='02', caption='New.')",
            f"def {function}():\n    pass",
        ]
        (copy / "figures" / f"{module}.py").write_text("\n".join(lines), encoding="utf-8")
        ask = f"from cecourse import figures; print(figures.{function}.caption, {function!r} in dir(figures))"
        return subprocess.run(
            [sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, timeout=120
        )

    return answer


def test_a_new_module_needs_no_entry_anywhere(answer_of_a_copy):
    assert answer_of_a_copy("a_tenth_chapter", "a_new_figure").stdout == "New. True\n"


def test_two_figures_of_one_name_are_refused_with_both_modules(answer_of_a_copy):
    said = answer_of_a_copy("z_last_chapter", "nearly_fair_coin").stderr
    assert "figure nearly_fair_coin in cecourse.figures.z_last_chapter has the name of a figure" in said
    assert "in cecourse.figures.entropy; a figure needs a name of its own. Rename one of the two." in said
