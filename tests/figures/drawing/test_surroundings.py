"""A figure is the same bytes whatever the reader has set, while it is drawn and while it is saved."""

from functools import cache

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import rcParams

from cecourse.course import HOME, Course
from cecourse.figures import FIGURES
from cecourse.figures.drawing import canvas
from tests.figures.drawing.surroundings import HOSTILE, STYLES, drawn_by_hand, every_kind, set_to

SMALL = ("codewords_in_the_unit_interval", "softmax_jacobian", "three_ways_to_a_probability")
READERS = {"xkcd": drawn_by_hand(), "every key": HOSTILE, "usetex": {"text.usetex": True}, **STYLES}
expected = cache(every_kind)


def in_force():
    """Every setting that may count for a figure."""
    settings = {key: value for key, value in dict.items(rcParams) if key != "backend"}
    return settings | np.geterr() | np.get_printoptions()


def changed(name, settings):
    """What is made of a figure in other bytes under a reader's settings."""
    wanted = expected(name)
    with set_to(settings):
        made = every_kind(name)
    return [kind for kind in wanted if made[kind] != wanted[kind]]


@pytest.mark.parametrize("theme", canvas.THEMES)
def test_inside_a_theme_nothing_that_a_reader_has_set_counts(theme):
    with canvas.course_style(theme):
        wanted = in_force()
    for settings in (*READERS.values(), *({key: value} for key, value in HOSTILE.items())):
        with set_to(settings):
            before = in_force()
            with canvas.course_style(theme):
                assert in_force() == wanted, f"{settings} is in force inside canvas.course_style"
            assert in_force() == before, f"canvas.course_style takes {settings} from the reader"


def test_nearly_every_key_is_tried_with_another_value():
    assert len(HOSTILE) > 0.98 * len(rcParams)
    assert {"text.usetex", "axes.facecolor", "savefig.transparent", "path.sketch", "svg.id"} <= HOSTILE.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_same_where_every_key_has_another_value(name):
    assert changed(name, HOSTILE) == []


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_small_figures_are_the_same_under_every_style(reader):
    assert {name: changed(name, READERS[reader]) for name in SMALL} == {name: [] for name in SMALL}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(SMALL)))
def test_a_small_figure_is_the_same_whatever_one_key_is(number):
    keys = sorted(HOSTILE)[number :: len(SMALL)]
    bad = {key: kinds for key in keys if (kinds := changed(SMALL[number], {key: HOSTILE[key]}))}
    assert bad == {}


def test_a_reader_may_take_the_courses_look_for_her_own_drawings():
    with plt.style.context("cecourse.figures.themes.course"):
        assert rcParams["axes.prop_cycle"].by_key()["color"][1].endswith("C84C00")


@pytest.fixture
def coloured(monkeypatch):
    """The course as a course.toml with these colours would make it."""

    def colour(colours):
        made = Course(HOME, "", "", (), "", None, "", "", colours, ())
        monkeypatch.setattr(canvas, "course", lambda home: made)
        canvas._settings.cache_clear()

    yield colour
    canvas._settings.cache_clear()


def test_course_toml_recolours_a_theme_and_no_other(coloured):
    before = {theme: canvas.colours(theme) for theme in canvas.THEMES}
    coloured({"dark": {"truth": "pink", "class_2": "#123456", "paper": "#000001", "ink": "#fffffe"}})
    wanted = dict(zip(before["dark"], before["dark"], strict=False))
    wanted |= {before["dark"][0]: "#ffc0cb", before["dark"][7]: "#123456"}
    wanted |= {before["dark"][8]: "#000001", before["dark"][9]: "#fffffe"}
    assert canvas.colours("dark") == [wanted[colour] for colour in before["dark"]]
    assert [canvas.colours(theme) for theme in ("lecture", "print")] == [before["lecture"], before["print"]]
    assert FIGURES["surprise_ladder"](theme="dark").figure.get_facecolor()[:3] == (0, 0, 1 / 255)


@pytest.mark.parametrize(
    ("colours", "answer"),
    [
        ({"noir": {}}, r"colours of a theme 'noir'; expected lecture, print, dark\. Correct its name"),
        ({"dark": {"truht": "pink"}}, r"says truht = 'pink' in \[colours\.dark\]; expected one of truth, "),
        ({"dark": {"truth": "pinkish"}}, r"says truth = 'pinkish' .* and a colour such as \"#0b4fa8\"\."),
    ],
)
def test_a_colour_that_course_toml_spells_wrongly_is_refused(coloured, colours, answer):
    coloured(colours)
    with pytest.raises(ValueError, match=answer):
        FIGURES["surprise_ladder"](theme="dark")
