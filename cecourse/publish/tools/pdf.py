"""Pages as PDFs, printed by Chromium: the same pages give the same bytes."""

import contextlib
import re
from pathlib import Path

from .chromium import running_chromium

_WITHOUT_FOLDERS = """
  for (const link of document.querySelectorAll("a[href]"))
    if (link.protocol == "file:" && !link.getAttribute("href").startsWith("#")) link.removeAttribute("href")
"""
_NODE = re.compile(rb"node(\d{8})")
_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)")


@contextlib.contextmanager
def printer():
    """A Chromium that prints, started when there is something to print."""
    with contextlib.ExitStack() as stack:
        yield Printer(stack)


class Printer:
    """Prints one page after the other."""

    def __init__(self, stack):
        self._stack, self._page = stack, None

    def print(self, page, path, query="", ready="document.readyState == 'complete'", **paper):
        """Print a file to `path`; links that lead into this computer's folders are left out."""
        self._page = self._page or self._opened()
        self._page.goto(Path(page).resolve().as_uri() + query)
        self._page.wait_for_function(ready)
        self._page.evaluate("document.fonts.ready")
        self._page.evaluate(_WITHOUT_FOLDERS)
        printed = self._page.pdf(print_background=True, tagged=True, outline=True, **paper)
        Path(path).write_bytes(undated(printed))

    def _opened(self):
        browser = self._stack.enter_context(running_chromium())
        return browser.new_page(viewport={"width": 1280, "height": 720})


def undated(pdf):
    """A PDF of Chromium without the day on which it was printed, and what it numbers counted from 1."""
    places = {number: place for place, number in enumerate(sorted(set(_NODE.findall(pdf))), start=1)}
    pdf = _NODE.sub(lambda found: b"node%08d" % places[found[1]], pdf)
    return _DATE.sub(rb"/\1 (D:20000101000000+00'00')", pdf)
