"""Sixty values in a second: when all is answered, the picture is the last value's."""

# Sets one value, wherever the slider stood: a place on its scale that the race ends at.
STEPS = [1] * 7 + [-1] * 3
LAST = 3
SET_IN_A_SECOND = """async (slider, [steps, last]) => {
  slider.closest(".figure-moves").kept.pictures.length = 0;
  const set = (place) => {
    slider.value = place;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (let i = 0; i < 59; i++) {
    set(Number(slider.value) + steps[i % steps.length]);
    await new Promise((done) => setTimeout(done, 1000 / 60));
  }
  set(last);
}"""


def race(widget, slider):
    slider.press("Home")
    for _ in range(LAST):
        slider.press("ArrowRight")
    widget.reader.settle()
    value, picture, words = slider.get_attribute("aria-valuetext"), widget.picture(), widget.words()
    slider.press("End")
    widget.reader.settle()
    slider.evaluate(SET_IN_A_SECOND, [STEPS, LAST])
    assert slider.get_attribute("aria-valuetext") == value
    assert widget.wait_until(lambda: widget.picture() == picture), "after a race the picture is an older one"
    widget.reader.settle()
    widget.page.wait_for_timeout(150)
    assert widget.kept("pictures")[-1] == picture, "after a race an older picture came later"
    assert widget.words() == words, "after a race the words are older ones"
