"""One widget in the page: what it shows, what it says, and what has to follow when somebody moves it."""

import contextlib
import re
import time
from collections import Counter
from pathlib import Path

RECORD = (Path(__file__).parent / "record.js").read_text(encoding="utf-8")
# What takes part in a reader's work; each needs a name of its own.
CONTROL = re.compile(r" *- '?(slider|button|textbox|checkbox|radio|combobox|listbox)\b(?: (\".*?\"))?")
GROUP = re.compile(r"( *)- '?group\b(.*)")
WINDOW = 650  # pixels of height that a laptop leaves
SECONDS_TO_ANSWER = 4  # a guard against waiting forever, below the patience of kernel.js


class Widget:
    """A widget that is being tried; from here on everything that it shows is kept."""

    def __init__(self, explorer, reader):
        self.explorer, self.reader, self.page = explorer, reader, reader.page
        explorer.scroll_into_view_if_needed()
        explorer.evaluate(RECORD)

    def picture(self):
        """The moving layer as it is in the page."""
        return self.explorer.locator(".figure-layer").inner_html()

    def words(self):
        """What is said of the state: its description, or why it is refused."""
        return self.explorer.evaluate(
            """(explorer) => {
              const problem = explorer.querySelector(".figure-problem");
              return (problem.hidden ? explorer.querySelector(".figure-now") : problem).textContent;
            }"""
        )

    def said(self):
        """The words as screen readers were given them last."""
        return self.explorer.locator(".figure-spoken").text_content()

    def kept(self, what):
        return self.explorer.evaluate("(explorer, what) => explorer.kept[what]", what)

    def visible(self, selector):
        return self.explorer.locator(", ".join(f"{each}:visible" for each in selector.split(", "))).all()

    @contextlib.contextmanager
    def changing(self, who):
        """What is done inside has to change the picture and the words."""
        picture, words = self.picture(), self.words()
        yield
        assert self.wait_until(lambda: self.picture() != picture), f"{who} changed nothing"
        assert self.wait_until(lambda: self.words() != words), f"{who}: the words stayed the same"

    def wait_until(self, holds, seconds=SECONDS_TO_ANSWER):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if holds():
                return True
            self.page.wait_for_timeout(20)
        return holds()

    def reset(self):
        self.explorer.get_by_role("button", name="reset", exact=True).click()
        self.reader.settle()

    def names(self):
        """The role and name of every control, under the name of its group, as screen readers get them."""
        group, depth = "", -1
        for line in self.explorer.aria_snapshot().splitlines():
            if depth >= 0 and len(line) - len(line.lstrip()) <= depth:
                group, depth = "", -1
            if found := GROUP.match(line):
                group, depth = found[2], len(found[1])
            elif found := CONTROL.match(line):
                yield group, found[1], found[2]

    def assert_each_control_has_a_name(self):
        names = list(self.names())
        assert [name for name in names if not name[2]] == [], "a control without a name"
        assert [name for name, count in Counter(names).items() if count > 1] == [], "two controls of one name"

    def assert_nothing_is_cut_off(self):
        cut = self.explorer.locator("button:visible, label span:visible").evaluate_all(
            "all => all.filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth)"
            ".map((each) => each.textContent)"
        )
        assert cut == [], "words are cut off"

    def assert_fits_a_window(self):
        """The picture and all that moves it fit together into the window of a laptop."""
        height = self.explorer.bounding_box()["height"]
        assert height <= WINDOW, f"{height:.0f} pixels high"

    def assert_height_never_changed(self):
        heights = self.kept("heights")
        assert max(heights) - min(heights) < 1, f"the output changed its height: {sorted(set(heights))}"

    def assert_said(self):
        """What is said of the picture is what screen readers were told last."""
        told = self.wait_until(lambda: self.said() == self.words())
        assert told, "screen readers were not told the last words"

    def assert_said_politely(self):
        """At most twice a second."""
        times = self.kept("said")
        three = [later - earlier for earlier, later in zip(times, times[2:], strict=False)]
        # A busy page notes a moment late; half a second between two makes a whole one between three.
        assert all(milliseconds > 800 for milliseconds in three), f"spoken too often: {three}"
