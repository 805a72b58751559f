"""The widget behind `explore`, on a small figure made for it."""

import json

import pytest

from cecourse import figures
from cecourse.figures.drawing.canvas import canvas, course_style
from cecourse.figures.drawing.controls import Choice, LogSlider, Moves, Shares, Slider, Steps, Words
from cecourse.figures.drawing.interactive import described
from cecourse.widgets import explore
from cecourse.widgets.explorer import Explorer
from cecourse.widgets.spec import in_words


def write_down(**state):
    """A figure that shows its state as text and refuses the number 13."""
    with course_style():
        fig, ax = canvas()
        note = ax.text(0, 0, "")

        def move(**state):
            if 13 in state.values():
                raise ValueError("13 was given; this figure shows other numbers; move the slider on.")
            note.set_text(str(state))
            return f"The state is {state}."

        return described(fig, move, moving=[note], **state)


def widget(controls, presets=(), **state):
    return Explorer(write_down(**state), controls, dict(presets))


def ask(explorer, number="view:1", **state):
    """What a page does: everything goes through JSON on its way to the kernel."""
    content = json.loads(json.dumps({"state": explorer.read() | state, "number": number}))
    explorer._handle_custom_msg(content, [])


@pytest.mark.parametrize(
    ("control", "start", "other"),
    [
        (Slider("share", 0.0, 1.0, 0.1), 0.5, 0.7),
        (Slider("share", 0.0, 2.0, 0.1), 0.5, 1.0),
        (Slider("count", 0, 20, 1), 5, 7),
        (LogSlider("chance", -6, 0, 0.5), 0.1, 1 / 52),
        (Shares(("a", "b")), (0.25, 0.75), (1 / 3, 2 / 3)),
        (Choice("order", ("up", "down")), "up", "down"),
        (Choice("target", (("both", (1, 1)), ("one", (0, 1)))), (1, 1), (0, 1)),
        (Steps("step", 10), 0, 4),
        (Moves((("L", "left?"), ("U", "up?"))), "", "LU"),
        (Words("text"), "abc", "xyz"),
    ],
    ids=lambda value: type(value).__name__ if hasattr(value, "reaches") else "",
)
def test_a_state_comes_from_the_page_as_the_figure_takes_it(control, start, other):
    explorer = widget({"value": control}, value=start)
    assert explorer.read() == {"value": start}
    ask(explorer, value=other)
    assert explorer.described.state == {"value": other}
    assert repr(explorer.described.state) == repr({"value": other}), "a number or a tuple changed its kind"
    assert repr(other) in explorer.shown["words"]


def test_an_answer_carries_the_number_of_its_question():
    explorer = widget({"a": Slider("a", 0, 20, 1)}, a=1)
    sent = []
    explorer.observe(lambda change: sent.append(change.new), "shown")
    ask(explorer, "view:1", a=3)
    ask(explorer, "view:2", a=3)
    assert [picture["number"] for picture in sent] == ["view:1", "view:2"]


def test_setting_several_controls_draws_once():
    explorer = widget({"a": Slider("a", 0, 9, 1), "b": Slider("b", 0, 9, 1)}, a=1, b=2)
    drawn = []
    explorer.observe(lambda change: drawn.append(change), "shown")
    explorer.set(a=3, b=4)
    assert len(drawn) == 1
    assert explorer.described.state == {"a": 3, "b": 4}


def test_a_refused_state_is_said_in_words_and_the_picture_stays():
    explorer = widget({"a": Slider("a", 0, 20, 1)}, a=1)
    before = explorer.shown
    explorer.set(a=13)
    assert explorer.problem.startswith("13 was given")
    assert explorer.shown["parts"] == before["parts"]
    assert explorer.shown["state"] == {"a": 1}
    explorer.set(a=14)
    assert explorer.problem is None


def test_a_control_that_is_not_there_is_refused_in_words():
    with pytest.raises(TypeError, match="no control 'q'; expected one of p"):
        explore(figures.binary_entropy_curve).set(q=0.5)


def test_a_unit_and_every_fact_of_a_control_reach_the_page():
    explorer = widget({"a": Slider("bill length", 0, 20, 1, unit="mm")}, a=1)
    facts = {"label": "bill length", "unit": "mm", "low": 0, "high": 20, "step": 1, "digits": 0}
    assert explorer.spec["controls"] == {"a": {"kind": "slider", **facts}}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (figures.nearly_fair_coin(), r"given a drawn figure; .* Try: explore\(figures.nearly_fair_coin\)"),
        ("nearly_fair_coin", r"given 'nearly_fair_coin'; expected one of the course's figures"),
        (print, r"given <built-in function print>; expected one of the course's figures"),
    ],
)
def test_what_is_no_figure_is_refused_in_words(given, said):
    with pytest.raises(TypeError, match=said):
        explore(given)


@pytest.mark.parametrize(
    ("figure", "state", "said"),
    [
        (figures.binary_entropy_curve, {"p": 3}, "`p` holds 3"),
        (figures.price_as_area, {"p": (2, 1, 1, 0)}, r"given p=\(2, 1, 1, 0\); .* sum to 1. Give a value"),
    ],
)
def test_a_refused_start_leaves_nothing_in_the_page(figure, state, said, capsys):
    with pytest.raises(ValueError, match=said):
        explore(figure, **state)
    assert capsys.readouterr().out == ""


def test_a_figure_without_controls_says_which_have_some():
    with pytest.raises(ValueError, match="surprise_ladder has no controls; those that have: average_"):
        explore(figures.surprise_ladder)


def test_what_is_no_control_is_refused_in_words():
    with pytest.raises(TypeError, match="'p' was given; expected a control"):
        in_words("p")
