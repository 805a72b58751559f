"""Sixty values in a second: when all is answered, the picture is the last value's."""

# Sets one value, wherever the slider stood.
LAST = ["Home", "ArrowRight", "ArrowRight", "ArrowRight"]
RACE = [*(["ArrowRight"] * 7 + ["ArrowLeft"] * 3) * 6][: 60 - len(LAST)] + LAST
PRESS_IN_A_SECOND = """async (handle, keys) => {
  handle.closest(".cecourse-explorer").kept.pictures.length = 0;
  for (const key of keys) {
    handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    await new Promise((done) => setTimeout(done, 1000 / keys.length));
  }
}"""


def race(widget, slider):
    for key in LAST[:-1]:
        slider.press(key)
    widget.reader.settle()
    slider.press(LAST[-1])
    widget.reader.settle()
    value, picture, words = slider.get_attribute("aria-valuetext"), widget.picture(), widget.words()
    slider.evaluate(PRESS_IN_A_SECOND, RACE)
    assert slider.get_attribute("aria-valuetext") == value
    assert widget.wait_until(lambda: widget.picture() == picture), "after a race the picture is an older one"
    widget.reader.settle()
    widget.page.wait_for_timeout(150)
    assert widget.kept("pictures")[-1] == picture, "after a race an older picture came later"
    assert widget.words() == words, "after a race the words are older ones"
