"""A notebook tried in JupyterLab as a reader would: run, each control moved by keyboard and by mouse."""

from itertools import repeat

from cecourse.figures import FIGURES
from tests.browser.driver.provoked import explored
from tests.browser.driver.racing import race
from tests.browser.driver.reader import Reader
from tests.browser.driver.widget import Widget
from tests.widgets.driving import ENTRIES

SECONDS_TO_RUN = 60  # a guard against a hanging kernel, not a benchmark
# On an unguarded control the first cuts the cell, the second makes it text, the third goes on to the next.
KEYS_OF_THE_NOTEBOOK = ("x", "m", "ArrowDown")


def try_notebook(page, lab, path):
    """Tries the notebook whose copy JupyterLab serves under the same name.

    Raises AssertionError at the first fault; returns what was tried, in a line."""
    reader, seconds = opened(page, lab, path.name)
    explorers, figures = reader.explorers(), list(explored(path))
    assert len(explorers) == len(figures) > 0, "not every widget shows in this notebook"
    moved = sum(map(try_every_control, explorers, repeat(reader), figures))
    assert_nothing_went_wrong(reader)
    return f"{path.name}: ran in {seconds:.1f} s, {len(explorers)} widgets, {moved} controls moved"


def opened(page, lab, name):
    """A reader of the notebook after Restart and Run All, and how many seconds that took."""
    reader = Reader(page, lab)
    reader.open(name)
    seconds = reader.restart_and_run_all(SECONDS_TO_RUN)
    assert reader.red_cells() == []
    page.wait_for_timeout(1200)  # names are given to the controls within half a second
    reader.complaints.clear()  # of a kernel that restarts under a page
    return reader, seconds


def assert_nothing_went_wrong(reader):
    assert reader.red_cells() == []
    assert reader.outside == []
    assert reader.errors == []
    assert reader.complaints == [], "a control's function complained"


def try_every_control(explorer, reader, figure):
    """Moves everything in one widget; returns how many controls that were.

    `figure` is its name and its first state.
    """
    widget = Widget(explorer, reader)
    start, heard = (widget.picture(), widget.words()), len(reader.complaints)
    widget.assert_each_control_has_a_name()
    widget.assert_nothing_is_cut_off()
    widget.assert_fits_a_window()
    sliders, fields = widget.visible("input[type=range]"), widget.visible(".figure-line input")
    buttons = widget.visible(".figure-controls button:not(.figure-steps button)")
    choices, players = widget.visible(".figure-options, .figure-list"), widget.visible(".figure-steps")
    for slider in sliders:
        move_by_keyboard(widget, slider)
        drag(widget, slider)
        type_number(widget, slider)
    grips = widget.explorer.locator(".figure-grips g").all()
    for grip in grips:
        take_hold(widget, grip)
    for choice in choices:
        choose(widget, choice)
    for player in players:
        play(widget, player)
    for field in fields:
        write(widget, field)
    widget.assert_height_never_changed()
    assert reader.complaints[heard:] == [], "a control's function complained"
    push_each(widget, buttons)
    read_presets(widget, *figure)
    assert_keys_stay_here(widget)
    widget.assert_said()
    widget.reset()
    for slider in sliders:
        race(widget, slider)
    widget.reset()
    assert (widget.picture(), widget.words()) == start, "reset did not bring back the first picture"
    widget.assert_height_never_changed()
    widget.assert_said()
    widget.assert_said_politely()
    assert reader.complaints[heard:] == [], "a control's function complained"
    return len([*sliders, *grips, *fields, *buttons, *choices, *players])


def move_by_keyboard(widget, slider):
    at_the_end = slider.input_value() == slider.get_attribute("max")
    with widget.changing("the keyboard"):
        slider.press("Home" if at_the_end else "End")
    read_out = slider.get_attribute("aria-valuetext")
    assert read_out.startswith(number_beside(slider).input_value()), "another number is read out"


def drag(widget, slider):
    track, share = slider.bounding_box(), float(slider.input_value()) / float(slider.get_attribute("max"))
    y, left, length = track["y"] + track["height"] / 2, track["x"] + 8, track["width"] - 16
    mouse = widget.page.mouse
    with widget.changing("the mouse"):
        mouse.move(left + share * length, y)
        mouse.down()
        mouse.move(left + (0.3 if share > 0.5 else 0.7) * length, y, steps=5)
        mouse.up()


def type_number(widget, slider):
    """The number beside a slider can be written over."""
    number = number_beside(slider)
    dragged = number.input_value()
    slider.press("Home")
    widget.reader.settle()
    with widget.changing("a number typed"):
        number.fill(dragged)
        number.press("Enter")
    assert widget.wait_until(lambda: number.input_value() == dragged), "the number typed was not taken"


def take_hold(widget, grip):
    """A grip follows the hand at once, ahead of its picture, and the picture follows it."""
    widget.reset()
    widget.page.mouse.move(0, 0)
    x, y = middle(grip)
    mouse = widget.page.mouse
    with widget.changing("a grip"):
        mouse.move(x, y)
        mouse.down()
        try:
            assert any(follows(widget, grip, (x, y), by) for by in (60, -60)), (
                "the ring does not follow the hand"
            )
        finally:
            mouse.up()


def follows(widget, grip, start, by):
    """Whether a held grip goes along; one of two ways may lie beyond the end of what its argument reaches."""
    x, y = start
    widget.page.mouse.move(x + by, y + by, steps=6)
    widget.page.evaluate("() => new Promise(requestAnimationFrame)")
    now = middle(grip)
    return abs(now[0] - x) + abs(now[1] - y) > 10


def middle(element):
    box = element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def number_beside(slider):
    return slider.locator("xpath=ancestor::*[contains(@class,'figure-slider')]").locator(".figure-value")


def choose(widget, choice):
    """Every option by mouse, then one by keyboard."""
    if choice.evaluate("(choice) => choice.matches('.figure-list')"):
        return choose_from_list(widget, choice.locator("select"))
    options = choice.locator("input").all()
    chosen = next(index for index, option in enumerate(options) if option.is_checked())
    for option in options[chosen + 1 :] + options[:chosen]:
        with widget.changing("a choice"):
            option.click()
        assert widget.wait_until(option.is_checked), "a choice does not show as chosen"
    current = next(option for option in options if option.is_checked())
    with widget.changing("a choice by keyboard"):
        current.press("ArrowRight")
    options[chosen].click()


def choose_from_list(widget, choice):
    chosen = choice.input_value()
    for option in choice.locator("option").all():
        if option.get_attribute("value") != chosen:
            with widget.changing("a choice"):
                choice.select_option(option.get_attribute("value"))
    choice.select_option(chosen)


def play(widget, player):
    """Play and pause, by mouse and by keyboard, and a step back and forth by hand."""
    slider = player.locator("input[type=range]")
    for act in (lambda button: button.click(), lambda button: button.press("Enter")):
        slider.press("Home")
        widget.reader.settle()
        with widget.changing("playing"):
            act(player.get_by_role("button", name="play"))
        went_on = widget.wait_until(lambda: float(slider.input_value()) >= 2)
        assert went_on, "playing did not go on"
        act(player.get_by_role("button", name="pause"))
        widget.reader.settle()
        stood = slider.input_value()
        widget.page.wait_for_timeout(700)  # longer than two steps last
        assert slider.input_value() == stood, "pause did not stop the playing"
        for step in ("one back", "one on"):
            with widget.changing(step):
                act(player.get_by_role("button", name=step))
            widget.reader.settle()
        assert slider.input_value() == stood


def write(widget, field):
    """Good and bad entries: each has to be answered, by a picture or by a sentence that refuses it."""
    with widget.changing("typing"):
        field.fill("a lens bends light")
    with widget.changing("one letter more"):
        field.press("End")
        field.press("z")
    for entry in ENTRIES:
        words = widget.words()
        field.fill(entry)
        assert widget.wait_until(lambda words=words: widget.words() != words), f"no word about {entry[:20]!r}"
        assert widget.words().endswith("."), "no sentence"


def push_each(widget, buttons):
    """Every button has to show something else, unless its state is there already."""
    for push in (lambda button: button.click(), lambda button: button.press("Enter")):
        for button in buttons:
            before = widget.picture()
            push(button)
            if not widget.wait_until(lambda before=before: widget.picture() != before, seconds=0.4):
                disturb(widget)
                with widget.changing(f"the button {button.inner_text()}"):
                    push(button)
            assert widget.words().endswith("."), "no sentence"


def read_presets(widget, name, state):
    """A preset has to say what the figure says in that state: the page may have moved a slider on."""
    drawn = FIGURES[name](**state)
    start = drawn.state
    for words, preset in FIGURES[name].presets.items():
        said = drawn.move(**start | preset)
        widget.reset()
        widget.explorer.get_by_role("button", name=words, exact=True).click()
        widget.reader.settle()
        assert widget.wait_until(lambda said=said: widget.words() == said), f"{words!r} shows another state"


def disturb(widget):
    for number, slider in enumerate(widget.visible("input[type=range]")):
        slider.press("End" if number % 2 else "Home")  # scores that are all alike say what zeros say
        slider.press("PageDown" if number % 2 else "PageUp")
    for choice in widget.visible(".figure-options"):
        choice.locator("input:not(:checked)").first.click()
    for field in widget.visible(".figure-line input"):
        field.fill("a lens bends light")
    widget.reader.settle()


def assert_keys_stay_here(widget):
    for control in widget.visible("input, button, select, summary, [tabindex]"):
        control.focus()
        cells = widget.reader.cells()
        for key in KEYS_OF_THE_NOTEBOOK:
            widget.page.keyboard.press(key)
        assert widget.reader.cells() == cells, "a key pressed on a control reached the notebook"
