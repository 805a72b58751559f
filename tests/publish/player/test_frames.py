"""What a figure's script carries is what the figure draws and says, in all states that its controls reach."""

import contextlib
import re
from dataclasses import replace

import numpy as np
import pytest

from cecourse.figures import FIGURES
from cecourse.figures.drawing import cache
from cecourse.figures.drawing.canvas import colours
from cecourse.figures.drawing.controls import Choice, LogSlider, Moves, Shares, Slider, Steps, Words
from cecourse.publish.player import frames
from cecourse.publish.player.panel import panel
from cecourse.publish.player.recording import unpack
from cecourse.publish.player.state_grid import MOST_STATES, reach, reached
from cecourse.publish.reading.notebook import Shown
from cecourse.publish.wording import wording
from cecourse.widgets.svg import KEY, dark_colours, in_both_themes, pieces

MOVING = [name for name in FIGURES if FIGURES[name].controls]
every_moving_figure = pytest.mark.parametrize("name", MOVING)
every_figure = pytest.mark.parametrize("name", FIGURES)


@pytest.fixture(scope="module")
def recording():
    """The recording of a figure, kept in build/frames."""
    return lambda name: unpack(frames.recordings([name])[name].packed)


@pytest.fixture
def small_figure(monkeypatch):
    """A figure with few states, so that it is soon drawn."""
    name = "error_of_the_calibrated"
    return name, Shown(name, {}, True, FIGURES[name]().description)


def state_of(recording, reached, places):
    """What a recording holds for a state: the pieces that move and the words."""
    if all(place < axis.steps for place, axis in zip(places, reached.axes, strict=True)):
        at = np.ravel_multi_index(places, [axis.steps for axis in reached.axes])
        *parts, words = recording["scale"][at]
    else:
        *parts, words = recording["beside"][",".join(map(str, places))]
    return [recording["parts"][part] for part in parts], recording["words"][words]


def used(svg):
    """The ids that a drawing refers to, which are hatches, clips and markers."""
    return set(re.findall(r'(?:url\(|href=")#([^")]+)', svg))


def words_of(name, state):
    """What the tested function says in a state, or why it refuses the state."""
    try:
        return FIGURES[name](**state).description
    except ValueError as refusal:
        return str(refusal)


@every_moving_figure
def test_a_recorded_state_says_and_shows_what_the_figure_does(name, recording):
    found, rng = reach(name), np.random.default_rng(0)
    every = [*found.scale(), *found.beside()]
    for places in [every[at] for at in (*rng.integers(len(every), size=2), len(every) - 1)]:
        shown, words = state_of(recording(name), found, places)
        state = found.state(places)
        assert words == words_of(name, state)
        assert used("".join(shown)) <= set(re.findall(f' id="({KEY}\\w+)"', "".join(shown)))
        drawn = FIGURES[name]()
        with contextlib.suppress(ValueError):
            drawn.move(**state)
            assert shown == pieces(drawn.moving_layer()), state


@every_moving_figure
def test_all_states_are_there(name, recording):
    found, kept = reach(name), recording(name)
    assert len(kept["scale"]) == len(list(found.scale()))
    assert set(kept["beside"]) == {",".join(map(str, places)) for places in found.beside()}
    assert [axis["texts"] for axis in kept["axes"]] == [list(axis.texts) for axis in found.axes]


@every_moving_figure
def test_every_preset_has_the_values_that_it_names(name):
    found = reach(name)
    start = [
        axis.nearest(value)
        for axis, value in zip(found.axes, found.parts(FIGURES[name].arguments), strict=True)
    ]
    for words, preset in found.presets.items():
        places = [preset.get(number, place) for number, place in enumerate(start)]
        wanted = FIGURES[name].presets[words]
        assert {argument: found.state(places)[argument] for argument in wanted} == wanted


@every_moving_figure
def test_a_control_goes_from_one_end_to_the_other(name):
    found = reach(name)
    for axis in found.axes:
        control = found.controls[axis.argument]
        scale = axis.values[: axis.steps]
        if isinstance(control, Slider | LogSlider) and not isinstance(
            FIGURES[name].grid.get(axis.argument), tuple
        ):
            ends = (control.low, control.high)
            if isinstance(control, LogSlider):
                ends = tuple(control.base**end for end in ends)
            assert (scale[0], scale[-1]) == pytest.approx(ends, rel=1e-12)
        assert len(scale) > 1


@pytest.mark.parametrize(
    ("start", "controls"),
    [
        ({"p": 0.3, "q": 0.7}, {"p": Slider("p", 0.0, 1.0, 0.01), "q": Slider("q", 0.0, 1.0, 0.01)}),
        ({"count": 1999}, {"count": Slider("count", 0, 1999, 1)}),
        ({"p": 0.1, "step": 100}, {"p": LogSlider("p", -12, 0, 0.01), "step": Steps("step", 200)}),
        ({"w": (0.3, 0.3, 0.4), "v": (0.1, 0.9)}, {"w": Shares(("a", "b", "c")), "v": Shares(("a", "b"))}),
        (
            {"path": "", "end": "up"},
            {"path": Moves((("U", "up"), ("L", "left"))), "end": Choice("end", ("up", "down"))},
        ),
        ({"text": "abc"}, {"text": Words("text")}),
    ],
)
def test_a_new_widget_needs_no_entry_of_its_own(start, controls):
    found = reached("new", start, controls, {}, {})
    assert 1 <= len(list(found.scale())) <= MOST_STATES
    for axis, value in zip(found.axes, found.parts(start), strict=True):
        if not isinstance(controls[axis.argument], Shares):
            assert axis.values[axis.nearest(value)] == pytest.approx(value)


def test_a_preset_beside_the_scale_is_reached_from_every_state_of_the_other_controls():
    controls = {"p": Slider("p", 0.0, 1.0, 0.5), "end": Choice("end", ("up", "down"))}
    found = reached("new", {"p": 0.5, "end": "up"}, controls, {"a third": {"p": 1 / 3}}, {})
    assert found.presets == {"a third": {0: 3}}
    assert [found.state(places) for places in found.beside()] == [
        {"p": 1 / 3, "end": "up"},
        {"p": 1 / 3, "end": "down"},
    ]


def test_weights_in_one_proportion_are_one_picture():
    found = reached("new", {"w": (0.5, 0.5)}, {"w": Shares(("a", "b"))}, {}, {"w": (0, 0.1, 0.2, 0.3)})
    assert found.picture((1, 1)) == found.picture((3, 3)) != found.picture((1, 2))
    assert found.picture((0, 0)) == ((0, 0),)


def told(text, theme):
    """A drawing as text in the colours of a theme, its ids counted."""
    if theme == "dark":
        for light, dark in dark_colours().items():
            text = text.replace(f"var(--figure-{light[1:]})", dark)
    text = re.sub(r"var\(--figure-(\w+)\)", r"#\1", text)
    ids = {}
    return re.sub(KEY + r"\w+", lambda found: ids.setdefault(found[0], f"id{len(ids)}"), text)


@every_figure
def test_one_drawing_serves_the_light_page_and_the_dark(name, tmp_path):
    for theme in ("lecture", "dark"):
        FIGURES[name](theme=theme).save(tmp_path / f"{theme}.svg", "svg")
    light, dark = ("".join(pieces((tmp_path / f"{theme}.svg").read_bytes())) for theme in ("lecture", "dark"))
    on_dark = re.sub('<g class="figure-on-light">.*?</g>', "", in_both_themes(light, dark))
    on_dark = re.sub('<g class="figure-on-dark">(.*?)</g>', r"\1", on_dark)
    assert told(on_dark, "dark") == told(dark, "lecture")


def test_a_raster_in_one_theme_is_left_alone_and_one_in_two_is_there_twice():
    one, other = '<image href="data:1"/>', '<image href="data:2"/>'
    assert in_both_themes(one + one, one + other) == (
        f'{one}<g class="figure-on-light">{one}</g><g class="figure-on-dark">{other}</g>'
    )


def test_a_colour_has_one_meaning_in_both_themes():
    assert list(dark_colours().items()) == list(
        dict(zip(colours("lecture"), colours("dark"), strict=True)).items()
    )


def test_a_figure_in_a_page_has_its_picture_its_words_and_native_controls(small_figure, tmp_path):
    name, shown = small_figure
    page = frames.embed(shown, "..", tmp_path)
    assert f'aria-label="{shown.description}"' in page
    assert page.count('type="radio"') == len(FIGURES[name].controls["bins"].options)
    assert f'data-frames="../frames/{name}.js?' in page
    assert KEY not in page


def test_a_figure_without_controls_is_a_picture_with_words(tmp_path):
    shown = Shown("surprise_ladder", {}, False, FIGURES["surprise_ladder"]().description)
    page = frames.embed(shown, "", tmp_path)
    assert page.count("<svg") == 1
    assert shown.description in page
    assert "figure-controls" not in page


@every_moving_figure
def test_all_sliders_of_a_figure_are_of_one_width(name):
    found = reach(name)
    values = found.parts(FIGURES[name].arguments)
    places = [axis.nearest(value) for axis, value in zip(found.axes, values, strict=True)]
    assert len(set(re.findall(r"min-width:(\d+)ch", panel(found, values, places, "key", wording("en"))))) <= 1


def test_a_still_figure_keeps_the_state_of_its_call(tmp_path):
    description = FIGURES["binary_entropy_curve"](p=0.5).description
    page = frames.embed(Shown("binary_entropy_curve", {"p": 0.5}, False, description), "", tmp_path)
    assert f'aria-label="{description}"' in page


def test_a_moving_figure_starts_in_the_state_of_its_call(small_figure, tmp_path):
    name, shown = small_figure
    page = frames.embed(replace(shown, state={"bins": 40}), "", tmp_path)
    assert re.search(r'value="3"[^>]* checked> 40<', page)
    assert FIGURES[name](bins=40).description in page


def test_two_figures_in_one_page_share_no_id(small_figure, tmp_path):
    _, shown = small_figure
    page = frames.embed(shown, "", tmp_path) + frames.embed(replace(shown, moves=False), "", tmp_path)
    page += frames.embed(shown, "", tmp_path, place="below")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 2
    assert used(page) <= set(ids)
    groups = re.findall(r' name="([^"]+)"', page)  # of radio buttons
    assert len(set(groups)) == 2


def test_what_is_unchanged_is_not_drawn_again(small_figure, tmp_path, monkeypatch):
    name, shown = small_figure
    frames.write([name], tmp_path / "site", tmp_path / "kept")
    first = frames.embed(shown, "", tmp_path / "kept")
    monkeypatch.setattr(frames, "record", None)
    monkeypatch.setattr(frames, "draw", None)
    frames.write([name], tmp_path / "site", tmp_path / "kept")
    assert frames.embed(shown, "", tmp_path / "kept") == first


def test_what_has_changed_is_drawn_again(small_figure, tmp_path, monkeypatch):
    name, _ = small_figure
    frames.write([name], tmp_path / "site", tmp_path / "kept")
    monkeypatch.setattr(cache, "versions", lambda libraries: {"matplotlib": "another"})
    monkeypatch.setattr(frames, "record", lambda name: {"words": ["another"]})
    frames.write([name], tmp_path / "site", tmp_path / "kept")
    script = (tmp_path / "site" / "frames" / f"{name}.js").read_text(encoding="utf-8")
    assert unpack(script.split('"')[3]) == {"words": ["another"]}


def test_another_figures_grid_changes_nothing_for_this_one(monkeypatch):
    names = "overflow_map", "softmax_jacobian"
    before = [frames.ingredients(name) for name in names]
    monkeypatch.setattr(FIGURES["overflow_map"], "grid", {"first": 200.0, "second": 200.0})
    after = [frames.ingredients(name) for name in names]
    assert [was == is_ for was, is_ in zip(before, after, strict=True)] == [False, True]


def test_the_scripts_of_all_figures_weigh_less_than_seven_megabytes(tmp_path, capsys):
    frames.write(MOVING, tmp_path)
    weights = {path.name: path.stat().st_size for path in (tmp_path / "frames").iterdir()}
    with capsys.disabled():
        print(f"\n{len(weights)} files, {sum(weights.values()) / 1e6:.2f} MB; the heaviest: ", end="")
        print(", ".join(f"{name} {weights[name]:,}" for name in sorted(weights, key=weights.get)[:-4:-1]))
    assert sum(weights.values()) < 7e6
