"""A notebook tried in JupyterLab as a reader would: run, each control moved by keyboard and by mouse."""

from .reader import Reader, height, picture, wait_for_change, words

SECONDS_TO_RUN = 60  # a guard against a hanging kernel, not a benchmark


def try_notebook(page, lab, name):
    """Raises AssertionError at the first fault; returns what was tried, in a line."""
    reader = Reader(page, lab)
    reader.open(name)
    seconds = reader.restart_and_run_all(SECONDS_TO_RUN)
    assert reader.red_cells() == []
    explorers = reader.explorers()
    assert explorers, "no widget in this notebook"
    page.wait_for_timeout(1200)  # names are given to the controls within half a second
    moved = sum(try_every_control(page, explorer, reader) for explorer in explorers)
    assert reader.red_cells() == []
    assert reader.outside == []
    assert reader.errors == []
    return f"{name}: ran in {seconds:.1f} s, {len(explorers)} widgets, {moved} controls moved"


def try_every_control(page, explorer, reader):
    """Moves everything in one widget; returns how many controls that were."""
    explorer.scroll_into_view_if_needed()
    cells, tall = reader.cells(), height(explorer)
    unnamed = explorer.locator("input:visible, button:visible, [role=slider]:visible").evaluate_all(
        """all => all.filter((each) => !(each.getAttribute("aria-label") || each.textContent.trim()))
                     .map((each) => each.outerHTML)"""
    )
    assert unnamed == []
    sliders = explorer.locator("[role=slider]:visible").all()
    typed = explorer.locator("input[type=text]:visible").all()
    buttons = explorer.locator("button:visible").all()
    for slider in sliders:
        press(page, explorer, slider)
        assert abs(height(explorer) - tall) < 1, "the output changed its height"
        drag(page, explorer, slider)
    for field in typed:
        before = picture(explorer)
        field.fill("a lens bends light")
        assert wait_for_change(page, lambda: picture(explorer), before) != before, "typing changed nothing"
    for button in buttons:
        button.click()
        page.wait_for_timeout(100)
        assert words(explorer)
        assert abs(height(explorer) - tall) < 1, "the output changed its height"
    for control in [*sliders, *buttons]:
        control.focus()
        page.keyboard.press("x")  # on an unguarded control this cuts the whole cell
        assert reader.cells() == cells, "a key pressed on a control reached the notebook"
    return len(sliders) + len(typed) + len(buttons)


def press(page, explorer, slider):
    before, said = picture(explorer), words(explorer)
    slider.focus()
    at_the_end = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
    page.keyboard.press("Home" if at_the_end else "End")
    assert wait_for_change(page, lambda: picture(explorer), before) != before, "the keyboard changed nothing"
    assert wait_for_change(page, lambda: words(explorer), said) != said, "the words stayed the same"


def drag(page, explorer, slider):
    before = picture(explorer)
    handle, track = (
        slider.bounding_box(),
        slider.locator("xpath=ancestor::*[contains(@class,'noUi-target')]").bounding_box(),
    )
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    target = track["x"] + track["width"] * (0.3 if x > track["x"] + track["width"] / 2 else 0.7)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(target, y, steps=5)
    page.mouse.up()
    assert wait_for_change(page, lambda: picture(explorer), before) != before, "the mouse changed nothing"
